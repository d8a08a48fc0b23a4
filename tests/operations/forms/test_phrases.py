"""Phrasebooks: the same sentences in all languages, read and written."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.language_packs import list_languages
from mockgem.operations.forms.phrase_books import load_book
from mockgem.operations.forms.phrases import find_phrase, translate_label, translate_phrase
from mockgem.operations.forms.related_sentences import relate

LANGUAGES = list_languages()
SLOTS = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_book_has_all_sentences_and_words(code: str) -> None:
    book, english = load_book(code), load_book("en")
    assert list(book.sentences) == list(english.sentences)
    for kind in ("labels", "nouns", "words", "things", "languages", "times", "months", "spans"):
        assert len(getattr(book, kind)) == len(getattr(english, kind)), kind


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_sentence_has_the_places_of_the_english_one(code: str) -> None:
    same = {"Name": "name", "a": "the"}
    for key, variants in load_book(code).sentences.items():
        wanted = {same.get(name, name) for name in SLOTS.findall(key)}
        for variant in variants:
            assert {same.get(name, name) for name in SLOTS.findall(variant)} == wanted, variant


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_sentence_is_found_in_its_language(code: str) -> None:
    for variants in load_book(code).sentences.values():
        for variant in variants:
            if "{" not in variant:
                assert find_phrase(variant, code) is not None, variant


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("Where is the train station?", "ja", "駅はどこですか？"),
        (
            "I'd like a coffee and a sandwich, please.",
            "fr",
            "Je voudrais un café et un sandwich, s'il vous plaît.",
        ),
        ("My name is Anna and I live in Berlin.", "es", "Me llamo Anna y vivo en Berlín."),
        (
            "The meeting starts tomorrow at 9:30 am.",
            "de",
            "Das Treffen beginnt morgen um 9:30 Uhr.",
        ),
        ("The car is broken.", "pl", "Samochód nie działa."),
        ("I am 21 years old.", "ru", "Мне 21 год."),
        ("good morning my friend", "tr", "Günaydın, dostum!"),
        ("Your order will arrive on May 12.", "it", "Il suo ordine arriverà il 12 maggio."),
        ("The train leaves at 8 pm.", "tr", "Tren saat 20'de kalkıyor."),
        ("The door is closed.", "es", "La puerta está cerrada."),
        ("Where is the library?", "ko", "도서관이 어디에 있나요?"),
    ],
)
def test_english_is_translated(text: str, code: str, expected: str) -> None:
    assert translate_phrase(text, "en", code) == expected


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("Guten Morgen, wie geht es dir?", "de", "Good morning, how are you?"),
        ("Dov'è la stazione?", "it", "Where is the train station?"),
        ("今天天气很好。", "zh", "The weather is nice today."),
        ("Me llamo Pedro.", "es", "My name is Pedro."),
        ("Je voudrais un café, s'il vous plaît.", "fr", "I would like a coffee, please."),
        ("Der Zug fährt um 9:30 Uhr ab.", "de", "The train leaves at 9:30."),
    ],
)
def test_other_languages_are_translated(text: str, code: str, expected: str) -> None:
    assert translate_phrase(text, code, "en") == expected


def test_a_label_of_an_interface_is_translated() -> None:
    assert translate_label("Settings", "en", "de") == "Einstellungen"
    assert translate_label("Abbrechen", "de", "en") == "Cancel"


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_unknown_sentence_keeps_names_and_numbers(code: str) -> None:
    said = relate("The conference in Lyon was moved, and 250 guests come at 9:30.", code)
    assert "Lyon" in said
    assert "250" in said


def test_an_unknown_question_stays_a_question() -> None:
    assert relate("Who will pay the bill of Mr Brown?", "es").startswith("¿")
    assert relate("Who will pay the bill of Mr Brown?", "de").endswith("?")
