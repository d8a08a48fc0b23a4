"""Answer from recordings: the same bytes, at once or at the recorded speed."""

from __future__ import annotations

import re
from typing import TypeVar
from urllib.parse import urlsplit

from mockgem.core.call import Answer, Call, Source, VerbatimResponse, failure_of_unreadable
from mockgem.core.errors import Code, Failure
from mockgem.core.http import (
    Body,
    ChunkedBody,
    ConnectionDropped,
    Frame,
    Frames,
    WireRequest,
    WireResponse,
    encode_chunks,
    iter_frames,
)
from mockgem.core.media_type import parse_media_type
from mockgem.core.scheduling import run_aside_if
from mockgem.core.world import World
from mockgem.recording.index import InteractionIndex, prefix_length
from mockgem.recording.interaction import HeaderList, Interaction, drop_mode_of
from mockgem.recording.matching import MatchableRequest, normalize_request
from mockgem.recording.redacted_requests import Redacted
from mockgem.recording.redaction import build_finder
from mockgem.recording.socket_replay import open_replay

URL_HEADERS = ("location", "x-goog-upload-url", "x-goog-upload-control-url")
"""Headers with the URL of a client's next request, which must lead to this server."""
FRAMING_HEADERS = frozenset(
    """content-length date connection keep-alive transfer-encoding upgrade trailer
    proxy-connection""".split()
)
"""Response headers that this server writes itself, and those for one connection only.

A Content-Encoding stays: only bodies in a coding that mockgem can't decode still have one.
"""
MISS_DETAILS = {"missed": True}
"""Marks the journal entry of a call without a recording."""


MAX_MATCHED_IN_LOOP = 64 * 1024
"""Bytes of a request body whose secrets are removed without a thread."""
Result = TypeVar("Result")


class Replay:
    """A source that plays the interactions recorded for a request.

    `speed` is 0 for at once, 1 for the recorded time, 2 for half of it. `others` are the sources
    that come next: they open the sessions that are not recorded. None refuses these.
    """

    def __init__(self, library: InteractionIndex, *, speed: float = 0.0) -> None:
        self.library = library
        self.speed = speed
        self.others: tuple[Source, ...] | None = None

    async def answer(self, call: Call) -> Answer | None:
        """Return the next recorded response to a call; None for a miss."""
        if (unreadable := refuse_unreadable(call)) is not None:
            return unreadable
        if is_handshake(call.wire):
            return await self.play_refusal(call) or self.open_session(call)
        interaction = await self.take_interaction(await read_request(call.wire, self.library), call)
        if interaction is None:
            return None
        response = build_response(interaction, call.wire, self.speed)
        return Answer(VerbatimResponse(response), "cassette")

    async def play_refusal(self, call: Call) -> Answer | None:
        """Return the recorded refusal of a handshake, if it is the turn of one."""
        interaction = await self.take_refusal(call)
        if interaction is None:
            return None
        response = build_response(interaction, call.wire, self.speed)
        return Answer(VerbatimResponse(response), "cassette")

    async def take_refusal(self, call: Call) -> Interaction | None:
        """Return the next refusal of a handshake, if there is one left in its world."""
        if not self.library.refusals:
            return None
        request = await read_request(call.wire, self.library)
        for form in (request, *(await redact_request(call.wire, self.library)).forms):
            if (interaction := self.library.take_refusal(form, call.world)) is not None:
                return interaction
        return None

    def open_session(self, call: Call) -> Answer | None:
        """Return a session for a socket; None if none was recorded at its path and others answer.

        Its setup, which comes later, says which recording is played.
        """
        if self.others is not None and not self.library.has_sockets(call.wire.path):
            return None
        return open_replay(self.library, call, self.speed, self.others)

    async def take_interaction(self, request: MatchableRequest, call: Call) -> Interaction | None:
        """Return the next interaction for a call, if there is one left in its world."""
        return self.library.take_next(request, call.world) or await self.take_redacted(
            request, call.wire, call.world
        )

    async def take_redacted(
        self, request: MatchableRequest, wire: WireRequest, world: World
    ) -> Interaction | None:
        """Return the next interaction for a request that holds a secret.

        Requests without one are found without this work.
        """
        for form in (await redact_request(wire, self.library)).forms:
            if form != request and (interaction := self.library.take_next(form, world)):
                return interaction
        return None


