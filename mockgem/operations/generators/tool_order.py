"""Read from a prompt in which order, and how often, it wants tools called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.core.content import Tool
from mockgem.operations.generators.clued_pattern import DIGITS, CluedPattern
from mockgem.operations.generators.field_values import split_field_name
from mockgem.operations.generators.prompt_analysis import WORDS_FOR_NUMBERS
from mockgem.operations.generators.tool_scores import (
    MIN_SCORE,
    is_named,
    score_tool,
    sort_by_mention,
)
from mockgem.operations.generators.word_stems import extract_stems, strip_ending

SEQUENCE_WORDS = CluedPattern(
    r"\b(?:then|afterwards|after that|next(?! (?:week|month|year|day|few|[A-Z]\w+day|assistant"
    r"|turn)))\b",
    ("then", "afterwards", "after that", "next"),
    re.I,
)
TOGETHER = CluedPattern(
    r"\b(?:in parallel|parallel tool calls|at the same time|at once|simultaneously|concurrently"
    r"|in the same (?:response|turn)|both tools|use both)\b",
    ("parallel", "same", "at once", "simultaneously", "concurrently", "both"),
    re.I,
)
STEP = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|step \d{1,2}:?)\s+([^\n]{3,300})", re.I)
CHAIN = CluedPattern(
    r"((?:[\w'’]+ ){1,8})(?:of|in|for|at) the ((?:[\w'’]+ ){1,4})(?:of|where|in which)\b",
    (" of the ", " in the ", " for the ", " at the "),
    re.I,
)
"""One question inside another: "the temperature in the capital of France"."""
COUNT = r"(\d{1,2}|two|three|four|five|six|ten)"
TIMES = CluedPattern(rf"\b(?:(twice)|{COUNT} times(?!\s*[\d(-]))\b", ("twice", " times"), re.I)
COUNTED = CluedPattern(
    rf"\b{COUNT} (?:different |random |new )?([a-z]{{3,20}}s)\b",
    (*DIGITS, "two ", "three ", "four ", "five ", "six ", "ten "),
    re.I,
)
MAX_REPEATED_CALLS = 8


def find_order(tools: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return tools in the order in which a prompt wants them called one after the other.

    Empty if the prompt asks for no order: no steps, no "then", no question inside another.
    """
    if TOGETHER.search(prompt):
        return []
    if ordered := find_steps(tools, prompt) or find_chain(tools, prompt):
        return ordered
    if not SEQUENCE_WORDS.search(prompt):
        return []
    return [tool for tool in sort_by_mention(tools, prompt) if is_named(tool, prompt)]


def find_steps(tools: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return the tool of each step of a numbered list; empty if there is no such list."""
    steps = STEP.findall(prompt) if "\n" in prompt else []
    if len(steps) < 2:
        return []
    found: list[Tool] = []
    for step in steps:
        best = max(tools, key=lambda tool: score_tool(tool, step))
        if score_tool(best, step) >= MIN_SCORE and best not in found:
            found.append(best)
    return found if len(found) > 1 else []


def find_chain(tools: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return the tools of a question inside another one, the inner first; else an empty list."""
    match = CHAIN.search(prompt)
    if match is None:
        return []
    outer = [tool for tool in tools if is_named(tool, match[1]) and not is_named(tool, match[2])]
    inner = [tool for tool in tools if is_named(tool, match[2]) and not is_named(tool, match[1])]
    return [inner[0], outer[0]] if inner and outer else []


def count_wanted_calls(tool: Tool, prompt: str) -> int:
    """Return how many calls of a tool a prompt asks for: "roll the dice 3 times", "two names".

    A number beside a noun counts if the tool's name has the noun, and the tool needs no arguments.
    """
    if (match := TIMES.search(prompt)) and is_named(tool, prompt):
        return 2 if match[1] else parse_count(match[2])
    if tool.parameters.get("required"):
        return 1
    names = extract_stems(split_field_name(tool.name))
    for number, noun in COUNTED.findall(prompt):
        if {noun.lower()[:-1], strip_ending(noun.lower())} & names:
            return parse_count(number)
    return 1


def parse_count(number: str) -> int:
    value = WORDS_FOR_NUMBERS.get(number.lower()) or int(number)
    return max(1, min(value, MAX_REPEATED_CALLS))
