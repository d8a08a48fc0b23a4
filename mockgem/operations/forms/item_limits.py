"""The number of words that each item of a list may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

EACH_LIMIT = make_regex(
    rf"\b(?:each|every|per (?:bullet|item|point|line))\b[^.\n]{{0,30}}?\b(?:max(?:imum)?\.?|at"
    rf" most|up to"
    rf"|under|no more than|no longer than|fewer than|less than|exceed|of|with|have|has|in|is)"
    rf" ({NUMBER}) words"
    rf"|\b(?:max(?:imum)?\.?|at most|up to|under|no more than|fewer than|less than) ({NUMBER})"
    rf" words"
    rf" (?:each|per (?:bullet|item|point|line))"
    rf"|\b(?:máximo|max(?:imal|imum|\.)?|höchstens|au plus|massimo|no máximo)(?: de| di)?"
    rf" ({NUMBER})"
    rf" (?:palabras|wörter\w*|mots|parole|palavras|woorden)\b"
    rf"|\b({NUMBER}) words (?:max(?:imum)?|or (?:less|fewer))? ?(?:each|per (?:bullet|item|point"
    rf"|line))",
    re.I,
)
"""A limit of words for each item: "each max 10 words"."""
DANGLING = frozenset(
    "a an the of for to in on at by and or with from into that which is are was were be will"
    " as until because when if while but so than about sobre über sur su sulla voor over de del"
    " la el le zu zum zur à au les los".split()
)


def limit_items(items: list[str], question: Question) -> list[str]:
    """Return items with no more words than the prompt allows for each."""
    most = find_limit(question)
    if most:
        return [shorten_item(item.split(), most) for item in items]
    letters = EACH_CHARACTERS.search(question.wish)
    if letters is None:
        return items
    return [shorten_to(item, int(next(filter(None, letters.groups())))) for item in items]


EACH_CHARACTERS = make_regex(
    r"\beach\b[^.\n]{0,30}?\b(?:below|under|max(?:imum)?\.?(?: of)?|at most|up to|fewer than"
    r"|less than"
    r"|no more than) (\d{2,3}) (?:characters|chars|letters)\b"
    r"|\b(?:below|under|max(?:imum)?\.?(?: of)?|at most|up to|fewer than|less than"
    r"|no more than) (\d{2,3})"
    r" (?:characters|chars|letters) each\b",
    re.I,
)
"""A limit of characters for each item: "each below 45 characters"."""


def shorten_to(item: str, most: int) -> str:
    """Return the first words of an item with fewer characters than a limit."""
    words = item.split()
    while len(words) > 1 and len(" ".join(words)) >= most:
        words.pop()
    return shorten_item(words, len(words) - 1) if words[-1].lower() in DANGLING else " ".join(words)


def find_limit(question: Question) -> int:
    """Return how many words each item may have; 0 without a limit."""
    match = EACH_LIMIT.search(question.wish)
    return parse_count(next(filter(None, match.groups())), 100) if match else 0


TRIES = 40


def take_short(items: Iterator[str], count: int, most: int) -> list[str]:
    """Return some items that have fewer words than the limit; longer ones if there are too few."""
    seen = list(islice(items, TRIES))
    short = [item for item in seen if len(item.split()) < most]
    return [*short, *(item for item in seen if item not in short)][:count]


BREAKS = frozenset(
    "with for and but in on at by from to of every each that which who while because so".split()
)
"""Words before which a sentence can end."""


def shorten_sentence(words: list[str]) -> str:
    """Return the beginning of a sentence, up to a comma or a word before which it can end."""
    least, most = max(3, len(words) // 3), max(4, 3 * len(words) // 4)
    places = [at for at in range(most, least - 1, -1) if at < len(words)]
    comma = next((at for at in places if words[at - 1].endswith((",", ";", ":"))), None)
    place = next((at for at in places if words[at].lower() in BREAKS), None)
    kept = words[: comma or place or most]
    return shorten_item(kept, len(kept)).rstrip(" ,;:-–")


def shorten_item(words: list[str], most: int) -> str:
    kept = words[:most]
    while len(words) > most and len(kept) > 2 and kept[-1].lower() in DANGLING:
        kept.pop()
    text = " ".join(kept)
    for opening, closing in ("«»", "„“", "“”"):
        if opening in text and closing not in text:
            text = text[: text.index(opening)]
    text = text.replace("**", "") if text.count("**") % 2 else text
    return text.rstrip(" ,;:")
