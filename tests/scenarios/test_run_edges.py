"""Runs at their limits: definitions that are refused, states on disk, calls that are undone."""

from __future__ import annotations

import asyncio
import json
from random import Random
from typing import Any

import pytest

from mockgem.core.cache import BoundedCache
from mockgem.scenarios import manager as manager_module
from mockgem.scenarios.decision import Decision
from mockgem.scenarios.loader import parse_scenario
from mockgem.scenarios.manager import ScenarioManager, build_scenario
from mockgem.scenarios.meters import Meter
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.runner import MAX_RUNS, drop_old_runs
from mockgem.scenarios.schema import Rule
from mockgem.scenarios.state import MAX_COUNTERS, MAX_REQUESTS, MAX_TOKENS, RunState
from mockgem.scenarios.stored_state import decode_state, encode_state, state_key_of
from tests.scenarios.playing import STREAM, Player, rules

SIMPLE = {"title": "t", "rules": [{"say": "hello"}]}


def manager_of(player: Player) -> ScenarioManager:
    return player.house.scenario_manager


def define(player: Player, name: str, definition: Any) -> None:
    asyncio.run(manager_of(player).define(player.world, name, definition))


# Definitions


def test_a_definition_may_have_256_kib() -> None:
    def make_definition(length: int) -> dict[str, Any]:
        rules = [{"say": "x" * 100_000}, {"say": ""}]
        definition = {"title": "t", "rules": rules}
        rules[1]["say"] = "x" * (length - len(json.dumps(definition)))
        return definition

    build_scenario(make_definition(256 * 1024), "n")
    with pytest.raises(ValueError) as refused:
        build_scenario(make_definition(256 * 1024 + 1), "n")
    message = "the scenario has 262145 characters; at most 262144 are allowed"
    assert str(refused.value) == message


def test_a_name_that_is_not_valid_is_shown_in_part() -> None:
    with pytest.raises(ValueError) as refused:
        define(Player(rules("{say: x}")), "X" * 65, SIMPLE)
    shown = "X" * 64
    assert str(refused.value) == (
        f"'{shown}' is not a valid name: use up to 64 lower-case letters, digits and -"
    )


def test_a_world_keeps_64_definitions() -> None:
    assert manager_module.MAX_WORLD_SCENARIOS == 64
    player = Player(rules("{say: x}"))
    for number in range(65):
        define(player, f"s{number}", SIMPLE)
    assert list(player.world.own_scenarios) == [f"s{number}" for number in range(1, 65)]


def test_a_rule_cannot_be_added_to_a_run_of_all_worlds() -> None:
    player = Player(rules("{say: x}", count_by="all"))
    with pytest.raises(ValueError) as refused:
        asyncio.run(manager_of(player).add_rule(player.world, {"say": "y"}))
    assert str(refused.value) == (
        "all worlds share the run of played (count_by: all), so a rule cannot be added for one of "
        "them"
    )


def test_a_world_keeps_its_latest_runs_and_the_chosen_one() -> None:
    player = Player(rules("{say: x}"))
    world, scenario = player.world, parse_scenario(rules("{say: x}"))
    world.scenario_runs.clear()
    world.scenario = "0"
    for number in range(MAX_RUNS + 2):
        world.scenario_runs[str(number)] = ScenarioRun(str(number), scenario, world)
    drop_old_runs(world, "1")
    names = ["0", "1", *[str(number) for number in range(4, MAX_RUNS + 2)]]
    assert list(world.scenario_runs) == names
    assert len(names) == MAX_RUNS == 64


def test_a_run_knows_whether_only_tests_move_the_clock() -> None:
    for clock, fixed in (("fixed", True), ("real", False)):
        world = Player(rules("{say: x}"), clock=clock).world
        run = ScenarioRun("n", parse_scenario(rules("{say: x}")), world, 0.5)
        assert run.has_fixed_clock is fixed
        assert (run.time_scale, run.seed, run.journal_start) == (0.5, world.seed, 0)


# States on disk


def test_the_key_of_a_state_belongs_to_one_version_of_the_scenario() -> None:
    scenario = parse_scenario(rules("{when: {schema: true}, say: x}"))
    assert state_key_of("name", scenario) == "name-78240ae87e52bb67"
    assert state_key_of("name", parse_scenario(rules("{when: {schema: true}, say: y}"))) != (
        state_key_of("name", scenario)
    )


def test_a_state_is_the_same_after_json() -> None:
    initial = RunState(5.0, (Rule.model_validate({"say": "x"}),), 1)
    state = RunState(5.0, initial.rules, 1)
    added = Rule.model_validate(
        {
            "name": "n",
            "when": {"elapsed": "1s..2s", "schema": True},
            "faults": [{"fault": "end", "at": "50%"}],
        }
    )
    state.rules = (*state.rules, added)
    state.call_count, state.open_calls, state.first_added_rule = 7, 2, 0
    state.match_counts[0, "k"] = 3
    state.fire_counts[1, ""] = 2
    state.request_counts[1] = BoundedCache(MAX_REQUESTS)
    assert [state.count_request(1, b"\xff"), state.count_request(1, b"\xff")] == [1, 2]
    state.token_first_seen.put("token", 4.5)
    state.meters[0, "p", "m"] = Meter(day="2026-11-28", requests_today=4, open_requests=1)
    state.meters[0, "p", "m"].record_request(3.0, 9)
    record = encode_state(state, initial)
    read = decode_state(json.loads(json.dumps(record)), RunState(0.0, initial.rules, 1))
    assert encode_state(read, initial) == record
    assert (read.rules, read.meters) == (state.rules, state.meters)
    assert (read.call_count, read.open_calls, read.first_added_rule) == (7, 2, 0)
    assert (read.match_counts, read.fire_counts) == (state.match_counts, state.fire_counts)
    assert read.count_request(1, b"\xff") == 3
    assert read.token_first_seen.get("token") == 4.5


def test_the_memory_of_a_run_is_bounded() -> None:
    assert (MAX_COUNTERS, MAX_REQUESTS, MAX_TOKENS) == (20_000, 16_384, 10_000)


# Calls that are undone, or not streamed


def test_a_refused_call_is_no_longer_open_on_its_quota() -> None:
    player = Player(rules("{quota: {concurrent: 1}, say: hello}"))
    assert player.chat("x", n=99).status == 400
    assert player.chat("x").message["content"] == "hello"


def test_an_undone_decision_keeps_what_was_drawn_and_where_the_call_is_open() -> None:
    player = Player(rules("{say: x}"))
    run = manager_of(player).get_runner().get_run(player.world, "played")
    random = Random(1)
    decision = Decision("rule-1", 3, meters=((0, "a", "b"),), random=random)
    undone = asyncio.run(run.rollback(decision))
    assert (undone.rule, undone.call_number, undone.say, undone.error) == ("", 0, None, None)
    assert undone.random is random
    assert undone.meters == ((0, "a", "b"),)


def test_a_stream_is_whole_with_not_streamed_and_a_stream_without() -> None:
    whole = Player(rules("{faults: [not_streamed]}")).chat("hi", **STREAM)
    assert whole.header("content-type") == Player(rules("{say: x}")).chat("hi").header(
        "content-type"
    )
    assert whole.json["object"] == "chat.completion"
    streamed = Player(rules("{headers: {x-a: b}}")).chat("hi", **STREAM)
    assert streamed.events[0]["object"] == "chat.completion.chunk"
    assert streamed.header("x-a") == ["b"]
