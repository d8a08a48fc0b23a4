"""Constraints on a letter: how often it appears, or that every sentence begins with it."""

from __future__ import annotations

import re
from functools import partial

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.constraints.wording import AVOID, Amount, read_amount
from mockgem.operations.forms.lazy_patterns import make_regex

LETTER = make_regex(
    r"\bletters?\b \W?(?P<letter>[a-z])\b(?!['’])\W?"
    r"|\bhashtags?\b|(?P<mark>exclamation (?:marks?|points?)|question marks?)",
    re.I,
)
BEGINS = make_regex(r"\b(?:start|begin|end)(?:s|ing)? (?:with|in) (?:the )?\Z", re.I)
"""Words before a first letter: "that start with the letter B" does not count letters."""
MARKS = {"e": "!", "q": "?"}


@constraint(
    "letters",
    "Tell me about rivers. The letter q should appear at least 3 times.",
    LETTER,
    Step.WORDS,
    "letter letters exclamation question hashtag",
)
def read_letter(match: re.Match[str]) -> Change | None:
    clause = match.string
    if BEGINS.search(clause[: match.start()]):
        return None
    letter = (match["letter"] or MARKS.get((match["mark"] or "")[:1].lower(), "")).lower()
    amount = read_amount(clause[match.end() :]) or read_amount(clause[: match.start()])
    if re.search(rf"\b{AVOID}[^.\n]{{0,30}}\Z", clause[: match.start()], re.I):
        amount = Amount(0, 0)
    if not letter or amount is None or amount == Amount(1, 1):
        return None
    return partial(count_letters, letter, amount)


WORDS_WITH = {
    "a": "advantage balance",
    "b": "bubble rubber",
    "c": "calculate conclude",
    "d": "decided added",
    "e": "extreme reference",
    "f": "fluffy officially",
    "g": "going bigger",
    "h": "highlight health",
    "i": "initial visibility",
    "j": "just joyful",
    "k": "kickback bookmark",
    "l": "really fully",
    "m": "moment maximum",
    "n": "nation announcement",
    "o": "outlook cooperation",
    "p": "prepared people",
    "q": "quick question",
    "r": "remember error",
    "s": "success assess",
    "t": "attention state",
    "u": "unusual future",
    "v": "vivid valve",
    "w": "window widow",
    "x": "example excellent",
    "y": "yearly mystery",
    "z": "puzzle pizza",
}
"""Common words that have a letter more than once, or one where few words have it."""


def count_letters(letter: str, amount: Amount, draft: Draft) -> None:
    """Add words with a letter that is too rare; remove words with one that is too frequent."""
    if letter in "!?":
        mark_ends(letter, amount, draft)
        return
    missing = amount.least - draft.text.lower().count(letter)
    if missing > 0:
        words = WORDS_WITH[letter].split()
        count = -(-missing // max(1, words[0].count(letter)))
        listed = " and ".join(words[at % 2] for at in range(count))
        draft.add_sentences([f"Some words for it: {listed}."])
    draft.text = drop_words(letter, amount.most, draft.text)


def drop_words(letter: str, most: int, text: str) -> str:
    """Return a text without its last words that have a letter, which it has too often."""
    words = re.split(r"(\s+)", text)
    left = text.lower().count(letter) - most
    for at in range(len(words) - 1, -1, -1):
        if left <= 0:
            break
        if has := words[at].lower().count(letter):
            words[at] = ""
            left -= has
    return re.sub(r"[ \t]{2,}", " ", "".join(words)).strip()


def mark_ends(mark: str, amount: Amount, draft: Draft) -> None:
    """End as many sentences as needed with a mark; the others with a point."""
    while draft.text.count(mark) > amount.most:
        place = draft.text.rfind(mark)
        draft.text = f"{draft.text[:place]}.{draft.text[place + 1 :]}"
    missing = amount.least - draft.text.count(mark)
    if missing > 0:
        draft.text = re.sub(r"\.(?=\s|\Z)", mark, draft.text, count=missing)
        missing = amount.least - draft.text.count(mark)
        draft.text += mark * max(0, missing)


SAME_LETTER = make_regex(
    r"\b(?:each|every|all)\b(?: \w+){0,2} (?:sentences?|lines?)\b[^.\n]{0,24}?\b(?:start"
    r"|begin)s?\b with"
    r"[^.\n]{0,12}?\bletters? \W?(?P<letter>[a-z])\b"
    r"|\b(?:start|begin) (?:each|every|all)(?: \w+){0,2} (?:sentences?|lines?) "
    r"with[^.\n]{0,12}?\bletters?"
    r" \W?(?P<letter2>[a-z])\b",
    re.I,
)
LEADS = {
    "a": "Actually,",
    "b": "Basically,",
    "c": "Clearly,",
    "d": "Definitely,",
    "e": "Evidently,",
    "f": "Frankly,",
    "g": "Generally,",
    "h": "Honestly,",
    "i": "Indeed,",
    "j": "Just think:",
    "k": "Kindly note:",
    "l": "Likewise,",
    "m": "Moreover,",
    "n": "Naturally,",
    "o": "Often,",
    "p": "Perhaps",
    "q": "Quite simply,",
    "r": "Really,",
    "s": "Surely",
    "t": "Truly,",
    "u": "Usually",
    "v": "Very often",
    "w": "Without doubt",
    "x": "Xenia says:",
    "y": "Yes,",
    "z": "Zooming in,",
}
"""Words that can begin any sentence, one for each letter."""


@constraint(
    "first letter of sentences",
    "Describe Rome in three sentences. Each sentence must start with the letter R.",
    SAME_LETTER,
    Step.MARKS,
    "letter letters",
)
def read_first_letter(match: re.Match[str]) -> Change | None:
    return partial(start_sentences, (match["letter"] or match["letter2"]).lower())


def start_sentences(letter: str, draft: Draft) -> None:
    """Put a word with the letter before each sentence that begins with another one."""
    sentences = draft.list_sentences()
    for sentence in sentences:
        if sentence[:1].lower() not in (letter, ""):
            small = (
                sentence if sentence[:2] in ("I ", "I'") else sentence[:1].lower() + sentence[1:]
            )
            draft.text = draft.text.replace(sentence, f"{LEADS[letter]} {small}", 1)
