"""Lists of a described object that a given text has: series, terms, sentences."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.described_values import CAMEL
from mockgem.operations.forms.given_lists import find_known_things
from mockgem.operations.forms.given_rows import find_given
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.value_generation import ITEM_LISTS
from mockgem.operations.generators.prompt_analysis import COMMON_WORDS
from mockgem.operations.generators.word_stems import extract_stems

WORD = make_regex(r"[^\W\d_][\w-]{3,}")


MAX_TERMS = 3


ERROR_LISTS = make_regex(r"(?:^|_)(?:errors|warnings|violations|mistakes)$", re.I)


ERROR = "One part of the given text does not have the expected format."


SERIES_LABELS = (
    "skills requirements technologies tools stack tech technology experience proficient knowledge"
    " languages competencies qualifications",
    "ingredients",
    "features includes included comes",
    "symptoms had have having suffering",
    "hobbies interests likes enjoys",
    "allergies allergens allergic",
    "attendees participants present",
    "amenities",
    "investors by from",
)
"""Words of lists in texts, by what they list."""


SERIES_START = r"(?:[a-z]+ ){0,2}?(?:with|in|of|are|to|required|include[sd]?|:)?:? "


YEARS = make_regex(
    r"^(?:and |or )?(?:at least |about )?\d+\+? years?(?: of)?(?: experience)?(?: (?:in|with))? ?",
    re.I,
)


ARTICLE = make_regex(
    r"^(?:an?|the|some|bad|severe|strong) |\s(?:for|since|but|because|when)\b.*\Z", re.I
)


SERIES_BEHIND = make_regex(rf"\b{NAME}\b:? ?{SERIES_START}?([^.;:\n]{{3,300}})", re.I)


def find_labelled_series(name: str, text: str) -> list[str]:
    """Return the items behind a list's name in a text: "Requirements: Go, Kubernetes and SQL"."""
    own = CAMEL.sub("_", name).lower().split("_")[-1]
    words = next((row.split() for row in SERIES_LABELS if own in row.split()), [own])
    for word in words:
        series = search_named(SERIES_BEHIND, word, text[:6000])
        items = re.split(r", (?:and |or )?| and | or ", series[1]) if series else []
        items = [ARTICLE.sub("", YEARS.sub("", item)).strip(" \"'") for item in items]
        items = [item for item in items if item and not item.startswith(("years", "has "))]
        if len(items) > 1 and all(len(item.split()) <= MAX_ITEM for item in items):
            return list(dict.fromkeys(items))
    return []


ENUMERATION = make_regex(
    r"((?:[\w'’-]+ ){0,9}[\w'’-]+)((?:, (?!and |or )(?:[\w'’-]+ ){0,4}[\w'’-]+){1,8}),?"
    r" (?:and|or) ((?:[\w'’-]+ ){0,6}[\w'’-]+)"
)
"""A series with at least three items: "we need flour, two eggs and some milk"."""
BEFORE_SERIES = make_regex(
    r"\A.*\b(?:with|of|for|in|through|via|us(?:e|es|ed|ing)|needs?|offer(?:s|ed|ing)?|reported"
    r"|reports?|has|have|had|brings?|bought|buys?|include[sd]?|including|contains?|containing|are"
    r"|is|were|was|likes?|loves?|enjoys?|cause[sd]?|gets?|add(?:s|ed)?|mix(?:es|ed)?|provides?)\s",
    re.I | re.S,
)
BEHIND_SERIES = make_regex(
    r"\s(?:to|for|because|since|on|at|from|when|while|every|per|but|after|before|that|which|who"
    r"|every|is|are|was|were)\b.*\Z",
    re.S,
)
QUANTITY = make_regex(
    r"\A(?:an?|the|some|two|three|four|five|six|ten|a little|a few|a bit of|a pinch of|fresh"
    r"|\d+) (?!days|hours|weeks|months|years|percent)",
    re.I,
)


def find_enumeration(text: str) -> list[str]:
    """Return the items of the first series of a text whose beginning is clear; else nothing."""
    match = ENUMERATION.search(text[:6000])
    if match is None:
        return []
    first = BEFORE_SERIES.sub("", match[1])
    items = [first, *match[2].removeprefix(", ").split(", "), BEHIND_SERIES.sub("", match[3])]
    items = [QUANTITY.sub("", QUANTITY.sub("", item)).strip() for item in items]
    return items if all(0 < len(item.split()) <= MAX_ITEM for item in items) else []


MAX_ITEM = 4
"""Words of an item in a list of a text."""


MARKED = {
    "hashtags": make_regex(r"(?<!\w)#\w+"),
    "mentions": make_regex(r"(?<!\w)@\w+"),
    "handles": make_regex(r"(?<!\w)@\w+"),
}
"""Lists of words with a mark in the text."""


AMOUNTS = make_regex(r"(?:^|_)(?:amounts|prices|numbers|costs|totals|sums|figures|values)$", re.I)


def list_sentences(name: str, question: Question) -> list[str]:
    """Return sentences of the given text for a list of such: "key_points"; else nothing."""
    given = find_given(question)
    if not ITEM_LISTS.search(CAMEL.sub("_", name)) or not given:
        return []
    found = [
        text
        for text in split_sentences(given)
        if not text.endswith("?") and not MAIL_HEADER.match(text)
    ]
    return found if len(found) > 1 or WHOLE_TEXT.search(name) else []


MAIL_HEADER = make_regex(r"(?:from|to|subject|date|cc|sent): ", re.I)
WHOLE_TEXT = make_regex(r"(?:^|_)(?:statements|claims|facts)$", re.I)
"""Lists into which a text of one sentence goes as well."""


def fill_up(value: list[Any], question: Question) -> list[Any]:
    """Return different words of the text, as many as a list has."""
    words = re.findall(r"[^\W\d_][\w-]{2,}", find_given(question)[:2000])
    words = [word.lower() for word in words if word not in COMMON_WORDS]
    unique = list(dict.fromkeys([*words, *value]))
    return unique[: len(value)] if len(unique) >= len(value) else value


def find_terms(name: str, question: Question) -> list[str]:
    """Return the terms of the text for a field: those of the sentence with its word, else any."""
    stems = extract_stems(name.replace("_", " "))
    given = find_given(question)[:4000]
    known = [
        thing
        for thing in find_known_things(name.replace("_", " "))
        if thing.lower() in given.lower()
    ]
    if known:
        return sorted(known, key=given.lower().find)
    sentences = re.split(r"(?<=[.!?\n])\s+", given)
    near = [
        text for text in sentences if any(is_related(stems, word) for word in WORD.findall(text))
    ]
    for text in (" ".join(near), given):
        terms = [
            word
            for word in dict.fromkeys(WORD.findall(text))
            if word.islower() and word not in COMMON_WORDS and not is_related(stems, word)
        ]
        if terms:
            longest = sorted(terms, key=len, reverse=True)[:MAX_TERMS]
            return [term for term in terms if term in longest]
    return []


def is_related(stems: frozenset[str], word: str) -> bool:
    lower = word.lower()
    return any(len(stem) > 3 and lower.startswith(stem[: max(4, len(stem) - 2)]) for stem in stems)
