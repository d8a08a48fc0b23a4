"""Short sentences of known words are written in each language in its order of words."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.simple_clauses import load_rows, translate_clause


def test_each_row_has_a_cell_for_each_language() -> None:
    codes, rows = load_rows()
    assert len(codes) == len(set(codes)) == 21
    assert all(len(cells) == len(codes) and all(map(all, cells)) for _, _, cells in rows)


@pytest.mark.parametrize(
    ("text", "source", "target", "said"),
    [
        ("Il gatto dorme sul divano.", "it", "en", "The cat is sleeping on the sofa."),
        ("The child eats an apple every day.", "en", "de", "Das Kind isst jeden Tag einen Apfel."),
        ("我妈妈在厨房里做饭。", "zh", "en", "My mother is cooking in the kitchen."),
        ("She drinks water every morning.", "en", "hi", "वह हर सुबह पानी पी रही है।"),
        ("The teacher is sitting on the chair.", "en", "zh", "老师坐在椅子上。"),
        ("The teacher is sitting on the chair.", "en", "ja", "先生は椅子に座っています。"),
        ("The boy is playing football.", "en", "ko", "남자아이가 축구를 합니다."),
    ],
)
def test_a_short_sentence_is_translated(text: str, source: str, target: str, said: str) -> None:
    assert translate_clause(text, source, target) == said


@pytest.mark.parametrize("text", ["The cat is sleeping?", "The cat is quantum.", "", "Cat sofa."])
def test_other_texts_are_not_translated(text: str) -> None:
    assert translate_clause(text, "en", "de") == ""
