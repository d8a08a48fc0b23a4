"""Words in another language: a single one, lines of "German - English", tables with languages."""

from __future__ import annotations

import re

from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED, ONE_PER_LINE, find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.translated_text import list_pairs, translate_line
from mockgem.operations.forms.vocabulary import find_kind, list_nouns, list_words
from mockgem.operations.forms.writing import Writer

NAMES = sorted((name for name in CODES if name.isascii() and len(name) > 3), key=len, reverse=True)
NAME_WORDS = frozenset(name.split()[0] for name in NAMES)
LANGUAGE = f"({'|'.join(NAMES)})"
THING = r"[\"'“‘]?(?:the (?:word|phrase) )?[\"'“‘]?([^\"'”’\n?.,;–—]{1,40}?)[\"'”’]?"
SINGLE = (
    make_regex(
        rf"\b{LANGUAGE} (?:word|term|translation|equivalent|name|noun|verb|expression) (?:for|of)"
        rf" {THING}(?=\s?[.,;?!\n–—]|\s-|\s*\Z)",
        re.I,
    ),
    make_regex(rf"\bwhat(?:['’]s| is) {THING} (?:called )?in {LANGUAGE}\b", re.I),
)
"""Patterns of a wish for one word: the language and the word, or the other way round."""
SEVERAL = make_regex(
    rf"\b(?:list|name|give me|write|suggest|need|want|tell me|provide|some"
    rf"|{'|'.join('2 3 4 5 6 7 8 9 10 12 15 20'.split())}"
    rf"|two|three|four|five|six|seven|eight|nine|ten)\b[^.\n?]{{0,40}}?\b{LANGUAGE}"
    r" (?:vocab\w*|words|nouns|verbs|adjectives|expressions|terms)\b"
    r"|\b(?:vocab\w*|words|nouns|verbs|adjectives|expressions|terms)(?: words)?"
    rf" (?:in|from) {LANGUAGE}\b",
    re.I,
)
VOCABULARY = make_regex(
    r"\b(?:vocab\w*|words?|phrases?|expressions?|flash ?cards?|vokabeln?|wörter|mots|palabras"
    r"|parole|palavras|woorden|słówk\w*|kelime\w*|слов\w*)\b",
    re.I,
)
PAIR = make_regex(
    rf"[\"'“‘`<\[(]?\b{LANGUAGE}\b(?: word| phrase)?[>\])]?(\s?(?:[-–—:=|/,]|->"
    rf"|→)\s?)[<\[(]?{LANGUAGE}\b",
    re.I,
)


@form(
    "word in another language",
    "What is the German word for umbrella?",
    "List five Spanish words, one per line.",
    words="word words term translation equivalent name noun verb expression what nouns vocab"
    " vocabulary verbs adjectives expressions terms",
    about="a word in the language that the prompt names, or some",
)
def write_word(question: Question) -> str | None:
    if question.words.isdisjoint(NAME_WORDS):
        return None
    text = question.instruction[:1500]
    for pattern in SINGLE:
        if match := pattern.search(question.prompt[:1500]):
            name, word = match.groups() if match[1].lower() in CODES else reversed(match.groups())
            writer = Writer(question, CODES[name.lower()])
            return translate_line(word.strip(), writer).rstrip(".。")
    return write_pairs(text, question) or write_several(question)


def write_several(question: Question) -> str | None:
    """Return words of the language in "List five Spanish words", with their translations if
    asked."""
    match = SEVERAL.search(question.stated[:600])
    count = find_count(question, 0) if match else 0
    if match is None or not count or question.material or OTHER.search(question.stated):
        return None
    codes = [CODES[(match[1] or match[2]).lower()]]
    if MEANINGS.search(question.stated):
        codes.append(question.written_language)
    words = [" – ".join(row) for row in list_pairs(codes, count)]
    if COMMAS.search(question.stated):
        return ", ".join(words)
    if BULLETS.search(question.stated):
        return "\n".join(f"- {word}" for word in words)
    if ONE_PER_LINE.search(question.stated) and not NUMBERED.search(question.stated):
        return "\n".join(words)
    return "\n".join(f"{at}. {word}" for at, word in enumerate(words, 1))


OTHER = make_regex(
    r"\b(?:table|columns?|json|csv|xml|yaml|sentences?|paragraphs?|story|essay|code|quiz)\b", re.I
)
MEANINGS = make_regex(
    r"\b(?:translat\w+|meanings?|in english|with (?:\w+ )?english|equivalents?)\b", re.I
)
COMMAS = make_regex(r"\bcommas?\b", re.I)


def write_pairs(text: str, question: Question) -> str:
    """Return lines of "Hund - dog" for a prompt with "German - English"; empty for others."""
    match = PAIR.search(text) if VOCABULARY.search(text) else None
    if match is None or "," in match[2] or TABLE_WISH.search(text):
        return ""
    codes = [CODES[match[1].lower()], CODES[match[3].lower()]]
    rows = list_pairs(codes, find_count(question, 0) or 5)
    return "\n".join(match[2].join(row) for row in rows)


TABLE_WISH = make_regex(r"\b(?:table|columns?|csv|json)\b", re.I)


def find_language(column: str) -> str:
    """Return the language that the name of a column is; empty for another column."""
    words = column.lower().split()
    known = [CODES[word] for word in words if word in CODES]
    return known[0] if len(known) == 1 and len(words) < 3 else ""


def write_language_rows(columns: list[str], count: int, text: str = "") -> list[list[str]]:
    """Return rows of everyday words for a table with a column for each language.

    Args:
        text: What names the kind of the words: "kitchen items".
    """
    codes = [find_language(column) for column in columns]
    if sum(map(bool, codes)) < 2:
        return []
    kind = find_kind(text) if count <= FEW else ""
    nouns = [
        (list_words(code, kind) if kind else list_nouns(code)) if code else [] for code in codes
    ]
    return [[words[at % len(words)] if words else "–" for words in nouns] for at in range(count)]


FEW = 6
"""Words that there are of each kind."""
