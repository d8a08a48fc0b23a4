"""The cells of a table: known things, facts, usual words, values of the given text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mockgem.operations.forms.assigned_tasks import find_tasks
from mockgem.operations.forms.correction_tables import list_corrections
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.given_rows import fill_rows, name_rows
from mockgem.operations.forms.language_packs import translate_heading
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import load_answers
from mockgem.operations.forms.local_lists import find_local_things, list_capitals
from mockgem.operations.forms.local_names import list_local_names
from mockgem.operations.forms.meal_cells import list_meals
from mockgem.operations.forms.phrases import capitalise
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sample_words import WORDS, find_sample_words
from mockgem.operations.forms.value_generation import generate_from
from mockgem.operations.forms.vocabulary import list_words
from mockgem.operations.forms.weekday_cells import list_day_cells
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.faker_pool import find_generator
from mockgem.operations.generators.hints import Hints
from mockgem.operations.generators.world_facts import COUNTRIES

MONTHS = (
    "January February March April May June July August September October November December".split()
)


def write_row(
    question: Question, writer: Writer, columns: list[str], names: list[str], at: int
) -> list[str]:
    """Return the cells of a row; the first one names it."""
    known = [ENGLISH_NAMES.get(column.lower(), "") in GEOGRAPHY for column in columns]
    if writer.language != "en" and known[0] and sum(known) > 1:
        question.places.setdefault("geography", 0)
    name = names[at] if at < len(names) else count_up(columns[0], at, writer.language)
    first = [name if name[1:2].isupper() else name[:1].upper() + name[1:]] if name else []
    rest = [fill_cell(column, question, writer) or "–" for column in columns[len(first) :]]
    return fit_facts(columns, [*first, *rest])


def count_up(column: str, at: int, language: str) -> str:
    """Return the cell of a column that counts its rows; empty for another column."""
    day = translate_heading("Day", language)
    if column == day and language != "en":
        return f"{day} {at + 1}"
    match column.lower():
        case "day" | "week" | "step" | "phase" | "lesson" | "chapter":
            return f"{column} {at + 1}"
        case "month":
            return MONTHS[at % 12]
        case "time" | "hour":
            return f"{(9 + at) % 24:02}:00"
        case "year":
            return str(2021 + at)
        case "#" | "no" | "no." | "nr" | "rank" | "id" | "number":
            return str(at + 1)
    return ""


EURO = frozenset("Austria France Germany Greece Ireland Italy Portugal Spain".split())
CURRENCIES = {
    "UK": "Pound sterling",
    "Japan": "Yen",
    "Norway": "Norwegian krone",
    "Poland": "Zloty",
    "Sweden": "Swedish krona",
    "China": "Yuan",
    "Mexico": "Mexican peso",
}


def fit_facts(columns: list[str], cells: list[str]) -> list[str]:
    """Return a row in which a known country has its own city and language."""
    known = next((COUNTRIES[cell] for cell in cells if cell in COUNTRIES), None)
    if known is None:
        return cells
    name = next(cell for cell in cells if cell in COUNTRIES)
    facts = {"capital": known.city, "language": known.language, "official language": known.language}
    if name in CURRENCIES or name in EURO:
        facts["currency"] = CURRENCIES.get(name, "Euro")
    return [facts.get(column.lower(), cell) for column, cell in zip(columns, cells, strict=True)]


def fill_from_material(question: Question, columns: list[str], count: int) -> list[list[str]]:
    """Return rows with the values of the given text."""
    if corrections := list_corrections(columns, question.material):
        return corrections
    if tasks := find_tasks(dict.fromkeys(columns), question.material):
        return [[capitalise(str(row.get(column) or "–")) for column in columns] for row in tasks]
    schema = build_object(
        [(column, describe_cell(column.lower().replace(" ", "_"))) for column in columns]
    )
    rows = [generate_from(schema, question) for _ in range(min(count, 60))]
    filled = fill_rows(name_rows(rows, question), schema, question)
    return [
        [shorten(to_text(row.get(column) or "") or "–") for column in columns] for row in filled
    ]


def describe_cell(name: str) -> dict[str, Any]:
    """Return the schema of a cell: a list is a text there."""
    schema = describe_by_name(name)
    return schema if schema.get("type") != "array" else {"type": "string"}


def to_text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)


PER = make_regex(
    r"\s?(?:per|/|a) (?:month|year|week|day|night|hour|person|seat|unit|kg|piece|user)\Z", re.I
)
"""What a price is for, which says nothing of its kind: "Price per month"."""


def fill_cell(column: str, question: Question, writer: Writer) -> str:
    """Return the value of a column: from the given text, else a name, a number or a few words."""
    name = PER.sub("", column.lower())
    if question.language != "en" and (meals := list_meals(name, question.language)):
        return take_next(name, meals, question)
    kind = LOCAL_KINDS.get(name) or (name if question.language != "en" else "")
    if kind and not question.material and (things := find_local_things(kind, question.language)):
        if things == list_capitals(question.language):
            question.places.setdefault(name, 0)
        return take_next(name, things, question)
    if question.language != "en" and not question.material:
        return fill_foreign_cell(ENGLISH_NAMES.get(name, name), question, writer)
    if not question.material and (cells := list_day_cells(column, question.layout)):
        return take_next("days of a plan", cells, question)
    if name == "price" and DEVICES.search(question.layout) and not question.material:
        return take_next(name, DEVICE_PRICES, question)
    if name in USUAL_CELLS and not question.material:
        return take_next(name, USUAL_CELLS[name], question)
    schema = describe_cell(name.replace(" ", "_"))
    is_unknown = schema == {"type": "string"} and find_generator(name) is None
    is_unknown = is_unknown or PRODUCT.match(column) is not None or name == "duration"
    if is_unknown and question.language == "en" and not question.material:
        return take_next(name, find_cell_words(name), question)
    value = generate_from(schema, question, name, None if question.material else Hints())
    return shorten(to_text(value))


DEVICES = make_regex(
    r"\b(?:iphones?|pixel|galaxy|(?:smart)?phones?|laptops?|macbook|ipad|tablets?)\b", re.I
)
DEVICE_PRICES = ("$799", "$699", "$859", "$599", "$999")
PRODUCT = make_regex(r"i[A-Z][a-z]|[A-Z][a-z]+[A-Z]")
"""A product's name, such as iPhone, which does not stand for a phone number."""
LOCAL_KINDS = {
    one: many
    for many, ones in {
        "colores": "color",
        "farben": "farbe",
        "couleurs": "couleur",
        "colori": "colore",
        "cores": "cor",
        "früchte": "frucht obst",
        "frutas": "fruta",
        "fruits": "fruit",
        "frutti": "frutto frutta",
        "estaciones": "temporada estación",
        "jahreszeiten": "jahreszeit saison erntezeit",
        "saisons": "saison",
        "stagioni": "stagione",
        "estações": "estação época",
    }.items()
    for one in ones.split()
}
"""Columns of usual things in other languages, by the plural that names all of them."""
GEOGRAPHY = {"country": "countries", "capital": "capitals", "language": "languages"}
"""Columns whose rows belong together, and the words for them."""
PLAIN_KINDS = frozenset("date time price amount email phone year age quantity url id".split())


