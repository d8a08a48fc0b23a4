"""Where scenarios are played: answers as their rules say, or lets others answer and sees to it that it goes wrong."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from mockgem.core.call import Answer, Call, Fault, VerbatimResponse
from mockgem.core.content import Blob, FinishReason, Part, ScriptedReply, Text, ToolCall
from mockgem.core.errors import Code, Failure
from mockgem.core.http import ChunkedBody, Frames, WireResponse
from mockgem.core.lifecycle import ResourceOverrides, State
from mockgem.core.world import World
from mockgem.faults import pacing
from mockgem.faults.content import apply_content_fault
from mockgem.faults.frames import estimate_tokens
from mockgem.faults.registry import FaultType, Stage, get_fault
from mockgem.operations.draft import Reply
from mockgem.scenarios import errors
from mockgem.scenarios.conditions import CallFacts, disable_streaming
from mockgem.scenarios.latency import apply_profile, draw_waits, find_profile
from mockgem.scenarios.library import ScenarioLibrary
from mockgem.scenarios.loader import BadScenario
from mockgem.scenarios.run import Decision, ScenarioRun
from mockgem.scenarios.schema import (
    BATCH_STATES,
    Fail,
    Latency,
    RawResponse,
    Resources,
    ResourceState,
    Rule,
    Say,
    Scenario,
    strip_state_prefix,
)
from mockgem.scenarios.schema import FaultSpec as FaultForm
from mockgem.scenarios.suggestions import UnknownName
from mockgem.scenarios.validation import find_unknown_names

AskOthers = Callable[[Call], Awaitable[Answer | None]]
"""Those who answer where a scenario does not."""
MAX_RUNS = 64
EMPTY_SCENARIO = Scenario.model_construct(title="none", rules=())
"""What is played where there is nothing but the usual latency."""
EMPTY_RESPONSE = WireResponse(500, ())


class BadDecision(ValueError):
    """A scenario wants something that can't be done."""


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
        stages = [get_fault(fault.fault).stage for fault in direction.faults]
        unstreamed = Stage.REQUEST in stages
        if unstreamed:
            call = disable_streaming(call)
        if call.scripted_reply is None and Stage.CONTENT in stages:
            call = replace(
                call, scripted_reply=ScriptedReply()
            )  # words that are to be spoilt have to be made, not played
        answer = await asked(call)
        if answer is not None and unstreamed:
            answer = replace(answer, request=call.request)
        for fault, stage in zip(direction.faults, stages, strict=True):
            if answer is not None and stage is Stage.CONTENT and isinstance(answer.content, Reply):
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
        headers = [pair for fault in wanted for pair in get_fault(fault.fault).headers]
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


def apply_overrides(world: World, play: ScenarioRun) -> World:
    """The world as a scenario's calls find it: the same things, with other fates. The world itself stays as it is."""
    resources = play.scenario.resources
    if resources is None:
        return world
    lives = {**world.lifecycles, **build_lifecycles(resources)}
    return replace(world, lifecycles=lives, overrides=build_overrides(resources))


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
    """Whether the answer has what the fault applies to. `refused`: the scenario answers with an error."""
    match get_fault(fault.fault).applies_to:
        case "responses":
            return True
        case "answers":
            return not refused
        case "streams":
            return not refused and seen.stream
        case "replies":
            return isinstance(answer.content, Reply)
        case "embeddings":
            return not refused and seen.endpoints[0] == "embed"


def build_faults(
    wanted: list[FaultForm], scale: float, call: Call
) -> tuple[list[Fault], list[Fault]]:
    """Return the faults that change the body, and those that disturb its delivery, each in the order of their stages."""
    changes: list[Fault] = []
    faults: list[Fault] = []
    for fault in sorted(wanted, key=lambda one: get_fault(one.fault).stage):
        declared = get_fault(fault.fault)
        if declared.stage in (Stage.REQUEST, Stage.CONTENT):
            continue  # they act before there is a body
        options = scale_wait(fault, declared, scale)
        inputs = encode_stream_error(fault, call) if declared.stage is Stage.ERROR else ()
        (changes if declared.changes_body else faults).append(declared.make(options, *inputs))
    return changes, faults


def scale_wait(fault: FaultForm, declared: FaultType, scale: float) -> FaultForm:
    if declared.seconds is None:
        return fault
    seconds = declared.seconds if fault.for_ is None else fault.for_
    return fault.model_copy(update={"for_": seconds * scale})


