"""Simple English sentences are translated by their grammar."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.transfer.lexicon import FILE, LANGUAGES
from mockgem.operations.forms.transfer.sentences import translate_grammar

SENTENCES = {
    ("The meeting starts at nine o'clock in the main conference room.", "es"): (
        "La reunión empieza a las 9 en la sala de conferencias principal."
    ),
    ("Your subscription will be renewed automatically next month.", "nl"): (
        "Uw abonnement zal automatisch volgende maand verlengd worden."
    ),
    ("Could you please send me the invoice by email?", "de"): (
        "Können Sie mir bitte per E-Mail die Rechnung schicken?"
    ),
    ("If you need help, please contact our support team.", "fr"): (
        "Si vous avez besoin d'aide, veuillez contacter notre équipe d'assistance."
    ),
    ("There are many people in the park.", "it"): "Ci sono molte persone nel parco.",
    ("We received your payment and will send the package next week.", "pt"): (
        "Recebemos o seu pagamento e vamos enviar o pacote na próxima semana."
    ),
    ("I'm learning Spanish because I want to live in Madrid.", "de"): (
        "Ich lerne Spanisch, weil ich in Madrid wohnen will."
    ),
    ("They have never visited my sister.", "fr"): "Ils n'ont jamais visité ma sœur.",
    ("The old wizbang is closed on Sunday.", "es"): "El wizbang viejo está cerrado el domingo.",
}


@pytest.mark.parametrize(("given", "expected"), SENTENCES.items(), ids=str)
def test_a_sentence_is_translated(given: tuple[str, str], expected: str) -> None:
    assert translate_grammar(*given) == expected


def test_each_row_of_the_dictionary_has_all_languages() -> None:
    rows = [row for row in FILE.read_text(encoding="utf-8").splitlines() if row and row[0] != "#"]
    assert [row for row in rows if row.count(" | ") != len(LANGUAGES)] == []


def test_a_word_that_the_dictionary_does_not_have_stays() -> None:
    assert "blorpify" in translate_grammar("Blah blah the blorpify of quux and xyzzy", "de")
