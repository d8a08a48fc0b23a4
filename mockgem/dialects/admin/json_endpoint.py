"""Who may ask the server about itself, what a request holds, and how it is answered."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.origin import is_local_origin
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact

Json = dict[str, Any]
HEADERS = (
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
)
AdminHandler = Callable[[Json, OperationContext], Awaitable[Any]]


def build_endpoint(
    method: str,
    path: str,
    summary: str,
    perform: AdminHandler,
    token: str = "",
    *,
    waits: bool = False,
) -> Endpoint[Json, Any]:
    """An endpoint that takes JSON and gives JSON. With a token, only those who show it are let in."""

    def decode(wire: WireRequest, params: Mapping[str, str]) -> Json:
        return decode_request(wire, params, token)

    return Endpoint(
        method, path, summary, decode, perform, encode, encode_failure, pure=False, may_wait=waits
    )


def decode_request(wire: WireRequest, params: Mapping[str, str], token: str = "") -> Json:
    """The body with the path's names and the query. Pages of another origin may neither change nor see anything."""
    check_origin(wire)
    if token and not has_token(wire, token):
        message = "this needs the admin token: Authorization: Bearer TOKEN (mockgem prints it when it starts)"
        raise ApiError(Failure(Code.UNAUTHENTICATED, message))
    if wire.method == "GET":
        return {**wire.query, **params}
    if wire.body and "json" not in wire.headers.get("content-type", ""):
        raise invalid("send it with Content-Type: application/json")
    body = parse_json(wire.body) if wire.body else {}
    if not isinstance(body, dict):
        raise invalid("expected a JSON object")
    return {**body, **params}


def check_origin(wire: WireRequest) -> None:
    """Raises ApiError (403) for a page of another origin."""
    if not is_local_origin(wire.headers):
        raise ApiError(
            Failure(
                Code.PERMISSION_DENIED,
                "pages of another origin may not see or change anything here",
            )
        )


def has_token(wire: WireRequest, token: str) -> bool:
    header = wire.headers.get("authorization", "")
    shown = (
        header[7:].strip()
        if header[:7].lower() == "bearer "
        else wire.headers.get("x-mockgem-token", "")
    )
    return hmac.compare_digest(shown.encode(), token.encode())


def encode(request: Json, found: Any) -> WireResponse:
    return WireResponse(200, HEADERS, dump_compact(found))


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    return WireResponse(failure.status, HEADERS, dump_compact({"error": failure.message}))
