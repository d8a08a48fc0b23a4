"""The pipeline of a request: decode it, answer it, encode the answer, apply faults, journal it."""

from __future__ import annotations

import logging
import time
import traceback
from contextlib import aclosing
from dataclasses import replace

from mockgem.app.router import Router
from mockgem.core.call import Answer, Call, Fault, Source, VerbatimResponse
from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.http import (
    Body,
    ChunkedBody,
    ConnectionDropped,
    Frames,
    WireRequest,
    WireResponse,
    iter_frames,
)
from mockgem.core.journal import KEPT_BODY_BYTES, Journal, JournalEntry
from mockgem.core.scheduling import yield_control
from mockgem.core.world import World
from mockgem.faults.frames import FrameFault, collect, iter_collected


async def handle_request(
    wire: WireRequest, routes: Router, sources: tuple[Source, ...], world: World
) -> WireResponse:
    """Answer a request and add it to the journal.

    A bug of mockgem is answered as the real service answers its own, and logged to stderr.
    """
    began = time.perf_counter()
    try:
        call = routes.resolve(wire, world)
        await yield_control()
        for source in sources:
            if (answer := await source.answer(call)) is not None:
                break
        else:
            answer = refuse_unanswered(call)
        await yield_control()
        response = render_answer(call, answer)
        if answer.details is not None or answer.faults:
            response = await apply_faults(response, answer)
    except Exception:
        mistake = redact_keys(f"{wire.path}\n{traceback.format_exc()}")
        log.error("a mistake of mockgem's own at %s %s", wire.method, mistake)
        call, answer = routes.resolve_undecoded(wire, world), Answer(INTERNAL_ERROR, "bug")
        response = render_answer(call, answer)
    return add_journal_entry(world, call, answer, response, began)


INTERNAL_ERROR = Failure(Code.INTERNAL, "Internal error encountered.")
log = logging.getLogger("mockgem")


def redact_keys(text: str) -> str:
    from mockgem.recording.redaction import hide_keys

    return hide_keys(text)


def refuse_unanswered(call: Call) -> Answer:
    return Answer(
        Failure(
            Code.NOT_FOUND, f"Nothing answers {call.wire.method} {redact_keys(call.wire.path)}"
        ),
        "nobody",
    )


def render_answer(call: Call, answer: Answer) -> WireResponse:
    endpoint = call.endpoint or call.surface.dialect.endpoints[0]
    match answer.content:
        case Failure() as failure:
            return endpoint.encode_failure(failure, call.wire)
        case VerbatimResponse(response):
            return response
        case RouteNotFound() as unrouted:
            return call.surface.dialect.not_found(unrouted)
        case content:
            return endpoint.encode(
                call.request if answer.request is None else answer.request, content
            )


async def apply_faults(response: WireResponse, answer: Answer) -> WireResponse:
    """Return a response with the headers and faults of its answer.

    First the changes make another body, then the faults disturb its delivery; each works on the
    frames that the one before it leaves. A whole body still announces its length, so that a client
    notices if it is cut off.
    """
    if answer.headers:
        response = replace(response, headers=merge_headers(response.headers, answer.headers))
    response, in_memory = await apply_changes(response, answer.changes)
    if not answer.faults:
        return response
    body: Body = response.body
    missing = sum([one.missing_bytes for one in answer.faults if isinstance(one, FrameFault)])
    if missing and in_memory:
        collected, end = await collect(iter_frames(body))
        length: int | None = sum([len(frame.data) for frame in collected])
        body = iter_collected(collected, end)
    else:
        length = len(body) if isinstance(body, bytes) else None
    return replace(
        response,
        headers=announce_length(response, length, missing),
        body=apply_in_order(answer.faults, body, in_memory=in_memory),
    )


async def apply_changes(
    response: WireResponse, changes: tuple[Fault, ...]
) -> tuple[WireResponse, bool]:
    """Return a response with a changed body, and whether all of the body is in memory.

    A body that was whole is whole again, with its new length.
    """
    in_memory = isinstance(response.body, (bytes, ChunkedBody))
    if not changes:
        return response, in_memory
    frames = apply_in_order(changes, response.body, in_memory=in_memory)
    if not isinstance(response.body, bytes):
        return replace(response, body=frames), in_memory
    async with aclosing(frames):
        body = b"".join([frame.data async for frame in frames])
    length = ("Content-Length", str(len(body)))
    headers = tuple([length if one[0] == "Content-Length" else one for one in response.headers])
    return replace(response, headers=headers, body=body), in_memory


