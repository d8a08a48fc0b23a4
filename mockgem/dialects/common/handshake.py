"""The requests that open sockets (RFC 6455), in any dialect."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest


@frozen
class Handshake:
    """A request to open a socket, for one version of the API."""

    wire: WireRequest
    version: str
    is_handshake: bool = True


def decode_handshake(wire: WireRequest, params: Mapping[str, str], *, version: str) -> Handshake:
    """Raises ApiError for a request that is not a WebSocket handshake (426), or a bad one (400)."""
    if not is_upgrade(wire):
        message = "mockgem: this address is for WebSockets: connect with ws:// or wss://"
        raise ApiError(Failure(Code.INVALID_ARGUMENT, message, http_status=426))
    if mistake := find_mistake(wire.headers):
        raise ApiError(Failure(Code.INVALID_ARGUMENT, f"mockgem: {mistake}"))
    return Handshake(wire, version)


def is_upgrade(wire: WireRequest) -> bool:
    return wire.headers.get("upgrade", "").strip().lower() == "websocket"


def find_mistake(headers: Mapping[str, str]) -> str:
    """Return what a handshake lacks (RFC 6455 4.1), or nothing."""
    if "upgrade" not in headers.get("connection", "").lower():
        return "the handshake of a WebSocket needs the header Connection: Upgrade"
    if headers.get("sec-websocket-version") != "13":
        return "the handshake of a WebSocket needs the header Sec-WebSocket-Version: 13"
    if not HANDSHAKE_KEY.fullmatch(headers.get("sec-websocket-key", "")):
        return "the handshake of a WebSocket needs a Sec-WebSocket-Key of 16 bytes in Base64"
    return ""


HANDSHAKE_KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
