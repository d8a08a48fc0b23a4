"""Rows for a list of objects from the records of a text: lines, series, sentences about people."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.aspect_rows import read_aspects
from mockgem.operations.forms.chat_tasks import read_chat_tasks
from mockgem.operations.forms.field_cues import find_kind, read_name
from mockgem.operations.forms.field_filling import LOG_LINE, LOG_NAMES
from mockgem.operations.forms.food_rows import read_meals
from mockgem.operations.forms.job_rows import read_roles, read_staff, read_stations
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.price_rows import COUNT, THING, read_money, read_prices
from mockgem.operations.forms.row_fields import Fields, Row, find_key, fit
from mockgem.operations.forms.sql_columns import read_columns
from mockgem.operations.forms.text_candidates import Candidates, parse_amount

UNIT = make_regex(r"(?:^|_)(?:unit|einheit|unidad|unité)$")
SERIES = make_regex(
    r"(?<![\w.,])(?P<count>\d{1,5}|(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|a"
    r" dozen)) "
    r"(?:x )?(?P<name>(?!(?:am|pm|percent|days?|weeks?|months?|years?|hours?|minutes?|people|times"
    r"|out)\b)"
    r"[a-zà-ÿ][\w'-]*(?: (?!(?:and|or|for|to|at|by|on|in|from|please|each|is|are|und|y|et"
    r"|delivered|shipped|sent|today|tomorrow)\b)[a-zà-ÿ][\w'-]*){0,4})"
    r"(?=\s?(?:[,.;!?]|\band\b|\bund\b|\by\b|\bet\b|\bfor\b|\bto\b|\bby\b|\bon\b|\bplease\b"
    r"|\bdelivered\b|\bshipped\b|\bfrom\b|\btoday\b|\btomorrow\b|\Z|\n))"
)
WORDS = dict(
    zip(
        "a an one two three four five six seven eight nine ten".split(),
        (1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        strict=True,
    )
)
MEASURE = make_regex(r"(?:kg|g|mg|ml|cl|dl|l|tbsp|tsp|cups?|oz|lbs?|grams?|litres?|EL|TL)\b")
LEVELLED = make_regex(r"(?:^|[,;:] |\n)([A-ZÀ-Þ][\w +#./-]{1,40}?) ?\(([^()\n]{2,40})\)")
DOSE = make_regex(
    r"([A-Za-z][a-zA-Z-]{3,30}) (\d{1,5}(?:[.,]\d+)? ?(?:mg|g|ml|mcg|µg|IU|units|tablets?))"
    r"(?:,? ((?:once|twice|three times|\d times|every|at night|daily|as needed|in the)[a-z0-9"
    r" ]{0,24}?)"
    r"(?=,|\.|;| and | for |\n|\Z))?"
)
CONTACT = make_regex(
    r"^[ \t]*[-*•]?\s?([A-ZÀ-Þ][\w'-]+), ([A-ZÀ-Þ][\w'-]+)[;,|]\s?([^\n]{2,60})$", re.M
)


def find_rows(fields: Fields, text: str) -> list[Row]:
    """Return a row for each record of a text; empty if it has none for these fields."""
    text = text[:6000]
    for read in READERS:
        if (rows := read(fields, text)) and len(rows) > 0:
            return rows
    return []


def read_logs(fields: Fields, text: str) -> list[Row]:
    names = {key: LOG_NAMES.get(read_name(key), read_name(key)) for key in fields}
    if len({"timestamp", "level", "message"} & {*names.values()}) < 2 or ":" not in text:
        return []
    parts = [match.groupdict() for match in LOG_LINE.finditer(text)]
    return [
        {key: (part.get(name) or "").strip() or None for key, name in names.items() if name in part}
        for part in parts
    ]


def read_series(fields: Fields, text: str) -> list[Row]:
    """Return a row for each thing with its number: "12 blue pens, 3 staplers and …"."""
    thing, count = find_key(fields, THING), find_key(fields, COUNT)
    size = find_key(fields, SIZE)
    if not thing or not count or thing == count:
        return []
    if len(fields) > 2 + bool(find_key(fields, UNIT)) + bool(size):
        return []
    if find_key(fields, UNIT):
        return []
    found = list(SERIES.finditer(text))
    if any(MEASURE.match(one["name"]) for one in found):
        return []
    rows = []
    for match in found:
        number = WORDS.get(match["count"].lower(), match["count"])
        row: Row = {thing: match["name"].strip(), count: int(number)}
        rows.append(fit(add_size(row, thing, size) if size else row, fields))
    numbered = [row for row, one in zip(rows, found, strict=True) if one["count"][:1].isdigit()]
    return numbered if len(numbered) > 1 else rows if len(rows) > 1 else []


CODE_KEY = make_regex(
    r"^(?:sku|code|part|part_(?:number|no)|article|article_(?:number|no)|item|item_code|product"
    r"|product_(?:id|code)|model)$"
)
CODED = make_regex(
    r"(?<![\w.,-])(?P<count>\d{1,6}) ?(?:x|×|pcs\.?|pieces?|units?|ea\.?|boxes|packs?|sets?"
    r"|St(?:ück|k)\.?|uds?\.?)? ?(?:of |von |de )?(?:(?:sku|item|article|part|model|no\.?)[ #:]*)?"
    r"(?P<code>[A-Z]{1,6}[-_/]?\d[\w/-]{0,15})(?![\w-])"
)
"""A number of things with a code: "40 pcs of AX-200"."""


def read_coded(fields: Fields, text: str) -> list[Row]:
    """Return a row for each code with its number: "40 pcs of AX-200 and 2 x BR-77"."""
    code, count = find_key(fields, CODE_KEY), find_key(fields, COUNT)
    if not code or not count or len(fields) > 2:
        return []
    found = CODED.findall(text)
    return [fit({code: name, count: int(number)}, fields) for number, name in found]


SIZE = make_regex(r"^(?:size|größe|grösse|groesse|tamaño|taille|dimensione)$")
SIZED = make_regex(
    r"(small|medium|large|extra[- ]large|regular|tall|big|XS|S|M|L|XL|kleine?n?|mittlere?n?"
    r"|gro(?:ß|ss)e?n?|grandes?|pequeñas?|medianas?)\s+(?=\w)"
)


def add_size(row: Row, thing: str, size: str) -> Row:
    """Return a row whose size stands apart: "large pepperoni pizza"."""
    match = SIZED.match(row[thing])
    return {
        **row,
        thing: row[thing][match.end() :] if match else row[thing],
        size: match and match[1],
    }


def read_levels(fields: Fields, text: str) -> list[Row]:
    """Return a row for each thing with a remark: "English (native), French (basic)"."""
    keys = [key for key in fields if fields[key].get("type") == "string"]
    if not len(keys) == 2 == len(fields) or "(" not in text:
        return []
    found = LEVELLED.findall(text)
    if len(found) < text.count("("):
        found = NAMED.findall(text)
    return [dict(zip(keys, pair, strict=True)) for pair in found] if len(found) > 1 else []


NAMED = make_regex(r"\b([A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+){0,2}) \(([^()\n]{2,40})\)")
CLAUSE = make_regex(r"[,;.\n]\s+(?:and |und )?|\s(?:and|und|while|whereas)\s")
FALLS = make_regex(
    r"\b(?:fell|falls?|dropped|drops?|lost|loses?|declined|down|sank|fiel)\b|-\d", re.I
)
CHANGES = make_regex(r"(?:^|_)(?:change|growth|delta|difference|move)(?:_|$)")


def read_clauses(fields: Fields, text: str) -> list[Row]:
    """Return a row for each clause with a name and a number: "Tesla fell 4.1%"."""
    texts = [key for key in fields if fields[key].get("type") == "string"]
    numbers = [key for key in fields if fields[key].get("type") in ("integer", "number")]
    if len(texts) != 1 or len(numbers) != 1 or len(fields) != 2:
        return []
    if find_kind(read_name(texts[0])) in ("date", "time", "email", "phone", "code", "url"):
        return []
    rows = []
    for clause in CLAUSE.split(text)[:60]:
        found = Candidates(clause)
        names = [one for one in found.found["name"] if one.kind != "label"]
        amounts = found.found["number"]
        if len(names) != 1 or len(amounts) != 1:
            continue
        number = parse_amount(amounts[0].text)
        is_fall = CHANGES.search(read_name(numbers[0])) and FALLS.search(clause)
        rows.append({texts[0]: names[0].text, numbers[0]: -abs(number) if is_fall else number})
    return [{key: row[key] for key in fields} for row in rows] if len(rows) > 1 else []


DOSE_KEYS = make_regex(r"^(?:dose|dosage|strength|dosis)$")
FREQUENCY = make_regex(r"^(?:frequency|frecuencia|schedule|how_often|instructions|intake)$")
DRUG = make_regex(r"^(?:name|drug|medication|medicine|medicament|drug_name|medication_name)$")


def read_doses(fields: Fields, text: str) -> list[Row]:
    """Return a row for each medicine: "aspirin 100 mg once daily"."""
    drug, dose = find_key(fields, DRUG), find_key(fields, DOSE_KEYS)
    if not drug or not dose:
        return []
    often = find_key(fields, FREQUENCY)
    return [
        {drug: name, dose: amount} | ({often: rate.strip() or None} if often else {})
        for name, amount, rate in DOSE.findall(text)
    ]


def read_contacts(fields: Fields, text: str) -> list[Row]:
    """Return a row for each "Smith, John; +1 202 555 0147"."""
    names = {read_name(key): key for key in fields}
    first, last = names.get("first_name"), names.get("last_name")
    if not first or not last:
        return []
    rows = []
    for surname, forename, rest in CONTACT.findall(text):
        row: Row = {first: forename, last: surname}
        found = Candidates(rest)
        for kind in ("phone", "email"):
            key = next((one for one in fields if find_kind(read_name(one)) == kind), None)
            if key:
                own = found.found[kind]
                row[key] = (
                    clean_phone(own[0].text)
                    if own and kind == "phone"
                    else own[0].text
                    if own
                    else None
                )
        rows.append(row)
    return rows if len(rows) > 1 else []


def clean_phone(text: str) -> str:
    """Return a phone number in E.164 form if it has the code of a country."""
    return re.sub(r"[^\d+]", "", text) if text.startswith("+") else text


def read_comma_lines(fields: Fields, text: str) -> list[Row]:
    """Return a row for each line with as many parts as there are fields."""
    keys = list(fields)
    if len(keys) < 2 or ("\n" not in text and ";" not in text):
        return []
    rows = []
    for line in re.split(r"[\n;]", text):
        parts = [part.strip(" .-*•") for part in re.split(r",\s|\s[|–-]\s", line)]
        if len(parts) != len(keys) or not all(parts) or ":" in parts[0]:
            continue
        ordered = order_parts(keys, parts, fields)
        if ordered:
            rows.append(ordered)
    return rows


def order_parts(keys: list[str], parts: list[str], fields: Fields) -> Row:
    """Return a row with the parts of a line in their fields: numbers where these want some."""
    row: Row = {}
    rest = list(parts)
    for key in keys:
        wants = fields[key].get("type") in ("integer", "number") or read_name(key) in (
            "year",
            "jahr",
        )
        if wants:
            number = next((one for one in rest if re.fullmatch(r"\d[\d.,]*", one)), None)
            if number is None:
                return {}
            rest.remove(number)
            row[key] = parse_amount(number) if fields[key].get("type") != "string" else number
    for key in keys:
        if key not in row and rest:
            row[key] = rest.pop(0)
    return row if len(row) == len(keys) else {}


AGED = make_regex(
    r"\b([A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+){0,2})(?:,? (?:is|ist|aged|a) )?,?"
    r" ?\(?(\d{1,3})\b(?!\s?(?:%|[A-Z]{3}|km|kg))"
    r"[^.\n]{0,60}?\b(?:in|from|aus|en|à|near) ([A-ZÀ-Þ][\w'-]+(?: [A-ZÀ-Þ][\w'-]+){0,2})"
)
WHO = make_regex(r"^(?:name|first_name|person|nombre|nom|vorname|full_name)$")
AGE = make_regex(r"^(?:age|alter|edad|âge)$")
CITY = make_regex(
    r"^(?:city|town|place|location|stadt|ort|wohnort|ciudad|ville|country|from|lives_in)$"
)


def read_people(fields: Fields, text: str) -> list[Row]:
    """Return a row for each "Ben, 29, comes from Cologne"."""
    keys = [find_key(fields, one) for one in (WHO, AGE, CITY)]
    if not all(keys) or len(fields) != 3:
        return []
    rows = [dict(zip(keys, found, strict=True)) for found in AGED.findall(text)]
    is_text = fields[keys[1]].get("type") == "string"
    rows = [{**row, keys[1]: row[keys[1]] if is_text else int(row[keys[1]])} for row in rows]
    return [{key: row[key] for key in fields} for row in rows] if len(rows) > 1 else []


READERS: tuple[Callable[[Fields, str], list[Row]], ...] = (
    read_logs,
    read_aspects,
    read_meals,
    read_stations,
    read_roles,
    read_staff,
    read_chat_tasks,
    read_columns,
    read_doses,
    read_contacts,
    read_people,
    read_prices,
    read_levels,
    read_money,
    read_coded,
    read_series,
    read_comma_lines,
    read_clauses,
)
