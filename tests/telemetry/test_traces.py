"""Spans of a running server, as a collector of the tests gets them by OTLP."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

import mockgem
from mockgem.telemetry.traces import build_exporter
from tests.live_client import CASCADED, connecting, make_setup
from tests.telemetry.collector import Collector, collecting, read_attributes
from tests.telemetry.scraping import CHAT, GENERATE, HELLO, STREAM, make_chat, post

TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT_ID = "00f067aa0ba902b7"
CONTEXT = {"traceparent": f"00-{TRACE_ID}-{PARENT_ID}-01", "tracestate": "vendor=value"}
SECRET = "AIzaSyA1234567890abcdefghijklmnopqrstuv"
EMBED = "/v1beta/models/gemini-embedding-001:embedContent"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with collecting() as found:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.url)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")
        yield found


async def trace(collector: Collector, path: str, body: Any, /, **options: Any) -> Span:
    """Return the span of one request."""
    async with mockgem.aserve(traces=True, **options) as server:
        async with aiohttp.ClientSession() as session:
            await post(session, server.url + path, body, CONTEXT)
    (span,) = collector.wait_for(1)
    return span


async def test_a_span_continues_the_trace_of_the_client(collector: Collector) -> None:
    span = await trace(collector, GENERATE, HELLO)
    assert span.trace_id.hex() == TRACE_ID
    assert span.parent_span_id.hex() == PARENT_ID
    assert span.trace_state == "vendor=value"
    assert span.kind == Span.SpanKind.SPAN_KIND_SERVER
    assert span.start_time_unix_nano < span.end_time_unix_nano
    assert collector.paths == ["/v1/traces"]
    assert collector.resources[0]["service.name"] == "mockgem"


async def test_a_span_follows_the_genai_conventions(collector: Collector) -> None:
    config = {
        "temperature": 0.5,
        "topP": 0.9,
        "maxOutputTokens": 200,
        "stopSequences": ["END"],
        "responseMimeType": "application/json",
    }
    span = await trace(collector, GENERATE, {**HELLO, "generationConfig": config})
    found = read_attributes(span.attributes)
    assert span.name == "generate_content gemini-2.5-flash"
    tokens = [found.pop(f"gen_ai.usage.{kind}_tokens") for kind in ("input", "output")]
    thoughts = found.pop("gen_ai.usage.reasoning.output_tokens")
    assert tokens[0] > 0
    assert tokens[1] > thoughts > 0
    assert found.pop("mockgem.request_id").startswith("req_")
    assert found == {
        "gen_ai.operation.name": "generate_content",
        "gen_ai.provider.name": "gcp.gemini",
        "gen_ai.request.model": "gemini-2.5-flash",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.top_p": 0.9,
        "gen_ai.request.max_tokens": 200,
        "gen_ai.request.stop_sequences": ["END"],
        "gen_ai.output.type": "json",
        "gen_ai.response.model": "gemini-2.5-flash",
        "gen_ai.response.finish_reasons": ["STOP"],
        "http.request.method": "POST",
        "http.response.status_code": 200,
        "http.route": found["http.route"],
        "mockgem.surface": "gemini",
        "mockgem.source": "engine",
        "mockgem.outcome": "whole",
    }


OPERATIONS = {
    "chat": (CHAT, make_chat(), "chat gemini-2.5-flash"),
    "gateway": ("/v1/chat/completions", make_chat(), "chat gemini-2.5-flash"),
    "responses": (
        "/v1/responses",
        {"model": "gemini-2.5-flash", "input": "hi"},
        "chat gemini-2.5-flash",
    ),
    "completions": (
        "/v1/completions",
        {"model": "gemini-2.5-flash", "prompt": "hi"},
        "text_completion gemini-2.5-flash",
    ),
    "embeddings": (
        EMBED,
        {"content": {"parts": [{"text": "hi"}]}, "outputDimensionality": 768},
        "embeddings gemini-embedding-001",
    ),
}


@pytest.mark.parametrize("name", OPERATIONS)
async def test_operations_have_the_names_of_the_conventions(
    name: str, collector: Collector
) -> None:
    path, body, expected = OPERATIONS[name]
    span = await trace(collector, path, body)
    found = read_attributes(span.attributes)
    assert span.name == expected
    assert found["gen_ai.operation.name"] == expected.partition(" ")[0]
    if name == "embeddings":
        assert found["gen_ai.embeddings.dimension.count"] == 768
        assert found["gen_ai.usage.input_tokens"] > 0


async def test_a_stream_has_events_for_its_first_piece_and_its_end(collector: Collector) -> None:
    span = await trace(collector, STREAM + "?alt=sse", HELLO, chunk_delay=0.01)
    found = read_attributes(span.attributes)
    assert found["gen_ai.request.stream"] is True
    assert found["gen_ai.response.time_to_first_chunk"] > 0
    names = [event.name for event in span.events]
    assert names == ["mockgem.stream.first_chunk", "mockgem.stream.end"]
    end = read_attributes(span.events[-1].attributes)
    assert (end["mockgem.outcome"], end["mockgem.chunks"] > 0) == ("whole", True)
    assert span.events[-1].time_unix_nano == span.end_time_unix_nano


RULES = {
    "429": {"fail": "rate-limit-rpm-free"},
    "503": {"fail": "overloaded"},
    "cut": {"faults": [{"fault": "cut", "at": 1}]},
}


@pytest.mark.parametrize("name", RULES)
async def test_errors_of_a_scenario_are_in_the_span(name: str, collector: Collector) -> None:
    async with mockgem.aserve(traces=True) as server, aiohttp.ClientSession() as session:
        scenario = {"rules": [{"name": "trouble", **RULES[name]}]}
        url = f"{server.url}/_mockgem/scenario"
        async with session.put(url, json={"scenario": scenario}) as response:
            assert response.status == 200, await response.text()
        try:
            await post(session, server.url + STREAM + "?alt=sse", HELLO, CONTEXT)
        except aiohttp.ClientError:
            assert name == "cut"
    (span,) = collector.wait_for(1)
    found = read_attributes(span.attributes)
    assert found["mockgem.rule"] == "trouble"
    expected = {"429": "RESOURCE_EXHAUSTED", "503": "UNAVAILABLE", "cut": "cut"}[name]
    assert found["error.type"] == expected
    is_error = span.status.code == Status.StatusCode.STATUS_CODE_ERROR
    assert is_error == (name != "429"), "a 4xx is the client's error, as the conventions say"
    if name == "cut":
        assert found["mockgem.faults"] == ["cut"]
        assert "mockgem.fault" in [event.name for event in span.events]


async def test_a_socket_is_one_span_with_the_tokens_of_its_turns(collector: Collector) -> None:
    async with mockgem.aserve(traces=True) as server:
        async with connecting(server.url) as client:
            await client.send({"setup": make_setup(CASCADED)})
            for _ in range(2):
                await client.say("Hello")
                await client.receive_until("turnComplete")
    (span,) = collector.wait_for(1)
    assert span.events[-1].name == "mockgem.socket.end"
    assert read_attributes(span.attributes)["http.response.status_code"] == 101


async def test_spans_have_no_prompts_replies_or_secrets(collector: Collector) -> None:
    async with mockgem.aserve(traces=True, lenient=True) as server:
        async with aiohttp.ClientSession() as session:
            text = "A prompt about lighthouses."
            own = {"Authorization": "Bearer own-key-of-the-client"}
            chat = make_chat("my-own-key-of-the-client", text=text)
            await post(session, server.url + CHAT, chat, own)
            path = f"/v1beta/models/{SECRET}:generateContent?key={SECRET}"
            await post(session, server.url + path, HELLO)
            await post(session, f"{server.url}/v1beta/files/{SECRET}", {})
    collector.wait_for(3)
    sent = b"".join(request.SerializeToString() for request in collector.requests)
    assert SECRET.encode() not in sent
    assert b"own-key-of-the-client" not in sent
    assert b"lighthouse" not in sent


async def test_the_admin_api_makes_no_spans(collector: Collector) -> None:
    async with mockgem.aserve(traces=True) as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}/_mockgem/health") as response:
            assert response.status == 200
        await post(session, server.url + CHAT, make_chat())
    assert [span.name for span in collector.wait_for(1)] == ["chat gemini-2.5-flash"]


async def test_the_name_of_the_service_and_the_sampler_come_from_the_environment(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "gemini-in-ci")
    await trace(collector, CHAT, make_chat())
    assert collector.resources[0]["service.name"] == "gemini-in-ci"
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")
    async with mockgem.aserve(traces=True) as server, aiohttp.ClientSession() as session:
        await post(session, server.url + CHAT, make_chat())
    assert len(collector.spans) == 1


async def test_a_collector_that_is_down_disturbs_no_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "1")
    async with mockgem.aserve(traces=True) as server, aiohttp.ClientSession() as session:
        for _ in range(3):
            status, _, _ = await post(session, server.url + CHAT, make_chat())
            assert status == 200


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("OTEL_TRACES_EXPORTER", "zipkin", "use one of otlp, console, none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "use http/protobuf"),
    ],
)
def test_variables_that_are_not_supported_are_refused(
    variable: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=message):
        build_exporter()


def test_without_the_packages_the_server_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['opentelemetry.sdk.trace'] = None; import mockgem; "
        "mockgem.serve(traces=True).__enter__()"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'mockgem[otel]'" in run.stderr


async def test_recordings_have_spans_too(collector: Collector, tmp_path: Path) -> None:
    cassette = str(tmp_path / "cassette.yaml")
    async with mockgem.aserve() as real, aiohttp.ClientSession() as session:
        recording: dict[str, Any] = {"cassette": cassette, "record_mode": "once"}
        async with mockgem.aserve(**recording, upstream=real.url) as server:
            await post(session, server.url + GENERATE, HELLO)
    span = await trace(collector, GENERATE, HELLO, cassette=cassette)
    found = read_attributes(span.attributes)
    assert (found["mockgem.source"], found["gen_ai.usage.input_tokens"] > 0) == ("cassette", True)
