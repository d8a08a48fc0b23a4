"""Failures as values, and the exception that carries them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from mockgem.core.frozen import frozen


class Code(Enum):
    """Google's canonical error codes; `status` is their HTTP status."""

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
    """An error that the API returns.

    `message` is the Gemini API's. `reason` names the kind of failure and `context` its subject, for
    dialects with another text. `details` are google.rpc messages as JSON. `http_status` replaces
    the status of the code; scenarios set it.
    """

    code: Code
    message: str
    details: tuple[dict[str, Any], ...] = ()
    reason: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    http_status: int = 0

    @property
    def status(self) -> int:
        """The HTTP status of the response."""
        return self.http_status or self.code.status


@frozen
class RouteNotFound:
    """A request for an unknown path or method; the front end refuses it, not the API."""

    method: str
    path: str


class ApiError(Exception):
    """Carries a failure up to the source that returns it as the answer."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure

    @property
    def is_absence(self) -> bool:
        """Whether what a request names does not exist: a storage that fails says something else."""
        return self.failure.code in (Code.NOT_FOUND, Code.PERMISSION_DENIED)


def invalid(message: str, reason: str = "", **facts: Any) -> ApiError:
    """Return a 400 with a message of the API. `facts` are its context."""
    return ApiError(Failure(Code.INVALID_ARGUMENT, message, reason=reason, context=facts))
