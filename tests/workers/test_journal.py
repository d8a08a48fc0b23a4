"""The journal of several workers: one journal in the order of the requests."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading

import pytest

from tests.workers.servers import (
    CHAT,
    HEADERS,
    PATIENCE,
    Connection,
    WorkerServer,
    serving,
    wait_for,
)

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")


def read_questions(connection: Connection, query: str = "") -> list[str]:
    """Return the questions of all journal entries in order."""
    entries = connection.get(f"/_mockgem/journal?limit=1000{query}")["entries"]
    return [
        entry["request"]["body"].rpartition('"content": "')[2].partition('"')[0]
        for entry in entries
    ]


def test_entries_are_in_the_order_of_the_requests_and_keep_their_numbers(
    pair: list[Connection],
) -> None:
    asked = []
    for number in range(60):
        asked.append(f"question {number}")
        pair[number * 7 % 3 % 2].ask(asked[-1])
        if number % 10 == 9:
            assert read_questions(pair[number // 10 % 2]) == asked
    numbers = [entry["number"] for entry in pair[0].get("/_mockgem/journal?limit=1000")["entries"]]
    assert numbers == list(range(1, 61))
    assert read_questions(pair[1], "&after=50") == asked[50:]


def test_entries_can_be_read_one_by_one_and_counted_anywhere(pair: list[Connection]) -> None:
    for number in range(6):
        pair[number % 2].ask(f"question {number}")
    for connection in pair:
        assert connection.get("/_mockgem/journal/4")["number"] == 4
        counters = connection.get("/_mockgem/counters")
        assert (counters["total"], counters["status"]) == (6, {"200": 6})
        assert counters["paths"]["fast"] >= 6  # of both workers, each of which answered some
        newest = connection.get("/_mockgem/journal?order=desc&limit=2")["entries"]
        assert [entry["number"] for entry in newest] == [6, 5]
    assert pair[0].send("GET", "/_mockgem/journal/7")[0] == 404


def test_a_cleared_journal_is_empty_everywhere_and_numbers_go_on(pair: list[Connection]) -> None:
    for number in range(4):
        pair[number % 2].ask()
    assert pair[1].send("DELETE", "/_mockgem/journal")[0] == 200
    for connection in pair:
        assert connection.get("/_mockgem/journal")["entries"] == []
    pair[0].ask("later")
    entries = pair[1].get("/_mockgem/journal")["entries"]
    assert [entry["number"] for entry in entries] == [5]


def test_a_reader_who_waits_sees_the_request_to_another_worker(pair: list[Connection]) -> None:
    one, other = pair
    found: list[list[str]] = []
    waiter = threading.Thread(target=lambda: found.append(read_questions(one, "&wait=50s&count=3")))
    waiter.start()
    for number in range(3):
        other.ask(f"question {number}")
    waiter.join(PATIENCE)
    assert found == [["question 0", "question 1", "question 2"]]


def test_events_come_from_all_workers(server: WorkerServer, pair: list[Connection]) -> None:
    stream = http.client.HTTPConnection(server.address, timeout=PATIENCE)
    stream.request("GET", "/_mockgem/journal/events", headers=HEADERS)
    response = stream.getresponse()
    while b"event: ready" not in response.readline():
        pass
    for number in range(4):
        pair[number % 2].ask(f"question {number}")
    seen = 0
    while seen < 4:
        seen += response.readline().startswith(b"event: entry")
    stream.close()


def test_a_stream_is_open_in_the_journal_until_it_ends(pair: list[Connection]) -> None:
    one, other = pair
    rule = {"latency": {"between": "150ms"}}
    one.send("POST", "/_mockgem/scenario/rules", rule)
    body = {
        "model": "gemini-2.5-flash",
        "stream": True,
        "messages": [{"role": "user", "content": "Tell me a long story"}],
    }
    other.http.request("POST", CHAT, json.dumps(body).encode(), HEADERS)
    response = other.http.getresponse()
    assert one.get("/_mockgem/journal")["entries"][0]["outcome"] == "open"
    response.read()
    entry = one.get("/_mockgem/journal")["entries"][0]
    assert entry["outcome"] == "whole"
    assert entry["response"]["body"].endswith("data: [DONE]\n\n")
    assert entry["number"] == 1
    assert one.get("/_mockgem/verdict")["open"] == 0


@pytest.mark.slow
def test_a_thousand_entries_are_kept_and_all_are_counted(pair: list[Connection]) -> None:
    for number in range(1300):
        pair[number % 2].ask(f"question {number}")
    page = pair[0].get("/_mockgem/journal?limit=1000&bodies=false")
    assert page["total"] == 1300
    assert [entry["number"] for entry in page["entries"]] == list(range(301, 1301))
    assert len(page["forgotten"]) == 20


def test_an_answer_that_a_scenario_decided_is_in_the_journal_of_a_killed_worker() -> None:
    with serving() as server:
        one, other = server.connect_to_each()
        victim = server.find_worker(one)
        assert victim is not None
        other.send("POST", "/_mockgem/scenario/rules", {"when": {"calls": 1}, "fail": 503})
        assert one.ask("before the end")[0] == 503
        os.kill(victim, signal.SIGKILL)
        assert read_questions(other) == ["before the end"]


def test_a_stream_of_a_killed_worker_was_cut() -> None:
    with serving() as server:
        one, other = server.connect_to_each()
        victim = server.find_worker(one)
        assert victim is not None
        other.send("POST", "/_mockgem/scenario/rules", {"latency": {"first": "300s"}})
        body = {
            "model": "gemini-2.5-flash",
            "stream": True,
            "messages": [{"role": "user", "content": "Hi"}],
        }
        one.http.request("POST", CHAT, json.dumps(body).encode(), HEADERS)
        wait_for(lambda: other.get("/_mockgem/journal")["entries"])
        assert other.get("/_mockgem/scenario")["plays"]["added"]["running"] == 1
        os.kill(victim, signal.SIGKILL)
        server.wait_for_workers(victim)
        entry = wait_for(
            lambda: next(
                (e for e in other.get("/_mockgem/journal")["entries"] if e["outcome"] != "open"),
                None,
            )
        )
        assert entry["outcome"] == "cut"
        assert other.get("/_mockgem/scenario")["plays"]["added"]["running"] == 0


def test_metrics_are_those_of_all_workers() -> None:
    with serving("--metrics") as server:
        pair = server.connect_to_each()
        for number in range(6):
            pair[number % 2].ask(f"question {number}")
        for connection in pair:
            status, text = connection.send("GET", "/_mockgem/metrics")
            assert status == 200
            counted = [
                float(line.rpartition(b" ")[2])
                for line in text.splitlines()
                if line.startswith(b"mockgem_requests_total") and b"gemini-2.5-flash" in line
            ]
            assert counted == [3.0, 3.0]
