"""Fill the fields of an object with the values that a text has for them."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.addresses import find_address_part, join_street
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_values import fill_stated
from mockgem.operations.forms.text_lookup import (
    DATE,
    find_by_kind,
    find_by_order,
    find_by_place,
    find_labelled,
    find_problem,
)
from mockgem.operations.generators.hints import to_iso_date

DATE_NAME = make_regex(r"(?:^|_)(?:date|deadline|due|birthday)(?:_|$)", re.I)


MONEY = make_regex(r"[$€£]|\b(?:EUR|USD|GBP|CHF)\b", re.I)


UNIT = make_regex(
    r"_(kg|g|km|m|cm|mm|l|ml|eur|usd|min|minutes|hours|days|weeks|months|years|gb|mb|lbs?|mg|kwh)$",
    re.I,
)


WISH_NAME = make_regex(
    r"^(?:wish|wishes|request|requested|desired_\w+|wunsch|anliegen|petición|demande)$", re.I
)


WISHES = make_regex(
    r"\b(?:i'?d like|i would like|i want|we want|please|could you|can you|need|möchte|bitte"
    r"|quiero|quisiera"
    r"|voudrais|vorrei)\b",
    re.I,
)


def find_wish(name: str, text: str) -> str:
    """Return the sentence of a text in which somebody wishes something."""
    if not WISH_NAME.match(name):
        return ""
    return next(filter(WISHES.search, split_sentences(text)), "")


def fill_from_text(value: dict[str, Any], fields: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object with the values that a text has for its fields."""
    filled = {key: fill_field(key, item, fields.get(key, {}), text) for key, item in value.items()}
    return use_names(join_street(filled, text), fields, text)


THING_NAMES = make_regex(
    r"(?:^|_)(?:make|model|brand|product|item|title|vendor|carrier|event|project|organi[sz]ation|city"
    r"|destination|origin|venue|location|store|team|degree|school|university)(?:_name)?$",
    re.I,
)


LEADING_LABEL = make_regex(r"^[\w ]{2,20}: ", re.M)


