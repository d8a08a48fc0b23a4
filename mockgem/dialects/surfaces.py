"""The surfaces that clients of the APIs connect to. A new gateway or cloud is one more row here.

A row names the module of its dialect and the function in it that builds the dialect. The module is
imported when the first request for the surface comes: most servers need one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from urllib.parse import urlsplit

from mockgem.core.call import Dialect, ErrorStyle, LazyDialect, Surface
from mockgem.core.frozen import frozen
from mockgem.dialects.common.credentials import (
    find_bearer_and_keys,
    find_bearer_token,
    find_google_credentials,
    find_live_credentials,
    has_auth_token,
    has_no_google_key,
    is_for_gateway,
    is_live_interaction,
    is_native,
)


@frozen
class SurfaceOptions:
    """What the settings change about surfaces.

    `strict`: refuse what the real service refuses. `tool_call_index`: number the calls of streams
    on Gemini's OpenAI-compatible surface, as OpenAI does and the real service does not.
    """

    strict: bool
    tool_call_index: bool


SurfaceBuilder = Callable[[SurfaceOptions], tuple[Surface, ...]]
GEMINI_URL = "https://generativelanguage.googleapis.com"
VERTEX_URL = "https://{location}-aiplatform.googleapis.com"
MULTI_REGION_HOSTS = "aiplatform.*.rep.googleapis.com"
"""Vertex AI in regions of several places, such as us and eu. Evidence: sdk-google-genai."""
VERSIONS = ("/v1beta", "/v1", "/v1alpha")
VERTEX_VERSIONS = ("/v1", "/v1beta1")
PROJECT_PATH = "/projects/{project}/locations/{location}"
GOOGLE_KEY_HEADER = "x-goog-api-key"
GEMINI_PATHS = (
    "/auth_tokens",
    "/batches",
    "/cachedContents",
    "/files",
    "/fileSearchStores",
    "/models",
    "/tunedModels",
    "/webhooks",
)
GATEWAY_PATHS = (
    "/audio/",
    "/batches",
    "/chat/",
    "/completions",
    "/conversations",
    "/embeddings",
    "/files",
    "/images/",
    "/models",
    "/moderations",
    "/responses",
    "/uploads",
    "/videos",
)
"""How the paths of these two APIs begin: other APIs are at the same prefixes."""
VERTEX_ERRORS = ErrorStyle(
    replacements=MappingProxyType(
        {
            "rate-limit-rpm-free": "rate-limit-vertex-dsq",
            "missing-thought-signature": "missing-thought-signature-vertex",
            "model-not-found": "vertex-model-not-found",
        }
    ),
    quota_exceeded="rate-limit-vertex-quota",
    expired_token="vertex-token-expired",
)
"""Vertex AI words some errors differently from Gemini, and its tokens expire."""


def build_api_surfaces(
    *, lenient: bool = False, tool_call_index: bool = False
) -> tuple[Surface, ...]:
    """Return the surfaces of all APIs, in the order in which the router tries them."""
    options = SurfaceOptions(not lenient, tool_call_index)
    surfaces = [surface for build in BUILDERS for surface in build(options)]
    return tuple([make_lenient(surface) if lenient else surface for surface in surfaces])


def defer(name: str, place: str, **options: bool) -> LazyDialect:
    """Return a dialect that a function builds, given as "module:function" in this package."""

    def load() -> Dialect:
        module, _, function = place.partition(":")
        build = getattr(import_module(f"{__package__}.{module}"), function)
        dialect: Dialect = build(**options)
        return dialect

    return LazyDialect(name, load)


def make_lenient(surface: Surface) -> Surface:
    """Return a surface that ignores unknown fields and query parameters."""

    def load() -> Dialect:
        from mockgem.dialects.common.proto_fields import ignore_unknown_fields

        strict = surface.dialect
        endpoints = [
            replace(endpoint, decode=ignore_unknown_fields(endpoint.decode))
            for endpoint in strict.endpoints
        ]
        return Dialect(
            strict.name,
            tuple(endpoints),
            strict.refuse_credential,
            strict.not_found,
            strict.error_framing,
        )

    return replace(surface, dialect=LazyDialect(surface.dialect.name, load))


def build_openai_surfaces(options: SurfaceOptions) -> tuple[Surface, ...]:
    """Return the surfaces of the Gemini API for clients of OpenAI's API.

    Evidence: doc-openai-compat.
    """
    return (
        Surface(
            "gemini-openai",
            "Gemini, OpenAI-compatible",
            (*join_prefixes(VERSIONS, "/openai"), *join_prefixes(VERSIONS, "/openai/v1")),
            defer(
                "openai",
                "openai.chat:build_gemini_dialect",
                strict=options.strict,
                tool_call_index=options.tool_call_index,
            ),
            find_bearer_and_keys,
            base="/v1beta/openai/",
            upstream=GEMINI_URL,
            family="openai",
        ),
        Surface(
            "gemini-openai-short",
            "Gemini, OpenAI-compatible, at the short path of a documented sample",
            ("/v1beta",),
            defer(
                "openai",
                "openai.chat:build_gemini_chat_dialect",
                strict=options.strict,
                tool_call_index=options.tool_call_index,
            ),
            find_bearer_and_keys,
            base="/v1beta/",
            upstream=GEMINI_URL,
            claims=has_no_google_key,
            family="openai",
            path_starts=("/chat/",),
        ),
    )


def build_other_openai_surfaces(options: SurfaceOptions) -> tuple[Surface, ...]:
    """Return the surfaces for clients of OpenAI's API outside the Gemini API."""
    return (
        Surface(
            "vertex-openai",
            "Vertex AI, OpenAI-compatible",
            join_prefixes(VERTEX_VERSIONS, PROJECT_PATH + "/endpoints/openapi"),
            defer("openai", "openai.chat:build_vertex_dialect", strict=options.strict),
            find_bearer_token,
            base="/v1/projects/PROJECT/locations/LOCATION/endpoints/openapi",
            upstream=VERTEX_URL,
            family="vertex-openai",
            error_style=VERTEX_ERRORS,
        ),
        Surface(
            "gateway",
            "Gateway (one-api style)",
            ("/v1",),
            defer("openai", "openai.gateway:build_gateway_dialect", strict=options.strict),
            find_bearer_token,
            base="/v1",
            claims=is_for_gateway,
            family="gateway",
            path_starts=GATEWAY_PATHS,
        ),
    )


