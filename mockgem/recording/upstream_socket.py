"""Sockets to the real service, or to the server in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.sockets import SocketClose, SocketMessage
from mockgem.recording.interaction import HeaderList
from mockgem.recording.refused_handshake import HandshakeRefused
from mockgem.recording.upstream import Upstream, describe_failure, to_latin1

MAX_MESSAGE = 64 * 2**20
"""Bytes of one message of the upstream."""
CLOSE_TIMEOUT = 5.0
"""Seconds in which the upstream may answer a close frame."""


class UpstreamSocket:
    """An open socket to the upstream."""

    def __init__(self, socket: Any, headers: HeaderList) -> None:
        self.socket = socket
        self.headers = headers

    async def receive(self) -> SocketMessage | SocketClose:
        """Wait for a message or the end; a connection that ends without a close is a 1006."""
        from aiohttp import WSMsgType

        message = await self.socket.receive()
        match message.type:
            case WSMsgType.TEXT:
                return SocketMessage(message.data.encode(), is_text=True)
            case WSMsgType.BINARY:
                return SocketMessage(bytes(message.data))
            case WSMsgType.CLOSE:
                return SocketClose(int(message.data or 1005), message.extra or "")
        return SocketClose(int(self.socket.close_code or 1006))

    async def send(self, message: SocketMessage) -> None:
        """Send a message; wait while the upstream does not read. Raises ConnectionError."""
        if message.is_text:
            await self.socket.send_str(message.data.decode("utf-8", "replace"))
        else:
            await self.socket.send_bytes(message.data)

    async def close(self, close: SocketClose) -> None:
        code = close.code if close.code not in (1005, 1006) else 1000
        await self.socket.close(code=code, message=close.reason.encode())


async def open_upstream_socket(
    upstream: Upstream, url: str, headers: Sequence[tuple[str, str]]
) -> UpstreamSocket:
    """Open a socket. Raises ConnectionError without an answer, HandshakeRefused for a refusal."""
    import aiohttp
    from yarl import URL

    session, address = upstream.get_session(), URL(url, encoded=True)
    # aiohttp refuses a message of `max_msg_size` bytes, so the limit is one more
    own = [pair for pair in headers if not pair[0].lower().startswith("sec-websocket-")]
    timeout = aiohttp.ClientWSTimeout(ws_close=CLOSE_TIMEOUT)
    try:
        await upstream.resolve(address.host or "", address.port or 0)
        socket = await session.ws_connect(
            address, headers=own, max_msg_size=MAX_MESSAGE + 1, timeout=timeout
        )
    except aiohttp.WSServerHandshakeError as error:  # a 101 that is not a valid one
        raise HandshakeRefused(error.status, list_headers(error.headers or {})) from None
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise ConnectionError(describe_failure(url, headers, error)) from None
    return UpstreamSocket(socket, list_headers(socket._response.headers))


def list_headers(headers: Mapping[str, str]) -> HeaderList:
    return tuple([(to_latin1(name), to_latin1(value)) for name, value in headers.items()])
