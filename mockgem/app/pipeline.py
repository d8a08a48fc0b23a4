"""The way of one request through mockgem: read it, answer it, render it, disturb it, note it."""

from __future__ import annotations

import logging
import time
import traceback
from contextlib import aclosing
from dataclasses import replace
from functools import reduce

from mockgem.app.router import Routes
from mockgem.core.call import Answer, Call, Fault, Recorded, Source
from mockgem.core.errors import Code, Failure, Unrouted
from mockgem.core.http import Body, Frames, Hangup, Pieces, WireRequest, WireResponse, frames_of
from mockgem.core.journal import SHOWN, Entry, Journal
from mockgem.core.scheduling import turn
from mockgem.core.world import World


async def exchange(wire: WireRequest, routes: Routes, sources: tuple[Source, ...], world: World) -> WireResponse:
    """The whole way. A mistake of our own on it is answered as the real service answers its own, and told on stderr."""
    began = time.perf_counter()
    try:
        call = routes.read(wire, world)
        await turn()
        for source in sources:
            if (answer := await source.answer(call)) is not None:
                break
        else:
            answer = unanswered(call)
        await turn()
        response = render(call, answer)
        if answer.told is not None or answer.faults:
            response = await disturb(response, answer)
    except Exception:
        mistake = without_keys(f"{wire.path}\n{traceback.format_exc()}")
        log.error("a mistake of mockgem's own at %s %s", wire.method, mistake)
        call, answer = routes.unread(wire, world), Answer(INTERNAL, "bug")
        response = render(call, answer)
    return note(world, call, answer, response, began)


INTERNAL = Failure(Code.INTERNAL, "Internal error encountered.")
log = logging.getLogger("mockgem")


def without_keys(text: str) -> str:
    from mockgem.recording.redaction import hide_keys

    return hide_keys(text)


def unanswered(call: Call) -> Answer:
    return Answer(Failure(Code.NOT_FOUND, f"Nothing answers {call.wire.method} {without_keys(call.wire.path)}"), "nobody")


def render(call: Call, answer: Answer) -> WireResponse:
    endpoint = call.endpoint or call.surface.dialect.endpoints[0]
    match answer.content:
        case Failure() as failure:
            return endpoint.encode_failure(failure, call.wire)
        case Recorded(response):
            return response
        case Unrouted() as unrouted:
            return call.surface.dialect.not_found(unrouted)
        case content:
            return endpoint.encode(call.request if answer.request is None else answer.request, content)


async def disturb(response: WireResponse, answer: Answer) -> WireResponse:
    """First what changes the body, then what happens to it, each working on the frames the one before it leaves. Without
    either a body stays bytes.

    A whole body keeps telling its length, so that one which is cut off is noticed.
    """
    if answer.headers:
        response = replace(response, headers=with_headers(response.headers, answer.headers))
    if answer.changes:
        response = await changed(response, answer.changes)
    if not answer.faults:
        return response
    headers = response.headers
    if isinstance(response.body, bytes) and not any(name == "Content-Length" for name, _ in headers):
        headers = (*headers, ("Content-Length", str(len(response.body))))
    return replace(response, headers=headers, body=through(answer.faults, response.body))


def through(faults: tuple[Fault, ...], body: Body) -> Frames:
    return reduce(lambda frames, fault: fault(frames), faults, frames_of(body))


async def changed(response: WireResponse, changes: tuple[Fault, ...]) -> WireResponse:
    """A body that was whole is whole again, with its new length."""
    frames = through(changes, response.body)
    if not isinstance(response.body, bytes):
        return replace(response, body=frames)
    async with aclosing(frames):
        body = b"".join([frame.data async for frame in frames])
    size = ("Content-Length", str(len(body)))
    return replace(
        response, headers=tuple([size if one[0] == "Content-Length" else one for one in response.headers]), body=body
    )


Headers = tuple[tuple[str, str], ...]


def with_headers(headers: Headers, more: Headers) -> Headers:
    """Headers and more of them; one that is there already is replaced."""
    names = {name.lower() for name, _ in more}
    return (*[pair for pair in headers if pair[0].lower() not in names], *more)


def note(world: World, call: Call, answer: Answer, response: WireResponse, began: float) -> WireResponse:
    wire, path, model = call.wire, call.wire.path, call.model
    if wire.base:
        path = wire.base + path
    if len(path) > LONGEST or len(model) > LONGEST:
        path, model = short(path), short(model)
    asked = 0
    if len(wire.body) > SHOWN:
        asked, wire = len(wire.body), replace(wire, body=wire.body[:SHOWN])
    now = time.perf_counter()
    entry = Entry(
        world.clock(), wire.method, path, call.surface.name, model, response.status, answer.source, now - began, wire,
        response.headers, b"", call.key, answer.told, began, now,
    )  # fmt: skip
    if asked:
        entry.asked = asked
    body = response.body
    if isinstance(body, bytes):
        entry.body, entry.size = (body if len(body) <= SHOWN else body[:SHOWN]), len(body)
    elif isinstance(body, Pieces):
        entry.body, entry.size = (body.chunked if len(body.chunked) <= SHOWN else body.chunked[:SHOWN]), len(body.chunked)
    else:
        response = replace(response, body=followed(body, entry, world.journal))
    if entry.surface == "admin":
        world.journal.pass_on(entry)  # looking at the journal is nothing to look at
    else:
        world.journal.add(entry)
    return response


async def followed(frames: Frames, entry: Entry, journal: Journal) -> Frames:
    """The frames, written down as they go. Their bytes are put together at the end."""
    entry.outcome, entry.unsent = "open", True
    kept: list[bytes] = []
    room = SHOWN
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
    except Hangup as hangup:
        half = hangup.how == "half"
        entry.outcome, entry.unsent = "whole" if half else "cut", entry.unsent and not half
        raise
    finally:
        entry.ended = time.perf_counter()
        if entry.outcome == "open":
            entry.outcome = "left"
        journal.finish(entry, b"".join(kept))


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


LONGEST = 256
"""Characters of a path or a model's name that are written down."""
