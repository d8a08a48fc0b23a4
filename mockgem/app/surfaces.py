"""Where clients connect. A new gateway or cloud is one more row here."""

from __future__ import annotations

from mockgem.core.call import Dialect, Surface
from mockgem.core.http import WireRequest
from mockgem.dialects.admin import ADMIN
from mockgem.dialects.gemini import dialects as native
from mockgem.dialects.openai import chat
from mockgem.sources.engine import Engine

GEMINI_URL = "https://generativelanguage.googleapis.com"
VERTEX_URL = "https://{location}-aiplatform.googleapis.com"
VERSIONS = ("/v1beta", "/v1", "/v1alpha")
VERTEX_VERSIONS = ("/v1", "/v1beta1")
PROJECT_PATH = "/projects/{project}/locations/{location}"


def find_bearer_token(wire: WireRequest) -> tuple[str, ...]:
    """The token of an `Authorization: Bearer` header."""
    header = wire.headers.get("authorization", "")
    if header[:7].lower() != "bearer " or not (token := header[7:].strip()):
        return ()
    return (token,)


def find_bearer_and_keys(wire: WireRequest) -> tuple[str, ...]:
    """The same where a Google key beside it is one too many."""
    token = find_bearer_token(wire)
    return token + find_google_keys(wire) if token else ()


def find_google_keys(wire: WireRequest) -> tuple[str, ...]:
    """A key in its header, and one in the query."""
    found = (wire.headers.get("x-goog-api-key"), wire.query.get("key"))
    return tuple([key for key in found if key])


def find_google_credentials(wire: WireRequest) -> tuple[str, ...]:
    """Keys, and a token."""
    return find_google_keys(wire) + find_bearer_token(wire)


def has_no_google_key(wire: WireRequest) -> bool:
    """Under /v1 the credential decides: a Google key belongs to the native API, everything else to the gateway."""
    return "x-goog-api-key" not in wire.headers and "key" not in wire.query


def is_native(wire: WireRequest) -> bool:
    return not wire.path.startswith("/v1/") or not has_no_google_key(wire)


def join_prefixes(prefixes: tuple[str, ...], path: str) -> tuple[str, ...]:
    return tuple([prefix + path for prefix in prefixes])


def build_surfaces(admin: Dialect = ADMIN, *, lenient: bool = False) -> tuple[Surface, ...]:
    """All of them. `admin` is the admin dialect of a server that runs; the other one only lists its endpoints."""
    return (
        *build_openai_surfaces(strict=not lenient),
        *build_native_surfaces(),
        *build_vertex_surfaces(),
        Surface(
            "admin",
            "mockgem itself",
            ("/_mockgem",),
            admin,
            find_bearer_token,
            base="/_mockgem",
            keyless=lambda wire: True,
            sources=(Engine(),),
        ),
    )


def build_openai_surfaces(*, strict: bool) -> tuple[Surface, ...]:
    """What clients of OpenAI's API are pointed at."""
    return (
        Surface(
            "gemini-openai",
            "Gemini, OpenAI-compatible",
            (*join_prefixes(VERSIONS, "/openai"), *join_prefixes(VERSIONS, "/openai/v1")),
            chat.build_gemini_dialect(strict=strict),
            find_bearer_and_keys,
            base="/v1beta/openai/",
            upstream=GEMINI_URL,
        ),
        Surface(
            "gemini-openai-short",
            "Gemini, OpenAI-compatible, as one documented sample spells it",
            ("/v1beta",),
            chat.build_gemini_chat_dialect(strict=strict),
            find_bearer_and_keys,
            base="/v1beta/",
            upstream=GEMINI_URL,
            claims=has_no_google_key,
        ),
        Surface(
            "vertex-openai",
            "Vertex AI, OpenAI-compatible",
            join_prefixes(VERTEX_VERSIONS, PROJECT_PATH + "/endpoints/openapi"),
            chat.build_vertex_dialect(),
            find_bearer_token,
            base="/v1/projects/PROJECT/locations/LOCATION/endpoints/openapi",
            upstream=VERTEX_URL,
        ),
        Surface(
            "gateway",
            "Gateway (one-api style)",
            ("/v1",),
            chat.build_gateway_dialect(),
            find_bearer_token,
            base="/v1",
            claims=has_no_google_key,
        ),
    )


def build_native_surfaces() -> tuple[Surface, ...]:
    """Google's own API, which the google-genai SDKs speak."""
    return (
        Surface(
            "gemini",
            "Gemini, Google's own API",
            VERSIONS,
            native.build_gemini_dialect(),
            find_google_credentials,
            base="/",
            upstream=GEMINI_URL,
            claims=is_native,
        ),
        Surface(
            "gemini-upload",
            "Gemini, uploads",
            tuple([f"/upload{version}" for version in VERSIONS]),
            native.build_upload_dialect(),
            find_google_credentials,
            upstream=GEMINI_URL,
            keyless=lambda wire: bool(wire.query.get("upload_id")),
        ),
        Surface(
            "gemini-download",
            "Gemini, downloads",
            tuple([f"/download{version}" for version in VERSIONS]),
            native.build_download_dialect(),
            find_google_credentials,
            upstream=GEMINI_URL,
        ),
    )


def build_vertex_surfaces() -> tuple[Surface, ...]:
    """Vertex AI's own API, with a project and a token, or in express mode with a key alone."""
    return (
        Surface(
            "vertex",
            "Vertex AI, its own API",
            join_prefixes(VERTEX_VERSIONS, PROJECT_PATH),
            native.build_vertex_dialect(),
            find_google_credentials,
            base="/",
            upstream=VERTEX_URL,
        ),
        Surface(
            "vertex-express",
            "Vertex AI in express mode",
            VERTEX_VERSIONS,
            native.build_vertex_express_dialect(),
            find_google_credentials,
            base="/",
            upstream=VERTEX_URL,
        ),
    )
