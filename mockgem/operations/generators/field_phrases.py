"""Sentences about the fields of a JSON object: {"temp_c": 18} is "the temperature is 18 °C"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

UNITS = {
    "c celsius degc": "°C",
    "f fahrenheit degf": "°F",
    "kmh kph": "km/h",
    "mph": "mph",
    "mps": "m/s",
    "km kilometers kilometres": "km",
    "m meters metres": "m",
    "cm": "cm",
    "mm": "mm",
    "miles mi": "miles",
    "kg": "kg",
    "g grams": "g",
    "lb lbs": "lb",
    "pct percent percentage": "%",
    "min mins minutes": "minutes",
    "h hr hrs hours": "hours",
    "s sec secs seconds": "seconds",
    "ms": "ms",
    "days": "days",
    "nights": "nights",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "gb": "GB",
    "mb": "MB",
    "tb": "TB",
    "hpa": "hPa",
    "kwh": "kWh",
    "kcal": "kcal",
    "usd dollars": "$",
    "eur euros": "€",
    "gbp pounds": "£",
    "chf": "CHF",
}
BY_NAME = {name: unit for names, unit in UNITS.items() for name in names.split()}
"""The unit that the last word of a field's name stands for."""
SIGNS = {"$": "${}", "€": "€{}", "£": "£{}", "%": "{}%"}
PERCENT = frozenset("humidity chance".split())
NAMES = {
    "temp": "temperature",
    "desc": "description",
    "from": "source",
    "to": "target",
    "qty": "quantity",
    "id": "ID",
    "eta": "ETA",
    "url": "URL",
    "isbn": "ISBN",
    "gdp": "GDP",
    "cpu": "CPU",
    "dob": "date of birth",
}
PLACES = "city location place town".split()
THINGS = "name title product product_name item symbol ticker country label".split()
NUMBERED = re.compile(
    r"(order|flight|ticket|invoice|package|shipment|booking|reservation|room|train|account|case"
    r"|table|gate)(?:_(?:id|number|no|code))?",
    re.I,
)
"""The names of fields with the number of a thing: "order_id"."""
SKIES = ("condition", "conditions", "weather", "description", "summary", "forecast")
NOUN_WEATHER = re.compile(r"\b(?:rain|snow|fog|drizzle|showers?|thunderstorms?|mist|hail)\Z", re.I)
STATES = frozenset(
    """shipped delivered delayed cancelled canceled pending confirmed processing active inactive
    paid unpaid open closed available unavailable overdue refunded returned approved rejected
    completed expired boarding scheduled running ready locked resolved""".split()
)
IN_STATE = re.compile(r"(?:in|on|out|under|not|at) \w+", re.I)


def describe_value(value: Any) -> str:
    """Return a sentence about an object or an array of objects; empty for other values."""
    match value:
        case dict() if isinstance(value.get("error"), str):
            return f"there was an error: {value['error'].rstrip('.')}"
        case dict() if value:
            arrays = [key for key, item in value.items() if is_table(item) and item[1:]]
            others = {key: item for key, item in value.items() if key not in arrays}
            if not arrays:
                return describe_object(value)
            found = describe_rows(value[arrays[0]], " ".join(split_words(arrays[0])))
            return f"{describe_object(others)}; {found}" if others else found
        case list() if is_table(value):
            return describe_rows(value)
    return ""


def is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def describe_object(value: dict[str, Any]) -> str:
    """Return a sentence about an object without its full stop; names alone begin with capitals."""
    fields = {key: item for key, item in flatten(value) if not isinstance(item, dict)}
    if fields.get("success") is True and len(fields) > 1:
        del fields["success"]
    described = (describe(fields) for describe in (describe_weather, describe_person, describe_sum))
    if about := next(filter(None, described), ""):
        return about
    subject, phrase = take_subject(fields)
    clauses = list_clauses(fields)
    state = fields.get("status", fields.get("state"))
    if subject and is_state(state):
        clauses = [one for one in clauses if not one.startswith(("the status is", "the state is"))]
        return join([f"{subject} is {spell_state(str(state))}", *clauses])
    if not clauses:
        return subject
    if phrase.startswith("for ") and (first := CLAUSE.match(clauses[0])):
        words = first[0].split()
        clauses[0] = f"{' '.join(words[:-1])} of {subject} {words[-1]} {clauses[0][first.end() :]}"
        return join(clauses)
    return f"{phrase}{join(clauses)}"


