"""How prompts word constraints: amounts, lists of words, replies."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.lazy_patterns import make_regex

AVOID = (
    r"(?:(?:do(?:es)? not|do(?:es)?n['’]?t|never|not|cannot|can['’]?t|mustn['’]t|shouldn['’]t"
    r"|avoid(?:ing)?|refrain from|without|no|excluding|exclude|omit|leave out|skip|free (?:of"
    r"|from))\b)"
)
LEAST = r"(?:at least|a minimum of|minimum|no (?:less|fewer) than|not less than|min\.?)"
MORE = r"(?:more than|over|above)"
MOST = r"(?:at most|a maximum of|maximum|no more than|not more than|up to|max\.?|no longer than)"
LESS = r"(?:less than|fewer than|under|below)"
AMOUNT_WORDS = (
    rf"\b(?P<relation>{LEAST}|{MORE}|{MOST}|{LESS}|exactly|only)?\s?(?:for )?"
    rf"\b(?P<number>{NUMBER}|once|twice|thrice)\b(?: ?(?:to|-|–|and) ?(?P<upper>\d{{1,4}})\b)?"
    r"(?: times)?(?P<after>,? (?:or|and) (?:more|less|fewer|above)|\+| times or (?:more|less))?"
)
AMOUNT = make_regex(AMOUNT_WORDS, re.I)
TIMES = {"once": 1, "twice": 2, "thrice": 3}
LARGE = 5_000


@frozen
class Amount:
    """How many of something a text has: at least `least`, and at most `most`."""

    least: int
    most: int


def read_amount(text: str, usual: str = "") -> Amount | None:
    """Return the first amount in a text; `usual` is the relation of a plain number."""
    match = AMOUNT.search(text)
    if match is None:
        return None
    word = match["number"].lower()
    number = TIMES.get(word) or parse_count(word, LARGE)
    if match["upper"] and int(match["upper"]) > number:
        return Amount(number, int(match["upper"]))
    relation = f"{match['relation'] or usual} {match['after'] or ''}".lower()
    if re.search(r"less than|fewer than|under|below", relation) and not re.search(
        r"\b(?:no|not) (?:less|fewer)", relation
    ):
        return Amount(0, number - 1)
    if re.search(rf"{MOST}|or (?:less|fewer)", relation):
        return Amount(0, number)
    if re.search(r"more than|over|above", relation) and "no more" not in relation:
        return Amount(number + 1, LARGE)
    if re.search(rf"{LEAST}|or more|\+", relation):
        return Amount(number, LARGE)
    return Amount(number, number)


ITEM = (
    r"(?:\"[^\"\n]{1,60}\"|“[^”\n]{1,60}”|'[^'\n]{1,60}'(?!\w)|‘[^’\n]{1,60}’|`[^`\n]{1,60}`"
    r"|[\w-]+)"
)
LIST = make_regex(
    rf"[\s:(\[]{{0,4}}(?:the )?({ITEM}(?:(?:,? (?:and|or) |, ?)(?:the )?{ITEM}){{0,12}})"
)
ITEMS = make_regex(ITEM)
NOT_KEYWORDS = frozenset(
    """in at least the your it them they should must and or of to that this more less exactly only
    but with for from than""".split()
)


def list_words(text: str) -> list[str]:
    """Return the words that a text begins with, quoted or plain: 'gao and hearts', '"a", "b"'."""
    match = LIST.match(text)
    words: list[str] = []
    for item in ITEMS.findall(match[1]) if match else ():
        word = item.strip("\"“”'‘’` .,")
        if item[0] in "\"“'‘`" or word.lower() not in ("and", "or"):
            if word.lower() in NOT_KEYWORDS and word == item:
                break
            words.append(word)
    return [word for word in words if word]
