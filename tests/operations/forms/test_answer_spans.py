"""The words of a sentence that answer a question."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.answer_spans import find_span

TOUR = "Lena Vogt moved to Bonn in 2011, where she works as a baker."
SHOP = "The shop opens at 9 am, costs nothing to visit and closes at 6 pm."
ROUND = "The startup raised $12 million in a round led by North Ventures in March 2022."


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Who founded it?", "It was founded by Ruth Amsler in 1974.", "Ruth Amsler"),
        ("Who founded Apple?", "Apple was founded by Ann Lee and Bo Kim.", "Ann Lee and Bo Kim"),
        ("When did she move?", TOUR, "2011"),
        ("Where did she move?", TOUR, "Bonn"),
        ("How much did they raise?", ROUND, "$12 million"),
        ("Who led the round?", ROUND, "North Ventures"),
        ("How long is the warranty?", "The warranty covers defects for 24 months.", "24 months"),
        ("How old is the dog?", "He is seven years old and swims.", "seven years old"),
        ("What color is the bicycle?", "Tom bought a red bicycle.", "red"),
        (
            "Why was it cancelled?",
            "It was cancelled because of heavy rain.",
            "because of heavy rain",
        ),
        ("When does the shop close?", SHOP, "6 pm"),
        ("Which platform?", "The train leaves from platform 6.", "6"),
        ("What is the capital of Norway?", "Oslo is the capital of Norway.", "Oslo"),
        ("What is the total?", "Total: 194.40 EUR", "194.40 EUR"),
        ("When was it automated?", "It was built in 1820 and automated in 1987.", "1987"),
    ],
)
def test_the_answer_stands_out(question: str, sentence: str, answer: str) -> None:
    assert find_span(question, sentence) == answer


def test_a_sentence_without_an_answer_stays_whole() -> None:
    assert find_span("Is it late?", "The clock ticks loudly.") == "The clock ticks loudly"
