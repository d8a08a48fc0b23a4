"""Where scenarios are played: answers as their rules say, or lets others answer and sees to it that it goes wrong."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from mockgem.core.call import Answer, Call, Fault, VerbatimResponse
from mockgem.core.content import ScriptedReply
from mockgem.core.errors import Code, Failure
from mockgem.core.http import ChunkedBody, Frames, WireResponse
from mockgem.core.world import World
from mockgem.faults import pacing, stream
from mockgem.faults.connection import CONNECTION_FAULTS, FAULT_HEADERS
from mockgem.faults.content import CONTENT_FAULTS, apply_content_fault
from mockgem.faults.frames import estimate_tokens
from mockgem.faults.json_body import JSON_BODY_FAULTS
from mockgem.faults.registry import STREAM_ONLY
from mockgem.faults.stream import STREAM_FAULTS, insert_error
from mockgem.operations.generate import Reply
from mockgem.scenarios import errors
from mockgem.scenarios.annotations import build_debug_headers, build_details
from mockgem.scenarios.conditions import CallFacts, disable_streaming
from mockgem.scenarios.latency import apply_profile, draw_waits, find_profile
from mockgem.scenarios.library import ScenarioLibrary
from mockgem.scenarios.loader import BadScenario
from mockgem.scenarios.resource_overrides import apply_overrides, check_token_age
from mockgem.scenarios.run import Decision, ScenarioRun
from mockgem.scenarios.schema import (
    Fail,
    Latency,
    Rule,
    Scenario,
)
from mockgem.scenarios.schema import FaultSpec as FaultForm
from mockgem.scenarios.scripted_replies import (
    BadDecision,
    build_raw_response,
    build_scripted_reply,
    select_turn,
)
from mockgem.scenarios.suggestions import UnknownName

AskOthers = Callable[[Call], Awaitable[Answer | None]]
"""Those who answer where a scenario does not."""
DEFAULT_SECONDS = {"stall": 60.0, "hang": 600.0, "refuse": 5.0}
DELIVERY_FAULTS = ("stall", "merge", "split")
"""Faults of streams that leave their bytes as they are."""
EMBEDDING_FAULTS = ("embeddings_collapse", "embeddings_short")
MAX_RUNS = 64
EMPTY_SCENARIO = Scenario.model_construct(title="none", rules=())
"""What is played where there is nothing but the usual latency."""
EMPTY_RESPONSE = WireResponse(500, ())


class ScenarioRunner:
    """Has a play for every scenario that a world plays. `scale` multiplies all waits; `told` adds x-mockgem-… headers;
    `latency` is how long answers take where no rule says so."""

    def __init__(
        self,
        library: ScenarioLibrary,
        *,
        scale: float = 1.0,
        debug_headers: bool = True,
        latency: str = "",
    ) -> None:
        self.library = library
        self.scale = scale
        self.debug_headers = debug_headers
        self.shared_runs: dict[str, ScenarioRun] = {}
        self.default_latency = (Latency(profile=latency),) if latency else ()
        if latency:
            find_profile(latency)

    def find(self, world: World, name: str) -> Scenario:
        """A world's own scenarios come before those in files. Raises UnknownScenario and BadScenario."""
        if not name:
            return EMPTY_SCENARIO
        own: Scenario | None = world.own_scenarios.get(name)
        return own if own is not None else self.library.find(name)

    def get_run(self, world: World, name: str) -> ScenarioRun:
        """The play of a scenario in a world, begun where it has not. Raises UnknownScenario and BadScenario."""
        scenario = self.find(world, name)
        known: ScenarioRun | None = world.scenario_runs.pop(name, None)
        if scenario.count_by == "all":
            known = self.shared_runs.get(name, known)
        if known is None or known.scenario is not scenario:
            known = ScenarioRun(name, scenario, world, self.scale)
        if scenario.count_by == "all":
            self.shared_runs[name] = known
        world.scenario_runs[name] = (
            known  # behind the others: those that were not asked for longest are let go
        )
        for old in [one for one in world.scenario_runs if one not in (name, world.scenario)][
            : max(0, len(world.scenario_runs) - MAX_RUNS)
        ]:
            world.scenario_runs.pop(old)
        return known

    async def answer(self, call: Call, name: str, asked: AskOthers) -> Answer | None:
        """What a scenario makes of a call."""
        try:
            play = self.get_run(call.world, name)
            now = play.now(call.world)
            call = replace(call, world=apply_overrides(call.world, play))
            seen = CallFacts(call)
            direction = check_token_age(play, seen, now) or play.decide(seen, now)
            return await self.run(call, play, direction, asked)
        except (BadScenario, UnknownName, BadDecision) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "scenario", details={})

    async def run_rule(self, call: Call, rule: Rule, asked: AskOthers) -> Answer | None:
        """Does what a rule says that was made for this call alone."""
        play = ScenarioRun(
            "", Scenario.model_construct(title="answers", rules=(rule,)), call.world, self.scale
        )
        try:
            return await self.run(
                call, play, play.decide(CallFacts(call), play.now(call.world)), asked
            )
        except (UnknownName, BadDecision) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "answers")

    async def run(
        self, call: Call, play: ScenarioRun, direction: Decision, asked: AskOthers
    ) -> Answer | None:
        """The answer that a direction leads to. What is counted while it lasts is counted until its last frame."""
        play.open_calls += 1
        try:
            answer = await self.make_answer(call, play, direction, asked)
            if (
                direction.say is not None
                and answer is not None
                and isinstance(answer.content, Failure)
            ):
                direction = play.rollback(direction)
            answer = answer and self.add_faults(answer, call, play, direction)
        except BaseException:
            finish_call(play, direction)
            raise
        if answer is not None and answer.faults and call.wire.method != "HEAD":
            return replace(answer, faults=(*answer.faults, finish_when_sent(play, direction)))
        finish_call(play, direction)
        return answer

    async def make_answer(
        self, call: Call, play: ScenarioRun, direction: Decision, asked: AskOthers
    ) -> Answer | None:
        told = direction.error
        if told is not None:
            return Answer(
                told.failure or VerbatimResponse(told.response or EMPTY_RESPONSE),
                "scenario",
                headers=told.headers,
            )
        say = select_turn(direction.say, CallFacts(call).turn) if direction.say else None
        if say is not None and say.raw is not None:
            return Answer(
                VerbatimResponse(build_raw_response(say.raw, self.folder_of(play))), "scenario"
            )
        if say is not None:
            call = replace(call, scripted_reply=build_scripted_reply(say, self.folder_of(play)))
        names = [fault.fault for fault in direction.faults]
        unstreamed = "not_streamed" in names
        if unstreamed:
            call = disable_streaming(call)
        if call.scripted_reply is None and any(name in CONTENT_FAULTS for name in names):
            call = replace(
                call, scripted_reply=ScriptedReply()
            )  # words that are to be spoilt have to be made, not played
        answer = await asked(call)
        if answer is not None and unstreamed:
            answer = replace(answer, request=call.request)
        for fault in direction.faults:
            if (
                answer is not None
                and fault.fault in CONTENT_FAULTS
                and isinstance(answer.content, Reply)
            ):
                answer = replace(answer, content=apply_content_fault(answer.content, fault))
        return answer

    def folder_of(self, play: ScenarioRun) -> Path | None:
        return self.library.folder_of(play.name, play.scenario)

    def add_faults(
        self, answer: Answer, call: Call, play: ScenarioRun, direction: Decision
    ) -> Answer:
        """With the faults, waits and headers of a direction."""
        seen = CallFacts(call)
        wanted = [
            fault
            for fault in direction.faults
            if is_applicable(fault, seen, answer, refused=direction.error is not None)
        ]
        slow, before, bandwidth = self.compute_waits(play, direction, seen.model)
        changes, faults = build_faults(wanted, play.time_scale, call)
        faults = [*slow, *faults, *([pacing.limit_bandwidth(bandwidth)] if bandwidth else [])]
        faults += [pacing.delay_head(before)] if before else []
        headers = [FAULT_HEADERS[fault.fault] for fault in wanted if fault.fault in FAULT_HEADERS]
        marks = build_debug_headers(call, play, direction) if self.debug_headers else ()
        return replace(
            answer,
            changes=(*answer.changes, *changes),
            faults=(*answer.faults, *faults),
            headers=(*answer.headers, *direction.headers, *headers, *marks),
            details=build_details(play, direction, [fault.fault for fault in wanted]),
        )

    def compute_waits(
        self, play: ScenarioRun, direction: Decision, model: str
    ) -> tuple[list[Fault], float, float]:
        """What slows an answer down, the seconds before its head, and bytes a second (0: as fast as can be)."""
        slow: list[Fault] = []
        before, bandwidth, scale = 0.0, 0.0, play.time_scale
        for latency in direction.latencies or self.default_latency:
            latency = apply_profile(latency, model)
            head, first, between = draw_waits(latency, direction.random, scale)
            before += head
            bandwidth = latency.bandwidth / scale if latency.bandwidth and scale else bandwidth
            slow.append(
                pacing.pace_tokens(
                    first, between, make_token_delay(latency.tokens_per_second, scale)
                )
            )
        return slow, before, bandwidth


