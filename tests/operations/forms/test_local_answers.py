"""What is said about everyday topics is there in each language, with patterns that compile."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.language_packs import list_languages
from mockgem.operations.forms.local_answers import (
    find_answer_key,
    find_definition,
    find_shape,
    load_answers,
)

CODES = [code for code in list_languages() if code != "en"]
TEXTS = (
    *("help", "help_with", "help_asks", "fine", "introduction", "story", "main", "foods"),
    *("said", "write", "why", "todo", "many", "activities", "hashtags"),
)


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_all_texts(code: str) -> None:
    texts = load_answers(code).texts
    assert all(texts.get(name) for name in TEXTS)
    assert "{}" in texts["help_with"]
    assert "{}" in texts["main"]


@pytest.mark.parametrize("code", CODES)
def test_patterns_compile_and_fit_no_empty_prompt(code: str) -> None:
    texts = load_answers(code).texts
    asked = ("fine", "introduction", "story", "why", "todo", "many")
    for name in ("how", *(f"{one}_asked" for one in asked)):
        assert not re.search(texts[name], "", re.I)


@pytest.mark.parametrize("code", CODES)
def test_each_topic_can_be_asked_for_in_english(code: str) -> None:
    answers, english = load_answers(code), load_answers("en")
    assert answers.definitions.keys() <= english.definitions.keys()
    assert answers.tips.keys() - english.tips.keys() <= {"travel"}
    assert all(said for _, said in (*answers.definitions.values(), *answers.tips.values()))


def test_a_definition_is_found_from_another_language() -> None:
    said, *_ = find_definition("What is an API?", "an API", "en", "nl")
    assert said.startswith("Een API is")


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_the_same_answers_and_kinds_of_text(code: str) -> None:
    answers, other = load_answers(code), load_answers("de")
    assert other.answers.keys() <= answers.answers.keys()
    assert answers.kinds.keys() == other.kinds.keys()
    assert all(said for _, said in (*answers.answers.values(), *answers.kinds.values()))
    for kind in ("product", "post", "invitation"):
        assert "{}" in answers.kinds[kind][1][0]


@pytest.mark.parametrize(
    ("prompt", "code", "key"),
    [
        ("Comment suivre mon colis ?", "fr", "track"),
        ("Wie funktioniert ein Kühlschrank?", "de", "fridge"),
        ("怎么取消订阅？", "zh", "cancel"),
        ("수면은 하루에 몇 시간이 필요한가요?", "ko", "sleep hours"),
        ("Wie öffne ich eine Dose?", "de", ""),
        ("Как работает компьютер?", "ru", ""),
        ("כמה ימים יש בשבוע?", "he", ""),
        ("日本のおすすめを教えて", "ja", ""),
    ],
)
def test_a_question_names_its_answer(prompt: str, code: str, key: str) -> None:
    assert find_answer_key(prompt, code) == key


def test_a_number_has_the_unit_of_its_question() -> None:
    said, *_ = find_shape("Wie viele Tage dauert das?", "das", "de", "de")
    assert "Tage" in said
