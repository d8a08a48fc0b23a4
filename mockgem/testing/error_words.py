"""Everyday words for errors: what people write before they know the catalogue's names."""

from __future__ import annotations

import re
from typing import Any

ERROR_WORDS = {
    "rate limited": "rate-limit-rpm-free",
    "rate limit": "rate-limit-rpm-free",
    "too many requests": "rate-limit-rpm-free",
    "quota": "rate-limit-rpd-free",
    "quota exceeded": "rate-limit-rpd-free",
    "timeout": "deadline-exceeded",
    "timed out": "deadline-exceeded",
    "unavailable": "overloaded",
    "overload": "overloaded",
    "internal": "internal-error",
    "server error": "internal-error",
    "internal server error": "internal-error",
    "unauthorized": "api-key-invalid",
    "authentication": "api-key-invalid",
    "invalid api key": "api-key-invalid",
    "bad key": "api-key-invalid",
    "forbidden": "caller-no-permission",
    "permission denied": "caller-no-permission",
    "not found": "model-not-found",
    "bad request": "invalid-argument-bare",
    "invalid argument": "invalid-argument-bare",
    "context length exceeded": "prompt-too-long",
    "too long": "prompt-too-long",
    "billing": "billing-needed",
}
"""What people write, in lower case with single spaces, and the name in the catalogue."""


def is_exception_class(error: Any) -> bool:
    """Whether an object is a class of exceptions, such as `openai.RateLimitError`."""
    return isinstance(error, type) and issubclass(error, BaseException)


def find_error_name(error: Any) -> Any:
    """Return the catalogue's name for an everyday word, an SDK's exception or its class.

    Other errors are returned as they are.
    """
    kind = type(error) if isinstance(error, BaseException) else error
    written = (
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__) if is_exception_class(kind) else kind
    )
    if not isinstance(written, str):
        return error
    words = " ".join(re.split(r"[\s_-]+", written.strip().lower()))
    return ERROR_WORDS.get(words, ERROR_WORDS.get(words.removesuffix(" error"), error))
