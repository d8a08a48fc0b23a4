"""Failures as each surface writes them.

Gemini's and Vertex's chat wraps the error in an array, because the method streams; their other methods send the object
(wire facts, section 5). Gateways have OpenAI's form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.errors import Code, Failure, Unrouted
from mockgem.core.wire import WireRequest, WireResponse
from mockgem.dialects.frontend import google_error
from mockgem.dialects.writing import compact

Encode = Callable[[Failure, WireRequest], WireResponse]
PLAIN_HEADERS = (("Content-Type", "application/json; charset=utf-8"),)
ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def gemini_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(failure, array=True)


def gemini_object(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(failure, array=False)


def vertex_array(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(reworded(failure, wire), array=True)


def vertex_object(failure: Failure, wire: WireRequest) -> WireResponse:
    return google_error(reworded(failure, wire), array=False)


def reworded(failure: Failure, wire: WireRequest) -> Failure:
    words = VERTEX_WORDS.get(failure.reason)
    if words is None:
        return failure
    return Failure(failure.code, words(failure.facts, wire), failure.details, failure.reason, failure.facts)


def vertex_signature(facts: Mapping[str, Any], wire: WireRequest) -> str:
    return (
        f"Unable to submit request because function call `default_api:{facts['name']}` in the {facts['position']}. content "
        "block is missing a `thought_signature`. Learn more: "
        "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/thought-signatures"
    )


def vertex_count(facts: Mapping[str, Any], wire: WireRequest) -> str:
    return (
        f"Unable to submit request because candidateCount must be 1 but the entered value was {facts['n']}. Update the "
        "candidateCount value and try again."
    )


def vertex_model(facts: Mapping[str, Any], wire: WireRequest) -> str:
    match = re.search(r"/projects/([^/]+)/locations/([^/]+)/", wire.path)
    project, location = match.groups() if match else ("", "")
    return (
        f"Publisher Model `projects/{project}/locations/{location}/publishers/google/models/{facts['model']}` was not "
        "found or your project does not have access to it. Please ensure you are using a valid model version. For more "
        "information, see: https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions"
    )


VERTEX_WORDS: dict[str, Callable[[Mapping[str, Any], WireRequest], str]] = {
    "signature": vertex_signature,
    "n_one": vertex_count,
    "n_range": vertex_count,
    "model_not_found": vertex_model,
}


def plain_error(failure: Failure, wire: WireRequest) -> WireResponse:
    """OpenAI's form: message, type, param, code."""
    message, code = failure.message.strip(), PLAIN_CODES.get(failure.reason)
    if failure.reason == "model_not_found":
        message = f"The model `{failure.facts['model']}` does not exist or you do not have access to it."
    kind = PLAIN_TYPES.get(failure.code, "invalid_request_error")
    error = {"message": message, "type": kind, "param": PARAMS.get(failure.reason), "code": code}
    status = 401 if failure.reason.startswith("credential") else failure.code.status
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
    """400, not 401 (recorded: err-no-key-new, err-bad-key)."""
    words = {"missing": "Missing or invalid Authorization header.", "wrong": "Please pass a valid API key"}
    return Failure(Code.INVALID_ARGUMENT, words[which], reason=f"credential_{which}")


def vertex_credential(which: str) -> Failure:
    """Recorded: err-vertex-401-get; the failure catalogue has the wrong token's words."""
    begin = "Request is missing required authentication credential."
    if which == "wrong":
        begin = "Request had invalid authentication credentials."
    message = (
        f"{begin} Expected OAuth 2 access token, login cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    reason = "CREDENTIALS_MISSING" if which == "missing" else "ACCESS_TOKEN_TYPE_UNSUPPORTED"
    method = "google.cloud.aiplatform.v1.PredictionService.ChatCompletions"
    metadata = {"service": "aiplatform.googleapis.com", "method": method}
    detail = {"@type": ERROR_INFO, "reason": reason, "domain": "googleapis.com", "metadata": metadata}
    return Failure(Code.UNAUTHENTICATED, message, (detail,), f"credential_{which}")


def plain_credential(which: str) -> Failure:
    if which == "missing":
        words = "You didn't provide an API key. Send it as a Bearer token in the Authorization header."
    else:
        words = "Incorrect API key provided."
    return Failure(Code.UNAUTHENTICATED, words, reason=f"credential_{which}")


def plain_not_found(unrouted: Unrouted) -> WireResponse:
    message = f"Invalid URL ({unrouted.method} {unrouted.path})"
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": None}
    return WireResponse(404, PLAIN_HEADERS, compact({"error": error}))
