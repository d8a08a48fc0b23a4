"""What the recorder keeps of a request and its response while they pass."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from mockgem.core.content_coding import TooLarge, decode_all, normalize_coding
from mockgem.core.http import UpstreamResponse, WireRequest, decode_chunk
from mockgem.recording import matching
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.recording.target import to_sendable

MAX_RECORDED_BYTES = 64 * 2**20
"""Bytes of a response body that the recorder keeps; larger ones pass without being recorded."""
FINAL_EVENTS = (b"\ndata: [DONE]\n\n", b"\ndata: [DONE]\r\n\r\n")
FINAL_EVENT_SIZE = max(map(len, FINAL_EVENTS))
OWN_HEADERS = frozenset(
    """date content-length connection keep-alive transfer-encoding upgrade trailer
    proxy-connection""".split()
)
"""Response headers that this server writes itself.

A Content-Length would show the client the end of the body before it is recorded.
"""


class RequestCapture:
    """A request whose body is kept while it is sent, up to a limit."""

    def __init__(self, wire: WireRequest) -> None:
        self.wire = wire
        self.kept: list[bytes] = [wire.body]
        self.size = len(wire.body)

    async def iter_body(self) -> AsyncIterator[bytes]:
        """Pass a streamed body on as it was sent, chunk by chunk, and keep it decoded.

        Raises ConnectionError if it can't be decoded.
        """
        assert self.wire.stream is not None, "a whole body is sent at once"
        decoder = self.wire.make_decoder()
        async for chunk in self.wire.stream:
            for piece in (chunk,) if decoder is None else decode_chunk(decoder, chunk):
                self.keep(piece)
            yield chunk

    def keep(self, piece: bytes) -> None:
        """Keep a piece of the body, up to the limit."""
        self.size += len(piece)
        if self.size <= matching.MAX_RECORDED_BODY:
            self.kept.append(piece)

    @property
    def body(self) -> bytes:
        """The body, or a placeholder with its size if it is too large for a cassette."""
        if self.size <= matching.MAX_RECORDED_BODY:
            return b"".join(self.kept)
        return matching.render_size_placeholder(self.size)


class ResponseCapture:
    """The chunks of a response body that have arrived; none of one that is too large to keep.

    `chunks` holds the milliseconds since the request and the bytes of each. `error` says why the
    body ended early, if it did. `has_final_event`: the last event of an OpenAI-compatible stream
    has arrived; many clients stop reading there.
    """

    def __init__(self) -> None:
        self.started_at = time.monotonic()
        self.received: list[bytes] = []
        self.chunks: list[tuple[int, int]] = []
        self.size = 0
        self.tail = b""
        self.has_final_event = False
        self.error = ""

    def add(self, chunk: bytes) -> None:
        """Keep a chunk."""
        self.size += len(chunk)
        recent = self.tail + chunk
        self.has_final_event = self.has_final_event or any(one in recent for one in FINAL_EVENTS)
        self.tail = recent[-FINAL_EVENT_SIZE:]
        if self.size > MAX_RECORDED_BYTES:
            self.received.clear()
        else:
            self.received.append(chunk)
            self.chunks.append((round((time.monotonic() - self.started_at) * 1000), len(chunk)))


def build_interaction(
    request: RequestCapture, url: str, response: UpstreamResponse, capture: ResponseCapture
) -> Interaction:
    """Return a request and what has arrived of its response.

    Raises ValueError for a compressed body that is too large when it is unpacked.
    """
    wire, body, chunks = request.wire, b"".join(capture.received), tuple(capture.chunks)
    coding = find_coding(response.headers)
    if coding and (decoded := decode_body(body, coding)) is not None:
        coding, body, chunks = "", decoded, ()
    return Interaction(
        wire.method,
        url,
        tuple([(str(name), to_sendable(value)) for name, value in wire.headers.items()]),
        request.body,
        response.status,
        response.reason,
        select_headers(wire.method, response.headers, coding),
        body,
        chunks if len(chunks) > 1 else (),
        capture.error,
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def find_coding(headers: HeaderList) -> str:
    """Return the content coding of a response."""
    values = [value for name, value in headers if name.lower() == "content-encoding"]
    return normalize_coding(",".join(values))


def decode_body(body: bytes, coding: str) -> bytes | None:
    """Return a response body without its coding; None if it can't be decoded.

    Raises ValueError if it is too large then.
    """
    try:
        return decode_all(body, coding, MAX_RECORDED_BYTES)
    except TooLarge:
        raise
    except ValueError:
        return None


def select_forwarded(method: str, headers: HeaderList) -> HeaderList:
    """Return the response headers that the client gets from the upstream."""
    dropped = OWN_HEADERS - {"content-length"} if method == "HEAD" else OWN_HEADERS
    return tuple(
        [
            ("Content-Length" if name.lower() == "content-length" else name, value)
            for name, value in headers
            if name.lower() not in dropped
        ]
    )


def select_headers(method: str, headers: HeaderList, coding: str = "") -> HeaderList:
    """Return the response headers without those that describe how the body was sent.

    `coding` is the coding that the body still has.
    The response to HEAD keeps its Content-Length: it is the size of a body that is not sent
    (RFC 9110 8.6). A body that mockgem can't unpack keeps its Content-Encoding.
    """
    dropped = {"content-length", "content-encoding", "transfer-encoding", "connection"}
    if method == "HEAD":
        dropped.remove("content-length")
    if coding:
        dropped.remove("content-encoding")
    return tuple([(name, value) for name, value in headers if name.lower() not in dropped])
