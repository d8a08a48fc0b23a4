"""Compress answers with gzip, for clients that accept it.

The real service does so for nearly every client. Here it is off unless a setting turns it on,
because plain answers are easier to read in tests.

Evidence: openai-magentic-01-tool-stream.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Awaitable
from contextlib import aclosing
from dataclasses import replace

from mockgem.core.http import (
    BODILESS,
    ChunkedBody,
    Frame,
    Frames,
    Handler,
    WireRequest,
    WireResponse,
    encode_chunks,
)

ACCEPTS_GZIP = re.compile(
    r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q\s*=\s*(?!0(?:\.0*)?\s*(?:,|$))|,|$)", re.I
)
"""An Accept-Encoding with gzip whose quality is not 0."""
GZIP_WINDOW = 31
"""zlib's number for 32 KiB of history in gzip's format, whose head has no time."""


def gzip_middleware(handler: Handler) -> Handler:
    """Compress the answers of an API. Those of /_mockgem stay as they are."""

    def handle(wire: WireRequest) -> Awaitable[WireResponse]:
        accepted = wire.headers.get("accept-encoding", "")
        if wire.path.startswith("/_mockgem") or not ACCEPTS_GZIP.search(accepted):
            return handler(wire)
        return compress_answer(wire)

    async def compress_answer(wire: WireRequest) -> WireResponse:
        response = await handler(wire)
        return response if is_excepted(response, wire) else compress_response(response)

    return handle


def is_excepted(response: WireResponse, wire: WireRequest) -> bool:
    """Return whether an answer stays as it is: an empty one, or frames with a length of their own.

    Such frames come from faults that send fewer bytes than announced.
    """
    names = {name.lower() for name, _ in response.headers}
    is_whole = isinstance(response.body, (bytes, ChunkedBody))
    return (
        wire.method == "HEAD"
        or response.status in BODILESS
        or response.body == b""
        or "content-encoding" in names
        or ("content-length" in names and not is_whole)
    )


def compress_response(response: WireResponse) -> WireResponse:
    headers = [pair for pair in response.headers if pair[0].lower() != "content-length"]
    body = response.body
    if isinstance(body, bytes):
        coder = zlib.compressobj(wbits=GZIP_WINDOW)
        data: bytes | ChunkedBody | Frames = coder.compress(body) + coder.flush()
    elif isinstance(body, ChunkedBody):
        data = compress_chunks(body)
    else:
        data = compress_frames(body)
    return WireResponse(response.status, (*headers, ("Content-Encoding", "gzip")), data)


def compress_chunks(body: ChunkedBody) -> ChunkedBody:
    """Compress each chunk so far that a client can read it when it arrives."""
    coder = zlib.compressobj(wbits=GZIP_WINDOW)
    chunks = [
        coder.compress(chunk) + coder.flush(zlib.Z_SYNC_FLUSH) for chunk in body.iter_chunks()
    ]
    return ChunkedBody(encode_chunks([*chunks, coder.flush()]))


async def compress_frames(frames: Frames) -> Frames:
    """Compress frames at their times. Raw frames do not belong to the body."""
    coder = zlib.compressobj(wbits=GZIP_WINDOW)
    async with aclosing(frames):
        async for frame in frames:
            if frame.raw or not frame.data:
                yield frame
            else:
                data = coder.compress(frame.data) + coder.flush(zlib.Z_SYNC_FLUSH)
                yield replace(frame, data=data)
    yield Frame(coder.flush())
