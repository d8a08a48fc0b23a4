"""Objects that call a tool which the prompt lists in words: {"tool": …, "arguments": {…}}."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.tool_arguments import find_argument

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
INLINE = make_regex(
    r"(?<![\w.])([a-z]+(?:_[a-z]+)+"
    r"|[a-z]{3,20})\(([a-z_]\w*(?:[:=, ][^()\n]{0,80})?)\)(?=[\s,.;]|\Z)"
)
"""Signatures in a sentence: "Functions: set_light(room, on), lock_door(door)."."""
NAMED = make_regex(
    r"^[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]*[`*]{0,2}([a-z]+(?:_[a-z]+)+)[`*]{0,2}"
    r"[ \t]*[:–—-]+[ \t]*([^\n]+)$",
    re.M,
)
LISTED = make_regex(
    r"\b(?:tools|functions|actions)\b[^:\n]{0,20}(?::\s?|\s)([a-z_]\w{2,30}(?:,\s?(?:and\s)?[a-z_]\w{2,30}){1,20}(?:,?\sand\s[a-z_]\w{2,30})?)",
    re.I,
)
"""Names alone: "Available tools: search, calculator"."""
DOCUMENTED = make_regex(
    r"^[ \t]*(?:[-*•]|\d{1,2}[.)])?[ \t]*[`*]{0,2}([a-z_]\w{2,40})[`*]{0,2} ?[:–—-] "
    r"?([^\n]{3,200}?)\b(?:args?|arguments|parameters|inputs?)(?: schema)? ?[:=] ?([^\n]{1,200})$",
    re.I | re.M,
)
"""Lines such as 'search: searches the web. args: {"query": string}'."""
ARGUMENT_NAME = make_regex(r"[\"']?(\w{1,30})[\"']? ?:")


OBJECT_WANTED = make_regex(
    r"\b(?:action_input|arguments?|args|parameters?|params|input)[\"'`”]?(?: key| field)?,? ?"
    r"(?:\(|is |as |: ?|must be |should be )+(?:an? )?(?:json )?(?:object|dict(?:ionary)?)\b",
    re.I,
)
"""What says that the arguments of a tool are an object: '"action_input" key (an object …)'."""


def fill_tool_call(fields: dict[str, Any], question: Question) -> dict[str, Any] | None:
    """Return the call of a listed tool for an object with a tool and arguments; None for others."""
    tool_key = next((key for key in fields if TOOL_KEYS.match(key)), None)
    argument_key = next((key for key in fields if ARGUMENT_KEYS.match(key)), None)
    if tool_key is None or argument_key is None:
        return None
    text = f"{question.system}\n{question.prompt[:6000]}"
    tools = [(match[1], match[2], match[3]) for match in SIGNATURE.finditer(text)]
    tools = tools or [(match[1], match[2], "") for match in INLINE.finditer(text)]
    tools = tools or list_documented(text)
    tools = tools or [(match[1], "", match[2]) for match in NAMED.finditer(text)]
    if not tools and (listed := LISTED.search(text)):
        tools = [(name, "", "") for name in re.split(r",\s?(?:and\s)?|\sand\s", listed[1])]
    listed_fields = bool(tools) and all(one[0] in fields for one in tools)
    tools = [one for one in tools if one[0] not in fields]
    if listed_fields:
        tools = [(str(name), "", "") for name in fields[tool_key].get("enum") or ()]
    if not tools:
        return None
    names = [name for name, _, _ in tools]
    if (finished := finish_calls(names, tool_key, argument_key, fields, question)) is not None:
        return finished
    about = [f"{name.replace('_', ' ')} {text} {given}" for name, given, text in tools]
    name = choose(names, about, question.material or question.prompt[-600:], question)
    name = prefer_search(name, tools, question)
    given = next(given for tool, given, _ in tools if tool == name)
    parameters = [PARAMETER.split(part.strip(), maxsplit=1) for part in given.split(",")]
    values = {
        one[0]: find_argument(
            one[0], question, one[-1] if one[1:] else "", is_only=len(parameters) < 2
        )
        for one in parameters
        if one[0]
    }
    if not values and fields[argument_key].get("type") != "object":
        return {tool_key: name, argument_key: find_argument("input", question)}
    is_text = fields[argument_key].get("type") == "string" and not OBJECT_WANTED.search(text)
    if is_text and len(values) == 1:
        return {tool_key: name, argument_key: str(next(iter(values.values())))}
    return {tool_key: name, argument_key: values}


COMPUTES = make_regex(r"python|code|calc|sql|math|shell|terminal", re.I)
SEARCHES = make_regex(r"search|wiki|look ?up|browse|web|\bfacts?\b", re.I)
FACTUAL = make_regex(r"\W*(?:who|when|where|which|what|whose)\b[^\d+*/=]{4,200}\?\s*\Z", re.I)


def prefer_search(name: str, tools: list[tuple[str, str, str]], question: Question) -> str:
    """Return a tool that searches, not one that computes, for a question about a fact."""
    if not COMPUTES.search(name) or not FACTUAL.match(question.prompt[-300:]):
        return name
    return next((tool for tool, _, about in tools if SEARCHES.search(f"{tool} {about}")), name)


PARAMETER = make_regex(r" ?[:=] ?|\?| \(")
"""What stands behind the name of a parameter: "city: string"."""


def list_documented(text: str) -> list[tuple[str, str, str]]:
    """Return the names, parameters and purposes of tools that stand in separate lines."""
    found = []
    for name, about, given in DOCUMENTED.findall(text):
        parameters = list_top_keys(given) if given.startswith("{") else []
        found.append((name, ",".join(parameters), about))
    return found


def list_top_keys(text: str) -> list[str]:
    """Return the keys of an object, not those of the objects in it."""
    flat = INNER_OBJECT.sub('""', text[1:].rstrip().removesuffix("}"))
    return ARGUMENT_NAME.findall(flat)


INNER_OBJECT = make_regex(r"\{[^{}]{0,200}\}")
OBSERVED = make_regex(r"\bObservation(?: \d+)?: ?([^\n]{2,600})")


def finish_calls(
    names: list[str],
    tool_key: str,
    argument_key: str,
    fields: dict[str, Any],
    question: Question,
) -> dict[str, Any] | None:
    """Return the last call of an agent that has seen the result of another; None before."""
    seen = OBSERVED.findall(question.prompt[-4000:])
    last = next(filter(FINISHES.match, names), None)
    if not seen or last is None:
        return None
    is_object = fields[argument_key].get("type") == "object"
    return {tool_key: last, argument_key: {"answer": seen[-1]} if is_object else seen[-1]}


CALL_FORM = make_regex(
    r"\b(?:tool|function|action|name)(?:_name)?\((?:argument|arguments|args|input|param\w*|\.\.\."
    r"|value)\)|\b(?:output|return|reply with|respond with"
    r"|answer with)\b[^.\n]{0,30}\b(?:function |tool )?call\b|\n[ \t]*Action:[ \t]*\Z",
    re.I,
)
FINISHES = make_regex(r"(?:finish|done|final_answer|submit|stop|end|answer)\Z")


@form(
    "tool call in words",
    "Tools:\n1. weather(city) - the weather\n2. wiki(term) - a lookup\n\nUser: Who was Ada"
    " Lovelace?\n\nAnswer in the form tool(argument).",
    words="tool function action call form format",
    about="the call of a listed tool, as the prompt spells it",
)
def write_call(question: Question) -> str | None:
    text = question.whole
    if not CALL_FORM.search(text) or re.search(r"\bjson\b", text, re.I):
        return None
    found = fill_tool_call({"tool": {}, "arguments": {}}, question)
    if found is None:
        return None
    tools = [(one[1], one[2]) for one in (*SIGNATURE.finditer(text), *INLINE.finditer(text))]
    last = next((name for name, _ in tools if FINISHES.match(name)), "")
    if last and "Observation" in question.prompt:
        return f'{last}("The task is done.")'
    values = [str(value).strip(" ?.!") for value in found["arguments"].values()]
    return f"{found['tool']}({', '.join(values)})"
