"""Score how well tools fit a prompt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mockgem.core.content import Tool
from mockgem.operations.generators.field_values import split_field_name
from mockgem.operations.generators.word_stems import (
    MATH_WORDS,
    SYNONYMS,
    extract_all_stems,
    extract_stems,
    strip_ending,
)

MIN_SCORE = 3
"""A tool with this score fits."""
MAX_CALLS = 4
READ_VERBS = frozenset(
    "get look lookup find search list check read show view fetch query describe status".split()
)


def choose_tools(ranked: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return the tools that answer a prompt together: all that it names, or the best one.

    Names that the prompt writes as they are, such as get_weather, exclude other tools.

    Args:
        ranked: The tools with the best score first.
    """
    scored = [(tool, score_tool(tool, prompt)) for tool in ranked]
    fitting = [tool for tool, score in scored if score >= MIN_SCORE][:MAX_CALLS]
    chosen = resolve_ambiguity(fitting, ranked, prompt) if fitting else []
    written = [tool for tool in chosen if "_" in tool.name and tool.name in prompt]
    named = [tool for tool in chosen if is_named(tool, prompt)]
    return written or named or chosen[:1]


def score_tool(tool: Tool, prompt: str) -> int:
    """Return how well a tool fits a prompt.

    A word of its name counts three, a word of its description or parameters one, a parameter with
    a value ("query: cats") two.
    """
    stems = extract_stems(prompt)
    if tool.name.lower() in prompt.lower():
        return 100
    name_hits = len(extract_stems(split_field_name(tool.name)) & stems)
    if not name_hits and is_fully_named(tool, prompt):
        name_hits = 2
    fields = [split_field_name(name) for name in tool.parameters.get("properties") or {}]
    about = extract_stems(tool.description) | extract_stems(" ".join(fields))
    if (
        CALCULATION.search(prompt)
        and extract_stems(tool.description + " " + split_field_name(tool.name)) & MATH_WORDS
    ):
        return 3 * name_hits + 4
    lower = prompt.lower()
    labelled = ":" in prompt and any(f"{field}: " in lower for field in fields if len(field) > 2)
    bonus = 2 * has_same_verb(tool, prompt) + 2 * labelled
    return 3 * name_hits + min(len(about & stems), 4) + bonus


CALCULATION = re.compile(r"\d\s*[-+*/x×^]\s*\d|\d\s?%\s+of\s+\d")


def has_same_verb(tool: Tool, prompt: str) -> bool:
    """Return whether prompt and tool name begin with the same verb: "Add Bert", add_person."""
    match = re.match(r"\W*(?:(?:please|now|then|can you|could you)\s+)*([a-z]+)", prompt, re.I)
    return (
        match is not None
        and match[1].lower() == split_field_name(tool.name).partition(" ")[0].lower()
    )


def is_fully_named(tool: Tool, prompt: str) -> bool:
    """Return whether a prompt has every word of a tool's name, also vague ones like "create"."""
    words = extract_all_stems(prompt)
    names = split_field_name(tool.name).split()
    return len(names) > 1 and all(strip_ending(name) in words for name in names)


def is_named(tool: Tool, prompt: str) -> bool:
    whole = tool.name.lower() in prompt.lower() or is_fully_named(tool, prompt)
    return whole or bool(extract_stems(split_field_name(tool.name)) & extract_stems(prompt))


def sort_by_mention(tools: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return tools in the order in which the prompt mentions them."""
    words = [
        SYNONYMS.get(strip_ending(word)) or strip_ending(word)
        for word in re.findall(r"[^\W_]+", prompt.lower())
    ]

    def find_position(tool: Tool) -> int:
        names = extract_stems(split_field_name(tool.name)) or frozenset(
            split_field_name(tool.name).split()
        )
        return min((words.index(word) for word in names if word in words), default=len(words))

    return sorted(tools, key=find_position)


def resolve_ambiguity(chosen: list[Tool], usable: Sequence[Tool], prompt: str) -> list[Tool]:
    """Choose among tools whose names share the word that the prompt mentions, such as "order".

    Tools with another word of their name in the prompt win. Otherwise only one tool remains,
    preferably one that only reads.
    """
    stems = extract_stems(prompt)
    counted = Counter(
        word for tool in usable for word in extract_stems(split_field_name(tool.name))
    )
    shared = frozenset(word for word, times in counted.items() if times > 1)
    doubtful = [
        tool
        for tool in chosen
        if extract_stems(split_field_name(tool.name)) & stems
        and not (extract_stems(split_field_name(tool.name)) & stems) - shared
    ]
    if len(doubtful) < 2 or any(tool.name.lower() in prompt.lower() for tool in chosen):
        return chosen
    sure = [tool for tool in chosen if tool not in doubtful]
    if sure:
        return sure
    own = [tool for tool in doubtful if is_fully_named(tool, prompt)]
    looking = [tool for tool in doubtful if READ_VERBS & set(split_field_name(tool.name).split())]
    return (own or looking or doubtful)[:1]


def is_final_answer_tool(tool: Tool) -> bool:
    """Return whether a framework uses a tool to get the final answer."""
    return bool(re.search(r"final|output|result|answer|respond|finish|submit", tool.name, re.I))
