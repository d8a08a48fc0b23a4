"""Read a list of keys whose notes may hold commas and lists: "name, items (list of {sku, qty})".

The readers of `listed_fields.py` take a list apart with patterns, which lose what stands behind a
note with a comma. Here brackets are matched first, and each note is read on its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object, describe_by_name, describe_field
from mockgem.operations.forms.lazy_patterns import make_regex

Field = tuple[str, dict[str, Any]]
CUE = make_regex(
    r"\b(?:keys?|fields?|properties|attributes)\b"
    r"(?: (?:named|called|are|should be|must be|exactly|below))?(?:\s?[:(]\s?|\s)"
    r"|\b(?:each|every|it|they|object|payload|response|body|json)(?: \w+)?(?: (?:should|must)| of"
    r" them)? (?:has|have|contains?|includes?|needs?|with|containing|having) (?:the )?"
    r"(?:following )?(?:(?:keys?|fields?|properties|attributes)\b\s?:?\s?)?"
    r"|\bfor (?:each|every)(?: of them| \w+)?,? (?:give|return|include|provide|output|state) ",
    re.I,
)
"""What stands in front of a list of keys."""
NAME = make_regex(r"\s*(?:(?:an?|the|its|their) )?([\"'`]?)([A-Za-z_][\w-]{0,40})\1")
CONTINUES = make_regex(r"\s*(?:and |plus )?[\"'“`]?[a-z_][\w-]{1,40}[\"'”`]?\s?[(:,{\[\n]")
"""A line that continues a list of keys."""
OPENING, CLOSING = "([{", ")]}"
MAX_LIST = 1_500
MAX_DEPTH = 4
MANY = 40


@lru_cache(maxsize=64)
def find_key_list(text: str) -> tuple[tuple[Field, ...], str]:
    """Return the fields of the first list with brackets in a note, and the text without it.

    Nothing and the whole text if there is none.
    """
    for match in CUE.finditer(text[:8000]):
        listed = cut_list(text[match.end() : match.end() + MAX_LIST])
        fields = read_keys(listed) if any(mark in listed for mark in OPENING) else []
        if len(fields) > 1 or (fields and has_members(fields[0][1])):
            rest = f"{text[: match.end()]} {text[match.end() + len(listed) :]}"
            return tuple(fields), rest
    return (), text


def has_members(schema: dict[str, Any]) -> bool:
    """Return whether a field holds an object, or a list of objects."""
    return "properties" in schema or "properties" in schema.get("items", {})


def cut_list(text: str) -> str:
    """Return a text up to the end of its sentence, or to a bracket that was open before it."""
    depth = 0
    for at, mark in enumerate(text):
        if mark in OPENING:
            depth += 1
        elif mark in CLOSING:
            depth -= 1
            if depth < 0:
                return text[:at]
        elif depth:
            continue
        elif (mark in ".!?" and text[at + 1 : at + 2] in ("", " ", "\n")) or (
            mark == "\n" and not CONTINUES.match(text, at + 1)
        ):
            return text[:at]
    return text


def split_list(text: str) -> list[str]:
    """Return the parts of a list between its commas, outside brackets and quotation marks."""
    parts, start, depth, quote = [], 0, 0, ""
    for at, mark in enumerate(text):
        if quote:
            quote = "" if mark == quote else quote
        elif mark == '"':
            quote = mark
        elif mark in OPENING:
            depth += 1
        elif mark in CLOSING:
            depth -= 1
        elif depth == 0 and mark in ",;\n":
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [part for part in map(str.strip, parts) if part]


LAST = make_regex(r"^(?:and|plus|as well as)\s+", re.I)
TWO = make_regex(
    r"\s+(?:and|plus)\s+(?=(?:an? )?[\"'`]?[A-Za-z_][\w-]*[\"'`]?"
    r"(?: (?:score|rating)\b)?(?:\s*[\(\[{:]|\s*\Z| (?:from|between|as|in)\b))"
)
"""What stands between the last two keys without a comma."""


def read_keys(text: str, depth: int = 0) -> list[Field]:
    """Return the fields of a list; empty if the text is not a list."""
    if depth > MAX_DEPTH:
        return []
    fields: list[Field] = []
    parts = split_list(text)
    is_choosing = False
    for at, part in enumerate(parts):
        part = LAST.sub("", part)
        if fields and (kind := EACH_ONE.match(part)):
            return [(name, describe_field(name, kind[1])) for name, _ in fields]
        if fields and (own := read_own_list(part, parts[at + 1 :], depth)) is not None:
            return [*fields[:-1], (fields[-1][0], own)]
        is_choosing = part[0] in "\"'" if is_choosing else OPEN_CHOICES.search(part) is not None
        if is_choosing and part[0] in "\"'":
            continue
        for piece in split_pair(part):
            if nested := HOLDS.match(piece):
                rest = ", ".join([piece[nested.end() :], *parts[at + 1 :]])
                if len(inner := read_keys(rest, depth + 1)) > 1:
                    return [*fields, (nested[2], build_object(inner))]
            field = read_key(piece, depth, parts[at + 1 :])
            if field is None or len(fields) > MANY:
                return fields
            fields.append(field)
    return fields


def split_pair(part: str) -> list[str]:
    """Return both keys of "a (string) and b"; a single one as it is."""
    match = TWO.search(part)
    if match is None or part[: match.start()].count("(") != part[: match.start()].count(")"):
        return [part]
    return [part[: match.start()], part[match.end() :]]


EACH_ONE = make_regex(
    r"(?:each|all)(?: one| of (?:them|these|which))?(?: (?:is|are|being|as))? "
    r"((?:an? )?(?:list|array)s? of \w+|strings?|numbers?|integers?|booleans?)",
    re.I,
)
"""The type of all keys in front of it: "each one a list of strings"."""
OPEN_CHOICES = make_regex(r"\A[^(]*\b(?:one of|either|can be|among)\b", re.I)
"""A note without brackets whose choices have commas."""
HOLDS = make_regex(r"(?:an? |the )?([\"'`]?)([A-Za-z_][\w-]{1,40})\1,? (?:with|containing|having) ")
"""A key in front of the list of its own keys: "data with order_id, total"."""
OWN_LIST = make_regex(
    rf"(?:which is |with |as |is )?(?:an? )?(?:array|list) of (?:exactly )?(?:({NUMBER}) )?objects"
    r",?(?::| with(?: the (?:keys|fields))?| having| each with| containing| (?:where |in which )?"
    r"(?:each|every)(?: one| object| of them)? (?:with|containing|having|has|contains|includes)"
    r"(?: the (?:keys|fields))?)\s*",
    re.I,
)
"""What stands between a key and the keys of its rows: 'the key "items", an array of objects: '."""


def read_own_list(part: str, others: list[str], depth: int) -> dict[str, Any] | None:
    match = OWN_LIST.match(part)
    inner = read_keys(", ".join([part[match.end() :], *others]), depth + 1) if match else []
    return list_rows(inner, match[1] or "") if match and inner else None


def read_key(part: str, depth: int, others: list[str]) -> Field | None:
    """Return a key with the schema that its note describes; None for other words."""
    match = NAME.match(part)
    if match is None:
        return None
    name, note = match[2], part[match.end() :].strip()
    if scored := SCORED.match(note):
        name, note = f"{name}_{scored[1].lower()}", note[scored.end() :].strip()
    if not note:
        return name, describe_by_name(name)
    if OPEN_CHOICES.search(note) and note[0] not in OPENING:
        note = ", ".join([note, *(one for one in others if one[0] in "\"'")])
    elif note[0] not in "([{:-–=" and not NOTE.match(note):
        return None
    return name, describe_note(name, note, depth)


NOTE = make_regex(r"(?:as|in|with|from|between|of type|is|being|one of|either)\s", re.I)
SCORED = make_regex(r"(score|rating)\b", re.I)
"""The second word of a key: "a memorability score from 1 to 10"."""
"""The beginning of a note without brackets: "score from 1 to 10"."""
ROWS = make_regex(
    rf"(?:an? )?(?:list|array)s? of (?:exactly |up to |at least )?(?:({NUMBER}) )?"
    r"(?:objects?|items?|entries|records|dict(?:ionarie)?s|pairs|rows)?"
    r"(?:,? (?:each )?(?:with|having|containing|of)| like|\s?:)?(?: the)?(?: keys"
    r"| fields)?\s?:?\s?",
    re.I,
)
OBJECT = make_regex(
    r"(?:an? )?(?:nested )?(?:object|dict(?:ionary)?|map)\b(?:,? (?:with|having|containing|of)"
    r"|\s?:)?(?: the)?(?: keys| fields| properties)?\s?:?\s?",
    re.I,
)
VALUES_FOR = make_regex(
    r"(boolean|numeric|number|integer|string|text|float)s?(?: values?| scores?)? for(?: each of)? ",
    re.I,
)
"""The type of all members: "object with boolean values for hate, violence"."""
OR_NULL = make_regex(r",? or null\b.*|,? null (?:if|for|when)\b.*", re.I | re.S)


def describe_note(name: str, note: str, depth: int) -> dict[str, Any]:
    """Return the schema that a note describes: "(int)", "[{sku, qty}]", "list of {a, b}"."""
    plain = strip_brackets(note.lstrip(":-–= ").strip())
    if '"' not in plain and "'" not in plain:
        plain = plain.replace(" + ", ", ")
    shown = OR_NULL.sub("", plain)
    if shown[:1] == "[" and shown[-1:] == "]" and "{" in shown:
        return list_rows(read_keys(strip_brackets(shown[1:-1], "{}"), depth + 1), "") or TEXTS
    if shown[:1] == "{" and shown[-1:] == "}":
        inner = read_keys(shown[1:-1], depth + 1)
        return build_object(inner) if inner else describe_field(name, plain)
    if rows := ROWS.match(shown):
        inner = read_keys(strip_brackets(shown[rows.end() :], "{}()"), depth + 1)
        is_of_types = bool(inner) and inner[0][0].lower().rstrip("s") in TYPES
        if inner and not is_of_types and (len(inner) > 1 or "object" in shown):
            return list_rows(inner, rows[1] or "")
    if held := OBJECT.match(shown):
        rest = strip_brackets(shown[held.end() :], "{}()")
        if kind := VALUES_FOR.match(rest):
            names = [one for one, _ in read_keys(rest[kind.end() :], depth + 1)]
            return build_object([(one, describe_field(one, kind[1])) for one in names])
        if inner := read_keys(rest, depth + 1):
            return build_object(inner)
    return describe_field(name, note.lstrip(":-–= ").strip())


TYPES = frozenset(
    "string str text int integer number float bool boolean word sentence item".split()
)
TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}, "minItems": 2}


def list_rows(inner: list[Field], number: str) -> dict[str, Any]:
    """Return the schema of a list of objects; an empty one without members."""
    if not inner:
        return {}
    count = parse_count(number, 30) if number else 0
    limits = {"minItems": count, "maxItems": count} if count else {"minItems": 2}
    return {"type": "array", "items": build_object(inner), **limits}


def strip_brackets(text: str, marks: str = "()") -> str:
    """Return a text without the pair of brackets around the whole of it."""
    text = text.strip()
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        if text[:1] == opening and text[-1:] == closing and is_whole(text):
            return text[1:-1].strip()
    return text


def is_whole(text: str) -> bool:
    """Return whether the first bracket is closed by the last one."""
    depth = 0
    for at, mark in enumerate(text):
        depth += (mark in OPENING) - (mark in CLOSING)
        if depth == 0:
            return at == len(text) - 1
    return False
