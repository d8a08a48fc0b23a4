"""Translate English sentences by their grammar."""

import random

import pytest

from mockgem.operations.forms.transfer.sentences import translate_grammar

LANGUAGES = ("de", "fr", "es", "it", "pt", "nl")

WORDS = (
    "the a my I he they we is are have had do not please will would always today where when who"
    " that in at of and but because if , book house train buy see go went eat old two those xqzt"
).split()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "Der Mann, der hier wohnt, ist mein Lehrer."),
        ("fr", "L'homme qui habite ici est mon professeur."),
        ("es", "El hombre que vive aquí es mi profesor."),
        ("it", "L'uomo che vive qui è il mio insegnante."),
        ("nl", "De man die hier woont is mijn leraar."),
    ],
)
def test_a_relative_clause_shares_its_subject(code: str, said: str) -> None:
    assert translate_grammar("The man who lives here is my teacher.", code) == said


def test_any_order_of_words_is_translated_without_an_error() -> None:
    rng = random.Random(5)
    for _ in range(3000):
        text = " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 14)))
        assert isinstance(translate_grammar(text, rng.choice(LANGUAGES)), str)
