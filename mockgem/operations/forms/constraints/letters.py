"""Constraints on single letters and marks: commas, capitals, how often a letter appears."""

from __future__ import annotations

import re
from functools import partial

from mockgem.operations.forms.constraints.draft import Draft
from mockgem.operations.forms.constraints.rows import Change, Step, constraint
from mockgem.operations.forms.constraints.wording import (
    AVOID,
    LARGE,
    Amount,
    read_amount,
)
from mockgem.operations.forms.lazy_patterns import make_regex

NO_COMMAS = make_regex(
    rf"\b{AVOID}[^.\n]{{0,40}}?\b(?:comm?as?|commata|comas|virgules?|kommas?)\b"
    r"|\bcommas? (?:are|is|should|must) (?:not|forbidden|prohibited|never)\b"
    r"|\b(?:ohne|keine|sin|sans|senza|sem|zonder) (?:\w+ ){0,2}?(?:kommas?|kommata|comas|virgules?"
    r"|virgole|vírgulas|komma['’]s)(?!\w)",
    re.I,
)


@constraint(
    "no commas",
    "Describe autumn. Do not use any commas.",
    NO_COMMAS,
    Step.LETTERS,
    "commas comma kommas kommata comas virgules virgole vírgulas",
)
def read_commas(match: re.Match[str]) -> Change | None:
    return None if NOT_BARE.search(match[0]) else drop_commas


NOT_BARE = make_regex(r"separat|delimit|space|after|before|between|thousand|trailing", re.I)


def drop_commas(draft: Draft) -> None:
    draft.text = re.sub(r"[,，、،](?=\s|\Z)", "", draft.text).replace(",", " ")


LOWER = make_regex(
    r"\blower[- ]?cased?s?\b(?: letters)?(?! (?:label|word|name|variable|key))"
    r"|\b(?:no|without|not)\b[^.\n]{0,30}?\b(?:capitals?|upper[- ]?case|capitalized?)\b"
    r"(?: letters?| words?)?|\bnot a single letter\b[^.\n]{0,40}\bcapitali"
    r"|\b(?:kleinbuchstaben|kleinschreibung|in minúsculas?|en minúsculas?|en minuscules?"
    r"|in minuscolo|em minúsculas?)(?!\w)",
    re.I,
)
NO_LOWER = make_regex(r"\b(?:no|without|not)\b[^.\n]{0,24}?\blower[- ]?case", re.I)
NO_CAPITALS = make_regex(r"\b(?:no|without|not)\b[^.\n]{0,30}?\b(?:capital|upper[- ]?case)", re.I)
UPPER = make_regex(
    r"\b(?:all|only|entirely|completely|just|in|use|using|with) (?:all[- ]|only |in |use )?"
    r"(?:in )?(?:(?:english )?capital letters|capitals|caps|upper[- ]?cased?)\b(?: letters)?"
    r"(?! (?:label|word|name|variable|key))"
    r"|\b(?:no|without|not)\b[^.\n]{0,24}?\blower[- ]?case\b(?: letters?)?"
    r"|\bcapitali[sz]e (?:all|every|each|everything)\b[^.\n]{0,24}"
    r"|\b(?:großbuchstaben|en mayúsculas?|en majuscules?|in maiuscolo|em maiúsculas?)(?!\w)",
    re.I,
)
ABOUT_WORDS = make_regex(
    r"\b(?:convert|turn|change|transform|labels?|categor\w+|class|sentiment|intent|tags?|option"
    r"|variables?|names?|keys?|slugs?|strings?|column|function|constants?|first letter|each word"
    r"|sentence case|title case|camel|snake|kebab|sql|keywords? in|regex|passwords?|password|enum"
    r"|headings?|headers?|acronyms?|subject|(?-i:YES|NO|TRUE|FALSE)|yes|true or false|one word"
    r"|one lower|verdict|grade|scores?|say|spell|the (?:word|phrase|sentence|text)\b(?! (?:should"
    r"|must|has|is))|one of|comma|extract"
    r"|nothing else|return the|line \d|(?:this|these|following|given|my) (?:sentence|text|word"
    r"|phrase"
    r"|line|paragraph)s?)\b",
    re.I,
)
"""Words that make it a matter of a given text or of names, not of the whole reply."""
SINGLE_WORDS = make_regex(
    r"\b(?:words|phrases|terms|points|some|few)\b[^.\n]{0,40}?\b(?:in|with|are|have|be)\b"
    r"[^.\n]{0,12}(?:capital|caps|upper)|\b(?:capital|caps|uppercase)[- ]words\b"
    r"|\ball[- ]caps words\b|\bcapitali[sz]e (?:a |some |the )?(?:few|some|key|main|important)\b"
    r"|\bstress words\b",
    re.I,
)


