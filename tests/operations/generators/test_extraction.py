"""Extraction: JSON from what messages, tool results and the system instruction say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.config.model_catalog import load_packaged_models
from mockgem.core.content import Text, Tool, ToolCall, ToolChoice, ToolResult, Turn
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.reply import generate_parts
from mockgem.operations.generators.seeded_random import SeededRandom

MODEL = load_packaged_models()["gemini-2.5-flash"]
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def record(title: str = "", /, **properties: Any) -> dict[str, Any]:
    named = {"title": title} if title else {}
    return {"type": "object", "properties": properties, "required": list(properties), **named}


PEOPLE = {"type": "array", "items": record(name=TEXT, age=NUMBER)}
LOCATION = record("CityLocation", city=TEXT, country=TEXT)
LANGUAGE = record("CountryLanguage", country=TEXT, language=TEXT)


def user(text: str) -> Turn:
    return Turn("user", (Text(text),))


def generate(*turns: Turn, **request: Any) -> Any:
    """Return the arguments of the first call, or the JSON of the reply."""
    (part, *_) = generate_parts(
        GenerateRequest(MODEL.id, turns, **request), MODEL, SeededRandom(0, str(turns))
    )
    assert isinstance(part, (ToolCall, Text))
    return part.args if isinstance(part, ToolCall) else json.loads(part.text)


@pytest.mark.parametrize("schema", [PEOPLE, record(users=PEOPLE)])
def test_each_person_of_a_text_is_a_record(schema: Any) -> None:
    value = generate(
        user("Jason is 12 years old, James is 24 years old and Jackie is 22 years old"),
        schema=schema,
    )
    assert (value["users"] if isinstance(value, dict) else value) == [
        {"name": "Jason", "age": 12},
        {"name": "James", "age": 24},
        {"name": "Jackie", "age": 22},
    ]


@pytest.mark.parametrize(
    ("question", "count"),
    [("Invent 3 cool dogs", 3), ("Sketch 4 recipes", 4), ("Two names for a pet pelican", 2)],
)
def test_a_word_before_a_count_is_not_a_name(question: str, count: int) -> None:
    names = [item["name"] for item in generate(user(question), schema=PEOPLE)]
    assert len(names) == count
    assert question.split()[0] not in names


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("List 5 popular cookies", 5),
        ("Generate exactly three ideas", 3),
        ("Give me seven names", 7),
        ("I need 4 recipes with 12 eggs", 4),
    ],
)
def test_a_number_counts_items_only_where_the_text_asks_for_so_many(
    question: str, count: int
) -> None:
    assert len(generate(user(question), schema={"type": "array", "items": record(x=TEXT)})) == count


def test_another_number_is_data() -> None:
    question = "The train takes 12 hours and stops at stations"
    value = generate(user(question), schema={"type": "array", "items": record(station=TEXT)})
    assert len(value) in (2, 3)


@pytest.mark.parametrize(
    "question", ["return a list of users", "Make sure that the response is a list of users"]
)
def test_the_system_instruction_is_a_source_of_data(question: str) -> None:
    system = "Ivan is 28 years old"
    assert generate(user(question), system=system, schema=PEOPLE) == [{"name": "Ivan", "age": 28}]
    users = Tool("Users", "", record(users=PEOPLE))
    assert generate(
        user(question),
        system=system,
        tools=(users,),
        tool_choice=ToolChoice("any"),
    ) == {"users": [{"name": "Ivan", "age": 28}]}


def test_a_message_with_data_has_priority_over_the_system_instruction() -> None:
    value = generate(
        user("Anna is 31 years old"),
        system="Ivan is 28 years old",
        schema=record(name=TEXT, age=NUMBER),
    )
    assert value == {"name": "Anna", "age": 31}


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("What is the primary language spoken in Mexico?", {"country", "language"}),
        ("In which city are you?", {"city", "country"}),
    ],
)
def test_a_union_takes_the_variant_whose_fields_the_text_names(
    keyword: str, question: str, fields: set[str]
) -> None:
    assert set(generate(user(question), schema={keyword: [LOCATION, LANGUAGE]})) == fields


COUNTRY = Tool("get_user_country", "", {"type": "object", "properties": {}})
LOOP = (
    user("What is the largest city in the user country?"),
    Turn("model", (ToolCall("get_user_country", {}),)),
    Turn("user", (ToolResult("get_user_country", '{"return_value": "Mexico"}'),)),
)


def test_structured_output_uses_tool_results() -> None:
    value = generate(*LOOP, tools=(COUNTRY,), schema=LOCATION)
    assert value == {"city": "Mexico City", "country": "Mexico"}
    final = Tool("final_result", "The final response", LOCATION)
    called = generate(*LOOP, tools=(COUNTRY, final), tool_choice=ToolChoice("any"))
    assert called["country"] == "Mexico"


def test_a_list_in_a_result_becomes_the_answer_if_it_conforms() -> None:
    rows = [{"name": "Ada", "age": 36}, {"name": "Alan", "age": 41}]
    turns = (
        user("Who is on the team?"),
        Turn("model", (ToolCall("list_team", {}),)),
        Turn("user", (ToolResult("list_team", json.dumps({"team": rows})),)),
        user("Put it into JSON."),
    )
    assert generate(*turns, schema=PEOPLE) == rows


def test_a_country_gives_a_city_and_a_language() -> None:
    question = "What is the largest city of France, and its language?"
    schema = record(city=TEXT, country=TEXT, language=TEXT)
    assert generate(user(question), schema=schema) == {
        "city": "Paris",
        "country": "France",
        "language": "French",
    }
