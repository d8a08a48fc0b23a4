"""Heads of requests that came before on the same connection, so that nothing parses them again.

A client on a kept connection sends the same head each time, as long as the body has the same
length. The heads contain keys, so they are forgotten with the connection.
"""

from __future__ import annotations

from typing import Any, Protocol

from mockgem.core.http import WireResponse

MAX_HEADS = 4
MAX_HEAD = 4096
"""Bytes of a head that is remembered."""
MAX_REPEATED_BODY = 16 * 1024
"""Bytes of a body that a connection keeps to recognise it."""
HEAD_END = b"\r\n\r\n"


class Repeatable(Protocol):
    """An answer that can be given again."""

    def is_valid(self) -> bool:
        """Return whether it would still be the answer."""
        ...

    async def answer(self) -> WireResponse: ...


class KnownHead:
    """A head as aiohttp parsed it, the length of the body that follows, and the last body whose
    answer can be given again."""

    __slots__ = ("body", "head", "length", "repeatable")

    def __init__(self, head: Any, length: int) -> None:
        self.head = head
        self.length = length
        self.body = b""
        self.repeatable: Repeatable | None = None

    def remember(self, body: bytes, repeatable: Repeatable) -> None:
        if len(body) <= MAX_REPEATED_BODY:
            self.body, self.repeatable = body, repeatable

    def find_repeatable(self, body: bytes) -> Repeatable | None:
        """Return the answer to the same body, if it would still be the same."""
        repeatable = self.repeatable
        if repeatable is None or body != self.body or not repeatable.is_valid():
            return None
        return repeatable


class KnownHeads:
    """The heads of one connection, and where its next request begins.

    `start` and `size` are the first bytes and the number of bytes that the parser has read since
    the last request ended; `arrived` counts the requests that began in them. `is_lost` is true when
    nothing tells any longer where a request begins.
    """

    __slots__ = ("arrived", "heads", "is_lost", "size", "start")

    def __init__(self) -> None:
        self.heads: dict[bytes, KnownHead] = {}
        self.is_lost = False
        self.begin()

    def begin(self) -> None:
        """Note that the next byte begins a request."""
        self.start = b""
        self.size = self.arrived = 0

    def find(self, data: bytes) -> tuple[KnownHead, int] | None:
        """Return the known head with which data begins a request, and where it ends."""
        if self.size or self.is_lost or not self.heads:
            return None
        end = data.find(HEAD_END, 0, MAX_HEAD) + len(HEAD_END)
        known = self.heads.get(data[:end])
        return None if known is None else (known, end)

    def note(self, data: bytes, arrived: int) -> None:
        """Note data that the parser has read, and how many requests began in it."""
        if len(self.start) < MAX_HEAD:
            self.start += data[: MAX_HEAD - len(self.start)]
        self.size += len(data)
        self.arrived += arrived
        self.is_lost = self.is_lost or self.arrived > 1

    def end_request(self, head: Any) -> None:
        """Note that the body of a request has arrived, and remember its head."""
        if self.is_lost:
            return
        end = self.start.find(HEAD_END) + len(HEAD_END)
        length = head.headers.get("Content-Length", "0")
        if end < len(HEAD_END) or not length.isdecimal() or self.size != end + int(length):
            self.is_lost = True
            return
        if len(self.heads) == MAX_HEADS and self.start[:end] not in self.heads:
            del self.heads[next(iter(self.heads))]
        self.heads[self.start[:end]] = KnownHead(head, int(length))
        self.begin()
