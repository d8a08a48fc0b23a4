"""What is said about everyday topics is there in each language, with patterns that compile."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.forms.language_packs import list_languages
from mockgem.operations.forms.local_answers import find_definition, load_answers

CODES = [code for code in list_languages() if code != "en"]
TEXTS = ("help", "help_with", "help_asks", "fine", "introduction", "story", "main", "foods")


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_all_texts(code: str) -> None:
    texts = load_answers(code).texts
    assert all(texts.get(name) for name in TEXTS)
    assert "{}" in texts["help_with"]
    assert "{}" in texts["main"]


@pytest.mark.parametrize("code", CODES)
def test_patterns_compile_and_fit_no_empty_prompt(code: str) -> None:
    texts = load_answers(code).texts
    for name in ("how", "fine_asked", "introduction_asked", "story_asked"):
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
