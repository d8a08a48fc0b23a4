"""Match the values of a text to the fields of an object: by their kind and the words beside them.

A text such as an invoice has several dates and amounts. Each goes to the field whose name, or a
usual word for it, stands nearest: "Total due: 505.00" is the total, "born on" the date of birth.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mockgem.operations.forms.field_cues import (
    FREE,
    MONEY,
    PERCENT,
    UNITS,
    YEAR,
    find_kind,
    list_cues,
    read_name,
)
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.text_candidates import Candidate, Candidates
from mockgem.operations.forms.text_lookup import has_kind

NEAR = 12.0
"""The score of a word that stands directly beside a value."""
LEAST = 3.0
"""Matches with a lower score are guesses."""
CLAUSE_END = make_regex(r"(?<!\bno)(?<!\bnr)[.;!?](?:\s|\Z)")
PART_END = make_regex(r"[.,;!?](?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Field:
    """A field without parts: its way from the top, its whole name, its kind and its schema."""

    path: tuple[str, ...]
    name: str
    kind: str
    schema: dict[str, Any]
    value: Any

    @property
    def is_number(self) -> bool:
        return self.schema.get("type") in ("integer", "number")


def list_fields(
    value: dict[str, Any], schema: dict[str, Any], path: tuple[str, ...] = ()
) -> Iterator[Field]:
    """Return the single fields of an object and of the objects in it."""
    subs = schema.get("properties") or {}
    for key, item in value.items():
        sub = subs.get(key)
        sub = sub if isinstance(sub, dict) else {}
        here = (*path, key)
        if isinstance(item, dict):
            yield from list_fields(item, sub, here)
        elif not isinstance(item, (list, bool)) and not sub.keys() & {"enum", "const"}:
            name = read_name(key)
            kind = "number" if is_amount(name, item, sub) else find_kind(name)
            kind = kind or ("percent" if SHARE.search(name) else "")
            whole = "_".join([*map(read_name, path), name])
            yield Field(here, whole, kind, sub, item)


RATING = make_regex(r"(?:^|_)(?:rating|stars|score|note|bewertung)(?:_|$)")
OUT_OF = make_regex(r"(?:out of|von|sur|/|sobre) ?\Z")
RATED = make_regex(r" ?(?:out of|/ ?\d|stars?|von \d|sur \d|sterne|points)")
SHARE = make_regex(r"(?:^|_)(?:interest_rate|rate|percent(?:age)?|apr|growth|tax_rate|vat_rate)$")
COUNTS = make_regex(
    r"^(?:num(?:ber)?_(?:of_)?)?(?:passengers|guests|people|persons|adults|children|quantity|qty"
    r"|party_size|nights|bedrooms|bathrooms|rooms|personas|personen|attendees|seats)$"
)


def is_amount(name: str, item: Any, schema: dict[str, Any]) -> bool:
    if schema.get("type") in (None, "string") and not isinstance(item, (int, float)):
        unit = name.rpartition("_")[2] if "_" in name else ""
        is_empty = isinstance(item, str) and not re.search(r"\d", item)
        is_money = is_empty and MONEY.search(name) is not None and "_" not in name
        return unit in UNITS or is_money or COUNTS.match(name) is not None
    return schema.get("type") in ("integer", "number") or (
        isinstance(item, (int, float)) and not isinstance(item, bool)
    )


def list_options(field: Field, found: Candidates) -> list[Candidate]:
    """Return the candidates whose kind a field takes."""
    kinds = found.found
    match field.kind:
        case "number":
            numbers = kinds["number"]
            if MONEY.search(field.name) and not PERCENT.search(field.name):
                numbers = [one for one in numbers if not is_percent(one)]
            if RATING.search(field.name):
                return [one for one in numbers if not OUT_OF.search(found.before(one, 12))]
            if YEAR.search(field.name):
                return [one for one in numbers if re.fullmatch(r"1[4-9]\d\d|20\d\d", one.text)]
            return numbers
        case "percent":
            return [one for one in kinds["number"] if is_percent(one)]
        case "person":
            return [one for one in kinds["name"] if one.kind in ("person", "word", "organisation")]
        case "organisation":
            return [one for one in kinds["name"] if one.kind in ("organisation", "person", "word")]
        case "place":
            return [one for one in kinds["name"] if one.kind in ("place", "word", "person")]
        case "":
            is_other = FREE.search(field.name) or has_kind(field.name)
            return [] if is_other else [*kinds["code"], *kinds["number"]]
    return kinds.get(field.kind, [])


class Neighbours:
    """What stands between the candidates that one field can take."""

    def __init__(self, options: list[Candidate], found: Candidates) -> None:
        self.found = found
        self.starts = sorted(one.start for one in options)
        self.ends = sorted(one.end for one in options)

    def find_beside(self, one: Candidate) -> tuple[str, str]:
        """Return the words before and after a candidate, up to its neighbours and its clause."""
        before, after = self.found.before(one), self.found.after(one)
        if at := bisect_right(self.ends, one.start):
            before = before[max(0, len(before) - (one.start - self.ends[at - 1])) :]
        at = bisect_left(self.starts, one.end)
        if at < len(self.starts):
            after = after[: self.starts[at] - one.end]
        if ends := list(CLAUSE_END.finditer(before)):
            before = before[ends[-1].end() :]
        if end := PART_END.search(after):
            after = after[: end.start()]
        return before, after


def score(field: Field, one: Candidate, neighbours: Neighbours) -> float:
    """Return how well the words beside a candidate fit a field; 0 for none that fit."""
    before, after = neighbours.find_beside(one)
    total = 0.0
    is_money = MONEY.search(field.name) is not None
    behind = "" if field.kind in ("person", "organisation", "place") else after
    for cues in list_cues(field.name):
        total += max(score_before(cues, before, is_money=is_money), score_after(cues, behind))
    if not field.kind:
        return NEAR if is_beside(field.name, before) else 0.0
    return total + score_unit(field, one, after)


def is_beside(name: str, before: str) -> bool:
    """Return whether a text ends with the last word of a field's name: "BP " for 150/95."""
    last = re.split(r"[^\w-]+", before.rstrip(" :=#"))[-1]
    cues = list_cues(name)
    return bool(cues) and any(
        last.startswith(cue) if len(cue) > 3 else last == cue for cue in cues[-1]
    )


