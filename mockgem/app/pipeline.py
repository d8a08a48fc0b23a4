"""The pipeline: route a request, answer it, render the answer, apply faults, write the journal."""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import replace

from mockgem.app.internal_errors import INTERNAL_ERROR, log_internal_error, redact_keys
from mockgem.app.journaling import add_journal_entry
from mockgem.app.repeated_answers import RepeatRules, remember_answer
from mockgem.app.router import Router
from mockgem.core.call import Answer, Call, Fault, Source, VerbatimResponse
from mockgem.core.errors import ApiError, Code, Failure, RouteNotFound
from mockgem.core.frozen import frozen
from mockgem.core.http import (
    BODILESS,
    Body,
    ChunkedBody,
    Frames,
    WireRequest,
    WireResponse,
    iter_frames,
)
from mockgem.core.paced_frames import pace_body
from mockgem.core.scheduling import LARGE_BODY, run_aside, takes_long_to_read, yield_control
from mockgem.core.sockets import SWITCHING_PROTOCOLS, SocketResponse
from mockgem.core.world import World
from mockgem.faults.frames import FrameFault, collect, iter_collected
from mockgem.operations.draft import Reply, estimate_size


@frozen
class Pipeline:
    """The router, the sources in the order in which they are asked, the source of mockgem's own
    API, and the sources that answer the turns of a session. `repeat_rules` say which answers
    may be repeated; None means none."""

    router: Router
    sources: tuple[Source, ...]
    admin_sources: tuple[Source, ...]
    turn_sources: tuple[Source, ...] = ()
    repeat_rules: RepeatRules | None = None


async def handle_request(pipeline: Pipeline, wire: WireRequest, world: World) -> WireResponse:
    """Route a request, answer it, apply faults to the response, and write it to the journal.

    An exception in mockgem becomes the error that the real service sends for its own ("Internal
    error encountered."), with the traceback in the log.
    """
    began = time.perf_counter()
    try:
        if takes_long_to_read(wire.body):
            call = await run_aside(pipeline.router.resolve, wire, world)
        else:
            call = pipeline.router.resolve(wire, world)
        await yield_control()
        for source in pipeline.admin_sources if call.surface.is_admin else pipeline.sources:
            if (answer := await source.answer(call)) is not None:
                break
        else:
            answer = refuse_unanswered(call)
        if not answer.faults:  # a fault may count the call as ended: a cancel here would lose that
            await yield_control()
        if len(wire.body) > LARGE_BODY and takes_long_to_render(answer):
            response = await run_aside(render_answer, call, answer)
        else:
            response = render_answer(call, answer)
        if answer.details is not None or answer.faults:
            response = await apply_faults(response, answer)
        if response.status == SWITCHING_PROTOCOLS and isinstance(response, SocketResponse):
            from mockgem.app.sockets import open_socket

            return await open_socket(pipeline.turn_sources, call, answer, response, began)
    except ApiError as error:  # a scenario's state can't be read or written
        call = pipeline.router.resolve_undecoded(wire, world)
        answer = Answer(error.failure, "storage")
        response = render_answer(call, answer)
    except Exception as error:
        log_internal_error(wire, error)
        call = pipeline.router.resolve_undecoded(wire, world)
        answer = Answer(INTERNAL_ERROR, "bug")
        response = render_answer(call, answer)
    if wire.known_head is not None and pipeline.repeat_rules is not None:
        remember_answer(call, answer, response, pipeline.repeat_rules)
    return await add_journal_entry(world, call, answer, response, began)


def refuse_unanswered(call: Call) -> Answer:
    return Answer(
        Failure(
            Code.NOT_FOUND, f"Nothing answers {call.wire.method} {redact_keys(call.wire.path)}"
        ),
        "nobody",
    )


def takes_long_to_render(answer: Answer) -> bool:
    """Return whether an answer may be as long as the large request that it belongs to."""
    content = answer.content
    return not isinstance(content, Reply) or estimate_size(content.draft) > SHORT_REPLY


SHORT_REPLY = 100_000


def render_answer(call: Call, answer: Answer) -> WireResponse:
    """Encode an answer with the endpoint's dialect."""
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
    frames = pace_body(body)
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


UNKNOWN_LENGTH = 10**9
"""The length that `short_body` assumes of a stream whose length is not known."""


Headers = tuple[tuple[str, str], ...]


def merge_headers(headers: Headers, more: Headers) -> Headers:
    """Return headers with more of them, which replace those of the same name."""
    names = {name.lower() for name, _ in more}
    return (*[pair for pair in headers if pair[0].lower() not in names], *more)
