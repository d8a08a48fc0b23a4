"""Answers from recordings: byte for byte, at once or in the time it took."""

from __future__ import annotations

from urllib.parse import urlsplit

from mockgem.core.call import Answer, Call, VerbatimResponse
from mockgem.core.errors import Code, Failure
from mockgem.core.http import (
    ChunkedBody,
    ConnectionDropped,
    Frame,
    Frames,
    WireRequest,
    WireResponse,
    encode_chunks,
)
from mockgem.recording.index import InteractionIndex
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import MatchableRequest, normalize_request
from mockgem.recording.redacted_requests import Redacted
from mockgem.recording.redaction import compile_secrets, redact_text

URL_HEADERS = ("location", "x-goog-upload-url", "x-goog-upload-control-url")
"""Headers with addresses that clients go on with: they have to lead here."""


MISS_DETAILS = {"missed": True}
"""What the journal is told of a call that no recording is for."""


class Replay:
    """Plays what was recorded for a request. `speed` is 0 for at once, 1 for the recorded time, 2 for half of it."""

    def __init__(self, library: InteractionIndex, *, speed: float = 0.0) -> None:
        self.library = library
        self.speed = speed

    async def answer(self, call: Call) -> Answer | None:
        wanted, world = await read_request(call.wire), call.world.name
        found = self.library.take_next(wanted, world) or self.play_redacted(
            wanted, call.wire, world
        )
        if found is None:
            return None
        return Answer(VerbatimResponse(build_response(found, call.wire, self.speed)), "cassette")

    def play_redacted(
        self, wanted: MatchableRequest, wire: WireRequest, world: str
    ) -> Interaction | None:
        """Return what was recorded for a request that holds a secret. Others were found as they are, without this work."""
        forms = [form for form in redacted(wire, self.library).forms if form != wanted]
        return next(
            (found for form in forms if (found := self.library.take_next(form, world)) is not None),
            None,
        )


class RefuseMisses:
    """Refuses what was not recorded, with what was recorded nearest to it and what to do."""

    def __init__(self, library: InteractionIndex) -> None:
        self.library = library

    async def answer(self, call: Call) -> Answer | None:
        wanted = await read_request(call.wire)
        failure = Failure(
            Code.NOT_FOUND,
            self.message(wanted, redacted(call.wire, self.library)),
            reason="not_recorded",
        )
        return Answer(failure, "cassette", details=MISS_DETAILS)

    def message(self, wanted: MatchableRequest, clean: Redacted) -> str:
        """Return what to say of a miss. It ends up in an SDK's exception and in the logs of CI, so it is made of forms
        without secrets: what is cut short in it would not look like a secret any more."""
        times = max(self.library.count_recordings(form) for form in (wanted, *clean.forms))
        finders = (*compile_secrets(clean.secrets), *self.library.redaction.patterns)
        return redact_text(describe_miss(clean.forms[-1], self.library, times), finders)


def describe_miss(wanted: MatchableRequest, library: InteractionIndex, times: int) -> str:
    what = f"{wanted.method} {wanted.path}"
    if times:
        return (
            f"mockgem: {what} was recorded {times} time{'s' if times > 1 else ''} and has been played as often. Record it "
            "again, or let the last one be repeated with --allow-playback-repeats."
        )
    how = "Record it with: mockgem record --mode new_episodes --cassette FILE"
    nearest = library.find_nearest(wanted)
    if nearest is None:
        return f"mockgem: {what} is not in the cassette, which is empty. {how}"
    lines = "".join(f"\n  {line}" for line in nearest.differences[:8])
    best = f"{nearest.interaction.method} {nearest.interaction.uri}"
    return f"mockgem: {what} is not in the cassette. The nearest is {best}:{lines}\n{how}"


def redacted(wire: WireRequest, library: InteractionIndex) -> Redacted:
    """Return a request's forms without secrets. Its body is read already (`asked`)."""
    return library.requests.read(wire.method, wire.path_and_query, wire.body, wire.headers)


async def read_request(wire: WireRequest) -> MatchableRequest:
    """What a request asks. A body that is taken as it comes is read for that, and kept for whoever comes next."""
    if wire.stream is not None:
        wire.body = b"".join([piece async for piece in wire.iter_body()])
        wire.stream = None
    return normalize_request(wire.method, wire.path_and_query, wire.body, wire.headers)


def build_response(one: Interaction, wire: WireRequest, speed: float) -> WireResponse:
    host = urlsplit(one.uri).netloc
    headers = tuple(
        [
            (name, rewrite_url(name, text, wire, host))
            for name, text in one.headers
            if name.lower() not in FRAMING_HEADERS
        ]
    )
    parts = split_chunks(one)
    if one.broken:
        return WireResponse(one.status, headers, replay_broken(parts, one, speed))
    if speed and len(parts) > 1:
        return WireResponse(one.status, headers, replay_timed(parts, one, speed))
    streamed = len(parts) > 1 or "event-stream" in one.get_header("content-type")
    return WireResponse(
        one.status,
        headers,
        ChunkedBody(encode_chunks(parts)) if streamed and one.body else one.body,
    )


FRAMING_HEADERS = (
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "content-encoding",
    "date",
)


def rewrite_url(name: str, text: str, wire: WireRequest, host: str) -> str:
    """An address of the real service as one of this server; others stay, so that clients go there by themselves."""
    if name.lower() not in URL_HEADERS or not text.startswith("http"):
        return text
    parts = urlsplit(text)
    if parts.netloc != host:
        return text
    return (
        f"{wire.base_url}{parts.path}?{parts.query}"
        if parts.query
        else f"{wire.base_url}{parts.path}"
    )


def split_chunks(one: Interaction) -> list[bytes]:
    """The body in the pieces it came in, if its table still fits it."""
    if sum(size for _, size in one.chunks) != len(one.body) or len(one.chunks) < 2:
        return [one.body]
    parts, at = [], 0
    for _, size in one.chunks:
        parts.append(one.body[at : at + size])
        at += size
    return parts


async def replay_timed(parts: list[bytes], one: Interaction, speed: float) -> Frames:
    before = 0
    for (ms, _), part in zip(one.chunks, parts, strict=True):
        yield Frame(part, max(0, ms - before) / 1000 / speed)
        before = ms


async def replay_broken(parts: list[bytes], one: Interaction, speed: float) -> Frames:
    """The connection ends where it ended."""
    times = (
        [ms for ms, _ in one.chunks]
        if speed and len(one.chunks) == len(parts)
        else [0] * len(parts)
    )
    before = 0
    for ms, part in zip(times, parts, strict=True):
        yield Frame(part, max(0, ms - before) / 1000 / speed if speed else 0.0)
        before = ms
    raise ConnectionDropped
