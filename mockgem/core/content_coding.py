"""Content codings of bodies: their names, and decoding in steps of bounded size (RFC 9110 8.4)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

STEP = 64 * 1024
"""Bytes of the largest piece that a decoder returns; a kilobyte can expand to a megabyte."""
GZIP_WINDOW, ZLIB_WINDOW, RAW_WINDOW = 31, 15, -15
SUPPORTED = ("gzip", "deflate")


def normalize_coding(header: str) -> str:
    """Return the coding that a Content-Encoding header names, in lower case.

    An empty text means that the body is not encoded. Several codings stay a list ("gzip, br").
    """
    names = [name.strip().lower() for name in header.split(",")]
    kept = [name.removeprefix("x-") for name in names if name not in ("", "identity")]
    return ", ".join(kept)


class Decoder:
    """Unpacks a gzip or deflate body that arrives in chunks.

    Raises ValueError for bytes that are not what the coding says, and for another coding.
    """

    def __init__(self, coding: str) -> None:
        if coding not in SUPPORTED:
            raise ValueError(f"the content coding {coding!r} is not supported")
        self.coding = coding
        self.inflater: Any = None

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Yield what a chunk unpacks to, in pieces of up to STEP bytes."""
        piece = b""
        while data or len(piece) == STEP:  # after a full piece, zlib may hold more
            if self.inflater is None:
                self.inflater = zlib.decompressobj(self.choose_window(data))
            elif self.inflater.eof:
                self.start_next_member()
            try:
                piece = self.inflater.decompress(data, STEP)
            except zlib.error:
                raise ValueError(f"the body is not {self.coding}") from None
            if piece:
                yield piece
            data = self.inflater.unconsumed_tail or self.inflater.unused_data
            if self.inflater.eof and not data:
                return

    def choose_window(self, data: bytes) -> int:
        """Return zlib's window. Some clients leave out deflate's zlib header (RFC 9110 8.4.1.2)."""
        if self.coding == "gzip":
            return GZIP_WINDOW
        return ZLIB_WINDOW if data[0] & 0xF == 8 else RAW_WINDOW

    def start_next_member(self) -> None:
        """Continue after the end: a gzip body may have several members (RFC 1952 2.2)."""
        if self.coding != "gzip":
            raise ValueError("the body continues after its end")
        self.inflater = zlib.decompressobj(GZIP_WINDOW)

    def finish(self) -> None:
        """Raises ValueError if the body ended early."""
        if self.inflater is not None and not self.inflater.eof:
            raise ValueError("the body ends early")


class TooLarge(ValueError):
    """A body is larger than a limit when it is decoded."""


def decode_all(body: bytes, coding: str, limit: int) -> bytes | None:
    """Return a body without its codings ("gzip", "deflate, gzip"); None if one is not known.

    A body that ends early is decoded as far as it goes. Raises TooLarge for one that is larger than
    `limit` bytes then, and ValueError for one that is not what its coding says.
    """
    codings = coding.split(", ") if coding else []
    if not set(codings) <= set(SUPPORTED):
        return None
    for name in reversed(codings):
        body = decode_up_to(body, name, limit)
    return body


def decode_up_to(body: bytes, coding: str, limit: int) -> bytes:
    pieces, size = [], 0
    for piece in Decoder(coding).decode(body):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise TooLarge(f"an unpacked body is larger than {limit} bytes")
    return b"".join(pieces)
