"""The way of one request through mockgem: read it, answer it, render it, disturb it, note it."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from functools import reduce

from mockgem.core.call import Answer, Call, Recorded, Source
from mockgem.core.errors import Code, Failure, Unrouted
from mockgem.core.journal import Entry
from mockgem.core.pace import turn
from mockgem.core.wire import WireRequest, WireResponse, frames_of
from mockgem.core.world import World
from mockgem.routes import Routes


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
        response = disturb(render(call, answer), answer)
    except Exception:
        log.exception("a mistake of mockgem's own at %s %s", wire.method, wire.path)
        call, answer = routes.unread(wire, world), Answer(INTERNAL, "bug")
        response = render(call, answer)
    return note(world, call, answer, response, time.perf_counter() - began)


INTERNAL = Failure(Code.INTERNAL, "Internal error encountered.")
log = logging.getLogger("mockgem")


def unanswered(call: Call) -> Answer:
    return Answer(Failure(Code.NOT_FOUND, f"Nothing answers {call.wire.method} {call.wire.path}"), "nobody")


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
            return endpoint.encode(call.request, content)


def disturb(response: WireResponse, answer: Answer) -> WireResponse:
    """The faults in turn, each working on the frames the one before it leaves. Without faults a body stays bytes."""
    if not answer.faults:
        return response
    frames = reduce(lambda frames, fault: fault(frames), answer.faults, frames_of(response.body))
    return replace(response, body=frames)


def note(world: World, call: Call, answer: Answer, response: WireResponse, seconds: float) -> WireResponse:
    wire, path, model = call.wire, call.wire.path, call.model
    if wire.base:
        path = wire.base + path
    if len(path) > LONGEST or len(model) > LONGEST:
        path, model = short(path), short(model)
    status, source = response.status, answer.source
    world.journal.add(Entry(world.clock(), wire.method, path, call.surface.name, model, status, source, seconds))
    return response


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


LONGEST = 256
"""Characters of a path or a model's name that are written down."""
