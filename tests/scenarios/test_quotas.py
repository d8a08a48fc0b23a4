"""Quotas: they slide with the world's clock, name all exceeded limits, and pass on time."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from mockgem.scenarios.meters import seconds_until_midnight
from mockgem.scenarios.quotas import load_tiers
from tests.asking import VERTEX
from tests.scenarios.playing import Player, rules, served


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
    assert left == pytest.approx(7 * 3600, abs=1), (
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
    one.world.clock.set(1_793_491_250)  # 00:00:50
    assert one.statuses(3) == [200, 200, 429]
    assert delay_of(one.chat("x")) == 10.0
    one.world.clock.advance(10)
    assert one.statuses(2) == [200, 200]


def test_an_alias_and_its_model_share_a_quota() -> None:
    one = player("rpm: 1")
    assert one.statuses(1, model="gemini-flash-latest") == [200]
    refused = one.chat("x", model="gemini-3.6-flash")
    assert refused.status == 429
    assert refused.error["message"].endswith(
        "generate_content_free_tier_requests, limit: 1, model: gemini-3.6-flash\n"
        "Please retry in 60s."
    )
    assert one.statuses(1, model="gemini-2.5-flash") == [200]


def ask_with(one: Player, key: str, surface: str = "/v1beta/openai", model: str = "") -> int:
    body = {
        "model": model or ("google/" * (surface != "/v1beta/openai")) + "gemini-2.5-flash",
        "messages": [{"role": "user", "content": "hi"}],
    }
    return one.send(
        "POST",
        f"{surface}/chat/completions",
        json.dumps(body).encode(),
        {"authorization": f"Bearer {key}"},
    ).status


def test_a_quota_counts_by_project_key_or_world() -> None:
    by_key = player("rpm: 1, per: key")
    assert [ask_with(by_key, key) for key in ("a", "b", "a", "b")] == [200, 200, 429, 429]
    assert ask_with(by_key, "c", VERTEX) == 200
    assert ask_with(by_key, "c") == 429, "a key has one quota, whatever the path"
    by_world = player("rpm: 1, per: world")
    assert [ask_with(by_world, key) for key in ("a", "b")] == [200, 429]
    assert ask_with(by_world, "a", VERTEX) == 429
    by_project = player("rpm: 1")
    assert [ask_with(by_project, key, VERTEX) for key in ("a", "b")] == [200, 429]
    assert ask_with(by_project, "a", VERTEX.replace("my-project", "other")) == 200


@pytest.mark.parametrize("tier", ["tier-1", "tier-2", "tier-3"])
def test_a_paid_tier_names_paid_metrics(tier: str) -> None:
    one = player(f"tier: {tier}, rpm: 1")
    one.statuses(1)
    refused = one.chat("x")
    assert refused.error["details"][1]["violations"] == [
        {
            "quotaMetric": (
                "generativelanguage.googleapis.com/generate_content_paid_tier_requests"
            ),
            "quotaId": "GenerateRequestsPerMinutePerProjectPerModel-PaidTier",
            "quotaDimensions": {"location": "global", "model": "gemini-2.5-flash"},
            "quotaValue": "1",
        }
    ]
    assert "generate_content_paid_tier_requests, limit: 1, model" in refused.error["message"]


def test_paid_tiers_allow_more_than_the_free_one() -> None:
    tiers = load_tiers()
    for kind in ("flash", "flash-lite", "pro"):
        limits = [tiers[tier][kind]["rpm"] for tier in ("free", "tier-1", "tier-2", "tier-3")]
        assert limits == sorted(limits), kind
        assert limits[0] < limits[1], kind
    limit = tiers["tier-1"]["pro"]["rpm"]
    one = player("tier: tier-1")
    found = one.statuses(limit + 1, model="gemini-2.5-pro")
    assert (found[:limit], found[limit]) == ([200] * limit, 429)


def test_a_quota_with_a_reply_or_an_error_refuses_instead_of_them() -> None:
    said = Player(rules("{quota: {rpm: 1}, say: hello}"))
    assert said.chat("x").message["content"] == "hello"
    assert violations(said.chat("x")) == ["GenerateRequestsPerMinute"]
    said.world.clock.advance(60)
    assert said.chat("x").message["content"] == "hello"
    failed = Player(rules("{quota: {rpm: 1}, fail: 503}", "{fail: 500}"))
    assert failed.statuses(2) == [503, 429]
    counters = failed.send("GET", "/_mockgem/scenario").json["plays"]["played"]["rules"]
    assert counters["rule-1"] == {"met": 2, "acted": 2}
    assert counters["rule-2"] == {"met": 2, "acted": 0}


def test_two_quotas_apply_and_a_refused_call_costs_nothing() -> None:
    one = Player(rules("{quota: {rpm: 2}}", "{quota: {rpm: 1, by_model: false}}"))
    assert one.statuses(1) == [200]
    assert one.statuses(1, model="gemini-2.5-pro") == [429]
    one.world.clock.advance(60)
    assert one.statuses(2, model="gemini-2.5-pro") == [200, 429]


FORM = {"content-type": "multipart/form-data; boundary=x"}
TRANSCRIBE = (
    b'--x\r\nContent-Disposition: form-data; name="model"\r\n\r\ngemini-2.5-flash\r\n'
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n'
    b"Content-Type: audio/wav\r\n\r\nRIFF\r\n--x--\r\n"
)
CHARGED: dict[str, tuple[str, Any]] = {
    "speech": (
        "/v1/audio/speech",
        {"model": "gemini-2.5-flash-preview-tts", "input": "hi", "voice": "Kore"},
    ),
    "transcription": ("/v1/audio/transcriptions", TRANSCRIBE),
    "video": ("/v1beta/openai/videos", {"model": "veo-3.1-generate-preview", "prompt": "a"}),
    "embedding": ("/v1beta/openai/embeddings", {"model": "gemini-embedding-001", "input": "a"}),
    "image": (
        "/v1beta/openai/images/generations",
        {"model": "gemini-2.5-flash-image", "prompt": "a"},
    ),
    "native video": (
        "/v1beta/models/veo-3.1-generate-preview:predictLongRunning",
        {"instances": [{"prompt": "a"}]},
    ),
    "native embedding": (
        "/v1beta/models/gemini-embedding-001:embedContent",
        {"content": {"parts": [{"text": "a"}]}},
    ),
}


@pytest.mark.parametrize("name", CHARGED)
def test_whatever_generates_counts_on_the_quota(name: str) -> None:
    path, body = CHARGED[name]
    one = player("rpm: 1, retry_after: seconds")
    key = {"x-goog-api-key": "k"} if "/models/" in path else {"authorization": "Bearer k"}
    head = FORM if isinstance(body, bytes) else {"content-type": "application/json"}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    answers = [one.send("POST", path, data, key | head) for _ in range(2)]
    assert [answer.status for answer in answers][1] == 429
    assert answers[0].status != 429
    assert answers[1].header("retry-after")


def test_a_quota_of_open_calls_refuses_more_of_them() -> None:
    async def run() -> Any:
        text = rules("{quota: {concurrent: 2}, latency: {first: 0.3}}")
        headers = {"Authorization": "Bearer k"}
        async with served(text) as server, aiohttp.ClientSession(headers=headers) as session:
            url = server.url + "/v1beta/openai/chat/completions"

            async def ask(model: str = "gemini-2.5-flash") -> tuple[int, Any]:
                body = {"model": model, "messages": [{"role": "user", "content": "hi"}]}
                async with session.post(url, json=body) as answer:
                    return answer.status, await answer.json(content_type=None)

            together = await asyncio.gather(*[ask() for _ in range(4)], ask("gemini-2.5-pro"))
            return together, await ask()

    together, after = asyncio.run(run())
    assert sorted(status for status, _ in together) == [200, 200, 200, 429, 429]
    refused = next(body for status, body in together if status == 429)
    assert refused[0]["error"] == {
        "code": 429,
        "message": "Resource has been exhausted (e.g. check quota).",
        "status": "RESOURCE_EXHAUSTED",
    }
    assert together[4][0] == 200, "another model has a quota of its own"
    assert after[0] == 200, "the others have ended"
