"""Latency: what distributions draw, that draws repeat, and what profiles contain."""

from __future__ import annotations

import json
from random import Random
from statistics import mean, median
from typing import Any

import pytest

from mockgem.scenarios import latency
from mockgem.scenarios.loader import parse_scenario
from mockgem.scenarios.schema import Distribution
from tests.scenarios.playing import Player, rules


def draws(told: dict[str, Any], count: int = 4000) -> list[float]:
    time, dice = Distribution.model_validate(told), Random(1)
    return [latency.draw_seconds(time, dice) for _ in range(count)]


def test_each_distribution_has_its_shape() -> None:
    uniform = draws({"kind": "uniform", "least": 1, "most": 3})
    assert 1 <= min(uniform) < 1.05 < 2.95 < max(uniform) <= 3
    normal = draws({"kind": "normal", "mean": 2, "spread": 0.5})
    assert abs(mean(normal) - 2) < 0.05
    lognormal = draws({"kind": "lognormal", "median": 2, "sigma": 0.5, "most": 5})
    assert abs(median(lognormal) - 2) < 0.1
    assert max(lognormal) == 5
    points = draws({"kind": "percentiles", "points": {"50": 1, "90": 3, "99": 20}})
    assert abs(median(points) - 1) < 0.1
    assert abs(sorted(points)[3200] - 2.5) < 0.2
    assert max(points) <= 20
    assert all(one >= 0 for one in draws({"kind": "normal", "mean": 0.1, "spread": 5}))
    assert latency.draw_seconds(0.25, Random(1)) == 0.25
    assert latency.draw_seconds(None, Random(1)) == 0


def test_profiles_are_for_families_and_can_be_changed() -> None:
    assert latency.find_profile("usual", "gemini-2.5-flash") == latency.find_profile("flash")
    assert latency.find_profile("usual", "gemini-2.5-flash-lite") == latency.find_profile(
        "flash-lite"
    )
    assert latency.find_profile("usual", "gemini-3-pro-preview") == latency.find_profile("pro")
    rule = parse_scenario(rules("{latency: {profile: pro, tokens_per_second: 7}}")).rules[0].latency
    assert rule is not None
    changed = latency.apply_profile(rule, "")
    assert changed.tokens_per_second == 7
    assert changed.first == latency.find_profile("pro").first
    with pytest.raises(ValueError, match="Known profiles: usual"):
        latency.find_profile("fast")


def delays(player: Player) -> list[float]:
    """The waits of a stream, without waiting."""
    import asyncio

    from mockgem.core.http import WireRequest, iter_frames

    body = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": "tell me a story"}],
        "stream": True,
    }

    async def run() -> list[float]:
        wire = WireRequest(
            "POST",
            "/v1beta/openai/chat/completions",
            {},
            {"authorization": "Bearer k"},
            json.dumps(body).encode(),
        )
        response = await player.door(wire)
        return [frame.delay async for frame in iter_frames(response.body)]

    return asyncio.run(run())


RULE = (
    "{latency: {first: {kind: lognormal, median: 1s, sigma: 1}, "
    "between: {kind: uniform, least: 0, most: 1s}}}"
)


def test_waits_repeat_in_a_fresh_world_and_differ_from_call_to_call() -> None:
    one, other = Player(rules(RULE)), Player(rules(RULE))
    first, second = delays(one), delays(one)
    assert first == delays(other)
    assert first != second
    assert delays(Player(rules(RULE, seed=5))) != first
    assert delays(Player(rules(RULE), seed=5)) != first


def test_the_latency_of_the_server_is_the_default_of_rules() -> None:
    player = Player(
        rules("{when: {model: '*pro'}, latency: {first: 7s}}"), latency="slow", time_scale=0.1
    )
    assert delays(player)[0] == pytest.approx(0.1 * (5 + 8 / 15), abs=0.2)
    player.house.scenario_manager.stop(player.world)
    assert delays(player)[0] > 0.4


def test_the_latency_of_the_server_is_seeded_too() -> None:
    def fresh() -> list[list[float]]:
        player = Player(rules("{when: {model: none}, fail: 503}"), latency="usual")
        player.house.scenario_manager.stop(player.world)
        return [delays(player), delays(player)]

    one, other = fresh(), fresh()
    assert one == other
    assert one[0] != one[1]
