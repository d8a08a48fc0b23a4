"""The response of an upstream that does not open a socket, with its body."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mockgem.recording.interaction import SWITCHING_PROTOCOLS, HeaderList

MAX_REFUSAL = 2**20
"""Bytes of the body that are read; the messages of the API have a few hundred."""


class HandshakeRefused(Exception):
    """The upstream answered a handshake with an ordinary response."""

    def __init__(
        self, status: int, headers: HeaderList, body: bytes = b"", reason: str = ""
    ) -> None:
        super().__init__(f"the upstream refused the socket with {status}")
        self.status = status
        self.headers = headers
        self.body = body
        self.reason = reason


async def read_refusal(request: Any, send: Callable[[Any], Awaitable[Any]]) -> Any:
    """Send a request; for a handshake without a socket raise HandshakeRefused, with the body.

    It is a middleware of an aiohttp session, which drops the body of such a response itself.
    """
    response = await send(request)
    if response.status == SWITCHING_PROTOCOLS or "Sec-WebSocket-Key" not in request.headers:
        return response
    try:
        body = await read_up_to(response.content, MAX_REFUSAL)
    finally:
        response.close()
    headers = [
        (name.decode("latin-1"), text.decode("latin-1")) for name, text in response.raw_headers
    ]
    raise HandshakeRefused(response.status, tuple(headers), body, response.reason or "")


async def read_up_to(stream: Any, limit: int) -> bytes:
    """Return what arrives of a body, without what is over the limit."""
    data = b""
    while len(data) < limit and (chunk := await stream.read(limit - len(data))):
        data += chunk
    return data
