"""Objects in an object that a prompt names in a phrase: "with a nested address (street, city)"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.described_values import describe_by_name, describe_field
from mockgem.operations.forms.kind_keys import list_kind_keys
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.spelled_fields import spell_series

NAMES = r"[a-z_]{2,20}(?:, [a-z_]{2,20}){0,6}(?:,? (?:and|plus) [a-z_]{2,20})?"
SECTION = make_regex(
    rf"(?<=\w)()(?:,? (?:and|plus)|,)(?: an?)? (\w{{3,20}}) (?:section|block|mapping|sub-?object)"
    rf" (?:with|containing|that has|having|of) (?:the )?({NAMES})(?=[.;\n]|\s*\Z)",
    re.I,
)
"""A field with its members: "and a database section with host and user"."""
NESTED = make_regex(
    r"(,? (?:and|plus)|,| with| containing| including)(?: an?)? nested (?:object )?"
    r"[\"'`]?(\w{3,20})[\"'`]?(?: (?:object|section))?"
    rf"(?: ?\(| with | containing )({NAMES})\b\)?",
    re.I,
)
"""The same with the word: "with a nested address (street, city, zip)"."""


NAME = (
    r"(?P<name>(?!(?:json|xml|yaml|csv|the|an?|one|single|nested|top|valid|raw|each|every|as|is"
    r"|of|data|this|that|empty|with|and|plain|return|flat|main|outer|root|whole|following)\b)"
    r"[A-Za-z_]\w{1,29})"
)
MEMBER = r"[\"'`]?(?!(?:an?|the|one|each)\b)[A-Za-z_]\w{1,29}[\"'`]?(?: ?\([^()\n]{1,40}\))?"
SERIES = rf"{MEMBER}(?:, {MEMBER}){{0,7}}(?:,? (?:and|plus) {MEMBER})?"
TYPED = make_regex(
    rf"(?:(?<=, )|(?<=: )|(?<=\band )|(?<=\bwith )|(?<=\bhas )|(?<=\bkeys )|(?<=\bfields ))[\"'`]?"
    rf"{NAME}[\"'`]? (?P<kind>array|list|object)(?: of (?:objects|[a-z]{{3,20}}s))?,? (?:each )?"
    rf"(?:with|containing|having|of) (?:the )?(?:keys |fields )?(?P<members>{SERIES})"
    r"(?=[.;\n)]|,|\s*\Z)",
    re.I,
)
"""A field with its type and its members: "items array with sku and qty"."""
COUNTED = make_regex(
    rf"(?:,? and|,) (?:an? )?(?:list|array) of (?P<count>{NUMBER}) (?P<name>[a-z_]{{3,20}}s)"
    rf",? (?:each )?(?:with|having|containing) (?P<members>{SERIES})(?=[.;\n)]|\s*\Z)",
    re.I,
)
"""A last field with several things: "and a list of two handlers with type and path"."""
MARKED = make_regex(rf"{NAME}\[\](?=,? (?:each )?(?:with|of|containing) [\"'`]?\w)")
"""A field for a list with its members: "days[] with day and title"."""
TYPES = make_regex(
    r"(?:strings?|numbers?|integers?|objects?|items?|floats?|booleans?|text)\b", re.I
)


def spell_typed(text: str) -> str:
    """Return a text with the members of a field in parentheses: "items (array of objects …)"."""
    if "[]" in text:
        text = MARKED.sub(r"\g<name>: an array of objects each", text)
    if TYPE_WORD.search(text) is None:
        return text
    return COUNTED.sub(write_counted, TYPED.sub(write_members, text))


TYPE_WORD = make_regex(r"\b(?:array|list|object)\b", re.I)


def write_members(match: re.Match[str]) -> str:
    members = match["members"]
    is_alone = "," not in members and " and " not in members
    if is_alone or TYPES.match(members):
        return match[0]
    kind = "object" if match["kind"].lower() == "object" else "array of objects"
    listed = re.sub(r" ?\([^()]*\)|[\"'`]", "", members)
    return f"{match['name']} ({kind} with {listed})"


def write_counted(match: re.Match[str]) -> str:
    members = re.sub(r" ?\([^()]*\)|[\"'`]", "", match["members"])
    if "," not in members and " and " not in members:
        return match[0]
    return f", {match['name']} (array of {match['count']} objects with {members})"


def spell_nested(text: str) -> str:
    """Return a text that names nested fields in one way: "address (object with street, city)"."""
    text = spell_groups(spell_typed(EACH_LIST.sub(write_lists, text)))
    if "nested" not in text and SECTION_WORD.search(text) is None:
        return text
    text = SECTION.sub(r"\1, \2 (object with \3)", text)
    return NESTED.sub(r"\1 \2 (object with \3)", text)


EACH_LIST = make_regex(
    rf"(?<=[ ,])(?P<names>[a-z_]{{3,20}}s(?:, [a-z_]{{3,20}}s){{0,6}}(?:,? and |, )[a-z_]{{3,20}}s)"
    rf",? each (?:\w+ )?(?:with|having) (?:an? )?(?P<members>{SERIES})(?=[.;\n)]|\s*\Z)",
    re.I,
)
"""Several lists of things with the same fields: "starters and mains, each with name and price"."""


def write_lists(match: re.Match[str]) -> str:
    names = re.split(r",? and |, | ", match["names"])
    return ", ".join(f"{name} (array of objects with {match['members']})" for name in names)


GROUP = make_regex(
    r"(?:(?<=, )|(?<=: )|(?<=; )|(?<=, and ))(?!(?:each|every|json|ya?ml|xml|csv|objects?|arrays?"
    r"|lists?|one|all|items?|it)\b)(\w{3,20}) with (?=\w)",
    re.I,
)
GROUP_END = make_regex(r"[.;\n]|\Z")


def spell_groups(text: str) -> str:
    """Return a text with groups of fields in one way: "server with host, port, db with user"."""
    if "," not in text or len(GROUP.findall(text[:2000])) < LEAST_GROUPS:
        return text
    text = spell_series(text)
    starts = list(GROUP.finditer(text[:2000]))
    parts = [f"{text[: starts[0].start()]}with the keys "]
    for match, after in zip(starts, [*starts[1:], None], strict=True):
        end = after.start() if after else GROUP_END.search(text, match.end()).end()  # type: ignore[union-attr]
        names = text[match.end() : end].strip(" ,;.\n").removesuffix(" and").strip(" ,")
        if MEMBERS.fullmatch(names) is None:
            return text
        parts.append(f"{match[1]} (object with {names}){', ' if after else text[end - 1 : end]}")
    return "".join([*parts, text[end:]])


LEAST_GROUPS = 2
MEMBERS = make_regex(SERIES, re.I)
SECTION_WORD = make_regex(r"\b(?:section|block|mapping|sub-?object)\b", re.I)
ALONE = make_regex(
    r"\b(?:with|including|containing|plus) (\w{3,20}) (\(object with [^()\n]{3,200}\))(?! and|,)",
    re.I,
)
"""A nested field that a text names alone: "a user profile with a nested address (…)"."""


def find_nested_alone(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the usual fields of a thing and the nested one, if a text names no other."""
    match = ALONE.search(text) if "(object with " in text else None
    usual = list_kind_keys(text[: match.start()]) if match else []
    if match is None or not usual:
        return []
    nested = (match[1], describe_field(match[1], match[2].strip("()")))
    own = [(name, describe_by_name(name)) for name in usual if name not in (match[1], "city")]
    return [*own, nested]
