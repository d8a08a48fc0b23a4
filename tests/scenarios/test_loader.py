"""Scenario files: safe reading, mistakes with lines, folders, watching and the JSON Schema."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import mockgem
from mockgem.cli import main
from mockgem.cli.scenario import build_schema
from mockgem.scenarios.library import ScenarioLibrary, UnknownScenario, find_builtin_folder
from mockgem.scenarios.loader import (
    MODEL_BY_KEY,
    BadScenario,
    parse_scenario,
    suggest_key,
)
from mockgem.scenarios.validation import find_mistakes
from mockgem.scenarios.yaml_reader import load_yaml
from tests.scenarios.playing import rules

GOOD = "title: x\nrules:\n  - fail: 503\n"
BAD = {
    "": "is empty",
    "- a": "is a list",
    "title: x": "add rules, resources or expect",
    "rules: [{fail: 503}]": "title: is missing",
    "title: x\ntitle: y\nrules: [{fail: 503}]": ":2: the key 'title' occurs twice",
    "title: &a x\nrules: *a": ":2: aliases",
    "title: !!python/object/apply:os.system [id]": "tags",
    "title: !mine x": "tags",
    "title: x\nrules:\n  - whne: {}": (
        ":3: rules[0].whne: there is no key 'whne' here; did you mean when?"
    ),
    "title: x\nrules:\n  - say: {name: get_weather}": (
        "say.name: there is no key 'name' here; write a text, {text: …}, {tool_calls: […]}"
    ),
    "title: x\nrules:\n  - fail: 503\n    say: hi": "cannot have both say and fail",
    "title: x\nrules:\n  - when: {calls: 1}": "does nothing",
    "title: x\nrules:\n  - when: {calls: 0}\n    fail: 503": "count from 1",
    "title: x\nrules:\n  - faults: [rest]": "did you mean reset?",
    "title: x\nrules:\n  - faults: [{fault: reset, size: 3}]": (
        "reset does not take size; it takes at"
    ),
    "title: x\nrules:\n  - latency: {first: soon}": "'soon' is not a duration",
    "title: x\nrules:\n  - latency: {first: {kind: normal, mean: 1s}}": "spread is missing",
    "title: x\nrules:\n  - say: {}": "the reply is empty: give text",
    "title: x\nrules:\n  - say: {text: a, block: SAFETY}": "block cannot be combined",
    "title: x\nrules:\n  - {name: a, fail: 503}\n  - {name: a, fail: 500}": (
        "two rules are called a"
    ),
    "title: x\nrules:\n  - {name: Not Good, fail: 503}": "rules[0].name",
    "title: x\nrules: {a: 1}": "rules",
    "title: [\n": ":2:",
    "title: x\nmockgem: 2\nrules: [{fail: 503}]": "mockgem",
    "title: x\nrules:\n" + "  - fail: 503\n" * 201: "200",
    "title: x\nrules:\n  name: a": "put - before each",
    "title: x\nrules:\n  - faults: cut": "put - before each",
    "title: x\nrules:\n  - latency: 5s": "must be {first: 5s",
    "title: x\nrules:\n  - quota: free": "must be {tier: free}",
    "title: x\nrules:\n  - fail: [429, 503]": "must be a name, a status",
    "title: x: y": "in quotes",
    "title: x\nrules:\n  - name: a\n   fail: 429": "the same indentation as its neighbours",
    "title: x\nrules: [{fail: 503}]\nexpect: {waits: tolled}": (
        ":3: expect.waits: 'tolled' is not a valid wait: write told"
    ),
    "title: x\nrules:\n  - faults: [{fault: cut, at: 150%}]": "at most 100%",
    "title: x\nrules:\n  - faults: [{fault: split, size: 0}]": "size",
    "title: x\nrules:\n  - faults: [{fault: repeat, text: "
    + "a" * 300
    + ", times: 10000}]": "too large",
    "title: x\nrules:\n  - faults: [{fault: refuse, for: 366d}]": "60 seconds",
    "title: x\nresources: {file: [{state: PROCESING}]}": "'PROCESING' is not a state of a file",
    "title: x\nrules:\n  - {fail: 503, headers: {Content-Length: '3'}}": (
        "the server sets Content-Length itself"
    ),
    "title: x\nrules:\n  - say: {raw: {headers: {Transfer-Encoding: a}}}": "the server sets",
    'title: x\nrules:\n  - {fail: 503, headers: {"X: 1\\r\\nY": z}}': "is not a valid header",
    "title: x\nrules:\n  - when: {probability: !!float abc}\n    fail: 503": "is not a valid float",
    "title: x\nrules:\n  - latency: {first: 1" + "0" * 400 + "}": "is not a valid time",
    "title: x\nrules:\n  - fail: " + "9" * 5000: "is not a valid int",
    "a: " + "[" * 40 + "]" * 40: "deep",
    "title: " + "x" * 300_000: "characters",
}


@pytest.mark.parametrize(("text", "words"), BAD.items(), ids=range(len(BAD)))
def test_a_mistake_is_reported_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BadScenario) as caught:
        parse_scenario(text, "mine.yaml")
    assert words in str(caught.value)
    assert all(line.startswith("mine.yaml") for line in caught.value.problems)


def test_each_mistake_is_reported_once() -> None:
    with pytest.raises(BadScenario) as caught:
        parse_scenario("title: x\nrules:\n  - latency: {first: soon}\n")
    assert len(caught.value.problems) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(BadScenario):
        parse_scenario(text)


KEYS = st.sampled_from(
    ["when", "fail", "say", "faults", "calls", "at", "fault", "latency", "first", "kind", "x"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_any_rule_is_validated_or_refused(rule: Any) -> None:
    with contextlib.suppress(BadScenario):
        find_mistakes(parse_scenario(json.dumps({"title": "x", "rules": [rule]})))


def test_dates_and_clock_times_stay_texts() -> None:
    found, _ = load_yaml("a: 2026-01-01\nb: 12:30:00\nc: 12", "x")
    assert found == {"a": "2026-01-01", "b": "12:30:00", "c": 12}


def told(*lines: str) -> str:
    """The mistakes in some rules, each of which has a place."""
    found = find_mistakes(parse_scenario(rules(*lines)))
    assert all(place[0] == "rules" for place, _ in found)
    return " ".join(words for _, words in found)


CROSSED = [
    ("{fail: 503}", "{fail: 500}", "never answers"),
    (
        "{when: {stream: true}, fail: 503}",
        "{when: {stream: true, tools: true}, fail: 500}",
        "never answers",
    ),
    ("{when: {stream: true}, fail: 503}", "{when: {tools: true}, fail: 500}", "could both answer"),
    ("{when: {model: '*pro*'}, say: a}", "{when: {text: hi}, say: b}", "could both answer"),
]
APART = [
    ("{when: {stream: true}, fail: 503}", "{when: {stream: false, tools: true}, fail: 500}"),
    ("{when: {calls: 1}, fail: 503}", "{fail: 500}"),
    ("{when: {calls: 1, stream: true}, fail: 503}", "{when: {calls: 2, tools: true}, fail: 500}"),
    ("{when: {model: a}, fail: 503}", "{when: {model: b}, fail: 500}"),
    ("{when: {stream: true, tools: true}, fail: 503}", "{when: {stream: true}, fail: 500}"),
    ("{when: {probability: 0.1, stream: true}, fail: 503}", "{when: {tools: true}, fail: 500}"),
]


@pytest.mark.parametrize(("one", "other", "words"), CROSSED)
def test_rules_that_overlap_are_reported(one: str, other: str, words: str) -> None:
    assert words in told(one, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_rules_that_cannot_overlap_are_not_reported(one: str, other: str) -> None:
    assert find_mistakes(parse_scenario(rules(one, other))) == []


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{fail: overlaoded}", "did you mean overloaded"),
        ("{when: {surface: opnai}, fail: 503}", "did you mean openai"),
        ("{when: {endpoint: chats}, fail: 503}", "endpoint"),
        ("{fail: batch-output-late}", "batch-output-late"),
        ("{fail: sdk-timeout-cuts-stream}", "a rule cannot cause"),
        ("{when: {surface: vertex}, fail: rate-limit-rpm-free}", "was never seen on vertex"),
        ("{latency: {profile: fast}}", "known names: usual"),
        ("{quota: {tier: gold}}", "known names: free"),
        ("{faults: [{fault: error, error: nope}]}", "no error"),
        ("{faults: [{fault: error, error: front-end-502}]}", "cannot be part of a reply"),
        ("{when: {stream: false}, faults: [no_done]}", "excludes streams"),
    ],
)
def test_unknown_names_are_reported(rule: str, words: str) -> None:
    assert words in told(rule)


def test_every_builtin_scenario_is_valid_by_models_and_schema() -> None:
    judge = Draft202012Validator(build_schema())
    paths = sorted(find_builtin_folder().glob("*.yaml"))
    assert len(paths) >= 40
    for path in paths:
        scenario = parse_scenario(path.read_text(), path.name)
        found, _ = load_yaml(path.read_text(), path.name)
        assert find_mistakes(scenario) == [], path.name
        assert list(judge.iter_errors(found)) == [], path.name
        assert scenario.title, path.name
        assert scenario.why, path.name
        assert scenario.evidence, path.name
        assert scenario.tags, path.name


def test_the_exported_schema_is_up_to_date() -> None:
    assert (
        json.loads((find_builtin_folder() / "scenario.schema.json").read_text()) == build_schema()
    )


def test_known_names_are_found_and_mistyped_ones_get_suggestions() -> None:
    library = ScenarioLibrary()
    assert library.find("overloaded").title
    with pytest.raises(UnknownScenario, match="did you mean overloaded"):
        library.find("overlaoded")
    for name in ("../overloaded", "", "a" * 100, "Overloaded", "x\0y", "con"):
        with pytest.raises(UnknownScenario):
            library.find(name)


def test_folders_of_the_user_come_first_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "overloaded.yaml").write_text("title: mine\nrules:\n  - fail: 500\n")
    (tmp_path / "linked.yaml").symlink_to(tmp_path / "overloaded.yaml")
    library = ScenarioLibrary((tmp_path,))
    assert library.find("overloaded").title == "mine"
    with pytest.raises(UnknownScenario):
        library.find("linked")


def test_a_watched_file_is_read_again_when_it_changes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("title: one\nrules:\n  - fail: 500\n")
    watched, still = ScenarioLibrary((tmp_path,), watch=True), ScenarioLibrary((tmp_path,))
    assert watched.find("mine").title == still.find("mine").title == "one"
    path.write_text("title: two\nrules:\n  - fail: 500\n")
    os.utime(path, (1, 1))
    assert (watched.find("mine").title, still.find("mine").title) == ("two", "one")
    path.write_text("title: [")
    os.utime(path, (2, 2))
    caplog.clear()
    assert [watched.find("mine").title for _ in range(3)] == ["two"] * 3
    assert caplog.text.count("has changed; its earlier scenario stays") == 1
    path.write_text("title: three\nrules:\n  - fail: 500\n")
    os.utime(path, (3, 3))
    assert watched.find("mine").title == "three"
    path.unlink()
    assert still.find("mine").title == "one"


def run(*words: str) -> Any:
    return CliRunner().invoke(main, ["scenario", *words])


def test_the_commands_list_show_check_and_describe_scenarios(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(GOOD)
    bad.write_text("title: x\nrules:\n  - fial: 503\n")
    assert run("check", str(good)).output == f"{good}: good\n"
    found = run("check", str(tmp_path))
    assert found.exit_code == 1
    assert (
        f"{bad}:3: rules[0].fial: there is no key 'fial' here; did you mean fail?" in found.output
    )
    assert "overloaded " in run("list").output
    assert "good" in run("list", "--scenarios", str(tmp_path)).output
    assert "good" not in run("list", "--scenarios", str(tmp_path), "--tag", "retry").output
    assert "no scenario has the tag" in run("list", "--tag", "retyr").output
    assert "this folder does not exist" in run("list", "--scenarios", str(tmp_path / "none")).output
    assert run("show", "overloaded").output.startswith("title: "), "without the checkout's schema"
    assert "did you mean overloaded" in run("show", "overlaoded").output
    assert json.loads(run("schema").output)["title"] == "Scenario"
    assert "rate-limit-rpm-free" in run("errors").output
    assert json.loads(run("errors", "503").output)["name"] == "overloaded"
    assert "Reset the connection (RST)" in run("faults").output
    assert run("check", str(tmp_path / "none.yaml")).exit_code == 1
    (tmp_path / "name.yaml").write_text(
        "title: x\nrules:\n  - when: {model: gemni-2.5-flash}\n    fail: overlaoded\n"
    )
    assert (
        f"{tmp_path}/name.yaml:4: rule-1: fail: there is no error 'overlaoded'"
        in run("check", str(tmp_path)).output
    )
    (tmp_path / "note.yaml").write_text(
        "title: x\nrules:\n  - when: {model: gemni-2.5-flash}\n    fail: 503\n"
    )
    assert (
        "note: rule 1 is for 'gemni-2.5-flash', and mockgem knows no such model"
        in run("check", str(tmp_path / "note.yaml")).output
    )


def test_surrogate_pairs_of_json_are_one_character() -> None:
    text = (
        r'{"title": "a \ud83d\udc69 b", "rules": [{"headers": {"x": "y"}, "say": "\ud83d\udc69"}]}'
    )
    scenario = parse_scenario(text)
    assert scenario.title == "a \U0001f469 b"
    assert scenario == parse_scenario(
        text.encode().decode("unicode_escape").encode("utf-16", "surrogatepass").decode("utf-16")
    )


def test_half_a_surrogate_pair_is_a_mistake_with_its_line() -> None:
    with pytest.raises(BadScenario, match=r"the scenario:2: .* is not a valid str"):
        parse_scenario('{"rules": [{"fail": 503}],\n"title": "\\ud83d"}')


def test_broken_scenarios_in_a_folder_are_reported_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "bad.yaml").write_text("title: x\nrules:\n  - fial: 503\n")
    (tmp_path / "worse.json").write_text('{"title": "x", "rules": [{"when": {"calls": 0}}]}')
    (tmp_path / "reply.json").write_text('{"candidates": []}')
    with pytest.raises(BadScenario) as caught, mockgem.serve(scenarios=[str(tmp_path)]):
        pass
    message = str(caught.value)
    assert f"{tmp_path / 'bad.yaml'}:3: rules[0].fial: there is no key 'fial' here" in message
    assert str(tmp_path / "worse.json") in message
    assert "reply.json" not in message
    assert "good.yaml" not in message


def test_a_file_that_is_no_scenario_is_only_mentioned_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    with mockgem.serve(scenarios=[str(tmp_path)]) as server:
        assert server.url
    assert "compose.yaml" in caplog.text


def list_models() -> list[Any]:
    return [*{id(model): (key, model) for key, model in MODEL_BY_KEY.items()}.values()]


@pytest.mark.parametrize(("key", "model"), list_models(), ids=lambda part: str(part)[:20])
def test_misspelled_keys_at_any_depth_name_the_nearest_one(key: str, model: Any) -> None:
    name = max((field.alias or name for name, field in model.model_fields.items()), key=len)
    assert suggest_key(("rules", 0, key, 0, name[:-2] + name[-1])) == f"; did you mean {name}?"
