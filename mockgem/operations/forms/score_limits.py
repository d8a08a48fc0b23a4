"""Scores in the range that a prompt names."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_formats import describe_range
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.values import find_range

SCORE = make_regex(r"(?:^|_)(?:score|rating|grade|points|stars)$", re.I)


def limit_scores(schema: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return a schema whose scores are in the range that the prompt names: "from 0 to 5"."""
    fields = schema.get("properties")
    if not isinstance(fields, dict):
        return schema
    limits = find_range(question.wish)
    fields = limit_named(fields, question.wish)
    schema = {**schema, "properties": fields}
    if limits is None:
        return schema
    kind = "number" if "." in "".join(limits) else "integer"
    limited = {
        name: describe_range(
            limits[0],
            limits[1],
            kind if len(sub) == 1 and "string" in sub.values() else sub["type"],
        )
        for name, sub in fields.items()
        if SCORE.search(name)
        and (sub.get("type") in ("integer", "number") or sub == {"type": "string"})
        and "minimum" not in sub
    }
    return {**schema, "properties": {**fields, **limited}} if limited else schema


LIMITS = make_regex(rf"\b{NAME}\b[^.\n]{{0,12}}?\((\d{{1,3}}) ?[-–] ?(\d{{1,3}})\)")


def limit_named(fields: dict[str, Any], text: str) -> dict[str, Any]:
    """Return fields with the ranges that stand behind their names: "clarity (1-10)"."""
    found = dict(fields)
    for name, sub in fields.items():
        if sub.get("type") in ("integer", "number") and "minimum" not in sub:
            limits = search_named(LIMITS, name.replace("_", " "), text.replace("_", " "))
            if limits is not None:
                found[name] = describe_range(limits[1], limits[2], "")
    return found


def is_text(value: object) -> bool:
    return isinstance(value, str)