class RefuseMisses:
    """A source that refuses calls without a recording, with the nearest one and what to do."""

    def __init__(self, library: InteractionIndex) -> None:
        self.library = library

    async def answer(self, call: Call) -> Answer:
        """Return a 404 that describes the miss."""
        request = await read_request(call.wire, self.library)
        clean = await redact_request(call.wire, self.library)
        message = await run_aside_if(is_long(call.wire), self.message, request, clean)
        failure = Failure(Code.NOT_FOUND, message, reason="not_recorded")
        return Answer(failure, "cassette", details=MISS_DETAILS)

    def message(self, request: MatchableRequest, clean: Redacted) -> str:
        """Return the message of a miss, without secrets.

        It ends up in an SDK's exception and in the logs of CI. It is made of redacted forms of the
        request, because a secret that is cut short does not look like one any more.
        """
        times = max(self.library.count_recordings(form) for form in (request, *clean.forms))
        finder = build_finder(clean.secrets, self.library.redaction.patterns)
        return finder.redact(describe_miss(clean.forms[-1], self.library, times))


def is_handshake(wire: WireRequest) -> bool:
    """Whether a request opens a WebSocket."""
    return wire.headers.get("upgrade", "").strip().lower() == "websocket"


def refuse_unreadable(call: Call) -> Answer | None:
    """Return the error for a request whose body can't be read; None if it can be.

    A body in an unknown content coding can be recorded and played as it is.
    """
    if not call.wire.error or call.wire.unknown_coding:
        return None
    return Answer(failure_of_unreadable(call.wire), "cassette")


def describe_miss(request: MatchableRequest, library: InteractionIndex, times: int) -> str:
    """Return why a request can't be played; `times` is how often it was recorded."""
    name = f"{request.method} {request.path}"
    if times:
        return (
            f"mockgem: {name} was recorded {times} time{'s' if times > 1 else ''} and has been "
            "played as often. Record it again, or repeat the last one with "
            "--allow-playback-repeats."
        )
    advice = "Record it with: mockgem record --mode new_episodes --cassette FILE"
    nearest = library.find_nearest(request)
    if nearest is None:
        return f"mockgem: {name} is not in the cassette, which is empty. {advice}"
    lines = "".join(f"\n  {line}" for line in nearest.differences[:8])
    best = f"{nearest.interaction.method} {nearest.interaction.uri}"
    return f"mockgem: {name} is not in the cassette. The nearest is {best}:{lines}\n{advice}"


async def redact_request(wire: WireRequest, library: InteractionIndex) -> Redacted:
    """Return the forms without secrets of a request whose body has been read."""
    uri = uri_of(wire, library)
    read = library.requests.read
    return await run_aside_if(is_long(wire), read, wire.method, uri, wire.body, wire.headers)


def is_long(wire: WireRequest) -> bool:
    """Return whether work on a body takes so long that others should get their answers."""
    return len(wire.body) > MAX_MATCHED_IN_LOOP


def uri_of(wire: WireRequest, library: InteractionIndex) -> str:
    """Return the URI of a request, with the host that its client named if matching needs that."""
    if "host" not in library.matcher.match_on:
        return wire.path_and_query
    return f"//{wire.headers.get('host', '')}{wire.path_and_query}"


async def read_request(wire: WireRequest, library: InteractionIndex) -> MatchableRequest:
    """Return a request for matching. A streamed body is read, and kept for the next source."""
    await wire.read_stream()
    return normalize_request(wire.method, uri_of(wire, library), wire.body, wire.headers)


