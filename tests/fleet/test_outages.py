"""Fleets when their Valkey server or one of their servers ends: what goes on, what fails, and how
it recovers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fleet.fleets import FleetServer, serving_fleet
from tests.valkey_server import ValkeyServer, run_valkey
from tests.workers.servers import CHAT, HEADERS, Connection, wait_for
from tests.workers.test_state import finish, upload

pytestmark = pytest.mark.valkey
CACHES = "/v1beta/cachedContents"
RULES = "/_mockgem/scenario/rules"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ValkeyServer]:
    """A Valkey server that the test may end."""
    with run_valkey(tmp_path) as server:
        yield server


@pytest.fixture
def fleet(server: ValkeyServer) -> Iterator[FleetServer]:
    with serving_fleet(server, url="&timeout=3") as fleet:
        yield fleet


def get_problems(connection: Connection) -> list[str]:
    problems: list[str] = connection.get("/_mockgem/health").get("problems", [])
    return problems


def find_error(body: Any) -> Any:
    """Return the error of Google's OpenAI-compatible API, which is in a list for some paths."""
    found = json.loads(body) if isinstance(body, bytes) else body
    return (found[0] if isinstance(found, list) else found)["error"]


def wait_until_healthy(*connections: Connection) -> None:
    for connection in connections:
        wait_for(lambda one=connection: not get_problems(one))


@pytest.mark.parametrize("end", [ValkeyServer.stop, ValkeyServer.kill])
def test_chats_go_on_and_state_is_a_clear_error_until_the_server_is_back(
    server: ValkeyServer, fleet: FleetServer, end: Callable[[ValkeyServer], None]
) -> None:
    one, other = fleet.connect_to_each()
    name = finish(one, upload(one, b"some bytes"), b"some bytes")
    one.send("POST", "/_mockgem/clock", {"advance": "1h"})
    end(server)
    created = {
        connection.ask(f"question {n}")[1]["created"]
        for n in range(5)
        for connection in (one, other)
    }
    assert len(created) == 1
    for connection in (one, other):
        status, body = connection.send("GET", f"/v1beta/{name}")
        assert (status, body["error"]["status"]) == (503, "UNAVAILABLE")
        assert (
            f"can't use its state on redis://{server.address}/0: it can't be reached"
            in (body["error"]["message"])
        )
        status, body = connection.send("GET", "/v1beta/openai/batches/batch_1")
        assert (status, find_error(body)["code"]) == (503, 503)
        status, body = connection.send("GET", "/_mockgem/journal")
        assert (status, body["error"][:21]) == (503, "mockgem can't use its")
        health = connection.get("/_mockgem/health")
        assert health["status"] == "degraded"
        assert "can't be reached" in health["problems"][0]
        assert connection.ask(path="/w/new/v1beta/openai/chat/completions")[0] == 503
    server.start()
    wait_until_healthy(one, other)
    for connection in (other, one):
        assert connection.get(f"/v1beta/{name}")["sizeBytes"] == "10"
        assert connection.get("/_mockgem/clock")["now"].startswith("2026-11-01T01:00")
    journal = one.get("/_mockgem/journal?limit=1000")["entries"]
    assert sum(entry["path"] == CHAT for entry in journal) == 10
    finish(other, upload(one, b"after"), b"after")


def test_a_change_after_an_outage_reaches_all_servers(
    server: ValkeyServer, fleet: FleetServer
) -> None:
    one, other = fleet.connect_to_each()
    server.kill()
    for connection in (one, other):
        connection.send("GET", "/v1beta/files")
    server.start()
    wait_until_healthy(one, other)
    assert one.send("POST", RULES, {"say": "changed"})[0] == 200
    assert other.ask()[1]["choices"][0]["message"]["content"] == "changed"


def test_a_server_that_stands_still_costs_one_timeout(
    server: ValkeyServer, fleet: FleetServer
) -> None:
    one, _ = fleet.connect_to_each()
    server.pause()
    status, body = one.send("GET", "/v1beta/files")
    assert status == 503
    assert "the server does not answer within 3 seconds" in body["error"]["message"]
    assert [one.ask(f"question {number}")[0] for number in range(20)] == [200] * 20
    server.resume()
    wait_until_healthy(one)
    assert one.send("GET", "/v1beta/files")[0] == 200


