"""WebSockets: the handshake, messages in both directions, and the end."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from functools import partial

from aiohttp.http import WSMsgType

from mockgem.core.errors import Code
from mockgem.core.http import WireRequest, WireResponse, iter_frames
from mockgem.core.origin import is_local_origin
from mockgem.core.scheduling import sleep
from mockgem.core.sockets import SocketClose, SocketMessage, SocketResponse, cut_reason
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.server import web

CLOSE_TIMEOUT = 2.0
"""Seconds in which a client may answer a close frame."""
FOREIGN_ORIGIN = (
    "mockgem: web pages of another origin may not open sockets: serve the page from localhost"
)
GOING_AWAY = SocketClose(1001, "mockgem stops")


def refuse_upgrade(wire: WireRequest) -> WireResponse | None:
    """Return the refusal of a handshake that comes from a web page of another origin."""
    is_handshake = wire.headers.get("upgrade", "").lower() == "websocket"
    if not is_handshake or is_local_origin(wire.headers):
        return None
    error = {"code": 403, "message": FOREIGN_ORIGIN, "status": Code.PERMISSION_DENIED.value}
    headers = (("Content-Type", "application/json"),)
    return WireResponse(403, headers, dump_compact({"error": error}))


def without_protocols(request: web.BaseRequest) -> web.BaseRequest:
    """Return a handshake without subprotocols: none is chosen, and aiohttp would log them all.

    Some clients of other APIs put their key there.
    """
    if "Sec-WebSocket-Protocol" not in request.headers:
        return request
    headers = request.headers.copy()
    headers.popall("Sec-WebSocket-Protocol")
    return request.clone(headers=headers)


class OpenSocket:
    """A WebSocket, from its handshake on. `closed_with` is how the server has closed it."""

    def __init__(self, request: web.BaseRequest, max_message: int) -> None:
        from aiohttp.web_ws import WebSocketResponse

        self.request = request
        self.response = WebSocketResponse(
            timeout=CLOSE_TIMEOUT, max_msg_size=max_message + 1, compress=False
        )  # aiohttp refuses a message as large as its limit
        self.closed_with: SocketClose | None = None

    async def receive(self) -> SocketMessage | SocketClose:
        """Wait for a message. A connection that ends without a close frame is a 1006.

        A close frame without a code is a 1005, also when the end is read again.
        """
        message = await self.response.receive()
        match message.type:
            case WSMsgType.TEXT:
                return SocketMessage(message.data.encode(), is_text=True)
            case WSMsgType.BINARY:
                return SocketMessage(bytes(message.data))
            case WSMsgType.CLOSE:
                return SocketClose(message.data or 1005, message.extra or "")
        return self.closed_with or SocketClose(self.response.close_code or 1005)

    async def send(self, message: SocketMessage) -> None:
        if self.response.closed or self.request.transport is None:
            raise ConnectionResetError("the client has closed the socket")
        if message.is_text:
            await self.response.send_str(message.data.decode("utf-8", "replace"))
        else:
            await self.response.send_bytes(message.data)

    async def close(self, close: SocketClose) -> None:
        """Close the socket. A client that does not read in time loses the connection."""
        if not self.is_open:
            return
        self.closed_with = close
        reason = cut_reason(close.reason).encode()
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT):
                await self.response.close(code=close.code, message=reason)
        except ConnectionError:
            pass
        except TimeoutError:
            if self.request.transport is not None:
                self.request.transport.abort()

    @property
    def is_open(self) -> bool:
        return self.response.prepared and not self.response.closed


class SocketServer:
    """Serves sockets, and knows the open ones."""

    def __init__(self, max_message: int) -> None:
        self.max_message = max_message
        self.open_sockets: set[OpenSocket] = set()
        self.is_closing = False

    async def serve(self, request: web.BaseRequest, accepted: SocketResponse) -> None:
        """Complete a handshake and serve the socket until it ends.

        Raises ConnectionDropped if a fault ends the connection.
        """
        request.protocol.is_answering = True  # type: ignore[attr-defined]
        socket = OpenSocket(request, self.max_message)
        assert accepted.serve is not None
        try:
            await accepted.serve(partial(self.complete_handshake, socket, accepted))
            await socket.close(SocketClose(1000))
        finally:
            self.open_sockets.discard(socket)

    async def complete_handshake(self, socket: OpenSocket, accepted: SocketResponse) -> OpenSocket:
        """Send the 101. Waits and faults of a scenario come before it."""
        async with aclosing(iter_frames(accepted.body)) as frames:
            async for frame in frames:
                await sleep(frame.delay)
        for name, value in accepted.headers:
            socket.response.headers[name] = value
        await socket.response.prepare(without_protocols(socket.request))
        self.open_sockets.add(socket)
        if self.is_closing:
            await socket.close(GOING_AWAY)
        return socket

    async def close_all(self) -> None:
        """Close all sockets: the server stops."""
        self.is_closing = True
        await asyncio.gather(*[socket.close(GOING_AWAY) for socket in [*self.open_sockets]])
