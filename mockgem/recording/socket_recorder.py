"""Pass the messages of a socket on to the upstream and back, and keep them with their times."""

from __future__ import annotations

import asyncio
import logging
import time
import traceback
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from mockgem.core.call import Answer, Call, VerbatimResponse
from mockgem.core.errors import Code, Failure
from mockgem.core.http import ConnectionDropped, WireRequest, WireResponse
from mockgem.core.sockets import (
    NEVER,
    ConnectedSession,
    Perform,
    SocketClose,
    SocketMessage,
    SocketResponse,
    Step,
)
from mockgem.recording.capture import (
    MAX_RECORDED_BYTES,
    decode_body,
    find_coding,
    select_forwarded,
    select_headers,
)
from mockgem.recording.interaction import SWITCHING_PROTOCOLS, HeaderList, Interaction
from mockgem.recording.refused_handshake import HandshakeRefused
from mockgem.recording.replay import rewrite_urls
from mockgem.recording.socket_messages import DROPPED, RecordedMessage
from mockgem.recording.target import Target, to_sendable
from mockgem.recording.upstream_socket import UpstreamSocket
from mockgem.redaction.finder import hide_secrets

log = logging.getLogger("mockgem")

MAX_WAITING = 4 * 2**20
"""Bytes of the upstream's messages that wait for a slow client; then the upstream waits too."""
UPSTREAM_DROPPED = "the upstream ended the connection without a close frame"
DROPPED_BY_SERVER = ("server", DROPPED)
OnEnd = Callable[[Interaction, int], Awaitable[None]]
"""Takes a session when it has ended, and its size in bytes."""
Connect = Callable[[str, Sequence[tuple[str, str]]], Awaitable[UpstreamSocket]]
"""Opens a socket to the upstream. Raises ConnectionError and HandshakeRefused."""


