"""The verdict: what clients do, judged from the journal, and the advice they get."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import aiohttp
import pytest

from tests.asking import Asker
from tests.scenarios.playing import TOOL, Player, rules, served

TWICE = "{when: {calls: 1..2}, fail: {error: 429, retry_delay: 0.2s}}"


def verdict(player: Player) -> Any:
    return player.send("GET", "/_mockgem/verdict").json


def check(player: Player, name: str) -> Any:
    found = next(one for one in verdict(player)["checks"] if one["check"] == name)
    assert found["ok"] or found["advice"]
    return found


def playing(rule: str, expect: dict[str, Any], **more: Any) -> Player:
    return Player(rules(rule, **more) + f"expect: {json.dumps(expect)}\n")


def test_a_client_that_waits_and_succeeds_passes() -> None:
    player = playing(TWICE, {"attempts": 3, "waits": "told", "final": "success"})
    for _ in range(3):
        player.chat("hi")
        time.sleep(0.21)
    found = verdict(player)
    assert found["pass"] is True
    assert [call["status"] for call in found["calls"]] == [429, 429, 200]
    assert found["calls"][0]["retry_delay"] == 0.2


def test_a_client_that_retries_early_gives_up_or_retries_too_often_fails() -> None:
    rule = TWICE.replace("0.2s", "600s")
    player = playing(rule, {"attempts": 3, "waits": "told", "final": "success"})
    player.statuses(2)
    assert verdict(player)["pass"] is False
    assert check(player, "waits")["ok"] is False
    assert "RetryInfo" in check(player, "waits")["advice"]
    assert check(player, "attempts") == {
        "check": "attempts",
        "ok": False,
        "expected": "3",
        "found": 2,
        "advice": "The client made 2 calls. Let it retry failures that pass.",
    }
    assert check(player, "final")["found"] == "error"
    player.statuses(3)
    assert "earlier" in check(player, "attempts")["advice"]


def test_a_time_scale_shortens_the_expected_wait() -> None:
    player = playing(
        "{when: {calls: 1}, fail: {error: 429, retry_delay: 20s}}",
        {"waits": "told"},
        time_scale=0.005,
    )
    player.statuses(1)
    time.sleep(0.11)
    player.statuses(1)
    assert verdict(player)["pass"] is True


def test_retries_and_fallback_models_are_checked() -> None:
    gone = playing("{fail: rate-limit-rpd-free}", {"no_retry": True})
    gone.statuses(1)
    assert verdict(gone)["pass"]
    gone.statuses(1)
    assert "report it to the user" in check(gone, "no_retry")["advice"]
    pro = playing(
        "{when: {model: '*pro*'}, fail: 503}", {"final": "success", "final_model": "*flash*"}
    )
    pro.statuses(1, model="gemini-2.5-pro")
    assert not verdict(pro)["pass"]
    pro.statuses(1)
    assert verdict(pro)["pass"]


@pytest.mark.parametrize(
    "fault", ["end", "empty", "thinking_ate_budget", "no_candidates", "truncate"]
)
def test_silent_failures_have_to_be_noticed(fault: str) -> None:
    player = playing(
        f"{{when: {{calls: 1}}, faults: [{fault}]}}", {"noticed": True, "final": "success"}
    )
    player.chat("hi", stream=True).body  # noqa: B018 - a stream is read, or it counts as left
    assert check(player, "noticed")["ok"] is False
    player.chat("hi", stream=True).body  # noqa: B018
    assert verdict(player)["pass"] is True


def test_harmless_faults_do_not_count_as_failures() -> None:
    player = playing("{faults: [split, crlf]}", {"final": "success"})
    player.chat("hi", stream=True).body  # noqa: B018
    assert verdict(player)["pass"] is True


def test_new_keys_and_equal_requests_are_checked() -> None:
    player = playing(
        "{when: {calls: 1}, fail: api-key-expired}", {"new_key": True, "same_request": True}
    )
    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    path = "/v1beta/openai/chat/completions"
    player.send("POST", path, body, {"authorization": "Bearer old"})
    player.send("POST", path, body, {"authorization": "Bearer new"})
    assert verdict(player)["pass"]
    same = playing(
        "{when: {calls: 1}, fail: api-key-expired}", {"new_key": True, "same_request": True}
    )
    same.chat("hi")
    same.chat("hi", temperature=0.5)
    assert [one["ok"] for one in verdict(same)["checks"]] == [False, False]
    assert check(same, "same_request")["advice"] == (
        "Calls [2] are retries, but their requests differ from the failed ones."
    )
    other = playing("{when: {calls: 1}, fail: 503}", {"same_request": True})
    other.chat("hi")
    other.chat("a new question")
    assert verdict(other)["pass"]


def test_signatures_have_to_be_sent_back() -> None:
    def run(*, send_back: bool) -> bool:
        player = playing("{headers: {x: y}}", {"signature_returned": True})
        talk: list[Any] = [{"role": "user", "content": "What's the weather in Oslo?"}]
        first = player.chat(talk, tools=[TOOL], model="gemini-3-flash-preview").message
        if not send_back:
            for call in first["tool_calls"]:
                call.pop("extra_content", None)
        talk += [
            first,
            {"role": "tool", "tool_call_id": first["tool_calls"][0]["id"], "content": "rain"},
        ]
        assert player.chat(talk, tools=[TOOL], model="gemini-3-flash-preview").status == (
            200 if send_back else 400
        )
        return bool(verdict(player)["pass"])

    assert run(send_back=True)
    assert not run(send_back=False)


def test_polls_and_concurrent_calls_are_counted() -> None:
    player = playing("{headers: {x: y}}", {"polls": "1..2", "concurrent_at_most": 1})
    for _ in range(3):
        player.send("GET", "/v1beta/files/abc", b"", {"x-goog-api-key": "k"})
    assert check(player, "polls")["found"] == 3
    assert check(player, "concurrent_at_most")["ok"]


def test_without_calls_every_check_fails() -> None:
    player = playing(TWICE, {"attempts": 3})
    found = check(player, "attempts")
    assert not found["ok"]
    assert "base URL" in found["advice"]


def test_without_expectations_a_client_passes() -> None:
    player = Player(rules("{fail: 503}"))
    player.statuses(1)
    found = verdict(player)
    assert found["pass"] is True
    assert found["checks"] == []
    assert len(found["calls"]) == 1


def test_calls_before_the_scenario_do_not_count() -> None:
    player = Player(rules(TWICE) + "expect: {attempts: 1}\n")
    player.statuses(2)
    asyncio.run(player.house.scenario_manager.choose(player.world, "played"))
    player.statuses(1)
    assert verdict(player)["pass"] is True


def test_a_world_without_a_run_has_no_verdict() -> None:
    player = Player(rules("{fail: 503}"))
    asker = Asker()
    asker.chat("hi")
    answer = asker.send("GET", "/_mockgem/verdict")
    assert answer.status == 404
    assert "no scenario has run" in answer.json["error"]
    assert (
        player.send("GET", "/_mockgem/verdict", b"", None, {"scenario": "overloaded"}).status == 404
    )
    player.house.scenario_manager.stop(player.world)
    assert player.send("GET", "/_mockgem/verdict").json["scenario"] == "played", (
        "what was played can still be judged"
    )


def test_concurrent_conversations_are_not_retries_of_each_other() -> None:
    player = playing(
        "{when: {calls: 1..2}, fail: {error: 429, retry_delay: 0.2s}}",
        {"waits": "told", "same_request": True},
    )
    player.chat("one")
    player.chat("two")
    time.sleep(0.21)
    player.chat("one")
    player.chat("two")
    assert verdict(player)["pass"] is True
    gone = playing("{when: {calls: 1}, fail: rate-limit-rpd-free}", {"no_retry": True})
    gone.chat("one")
    gone.chat("two")
    assert verdict(gone)["pass"] is True


def test_scripted_silent_failures_have_to_be_noticed() -> None:
    for say in ("{raw: {body: '<p>hi'}}", "{block: SAFETY}", "{finish: RECITATION}"):
        player = playing(
            f"{{when: {{calls: 1}}, say: {say}}}", {"noticed": True, "final": "success"}
        )
        player.chat("hi")
        assert check(player, "final")["found"] == "error", say
        player.chat("hi")
        assert verdict(player)["pass"] is True, say


def test_faults_that_changed_nothing_do_not_count() -> None:
    player = playing(
        "{faults: [end, embeddings_short, {fault: stall, at: 3}]}", {"final": "success"}
    )
    player.chat("hi")
    assert verdict(player)["pass"] is True
    assert "faults" not in verdict(player)["calls"][0]


def test_the_time_scale_of_the_server_counts_too() -> None:
    player = Player(
        rules("{when: {calls: 1}, fail: {error: 429, retry_delay: 20s}}")
        + "expect: {waits: told}\n",
        time_scale=0.005,
    )
    player.chat("hi")
    time.sleep(0.12)
    player.chat("hi")
    assert verdict(player)["pass"] is True


def test_calls_that_the_journal_dropped_still_count() -> None:
    player = playing("{headers: {x: y}}", {"attempts": 30})
    player.world.journal.max_entries = 10
    player.statuses(30)
    assert check(player, "attempts")["ok"]


def test_too_many_concurrent_calls_fail() -> None:
    import asyncio

    import aiohttp

    from tests.scenarios.playing import served

    async def run() -> Any:
        text = rules("{latency: {first: 0.2}}") + "expect: {concurrent_at_most: 2}\n"
        async with (
            served(text) as server,
            aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session,
        ):
            body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}

            async def ask() -> None:
                async with session.post(
                    server.url + "/v1beta/openai/chat/completions", json=body
                ) as answer:
                    await answer.read()

            await asyncio.gather(ask(), ask(), ask())
            async with session.get(server.url + "/_mockgem/verdict") as answer:
                return await answer.json()

    found = asyncio.run(run())
    assert (found["pass"], found["checks"][0]["found"]) == (False, 3)


def test_a_client_that_gives_up_has_not_succeeded() -> None:
    import asyncio

    import aiohttp

    from tests.scenarios.playing import served

    async def run() -> Any:
        text = rules("{latency: {first: 5s}}") + "expect: {final: success}\n"
        timeout = aiohttp.ClientTimeout(total=0.2)
        async with (
            served(text) as server,
            aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session,
        ):
            body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
            with pytest.raises(TimeoutError):
                await session.post(
                    server.url + "/v1beta/openai/chat/completions", json=body, timeout=timeout
                )
            await asyncio.sleep(0.1)
            async with session.get(server.url + "/_mockgem/verdict") as answer:
                return await answer.json()

    found = asyncio.run(run())
    assert (found["pass"], found["calls"][0]["outcome"]) == (False, "left")


async def open_streams(count: int, expect: str) -> Any:
    """The verdict while a client reads several streams that have not ended."""
    text = rules("{latency: {between: 60s}}") + f"expect: {expect}\n"
    body = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": "hi"}],
        "stream": True,
    }
    async with (
        served(text) as server,
        aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session,
    ):
        url = server.url + "/v1beta/openai/chat/completions"
        answers = [await session.post(url, json=body) for _ in range(count)]
        for answer in answers:
            assert (await answer.content.readline()).startswith(b"data: ")
        async with session.get(server.url + "/_mockgem/verdict") as answer:
            found = await answer.json()
        for answer in answers:
            answer.close()
    return found


def test_a_verdict_counts_open_calls_as_open() -> None:
    found = asyncio.run(open_streams(3, "{concurrent_at_most: 1, final: success, attempts: 3}"))
    assert (found["pass"], found["open"]) == (False, 3)
    assert [call["outcome"] for call in found["calls"]] == ["open"] * 3
    assert found["gaps"] == [None, None]
    assert found["checks"] == [
        {"check": "attempts", "ok": True, "expected": "3", "found": 3},
        {
            "check": "final",
            "ok": False,
            "expected": "success",
            "found": "open",
            "advice": "The last call is still open: let the client read or close it before the "
            "verdict.",
        },
        {
            "check": "concurrent_at_most",
            "ok": False,
            "expected": 1,
            "found": 3,
            "advice": "3 calls were open at once: limit the client's concurrency.",
        },
    ]


NEW_TRIES = {
    "the same bytes": {},
    "another temperature": {"temperature": 0.1},
    "as a stream": {"stream": True},
    "other tools": {"tools": [TOOL]},
    "another time in the system prompt": {"clock": "2026-11-28T10:00:07Z"},
}


def ask_at(player: Player, question: str, clock: str, **more: Any) -> None:
    system = {"role": "system", "content": f"It is {clock}."}
    player.chat([system, {"role": "user", "content": question}], **more).body  # noqa: B018


@pytest.mark.parametrize("change", NEW_TRIES)
def test_a_retry_is_noticed_whatever_changes_about_it(change: str) -> None:
    player = playing("{fail: rate-limit-rpd-free}", {"no_retry": True, "waits": "5s"})
    ask_at(player, "hi", "2026-11-28T10:00:00Z")
    ask_at(player, "hi", **({"clock": "2026-11-28T10:00:00Z"} | NEW_TRIES[change]))
    assert [one["ok"] for one in verdict(player)["checks"]] == [False, False]
    assert check(player, "no_retry")["advice"] == (
        "The client repeated 1 failed requests. This failure does not pass by itself: report it "
        "to the user instead."
    )


def test_a_new_question_another_model_and_the_next_turn_are_not_retries() -> None:
    player = playing("{fail: rate-limit-rpd-free}", {"no_retry": True})
    said: list[Any] = [{"role": "user", "content": "What's the weather?"}]
    player.chat(said)
    player.chat("What's the time?")
    player.chat(said, model="gemini-2.5-pro")
    call = {"id": "1", "type": "function", "function": {"name": "look", "arguments": "{}"}}
    said += [
        {"role": "assistant", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "1", "content": "sun"},
    ]
    player.chat(said, tools=[TOOL])
    assert verdict(player)["pass"]


def test_a_shortened_conversation_is_a_retry() -> None:
    player = playing("{fail: rate-limit-rpd-free}", {"no_retry": True})
    said = [
        {"role": "user", "content": "one"},
        {"role": "assistant", "content": "two"},
        {"role": "user", "content": "three"},
    ]
    player.chat(said)
    player.chat(said[2:])
    assert not verdict(player)["pass"]


def test_a_client_that_asks_something_else_has_not_noticed() -> None:
    player = playing("{when: {calls: 1}, faults: [end]}", {"noticed": True})
    player.chat("hi", stream=True).body  # noqa: B018
    player.chat("a new question", stream=True).body  # noqa: B018
    assert check(player, "noticed")["found"] == "0 of 1"
    repaired = playing("{when: {calls: 1}, faults: [json_truncated]}", {"noticed": True})
    repaired.chat("hi")
    repaired.chat(
        [
            {"role": "user", "content": "hi"},
            {"role": "assistant", "content": '{"a": '},
            {"role": "user", "content": "That is not JSON. Repair it."},
        ]
    )
    assert check(repaired, "noticed")["ok"]
