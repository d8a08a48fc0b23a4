"""Connections that answer at once what can be answered at once.

aiohttp wakes a task for every request and starts another one for its handler. That is right for handlers that wait, but
an answer that is made up on the spot is ready before either task has run. So a request that has arrived whole, on a
connection with nothing else to do, is answered without a task, together with those that came in the same round of the
event loop; everything else goes aiohttp's own way. This knows some of aiohttp's insides, and stands aside where it does
not find them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import StreamReader, web
from aiohttp.http_parser import HttpRequestParser, RawRequestMessage
from aiohttp.http_writer import HttpVersion11
from aiohttp.web_protocol import RequestHandler

RawRequest = tuple[Any, bytes]
"""A request's head as aiohttp parsed it, and its body."""
IsSimple = Callable[[str, Any, bytes], bool]
"""Whether a request with this path, these headers and this body can be answered at once."""
AnswerNow = Callable[[Sequence[RawRequest]], list[bytes | Exception]]
"""Requests → for each the whole response, or the mistake that was made over it."""
MAX_BATCH = 16
"""So many requests are answered together; more would only make the first one wait."""

AIOHTTP_INTERNALS = {"_waiter", "_messages", "_next_keepalive_close_time", "_keepalive_timeout"}
INTERNAL_SERVER_ERROR = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)
IS_SUPPORTED = set(RequestHandler.__slots__) >= AIOHTTP_INTERNALS and hasattr(
    HttpRequestParser, "message_consumed"
)
IS_SUPPORTED = IS_SUPPORTED and "_buffer" in getattr(StreamReader, "__slots__", ("_buffer",))


def peek_body(content: Any) -> bytes:
    """A body that is all there, without taking it."""
    if content.at_eof():
        return b""
    pieces = content._buffer
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class FastProtocol(RequestHandler):
    """aiohttp's connection, with a short way through."""

    __slots__ = ("listener", "sleeper")

    def __init__(self, manager: FastServer, **options: Any) -> None:
        super().__init__(manager, **options)
        self.listener = manager
        self.sleeper: asyncio.Future[None] | None = None

    def data_received(self, data: bytes) -> None:
        """Parse, but let the task that waits for requests sleep: it is woken for what can't be answered at once."""
        waiter = self._waiter
        if waiter is None or waiter.done() or self._messages:
            super().data_received(data)
            return
        self._waiter = None
        try:
            super().data_received(data)
        finally:
            self._waiter = waiter
        if self._messages:
            self.sleeper = waiter
            self.listener.enqueue(self)

    def take_request(self) -> RawRequest | None:
        """The request that came, if it can be answered at once; else the task is woken for it."""
        sleeper = self.sleeper
        if sleeper is None or sleeper.done() or not self._messages:
            return None
        head, content = self._messages[0]
        if (
            not isinstance(head, RawRequestMessage)
            or not self.is_ready_for(head, content)
            or self.listener.may_wait(head.method, head.path)
            or not self.listener.is_simple(head.path, head.headers, peek_body(content))
        ):
            sleeper.set_result(None)
            return None
        assert self._parser is not None
        self._messages.popleft()
        self._parser.message_consumed()
        self._next_keepalive_close_time = self._loop.time() + self._keepalive_timeout
        return head, b"" if content.at_eof() else content.read_nowait()

    def is_ready_for(self, head: RawRequestMessage, content: StreamReader) -> bool:
        """Whether this is an ordinary request, all there, on a connection that reads what it is sent."""
        return (
            head.version == HttpVersion11
            and not (head.should_close or head.upgrade or head.compression)
            and content.is_eof()
            and content.exception() is None
            and not (self._paused or self._buffer_paused)
            and self.transport is not None
        )

    def send(self, answer: bytes | Exception) -> None:
        """Send an answer, and see to the request behind it, if one has come with it."""
        assert self.transport is not None
        if isinstance(answer, Exception):  # the same net that aiohttp has under every handler
            self.log_exception("Error handling request", exc_info=answer)
            self.transport.write(INTERNAL_SERVER_ERROR)
            self.force_close()
        else:
            self.transport.write(answer)
            if self._messages:
                self.listener.enqueue(self)


class FastServer(web.Server):
    """aiohttp's server, with connections that answer at once what came in the same round of the event loop."""

    def __init__(
        self,
        handler: Any,
        answer_now: AnswerNow,
        may_wait: Callable[[str, str], bool],
        is_simple: IsSimple,
        **options: Any,
    ) -> None:
        super().__init__(handler, **options)
        self.answer_now = answer_now
        self.may_wait = may_wait
        self.is_simple = is_simple
        self.pending: deque[FastProtocol] = deque()

    def __call__(self) -> RequestHandler:
        return FastProtocol(self, loop=self._loop, **self._kwargs)

    def enqueue(self, connection: FastProtocol) -> None:
        if not self.pending:
            self._loop.call_soon(self.answer_pending)
        self.pending.append(connection)

    def answer_pending(self) -> None:
        some = [self.pending.popleft() for _ in range(min(len(self.pending), MAX_BATCH))]
        if self.pending:
            self._loop.call_soon(self.answer_pending)
        taken = [
            (connection, request)
            for connection in some
            if (request := connection.take_request()) is not None
        ]
        answers = self.answer_now([request for _, request in taken])
        for (connection, _), answer in zip(taken, answers, strict=True):
            connection.send(answer)
