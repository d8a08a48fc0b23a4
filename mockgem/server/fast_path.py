"""The fast path: connections that answer simple requests without a task.

aiohttp wakes a task for every request and starts another one for its handler. Handlers that wait
need that, but most answers here are complete before either task has run. So a request that arrived
whole, on a connection with nothing else to do, is answered without a task, together with the
others of the same round of the event loop. Everything else goes aiohttp's usual way; a response
whose frames leave one by one is handed over to it. This module uses private names of aiohttp, and
steps aside where it does not find them (IS_SUPPORTED).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from typing import Any

from aiohttp.http_parser import HttpRequestParser, RawRequestMessage
from aiohttp.http_writer import HttpVersion11
from aiohttp.streams import EMPTY_PAYLOAD, StreamReader
from aiohttp.web_protocol import RequestHandler

from mockgem.core.http import ConnectionDropped, WireResponse
from mockgem.core.scheduling import LARGE_BODY
from mockgem.server import web
from mockgem.server.connections import Connection, ConnectionServer
from mockgem.server.known_heads import KnownHead, KnownHeads
from mockgem.server.raw_requests import (
    AnswerAgain,
    AnswerNow,
    IsSimple,
    RawAnswer,
    RawRequest,
    WholeBody,
    peek_body,
)

MAX_BATCH = 16
"""Requests that are answered together at most; more would only make the first one wait."""
MAX_DIGITS = 6
"""Digits of a length, of which a longer one means a long body in any case."""
PATIENCE = 0.02
"""Seconds in which a short body may follow its head."""

AIOHTTP_INTERNALS = {"_waiter", "_messages"}
INTERNAL_SERVER_ERROR = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)
IS_SUPPORTED = set(RequestHandler.__slots__) >= AIOHTTP_INTERNALS and hasattr(
    HttpRequestParser, "message_consumed"
)
IS_SUPPORTED = IS_SUPPORTED and "_buffer" in getattr(StreamReader, "__slots__", ("_buffer",))


class FastProtocol(Connection):
    """A connection with a fast path.

    Requests that arrive are parked here, and answered without aiohttp's task. What the fast path
    can't answer is lent to the task, with all that follows, until the task waits again. `held` is a
    known head whose body has not come yet, and `newest` the request that the parser reads.
    `prepared` is the response that aiohttp's task delivers next.
    """

    __slots__ = (
        "held",
        "is_enqueued",
        "is_lent",
        "known",
        "newest",
        "parked",
        "patience",
        "prepared",
    )
    listener: FastServer

    def __init__(self, manager: FastServer, **options: Any) -> None:
        super().__init__(manager, **options)
        self.parked: deque[tuple[Any, Any]] = deque()
        self.patience: asyncio.TimerHandle | None = None
        self.is_lent = False
        self.is_enqueued = False
        self.held = b""
        self.known = KnownHeads()
        self.newest: tuple[Any, Any] | None = None
        self.prepared: WireResponse | None = None

    @property
    def is_idle(self) -> bool:
        return not self.held and super().is_idle

    @property
    def queue(self) -> Sequence[tuple[Any, Any]]:
        return self.parked or self._messages

    def connection_lost(self, exc: BaseException | None) -> None:
        self.stop_patience()
        self.parked.clear()
        self.known, self.newest, self.held = KnownHeads(), None, b""
        if self.prepared is not None:
            self.listener.abandon(self.prepared)
            self.prepared = None
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse without waking the task that waits for requests, which only other requests need."""
        if self.is_lent:
            if not self.is_waiting or self._messages:
                self.feed(data)
                return
            self.is_lent = False
        if self.held:
            data, self.held = self.held + data, b""
        if self.parked or not self.take_known(data):
            self.parse(data)

    def take_known(self, data: bytes) -> bool:
        """Answer a request that came before, park another one whose head is known, or hold the head
        until its body comes."""
        found = self.known.find(data)
        if found is None:
            return False
        known, end = found
        missing = end + known.length - len(data)
        if missing > 0 and end == len(data) and self.patience is None:
            self.held = data
            self.wait_for_body()
            return True
        if missing:
            return False
        body = data[end:]
        if self.answer_again(known, body):
            return True
        if not self.may_answer(known, body):
            return False
        self.stop_patience()  # only the fast path can answer it now
        self.parked.append((known.head, WholeBody(body, known)))
        self.listener.enqueue(self)
        return True

    def answer_again(self, known: KnownHead, body: bytes) -> bool:
        """Give the answer to the same request again, if it would still be the same."""
        if not self.can_continue:
            return False
        if (repeatable := known.find_repeatable(body)) is None:
            return False
        if (answer := self.listener.answer_again(repeatable)) is None:
            return False
        if self.patience is not None:
            self.stop_patience()
        self.last_active = self._loop.time()
        self.send(known.head, answer)
        return True

    def may_answer(self, known: KnownHead, body: bytes) -> bool:
        return self.may_be_fast(known.head, known.length) and self.is_simple(known.head, body)

    def parse(self, data: bytes) -> None:
        waiter, self._waiter = self._waiter, None
        try:
            self.feed(data)
        finally:
            self._waiter = waiter
        self.parked.extend(self._messages)
        self._messages.clear()
        if self.parked:
            self.listener.enqueue(self)

    def feed(self, data: bytes) -> None:
        """Let aiohttp read data, and note where the next request begins."""
        before = len(self._messages)
        super().data_received(data)
        arrived = len(self._messages) - before
        self.known.note(data, arrived)
        if arrived:
            self.newest = self._messages[-1]
        if self.newest is not None and self.newest[1].is_eof():
            head, self.newest = self.newest[0], None
            if isinstance(head, RawRequestMessage):
                self.known.end_request(head)

    def end_request(self) -> None:
        super().end_request()
        request = self._current_request
        if request is not None and request.keep_alive and request.content.is_eof():
            self.is_lent = bool(self._messages)

    def lend(self) -> None:
        """Let aiohttp's task handle what has arrived."""
        self.stop_patience()
        if self.held:
            data, self.held = self.held, b""
            self.parse(data)
        self.is_lent = True
        self._messages.extend(self.parked)
        self.parked.clear()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def stop_patience(self) -> None:
        if self.patience is not None:
            self.patience.cancel()
            self.patience = None

    def take_request(self) -> RawRequest | None:
        """Return the next request if the fast path can answer it; otherwise lend it."""
        self.is_enqueued = False
        if not self.parked:
            return None
        head, content = self.parked[0]
        if isinstance(content, WholeBody):
            return self.take(head, content.data, content.known)
        if not self.may_take(head, content):
            self.lend()
            return None
        if not content.is_eof():
            self.wait_for_body()
            return None
        if not self.is_simple(head, peek_body(content)):
            self.lend()
            return None
        assert self._parser is not None
        self._parser.message_consumed()
        return self.take(head, b"" if content.at_eof() else content.read_nowait())

    def take(self, head: Any, body: bytes, known: KnownHead | None = None) -> RawRequest:
        self.stop_patience()
        self.parked.popleft()
        self.last_active = self._loop.time()
        return RawRequest(head, body, self.is_secure, known)

    def may_take(self, head: Any, content: StreamReader) -> bool:
        """Whether a request that the parser has read may be fast, as far as it has arrived."""
        if not isinstance(head, RawRequestMessage) or content.exception() is not None:
            return False
        length = head.headers.get("Content-Length", "")
        return (
            content.is_eof() or (length.isdecimal() and len(length) < MAX_DIGITS)
        ) and self.may_be_fast(head, int(length) if length.isdecimal() else 0)

    def may_be_fast(self, head: RawRequestMessage, length: int) -> bool:
        """Whether a request with a body of this length is ordinary, and its client reads."""
        return (
            length <= LARGE_BODY
            and self.is_ready_for(head)
            and not self.listener.may_wait(head.method, head.path)
        )

    def is_simple(self, head: RawRequestMessage, body: bytes) -> bool:
        return self.listener.is_simple(head.path, head.headers, body)

    def wait_for_body(self) -> None:
        """Wait a moment: most clients send a head and a short body one after the other."""
        if self.patience is None:
            self.patience = self._loop.call_later(PATIENCE, self.lend)

    def is_ready_for(self, head: RawRequestMessage) -> bool:
        """Whether this is an ordinary request on a connection whose client reads."""
        return (
            head.version == HttpVersion11
            and not (head.should_close or head.upgrade)
            and "Content-Encoding" not in head.headers
            and "Expect" not in head.headers
            and self.can_continue
        )

    @property
    def can_continue(self) -> bool:
        """Whether the client reads, and may send another request after this one."""
        return self.transport is not None and not (
            self._paused or self._buffer_paused or self.listener.is_stopping
        )

    def send(self, head: Any, answer: RawAnswer) -> None:
        """Send an answer, and enqueue the next request if it has arrived too."""
        assert self.transport is not None
        if isinstance(answer, WireResponse):
            self.hand_over(head, answer)
        elif isinstance(answer, Exception):  # the same net that aiohttp has under every handler
            self.log_exception("Error handling request", exc_info=answer)
            self.transport.write(INTERNAL_SERVER_ERROR)
            self.force_close()
        else:
            self.transport.write(answer)
            if self.parked:
                self.listener.enqueue(self)
            elif self.has_ended:
                self.transport.close()

    def hand_over(self, head: Any, response: WireResponse) -> None:
        """Let aiohttp's task deliver a response, and then handle what has arrived meanwhile."""
        self.prepared = response
        self._messages.append((head, EMPTY_PAYLOAD))
        self.lend()


