"""Scores in the range that a prompt names."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.field_formats import describe_range
from mockgem.operations.forms.field_kinds import INTEGER_NAME, NUMBER_NAME
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
    rated = list_rated(question.wish) if RATES.search(question.wish) else frozenset()
    kind = "number" if "." in "".join(limits) else "integer"
    limited = {
        name: describe_range(
            limits[0],
            limits[1],
            kind if len(sub) == 1 and "string" in sub.values() else sub["type"],
        )
        for name, sub in fields.items()
        if (SCORE.search(name) or name.lower() in rated or is_plain(name, sub, question.wish))
        and (sub.get("type") in ("integer", "number") or sub == {"type": "string"})
        and "minimum" not in sub
    }
    return {**schema, "properties": {**fields, **limited}} if limited else schema


RATES = make_regex(
    r"\b(?:rat(?:e|es|ing|ings)|scor(?:e|es|ing)|grad(?:e|es|ing)|evaluat\w+|assess\w*|judg\w+"
    r"|scale|criteri\w+|bewert\w+|puntúa|califica|évalue\w*|note\w*|valuta|avalie)\b",
    re.I,
)
RATED = make_regex(
    r"\b(?:on|for|by|regarding|in terms of|criteria:?|aspects:?|dimensions:?|keys?:?|fields?:?)"
    r" (?:its |the |their )?(?:[a-z]+: ?)?"
    r"([a-z_-]{3,24}(?:, [a-z_-]{3,24}){0,8}(?:,? (?:and|&) [a-z_-]{3,24})?)",
    re.I,
)
"""What a prompt rates: "on grammar, style and structure"."""
EXPLAINS = make_regex(
    r"justif|reason|comment|feedback|explan|rationale|remark|note|summary|suggest|verdict|label"
    r"|improve|strength|weakness|title|name|question|answer|text|category|winner|evidence"
)
"""Fields beside the criteria that hold a text."""
IN_BRACES = make_regex(r"\{[^{}]{0,1500}\}")


def list_rated(text: str) -> frozenset[str]:
    """Return the criteria by which a prompt wants something rated, in small letters."""
    found = RATED.findall(IN_BRACES.sub(" ", text[:3000]))
    names = [name for series in found for name in re.split(r", (?:and )?| and | & ", series)]
    plain = (name.strip().lower().replace("-", "_") for name in names)
    return frozenset(name for name in plain if not EXPLAINS.search(name))


def is_plain(name: str, schema: dict[str, Any], text: str) -> bool:
    """Return whether a prompt that rates says nothing about a number but its type."""
    if schema.get("type") not in ("integer", "number") or not RATES.search(text):
        return False
    plain = CAMEL.sub("_", name)
    return not (INTEGER_NAME.search(plain) or NUMBER_NAME.search(plain) or "_" in plain)


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
