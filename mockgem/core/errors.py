"""Failures as values, and the one exception that carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from mockgem.core.frozen import frozen


class Code(Enum):
    """Google's canonical codes; `status` is the HTTP status they travel under."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT", 400
    FAILED_PRECONDITION = "FAILED_PRECONDITION", 400
    UNAUTHENTICATED = "UNAUTHENTICATED", 401
    PERMISSION_DENIED = "PERMISSION_DENIED", 403
    NOT_FOUND = "NOT_FOUND", 404
    ALREADY_EXISTS = "ALREADY_EXISTS", 409
    ABORTED = "ABORTED", 409
    RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED", 429
    CANCELLED = "CANCELLED", 499
    INTERNAL = "INTERNAL", 500
    UNIMPLEMENTED = "UNIMPLEMENTED", 501
    UNAVAILABLE = "UNAVAILABLE", 503
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED", 504

    status: int

    def __new__(cls, name: str, status: int) -> Code:
        code = object.__new__(cls)
        code._value_ = name
        code.status = status
        return code


@frozen
class Failure:
    """Something the API says instead of an answer.

    The message is the Gemini API's. `reason` names the kind of failure and `facts` what it is about, for dialects with
    other words for it; `details` are google.rpc messages as JSON.
    `http` is another HTTP status than the code's, in scenarios.
    """

    code: Code
    message: str
    details: tuple[dict[str, Any], ...] = ()
    reason: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    http_status: int = 0

    @property
    def status(self) -> int:
        """The HTTP status it travels under."""
        return self.http_status or self.code.status


@frozen
class RouteNotFound:
    """No such path or method here; a front end answers it, not the API."""

    method: str
    path: str


class ApiError(Exception):
    """Carries a failure up to the step that turns it back into a value."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


def invalid(message: str, reason: str = "", **facts: Any) -> ApiError:
    """A 400 in the API's own words."""
    return ApiError(Failure(Code.INVALID_ARGUMENT, message, reason=reason, context=facts))
