"""Things that every language has words for: fruits, animals, days, months, planets."""

from __future__ import annotations

import re
from collections.abc import Collection

from mockgem.operations.forms.city_sights import find_city_sights
from mockgem.operations.forms.fact_books import has_words, load_facts, simplify
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import BENEFITS, SERIES, find_answer_key, load_answers
from mockgem.operations.forms.local_themes import find_theme

CODES = {
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
}
IN_LANGUAGE = make_regex(rf"\bin ({'|'.join(CODES)})\b", re.I)
MAX_TEXT = 300
ABSTRACT = make_regex(
    r"\b(?:reasons?|tips?|facts?|ways?|questions?|sentences?|benefits?|steps?|advantages?"
    r"|gründe?\w*|tipps?|fakten|vorteile\w*|nachteile\w*|fragen|sätze|schritte\w*|rezepte?\w*"
    r"|raisons|conseils|faits|avantages|questions|phrases|étapes|recettes"
    r"|razones|consejos|datos|ventajas|preguntas|frases|pasos|recetas|beneficios"
    r"|razões|dicas|fatos|vantagens|perguntas|passos|receitas|benefícios"
    r"|motivi|consigli|fatti|vantaggi|domande|frasi|passi|ricette"
    r"|redenen|feiten|voordelen|vragen|zinnen|stappen|recepten|powod\w+|porad\w*"
    r"|zalet\w*|pytań|pytania|zdań|zdania|przepis\w*|wskazów\w*|neden\w*|ipucu\w*"
    r"|öner\w+|cümle\w*|soru\w*|tarif\w*|lý do|mẹo|cách|câu|lợi ích|alasan|tips"
    r"|cara|kalimat|manfaat|resep|pertanyaan)\b"
    r"|причин|совет|факт|вопрос|преимуществ|предложени|рецепт|порад|питан|перева|речен"
    r"|أسباب|نصائح|حقائق|أسئلة|فوائد|جمل|סיבות|טיפים|עובדות|שאלות|יתרונות|משפטים"
    r"|कारण|सुझाव|तथ्य|टिप्स|लाभ|फायदे|वाक्य|理由|コツ|質問|メリット|文を|例文|方法|建议|建議|事实"
    r"|好处|好處|问题|問題|句|技巧|이유|팁|방법|장점|질문|문장|เหตุผล|เคล็ดลับ|วิธี|ข้อดี|คำถาม"
    r"|ประโยค",
    re.I,
)
"""Words for what a list may hold about things instead of their names."""
CLAIMS = ("disadvantages", "advantages")
"""Kinds of things that a list may say about any topic."""
NAMED = (*CLAIMS, "pet_names")
"""Kinds whose own words are such words."""
MORE_CLAIMS = 5
"""Claims at which those of a topic may begin."""


def find_local_things(text: str, language: str) -> list[str]:
    """Return the words of a language for the kind of thing that a text names; else none."""
    named = IN_LANGUAGE.search(text) if language == "en" else None
    target = CODES[named[1].lower()] if named else language
    if sights := find_city_sights(text, target):
        return sights
    if target == "en":
        return []
    plain = simplify(text[:MAX_TEXT])
    known = load_facts(target).things
    kind = find_kind(plain, target, known.keys()) or find_kind(plain, "en", known.keys())
    if (kind in ("", *CLAIMS) or ABSTRACT.search(text)) and (told := list_answers(text, target)):
        return told
    if kind not in NAMED and ABSTRACT.search(text):
        return []
    reasons = list_reasons(text, target) if kind == CLAIMS[1] else ()
    return [*reasons, *known[kind][1]] if kind else []


def list_reasons(text: str, code: str) -> tuple[str, ...]:
    """Return why the theme of a text in a language, or in English, is good."""
    theme = find_theme(text, code, code) or find_theme(text, "en", code)
    return theme.reasons if theme else ()


def list_answers(text: str, code: str) -> list[str]:
    """Return the short answers to an everyday question, then claims that fit any topic."""
    key = find_answer_key(text.strip(), code) or find_answer_key(text.strip(), "en")
    found = load_answers(code).answers.get(key) if key in SERIES else None
    if found is None:
        return []
    more = load_facts(code).things[CLAIMS[1]][1] if key in BENEFITS else list_more(key, code)
    return list(dict.fromkeys([*found[1], *more]))[:MOST_ANSWERS]


MEALS = ("dishes", "dinner", "breakfast")
MORE = {
    "film": ("Titanic", "Matrix", "Avatar", "Casablanca", "Vertigo"),
    "book": ("Dracula", "Hamlet", "Moby-Dick", "Ulysses", "Candide"),
}
"""Titles that most languages share."""


def list_more(key: str, code: str) -> tuple[str, ...]:
    """Return more answers of a kind, for lists that want many."""
    answers = load_answers(code).answers
    others = MEALS if key in MEALS else ()
    return (*(one for other in others for one in answers[other][1]), *MORE.get(key, ()))


MOST_ANSWERS = 10


def find_kind(plain: str, code: str, known: Collection[str]) -> str:
    """Return the kind of known things that a plain text in a language names; else empty."""
    found = [
        (len(groups), key)
        for key, (groups, _) in load_facts(code).things.items()
        if key in known and has_words(groups, plain)
    ]
    return max(found, key=lambda row: row[0])[1] if found else ""


def list_claims(code: str) -> tuple[list[str], list[str]]:
    """Return advantages and disadvantages that any topic in a language may have."""
    things = load_facts(code).things
    return list(things["advantages"][1]), list(things["disadvantages"][1])


def list_capitals(code: str) -> list[str]:
    """Return the capitals of the countries that lists name first, in their order."""
    return list(load_facts(code).things["capitals"][1])


WHOLE = (3, 4, 7, 8, 12)
"""Numbers of things that a language names as a whole: seasons, days, planets, months."""
USUAL = 5


def pick_usual(things: list[str]) -> list[str]:
    """Return all things of a whole, such as the days of a week, or the first ones of many."""
    return things if len(things) in WHOLE else things[:USUAL]
