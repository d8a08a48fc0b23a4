"""Decide whether a tool loop continues: the rules, in order."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.core.content import Tool, ToolCall, ToolChoice, ToolResult
from mockgem.core.frozen import frozen
from mockgem.operations.generators.field_values import split_field_name
from mockgem.operations.generators.hint_patterns import NUMBER
from mockgem.operations.generators.hints import Hints, parse_number
from mockgem.operations.generators.result_facts import extract_conversation_hints, list_facts
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tool_arguments import (
    build_corrected_call,
    build_tool_call,
    focus_on,
)
from mockgem.operations.generators.tool_errors import MAX_FAILURES, is_fixable, read_error
from mockgem.operations.generators.tool_order import count_wanted_calls, find_chain, find_order
from mockgem.operations.generators.tool_scores import choose_tools
from mockgem.operations.tool_history import ToolHistory

MAX_CHAINED_LENGTH = 60
"""A longer result is a text, not a value for the next call."""


MAX_RESULTS = 16
"""The number of parallel results that the rules read."""


@frozen
class Loop:
    """A tool loop after a result.

    Attributes:
        tools: The tools that may be called, those that fit the prompt best first.
        prompt: The user's question.
        background: The system instruction and earlier messages.
    """

    tools: tuple[Tool, ...]
    choice: ToolChoice
    prompt: str
    history: ToolHistory
    background: str
    random: SeededRandom

    def find_tool(self, name: str) -> Tool | None:
        return next((tool for tool in self.tools if tool.name == name), None)


Calls = tuple[ToolCall, ...]


@frozen
class LoopRule:
    """A reason to go on or to end.

    `decide` returns the next calls, no call if the loop ends with text, or None if the rule does
    not apply.
    """

    name: str
    decide: Callable[[Loop], Calls | None]


@frozen
class LoopDecision:
    """The calls of a reply, and the name of the rule that chose them."""

    rule: str
    calls: Calls


def decide_loop(loop: Loop) -> LoopDecision:
    """Decide what follows the results of tools: the first rule that applies counts."""
    for rule in LOOP_RULES:
        calls = rule.decide(loop)
        if calls is not None:
            return LoopDecision(rule.name, calls if loop.choice.parallel else calls[:1])
    return LoopDecision("the results answer the question", ())


def give_up(loop: Loop) -> Calls | None:
    """End a loop whose tool failed several times in a row."""
    results = loop.history.last_results[:MAX_RESULTS]
    return () if any(is_hopeless(loop, result) for result in results) else None


def repeat_failed_calls(loop: Loop) -> Calls | None:
    """Call again what failed, with the arguments that the error asks for."""
    failed = [
        (result, error)
        for result in loop.history.last_results[:MAX_RESULTS]
        if is_fixable(error := read_error(result.output)) and error
    ]
    return tuple(repeat_call(loop, result, error) for result, error in failed) or None


def repeat_call(loop: Loop, result: ToolResult, error: str) -> ToolCall:
    tool = loop.find_tool(result.name)
    hints = extract_conversation_hints(loop.prompt, (), loop.background)
    if tool is None:
        return build_tool_call(loop.tools[0], hints, loop.random)
    call = loop.history.find_call(result)
    return build_corrected_call(tool, call.args if call else {}, error, hints, loop.random)


def is_hopeless(loop: Loop, result: ToolResult) -> bool:
    """Return whether a tool failed too often in a row."""
    failures = 0
    for one in reversed(loop.history.results):
        if one.name != result.name:
            continue
        if not is_fixable(read_error(one.output)):
            break
        failures += 1
        if failures >= MAX_FAILURES:
            return True
    return False


def call_discovered_tool(loop: Loop) -> Calls | None:
    """Call the tool that the last result names, if the model has not called it yet."""
    results = loop.history.last_results[:MAX_RESULTS]
    texts = [loop.history.added, *(result.output for result in results)]
    for tool in loop.tools:
        pattern = rf"(?<!\w){re.escape(tool.name)}(?!\w)"
        if tool.name not in loop.history.called_names and any(
            tool.name in text and re.search(pattern, text[:4000]) for text in texts
        ):
            return (build_next_call(loop, tool),)
    return None


def repeat_as_often_as_wanted(loop: Loop) -> Calls | None:
    """Call a tool again that the prompt wants called several times."""
    for call in loop.history.calls[-1:]:
        tool = loop.find_tool(call.name)
        wanted = count_wanted_calls(tool, loop.prompt) if tool else 0
        missing = wanted - loop.history.called_names.count(call.name)
        if tool and missing > 0:
            hints = extract_conversation_hints(loop.prompt, (), loop.background)
            return tuple(build_tool_call(tool, hints, loop.random) for _ in range(missing))
    return None


def call_next_tool(loop: Loop) -> Calls | None:
    """Call the next tool of "first this, then that", of numbered steps or of a chain."""
    done = loop.history.called_names
    remaining = [tool for tool in find_order(loop.tools, loop.prompt) if tool.name not in done]
    return (build_next_call(loop, remaining[0]),) if remaining else None


def call_other_tools(loop: Loop) -> Calls | None:
    """Call the tools that the prompt names, too, and that were not called beside the first."""
    done = loop.history.called_names
    chosen = choose_tools(loop.tools, loop.prompt)
    if not any(tool.name in done for tool in chosen):
        return None
    return tuple(build_next_call(loop, tool) for tool in chosen if tool.name not in done) or None


def build_next_call(loop: Loop, tool: Tool) -> ToolCall:
    """Return a call whose arguments come from the prompt's own clause and from the results."""
    hints = extract_conversation_hints(
        focus_on(tool, loop.prompt), loop.history.results, loop.background
    )
    add_chained_value(loop, tool, hints)
    return build_tool_call(tool, hints, loop.random)


def add_chained_value(loop: Loop, tool: Tool, hints: Hints) -> None:
    """Make the last result the first hint if the prompt passes it on to the next tool.

    That is so in "the temperature of the capital of France", and in "multiply the result by 4".
    """
    facts = [fact for result in loop.history.last_results for fact in list_facts(result)]
    if len(facts) != 1 or len(facts[0][1]) > MAX_CHAINED_LENGTH:
        return
    required = list(tool.parameters.get("required") or ())
    if required and tool in find_chain(loop.tools, loop.prompt)[1:]:
        hints.labels[split_field_name(str(required[0]))] = facts[0][1]
    if NUMBER.fullmatch(facts[0][1]) and PASSED_ON.search(loop.prompt):
        hints.numbers = [parse_number(facts[0][1]), *hints.numbers]


PASSED_ON = re.compile(
    r"\b(?:the|that|this) (?:result|sum|product|answer|number)\b|\bit by\b", re.I
)


LOOP_RULES = (
    LoopRule("a tool failed too often", give_up),
    LoopRule("a call failed", repeat_failed_calls),
    LoopRule("a result names a tool", call_discovered_tool),
    LoopRule("the prompt wants several calls", repeat_as_often_as_wanted),
    LoopRule("the prompt wants another tool next", call_next_tool),
    LoopRule("the prompt names another tool", call_other_tools),
)
"""The first rule that applies decides; if none does, the reply is text."""
