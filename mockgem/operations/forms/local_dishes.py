"""Ingredients and steps of a dish in data in other languages than English."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.field_names import ENGLISH_NAMES

TITLES = frozenset(("title", "name"))
PEOPLE = 4
MINUTES = 30


def fill_local_dish(row: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a recipe whose ingredients and steps are in its language."""
    from mockgem.operations.forms.local_recipes import find_main, load_recipes

    known = load_recipes().get(language)
    if known is None:
        return row
    names = {key: read_english(key) for key in row}
    dish = next((str(row[key]) for key, name in names.items() if name in TITLES), "")
    parts = [*filter(None, [find_main(dish, language)]), *known["parts"]]
    steps = [step.replace("{dish}", dish) for step in known["steps"]]
    texts = {"ingredients": parts, "steps": steps}
    return {
        key: texts[name] if (name := names[key]) in texts and holds_texts(item) else item
        for key, item in row.items()
    }


def read_english(key: str) -> str:
    plain = read_name(key)
    return OTHERS.get(plain) or ENGLISH_NAMES.get(plain, plain)


OTHERS = {
    "etapes": "steps",
    "instructions": "steps",
    "instrucciones": "steps",
    "preparacion": "steps",
    "preparación": "steps",
    "zubereitung": "steps",
    "preparazione": "steps",
    "preparo": "steps",
    "modo_de_preparo": "steps",
    "passos": "steps",
}


def holds_texts(item: Any) -> bool:
    return isinstance(item, list) and all(isinstance(one, str) for one in item)
