"""The computerUse tool: plans of actions, from the question to the last result."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Text, ToolCall, ToolResult, Turn
from mockgem.operations.generators.computer_use import SAFETY_POLICIES, choose_action
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.tool_history import read_tool_history

BROWSER = {"environment": "ENVIRONMENT_BROWSER"}


def follow(prompt: str, settings: Any = BROWSER, *, is_early: bool = True) -> list[ToolCall]:
    """Return the calls of a whole loop in which each action succeeds."""
    turns, calls = [Turn("user", (Text(prompt),))], []
    for number in range(12):
        history = read_tool_history(turns)
        random = SeededRandom(number, "screen")
        chosen = choose_action(settings, prompt, history, random, is_early=is_early)
        if chosen is None:
            return calls
        calls.append(chosen[1])
        turns.append(Turn("model", (chosen[1],)))
        result = ToolResult(chosen[1].name, '{"url": "https://example.com"}')
        turns.append(Turn("user", (result,)))
    raise AssertionError("the loop does not end")


def names(calls: list[ToolCall]) -> list[str]:
    return [call.name for call in calls]


@pytest.mark.parametrize(
    ("prompt", "early", "later"),
    [
        ("Open example.com", "open_web_browser navigate", "navigate"),
        ("What is on the screen?", "open_web_browser", "take_screenshot"),
        (
            'Type "blue shoes" and click the first result',
            "open_web_browser search type_text_at click_at",
            "click type click",
        ),
        ("Scroll up", "open_web_browser scroll_document", "scroll"),
        (
            "Go to https://shop.test/a and search for smart fridges on the page.",
            "open_web_browser navigate type_text_at",
            "navigate click type",
        ),
    ],
)
def test_the_words_of_a_question_become_actions(prompt: str, early: str, later: str) -> None:
    assert " ".join(names(follow(prompt))) == early
    assert " ".join(names(follow(prompt, is_early=False))) == later


def test_the_arguments_come_from_the_question() -> None:
    calls = follow("Go to https://shop.test/a and search for smart fridges on the page.")
    assert calls[1].args == {"url": "https://shop.test/a"}
    assert calls[2].args["text"] == "smart fridges"
    assert calls[2].args["press_enter"] is True


def test_coordinates_are_on_a_grid_of_1000() -> None:
    points = [
        (call.args["x"], call.args["y"])
        for number in range(200)
        for call in follow(f"Click the button {number}")
        if call.name == "click_at"
    ]
    assert len(points) == 200
    assert all(0 <= value <= 999 for point in points for value in point)


def test_later_models_say_what_an_action_is_for() -> None:
    assert all(call.args["intent"] for call in follow("Open example.com", is_early=False))
    assert "intent" not in follow("Open example.com")[1].args


@pytest.mark.parametrize(
    "spelling", ["excluded_predefined_functions", "excludedPredefinedFunctions"]
)
def test_excluded_functions_are_never_called(spelling: str) -> None:
    excluded = ["open_web_browser", "scroll_document"]
    calls = follow("Open example.com and scroll left", {spelling: excluded})
    assert names(calls) == ["navigate", "scroll_at"]
    assert calls[1].args["direction"] == "left"
    assert {"x", "y"} <= calls[1].args.keys()


def test_without_any_function_there_is_no_action() -> None:
    from mockgem.operations.generators.computer_use import EARLY_FUNCTIONS

    assert follow("Open example.com", {"excludedPredefinedFunctions": [*EARLY_FUNCTIONS]}) == []


@pytest.mark.parametrize(
    ("environment", "expected"),
    [("ENVIRONMENT_MOBILE", ["open_app", "click"]), ("ENVIRONMENT_DESKTOP", ["click"])],
)
def test_each_environment_has_its_own_functions(environment: str, expected: list[str]) -> None:
    calls = follow("Open the Notes app, then tap New", {"environment": environment}, is_early=False)
    assert names(calls) == expected


@pytest.mark.parametrize(
    ("prompt", "policy"),
    [
        ("Click the link and pay", "FINANCIAL_TRANSACTIONS"),
        ("Click and send the letter", "COMMUNICATION_TOOL"),
        ("Click to sign up", "ACCOUNT_CREATION"),
        ("Delete the file", "DATA_MODIFICATION"),
        ("Click the cookies banner", "USER_CONSENT_MANAGEMENT"),
        ("Accept the terms", "LEGAL_TERMS_AND_AGREEMENTS"),
    ],
)
def test_the_last_action_of_a_risky_task_needs_a_confirmation(prompt: str, policy: str) -> None:
    *before, last = follow(prompt)
    assert last.args["safety_decision"]["decision"] == "require_confirmation"
    assert not any("safety_decision" in call.args for call in before)
    settings = {"disabledSafetyPolicies": [policy]}
    assert policy in SAFETY_POLICIES
    assert "safety_decision" not in follow(prompt, settings)[-1].args
