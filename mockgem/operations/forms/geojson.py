"""GeoJSON: features with a geometry and the properties that a prompt names."""

from __future__ import annotations

import json
import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.value_generation import generate_from

GEOJSON = make_regex(r"\bgeo ?json\b|\bFeatureCollection\b", re.I)
COUNT = make_regex(
    rf"\b({NUMBER}) (?:different |sample |random )?(?!properties|keys|coordinates)[A-Za-z]", re.I
)
PROPERTIES = make_regex(
    r"\b(?:properties|attributes|fields)\b:? (?:(?:(?:should|must) )?(?:have|include|contain)s? "
    r"|called |named |such as |like |for )?"
    r"((?:(?:the |an? )?[\w\"'`]{2,30}(?:, and |, | and )){0,8}(?:the |an? )?[\w\"'`]{2,30})"
    r"|\bwith (?:an? |the |their |its )?((?!properties\b|points?\b|features?\b|\d)[a-z_]{3,24}"
    r"(?:(?:, and |, | and )(?:an? |the )?[a-z_]{3,24}){0,6})",
    re.I,
)
KINDS = make_regex(r"\b(Point|LineString|Polygon)s?\b", re.I)
KIND_NAMES = {"point": "Point", "linestring": "LineString", "polygon": "Polygon"}
THING = make_regex(
    rf"\b(?:for|of|with|showing) (?:{NUMBER} )?(?!point|feature|linestring|polygon|each)"
    r"((?:[a-z]+ )?[a-z]{3,20}?)s? (?:in|around|near|from|of)\b",
    re.I,
)
CITIES: dict[str, tuple[float, float]] = {
    "vienna": (16.3738, 48.2082),
    "berlin": (13.405, 52.52),
    "munich": (11.582, 48.1351),
    "hamburg": (9.9937, 53.5511),
    "paris": (2.3522, 48.8566),
    "london": (-0.1276, 51.5072),
    "rome": (12.4964, 41.9028),
    "madrid": (-3.7038, 40.4168),
    "barcelona": (2.1734, 41.3851),
    "lisbon": (-9.1393, 38.7223),
    "amsterdam": (4.9041, 52.3676),
    "prague": (14.4378, 50.0755),
    "zurich": (8.5417, 47.3769),
    "new york": (-74.006, 40.7128),
    "san francisco": (-122.4194, 37.7749),
    "los angeles": (-118.2437, 34.0522),
    "chicago": (-87.6298, 41.8781),
    "boston": (-71.0589, 42.3601),
    "seattle": (-122.3321, 47.6062),
    "toronto": (-79.3832, 43.6532),
    "tokyo": (139.6917, 35.6895),
    "sydney": (151.2093, -33.8688),
    "singapore": (103.8198, 1.3521),
    "istanbul": (28.9784, 41.0082),
    "warsaw": (21.0122, 52.2297),
}
"""Longitude and latitude of cities."""
SHIFTS = ((0.0, 0.0), (0.0113, -0.0042), (-0.0087, 0.0065), (0.0151, 0.0078), (-0.0124, -0.0059))
"""How far the places of a city lie from its centre."""


@form(
    "geojson",
    "Create a GeoJSON FeatureCollection with two Point features in Berlin, each with a name.",
    words="geojson featurecollection",
    about="GeoJSON with the places, the geometry and the properties that the prompt names",
)
def write_geojson(question: Question) -> str | None:
    text = question.instruction[:1500]
    if not GEOJSON.search(text) or question.material or "```" in question.prompt:
        return None
    named = KINDS.search(text)
    kind = KIND_NAMES[named[1].lower()] if named else "Point"
    counted = COUNT.search(text)
    is_alone = "featurecollection" not in text.lower() and counted is None
    count = 1 if is_alone else parse_count(counted[1], 20) if counted else 2
    centres = find_centres(text)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": kind, "coordinates": place(kind, centres, at)},
            "properties": properties,
        }
        for at, properties in enumerate(list_properties(text, count, question))
    ]
    value = features[0] if is_alone else {"type": "FeatureCollection", "features": features}
    shown = json.dumps(value, indent=2, ensure_ascii=False)
    return shown if question.is_terse else f"```json\n{shown}\n```"


def find_centres(text: str) -> list[tuple[float, float]]:
    lower = text.lower()
    found = sorted((lower.find(name), centre) for name, centre in CITIES.items() if name in lower)
    return [centre for _, centre in found] or [CITIES["vienna"]]


def place(kind: str, centres: list[tuple[float, float]], at: int) -> list[Any]:
    """Return the coordinates of a point, a line or an area."""
    shift = SHIFTS[at % len(SHIFTS)]
    lon, lat = centres[at % len(centres)]
    start = [round(lon + shift[0], 4), round(lat + shift[1], 4)]
    if kind == "Point":
        return start
    if kind == "LineString":
        last = centres[1] if len(centres) > 1 else (start[0] + 0.02, start[1] + 0.01)
        return [start, [round(last[0], 4), round(last[1], 4)]]
    east, north = round(start[0] + 0.01, 4), round(start[1] + 0.01, 4)
    return [[start, [east, start[1]], [east, north], [start[0], north], start]]


def list_properties(text: str, count: int, question: Question) -> list[dict[str, Any]]:
    """Return the properties of each feature: those that a text names, else a name."""
    match = PROPERTIES.search(text)
    listed = re.split(r", and |, | and ", match[1] or match[2]) if match else []
    words = [re.sub(r"^(?:the|an?) |[\"'`]", "", one.strip()) for one in listed]
    names = [word.replace(" ", "_") for word in words if word] or ["name"]
    thing = THING.search(text)
    noun = thing[1].strip().capitalize() if thing else "Place"
    rows = []
    for at in range(count):
        row: dict[str, Any] = {}
        for name in names:
            is_name = name.lower() in ("name", "title")
            row[name] = f"{noun} {at + 1}" if is_name else invent(name, question)
        rows.append(row)
    return rows


NUMBERS = make_regex(
    r"(?:_per_|count|number|visitors|population|capacity|height|area|elevation|size|seats|year)",
    re.I,
)


def invent(name: str, question: Question) -> Any:
    """Return a value for a property: a whole number for what is counted."""
    if name.lower() == "rating":
        return question.random.draw_between(35, 50) / 10
    if NUMBERS.search(name):
        is_year = re.search(r"year(?!ly)", name) and "_per_" not in name
        low, high, unit = (1880, 2020, 1) if is_year else (40, 990, 100)
        return question.random.draw_between(low, high) * unit
    return generate_from({"type": "string"}, question, name)
