"""Encode failures like the Interactions API: a code in words, and a message.

Evidence: doc-interactions-errors, report-interactions-legacy-schema.
"""

from __future__ import annotations

from typing import Any

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.google_frontend import build_headers
from mockgem.dialects.common.json_writer import dump_compact

JSON_TYPE = "application/json"
HEADERS = build_headers(JSON_TYPE)
WORDS: dict[Code, tuple[str, int]] = {
    Code.INVALID_ARGUMENT: ("invalid_request", 400),
    Code.FAILED_PRECONDITION: ("failed_precondition", 400),
    Code.UNAUTHENTICATED: ("authentication", 401),
    Code.PERMISSION_DENIED: ("permission_denied", 403),
    Code.NOT_FOUND: ("not_found", 404),
    Code.ALREADY_EXISTS: ("already_exists", 409),
    Code.ABORTED: ("aborted", 409),
    Code.RESOURCE_EXHAUSTED: ("rate_limit_exceeded", 429),
    Code.CANCELLED: ("cancelled", 499),
    Code.INTERNAL: ("api_error", 500),
    Code.UNIMPLEMENTED: ("unimplemented", 501),
    Code.UNAVAILABLE: ("service_unavailable", 503),
    Code.DEADLINE_EXCEEDED: ("deadline_exceeded", 504),
}
WORDS_BY_STATUS = {
    401: "authentication",
    402: "payment_required",
    403: "permission_denied",
    404: "not_found",
    409: "aborted",
    416: "out_of_range",
    429: "rate_limit_exceeded",
    499: "cancelled",
    501: "unimplemented",
    503: "service_unavailable",
    504: "deadline_exceeded",
}
WORDS_BY_REASON: dict[str, tuple[str, int]] = {
    "model_not_found": ("model_not_found", 404),
    "model_retired": ("model_not_found", 404),
    "parameter_unknown": ("parameter_unknown", 400),
    "credential_missing": ("authentication", 401),
    "credential_wrong": ("authentication", 401),
}
LONG_QUOTAS = ("PerDay", "per_day", "PerMonth")
"""In the details of a 429: a quota that a client does not wait for."""


def encode_error(failure: Failure, wire: WireRequest) -> WireResponse:
    word, status = classify_failure(failure)
    return WireResponse(status, HEADERS, dump_compact(render_error(word, failure.message, wire)))


def render_error(word: str, message: str, wire: WireRequest) -> dict[str, Any]:
    """Return the envelope, with the message first (reported).

    Evidence: report-interactions-legacy-schema.
    """
    version = wire.path.lstrip("/").partition("/")[0]
    return {"error": {"message": message.replace("v1main", version), "code": word}}


def classify_failure(failure: Failure) -> tuple[str, int]:
    """Return the code in words, and the HTTP status, of any failure."""
    if failure.reason in WORDS_BY_REASON:
        return WORDS_BY_REASON[failure.reason]
    status = failure.http_status
    if status and status != failure.code.status:
        return WORDS_BY_STATUS.get(
            status, "invalid_request" if status < 500 else "api_error"
        ), status
    if failure.code is Code.RESOURCE_EXHAUSTED:
        return classify_exhaustion(failure)
    if failure.code is Code.NOT_FOUND and failure.message.startswith("models/"):
        return "model_not_found", 404
    return WORDS[failure.code]


def classify_exhaustion(failure: Failure) -> tuple[str, int]:
    """Return the code of a 429: a rate, a quota, or prepaid credits that are used up."""
    text = f"{failure.message} {failure.details}"
    if "prepay" in text.lower():
        return "payment_required", 402
    is_long = any(word in text for word in LONG_QUOTAS)
    return ("quota_exceeded" if is_long else "rate_limit_exceeded"), 429


def refuse_credential(which: str) -> Failure:
    """Return the failure for a credential.

    Several are refused with a 400 (reported). The texts of the others are those of the API's other
    methods; their code and status are documented.

    Evidence: doc-interactions-errors, report-interactions-several-credentials.
    """
    if which == "several":
        message = "Multiple authentication credentials received. Please pass only one."
        return Failure(Code.INVALID_ARGUMENT, message, reason="credential_several")
    if which == "missing":
        message = (
            "Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API."
        )
    else:
        message = "API key not valid. Please pass a valid API key."
    return Failure(Code.UNAUTHENTICATED, message, reason=f"credential_{which}")


def unknown_parameter(name: str, place: str) -> ApiError:
    """Return the failure for a field that does not exist. The text is a guess."""
    message = f"Unknown parameter '{name}'" + (f" at '{place}'." if place else ".")
    return ApiError(Failure(Code.INVALID_ARGUMENT, message, reason="parameter_unknown"))


def unsupported_value(value: Any, name: str, place: str, supported: tuple[str, ...]) -> ApiError:
    """Return the failure for a value that is not one of several, in the documented words.

    Evidence: doc-interactions-errors.
    """
    where = f" at '{place}'" if place else ""
    words = ", ".join(f"'{word}'" for word in supported)
    message = (
        f"The value '{shorten(value)}' is not supported for '{name}'{where}. "
        f"Supported values: {words}."
    )
    return ApiError(Failure(Code.INVALID_ARGUMENT, message, reason="interaction_value"))


def wrong_type(value: Any, name: str, place: str, expected: str) -> ApiError:
    """Return the failure for a value of the wrong type. The text is a guess."""
    where = f" at '{place}'" if place else ""
    message = f"Invalid value for '{name}'{where}: expected {expected}, got {describe(value)}."
    return ApiError(Failure(Code.INVALID_ARGUMENT, message, reason="interaction_type"))


def missing_field(name: str, place: str) -> ApiError:
    """Return the failure for a field that must be there. The text is a guess."""
    where = f" at '{place}'" if place else ""
    message = f"Missing required parameter '{name}'{where}."
    return ApiError(Failure(Code.INVALID_ARGUMENT, message, reason="interaction_missing"))


JSON_TYPES = {bool: "boolean", int: "number", float: "number", str: "string", list: "array"}


def describe(value: Any) -> str:
    return JSON_TYPES.get(type(value), "null" if value is None else "object")


def shorten(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    return text[:100]
