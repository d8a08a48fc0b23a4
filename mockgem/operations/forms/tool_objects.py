"""Objects that call a tool which the prompt lists in words: {"tool": …, "arguments": {…}}."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_lookup import find_in_text

TOOL_KEYS = make_regex(
    r"^(?:tool|tool_name|function|function_name|action|name|call|command)$", re.I
)
ARGUMENT_KEYS = make_regex(
    r"^(?:arguments?|args|parameters?|params|input|inputs|action_input|tool_input|kwargs|slots)$",
    re.I,
)
SIGNATURE = make_regex(
    r"^[ \t]*(?:[-*•]|\d{1,2}[.)])?[ \t]*[`*]{0,2}([a-z_]\w{2,40})\(([^()\n]{0,160})\)"
    r"[`*]{0,2}[ \t]*(?:[:–—-]+[ \t]*)?([^\n]*)$",
    re.M,
)
NAMED = make_regex(
    r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]*[`*]{0,2}([a-z]+(?:_[a-z]+)+)[`*]{0,2}"
    r"[ \t]*[:–—-]+[ \t]*([^\n]+)$",
    re.M,
)
LISTED = make_regex(
    r"\b(?:tools|functions|actions)\b[^:\n]{0,20}:\s?([a-z_]\w{2,30}(?:,\s?[a-z_]\w{2,30}){1,20})",
    re.I,
)
"""Names alone: "Available tools: search, calculator"."""
PARAMETER = make_regex(r"\w+")


def fill_tool_call(fields: dict[str, Any], question: Question) -> dict[str, Any] | None:
    """Return the call of a listed tool for an object with a tool and arguments; None for others."""
    tool_key = next((key for key in fields if TOOL_KEYS.match(key)), None)
    argument_key = next((key for key in fields if ARGUMENT_KEYS.match(key)), None)
    if tool_key is None or argument_key is None:
        return None
    text = f"{question.system}\n{question.prompt[:6000]}"
    tools = [(match[1], match[2], match[3]) for match in SIGNATURE.finditer(text)]
    tools = tools or [(match[1], "", match[2]) for match in NAMED.finditer(text)]
    if not tools and (listed := LISTED.search(text)):
        tools = [(name, "", "") for name in re.split(r",\s?", listed[1])]
    if not tools:
        return None
    names = [name for name, _, _ in tools]
    about = [f"{name.replace('_', ' ')} {text} {given}" for name, given, text in tools]
    name = choose(names, about, question.material or question.prompt[-600:], question)
    given = next(given for tool, given, _ in tools if tool == name)
    parameters = [
        part.split(":")[0].split("=")[0].strip() for part in given.split(",") if part.strip()
    ]
    if not parameters and fields[argument_key].get("type") != "object":
        return {tool_key: name, argument_key: find_argument("input", question)}
    return {tool_key: name, argument_key: {one: find_argument(one, question) for one in parameters}}


LONG_NUMBER = make_regex(r"\b\d{6,40}\b")


def find_argument(name: str, question: Question) -> str:
    """Return the value of a parameter in the message; else the message itself."""
    text = question.material or question.prompt[-600:]
    found = find_in_text(name, text)
    if not found and re.search(r"number|id|code", name) and (match := LONG_NUMBER.search(text)):
        return match[0]
    return found or text.strip()[:120]
