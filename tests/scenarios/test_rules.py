"""When rules act: conditions, counting, chance, and which of several rules answers."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from mockgem.scenarios.types import parse_duration, parse_number_ranges, parse_position
from tests.asking import GATEWAY, VERTEX
from tests.scenarios.playing import SCHEMA, TOOL, Player, rules

FAIL = "fail: 503"


def statuses(when: str, count: int, **more: Any) -> list[int]:
    return Player(rules(f"{{when: {{{when}}}, {FAIL}}}", **more)).statuses(count)


@pytest.mark.parametrize(
    ("when", "failing"),
    [
        ("calls: 1", [1]),
        ("calls: 2..3", [2, 3]),
        ("calls: 4..", [4, 5, 6]),
        ("calls: [1, 3]", [1, 3]),
        ("calls: ['1..2', 5]", [1, 2, 5]),
        ("every: 3", [3, 6]),
        ("times: 2", [1, 2]),
        ("every: 2, times: 1", [2]),
        ("calls: 2.., times: 2", [2, 3]),
        ("repeat: 2..", [2, 3, 4, 5, 6]),
        ("repeat: 1", [1]),
        ("probability: 0", []),
        ("probability: 1", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_rule_counts_its_matching_calls(when: str, failing: list[int]) -> None:
    found = statuses(when, 6)
    assert [number for number, status in enumerate(found, 1) if status == 503] == failing


def test_a_rule_also_counts_calls_that_another_rule_answered() -> None:
    player = Player(rules("{when: {calls: 1}, fail: 503}", "{when: {calls: 2}, fail: 500}"))
    assert player.statuses(3) == [503, 500, 200]


def test_a_repeat_is_an_equal_request() -> None:
    player = Player(rules("{when: {repeat: 1}, fail: 503}"))
    assert [player.chat("a").status, player.chat("b").status, player.chat("a").status] == [
        503,
        503,
        200,
    ]


LOOKS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("model: '*-pro'", {"model": "gemini-2.5-pro"}, {"model": "gemini-2.5-flash"}),
    ("model: gemini-2.5-flash", {}, {"model": "gemini-2.5-flash-lite"}),
    ("stream: true", {"stream": True}, {}),
    ("stream: false", {}, {"stream": True}),
    ("tools: true", {"tools": [TOOL]}, {}),
    ("schema: true", {"response_format": SCHEMA}, {}),
    ("surface: vertex-openai", {"surface": VERTEX}, {}),
    ("surface: gateway", {"surface": GATEWAY}, {}),
    ("surface: openai", {"surface": GATEWAY}, {}),
    ("endpoint: generate", {}, {}),
    ("endpoint: chat.completions", {}, {}),
    ("endpoint: embed", {}, {}),
]


@pytest.mark.parametrize(("when", "hit", "other"), LOOKS, ids=[when for when, _, _ in LOOKS])
def test_conditions_check_the_call(when: str, hit: dict[str, Any], other: dict[str, Any]) -> None:
    player = Player(rules(f"{{when: {{{when}}}, {FAIL}}}"))
    expected = 200 if when == "endpoint: embed" else 503
    assert player.chat("hello", **hit).status == expected
    if other:
        assert player.chat("hello", **other).status == 200


def test_text_patterns_match_the_whole_text() -> None:
    player = Player(rules("{when: {text: '*rain*'}, fail: 503}", "{when: {text: stop}, fail: 500}"))
    asked = ["will it rain?", "stop", "please stop", "snow"]
    assert [player.chat(text).status for text in asked] == [503, 500, 200, 200]


def test_conditions_on_header_key_system_media_turn_tokens_and_size() -> None:
    def player(when: str) -> Player:
        return Player(rules(f"{{when: {{{when}}}, {FAIL}}}"))

    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    ).encode()
    path = "/v1beta/openai/chat/completions"

    def sent(when: str, **headers: str) -> int:
        return (
            player(when).send("POST", path, body, {"authorization": "Bearer k1", **headers}).status
        )

    assert (sent("header: {x-team: red}", **{"x-team": "red"}), sent("header: {x-team: red}")) == (
        503,
        200,
    )
    assert (sent("key: k1"), sent("key: k2")) == (503, 200)
    talk = [{"role": "system", "content": "be brief"}, {"role": "user", "content": "hi"}]
    assert player("system: be*").chat(talk).status == 503
    turns = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "hello"},
        {"role": "user", "content": "so?"},
    ]
    assert (player("turn: 2").chat(turns).status, player("turn: 2").chat("hi").status) == (503, 200)
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    seen = [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "look"},
                {"type": "image_url", "image_url": {"url": pixel}},
            ],
        }
    ]
    assert (player("media: true").chat(seen).status, player("media: true").chat("hi").status) == (
        503,
        200,
    )
    assert (
        player("tokens_over: 50").chat("word " * 100).status,
        player("tokens_over: 50").chat("hi").status,
    ) == (503, 200)
    assert (
        player("body_over: 1KiB").chat("x" * 2000).status,
        player("body_over: 1KiB").chat("hi").status,
    ) == (503, 200)


def test_elapsed_time_is_that_of_the_world() -> None:
    player = Player(rules("{when: {elapsed: 30s..90s}, fail: 503}"))
    found = []
    for seconds in (0, 30, 30, 30, 30):
        player.world.clock.advance(seconds)
        found.append(player.chat("hi").status)
    assert found == [200, 503, 503, 200, 200]


def test_chance_is_seeded_and_independent_of_other_calls() -> None:
    """Other calls and other worlds change nothing; another seed changes which calls fail."""
    when = "probability: 0.5, model: gemini-2.5-flash"
    alone = statuses(when, 40)
    player = Player(rules(f"{{when: {{{when}}}, {FAIL}}}"))
    mixed = []
    for _ in range(40):
        player.chat("between", model="gemini-2.5-pro")
        mixed.append(player.chat("hello").status)
    assert mixed == alone
    assert 8 < alone.count(503) < 32
    assert statuses(when, 40, seed=2) != alone


def test_chance_has_the_right_frequency() -> None:
    found = statuses("probability: 0.2", 500)
    assert 70 < found.count(503) < 130


def test_concurrent_over_acts_above_a_number_of_open_calls() -> None:
    """Calls that are slow are being answered at the same time; the third is one too many."""
    text = rules("{latency: {first: 0.2}}", "{when: {concurrent_over: 2}, fail: 503}")

    async def run() -> list[int]:
        import aiohttp

        from tests.scenarios.playing import served

        body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
        async with (
            served(text) as server,
            aiohttp.ClientSession(headers={"Authorization": "Bearer k"}) as session,
        ):

            async def ask() -> int:
                async with session.post(
                    server.url + "/v1beta/openai/chat/completions", json=body
                ) as answer:
                    await answer.read()
                    return answer.status

            together = await asyncio.gather(*[ask() for _ in range(4)])
            return [*sorted(together), await ask()]

    assert asyncio.run(run()) == [200, 200, 503, 503, 200]


def test_effects_add_up_until_a_rule_answers() -> None:
    player = Player(
        rules(
            "{name: mark, headers: {x-one: '1'}}",
            "{name: fails, when: {calls: 1}, fail: 503, headers: {x-two: '2'}}",
            "{name: late, headers: {x-three: '3'}}",
            "{name: says, say: hello}",
        )
    )
    first, second = player.chat("hi"), player.chat("hi")
    assert (
        first.status,
        first.header("x-one"),
        first.header("x-two"),
        first.header("x-three"),
    ) == (503, ["1"], ["2"], [])
    assert first.header("x-mockgem-rule") == ["fails"]
    assert second.message["content"] == "hello"
    assert (second.header("x-one"), second.header("x-three"), second.header("x-mockgem-rule")) == (
        ["1"],
        ["3"],
        ["says"],
    )
    assert second.header("x-mockgem-call") == ["2"]


def test_calls_are_counted_separately_by_key_and_model() -> None:
    path, body = (
        "/v1beta/openai/chat/completions",
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "x"}]},
    )

    def ask(player: Player, key: str, model: str) -> int:
        data = json.dumps({**body, "model": model}).encode()
        return player.send("POST", path, data, {"authorization": f"Bearer {key}"}).status

    by_key = Player(rules("{when: {calls: 1}, fail: 503}", count_by="key"))
    asked = [
        ask(by_key, "a", "gemini-2.5-flash"),
        ask(by_key, "b", "gemini-2.5-flash"),
        ask(by_key, "a", "gemini-2.5-pro"),
    ]
    assert asked == [503, 503, 200]
    by_model = Player(rules("{when: {calls: 1}, fail: 503}", count_by="model"))
    asked = [
        ask(by_model, "a", "gemini-2.5-flash"),
        ask(by_model, "b", "gemini-2.5-pro"),
        ask(by_model, "a", "gemini-2.5-flash"),
    ]
    assert asked == [503, 503, 200]


def test_scenarios_leave_the_admin_api_and_unknown_paths_alone() -> None:
    player = Player(rules("{fail: 503}"))
    assert player.send("GET", "/_mockgem/health").status == 200
    assert player.send("GET", "/nothing/here").status == 404
    assert player.chat("hi").status == 503


@pytest.mark.parametrize("bad", ["", "0", "3..1", "x", "1..x", "-1", True, None, [], "1" * 12])
def test_numbers_that_are_not_valid_are_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match="numbers"):
        parse_number_ranges(bad)


@pytest.mark.parametrize("bad", ["", "0", "-1", "x", "50 %%", True, None, "3 letters"])
def test_positions_that_are_not_valid_are_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match="not a valid position"):
        parse_position(bad)


@pytest.mark.parametrize("bad", ["-1s", "3 parsecs", "1e99", "400d"])
def test_times_that_are_not_valid_are_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match=r"duration|time"):
        parse_duration(bad)