def encode_stream_error(fault: FaultForm, call: Call) -> tuple[bytes, str]:
    """Return an error as the surface writes it, and how its streams frame one."""
    told = errors.render_error(
        Fail(error=fault.error or "overloaded"), call.surface.error_style, call.model
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
    framing = call.surface.dialect.error_framing
    usual = framing if getattr(call.request, "events", True) else "element"
    return one, "element" if usual == "element" else fault.framing or usual


def make_token_delay(tokens_per_second: float | None, scale: float) -> Callable[[bytes], float]:
    """Seconds that an event's tokens take."""
    if not tokens_per_second:
        return lambda data: 0.0
    return lambda data: estimate_tokens(data) / tokens_per_second * scale


def build_debug_headers(
    call: Call, play: ScenarioRun, direction: Decision
) -> tuple[tuple[str, str], ...]:
    """Which rule answered, for people who look."""
    found = [("x-mockgem-scenario", play.name)] if play.name else []
    if direction.rule:
        found += [
            ("x-mockgem-rule", direction.rule),
            ("x-mockgem-call", str(direction.call_number)),
        ]
    return (*found, *((("x-mockgem-world", call.world.name),) if call.world.name else ()))


def build_details(play: ScenarioRun, direction: Decision, faults: list[str]) -> dict[str, Any]:
    """What the journal is told; `silent` where an answer looks well and is none."""
    found: dict[str, Any] = {"scenario": play.name} if play.name else {}
    if direction.rule:
        found |= {"rule": direction.rule, "call": direction.call_number}
    if faults:
        found["faults"] = faults
    if direction.error is not None and direction.error.delay is not None:
        found["retry_delay"] = direction.error.delay
    say = direction.say
    if say is not None and (
        say.block or (say.finish not in (None, "STOP")) or (say.raw and say.raw.status < 400)
    ):
        found["silent"] = True
    return found


NEVER = 10**9


def build_lifecycles(resources: Resources) -> dict[str, tuple[State, ...]]:
    """The lives that a scenario gives to resources."""
    found = {}
    for kind in ("file", "batch", "video"):
        if stretches := getattr(resources, kind):
            found[kind] = tuple([build_state(stretch, kind) for stretch in stretches])
    return found


def build_state(stretch: ResourceState, kind: str) -> State:
    state = strip_state_prefix(stretch.state, kind)
    polls = stretch.polls or (NEVER if stretch.seconds is not None else 1)
    return State(
        BATCH_STATES.get(state, state), polls, NEVER if stretch.seconds is None else stretch.seconds
    )


def build_overrides(resources: Resources) -> ResourceOverrides:
    def fail_line(number: int) -> Failure | None:
        if resources.batch_failures is None or not resources.batch_failures.contains(number):
            return None
        return errors.render_error(
            Fail(error=resources.batch_error), errors.GEMINI_STYLE, ""
        ).failure

    return ResourceOverrides(
        resources.file_expires_after,
        resources.cache_expires_after,
        slow_files=bool(resources.file),
        batch_output_polls=resources.batch_output_late,
        line_failure=fail_line,
    )


def check_token_age(play: ScenarioRun, seen: CallFacts, now: float) -> Decision | None:
    """A refusal of a token that is older than the scenario lets it be; tokens are of Vertex AI alone."""
    resources = play.scenario.resources
    style = seen.call.surface.error_style
    if resources is None or resources.token_expires_after is None or not style.expired_token:
        return None
    first = play.token_first_seen.get(seen.key)
    if first is None:
        play.token_first_seen.put(seen.key, now)
        return None
    if now - first < resources.token_expires_after:
        return None
    return Decision(
        "token_expires_after",
        error=errors.render_error(Fail(error=style.expired_token), style, ""),
    )


def build_raw_response(raw: RawResponse, folder: Path | None) -> WireResponse:
    if raw.body_file:
        return WireResponse(
            raw.status, tuple(raw.headers.items()), read_file(raw.body_file, folder)
        )
    return errors.create_response(raw.status, raw.headers, raw.body)


def select_turn(say: Say, turn: int) -> Say | None:
    """What is said in a turn; behind the last of several the mock answers by itself."""
    if not say.turns:
        return say
    return say.turns[turn - 1] if turn <= len(say.turns) else None


def build_scripted_reply(say: Say, folder: Path | None) -> ScriptedReply:
    """What a scenario says, as the operations take it. Raises BadDirection for a file that can't be used."""
    if say.embedding is not None:
        return ScriptedReply(embedding=say.embedding)
    parts: list[Part] = [Text(say.thoughts, thought=True)] if say.thoughts else []
    if say.text is not None:
        parts.append(Text(say.text))
    if "json_value" in say.model_fields_set:
        parts.append(Text(json.dumps(say.json_value, indent=2, ensure_ascii=False)))
    parts += [ToolCall(call.name, dict(call.args)) for call in say.tool_calls]
    image = read_image(say.image, folder) if isinstance(say.image, str) else None
    finish = FinishReason(say.finish) if say.finish else None
    return ScriptedReply(tuple(parts) if parts else None, finish, say.block or "", (), image)


def read_image(name: str, folder: Path | None) -> Blob:
    data = read_file(name, folder)
    return Blob("image/png" if data.startswith(b"\x89PNG") else "image/jpeg", data)


MAX_FILE_BYTES = 20 * 2**20


def read_file(name: str, folder: Path | None) -> bytes:
    """A file beside a scenario. Raises BadDirection for one that is elsewhere, too large or not there."""
    if folder is None:
        raise BadDecision(f"a scenario that is in no file can't name files: {name[:100]!r}")
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or (folder / name).is_symlink():
            raise BadDecision(f"{name!r} is not in the scenario's folder")
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            raise BadDecision(f"{name!r} is not there, or is larger than {MAX_FILE_BYTES} bytes")
        return path.read_bytes()
    except BadDecision:
        raise
    except (OSError, ValueError):
        raise BadDecision(f"{name[:100]!r} can't be read") from None


def describe_unknown_names(scenario: Scenario) -> list[str]:
    """Names in a scenario that there are none of."""
    return [words for _, words in find_unknown_names(scenario)]
