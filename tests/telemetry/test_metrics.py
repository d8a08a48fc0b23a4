"""Metrics of a running server, read with Prometheus' own parser."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import mockgem
from mockgem.telemetry import metrics as metrics_module
from mockgem.telemetry.metrics import Metrics
from tests.live_client import CASCADED, connecting, make_setup
from tests.telemetry.scraping import (
    CHAT,
    GENERATE,
    HELLO,
    KEY,
    STREAM,
    make_chat,
    post,
    scrape,
    wait_for,
)

STORY = "Write a story of 300 words about a lighthouse."
SECRET = "AIzaSyA1234567890abcdefghijklmnopqrstuv"


async def test_requests_are_counted_by_surface_endpoint_model_status_and_source() -> None:
    async with mockgem.aserve(metrics=True) as server, aiohttp.ClientSession() as session:
        for _ in range(3):
            await post(session, server.url + GENERATE, HELLO)
        await post(session, server.url + CHAT, make_chat())
        async with session.post(server.url + CHAT, json=make_chat()) as response:
            assert response.status == 400, "without a key"
        await post(session, server.url + "/v1/nothing-here", {})
        found = await scrape(session, server.url)
    total = "mockgem_requests_total"
    assert found.families["mockgem_requests"].type == "counter"
    assert found.sum(total) == 6, "the requests of the admin API do not count"
    assert (
        found.sum(
            total,
            surface="gemini",
            endpoint="generateContent",
            model="gemini-2.5-flash",
            status="200",
            source="engine",
            worker="0",
        )
        == 3
    )
    assert found.sum(total, endpoint="chat.completions", status="400", source="auth") == 1
    assert found.sum(total, endpoint="unknown", surface="gateway") == 1
    assert found.sum("mockgem_misses_total", kind="endpoint") == 1


async def test_histograms_have_an_observation_for_each_request() -> None:
    async with mockgem.aserve(metrics=True) as server, aiohttp.ClientSession() as session:
        await post(session, server.url + GENERATE, HELLO)
        await post(session, server.url + STREAM, HELLO)
        found = await scrape(session, server.url)
    for name in ("mockgem_request_duration_seconds", "mockgem_time_to_first_byte_seconds"):
        assert found.families[name].type == "histogram"
        assert found.sum(f"{name}_count") == 2
        assert found.sum(f"{name}_bucket", le="+Inf") == 2
        assert 0 < found.sum(f"{name}_sum") < 60


async def test_tokens_are_those_of_the_answers_whether_streamed_or_not() -> None:
    async with mockgem.aserve(metrics=True) as server, aiohttp.ClientSession() as session:
        _, body, _ = await post(session, server.url + GENERATE, HELLO)
        usage = json.loads(body)["usageMetadata"]
        first = await scrape(session, server.url)
        await post(session, server.url + STREAM + "?alt=sse", HELLO)
        await post(session, server.url + CHAT, make_chat(text="Say hello.", stream=True))
        second = await scrape(session, server.url)
    kinds = {
        "input": "promptTokenCount",
        "output": "candidatesTokenCount",
        "thoughts": "thoughtsTokenCount",
    }
    for kind, field in kinds.items():
        assert first.sum("mockgem_tokens_total", type=kind) == usage[field]
        assert second.sum("mockgem_tokens_total", type=kind) == 3 * usage[field]


async def test_tokens_of_recordings_are_read_from_their_bodies(tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    async with mockgem.aserve() as real, aiohttp.ClientSession() as session:
        recorder: dict[str, Any] = {"cassette": cassette, "record_mode": "once"}
        async with mockgem.aserve(**recorder, upstream=real.url, metrics=True) as server:
            _, body, _ = await post(session, server.url + GENERATE, HELLO)
            await post(session, server.url + STREAM + "?alt=sse", HELLO)
            recorded = await scrape(session, server.url)
        async with mockgem.aserve(cassette=cassette, metrics=True, on_miss="fail") as server:
            await post(session, server.url + GENERATE, HELLO)
            await post(session, server.url + STREAM + "?alt=sse", HELLO)
            await post(session, server.url + CHAT, make_chat())
            replayed = await scrape(session, server.url)
    count = json.loads(body)["usageMetadata"]["candidatesTokenCount"]
    for found, source in ((recorded, "upstream"), (replayed, "cassette")):
        assert found.sum("mockgem_tokens_total", type="output") == 2 * count, source
        assert found.sum("mockgem_requests_total", source=source, status="200") == 2
    assert replayed.sum("mockgem_misses_total", kind="cassette") == 1


async def test_open_streams_and_sockets_are_gauges() -> None:
    scenario = {"rules": [{"name": "slow", "faults": [{"fault": "stall", "at": 3, "for": "60s"}]}]}
    async with mockgem.aserve(metrics=True) as server, aiohttp.ClientSession() as session:
        url = f"{server.url}/_mockgem/scenario"
        async with session.put(url, json={"scenario": scenario}) as response:
            assert response.status == 200, await response.text()
        async with session.post(
            server.url + CHAT, json=make_chat(text=STORY, stream=True), headers=KEY
        ) as response:
            assert response.status == 200
            await wait_for(session, server.url, "mockgem_open_streams", 1)
        found = await wait_for(session, server.url, "mockgem_open_streams", 0)
        assert found.sum("mockgem_faults_total", fault="stall") == 1
        assert found.sum("mockgem_unfinished_answers_total", outcome="left") == 1
        async with session.delete(url):
            pass
        async with connecting(server.url) as client:
            await client.send({"setup": make_setup(CASCADED)})
            await client.say("Hello")
            await client.receive_until("turnComplete")
            found = await wait_for(session, server.url, "mockgem_open_sockets", 1)
            assert found.sum("mockgem_open_streams") == 0
        found = await wait_for(session, server.url, "mockgem_open_sockets", 0)
    model = CASCADED.removeprefix("models/")
    assert found.sum("mockgem_socket_turns_total", surface="gemini-live", model=model) == 1
    assert found.sum("mockgem_tokens_total", surface="gemini-live", type="output") > 0


async def test_labels_have_few_values_and_no_text_of_users() -> None:
    async with mockgem.aserve(metrics=True, lenient=True) as server:
        async with aiohttp.ClientSession() as session:
            for number in range(30):
                model = f"my-{SECRET}-{number}"
                await post(session, server.url + CHAT, make_chat(model))
                path = f"/v1beta/models/{model}:generateContent"
                await post(session, f"{server.url}{path}?key={SECRET}", HELLO)
                await post(session, f"{server.url}/v1beta/files/{SECRET}-{number}", {})
                await post(session, f"{server.url}/w/world-{number}{GENERATE}", HELLO)
            found = await scrape(session, server.url)
    assert found.sum("mockgem_requests_total") == 120
    assert found.values_of("model") == {"other", "gemini-2.5-flash", ""}
    assert SECRET not in found.text
    assert "world-" not in found.text
    assert len(found.values_of("endpoint")) < 10


def test_a_metric_has_a_limited_number_of_combinations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics_module, "MAX_COMBINATIONS", 3)
    metrics = Metrics()
    for number in range(10):
        metrics.find(metrics.faults, f"fault-{number}").inc()
    text = metrics.render()[1].decode()
    assert text.count("mockgem_faults_total{") == 4
    assert 'mockgem_faults_total{fault="other",worker="0"} 7.0' in text


@pytest.mark.parametrize("state", ["", "folder"])
async def test_journal_drops_and_store_times_are_measured(state: str, tmp_path: Path) -> None:
    folder = str(tmp_path) if state else ""
    async with mockgem.aserve(metrics=True, state=folder) as server:
        async with aiohttp.ClientSession() as session:
            for number in range(1003):
                await post(session, server.url + CHAT, make_chat(text=str(number % 2)))
            found = await scrape(session, server.url)
    assert found.sum("mockgem_journal_dropped_entries_total") == 3
    assert found.sum("mockgem_store_duration_seconds_count", store="counters") >= 1003
    assert "increment" in found.values_of("operation")


async def test_without_the_option_there_are_no_metrics() -> None:
    async with mockgem.aserve() as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}/_mockgem/metrics") as response:
            assert response.status == 404
            assert "--metrics" in await response.text()


async def test_metrics_need_the_admin_token() -> None:
    async with mockgem.aserve(metrics=True, admin_token="secret") as server:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{server.url}/_mockgem/metrics") as response:
                assert response.status == 401
            headers = {"Authorization": "Bearer secret", "Accept": "application/openmetrics-text"}
            async with session.get(f"{server.url}/_mockgem/metrics", headers=headers) as response:
                assert response.status == 200
                assert (await response.text()).endswith("# EOF\n")


async def test_a_server_that_restarts_its_worlds_keeps_counting() -> None:
    async with mockgem.aserve(metrics=True) as server, aiohttp.ClientSession() as session:
        await post(session, server.url + CHAT, make_chat())
        async with session.post(f"{server.url}/_mockgem/reset") as response:
            assert response.status == 200, await response.text()
        await post(session, server.url + CHAT, make_chat())
        found = await scrape(session, server.url)
    assert found.sum("mockgem_requests_total") == 2


async def test_requests_at_the_same_time_are_all_counted() -> None:
    async with mockgem.aserve(metrics=True) as server, aiohttp.ClientSession() as session:
        bodies = [make_chat(text=str(number % 7), stream=number % 2 == 0) for number in range(60)]
        await asyncio.gather(*[post(session, server.url + CHAT, body) for body in bodies])
        found = await scrape(session, server.url)
    assert found.sum("mockgem_requests_total", status="200") == 60
    assert found.sum("mockgem_open_streams") == 0


@pytest.mark.parametrize("path", [GENERATE, STREAM])
async def test_a_mistake_in_the_metrics_is_logged_and_disturbs_no_request(
    path: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr(Metrics, "note_end", fail)
    async with mockgem.aserve(metrics=True, chunk_delay=0.001) as server:
        async with aiohttp.ClientSession() as session:
            status, body, _ = await post(session, server.url + path, HELLO)
        assert (status, b"usageMetadata" in body) == (200, True)
        assert [entry["outcome"] for entry in server.journal()] == ["whole"]
    assert "could not be observed" in caplog.text


def test_without_the_package_the_server_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['prometheus_client'] = None; import mockgem; "
        "mockgem.serve(metrics=True).__enter__()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'mockgem[metrics]'" in run.stderr
    assert run.returncode == 1


def test_a_server_without_options_imports_no_telemetry() -> None:
    code = (
        "import sys, mockgem\n"
        "with mockgem.serve() as server: server.journal()\n"
        "heavy = ('mockgem.telemetry', 'prometheus_client', 'opentelemetry')\n"
        "print([name for name in sys.modules if name.startswith(heavy)])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
