"""Take the facts in tool results, the system instruction and earlier messages as hints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from mockgem.core.content import ToolResult
from mockgem.operations.generators.field_values import split_field_name
from mockgem.operations.generators.hints import Hints, extract_hints
from mockgem.operations.generators.tool_scores import READ_VERBS

GENERIC_KEYS = frozenset(
    "result results return value output content answer data response text return value".split()
) | {"return value"}
MAX_FACTS = 40
MAX_OUTPUT = 20_000
"""The facts of a longer output are not used."""

Fact = tuple[str, str]


def extract_conversation_hints(
    text: str, results: Sequence[ToolResult] = (), background: str = ""
) -> Hints:
    """Extract hints from a question and the results of tools.

    Args:
        background: The system instruction and earlier messages. They count if the question and
            the results contain no data.
    """
    facts = [fact for result in results for fact in list_facts(result)][:MAX_FACTS]
    lines = [f"{name}: {value}" for name, value in facts]
    hints = extract_hints("\n".join([text, *lines]))
    if background and not facts and not has_data(hints):
        hints = extract_hints(f"{text}\n{background}")
    for name, value in facts:
        hints.labels.setdefault(name, value)
    if results:
        hints.literals += [value for result in results for value in list_arrays(result)]
    return hints


VALUE = re.compile(r"[A-Z\d@]")
"""What a label's value has if it is data: "the response is a list of users" has none."""


def has_data(hints: Hints) -> bool:
    """Return whether a text contains values, not only a request."""
    return bool(
        hints.numbers
        or hints.people
        or hints.places
        or hints.quoted
        or hints.emails
        or hints.urls
        or hints.dates
        or hints.literals
        or any(map(VALUE.search, hints.labels.values()))
    )


def list_facts(result: ToolResult) -> Iterator[Fact]:
    """Yield the names and values in a result: {"city": "Rome"} gives ("city", "Rome").

    A name such as "result" says nothing; the tool's name takes its place: get_user_country gives
    "user country".
    """
    yield from flatten_facts(parse_output(result.output), subject_of(result.name), 0)


def subject_of(tool_name: str) -> str:
    """Return what a tool is about: "get_user_country" → "user country"."""
    words = split_field_name(tool_name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in READ_VERBS else words)


def flatten_facts(value: Any, name: str, depth: int) -> Iterator[Fact]:
    match value:
        case dict() if depth < 4:
            for key, item in value.items():
                words = split_field_name(str(key))
                yield from flatten_facts(item, name if words in GENERIC_KEYS else words, depth + 1)
        case list() if depth < 4 and any(isinstance(item, (dict, list)) for item in value):
            for item in value[:MAX_FACTS]:
                yield from flatten_facts(item, name, depth + 1)
        case list():
            yield name, ", ".join(map(str, value[:MAX_FACTS]))
        case bool() | None:
            return
        case str() | int() | float():
            yield name, str(value)[:500]


def parse_output(output: str) -> Any:
    """Return a result's JSON value, or its text."""
    if output[:1] not in ("{", "[") or len(output) > MAX_OUTPUT:
        return output[:MAX_OUTPUT]
    try:
        return json.loads(output)
    except (ValueError, RecursionError):
        return output


def list_arrays(result: ToolResult) -> list[list[Any]]:
    """Return the lists in a result, which a list of the answer may repeat."""
    value = parse_output(result.output)
    values = list(value.values()) if isinstance(value, dict) else [value]
    return [item for item in values if isinstance(item, list)]
