"""The fast path: connections that answer simple requests without a task.

aiohttp wakes a task for every request and starts another one for its handler. Handlers that wait
need that, but most answers here are complete before either task has run. So a request that arrived
whole, on a connection with nothing else to do, is answered without a task, together with the
others of the same round of the event loop. Everything else goes aiohttp's usual way. This module
uses private names of aiohttp, and steps aside where it does not find them (IS_SUPPORTED).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import StreamReader
from aiohttp.http_parser import HttpRequestParser, RawRequestMessage
from aiohttp.http_writer import HttpVersion11
from aiohttp.web_protocol import RequestHandler

from mockgem.server.connections import Connection, ConnectionServer

RawRequest = tuple[Any, bytes]
"""A request's head as parsed by aiohttp, and its body."""
IsSimple = Callable[[str, Any, bytes], bool]
"""Whether a request with this path, these headers and this body can be answered without waiting."""
AnswerNow = Callable[[Sequence[RawRequest]], list[bytes | Exception]]
"""Returns the whole response to each request, or the exception that it caused."""
MAX_BATCH = 16
"""Requests that are answered together at most; more would only make the first one wait."""

AIOHTTP_INTERNALS = {"_waiter", "_messages"}
INTERNAL_SERVER_ERROR = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)
IS_SUPPORTED = set(RequestHandler.__slots__) >= AIOHTTP_INTERNALS and hasattr(
    HttpRequestParser, "message_consumed"
)
IS_SUPPORTED = IS_SUPPORTED and "_buffer" in getattr(StreamReader, "__slots__", ("_buffer",))


def peek_body(content: Any) -> bytes:
    """Return a complete body without consuming it."""
    if content.at_eof():
        return b""
    pieces = content._buffer
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class FastProtocol(Connection):
    """A connection with a fast path."""

    __slots__ = ("sleeper",)
    listener: FastServer

    def __init__(self, manager: FastServer, **options: Any) -> None:
        super().__init__(manager, **options)
        self.sleeper: asyncio.Future[None] | None = None

    def data_received(self, data: bytes) -> None:
        """Parse without waking the task that waits for requests, which only other requests need."""
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
        """Return the parsed request if the fast path can answer it; otherwise wake the task."""
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
        self.last_active = self._loop.time()
        return head, b"" if content.at_eof() else content.read_nowait()

    def is_ready_for(self, head: RawRequestMessage, content: StreamReader) -> bool:
        """Whether this is an ordinary, complete request on a connection whose client reads."""
        return (
            head.version == HttpVersion11
            and not (head.should_close or head.upgrade or self.is_secure)
            and "Content-Encoding" not in head.headers
            and "Expect" not in head.headers
            and content.is_eof()
            and content.exception() is None
            and not (self._paused or self._buffer_paused)
            and self.transport is not None
        )

    def send(self, answer: bytes | Exception) -> None:
        """Send an answer, and enqueue the next request if it has arrived too."""
        assert self.transport is not None
        if isinstance(answer, Exception):  # the same net that aiohttp has under every handler
            self.log_exception("Error handling request", exc_info=answer)
            self.transport.write(INTERNAL_SERVER_ERROR)
            self.force_close()
        else:
            self.transport.write(answer)
            if self._messages:
                self.listener.enqueue(self)
            elif self.has_ended:
                self.transport.close()


class FastServer(ConnectionServer):
    """Answers together what arrived in the same round of the event loop."""

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

    def __call__(self) -> FastProtocol:
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
