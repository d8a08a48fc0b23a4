"""Generate arrays: lists from the user's text, or items of a schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.operations.generators import field_values
from mockgem.operations.generators.generation_attempt import (
    MAX_OPTIONAL_DEPTH,
    MAX_VALUES,
    GenerationAttempt,
)
from mockgem.operations.generators.hints import Hints, extract_hints
from mockgem.operations.generators.prompt_analysis import WORDS_FOR_NUMBERS
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
    if not value and (
        mentioned := find_list(attempt, schema, items, name)
        or generate_records(attempt, schema, items, name, depth)
    ):
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
    count = find_count(hints, name) if not is_numeric(items) else 0
    usual = count or attempt.random.draw_between(2, 3)
    return max(least, min(usual, most))


COUNT = r"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b"
NO_UNIT = r"(?!\s*(?:years?|months?|days?|hours?|minutes?|words?|sentences?|percent|%|[.:,/]\d))"
ASKED_COUNT = re.compile(
    r"(?:\A\W*|\b(?:list|lists|array|give|generate|create|write|return|suggest|name|make|provide|show"
    r"|produce|tell|find|top|exactly|at least|only|invent|extract|get|need|want|with|of)\s+"
    rf"(?:me |us |a list of |exactly |the |top )*){COUNT}{NO_UNIT}",
    re.I,
)
"""A number that an instruction names: "list three ideas", "top 5"."""
FIRST_COUNT = re.compile(rf"\s*[A-Z][a-z]+\s+{COUNT}{NO_UNIT}\s+[a-z]")
"""A number after the first word, whatever the verb is: "Sketch 4 recipes"."""


def find_count(hints: Hints, name: str) -> int:
    """Return the number of items that a text asks for, 0 if it asks for none.

    Other numbers in the text are data: "Jason is 12 years old" does not ask for 12 items.
    """
    item = f"{re.escape(to_singular(name))}s?|" if name else ""
    asked = ASKED_COUNT.search(hints.text) or FIRST_COUNT.match(hints.text)
    match = asked or re.search(
        rf"\b{COUNT}{NO_UNIT}(?:\s+[a-z]+){{0,3}}?\s+(?:{item}items|people|things|entries|results"
        r"|examples|ideas|options|steps)\b",
        hints.text,
        re.I,
    )
    if match is None:
        return 0
    count = WORDS_FOR_NUMBERS.get(match[1].lower()) or int(match[1])
    if count in hints.numbers[1:2] or hints.numbers[:1] == [count]:
        hints.numbers.remove(count)
    return count if 1 < count <= MAX_MENTIONED_LENGTH else 0


def generate_records(
    attempt: GenerationAttempt, schema: Mapping[str, Any], items: Schema, name: str, depth: int
) -> list[Any]:
    """Return an item for each person of whom the text says something; empty if it is not so.

    "Jason is 12 years old and James is 24" gives two items, each from its own part of the text.
    """
    hints = attempt.hints
    if not hints.people or depth > MAX_OPTIONAL_DEPTH or not is_about_people(attempt, items, name):
        return []
    if not isinstance(items, dict) or not has_properties(attempt, items):
        return []
    passages = split_by_names(hints.text, hints.people)
    if not all(SAYS_SOMETHING.search(passage) for passage in passages):
        return []
    try:
        records = [generate_record(attempt, items, name, one, depth) for one in passages]
    finally:
        attempt.hints = hints
    return records if attempt.is_valid(records, schema) else []


SAYS_SOMETHING = re.compile(r"\d|@|\s(?:is|are|works|lives|has)\s")


def generate_record(
    attempt: GenerationAttempt, items: Schema, name: str, passage: str, depth: int
) -> Any:
    attempt.hints = extract_hints(passage)
    return attempt.generate(items, to_singular(name), depth + 1)


def split_by_names(text: str, names: list[str]) -> list[str]:
    """Return the part of a text that begins with each name."""
    starts = sorted(place for name in names if (place := text.find(name)) >= 0)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def has_properties(attempt: GenerationAttempt, items: Mapping[str, Any]) -> bool:
    return bool(resolve_reference(items, attempt.root).get("properties"))


PERSON_PROPERTIES = frozenset(("age", "email", "birthday", "birth_date", "date_of_birth", "job"))


def is_about_people(attempt: GenerationAttempt, items: Schema, name: str) -> bool:
    title = ""
    if isinstance(items, dict):
        target = resolve_reference(items, attempt.root)
        title = str(target.get("title", ""))
        if PERSON_PROPERTIES.intersection(target.get("properties") or ()):
            return True
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
