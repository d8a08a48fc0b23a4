"""Questions about letters, parts of speech and the order of words."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.related_words import find_past, find_plural
from mockgem.operations.forms.word_sets import (
    ACRONYMS,
    ADJECTIVES,
    NOUNS,
    VERBS,
    find_part_of_speech,
)

W = r"[\"'“‘`]?([A-Za-z][A-Za-z-]{1,24})[\"'”’`]?"
THE_WORD = r"(?:the |this )?(?:(?:word|adjective|verb|noun|adverb|term)s?:? )?"
STANDS_FOR = make_regex(
    r"\b[Ww]hat (?:does|do) (?:the )?(?:acronym |abbreviation |letters )?[\"'“]?([A-Z]{2,8})[\"'”]?"
    r" (?:stand for|mean)\b|\b(?:expand|full form of|meaning of)(?: the)? (?:acronym |abbreviation"
    r" )?[\"'“]?([A-Z]{2,8})\b"
)
LETTERS = make_regex(
    r"\b(?:how many|count (?:all )?the|count how many)"
    r" (vowels|consonants|letters|characters|words)\b(?! [a-z]\b)[^\n]{0,40}?",
    re.I,
)
NTH_WORD = make_regex(
    r"\b(first|second|third|fourth|fifth|sixth|last|\d{1,2}(?:st|nd|rd|th)) word (?:in|of|from)\b",
    re.I,
)
EACH = make_regex(
    r"\b(?:make|turn|change|write|give|convert|form)\b[^:\n]{0,60}\b(plurals?|past tenses?|past)\b"
    r"[^:\n]{0,40}:\s*([A-Za-z][A-Za-z, ]{2,200})\W*\Z",
    re.I,
)
PART = make_regex(
    rf"\b(?:is|what part of speech is|part of speech of|type of word is) {THE_WORD}{W}"
    r"(?= an? (?:noun|verb|adjective|adverb)\b|\W*\Z|\?)",
    re.I,
)
FIND_PARTS = make_regex(
    r"\b(?:identify|find|list|underline|pick out|name|what are)\b[^:\n]{0,24}\b(noun|verb|adjective"
    r"|adverb|preposition|pronoun)s?\b[^:\n]{0,60}[:\n]\s*[\"“]?([A-Z][^\n\"”]{5,300})",
    re.I,
)
REORDER = make_regex(
    r"\b(?:rearrange|reorder|unscramble"
    r"|put)\b[^:\n]{0,60}\bwords?\b[^:\n]{0,60}\bsentence\b[^:\n]{0,30}"
    r"[:\n]\s*([A-Za-z'?.]+(?:\s?[/,|-]\s?[A-Za-z'?.]+){2,20})",
    re.I,
)
SPOKEN = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": 0}
QUOTED = make_regex(r"[\"“'‘]([^\"”'’\n]{2,300})[\"”'’]")


SCRAMBLED = make_regex(
    r"\bunscramble\b[^:\n]{0,40}?[: ]\s?[\"'“]?([A-Za-z]{3,12})[\"'”]?\W*\Z", re.I
)


SPEECH = make_regex(r"\bpart of speech\b|\b(?:noun|verb|adjective|adverb)\b", re.I)


def find_scrambled(prompt: str, question: Question) -> str:
    """Return a word with the given letters."""
    match = SCRAMBLED.search(prompt)
    if match is None:
        return ""
    letters = sorted(match[1].lower())
    words = sorted(NOUNS | VERBS | ADJECTIVES)
    word = next((word for word in words if sorted(word) == letters), "")
    return word if question.is_terse or not word else f"The word is **{word}**."


def expand_letters(prompt: str, question: Question) -> str:
    """Return what letters such as NASA stand for."""
    match = STANDS_FOR.search(prompt)
    letters = str(next(filter(None, match.groups()))) if match else ""
    if letters not in ACRONYMS or "\n" in prompt:
        return ""
    return (
        ACRONYMS[letters] if question.is_terse else f"{letters} stands for **{ACRONYMS[letters]}**."
    )


def count_letters(prompt: str, question: Question) -> str:
    match = LETTERS.search(prompt)
    quoted = QUOTED.search(prompt)
    named = re.search(r"\b(?:word|in|of|name) ([A-Za-z-]{2,30})\W*\Z", prompt)
    text = quoted[1] if quoted else prompt.partition(":")[2].strip() or (named[1] if named else "")
    if match is None or not text or "\n" in text:
        return ""
    kind = match[1].lower()
    if kind == "words":
        count = len(text.split())
        return str(count) if question.is_terse else f"There are **{count}** words."
    marks = {"vowels": "aeiou", "consonants": "bcdfghjklmnpqrstvwxyz"}.get(kind)
    count = sum(one in marks if marks else one.isalpha() for one in text.lower())
    return str(count) if question.is_terse else f"There are **{count}** {kind} in “{text}”."


def name_nth_word(prompt: str, question: Question) -> str:
    match = NTH_WORD.search(prompt)
    if match is None:
        return ""
    quoted = QUOTED.search(prompt)
    rest = quoted[1] if quoted else prompt[match.end() :].partition(":")[2] or question.material
    words = re.findall(r"[\w'’-]+", rest)
    place = SPOKEN.get(match[1].lower(), 0) or int("".join(filter(str.isdigit, match[1])) or 0)
    return words[place - 1] if len(words) >= max(place, 2) else ""


OF_QUOTED = make_regex(
    r"\b(?P<kind>plurals?|past tenses?) (?:forms? )?(?:of|for) (?:the (?:words?|nouns?|verbs?):? )?"
    r"(?P<words>[\"“'‘][A-Za-z]+[\"”'’](?:(?:,| and|, and) [\"“'‘][A-Za-z]+[\"”'’]){1,9})",
    re.I,
)
"""Several words in quotation marks: 'the plural of "mouse", "ox" and "cactus"'."""


def change_quoted(prompt: str, question: Question) -> str:
    """Return the plural or the past tense of several words in quotation marks."""
    match = OF_QUOTED.search(prompt)
    if match is None:
        return ""
    words = re.findall(r"[A-Za-z]+(?=[\"”'’])", match["words"])
    change: Callable[[str], str] = find_plural if match["kind"][:2].lower() == "pl" else find_past
    changed = [change(word.lower()) for word in words]
    if question.is_terse or COMMAS.search(prompt):
        return ", ".join(changed)
    return "\n".join(f"- {one} → {two}" for one, two in zip(words, changed, strict=True))


COMMAS = make_regex(r"\bcomma\b", re.I)


def change_each(prompt: str, question: Question) -> str:
    """Return the plural or the past tense of each of several words."""
    match = EACH.search(prompt)
    words = re.split(r"\s*,\s*(?:and )?|\s+and\s+", match[2].strip(" .")) if match else []
    if match is None or len(words) < 2 or any(" " in word for word in words):
        return ""
    change: Callable[[str], str] = (
        find_plural if match[1].lower().startswith("plural") else find_past
    )
    changed = [change(word.lower()) for word in words]
    if question.is_terse:
        return ", ".join(changed)
    return "\n".join(f"- {one} → {two}" for one, two in zip(words, changed, strict=True))


def name_part(prompt: str, question: Question) -> str:
    """Return the part of speech of a word, or the words of a sentence with one."""
    if match := FIND_PARTS.search(prompt):
        words = [
            word
            for word in re.findall(r"[\w'-]+", match[2])
            if find_part_of_speech(word) == match[1].lower()
        ]
        return ", ".join(dict.fromkeys(words))
    if not SPEECH.search(prompt) or (match := PART.search(prompt)) is None:
        return ""
    part = find_part_of_speech(match[1])
    return (
        part
        if question.is_terse
        else f"“{match[1]}” is {'an' if part[0] in 'aeiou' else 'a'} **{part}**."
    )


SERIES = make_regex(
    r"\b(?:comes? next|next|continue|complete"
    r"|missing)\b[^:\n]{0,60}[:\n]\s*([A-Za-z]{1,9}(?:,\s?[A-Za-z]{1,9}){2,9})",
    re.I,
)
ORDERS = (
    "monday tuesday wednesday thursday friday saturday sunday".split(),
    "january february march april may june july august september october november december".split(),
    list("abcdefghijklmnopqrstuvwxyz"),
)


def continue_names(prompt: str, _: Question) -> str:
    """Return the next day, month or letter of a series."""
    match = SERIES.search(prompt)
    names = re.split(r",\s?", match[1]) if match else []
    for order in ORDERS:
        if names and all(name.lower() in order for name in names):
            places = [order.index(name.lower()) for name in names]
            step = places[-1] - places[-2]
            word = order[(places[-1] + step) % len(order)]
            return word.upper() if names[-1].isupper() else word.capitalize()
    return ""


def put_in_order(prompt: str, _: Question) -> str:
    """Return a sentence from its words: the subject, the verb, then the rest."""
    match = REORDER.search(prompt)
    if match is None:
        return ""
    words = [
        word.strip(" .?") for word in re.split(r"\s?[/,|]\s?|\s-\s", match[1]) if word.strip(" .?")
    ]
    ranks = {
        "pronoun": 0,
        "verb": 2,
        "adverb": 3,
        "preposition": 4,
        "determiner": 5,
        "adjective": 6,
        "noun": 7,
    }
    ordered = sorted(words, key=lambda word: ranks.get(find_part_of_speech(word), 7))
    text = " ".join(ordered)
    return f"{text[:1].upper()}{text[1:]}."