def score_before(cues: tuple[str, ...], before: str, *, is_money: bool = True) -> float:
    """Return how near a word stands in front; "2 adults and 1" does not make 1 the adults."""
    best = 0.0
    for cue in cues:
        at = before.rfind(cue)
        while at > 0 and before[at - 1].isalpha():
            at = before.rfind(cue, 0, at)
        if at < 0 or (len(cue) < 4 and before[at + len(cue) : at + len(cue) + 1].isalpha()):
            continue
        between = before[at + len(cue) :]
        own = NEAR - len(between) / 5 - (4 if "," in between else 0)
        if at <= 1 and not is_money and ":" not in between and before[:1] in (" ", "-"):
            own = min(own, LEAST)
        best = max(best, own)
    return best


def score_after(cues: tuple[str, ...], after: str) -> float:
    best = 0.0
    for cue in cues:
        at = after.find(cue)
        if at < 0 or (at > 0 and after[at - 1].isalpha()):
            continue
        if len(cue) < 4 and (at > 3 or after[at + len(cue) : at + len(cue) + 1].isalpha()):
            continue
        best = max(best, NEAR - 3 - at / 3)
    return best


def score_unit(field: Field, one: Candidate, after: str) -> float:
    """Return what the unit behind a number adds, or its currency."""
    if field.kind != "number":
        return 0.0
    unit = UNITS.get(field.name.rpartition("_")[2])
    if unit and has_unit(after.lstrip(" -"), unit.split()):
        return NEAR
    if RATING.search(field.name):
        return NEAR if RATED.match(after) else 0.0
    if PERCENT.search(field.name):
        return 4.0 if is_percent(one) else 0.0
    is_money = bool(one.mark.strip(" %"))
    if MONEY.search(field.name):
        return 1.5 if is_money else 0.0
    return -2.0 if is_money else 0.0


def is_percent(one: Candidate) -> bool:
    return one.mark.strip().lower() in ("%", "percent", "prozent")


def has_unit(after: str, units: list[str]) -> bool:
    """Return whether a text begins with one of some units: whole, if it is short."""
    first = re.split(r"[\s,;.)]", after, maxsplit=1)[0]
    return any(first == unit or (len(unit) > 2 and first.startswith(unit)) for unit in units)


def match_fields(fields: list[Field], found: Candidates) -> dict[tuple[str, ...], Candidate]:
    """Return the candidate of each field that has one: the best pairs first, each part once."""
    pairs: list[tuple[float, int, int, Field, Candidate]] = []
    for at, field in enumerate(fields):
        options = list_options(field, found)
        neighbours = Neighbours(options, found)
        for place, one in enumerate(options):
            own = score(field, one, neighbours)
            if own >= LEAST:
                pairs.append((-own, at, place, field, one))
    pairs.sort(key=lambda pair: pair[:3])
    matched: dict[tuple[str, ...], Candidate] = {}
    taken: set[tuple[int, str]] = set()
    for _, _, _, field, one in pairs:
        mark = (one.start, group(one.kind))
        if field.path in matched or mark in taken:
            continue
        matched[field.path] = one
        taken.add(mark)
    match_rest(fields, found, matched, taken)
    return matched


def group(kind: str) -> str:
    return "number" if kind in ("number", "code") else kind


def match_rest(
    fields: list[Field],
    found: Candidates,
    matched: dict[tuple[str, ...], Candidate],
    taken: set[tuple[int, str]],
) -> None:
    """Match a field without a word beside its value, if one value of its kind is left."""
    money = [one for one in fields if MONEY.search(one.name) and one.kind == "number"]
    open_money = [one for one in money if one.path not in matched]
    left = [one for one in found.found["number"] if one.mark.strip(" %") and not is_percent(one)]
    left = [one for one in left if (one.start, "number") not in taken]
    if len(open_money) == 1 and len({one.text for one in left}) == 1:
        matched[open_money[0].path] = left[0]
    shares = [one for one in found.found["number"] if is_percent(one)]
    open_shares = [one for one in fields if one.kind == "percent" and one.path not in matched]
    if len(open_shares) == 1 and len({one.text for one in shares}) == 1:
        matched[open_shares[0].path] = shares[0]
    for kind in ("date", "time", "email", "phone", "url", "iban"):
        open_fields = [one for one in fields if one.kind == kind and one.path not in matched]
        left = [one for one in found.found[kind] if (one.start, kind) not in taken]
        distinct = list({one.text: one for one in left}.values())
        if len(open_fields) == 1 and len(distinct) == 1:
            matched[open_fields[0].path] = distinct[0]
