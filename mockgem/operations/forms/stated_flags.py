"""What a text says for sure: a flag that no word denies, and the one list of each name."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.sources import split_sentences

STATED_FLAG = make_regex(rf"(?<![^\W_]){NAME}(?:y|ies|ed|ing|s|e|es|d)?\b", re.I)
DENIES = make_regex(
    r"\b(?:not|no|never|without|nobody|none|hardly|kein\w*|nicht|ohne|sin|sans|pas|senza|non|sem"
    r"|não|nem)\b|n['’]t\b",
    re.I,
)
SHORTEST_FLAG = 5


def is_stated(name: str, text: str) -> bool:
    """Return whether a text says what a flag is about, and no word in its sentence denies it."""
    word = re.sub(r"^(?:is|has|was|wants|includes?|with)_", "", name)
    if "_" in word or len(word) < SHORTEST_FLAG:
        return False
    stem = re.sub(r"(?:ies|y|ed|s|e)\Z", "", word)
    found = next(
        (one for one in split_sentences(text[:4000]) if search_named(STATED_FLAG, stem, one)), ""
    )
    return bool(found) and not DENIES.search(found)


def part_names(value: dict[str, Any]) -> dict[str, Any]:
    """Return an object in which a name stands in one list: an organisation is not a place."""
    lists = {read_name(key): key for key, item in value.items() if isinstance(item, list)}
    places = next((key for name, key in lists.items() if PLACES.match(name)), None)
    others = [key for name, key in lists.items() if WHO.match(name)]
    if places is None or not others:
        return value
    named = [str(one) for key in others for one in value[key]]
    return {**value, places: [one for one in value[places] if str(one) not in named]}


PLACES = make_regex(r"^(?:locations?|places|cities|orte|lugares|lieux|countries)$")
WHO = make_regex(
    r"^(?:persons?|people|organi[sz]ations?|companies|names|firmen|organisationen|personen|empresas"
    r"|personas)$"
)