def use_names(value: dict[str, Any], fields: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object in which names stand where a common word of the text would be wrong."""
    taken = {item for item in value.values() if isinstance(item, str)}
    free = [name for name in list_names(LEADING_LABEL.sub("", text)) if name not in taken]
    filled = dict(value)
    for key, item in value.items():
        is_word = isinstance(item, str) and item.islower() and " " not in item and item in text
        if free and is_word and THING_NAMES.search(key) and "enum" not in fields.get(key, {}):
            filled[key] = free.pop(0)
    return filled


def fill_field(name: str, value: Any, schema: dict[str, Any], text: str) -> Any:
    kind = schema.get("type")
    english = ENGLISH_NAMES.get(name.lower(), name)
    if not find_labelled(name, text):
        stated = fill_stated(english, value, schema, text)
        if stated is not None:
            return stated
    if "enum" in schema or isinstance(value, (list, dict, bool)):
        return find_flag(name, text) if isinstance(value, bool) and "enum" not in schema else value
    if kind in ("integer", "number"):
        return find_number_of(name, value, kind, text)
    sure = find_address_part(name, text) or find_labelled(name, text) or find_by_order(name, text)
    if DATE_NAME.search(name) and MONEY.search(sure):
        sure = ""
    typed = (
        find_address_part(name, text)
        or find_by_kind(name, text)
        or find_problem(name, text)
        or find_wish(name, text)
    )
    is_found = isinstance(value, str) and value in text and bool(find_by_kind(name, value))
    if typed and not sure and is_found:
        return value
    if typed and not sure and isinstance(value, str) and not find_by_kind(name, value):
        sure = typed
    found = sure or typed or find_by_place(name, text) or find_problem(name, text)
    if not found:
        return value
    if schema.get("format") == "date":
        return (to_iso_date(found) or found) if DATE.fullmatch(found) else value
    return found


def find_flag(name: str, text: str) -> bool:
    """Return whether a text has the word of a field that is true or false, and does not deny it."""
    word = re.escape(re.sub(r"^(?:is|has|was|contains)_", "", name).replace("_", " ").rstrip("s"))
    match = re.search(rf"(?<!\w){word}", text, re.I)
    if match is None:
        return False
    return (
        re.search(r"\b(?:not|no|never|without|un)\W*(?:\w+ )?\Z", text[: match.start()], re.I)
        is None
    )


def find_worded(name: str, text: str) -> int:
    """Return the number in "two adults" for the field adults; 0 without one."""
    stem = re.escape(name.rpartition("_")[2].rstrip("s"))
    match = (
        re.search(rf"\b({NUMBER}) (?:[a-z]+ )?{stem}s?\b", text, re.I) if len(stem) > 3 else None
    )
    return parse_count(match[1], 1000) if match and not match[1].lower().startswith("a") else 0


def find_number_of(name: str, value: Any, kind: str, text: str) -> Any:
    unit = UNIT.search(name)
    labelled = re.search(r"-?\d[\d,]*(?:\.\d+)?", find_labelled(name, text))
    match = re.search(rf"(-?\d[\d,]*(?:\.\d+)?) ?{unit[1]}\b", text, re.I) if unit else None
    if match is None and not labelled:  # "8 years of experience" for years_experience
        first = re.escape(name.split("_")[0])
        match = (
            re.search(rf"(-?\d[\d,]*(?:\.\d+)?)\+? ?{first}\b", text, re.I)
            if len(first) > 3
            else None
        )
    if match is None and not labelled and (worded := find_worded(name, text)):
        return worded
    found = (match[1] if match else "") or (labelled[0] if labelled else "")
    if not found:
        return value
    number = float(found.replace(",", ""))
    return int(number) if kind == "integer" or number == int(number) else number


JOINS = frozenset("x × at @ for à je zu a each per = -".split())
"""What stands between a number and a thing in a line: "3 x cable at 4.50"."""


LINE_NUMBER = make_regex(r"-?\d[\d,]*(?:\.\d+)?")


def fill_from_line(value: dict[str, Any], fields: dict[str, Any], line: str) -> dict[str, Any]:
    """Return a row with the values of one line, such as "200 g flour"."""
    rest, row = line.strip(" -*•."), dict(value)
    open_keys: list[str] = []
    done = set()
    for key in fields:
        if (found := find_by_kind(key, rest)) and fields[key].get("type") == "string":
            row[key], rest = found, rest.replace(found, " \0 ", 1)
            done.add(key)
    for key, schema in fields.items():
        if key in done:
            continue
        kind = schema.get("type")
        number = LINE_NUMBER.search(rest)
        if kind in ("integer", "number") and number:
            parsed = float(number[0].replace(",", ""))
            row[key] = int(parsed) if parsed == int(parsed) else parsed
            rest = rest[: number.start()] + " \0 " + rest[number.end() :]
        elif "unit" in key.lower() or key.lower() == "currency":
            open_keys.insert(0, key)
        elif kind == "string" and "enum" not in schema:
            found = find_labelled(key, line)
            if found:
                row[key], rest = found, rest.replace(found, " \0 ", 1)
            else:
                open_keys.append(key)
    for key in [key for key in open_keys if "unit" in key.lower()]:
        if unit := re.search(r"\0\s+([A-Za-zµ%]{1,12})\b", rest):
            row[key], rest = unit[1], rest.replace(unit[1], "", 1)
        open_keys.remove(key)
    words = re.findall(r"[^\s\0,;:|()]+", rest)
    while words and words[0].lower() in JOINS:
        words.pop(0)
    while words and words[-1].lower() in JOINS:
        words.pop()
    if len(open_keys) == 1 and words:
        row[open_keys[0]] = " ".join(words[:6])
    elif len(open_keys) > 1 and words:
        row[open_keys[0]] = words[0]
        row[open_keys[-1]] = words[-1].strip(".")
    return row
