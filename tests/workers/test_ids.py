"""Ids: no two answers have the same one, and `--ids repeatable` gives those of one process."""

from __future__ import annotations

import os
import signal

import pytest

from tests.conftest import ServerProcess
from tests.threads import run_together
from tests.workers.servers import Connection, WorkerServer, serving

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")


def collect_ids(server: WorkerServer, each: int, threads: int = 4) -> list[str]:
    """Return the ids of many answers to one question, asked by several clients at once."""
    ids: list[str] = []

    def ask(number: int) -> None:
        for connection in server.connect_to_each():
            ids.extend([connection.ask()[1]["id"] for _ in range(each)])

    run_together(threads, ask)
    return ids


@pytest.mark.slow
def test_no_id_comes_twice_from_all_workers() -> None:
    with serving(workers=3) as server:
        ids = collect_ids(server, 200, threads=5)
    assert len(ids) == len(set(ids)) == 3000


@pytest.mark.slow
def test_the_replacement_of_a_killed_worker_makes_other_ids() -> None:
    with serving() as server:
        ids = collect_ids(server, 50)
        for worker in server.list_workers():
            os.kill(worker, signal.SIGKILL)
            server.wait_for_workers(worker)
        ids += collect_ids(server, 50)
    assert len(ids) == len(set(ids)) == 800


def test_resources_of_all_workers_have_different_names() -> None:
    body = {"model": "models/gemini-2.5-flash", "contents": [{"parts": [{"text": "word " * 5000}]}]}
    with serving() as server:
        pair = server.connect_to_each()
        names = [
            connection.send("POST", "/v1beta/cachedContents", body)[1]["name"]
            for _ in range(10)
            for connection in pair
        ]
    assert len(set(names)) == 20


def ask_ids(connections: list[Connection]) -> list[str]:
    """Return the ids of a fixed series of questions, some of which repeat."""
    return [
        connections[number % len(connections)].ask(f"question {number % 3}")[1]["id"]
        for number in range(12)
    ]


def ask_one_server(*options: str) -> list[str]:
    server = ServerProcess("--quiet", *options)
    connection = Connection(server.url.removeprefix("http://"))
    ids = ask_ids([connection])
    connection.close()
    server.stop()
    return ids


@pytest.mark.slow
def test_repeatable_ids_are_those_of_one_process() -> None:
    wanted = ask_one_server()
    with serving("--ids", "repeatable") as server:
        pair = server.connect_to_each()
        assert ask_ids(pair) == wanted
        pair[0].send("POST", "/_mockgem/reset")
        assert ask_ids(pair[::-1]) == wanted


@pytest.mark.slow
def test_repeatable_ids_do_not_repeat_when_many_clients_ask_at_once() -> None:
    with serving("--ids", "repeatable") as server:
        ids = collect_ids(server, 100)
    assert len(ids) == len(set(ids)) == 800


@pytest.mark.slow
@pytest.mark.parametrize("option", [(), ("--ids", "repeatable")])
def test_one_worker_makes_the_ids_of_a_server_without_the_option(option: tuple[str, ...]) -> None:
    assert ask_one_server() == ask_one_server("--workers", "1", *option)
