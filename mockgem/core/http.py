"""What travels: requests, responses, and the pieces a response body is sent in."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from mockgem.core.frozen import value

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class WireRequest:
    """One HTTP request. Header names are looked up in lower case; the body is put in when it has been read.

    `problem` says why the body could not be read, if it could not. A body that is to be taken as it comes is a `stream`.
    `base` is what stood before the path and is not part of it: the world's name. `target` is path and query as they came,
    with the base. `scenario` is the one chosen for this request alone, `mark` what named it behind the world. `inner`: it
    was sent by the server itself, as a batch's lines are; `line` then says whether it is to fail.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    headers: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    body: bytes = b""
    problem: str = ""
    stream: AsyncIterator[bytes] | None = None
    base: str = ""
    target: str = ""
    scenario: str = ""
    mark: str = ""
    inner: bool = False
    line: Any = None

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes."""
        if self.stream is None:
            yield self.body
            return
        async for piece in self.stream:
            yield piece

    @property
    def asked(self) -> str:
        """Path and query without the base, coded as they were."""
        if not self.target:
            return quote(self.path) + (f"?{urlencode(self.query)}" if self.query else "")
        start = self.target if self.target.startswith("/") else "/" + self.target.partition("://")[2].partition("/")[2]
        while self.base and start.startswith(self.base + "/"):
            start = start.removeprefix(self.base)
        return "/" + start.lstrip("/")

    @property
    def origin(self) -> str:
        """Scheme, host and base that the client used, so that a URL made with it leads back here."""
        scheme = self.headers.get("x-forwarded-proto", "http").partition(",")[0].strip()
        return f"{scheme}://{self.headers.get('host', '127.0.0.1')}{self.base}"


@value
class Frame:
    """Some bytes of a body, and the seconds to wait before they are sent.

    `raw`: the bytes are sent as they are, without the head before them and in no coding; none at all are a mere wait.
    """

    data: bytes
    delay: float = 0.0
    raw: bool = False


Frames = AsyncGenerator[Frame, None]


@value
class Pieces:
    """A streamed body that nobody slows down: all its pieces, already in HTTP's chunked coding, in one `bytes`."""

    chunked: bytes

    def parts(self) -> Iterator[bytes]:
        """The pieces, one by one, without the coding."""
        start = 0
        while start < len(self.chunked):
            line_end = self.chunked.index(b"\r\n", start)
            size = int(self.chunked[start:line_end], 16)
            yield self.chunked[line_end + 2 : line_end + 2 + size]
            start = line_end + 4 + size

    def joined(self) -> bytes:
        return b"".join(self.parts())


Body = bytes | Pieces | Frames


@value
class WireResponse:
    """A status, headers in the order they are sent, and a body: whole, in ready-made pieces, or frame by frame."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: Body = b""


@value
class Arrived:
    """A response of another server, whose head has come. Its pieces are as they were sent; ConnectionError ends them if
    they break off."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    pieces: AsyncGenerator[bytes, None]


class Hangup(Exception):
    """Raised while frames are being sent: drop the connection here.

    `how`: close (FIN, without the end of the answer), reset (RST), half (FIN behind a whole answer, reading goes on), or
    refuse (reset, and no new connections are taken for so many seconds).
    """

    def __init__(self, how: str = "close", seconds: float = 0.0) -> None:
        super().__init__(how)
        self.how = how
        self.seconds = seconds


def chunked(parts: Sequence[bytes]) -> bytes:
    """The parts in HTTP's chunked coding, without the last chunk, which the server adds."""
    if len(parts) == 1 and parts[0]:
        return b"%x\r\n%b\r\n" % (len(parts[0]), parts[0])
    return b"".join([b"%x\r\n%b\r\n" % (len(part), part) for part in parts if part])


async def frames_of(body: Body) -> Frames:
    """Any body as frames, so that a fault can work on it."""
    match body:
        case bytes():
            yield Frame(body)
        case Pieces():
            for part in body.parts():
                yield Frame(part)
        case _:
            async for frame in body:
                yield frame
