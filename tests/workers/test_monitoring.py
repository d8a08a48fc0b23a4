"""Metrics, traces, costs and budgets of a server with workers: those of all workers together."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator

import pytest

from tests.telemetry.collector import Collector, collecting, read_attributes
from tests.telemetry.scraping import Scrape
from tests.threads import run_together
from tests.workers.servers import Connection, WorkerServer, serving

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="the tables of Linux are needed")
EACH = 20
"""Requests that a test sends to each worker."""


@pytest.fixture(scope="module")
def server() -> Iterator[WorkerServer]:
    with serving("--metrics", "--costs", "--request-ids") as started:
        yield started


def scrape(connection: Connection) -> Scrape:
    text = connection.get("/_mockgem/metrics")
    assert connection.headers["Content-Type"].startswith("text/plain; version=")
    return Scrape(text.decode())


def read_cost(connection: Connection) -> dict[str, float]:
    (row,) = connection.get("/_mockgem/costs")["models"]
    return {name: row[name] for name in ("requests", "input_tokens", "output_tokens", "usd")}


def test_any_worker_answers_with_the_metrics_of_all(pair: list[Connection]) -> None:
    before = [scrape(pair[0]).sum("mockgem_requests_total", worker=name) for name in "12"]
    for number in range(EACH):
        pair[number % 2].ask(f"question {number}", stream=number % 4 < 2)
    for connection in pair:
        found = scrape(connection)
        after = [found.sum("mockgem_requests_total", worker=name) for name in "12"]
        assert [after[place] - before[place] for place in (0, 1)] == [EACH / 2, EACH / 2]
        assert found.values_of("worker") == {"1", "2"}
        total = found.sum("mockgem_requests_total")
        histogram = "mockgem_request_duration_seconds"
        assert found.families[histogram].type == "histogram"
        assert found.sum(f"{histogram}_count") == total
        assert found.sum(f"{histogram}_bucket", le="+Inf") == total
        assert found.sum("mockgem_open_streams") == 0


def test_costs_are_counted_exactly_whichever_worker_answers(pair: list[Connection]) -> None:
    pair[0].ask("How much?")
    single = read_cost(pair[1])
    assert single["usd"] > 0

    def ask(place: int) -> None:
        for _ in range(EACH):
            assert pair[place].ask("How much?")[0] == 200

    run_together(2, ask)
    for connection in pair:
        assert read_cost(connection) == {
            name: pytest.approx(amount * (2 * EACH + 1)) for name, amount in single.items()
        }
        entries = connection.get("/_mockgem/journal?limit=100")["entries"]
        assert {entry["cost_usd"] for entry in entries} == {single["usd"]}
    assert pair[1].send("DELETE", "/_mockgem/costs")[0] == 200
    assert pair[0].get("/_mockgem/costs")["usd"] == 0


def test_request_ids_of_all_workers_differ_and_lead_to_the_journal(pair: list[Connection]) -> None:
    ids = set()
    for number in range(EACH):
        pair[number % 2].ask("the same question")
        ids.add(pair[number % 2].headers["X-Request-Id"])
    assert len(ids) == EACH
    for id_ in sorted(ids)[:4]:
        for connection in pair:
            assert len(connection.get(f"/_mockgem/journal?request_id={id_}")["entries"]) == 1


def test_a_budget_ends_for_all_workers_and_is_whole_again_for_all() -> None:
    with serving("--budget", "0.0000001") as server:
        pair = server.connect_to_each()
        assert pair[0].ask()[0] == 200
        for connection in pair:
            status, body = connection.ask()
            assert status == 429
            assert "spending cap" in json.loads(body)[0]["error"]["message"]
            assert connection.get("/_mockgem/costs")["left"] == 0
        assert pair[1].send("DELETE", "/_mockgem/costs")[0] == 200
        assert pair[0].ask()[0] == 200
        assert pair[1].ask()[0] == 429


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with collecting() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.url)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "600000")
        yield found


def test_all_workers_send_their_spans_before_they_end(collector: Collector) -> None:
    with serving("--traces", "--metrics", "--costs") as server:
        pair = server.connect_to_each()
        for number in range(EACH):
            pair[number % 2].ask(f"question {number}")
        assert collector.spans == []
    spans = collector.wait_for(EACH)
    assert len({span.span_id for span in spans}) == EACH
    assert len({span.trace_id for span in spans}) == EACH
    found = [read_attributes(span.attributes) for span in spans]
    assert len({one["mockgem.request_id"] for one in found}) == EACH
    assert len(collector.requests) == 2


def test_a_replaced_worker_sends_spans_and_counts_from_zero(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "20")
    with serving("--traces", "--metrics") as server:
        pair = server.connect_to_each()
        for connection in pair:
            connection.ask("before")
        collector.wait_for(2)
        victim = server.find_worker(pair[0])
        assert victim is not None
        os.kill(victim, signal.SIGKILL)
        server.wait_for_workers(victim)
        fresh = server.connect_to_each()
        for connection in fresh:
            connection.ask("after")
        assert len({span.span_id for span in collector.wait_for(4)}) == 4
        assert scrape(fresh[0]).sum("mockgem_requests_total") == 3


def test_the_supervisor_has_one_thread(collector: Collector) -> None:
    """Otherwise a worker could begin with a lock that nobody gives back."""
    with serving("--traces", "--metrics") as server:
        assert len(os.listdir(f"/proc/{server.process.pid}/task")) == 1
