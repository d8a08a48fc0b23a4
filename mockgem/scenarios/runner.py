"""Run scenarios: answer calls as rules say, or let other sources answer and add faults."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from mockgem.core.call import Answer, Call, Fault, VerbatimResponse
from mockgem.core.content import ScriptedReply
from mockgem.core.errors import Code, Failure
from mockgem.core.http import Frames, WireResponse
from mockgem.core.paced_frames import PacedFrames
from mockgem.core.world import World
from mockgem.faults import pacing
from mockgem.faults.content import apply_content_fault
from mockgem.faults.registry import Stage, get_fault
from mockgem.operations.draft import Reply
from mockgem.scenarios.annotations import build_debug_headers, build_details
from mockgem.scenarios.budgets import charge_answer, charge_line
from mockgem.scenarios.conditions import CallFacts, disable_streaming
from mockgem.scenarios.decision import Decision
from mockgem.scenarios.latency import apply_profile, draw_waits, find_profile
from mockgem.scenarios.library import ScenarioLibrary
from mockgem.scenarios.loader import BadScenario
from mockgem.scenarios.resource_overrides import build_overrides, check_token_age
from mockgem.scenarios.rule_faults import (
    build_client_faults,
    build_faults,
    is_applicable,
    make_token_delay,
)
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.schema import (
    Latency,
    Rule,
    Scenario,
)
from mockgem.scenarios.scripted_replies import (
    BadDecision,
    build_raw_response,
    build_scripted_reply,
    select_turn,
)
from mockgem.scenarios.state import StateStoreFactory, keep_in_memory
from mockgem.scenarios.suggestions import UnknownName

AskOthers = Callable[[Call], Awaitable[Answer | None]]
"""Asks the sources that answer where a scenario does not."""
MAX_RUNS = 64
EMPTY_SCENARIO = Scenario.model_construct(title="none", rules=())
"""Runs where no scenario is chosen, but the server has a default latency."""
AUDIO_ELSEWHERE = (
    "say.audio is for the turns of Live sessions: add `endpoint: bidiGenerateContent` to `when`"
)
EMPTY_RESPONSE = WireResponse(500, ())


class ScenarioRunner:
    """Runs scenarios: answers calls by rules, or lets other sources answer and adds faults.

    `scale` multiplies all waits, `debug_headers` adds x-mockgem-… headers, `latency` is the profile
    of replies that no rule gives a latency. `open_state` opens the state of a run, and
    `open_state_of_all` that of a run which all worlds share.
    """

    def __init__(
        self,
        library: ScenarioLibrary,
        *,
        scale: float = 1.0,
        debug_headers: bool = True,
        latency: str = "",
        open_state: StateStoreFactory = keep_in_memory,
    ) -> None:
        """Raises UnknownName for an unknown latency profile."""
        self.library = library
        self.scale = scale
        self.debug_headers = debug_headers
        self.open_state = open_state
        self.open_state_of_all: StateStoreFactory = keep_in_memory
        self.shared_runs: dict[str, ScenarioRun] = {}
        self.default_latency = (Latency(profile=latency),) if latency else ()
        if latency:
            find_profile(latency)

    def share_states(self, open_state: StateStoreFactory) -> None:
        """Keep all states where other processes see them."""
        self.open_state = self.open_state_of_all = open_state

    def find(self, world: World, name: str) -> Scenario:
        """Return a scenario by name: one that the world defined itself, or one in a file.

        Raises UnknownScenario and BadScenario.
        """
        if not name:
            return EMPTY_SCENARIO
        own: Scenario | None = world.own_scenarios.get(name)
        return own if own is not None else self.library.find(name)

    def get_run(self, world: World, name: str) -> ScenarioRun:
        """Return the run of a scenario in a world, and begin it if necessary.

        A scenario with `count_by: all` has one run for all worlds. Raises UnknownScenario and
        BadScenario.
        """
        scenario = self.find(world, name)
        run: ScenarioRun | None = world.scenario_runs.pop(name, None)
        is_shared = scenario.count_by == "all"
        if is_shared:
            run = self.shared_runs.get(name, run)
        if run is None or run.scenario is not scenario:
            open_state = self.open_state_of_all if is_shared else self.open_state
            chosen = world.shared_settings.get("runs", {}).get(name, {}).get("scale")
            scale = self.scale if chosen is None else chosen
            run = ScenarioRun(name, scenario, world, scale, open_state)
        if is_shared:
            self.shared_runs[name] = run
        world.scenario_runs[name] = run  # at the end: the least recently used runs come first
        drop_old_runs(world, name)
        return run

    async def answer(self, call: Call, name: str, ask_others: AskOthers) -> Answer | None:
        """Answer a call as the scenario says. None if no source answers it."""
        try:
            run = self.get_run(call.world, name)
            if call.endpoint is None and not await run.names_paths():
                return None
            await run.prepare()
            now = run.now(call.world)
            if run.scenario.resources is not None:
                call = replace(call, overrides=build_overrides(run.scenario.resources))
            facts = CallFacts(call)
            decision = await check_token_age(run, facts, now) or await run.decide(facts, now)
            return await self.run(call, run, decision, ask_others)
        except (BadScenario, UnknownName, BadDecision) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "scenario", details={})

    async def answer_line(self, call: Call, name: str, ask_others: AskOthers) -> Answer | None:
        """Let other sources answer the line of a batch, and charge it to the scenario's budgets."""
        try:
            run = self.get_run(call.world, name)
        except (BadScenario, UnknownName):
            return None
        if not await run.has_budgets():
            return None
        answer = await ask_others(call)
        return await charge_line(run, CallFacts(call), answer, run.now(call.world))

    async def run_rule(self, call: Call, rule: Rule, ask_others: AskOthers) -> Answer | None:
        """Answer a call as a rule says that was made for this call alone."""
        scenario = Scenario.model_construct(title="answers", rules=(rule,))
        run = ScenarioRun("", scenario, call.world, self.scale)
        try:
            decision = await run.decide(CallFacts(call), run.now(call.world))
            return await self.run(call, run, decision, ask_others)
        except (UnknownName, BadDecision) as error:
            return Answer(Failure(Code.INVALID_ARGUMENT, str(error)), "answers")

    async def run(
        self, call: Call, run: ScenarioRun, decision: Decision, ask_others: AskOthers
    ) -> Answer | None:
        """Carry out a decision. The call counts as open until its last frame was sent."""
        try:
            answer = await self.make_answer(call, run, decision, ask_others)
            is_refused = answer is not None and isinstance(answer.content, Failure)
            if decision.say is not None and is_refused:
                decision = await run.rollback(decision)
            answer = answer and self.add_faults(answer, call, run, decision)
            if answer is not None and decision.accounts:
                now = run.now(call.world)
                answer = await charge_answer(run, decision.accounts, call, answer, now)
        except BaseException:
            await run.finish_call(decision)
            raise
        if answer is not None and answer.faults:
            return replace(answer, faults=(*answer.faults, finish_when_sent(run, decision)))
        await run.finish_call(decision)
        return answer

    async def make_answer(
        self, call: Call, run: ScenarioRun, decision: Decision, ask_others: AskOthers
    ) -> Answer | None:
        """Make the answer without the faults that happen on its way."""
        if (error := decision.error) is not None:
            content = error.failure or VerbatimResponse(error.response or EMPTY_RESPONSE)
            return Answer(content, "scenario", headers=error.headers)
        say = decision.say
        if say is not None and say.turns:
            say = select_turn(say, CallFacts(call).turn)
        if say is not None and say.raw is not None:
            response = build_raw_response(say.raw, self.folder_of(run))
            return Answer(VerbatimResponse(response), "scenario")
        if say is not None:
            if say.audio is not None and not getattr(call.request, "is_socket", False):
                raise BadDecision(AUDIO_ELSEWHERE)
            call = replace(call, scripted_reply=build_scripted_reply(say, self.folder_of(run)))
        stages = [get_fault(fault.fault).stage for fault in decision.faults]
        is_unstreamed = Stage.REQUEST in stages
        if is_unstreamed:
            call = disable_streaming(call)
        if call.scripted_reply is None and Stage.CONTENT in stages:
            # a recorded reply is bytes, and these faults change parts: the engine has to answer
            call = replace(call, scripted_reply=ScriptedReply())
        answer = await ask_others(call)
        if answer is not None and is_unstreamed:
            answer = replace(answer, request=call.request)
        return answer and apply_content_faults(answer, decision)

    def folder_of(self, run: ScenarioRun) -> Path | None:
        return self.library.folder_of(run.name, run.scenario)

    def add_faults(
        self, answer: Answer, call: Call, run: ScenarioRun, decision: Decision
    ) -> Answer:
        """Add the faults, waits and headers of a decision to an answer."""
        if not (decision.faults or decision.latencies or self.default_latency):
            return self.add_headers(answer, call, run, decision)
        facts = CallFacts(call)
        wanted = [fault for fault in decision.faults if is_applicable(fault, facts, answer)]
        slow, before, bandwidth = self.compute_waits(run, decision, facts.model)
        changes, faults = build_faults(wanted, run.time_scale, call)
        faults = [*slow, *faults, *([pacing.limit_bandwidth(bandwidth)] if bandwidth else [])]
        faults += [pacing.delay_head(before)] if before else []
        headers = [header for fault in wanted for header in get_fault(fault.fault).headers]
        marks = build_debug_headers(call, run, decision) if self.debug_headers else ()
        return replace(
            answer,
            changes=(*answer.changes, *changes),
            faults=(*answer.faults, *faults),
            headers=(*answer.headers, *decision.headers, *headers, *marks),
            details=build_details(run, decision, [fault.fault for fault in wanted]),
            client_faults=build_client_faults(wanted, run.time_scale),
        )

    def add_headers(
        self, answer: Answer, call: Call, run: ScenarioRun, decision: Decision
    ) -> Answer:
        """Add the headers and the details of a decision without faults and waits."""
        marks = build_debug_headers(call, run, decision) if self.debug_headers else ()
        headers = (*answer.headers, *decision.headers, *marks)
        return replace(answer, headers=headers, details=build_details(run, decision, []))

    def compute_waits(
        self, run: ScenarioRun, decision: Decision, model: str
    ) -> tuple[list[Fault], float, float]:
        """Return the faults that slow an answer down, the seconds before its head, and its
        bandwidth in bytes per second (0: no limit)."""
        slow: list[Fault] = []
        before, bandwidth, scale = 0.0, 0.0, run.time_scale
        for latency in decision.latencies or self.default_latency:
            latency = apply_profile(latency, model)
            head, first, between = draw_waits(latency, decision.random, scale)
            before += head
            bandwidth = latency.bandwidth / scale if latency.bandwidth and scale else bandwidth
            token_delay = make_token_delay(latency.tokens_per_second, scale)
            slow.append(pacing.pace_tokens(first, between, token_delay))
        return slow, before, bandwidth


