"""Works that a prompt names with who made them: "Moby-Dick" by Herman Melville."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Any

from mockgem.operations.forms.lazy_patterns import make_regex

MAX_PROMPT = 4_000
WORK = make_regex(
    r"[\"“„«*](?P<title>[^\"“”„«»*\n]{2,80})[\"”“»*]+,? (?:written |directed |painted |composed )?"
    r"(?:by|von|de|di|van|por|par) "
    r"(?P<maker>(?:The )?[A-ZÀ-Þ][\w.'’-]*(?: (?:(?:de|da|van|von|le|la|and|of) )?"
    r"[A-ZÀ-Þ][\w.'’-]*){0,3}\w)"
)
TITLES = frozenset("title name work book song film movie titel titulo título titre titolo".split())
MAKERS = frozenset(
    "author writer artist director composer painter band singer creator autor auteur autore"
    " regisseur director_name author_name artist_name".split()
)


def name_works(value: Any, text: str) -> Any:
    """Return a value whose works have the titles and makers that the prompt names, in order."""
    rows = value if isinstance(value, list) else [value]
    if not any(isinstance(row, dict) and find_makers(row) for row in rows):
        return value
    works = list(WORK.finditer(text[:MAX_PROMPT]))
    named = [
        name_work(row, work) if work and isinstance(row, dict) else row
        for row, work in zip_longest(rows, works[: len(rows)])
    ]
    return named if isinstance(value, list) else named[0]


def name_work(row: dict[str, Any], work: re.Match[str]) -> dict[str, Any]:
    titles = [key for key, item in row.items() if key.lower() in TITLES and isinstance(item, str)]
    makers = find_makers(row)
    return row | dict.fromkeys(titles, work["title"]) | dict.fromkeys(makers, work["maker"])


def find_makers(row: dict[str, Any]) -> list[str]:
    return [key for key, item in row.items() if key.lower() in MAKERS and isinstance(item, str)]
