"""Say in words what tools returned."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from mockgem.core.content import ToolCall, ToolResult
from mockgem.operations.generators.field_phrases import describe_value, format_value
from mockgem.operations.generators.tool_errors import is_fixable, read_error
from mockgem.operations.tool_history import ToolHistory

MAX_RESULTS = 12
MAX_ARGUMENTS = 4
MAX_ARGUMENT_LENGTH = 60


def describe_tool_results(history: ToolHistory) -> list[str]:
    """Return a sentence about each result of the loop; failures that a later call fixed are out."""
    last = {id(result) for result in history.last_results}
    told = [
        result
        for result in history.results
        if id(result) in last or not is_fixable(read_error(result.output))
    ]
    return [describe_tool_result(one, history.find_call(one)) for one in told[-MAX_RESULTS:]]


def describe_tool_result(result: ToolResult, call: ToolCall | None = None) -> str:
    name = result.name or "the tool"
    error = read_error(result.output)
    if error is not None:
        return f"{result.name or 'The tool'} failed: {end_sentence(error)}"
    facts = format_output(result.output)
    subject = describe_arguments(call, facts) if call else ""
    return f"According to {name}{subject}, {facts}"


def describe_arguments(call: ToolCall, facts: str) -> str:
    """Return what a call was about, " for Boston"; nothing if the result says it."""
    values = [
        str(value)
        for value in call.args.values()
        if isinstance(value, (str, int, float)) and not isinstance(value, bool)
    ]
    new = [value for value in values if value and value.lower() not in facts.lower()]
    short = [value for value in new if len(value) <= MAX_ARGUMENT_LENGTH][:MAX_ARGUMENTS]
    if not short:
        return ""
    return f" for {' and '.join([', '.join(short[:-1]), short[-1]] if short[1:] else short)}"


def format_output(output: str) -> str:
    """Return a tool's output as the end of a sentence, a JSON object as sentences about it."""
    value: Any = output.strip()
    with contextlib.suppress(ValueError):
        value = json.loads(output) if output.count("[") + output.count("{") < 100 else value
    if isinstance(value, str):
        return end_sentence(value or "there is nothing")
    return end_sentence(describe_value(value) or f"the result is {format_value(value)}")


def end_sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."
