"""Things of a kind that begin with a letter: "Name five animals that start with B"."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.layout_words import BULLETS, ONE_PER_LINE
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

FILE = Path(__file__).parent.parent.parent / "data" / "knowledge" / "letters.txt"
STARTS = (
    r"(?:(?:that|which|whose names?|all) )?(?:starts?|starting|begins?|beginning) with"
    r" (?:the )?(?:letters? )?[\"'“‘]?(?P<letter>[A-Za-z])[\"'”’]?(?![\w'])"
)
ASKED = make_regex(
    rf"(?:\b(?P<count>{NUMBER}|some|a few) )?(?:[a-z]+ )?"
    rf"\b(?P<kind>(?!that|which|whose)[a-z]{{3,12}}) {STARTS}",
    re.I,
)
COMMAS = make_regex(r"\bcomma\b|\bone line\b", re.I)
MOST = 20
SOME = 5


@cache
def load_things() -> dict[str, list[str]]:
    """Return the things of each kind by the words for the kind."""
    things: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        words, mark, listed = line.partition(" = ")
        if mark:
            things |= dict.fromkeys(words.split("|"), listed.split(", "))
    return things


@form(
    "things with a first letter",
    "Name a colour that starts with the letter G.",
    "List five animals that begin with B",
    words="starts start starting begins begin beginning",
    about="things of a kind that everybody knows, with the first letter that the prompt wants",
)
def name_by_letter(question: Question) -> str | None:
    match = ASKED.search(question.instruction[:600])
    if match is None or question.material or wants("json", question):
        return None
    kind = match["kind"].lower()
    fitting = list_fitting(kind, match["letter"].lower())
    if not fitting:
        return None
    is_plural = kind.endswith("s")
    wanted = parse_count(match["count"], MOST) if is_counted(match["count"]) else SOME
    count = wanted if is_plural else 1
    start = question.random.draw_below(len(fitting))
    named = [*fitting[start:], *fitting[:start]][:count]
    return lay_out([one[:1].upper() + one[1:] for one in named], question)


def is_counted(word: str | None) -> bool:
    """Return whether a word says how many things there should be."""
    return word is not None and word.lower() not in ("some", "a few", "a", "an", "the")


def list_fitting(kind: str, letter: str) -> list[str]:
    """Return the known things of a kind with a first letter; nothing for an unknown kind."""
    return [one for one in load_things().get(kind, []) if one[:1].lower() == letter]


def lay_out(named: list[str], question: Question) -> str:
    if len(named) == 1:
        return named[0]
    if COMMAS.search(question.wish):
        return ", ".join(named)
    if BULLETS.search(question.layout):
        return "\n".join(f"- {one}" for one in named)
    if ONE_PER_LINE.search(question.wish):
        return "\n".join(named)
    return "\n".join(f"{at}. {one}" for at, one in enumerate(named, 1))
