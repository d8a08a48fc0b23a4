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
from mockgem.operations.generators.world_facts import COUNTRIES, find_country_of

WITH_THEIR = make_regex(
    rf"\b(?:(?P<count>{NUMBER})\s)?(?:[a-z-]+\s){{0,2}}?(?P<noun>(?!this|these"
    rf"|its|strings|objects|keys|rows|fields)[a-z]{{3,20}}(?:s|ople|ren))\s"
    r"(?:(?:in|of|from|by)\s[\w ]{2,24}\s)?(?:(?:and|with|plus|along with|together"
    r" with|including)\s(?:(?:their|its)\s|(?=number of\s))|with\sthe\s(?!keys|fields|following"
    r"|columns|propert|same|header|name))"
    r"(?:respective\s|own\s)?(?P<about>[a-z][a-z_ -]{1,30}?(?:(?:,\s"
    r"|,?\sand\s)(?:their\s)?[a-z][a-z_ -]{1,30}?){0,5})"
    r"(?=\s(?:as|in|for|using|from|each|per)\b|[.:;\n!?(]|,\s(?:as|in|only)\b|\s*\Z)",
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
    text = WHEN_MADE.sub("their year", text[:3000])
    match = WITH_THEIR.search(text[:3000]) or find_known(text[:3000])
    if match is None or QUOTED_KEYS.search(text, match.end()):
        return None
    names = [
        re.sub(r"^(?:their|its|the)\s", "", part.strip()).replace(" ", "_").replace("-", "_")
        for part in re.split(r",\s(?:and\s)?|\sand\s", match["about"])
    ]
    is_spelled = any("_" in name for name in re.findall(r"[\w-]+", match["about"]))
    names = [
        name if is_spelled else singular_last(name)
        for name in names
        if 0 < len(name.split("_")) <= MAX_NAME
    ]
    noun = to_singular(match["noun"].lower())
    first = noun if noun in OWN_NAMES else "name"
    fields = [(first, {"type": "string"}), *((name, describe_by_name(name)) for name in names)]
    count = parse_count(match["count"], 50) if match["count"] else 0
    return (build_object(fields), count) if names else None


WHEN_MADE = make_regex(
    r"\bthe year (?:that |in which )?(?:they|it|each) (?:was|were) [a-z]+(?: first| in(?!"
    r" json))?(?!\w)",
    re.I,
)
OWN_NAMES = frozenset("quote question word joke fact tip idea term riddle proverb".split())
"""Things whose field is called like them: "3 quotes and their authors"."""
QUOTED_KEYS = make_regex(
    r"\b(?:with|keys?|fields?|properties)\b:? [\"'`“]\w+[\"'`”]"
    r"|\b(?:the|these|exact|following) (?:keys|fields|properties|attributes)\b:? [a-z]\w+",
    re.I,
)
"""The names of keys behind the things, which count more."""
WITH_ONE = make_regex(
    rf"\b(?P<count>{NUMBER})\s(?:[a-z-]+\s)?(?P<noun>[a-z]{{3,20}}(?:s|ren))\swith\s"
    r"(?:an?\s|the\s)?(?P<about>(?!name|title|their|keys|fields)[a-z][a-z_]{2,20}"
    r"(?:(?:,\s|,?\sand\s)[a-z][a-z_]{2,20}){0,4})(?=\s(?:as|in|for|each)\b|[.;\n!?]|\s*\Z)",
    re.I,
)
"""Things whose names are known, with a property: "3 fruits with color"."""


def find_known(text: str) -> re.Match[str] | None:
    match = WITH_ONE.search(text)
    if match is None or HAS_FIELDS.search(text, match.end()):
        return None
    is_named = NAME_FIRST.search(match["about"]) is not None
    is_data = find_known_things(match["noun"]) or DATA.match(text, match.end())
    return match if is_data and not is_named and not DAYS.match(match["noun"]) else None


DATA = make_regex(r"[^\n]{0,12}\b(?:json|ya?ml|xml|csv)\b", re.I)
DAYS = make_regex(
    r"(?:days|weeks|months|hours|words|sentences|paragraphs|objects|rows|lines)\Z", re.I
)
HAS_FIELDS = make_regex(r"\b(?:keys?|fields?|with|containing|properties|columns?)\b", re.I)
NAME_FIRST = make_regex(
    r"\b(?:name|title|capital|country|city|language|planet|animal|fruit|front|question|word|term|id"
    r"|item|idea|tip|text|key|date|day|task|step|statement)\b",
    re.I,
)
"""A property that is the name of the things, or one with which they make a pair."""


def singular_last(name: str) -> str:
    """Return "hex_codes" as "hex_code": each thing has one."""
    if name.startswith("number_of"):
        return name
    first, mark, last = name.rpartition("_")
    return (
        f"{first}{mark}{to_singular(last)}"
        if last not in ("moons", "ingredients", "months")
        else name
    )


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
    known = [name for name in COUNTRIES if name not in ("England", "UK", "China", "Turkey")]
    if rows and isinstance(rows[0], dict) and {"country", "capital"} <= set(rows[0]):
        fresh = iter(name for name in known if name not in [row.get("country") for row in rows])
        rows = [
            row if row["country"] in COUNTRIES else {**row, "country": next(fresh, row["country"])}
            for row in rows
        ]
    return [fit_country(row) if isinstance(row, dict) else row for row in rows]


def fit_country(row: dict[str, Any]) -> dict[str, Any]:
    known = next(
        (COUNTRIES[v] for v in row.values() if isinstance(v, str) and v in COUNTRIES), None
    )
    if known is None:
        return fit_country_of_city(row)
    facts = {"capital": known.city, "language": known.language, "official_language": known.language}
    return {key: facts.get(key.lower(), value) for key, value in row.items()}


def fit_country_of_city(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row in which a known city has its country."""
    keys = {key.lower(): key for key in row}
    city, country = keys.get("city"), keys.get("country")
    known = find_country_of(str(row[city])) if city and country else ""
    return {**row, str(country): known} if known else row