def finish_call(play: ScenarioRun, direction: Decision) -> None:
    play.open_calls -= 1
    for meter in direction.meters:
        meter.finish_request()


def finish_when_sent(play: ScenarioRun, direction: Decision) -> Fault:
    """No fault at all: tells when the last frame has gone, or the client."""

    async def apply(frames: Frames) -> Frames:
        try:
            async for frame in frames:
                yield frame
        finally:
            finish_call(play, direction)

    return apply


def is_applicable(fault: FaultForm, seen: CallFacts, answer: Answer, *, refused: bool) -> bool:
    """Whether there is anything that a fault could happen to."""
    name = fault.fault
    if name in STREAM_ONLY and (refused or not seen.stream):
        return False
    if name in CONTENT_FAULTS:
        return isinstance(answer.content, Reply)
    if name in EMBEDDING_FAULTS:
        return not refused and seen.endpoints[0] == "embed"
    return not (name in JSON_BODY_FAULTS and refused)


def build_faults(
    wanted: list[FaultForm], scale: float, call: Call
) -> tuple[list[Fault], list[Fault]]:
    """What makes another body of an answer, and what happens to it on the way: waits, the connection, the writes."""
    scaled = [scale_wait(fault, scale) for fault in wanted]
    changes = [
        JSON_BODY_FAULTS[fault.fault](fault) for fault in scaled if fault.fault in JSON_BODY_FAULTS
    ]
    changes += [build_stream_error(fault, call) for fault in scaled if fault.fault == "error"]
    changes += [
        STREAM_FAULTS[fault.fault](fault)
        for fault in scaled
        if fault.fault in STREAM_FAULTS and fault.fault not in DELIVERY_FAULTS
    ]
    faults = [stream.stall(fault) for fault in scaled if fault.fault == "stall"]
    faults += [
        CONNECTION_FAULTS[fault.fault](fault)
        for fault in scaled
        if fault.fault in CONNECTION_FAULTS
    ]
    faults += [
        STREAM_FAULTS[name](fault)
        for name in ("merge", "split")
        for fault in scaled
        if fault.fault == name
    ]
    return changes, faults


