"""Generate arrays: lists from the user's text, or items of a schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from mockgem.operations.generators import field_values
from mockgem.operations.generators.generation_attempt import (
    MAX_OPTIONAL_DEPTH,
    MAX_VALUES,
    GenerationAttempt,
)
from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.item_counts import find_count, to_singular
from mockgem.operations.generators.schema_validation import (
    NoConformingValue,
    Schema,
    equality_key,
    prefix_of,
    resolve_reference,
    types_of,
)
from mockgem.operations.generators.value_plan import SchemaPlans, ValuePlan

MAX_DUPLICATES = 50


class ArrayPlan(ValuePlan):
    """Generates arrays: lists from the user's text, or items of a schema."""

    def __init__(self, schema: Mapping[str, Any], name: str, plans: SchemaPlans) -> None:
        self.schema = schema
        self.plans = plans
        self.name = name
        self.item_name = to_singular(name)
        items = schema.get("items", schema.get("unevaluatedItems", True))
        self.items: Schema = True if isinstance(items, list) else items
        self.first = prefix_of(schema)
        self.contained = int(schema.get("minContains", 1)) if "contains" in schema else 0
        self.least = int(schema.get("minItems", 0))
        self.most = int(schema.get("maxItems", 1000))
        self.is_unique = bool(schema.get("uniqueItems"))
        self.is_numeric = is_numeric(self.items)

    @cached_property
    def is_about_people(self) -> bool:
        return is_about_people(self.items, self.name, self.plans.root)

    @cached_property
    def holds_objects(self) -> bool:
        return isinstance(self.items, dict) and has_properties(self.items, self.plans.root)

    @cached_property
    def holds_words(self) -> bool:
        items = self.items
        return (
            isinstance(items, dict)
            and types_of(items) == ["string"]
            and "enum" not in items
            and "format" not in items
        )

    def create(self, attempt: GenerationAttempt, depth: int) -> list[Any]:
        """Generate an array; a JSON list in the user's text comes first, if it conforms."""
        for literal in attempt.hints.literals:
            if isinstance(literal, list) and attempt.is_valid(literal, self.schema):
                return literal
        value = [self.create_item(attempt, sub, depth) for sub in self.first]
        for _ in range(self.contained):
            value.append(self.create_item(attempt, self.schema["contains"], depth))
        length = self.choose_length(attempt, depth)
        if not value and (
            mentioned := self.find_list(attempt) or self.generate_records(attempt, depth)
        ):
            return mentioned
        return self.add_items(attempt, value, length, depth)

    def create_item(self, attempt: GenerationAttempt, schema: Schema, depth: int) -> Any:
        return self.plans.find(schema, self.item_name).generate(attempt, depth + 1)

    def add_items(
        self, attempt: GenerationAttempt, value: list[Any], length: int, depth: int
    ) -> list[Any]:
        """Add items up to a length, all different if the schema says so."""
        known = {equality_key(item) for item in value} if self.is_unique else set()
        duplicates = 0
        while len(value) < length:
            item = self.create_item(attempt, self.items, depth)
            if not self.is_unique:
                value.append(item)
            elif (key := equality_key(item)) not in known:
                known.add(key)
                value.append(item)
            elif (duplicates := duplicates + 1) > MAX_DUPLICATES:
                if len(value) >= self.least:
                    break
                raise NoConformingValue("not enough different items")
        return value

    def choose_length(self, attempt: GenerationAttempt, depth: int) -> int:
        """Return the length: the number of people or the number in the text, or 2 or 3."""
        if self.least > MAX_VALUES:
            raise NoConformingValue("too many items")
        if depth > MAX_OPTIONAL_DEPTH or self.items is False:
            return self.least
        hints = attempt.hints
        if len(hints.people) > 1 and self.is_about_people:
            return max(self.least, min(len(hints.people), self.most))
        count = 0 if self.is_numeric else find_count(hints, self.name)
        usual = count or attempt.random.draw_between(2, 3)
        return max(self.least, min(usual, self.most))

    def find_list(self, attempt: GenerationAttempt) -> list[Any]:
        """Return the people, places, numbers or words in the user's text that fit the array."""
        if not isinstance(self.items, dict) or not self.name:
            return []
        mentioned: list[Any] = list(attempt.hints.numbers) if self.is_numeric else []
        if self.holds_words:
            words = field_values.split_field_name(self.name)
            mentioned = list(field_values.find_list(words, attempt.hints))
        return mentioned if mentioned and attempt.is_valid(mentioned, self.schema) else []

    def generate_records(self, attempt: GenerationAttempt, depth: int) -> list[Any]:
        """Return an item for each person of whom the text says something; empty if it is not so.

        "Jason is 12 years old and James is 24" gives two items, each from its own part of the text.
        """
        hints = attempt.hints
        if not hints.people or depth > MAX_OPTIONAL_DEPTH or not self.is_about_people:
            return []
        if not self.holds_objects:
            return []
        passages = split_by_names(hints.text, hints.people)
        if not all(SAYS_SOMETHING.search(passage) for passage in passages):
            return []
        try:
            records = [self.create_record(attempt, passage, depth) for passage in passages]
        finally:
            attempt.hints = hints
        return records if attempt.is_valid(records, self.schema) else []

    def create_record(self, attempt: GenerationAttempt, passage: str, depth: int) -> Any:
        attempt.hints = extract_hints(passage)
        return self.create_item(attempt, self.items, depth)


SAYS_SOMETHING = re.compile(r"\d|@|\s(?:is|are|works|lives|has)\s")


def split_by_names(text: str, names: list[str]) -> list[str]:
    """Return the part of a text that begins with each name."""
    starts = sorted(place for name in names if (place := text.find(name)) >= 0)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def has_properties(items: Mapping[str, Any], root: Schema) -> bool:
    return bool(resolve_reference(items, root).get("properties"))


PERSON_PROPERTIES = frozenset(("age", "email", "birthday", "birth_date", "date_of_birth", "job"))


def is_about_people(items: Schema, name: str, root: Schema) -> bool:
    title = ""
    if isinstance(items, dict):
        target = resolve_reference(items, root)
        title = str(target.get("title", ""))
        if PERSON_PROPERTIES.intersection(target.get("properties") or ()):
            return True
    words = field_values.split_field_name(f"{title} {name}")
    return bool(field_values.PERSON_FIELDS.search(words))


def is_numeric(items: Schema) -> bool:
    return isinstance(items, dict) and types_of(items)[:1] in (["integer"], ["number"])
