"""Quotas at their limits: whom they count, how long to wait, and the words of the refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.scenarios import meters, quotas
from mockgem.scenarios.meters import Meter, QuotaLimits, pacific_day_of, seconds_until_midnight
from mockgem.scenarios.quotas import find_tier_limits, get_meter, limits_of
from mockgem.scenarios.schema import Quota
from mockgem.scenarios.suggestions import UnknownName
from tests.asking import GATEWAY, GEMINI, MODEL, VERTEX, Answer
from tests.scenarios.playing import Player, rules

SLOW_STREAM = "latency: {between: 1ms}"
PLEASE = (
    "You exceeded your current quota, please check your plan and billing details. For more "
    "information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. To "
    "monitor your current usage, head to: https://ai.dev/rate-limit. "
)


def quota_player(quota: str, more: str = "") -> Player:
    return Player(rules(f"{{quota: {{{quota}}}{more}}}"))


def ask_with_key(player: Player, key: str, surface: str = GEMINI) -> Answer:
    body = {"model": MODEL, "messages": [{"role": "user", "content": "x"}]}
    headers = {"authorization": f"Bearer {key}"}
    return player.send("POST", f"{surface}/chat/completions", json.dumps(body).encode(), headers)


def ask_project(player: Player, project: str, key: str = "k") -> int:
    return ask_with_key(player, key, VERTEX.replace("my-project", project)).status


# Whom a quota counts


def test_open_requests_are_limited_until_they_end() -> None:
    one = quota_player("concurrent: 2", f", {SLOW_STREAM}")
    first, second = one.chat("a", stream=True), one.chat("b", stream=True)
    assert (first.status, second.status) == (200, 200)
    refused = one.chat("c")
    assert refused.status == 429
    assert refused.error["message"] == "Resource has been exhausted (e.g. check quota)."
    assert not refused.header("retry-after")
    assert first.body
    again = one.chat("d", stream=True)
    assert (again.status, one.chat("e").status) == (200, 429)
    assert (bool(second.body), bool(again.body)) == (True, True)
    third, fourth, fifth = (one.chat("d", stream=True) for _ in range(3))
    assert (third.status, fourth.status, fifth.status) == (200, 200, 429)
    assert (bool(third.body), bool(fourth.body)) == (True, True)


def test_a_refusal_of_open_requests_can_have_a_retry_after_header() -> None:
    refused = quota_player("concurrent: 0, retry_after: seconds").chat("a")
    assert (refused.status, refused.header("retry-after")) == (429, ["39"])


def test_a_quota_comes_before_what_its_rule_says() -> None:
    one = quota_player("rpm: 1", ", say: hello")
    assert one.chat("x").message["content"] == "hello"
    refused = one.chat("x")
    assert (refused.status, refused.error["status"]) == (429, "RESOURCE_EXHAUSTED")
    one.world.clock.advance(60)
    assert one.chat("x").message["content"] == "hello"


def test_a_quota_counts_the_failures_of_its_rule() -> None:
    one = quota_player("rpm: 2", ", fail: overloaded")
    assert one.statuses(3) == [503, 503, 429]


def test_a_world_a_project_and_a_key_can_have_a_quota() -> None:
    world = quota_player("rpm: 1, per: world")
    assert [ask_with_key(world, key).status for key in ("a", "b")] == [200, 429]
    assert ask_project(world, "p") == 429
    for per in ("key", "project"):
        one = quota_player(f"rpm: 1, per: {per}")
        assert [ask_with_key(one, key).status for key in ("a", "b", "a")] == [200, 200, 429]
    project = quota_player("rpm: 1, per: project")
    assert [ask_project(project, name) for name in ("p", "q", "p")] == [200, 200, 429]
    assert ask_project(project, "p", "another-key") == 429
    key = quota_player("rpm: 1, per: key")
    assert [ask_project(key, name) for name in ("p", "q")] == [200, 429]


def test_the_names_of_one_model_share_a_quota() -> None:
    one = quota_player("rpm: 1")
    assert one.chat("x", model="gemini-2.5-flash").status == 200
    assert one.chat("x", model="models/gemini-2.5-flash").status == 429
    assert one.chat("x", surface=GATEWAY).status == 429


def test_only_calls_of_models_are_counted() -> None:
    one = quota_player("rpm: 0")
    assert one.send("GET", f"{GEMINI}/models").status == 200
    assert one.send("GET", f"{GEMINI}/nothing").status == 404
    assert one.native("generateContent", {"contents": [{"parts": [{"text": "a"}]}]}).status == 429


def test_the_oldest_meter_makes_room_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotas, "MAX_METERS", 2)
    kept: dict[Any, Meter] = {}
    first, second = get_meter(kept, (0, "a", "")), get_meter(kept, (0, "b", ""))
    assert get_meter(kept, (0, "a", "")) is first
    get_meter(kept, (0, "c", ""))
    assert list(kept) == [(0, "b", ""), (0, "c", "")]
    assert get_meter(kept, (0, "b", "")) is second


# Tiers


def test_own_limits_change_those_of_a_tier() -> None:
    flash = QuotaLimits(rpm=1000, tpm=1_000_000, rpd=10_000)
    assert limits_of(Quota(tier="tier-1"), "gemini-2.5-flash") == flash
    changed = QuotaLimits(rpm=0, tpm=1_000_000, rpd=10_000, concurrent=3)
    assert limits_of(Quota(tier="tier-1", rpm=0, concurrent=3), "gemini-2.5-flash") == changed
    assert limits_of(Quota(rpm=7), "gemini-2.5-flash") == QuotaLimits(rpm=7)


def test_the_first_pattern_in_the_name_of_a_model_counts() -> None:
    assert find_tier_limits("free", "gemini-2.5-flash-lite")["rpm"] == 15
    assert find_tier_limits("free", "gemini-2.5-flash")["rpm"] == 10
    assert find_tier_limits("free", "gemini-3-pro-preview")["rpd"] == 20
    assert find_tier_limits("free", "another-model") == {}


@pytest.mark.parametrize(
    ("tier", "names"),
    [("fre", "free"), ("xyz", "free or tier-1 or tier-2 or tier-3")],
)
def test_an_unknown_tier_is_refused(tier: str, names: str) -> None:
    with pytest.raises(UnknownName) as refused:
        find_tier_limits(tier, "gemini-2.5-flash")
    assert str(refused.value) == f"there is no tier {tier!r}; did you mean {names}?"


def test_the_refusal_of_a_paid_tier() -> None:
    one = quota_player("tier: tier-1, rpm: 1, tpm: 100000, rpd: 1")
    assert one.statuses(1) == [200]
    refused = one.chat("x")
    metric = "generativelanguage.googleapis.com/generate_content_paid_tier_requests"
    line = f"\n* Quota exceeded for metric: {metric}, limit: 1, model: gemini-2.5-flash"
    assert refused.error["message"] == f"{PLEASE}{line}{line}\nPlease retry in 60s."
    help_, failure, retry = refused.error["details"]
    assert help_ == {
        "@type": "type.googleapis.com/google.rpc.Help",
        "links": [
            {
                "description": "Learn more about Gemini API quotas",
                "url": "https://ai.google.dev/gemini-api/docs/rate-limits",
            }
        ],
    }
    assert failure["@type"] == "type.googleapis.com/google.rpc.QuotaFailure"
    dimensions = {"location": "global", "model": "gemini-2.5-flash"}
    assert failure["violations"] == [
        {
            "quotaMetric": metric,
            "quotaId": f"GenerateRequestsPer{period}PerProjectPerModel-PaidTier",
            "quotaDimensions": dimensions,
            "quotaValue": "1",
        }
        for period in ("Minute", "Day")
    ]
    assert retry == {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "60s"}


def test_vertex_and_the_gateway_refuse_in_their_own_words() -> None:
    vertex = quota_player("rpm: 0").chat("x", surface=VERTEX)
    assert (vertex.status, vertex.error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert "generate_content_free_tier" not in vertex.text
    gateway = quota_player("rpm: 0, retry_after: seconds").chat("x", surface=GATEWAY)
    assert (gateway.status, gateway.error["type"]) == (429, "rate_limit_error")
    assert gateway.header("retry-after") == ["60"]


# How long to wait


def test_a_request_is_counted_for_less_than_a_minute() -> None:
    meter = Meter()
    for at in (0.0, 10.0, 60.0):
        meter.record_request(at, 5)
    meter.expire_old(60.0, fixed=False)
    assert [at for at, _ in meter.recent_requests] == [10.0, 60.0]
    meter.expire_old(69.9, fixed=False)
    assert len(meter.recent_requests) == 2
    meter.expire_old(119.0, fixed=True)
    assert [at for at, _ in meter.recent_requests] == [60.0]
    meter.expire_old(120.0, fixed=True)
    assert not meter.recent_requests


def test_the_wait_for_a_request_is_that_of_the_request_that_makes_room() -> None:
    meter = Meter()
    for at in (100.0, 110.0, 120.0):
        meter.record_request(at, 0)
    assert meter.find_exceeded(QuotaLimits(rpm=4), 130, 0) == {}
    assert meter.find_exceeded(QuotaLimits(rpm=3), 130, 0) == {"rpm": 30.0}
    assert meter.find_exceeded(QuotaLimits(rpm=2), 130, 0) == {"rpm": 40.0}
    assert meter.find_exceeded(QuotaLimits(rpm=0), 130, 0) == {"rpm": 60.0}


def test_the_wait_for_tokens_is_that_of_the_requests_that_make_room() -> None:
    meter = Meter()
    for at, tokens in ((100.0, 10), (110.0, 20), (120.0, 30)):
        meter.record_request(at, tokens)
    limits = QuotaLimits(tpm=70)
    assert meter.find_exceeded(limits, 130, 10) == {}
    assert meter.find_exceeded(limits, 130, 11) == {"tpm": 30.0}
    assert meter.find_exceeded(limits, 130, 20) == {"tpm": 30.0}
    assert meter.find_exceeded(limits, 130, 21) == {"tpm": 40.0}
    assert meter.find_exceeded(limits, 130, 70) == {"tpm": 50.0}
    assert meter.find_exceeded(limits, 130, 71) == {"tpm": 60.0}, "it never fits"


def test_days_are_counted_and_open_requests_never_fall_below_none() -> None:
    meter = Meter()
    meter.expire_old(0.0, fixed=False)
    meter.record_request(0.0, 1)
    meter.record_request(1.0, 1)
    assert meter.find_exceeded(QuotaLimits(rpd=3), 1.0, 0) == {}
    assert meter.find_exceeded(QuotaLimits(rpd=2), 1.0, 0) == {"rpd": 8 * 3600 - 1.0}
    meter.expire_old(8 * 3600.0, fixed=False)
    assert meter.find_exceeded(QuotaLimits(rpd=1), 8 * 3600.0, 0) == {}
    meter.finish_request()
    meter.start_request()
    assert meter.open_requests == 1


@pytest.mark.parametrize("has_zones", [True, False])
def test_a_day_ends_at_midnight_in_california(
    has_zones: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_zones:
        monkeypatch.setattr(meters, "load_pacific_zone", lambda: None)
    midnight = 1_767_254_400.0  # 2026-01-01T08:00Z, standard time
    assert (pacific_day_of(midnight), pacific_day_of(midnight - 1)) == ("2026-01-01", "2025-12-31")
    assert seconds_until_midnight(midnight - 0.5) == 0.5
    assert seconds_until_midnight(midnight) == 24 * 3600
    summer = 1_782_864_000.0  # 2026-07-01T00:00Z: five or four in the afternoon before
    assert seconds_until_midnight(summer) == (7 if has_zones else 8) * 3600


def test_the_longest_wait_of_a_minute_counts_in_the_refusal() -> None:
    one = quota_player("rpm: 2, tpm: 30, rpd: 2")
    text = "word " * 20
    assert one.chat(text).status == 200
    one.world.clock.advance(15)
    assert one.chat("x").status == 200
    refused = one.chat(text)
    assert refused.error["details"][-1]["retryDelay"] == "45s"
    one.world.clock.advance(60)
    refused = one.chat("x")
    assert [row["quotaId"] for row in refused.error["details"][1]["violations"]] == [
        "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
    ]
    start = one.world.clock() % 60
    assert refused.error["details"][-1]["retryDelay"] == f"{60 - start:.0f}s"


def test_a_fixed_minute_ends_for_requests_and_tokens_at_once() -> None:
    one = quota_player("rpm: 1, tpm: 30, rpd: 1, window: fixed")
    one.world.clock.advance(42)
    assert one.chat("word " * 20).status == 200
    refused = one.chat("word " * 20)
    assert refused.error["message"].endswith("\nPlease retry in 18s.")
    assert len(refused.error["details"][1]["violations"]) == 3
