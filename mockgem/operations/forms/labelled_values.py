"""Values that stand behind their label in a text: totals, the items of a list, ids."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.price_rows import MONEY, to_code
from mockgem.operations.forms.text_candidates import parse_amount

AMOUNT = r"(\d{1,3}(?:[.,' ]\d{3}){1,3}(?:[.,]\d\d)?|\d{1,9}(?:[.,]\d{1,2})?)(?![\d%]| ?%)"
BETWEEN = r"[^\w\n]{0,12}(?:\(?\d{1,2}(?:[.,]\d)? ?%\)?)?[^\d\n]{0,16}"
SUBTOTAL = r"sub-?total|net(?:to| amount| total)?|zwischensumme|sous-total|base imponible"
TAX = r"(?:incl\.? |plus |zzgl\.? )?(?:sales tax|tax|vat|gst|mwst\.?|ust\.?|iva|tva|umsatzsteuer)"
TOTAL = (
    r"(?:grand |invoice |order )?total(?: due| amount| ttc)?|amount due|gesamt(?:betrag|summe)?"
    r"|summe|brutto|balance due|importe total|montant total|totale"
)


def label_line(label: str) -> re.Pattern[str]:
    return make_regex(rf"(?:^|[.;|,] )[ \t*]{{0,4}}(?:{label})\b{BETWEEN}{AMOUNT}", re.I | re.M)


LABELS = (
    (make_regex(r"^(?:sub_?total|net_?(?:amount|total)|netto|zwischensumme)$"), SUBTOTAL),
    (make_regex(r"^(?:(?:total_|sales_)?(?:tax|vat)|mwst|iva|tva)(?:_amount)?$"), TAX),
    (
        make_regex(
            r"^(?:(?:grand|invoice|order)_?)?total(?:_amount|_due|_price)?$|^amount_due$"
            r"|^gesamt(?:betrag|summe)?$|^brutto$|^gross_(?:amount|total)$"
        ),
        TOTAL,
    ),
)
LINES = tuple((names, label_line(label)) for names, label in LABELS)
"""The label of a line by the name of the field that takes its last amount."""
CURRENCY = make_regex(r"^(?:currency|währung|moneda|devise|valuta)(?:_code)?$")
NUMBERED = make_regex(r"^([a-z]{3,20})_(?:id|number|no|nr|ref|code)$")
ID_BEHIND = make_regex(
    rf"(?<![^\W_]){NAME}[a-z]{{0,12}}(?:[ _-]?(?:id|no|number|nr|ref)\b)?\.?\s?[=:#]\s?#?"
    r"([\w-]{0,40}\d[\w-]{0,40})",
    re.I,
)
STEM = 3
"""Letters of a word of which a log often has only the beginning: "req" for a request."""
BRACKETS = make_regex(r"\A(?:\[[^\]\n]{1,60}\]\s?)+(?=\S)")
ACCOUNT = make_regex(
    r"\b(?:from|aus|von|desde|de)(?: (?:my|the|his|her|meinem|mi|mon))? "
    r"([\w-]+(?: (?!to\b|into\b)[\w-]+){0,3}?)(?: account)? (?:to|into|auf|nach|a) (?:my |the )?"
    r"([\w-]+(?: account)?)",
    re.I,
)
FROM = make_regex(r"^(?:from|source)_[a-z]+$")
TO = make_regex(r"^(?:to|target|destination)_[a-z]+$")


def read_labels(value: dict[str, Any], subs: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object with the values that stand behind their labels in a text."""
    read = dict(value)
    for key, item in value.items():
        schema = subs.get(key) or {}
        if isinstance(item, list):
            read[key] = read_series(key, item, schema, text)
        elif isinstance(item, dict):
            read[key] = read_accounts(item, text)
        elif not schema.keys() & {"enum", "const"} and not isinstance(item, bool):
            read[key] = read_single(read_name(key), item, schema, text)
    return name_event(clean_message(read, text), text)


