"""Fill the fields of an object with the values that a text has for them."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.addresses import find_address_part, join_street
from mockgem.operations.forms.cued_values import TIME_KEY, find_cued, read_time
from mockgem.operations.forms.field_amounts import (
    find_number_of,
)
from mockgem.operations.forms.field_flags import find_flag
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.stated_values import fill_stated
from mockgem.operations.forms.text_lookup import (
    find_by_kind,
    find_by_order,
    find_by_place,
    find_labelled,
    find_problem,
    find_product,
)
from mockgem.operations.forms.value_kinds import DATE
from mockgem.operations.generators.hints import to_iso_date

DATE_NAME = make_regex(r"(?:^|_)(?:date|deadline|due|birthday)(?:_|$)", re.I)


MONEY = make_regex(r"[$€£]|\b(?:EUR|USD|GBP|CHF)\b", re.I)


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
    r"(?:^|_)(?:make|model|brand|product|item|title|vendor|carrier|event|project|organi[sz]ation"
    r"|city"
    r"|destination|origin|venue|location|store|team|degree|school|university)(?:_name)?$",
    re.I,
)


PERSON_NAMES = make_regex(
    r"^(?:patient|client|customer|sender|guest|author|person|applicant|candidate|employee|speaker"
    r"|contact|recipient|caller|user|full|manager|doctor)(?:_name)?$|^name$",
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
        if (
            free
            and is_word
            and (THING_NAMES.search(key) or PERSON_NAMES.match(key))
            and "enum" not in fields.get(key, {})
        ):
            filled[key] = free.pop(0)
    return filled


def fill_field(name: str, value: Any, schema: dict[str, Any], text: str) -> Any:
    kind = schema.get("type")
    if name.lower() in ("currency", "currency_code", "währung", "devise", "moneda"):
        return find_currency(text) or value
    english = ENGLISH_NAMES.get(name.lower(), name)
    if isinstance(value, str) and TIME_KEY.search(name) and (spoken := read_time(text)):
        return spoken
    if not find_labelled(name, text):
        stated = fill_stated(english, value, schema, text)
        if stated is not None:
            return stated
    if "enum" in schema or isinstance(value, (list, dict, bool)):
        return find_flag(name, text) if isinstance(value, bool) and "enum" not in schema else value
    if kind in ("integer", "number"):
        return find_number_of(name, value, kind, text)
    found = find_text_value(name, value, text)
    if not found and isinstance(value, str) and TITLE_NAME.match(name):
        if JOB_AD.search(text) and (job := find_by_kind("role", text)):
            return job
        return value if " " in value and value in text else find_lead(text) or value
    if not found:
        return value
    if schema.get("format") == "date":
        return (to_iso_date(found) or found) if DATE.fullmatch(found) else value
    return found


def find_text_value(name: str, value: Any, text: str) -> str:
    """Return what a text has for a field: after its label, by its kind, by its place."""
    if (titled := QUOTED_TITLE.match(text)) and TITLE_NAME.match(name):
        return titled[1]
    if not find_labelled(name, text) and (cued := find_cued(name, text)):
        return cued
    sure = (
        find_log_part(name, text)
        or find_address_part(name, text)
        or find_labelled(name, text)
        or find_by_order(name, text)
    )
    if DATE_NAME.search(name) and MONEY.search(sure):
        sure = ""
    typed = (
        find_address_part(name, text)
        or find_by_kind(name, text)
        or find_problem(name, text)
        or find_wish(name, text)
        or find_product(name, text)
    )
    is_text = isinstance(value, str)
    if PRODUCT.match(name) and (bought := find_product(name, text)):
        return bought
    if typed and not sure and is_text and value in text and find_by_kind(name, value):
        is_part = value.lower() in typed.lower() or typed.lower() in value.lower()
        return typed if is_part else str(value)
    if typed and not sure and is_text and not find_by_kind(name, value):
        sure = typed
    return sure or typed or find_by_place(name, text) or find_problem(name, text)


QUOTED_TITLE = make_regex(
    r"\s*(?:[A-Z]\w{2,15}: )?[\"“]([^\"”\n]{1,80})[\"”](?: (?:by|von|de|from)\b|,)"
)
"""The title that a record begins with: '"Dune" by Frank Herbert, 1965'."""
PRODUCT = make_regex(r"^product(?:_name)?$", re.I)
TITLE_NAME = make_regex(r"^(?:title|headline|event|meeting|appointment)(?:_(?:title|name))?$", re.I)
LEAD_END = make_regex(
    r"[.!?;:,(\n]|\s(?:[-–—]|is|are|was|were|has|have|will|that|which|who)\s"
    r"|\s(?:on|at|in|from|by|until|for|um|am|en|le|el)\s(?=\d|[A-Z]|the\s\d|next|this|tomorrow"
    r"|noon)"
)
ANNOUNCED = make_regex(
    r"\A(?:(?:hi|hello|hey|dear)[^.!,\n]{0,20}[,!.] )?(?:we (?:are|will be) (?:having|hosting"
    r"|holding)"
    r"|we have|i have|there (?:is|will be)|let'?s have|join us (?:for|at)|please join us for|you"
    r" are"
    r" invited to|come to|reminder:) (?:an? |the )?",
    re.I,
)
"""What stands in front of the name of an event."""
MAX_LEAD = 8
JOB_AD = make_regex(
    r"\b(?:hiring|vacancy|job|full[- ]time|part[- ]time|salary|applicants?|we are looking for)\b",
    re.I,
)


def find_lead(text: str) -> str:
    """Return the first words of a text, up to its first date or place: "Meeting with Bob"."""
    plain = ANNOUNCED.sub("", LEADING_LABEL.sub("", text.strip()))
    lead = LEAD_END.split(plain, maxsplit=1)[0]
    words = lead.strip(" \"'*#-").split()
    if len(words) == 1 and not text.strip().startswith(f"{lead}("):
        words = re.split(r"[.!?;:\n]", text.strip(), maxsplit=1)[0].split()
    return " ".join(words[:MAX_LEAD]).strip(" ,")


CURRENCIES = (
    ("EUR", make_regex(r"€|\beuros?\b|\bEUR\b", re.I)),
    ("GBP", make_regex(r"£|\bpounds?\b|\bGBP\b", re.I)),
    ("CHF", make_regex(r"\bCHF\b|\bfrancs?\b|\bFranken\b", re.I)),
    ("JPY", make_regex(r"[¥￥円]|\byen\b|\bJPY\b", re.I)),
    ("INR", make_regex(r"₹|\brupees?\b|\bINR\b", re.I)),
    ("USD", make_regex(r"\$|\bdollars?\b|\bUSD\b", re.I)),
)


def find_currency(text: str) -> str:
    """Return the code of the currency that a text names; empty without one."""
    return next((code for code, pattern in CURRENCIES if pattern.search(text)), "")


LOG_LINE = make_regex(
    r"(?P<timestamp>\d{4}-\d\d-\d\d[T ][\d:.,]{5,15}Z?)\]?\s+\[?(?P<level>[A-Z]{4,8})\]?\s+"
    r"(?:\[?(?P<service>[a-z][\w.-]{2,40})\]?:?\s+)?(?P<message>\S[^\n]{2,300})"
)
LOG_NAMES = {
    "time": "timestamp",
    "date": "timestamp",
    "datetime": "timestamp",
    "ts": "timestamp",
    "severity": "level",
    "log_level": "level",
    "msg": "message",
    "text": "message",
    "logger": "service",
    "source": "service",
    "component": "service",
    "module": "service",
}


def find_log_part(name: str, text: str) -> str:
    """Return a part of a line of a log: its time, its level, its service, its message."""
    match = LOG_LINE.search(text) if ":" in text else None
    part = LOG_NAMES.get(name.lower(), name.lower())
    return (match.groupdict().get(part) or "").strip() if match else ""


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
