"""Calls of functions that a prompt declares in JSON: {"name": …, "arguments": {…}}."""

from __future__ import annotations

import json
from typing import Any

from mockgem.operations.forms.field_filling import fill_from_text
from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.value_generation import generate_from

CALL = make_regex(
    r"[\"']?(name|tool|tool_name|function|function_name|action)[\"']?\s?:[^{}\n]{0,60}?,\s{0,12}"
    r"[\"']?(arguments|parameters|args|params|input|inputs|action_input|tool_input)[\"']?\s?:"
)
"""The form of a call: its two keys."""
MAX_TOOLS = 40


def call_json_tool(question: Question) -> dict[str, Any] | None:
    """Return the call of a function that the prompt declares in JSON; None without one."""
    whole = question.whole
    if '"parameters"' not in whole and '"input_schema"' not in whole:
        return None
    tools = find_tools(whole)
    shown = [match for match in CALL.finditer(whole) if '"type"' not in whole[match.end() :][:40]]
    if not tools or not shown:
        return None
    keys = shown[-1][1], shown[-1][2]
    text = question.prompt.rpartition("}")[2].strip() or question.prompt[-600:]
    about_text = Question(text, question.random)
    names = list(tools)
    about = [f"{name.replace('_', ' ')} {tools[name].get('description', '')}" for name in names]
    name = choose(names, about, text, question)
    schema = tools[name].get("parameters") or tools[name].get("input_schema") or {}
    value = generate_from(schema, about_text) if schema.get("properties") else {}
    if isinstance(value, dict):
        value = fill_from_text(value, schema.get("properties", {}), text)
    return {keys[0]: name, keys[1]: value}


def find_tools(text: str) -> dict[str, dict[str, Any]]:
    """Return the declarations of functions in a text by their names."""
    decoder, at = json.JSONDecoder(), 0
    found: dict[str, dict[str, Any]] = {}
    for _ in range(MAX_TOOLS):
        at = text.find("{", at)
        if at < 0:
            break
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        tool = value.get("function", value) if isinstance(value, dict) else {}
        if isinstance(tool, dict) and isinstance(tool.get("name"), str) and has_parameters(tool):
            found[tool["name"]] = tool
    return found


def has_parameters(tool: dict[str, Any]) -> bool:
    return isinstance(tool.get("parameters") or tool.get("input_schema"), dict)
