"""Endpoints of the admin API: who may call them, what a request holds, and how it is answered."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.media_type import is_json
from mockgem.core.origin import is_local_origin
from mockgem.core.suggestions import describe_unknown
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact

Json = dict[str, Any]
HEADERS = (
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
)
AdminHandler = Callable[[Json, OperationContext], Awaitable[Any]]


@frozen
class AdminRoute:
    """One endpoint that takes and returns JSON, with all that its documentation says.

    The handler receives the body (of a GET, the query) together with the parameters of the path.
    `may_wait` marks a handler that waits for other requests; `is_public` one without a token.
    """

    method: str
    path: str
    summary: str
    handler: AdminHandler
    may_wait: bool = False
    is_public: bool = False
    request_schema: Json | None = None
    query_schemas: Mapping[str, Json] = field(default_factory=dict)


def build_endpoint(route: AdminRoute, token: str = "") -> Endpoint[Json, Any]:
    """Build an endpoint. With a token, only requests that have it are answered."""
    required = "" if route.is_public else token

    def decode(wire: WireRequest, params: Mapping[str, str]) -> Json:
        request = decode_request(wire, params, required)
        if not route.is_public:
            check_keys(request, params, route)
        return request

    return Endpoint(
        route.method,
        route.path,
        route.summary,
        decode,
        route.handler,
        encode,
        encode_failure,
        pure=False,
        may_wait=route.may_wait,
    )


def decode_request(wire: WireRequest, params: Mapping[str, str], token: str = "") -> Json:
    """Return the body (of a GET, the query) with the parameters of the path.

    Raises ApiError for a page of another origin, a missing token, and a body that is not a JSON
    object.
    """
    check_origin(wire)
    if token and not has_token(wire, token):
        message = (
            "the admin token is missing or wrong: send Authorization: Bearer TOKEN "
            "(mockgem prints the token when it starts)"
        )
        raise ApiError(Failure(Code.UNAUTHENTICATED, message))
    if wire.method == "GET":
        return {**wire.query, **params}
    content_type = wire.headers.get("content-type", "")
    if wire.body and not is_json(content_type) and not is_local_program(wire):
        raise invalid(
            f"Content-Type {content_type[:40]!r} is not supported: "
            "send JSON with Content-Type: application/json"
        )
    body = parse_json(wire.body) if wire.body else {}
    if not isinstance(body, dict):
        raise invalid("expected a JSON object in the request body")
    return {**body, **params}


def check_keys(request: Json, params: Mapping[str, str], route: AdminRoute) -> None:
    """Raise ApiError (400) for a key that a route does not have, with the nearest one."""
    if (known := list_keys(route)) is None:
        return
    for name in request.keys() - params.keys() - known.keys():
        kind = "parameter" if route.method == "GET" else "key"
        raise invalid(f"{route.method} {route.path}: {describe_unknown(kind, name, known)}")


def list_keys(route: AdminRoute) -> Json | None:
    """Return what a request may have; None if another part of mockgem checks it."""
    if route.method == "GET":
        return dict(route.query_schemas)
    schema = route.request_schema or {"properties": {}}
    if "oneOf" in schema:
        return {name: one for part in schema["oneOf"] for name, one in part["properties"].items()}
    properties: Json | None = schema.get("properties")
    return properties


def check_query(query: Json, known: Json, where: str) -> None:
    """Raise ApiError (400) for a parameter that is not known, with the nearest one."""
    for name in query.keys() - known.keys():
        raise invalid(f"{where}: {describe_unknown('parameter', name, known)}")


def is_local_program(wire: WireRequest) -> bool:
    """Return whether a request comes from a program on this machine, such as curl, not from a page.

    Its body is read as JSON whatever the Content-Type says: curl sends that of a form. Browsers
    say where a request that changes something comes from, in one of these headers.
    """
    headers = wire.headers
    is_page = any(name in headers for name in ("origin", "referer", "sec-fetch-site"))
    return not is_page and LOCAL_HOST.match(headers.get("host", "")) is not None


LOCAL_HOST = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?\Z")


def check_origin(wire: WireRequest) -> None:
    """Raises ApiError (403) for a request from a page of another origin."""
    if not is_local_origin(wire.headers):
        message = "web pages of another origin may not use the admin API"
        raise ApiError(Failure(Code.PERMISSION_DENIED, message))


def has_token(wire: WireRequest, token: str) -> bool:
    header = wire.headers.get("authorization", "")
    given = (
        header[7:].strip()
        if header[:7].lower() == "bearer "
        else wire.headers.get("x-mockgem-token", "")
    )
    return hmac.compare_digest(given.encode(), token.encode())


def encode(request: Json, result: Any) -> WireResponse:
    return WireResponse(200, HEADERS, dump_compact(result))


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    return WireResponse(failure.status, HEADERS, dump_compact({"error": failure.message}))
