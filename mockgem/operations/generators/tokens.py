"""Estimate tokens, in the same way for usage, limits and countTokens.

A token is four bytes of UTF-8: about four letters of English, or one and a third Chinese
characters. That is within 25 % of the recordings, and fast enough to count every reply.

Evidence: native-survey.
"""

from __future__ import annotations

BYTES_PER_TOKEN = 4


def count_tokens(text: str) -> int:
    return -(-(len(text) if text.isascii() else count_bytes(text)) // BYTES_PER_TOKEN)


def count_bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def cut(text: str, limit: int) -> str:
    """Return the beginning of a text, with at most `limit` tokens."""
    if text.isascii():
        return text[: limit * BYTES_PER_TOKEN]
    return text.encode("utf-8", "replace")[: limit * BYTES_PER_TOKEN].decode("utf-8", "ignore")
