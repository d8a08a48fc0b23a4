"""A server with workers whose state is on a Valkey server: what holds for workers holds for it."""

# ruff: noqa: F401 - pytest collects what is imported here

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fleet.fleets import connect_without_worlds
from tests.ports import find_free_port
from tests.valkey_server import ValkeyServer, run_valkey
from tests.workers.servers import Connection, WorkerServer, serving
from tests.workers.test_ids import (
    test_no_id_comes_twice_from_all_workers,
    test_repeatable_ids_are_those_of_one_process,
    test_resources_of_all_workers_have_different_names,
)
from tests.workers.test_journal import (
    test_a_stream_is_open_in_the_journal_until_it_ends,
    test_a_stream_of_a_killed_worker_was_cut,
    test_an_answer_that_a_scenario_decided_is_in_the_journal_of_a_killed_worker,
    test_entries_are_in_the_order_of_the_requests_and_keep_their_numbers,
    test_events_come_from_all_workers,
)
from tests.workers.test_scenarios import (
    test_a_budget_is_overspent_by_no_more_than_the_requests_in_flight,
    test_a_budget_is_spent_by_all_workers_and_begins_again_for_all,
    test_a_quota_counts_the_requests_of_all_workers,
    test_expectations_and_the_verdict_are_those_of_all_workers,
    test_the_third_call_fails_exactly_once_among_parallel_clients,
)
from tests.workers.test_state import (
    test_a_batch_is_created_polled_and_read_in_different_workers,
    test_a_moved_clock_moves_in_all_workers_before_the_answer,
    test_a_reset_empties_the_world_in_all_workers,
    test_an_upload_goes_on_in_another_worker,
    test_worlds_are_listed_and_deleted_in_all_workers,
)
from tests.workers.test_supervision import test_a_fault_refuses_connections_at_all_workers

pytestmark = [
    pytest.mark.valkey,
    pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed"),
    pytest.mark.usefixtures("serve_worker_fleets"),
]


@contextlib.contextmanager
def serving_on(valkey: ValkeyServer, *options: str, **more: Any) -> Iterator[WorkerServer]:
    """Run a server with workers, with a prefix of its own on a Valkey server."""
    url = valkey.url(f"workers-{secrets.token_hex(4)}", more.pop("url", ""))
    with serving("--state", url, *options, **more) as server:
        yield server


@pytest.fixture
def serve_worker_fleets(
    request: pytest.FixtureRequest, valkey: ValkeyServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the tests of other modules start such a server."""
    module = request.function.__globals__["__name__"]

    def serve(*options: str, **more: Any) -> Any:
        return serving_on(valkey, *options, **more)

    if module != __name__:
        monkeypatch.setattr(f"{module}.serving", serve, raising=False)


@pytest.fixture(scope="module")
def server(valkey: ValkeyServer) -> Iterator[WorkerServer]:
    with serving_on(valkey) as started:
        yield started


@pytest.fixture
def pair(server: WorkerServer) -> Iterator[list[Connection]]:
    """A connection to each of two workers, of a server without worlds."""
    yield from connect_without_worlds(server.connect_to_each())


def test_counters_add_up_what_both_workers_answered(pair: list[Connection]) -> None:
    before = pair[0].get("/_mockgem/counters")["paths"]["slow"]
    for number in range(6):
        pair[number % 2].ask(f"question {number}")
    for number, connection in enumerate(pair, 1):
        counters = connection.get("/_mockgem/counters")
        assert (counters["total"], counters["status"]) == (6, {"200": 6})
        assert counters["paths"]["slow"] == before + 6 + number


def test_a_server_with_workers_and_another_server_share_their_state(valkey: ValkeyServer) -> None:
    prefix = f"both-{secrets.token_hex(4)}"
    url = valkey.url(prefix)
    with serving("--state", url) as first, serving("--state", url, workers=3) as second:
        connections = [*first.connect_to_each(), *second.connect_to_each()]
        rule = {"when": {"calls": 4}, "fail": 503}
        assert connections[0].send("POST", "/_mockgem/rules", {"rule": rule})[0] == 200
        assert [one.ask()[0] for one in connections] == [200, 200, 200, 503, 200]
        ids = [one.ask()[1]["id"] for one in connections * 3]
        assert len(set(ids)) == 15
        assert connections[4].get("/_mockgem/counters")["total"] == 20


def test_a_killed_worker_is_replaced_and_the_state_stays(valkey: ValkeyServer) -> None:
    with serving_on(valkey) as server:
        pair = server.connect_to_each()
        assert pair[0].send("POST", "/_mockgem/rules", {"rule": {"say": "kept"}})[0] == 200
        victim = server.find_worker(pair[0])
        assert victim is not None
        os.kill(victim, signal.SIGKILL)
        server.wait_for_workers(victim)
        for connection in server.connect_to_each():
            assert connection.ask()[1]["choices"][0]["message"]["content"] == "kept"


def test_one_message_says_that_the_server_of_the_state_is_away() -> None:
    url = f"redis://127.0.0.1:{find_free_port()}/0"
    command = [sys.executable, "-m", "mockgem", "serve", "--port", "0", "--workers", "2"]
    done = subprocess.run(
        [*command, "--state", url], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("can't be reached") == 1
    assert "Traceback" not in done.stderr
    assert "listens on" not in done.stdout


def test_a_warning_about_the_server_comes_once(tmp_path: Path) -> None:
    with run_valkey(tmp_path, "--appendonly", "no") as server, (tmp_path / "log").open("w+") as log:
        command = [sys.executable, "-m", "mockgem", "serve", "--port", "0", "--workers", "2"]
        process = subprocess.Popen(
            [*command, "--quiet", "--state", server.url()],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        assert "listens on" in process.stdout.readline()
        process.terminate()
        assert process.wait(60) == 0
        process.stdout.close()
        log.seek(0)
        assert log.read().count("has no append-only file") == 1
