"""Clauses with their verb at the end become sentences."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.message_order import order_clause


@pytest.mark.parametrize(
    ("clause", "code", "sentence"),
    [
        ("die Heizung kaputt ist", "de", "die Heizung ist kaputt"),
        ("ich morgen nicht komme", "de", "ich komme morgen nicht"),
        ("ich heute später ankomme", "de", "ich komme heute später an"),
        ("ich morgen antworte", "de", "ich antworte morgen"),
        ("zijn auto voor de garage staat", "nl", "zijn auto staat voor de garage"),
        ("la calefacción no funciona", "es", "la calefacción no funciona"),
    ],
)
def test_the_verb_follows_the_subject(clause: str, code: str, sentence: str) -> None:
    assert order_clause(clause, code) == sentence
