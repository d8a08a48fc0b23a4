"""Errors with a code in words, of Google's newer APIs: `{"error": {"message": …, "code": …}}`.

Webhooks, agents and their neighbours send them (types of google-genai).
"""

from __future__ import annotations

from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.google_frontend import build_headers
from mockgem.dialects.common.json_writer import dump_compact

HEADERS = build_headers("application/json")
WORDS = {
    Code.INVALID_ARGUMENT: "invalid_request",
    Code.UNAUTHENTICATED: "authentication",
    Code.RESOURCE_EXHAUSTED: "rate_limit_exceeded",
    Code.INTERNAL: "api_error",
    Code.UNAVAILABLE: "service_unavailable",
}
"""The words that are not Google's own code in lower case.

Evidence: doc-api-errors.
"""


def encode_word_error(word: str, status: int, message: str) -> WireResponse:
    return WireResponse(
        status, HEADERS, dump_compact({"error": {"message": message, "code": word}})
    )


def encode_failure(failure: Failure, wire: WireRequest) -> WireResponse:
    """Encode a failure with a code in words. A missing or wrong key is a 401 (documented).

    Evidence: doc-api-errors.
    """
    if failure.reason in ("credential_missing", "credential_wrong"):
        return encode_word_error("authentication", 401, failure.message)
    word = WORDS.get(failure.code, failure.code.value.lower())
    return encode_word_error(word, failure.status, failure.message)
