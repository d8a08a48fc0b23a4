"""The native dialects: of the API, its upload and download servers, and Vertex AI."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Dialect, Endpoint
from mockgem.dialects.common.unsupported import encode_not_found
from mockgem.dialects.gemini import (
    auth_tokens,
    batches,
    caches,
    embed,
    file_search_documents,
    file_search_stores,
    files,
    generate,
    models,
    predict,
    tokens,
    uploads,
    vertex_models,
    webhooks,
)
from mockgem.dialects.gemini.errors import (
    GEMINI,
    VERTEX,
    refuse_gemini_credential,
    refuse_query,
    refuse_vertex_credential,
)

MODEL_PATH, PUBLISHER_MODEL_PATH = "/models/{model}", "/publishers/google/models/{model}"


def build_gemini_dialect() -> Dialect:
    return gemini_dialect_of(
        *generate.build_endpoints(GEMINI, MODEL_PATH),
        *tokens.build_endpoints(GEMINI, MODEL_PATH),
        *embed.build_endpoints(GEMINI, MODEL_PATH),
        *predict.build_endpoints(GEMINI, MODEL_PATH),
        *auth_tokens.build_endpoints(GEMINI),
        *batches.build_endpoints(),
        *models.build_endpoints(GEMINI),
        *caches.build_endpoints(GEMINI),
        *files.build_endpoints(),
        *file_search_stores.build_endpoints(),
        *file_search_documents.build_endpoints(),
        *webhooks.build_endpoints(),
        uploads.build_metadata_endpoint(),
    )


def build_upload_dialect() -> Dialect:
    return gemini_dialect_of(
        *uploads.build_endpoints(), *file_search_documents.build_upload_endpoints()
    )


def build_download_dialect() -> Dialect:
    return gemini_dialect_of(*files.build_download_endpoints())


def build_vertex_dialect() -> Dialect:
    return vertex_dialect_of(
        *build_vertex_model_endpoints(),
        *caches.build_endpoints(VERTEX),
        *vertex_models.build_registry_endpoints(VERTEX),
    )


def build_vertex_express_dialect() -> Dialect:
    """Return the dialect for an API key without a project."""
    return vertex_dialect_of(
        *build_vertex_model_endpoints(), *vertex_models.build_published_endpoints(VERTEX)
    )


def build_vertex_model_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        *generate.build_endpoints(VERTEX, PUBLISHER_MODEL_PATH),
        *tokens.build_endpoints(VERTEX, PUBLISHER_MODEL_PATH),
        *embed.build_endpoints(VERTEX, PUBLISHER_MODEL_PATH),
        *predict.build_endpoints(VERTEX, PUBLISHER_MODEL_PATH),
    )


def gemini_dialect_of(*endpoints: Endpoint[Any, Any]) -> Dialect:
    return Dialect(
        "native",
        endpoints,
        refuse_gemini_credential,
        encode_not_found,
        error_framing="raw",
        refuse_query=refuse_query,
    )


def vertex_dialect_of(*endpoints: Endpoint[Any, Any]) -> Dialect:
    return Dialect(
        "native",
        endpoints,
        refuse_vertex_credential,
        encode_not_found,
        error_framing="raw",
        refuse_query=refuse_query,
    )
