"""What to see and do in a city: its sights, as far as they are known.

A row of `data/city_sights.txt` has the names of a city in some languages and its sights, then those
in languages that have names of their own for them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from mockgem.operations.forms.fact_books import load_facts
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "city_sights.txt"
MAX_TEXT = 300
VISIT = make_regex(
    r"\b(?:things to (?:do|see)|(?:to|can i|can we|should i|should we) (?:do|see|visit)"
    r"|sights?|sightseeing|attractions?|landmarks?|places to|must[- ]sees?|activities"
    r"|sehenswürdigkeit\w*|unternehmen|ausflug\w*|(?:kann|könn\w+|soll\w*|muss) (?:man|ich|wir)"
    r"|que (?:faire|voir|visiter)|choses à|lieux|visiter|activités|à (?:faire|voir) (?:à|en)"
    r"|(?:puedo|podemos|qué) (?:ver|hacer|visitar)|cosas que|lugares|sitios|turístic\w+"
    r"|cosa (?:fare|vedere|visitare)|cose da|luoghi|posti|attrazioni|posso (?:fare|vedere)"
    r"|o que (?:fazer|ver|visitar)|coisas para|pontos turísticos|posso (?:fazer|ver|visitar)"
    r"|(?:om )?te (?:doen|zien|bezoeken)|bezienswaardighe\w+|uitjes|gezilecek|görülecek|gezi"
    r"|yapılacak|zobaczyć|zwiedzi\w*|atrakcj\w*|tempat wisata|wisata|địa điểm|du lịch|tham quan)\b"
    r"|посмотреть|посетить|достопримечательност|сходить|подивитися|відвідати|пам'ятк|観光"
    r"|スポット|見どころ|名所|行くべき|景点|景點|好玩|旅游|旅遊|参观|관광|가볼|명소|여행|घूमने|देखने"
    r"|السياحية|أماكن|أزور|זיارة|לבקר|אטרקציות|ที่เที่ยว|สถานที่ท่องเที่ยว",
    re.I,
)
"""Wishes for what a visitor sees or does."""
OTHER_WISH = make_regex(
    r"\b(?:how (?:many|long|much|far)|wie (?:viele?|lange|weit)|combien|cuánt\w+|quant[ie]"
    r"|quantos|hoeveel|hoe lang|restaurants?|hotels?|food|eat|essen|manger|comer|mangiare"
    r"|capital|population|weather|history|distance|companies|jobs?|universities|einwohner"
    r"|hauptstadt|flights?|itinerary|plan|reiseplan|itinéraire|itinerario|roteiro|email|e-mail"
    r"|story|poem|tweet)\b",
    re.I,
)
IN_PLACE = make_regex(r"\b(?:things|something|places|activities)\b.{0,30}\b(?:in|around) [A-Z]\w+")
"""A place with a name in English: "things to do in Ghent"."""
GENERAL = ("the old town", "the city museum", "the main square", "the botanical garden",
           "the market hall", "a boat trip or a walk along the river")  # fmt: skip
Sights = dict[str, tuple[str, ...]]


@cache
def load_cities() -> dict[str, Sights]:
    """Return the sights of the cities by each of their names, by language."""
    cities: dict[str, Sights] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line or line[0] == "#":
            continue
        names, _, rest = line.partition(" = ")
        usual, *others = rest.split(" ; ")
        sights = {"": tuple(usual.split(" | "))}
        for other in others:
            code, _, said = other.partition(": ")
            sights[code] = tuple(said.split(" | "))
        cities |= dict.fromkeys(names.split(","), sights)
    return cities


@cache
def compile_names() -> re.Pattern[str]:
    names = sorted(load_cities(), key=len, reverse=True)
    latin = [re.escape(name) for name in names if name.isascii() or name[0] < "\u2e80"]
    others = [re.escape(name) for name in names if name[0] >= "\u2e80"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(latin)})(?!\w)|{'|'.join(others)}")


def find_city(text: str) -> str:
    """Return the city that a text names, in small letters; empty for another text."""
    match = compile_names().search(text[:MAX_TEXT].replace("İ", "i").lower())
    return match[0] if match else ""


def find_city_sights(text: str, language: str) -> list[str]:
    """Return what a visitor sees in the city that a text names; nothing for another wish."""
    plain = text[:MAX_TEXT]
    if VISIT.search(plain) is None or OTHER_WISH.search(plain):
        return []
    if city := find_city(plain):
        sights = load_cities()[city]
        return [*(sights.get(language) or sights[""]), *list_general(language)]
    return list_general(language) if IN_PLACE.search(plain) else []


def list_general(language: str) -> list[str]:
    """Return what there is to see in most cities."""
    known = load_facts(language).things if language != "en" else {}
    return list(known["sights"][1] if "sights" in known else GENERAL)
