"""Rules at their limits: which calls they count, what adds up, and what they may read."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.core.content import Blob, FinishReason, Text, ToolCall
from mockgem.core.lifecycle import State
from mockgem.scenarios import rule_list
from mockgem.scenarios.resource_overrides import NEVER, build_lifecycles, build_overrides
from mockgem.scenarios.run import ScenarioRun
from mockgem.scenarios.schema import Resources, Rule, Say
from mockgem.scenarios.scripted_replies import (
    MAX_FILE_BYTES,
    BadDecision,
    build_raw_response,
    build_scripted_reply,
    read_file,
    select_turn,
)
from mockgem.scenarios.state import MAX_COUNTERS, RunState
from tests.asking import GATEWAY, VERTEX
from tests.scenarios.playing import STREAM, Player, rules

PNG = b"\x89PNG\r\n\x1a\n"


def run_of(player: Player) -> ScenarioRun:
    return player.house.scenario_manager.get_runner().get_run(player.world, "played")


def counters_of(player: Player) -> dict[str, Any]:
    return asyncio.run(run_of(player).get_counters())


# Which calls


@pytest.mark.parametrize(
    ("when", "failing"),
    [
        ("calls: [2]", [2]),
        ("every: 2", [2, 4]),
        ("times: 2", [1, 2]),
        ("every: 2, times: 1", [2]),
        ("probability: 0", []),
        ("probability: 1", [1, 2, 3, 4, 5]),
        ("concurrent_over: 0", [1, 2, 3, 4, 5]),
        ("concurrent_over: 1", []),
        ("turn: 1", [1, 2, 3, 4, 5]),
        ("turn: 2", []),
    ],
)
def test_a_rule_acts_on_these_calls(when: str, failing: list[int]) -> None:
    player = Player(rules(f"{{when: {{{when}}}, fail: overloaded}}"))
    statuses = player.statuses(5)
    assert [number for number, status in enumerate(statuses, 1) if status == 503] == failing
    acted = counters_of(player)
    assert acted == {
        "calls": 5,
        "running": 0,
        "rules": {"rule-1": {"met": 0 if when == "turn: 2" else 5, "acted": len(failing)}},
    }


def test_elapsed_time_begins_at_one_limit_and_ends_before_the_other() -> None:
    player = Player(rules("{when: {elapsed: 10s..20s}, fail: overloaded}"))
    found = []
    for _ in range(5):
        found += player.statuses(1)
        player.world.clock.advance(5)
    assert found == [200, 200, 503, 503, 200]


def test_a_limit_of_tokens_or_bytes_is_not_yet_over() -> None:
    tokens = Player(rules("{say: x}")).chat("some words here").json["usage"]["prompt_tokens"]
    for limit, status in ((tokens - 1, 503), (tokens, 200)):
        player = Player(rules(f"{{when: {{tokens_over: {limit}}}, fail: overloaded}}"))
        assert player.chat("some words here").status == status
    body = b'{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"a"}]}'
    for limit, status in ((len(body) - 1, 503), (len(body), 200)):
        player = Player(rules(f"{{when: {{body_over: {limit}}}, fail: overloaded}}"))
        assert player.send("POST", f"{GATEWAY}/chat/completions", body).status == status


@pytest.mark.parametrize(
    ("when", "more", "expected"),
    [
        ("surface: openai", {}, 503),
        ("surface: gemini-openai", {}, 503),
        ("surface: gateway", {}, 200),
        ("surface: '*openai'", {"surface": VERTEX}, 503),
        ("stream: true", STREAM, 503),
        ("stream: true", {}, 200),
        ("stream: false", STREAM, 200),
        ("model: gemini-2.5-*", {}, 503),
        ("model: flash", {}, 200),
        ("text: '*secret*'", {}, 200),
        ("endpoint: generate", {}, 503),
        ("endpoint: embed", {}, 200),
        ("header: {authorization: 'Bearer any*'}", {}, 503),
        ("header: {Authorization: 'Bearer any*', x-other: 'a'}", {}, 200),
        ("key: any-key", {}, 503),
        ("key: other", {}, 200),
        ("tools: false", {}, 503),
        ("tools: true", {}, 200),
        ("schema: true", {"response_format": {"type": "json_object"}}, 503),
        ("schema: true", {}, 200),
        ("media: true", {}, 200),
        ("system: '*'", {}, 503),
        ("system: 'Be*'", {}, 200),
    ],
)
def test_a_condition(when: str, more: dict[str, Any], expected: int) -> None:
    player = Player(rules(f"{{when: {{{when}}}, fail: overloaded}}"))
    assert player.chat("hello", **more).status == expected


IMAGEN = "imagen-4.0-generate-001"
VECTORS = "gemini-embedding-001"
GOOGLE = "/v1beta/models"
VERTEX_MODELS = "/v1/projects/p/locations/us-central1/publishers/google/models"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1beta/openai/embeddings", {"model": VECTORS, "input": ["one", "WORD"]}),
        (f"{GOOGLE}/{VECTORS}:embedContent", {"content": {"parts": [{"text": "WORD"}]}}),
        (f"{VERTEX_MODELS}/{VECTORS}:predict", {"instances": [{"content": "WORD"}]}),
        ("/v1beta/openai/images/generations", {"model": IMAGEN, "prompt": "WORD"}),
        (f"{GOOGLE}/{IMAGEN}:predict", {"instances": [{"prompt": "WORD"}]}),
        (
            f"{GOOGLE}/veo-3.1-generate-preview:predictLongRunning",
            {"instances": [{"prompt": "WORD"}]},
        ),
        (
            "/v1/audio/speech",
            {"model": "gemini-2.5-flash-preview-tts", "input": "WORD", "voice": "Kore"},
        ),
    ],
)
def test_the_text_of_other_requests_is_what_they_embed_draw_or_speak(path: str, body: Any) -> None:
    player = Player(rules("{when: {text: '*two*'}, fail: overloaded}"))
    headers = {"x-goog-api-key": "k"} if GOOGLE in path else {"authorization": "Bearer k"}
    statuses = [
        player.send("POST", path, json.dumps(body).replace("WORD", word).encode(), headers).status
        for word in ("a two b", "three")
    ]
    assert statuses == [503, 200]


def test_a_quota_of_tokens_counts_texts_to_embed() -> None:
    player = Player(rules("{quota: {tpm: 30}}"))
    body = json.dumps({"model": VECTORS, "input": ["word " * 20]}).encode()
    statuses = [player.send("POST", "/v1beta/openai/embeddings", body).status for _ in range(2)]
    assert statuses == [200, 429]


def test_other_requests_are_always_the_first_turn() -> None:
    player = Player(rules("{when: {turn: 1}, fail: overloaded}"))
    body = json.dumps({"model": VECTORS, "input": "a"}).encode()
    assert player.send("POST", "/v1beta/openai/embeddings", body).status == 503


def test_the_last_acting_rule_answers_and_gives_its_name() -> None:
    player = Player(
        rules("{headers: {x-a: '1'}}", "{headers: {x-b: '2'}, say: two}", "{say: three}")
    )
    answer = player.chat("x")
    assert answer.message["content"] == "two"
    assert (answer.header("x-a"), answer.header("x-b")) == (["1"], ["2"])
    assert answer.header("x-mockgem-rule") == ["rule-2"]
    assert answer.header("x-mockgem-call") == ["1"]
    failing = Player(rules("{headers: {x-a: '1'}}", "{fail: overloaded}")).chat("x")
    assert (failing.status, failing.header("x-mockgem-rule")) == (503, ["rule-2"])


def test_faults_act_in_the_order_of_their_stages() -> None:
    first = Player(rules("{faults: [merge, duplicate]}")).chat("hi", **STREAM)
    second = Player(rules("{faults: [duplicate, merge]}")).chat("hi", **STREAM)
    assert first.body == second.body
    plain = Player(rules("{say: x}")).chat("hi", **STREAM)
    assert first.body.count(b"\n\n") != plain.body.count(b"\n\n")


# Counters of a run


def test_added_rules_come_first_and_have_a_number_of_calls_to_act_on() -> None:
    player = Player(rules("{name: first, fail: overloaded}"))
    run = run_of(player)
    asyncio.run(run.add_rule(Rule.model_validate({"when": {"times": 2}, "say": "added"})))
    asyncio.run(run.add_rule(Rule.model_validate({"name": "last", "say": "last"})))
    assert player.chat("x").message["content"] == "added"
    counters = counters_of(player)
    assert counters["rules"] == {
        "first": {"met": 1, "acted": 0},
        "rule-2": {"met": 1, "acted": 1, "wanted": 2},
        "last": {"met": 1, "acted": 0, "wanted": 1},
    }
    assert player.chat("x").message["content"] == "added"
    assert player.chat("x").message["content"] == "last"
    asyncio.run(run.treat_rules_as_added())
    assert counters_of(player)["rules"]["first"]["wanted"] == 1


def test_a_run_has_a_limit_of_rules_and_no_two_of_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_list, "MAX_RULES", 2)
    player = Player(rules("{name: first, fail: overloaded}"))
    run = run_of(player)
    with pytest.raises(ValueError, match=r"^two rules are called first; rename one of them$"):
        asyncio.run(run.add_rule(Rule.model_validate({"name": "first", "say": "x"})))
    asyncio.run(run.add_rule(Rule.model_validate({"say": "x"})))
    message = (
        "the scenario has 2 rules already, which is the limit; choose a scenario again to begin "
        "with its own rules"
    )
    with pytest.raises(ValueError) as refused:
        asyncio.run(run.add_rule(Rule.model_validate({"say": "y"})))
    assert str(refused.value) == message


def test_the_oldest_counters_are_dropped() -> None:
    state = RunState(0.0)
    for number in range(MAX_COUNTERS + 2):
        state.match_counts[0, str(number)] += 1
        state.fire_counts[0, str(number)] += 1
    state.limit_counters()
    for counts in (state.match_counts, state.fire_counts):
        assert (len(counts), next(iter(counts))) == (MAX_COUNTERS, (0, "2"))
    assert (state.rule_name(-1), state.count_request(0, b"a"), state.count_request(0, b"a")) == (
        "",
        1,
        2,
    )


# Resources


def test_lifecycles_of_resources() -> None:
    resources = Resources.model_validate(
        {
            "file": [{"state": "PROCESSING", "polls": 3}, {"state": "ACTIVE"}],
            "batch": [{"state": "in_progress", "seconds": 5}, {"state": "completed"}],
        }
    )
    assert build_lifecycles(resources) == {
        "file": (State("PROCESSING", 3, NEVER), State("ACTIVE", 1, NEVER)),
        "batch": (State("in_progress", NEVER, 5), State("completed", 1, NEVER)),
    }
    overrides = build_overrides(resources)
    assert (overrides.slow_files, overrides.batch_output_polls) == (True, 0)
    assert build_overrides(Resources()).slow_files is False
    fail_line = build_overrides(Resources.model_validate({"batch_failures": [2]})).line_failure
    assert fail_line is not None
    assert [fail_line(number) is None for number in (1, 2, 3)] == [True, False, True]


# Scripted replies


def test_a_scripted_reply_has_its_parts_in_order(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8")
    say = Say.model_validate(
        {
            "thoughts": "hm",
            "text": "hi",
            "json": {"é": [1]},
            "tool_calls": [{"name": "f", "args": {"a": 1}}],
            "image": "a.png",
            "finish": "MAX_TOKENS",
        }
    )
    reply = build_scripted_reply(say, tmp_path)
    assert reply.parts == (
        Text("hm", thought=True),
        Text("hi"),
        Text('{\n  "é": [\n    1\n  ]\n}'),
        ToolCall("f", {"a": 1}),
    )
    assert (reply.finish_reason, reply.block_reason) == (FinishReason.MAX_TOKENS, "")
    assert reply.image == Blob("image/png", PNG)
    image = build_scripted_reply(Say.model_validate({"image": "b.jpg"}), tmp_path)
    assert (image.parts, image.finish_reason) == (None, None)
    assert image.image == Blob("image/jpeg", b"\xff\xd8")


def test_a_turn_selects_a_reply_until_they_end() -> None:
    say = Say.model_validate({"turns": [{"text": "one"}, {"text": "two"}]})
    assert [found and found.text for found in (select_turn(say, turn) for turn in (1, 2, 3))] == [
        "one",
        "two",
        None,
    ]
    single = Say.model_validate({"text": "one"})
    assert select_turn(single, 7) is single


def catch_file(name: str, folder: Path | None) -> str:
    with pytest.raises(BadDecision) as refused:
        read_file(name, folder)
    return str(refused.value)


def test_files_are_read_from_the_folder_of_the_scenario_alone(tmp_path: Path) -> None:
    folder = tmp_path / "scenarios"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a").write_bytes(b"inside")
    (tmp_path / "secret").write_bytes(b"outside")
    (folder / "link").symlink_to(folder / "sub" / "a")
    with (folder / "large").open("wb") as large:
        large.truncate(MAX_FILE_BYTES)
    assert read_file("sub/a", folder) == b"inside"
    assert len(read_file("large", folder)) == 20 * 2**20
    with (folder / "large").open("wb") as large:
        large.truncate(MAX_FILE_BYTES + 1)
    assert catch_file("x" * 200, None) == (
        f"a scenario that is not a file itself cannot use files: {'x' * 100!r}"
    )
    for name in ("../secret", "/etc/passwd", "link"):
        assert catch_file(name, folder) == f"{name!r} is not in the scenario's folder"
    for name in ("large", "missing", "sub"):
        assert catch_file(name, folder) == f"{name!r} is missing or larger than 20971520 bytes"
    for name in ("a\0b", "y" * 5000):
        assert catch_file(name, folder) == f"{name[:100]!r} cannot be read"


def test_a_raw_response_has_the_bytes_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "body").write_bytes(b"\xff raw")
    say = Say.model_validate({"raw": {"status": 418, "headers": {"x-a": "1"}, "body_file": "body"}})
    assert say.raw is not None
    response = build_raw_response(say.raw, tmp_path)
    assert (response.status, response.headers, response.body) == (418, (("x-a", "1"),), b"\xff raw")
