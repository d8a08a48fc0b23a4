"""Facts that people ask for when they try a model: "Who wrote Hamlet? Just the name."."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.generators.known_answers import find_known_value

CAPITALS = {
    "france": "Paris",
    "germany": "Berlin",
    "italy": "Rome",
    "spain": "Madrid",
    "portugal": "Lisbon",
    "japan": "Tokyo",
    "china": "Beijing",
    "australia": "Canberra",
    "canada": "Ottawa",
    "brazil": "Brasília",
    "india": "Delhi",
    "norway": "Oslo",
    "sweden": "Stockholm",
    "austria": "Vienna",
    "poland": "Warsaw",
    "england": "London",
    "uk": "London",
    "usa": "Washington",
    "mexico": "Mexico City",
    "egypt": "Cairo",
    "greece": "Athens",
    "russia": "Moscow",
    "turkey": "Ankara",
    "ireland": "Dublin",
    "switzerland": "Bern",
    "netherlands": "Amsterdam",
    "argentina": "Buenos Aires",
    "peru": "Lima",
    "kenya": "Nairobi",
    "south korea": "Seoul",
    "denmark": "Copenhagen",
    "finland": "Helsinki",
    "chile": "Santiago",
    "colombia": "Bogotá",
    "uruguay": "Montevideo",
    "cuba": "Havana",
    "belgium": "Brussels",
    "hungary": "Budapest",
    "croatia": "Zagreb",
    "romania": "Bucharest",
    "bulgaria": "Sofia",
    "serbia": "Belgrade",
    "iceland": "Reykjavik",
    "ukraine": "Kyiv",
    "scotland": "Edinburgh",
    "wales": "Cardiff",
    "thailand": "Bangkok",
    "vietnam": "Hanoi",
    "indonesia": "Jakarta",
    "morocco": "Rabat",
    "nigeria": "Abuja",
    "ethiopia": "Addis Ababa",
    "new zealand": "Wellington",
}
CAPITAL_OF = make_regex(r"\bcapital(?: city)? of (?:the )?([A-Za-z]+(?: [A-Z][a-z]+)?)", re.I)


def find_capital(text: str) -> str:
    """Return the capital of the country that a text asks for; empty for other questions."""
    match = CAPITAL_OF.search(text)
    return CAPITALS.get(match[1].lower(), "") if match else ""


def find_fact(text: str) -> str:
    """Return a fact that the last question of a text asks for; empty for an unknown one."""
    asked = text[: text.rfind("?") + 1].rpartition("\n")[2]
    return (find_capital(asked) or find_known_value(asked)) if asked else ""
