"""Objects with a key for each thing that a prompt names: "one entry for each criterion"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import build_object, describe_by_name, describe_field
from mockgem.operations.forms.field_items import read_closed_items, read_items, to_key
from mockgem.operations.forms.lazy_patterns import make_regex

Fields = list[tuple[str, dict[str, Any]]]
SERIES = r"[a-z][a-z_-]{2,20}(?: [a-z]{3,16})?(?:, [a-z][a-z_-]{2,20}(?: [a-z]{3,16})?){0,8}"
SERIES = rf"{SERIES},? (?:and|&|or) [a-z][a-z_-]{{2,20}}|{SERIES}(?=\)|\.[ \n])"
ENTRY = make_regex(
    r"\b(?:one|an?) (?:top-level )?(?:entry|key|field|object|section|property|item|sub-?object)"
    r" (?:for each|per|for every) (?:of (?:the|these) )?[a-z]{3,20},? (?:and )?"
    r"(?:each |every one |which )?(?:with|having|containing|holding|has|contains) "
    r"|\b(?:each|every) [a-z]{3,20} (?:maps|mapped|mapping) to an object (?:with|containing) ",
    re.I,
)
"""What an object has for each thing: "one entry for each criterion, each with a score"."""
AS_KEY = make_regex(
    rf"\b(?:each|every) [a-z]{{3,20}} \((?P<names>{SERIES})\) (?:must be|should be|has to be"
    r"|needs to be|will be|is|becomes|as) (?:an? |the )?(?:top-level |json )?(?:key|field|property)"
    r"(?: of the object)?,? (?:and )?(?:with|whose|having) (?:an? |the |its )?"
    r"(?P<objects>objects? (?:with|containing|of) )?(?:values? )?(?:is |being |of |one of )?",
    re.I,
)
"""Named things as keys: 'Each aspect (staff, location) must be a key with the value "good"'."""
RATED = make_regex(
    rf"\b(?:on|for|by|regarding|in terms of|criteria:?|aspects:?|dimensions:?|categories:?"
    r"|each criterion:)"
    rf" (?:its |the |their )?(?:[a-z]+: ?|\()?(?P<names>{SERIES})",
    re.I,
)
SPAN = make_regex(
    r"\b(?:from|between|of|scale) (\d{1,3}) (?:to|and|-) (\d{1,3})\b|\b(\d)-(\d{1,3})\b"
)
TYPE = make_regex(
    r"[\"'`](\w{1,30})[\"'`] (?:as an? )?(number|integer|string|boolean|array|list)\b", re.I
)


def find_criteria(text: str) -> dict[str, Any] | None:
    """Return the schema of an object whose keys are the things that a text lists; else None."""
    if as_key := AS_KEY.search(text):
        value = describe_value(text, as_key)
        names = split_names(as_key["names"])
        return build_object([(name, value) for name in names]) if len(names) > 1 else None
    entry = ENTRY.search(text)
    rated = RATED.search(text) if entry else None
    if entry is None or rated is None:
        return None
    fields, end = read_closed_items(text, entry.end())
    names = split_names(rated["names"])
    if not fields or len(names) < 2:
        return None
    inner = build_object(rate(fields, text[: entry.start()]))
    outer = rate(read_typed(text, end) or read_added(text, end), text[: entry.start()])
    return build_object([*((name, inner) for name in names), *outer])


ADDED = make_regex(
    r"\b(?:add|include) (?:an? |the )?[\"'`](\w{2,30})[\"'`](?: \(([^()\n]{1,60})\))?", re.I
)
"""A field beside the criteria: 'Also add "overall" (number)'."""


def read_added(text: str, start: int) -> Fields:
    found = ADDED.finditer(text, start)
    return [(match[1], describe_field(match[1], match[2] or "")) for match in found]


def describe_value(text: str, match: re.Match[str]) -> dict[str, Any]:
    rest = re.split(r"[.\n]", text[match.end() : match.end() + 200], maxsplit=1)[0]
    if match["objects"] and (fields := read_items(text, match.end())):
        return build_object(fields)
    return describe_field("value", rest.strip())


def split_names(text: str) -> list[str]:
    return [to_key(name) for name in re.split(r",? (?:and|&|or) |, ", text) if name]


def rate(fields: Fields, text: str) -> Fields:
    """Return fields whose score has the range that stands in front of them."""
    span = SPAN.search(text)
    if span is None:
        return fields
    about = f"{span[1] or span[3]}-{span[2] or span[4]}"
    return [
        (name, describe_field(name, about) if SCORE.search(name) else schema)
        for name, schema in fields
    ]


SCORE = make_regex(r"(?:^|_)(?:score|rating|grade|points|mark|stars|overall|total)$", re.I)


def read_typed(text: str, at: int) -> Fields:
    """Return the fields behind a closed series: 'plus an "overall" number'."""
    kinds = dict(TYPE.findall(text[at : at + 300]))
    return [
        (name, describe_field(name, kinds[name]) if name in kinds else schema)
        for name, schema in read_items(text, at)
        if schema or describe_by_name(name)
    ]
