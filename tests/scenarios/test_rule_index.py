"""Rules are found by their literal conditions exactly where a look at each would find them."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.scenarios.rule_index import RuleIndex, find_literal_condition
from mockgem.scenarios.schema import Rule, When
from mockgem.scenarios.types import compile_glob
from tests.scenarios.playing import Player, rules

PATTERNS = st.text("ab*?[]!.", min_size=1, max_size=6)


@given(pattern=PATTERNS, text=st.text("ab*?[]!.\n", max_size=8))
def test_a_pattern_means_what_fnmatch_says(pattern: str, text: str) -> None:
    assert bool(compile_glob(pattern)(text)) == fnmatchcase(text, pattern)


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ({"text": "Hello"}, "text"),
        ({"text": ["a", "b"], "model": "gemini-2.5-flash"}, "text"),
        ({"text": "*word*", "model": "gemini-2.5-flash"}, "model"),
        ({"text": "Hello", "ignore_case": True}, ""),
        ({"text": ["a", "b*"]}, ""),
        ({"stream": True}, ""),
        ({}, ""),
    ],
)
def test_the_first_condition_without_patterns_is_the_index(
    when: dict[str, object], name: str
) -> None:
    assert find_literal_condition(When.model_validate(when)) == name


def test_a_rule_with_several_values_is_found_by_each() -> None:
    index = RuleIndex([Rule.model_validate({"when": {"text": ["a", "b"]}, "say": "x"})])
    assert index.tables == {"text": {"a": [0], "b": [0]}}
    assert index.others == []


def test_rules_act_in_their_order_whatever_finds_them() -> None:
    """The literal ones, those with patterns and those without conditions in between."""
    player = Player(
        rules(
            "{when: {text: first, times: 1}, say: literal}",
            "{when: {text: 'fir*', times: 1}, say: pattern}",
            "{when: {model: gemini-2.5-flash, text: first, times: 1}, say: model}",
            "{when: {times: 1}, say: any}",
            "{when: {text: [other, first]}, say: list}",
        )
    )
    replies = [player.chat("first").json["choices"][0]["message"]["content"] for _ in range(6)]
    assert replies == ["literal", "pattern", "model", "any", "list", "list"]


def test_a_rule_that_is_added_or_removed_is_found_at_once() -> None:
    player = Player(rules("{when: {text: hello}, say: from the file}"))
    rule = {"rule": {"when": {"text": "hello"}, "say": "added"}}
    json_type = {"content-type": "application/json"}
    player.send("POST", "/_mockgem/rules", json.dumps(rule).encode(), json_type)
    assert "added" in player.chat("hello").text
    assert "added" not in player.chat("goodbye").text
    added = json.loads(player.send("GET", "/_mockgem/rules").text)["rules"][0]["id"]
    player.send("DELETE", f"/_mockgem/rules/{added}")
    assert "from the file" in player.chat("hello").text
