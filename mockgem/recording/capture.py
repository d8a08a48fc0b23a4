"""What the recorder keeps of a request and its response while they pass."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from mockgem.core.http import UpstreamResponse, WireRequest
from mockgem.recording import matching
from mockgem.recording.cassette_reader import can_unpack, decompress_body
from mockgem.recording.interaction import HeaderList, Interaction
from mockgem.recording.target import to_sendable

MAX_RECORDED_BYTES = 64 * 2**20
"""Bytes of a response body that the recorder keeps; larger ones pass without being recorded."""
FINAL_EVENTS = (b"\ndata: [DONE]\n\n", b"\ndata: [DONE]\r\n\r\n")
FINAL_EVENT_SIZE = max(map(len, FINAL_EVENTS))


class RequestCapture:
    """A request whose body is kept while it is sent, up to a limit."""

    def __init__(self, wire: WireRequest) -> None:
        self.wire = wire
        self.kept: list[bytes] = [wire.body]
        self.size = len(wire.body)

    async def iter_body(self) -> AsyncIterator[bytes]:
        """Pass a streamed body on, chunk by chunk, and keep it."""
        async for chunk in self.wire.iter_body():
            self.size += len(chunk)
            if self.size <= matching.MAX_RECORDED_BODY:
                self.kept.append(chunk)
            yield chunk

    @property
    def body(self) -> bytes:
        """The body, or a placeholder with its size if it is too large for a cassette."""
        if self.size <= matching.MAX_RECORDED_BODY:
            return b"".join(self.kept)
        return matching.render_size_placeholder(self.size)


class ResponseCapture:
    """The chunks of a response body that have arrived.

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
        if self.size <= MAX_RECORDED_BYTES:
            self.received.append(chunk)
            self.chunks.append((round((time.monotonic() - self.started_at) * 1000), len(chunk)))


def build_interaction(
    request: RequestCapture, url: str, response: UpstreamResponse, capture: ResponseCapture
) -> Interaction:
    """Return a request and what has arrived of its response.

    Raises ValueError for a compressed body that is too large when it is unpacked.
    """
    wire, body, chunks = request.wire, b"".join(capture.received), tuple(capture.chunks)
    if find_codings(response.headers):
        body = (
            decompress_body(body) if all(map(can_unpack, find_codings(response.headers))) else body
        )
        chunks = ()
    return Interaction(
        wire.method,
        url,
        tuple([(str(name), to_sendable(value)) for name, value in wire.headers.items()]),
        request.body,
        response.status,
        response.reason,
        select_headers(wire.method, response.headers),
        body,
        chunks if len(chunks) > 1 else (),
        capture.error,
        datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def select_headers(method: str, headers: HeaderList) -> HeaderList:
    """Return the response headers without those that describe how the body was sent.

    The response to HEAD keeps its Content-Length: it is the size of a body that is not sent
    (RFC 9110 8.6). A body that mockgem can't unpack keeps its Content-Encoding.
    """
    dropped = {"content-length", "content-encoding", "transfer-encoding", "connection"}
    if method == "HEAD":
        dropped.remove("content-length")
    elif not all(map(can_unpack, find_codings(headers))):
        dropped.remove("content-encoding")
    return tuple([(name, value) for name, value in headers if name.lower() not in dropped])


def find_codings(headers: HeaderList) -> list[str]:
    """Return the values of Content-Encoding."""
    return [value for name, value in headers if name.lower() == "content-encoding"]
