"""Fields whose types a prompt states in clauses: '"name" is a string, "tags" an array of strings'.

A clause names a key and says what its value is. An object or a list may name its own fields:
'a "customer" object with "name" and "city"'.
"""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object, describe_by_name, describe_field
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_TEXT = 4_000
LEAST = 2
"""One typed key is not a description: other readers know better what it means."""
TYPE = (
    r"(?:strings?|text|integers?|ints?|numbers?|floats?|decimals?|bool(?:ean)?s?|true (?:or"
    r"|/) ?false"
    r"|true/false|lists?|arrays?|objects?|dict(?:ionary)?|one of|either|(?:zero-|0-|1-"
    r"|one-)(?:based|indexed)"
    r"|index|(?:iso )?(?:8601 )?dates?|whole numbers?|(?:one |short |single |brief )+(?:sentence"
    r"|string"
    r"|word|text|paragraph)|null)\b"
)
HAS_TYPE = make_regex(rf"\b{TYPE}", re.I)
KEY = make_regex(r"[\"'`“]([A-Za-z_][\w-]{0,40})[\"'`”]")
IS = (
    r"(?:,? ?(?:which |that )?(?:is|must be|should be|has to be|will be|being|as|=|:|\()?"
    r" ?(?:an? |the |exactly )?)"
)
TYPED = make_regex(rf"\A{IS}(?P<about>(?:\w+ )??{TYPE}.*)", re.I | re.S)
OPENS = make_regex(
    r"\A[ ,(]*(?:which |that )?(?:is |as |: ?|with |has |holds |contains |containing "
    r"|holding )?(?:an? )?(?P<kind>object|array"
    r"|list)\b[^.;\n]{0,60}?\b(?:with|having|has"
    r"|have|containing|contains?|of|holding|including)(?: the)?(?: (?:keys|fields|properties))?:? ?"
    r"(?:an? |the )?\Z",
    re.I,
)
JOINS = make_regex(
    r"\A\s*(?:\([^()\n]{1,80}\)\s?)?(?:,|and|,\s?and|&|plus|/)\s*(?:an? |the )?\Z", re.I
)
BARE = make_regex(
    rf"(?:\A|[:;.,\n]\s*|\band )([a-z_][a-z_0-9]{{1,30}}) (?:must be|should be|has to be|is|=)"
    rf" (?:an? |the |exactly )?((?:\w+ )??{TYPE}[^;.\n]*)",
)
NOTED = r"[a-z_]\w{1,30}(?: \([^()\n]{2,120}\))?"
NOTED_LIST = make_regex(
    rf"(?:\b(?:need|want|with|fields?|keys?|includ\w+|contain\w*|have|has|having|are)|:)"
    rf"(?: the)?(?: (?:keys|fields))?:? ({NOTED}(?:(?:,? and |, ){NOTED}){{1,12}})"
)
"""Keys with notes in brackets: "name, servings (integer) and steps (a list of strings)"."""
NOTE = make_regex(r"([a-z_]\w{1,30})(?: \(([^()\n]{2,120})\))?")
FILLERS = frozenset(
    "it this that which there output response answer reply result each key value what the who if"
    " data input here json text object array order format one name_of".split()
)
END = make_regex(r"[.;\n](?=\s|\Z)")
REST = make_regex(r"(?:,? and|,|;)?(?: an?| the)?\s*\Z", re.I)


