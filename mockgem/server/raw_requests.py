"""Requests and answers of the fast path, and what answers them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from mockgem.core.http import WireResponse
from mockgem.server.known_heads import KnownHead, Repeatable


class RawRequest(NamedTuple):
    """A request's head as parsed by aiohttp, its body, and whether it came over TLS.

    `known` is its head if the connection has sent it before.
    """

    head: Any
    body: bytes
    is_secure: bool = False
    known: KnownHead | None = None


RawAnswer = bytes | Exception | WireResponse
"""A whole response, the exception that a request caused, or a response with frames to deliver."""
IsSimple = Callable[[str, Any, bytes], bool]
"""Whether a request with this path, these headers and this body can be answered without waiting."""
AnswerNow = Callable[[Sequence[RawRequest]], list[RawAnswer]]
"""Returns the answer to each request."""
AnswerAgain = Callable[[Repeatable], bytes | Exception | None]
"""Returns an answer that is given again, the exception that this caused, or None if the request has
to take the usual way."""


def peek_body(content: Any) -> bytes:
    """Return a complete body without consuming it."""
    if content.at_eof():
        return b""
    pieces = content._buffer
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


class WholeBody:
    """The body of a request that no parser has read, behind a known head."""

    __slots__ = ("data", "known")

    def __init__(self, data: bytes, known: KnownHead) -> None:
        self.data = data
        self.known = known

    def is_eof(self) -> bool:
        return True
