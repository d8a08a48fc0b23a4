"""What the real service has beside and mockgem does not: said plainly, so that nobody looks for a mistake of their own."""

from __future__ import annotations

import re

from mockgem.core.errors import Code, Failure, Unrouted
from mockgem.core.http import WireResponse
from mockgem.dialects.common.google_frontend import front_end_page, google_error

ABSENT = {
    "interactions": "the Interactions API",
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
SOCKETS = {"BidiGenerateContent": "the Live API", "BidiGenerateMusic": "Lyria RealTime"}
PUBLISHED = re.compile(r"/publishers/google/models(?:/[^/:]+)?$")
THING = re.compile(r"/(?:upload/)?v1(?:beta1?|alpha)?/(?:projects/[^/]+/locations/[^/]+/)?(\w+)")


def not_found(unrouted: Unrouted) -> WireResponse:
    """The front end's page, but for what mockgem knows of and does not offer: a 501 that names it."""
    what = named_in(unrouted.path)
    if not what:
        return front_end_page(unrouted)
    from mockgem.recording.redaction import hide_keys

    path = hide_keys(unrouted.path)[:200]
    message = (
        f"mockgem does not offer {what} ({unrouted.method} {path}). What it does offer is listed by `mockgem endpoints`."
    )
    return google_error(Failure(Code.UNIMPLEMENTED, message, reason="unimplemented"))


def named_in(path: str) -> str:
    """The thing a path is about, if it is one of those; empty if not."""
    if path.startswith("/ws/"):
        return next((title for name, title in SOCKETS.items() if name in path), "WebSockets")
    if PUBLISHED.search(path):
        return "Vertex AI's list of models"
    if path.endswith("/files:register"):
        return "registering files of Cloud Storage"
    match = THING.match(path)
    return ABSENT.get(match[1], "") if match else ""
