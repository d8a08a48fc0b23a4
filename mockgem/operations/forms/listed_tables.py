"""Tables of the list in the last reply with more columns: "with an estimated price column"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.sample_words import find_words
from mockgem.operations.forms.statements import list_marked

MAX_WISH = 200
WISH = make_regex(
    r"\b(?:put|show|turn|make|list|format|give|convert|present|arrange)\b[^.\n]{0,40}\b(?:those|these|them"
    r"|that|it|this|the (?:list|ideas|items|options))\b[^.\n]{0,30}\btable\b(?P<rest>[^\n]{0,120})",
    re.I,
)
ADDED = make_regex(
    r"\b(?:with|including|and|plus|add)\b (?:an? |the )?(?P<name>[a-z][a-z -]{2,40}?) columns?\b"
    r"|\bcolumns? (?:for|with|showing) (?:the |an? |its "
    r"|their )?(?P<names>[a-z][a-z ,-]{2,60}?)(?=[.!?]|\Z)",
    re.I,
)
COUNT_WORDS = re.compile(r"^(?:an?|the|one|two|three|extra|additional|new|separate)\s+", re.I)
MORE = frozenset("extra additional new separate second third another one two three".split())
WANTED = make_regex(
    r"\b(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|some|a few)\s(?:[a-z]+\s)?"
    r"(?P<noun>(?!for\b|about\b|the\b|and\b|that\b|of\b)[a-z]{3,16}?)s?\b(?: (?:for|about|of|to"
    r"|on|ideas?)|\W)",
    re.I,
)
VALUES = {
    "price": ("€15–25", "€60–90", "€40–70", "€20–35", "€10–15"),
    "cost": ("€15–25", "€60–90", "€40–70", "€20–35", "€10–15"),
    "budget": ("€50", "€120", "€80", "€200", "€30"),
    "time": ("30 minutes", "2 hours", "1 hour", "half a day", "45 minutes"),
    "duration": ("30 minutes", "2 hours", "1 hour", "half a day", "45 minutes"),
    "difficulty": ("easy", "medium", "hard", "easy", "medium"),
    "rating": ("4/5", "5/5", "3/5", "4/5", "5/5"),
    "score": ("8", "9", "7", "8", "6"),
    "priority": ("high", "medium", "low", "medium", "high"),
    "pros": ("quick to do", "cheap", "fun for everyone", "easy to find", "lasts long"),
    "cons": (
        "needs planning",
        "a little more expensive",
        "takes time",
        "few sizes",
        "not for rain",
    ),
    "reason": (
        "fits the wish well",
        "often recommended",
        "something new",
        "easy to arrange",
        "good value",
    ),
    "notes": ("book early", "compare offers", "check the size", "ask before", "good for beginners"),
}
EMPTY = ("–",)


@form(
    "table of the last list",
    words="table",
    needs="earlier",
    about="the items of the last reply in a table with the columns that the message adds",
)
def tabulate_list(question: Question) -> str | None:
    prompt = question.prompt.strip()
    match = WISH.search(prompt) if len(prompt) <= MAX_WISH and question.earlier else None
    names = list_columns(match["rest"]) if match else []
    if not names or question.language != "en":
        return None
    reply = next((text for role, text in reversed(question.earlier) if role != "user"), "")
    items = [re.sub(r"\*\*", "", one) for one in list_marked(reply)]
    if len(items) < 2:
        return None
    heads = [name_items(question), *(name[:1].upper() + name[1:] for name in names)]
    rows = [[item, *(fill(name, at) for name in names)] for at, item in enumerate(items)]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def list_columns(rest: str) -> list[str]:
    """Return the columns that a wish adds: "with an estimated price column"."""
    found: list[str] = []
    for match in ADDED.finditer(rest):
        named = match["name"] or match["names"]
        parts = re.split(r",? and |, ", named)
        found += [COUNT_WORDS.sub("", part.strip()) for part in parts]
    return [name for name in found if name and name not in MORE]


def name_items(question: Question) -> str:
    """Return what the items of the list are, from the wish for it: "Gift idea"."""
    asked = next((text for role, text in question.earlier if role == "user"), "")
    match = WANTED.search(asked)
    noun = match["noun"] if match else "item"
    return noun[:1].upper() + noun[1:]


def fill(name: str, at: int) -> str:
    """Return a cell of a column by its last word."""
    word = name.split()[-1].lower()
    known = VALUES.get(word) or find_words(name.replace(" ", "_")) or find_words(word) or EMPTY
    return str(known[at % len(known)])
