"""Large cities in languages that write no spaces between words, or add endings to names."""

from __future__ import annotations

import re
from functools import cache

from mockgem.operations.forms.fact_books import load_facts

LANGUAGES = ("ja", "zh", "zh-Hant", "ko")
MAX_TEXT = 4_000


@cache
def compile_cities() -> re.Pattern[str]:
    books = (load_facts(language).things for language in LANGUAGES)
    names = {name for book in books if "cities" in book for name in book["cities"][1]}
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))


def find_local_city(text: str) -> str:
    """Return the large city that a text in Chinese, Japanese or Korean names; empty without."""
    match = None if text.isascii() else compile_cities().search(text[:MAX_TEXT])
    return match[0] if match else ""
