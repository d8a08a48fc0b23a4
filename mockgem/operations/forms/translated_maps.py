"""Translations into several languages, with the languages as keys of an object."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.listed_fields import find_fields
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.translated_text import translate_strings
from mockgem.operations.forms.translation import find_strings, has_text, to_code
from mockgem.operations.forms.writing import Writer

NAME = r"[A-Z][a-zä-ü]{3,15}"
INTO = make_regex(
    rf"\b(?:into|to|in) (?:both )?({NAME}(?:, (?:and )?{NAME}){{0,8}}(?:,? (?:and|&) {NAME})?)"
)
SHOWN = make_regex(
    r"\"([a-zA-Z]{2,12}(?:[-_][A-Z]{2})?)\" ?: ?"
    r"(?:\{ ?(?:\.\.\.|…)? ?\}|\"(?:\.\.\.|…|)\"|\.\.\.|…)"
)
"""The keys of an example with open values: '{"fr": {...}, "de": {...}}'."""
KEYED = make_regex(r"\b(?:keys?|keyed|map(?:s|ped|ping)?|dictionary|dict)\b", re.I)
BY_CODE = make_regex(r"\b(?:iso|codes?|two[- ]letter|639)\b", re.I)
OBJECT = make_regex(r"\{\s{0,8}\"")
QUOTED = make_regex(r"[\"“„«]([^\"“”»\n{}]{2,300})[\"”»]|(?<!\w)'([^'\n{}]{2,300})'(?!\w)")


def translate_into_several(question: Question) -> dict[str, Any] | None:
    """Return a text or strings in several languages by their names or codes; None for others."""
    if "ranslat" not in question.prompt[:3000]:
        return None
    keys = list_language_keys(question)
    given = find_source(question) if len(keys) > 1 else None
    if given is None:
        return None
    return {key: translate_strings(given, Writer(question, code)) for key, code in keys.items()}


def list_language_keys(question: Question) -> dict[str, str]:
    """Return the languages of the reply: what the object calls them, and their codes."""
    text = question.prompt[:3000]
    shown = {name: code for name in SHOWN.findall(text) if (code := to_code(name))}
    if len(shown) > 1:
        return shown
    if sum(to_code(name) != "" for name, _ in find_fields(question.wish)) > 1:
        return {}  # the prompt spells the keys
    match = INTO.search(text) if KEYED.search(question.wish) else None
    names = re.split(r", (?:and )?|,? (?:and|&) ", match[1]) if match else []
    codes = {name: CODES.get(name.lower(), "") for name in names}
    if not all(codes.values()):
        return {}
    is_code = BY_CODE.search(question.wish) is not None
    return {code if is_code else name: code for name, code in codes.items()}


def find_source(question: Question) -> Any:
    """Return the strings of a given object, else the quoted text or the material."""
    prompt = question.prompt[:8000]
    shown = set(SHOWN.findall(prompt))
    for match in list(OBJECT.finditer(prompt))[:6]:
        strings = find_strings(prompt[match.start() :])
        if isinstance(strings, dict) and has_text(strings) and shown.isdisjoint(strings):
            return strings
    quoted = QUOTED.search(question.prompt[:2000])
    return (quoted[1] or quoted[2]) if quoted else question.material or None
