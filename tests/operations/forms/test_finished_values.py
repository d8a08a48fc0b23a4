"""Invented data is about known things, its topic and the given text."""

from __future__ import annotations

import json
from typing import Any

from mockgem.operations.forms.data_topics import find_data_topic
from mockgem.operations.forms.given_reasons import extract_keywords, write_reason
from mockgem.operations.forms.known_dishes import list_dishes
from mockgem.operations.forms.known_quizzes import find_questions, to_statement
from mockgem.operations.forms.known_records import load_kinds
from mockgem.operations.forms.planned_steps import list_clauses
from mockgem.operations.forms.query_filters import read_filter
from mockgem.operations.forms.question import Question
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import Asker


def ask_json(prompt: str) -> Any:
    return json.loads(Asker().chat(prompt).message["content"])


def test_every_record_has_a_name_and_no_name_comes_twice() -> None:
    for kind in load_kinds():
        names = [record["name"] for record in kind.records]
        assert len(set(names)) == len(names) > 1, kind.head


def test_every_question_of_a_quiz_has_four_different_answers() -> None:
    for topic in ("space", "python", "world war ii", "an unknown topic"):
        for _, *answers in find_questions(topic, ""):
            assert len(set(answers)) == 4, answers


def test_rows_of_known_things_have_their_properties() -> None:
    rows = ask_json("Give me a JSON array of 3 planets with name, moons and diameter_km.")
    assert [row["diameter_km"] for row in rows] == [4879, 12104, 12756]


def test_the_dish_of_the_prompt_comes_first() -> None:
    assert list_dishes("a recipe for tomato soup")[0].name == "Tomato Soup"


def test_a_reason_quotes_the_text() -> None:
    reason = write_reason({"sentiment": "negative"}, "The soup was cold.", "")
    assert reason == "The text says 'The soup was cold', which fits negative best."


def test_keywords_are_nouns_of_the_text() -> None:
    text = "Electric cars are becoming cheaper as battery prices fall."
    assert extract_keywords(text, 3) == ["electric cars", "battery prices"]


def test_a_question_and_an_answer_make_a_statement() -> None:
    text = to_statement("Which planet is known as the red planet?", "Mars")
    assert text == "Mars is known as the red planet."


def test_a_wish_becomes_a_filter() -> None:
    assert read_filter("customers older than 30") == ("age", ">", 30)
    assert read_filter("products under $20") == ("price", "<", 20)


def test_a_goal_has_a_step_for_each_clause() -> None:
    assert list_clauses("Find the price of gold and e-mail it to my boss.") == [
        "Find the price of gold",
        "E-mail it to my boss",
    ]


def test_the_topic_of_data_is_what_stands_behind_for_or_about() -> None:
    prompts = {
        "Create flashcards about the French Revolution as JSON.": "the French Revolution",
        "How do I train a puppy? Return JSON.": "training a puppy",
        "Give me 3 tips to save energy at home in JSON.": "saving energy at home",
    }
    found = {text: find_data_topic(Question(text, SeededRandom(1))) for text in prompts}
    assert found == prompts
