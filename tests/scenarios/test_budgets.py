"""Budgets of scenarios: estimated costs add up, and a spent budget refuses calls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import mockgem
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.scenarios.loader import BadScenario, parse_scenario
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.state import keep_in_memory
from mockgem.scenarios.stored_state import keep_in_store
from mockgem.scenarios.verdict import format_verdict
from tests.asking import GATEWAY, VERTEX, Answer
from tests.scenarios.playing import STREAM, Player, rules
from tests.scenarios.test_state import StoredPlayer
from tests.telemetry.scraping import CHAT, make_chat, post

CAP = (
    "Your project has exceeded its monthly spending cap. Please go to AI Studio at "
    "https://ai.studio/spend to manage your project spend cap."
)
TINY = 1e-7
"""US dollars that a single chat costs at least."""
PRO = "gemini-2.5-pro"


@pytest.fixture(params=["memory", "records in memory", "records in sqlite"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Player]:
    def start(text: str, **settings: Any) -> Player:
        if request.param == "memory":
            return StoredPlayer(text, keep_in_memory, **settings)
        if request.param == "records in sqlite":
            settings |= {"state": str(tmp_path / "state")}
        return StoredPlayer(text, keep_in_store, **settings)

    return start


def budgets(player: Player) -> Any:
    plays = player.send("GET", "/_mockgem/scenario").json["plays"]
    return plays["played"].get("budgets")


def entries(player: Player) -> Any:
    return player.send("GET", "/_mockgem/journal").json["entries"]


def chat_as(player: Player, key: str, model: str = "gemini-2.5-flash") -> Answer:
    body = json.dumps({"model": model, "messages": [{"role": "user", "content": "hello"}]})
    path = "/v1beta/openai/chat/completions"
    return player.send("POST", path, body.encode(), {"authorization": f"Bearer {key}"})


def test_a_spent_budget_refuses_calls_in_the_words_of_the_service(
    play: Callable[..., Player],
) -> None:
    player = play(rules(f"{{name: cap, budget: {TINY}}}"))
    assert player.statuses(1) == [200]
    refused = player.chat("hello")
    assert refused.status == 429
    assert refused.error == {"code": 429, "message": CAP, "status": "RESOURCE_EXHAUSTED"}
    first, second = entries(player)
    cost = first["cost_usd"]
    assert cost > TINY
    assert (second["source"], second["rule"]) == ("scenario", "cap")
    assert second["budget"] == {"usd": TINY, "spent": pytest.approx(cost)}
    assert "cost_usd" not in second
    assert budgets(player) == [
        {
            "rule": "cap", "per": "world", "usd": TINY, "spent": pytest.approx(cost), "left": 0.0,
            "charged": 1, "unpriced": 0, "refused": 1,
        }
    ]  # fmt: skip


def test_a_budget_allows_what_it_is_worth(play: Callable[..., Player]) -> None:
    player = play(rules("{budget: 1000}"))
    player.statuses(1)
    cost = entries(player)[0]["cost_usd"]
    again = Player(rules(f"{{budget: {cost * 2.5}}}"))
    assert again.statuses(5) == [200, 200, 200, 429, 429]
    assert budgets(again)[0]["spent"] == pytest.approx(cost * 3)


def test_a_budget_of_exactly_the_cost_is_spent() -> None:
    player = Player(rules("{budget: 1000}"))
    player.statuses(1)
    cost = entries(player)[0]["cost_usd"]
    assert Player(rules(f"{{budget: {cost * 2:.12f}}}")).statuses(3) == [200, 200, 429]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (f"{{usd: {TINY}}}", [200, 429, 429, 429]),
        (f"{{usd: {TINY}, per: key}}", [200, 200, 429, 429]),
        (f"{{usd: {TINY}, by_model: true}}", [200, 429, 200, 429]),
        (f"{{usd: {TINY}, per: key, by_model: true}}", [200, 200, 200, 200]),
    ],
)
def test_a_world_a_key_and_a_model_have_budgets_of_their_own(
    budget: str, expected: list[int]
) -> None:
    player = Player(rules(f"{{budget: {budget}}}"))
    asked = [("a", "gemini-2.5-flash"), ("b", "gemini-2.5-flash"), ("a", PRO), ("b", PRO)]
    assert [chat_as(player, key, model).status for key, model in asked] == expected


def test_a_condition_limits_a_budget_to_some_calls() -> None:
    player = Player(rules(f"{{when: {{model: '*-pro'}}, budget: {TINY}}}"))
    assert [player.chat("hello", model=PRO).status for _ in range(2)] == [200, 429]
    assert player.statuses(2) == [200, 200]


def test_a_budget_of_zero_refuses_the_first_call() -> None:
    assert Player(rules("{budget: 0}")).statuses(2) == [429, 429]


def test_the_secret_of_a_client_is_not_shown(play: Callable[..., Player]) -> None:
    player = play(rules(f"{{budget: {{usd: {TINY}, per: key}}}}"))
    for key in ("secret-a", "secret-b"):
        chat_as(player, key)
    text = player.send("GET", "/_mockgem/scenario").text
    assert "secret" not in text
    assert len({row["of"] for row in budgets(player)}) == 2


def test_each_surface_says_it_in_its_own_way() -> None:
    player = Player(rules("{budget: 0}"))
    assert player.chat("hello", surface=GATEWAY).json["error"]["message"].startswith(CAP)
    assert player.native("generateContent", {"contents": []}).error["message"] == CAP
    vertex = player.chat("hello", surface=VERTEX)
    assert (vertex.status, vertex.error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert "spending cap" not in vertex.error["message"]


def test_lists_and_files_cost_nothing() -> None:
    player = Player(rules("{budget: 0}"))
    assert player.send("GET", "/v1beta/openai/models").status == 200
    assert player.send("GET", "/v1beta/files", headers={"x-goog-api-key": "k"}).status == 200


@pytest.mark.parametrize("more", [{}, STREAM])
def test_scripted_replies_and_streams_cost_their_tokens(more: dict[str, Any]) -> None:
    player = Player(rules(f"{{budget: {TINY}}}", "{say: Fourteen words}"))
    first = player.chat("hello", **more)
    assert first.status == 200
    assert "Fourteen" in first.text
    assert player.chat("hello", **more).status == 429


def test_a_stream_is_charged_before_its_first_byte() -> None:
    """A client that has seen [DONE] may ask again before the server knows that it has."""
    player = Player(rules(f"{{budget: {TINY}}}", "{latency: {first: 1ms}}"))
    waiting = player.chat("hello", **STREAM)
    assert player.chat("hello").status == 429
    assert waiting.events


def test_errors_and_failed_calls_cost_nothing() -> None:
    player = Player(rules(f"{{budget: {TINY}}}", "{when: {calls: 1..2}, fail: 503}"))
    assert player.statuses(2) == [503, 503]
    assert player.chat("hello", model="no-such-model").status == 404
    assert player.statuses(2) == [200, 429]
    assert budgets(player)[0]["charged"] == 1


def test_a_model_without_a_known_price_is_counted_apart() -> None:
    player = Player(rules(f"{{budget: {TINY}}}"))
    assert [player.chat("hello", model="gemini-4-neon").status for _ in range(2)] == [200, 200]
    (row,) = budgets(player)
    assert (row["unpriced"], row["charged"], row["spent"]) == (2, 0, 0.0)
    assert entries(player)[0]["cost_usd"] is None


def test_a_budget_begins_again_with_its_scenario(play: Callable[..., Player]) -> None:
    player = play(rules(f"{{budget: {TINY}}}"))
    assert player.statuses(2) == [200, 429]
    asyncio.run(player.house.scenario_manager.choose(player.world, "played"))
    assert player.statuses(2) == [200, 429]
    assert budgets(player)[0]["refused"] == 1


def test_a_stored_budget_outlives_the_server(tmp_path: Path) -> None:
    text, folder = rules(f"{{budget: {TINY}}}"), str(tmp_path / "state")
    assert StoredPlayer(text, keep_in_store, state=folder).statuses(2) == [200, 429]
    later = StoredPlayer(text, keep_in_store, state=folder, choose=False)
    assert later.statuses(1) == [429]


def test_a_quota_and_a_budget_of_one_rule_both_count() -> None:
    player = Player(rules(f"{{quota: {{rpm: 1}}, budget: {TINY}}}"))
    assert player.statuses(1) == [200]
    assert "quota" in player.chat("hello").error["message"]
    player.world.clock.advance(61)
    assert player.chat("hello").error["message"] == CAP
    player.world.clock.advance(61)
    assert player.chat("hello").error["message"] == CAP, "a refused call counts for no quota"


def test_two_budgets_are_charged_together() -> None:
    player = Player(rules("{name: wide, budget: 1}", f"{{name: cap, budget: {TINY}}}"))
    assert player.statuses(2) == [200, 429]
    wide, cap = budgets(player)
    assert wide["spent"] == cap["spent"] > 0
    assert (wide["refused"], cap["refused"]) == (0, 1)


def test_the_price_is_that_of_the_day() -> None:
    player = Player(rules("{budget: 1}"))
    player.chat("hello", model="gemini-3.8-flash")
    player.world.clock.advance(365 * 86_400)
    player.chat("hello", model="gemini-3.8-flash")
    first, second = [entry["cost_usd"] for entry in entries(player)]
    assert second == pytest.approx(2 * first)


def test_the_verdict_shows_what_was_spent() -> None:
    text = rules(f"{{name: cap, budget: {TINY}}}", expect={"no_retry": True, "final": "error"})
    player = Player(text)
    player.statuses(3)
    verdict = player.send("GET", "/_mockgem/verdict").json
    assert not verdict["pass"], "the client has tried again"
    (row,) = verdict["budgets"]
    assert (row["rule"], row["charged"], row["refused"], row["left"]) == ("cap", 1, 2, 0.0)
    assert [call.get("budget", {}).get("usd") for call in verdict["calls"]] == [None, TINY, TINY]
    line = f"budget cap: {row['spent']:.6f} of 1e-07 US dollars (1 charged, 2 refused)"
    assert line in format_verdict(verdict)


def test_without_a_budget_nothing_is_estimated() -> None:
    player = Player(rules("{quota: {rpm: 100}}"))
    player.statuses(1)
    assert budgets(player) is None
    assert "cost_usd" not in entries(player)[0]
    assert "budgets" not in player.send("GET", "/_mockgem/verdict").json


def test_an_answer_whose_cost_cannot_be_kept_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    async def charge(self: ScenarioRun, *args: Any) -> None:
        raise ApiError(Failure(Code.UNAVAILABLE, "the state is away"))

    player = Player(rules(f"{{budget: {TINY}}}"))
    with monkeypatch.context() as patch:
        patch.setattr(ScenarioRun, "charge", charge)
        assert player.statuses(1) == [503]
    counters = player.send("GET", "/_mockgem/scenario").json["plays"]["played"]
    assert counters["running"] == 0
    assert player.statuses(2) == [200, 429]


@pytest.mark.parametrize(
    ("budget", "message"),
    [
        ("true", "must be an amount or {usd: 0.5, per: key}"),
        ("much", "valid number"),
        ("{usdd: 1}", "did you mean usd?"),
        ("-1", "greater than or equal to 0"),
        (".inf", "finite number"),
        ("{usd: 1, per: model}", "known values: world, project, key"),
    ],
)
def test_mistakes_are_named(budget: str, message: str) -> None:
    with pytest.raises(BadScenario, match="budget") as caught:
        parse_scenario(rules(f"{{budget: {budget}}}"))
    assert message in str(caught.value)


async def test_a_recorded_stream_is_charged_at_its_end(tmp_path: Path) -> None:
    recording: dict[str, Any] = {"cassette": str(tmp_path / "cassette.yaml")}
    question = make_chat(text="hello", stream=True, stream_options={"include_usage": True})
    async with mockgem.aserve() as real, aiohttp.ClientSession() as session:
        recording |= {"record_mode": "once", "upstream": real.url}
        async with mockgem.aserve(**recording) as server:
            server.scenario({"rules": [{"budget": TINY}]})
            found = [await post(session, server.url + CHAT, question) for _ in range(2)]
            async with session.get(f"{server.url}/_mockgem/scenario") as response:
                (play,) = (await response.json())["plays"].values()
    assert [status for status, _, _ in found] == [200, 429]
    assert b"[DONE]" in found[0][1]
    (row,) = play["budgets"]
    assert (row["charged"], row["unpriced"], row["refused"]) == (1, 0, 1)


def test_lines_of_a_batch_cost_half_and_are_not_refused() -> None:
    hello = {"contents": [{"parts": [{"text": "Say hello."}]}]}
    player = Player(rules("{budget: 1}"))
    assert player.native("generateContent", hello).status == 200
    single = budgets(player)[0]["spent"]
    batch = {"batch": {"inputConfig": {"requests": {"requests": [{"request": hello}] * 2}}}}
    created = player.native("batchGenerateContent", batch)
    for _ in range(20):
        name = created.json["name"]
        found = player.send("GET", f"/v1beta/{name}", headers={"x-goog-api-key": "k"})
        if found.json.get("done"):
            break
    (row,) = budgets(player)
    assert row["spent"] == pytest.approx(single * 2)
    assert row["charged"] == 3