def drop_old_runs(world: World, current: str) -> None:
    """Drop the least recently used runs of a world, but never the current or the chosen one."""
    excess = max(0, len(world.scenario_runs) - MAX_RUNS)
    old = [name for name in world.scenario_runs if name not in (current, world.scenario)]
    for name in old[:excess]:
        world.scenario_runs.pop(name)


def apply_content_faults(answer: Answer, decision: Decision) -> Answer:
    """Change the parts of a reply by the faults that do so."""
    for fault in decision.faults:
        is_content = get_fault(fault.fault).stage is Stage.CONTENT
        if is_content and isinstance(answer.content, Reply):
            answer = replace(answer, content=apply_content_fault(answer.content, fault))
    return answer


def finish_when_sent(run: ScenarioRun, decision: Decision) -> Fault:
    """Finish the call when its last frame was sent or the client has gone. Frames do not change."""

    def apply(frames: Frames) -> Frames:
        finish = partial(run.finish_call, decision)
        return (
            frames.end_with(finish)
            if isinstance(frames, PacedFrames)
            else call_at_end(frames, finish)
        )

    return apply


async def call_at_end(frames: Frames, finish: Callable[[], Awaitable[None]]) -> Frames:
    try:
        async for frame in frames:
            yield frame
    finally:
        await finish()
