"""Constraints on capitals, commas, digits and punctuation."""

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
    r"\b(?:convert|rewrite|turn|change|transform|labels?|categor\w+|class|sentiment|intent|tags?"
    r"|option|(?:single )?character [\"“'`]|(?:the|single) letter|variables?|names?|keys?|slugs?"
    r"|strings?|column|function|constants?|first letter|each word"
    r"|sentence case|title case|camel|snake|kebab|sql|keywords? in|regex|passwords?|password|enum"
    r"|headings?|headers?|acronyms?|subject|(?-i:YES|NO|TRUE|FALSE)|yes|true or false|one word"
    r"|one lower|verdict|grade|scores?|say|spell|the (?:word|phrase|sentence|text)\b(?! (?:should"
    r"|must|has|is))|one of|comma|extract"
    r"|nothing else|return the|either|(?-i:[A-Z]{3,20} or [A-Z]{3,20})|line \d|(?:this|these"
    r"|following|given|my) (?:sentence|text|word|phrase"
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
    signs=("capital", "caps", "upper", "stress"),
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


NO_DIGITS = make_regex(
    rf"\b{AVOID}[^.\n]{{0,24}}?(?<!phone )(?<!card )(?<!account )\b"
    rf"(?:numbers?|digits?|numerals?|figures)\b(?! (?:of|each|list|points?))",
    re.I,
)
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@constraint(
    "no digits",
    "How long does a cake bake? You must not use any numbers in your answer.",
    NO_DIGITS,
    Step.LETTERS,
    "number numbers digit digits numerals figures",
)
def read_digits(match: re.Match[str]) -> Change | None:
    return drop_digits


def drop_digits(draft: Draft) -> None:
    draft.text = re.sub(
        r"\d+",
        lambda found: NUMBER_WORDS[int(found[0])] if len(found[0]) == 1 else "many",
        draft.text,
    )


NO_PUNCTUATION = make_regex(
    rf"\b{AVOID}(?: \w+){{0,3}} punctuation\b(?! marks? (?:other|except))", re.I
)


@constraint(
    "no punctuation",
    "Tell me about the moon. Reply in one sentence with no punctuation.",
    NO_PUNCTUATION,
    Step.LETTERS,
    "punctuation",
)
def read_punctuation(match: re.Match[str]) -> Change | None:
    return None if ABOUT_WORDS.search(match.string) else drop_punctuation


def drop_punctuation(draft: Draft) -> None:
    draft.text = re.sub(r"[.,;:!?…\"“”()]+(?=\s|\Z)|(?<=\s)[\"“(]", "", draft.text)
