"""Quotas: they slide with the world's clock, name all exceeded limits, and pass on time."""

from __future__ import annotations

from typing import Any

from mockgem.scenarios.meters import seconds_until_midnight
from mockgem.scenarios.quotas import load_tiers
from tests.asking import VERTEX
from tests.scenarios.playing import Player, rules


def player(quota: str) -> Player:
    return Player(rules(f"{{quota: {{{quota}}}}}"))


def delay_of(answer: Any) -> float:
    return float(answer.error["details"][-1]["retryDelay"].rstrip("s"))


def violations(answer: Any) -> list[str]:
    return [
        one["quotaId"].partition("PerProject")[0]
        for one in answer.error["details"][1]["violations"]
    ]


def test_requests_pass_again_after_the_delay_of_the_error() -> None:
    one = player("rpm: 2")
    assert one.statuses(1) == [200]
    one.world.clock.advance(20)
    assert one.statuses(1) == [200]
    refused = one.chat("hello")
    assert (refused.status, delay_of(refused)) == (429, 40.0)
    assert refused.error["message"].endswith(
        "\n* Quota exceeded for metric: "
        "generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 2, "
        "model: gemini-2.5-flash\nPlease retry in 40s."
    )
    assert not refused.header("retry-after")
    one.world.clock.advance(39.5)
    assert one.statuses(1) == [429]
    one.world.clock.advance(0.5)
    assert one.statuses(2) == [200, 429]


def test_an_error_names_every_exceeded_limit() -> None:
    one = player("rpm: 1, rpd: 1, tpm: 5")
    assert one.statuses(1) == [200]
    refused = one.chat("some more words than five tokens can hold, surely")
    found = refused.error["details"][1]["violations"]
    assert [row["quotaId"] for row in found] == [
        "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
        "GenerateContentInputTokensPerModelPerMinute-FreeTier",
        "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
    ]
    assert [row["quotaValue"] for row in found] == ["1", "5", "1"]


def test_tokens_per_minute_are_limited() -> None:
    one = player("tpm: 30")
    text = "word " * 20
    assert [one.chat(text).status, one.chat(text).status] == [200, 429]
    assert delay_of(one.chat(text)) == 60.0
    one.world.clock.advance(60)
    assert one.chat(text).status == 200


def test_the_day_ends_at_midnight_in_california() -> None:
    one = player("rpd: 1")
    assert one.statuses(2) == [200, 429]
    refused = one.chat("x")
    assert delay_of(refused) <= 60, "a short delay all the same, as the real service tells"
    left = seconds_until_midnight(one.world.clock())
    assert left == 7 * 3600, (
        "2026-11-01T00:00Z is five in the afternoon there; the clocks change that night"
    )
    one.world.clock.advance(left - 1)
    assert one.statuses(1) == [429]
    one.world.clock.advance(1)
    assert one.statuses(2) == [200, 429]


def test_models_and_projects_are_counted_separately() -> None:
    one = player("rpm: 1")
    assert one.statuses(1) == [200]
    assert one.statuses(1, model="gemini-2.5-pro") == [200]
    assert one.statuses(1, surface=VERTEX) == [200], "a project of its own"
    assert one.statuses(1) == [429]
    together = player("rpm: 1, by_model: false")
    assert [together.chat("x").status, together.chat("x", model="gemini-2.5-pro").status] == [
        200,
        429,
    ]


def test_refused_requests_count_with_count_refused() -> None:
    one = player("rpm: 1, count_refused: true")
    one.statuses(1)
    one.world.clock.advance(50)
    assert one.statuses(1) == [429]
    one.world.clock.advance(20)
    assert one.statuses(1) == [429], "the refused one still counts"


def test_a_tier_has_limits_by_model() -> None:
    one = player("tier: free")
    limit = load_tiers()["free"]["flash"]["rpm"]
    assert one.statuses(limit + 1) == [200] * limit + [429]
    zero = one.chat("draw", model="gemini-2.5-flash-image")
    assert zero.status == 429
    assert "limit: 0" in zero.error["message"]
    assert "quotaValue" not in zero.error["details"][1]["violations"][0]
    assert violations(zero) == ["GenerateRequestsPerMinute", "GenerateRequestsPerDay"]


def test_a_quota_can_add_a_retry_after_header() -> None:
    one = player("rpm: 1, retry_after: seconds")
    one.statuses(1)
    assert one.chat("x").header("retry-after") == ["60"]


def test_listing_models_costs_nothing() -> None:
    one = player("rpm: 1")
    assert [one.send("GET", "/v1beta/openai/models").status for _ in range(3)] == [200] * 3


def test_a_fixed_window_begins_again_each_minute() -> None:
    one = player("rpm: 2, window: fixed")
    one.world.clock.advance(50)
    assert one.statuses(3) == [200, 200, 429]
    assert delay_of(one.chat("x")) == 10.0
    one.world.clock.advance(10)
    assert one.statuses(2) == [200, 200]