async def end_frames(response: WireResponse) -> None:
    """End a response that no client receives, as if its client had left before the first byte.

    The frames begin first: what a generator does at its end, such as the journal's note that the
    client left, happens only if it has begun.
    """
    frames = response.body
    assert isinstance(frames, AsyncGenerator)
    with suppress(StopAsyncIteration, ConnectionDropped):
        await anext(frames)
    await frames.aclose()


def take_prepared(request: web.BaseRequest) -> WireResponse | None:
    """Return the response that the fast path has made for a request already."""
    connection = request.protocol
    if not isinstance(connection, FastProtocol) or connection.prepared is None:
        return None
    response, connection.prepared = connection.prepared, None
    return response


class FastServer(ConnectionServer):
    """Answers together what arrived in the same round of the event loop."""

    def __init__(
        self,
        handler: Any,
        answer_now: AnswerNow,
        answer_again: AnswerAgain,
        may_wait: Callable[[str, str], bool],
        is_simple: IsSimple,
        **options: Any,
    ) -> None:
        super().__init__(handler, **options)
        self.answer_now = answer_now
        self.answer_again = answer_again
        self.may_wait = may_wait
        self.is_simple = is_simple
        self.pending: deque[FastProtocol] = deque()
        self.ending: set[asyncio.Task[None]] = set()

    def __call__(self) -> FastProtocol:
        return FastProtocol(self, loop=self._loop, **self._kwargs)

    def abandon(self, response: WireResponse) -> None:
        """End a response whose client has left before aiohttp's task began with it."""
        task = self._loop.create_task(end_frames(response))
        self.ending.add(task)
        task.add_done_callback(self.ending.discard)

    def enqueue(self, connection: FastProtocol) -> None:
        if not self.pending:
            self._loop.call_soon(self.answer_pending)
        if not connection.is_enqueued:
            connection.is_enqueued = True
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
        for (connection, request), answer in zip(taken, answers, strict=True):
            connection.send(request.head, answer)
