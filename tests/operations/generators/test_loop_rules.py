"""Tool loops: each rule with an example, in the order of the rules."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.content import Text, Tool, ToolCall, ToolChoice, ToolResult, Turn
from mockgem.operations.generators.loop_rules import LOOP_RULES, Loop, decide_loop
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tool_results import describe_tool_results
from mockgem.operations.generators.tool_selection import choose_tool_calls
from mockgem.operations.tool_history import read_tool_history
from tests.operations.generators.test_tool_selection import NUMBER, TEXT, tool

CAPITAL = tool("get_capital", "Get the capital of a country", country=TEXT)
TEMPERATURE = tool("get_temperature", "Get the temperature in a city", city=TEXT)
DICE = tool("roll_dice", "Roll a die")
ADD = tool("add", "Add two numbers", a=NUMBER, b=NUMBER)
MULTIPLY = tool("multiply", "Multiply two numbers", a=NUMBER, b=NUMBER)
RATE = tool("get_exchange_rate", "The rate of two currencies", source=TEXT, target=TEXT)
FINDER = tool("search_tools", "There are additional tools not yet visible", queries=TEXT)
TOOLS = (CAPITAL, TEMPERATURE, DICE, ADD, MULTIPLY, RATE, FINDER)
FIX = "Fix the errors and try again."

Round = tuple[str, dict[str, Any], Any]


def build_loop(question: str, *rounds: Round, choice: ToolChoice | None = None) -> Loop:
    turns = [Turn("user", (Text(question),))]
    for name, args, output in rounds:
        text = output if isinstance(output, str) else json.dumps(output)
        turns.append(Turn("model", (ToolCall(name, args),)))
        turns.append(Turn("user", (ToolResult(name, text),)))
    history = read_tool_history(turns)
    assert history.question == question
    return Loop(TOOLS, choice or ToolChoice(), question, history, "", SeededRandom(0, question))


FRANCE: Round = ("get_capital", {"country": "France"}, {"error": f'Use "La France".\n\n{FIX}'})


@pytest.mark.parametrize(
    ("rule", "loop", "calls"),
    [
        (
            "a tool failed too often",
            build_loop("What is the capital of France?", FRANCE, FRANCE, FRANCE),
            [],
        ),
        (
            "a call failed",
            build_loop("What is the capital of France?", FRANCE, FRANCE),
            [("get_capital", {"country": "La France"})],
        ),
        (
            "a result names a tool",
            build_loop(
                "How much is USD in EUR?",
                ("search_tools", {"queries": "rates"}, {"tools": [{"name": "get_exchange_rate"}]}),
            ),
            [("get_exchange_rate", None)],
        ),
        (
            "the prompt wants several calls",
            build_loop("Roll the dice 3 times", ("roll_dice", {}, "4")),
            [("roll_dice", {}), ("roll_dice", {})],
        ),
        (
            "the prompt wants another tool next",
            build_loop(
                "What is the temperature of the capital of France?",
                ("get_capital", {"country": "France"}, "Paris"),
            ),
            [("get_temperature", {"city": "Paris"})],
        ),
        (
            "the prompt wants another tool next",
            build_loop(
                "Add 2 and 3, then multiply the result by 4", ("add", {"a": 2, "b": 3}, "5")
            ),
            [("multiply", {"a": 5, "b": 4})],
        ),
        (
            "the prompt names another tool",
            build_loop(
                "Tell me the capital and the temperature of Chad",
                ("get_capital", {"country": "Chad"}, "N'Djamena"),
            ),
            [("get_temperature", None)],
        ),
        (
            "the results answer the question",
            build_loop(
                "What is the capital of France?", ("get_capital", {"country": "France"}, "Paris")
            ),
            [],
        ),
    ],
)
def test_the_first_rule_that_applies_decides(
    rule: str, loop: Loop, calls: list[tuple[str, Any]]
) -> None:
    decision = decide_loop(loop)
    assert decision.rule == rule
    assert [call.name for call in decision.calls] == [name for name, _ in calls]
    for call, (_, args) in zip(decision.calls, calls, strict=True):
        assert args is None or call.args == args


def test_rules_have_different_names() -> None:
    assert len({rule.name for rule in LOOP_RULES}) == len(LOOP_RULES)


@pytest.mark.parametrize(
    ("error", "before", "after"),
    [
        ("days: Input should be less than or equal to 7. " + FIX, {"days": 12}, {"days": 7}),
        ("days must be at least 3", {"days": 1}, {"days": 3}),
        ("days must be greater than 3", {"days": 1}, {"days": 4}),
        ("city must be in upper case", {"city": "rome"}, {"city": "ROME"}),
        ("unit: Input should be 'celsius' or 'kelvin'", {"unit": "x"}, {"unit": "celsius"}),
        ('city is unknown, did you mean "Rome"?', {"city": "Rom"}, {"city": "Rome"}),
        ("name: Extra inputs are not permitted", {"name": "x", "city": "Rome"}, {"city": "Rome"}),
    ],
)
def test_another_call_corrects_what_the_error_names(
    error: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    properties = {"city": TEXT, "unit": TEXT, "days": NUMBER}
    forecast = Tool("forecast", "", {"type": "object", "properties": properties})
    history = build_loop("Forecast", ("forecast", before, {"error": error})).history
    (call,) = choose_tool_calls(
        (forecast,), ToolChoice(), "Forecast", history, SeededRandom(0, error)
    )
    assert call.args == after


@pytest.mark.parametrize(
    "error", ["Service unavailable, try again later", "Permission denied", "Not found", "Timed out"]
)
def test_an_error_that_no_argument_fixes_ends_the_loop(error: str) -> None:
    loop = build_loop(
        "What is the capital of France?", ("get_capital", {"country": "France"}, {"error": error})
    )
    assert decide_loop(loop).calls == ()
    assert describe_tool_results(loop.history) == [f"get_capital failed: {error}."]


def test_the_text_of_an_error_stays_whole() -> None:
    loop = build_loop("Capital of France?", FRANCE, FRANCE, FRANCE)
    assert describe_tool_results(loop.history) == [f'get_capital failed: Use "La France".\n\n{FIX}']


def test_a_reply_names_the_subject_of_the_call_unless_the_result_does() -> None:
    call: Round = ("get_capital", {"country": "France"}, {"capital": "Paris"})
    loop = build_loop("Capital of France?", call)
    assert describe_tool_results(loop.history) == [
        "According to get_capital for France, the capital is Paris."
    ]
    loop = build_loop("Capital?", ("get_capital", {"country": "France"}, "Paris, France"))
    assert describe_tool_results(loop.history) == ["According to get_capital, Paris, France."]


def test_a_required_call_is_repeated_after_a_failure_too() -> None:
    loop = build_loop("Capital of France?", FRANCE)
    calls = choose_tool_calls(
        TOOLS, ToolChoice("any"), loop.prompt, loop.history, SeededRandom(0, "x")
    )
    assert [(call.name, call.args) for call in calls] == [("get_capital", {"country": "La France"})]


def test_one_call_at_a_time_makes_the_others_in_the_next_turns() -> None:
    one = ToolChoice(parallel=False)
    loop = build_loop("Roll the dice 3 times", ("roll_dice", {}, "4"), choice=one)
    assert len(decide_loop(loop).calls) == 1


def test_a_follow_up_question_calls_the_tool_before() -> None:
    turns = (
        Turn("user", (Text("What is the capital of France?"),)),
        Turn("model", (ToolCall("get_capital", {"country": "France"}),)),
        Turn("user", (ToolResult("get_capital", "Paris"),)),
        Turn("model", (Text("Paris."),)),
        Turn("user", (Text("And what about Italy?"),)),
    )
    history = read_tool_history(turns)
    assert history.results == ()
    calls = choose_tool_calls(
        TOOLS, ToolChoice(), "And what about Italy?", history, SeededRandom(0, "x")
    )
    assert [(call.name, call.args) for call in calls] == [("get_capital", {"country": "Italy"})]


def test_a_tool_that_finds_tools_is_called_if_no_other_fits() -> None:
    history = read_tool_history(())
    calls = choose_tool_calls(
        TOOLS, ToolChoice(), "Book a table for tonight", history, SeededRandom(0, "x")
    )
    assert [call.name for call in calls] == ["search_tools"]
    assert not choose_tool_calls(TOOLS, ToolChoice(), "Write a poem", history, SeededRandom(0, "x"))


def test_an_error_inside_a_result_is_an_error() -> None:
    output = {"result": {"error": "country must be in upper case"}}
    loop = build_loop("Capital of France?", ("get_capital", {"country": "France"}, output))
    assert [call.args for call in decide_loop(loop).calls] == [{"country": "FRANCE"}]