def test_scenario_calls_fail_in_the_format_of_each_api_while_the_server_is_away(
    server: ValkeyServer, fleet: FleetServer
) -> None:
    one, _ = fleet.connect_to_each()
    one.send("POST", RULES, {"when": {"calls": 2}, "fail": 429})
    assert one.ask()[0] == 200
    server.kill()
    status, body = one.ask()
    assert (status, find_error(body)["status"]) == (503, "UNAVAILABLE")
    native = {"contents": [{"parts": [{"text": "Hi"}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    status, body = one.send("POST", path, native)
    assert (status, body["error"]["status"]) == (503, "UNAVAILABLE")
    assert one.ask(path="/v1/chat/completions")[0] == 503
    server.start()
    wait_until_healthy(one)
    assert [one.ask()[0] for _ in range(2)] == [429, 200]


def test_a_stream_that_ends_while_the_server_is_away_is_whole_and_over(
    server: ValkeyServer, fleet: FleetServer
) -> None:
    one, _ = fleet.connect_to_each()
    one.send("POST", RULES, {"latency": {"between": "20ms"}})
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Tell a story"}]}
    one.http.request("POST", CHAT, json.dumps(body | {"stream": True}).encode(), HEADERS)
    response = one.http.getresponse()
    response.readline()
    server.kill()
    assert response.read().endswith(b"data: [DONE]\n\n")
    server.start()
    wait_until_healthy(one)
    assert one.ask()[0] == 200
    counts = one.get("/_mockgem/scenario")["plays"]["added"]
    assert (counts["calls"], counts["running"]) == (2, 0)


def test_counts_survive_a_killed_valkey_server(server: ValkeyServer, fleet: FleetServer) -> None:
    """Calls that were acknowledged count once, whatever ends in between."""
    pair = fleet.connect_to_each()
    pair[0].send("POST", RULES, {"when": {"calls": 6}, "fail": 503})
    assert [pair[n % 2].ask()[0] for n in range(3)] == [200] * 3
    server.kill()
    server.start()
    wait_until_healthy(*pair)
    assert [pair[n % 2].ask()[0] for n in range(4)] == [200, 200, 503, 200]


def test_a_killed_server_leaves_its_work_to_the_others(fleet: FleetServer) -> None:
    """Its files are there, its batch goes on, its locks expire, and its open call is over."""
    one, other = fleet.connect_to_each()
    name = finish(one, upload(one, b"x"), b"x")
    other.send("POST", RULES, {"when": {"endpoint": "generate"}, "latency": {"first": "300s"}})
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hi"}]}
    one.http.request("POST", CHAT, json.dumps(body).encode(), HEADERS)
    running = wait_for(lambda: other.get("/_mockgem/scenario")["plays"]["added"]["running"])
    assert running == 1
    fleet.kill(0)
    wait_for(lambda: not other.get("/_mockgem/scenario")["plays"]["added"]["running"])
    assert other.get(f"/v1beta/{name}")["sizeBytes"] == "1"
    fleet.replace(0)
    again = fleet.connect_to_each()[0]
    assert again.get(f"/v1beta/{name}")["sizeBytes"] == "1"
    assert again.get("/_mockgem/scenario")["scenario"] == "added"


def test_ids_never_repeat_although_servers_restart_and_valkey_loses_its_data(
    server: ValkeyServer, fleet: FleetServer
) -> None:
    ids: list[str] = []

    def ask(connection: Connection) -> None:
        ids.extend(connection.ask()[1]["id"] for _ in range(20))

    for connection in fleet.connect_to_each():
        ask(connection)
    fleet.kill(0)
    fleet.replace(0)
    ask(fleet.connect_to_each()[0])
    numbers = server.send("HGET", f"{fleet.prefix}:meta", "servers")
    assert server.send("FLUSHALL") == b"+OK\r\n"
    wait_for(lambda: server.send("HGET", f"{fleet.prefix}:meta", "servers") == numbers)
    fleet.replace(1)
    ask(fleet.connect_to_each()[1])
    assert len(ids) == len(set(ids)) == 80


def test_full_memory_is_a_429_of_the_api_and_deleting_makes_room(tmp_path: Path) -> None:
    options = ("--maxmemory", "8mb", "--maxmemory-policy", "noeviction")
    with run_valkey(tmp_path, *options) as server, serving_fleet(server) as fleet:
        one, other = fleet.connect_to_each()
        names: list[str] = []
        while (answer := send_whole(one))[0] == 200:
            names.append(answer[1]["file"]["name"])
            assert len(names) < 20
        status, body = answer
        assert (status, body["error"]["status"]) == (429, "RESOURCE_EXHAUSTED")
        assert "You have exceeded your file storage quota" in body["error"]["message"]
        assert other.ask()[0] == 200
        for name in names:
            assert other.send("DELETE", f"/v1beta/{name}")[0] == 200
        assert send_whole(other)[0] == 200
        assert len(one.get("/v1beta/files")["files"]) == 1


def send_whole(connection: Connection) -> tuple[int, Any]:
    told = {"X_Goog_Upload_Protocol": "raw", "Content_Type": "text/plain"}
    return connection.send("POST", "/upload/v1beta/files", b"z" * 500_000, **told)


def test_a_reader_does_not_wait_long_for_a_server_that_was_killed(fleet: FleetServer) -> None:
    one, other = fleet.connect_to_each()
    one.ask("before the end")
    other.get("/_mockgem/journal")
    fleet.kill(0)
    entries = other.get("/_mockgem/journal")["entries"]
    assert len(entries) == 1
    assert other.send("POST", RULES, {"say": "alone"})[0] == 200
    assert other.ask()[1]["choices"][0]["message"]["content"] == "alone"
