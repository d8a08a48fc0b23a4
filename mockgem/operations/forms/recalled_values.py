"""Find a value of a kind (a city, a name, a job) that the user gave earlier."""

from __future__ import annotations

import re
from collections.abc import Callable

from mockgem.operations.forms.answer_spans import KINDS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.generators.hint_patterns import EMAIL
from mockgem.operations.generators.word_stems import extract_stems

PHONE = make_regex(r"(?<![\w-])\+?\(?\d[\d ()./-]{5,18}\d(?![\w-])")
CODE = make_regex(r"#?\b(?=[A-Z0-9-]{0,14}\d)[A-Z0-9]{1,10}(?:-?[A-Z0-9]{1,12}){0,4}\b")
JOB = make_regex(
    r"\b(?:work(?:ing|s)? as|i['’]m|i am|job is|profession is) (?:being )?(?:an? |the )"
    r"([a-z][\w -]{2,30}?)(?= (?:in|at|for|from|and|who|with|by)\b|[.,!;]|\s*\Z)",
    re.I,
)
ABOUT_ME = make_regex(
    r"\b(?:did|do|have|am|was) i\b|\bi (?:just )?(?:say|said|tell|told|mention|mentioned|gave|give"
    r"|asked|want|wanted|told)\b|\bmy\b|\bi(?:'m| am)\b",
    re.I,
)


def find_job(_: str, text: str) -> str:
    match = JOB.search(text)
    return match[1] if match else ""


def find_first(pattern: re.Pattern[str]) -> Callable[[str, str], str]:
    def find(_: str, text: str) -> str:
        match = pattern.search(text)
        return match[0] if match else ""

    return find


VALUE_KINDS: tuple[tuple[re.Pattern[str], Callable[[str, str], str]], ...] = tuple(
    (make_regex(pattern, re.I), find)
    for pattern, find in (
        (r"\be-?mail\b", find_first(EMAIL)),
        (r"\b(?:phone|mobile)\b|\btelephone\b", find_first(PHONE)),
        (r"\b(?:job|profession|occupation)\b|\bfor a living\b|\bwork as\b", find_job),
        (
            r"\b(?:order|ticket|booking|reference|account|case|invoice|flight|customer|tracking)"
            r" (?:number|id|code|no)\b|\b(?:code|id)\b",
            find_first(CODE),
        ),
    )
)


NOTES = make_regex(
    r"\b(?:remember|memori[sz]e|keep in mind|note(?: down| that)?|don['’]t forget|save|store"
    r"|merk\w*|recuerda|retiens|souviens|ricorda\w*|lembre)\b",
    re.I,
)
"""A wish to keep what a message says."""
NOTED = make_regex(
    r"\b(?:the|my|our|this|a) ((?:[\w'-]+ ){0,3}?[\w'-]+)(?: (?:is|are|was|will be)|\s?[:=])"
    r" [\"'“‘`]?((?:[^.!?\n,;\"”’`]|[.,](?=\w)){1,80})",
    re.I,
)
ASKED_THING = make_regex(r"[^\W\d_]{3,}")
ASKING = frozenset(
    "what was were the you gave give tell told just only word asked for that".split()
)


def find_noted(prompt: str, said: list[str]) -> str:
    """Return the value of a thing that the user wanted to have remembered: "the code: 4711"."""
    asked = set(ASKED_THING.findall(prompt.lower())) - ASKING
    for text in reversed(said):
        for thing, value in NOTED.findall(text) if NOTES.search(text) else ():
            if asked.intersection(thing.lower().split()):
                return str(value).strip()
    return ""


def find_recalled(prompt: str, said: list[str]) -> tuple[str, str]:
    """Return a value that the user gave, and the sentence with it; empty if none is of the kind.

    Args:
        said: The earlier messages of the user, the oldest first.
    """
    if not ABOUT_ME.search(prompt):
        return "", ""
    finders = [find for asks, find in (*VALUE_KINDS, *KINDS) if asks.search(prompt)]
    sentences = [one for text in said for one in split_sentences(text) if not one.endswith("?")]
    wanted = extract_stems(prompt)
    sentences.reverse()
    ordered = sorted(sentences, key=lambda one: -len(wanted & extract_stems(one)))
    for find in finders[:2]:
        for sentence in ordered:
            if found := find(prompt, sentence):
                return found, sentence
    return "", ""
