"""WebSockets: the handshake, messages in both directions, and the end."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

from aiohttp import WSMsgType, web
from aiohttp.web_ws import WebSocketResponse

from mockgem.core.errors import Code
from mockgem.core.http import ConnectionDropped, WireRequest, WireResponse, iter_frames
from mockgem.core.origin import is_local_origin
from mockgem.core.scheduling import sleep
from mockgem.core.sockets import SocketClose, SocketMessage, SocketResponse, cut_reason
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.server.connections import drop_connection

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


class OpenSocket:
    """A WebSocket whose handshake is done."""

    def __init__(self, request: web.BaseRequest, response: WebSocketResponse) -> None:
        self.request = request
        self.response = response

    async def receive(self) -> SocketMessage | SocketClose:
        """Wait for a message. A connection that ends without a close frame is a 1006."""
        message = await self.response.receive()
        match message.type:
            case WSMsgType.TEXT:
                return SocketMessage(message.data.encode(), is_text=True)
            case WSMsgType.BINARY:
                return SocketMessage(bytes(message.data))
            case WSMsgType.CLOSE:
                return SocketClose(message.data or 1005, message.extra or "")
        return SocketClose(self.response.close_code or 1006)

    async def send(self, message: SocketMessage) -> None:
        if self.response.closed or self.request.transport is None:
            raise ConnectionResetError("the client has closed the socket")
        if message.is_text:
            await self.response.send_str(message.data.decode("utf-8", "replace"))
        else:
            await self.response.send_bytes(message.data)

    async def close(self, close: SocketClose) -> None:
        with suppress(ConnectionError, asyncio.TimeoutError):
            reason = cut_reason(close.reason).encode()
            await self.response.close(code=close.code, message=reason)

    async def drop(self, mode: str) -> None:
        await drop_connection(self.request, ConnectionDropped(mode))


class SocketServer:
    """Serves sockets, and knows the open ones."""

    def __init__(self, max_message: int) -> None:
        self.max_message = max_message
        self.open_sockets: set[OpenSocket] = set()

    async def serve(self, request: web.BaseRequest, accepted: SocketResponse) -> None:
        """Complete a handshake and serve the socket until it ends.

        Waits and faults of a scenario come before the response.
        """
        request.protocol.is_answering = True  # type: ignore[attr-defined]
        try:
            async with aclosing(iter_frames(accepted.body)) as frames:
                async for frame in frames:
                    await sleep(frame.delay)
        except ConnectionDropped as drop:
            await drop_connection(request, drop)
            return
        await self.open(request, accepted)

    async def open(self, request: web.BaseRequest, accepted: SocketResponse) -> None:
        response = WebSocketResponse(
            timeout=CLOSE_TIMEOUT, max_msg_size=self.max_message, compress=False
        )
        for name, value in accepted.headers:
            response.headers[name] = value
        await response.prepare(request)
        socket = OpenSocket(request, response)
        self.open_sockets.add(socket)
        try:
            assert accepted.serve is not None
            await accepted.serve(socket)
        finally:
            self.open_sockets.discard(socket)
            if not response.closed:
                await socket.close(SocketClose(1000))

    async def close_all(self) -> None:
        """Close all sockets: the server stops."""
        await asyncio.gather(*[socket.close(GOING_AWAY) for socket in [*self.open_sockets]])
