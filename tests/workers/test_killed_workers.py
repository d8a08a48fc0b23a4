"""Workers are killed under load. Clients that try again lose nothing that was acknowledged."""

from __future__ import annotations

import http.client
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest

from tests.threads import run_together
from tests.workers.servers import PATIENCE, Connection, WorkerServer, serving
from tests.workers.test_state import finish, upload

pytestmark = [
    pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed"),
    pytest.mark.slow,
]
KILLS = 20
Result = TypeVar("Result")


@contextmanager
def killing(server: WorkerServer, seed: int) -> Iterator[threading.Event]:
    """Kill a worker again and again, each time after its replacement has come."""
    chance, done = random.Random(seed), threading.Event()

    def kill() -> None:
        for _ in range(KILLS):
            victim = chance.choice(server.list_workers())
            os.kill(victim, signal.SIGKILL)
            server.wait_for_workers(victim)
            time.sleep(0.1 + chance.random() * 0.4)
        done.set()

    thread = threading.Thread(target=kill)
    thread.start()
    yield done
    thread.join()


class RetryingClient:
    """Sends each request again on a new connection until it gets an answer."""

    def __init__(self, server: WorkerServer) -> None:
        self.server = server
        self.connection: Connection | None = None

    def run(self, work: Callable[[Connection], Result]) -> Result:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                if self.connection is None:
                    self.connection = self.server.connect()
                return work(self.connection)
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, "no worker answers"
                if self.connection is not None:
                    self.connection.close()
                self.connection = None


def test_files_rules_ids_and_journal_survive() -> None:
    """Each client uploads files, asks, and adds rules while workers are killed."""
    files: list[str] = []
    ids: list[str] = []
    rules: list[str] = []
    with serving(workers=3) as server, killing(server, 1) as done:

        def work(number: int) -> None:
            client, turn = RetryingClient(server), 0
            while not done.is_set():
                turn += 1
                data = f"file {number} {turn}".encode()
                upload_id = client.run(lambda one, data=data: upload(one, data, name=data.decode()))
                files.append(
                    client.run(lambda one, i=upload_id, data=data: finish_again(one, i, data))
                )
                ids.append(client.run(lambda one: one.ask("same question")[1]["id"]))
                if turn <= 50:
                    rule = {"name": f"r-{number}-{turn}", "when": {"model": "none"}, "fail": 500}
                    client.run(lambda one, rule=rule: add_rule(one, rule))
                    rules.append(rule["name"])

        run_together(4, work)
        control = RetryingClient(server)
        for name in files:
            assert control.run(lambda one, name=name: one.send("GET", f"/v1beta/{name}"))[0] == 200
        kept = control.run(lambda one: one.get("/_mockgem/rules"))["rules"]
        assert {rule["name"] for rule in kept} >= set(rules)
    assert len(ids) == len(set(ids))
    assert len(files) == len(set(files)) > KILLS


def finish_again(connection: Connection, upload_id: str, data: bytes) -> str:
    """Finish an upload, or find the file if the answer to the first try was lost."""
    told = {"X_Goog_Upload_Command": "query"}
    path = f"/upload/v1beta/files?upload_id={upload_id}"
    connection.send("POST", path, b"", **told)
    if connection.headers["X-Goog-Upload-Status"] == "active":
        received = int(connection.headers["X-Goog-Upload-Size-Received"])
        return finish(connection, upload_id, data[received:], received)
    listed = connection.get("/v1beta/files?pageSize=100")["files"]
    return next(str(one["name"]) for one in listed if one["displayName"] == data.decode())


def add_rule(connection: Connection, rule: dict[str, Any]) -> None:
    """Add a rule. A second try finds its name taken if the answer to the first one was lost."""
    status, body = connection.send("POST", "/_mockgem/scenario/rules", rule)
    assert status == 200 or "two rules are called" in str(body)


def test_a_rule_acts_as_often_as_it_may_and_the_verdict_has_every_answer() -> None:
    statuses: Counter[int] = Counter()
    with serving(workers=3) as server:
        control = RetryingClient(server)
        rule = {"when": {"times": 20}, "fail": 503}
        control.run(lambda one: one.send("POST", "/_mockgem/scenario/rules", rule))
        with killing(server, 2) as done:

            def work(number: int) -> None:
                client = RetryingClient(server)
                while not done.is_set():
                    statuses[client.run(lambda one: one.ask(f"question {number}"))[0]] += 1

            run_together(4, work)
        play = control.run(lambda one: one.get("/_mockgem/scenario"))["plays"]["added"]
        assert play["rules"]["rule-1"]["acted"] == 20
        assert statuses[503] <= 20 <= statuses[503] + KILLS * 4
        assert play["calls"] >= statuses.total()
        assert play["running"] == 0
        counters = control.run(lambda one: one.get("/_mockgem/counters"))
        assert counters["total"] >= statuses.total()
