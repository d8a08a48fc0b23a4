"""Fields for a language: the one of the given text, else that of the reply, as code or name."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.language_names import recognise_language
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question

LANGUAGE_KEY = make_regex(
    r"^(?:(?:detected|source|text|input|response|answer|reply|original|message)_?)?"
    r"(?:language|lang|locale)(_?code)?$",
    re.I,
)
CODE_KEY = make_regex(r"^(?:(?:iso|language|lang)_?)?(?:code|639(?:_1)?)$", re.I)
"""A field for the code beside one for the name."""
MIN_WORDS = 3
"""Words in a text of a known language."""


def fit_language(value: Any, fields: dict[str, Any], question: Question) -> Any:
    """Return an object whose field for a language has that of the text or of the reply."""
    if not isinstance(value, dict):
        return value
    value = fit_target(value, fields, question)
    key = next((key for key in value if LANGUAGE_KEY.match(key)), None)
    if key is None or not isinstance(value[key], str) or "enum" in fields.get(key, {}):
        return value
    is_code = wants_code(key, question.whole)
    text = question.material or (question.prompt[:2000] if question.stated_system else "")
    tail = question.prompt.rpartition(":")[2].strip()
    if not text and len(tail.split()) >= MIN_WORDS and not set("{}") & set(tail):
        text = tail
    if len(text.split()) >= MIN_WORDS or not text.isascii():
        name, code = recognise_language(text)
    elif is_code:
        name, code = load_pack(question.language).name, question.language
    else:
        return value
    other = next((one for one in value if CODE_KEY.match(one) and one != key), None)
    coded = {other: code} if other and isinstance(value[other], str) else {}
    return {**value, key: code if is_code else name, **coded}


def fit_target(value: dict[str, Any], fields: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose field for the language of a translation has the requested one."""
    key = next((key for key in value if TARGET_KEY.match(key)), None)
    code = question.requested_language if key else ""
    if key is None or not code or not isinstance(value[key], str) or "enum" in fields.get(key, {}):
        return value
    is_code = wants_code(key, question.whole)
    return {**value, key: code if is_code else load_pack(code).name}


TARGET_KEY = make_regex(
    r"^(?:target|output|to|destination)_?(?:language|lang|locale)(?:_?code)?$", re.I
)


def choose_language(name: str, labels: list[str], question: Question) -> str:
    """Return the label for the language of the text; empty for another field."""
    if not LANGUAGE_KEY.match(name):
        return ""
    text = question.material or question.prompt[:2000]
    language, code = recognise_language(text)
    return next((label for label in labels if label.lower() in (code, language.lower())), "")


def wants_code(key: str, text: str) -> bool:
    """Return whether a field holds a code such as "de"."""
    if not key.lower().endswith("language"):
        return True
    near = re.search(
        rf"\b{key}\b(?:,? (?:and )?\w+_lang(?:uage)?)?[^.,\n]{{0,40}}"
        rf"(?:\biso\b|\bcode\b|\b[a-z]{{2}}\|[a-z]{{2}}\b)",
        text,
        re.I,
    )
    return near is not None
