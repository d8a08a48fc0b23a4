"""Name the features of the real service that mockgem does not have, instead of a bare 404.

Official SDKs repeat a request after a 408, a 409, a 429 and every 5xx, for up to eleven seconds. So
the answer is a 404, which they do not repeat. Evidence: sdk-google-genai.
"""

from __future__ import annotations

import re

from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.http import WireResponse
from mockgem.dialects.common.google_frontend import encode_google_error, encode_not_found_page
from mockgem.dialects.common.word_errors import encode_word_error

UNSUPPORTED_RESOURCES = {
    "interactions": "this method of interactions",
    "agents": "agents",
    "voices": "voices",
    "decisions": "decisions",
    "environments": "environments",
    "triggers": "triggers",
    "credentials": "credentials",
    "fileSearchStores": "file search stores on Vertex AI",
    "webhooks": "webhooks on Vertex AI",
    "corpora": "corpora",
    "batchPredictionJobs": "batch prediction jobs",
    "tuningJobs": "tuning jobs",
    "reasoningEngines": "agent engines",
    "ragCorpora": "RAG corpora",
}
WORD_CODES = frozenset(
    ("interactions", "agents", "voices", "decisions", "environments", "triggers", "credentials")
)
"""Resources whose errors have a code in words, as those of Interactions (types of google-genai)."""
RESOURCE_PATH = re.compile(
    r"/(?:upload/)?v1(?:beta1?|alpha)?/(?:projects/[^/]+/locations/[^/]+/)?(\w+)"
)


def encode_not_found(unrouted: RouteNotFound) -> WireResponse:
    """Return an error that names an unsupported feature, or the front end's page for other paths.

    The error has the envelope that the SDK of the feature reads.
    """
    what = find_unsupported(unrouted.path)
    if not what:
        return encode_not_found_page(unrouted)
    message = describe_unsupported(unrouted.method, unrouted.path)
    resource = find_resource(unrouted.path)
    if resource in WORD_CODES:
        return encode_word_error("not_found", 404, message)
    return encode_google_error(Failure(Code.NOT_FOUND, message, reason="unimplemented"))


def describe_unsupported(method: str, path: str) -> str:
    """Return the message for a path of a feature that mockgem does not have."""
    from mockgem.redaction.finder import hide_secrets

    return (
        f"mockgem does not support {find_unsupported(path)} ({method} {hide_secrets(path)[:200]}). "
        "`mockgem endpoints` lists what it supports."
    )


def find_resource(path: str) -> str:
    """Return the collection that a path begins with, or ""."""
    match = RESOURCE_PATH.match(path)
    return match[1] if match else ""


def find_unsupported(path: str) -> str:
    """Return the title of the unsupported feature that a path belongs to, or ""."""
    if path.endswith("/files:register"):
        return "registering files of Cloud Storage"
    return UNSUPPORTED_RESOURCES.get(find_resource(path), "")