def build_native_surfaces(options: SurfaceOptions) -> tuple[Surface, ...]:
    """Return the surfaces of Google's own API, for the google-genai SDKs."""
    return (
        Surface(
            "gemini",
            "Gemini, Google's own API",
            VERSIONS,
            defer("native", "gemini.dialects:build_gemini_dialect"),
            find_google_credentials,
            base="/",
            upstream=GEMINI_URL,
            claims=is_native,
            family="native",
            key_header=GOOGLE_KEY_HEADER,
            path_starts=GEMINI_PATHS,
        ),
        Surface(
            "gemini-upload",
            "Gemini, uploads",
            join_prefixes(("/upload",), *VERSIONS),
            defer("native", "gemini.dialects:build_upload_dialect"),
            find_google_credentials,
            upstream=GEMINI_URL,
            keyless=lambda wire: bool(wire.query.get("upload_id")),
            family="native",
            key_header=GOOGLE_KEY_HEADER,
        ),
        Surface(
            "gemini-download",
            "Gemini, downloads",
            join_prefixes(("/download",), *VERSIONS),
            defer("native", "gemini.dialects:build_download_dialect"),
            find_google_credentials,
            upstream=GEMINI_URL,
            family="native",
            key_header=GOOGLE_KEY_HEADER,
        ),
    )


def build_vertex_surfaces(options: SurfaceOptions) -> tuple[Surface, ...]:
    """Return the surfaces of Vertex AI's own API: with a project, or with a key (express mode)."""
    return (
        Surface(
            "vertex",
            "Vertex AI, its own API",
            join_prefixes(VERTEX_VERSIONS, PROJECT_PATH),
            defer("native", "gemini.dialects:build_vertex_dialect"),
            find_google_credentials,
            base="/",
            upstream=VERTEX_URL,
            family="vertex",
            error_style=VERTEX_ERRORS,
            path_starts=("/publishers/", "/cachedContents", "/models"),
        ),
        Surface(
            "vertex-express",
            "Vertex AI in express mode",
            VERTEX_VERSIONS,
            defer("native", "gemini.dialects:build_vertex_express_dialect"),
            find_google_credentials,
            base="/",
            upstream=VERTEX_URL,
            family="vertex",
            key_header=GOOGLE_KEY_HEADER,
            error_style=VERTEX_ERRORS,
            path_starts=("/publishers/",),
        ),
    )


