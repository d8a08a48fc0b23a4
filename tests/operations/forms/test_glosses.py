"""What prompts in other languages ask for, in English."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.glosses import gloss
from mockgem.operations.forms.language_requests import find_requested, list_named
from mockgem.operations.forms.local_fields import find_local_names
from mockgem.operations.forms.stated_values import find_stated, parse_amount


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Odpowiedz tylko liczbą: ile województw ma Polska?", "Reply with only the number."),
        ("Beschreibe Hamburg mit einem Wort.", "Answer in one word."),
        ("Объясни фотосинтез в двух предложениях.", "Write 2 sentences."),
        ("اشرح التمثيل الضوئي في جملتين.", "Write 2 sentences."),
        ("Nenne drei Tipps gegen Stress, nummeriert.", "Use a numbered list. List 3 items."),
        ("쉼표로 구분해서 말해줘", "Separated by commas."),
        ("返回5个城市的JSON", "Return a JSON array with 5 objects. List 5 items."),
        ("Como escrever um e-mail?", ""),
        ("Ho 3 gatti, cosa faccio?", ""),
        ("Give me 3 tips in one sentence.", ""),
    ],
)
def test_a_request_in_another_language_has_an_english_gloss(text: str, meaning: str) -> None:
    assert gloss(text) == meaning


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("İngilizceye çevir: Tren iptal edildi.", "en"),
        ("Переклади англійською: Потяг скасовано.", "en"),
        ("แปลเป็นภาษาอังกฤษ: วันนี้รถไฟยกเลิก", "en"),
        ("hey can u translate this to spanish pls", "es"),
        ("Target locale: pt-BR", "pt"),
        ("Write a French email to my landlord", "fr"),
        ("Neden İngilizce öğrenmek zor?", ""),
        ("كيف أتعلم اللغة الإنجليزية؟", ""),
        ("I moved to Germany and love German bread", ""),
    ],
)
def test_a_request_names_the_language_of_the_reply(text: str, code: str) -> None:
    assert find_requested(text) == code


def test_several_languages_are_listed_as_they_are_spelled() -> None:
    assert list_named("ins Englische und Spanische übersetzen") == [
        ("Englische", "en"),
        ("Spanische", "es"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Tabelle mit den Spalten Land, Hauptstadt und Sprache, vier Zeilen",
            "Land Hauptstadt Sprache",
        ),
        ("国、首都、言語の列を持つ表", "国 首都 言語"),
        ("Ülke, Başkent ve Dil sütunlarıyla bir tablo", "Ülke Başkent Dil"),
        ("החזר JSON עם השדות name, age ו-city.", "name age city"),
    ],
)
def test_fields_are_found_before_and_after_the_word_for_them(text: str, names: str) -> None:
    assert find_local_names(text) == names.split()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", "Ich heiße Jonas Weber und wohne in Köln.", "Jonas Weber"),
        ("city", "我叫王小明，住在杭州。", "杭州"),
        ("age", "제 이름은 김민수이고 29살입니다.", "29"),
        ("price", "Kablosuz Mouse, 349 TL", "349"),
        ("name", "Nobody says a name here.", ""),
    ],
)
def test_values_that_a_text_states_are_found(name: str, text: str, value: str) -> None:
    assert find_stated(name, text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.249,90", 1249.9), ("1,249.90", 1249.9), ("450.000", 450000.0), ("x", None)],
)
def test_amounts_are_read_with_either_decimal_mark(text: str, value: float | None) -> None:
    assert parse_amount(text) == value
