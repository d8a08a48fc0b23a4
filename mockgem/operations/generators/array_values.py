"""Generate arrays: lists from the user's text, or items of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators import field_values
from mockgem.operations.generators.generation_attempt import (
    MAX_OPTIONAL_DEPTH,
    MAX_VALUES,
    GenerationAttempt,
)
from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    Schema,
    equality_key,
    prefix_of,
    resolve_reference,
    types_of,
)

MAX_DUPLICATES = 50
MAX_MENTIONED_LENGTH = 20
"""A larger number in the user's text is hardly the length of a list."""


def generate_array(
    attempt: GenerationAttempt, schema: Mapping[str, Any], name: str, depth: int
) -> list[Any]:
    """Generate an array; a JSON list in the user's text comes first, if it conforms."""
    for literal in attempt.hints.literals:
        if isinstance(literal, list) and attempt.is_valid(literal, schema):
            return literal
    item_name = to_singular(name)
    items = schema.get("items", schema.get("unevaluatedItems", True))
    items = True if isinstance(items, list) else items
    value = [attempt.generate(sub, item_name, depth + 1) for sub in prefix_of(schema)]
    if "contains" in schema:
        value += [
            attempt.generate(schema["contains"], item_name, depth + 1)
            for _ in range(int(schema.get("minContains", 1)))
        ]
    length = choose_length(attempt, schema, items, name, depth)
    if not value and (mentioned := find_list(attempt, schema, items, name)):
        return mentioned
    return add_items(attempt, value, schema, items, item_name, length, depth)


def add_items(
    attempt: GenerationAttempt,
    value: list[Any],
    schema: Mapping[str, Any],
    items: Schema,
    item_name: str,
    length: int,
    depth: int,
) -> list[Any]:
    """Add items up to a length, all different if the schema says so."""
    is_unique = bool(schema.get("uniqueItems"))
    known = {equality_key(item) for item in value} if is_unique else set()
    duplicates = 0
    while len(value) < length:
        item = attempt.generate(items, item_name, depth + 1)
        if not is_unique:
            value.append(item)
        elif (key := equality_key(item)) not in known:
            known.add(key)
            value.append(item)
        elif (duplicates := duplicates + 1) > MAX_DUPLICATES:
            if len(value) >= int(schema.get("minItems", 0)):
                break
            raise NoConformingValue("not enough different items")
    return value


def choose_length(
    attempt: GenerationAttempt, schema: Mapping[str, Any], items: Schema, name: str, depth: int
) -> int:
    """Return the length of an array: the number of people or the number in the text, or 2 or 3."""
    least, most = int(schema.get("minItems", 0)), int(schema.get("maxItems", 1000))
    if least > MAX_VALUES:
        raise NoConformingValue("too many items")
    if depth > MAX_OPTIONAL_DEPTH or items is False:
        return least
    hints = attempt.hints
    if len(hints.people) > 1 and is_about_people(attempt, items, name):
        return max(least, min(len(hints.people), most))
    number = hints.numbers[0] if hints.numbers and isinstance(hints.numbers[0], int) else 0
    if 1 < number <= MAX_MENTIONED_LENGTH and not is_numeric(items):
        usual = int(number)
    else:
        usual = attempt.random.draw_between(2, 3)
    return max(least, min(usual, most))


def is_about_people(attempt: GenerationAttempt, items: Schema, name: str) -> bool:
    title = ""
    if isinstance(items, dict):
        title = str(resolve_reference(items, attempt.root).get("title", ""))
    words = field_values.split_field_name(f"{title} {name}")
    return bool(field_values.PERSON_FIELDS.search(words))


def find_list(
    attempt: GenerationAttempt, schema: Mapping[str, Any], items: Schema, name: str
) -> list[Any]:
    """Return the people, places, numbers or words in the user's text that a list could hold."""
    if not isinstance(items, dict) or not name:
        return []
    mentioned: list[Any] = list(attempt.hints.numbers) if is_numeric(items) else []
    if types_of(items) == ["string"] and "enum" not in items and "format" not in items:
        words = field_values.split_field_name(name)
        mentioned = list(field_values.find_list(words, attempt.hints))
    return mentioned if mentioned and attempt.is_valid(mentioned, schema) else []


def is_numeric(items: Schema) -> bool:
    return isinstance(items, dict) and types_of(items)[:1] in (["integer"], ["number"])


def to_singular(name: str) -> str:
    """Return the name of one item of a list: "cities" → "city"."""
    if name.endswith("ies"):
        return name[:-3] + "y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
