"""Finds the credentials that a request carries, and the API that they are for."""

from __future__ import annotations

from mockgem.core.http import WireRequest


def find_bearer_token(wire: WireRequest) -> tuple[str, ...]:
    """Return the token of an `Authorization: Bearer` header."""
    header = wire.headers.get("authorization", "")
    if header[:7].lower() != "bearer " or not (token := header[7:].strip()):
        return ()
    return (token,)


def find_bearer_and_keys(wire: WireRequest) -> tuple[str, ...]:
    """Return the bearer token and the Google keys beside it, which are too many credentials."""
    token = find_bearer_token(wire)
    return token + find_google_keys(wire) if token else ()


def find_google_keys(wire: WireRequest) -> tuple[str, ...]:
    """Return the key in its header and the key in the query."""
    keys = (wire.headers.get("x-goog-api-key"), wire.query.get("key"))
    return tuple([key for key in keys if key])


def find_google_credentials(wire: WireRequest) -> tuple[str, ...]:
    """Return the Google keys and the bearer token."""
    return find_google_keys(wire) + find_bearer_token(wire)


def find_live_credentials(wire: WireRequest) -> tuple[str, ...]:
    """Return the credentials of a socket: also an ephemeral token, in the header or the query.

    google-genai 1.x shows its key in both places when it opens a music session, so the same key
    counts once.

    Evidence: sdk-google-genai.
    """
    found = find_google_credentials(wire) + find_token_credentials(wire)
    return tuple(dict.fromkeys(found))


def find_token_credentials(wire: WireRequest) -> tuple[str, ...]:
    header = wire.headers.get("authorization", "")
    token = header[6:].strip() if header[:6].lower() == "token " else ""
    return tuple([one for one in (token, wire.query.get("access_token", "")) if one])


def find_auth_token(wire: WireRequest) -> str:
    """Return the ephemeral token of a request, wherever it is; "" without one."""
    shown = find_live_credentials(wire)
    return next((one for one in shown if one.startswith("auth_tokens/")), "")


def has_auth_token(wire: WireRequest) -> bool:
    """Return whether a socket shows an ephemeral token, which the session itself checks."""
    return find_auth_token(wire) != ""


def has_no_google_key(wire: WireRequest) -> bool:
    """Return whether a request under /v1 is for the gateway: a Google key means the native API."""
    return "x-goog-api-key" not in wire.headers and "key" not in wire.query


def is_for_gateway(wire: WireRequest) -> bool:
    """Return whether a request under /v1 is for the gateway, not for Vertex AI's publishers."""
    return has_no_google_key(wire) and not wire.path.startswith("/v1/publishers/")


def is_native(wire: WireRequest) -> bool:
    return not wire.path.startswith("/v1/") or not has_no_google_key(wire)


def accepts_html(wire: WireRequest) -> bool:
    """Return whether a browser opens a page: programs do not ask for HTML."""
    return "text/html" in wire.headers.get("accept", "")


def is_live_interaction(wire: WireRequest) -> bool:
    """Return whether a request is for the socket of live interactions."""
    return wire.path.rstrip("/").endswith("/interactions/live")
