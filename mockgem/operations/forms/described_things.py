"""Lists of things with their properties: "three colors with their hex codes"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_values import build_object, describe_by_name
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.nested_fields import to_singular
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.world_facts import COUNTRIES

WITH_THEIR = make_regex(
    rf"\b(?:(?P<count>{NUMBER})\s)?(?:[a-z-]+\s){{0,2}}?(?P<noun>(?!this|these|its)[a-z]{{3,20}}(?:s|ople|ren))\s"
    r"(?:(?:in|of|from)\s[\w ]{2,24}\s)?(?:and|with|plus|along with|together with"
    r"|including)\s(?:(?:their|its)\s|(?=number of\s))"
    r"(?:respective\s|own\s)?(?P<about>[a-z][a-z_ -]{1,30}?(?:(?:,\s"
    r"|,?\sand\s)(?:their\s)?[a-z][a-z_ -]{1,30}?){0,5})"
    r"(?=\s(?:as|in|for|using|from|each)\b|[.:;\n!?(]|,\s(?:as|in|only)\b|\s*\Z)",
    re.I,
)
"""Two or more properties of several things, or one."""
MAX_NAME = 3
SEVERAL = make_regex(
    rf"\b(?:(?P<count>{NUMBER})|lists? of|array of|all|some|popular|the)\s(?:[a-z-]+\s){{0,2}}?"
    r"(?P<noun>[a-z]{3,20}(?:s|ople|ren))\b",
    re.I,
)
TITLES = ("name", "title", "country", "city", "language", "planet", "color", "animal", "fruit")


def find_things(text: str) -> tuple[dict[str, Any], int] | None:
    """Return the schema of one of the things that a prompt lists, and how many; else None."""
    match = WITH_THEIR.search(text[:3000])
    if match is None:
        return None
    names = [
        re.sub(r"^(?:their|its|the)\s", "", part.strip()).replace(" ", "_").replace("-", "_")
        for part in re.split(r",\s(?:and\s)?|\sand\s", match["about"])
    ]
    names = [singular_last(name) for name in names if 0 < len(name.split("_")) <= MAX_NAME]
    fields = [("name", {"type": "string"}), *((name, describe_by_name(name)) for name in names)]
    count = parse_count(match["count"], 50) if match["count"] else 0
    return (build_object(fields), count) if names else None


def singular_last(name: str) -> str:
    """Return "hex_codes" as "hex_code": each thing has one."""
    first, mark, last = name.rpartition("_")
    return f"{first}{mark}{to_singular(last)}" if last not in ("moons", "ingredients") else name


def list_known_subjects(schema: dict[str, Any], question: Question) -> list[str]:
    """Return known things for the rows of a list whose first field names them."""
    fields = schema.get("properties") or {}
    key = next(iter(fields), "")
    if question.material or key.lower() not in TITLES or question.language != "en":
        return []
    match = SEVERAL.search(question.instruction[:1000])
    return find_known_things(match["noun"]) if match else []


def count_whole(question: Question) -> int:
    """Return the number of things of a kind that comes whole: twelve months; else 0."""
    match = SEVERAL.search(question.instruction[:1000])
    return len(find_known_things(match["noun"])) if match and WHOLE.search(match["noun"]) else 0


WHOLE = make_regex(r"^(?:planets|continents|oceans|seasons|months|weekdays)$", re.I)


def fit_countries(rows: list[Any]) -> list[Any]:
    """Return rows in which a known country has its own city and language."""
    return [fit_country(row) if isinstance(row, dict) else row for row in rows]


def fit_country(row: dict[str, Any]) -> dict[str, Any]:
    known = next(
        (COUNTRIES[v] for v in row.values() if isinstance(v, str) and v in COUNTRIES), None
    )
    if known is None:
        return row
    facts = {"capital": known.city, "language": known.language, "official_language": known.language}
    return {key: facts.get(key.lower(), value) for key, value in row.items()}
