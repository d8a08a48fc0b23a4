"""Run states: every store keeps them alike, and a store on disk keeps them after a restart."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.world import World
from mockgem.scenarios.meters import Meter
from mockgem.scenarios.schema import Expect, Rule
from mockgem.scenarios.state import RunState, StateStoreFactory, keep_in_memory
from mockgem.scenarios.stored_state import (
    decode_meter,
    decode_state,
    encode_meter,
    encode_state,
    keep_in_store,
)
from tests.asking import VERTEX
from tests.scenarios.playing import Player, rules

StatePlayer = Callable[..., Player]


class StoredPlayer(Player):
    """A player whose run states are kept by one of the stores."""

    def __init__(self, text: str, open_state: StateStoreFactory, **settings: Any) -> None:
        self.open_state = open_state
        super().__init__(text, **settings)

    def prepare(self) -> None:
        self.house.scenario_manager.open_state = self.open_state


@pytest.fixture(params=["memory", "records in memory", "records in sqlite"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> StatePlayer:
    def start(text: str, **settings: Any) -> Player:
        if request.param == "memory":
            return StoredPlayer(text, keep_in_memory, **settings)
        if request.param == "records in sqlite":
            settings |= {"state": str(tmp_path / "state")}
        return StoredPlayer(text, keep_in_store, **settings)

    return start


def counters(player: Player) -> Any:
    return player.send("GET", "/_mockgem/scenario").json["plays"]["played"]


def send_json(player: Player, method: str, path: str, body: Any) -> Any:
    headers = {"content-type": "application/json"}
    return player.send(method, path, json.dumps(body).encode(), headers).json


def advance(player: Player, seconds: int) -> None:
    """Move the clock over the admin API, which keeps it in the store."""
    send_json(player, "POST", "/_mockgem/clock", {"advance": seconds})


def test_numbered_calls_fail(play: StatePlayer) -> None:
    player = play(rules("{when: {calls: 1..2}, fail: 503}", "{when: {every: 4}, fail: 500}"))
    assert player.statuses(5) == [503, 503, 200, 500, 200]
    assert counters(player) == {
        "calls": 5,
        "running": 0,
        "rules": {"rule-1": {"met": 5, "acted": 2}, "rule-2": {"met": 5, "acted": 1}},
    }


def test_rules_act_a_number_of_times_for_each_model(play: StatePlayer) -> None:
    player = play(rules("{when: {times: 1}, fail: 429}", count_by="model"))
    assert player.statuses(2) == [429, 200]
    assert player.statuses(2, model="gemini-2.5-pro") == [429, 200]


def test_chance_is_the_same_in_every_store(play: StatePlayer) -> None:
    text = rules("{when: {probability: 0.4}, fail: 500}", seed=3)
    assert play(text).statuses(12) == Player(text).statuses(12)


def test_equal_requests_are_counted_as_repeats(play: StatePlayer) -> None:
    player = play(rules("{when: {repeat: 2..}, fail: 503}"))
    statuses = [player.chat(text).status for text in ("a", "b", "a", "c", "b")]
    assert statuses == [200, 200, 503, 200, 503]


def test_quotas_slide_with_the_clock(play: StatePlayer) -> None:
    player = play(rules("{quota: {rpm: 2, rpd: 3}}"))
    assert player.statuses(3) == [200, 200, 429]
    advance(player, 61)
    assert player.statuses(2) == [200, 429]
    advance(player, 24 * 3600)
    assert player.statuses(1) == [200]


def test_open_calls_are_counted_down_again(play: StatePlayer) -> None:
    player = play(rules("{quota: {concurrent: 1}}", "{when: {concurrent_over: 1}, fail: 503}"))
    assert player.statuses(3) == [200, 200, 200]
    assert counters(player)["running"] == 0


def test_refused_requests_do_not_use_up_a_reply(play: StatePlayer) -> None:
    player = play(rules("{when: {times: 1}, say: Hello}"))
    assert player.chat("hi", n=99).status == 400
    assert player.chat("hi").message["content"] == "Hello"
    assert player.chat("hi").message["content"] != "Hello"


def test_tokens_grow_old(play: StatePlayer) -> None:
    player = play("title: t\nresources: {token_expires_after: 1h}\n")
    assert player.statuses(1, surface=VERTEX) == [200]
    advance(player, 3601)
    assert player.statuses(1, surface=VERTEX) == [401]
    assert counters(player)["running"] == 0


def test_added_rules_and_expectations_are_part_of_the_state(play: StatePlayer) -> None:
    player = play(rules("{when: {calls: 3}, fail: 500}"))
    rule = {"name": "first", "when": {"times": 1}, "fail": {"error": 429, "retry_delay": "2s"}}
    send_json(player, "POST", "/_mockgem/scenario/rules", rule)
    send_json(player, "PUT", "/_mockgem/scenario/expect", {"attempts": "2..3", "waits": "told"})
    assert player.statuses(3) == [429, 200, 500]
    found = counters(player)["rules"]
    assert found["first"] == {"met": 3, "acted": 1, "wanted": 1}
    checks = player.send("GET", "/_mockgem/verdict").json["checks"]
    assert [(one["check"], one["ok"]) for one in checks] == [("attempts", True), ("waits", False)]


def test_a_world_s_first_rule_counts_as_added(play: StatePlayer) -> None:
    player = play(rules("{fail: 500}"))
    player.send("DELETE", "/_mockgem/scenario")
    found = send_json(player, "POST", "/_mockgem/scenario/rules", {"fail": "front-end-502"})
    assert found["plays"]["added"]["rules"] == {"rule-1": {"met": 0, "acted": 0, "wanted": 1}}
    assert player.statuses(1) == [502]


def test_errors_that_are_faults_survive_as_added_rules(play: StatePlayer) -> None:
    player = play(rules("{when: {calls: 9}, fail: 500}"))
    rule = {"when": {"times": 1}, "fail": "json-fenced"}
    send_json(player, "POST", "/_mockgem/scenario/rules", rule)
    assert player.statuses(2) == [200, 200]
    assert counters(player)["rules"]["rule-2"]["acted"] == 1


def test_choosing_a_scenario_again_begins_again(play: StatePlayer) -> None:
    player = play(rules("{when: {calls: 1}, fail: 503}"))
    assert player.statuses(2) == [503, 200]
    send_json(player, "PUT", "/_mockgem/scenario", {"name": "played"})
    assert player.statuses(2) == [503, 200]


def test_updates_return_results_and_reading_changes_nothing(play: StatePlayer) -> None:
    player = play(rules("{fail: 500}"))

    async def run() -> None:
        store = player.house.scenario_manager.get_run(player.world, "played").state

        def add(state: RunState) -> int:
            state.call_count += 1
            return state.call_count

        assert [await store.update(add) for _ in range(2)] == [1, 2]
        assert (await store.read()).call_count == 2
        await store.reset()
        assert (await store.read()).call_count == 0

    asyncio.run(run())


def test_a_failed_change_is_reported(play: StatePlayer) -> None:
    player = play(rules("{fail: 500}"))
    store = player.house.scenario_manager.get_run(player.world, "played").state

    def fail(state: RunState) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(store.update(fail))


def test_a_state_on_disk_outlives_the_server(tmp_path: Path) -> None:
    text = rules("{when: {calls: 1..2}, fail: 503}", "{quota: {rpm: 3}}")

    def start(scenario: str = text) -> Player:
        return StoredPlayer(scenario, keep_in_store, state=str(tmp_path), choose=False)

    assert start().statuses(1) == [503]
    assert start().statuses(4) == [503, 200, 200, 200]
    assert start().statuses(1) == [429]
    edited = text.replace("title: test", "title: edited")
    assert start(edited).statuses(1) == [503], "another scenario, another state"


def test_processes_share_a_quota(tmp_path: Path) -> None:
    text = rules("{quota: {rpm: 3}}")
    one, other = (
        StoredPlayer(text, keep_in_store, state=str(tmp_path), choose=False) for _ in range(2)
    )
    statuses = [player.chat("hi").status for player in (one, other, one, other, one)]
    assert statuses == [200, 200, 200, 429, 429]


def test_a_whole_state_can_be_written_as_json() -> None:
    rule = Rule.model_validate({"when": {"calls": "2..", "text": "*x*"}, "fail": 503})
    initial = RunState(1.5, (rule,), 1)
    state = RunState(1.5, (rule, rule), 1, Expect.model_validate({"polls": "1..3", "waits": "2s"}))
    state.call_count, state.open_calls = 7, 1
    state.match_counts[0, "key"] = 3
    state.fire_counts[1, ""] = 2
    for number in range(3):
        state.count_request(1, b"\x00\xff")
        state.token_first_seen.put(f"token-{number}", float(number))
    meter = state.meters[0, "project", "gemini"] = Meter()
    meter.expire_old(100.0, fixed=False)
    meter.record_request(100.0, 12)
    meter.start_request()
    record = json.loads(json.dumps(encode_state(state, initial)))
    copy = decode_state(record, initial)
    assert encode_state(copy, initial) == encode_state(state, initial)
    assert (copy.rules, copy.expect, copy.meters) == (state.rules, state.expect, state.meters)
    assert copy.count_request(1, b"\x00\xff") == 4


def test_states_stay_in_memory_unless_somebody_chooses_otherwise(tmp_path: Path) -> None:
    """The journal, from which verdicts are made, ends with the server as well."""
    player = Player(rules("{fail: 500}"), state=str(tmp_path))
    player.statuses(1)
    assert asyncio.run(player.world.store.list_records("scenario-runs", 0, 10)) == []


def test_the_factory_gets_the_world_and_the_scenario() -> None:
    seen: list[tuple[str, str]] = []

    def open_state(world: World, name: str, scenario: Any, new_state: Any) -> Any:
        seen.append((world.name, scenario.title))
        return keep_in_memory(world, name, scenario, new_state)

    StoredPlayer(rules("{fail: 500}"), open_state).statuses(1)
    assert seen == [("", "test")]


@given(
    st.lists(
        st.tuples(st.floats(0, 4e9), st.integers(0, 2**40)),
        max_size=20,
    )
)
def test_the_requests_of_a_meter_are_kept_to_the_bit(requests: list[tuple[float, int]]) -> None:
    meter = Meter(deque(requests), "2026-11-29", 7, 2)
    assert decode_meter(json.loads(json.dumps(encode_meter(meter)))) == meter


def test_a_meter_of_an_earlier_version_is_read() -> None:
    assert decode_meter([[[1.5, 20]], "2026-11-29", 1, 0]).recent_requests == deque([(1.5, 20)])
