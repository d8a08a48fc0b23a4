"""Find the value of a field in a text: after its label, by its kind, by the word before it."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.name_words import list_names
from mockgem.operations.forms.stated_values import fill_stated
from mockgem.operations.generators.hints import to_iso_date

SYNONYMS = (
    "sender from origin source departure von absender de remitente expéditeur mittente start",
    "recipient to destination target arrival receiver nach empfänger para destinatario"
    " destinataire ziel",
    "total amount sum price cost betrag importe montant importo",
    "phone telephone tel mobile telefon teléfono",
    "email e-mail mail",
    "date datum fecha day when eta deadline due",
    "name title nombre nom nome titel",
    "host hostname server machine node",
    "id number no nr code reference ref ticket",
    "level severity priority",
    "message msg text",
    "company organisation organization employer firm vendor supplier",
    "job position role occupation",
)
GROUPS = [frozenset(words.split()) for words in SYNONYMS]
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
DATE = make_regex(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{1,2}/\d{1,2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{MONTH}(?:,? \d{{4}})?\b"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"
)
DATE_NAME = make_regex(r"(?:^|_)(?:date|deadline|due|birthday)(?:_|$)", re.I)
MONEY = make_regex(r"[$€£]|\b(?:EUR|USD|GBP|CHF)\b", re.I)
TIME = make_regex(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\b|\b(?:1[0-2]|0?[1-9]) ?[ap]m\b", re.I
)
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (r"(?:^|_)ip(?:_address)?$", make_regex(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")),
    (r"e?mail", make_regex(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (r"(?:^|_)(?:url|link|website)$", make_regex(r"https?://[^\s,;)\"'>]+|\bwww\.[^\s,;)\"'>]+")),
    (r"(?:^|_)(?:date|day|datum|fecha|eta|deadline|due|birthday|born)(?:_|$)", DATE),
    (r"(?:^|_)(?:time|uhrzeit|hora|start_time|end_time)$", TIME),
    (
        r"(?:^|_)(?:phone|mobile|tel|telephone|fax)(?:_number)?$",
        make_regex(r"\+?\d[\d ()/-]{6,18}\d"),
    ),
    (r"(?:^|_)(?:percentage|percent|discount)$", make_regex(r"\d+(?:\.\d+)?(?= ?%)")),
    (
        r"(?:^|_)(?:id|code|number|no|ref|reference|sku|serial|ticket|plate|invoice|order|tracking"
        r"|flight)(?:_id"
        r"|_number|_code|_no)?$",
        make_regex(
            r"\b(?=[A-Z0-9-]{0,14}\d)(?=[A-Z0-9-]{0,14}[A-Z-])[A-Z0-9]{1,10}(?:-?[A-Z0-9]{1,12}){1,4}\b"
        ),
    ),
    (
        r"(?:^|_)(?:address|street|adresse|dirección|indirizzo|endereço)$",
        make_regex(
            r"\b\d{1,5} (?:[A-Z][\w'.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square"
            r"|Row|Court|Way)\b"
            r"|\b[A-ZÀ-Þ][\w'.-]+(?: (?:[A-ZÀ-Þ]|das|dos|de|da|do|di|del|la)[\w'.-]*){0,4},?"
            r" \d{1,4}[a-z]?\b"
        ),
    ),
    (r"(?:^|_)(?:version)$", make_regex(r"\bv?\d+\.\d+(?:\.\d+)?\b")),
)
COMPILED = [(make_regex(pattern, re.I), value) for pattern, value in KINDS]
BEFORE = (
    (frozenset("sender from origin source departure start".split()), r"(?:from|von|desde|de|da)"),
    (
        frozenset("recipient to destination target arrival receiver".split()),
        r"(?:to|for|nach|an|hacia|para|à|a)",
    ),
    (frozenset("author artist creator composer director".split()), r"(?:by|von|de|di)"),
    (
        frozenset("location city place venue country town room".split()),
        r"(?:in|at|near|aus|en|à|em)",
    ),
    (frozenset("company employer organisation organization".split()), r"(?:at|for|with|bei|of)"),
    (frozenset("allergy allergie allergen".split()), r"(?:to|gegen|a|à)"),
    (
        frozenset("role job position profession occupation".split()),
        r"(?:is an?|as an?|works as an?|ist)",
    ),
)
NAME = r"([A-ZÀ-Þ][\w'’&.-]*(?: (?:of |de |van |von )?[A-ZÀ-Þ][\w'’&.-]*){0,3})"
ORDINAL = make_regex(r"(?:_|^)(?:(a|1|first|one)|(b|2|second|two)|(c|3|third|three))$", re.I)
UNIT = make_regex(
    r"_(kg|g|km|m|cm|mm|l|ml|eur|usd|min|minutes|hours|days|gb|mb|lbs?|mg|kwh)$", re.I
)


def find_labelled(name: str, text: str) -> str:
    """Return what stands after a field's name and a mark: "host=db-1", "Total: 5 EUR"."""
    words = name.replace("_", " ").replace("-", " ").lower().split()
    if not words:
        return ""
    labels = [" ".join(words), words[-1], *(words[:1] if len(words) > 1 else [])]
    labels += [other for group in GROUPS if words[-1] in group for other in sorted(group)]
    for label in dict.fromkeys(labels):
        spelled = re.escape(label).replace(r"\ ", r"[ _-]")
        match = re.search(
            rf"(?:^|[\s,;/|(\[])[\"'*]{{0,3}}{spelled}[\"'*]{{0,3}}\s?[:=]\**[ ]?"
            r"[\"']?([^\n,;|\"']{1,80}?)[\"']?"
            r"(?=[ ]?[/|,;\n]|[ ]\w+[=]|\Z|\.(?:\s|\Z))",
            text,
            re.I,
        )
        if match is not None and match[1].strip(" .[]()"):
            return match[1].strip(" *")
    return ""


