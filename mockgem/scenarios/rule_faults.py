"""Build the faults of a decision: what they apply to, in which order, and with which waits."""

from __future__ import annotations

import json
from collections.abc import Callable

from mockgem.core.call import Answer, Call, Fault, VerbatimResponse
from mockgem.core.errors import Failure
from mockgem.core.http import BODILESS, ChunkedBody
from mockgem.faults.client_messages import ClientFault
from mockgem.faults.frames import estimate_tokens
from mockgem.faults.registry import FaultType, Stage, get_fault
from mockgem.operations.draft import Reply
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import CallFacts, is_on_surface
from mockgem.scenarios.schema import Fail, FaultSpec
from mockgem.scenarios.scripted_replies import BadDecision


def is_applicable(fault: FaultSpec, facts: CallFacts, answer: Answer) -> bool:
    """Whether a fault applies to an answer.

    A response without a body can only be disturbed before it arrives, because its head is all of
    it.
    """
    declared, is_refused = get_fault(fault.fault), is_error(answer.content)
    if not has_body(facts.call, answer) and not declared.acts_on_head(fault.at):
        return False
    if facts.is_socket and declared.stage is Stage.ERROR:
        return False  # no message of a session carries an error
    match declared.applies_to:
        case "responses":
            return True
        case "answers":
            return not is_refused
        case "streams":
            return not is_refused and facts.stream
        case "event streams":
            return not is_refused and facts.stream and not facts.is_array
        case "OpenAI streams":
            return not is_refused and facts.stream and is_on_surface(["openai"], facts.call.surface)
        case "replies":
            return isinstance(answer.content, Reply)
        case "embeddings":
            return not is_refused and facts.endpoints[0] == "embed"
        case "sockets":
            return facts.is_socket
        case "client messages":
            return not is_refused and facts.is_handshake


def has_body(call: Call, answer: Answer) -> bool:
    """Whether a response has a body: not to HEAD, and not with 204 or 304."""
    content = answer.content
    is_bodiless = isinstance(content, VerbatimResponse) and content.response.status in BODILESS
    return call.wire.method != "HEAD" and not is_bodiless


def is_error(content: object) -> bool:
    if isinstance(content, VerbatimResponse):
        return content.response.status >= 400
    return isinstance(content, Failure)


def build_faults(
    wanted: list[FaultSpec], scale: float, call: Call
) -> tuple[list[Fault], list[Fault]]:
    """Return the faults that change the body, and those of its delivery, in their order."""
    changes: list[Fault] = []
    faults: list[Fault] = []
    for fault in sorted(wanted, key=lambda fault: get_fault(fault.fault).stage):
        declared = get_fault(fault.fault)
        if declared.stage in (Stage.REQUEST, Stage.CONTENT, Stage.CLIENT_MESSAGES):
            continue  # they act before there is a body, or on what the client sends
        options = scale_wait(fault, declared, scale)
        inputs = encode_stream_error(fault, call) if declared.stage is Stage.ERROR else ()
        (changes if declared.changes_body else faults).append(declared.make(options, *inputs))
    return changes, faults


def build_client_faults(wanted: list[FaultSpec], scale: float) -> tuple[ClientFault, ...]:
    """Return the faults of what the client sends on its socket, in the scenario's order."""
    found = [(fault, get_fault(fault.fault)) for fault in wanted]
    return tuple(
        [
            declared.make(scale_wait(fault, declared, scale))
            for fault, declared in found
            if declared.stage is Stage.CLIENT_MESSAGES
        ]
    )


def scale_wait(fault: FaultSpec, declared: FaultType, scale: float) -> FaultSpec:
    if declared.seconds is None:
        return fault
    seconds = declared.seconds if fault.for_ is None else fault.for_
    return fault.model_copy(update={"for_": seconds * scale})


def encode_stream_error(fault: FaultSpec, call: Call) -> tuple[bytes, str]:
    """Return an error as the surface writes it, and how its streams frame one."""
    fail = Fail(error=fault.error or "overloaded")
    error = errors.render_error(fail, call.surface.error_style, call.model)
    if error.failure is None or call.endpoint is None:
        raise BadDecision(f"{fault.error} is not JSON, so a stream cannot contain it")
    body = call.endpoint.encode_failure(error.failure, call.wire).body
    if isinstance(body, ChunkedBody):
        body = body.join_chunks()
    values = json.loads(body if isinstance(body, bytes) else b"{}")
    values = values[0] if isinstance(values, list) else values
    data = json.dumps(values, indent=2, ensure_ascii=False).encode() + b"\n"
    framing = call.surface.dialect.error_framing
    usual = framing if getattr(call.request, "events", True) else "element"
    return data, "element" if usual == "element" else fault.framing or usual


def make_token_delay(tokens_per_second: float | None, scale: float) -> Callable[[bytes], float]:
    """Return a function that gives the seconds that the tokens of an event take."""
    if not tokens_per_second:
        return lambda data: 0.0
    return lambda data: estimate_tokens(data) / tokens_per_second * scale
