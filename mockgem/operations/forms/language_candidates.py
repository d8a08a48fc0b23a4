"""The languages in which a text may be: those of its letters, or of some of its words."""

from __future__ import annotations

import re
from functools import lru_cache

from mockgem.operations.forms.language_words import AMBIGUOUS, LATIN_WORDS
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_LANGUAGES = 3
"""Languages with words in a text whose phrases are looked for."""
WORDS = {
    code: frozenset(words.split()) - frozenset(LATIN_WORDS["en"].split()) - AMBIGUOUS
    for code, words in LATIN_WORDS.items()
    if code != "en"
}
SCRIPTS = (
    (make_regex("[\u3041-\u30ff]"), ("ja",)),
    (make_regex("[\uac00-\ud7a3]"), ("ko",)),
    (make_regex("[\u4e00-\u9fff]"), ("zh",)),
    (make_regex("[\u0e01-\u0e5b]"), ("th",)),
    (make_regex("[\u0904-\u096f]"), ("hi",)),
    (make_regex("[\u05d0-\u05ea]"), ("he",)),
    (make_regex("[\u0621-\u064a]"), ("ar",)),
    (make_regex("[\u0400-\u04ff]"), ("ru", "uk")),
)
LETTERS = {
    "vi": make_regex("[ăđơưạảấầẩẫậắằẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I),
    "tr": make_regex("[ğışİ]"),
    "pl": make_regex("[ąćęłńśźż]", re.I),
}
WORD = make_regex(r"[^\W\d_]+(?:'[^\W\d_]+)?")
SPACED = frozenset("de fr es pt it nl pl tr ru uk vi id".split())
"""Languages in which a phrase begins and ends with a word, without prefixes and particles."""
NOT_LATIN = make_regex(r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")


@lru_cache(maxsize=128)
def list_candidates(text: str) -> tuple[str, ...]:
    """Return the languages in which a text may be, without English, the likeliest first."""
    if not text.isascii() and NOT_LATIN.search(text):
        found = (codes for letters, codes in SCRIPTS if letters.search(text))
        return tuple(code for codes in found for code in codes)[:2]
    words = frozenset(WORD.findall(text.lower()))
    scores = {code: len(known & words) for code, known in WORDS.items()}
    for code, letters in LETTERS.items() if not text.isascii() else ():
        scores[code] += 2 * (letters.search(text) is not None)
    likely = sorted(filter(scores.__getitem__, scores), key=scores.__getitem__, reverse=True)
    return tuple(likely[:MAX_LANGUAGES])
