"""Messages judged by the rules that a moderator's prompt states."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.broken_rules import find_broken, judge_by_rules, list_rules

RULES = "Rules: no insults, no spam, no personal data. Answer BLOCK or ALLOW."


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("You are all idiots", "insults"),
        ("Buy cheap followers now!!!", "spam"),
        ("Write to me at ann@example.com", "personal data"),
        ("Nice photo, where was it taken?", ""),
    ],
)
def test_the_broken_rule_is_named(text: str, rule: str) -> None:
    assert find_broken(list_rules(RULES), text) == rule


def test_labels_without_rules_are_left_to_others() -> None:
    assert judge_by_rules(["BLOCK", "ALLOW"], "You are all idiots", "Answer BLOCK or ALLOW.") == ""


def test_other_labels_are_left_to_others() -> None:
    assert judge_by_rules(["spam", "ham"], "You are all idiots", RULES) == ""
