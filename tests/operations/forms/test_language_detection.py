"""The language of short questions without accents."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.language_detection import detect
from mockgem.operations.forms.trigger_words import has_trigger

QUESTIONS = {
    "pt": [
        "Qual a capital de Angola?",
        "Quantos dias tem fevereiro",
        "Me ajuda com um texto",
        "Como fazer arroz",
    ],
    "it": [
        "Quanto costa un biglietto per Roma?",
        "Dove si trova Napoli?",
        "Qual e la capitale della Francia",
        "Come stai?",
    ],
    "id": [
        "Apa ibu kota Jepang?",
        "Berapa lama penerbangan ke Bali",
        "Siapa presiden pertama Indonesia",
    ],
    "es": ["Cual es la capital de Peru", "Cuantos planetas hay", "Donde esta Bolivia"],
    "fr": [
        "Combien coute un billet de train",
        "Quelle est la capitale du Canada",
        "Donne moi une recette facile",
        "Qui a peint la Joconde",
    ],
    "nl": [
        "Hoeveel inwoners heeft Utrecht?",
        "Wat is de hoofdstad van Noorwegen",
        "Hoe werkt een zonnepaneel",
    ],
    "de": [
        "Was kostet ein Brot",
        "Wer hat das Telefon erfunden",
        "Wie viele Einwohner hat Wien",
        "Nenne mir Fluesse in Europa",
    ],
    "pl": ["Ile kosztuje bilet", "Gdzie lezy Gdansk", "Co to jest inflacja"],
    "tr": ["Istanbul nerede?", "Turkiye'nin baskenti neresi", "Bir yilda kac gun var"],
}
ENGLISH = [
    "how many days in a leap year",
    "What is a data set?",
    "Where is Rio de Janeiro?",
    "Tell me about Los Angeles",
    "Van Gogh paintings",
    "Des Moines weather",
    "El Nino effects",
    "chicken con carne recipe",
    "What is la carte",
    "pasta al dente",
    "Give me the pros and cons of the Le Mans race",
    "Hotel in Den Haag",
    "restart the pod",
    "a piano tour",
    "Is der Spiegel a newspaper?",
]


@pytest.mark.parametrize(
    ("code", "question"), [(code, one) for code, several in QUESTIONS.items() for one in several]
)
def test_a_short_question_without_accents_has_its_language(code: str, question: str) -> None:
    assert has_trigger(question)
    assert detect(question) == code


@pytest.mark.parametrize("question", ENGLISH)
def test_foreign_names_and_words_do_not_change_the_language(question: str) -> None:
    assert detect(question) == "en"
