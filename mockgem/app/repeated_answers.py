"""Answer a request that came before on its connection, without the steps that would be the same.

Equal bytes lead to the same route, credential, decoded request and draft. What differs is the
number of the request, and so its id; the time; and the journal. A request is repeated only while
nothing but the engine could answer it: no rule of a scenario, no cassette, no fault, no observer,
and, with several workers, no change of another one that this one has not followed yet.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from mockgem.app.journaling import EntryFacts, keep_body
from mockgem.app.worlds import WorldRegistry
from mockgem.config.monitoring_options import is_monitored
from mockgem.config.options import PLAIN_ANSWERS
from mockgem.config.settings import Settings
from mockgem.core.call import Answer, Call
from mockgem.core.http import ChunkedBody, WireResponse
from mockgem.core.state import Storage
from mockgem.core.world import World
from mockgem.operations.draft import EncodedReply, Reply
from mockgem.operations.generators.ids import mix_id_seed
from mockgem.recording.world_cassettes import WorldCassettes
from mockgem.scenarios.selection import may_select
from mockgem.scenarios.source import NO_SCENARIO_NAME

if TYPE_CHECKING:
    from mockgem.scenarios.idle_runs import IdleRun
    from mockgem.scenarios.runner import ScenarioRunner

Headers = tuple[tuple[str, str], ...]


class RepeatRules:
    """Says which requests may be answered again: those that nothing but the engine answers.

    `get_runner` returns what runs the scenarios.
    """

    def __init__(
        self,
        worlds: WorldRegistry,
        world_cassettes: WorldCassettes | None,
        get_runner: Callable[[], ScenarioRunner],
    ) -> None:
        self.worlds = worlds
        self.world_cassettes = world_cassettes
        self.get_runner = get_runner

    def is_undisturbed(self, world: World, idle_run: IdleRun | None) -> bool:
        """Return whether the engine alone answers a world's requests at the moment, perhaps beside
        a run of a scenario that only counts them."""
        return (
            world is self.worlds.default
            and (runs_nothing(world) if idle_run is None else idle_run.is_valid(world))
            and not self.worlds.is_behind
            and (self.world_cassettes is None or world.name not in self.world_cassettes.cassettes)
        )

    def find_idle_run(self, call: Call) -> IdleRun | None:
        """Return the run of a scenario that only counts requests like this one, if one runs."""
        if runs_nothing(call.world):
            return None
        from mockgem.scenarios.idle_runs import find_idle_run

        return find_idle_run(self.get_runner(), call)


def runs_nothing(world: World) -> bool:
    """Return whether a world runs no scenario."""
    return world.scenario in ("", NO_SCENARIO_NAME)


class RepeatedAnswer:
    """Answers one request again.

    `idle_run` is the run of a scenario that counts it, and `headers` those of its answers then.
    """

    __slots__ = ("call", "entry", "headers", "idle_run", "rules", "template")

    def __init__(
        self,
        call: Call,
        first: Answer,
        template: EncodedReply,
        rules: RepeatRules,
        idle_run: IdleRun | None,
        headers: Headers,
    ) -> None:
        self.call = call
        self.template = template
        self.rules = rules
        self.idle_run = idle_run
        self.headers = headers
        self.entry = EntryFacts(call, first)

    def is_valid(self) -> bool:
        return self.rules.is_undisturbed(self.call.world, self.idle_run)

    async def answer(self) -> WireResponse:
        began = time.perf_counter()
        call = self.call
        world = call.world
        count = await world.request_counts.increment(call.key)
        now = world.clock()
        seed = mix_id_seed(world.id_seed, call.key, count)
        response = self.template.fill(seed, int(now))
        if self.idle_run is not None:
            self.idle_run.count_call()
            response = WireResponse(response.status, self.headers, response.body)
        body = response.body
        assert isinstance(body, (ChunkedBody, bytes)), "a template has no frames"
        entry = self.entry.build(now, response, began)
        keep_body(entry, body)
        await world.journal.add(entry)
        return response


def remember_answer(call: Call, answer: Answer, response: WireResponse, rules: RepeatRules) -> None:
    """Note on a request's known head how to repeat its answer, if its reply has a template."""
    known, call.wire.known_head = call.wire.known_head, None  # the journal keeps the request
    template = answer.content.draft.template if isinstance(answer.content, Reply) else None
    if template is None or not is_ordinary(call):
        return
    idle_run = rules.find_idle_run(call)
    if is_plain(answer, idle_run) and rules.is_undisturbed(call.world, idle_run):
        again = RepeatedAnswer(call, answer, template, rules, idle_run, response.headers)
        known.remember(call.wire.body, again)


def is_plain(answer: Answer, idle_run: IdleRun | None) -> bool:
    """Return whether the engine alone made an answer, and nothing changes its delivery.

    Beside the run of a scenario, headers and details name the scenario.
    """
    is_marked = answer.details is not None or bool(answer.headers)
    return (
        answer.source == "engine"
        and answer.request is None
        and not (answer.faults or answer.changes)
        and (not is_marked if idle_run is None else answer.details == idle_run.describe())
    )


def is_ordinary(call: Call) -> bool:
    """Return whether no middleware does anything for a request, also not later: a key may name a
    scenario that does not exist yet."""
    wire = call.wire
    selects = wire.world or wire.scenario or wire.base_path or may_select(wire)
    return not selects and "origin" not in wire.headers


def build_repeat_rules(
    settings: Settings,
    storage: Storage,
    worlds: WorldRegistry,
    world_cassettes: WorldCassettes | None,
    get_runner: Callable[[], ScenarioRunner],
) -> RepeatRules | None:
    """Return what says which answers may be repeated, or None if none ever may."""
    is_alone = storage.shared_worlds is None and not storage.is_shared
    is_worker = storage.shared_worlds is not None and not storage.suspends
    if not (is_alone or is_worker) or is_monitored(settings) or changes_answers(settings):
        return None
    return RepeatRules(worlds, world_cassettes, get_runner)


def changes_answers(settings: Settings) -> bool:
    """Return whether an option lets another source answer, or changes what the engine sends."""
    return bool(
        settings.cassette
        or settings.budget
        or settings.latency
        or settings.chunk_delay
        or settings.gzip
        or settings.answers not in ("", PLAIN_ANSWERS)
    )
