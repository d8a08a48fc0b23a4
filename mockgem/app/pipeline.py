"""The way of one request through mockgem: read it, answer it, render it, disturb it, note it."""

from __future__ import annotations

import logging
import time
import traceback
from contextlib import aclosing
from dataclasses import replace
from functools import reduce

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


async def handle_request(
    wire: WireRequest, routes: Router, sources: tuple[Source, ...], world: World
) -> WireResponse:
    """The whole way. A mistake of our own on it is answered as the real service answers its own, and told on stderr."""
    began = time.perf_counter()
    try:
        call = routes.resolve(wire, world)
        await yield_control()
        for source in call.surface.sources or sources:
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
    """First what changes the body, then what happens to it, each working on the frames the one before it leaves. Without
    either a body stays bytes.

    A whole body keeps telling its length, so that one which is cut off is noticed.
    """
    if answer.headers:
        response = replace(response, headers=merge_headers(response.headers, answer.headers))
    if answer.changes:
        response = await apply_body_changes(response, answer.changes)
    if not answer.faults:
        return response
    headers = response.headers
    if isinstance(response.body, bytes) and not any(
        name == "Content-Length" for name, _ in headers
    ):
        headers = (*headers, ("Content-Length", str(len(response.body))))
    return replace(response, headers=headers, body=apply_in_order(answer.faults, response.body))


def apply_in_order(faults: tuple[Fault, ...], body: Body) -> Frames:
    return reduce(lambda frames, fault: fault(frames), faults, iter_frames(body))


async def apply_body_changes(response: WireResponse, changes: tuple[Fault, ...]) -> WireResponse:
    """A body that was whole is whole again, with its new length."""
    frames = apply_in_order(changes, response.body)
    if not isinstance(response.body, bytes):
        return replace(response, body=frames)
    async with aclosing(frames):
        body = b"".join([frame.data async for frame in frames])
    size = ("Content-Length", str(len(body)))
    return replace(
        response,
        headers=tuple([size if one[0] == "Content-Length" else one for one in response.headers]),
        body=body,
    )


Headers = tuple[tuple[str, str], ...]


def merge_headers(headers: Headers, more: Headers) -> Headers:
    """Headers and more of them; one that is there already is replaced."""
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
        world.clock(), wire.method, path, call.surface.name, model, response.status, answer.source, now - began, wire,
        response.headers, b"", call.key, answer.details, began, now,
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
        world.journal.emit(entry)  # looking at the journal is nothing to look at
    else:
        world.journal.add(entry)
    return response


async def track_frames(frames: Frames, entry: JournalEntry, journal: Journal) -> Frames:
    """The frames, written down as they go. Their bytes are put together at the end."""
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
"""Characters of a path or a model's name that are written down."""