class SocketCapture:
    """What the recorder keeps of a session: messages with their times, up to a limit."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.messages: list[RecordedMessage] = []
        self.size = 0

    def add(self, side: str, step: SocketMessage | SocketClose) -> None:
        """Keep a message; of a session that is too large only its size."""
        ms = round((time.monotonic() - self.began) * 1000)
        if isinstance(step, SocketClose):
            one = RecordedMessage(side, ms, step.reason.encode(), close=step.code)
        else:
            one = RecordedMessage(side, ms, step.data, step.is_text)
        self.size += len(one.data)
        if self.size > MAX_RECORDED_BYTES:
            self.messages.clear()
        elif not (self.messages and self.messages[-1].close):
            self.messages.append(one)


class RelaySession(ConnectedSession):
    """A session between a client and the upstream.

    `on_end` gets it before the client gets the upstream's close, or after the client's own.
    """

    deadline = NEVER
    is_answering = False

    def __init__(self, link: UpstreamSocket, wire: WireRequest, url: str, on_end: OnEnd) -> None:
        self.link = link
        self.wire = wire
        self.url = url
        self.on_end = on_end
        self.capture = SocketCapture()
        self.outgoing: asyncio.Queue[SocketMessage] = asyncio.Queue()
        self.outbox: deque[SocketMessage | SocketClose] = deque()
        self.waiting = 0
        self.has_room = asyncio.Event()
        self.tasks: list[asyncio.Task[None]] = []
        self.is_saved = False

    def start(self, wake: Callable[[], None]) -> None:
        self.wake = wake
        self.tasks = [asyncio.create_task(one) for one in (self.send_up(), self.receive_down())]

    async def send_up(self) -> None:
        """Send the client's messages to the upstream, in their order."""
        with suppress(ConnectionError):  # `receive_down` gets the end
            while True:
                await self.link.send(await self.outgoing.get())

    async def receive_down(self) -> None:
        """Take what the upstream sends, and wait while the client does not read."""
        while True:
            try:
                step = await self.link.receive()
            except Exception as error:  # without an end the client would wait forever
                text = hide_secrets("".join(traceback.format_exception(error)))
                log.error("the upstream's socket can't be read: %s", text)
                step = SocketClose(DROPPED, type(error).__name__)
            self.capture.add("server", step)
            self.outbox.append(step)
            self.wake()
            if isinstance(step, SocketClose):
                return
            self.waiting += len(step.data)
            while self.waiting > MAX_WAITING:
                self.has_room.clear()
                await self.has_room.wait()

    def decode(self, message: SocketMessage) -> SocketMessage:
        return message

    def receive(self, content: SocketMessage) -> None:
        self.capture.add("client", content)
        self.outgoing.put_nowait(content)

    def next_step(self) -> Step | None:
        """Return the upstream's next message; its close comes when the session is on disk."""
        if not self.outbox:
            return None
        if not isinstance(step := self.outbox[0], SocketClose):
            self.waiting -= len(step.data)
            self.has_room.set()
            return self.outbox.popleft()
        if not self.is_saved and self.capture.size:
            return Perform(self.save)
        if step.code == DROPPED:
            raise ConnectionDropped("close")
        return self.outbox.popleft()

    async def finish(self, close: SocketClose | None) -> None:
        """Close the upstream as the client did, and keep the session."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if close is not None:
            self.capture.add("client", close)
        await asyncio.gather(
            self.link.close(close or SocketClose(1001)), self.save(), return_exceptions=True
        )

    async def save(self) -> None:
        if not self.is_saved and self.capture.size:
            self.is_saved = True
            await asyncio.shield(self.on_end(self.build_interaction(), self.capture.size))

    def build_interaction(self) -> Interaction:
        messages = tuple(self.capture.messages)
        is_dropped = bool(messages) and (messages[-1].side, messages[-1].close) == DROPPED_BY_SERVER
        handshake = build_handshake(self.wire, self.url, SWITCHING_PROTOCOLS, self.link.headers)
        broken = UPSTREAM_DROPPED if is_dropped else ""
        return replace(handshake, messages=messages, broken=broken)

    def take_answer(self, answer: Answer) -> None: ...

    def take_result(self, result: object) -> None: ...

    def tick(self, now: float) -> None: ...


def build_refusal(wire: WireRequest, url: str, refusal: HandshakeRefused) -> Interaction:
    """Return the recording of a refused handshake, with the body of the response."""
    coding, body = find_coding(refusal.headers), refusal.body
    if coding and (decoded := decode_body(body, coding)) is not None:
        coding, body = "", decoded
    one = build_handshake(wire, url, refusal.status, ())
    headers = select_headers(wire.method, refusal.headers, coding)
    return replace(one, reason=refusal.reason, headers=headers, body=body)


def build_handshake(wire: WireRequest, url: str, status: int, headers: HeaderList) -> Interaction:
    """Return the recording of a handshake and its response."""
    scheme, _, rest = url.partition("://")
    return Interaction(
        wire.method,
        f"{'wss' if scheme == 'https' else 'ws'}://{rest}",
        tuple([(str(name), to_sendable(value)) for name, value in wire.headers.items()]),
        b"",
        status,
        "Switching Protocols" if status == SWITCHING_PROTOCOLS else "",
        select_headers(wire.method, headers),
        b"",
        recorded=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


async def open_relay(call: Call, target: Target, connect: Connect, on_end: OnEnd) -> Answer:
    """Open a socket to the upstream, and return the session between it and the client.

    A refusal of the upstream reaches the client, and `on_end`, with its body.
    """
    wire = call.wire
    try:
        base = target.find_base_url(call.surface, wire)
        url = target.build_url(base, wire)
        link = await connect(url, target.build_headers(call.surface, wire))
    except HandshakeRefused as refusal:
        one = build_refusal(wire, url, refusal)
        await on_end(one, len(one.body))
        headers = rewrite_urls(select_forwarded(wire.method, one.headers), wire, base)
        return Answer(VerbatimResponse(WireResponse(one.status, headers, one.body)), "upstream")
    except ConnectionError as error:
        failure = Failure(Code.UNAVAILABLE, f"mockgem: {error}", reason="upstream")
        return Answer(failure, "upstream")
    session = RelaySession(link, wire, url, on_end)
    return Answer(VerbatimResponse(SocketResponse(101, (), session=session)), "upstream")