TITLE = make_regex(
    r"^(?:(?:event_)?title|summary|event|event_name|titel|titulo|título|titre|titolo)$"
)
EVENT = make_regex(r"^(?:start|end|starts?_at|date|time|start_time|fecha|hora|datum|beginn|inicio)")
LABEL = make_regex(r"\A[\w -]{2,20}: ")
PHRASE = make_regex(
    r"\A((?:an? |the |my )?[^\W\d](?:[^,.;:\n()]|(?<=Dr)\.|(?<=Mr)\.){2,60}?)"
    r"(?= (?:on|at|next|from|in|this|tomorrow|am|um|im|el|en la|le|à|alle|il)\b"
    r"|[,;:\n(]|(?<!Dr)(?<!Mr)\.|\Z)",
    re.I,
)
COMPANY_OF = make_regex(
    r"\b(?:with|mit|con|avec|com) ((?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-ZÀ-Þ][\w'’-]+"
    r"(?: [A-ZÀ-Þ][\w'’-]+)?(?:(?:, | and | und | y | et )"
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?[A-ZÀ-Þ][\w'’-]+"
    r"(?: [A-ZÀ-Þ][\w'’-]+)?){0,5})"
)
ATTENDEES = make_regex(r"^(?:attendees|participants|guests|invitees|teilnehmer|asistentes)$")
LOCATION = make_regex(r"^(?:location|place|venue|where|ort|lugar|lieu)$")
BESIDE = make_regex(
    r"\b(?:next to|near|opposite|in front of|at|in|beside) the ("
    r"(?:[A-Za-z-]+ ){0,2}(?:station|office"
    r"|library|café|cafe|restaurant|hotel|park|school|museum|airport|clinic|hospital|gym|church"
    r"|pub|bar|mall|theat(?:re|er)|cinema|town hall|main building|conference room|lobby|canteen))"
)


def name_event(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object whose title is the first phrase of a short text about an event."""
    names = {read_name(key): key for key in value}
    title = next((key for name, key in names.items() if TITLE.match(name)), None)
    is_label = title and isinstance(value[title], str) and text.startswith(f"{value[title]}:")
    if title is None or "\n" in text.strip() or not (is_label or any(map(EVENT.match, names))):
        return value
    plain = LABEL.sub("", text.strip(" \"'“”"))
    phrase = PHRASE.match(plain)
    if is_label:
        head = re.split(r"[,.;:\n]", plain, maxsplit=1)[0]
        return {**value, title: head.strip()}
    if title == names.get("summary") and not LOCATION_KEYS & names.keys():
        return value
    named: dict[str, Any] = {title: f"{phrase[1][:1].upper()}{phrase[1][1:]}"} if phrase else {}
    for name, key in names.items():
        if ATTENDEES.match(name) and (found := COMPANY_OF.search(text)):
            named[key] = re.split(r", (?:and )?| (?:and|und|y|et) ", found[1])
        if LOCATION.match(name) and (found := BESIDE.search(text)):
            named[key] = found[1]
    return {**value, **named}


LOCATION_KEYS = frozenset("location attendees venue place".split())


def read_single(name: str, item: Any, schema: dict[str, Any], text: str) -> Any:
    if CURRENCY.match(name):
        return find_currency(text) or item
    if (numbered := NUMBERED.match(name)) is not None:
        return read_id(numbered[1], item, schema, text)
    if schema.get("type") == "string":
        return item
    line = next((line for names, line in LINES if names.match(name)), None)
    found = line.findall(text) if line else []
    if not found:
        return item
    number = parse_amount(found[-1].replace("'", "").replace(" ", ""))
    return number if isinstance(item, (int, float)) or item is None else item


def find_currency(text: str) -> str:
    """Return the currency of the amounts in a text; empty without one, or with several."""
    codes = {to_code(match["sign"] or match["mark"]) for match in MONEY.finditer(text[:6000])}
    return codes.pop() if len(codes) == 1 else ""


def read_id(stem: str, item: Any, schema: dict[str, Any], text: str) -> Any:
    """Return the id behind the beginning of its name: "[req=7f3a]" for a request."""
    found = search_named(ID_BEHIND, stem[:STEM], text[:6000])
    if found is None or not found[0].lower().startswith(stem[:STEM]):
        return item
    if stem.startswith(found[0].lower().rstrip("=:# ")[: len(stem)].partition("=")[0][:STEM]):
        is_digits = found[1].isdecimal()
        if is_digits and (schema.get("type") == "string" or not isinstance(item, int)):
            return item if str(item) == found[1] else found[1] if item is None else item
        return int(found[1]) if is_digits else found[1]
    return item


def clean_message(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a record of a log whose message has no ids in brackets that have their own fields."""
    message = value.get("message")
    if not isinstance(message, str) or "level" not in value or not message.startswith("["):
        return value
    return {**value, "message": BRACKETS.sub("", message)}


def read_accounts(value: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object with the two sides of "from my savings account to checking"."""
    source = next(filter(FROM.match, value), None)
    target = next(filter(TO.match, value), None)
    match = ACCOUNT.search(text[:2000]) if source and target else None
    if match is None:
        return value
    amounts = {
        key: parse_amount(item)
        for key, item in value.items()
        if key == "amount" and isinstance(item, str) and PLAIN_MONEY.fullmatch(item)
    }
    return {**value, str(source): match[1], str(target): match[2], **amounts}


PLAIN_MONEY = make_regex(r"\d[\d.,]* (?:dollars|euros?|pounds|francs)")


def read_series(key: str, item: list[Any], schema: dict[str, Any], text: str) -> list[Any]:
    """Return the items behind the heading of a list of strings: "Skills: Python, Kafka"."""
    if not all(isinstance(one, str) for one in item) or "enum" in (schema.get("items") or {}):
        return item
    wanted = read_name(key).replace("_", " ")
    lines = text[:6000].splitlines()
    for at, line in enumerate(lines):
        label, mark, rest = line.strip(" -*#•").partition(":")
        own = (label if mark else line).strip(" *#:_").lower()
        if own not in (wanted, f"{wanted}s", f"key {wanted}", f"technical {wanted}"):
            continue
        items = split_items(rest) if rest.strip(" *") else list_below(lines[at + 1 :])
        if len(items) > 1 or (items and mark and rest.strip()):
            return items
    return item


def split_items(text: str) -> list[str]:
    separator = r"\s*[;|•]\s*" if re.search(r"[;|•]", text) else r",\s*(?:and |und |y |et )?"
    return [one.strip(" .*") for one in re.split(separator, text) if one.strip(" .*")]


def list_below(lines: list[str]) -> list[str]:
    """Return the bullets below a heading, or the series in the line below it."""
    bullets = []
    for line in lines:
        if not line.lstrip().startswith(("-", "*", "•")):
            break
        bullets.append(line.strip(" -*•"))
    return bullets or (split_items(lines[0]) if lines and ", " in lines[0] else [])
