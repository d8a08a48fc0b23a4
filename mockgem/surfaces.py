"""Where clients connect. A new gateway or cloud is one more row here."""

from __future__ import annotations

from mockgem.core.call import Dialect, Surface
from mockgem.core.wire import WireRequest
from mockgem.dialects.admin import ADMIN
from mockgem.dialects.native import dialects as native
from mockgem.dialects.openai import chat

GOOGLE = "https://generativelanguage.googleapis.com"
VERTEX = "https://{location}-aiplatform.googleapis.com"
VERSIONS = ("/v1beta", "/v1", "/v1alpha")
PROJECT = "/projects/{project}/locations/{location}/endpoints/openapi"


def bearer(wire: WireRequest) -> str | None:
    """The token of an `Authorization: Bearer` header."""
    header = wire.headers.get("authorization", "")
    return header[7:].strip() or None if header[:7].lower() == "bearer " else None


def without_google_key(wire: WireRequest) -> bool:
    """Under /v1 the credential decides: a Google key belongs to the native API, everything else to the gateway."""
    return "x-goog-api-key" not in wire.headers and "key" not in wire.query


def google_key(wire: WireRequest) -> str | None:
    """A key in its header or in the query, or a token."""
    return wire.headers.get("x-goog-api-key") or wire.query.get("key") or bearer(wire)


def surfaces(admin: Dialect = ADMIN, *, lenient: bool = False) -> tuple[Surface, ...]:
    """All of them. `admin` is the admin dialect of a server that runs; the other one only lists its endpoints."""
    strict = not lenient
    return (
        Surface(
            "gemini-openai",
            "Gemini, OpenAI-compatible",
            tuple(f"/{version}/openai{v1}" for version in ("v1beta", "v1", "v1alpha") for v1 in ("", "/v1")),
            chat.gemini(strict=strict),
            bearer,
            base="/v1beta/openai/",
            upstream=GOOGLE,
        ),
        Surface(
            "gemini-openai-short",
            "Gemini, OpenAI-compatible, as one documented sample spells it",
            ("/v1beta",),
            chat.gemini_chat_only(strict=strict),
            bearer,
            base="/v1beta/",
            upstream=GOOGLE,
            claims=without_google_key,
        ),
        Surface(
            "vertex-openai",
            "Vertex AI, OpenAI-compatible",
            tuple(f"/{version}{PROJECT}" for version in ("v1", "v1beta1")),
            chat.vertex(),
            bearer,
            base="/v1/projects/PROJECT/locations/LOCATION/endpoints/openapi",
            upstream=VERTEX,
        ),
        Surface(
            "gateway",
            "Gateway (one-api style)",
            ("/v1",),
            chat.gateway(),
            bearer,
            base="/v1",
            claims=without_google_key,
        ),
        Surface(
            "gemini",
            "Gemini, Google's own API",
            VERSIONS,
            native.native(),
            google_key,
            base="/",
            upstream=GOOGLE,
            claims=lambda wire: not wire.path.startswith("/v1/") or not without_google_key(wire),
        ),
        Surface(
            "gemini-upload",
            "Gemini, uploads",
            tuple(f"/upload{version}" for version in VERSIONS),
            native.upload_server(),
            google_key,
            upstream=GOOGLE,
            keyless=lambda wire: bool(wire.query.get("upload_id")),
        ),
        Surface(
            "gemini-download",
            "Gemini, downloads",
            tuple(f"/download{version}" for version in VERSIONS),
            native.download_server(),
            google_key,
            upstream=GOOGLE,
        ),
        Surface("admin", "mockgem itself", ("/_mockgem",), admin, bearer, base="/_mockgem", keyless=lambda wire: True),
    )
