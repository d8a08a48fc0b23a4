"""What a correction changes: pairs of words before and after it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex

BEFORE = make_regex(r"^(?:from|original|wrong|before|error|mistake|incorrect|old|text)$")
AFTER = make_regex(
    r"^(?:to|corrected|correction|right|after|correct|new|fix|replacement|suggestion)$"
)
CHANGES = make_regex(r"^(?:changes|corrections|edits|errors|mistakes|fixes|differences|issues)$")
WHOLE = make_regex(r"^(?:original|input|text|sentence)(?:_text|_sentence)?$")
FIXED = make_regex(r"^(?:corrected|correction|fixed|output)(?:_text|_sentence)?$")
WHY = make_regex(r"^(?:reason|explanation|rule|type|why|category)$")
MAX_WORDS = 300


def list_changes(value: dict[str, Any], given: str) -> dict[str, Any]:
    """Return an object whose list of changes has the words that its correction changes."""
    names = {read_name(key): key for key in value}
    key = next((own for name, own in names.items() if CHANGES.match(name)), None)
    fixed = next((own for name, own in names.items() if FIXED.match(name)), None)
    if key is None or fixed is None or not isinstance(value[key], list):
        return value
    whole = next((own for name, own in names.items() if WHOLE.match(name)), None)
    old = value[whole] if whole else given
    if not isinstance(value[fixed], str) or not isinstance(old, str):
        return value
    pairs = compare_words(old, value[fixed])
    rows = value[key]
    if not rows or not isinstance(rows[0], dict):
        return {**value, key: [f"{one} → {other}" for one, other in pairs]}
    before = next((one for one in rows[0] if BEFORE.match(read_name(one))), None)
    after = next((one for one in rows[0] if AFTER.match(read_name(one))), None)
    if before is None or after is None:
        return value
    row = {
        one: "This form fits the grammar of the sentence." if WHY.match(read_name(one)) else item
        for one, item in rows[0].items()
    }
    return {**value, key: [{**row, before: one, after: other} for one, other in pairs]}


def compare_words(old: str, new: str) -> list[tuple[str, str]]:
    """Return the words that differ between two texts, in pairs."""
    left, right = (re.findall(r"[\w'’-]+", text)[:MAX_WORDS] for text in (old, new))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        (" ".join(left[a:b]), " ".join(right[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