def flatten(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an object, those of objects in it as well."""
    for key, item in value.items():
        if is_table(item) and len(item) == 1:
            item = item[0]
        if isinstance(item, dict) and {"value", "unit"} == item.keys():
            yield f"{key}_{item['unit']}", item["value"]
        elif isinstance(item, dict) and item:
            yield from flatten(item)
        else:
            yield str(key), item


def is_state(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    words = value.replace("_", " ").lower()
    return words in STATES or IN_STATE.fullmatch(words) is not None or words == "out for delivery"


def spell_state(value: str) -> str:
    return value.replace("_", " ").lower()


def take_subject(fields: dict[str, Any]) -> tuple[str, str]:
    """Take the field that says what an object is about: the thing, and how a sentence begins."""
    for key in list(fields):
        numbered = NUMBERED.fullmatch(key)
        if numbered and isinstance(fields[key], (str, int)) and len(fields) > 1:
            name = f"{numbered[1].lower()} {fields.pop(key)}"
            return name, f"for {name}, "
    for key in (*THINGS, *PLACES):
        if isinstance(fields.get(key), str) and len(fields) > 1:
            name = fields.pop(key)
            return name, f"{'in' if key in PLACES else 'for'} {name}, "
    return "", ""


def describe_sum(fields: dict[str, Any]) -> str:
    """Return "100 USD is 92.4 EUR" for a conversion; empty for other objects."""
    source, target, result = fields.get("from"), fields.get("to"), fields.get("result")
    amount = fields.get("amount")
    if not (isinstance(source, str) and isinstance(target, str) and is_number(result)):
        return ""
    return f"{amount} {source} is {result} {target}" if is_number(amount) else ""


def describe_person(fields: dict[str, Any]) -> str:
    """Return "Ann is 29 years old and lives in Oslo"; empty for other things."""
    name, age = fields.get("name"), fields.get("age")
    if not isinstance(name, str) or not isinstance(age, int):
        return ""
    rest = {key: item for key, item in fields.items() if key not in ("name", "age")}
    clauses = [f"{name} is {age} years old"]
    for key in ("occupation", "job", "profession"):
        if isinstance(rest.get(key), str):
            job = rest.pop(key)
            clauses.append(f"works as {name_article(job)}{job.lower()}")
    for key in PLACES:
        if isinstance(rest.get(key), str):
            clauses.append(f"lives in {rest.pop(key)}")
    return join([*clauses, *list_clauses(rest)])


def name_article(noun: str) -> str:
    return "an " if noun[:1].lower() in "aeiou" else "a "


def describe_weather(fields: dict[str, Any]) -> str:
    """Return "it is cloudy in Oslo, with a temperature of 4 °C"; empty for other objects."""
    sky = next((key for key in SKIES if isinstance(fields.get(key), str)), "")
    heat = [key for key in fields if key.lower().startswith(("temp", "high", "feels"))]
    if not sky or not heat or len(fields[sky].split()) > 4:
        return ""
    rest = dict(fields)
    state = rest.pop(sky).strip(" .")
    state = state if state.isupper() else state[:1].lower() + state[1:]
    place = next((rest.pop(key) for key in (*PLACES, "name") if isinstance(rest.get(key), str)), "")
    begins = "there is" if NOUN_WEATHER.search(state) or state.endswith("sky") else "it is"
    begins = begins.replace("is", "are") if state.endswith(("showers", "thunderstorms")) else begins
    article = "a " if state.endswith("sky") else ""
    first = f"{begins} {article}{state}{f' in {place}' if place else ''}"
    clauses = list_clauses(rest)
    found = [CLAUSE.sub(name_value, one, count=1) for one in clauses]
    return f"{first}, with {join(found)}" if found else first


CLAUSE = re.compile(r"\Athe ([\w -]+?) (?:is|are) ")


def name_value(match: re.Match[str]) -> str:
    """Return the beginning of a clause as a noun: "the wind speed is " → "a wind speed of "."""
    noun = match[1]
    if noun in ("humidity", "visibility", "precipitation"):
        return f"{noun} of "
    return f"{name_article(noun)}{noun} of "


def describe_rows(rows: list[dict[str, Any]], noun: str = "") -> str:
    """Return a sentence about the objects of an array, each with its fields in brackets."""
    texts = []
    for row in rows[:12]:
        fields = dict(flatten(row))
        subject, _ = take_subject(fields)
        pairs = [CLAUSE.sub(r"\1 ", one, count=1) for one in list_clauses(fields)]
        facts = ", ".join(pairs)
        texts.append(f"{subject} ({facts})" if subject and facts else subject or facts)
    noun = noun or "results"
    if len(rows) == 1:
        return f"there is one result: {texts[0]}"
    return f"there are {len(rows)} {noun}: {join(texts)}"


def list_clauses(fields: dict[str, Any]) -> list[str]:
    """Return what the fields of an object say, each as a clause."""
    currency = fields.get("currency") if isinstance(fields.get("currency"), str) else ""
    unit = next((fields[key] for key in ("unit", "units") if isinstance(fields.get(key), str)), "")
    left = [key for key in fields if not (key == "currency" and has_amount(fields))]
    if unit and any(is_number(item) for item in fields.values()):
        left = [key for key in left if key not in ("unit", "units")]
    return [write_clause(key, fields[key], currency or "", unit) for key in left][:16]


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


AMOUNT = re.compile(
    r"price|amount|total|cost|balance|fee|fare|subtotal|rate|salary|value|bid|ask|close|open"
)


def has_amount(fields: dict[str, Any]) -> bool:
    return any(is_number(item) and AMOUNT.search(key.lower()) for key, item in fields.items())


def write_clause(key: str, value: Any, currency: str = "", unit: str = "") -> str:
    """Return a field as a clause: "the wind speed is 12 km/h", "it is in stock"."""
    words = split_words(key)
    if isinstance(value, bool):
        return write_flag(words, value=value)
    text = format_value(value)
    if is_number(value):
        words, text = add_unit(words, value, currency, unit)
    elif value is None:
        text = "not known"
    noun = " ".join(NAMES.get(word, word) for word in words) or "value"
    is_plural = noun.endswith("s") and not noun.endswith(("ss", "us", "is"))
    return f"the {noun} {'are' if is_plural else 'is'} {text}"


def split_words(key: str) -> list[str]:
    """Return the words of a field's name: "windSpeed" → "wind", "speed"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", key)
    return re.sub(r"[_\W]+", " ", spaced).lower().split() or ["value"]


def add_unit(words: list[str], value: float, currency: str, unit: str) -> tuple[list[str], str]:
    """Return the words of a field without its unit, and the number with it."""
    text = str(value)
    found = BY_NAME.get(words[-1]) if len(words) > 1 else None
    if words[-3:] == ["km", "per", "h"] and len(words) > 3:
        words, found = [*words[:-2]], "km/h"
    if found is not None:
        words = words[:-1]
    elif currency and AMOUNT.search(" ".join(words)):
        found = BY_NAME.get(currency.lower(), currency)
    elif PERCENT.intersection(words) and value > 1:
        found = "%"
    elif unit and words[0].startswith(("temp", "value", "distance", "weight", "feels")):
        found = BY_NAME.get(unit.lower().strip("°"), unit)
    if words == ["wind"]:
        words = ["wind", "speed"]
    if found is None:
        return words, text
    if found in "$€£" and isinstance(value, float):
        text = f"{value:.2f}" if round(value, 2) == value else text
    if value == 1 and len(found) > 3:
        found = found.removesuffix("s")
    return words, SIGNS[found].format(text) if found in SIGNS else f"{text} {found}"


def write_flag(words: list[str], *, value: bool) -> str:
    """Return a clause for true or false: "it is in stock", "it has no lift"."""
    if words[0] in ("is", "has") and len(words) > 1:
        rest = " ".join(words[1:])
        if words[0] == "is":
            return f"it is {rest}" if value else f"it is not {rest}"
        return (
            f"it has {'' if rest.endswith('s') else 'a '}{rest}" if value else f"it has no {rest}"
        )
    if len(words) > 1 and words[-1].endswith(("ed", "able")):
        be = "are" if words[-2].endswith("s") else "is"
        return f"{' '.join(words[:-1])} {be}{'' if value else ' not'} {words[-1]}"
    if words == ["success"]:
        return "it was successful" if value else "it was not successful"
    return f"it is {'' if value else 'not '}{' '.join(words)}"


def join(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if parts[1:] else "".join(parts)


def format_value(value: Any) -> str:
    """Return a JSON value as words: a list with commas, an object field by field."""
    match value:
        case str():
            return value
        case list() if value:
            texts = [format_value(item) for item in value[:12]]
            return join(texts) if all(isinstance(item, str) for item in value) else ", ".join(texts)
        case dict() if value:
            return ", ".join(
                f"{' '.join(split_words(str(key)))} {format_value(item)}"
                for key, item in list(value.items())[:12]
            )
        case None:
            return "unknown"
    return json.dumps(value, ensure_ascii=False)
