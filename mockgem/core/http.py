"""Requests, responses, and the frames in which a response body is sent."""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from mockgem.core.address import strip_prefix
from mockgem.core.content_coding import SUPPORTED, Decoder, normalize_coding
from mockgem.core.frozen import frozen

EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class WireRequest:
    """One HTTP request. Header names are looked up in lower case; the body is added when it has
    been read, without its content coding.

    `error` says why the request could not be read; `is_overloaded`: only because of other requests.
    `unknown_coding` is a content coding that mockgem can't decode: the body is as it was sent.
    `sent_body` is a decoded body as it was sent. `stream` is a body that is read as it arrives, as
    it was sent.
    `world`, `scenario` and `base_path` are what the address middleware took off the path; `target`
    is path and query as the client sent them. `is_internal`: the server sent the request itself, as
    for the lines of a batch; `line_failure` then says whether the line fails. `is_secure`: it came
    over TLS. `known_head` is its head on a connection that has sent the same head before. `origin`
    is the scheme and host that the client of a proxy named.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    headers: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    body: bytes = b""
    error: str = ""
    stream: AsyncIterator[bytes] | None = None
    world: str = ""
    base_path: str = ""
    target: str = ""
    scenario: str = ""
    is_internal: bool = False
    line_failure: Any = None
    is_overloaded: bool = False
    unknown_coding: str = ""
    sent_body: bytes = b""
    is_secure: bool = False
    known_head: Any = None
    origin: str = ""

    async def iter_body(self) -> AsyncIterator[bytes]:
        """Yield the body as it arrives, decoded. Raises ConnectionError if it can't be decoded."""
        if self.stream is None:
            yield self.body
            return
        decoder = self.make_decoder()
        async for chunk in self.stream:
            for piece in (chunk,) if decoder is None else decode_chunk(decoder, chunk):
                yield piece
        if decoder is not None:
            decode_end(decoder)

    async def read_stream(self) -> None:
        """Read a streamed body to its end, and keep it like one that arrived whole."""
        if self.stream is None:
            return
        sent = b"".join([chunk async for chunk in self.stream])
        self.stream, self.body = None, sent
        if sent and (decoder := self.make_decoder()) is not None:
            self.body = b"".join(decode_chunk(decoder, sent))
            decode_end(decoder)
            self.sent_body = sent

    def make_decoder(self) -> Decoder | None:
        """Return a decoder for the content coding of the body, if it has one that is known."""
        coding = normalize_coding(self.headers.get("content-encoding", ""))
        return Decoder(coding) if coding in SUPPORTED else None

    @property
    def path_and_query(self) -> str:
        """Path and query without the base, encoded as the client sent them."""
        if not self.target:
            return quote(self.path) + (f"?{urlencode(self.query)}" if self.query else "")
        start = (
            self.target
            if self.target.startswith("/")
            else "/" + self.target.partition("://")[2].partition("/")[2]
        )
        return "/" + strip_prefix(start).lstrip("/")

    @property
    def base_url(self) -> str:
        """Scheme, host and base that the client used: URLs that begin with it lead back here."""
        own = "https" if self.is_secure else "http"
        scheme = self.headers.get("x-forwarded-proto", own).partition(",")[0].strip()
        return f"{scheme}://{self.headers.get('host', '127.0.0.1')}{self.base_path}"


def decode_chunk(decoder: Decoder, chunk: bytes) -> Iterator[bytes]:
    """Yield the pieces of a chunk. Raises ConnectionError, as for a body that breaks off."""
    try:
        yield from decoder.decode(chunk)
    except ValueError as error:
        raise ConnectionError(str(error)) from None


def decode_end(decoder: Decoder) -> None:
    """Raises ConnectionError if the body ended early."""
    try:
        decoder.finish()
    except ValueError as error:
        raise ConnectionError(str(error)) from None


@frozen
class Frame:
    """Some bytes of a body, and the seconds to wait before they are sent.

    `raw`: the bytes are sent as they are, without a head in front of them and without chunked
    coding. A raw frame without bytes only waits. `is_text`: on a socket, a text frame.
    """

    data: bytes
    delay: float = 0.0
    raw: bool = False
    is_text: bool = False

    def delay_by(self, seconds: float) -> Frame:
        """Return the frame with a longer wait before it."""
        return Frame(self.data, self.delay + seconds, self.raw, self.is_text)


Frames = AsyncGenerator[Frame, None]


@frozen
class ChunkedBody:
    """A streamed body without delays: all its chunks in HTTP's chunked coding, without the last,
    empty one."""

    encoded: bytes

    def iter_chunks(self) -> Iterator[bytes]:
        """Yield the chunks without the coding."""
        start = 0
        while start < len(self.encoded):
            line_end = self.encoded.index(b"\r\n", start)
            size = int(self.encoded[start:line_end], 16)
            yield self.encoded[line_end + 2 : line_end + 2 + size]
            start = line_end + 4 + size

    def join_chunks(self) -> bytes:
        return b"".join(self.iter_chunks())


Body = bytes | ChunkedBody | Frames
BODILESS = (204, 304)
"""Statuses whose responses have no body and no length (RFC 9110 15.3.5, 15.4.5)."""


@frozen
class WireResponse:
    """A status, headers in the order in which they are sent, and a body: whole, chunked in advance,
    or frame by frame."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Body = b""


Handler = Callable[[WireRequest], Awaitable[WireResponse]]
"""Handles requests: the pipeline, or a middleware in front of it."""


@frozen
class UpstreamResponse:
    """A response of another server whose head has arrived.

    `chunks` yields the body as it arrives, and raises ConnectionError if it breaks off.
    """

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    chunks: AsyncGenerator[bytes, None]


class ConnectionDropped(Exception):
    """Raised between frames to drop the connection.

    `mode` is close (FIN, without the end of the response), reset (RST), half (FIN after a whole
    response; the server still reads), or refuse (RST, and no new connections for `seconds`).
    """

    def __init__(self, mode: str = "close", seconds: float = 0.0) -> None:
        super().__init__(mode)
        self.mode = mode
        self.seconds = seconds


def encode_chunks(parts: Sequence[bytes]) -> bytes:
    """Encode parts in HTTP's chunked coding, without the last chunk, which the server adds."""
    if len(parts) == 1 and parts[0]:
        return b"%x\r\n%b\r\n" % (len(parts[0]), parts[0])
    return b"".join([b"%x\r\n%b\r\n" % (len(part), part) for part in parts if part])


async def iter_frames(body: Body) -> Frames:
    """Yield any body as frames, so that faults can work on it."""
    match body:
        case bytes():
            yield Frame(body)
        case ChunkedBody():
            for part in body.iter_chunks():
                yield Frame(part)
        case _:
            async for frame in body:
                yield frame
