"""Connections that answer at once what can be answered at once.

aiohttp wakes a task for every request and starts another one for its handler. That is right for handlers that wait, but
an answer that is made up on the spot is ready before either task has run. So a request that has arrived whole, on a
connection with nothing else to do, is answered where its bytes come in; everything else goes aiohttp's own way. This
knows some of aiohttp's insides, and stands aside where it does not find them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.http_parser import HttpRequestParser, RawRequestMessage
from aiohttp.http_writer import HttpVersion11
from aiohttp.web_protocol import RequestHandler

AnswerNow = Callable[[Any, bytes], bytes]
"""(a request's head as aiohttp parsed it, its body) → the whole response."""

INSIDES = {"_waiter", "_messages", "_next_keepalive_close_time", "_keepalive_timeout"}
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
POSSIBLE = set(RequestHandler.__slots__) >= INSIDES and hasattr(HttpRequestParser, "message_consumed")


class Connection(RequestHandler):
    """aiohttp's connection, with a short way through."""

    __slots__ = ("answer_now",)

    def __init__(self, manager: web.Server, answer_now: AnswerNow, **options: Any) -> None:
        super().__init__(manager, **options)
        self.answer_now = answer_now

    def data_received(self, data: bytes) -> None:
        """Parse, and answer what can be answered; the task that waits for requests is woken for the rest alone."""
        waiter = self._waiter
        if waiter is None or waiter.done() or self._messages:
            super().data_received(data)
            return
        self._waiter = None
        try:
            super().data_received(data)
        finally:
            self._waiter = waiter
        while self._messages and self.answered():
            pass
        if self._messages and not waiter.done():
            waiter.set_result(None)

    def answered(self) -> bool:
        """Whether the first message was answered on the spot. If not, it stays where it is."""
        head, content = self._messages[0]
        if not isinstance(head, RawRequestMessage) or not self.ready_for(head, content):
            return False
        assert self._parser is not None
        assert self.transport is not None
        self._messages.popleft()
        self._parser.message_consumed()
        self._next_keepalive_close_time = self._loop.time() + self._keepalive_timeout
        try:
            self.transport.write(self.answer_now(head, b"" if content.at_eof() else content.read_nowait()))
        except Exception as error:  # the same net that aiohttp has under every handler
            self.log_exception("Error handling request", exc_info=error)
            self.transport.write(BROKEN)
            self.force_close()
        return True

    def ready_for(self, head: RawRequestMessage, content: StreamReader) -> bool:
        """Whether this is an ordinary request, all there, on a connection that reads what it is sent."""
        return (
            head.version == HttpVersion11
            and not (head.should_close or head.upgrade or head.compression)
            and content.is_eof()
            and content.exception() is None
            and not (self._paused or self._buffer_paused)
            and self.transport is not None
        )


class Listener(web.Server):
    """aiohttp's server, with connections that answer at once."""

    def __init__(self, handler: Any, answer_now: AnswerNow, **options: Any) -> None:
        super().__init__(handler, **options)
        self.answer_now = answer_now

    def __call__(self) -> RequestHandler:
        return Connection(self, self.answer_now, loop=self._loop, **self._kwargs)
