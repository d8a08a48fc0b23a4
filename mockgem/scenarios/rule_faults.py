"""Build the faults of a decision: what they apply to, in which order, and with which waits."""

from __future__ import annotations

import json
from collections.abc import Callable

from mockgem.core.call import Answer, Call, Fault
from mockgem.core.http import ChunkedBody
from mockgem.faults.frames import estimate_tokens
from mockgem.faults.registry import FaultType, Stage, get_fault
from mockgem.operations.draft import Reply
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import CallFacts
from mockgem.scenarios.schema import Fail, FaultSpec
from mockgem.scenarios.scripted_replies import BadDecision


def is_applicable(fault: FaultSpec, facts: CallFacts, answer: Answer, *, refused: bool) -> bool:
    """Whether a fault applies to an answer. `refused`: the scenario answers with an error."""
    match get_fault(fault.fault).applies_to:
        case "responses":
            return True
        case "answers":
            return not refused
        case "streams":
            return not refused and facts.stream
        case "replies":
            return isinstance(answer.content, Reply)
        case "embeddings":
            return not refused and facts.endpoints[0] == "embed"


def build_faults(
    wanted: list[FaultSpec], scale: float, call: Call
) -> tuple[list[Fault], list[Fault]]:
    """Return the faults that change the body, and those of its delivery, in their order."""
    changes: list[Fault] = []
    faults: list[Fault] = []
    for fault in sorted(wanted, key=lambda fault: get_fault(fault.fault).stage):
        declared = get_fault(fault.fault)
        if declared.stage in (Stage.REQUEST, Stage.CONTENT):
            continue  # they act before there is a body
        options = scale_wait(fault, declared, scale)
        inputs = encode_stream_error(fault, call) if declared.stage is Stage.ERROR else ()
        (changes if declared.changes_body else faults).append(declared.make(options, *inputs))
    return changes, faults


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
