"""Ask a new mockgem for the answer to a recorded request, and compare it with the recording."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from mockgem.app.drift_requests import build_request
from mockgem.app.factory import create_handler
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, WireRequest, iter_frames
from mockgem.core.sockets import SocketClose, SocketMessage, SocketResponse
from mockgem.recording.comparability import find_socket_obstacle
from mockgem.recording.drift import NOT_COMPARABLE, AnswerSnapshot, Finding, find_drift
from mockgem.recording.interaction import Interaction
from mockgem.recording.refused_handshake import HandshakeRefused
from mockgem.recording.socket_client import SessionPlayer
from mockgem.recording.socket_drift import find_socket_drift
from mockgem.recording.socket_messages import RecordedMessage

HANDSHAKE = {
    "upgrade": "websocket",
    "connection": "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "bW9ja2dlbSBkcmlmdCAhIQ==",
}


async def compare_with_mock(one: Interaction) -> list[Finding]:
    """Return how mockgem's answer differs from a recorded one, the worst difference first."""
    if not one.is_socket:
        return find_drift(one, await ask_mock(one))
    if reason := find_socket_obstacle(one.messages):
        return [Finding(NOT_COMPARABLE, "", reason)]
    try:
        return find_socket_drift(one.messages, await speak_to_mock(one))
    except HandshakeRefused as refusal:
        return [describe_refusal(refusal)]


def describe_refusal(refusal: HandshakeRefused) -> Finding:
    return Finding("error", "status", f"recorded 101, now {refusal.status}")


async def ask_mock(interaction: Interaction) -> AnswerSnapshot:
    """Return mockgem's answer. Each request gets a new server, so that none depends on another."""
    is_key_refused = interaction.status in (400, 401) and b"API key not valid" in interaction.body
    settings = Settings(api_key=("another",) if is_key_refused else ())
    handle, _, router = create_handler(settings)
    request = build_request(interaction, router)
    if interaction.is_handshake:
        request = add_upgrade(request)
    response = await handle(request)
    body = response.body
    if isinstance(body, ChunkedBody):
        body = body.join_chunks()
    elif not isinstance(body, bytes):
        body = b"".join([frame.data async for frame in iter_frames(body)])
    return AnswerSnapshot(response.status, find_content_type(response.headers), body)


def find_content_type(headers: Iterable[tuple[str, str]]) -> str:
    return next((text for name, text in headers if name.lower() == "content-type"), "")


async def speak_to_mock(one: Interaction) -> Sequence[RecordedMessage]:
    """Return the session with a new server. Raises HandshakeRefused."""
    handle, _, router = create_handler(Settings())
    response = await handle(add_upgrade(build_request(one, router)))
    if not isinstance(response, SocketResponse) or response.serve is None:
        raise HandshakeRefused(response.status, response.headers)
    link = MemoryLink()

    async def accept() -> MemorySocket:
        return link.server

    serving = asyncio.ensure_future(response.serve(accept))
    try:
        return await SessionPlayer(link).play(one.messages)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def add_upgrade(wire: WireRequest) -> WireRequest:
    wire.headers = {**wire.headers, **HANDSHAKE}
    return wire


class MemoryLink:
    """Both ends of a socket within the process: the client's by its methods, and `server`."""

    def __init__(self) -> None:
        self.down: asyncio.Queue[SocketMessage | SocketClose] = asyncio.Queue()
        self.server = MemorySocket(self.down)

    async def receive(self) -> SocketMessage | SocketClose:
        return await self.down.get()

    async def send(self, message: SocketMessage) -> None:
        await self.server.up.put(message)

    async def close(self, close: SocketClose) -> None:
        await self.server.up.put(close)


class MemorySocket:
    """The server's end of a socket without a connection."""

    def __init__(self, down: asyncio.Queue[SocketMessage | SocketClose]) -> None:
        self.down = down
        self.up: asyncio.Queue[SocketMessage | SocketClose] = asyncio.Queue()
        self.closed_with: SocketClose | None = None

    async def receive(self) -> SocketMessage | SocketClose:
        return await self.up.get()

    async def send(self, message: SocketMessage) -> None:
        await self.down.put(message)

    async def close(self, close: SocketClose) -> None:
        if self.closed_with is None:
            self.closed_with = close
            await self.down.put(close)
