"""Cards for learning: a question or a term on the front, the answer on the back."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.described_schema import CARDS, Described
from mockgem.operations.forms.described_values import build_object
from mockgem.operations.forms.field_cues import read_name
from mockgem.operations.forms.knowledge_files import find_section
from mockgem.operations.forms.language_detection import CODES
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.vocabulary import load_words

ASKED = frozenset(
    "front question frage vorderseite pregunta pergunta domanda question_text".split()
)
WORD_SIDES = frozenset("word front term vorderseite wort palabra mot".split())
MEANING_SIDES = frozenset("translation back meaning definition rückseite rueckseite".split())
VOCABULARY = make_regex(r"\b(?:vocabulary|vocab|words?|vokabel\w*|phrases|translat\w+)\b", re.I)
LANGUAGE = make_regex(r"\b([a-z]{4,12})\b", re.I)
COUNT = make_regex(
    rf"\b({NUMBER})\s(?:[\w-]+\s){{0,2}}?(?:{CARDS.pattern})|\b({NUMBER}) cards\b", re.I
)
KINDS = ("foods", "animals", "colors", "fruits", "home", "life", "times")
QUESTIONS = {
    "de": ("Was ist {}?", "Wozu dient {}?", "Warum ist {} wichtig?", "Wie funktioniert {}?"),
    "fr": ("Qu'est-ce que {} ?", "À quoi sert {} ?", "Pourquoi {} est important ?"),
    "es": ("¿Qué es {}?", "¿Para qué sirve {}?", "¿Por qué es importante {}?"),
    "it": ("Che cos'è {}?", "A che cosa serve {}?", "Perché {} è importante?"),
    "pt": ("O que é {}?", "Para que serve {}?", "Por que {} é importante?"),
    "nl": ("Wat is {}?", "Waarvoor dient {}?", "Waarom is {} belangrijk?"),
}
ABOUT = make_regex(
    r"\b(?:(?:zum|beim) thema|über(?: die| das| den)?|sur(?: la| le| les)?|sobre(?: la| el| los)?"
    r"|acerca de|su(?:l|lla|i)?|over(?: de| het)?) ([^\W\d_][\w -]{2,40}?)"
    r"(?= (?:als|en|em|in|mit|con|avec|com|met|au)\b|[.,:;(\n]|\s*\Z)",
    re.I,
)


def describe_cards(question: Question) -> Described | None:
    """Return the schema of cards whose sides a prompt does not name; None for other prompts."""
    text = question.instruction[:1500]
    if CARDS.search(text) is None:
        return None
    sides = [(side, {"type": "string"}) for side in ("front", "back")]
    return Described(build_object(sides), True, count_cards(text) or 3)


def count_cards(text: str) -> int:
    """Return how many cards a text wants; 0 if it does not say."""
    counted = COUNT.search(text)
    return parse_count(counted[1] or counted[2], 30) if counted else 0


def fill_cards(value: Any, question: Question) -> Any:
    """Return cards with words and their translations, and with questions in other languages."""
    rows = value if isinstance(value, list) else []
    if not rows or not all(isinstance(row, dict) for row in rows):
        return value
    if question.language == "en":
        return fill_words(rows, question) if VOCABULARY.search(question.instruction) else value
    texts = QUESTIONS.get(question.language)
    key = next((key for key in rows[0] if read_name(key) in ASKED), None)
    about = ABOUT.search(question.instruction[:600]) if key and texts else None
    if not key or not texts or about is None or has_questions(rows, key):
        return value
    return [
        {**row, key: texts[at % len(texts)].format(about[1].strip())} for at, row in enumerate(rows)
    ]


def has_questions(rows: list[Any], key: str) -> bool:
    return all(str(row.get(key)).rstrip().endswith("?") for row in rows)


def fill_words(rows: list[Any], question: Question) -> list[Any]:
    """Return cards with a word of a language and what it means."""
    names = {read_name(key): key for key in rows[0]}
    word = next((names[one] for one in names if one in WORD_SIDES), None)
    meaning = next((names[one] for one in names if one in MEANING_SIDES), None)
    spoken = {CODES.get(one.lower()) for one in LANGUAGE.findall(question.instruction[:600])}
    codes = sorted(filter(None, spoken - {"en"}))
    is_known = word == "front" and find_section("quizzes", question.instruction[:600])
    if word is None or meaning is None or not codes or is_known:
        return rows
    pairs = list_words(question.lower, codes[0])
    return [
        {**row, word: pairs[at % len(pairs)][0], meaning: pairs[at % len(pairs)][1]}
        for at, row in enumerate(rows)
    ]


def list_words(text: str, code: str) -> list[tuple[str, str]]:
    """Return words of a language with the English ones, of the kind that a text names first."""
    own, english = load_words(code), load_words("en")
    kinds = sorted(KINDS, key=lambda kind: kind.rstrip("s") not in text)
    return [pair for kind in kinds for pair in zip(own[kind], english[kind], strict=True)]
