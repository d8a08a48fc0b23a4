"""Descriptions and reasons in other languages, with the name of the thing or the topic."""

from __future__ import annotations

from typing import Any

from mockgem.operations.forms.field_names import ENGLISH_NAMES
from mockgem.operations.forms.question import Question

THINGS = {
    "de": "{} in gutem Zustand, praktisch und einfach zu benutzen.",
    "fr": "{} en bon état, pratique et facile à utiliser.",
    "es": "{} en buen estado, práctico y fácil de usar.",
    "it": "{} in buone condizioni, pratico e facile da usare.",
    "pt": "{} em bom estado, prático e fácil de usar.",
    "nl": "{} in goede staat, praktisch en makkelijk te gebruiken.",
    "pl": "{} w dobrym stanie, praktyczny i łatwy w użyciu.",
    "tr": "{}: iyi durumda, pratik ve kullanımı kolay.",
    "ru": "{}: в хорошем состоянии, практично и удобно.",
    "uk": "{}: у доброму стані, практично і зручно.",
    "ja": "{}は状態が良く、使いやすいです。",
    "zh": "{}状态良好，实用且易于使用。",
    "ko": "{}: 상태가 좋고 실용적이며 사용하기 쉽습니다.",
}
"""What a thing with a price is like."""
TOPICS = {
    "de": "Das Wichtigste zu {} in kurzen Worten.",
    "fr": "L'essentiel sur {} en quelques mots.",
    "es": "Lo más importante sobre {} en pocas palabras.",
    "it": "Le cose più importanti su {} in poche parole.",
    "pt": "O mais importante sobre {} em poucas palavras.",
    "nl": "Het belangrijkste over {} in het kort.",
    "pl": "Najważniejsze informacje: {}.",
    "tr": "{} hakkında en önemli bilgiler.",
    "ru": "Самое важное о теме: {}.",
    "uk": "Найважливіше про тему: {}.",
    "ja": "{}についての大切なポイントです。",
    "zh": "关于{}的要点。",
    "ko": "{}에 대한 중요한 내용입니다.",
}
TEXTS = frozenset("description summary reason explanation overview".split())
NAMES = frozenset("name title product item topic".split())
PRICES = frozenset("price stock amount quantity available".split())


def describe_abroad(row: dict[str, Any], question: Question) -> dict[str, Any]:
    """Return an object whose description names the thing, in the language of the prompt."""
    code = question.language
    english = {ENGLISH_NAMES.get(key.lower(), key.lower()): key for key in row}
    key = next((english[one] for one in english if one in TEXTS), None)
    if key is None or code not in THINGS or not isinstance(row[key], str):
        return row
    if row[key] and row[key] in question.prompt:
        return row
    own = next((row[english[one]] for one in english if one in NAMES), "")
    name = own if isinstance(own, str) and own else question.topic
    texts = THINGS if PRICES & english.keys() else TOPICS
    return {**row, key: texts[code].format(name)}
