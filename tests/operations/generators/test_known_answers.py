"""Answers to questions that many people ask, from `data/knowledge/facts.txt`."""

from __future__ import annotations

import re

import pytest

from mockgem.operations.generators.known_answers import (
    FILE,
    find_answer,
    find_known_value,
    list_known,
    list_words,
    read_answers,
)
from tests.asking import Asker, chat

ROW = re.compile(r"[a-z0-9|]+(?: [a-z0-9|]+)* = \S.*")


def test_each_row_has_words_and_an_answer() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not (line.startswith("# ") or ROW.fullmatch(line))] == []
    assert len(read_answers()) > 900


def test_no_two_rows_have_the_same_words() -> None:
    keys = [row.words for row in read_answers()]
    assert [row for row in keys if keys.count(row) > 1] == []


def test_each_row_is_found_by_its_own_words() -> None:
    for row in read_answers():
        words = frozenset(min(group) for group in row.words)
        assert row in list_known(words), row


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("how long should i boil an egg", "6 to 7 minutes"),
        ("Who wrote Pride and Prejudice?", "Jane Austen wrote"),
        ("what's the difference between affect and effect", "*Affect* is mostly a verb"),
        ("default port for redis?", "6379"),
        ("Is chocolate bad for dogs?", "Yes. Chocolate is poisonous"),
        ("Can dogs eat chocolate?", "No. Chocolate is poisonous"),
        ("what does idempotent mean", "no further effect"),
        ("Explain photosynthesis to a 5 year old", "plants make food"),
    ],
)
def test_a_question_gets_its_answer(question: str, words: str) -> None:
    assert words in find_answer(question)
    assert words in chat(question).message["content"]


@pytest.mark.parametrize(
    "question",
    [
        "Write a story about a man who wrote letters to Hamlet",
        "My egg timer is broken and the long cable does not boil water, can I get a refund?",
        "Our port has an https proxy in front of twelve services that talk to redis and kafka",
        "kubernetes costs us too much money every month, which cheaper service would you take?",
    ],
)
def test_a_question_about_something_else_gets_none(question: str) -> None:
    assert find_answer(question) == ""


def test_a_value_is_the_answer_alone() -> None:
    assert find_known_value("Who wrote Hamlet? Just the name.") == "William Shakespeare"
    assert find_known_value("How many legs does a spider have?") == "8"
    assert find_known_value("What is the best way to learn?") == ""


def test_words_of_a_question_are_small_letters_and_digits() -> None:
    assert list_words("How many days has a NON-LEAP year?") == {
        "how",
        "many",
        "days",
        "has",
        "a",
        "year",
    }


def test_plain_prose_knows_nothing() -> None:
    plain = Asker(answers="plain").chat("how long should i boil an egg").message["content"]
    assert "6 to 7 minutes" not in plain


@pytest.mark.parametrize(
    "question",
    [
        "What is the tallest mountain in Germany?",
        "What is the largest ocean on Titan?",
        "what is the speed of light in glass",
        "When did the Second World War start in China?",
    ],
)
def test_another_place_is_another_question(question: str) -> None:
    assert find_answer(question) == ""


@pytest.mark.parametrize(
    "question",
    [
        "What is the tallest mountain in the world?",
        "What is the largest ocean on Earth?",
        "what is the speed of light in km per second",
        "When did the Second World War start?",
    ],
)
def test_the_known_place_is_answered(question: str) -> None:
    assert find_answer(question)
