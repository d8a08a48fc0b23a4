"""Facts, names of things, recipes and verses in all languages have the same parts."""

from __future__ import annotations

import pytest

from mockgem.operations.forms.fact_books import load_facts
from mockgem.operations.forms.language_packs import list_languages
from mockgem.operations.forms.local_facts import VALUE, check_capital, find_key, say_fact
from mockgem.operations.forms.local_lists import find_local_things
from mockgem.operations.forms.local_recipes import compile_wishes, find_local_dish, load_recipes
from mockgem.operations.forms.verses import load_verses

LANGUAGES = list_languages()


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_languages_have_the_same_countries(code: str) -> None:
    assert len(load_facts(code).countries) == len(load_facts("en").countries)


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_fact_has_a_value(code: str) -> None:
    facts = load_facts(code).facts
    assert [
        key for key, (_, said) in facts.items() if key != "who" and not VALUE.search(said)
    ] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_names_the_capital_of_each_country(code: str) -> None:
    book = load_facts(code)
    said = [say_fact(f"capital {at}", code) or "" for at in range(len(book.countries))]
    assert all(
        f"[{country.capital}]" in one for country, one in zip(book.countries, said, strict=True)
    )


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_poems_and_recipes_have_their_parts(code: str) -> None:
    recipe = load_recipes()[code]
    assert (len(recipe["parts"]), len(recipe["steps"])) == (5, 5)
    assert compile_wishes(code, "wish")
    assert len(load_verses()[code].split(" / ")) == 8


@pytest.mark.parametrize(
    ("question", "code", "key"),
    [
        ("Wie viele Tage hat ein Schaltjahr?", "de", "days_leap"),
        ("Was ist der höchste Berg in Deutschland?", "de", "highest_mountain_de"),
        ("Was ist der höchste Berg der Welt?", "de", "highest_mountain"),
        ("Wie war dein Tag?", "de", ""),
        ("Quelle est la capitale de l'Indonésie ?", "fr", "capital 32"),
        ("印度尼西亚的首都是哪里？", "zh", "capital 32"),
    ],
)
def test_a_question_names_its_fact(question: str, code: str, key: str) -> None:
    assert find_key(question, code) == key


def test_a_wrong_capital_is_none() -> None:
    question = "Ist Bern die Hauptstadt von Deutschland?"
    assert check_capital(find_key(question, "de"), question, "de") is False


def test_reasons_are_no_names_of_things() -> None:
    assert find_local_things("Nenne drei Tipps, mehr Obst zu essen.", "de") == []
    assert find_local_things("Nenne drei Obstsorten.", "de")[0] == "Apfel"


def test_only_food_has_a_recipe() -> None:
    assert find_local_dish("Wie mache ich ein Backup?", "de") is None
    assert find_local_dish("Wie macht man Apfelkuchen?", "de") == (
        "Apfelkuchen",
        "Apfelkuchen",
    )
