"""Objects that a conversation fills step by step: the earlier one with what a message changes."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.iso_dates import set_clocks
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.matched_values import list_fields, match_fields
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.text_candidates import Candidates, parse_amount

CHANGES = make_regex(
    r"\b(?:actually|instead|change[ds]?|make it|make that|rather|correction|update[ds]?|switch|also"
    r"|sorry|no,|wait|move[ds]?|set|add|remove|replace|doch|lieber|stattdessen|ändere|mejor|cambia"
    r"|plutôt|finalement|invece|cambia|melhor|mude|liever|jednak|zamiast)\b",
    re.I,
)
"""Words of a message that changes an earlier one."""
CLOCK = make_regex(r"\d\d:\d\d")


def find_state(value: dict[str, Any], question: Question) -> dict[str, Any] | None:
    """Return the last object of the conversation that has the keys of the new one."""
    said = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    start, end = said.find("{"), said.rfind("}")
    if not 0 <= start < end:
        return None
    try:
        state = json.loads(said[start : end + 1])
    except ValueError:
        return None
    return state if isinstance(state, dict) and state.keys() == value.keys() else None


def keep_state(
    value: dict[str, Any], schema: dict[str, Any], question: Question
) -> dict[str, Any] | None:
    """Return the earlier object with the values of the new message; None without an earlier one."""
    state = find_state(value, question)
    if state is None:
        return None
    if None not in state.values() and not CHANGES.search(question.prompt[:400]):
        return None  # a new thing, not a change of the last one
    fields = list(list_fields(state, schema))
    matched = match_fields(fields, Candidates(question.prompt))
    changed = dict(state)
    for field in fields:
        one = matched.get(field.path)
        if one is None or len(field.path) > 1:
            continue
        old = state[field.path[0]]
        own: Any = parse_amount(one.text) if isinstance(old, (int, float)) else one.text
        if isinstance(old, str) and CLOCK.fullmatch(old):
            own = set_clocks({field.path[0]: own})[field.path[0]]
        changed[field.path[0]] = own
    return changed
