"""Quotas, latency and verdicts of the Responses API of the gateway."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.core.http import WireRequest, iter_frames
from tests.asking import Answer
from tests.dialects.openai.responses.talking import PATH, read_events, text_of
from tests.scenarios.playing import Player, rules

STORY = {"model": "gemini-2.5-flash", "input": "Tell me a story"}


def respond(player: Player, **more: Any) -> Answer:
    return player.send("POST", PATH, json.dumps(STORY | more).encode())


def read_verdict(player: Player) -> Any:
    return player.send("GET", "/_mockgem/verdict").json


# Quotas


@pytest.mark.parametrize("stream", [False, True])
def test_a_quota_counts_responses_and_passes_with_time(stream: bool) -> None:
    player = Player(rules("{quota: {rpm: 2}}"))
    statuses = [respond(player, stream=stream).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = respond(player, stream=stream)
    assert set(refused.error) == {"message", "type", "param", "code"}
    assert "quota" in refused.error["message"].lower()
    player.world.clock.advance(60)
    assert respond(player, stream=stream).status == 200


def test_chat_and_responses_share_a_quota() -> None:
    player = Player(rules("{quota: {rpm: 2}}"))
    assert respond(player).status == 200
    assert player.chat("hello", surface="/v1").status == 200
    assert respond(player).status == 429


def test_a_quota_of_tokens_counts_what_responses_use() -> None:
    player = Player(rules("{quota: {tpm: 20}}"))
    used = respond(player, input="hi " * 30).status
    assert (used, respond(player).status) == (429, 200)


# Latency


def list_delays(player: Player, **more: Any) -> list[tuple[str, float]]:
    """Return the waits of a stream, without waiting, each with the name of the event."""

    async def run() -> list[tuple[str, float]]:
        body = json.dumps(STORY | {"stream": True} | more).encode()
        wire = WireRequest("POST", PATH, {}, {"authorization": "Bearer k"}, body)
        response = await player.door(wire)
        return [
            (frame.data.split(b"\n")[0].decode().removeprefix("event: "), frame.delay)
            async for frame in iter_frames(response.body)
        ]

    return asyncio.run(run())


def test_the_first_token_waits_longer_than_the_others() -> None:
    delays = list_delays(Player(rules("{latency: {first: 2s, between: 100ms}}")))
    assert max(delay for _, delay in delays) == pytest.approx(2)
    texts = [delay for name, delay in delays if name == "response.output_text.delta"]
    assert len(texts) > 2
    assert texts[1:] == pytest.approx([0.1] * (len(texts) - 1))


def test_waits_are_the_same_in_each_run() -> None:
    rule = "{latency: {first: {kind: lognormal, median: 1s, sigma: 1}}}"
    assert list_delays(Player(rules(rule))) == list_delays(Player(rules(rule)))


# Verdicts

TWICE = "{when: {calls: 1..2}, fail: overloaded}"


def play(rule: str, expect: dict[str, Any]) -> Player:
    return Player(rules(rule) + f"expect: {json.dumps(expect)}\n")


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_repeats_a_response_passes(stream: bool) -> None:
    player = play(TWICE, {"attempts": 3, "final": "success"})
    statuses = [respond(player, stream=stream).status for _ in range(3)]
    assert statuses == [503, 503, 200]
    found = read_verdict(player)
    assert found["pass"] is True, found
    assert [call["status"] for call in found["calls"]] == statuses


def test_a_client_that_gives_up_fails() -> None:
    player = play(TWICE, {"attempts": 3, "final": "success"})
    respond(player)
    found = read_verdict(player)
    assert found["pass"] is False
    assert {one["check"] for one in found["checks"] if not one["ok"]} == {"attempts", "final"}


def test_a_client_that_continues_a_chain_did_not_repeat_itself() -> None:
    player = play("{when: {calls: 9}, fail: 503}", {"final": "success"})
    first = respond(player).json
    again = respond(player, input="More", previous_response_id=first["id"])
    assert text_of(again.json)
    assert read_verdict(player)["pass"] is True


def test_a_broken_stream_is_no_success() -> None:
    player = play("{when: {calls: 1}, faults: [{fault: end, at: 3}]}", {"final": "success"})
    events = read_events(respond(player, stream=True).text)
    assert events[-1]["type"] != "response.completed"
    assert read_verdict(player)["pass"] is False
