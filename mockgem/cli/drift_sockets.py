"""Sessions on sockets for `mockgem drift`: the recorded client speaks to a server once more."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import click

from mockgem.app.factory import create_handler
from mockgem.cli.drift_requests import CREDENTIAL_HEADERS, build_request
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest
from mockgem.core.sockets import SocketClose, SocketMessage, SocketResponse
from mockgem.recording.comparability import find_socket_obstacle
from mockgem.recording.drift import NOT_COMPARABLE, Finding
from mockgem.recording.interaction import Interaction
from mockgem.recording.socket_client import SessionPlayer
from mockgem.recording.socket_drift import find_socket_drift
from mockgem.recording.socket_messages import RecordedMessage
from mockgem.recording.upstream import Upstream
from mockgem.recording.upstream_socket import HandshakeRefused, open_upstream_socket

HANDSHAKE = {
    "upgrade": "websocket",
    "connection": "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "bW9ja2dlbSBkcmlmdCAhIQ==",
}


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


async def compare_session(
    one: Interaction, upstream: Upstream, against: str, key: str
) -> list[Finding]:
    """Return how a session differs today. Raises ClickException if a live API can't be reached."""
    if reason := find_socket_obstacle(one.messages):
        return [Finding(NOT_COMPARABLE, "", reason)]
    try:
        own = await (speak_live(one, upstream, against, key) if against else speak_to_mock(one))
    except HandshakeRefused as refusal:
        return [Finding("error", "status", f"recorded 101, now {refusal.status}")]
    return find_socket_drift(one.messages, own)


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


async def speak_live(
    one: Interaction, upstream: Upstream, against: str, key: str
) -> Sequence[RecordedMessage]:
    """Return the session with a live API. Raises HandshakeRefused and ClickException."""
    request = build_request(one, create_handler(Settings())[2], key)
    headers = [pair for pair in request.headers.items() if pair[0] in CREDENTIAL_HEADERS]
    try:
        url = against.rstrip("/") + request.path
        link = await open_upstream_socket(upstream, url, headers)
        return await SessionPlayer(link).play(one.messages)
    except ConnectionError as error:
        raise click.ClickException(str(error)) from None
