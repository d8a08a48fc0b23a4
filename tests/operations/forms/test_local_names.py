"""People and places have names that are usual where the language of the reply is spoken."""

from __future__ import annotations

import json

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.operations.asking import ask
from mockgem.operations.forms.language_packs import list_languages
from mockgem.operations.forms.local_names import load_names

MODEL = load_packaged_models()["gemini-2.5-flash"]


def test_every_language_but_english_has_its_names() -> None:
    found = {code for code in list_languages() if load_names(code)}
    assert found == set(list_languages()) - {"en"}


def test_json_in_german_has_german_names() -> None:
    reply = ask("Erzeuge ein JSON mit drei Personen (name, alter, stadt).", MODEL).text
    names = load_names("de")
    assert names is not None
    rows = json.loads(reply)
    assert {row["name"] for row in rows} <= set(names.people)
    assert {row["stadt"] for row in rows} <= set(names.cities)


def test_a_table_in_spanish_has_other_people_in_each_row() -> None:
    reply = ask("Haz una tabla con las columnas Nombre, Ciudad y País con 3 filas.", MODEL).text
    names = load_names("es")
    assert names is not None
    rows = [line.strip("| ").split(" | ") for line in reply.splitlines()[2:]]
    assert len({row[0] for row in rows}) == 3
    assert {row[0] for row in rows} <= set(names.people)
    assert {row[1] for row in rows} <= set(names.cities)
    assert {row[2] for row in rows} == {"España"}


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("Écris une lettre à mon propriétaire.", "fr"),
        ("Schreibe eine E-Mail an Herrn Weber wegen eines Termins.", "de"),
        ("家主への手紙を書いてください。", "ja"),
    ],
)
def test_a_letter_is_signed_with_a_name_of_its_language(prompt: str, code: str) -> None:
    signature = ask(prompt, MODEL).text.splitlines()[-1]
    names = load_names(code)
    assert names is not None
    assert any(last in signature for last in names.last)


def test_a_seed_gives_the_same_names_again() -> None:
    prompt = "Haz una tabla con las columnas Nombre y Ciudad con 3 filas."
    assert ask(prompt, MODEL, seed=4).text == ask(prompt, MODEL, seed=4).text
    assert len({ask(prompt, MODEL, seed=seed).text for seed in range(12)}) > 1
