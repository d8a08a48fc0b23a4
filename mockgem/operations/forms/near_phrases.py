"""Translate an English sentence that says more than one of the phrasebook, by that one.

"Click the button below to confirm your email address." has all words of "Please confirm your email
address." that matter, so its translation is that of the shorter sentence.
"""

from __future__ import annotations

from functools import cache

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.phrase_books import load_book
from mockgem.operations.forms.phrases import translate_phrase

WORD = make_regex(r"[a-z]{4,}")
COMMON = frozenset("please your been have will this that here with from would like need".split())
LEAST = 2
"""Words that matter in a sentence which may stand for a longer one."""
MAX_TEXT = 160


def translate_near(text: str, target: str) -> str:
    """Return the translation of the longest phrase whose words a sentence has; else empty."""
    if len(text) > MAX_TEXT or not text.isascii() or text.rstrip().endswith("?"):
        return ""
    words = find_words(text)
    known = [(len(own), key) for key, own in list_phrases() if own <= words]
    return translate_phrase(max(known)[1], "en", target) if known else ""


def find_words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower())) - COMMON


@cache
def list_phrases() -> list[tuple[str, frozenset[str]]]:
    """Return the statements of the English phrasebook with their words that matter."""
    found = [(key, find_words(key)) for key in load_book("en").sentences]
    return [
        (key, own) for key, own in found if len(own) >= LEAST and key[-1] != "?" and "{" not in key
    ]
