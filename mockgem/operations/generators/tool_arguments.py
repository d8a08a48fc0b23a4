"""Choose the arguments of a tool call."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mockgem.core.content import Tool, ToolCall
from mockgem.operations.generators.field_values import PLACE_FIELDS, split_field_name
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.schema_validation import NoConformingValue, conforms
from mockgem.operations.generators.schema_values import generate_or_refuse
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.tool_errors import correct_arguments
from mockgem.operations.generators.tool_scores import is_named

CLAUSE_END = re.compile(r"(?<=[.?!;\n])\s+|,?\s+(?:and then|then)\s+|,\s+and\s+")


def build_tool_call(
    tool: Tool, hints: Hints, random: SeededRandom, *, forced: bool = False
) -> ToolCall:
    """Return a call with arguments that conform to the tool's schema.

    Optional arguments are left out unless the user mentioned them. A forced call gets them all if
    none is required.

    Raises:
        ApiError: No arguments conform.
    """
    schema = schema_of(tool)
    optional = forced and not schema.get("required")
    args = generate_or_refuse(schema, apply_written_call(tool, hints), random, optional=optional)
    return ToolCall(tool.name, args if isinstance(args, dict) else {})


def build_corrected_call(
    tool: Tool, failed: Mapping[str, Any], error: str, hints: Hints, random: SeededRandom
) -> ToolCall:
    """Return the call after a failed one: its arguments, as far as the error lets them stand.

    Raises:
        ApiError: No arguments conform.
    """
    schema = schema_of(tool)
    call = build_tool_call(tool, hints, random)
    corrected = correct_arguments(failed, schema.get("properties") or {}, error)
    needed = {*(schema.get("required") or ()), *failed}
    named = {name for name in call.args if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", error)}
    kept = {name: value for name, value in call.args.items() if name in needed | named}
    args = {**kept, **corrected}
    try:
        fits = conforms(args, schema, schema)
    except (NoConformingValue, RecursionError, ValueError, TypeError, LookupError, AttributeError):
        fits = False
    return ToolCall(tool.name, args) if fits else call


def schema_of(tool: Tool) -> dict[str, Any]:
    return {"type": "object", **(tool.parameters or {"properties": {}})}


def focus_on(tool: Tool, prompt: str) -> str:
    """Return a prompt with the clauses that name a tool at its beginning.

    "The price of GOOG? And the weather in Boston?" begins with Boston for a weather tool.
    """
    clauses = CLAUSE_END.split(prompt)
    own = [clause for clause in clauses if is_named(tool, clause)]
    if not own or len(own) == len(clauses):
        return prompt
    ordered = [*own, *(clause for clause in clauses if clause not in own)]
    return " ".join(clause if clause[-1:] in ".?!;:" else f"{clause}." for clause in ordered)


def find_repeated_places(tool: Tool, hints: Hints) -> list[str]:
    """Return the places of a prompt like "the weather in Boston and New Delhi"."""
    properties = tool.parameters.get("properties") or {}
    texts = tuple([name for name, sub in properties.items() if is_string_schema(sub)])
    return list(dict.fromkeys(hints.places)) if take_one_place(texts) else []


@lru_cache(maxsize=1024)
def take_one_place(names: tuple[str, ...]) -> bool:
    """Return whether one of some parameters is for a place, and none for an end of a route."""
    places = [words for words in map(split_field_name, names) if PLACE_FIELDS.search(words)]
    return bool(places) and not any(ROUTE_FIELDS.search(words) for words in places)


ROUTE_FIELDS = re.compile(r"^(to|from)|origin|destination")


def is_string_schema(sub: object) -> bool:
    return isinstance(sub, dict) and str(sub.get("type", "string")).lower() == "string"


def apply_written_call(tool: Tool, hints: Hints) -> Hints:
    """Take the arguments of a call in the prompt, such as "magic_function(3)", as hints."""
    written = hints.calls.get(tool.name)
    if not written:
        return hints
    names = [split_field_name(name) for name in tool.parameters.get("properties") or {}]
    for index, text in enumerate(written.split(",")):
        name, equals, value = text.partition("=")
        if equals:
            hints.labels[split_field_name(name.strip())] = value.strip().strip("\"'")
        elif index < len(names):
            hints.labels[names[index]] = text.strip().strip("\"'")
    return hints
