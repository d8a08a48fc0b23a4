"""The pipeline: route a request, answer it, render the answer, apply faults, write the journal."""

from __future__ import annotations

import logging
import time
import traceback
from contextlib import aclosing
from dataclasses import replace
from functools import reduce

from mockgem.app.journaling import add_journal_entry
from mockgem.app.router import Router
from mockgem.core.call import Answer, Call, Fault, Source, VerbatimResponse
from mockgem.core.errors import Code, Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import (
    Body,
    Frames,
    WireRequest,
    WireResponse,
    iter_frames,
)
from mockgem.core.scheduling import yield_control
from mockgem.core.world import World


@frozen
class Pipeline:
    """The router, the sources in the order in which they are asked, and the source of mockgem's own
    API."""

    router: Router
    sources: tuple[Source, ...]
    admin_sources: tuple[Source, ...]


async def handle_request(pipeline: Pipeline, wire: WireRequest, world: World) -> WireResponse:
    """Route a request, answer it, apply faults to the response, and write it to the journal.

    An exception in mockgem becomes the error that the real service sends for its own ("Internal
    error encountered."), with the traceback in the log.
    """
    began = time.perf_counter()
    try:
        call = pipeline.router.resolve(wire, world)
        await yield_control()
        for source in pipeline.admin_sources if call.surface.is_admin else pipeline.sources:
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
        log.error("an error in mockgem at %s %s", wire.method, mistake)
        call = pipeline.router.resolve_undecoded(wire, world)
        answer = Answer(INTERNAL_ERROR, "bug")
        response = render_answer(call, answer)
    return await add_journal_entry(world, call, answer, response, began)


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
    """Encode an answer in the words of the endpoint's dialect."""
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
    """First what changes the body, then what happens to it, each working on the frames the one
    before it leaves. Without either a body stays bytes.

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
