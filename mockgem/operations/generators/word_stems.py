"""Reduce words to stems, so that "forecasts", "weather" and "raining" count as one word."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.generators.prompt_analysis import COMMON_WORDS

VAGUE_WORDS = frozenset(
    """get set do run fetch find list create make call use tool function value given current
    data info information result results return returns new add item items update delete
    remove the user input output based provided all any by id final""".split()
)
SYNONYM_GROUPS = (
    {
        "weather",
        "wetter",
        "clima",
        "tiempo",
        "forecast",
        "temperature",
        "rain",
        "raining",
        "rainy",
        "sunny",
        "umbrella",
        "climate",
        "snow",
        "warm",
        "cold",
    },
    {"time", "clock", "hour", "timezone"},
    {"email", "mail", "e-mail"},
    {"sum", "plus", "add", "addition", "adds", "+"},
    {"multiply", "times", "product", "multiplied", "multiplication", "*"},
    {"divide", "divided", "division", "quotient", "/", "÷"},
    {"subtract", "minus", "difference", "subtraction", "-"},
    {"calculate", "calculator", "compute", "math", "arithmetic"},
    {"search", "lookup", "look", "google", "browse", "web"},
    {"buy", "purchase", "order"},
    {"flight", "fly", "plane", "airline"},
    {"hotel", "room", "stay"},
    {"translate", "translation", "translator"},
    {"price", "cost", "quote", "stock"},
    {"meeting", "appointment", "calendar", "event", "schedule"},
    {"work", "works", "employee", "employees", "staff", "employ", "employs"},
    {"opening", "hours", "horaires", "öffnungszeiten", "horario", "orari", "openingstijden", "open"}
    | {
        "geöffnet",
        "öffnet",
        "abierto",
        "abren",
        "ouvert",
        "ouverts",
        "aperto",
        "aperti",
        "geopend",
    },
    {"cancel", "terminate", "termination", "cancellation"},
    {"ship", "deliver", "delivery", "shipping", "shipped"},
    {"founded", "established"},
    {"late", "delay", "delayed", "delays"},
)


WORD_OR_OPERATOR = re.compile(r"[^\W_]+(?:-[^\W_]+)*|[+*÷]|(?<=\d)/(?=\d)|(?<=\d )[-/](?= \d)")


@lru_cache(maxsize=256)
def extract_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning; synonyms have the same stem."""
    stems = set()
    for word in WORD_OR_OPERATOR.findall(text[:4000].lower()):
        if word not in VAGUE_WORDS and word not in COMMON_WORDS:
            stem = strip_ending(word)
            known = SYNONYMS.get(word) or SYNONYMS.get(stem) or SYNONYMS.get(f"{stem}e")
            stems.add(known or stem)
    return frozenset(stems)


@lru_cache(maxsize=8192)
def strip_ending(word: str) -> str:
    for ending in ("ing", "ers", "er", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


SYNONYMS = {
    word: sorted(group)[0]
    for group in SYNONYM_GROUPS
    for one in group
    for word in (one, strip_ending(one))
}
MATH_WORDS = frozenset(
    SYNONYMS[word] for word in ("calculate", "math", "sum", "multiply", "divide", "subtract")
)


@lru_cache(maxsize=16)
def extract_all_stems(text: str) -> frozenset[str]:
    return frozenset(map(strip_ending, re.findall(r"[^\W_]{1,80}", text[:4000].lower())))
