"""The order of words in a clause after "dass" and "dat", whose verb stands at the end."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

PRONOUN = make_regex(r"\A(?:ich|wir|er|sie|es|man|du|ihr|ik|we|wij|hij|zij|het|jij|u)\b", re.I)
PARTICLES = make_regex(
    r"(?P<part>zurück|fest|los|weg|nach|her|hin|vor|mit|ein|aus|auf|ab|an|terug|mee|uit|op|af|aan)"
    r"(?P<verb>(?!twort|rufe?n?\Z)[a-zäöüß]{4,12})"
)
CALLS = make_regex(r"(?P<part>an|zurück)(?P<verb>rufe?)")
OBJECTS = make_regex(
    r"\A(?:(?:der|die|das|mein\w*|unser\w*|sein\w*|ihr\w*|ein|eine|de|het|mijn|onze|zijn|haar|hun"
    r"|een)\s)?[^\s]+",
    re.I,
)


def order_clause(said: str, code: str) -> str:
    """Return a clause as a sentence: "ich morgen nicht komme" → "ich komme morgen nicht"."""
    if code not in ("de", "nl"):
        return said
    first, comma, rest = said.partition(",")
    words = first.split()
    if len(words) < 3:
        return said
    subject = PRONOUN.match(first) or OBJECTS.match(first)
    head = subject[0] if subject else words[0]
    middle = first[len(head) :].split()
    if not middle:
        return said
    verb, tail = split_particle(middle[-1])
    parts = [head, verb, *middle[:-1], *([tail] if tail else [])]
    return " ".join(parts) + comma + rest


def split_particle(verb: str) -> tuple[str, str]:
    """Return a verb and the part that stands at the end of a sentence: "ankomme" → "komme",
    "an"."""
    match = PARTICLES.fullmatch(verb) or CALLS.fullmatch(verb)
    return (match["verb"], match["part"]) if match else (verb, "")
