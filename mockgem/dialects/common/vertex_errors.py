"""Vertex AI's own error messages, on every surface of Vertex AI."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireRequest

ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


def reword_failure(failure: Failure, wire: WireRequest) -> Failure:
    describe = MESSAGES_BY_REASON.get(failure.reason)
    if describe is None or (failure.reason == "thinking_level" and not failure.context):
        return failure
    code = CODES_BY_REASON.get(failure.reason, failure.code)
    return replace(failure, message=describe(failure.context, wire), code=code)


def describe_missing_signature(facts: Mapping[str, Any], wire: WireRequest) -> str:
    return (
        f"Unable to submit request because function call `default_api:{facts['name']}` in the "
        f"{facts['position']}. content block is missing a `thought_signature`. Learn more: "
        "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/thought-signatures"
    )


def describe_candidate_count(facts: Mapping[str, Any], wire: WireRequest) -> str:
    return (
        "Unable to submit request because candidateCount must be 1 but the entered value was "
        f"{facts['n']}. Update the candidateCount value and try again."
    )


def describe_unknown_model(facts: Mapping[str, Any], wire: WireRequest) -> str:
    match = re.search(r"/projects/([^/]+)/locations/([^/]+)/", wire.path)
    place = f"projects/{match[1]}/locations/{match[2]}/" if match else ""
    return (
        f"Publisher Model `{place}publishers/google/models/{facts['model']}` was not found or your "
        "project does not have access to it. Please ensure you are using a valid model version. "
        "For more information, see: "
        "https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions"
    )


def describe_unsupported_logprobs(facts: Mapping[str, Any], wire: WireRequest) -> str:
    return "Unable to submit request because Logprobs is not supported for this model."


def describe_unsupported_level(facts: Mapping[str, Any], wire: WireRequest) -> str:
    """Evidence: report-vertex-thinking-level."""
    return f"Thinking level is unsupported: THINKING_LEVEL_{facts['level'].upper()}"


def describe_missing_cache(facts: Mapping[str, Any], wire: WireRequest) -> str:
    """Evidence: report-vertex-cache-gone."""
    return f"Not found: cached content metadata for {facts['name']}."


CODES_BY_REASON = {"cache_gone": Code.NOT_FOUND}
"""Errors for which Vertex AI has another status as well."""
MESSAGES_BY_REASON: dict[str, Callable[[Mapping[str, Any], WireRequest], str]] = {
    "signature": describe_missing_signature,
    "n_one": describe_candidate_count,
    "n_range": describe_candidate_count,
    "model_not_found": describe_unknown_model,
    "logprobs": describe_unsupported_logprobs,
    "thinking_level": describe_unsupported_level,
    "model_retired": describe_unknown_model,
    "cache_gone": describe_missing_cache,
}


def refuse_credential(which: str, method: str) -> Failure:
    """Return the failure for a missing or wrong token.

    The error catalogue has the message for a wrong token.

    Evidence: openai-err-vertex-401-get, failure-vertex-token-expired.
    """
    begin = "Request is missing required authentication credential."
    if which != "missing":
        begin = "Request had invalid authentication credentials."
    message = (
        f"{begin} Expected OAuth 2 access token, login cookie or other valid authentication "
        "credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    reason = "CREDENTIALS_MISSING" if which == "missing" else "ACCESS_TOKEN_TYPE_UNSUPPORTED"
    method = f"google.cloud.aiplatform.v1.PredictionService.{method}"
    metadata = {"service": "aiplatform.googleapis.com", "method": method}
    detail = {
        "@type": ERROR_INFO,
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }
    return Failure(Code.UNAUTHENTICATED, message, (detail,), f"credential_{which}")
