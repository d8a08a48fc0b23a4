"""Settle which value of a given text each field of an object has, when all else is generated.

Matches that the text makes certain replace guesses; a value belongs to one field; what the text
does not have is null where the prompt allows it.
"""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.absent_values import NullRules
from mockgem.operations.forms.field_cues import MONEY, list_cues, read_name
from mockgem.operations.forms.given_rows import find_given
from mockgem.operations.forms.iso_dates import use_iso
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.matched_values import Field, list_fields, match_fields
from mockgem.operations.forms.named_values import find_organisation, find_person, find_place
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_candidates import Candidate, Candidates, parse_amount
from mockgem.operations.forms.text_lookup import find_labelled
from mockgem.operations.forms.text_phrases import find_phrase, is_guess

CONTINENTAL = make_regex(r"\d,\d\d\b(?!\d)|\b(?:EUR|Euro|Rechnung|MwSt|Uhr)\b")
SURE = frozenset("date time email phone url number code".split())
MIN_WORDS = 3
"""Texts with fewer words are topics."""


def settle(value: Any, schema: dict[str, Any], question: Question) -> Any:
    """Return a generated value with the values of the given text in their fields."""
    if isinstance(value, dict) and schema.get("type") in (None, "object"):
        given = find_given(question)
        if len(given.split()) >= MIN_WORDS:
            value = Settler(given, question).settle(value, schema)
    return use_iso(value, question) if isinstance(value, (dict, list)) else value


class Settler:
    """Fills the fields of an object from one text."""

    def __init__(self, given: str, question: Question) -> None:
        self.given = given
        self.found = Candidates(given)
        self.nulls = NullRules(question)
        self.question = question
        self.is_continental = CONTINENTAL.search(given) is not None

    def settle(self, value: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
        fields = list(list_fields(value, schema))
        matched = match_fields(fields, self.found)
        taken = {one.text for one in matched.values()}
        settled = value
        for field in fields:
            one = matched.get(field.path)
            own = self.read(field, one) if one else self.find(field, taken)
            if own is not field.value:
                settled = put(settled, field.path, own)
        return self.clear_flags(settled)

    def read(self, field: Field, one: Candidate) -> Any:
        """Return a candidate as the type of its field."""
        if field.is_number or field.kind == "number":
            number = parse_amount(one.text, is_continental=self.is_continental)
            return int(number) if field.schema.get("type") == "integer" else number
        if field.kind == "code" and isinstance(field.value, int):
            return int(one.text) if one.text.isdecimal() else one.text
        return one.text.strip()

    def find(self, field: Field, taken: set[str]) -> Any:
        """Return the value of a field that has no match: a name, a phrase, null or the old one."""
        key = field.path[-1]
        if not isinstance(field.value, str):
            is_taken = f"{field.value:g}" in taken if isinstance(field.value, (int, float)) else False
            is_absent = is_taken or field.value is None or str(field.value) not in self.given
            return None if is_absent and self.nulls.allows(key) else field.value
        own = self.find_name(field)
        if own:
            return own
        if field.kind in SURE:
            is_other = field.value in taken or field.value not in self.given
            is_other = is_other or not any(char.isdigit() for char in field.value)
            return None if is_other and self.nulls.allows(key) else field.value
        return self.find_text(field, taken)

    def find_name(self, field: Field) -> str:
        match field.kind:
            case "person":
                return find_person(field.name, self.found)
            case "organisation":
                return find_organisation(field.name, self.found)
            case "place":
                return find_place(field.name, self.found)
        return ""

    def find_text(self, field: Field, taken: set[str]) -> Any:
        """Return a phrase of the text for a guess; null if it may be null."""
        if not is_guess(field, self.given, taken):
            return field.value
        phrase = find_phrase(field.name, self.given)
        if phrase:
            return phrase
        if self.nulls.allows(field.path[-1]):
            return None
        return field.value

    def clear_flags(self, value: dict[str, Any]) -> dict[str, Any]:
        """Return an object with null for a flag of which the text says nothing, if it may."""
        return {
            key: None
            if item is False and self.nulls.allows(key) and not self.mentions(read_name(key))
            else item
            for key, item in value.items()
        }

    def mentions(self, name: str) -> bool:
        words = [word for word in name.split("_") if word not in ("is", "has", "was", "friendly")]
        return any(word[:5] in self.found.lower for word in words)


def put(value: dict[str, Any], path: tuple[str, ...], own: Any) -> dict[str, Any]:
    """Return an object with another value at the end of a way through its parts."""
    key, *rest = path
    inner = put(value[key], tuple(rest), own) if rest else own
    return {**value, key: inner}