def scale_wait(fault: FaultForm, scale: float) -> FaultForm:
    if fault.fault not in DEFAULT_SECONDS:
        return fault
    seconds = DEFAULT_SECONDS[fault.fault] if fault.for_ is None else fault.for_
    return fault.model_copy(update={"for_": seconds * scale})


def build_stream_error(fault: FaultForm, call: Call) -> Fault:
    """An error as the surface spells it, in the framing that its streams have."""
    told = errors.render_error(
        Fail(error=fault.error or "overloaded"), call.surface.name, call.model
    )
    if told.failure is None or call.endpoint is None:
        raise BadDecision(f"{fault.error} is no error in JSON, and can't stand inside a stream")
    body = call.endpoint.encode_failure(told.failure, call.wire).body
    found = json.loads(
        body.join_chunks()
        if isinstance(body, ChunkedBody)
        else body
        if isinstance(body, bytes)
        else b"{}"
    )
    one = (
        json.dumps(
            found[0] if isinstance(found, list) else found, indent=2, ensure_ascii=False
        ).encode()
        + b"\n"
    )
    native = (
        call.surface.name in errors.SURFACE_FAMILIES["native"] + errors.SURFACE_FAMILIES["vertex"]
    )
    usual = "sse" if not native else "raw" if getattr(call.request, "events", True) else "element"
    return insert_error(one, "element" if usual == "element" else fault.framing or usual, fault.at)


def make_token_delay(tokens_per_second: float | None, scale: float) -> Callable[[bytes], float]:
    """Seconds that an event's tokens take."""
    if not tokens_per_second:
        return lambda data: 0.0
    return lambda data: estimate_tokens(data) / tokens_per_second * scale
