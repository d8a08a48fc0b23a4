"""Scenarios in several workers: each call counts once, and a change is in force everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.threads import run_together
from tests.workers.servers import CHAT, Connection, WorkerServer, serving

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")


def put(connection: Connection, path: str, body: object, method: str = "PUT") -> None:
    status, answer = connection.send(method, f"/_mockgem/{path}", body)
    assert status == 200, answer


def add_rule(connection: Connection, **rule: object) -> None:
    put(connection, "scenario/rules", rule, "POST")


def ask_in_turns(pair: list[Connection], count: int, text: str = "Hello!") -> list[int]:
    return [pair[number % len(pair)].ask(text)[0] for number in range(count)]


@pytest.mark.slow
def test_the_third_call_fails_exactly_once_among_parallel_clients(server: WorkerServer) -> None:
    control = server.connect()
    for nth in (3, 7):
        control.send("POST", "/_mockgem/reset")
        add_rule(control, when={"calls": nth}, fail=503)
        statuses: list[int] = []

        def ask(number: int, found: list[int] = statuses) -> None:
            for connection in server.connect_to_each():
                found.extend([connection.ask()[0] for _ in range(10)])

        run_together(5, ask)
        assert sorted(statuses) == [200] * 99 + [503]
        rules = control.get("/_mockgem/scenario")["plays"]["added"]
        assert (rules["calls"], rules["running"]) == (100, 0)
        assert rules["rules"]["rule-1"] == {"met": 100, "acted": 1, "wanted": 1}


def test_a_rule_is_in_force_everywhere_before_its_answer(pair: list[Connection]) -> None:
    for turn in range(20):
        changer, other = pair[turn % 2], pair[1 - turn % 2]
        put(changer, "rules", {"rule": {"say": f"reply {turn}"}, "position": "first"}, "POST")
        assert other.ask()[1]["choices"][0]["message"]["content"] == f"reply {turn}"
    assert len(pair[0].get("/_mockgem/rules")["rules"]) == 20
    assert pair[1].send("DELETE", "/_mockgem/rules/20")[0] == 200
    assert pair[0].ask()[1]["choices"][0]["message"]["content"] == "reply 18"


def test_rules_that_two_workers_add_at_once_are_all_there(server: WorkerServer) -> None:
    pair = server.connect_to_each()
    pair[0].send("POST", "/_mockgem/reset")

    def add(number: int) -> None:
        connection = server.connect()
        for turn in range(10):
            add_rule(connection, name=f"r-{number}-{turn}", when={"times": 1}, say="x")

    run_together(6, add)
    names = {rule["name"] for rule in pair[1].get("/_mockgem/rules")["rules"]}
    assert names == {f"r-{number}-{turn}" for number in range(6) for turn in range(10)}


def test_replies_for_a_number_of_calls_are_each_given_once(server: WorkerServer) -> None:
    control = server.connect()
    control.send("POST", "/_mockgem/reset")
    for number in range(30):
        rule = {"say": f"reply {number}", "when": {"times": 1}}
        put(control, "rules", {"rule": rule}, "POST")
    found: list[str] = []

    def ask(number: int) -> None:
        for connection in server.connect_to_each():
            for _ in range(5):
                found.append(connection.ask()[1]["choices"][0]["message"]["content"])

    run_together(3, ask)
    assert sorted(found) == sorted(f"reply {number}" for number in range(30))


def test_a_scenario_is_chosen_stopped_and_begun_again_for_all(pair: list[Connection]) -> None:
    one, other = pair
    put(
        one,
        "scenario",
        {"name": "mine", "scenario": {"rules": [{"when": {"calls": 2}, "fail": 500}]}},
    )
    assert ask_in_turns(pair, 4) == [200, 500, 200, 200]
    put(other, "scenario", {"name": "mine"})
    assert ask_in_turns(pair, 3) == [200, 500, 200]
    assert one.send("DELETE", "/_mockgem/scenario")[0] == 200
    assert ask_in_turns(pair, 3) == [200, 200, 200]
    assert other.get("/_mockgem/scenario")["scenario"] is None
    assert other.get("/_mockgem/scenario")["plays"]["mine"]["calls"] == 3


def test_a_scenario_in_a_world_acts_before_a_worker_knows_the_world(pair: list[Connection]) -> None:
    one, other = pair
    path = "/w/fresh/_mockgem/scenario"
    one.send("PUT", path, {"name": "mine", "scenario": {"rules": [{"fail": 503}]}})
    assert other.ask(path=f"/w/fresh{CHAT}")[0] == 503
    assert other.ask()[0] == 200


def test_a_scenario_of_the_request_counts_in_all_workers(pair: list[Connection]) -> None:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hi"}]}
    told = {"x_mockgem_scenario": "overloaded-then-ok"}
    statuses = [pair[turn % 2].send("POST", CHAT, body, **told)[0] for turn in range(4)]
    single = [200 if status == 200 else 503 for status in statuses]
    assert statuses == sorted(single, reverse=True)
    assert 503 in statuses
    assert 200 in statuses
    for connection in pair:
        assert connection.get("/_mockgem/scenario")["plays"]["overloaded-then-ok"]["calls"] == 4


def test_a_quota_counts_the_requests_of_all_workers(pair: list[Connection]) -> None:
    put(pair[0], "scenario", {"name": "mine", "scenario": {"rules": [{"quota": {"rpm": 5}}]}})
    assert ask_in_turns(pair, 7) == [200] * 5 + [429] * 2
    pair[1].send("POST", "/_mockgem/clock", {"advance": "61s"})
    assert ask_in_turns(pair, 6) == [200] * 5 + [429]


def set_budget(connection: Connection, usd: float) -> None:
    rule = {"name": "cap", "budget": usd}
    put(connection, "scenario", {"name": "mine", "scenario": {"rules": [rule]}})


def read_budget(connection: Connection) -> dict[str, float]:
    (row,) = connection.get("/_mockgem/scenario")["plays"]["mine"]["budgets"]
    return {name: row[name] for name in ("spent", "charged", "refused")}


def find_cost(pair: list[Connection]) -> float:
    """Return what a chat costs."""
    set_budget(pair[0], 1000)
    assert pair[1].ask()[0] == 200
    return read_budget(pair[0])["spent"]


def test_a_budget_is_spent_by_all_workers_and_begins_again_for_all(pair: list[Connection]) -> None:
    cost = find_cost(pair)
    for turn in (0, 1):
        set_budget(pair[turn], 2.5 * cost)
        assert ask_in_turns(pair, 5) == [200, 200, 200, 429, 429]
        for connection in pair:
            assert read_budget(connection) == {
                "spent": pytest.approx(3 * cost),
                "charged": 3,
                "refused": 2,
            }
            assert connection.get("/_mockgem/verdict")["budgets"][0]["left"] == 0


def test_a_budget_is_overspent_by_no_more_than_the_requests_in_flight(
    server: WorkerServer,
) -> None:
    control = server.connect()
    control.send("POST", "/_mockgem/reset")
    cost = find_cost([control, control])
    set_budget(control, 19.5 * cost)
    clients = 6
    statuses: list[int] = []

    def ask(number: int) -> None:
        connection = server.connect()
        statuses.extend([connection.ask()[0] for _ in range(10)])

    run_together(clients, ask)
    passed = statuses.count(200)
    assert 20 <= passed < 20 + clients
    assert statuses.count(429) == 60 - passed
    assert read_budget(control) == {
        "spent": pytest.approx(passed * cost),
        "charged": passed,
        "refused": 60 - passed,
    }


def test_equal_requests_are_repeats_in_any_worker(pair: list[Connection]) -> None:
    put(
        pair[0],
        "scenario",
        {"name": "mine", "scenario": {"rules": [{"when": {"repeat": "2.."}, "fail": 503}]}},
    )
    statuses = [pair[n % 2].ask(text)[0] for n, text in enumerate("abacb")]
    assert statuses == [200, 200, 503, 200, 503]


def test_expectations_and_the_verdict_are_those_of_all_workers(pair: list[Connection]) -> None:
    one, other = pair
    add_rule(one, when={"times": 2}, fail=503)
    put(other, "scenario/expect", {"attempts": 3})
    assert ask_in_turns(pair, 3) == [503, 503, 200]
    verdicts = [connection.get("/_mockgem/verdict") for connection in pair]
    assert verdicts[0] == verdicts[1]
    assert verdicts[0]["pass"] is True
    assert [call["status"] for call in verdicts[0]["calls"]] == [503, 503, 200]
    put(one, "scenario/expect", {"attempts": 5})
    assert other.get("/_mockgem/verdict")["pass"] is False


def test_a_run_that_all_worlds_share_counts_them_together(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text(
        "title: all\ncount_by: all\nrules: [{when: {calls: 3}, fail: 503}]\n"
    )
    with serving("--scenarios", str(tmp_path), "--scenario", "all") as server:
        pair = server.connect_to_each()
        paths = [f"/w/w{number}{CHAT}" for number in range(5)]
        statuses = [pair[n % 2].ask(path=path)[0] for n, path in enumerate(paths)]
    assert statuses == [200, 200, 503, 200, 200]


def test_a_time_scale_holds_in_all_workers(pair: list[Connection]) -> None:
    rules = [{"latency": {"first": "1000s"}}]
    put(
        pair[0],
        "scenario",
        {"name": "slow", "scenario": {"rules": rules}, "time_scale": 0.00001},
    )
    for connection in pair:
        assert connection.ask()[0] == 200
