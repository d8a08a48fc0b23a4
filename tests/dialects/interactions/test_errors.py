"""Every failure has a code in words and a status."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import Code, Failure
from mockgem.core.http import WireRequest
from mockgem.dialects.interactions.errors import (
    classify_failure,
    missing_field,
    refuse_credential,
    render_error,
    unknown_parameter,
    unsupported_value,
    wrong_type,
)

WIRE = WireRequest("POST", "/v1beta/interactions", {}, {}, b"")


@pytest.mark.parametrize(
    ("code", "word", "status"),
    [
        (Code.INVALID_ARGUMENT, "invalid_request", 400),
        (Code.FAILED_PRECONDITION, "failed_precondition", 400),
        (Code.UNAUTHENTICATED, "authentication", 401),
        (Code.PERMISSION_DENIED, "permission_denied", 403),
        (Code.NOT_FOUND, "not_found", 404),
        (Code.ALREADY_EXISTS, "already_exists", 409),
        (Code.ABORTED, "aborted", 409),
        (Code.RESOURCE_EXHAUSTED, "rate_limit_exceeded", 429),
        (Code.CANCELLED, "cancelled", 499),
        (Code.INTERNAL, "api_error", 500),
        (Code.UNIMPLEMENTED, "unimplemented", 501),
        (Code.UNAVAILABLE, "service_unavailable", 503),
        (Code.DEADLINE_EXCEEDED, "deadline_exceeded", 504),
    ],
)
def test_each_code_of_google(code: Code, word: str, status: int) -> None:
    assert classify_failure(Failure(code, "x")) == (word, status)
    assert classify_failure(Failure(code, "x", http_status=status)) == (word, status)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        *[(401, "authentication"), (402, "payment_required"), (403, "permission_denied")],
        *[(404, "not_found"), (409, "aborted"), (416, "out_of_range"), (418, "invalid_request")],
        *[(429, "rate_limit_exceeded"), (499, "cancelled"), (500, "api_error")],
        *[(501, "unimplemented"), (503, "service_unavailable"), (504, "deadline_exceeded")],
        *[(529, "api_error"), (499, "cancelled"), (498, "invalid_request")],
    ],
)
def test_each_status_of_a_scenario(status: int, word: str) -> None:
    assert classify_failure(Failure(Code.INVALID_ARGUMENT, "x", http_status=status)) == (
        word,
        status,
    )


@pytest.mark.parametrize(
    ("code", "message", "more", "expected"),
    [
        (Code.INTERNAL, "x", {"reason": "model_not_found"}, ("model_not_found", 404)),
        (Code.INTERNAL, "x", {"reason": "model_retired"}, ("model_not_found", 404)),
        (Code.INTERNAL, "x", {"reason": "parameter_unknown"}, ("parameter_unknown", 400)),
        (Code.INTERNAL, "x", {"reason": "credential_missing"}, ("authentication", 401)),
        (Code.INTERNAL, "x", {"reason": "credential_wrong"}, ("authentication", 401)),
        (Code.NOT_FOUND, "models/x is not found", {}, ("model_not_found", 404)),
        (Code.INTERNAL, "models/x is not found", {}, ("api_error", 500)),
        (Code.RESOURCE_EXHAUSTED, "Your PrePay credits", {}, ("payment_required", 402)),
        (Code.RESOURCE_EXHAUSTED, "per_day limit", {}, ("quota_exceeded", 429)),
        (Code.RESOURCE_EXHAUSTED, "x", {"details": ({"q": "RequestsPerDay"},)},
         ("quota_exceeded", 429)),
        (Code.RESOURCE_EXHAUSTED, "x", {"details": ({"q": "PerMonth"},)},
         ("quota_exceeded", 429)),
        (Code.RESOURCE_EXHAUSTED, "PerMinute", {}, ("rate_limit_exceeded", 429)),
    ],
)  # fmt: skip
def test_some_failures_have_their_own_code(
    code: Code, message: str, more: Any, expected: tuple[str, int]
) -> None:
    assert classify_failure(Failure(code, message, **more)) == expected


def test_the_envelope_names_the_version_of_the_request() -> None:
    assert render_error("a", "models/x of v1main", WIRE) == {
        "error": {"message": "models/x of v1beta", "code": "a"}
    }


@pytest.mark.parametrize(
    ("make_error", "values", "message"),
    [
        (unknown_parameter, ("a", ""), "Unknown parameter 'a'."),
        (unknown_parameter, ("a", "b"), "Unknown parameter 'a' at 'b'."),
        (unsupported_value, ("v" * 120, "a", "", ("x", "y")),
         f"The value '{'v' * 100}' is not supported for 'a'. Supported values: 'x', 'y'."),
        (unsupported_value, (5, "a", "b", ("x",)),
         "The value '5' is not supported for 'a' at 'b'. Supported values: 'x'."),
        *[(wrong_type, (value, "a", "", "x"),
           f"Invalid value for 'a': expected x, got {kind}.")
          for value, kind in ((True, "boolean"), (1, "number"), (1.5, "number"), ("", "string"),
                              ([], "array"), ({}, "object"), (None, "null"))],
        (wrong_type, (1, "a", "b", "x"),
         "Invalid value for 'a' at 'b': expected x, got number."),
        (missing_field, ("a", ""), "Missing required parameter 'a'."),
        (missing_field, ("a", "b"), "Missing required parameter 'a' at 'b'."),
    ],
)  # fmt: skip
def test_the_words_of_a_refusal(make_error: Any, values: Any, message: str) -> None:
    failure = make_error(*values).failure
    assert (failure.code, failure.message) == (Code.INVALID_ARGUMENT, message)


@pytest.mark.parametrize(
    ("which", "code", "message"),
    [
        ("several", Code.INVALID_ARGUMENT,
         "Multiple authentication credentials received. Please pass only one."),
        ("missing", Code.UNAUTHENTICATED,
         "Method doesn't allow unregistered callers (callers without established identity). Please "
         "use API Key or other form of API consumer identity to call this API."),
        ("wrong", Code.UNAUTHENTICATED, "API key not valid. Please pass a valid API key."),
    ],
)  # fmt: skip
def test_credentials_that_are_refused(which: str, code: Code, message: str) -> None:
    failure = refuse_credential(which)
    assert (failure.code, failure.message, failure.reason) == (code, message, f"credential_{which}")