def find_typed_clauses(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields and types that clauses of a text state; none for fewer than two."""
    text = text[:MAX_TEXT]
    readers = (read_quoted, read_bare, read_noted, read_joined, read_inner)
    fields = next(filter(None, (read(text) for read in readers)), [])
    is_nested = any("properties" in schema.get("items", schema) for _, schema in fields)
    return fields if len(fields) >= LEAST or is_nested else []


def read_bare(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of "priority is one of …; component is a string"."""
    found = [(match[1], match[2]) for match in BARE.finditer(text) if match[1] not in FILLERS]
    return [(name, describe_field(name, about.strip())) for name, about in dict(found).items()]


def read_noted(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of a list of bare keys of which two or more have a type in brackets."""
    for match in NOTED_LIST.finditer(text):
        pairs = [(name, note) for name, note in NOTE.findall(match[1]) if name != "and"]
        typed = [note for _, note in pairs if note and HAS_TYPE.search(note)]
        if len(typed) >= LEAST:
            return [(name, describe_field(name, note)) for name, note in pairs]
    return []


QUOTED = r"[\"'`“«]([A-Za-z_][\w-]{0,40})[\"'`”»](?: ?\(([^()\n]{1,80})\))?"
JOINED = make_regex(
    rf"{QUOTED}(?:(?:, ?| (?:ve|und|y|et|e|en|i|и|та|dan|và|and) |、| ?와 | ?과 |和)"
    rf"{QUOTED}){{2,12}}"
)
"""Three quoted keys or more in a row, in any language: '"soru", "secenekler" (4) ve "cevap"'."""


def read_joined(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of keys between quotation marks in one row, with their notes."""
    if text.isascii() or (match := JOINED.search(text)) is None:
        return []
    pairs = re.findall(QUOTED, match[0])
    return [(name, describe_field(name, note)) for name, note in dict(pairs).items()]


INNER = make_regex(
    r"\b(?:keys?|fields?|properties) (?P<own>[a-z_]\w*(?:, [a-z_]\w*){0,8})(?:,? and|,| plus) an?"
    r" (?:nested |inner )?object (?:called |named )?(?P<name>[a-z_]\w*),? (?:that has|with"
    r"|which has|having"
    r"|containing|that contains)(?: the)?(?: (?:keys|fields))?"
    r" (?P<inner>[a-z_]\w*(?:, [a-z_]\w*){0,8},? and [a-z_]\w*)"
)
"""Bare keys of which the last one holds others: "and an object address with street and city"."""


def read_inner(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return bare keys and the object that follows them, with its keys."""
    match = INNER.search(text)
    if match is None:
        return []
    own = [(name, describe_by_name(name)) for name in match["own"].split(", ")]
    names = re.split(r",? and |, ", match["inner"])
    inner = build_object([(name, describe_by_name(name)) for name in names])
    return [*own, (match["name"], inner)]


def read_quoted(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the fields of quoted keys that have a type or inner fields."""
    keys = list(KEY.finditer(text))
    if len(keys) < LEAST:
        return []
    fields: list[tuple[str, dict[str, Any]]] = []
    place = 0
    while place < len(keys):
        after = text_after(keys, place, text)
        name = keys[place][1]
        if opened := OPENS.match(after):
            members, place = read_members(keys, place + 1, text)
            inner = build_object([(one, describe_by_name(one)) for one in members])
            is_object = opened["kind"].lower() == "object"
            rows = {"type": "array", "items": inner, **count_rows(after)}
            fields.append((name, inner if is_object else rows))
            continue
        if typed := TYPED.match(after):
            fields.append((name, describe_field(name, REST.sub("", typed["about"]).strip(" )"))))
        place += 1
    return fields


COUNTED = make_regex(rf"\b(?:list|array) of (?:exactly )?({NUMBER}) ", re.I)


def count_rows(text: str) -> dict[str, int]:
    """Return the limits of a list for "a list of three entries"; two rows or more without it."""
    match = COUNTED.search(text)
    count = parse_count(match[1], 30) if match else 0
    return {"minItems": count, "maxItems": count} if count else {"minItems": 2}


def text_after(keys: list[re.Match[str]], place: int, text: str) -> str:
    """Return the text between a key and the next one, up to the end of its sentence."""
    start = keys[place].end()
    end = keys[place + 1].start() if place + 1 < len(keys) else len(text)
    stop = END.search(text, start, end)
    return text[start : stop.start() if stop else end]


def read_members(keys: list[re.Match[str]], place: int, text: str) -> tuple[list[str], int]:
    """Return the fields of an object that begin at a place, and the place after them."""
    members: list[str] = []
    while place < len(keys):
        if members and not JOINS.match(text[keys[place - 1].end() : keys[place].start()]):
            break
        if members and opens_another(keys, place, text):
            break
        members.append(keys[place][1])
        place += 1
    return members, place


def opens_another(keys: list[re.Match[str]], place: int, text: str) -> bool:
    """Return whether a key has a type and so does not belong to the object before it."""
    after = text_after(keys, place, text)
    before = text[keys[place - 1].end() : keys[place].start()]
    is_own = OPENS.match(after) is not None or TYPED.match(after) is not None
    return is_own and before.strip(" ").startswith(",")