def build_interaction_surfaces(options: SurfaceOptions) -> tuple[Surface, ...]:
    """Return the surfaces of the Interactions API, of Gemini and of Vertex AI."""
    return (
        Surface(
            "interactions-live",
            "Gemini, live interactions (WebSocket)",
            VERSIONS,
            defer("interactions", "interactions.dialect:build_live_interactions_dialect"),
            find_live_credentials,
            upstream=GEMINI_URL,
            keyless=has_auth_token,
            claims=is_live_interaction,
            family="native",
            key_header=GOOGLE_KEY_HEADER,
            path_starts=("/interactions/live",),
        ),
        Surface(
            "interactions",
            "Gemini, Interactions API",
            VERSIONS,
            defer(
                "interactions", "interactions.dialect:build_interactions_dialect", has_tokens=True
            ),
            find_google_credentials,
            base="/",
            upstream=GEMINI_URL,
            family="native",
            key_header=GOOGLE_KEY_HEADER,
            path_starts=("/interactions",),
        ),
        Surface(
            "vertex-interactions",
            "Vertex AI, Interactions API",
            join_prefixes(VERTEX_VERSIONS, PROJECT_PATH),
            defer(
                "interactions", "interactions.dialect:build_interactions_dialect", has_tokens=False
            ),
            find_google_credentials,
            base="/",
            upstream=VERTEX_URL,
            family="vertex",
            error_style=VERTEX_ERRORS,
            path_starts=("/interactions",),
        ),
    )


def build_live_surfaces(options: SurfaceOptions) -> tuple[Surface, ...]:
    """Return the surfaces of sockets: the Live API of Gemini and of Vertex AI.

    Evidence: sdk-google-genai.
    """
    return (
        Surface(
            "gemini-live",
            "Gemini Live API (WebSocket)",
            ("/ws",),
            defer("native", "gemini.live.endpoints:build_live_dialect"),
            find_live_credentials,
            upstream=GEMINI_URL,
            keyless=has_auth_token,
            family="native",
            key_header=GOOGLE_KEY_HEADER,
        ),
        Surface(
            "vertex-live",
            "Vertex AI Live API (WebSocket)",
            ("/ws",),
            defer("native", "gemini.live.endpoints:build_vertex_live_dialect"),
            find_live_credentials,
            upstream=VERTEX_URL,
            family="vertex",
            error_style=VERTEX_ERRORS,
        ),
    )


BUILDERS: tuple[SurfaceBuilder, ...] = (
    build_openai_surfaces,
    build_other_openai_surfaces,
    build_native_surfaces,
    build_vertex_surfaces,
    build_interaction_surfaces,
    build_live_surfaces,
)


def join_prefixes(prefixes: tuple[str, ...], *paths: str) -> tuple[str, ...]:
    return tuple([prefix + path for prefix in prefixes for path in paths])


def list_service_hosts() -> tuple[str, ...]:
    """Return the hosts of the real services, in which * stands for any characters."""
    urls = [one.upstream for one in build_api_surfaces() if one.upstream]
    hosts = [urlsplit(url).netloc for url in dict.fromkeys(urls)]
    everywhere = [host.replace("{location}-", "") for host in hosts]
    regional = [host.replace("{location}", "*") for host in hosts]
    return tuple(dict.fromkeys([*everywhere, *regional, MULTI_REGION_HOSTS]))


def list_endpoint_words() -> tuple[str, ...]:
    """Return every word by which scenario rules can address an endpoint (`when: {endpoint: …}`)."""
    from mockgem.dialects.gemini.live.endpoints import TURN
    from mockgem.dialects.interactions.live.endpoints import TURN as INTERACTION_TURN

    endpoints = [one for surface in build_api_surfaces() for one in surface.dialect.endpoints]
    endpoints += [TURN, INTERACTION_TURN]
    operations = [endpoint.scenario for endpoint in endpoints]
    words = [*operations, *[endpoint.wire_name for endpoint in endpoints], "unknown"]
    return tuple(dict.fromkeys([word for word in words if word]))


def iter_endpoint_words() -> Iterator[str]:
    """Yield the words of endpoints as they are found: most rules are for one of the first dialects,
    and the others need not be imported."""
    for surface in build_api_surfaces():
        for endpoint in surface.dialect.endpoints:
            yield from filter(None, (endpoint.scenario, endpoint.wire_name))
    yield from list_endpoint_words()


def list_surface_words() -> tuple[str, ...]:
    """Return every word for surfaces in scenario rules: their names, then the APIs'."""
    surfaces = build_api_surfaces()
    words = [*[one.name for one in surfaces], *[one.dialect.name for one in surfaces]]
    return tuple(dict.fromkeys(words))
