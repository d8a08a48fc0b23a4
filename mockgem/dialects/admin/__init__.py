"""The server's own dialect, under /_mockgem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Dialect, Endpoint, Occasion
from mockgem.core.errors import Failure, Unrouted
from mockgem.core.wire import WireRequest, WireResponse
from mockgem.dialects.writing import compact

HEADERS = (("Content-Type", "application/json"),)


async def health(request: None, occasion: Occasion) -> dict[str, Any]:
    return {"status": "ok"}


def decode_nothing(wire: WireRequest, params: Mapping[str, str]) -> None:
    return None


def encode(request: None, value: dict[str, Any]) -> WireResponse:
    return WireResponse(200, HEADERS, compact(value))


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    return WireResponse(failure.code.value, HEADERS, compact({"error": failure.message}))


def not_found(unrouted: Unrouted) -> WireResponse:
    message = f"mockgem has nothing at {unrouted.method} {unrouted.path}; GET /_mockgem/health is there"
    return WireResponse(404, HEADERS, compact({"error": message}))


def needs_no_credential(which: str) -> Failure:
    raise AssertionError("the admin surface asks for no key")


ADMIN = Dialect(
    "admin",
    (Endpoint("GET", "/health", "Whether the server can serve", decode_nothing, health, encode, encode_failure),),
    needs_no_credential,
    not_found,
)
