"""Which fields of an object that the prompt gives are empty: {"name": "Lee", "email": ""}."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

MISSING = make_regex(
    r"^(?:missing|empty|incomplete|unfilled|open)(?:_?(?:fields?|values?|keys?|slots?|info\w*|data))?$",
    re.I,
)
COMPLETE = make_regex(r"^(?:is_|all_)?(?:complete|completed|ok|valid|filled|done|present)$", re.I)
ASKS = make_regex(r"^(?:next_|follow_?up_|clarifying_)?(?:question|prompt)$", re.I)
MAX_OBJECTS = 6


def find_empty(text: str) -> list[str] | None:
    """Return the empty fields of the first object with values in a text; None without one."""
    at, decoder = -1, json.JSONDecoder()
    for _ in range(MAX_OBJECTS):
        at = text.find('{"', at + 1)
        if at < 0:
            return None
        try:
            value, _ = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and any(value.values()):
            return [key for key, item in value.items() if item in ("", None, [], {})]
    return None


def name_empty(value: Any, question: Question) -> Any:
    """Return an object whose list of missing fields has those that the given object lacks."""
    key = next(filter(MISSING.match, value), None) if isinstance(value, dict) else None
    if key is None or not isinstance(value[key], list):
        return value
    empty = find_empty(question.prompt[:6000])
    if empty is None:
        return value
    asked = f"What is your {empty[0].replace('_', ' ')}?" if empty else ""
    return {
        name: empty
        if name == key
        else not empty
        if isinstance(item, bool) and COMPLETE.match(name)
        else asked
        if isinstance(item, str) and ASKS.match(name)
        else item
        for name, item in value.items()
    }
