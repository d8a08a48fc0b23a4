"""Works in data have the titles and the makers that the prompt names."""

from __future__ import annotations

from mockgem.operations.forms.named_works import name_works

PROMPT = 'Take "The Silent Coast" by Maren Holt and "Dust" by Ivo Lind.'


def test_an_object_has_the_first_work() -> None:
    named = name_works({"title": "x", "author": "y", "year": 1}, PROMPT)
    assert named == {"title": "The Silent Coast", "author": "Maren Holt", "year": 1}


def test_rows_have_the_works_in_order_and_others_stay() -> None:
    named = name_works([{"author": "y"}, {"author": "y"}, {"author": "z"}], PROMPT)
    assert named == [{"author": "Maren Holt"}, {"author": "Ivo Lind"}, {"author": "z"}]


def test_data_without_a_maker_and_prompts_without_a_work_change_nothing() -> None:
    assert name_works({"title": "x"}, PROMPT) == {"title": "x"}
    assert name_works([{"author": "y"}, 3], "Invent a book.") == [{"author": "y"}, 3]
