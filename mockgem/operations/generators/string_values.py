"""Generate strings that conform to a schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.operations.generators import field_values
from mockgem.operations.generators.generation_attempt import GenerationAttempt
from mockgem.operations.generators.hints import Hints, to_iso_date
from mockgem.operations.generators.pattern_search import is_runaway_pattern, matches_pattern
from mockgem.operations.generators.regex_patterns import estimate_length, expand_negations
from mockgem.operations.generators.schema_validation import NoConformingValue
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.generators.string_formats import FORMATS
from mockgem.operations.generators.value_plan import ValuePlan

MAX_LENGTH = 20_000
"""The number of characters that a generated string may have."""
MAX_DESCRIPTION = 2_000
"""Characters of a description that are read."""
STEPS_PER_CHARACTER = 8
"""What a character that is generated from a pattern takes, in comparisons of values."""


class StringPlan(ValuePlan):
    """Generates strings of the right length, format and pattern, if possible from the text."""

    def __init__(self, schema: Mapping[str, Any], name: str) -> None:
        self.least, self.most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**9))
        about = str(schema.get("description", ""))[:MAX_DESCRIPTION].lower()
        self.field = field_values.read_text_field(name, about)
        self.format = FORMATS.get(str(schema.get("format", "")).lower())
        self.pattern = str(schema["pattern"]) if schema.get("pattern") else ""

    def create(self, attempt: GenerationAttempt, depth: int) -> str:
        if self.least > MAX_LENGTH or self.least > self.most:
            raise NoConformingValue("too long a string")
        mentioned = field_values.find_field_text(self.field, attempt.hints)
        if self.pattern:
            text = self.create_matching(attempt, mentioned)
        elif self.format:
            found = find_formatted(self.format[0], mentioned, attempt.hints)
            text = found or self.format[1](attempt.random)
        else:
            text = self.create_plain(attempt, mentioned)
        attempt.take_room(len(text))
        return text

    def create_plain(self, attempt: GenerationAttempt, mentioned: str | None) -> str:
        """Return the text that the user mentioned, or another, in the right length."""
        text = self.generate_text(attempt) if mentioned is None else mentioned
        if len(text) < self.least:
            text = pad_text(text, self.generate_text(attempt) or "a", self.least)
        return text[: self.most]

    def generate_text(self, attempt: GenerationAttempt) -> str:
        return field_values.generate_field_text(self.field, attempt.hints, attempt.random)

    def create_matching(self, attempt: GenerationAttempt, mentioned: str | None) -> str:
        form, random = self.format, attempt.random
        generated = [form[1](random)] if form else []
        return generate_matching(
            self.pattern,
            [mentioned, *attempt.hints.quoted, *generated],
            (self.least, self.most),
            form[0] if form else "",
            random,
            attempt.budget.spend,
        )


def pad_text(text: str, more: str, least: int) -> str:
    """Return a text followed by as many copies of another as `least` characters take."""
    return text + (" " + more) * (1 + (least - len(text)) // (len(more) + 1))


def find_formatted(shape: str, mentioned: str | None, hints: Hints) -> str | None:
    """Return a string from the user's text that has the shape of a format."""
    dates = (*hints.dates, *map(to_iso_date, hints.dates))
    for candidate in (mentioned, *dates, *hints.emails, *hints.urls):
        if candidate and re.fullmatch(shape, candidate):
            return candidate
    return None


def generate_matching(
    pattern: str,
    candidates: list[str | None],
    lengths: tuple[int, int],
    shape: str,
    random: SeededRandom,
    spend: Callable[[int], None],
) -> str:
    """Return a candidate that matches a pattern, else a generated string.

    Args:
        lengths: The least and greatest length.
        shape: Another pattern that the whole string has to match, for a format.

    Raises:
        NoConformingValue: No string was found.
    """
    least, most = lengths

    def is_valid(text: str) -> bool:
        return (
            least <= len(text) <= most
            and matches_pattern(pattern, text)
            and (not shape or bool(re.fullmatch(shape, text)))
        )

    for candidate in candidates:
        if (
            candidate
            and len(candidate) <= 64
            and not is_runaway_pattern(pattern, len(candidate))
            and is_valid(candidate)
        ):
            return candidate
    for _ in range(40):
        text = generate_from_pattern(pattern, random)
        spend(STEPS_PER_CHARACTER * (len(text) + 1))
        if is_valid(text):
            return text
    raise NoConformingValue("no string fits the pattern")


def generate_from_pattern(pattern: str, random: SeededRandom) -> str:
    """Generate a string that a pattern matches, with Python's meaning of \\d and \\w.

    Raises:
        NoConformingValue: The pattern is too large, or not a regular expression.
    """
    from rstr import Rstr

    if len(pattern) > 1000 or estimate_length(pattern) > MAX_LENGTH:
        raise NoConformingValue("too large a pattern")
    try:
        return str(Rstr(random.to_random()).xeger(expand_negations(pattern)))
    except (re.error, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise NoConformingValue(str(error)) from error
