"""Find the language in which a prompt wants its reply."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from mockgem.operations.forms.language_candidates import SPACED, list_candidates
from mockgem.operations.forms.language_detection import CODES, WORD
from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "language_names.json"
AMBIGUOUS_NAMES = frozenset(
    "polish turkish italia vietnam indonesia bahasa rusia brazilian".split()
)
PREPOSITION = (
    r"(?:in(?:to)?|to|as|using|auf|ins|en|em|para o|para|al|au|vers le|vers l'|in het"
    r"|naar het|po|na|in"
    r"|на|українською|dalam|ke|ke dalam|sang|bằng|tiếng)"
)
REQUEST = make_regex(
    rf"(?<!\w){PREPOSITION}\s+(?:(?:plain|simple|fluent|formal|only|entirely|pure|proper|brazilian"
    rf"|simplified|traditional"
    r"|bahasa|tiếng|język|the)\s+)?([^\W\d_]{3,14})(?!\w)(?:\s+(?:language|chinese|język))?"
    r"(?=\s*(?:[.,;:!?)\n\"']|$|please|only|and|with|but|the following|about|for|using|without|"
    r"이|in|pls|plz|thx|thanks|or|too|now|again|instead|as well|no|not|i|i'm|my|your|because"
    r"|exactly|max|at most|one|two|three|\d|[-–—/(]|that|so|then|what|how|why|who|when|where"
    r"|whether|which|regardless|no matter|e |y |und "
    r"|et ))",
    re.I,
)
VERBS = make_regex(
    r"(?<!\w)(?:(?:only |always )?speaks?|us(?:e|ing)(?: only)?|write|answer in|reply in|respond "
    r"in|only|always"
    r"|language:"
    r"|język:|sprache:|target(?: language)?:|(?:output|reply) language:)"
    r"\s+(?:in\s+)?([^\W\d_]{4,14})\b",
    re.I,
)
AFTER_VERB = make_regex(
    r"\b(?:translat\w+|reply|respond|answer|speak|say|converse|talk to me"
    r"|write back)\b[^.!?\n]{0,80}?"
    r"\b(?:in(?:to)?|to) (?:[a-z]{4,12} )?([A-Za-z]{3,14})\b",
    re.I,
)
"""A verb before the language makes a request certain, whatever follows."""
AS_ADJECTIVE = make_regex(
    r"\b(?:write|draft|compose|give me|create|need|want|make|generate|produce|return|provide"
    r"|send)\b[^.!?\n]{0,30}?\b(?:an?|the) (?:[a-z]{3,9} )?"
    r"([A-Za-z]{4,14}) (?:version|translations?|e-?mail|text|letter|message|reply|summary"
    r"|sentences?|paragraph|caption)\b",
    re.I,
)
"""A text that is to be in a language: "Write a French email"."""
WRITTEN = make_regex(
    r"\b(?:write|draft|compose|create|generate|send|need|want)\b[^.!?\n]{0,40}?\b(?:message|note"
    r"|e-?mail|letter|text|reply|post|description|paragraph|greeting|invitation|review|poem|story)"
    r" in ([A-Za-z]{4,14})\b",
    re.I,
)
"""A text in a language, whatever follows: "Write a message in French to a customer"."""
LEARNS = make_regex(
    r"\b(?:pronunciación|aprend\w+|hablar|mejorar|vocabulario|gramática|acento|pronunciation"
    r"|prononciation"
    r"|apprendre|parler|aussprache|lernen|learn(?:ing)?|fluent|practi[cs]e|speaking|vocabulary"
    r"|grammar)\b"
    r"[^.?!\n]{0,40}\Z",
    re.I,
)
"""Words of a user who learns a language and does not ask for a reply in it."""
SPEAKER = make_regex(
    r"\b(?:i|we|he|she|they|people|staff|guides?|friends?|customers?|can|must)\b"
    r"(?![^.!?\n]{0,120}\b(?:you|please)\b)[^.!?\n]{0,100}\s?\Z|\bmust \Z",
    re.I,
)
"""A statement about languages that a person speaks: "I speak Spanish and French"."""
ITALY = "Italien"
"""The country in German, which is a language in French only in small letters."""
TRADITIONAL_NAME = make_regex(r"traditional chinese|繁體|繁体|正體", re.I)
OTHER_NAMES = "|".join(
    sorted(
        (re.escape(name) for name in CODES if not name.isascii() and ord(name[0]) > 0x530),
        key=len,
        reverse=True,
    )
)
CJK_REQUEST = make_regex(
    rf"(?:用|成|为|為|以|译|譯|说|說)\s?({OTHER_NAMES})|({OTHER_NAMES})(?:で|に|로|으로|来|회답|回答)"
    rf"|(?:إلى|باللغة|إلى اللغة)\s?(?:ال)?({OTHER_NAMES})|(?:ל|ב)-?({OTHER_NAMES})"
    rf"|({OTHER_NAMES}) में|เป็น({OTHER_NAMES})"
)


@lru_cache(maxsize=256)
def find_requested(text: str, *, is_english: bool = False) -> str:
    """Return the language that an instruction asks for; empty if it asks for none."""
    if not text:
        return ""
    code = find_in_english(text) or ("" if is_english else find_in_others(text))
    code = code or find_locale(text)
    return "zh-Hant" if code == "zh" and TRADITIONAL_NAME.search(text) else code


TARGET_LABEL = make_regex(
    r"^[ \t*]*target lang(?:uage)?\**[ \t]?[:=]\**[ \t]*[\"'`]?([^\W\d_]{2,16})", re.I | re.M
)


def find_labelled(text: str) -> str:
    """Return the language of a line such as "Target language: Polish"; empty without one."""
    match = TARGET_LABEL.search(text)
    name = match[1].lower() if match else ""
    return CODES.get(name, name if name in CODES.values() else "")


def find_in_english(text: str) -> str:
    """Return the language that English words ask for, and some words of other languages."""
    if text.isascii() and CODES.keys().isdisjoint(WORD.findall(text.lower())):
        return ""
    for pattern in (REQUEST, AFTER_VERB, AS_ADJECTIVE, WRITTEN):
        for match in pattern.finditer(text):
            if LEARNS.search(text, max(0, match.start() - 60), match.start() + 1):
                continue
            if match[1] != ITALY and (code := CODES.get(match[1].lower())):
                return code
    for match in VERBS.finditer(text):
        name = match[1].lower()
        if SPEAKER.search(text, max(0, match.start() - 120), match.start() + 1):
            continue
        if (code := CODES.get(name)) and name not in AMBIGUOUS_NAMES:
            return code
    if text.isascii():
        return ""
    found = CJK_REQUEST.search(text)
    return CODES[next(filter(None, found.groups()))] if found is not None else ""


def find_in_others(text: str) -> str:
    """Return the language that a text in another language than English asks for."""
    text = text[:EDGE].lower()
    for own in list_candidates(text):
        if load_any_name(own).search(text) is None:
            continue
        for code, pattern in load_requests(own):
            found = pattern.search(text)
            if found and not LEARNS.search(text, max(0, found.start() - 60), found.start() + 1):
                return code
    return "zh-Hant" if not text.isascii() and TRADITIONAL_NAME.search(text) else ""


@cache
def load_any_name(own: str) -> re.Pattern[str]:
    """Return a pattern for the name of any language in a language: a quick look."""
    found = json.loads(FILE.read_text(encoding="utf-8")).get(own, ("", r"(?!)"))
    return re.compile("|".join(found[1].split()).replace("_", " "))


@cache
def load_requests(own: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each language the pattern of a request for it in a language."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    if own not in found:
        return ()
    phrase, names = found[own]
    phrase = re.sub(r"(?<!\\)\((?!\?)", "(?:", phrase)
    edges = (r"(?<!\w)", r"(?!\w)") if own in SPACED else ("", "")
    return tuple(
        (code, re.compile(edges[0] + fill_name(phrase, name) + edges[1]))
        for code, name in zip(found["codes"].split(), names.split(), strict=True)
    )


@cache
def list_names(own: str) -> dict[str, str]:
    """Return the names of the languages in a language, by code; nothing if only stems are known."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    if own not in found or own in ("pl", "ru", "uk"):
        return {}
    names = [name.split("|")[0].replace("_", " ") for name in found[own][1].split()]
    start = {"vi": "tiếng ", "id": "bahasa ", "th": "ภาษา"}.get(own, "")
    return {code: start + name for code, name in zip(found["codes"].split(), names, strict=True)}


