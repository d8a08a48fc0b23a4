"""To which answers a fault applies: what it cannot act on does not count it as acted."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.faults.registry import Stage, all_faults
from tests.faults.test_on_the_wire import Seen, look
from tests.scenarios.playing import Player, rules, served

NATIVE = {"contents": [{"role": "user", "parts": [{"text": "Explain to me how AI works"}]}]}
SSE_ONLY = ["comment", "extra_done", "no_space", "bom"]


def acted(player: Player) -> Any:
    (call,) = player.send("GET", "/_mockgem/verdict").json["calls"]
    return call.get("faults", [])


def stream_native(faults: Any, **query: str) -> tuple[bytes, Any]:
    player = Player(rules(json.dumps({"faults": faults, "headers": {"x": "y"}})))
    body = player.native("streamGenerateContent", NATIVE, query=query).body
    return body, acted(player)


@pytest.mark.parametrize("name", [*SSE_ONLY, "no_done"])
def test_what_only_events_have_does_not_act_on_an_array(name: str) -> None:
    usual, _ = stream_native([])
    assert stream_native([name]) == (usual, [])


@pytest.mark.parametrize("name", SSE_ONLY)
def test_what_only_events_have_acts_on_native_events(name: str) -> None:
    usual, _ = stream_native([], alt="sse")
    body, names = stream_native([name], alt="sse")
    assert names == [name]
    assert body != usual


def test_no_done_needs_a_stream_with_done() -> None:
    assert stream_native(["no_done"], alt="sse") == (stream_native([], alt="sse")[0], [])


def test_faults_of_answers_do_not_act_on_a_refusal_of_the_engine() -> None:
    player = Player(rules("{faults: [end, no_finish, {fault: stall, for: 1ms}]}"))
    answer = player.chat("hi", stream=True, model="no-such-model")
    assert answer.status == 404
    assert acted(player) == []


BEFORE_THE_HEAD = {"reset", "close", "hang", "garbage", "refuse"}
HEADERS_ONLY = {"bad_gzip", "half_close", "no_keepalive"}


@pytest.mark.parametrize("name", all_faults())
def test_only_faults_before_the_body_act_on_head(name: str) -> None:
    player = Player(rules(f"{{faults: [{name}]}}"))
    path = "/v1beta/models/gemini-2.5-flash"
    player.send("HEAD", path, b"", {"x-goog-api-key": "k"})
    expected = [name] if name in BEFORE_THE_HEAD | HEADERS_ONLY else []
    assert acted(player) == expected


def test_no_fault_of_a_later_position_acts_on_head_or_204() -> None:
    faults = [{"fault": name, "at": "head"} for name in sorted(BEFORE_THE_HEAD - {"refuse"})]
    player = Player(rules(json.dumps({"faults": faults})))
    player.send("HEAD", "/v1beta/models/gemini-2.5-flash", b"", {"x-goog-api-key": "k"})
    assert acted(player) == []
    empty = Player(rules(json.dumps({"faults": ["cut", "split"], "say": {"raw": {"status": 204}}})))
    assert empty.chat("hi").status == 204
    assert acted(empty) == []


def ask(rule: str, method: str, connection: str = "close", patience: float = 30.0) -> Any:
    """Ask for a model, and return what arrived and the journal's entry."""

    async def run() -> tuple[Seen, Any]:
        async with served(rules(rule)) as server:
            head = (
                f"{method} /v1beta/models/gemini-2.5-flash HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"x-goog-api-key: k\r\nConnection: {connection}\r\n\r\n"
            )
            seen = await asyncio.to_thread(look, server.port, head.encode(), patience)
            (entry,) = await server.worlds.default.journal.list_entries()
            return seen, entry

    return asyncio.run(run())


@pytest.mark.parametrize(("name", "end"), [("reset", "RST"), ("close", "FIN"), ("refuse", "RST")])
def test_a_head_request_breaks_before_the_head(name: str, end: str) -> None:
    seen, entry = ask(f"{{faults: [{{fault: {name}}}]}}", "HEAD")
    assert (seen.data, seen.end) == (b"", end)
    assert (entry.outcome, entry.size) == ("cut", 0)


def test_a_slow_head_request_waits_and_has_no_body() -> None:
    seen, entry = ask("{latency: {head: 0.2, first: 0.1, between: 60s}, headers: {x: y}}", "HEAD")
    usual, _ = ask("{headers: {x: y}}", "HEAD")
    assert seen.first > 0.28
    assert seen.body == usual.body == b""
    assert (entry.outcome, entry.size) == ("whole", 0)
    lines = [line for line in seen.head.split(b"\r\n") if not line.startswith(b"Date")]
    assert lines == [line for line in usual.head.split(b"\r\n") if not line.startswith(b"Date")]


def test_a_204_with_a_slow_rule_keeps_the_connection() -> None:
    seen, entry = ask(
        "{say: {raw: {status: 204}}, latency: {first: 0.05}}", "GET", "keep-alive", patience=1.0
    )
    assert seen.head.startswith(b"HTTP/1.1 204 ")
    assert b"content-length" not in seen.head.lower()
    assert b"transfer-encoding" not in seen.head.lower()
    assert (seen.body, seen.end, entry.outcome) == (b"", "open", "whole")


def test_a_204_can_be_reset() -> None:
    seen, entry = ask("{say: {raw: {status: 204}}, faults: [reset]}", "GET")
    assert (seen.data, seen.end, entry.outcome) == (b"", "RST", "cut")


def test_only_connection_faults_have_a_default_at_the_start() -> None:
    for name, one in all_faults().items():
        at_start = one.at is not None and one.at.unit == "start"
        assert not at_start or one.stage is Stage.CONNECTION, name
        assert ("at" in one.keys) is (one.at is not None), name