def apply_in_order(faults: tuple[Fault, ...], body: Body, *, in_memory: bool) -> Frames:
    frames = iter_frames(body)
    for fault in faults:
        frames = fault.apply(frames, in_memory) if isinstance(fault, FrameFault) else fault(frames)
    return frames


def announce_length(response: WireResponse, length: int | None, missing: int) -> Headers:
    """Return headers with the Content-Length of a whole body, plus the bytes that are missing."""
    headers = response.headers
    announced = next((text for name, text in headers if name == "Content-Length"), None)
    if response.status in BODILESS or (not missing and (length is None or announced is not None)):
        return headers
    if length is None:
        length = UNKNOWN_LENGTH if announced is None else int(announced)
    return merge_headers(headers, (("Content-Length", str(length + missing)),))


BODILESS = (204, 304)
"""Statuses of responses without a body; 204 has no Content-Length either (RFC 9110, 8.6)."""
UNKNOWN_LENGTH = 10**9
"""The length that `short_body` assumes of a stream whose length is not known."""


Headers = tuple[tuple[str, str], ...]


def merge_headers(headers: Headers, more: Headers) -> Headers:
    """Return headers with more of them, which replace those of the same name."""
    names = {name.lower() for name, _ in more}
    return (*[pair for pair in headers if pair[0].lower() not in names], *more)


def add_journal_entry(
    world: World, call: Call, answer: Answer, response: WireResponse, began: float
) -> WireResponse:
    wire, path, model = call.wire, call.wire.path, call.model
    if wire.base_path:
        path = wire.base_path + path
    if len(path) > MAX_TEXT or len(model) > MAX_TEXT:
        path, model = trim_text(path), trim_text(model)
    asked = 0
    if len(wire.body) > KEPT_BODY_BYTES:
        asked, wire = len(wire.body), replace(wire, body=wire.body[:KEPT_BODY_BYTES])
    now = time.perf_counter()
    entry = JournalEntry(
        world.clock(), wire.method, path, call.surface.name, model, response.status,
        answer.source, now - began, wire, response.headers, b"", call.key, answer.details,
        began, now,
    )  # fmt: skip
    if asked:
        entry.request_size = asked
    body = response.body
    if isinstance(body, bytes):
        entry.body, entry.size = (
            (body if len(body) <= KEPT_BODY_BYTES else body[:KEPT_BODY_BYTES]),
            len(body),
        )
    elif isinstance(body, ChunkedBody):
        entry.body, entry.size = (
            (
                body.encoded
                if len(body.encoded) <= KEPT_BODY_BYTES
                else body.encoded[:KEPT_BODY_BYTES]
            ),
            len(body.encoded),
        )
    else:
        response = replace(response, body=track_frames(body, entry, world.journal))
    if entry.surface == "admin":
        world.journal.emit(entry)  # requests to the admin API are not part of the journal
    else:
        world.journal.add(entry)
    return response


async def track_frames(frames: Frames, entry: JournalEntry, journal: Journal) -> Frames:
    """Yield frames, and add their bytes to the journal entry when they end."""
    entry.outcome, entry.unsent = "open", True
    kept: list[bytes] = []
    room = KEPT_BODY_BYTES
    try:
        async with aclosing(frames):
            async for frame in frames:
                data = frame.data
                entry.unsent = entry.unsent and bool(frame.delay)
                entry.size += len(data)
                if room > 0:
                    kept.append(data if len(data) <= room else data[:room])
                    room -= len(data)
                yield frame
                entry.unsent = False
        entry.outcome, entry.unsent = "whole", False
    except ConnectionDropped as hangup:
        half = hangup.mode == "half"
        entry.outcome, entry.unsent = "whole" if half else "cut", entry.unsent and not half
        raise
    finally:
        entry.ended_at = time.perf_counter()
        if entry.outcome == "open":
            entry.outcome = "left"
        journal.finish(entry, b"".join(kept))


def trim_text(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "…"


MAX_TEXT = 256
"""How many characters of a path or a model's name the journal keeps."""
