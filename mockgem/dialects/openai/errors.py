"""Encode failures as each OpenAI-compatible surface writes them.

The chat of Gemini and Vertex AI wraps the error in an array, because the method streams. Their
other methods send the object. Gateways use OpenAI's form.

Evidence: openai-err-no-key-old, report-gateway.
"""

from __future__ import annotations

from collections.abc import Callable

from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common import vertex_errors
from mockgem.dialects.common.google_frontend import encode_google_error
from mockgem.dialects.common.json_writer import dump_compact

ErrorEncoder = Callable[[Failure, WireRequest], WireResponse]
GATEWAY_HEADERS = (("Content-Type", "application/json; charset=utf-8"),)
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def encode_gemini_error_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(failure, array=True)


def encode_gemini_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(failure, array=False)


def encode_vertex_error_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(vertex_errors.reword_failure(failure, wire), array=True)


def encode_vertex_error(failure: Failure, wire: WireRequest) -> WireResponse:
    return encode_google_error(vertex_errors.reword_failure(failure, wire), array=False)


def encode_gateway_error(failure: Failure, wire: WireRequest) -> WireResponse:
    """Return an error in OpenAI's form: message, type, param, code."""
    message, code = failure.message.strip(), GATEWAY_ERROR_CODES.get(failure.reason)
    if failure.reason == "model_not_found":
        model = failure.context["model"]
        message = f"The model `{model}` does not exist or you do not have access to it."
    kind = GATEWAY_ERROR_TYPES.get(failure.code, "invalid_request_error")
    error = {
        "message": message,
        "type": kind,
        "param": GATEWAY_ERROR_PARAMS.get(failure.reason),
        "code": code,
    }
    status = 401 if failure.reason.startswith("credential") else failure.status
    return WireResponse(status, GATEWAY_HEADERS, dump_compact({"error": error}))


GATEWAY_ERROR_TYPES = {
    Code.RESOURCE_EXHAUSTED: "rate_limit_error",
    Code.INTERNAL: "server_error",
    Code.UNAVAILABLE: "server_error",
}
GATEWAY_ERROR_CODES = {
    "model_not_found": "model_not_found",
    "credential_missing": None,
    "credential_wrong": "invalid_api_key",
    "too_long": "context_length_exceeded",
}
GATEWAY_ERROR_PARAMS = {
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


def refuse_gemini_credential(which: str) -> Failure:
    """Return the failure for a credential: 400, not 401 (recorded).

    Three projects report the error for two credentials at once.

    Evidence: openai-err-no-key-new, openai-err-bad-key, failure-two-credentials.
    """
    words = {
        "missing": "Missing or invalid Authorization header.",
        "wrong": "Please pass a valid API key",
        "several": "Multiple authentication credentials received. Please pass only one.",
    }
    return Failure(Code.INVALID_ARGUMENT, words[which], reason=f"credential_{which}")


def refuse_vertex_credential(which: str) -> Failure:
    return vertex_errors.refuse_credential(which, "ChatCompletions")


def refuse_gateway_credential(which: str) -> Failure:
    if which == "missing":
        words = (
            "You didn't provide an API key. Send it as a Bearer token in the Authorization header."
        )
    else:
        words = "Incorrect API key provided."
    return Failure(Code.UNAUTHENTICATED, words, reason=f"credential_{which}")


def encode_gateway_not_found(unrouted: RouteNotFound) -> WireResponse:
    from mockgem.redaction.finder import hide_secrets

    message = f"Invalid URL ({unrouted.method} {hide_secrets(unrouted.path)})"
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return WireResponse(404, GATEWAY_HEADERS, dump_compact({"error": error}))
