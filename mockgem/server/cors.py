"""CORS: web pages of any origin may call the API and read its answers, without credentials.

Only pages of this machine may use /_mockgem.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace

from mockgem.core.http import Handler, WireRequest, WireResponse
from mockgem.core.origin import LOCAL_ORIGIN

ALLOWED_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS"


def cors_middleware(handler: Handler) -> Handler:
    """Answer preflights, and let the origin read every other answer.

    /_mockgem stays closed to pages of other machines.
    """

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        origin = wire.headers.get("origin")
        if origin is None:
            return handler(wire)
        if wire.path.startswith("/_mockgem") and not LOCAL_ORIGIN.match(origin):
            return handler(wire)
        return add_origin(origin, wire)

    async def add_origin(origin: str, wire: WireRequest) -> WireResponse:
        if wire.method == "OPTIONS" and "access-control-request-method" in wire.headers:
            return answer_preflight(wire, origin)
        response = await handler(wire)
        allowed = (("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", "*"))
        varied = () if ("Vary", "Origin") in response.headers else (("Vary", "Origin"),)
        return replace(response, headers=(*response.headers, *varied, *allowed))

    return handle


def answer_preflight(wire: WireRequest, origin: str) -> WireResponse:
    """Allow the methods and headers that a page asks for."""
    requested = wire.headers.get("access-control-request-headers", "")
    headers = [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Methods", ALLOWED_METHODS),
        ("Access-Control-Max-Age", "3600"),
        ("Vary", "Origin"),
    ]
    if requested:
        headers.insert(2, ("Access-Control-Allow-Headers", requested))
    return WireResponse(200, tuple(headers))
