"""Where clients connect. A new gateway or cloud is one more row here."""

from __future__ import annotations

from mockgem.core.call import Dialect, Surface
from mockgem.core.http import WireRequest
from mockgem.dialects.admin import ADMIN
from mockgem.dialects.gemini import dialects as native
from mockgem.dialects.openai import chat

GOOGLE = "https://generativelanguage.googleapis.com"
VERTEX = "https://{location}-aiplatform.googleapis.com"
VERSIONS = ("/v1beta", "/v1", "/v1alpha")
VERTEX_VERSIONS = ("/v1", "/v1beta1")
PLACE = "/projects/{project}/locations/{location}"


def bearer(wire: WireRequest) -> tuple[str, ...]:
    """The token of an `Authorization: Bearer` header."""
    header = wire.headers.get("authorization", "")
    if header[:7].lower() != "bearer " or not (token := header[7:].strip()):
        return ()
    return (token,)


def bearer_alone(wire: WireRequest) -> tuple[str, ...]:
    """The same where a Google key beside it is one too many."""
    token = bearer(wire)
    return token + google_keys(wire) if token else ()


def google_keys(wire: WireRequest) -> tuple[str, ...]:
    """A key in its header, and one in the query."""
    found = (wire.headers.get("x-goog-api-key"), wire.query.get("key"))
    return tuple([key for key in found if key])


def any_google(wire: WireRequest) -> tuple[str, ...]:
    """Keys, and a token."""
    return google_keys(wire) + bearer(wire)


def without_google_key(wire: WireRequest) -> bool:
    """Under /v1 the credential decides: a Google key belongs to the native API, everything else to the gateway."""
    return "x-goog-api-key" not in wire.headers and "key" not in wire.query


def for_native(wire: WireRequest) -> bool:
    return not wire.path.startswith("/v1/") or not without_google_key(wire)


def below(prefixes: tuple[str, ...], path: str) -> tuple[str, ...]:
    return tuple([prefix + path for prefix in prefixes])


def surfaces(admin: Dialect = ADMIN, *, lenient: bool = False) -> tuple[Surface, ...]:
    """All of them. `admin` is the admin dialect of a server that runs; the other one only lists its endpoints."""
    return (
        *openai_surfaces(strict=not lenient),
        *native_surfaces(),
        *vertex_surfaces(),
        Surface("admin", "mockgem itself", ("/_mockgem",), admin, bearer, base="/_mockgem", keyless=lambda wire: True),
    )


def openai_surfaces(*, strict: bool) -> tuple[Surface, ...]:
    """What clients of OpenAI's API are pointed at."""
    return (
        Surface(
            "gemini-openai",
            "Gemini, OpenAI-compatible",
            (*below(VERSIONS, "/openai"), *below(VERSIONS, "/openai/v1")),
            chat.gemini(strict=strict),
            bearer_alone,
            base="/v1beta/openai/",
            upstream=GOOGLE,
        ),
        Surface(
            "gemini-openai-short",
            "Gemini, OpenAI-compatible, as one documented sample spells it",
            ("/v1beta",),
            chat.gemini_chat_only(strict=strict),
            bearer_alone,
            base="/v1beta/",
            upstream=GOOGLE,
            claims=without_google_key,
        ),
        Surface(
            "vertex-openai",
            "Vertex AI, OpenAI-compatible",
            below(VERTEX_VERSIONS, PLACE + "/endpoints/openapi"),
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
    )


def native_surfaces() -> tuple[Surface, ...]:
    """Google's own API, which the google-genai SDKs speak."""
    return (
        Surface(
            "gemini",
            "Gemini, Google's own API",
            VERSIONS,
            native.native(),
            any_google,
            base="/",
            upstream=GOOGLE,
            claims=for_native,
        ),
        Surface(
            "gemini-upload",
            "Gemini, uploads",
            tuple([f"/upload{version}" for version in VERSIONS]),
            native.upload_server(),
            any_google,
            upstream=GOOGLE,
            keyless=lambda wire: bool(wire.query.get("upload_id")),
        ),
        Surface(
            "gemini-download",
            "Gemini, downloads",
            tuple([f"/download{version}" for version in VERSIONS]),
            native.download_server(),
            any_google,
            upstream=GOOGLE,
        ),
    )


def vertex_surfaces() -> tuple[Surface, ...]:
    """Vertex AI's own API, with a project and a token, or in express mode with a key alone."""
    return (
        Surface(
            "vertex",
            "Vertex AI, its own API",
            below(VERTEX_VERSIONS, PLACE),
            native.vertex(),
            any_google,
            base="/",
            upstream=VERTEX,
        ),
        Surface(
            "vertex-express",
            "Vertex AI in express mode",
            VERTEX_VERSIONS,
            native.vertex_express(),
            any_google,
            base="/",
            upstream=VERTEX,
        ),
    )