def build_response(interaction: Interaction, wire: WireRequest, speed: float) -> WireResponse:
    """Return a recorded response, with URLs that lead to this server."""
    headers = tuple(
        [pair for pair in interaction.headers if pair[0].lower() not in FRAMING_HEADERS]
    )
    if any(name.lower() in URL_HEADERS for name, _ in headers):
        headers = rewrite_urls(headers, wire, base_url_of(interaction.uri))
    if wire.method == "HEAD":
        return build_head_response(interaction, headers)
    return WireResponse(interaction.status, headers, build_body(interaction, speed))


def build_head_response(interaction: Interaction, headers: HeaderList) -> WireResponse:
    """Return the response to HEAD, with the Content-Length of the body that is not sent.

    The body is sent as frames, because the server writes the length of bytes itself.
    """
    length = interaction.get_header("content-length")
    if not re.fullmatch("[0-9]{1,18}", length):
        return WireResponse(interaction.status, headers)
    headers = (*headers, ("Content-Length", length))
    return WireResponse(interaction.status, headers, iter_frames(b""))


def build_body(interaction: Interaction, speed: float) -> Body:
    """Return the recorded body: whole, in its chunks, or with their pauses."""
    chunks = split_chunks(interaction)
    if interaction.broken:
        return replay_broken(chunks, interaction, speed)
    if speed and len(chunks) > 1:
        return replay_timed(chunks, interaction, speed)
    is_stream = len(chunks) > 1 or is_event_stream(interaction)
    if is_stream and interaction.body:
        return ChunkedBody(encode_chunks(chunks))
    return interaction.body


def is_event_stream(interaction: Interaction) -> bool:
    return parse_media_type(interaction.get_header("content-type")) == "text/event-stream"


def base_url_of(uri: str) -> str:
    """Return the part of a recorded URL in front of the API's own path."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}{parts.path[: prefix_length(parts.path)]}"


def rewrite_urls(headers: HeaderList, wire: WireRequest, base: str) -> HeaderList:
    """Return headers in which URLs of the upstream lead to this server.

    `base` is the upstream's URL, which may end with a path: clients do not send that one here.
    """
    return tuple([(name, rewrite_url(name, value, wire, base)) for name, value in headers])


def rewrite_url(name: str, value: str, wire: WireRequest, base: str) -> str:
    """Return a header's value; URLs of other servers stay, and clients go there themselves."""
    if name.lower() not in URL_HEADERS or not value.startswith("http"):
        return value
    parts, upstream = urlsplit(value), urlsplit(base)
    if parts.netloc != upstream.netloc:
        return value
    path, prefix = parts.path, upstream.path.rstrip("/")
    if path.startswith(prefix + "/"):
        path = path.removeprefix(prefix)
    return f"{wire.base_url}{path}" + (f"?{parts.query}" if parts.query else "")


def split_chunks(interaction: Interaction) -> list[bytes]:
    """Return the body in the chunks in which it arrived, if their sizes still fit the body."""
    sizes = [size for _, size in interaction.chunks]
    if sum(sizes) != len(interaction.body) or len(sizes) < 2:
        return [interaction.body]
    chunks, start = [], 0
    for size in sizes:
        chunks.append(interaction.body[start : start + size])
        start += size
    return chunks


async def replay_timed(chunks: list[bytes], interaction: Interaction, speed: float) -> Frames:
    """Yield the chunks with their recorded pauses."""
    before = 0
    for (ms, _), chunk in zip(interaction.chunks, chunks, strict=True):
        yield Frame(chunk, max(0, ms - before) / 1000 / speed)
        before = ms


async def replay_broken(chunks: list[bytes], interaction: Interaction, speed: float) -> Frames:
    """Yield the chunks, and drop the connection where the recorded one ended."""
    if speed and len(interaction.chunks) == len(chunks):
        async for frame in replay_timed(chunks, interaction, speed):
            yield frame
    else:
        for chunk in chunks:
            yield Frame(chunk)
    raise ConnectionDropped(drop_mode_of(interaction.broken))