def fill_foreign_cell(name: str, question: Question, writer: Writer) -> str:
    """Return a cell in another language than English: a known word, a number, a few words."""
    if name in GEOGRAPHY and ("geography" in question.places or name == "language"):
        words = list_words(question.language, GEOGRAPHY[name])
        place = question.places.setdefault(name, 0)
        question.places[name] = place + 1
        return words[place % len(words)]
    if local := list_local_names(name, question.language):
        return take_next(name, local, question)
    if name.lower() == translate_heading("Activity", question.language).lower():
        return take_next(
            name, load_answers(question.language).texts["activities"].split("|"), question
        )
    key = name.replace(" ", "_")
    if describe_cell(key)["type"] in ("integer", "number") or key in PLAIN_KINDS:
        return shorten(to_text(generate_from(describe_cell(key), question, key, Hints())))
    if LENGTH.search(name):
        return f"{120 + 10 * question.random.draw_below(90)} km"
    is_place = REGION.search(name) is not None
    places = list_local_names("city", question.language) if is_place else []
    return take_next(name, places or list_words(question.language, "adjectives"), question)


REGION = make_regex(
    r"regi[oó]n|regione|région|bundesland|provin|département|herkunft|origin|streek|регион|регіон|область"
    r"|المنطقة|אזור|地区|地域|地方|지역|khu vực|daerah|wilayah",
    re.I,
)
"""A column with a part of a country."""
LENGTH = make_regex(
    r"länge|longueur|longitud|lunghezza|comprimento|lengte|długość|uzunluk|длин|довжин|טול|长度|長さ|길이"
    r"|entfernung|distan",
    re.I,
)
"""A column with lengths, in other languages than English."""
HOURS = ("24 hours", "20 hours", "18 hours", "22 hours")
DINNERS = (
    "Vegetable curry",
    "Pasta with tomato sauce",
    "Bean chili",
    "Lemon risotto",
    "Lentil soup",
    "Stuffed peppers",
    "Mushroom omelette",
)
USUAL_CELLS = {
    "battery": HOURS,
    "battery life": HOURS,
    "camera": ("48 MP", "50 MP", "12 MP", "108 MP"),
    "dish": DINNERS,
    "dinner": DINNERS,
    "prep time (min)": ("25", "30", "20", "40", "35", "15", "45"),
    "prep time": ("25 min", "30 min", "20 min", "40 min", "35 min", "15 min", "45 min"),
    "minutes": ("30", "20", "45", "15"),
    "reps": ("12", "15", "10", "8"),
    "sets": ("3", "4", "3", "2"),
    "speed": ("Very fast", "Fast", "Moderate"),
}
"""What columns of comparisons and plans hold, where single numbers would say little."""
CELLS = (
    (r"strength|advantage|pros?$|benefit|why", WORDS["strength"]),
    (r"weakness|disadvantage|cons?$|drawback|risk|downside", WORDS["weakness"]),
    (
        r"level|priority|difficulty|effort|impact|importance|cost|speed|quality|support",
        ("High", "Medium", "Low"),
    ),
    (r"performance|rating|durability|battery|ease|scal", ("Very good", "Good", "Average")),
    (
        r"use|purpose|best for|when|suit",
        ("Everyday use", "Small teams", "Beginners", "Large projects"),
    ),
)
OTHER_CELLS = (
    "Simple to set up",
    "Widely used",
    "Well documented",
    "Needs some practice",
    "Works for most people",
    "Depends on the budget",
    "Easy to extend",
    "Good balance of cost and quality",
)


def find_cell_words(name: str) -> Sequence[str]:
    """Return what a column of a name usually holds, else short remarks."""
    if words := find_sample_words(name, Hints()):
        return words
    return next((words for pattern, words in CELLS if re.search(pattern, name)), OTHER_CELLS)


def take_next(name: str, local: Sequence[str], question: Question) -> str:
    """Return the next of some names; the seed says which one is the first."""
    place = question.places.setdefault(name, question.random.draw_below(len(local)))
    question.places[name] = place + 1
    return local[place % len(local)]


def shorten(text: str) -> str:
    words = text.split()
    return text if len(words) < 9 else " ".join(words[:8]).rstrip(",.;:")
