"""Steps of a plan in data, which come from the clauses of what the user wants."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.lazy_patterns import make_regex

PLANS = make_regex(
    r"\b(?:break (?:it |this |the [\w' ]{3,20} |down )?(?:down )?into|plan(?:ner|ning)?|steps"
    r"|sub-?tasks?|decompos\w+)\b",
    re.I,
)
ACTIONS = ("action", "description", "task", "instruction", "step", "title", "goal", "subtask")
CLAUSE = make_regex(r",?\s(?:and then|then|and)\s|[.;]\s+|,\s+(?:then\s)?")
TOOLS = (
    (r"mail|message|send|notify", r"\b(?:e-?mail|mail|send|message|notify|write to)\b"),
    (
        r"calc|math",
        r"\b(?:calculate|compute|sum|add up|multiply|percent\w*|average|total|convert)\b",
    ),
    (r"calendar|schedul", r"\b(?:schedule|meeting|calendar|appointment|remind)\b"),
    (r"weather", r"\b(?:weather|forecast|rain|temperature)\b"),
    (r"code|python", r"\b(?:script|code|program|plot|chart)\b"),
    (r"sql|database|db", r"\b(?:orders|customers|sales|database|table)\b"),
    (r"file|write|save|read", r"\b(?:save|file|write|document)\b"),
    (r"search|web|browse|google", r"\b(?:find|look|search|research|current|latest|news|price)\b"),
)


def list_clauses(text: str) -> list[str]:
    """Return what a wish consists of: "Find the price of gold" and "e-mail it to my boss"."""
    parts = [part.strip(" .!") for part in CLAUSE.split(text.strip())]
    parts = [part for part in parts if len(part.split()) > 1]
    return [part[:1].upper() + part[1:] for part in parts]


def fill_plan(rows: list[Any], schema: dict[str, Any], text: str) -> list[Any]:
    """Return a row for each clause of a wish, with the tool that it needs."""
    if not rows or not isinstance(rows[0], dict):
        return rows
    keys = {CAMEL.sub("_", key).lower(): key for key in rows[0]}
    strings = [name for name in ACTIONS if name in keys and isinstance(rows[0][keys[name]], str)]
    clauses = list_clauses(text)
    if not strings or len(clauses) < 2:
        return rows
    fields = schema.get("properties") or {}
    filled = []
    for at, clause in enumerate(clauses, 1):
        row = dict(rows[min(at, len(rows)) - 1])
        row[keys[strings[0]]] = clause
        for name, key in keys.items():
            labels = (fields.get(key) or {}).get("enum")
            if name in ("step", "id", "number", "order") and isinstance(row[key], int):
                row[key] = at
            elif labels and key != keys[strings[0]]:
                row[key] = choose_tool(labels, clause)
            elif name in ("depends_on", "dependencies") and isinstance(row[key], list):
                row[key] = [at - 1] if at > 1 else []
        filled.append(row)
    return filled


def choose_tool(labels: list[Any], clause: str) -> Any:
    for tool, words in TOOLS:
        named = next((label for label in labels if re.search(tool, str(label), re.I)), None)
        if named is not None and re.search(words, clause, re.I):
            return named
    return labels[0]