def find_by_kind(name: str, text: str) -> str:
    """Return the first value in a text that looks like the kind of a field: a date, an address."""
    for pattern, value in COMPILED:
        if pattern.search(name):
            match = value.search(text)
            return match[0] if match else ""
    return ""


def find_by_place(name: str, text: str) -> str:
    """Return the name after a preposition that fits a field, or the first or second name."""
    words = frozenset(name.lower().split("_"))
    for names, before in BEFORE:
        if words & names:
            plain = r"([a-zà-ÿ][\w-]{2,24})" if "role" in names or "allergy" in names else NAME
            match = re.search(rf"(?<!\w){before} (?:the |den |der |la |el )?{plain}", text)
            return match[1].strip(" .,") if match else ""
    return ""


def find_by_order(name: str, text: str) -> str:
    """Return the first name of a text for party_a, the second for party_b."""
    match = ORDINAL.search(name)
    if match is None:
        return ""
    place = next(at for at, group in enumerate(match.groups()) if group)
    names = list_names(text)
    return names[place] if place < len(names) else ""


def find_in_text(name: str, text: str) -> str:
    """Return the value of a field in a text; empty if nothing in the text is like it."""
    return (
        find_labelled(name, text)
        or find_by_kind(name, text)
        or find_by_place(name, text)
        or find_by_order(name, text)
    )


def fill_from_text(value: dict[str, Any], fields: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object with the values that a text has for its fields."""
    return {key: fill_field(key, item, fields.get(key, {}), text) for key, item in value.items()}


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
    sure = find_labelled(name, text) or find_by_order(name, text)
    if DATE_NAME.search(name) and MONEY.search(sure):
        sure = ""
    found = sure or find_by_kind(name, text) or find_by_place(name, text)
    if not found:
        return value
    if DATE.fullmatch(found) and schema.get("format") == "date":
        return to_iso_date(found) or found
    return found if sure or not isinstance(value, str) or value not in text else value


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
    found = (match[1] if match else "") or (labelled[0] if labelled else "")
    if not found:
        return value
    number = float(found.replace(",", ""))
    return int(number) if kind == "integer" or number == int(number) else number


LINE_NUMBER = make_regex(r"-?\d[\d,]*(?:\.\d+)?")


def fill_from_line(value: dict[str, Any], fields: dict[str, Any], line: str) -> dict[str, Any]:
    """Return a row with the values of one line, such as "200 g flour"."""
    rest, row = line.strip(" -*•."), dict(value)
    open_keys: list[str] = []
    for key in fields:
        if (found := find_by_kind(key, rest)) and fields[key].get("type") == "string":
            row[key], rest = found, rest.replace(found, " \0 ", 1)
    done = {key for key in fields if row[key] != value[key]}
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
    if len(open_keys) == 1 and words:
        row[open_keys[0]] = " ".join(words[:6])
    elif len(open_keys) > 1 and words:
        row[open_keys[0]] = words[0]
        row[open_keys[-1]] = words[-1].strip(".")
    return row
