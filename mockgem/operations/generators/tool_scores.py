"""Score how well tools fit a prompt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

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
MAX_DESCRIPTION = 4_000
"""Characters of a description that are read."""
READ_VERBS = frozenset(
    "get look lookup find search list check read show view fetch query describe status".split()
)


class ToolWords:
    """The words of a tool, which most requests repeat. Each is equal only to itself.

    Attributes:
        name: The name in small letters.
        words: The words of the name, and `stems` those that carry meaning.
        about: The stems of the description and of the parameters' names.
        fields: The names of the parameters as words.
        calculates: Whether name or description speak of arithmetic.
    """

    __slots__ = ("about", "calculates", "fields", "name", "stems", "words")

    def __init__(self, name: str, description: str, parameters: tuple[str, ...]) -> None:
        spoken = split_field_name(name)
        self.name = name.lower()
        self.words = tuple(spoken.split())
        self.stems = extract_stems(spoken)
        self.fields = tuple(map(split_field_name, parameters))
        self.about = extract_stems(description) | extract_stems(" ".join(self.fields))
        self.calculates = not MATH_WORDS.isdisjoint(extract_stems(f"{description} {spoken}"))


def words_of(tool: Tool) -> ToolWords:
    names = tuple(tool.parameters.get("properties") or ())
    return read_words(tool.name, tool.description[:MAX_DESCRIPTION], names)


read_words = lru_cache(maxsize=1024)(ToolWords)


def choose_tools(ranked: Sequence[Tool], prompt: str) -> list[Tool]:
    """Return the tools that answer a prompt together: all that it names, or the best one.

    Names that the prompt writes as they are, such as get_weather, exclude other tools.

    Args:
        ranked: The tools with the best score first.
    """
    scored = [(tool, score_tool(tool, prompt)) for tool in ranked]
    fitting = [tool for tool, score in scored if score >= MIN_SCORE][:MAX_CALLS]
    chosen = resolve_ambiguity(fitting, ranked, prompt) if fitting else []
    if len(chosen) < 2:
        return chosen
    written = [tool for tool in chosen if "_" in tool.name and tool.name in prompt]
    named = [tool for tool in chosen if is_named(tool, prompt)]
    return written or named or chosen[:1]


def score_tool(tool: Tool, prompt: str) -> int:
    """Return how well a tool fits a prompt.

    A word of its name counts three, a word of its description or parameters one, a parameter with
    a value ("query: cats") two.
    """
    return score_words(words_of(tool), prompt)


@lru_cache(maxsize=64)
def score_words(tool: ToolWords, prompt: str) -> int:
    stems, lower = extract_stems(prompt), prompt.lower()
    if tool.name in lower:
        return 100
    name_hits = len(tool.stems & stems)
    if not name_hits and is_fully_named(tool, prompt):
        name_hits = 2
    if tool.calculates and CALCULATION.search(prompt):
        return 3 * name_hits + 4
    labelled = ":" in prompt and any(
        f"{field}: " in lower for field in tool.fields if len(field) > 2
    )
    bonus = 2 * has_same_verb(tool, prompt) + 2 * labelled
    return 3 * name_hits + min(len(tool.about & stems), 4) + bonus


CALCULATION = re.compile(r"\d\s*[-+*/x×^]\s*\d|\d\s?%\s+of\s+\d")


FIRST_VERB = re.compile(r"\W*(?:(?:please|now|then|can you|could you)\s+)*([a-z]+)", re.I)


def has_same_verb(tool: ToolWords, prompt: str) -> bool:
    """Return whether prompt and tool name begin with the same verb: "Add Bert", add_person."""
    match = FIRST_VERB.match(prompt)
    return match is not None and tool.words[:1] == (match[1].lower(),)


def is_fully_named(tool: ToolWords, prompt: str) -> bool:
    """Return whether a prompt has every word of a tool's name, also vague ones like "create"."""
    if len(tool.words) < 2:
        return False
    words = extract_all_stems(prompt)
    return all(strip_ending(name) in words for name in tool.words)


def is_named(tool: Tool, prompt: str) -> bool:
    words = words_of(tool)
    whole = words.name in prompt.lower() or is_fully_named(words, prompt)
    return whole or not words.stems.isdisjoint(extract_stems(prompt))


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
    if len(chosen) < 2:
        return chosen
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
    own = [tool for tool in doubtful if is_fully_named(words_of(tool), prompt)]
    looking = [tool for tool in doubtful if READ_VERBS & set(split_field_name(tool.name).split())]
    return (own or looking or doubtful)[:1]


def is_final_answer_tool(tool: Tool) -> bool:
    """Return whether a framework uses a tool to get the final answer."""
    return bool(re.search(r"final|output|result|answer|respond|finish|submit", tool.name, re.I))
