"""The native dialect as each place speaks it: the API, its upload and download servers, and Vertex AI."""

from __future__ import annotations

from typing import Any

from mockgem.core.call import Dialect, Endpoint
from mockgem.dialects.common.unsupported import not_found
from mockgem.dialects.gemini import batches, caches, embed, files, generate, models, predict, tokens, uploads
from mockgem.dialects.gemini.errors import GEMINI, VERTEX, native_credential, vertex_credential

MODELS, PUBLISHED = "/models/{model}", "/publishers/google/models/{model}"


def native() -> Dialect:
    return native_of(
        *generate.endpoints(GEMINI, MODELS),
        *tokens.endpoints(GEMINI, MODELS),
        *embed.endpoints(GEMINI, MODELS),
        *predict.endpoints(GEMINI, MODELS),
        *batches.endpoints(),
        *models.endpoints(GEMINI),
        *caches.endpoints(GEMINI),
        *files.endpoints(),
        uploads.metadata_only(),
    )


def upload_server() -> Dialect:
    return native_of(*uploads.endpoints())


def download_server() -> Dialect:
    return native_of(*files.downloads())


def vertex() -> Dialect:
    return vertex_of(*vertex_models(), *caches.endpoints(VERTEX))


def vertex_express() -> Dialect:
    """Without a project, with an API key."""
    return vertex_of(*vertex_models())


def vertex_models() -> tuple[Endpoint[Any, Any], ...]:
    return (
        *generate.endpoints(VERTEX, PUBLISHED),
        *tokens.endpoints(VERTEX, PUBLISHED),
        *embed.endpoints(VERTEX, PUBLISHED),
        *predict.endpoints(VERTEX, PUBLISHED),
    )


def native_of(*endpoints: Endpoint[Any, Any]) -> Dialect:
    return Dialect("native", endpoints, native_credential, not_found)


def vertex_of(*endpoints: Endpoint[Any, Any]) -> Dialect:
    return Dialect("vertex-native", endpoints, vertex_credential, not_found)
