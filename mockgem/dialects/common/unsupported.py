"""Name the features of the real service that mockgem does not have, instead of a bare 404."""

from __future__ import annotations

import re

from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.http import WireResponse
from mockgem.dialects.common.google_frontend import encode_google_error, encode_not_found_page

UNSUPPORTED_RESOURCES = {
    "interactions": "Live interactions and their tokens",
    "agents": "agents",
    "webhooks": "webhooks",
    "voices": "voices",
    "decisions": "decisions",
    "environments": "environments",
    "triggers": "triggers",
    "credentials": "credentials",
    "fileSearchStores": "file search stores",
    "auth_tokens": "ephemeral tokens",
    "corpora": "corpora",
    "batchPredictionJobs": "batch prediction jobs",
    "tuningJobs": "tuning jobs",
    "reasoningEngines": "agent engines",
    "ragCorpora": "RAG corpora",
}
UNSUPPORTED_SOCKETS = {"BidiGenerateMusic": "Lyria RealTime"}
PUBLISHER_MODELS_PATH = re.compile(r"/publishers/google/models(?:/[^/:]+)?$")
RESOURCE_PATH = re.compile(
    r"/(?:upload/)?v1(?:beta1?|alpha)?/(?:projects/[^/]+/locations/[^/]+/)?(\w+)"
)


def encode_not_found(unrouted: RouteNotFound) -> WireResponse:
    """Return a 501 that names an unsupported feature, or the front end's page for other paths."""
    what = find_unsupported(unrouted.path)
    if not what:
        return encode_not_found_page(unrouted)
    from mockgem.redaction.finder import hide_secrets

    path = hide_secrets(unrouted.path)[:200]
    message = (
        f"mockgem does not support {what} ({unrouted.method} {path}). "
        "`mockgem endpoints` lists what it supports."
    )
    return encode_google_error(Failure(Code.UNIMPLEMENTED, message, reason="unimplemented"))


def find_unsupported(path: str) -> str:
    """Return the title of the unsupported feature that a path belongs to, or ""."""
    if path.startswith("/ws/"):
        return next((title for name, title in UNSUPPORTED_SOCKETS.items() if name in path), "")
    if PUBLISHER_MODELS_PATH.search(path):
        return "Vertex AI's list of models"
    if path.endswith("/files:register"):
        return "registering files of Cloud Storage"
    match = RESOURCE_PATH.match(path)
    return UNSUPPORTED_RESOURCES.get(match[1], "") if match else ""
