"""Failures as each surface writes them.

Gemini's and Vertex's chat wraps the error in an array, because the method streams; their other methods send the object
(wire facts, section 5). Gateways have OpenAI's form.
"""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.errors import Code, Failure, Unrouted
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common import vertex_errors
from mockgem.dialects.common.google_frontend import google_error
from mockgem.dialects.common.json_writer import compact

Encode = Callable[[Failure, WireRequest], WireResponse]
PLAIN_HEADERS = (("Content-Type", "application/json; charset=utf-8"),)
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def gemini_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(failure, array=True)


def gemini_object(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(failure, array=False)


def vertex_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(vertex_errors.reworded(failure, wire), array=True)


def vertex_object(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(vertex_errors.reworded(failure, wire), array=False)


def plain_error(failure: Failure, wire: WireRequest) -> WireResponse:
    """OpenAI's form: message, type, param, code."""
    message, code = failure.message.strip(), PLAIN_CODES.get(failure.reason)
    if failure.reason == "model_not_found":
        message = f"The model `{failure.facts['model']}` does not exist or you do not have access to it."
    kind = PLAIN_TYPES.get(failure.code, "invalid_request_error")
    error = {"message": message, "type": kind, "param": PARAMS.get(failure.reason), "code": code}
    status = 401 if failure.reason.startswith("credential") else failure.status
    return WireResponse(status, PLAIN_HEADERS, compact({"error": error}))


PLAIN_TYPES = {
    Code.RESOURCE_EXHAUSTED: "rate_limit_error",
    Code.INTERNAL: "server_error",
    Code.UNAVAILABLE: "server_error",
}
PLAIN_CODES = {
    "model_not_found": "model_not_found",
    "credential_missing": None,
    "credential_wrong": "invalid_api_key",
    "too_long": "context_length_exceeded",
}
PARAMS = {
    "model_not_found": "model",
    "model_missing": "model",
    "no_contents": "messages",
    "n_one": "n",
    "n_range": "n",
    "max_tokens": "max_tokens",
    "too_long": "messages",
    "part_type": "messages",
    "tool_call_id": "messages",
    "result_count": "messages",
    "tool_choice": "tool_choice",
    "response_format": "response_format",
    "schema": "response_format",
}


def gemini_credential(which: str) -> Failure:
    """400, not 401 (recorded: err-no-key-new, err-bad-key); two at once are reported by three projects."""
    words = {
        "missing": "Missing or invalid Authorization header.",
        "wrong": "Please pass a valid API key",
        "several": "Multiple authentication credentials received. Please pass only one.",
    }
    return Failure(Code.INVALID_ARGUMENT, words[which], reason=f"credential_{which}")


def vertex_credential(which: str) -> Failure:
    return vertex_errors.credential(which, "ChatCompletions")


def plain_credential(which: str) -> Failure:
    if which == "missing":
        words = "You didn't provide an API key. Send it as a Bearer token in the Authorization header."
    else:
        words = "Incorrect API key provided."
    return Failure(Code.UNAUTHENTICATED, words, reason=f"credential_{which}")


def plain_not_found(unrouted: Unrouted) -> WireResponse:
    from mockgem.recording.redaction import hide_keys

    message = f"Invalid URL ({unrouted.method} {hide_keys(unrouted.path)})"
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return WireResponse(404, PLAIN_HEADERS, compact({"error": error}))