SERIES = make_regex(
    r"\s?(?:,|、|，|،|/|&|und|et|y|e|ed|en|i|ve|и|та|і|و|ו|और|と|和|및|와|과|dan|và|และ"
    r"|\s)\s?(?:al?|ins?|auf|en|em|to|na|на|in|au|vers le|para o|po|ke|sang|tiếng|bahasa|ภาษา"
    r"|ול|ל)?\s?"
)


@cache
def load_names(own: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each language the pattern of its name in a language."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    if own not in found:
        return ()
    names = [name.replace("_", " ") for name in found[own][1].split()]
    return tuple(
        (code, make_regex(fit_edges(name, own), re.I))
        for code, name in zip(found["codes"].split(), names, strict=True)
    )


def list_named(text: str) -> list[tuple[str, str]]:
    """Return the languages of a series of several, as they are spelled, with their codes."""
    text = text[:EDGE]
    for own in list_candidates(text):
        places = sorted(
            (match.start(), match.end(), match[0], code)
            for code, pattern in load_names(own)
            if (match := pattern.search(text))
        )
        linked = [
            one
            for at, one in enumerate(places)
            if (at and SERIES.fullmatch(text[places[at - 1][1] : one[0]]))
            or (at + 1 < len(places) and SERIES.fullmatch(text[one[1] : places[at + 1][0]]))
        ]
        if len(linked) > 1:
            return [(name, code) for _, _, name, code in linked]
    return []


def fit_edges(name: str, own: str) -> str:
    return rf"(?<!\w)(?:{name})\w{{0,5}}" if own in SPACED else f"(?:{name})"


def fill_name(phrase: str, name: str) -> str:
    options = name.replace("_", " ")
    return f"(?:{phrase.replace('{}', f'(?:{options})')})"


def find_locale(text: str) -> str:
    """Return the language of "Target locale: pt-BR" or "EN -> DE"."""
    lower = text.lower()
    match = LOCALE.search(text) if any(mark in lower for mark in CODE_MARKS) else None
    code = next(filter(None, match.groups())).lower() if match else ""
    if match and match[0].lower().endswith(TRADITIONAL_CODES):
        return "zh-Hant"
    return code if code in KNOWN_CODES else ""


EDGE = 1_500
KNOWN_CODES = frozenset(CODES.values())
CODE_MARKS = ("locale", "lang", "->", "→", "=>")
LOCALE = make_regex(
    r"\b(?:locale|(?:target |output |reply )?(?:language|lang)(?: code)?)\b(?: is| should be)?"
    r"\s?[:=]?\s?[\"'`(]?([a-z]{2})(?:[-_](?i:[A-Z]{2}|Hans|Hant))?(?![\w])"
    r"|\b[A-Za-z]{2}(?:[-_][A-Z]{2})? ?(?:->|→|=>) ?([A-Za-z]{2})(?:[-_][A-Z]{2})?\b",
)
TRADITIONAL_CODES = ("zh-tw", "zh_tw", "zh-hk", "zh-hant", "zh_hant")