@constraint(
    "lower case",
    "Write a short note to a friend about the party, in all lowercase letters.",
    LOWER,
    Step.LETTERS,
    "lowercase lowercased lower capital capitals uppercase upper capitalized kleinbuchstaben "
    "kleinschreibung minúsculas minuscules minuscolo",
)
def read_lower(match: re.Match[str]) -> Change | None:
    clause = match.string
    if ABOUT_WORDS.search(clause) or NO_LOWER.search(clause) or clause.rstrip().endswith("?"):
        return None
    return lower_text


def lower_text(draft: Draft) -> None:
    draft.text = draft.text.lower()


@constraint(
    "capitals",
    "Tell me about volcanoes. Your entire response should be in capital letters.",
    UPPER,
    Step.LETTERS,
    "capital capitals caps uppercase upper lowercase lower capitalize capitalise großbuchstaben "
    "mayúsculas majuscules maiuscolo maiúsculas",
)
def read_upper(match: re.Match[str]) -> Change | None:
    clause = match.string
    is_other = any(one.search(clause) for one in (ABOUT_WORDS, SINGLE_WORDS, NO_CAPITALS))
    if is_other or clause.rstrip().endswith("?"):
        return None
    return upper_text


def upper_text(draft: Draft) -> None:
    draft.text = draft.text.upper()


@constraint(
    "words in capitals",
    "Describe a camera. Words in all capital letters should appear at least 4 times.",
    SINGLE_WORDS,
    Step.MARKS,
    "capital caps all-caps upper uppercase capitalize capitalise stress words",
)
def read_capital_words(match: re.Match[str]) -> Change | None:
    near = match.string[max(0, match.start() - 60) :]
    return partial(stress_words, read_amount(near, "at least") or Amount(2, LARGE))


CAPITALS = make_regex(r"\b[A-Z]{2,}\b")
LONG_WORD = make_regex(r"(?<![\w*\[<])[a-z]{5,}(?![\w*\]>])")


def stress_words(amount: Amount, draft: Draft) -> None:
    """Put as many words into capitals as are missing, and two if only a limit is known."""
    wanted = amount.least or min(2, amount.most)
    missing = wanted - len(CAPITALS.findall(draft.text))
    if missing > 0:
        spread = max(1, len(LONG_WORD.findall(draft.text)) // (missing + 1))
        places = [found.span() for found in LONG_WORD.finditer(draft.text)][::spread][:missing]
        for start, end in reversed(places):
            draft.text = draft.text[:start] + draft.text[start:end].upper() + draft.text[end:]


LETTER = make_regex(
    r"\bletters?\b \W?(?P<letter>[a-z])\b(?!['’])\W?"
    r"|\bhashtags?\b|(?P<mark>exclamation (?:marks?|points?)|question marks?)",
    re.I,
)
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
    """Add words with a letter that is too rare, and remove those with one that is too frequent."""
    if letter in "!?":
        mark_ends(letter, amount, draft)
        return
    missing = amount.least - draft.text.lower().count(letter)
    if missing > 0:
        words = WORDS_WITH[letter].split()
        count = -(-missing // max(1, words[0].count(letter)))
        listed = " and ".join(words[at % 2] for at in range(count))
        draft.add_sentences([f"Some words for it: {listed}."])
    while draft.text.lower().count(letter) > amount.most:
        draft.text = drop_last_word(letter, draft.text)


def drop_last_word(letter: str, text: str) -> str:
    """Return a text without the last word that has a letter."""
    place = text.lower().rfind(letter)
    start = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
    end = min((at for at in (text.find(" ", place), text.find("\n", place)) if at >= 0), default=-1)
    return text[:start] + text[end + 1 :] if end >= 0 else text[:start].rstrip()


def mark_ends(mark: str, amount: Amount, draft: Draft) -> None:
    """End as many sentences as needed with a mark."""
    missing = amount.least - draft.text.count(mark)
    if missing > 0:
        draft.text = re.sub(r"\.(?=\s|\Z)", mark, draft.text, count=missing)
        missing = amount.least - draft.text.count(mark)
        draft.text += mark * max(0, missing)
