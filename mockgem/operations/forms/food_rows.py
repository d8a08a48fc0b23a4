"""Food that a person ate, with its calories."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.row_fields import Fields, Row

CALORIES = make_regex(r"^(?:calories|kcal|calorie_count|energy_kcal|kalorien|calorias|calorías)$")
TOTAL = make_regex(r"^total_(?:calories|kcal)$|^calories_total$")
THING = make_regex(r"^(?:name|food|item|food_item|description|product)$")
COUNT = make_regex(r"^(?:quantity|qty|amount|count|servings|portion)$")
EATEN = make_regex(
    r"\b(an?|one|two|three|four|five|six|\d{1,3}) ([a-z][a-z-]*(?: (?!(?:and|for|with|at|on|in"
    r"|this|then|plus)\b)[a-z-]+){0,3})"
)
WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
KCAL = {
    "egg": 78,
    "toast": 80,
    "bread": 80,
    "banana": 105,
    "apple": 95,
    "orange": 62,
    "coffee": 5,
    "tea": 2,
    "milk": 120,
    "juice": 110,
    "rice": 205,
    "pasta": 220,
    "chicken": 230,
    "salad": 150,
    "pizza": 285,
    "burger": 500,
    "fries": 365,
    "sandwich": 350,
    "yogurt": 100,
    "oatmeal": 150,
    "cheese": 110,
    "cookie": 80,
    "chocolate": 150,
    "soup": 170,
    "croissant": 230,
    "muffin": 400,
    "beer": 150,
    "wine": 125,
    "cola": 140,
    "avocado": 240,
    "fish": 200,
    "steak": 480,
}
OTHER_KCAL = 150


def read_meals(fields: Fields, text: str) -> list[Row]:
    """Return a row for each "two eggs" and "a slice of toast" of a meal."""
    kcal = next((key for key in fields if CALORIES.match(read_name(key))), "")
    if not kcal:
        return read_weights(fields, text)
    thing = next((key for key in fields if THING.match(read_name(key))), "")
    if not kcal or not thing:
        return []
    count = next((key for key in fields if COUNT.match(read_name(key))), "")
    rows = []
    for number, name in EATEN.findall(text.lower()):
        pieces = WORDS.get(number) or int(number)
        row: Row = {**dict.fromkeys(fields), thing: name, kcal: pieces * find_kcal(name)}
        if count:
            is_text = fields[count].get("type") == "string"
            row[count] = str(pieces) if is_text else pieces
        rows.append(row)
    return rows


GRAMS = make_regex(r"^(?:grams|weight|weight_g|amount_g|g|gramm|ml)$")
WEIGHED = make_regex(
    r"\b(\d{1,5}(?:[.,]\d+)?) ?(?:g|grams?|ml)\b(?: of)? ([a-zà-ÿ][\w'-]*(?: (?!(?:and|with|plus"
    r"|for|at"
    r"|on|in|to|then)\b)[a-zà-ÿ][\w'-]*){0,2})|\b(?:an?|one) ([a-z][a-z-]+)(?=[,.]|\s*\Z| and|"
    r" with)",
    re.I,
)
PIECE = 100
"""Grams of a piece without a weight."""


def read_weights(fields: Fields, text: str) -> list[Row]:
    """Return a row for each "150 g of yoghurt" and "a banana" of a meal."""
    grams = next((key for key in fields if GRAMS.match(read_name(key))), "")
    thing = next((key for key in fields if THING.match(read_name(key))), "")
    if not grams or not thing or len(fields) > 2:
        return []
    return [
        {thing: name or alone, grams: float(number.replace(",", ".")) if number else PIECE}
        for number, name, alone in WEIGHED.findall(text)
    ]


def find_kcal(name: str) -> int:
    words = [re.sub(r"s\Z", "", word) for word in name.split()]
    return next((KCAL[one] for one in reversed(words) if one in KCAL), OTHER_KCAL)


def sum_calories(value: dict[str, Any]) -> dict[str, Any]:
    """Return a meal whose total is the sum of its parts."""
    total = next((key for key in value if TOTAL.match(read_name(key))), None)
    rows = next((item for item in value.values() if isinstance(item, list)), [])
    kcal = [
        item
        for row in rows
        if isinstance(row, dict)
        for key, item in row.items()
        if CALORIES.match(read_name(key)) and isinstance(item, (int, float))
    ]
    return {**value, total: sum(kcal)} if total and kcal and len(kcal) == len(rows) else value
