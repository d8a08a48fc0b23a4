"""Values of fields, from the prompt and from the name of the field."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.operations.generators.faker_pool import NAMES_OF_THINGS, find_generator
from mockgem.operations.generators.hints import extract_hints
from mockgem.operations.generators.schema_values import generate_value
from mockgem.operations.generators.seeded_random import SeededRandom

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def generate_fields(question: str, properties: dict[str, Any], **more: Any) -> Any:
    schema = {"type": "object", "properties": properties, "required": list(properties), **more}
    return generate_value(schema, extract_hints(question), SeededRandom(0, question))


def test_an_event_takes_its_fields_from_the_sentence() -> None:
    people = {"type": "array", "items": TEXT}
    event = generate_fields(
        "John and Susan are going to an AI conference on Friday.",
        {"name": TEXT, "date": TEXT, "participants": people},
    )
    assert event == {"name": "AI conference", "date": "Friday", "participants": ["John", "Susan"]}


@pytest.mark.parametrize(
    ("question", "name", "schema", "expected"),
    [
        ("Create a customer named '你好啊集团' (Hello Group)", "customer_name", TEXT, "你好啊集团"),
        ("Return True.", "value", {"type": "boolean"}, True),
        ("Return [1, 2, 3, 4, 5]", "value", {"type": "array", "items": NUMBER}, [1, 2, 3, 4, 5]),
        ("Book it for 3 nights and 2 guests", "guests", NUMBER, 2),
        ("Book it for 3 nights and 2 guests", "nights", NUMBER, 3),
        ("The priority is high", "priority", {"type": "string", "enum": ["low", "high"]}, "high"),
        (
            "Meet me on 2026-12-24 at 18:30",
            "date",
            {"type": "string", "format": "date"},
            "2026-12-24",
        ),
        ("Meet me on 2026-12-24 at 18:30", "start_time", TEXT, "18:30"),
        ("See https://example.com/a for it", "url", TEXT, "https://example.com/a"),
        ("It costs 19.99 euros", "price", {"type": "number"}, 19.99),
        ("Fly from Oslo to Rome", "origin", TEXT, "Oslo"),
        ("what's the weather in paris", "city", TEXT, "paris"),
        ("What is the stock price of AAPL?", "ticker", TEXT, "AAPL"),
        ("Cancel my order #88231 please", "order_id", TEXT, "88231"),
        ("Read the file src/main.py and tell me what it does", "path", TEXT, "src/main.py"),
        ("Transfer $250 from checking to savings", "from_account", TEXT, "checking"),
        ("Transfer $250 from checking to savings", "to_account", TEXT, "savings"),
        ("Transfer $250 from checking to savings", "amount", NUMBER, 250),
        ("Send a message to Carol saying I'll be late", "message", TEXT, "I'll be late"),
        ("Search the web for the best pizza in Naples", "query", TEXT, "best pizza in Naples"),
        ("Set the thermostat to 21 degrees in the living room", "room", TEXT, "living room"),
        ("Play Bohemian Rhapsody by Queen", "artist", TEXT, "Queen"),
        ("Invoice INV-2026-077, amount due 1,250.50 EUR", "amount", {"type": "number"}, 1250.5),
        ("Invoice INV-2026-077, amount due 1,250.50 EUR", "invoice_number", TEXT, "INV-2026-077"),
        ("The invoice total is 1,250.50 EUR", "total", {"type": "number"}, 1250.5),
        ("My phone number is +49 170 1234567", "phone", TEXT, "+49 170 1234567"),
        ("iPhone 15 costs $799 and has a 4.5 star rating", "rating", {"type": "number"}, 4.5),
        ("The title is Sunrise and the mood is happy", "mood", TEXT, "happy"),
        ("The server web-01 is down, severity high", "severity", TEXT, "high"),
        ("Maria Lopez, 34 years old", "age", NUMBER, 34),
        (
            "Extract tags: [urgent, billing]",
            "tags",
            {"type": "array", "items": TEXT},
            ["urgent", "billing"],
        ),
        (
            "Ingredients: flour, sugar and butter.",
            "ingredients",
            {"type": "array", "items": TEXT},
            ["flour", "sugar", "butter"],
        ),
        (
            "Add milk, eggs and bread to my list",
            "items",
            {"type": "array", "items": TEXT},
            ["milk", "eggs", "bread"],
        ),
    ],
)
def test_values_come_from_the_prompt(question: str, name: str, schema: Any, expected: Any) -> None:
    assert generate_fields(question, {name: schema}) == {name: expected}


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        ("email", "@example.com"),
        ("phone", "+1-555-"),
        ("website", "https://example.com/"),
        ("created_at", "T"),
    ],
)
def test_other_values_follow_from_the_name_of_the_field(name: str, looks: str) -> None:
    assert looks in generate_fields("Make something up", {name: TEXT})[name]


def test_properties_have_the_order_of_the_schema() -> None:
    made = generate_fields("x", {"b": TEXT, "a": TEXT}, propertyOrdering=["a", "b"])
    assert list(made) == ["a", "b"]
    assert list(generate_fields("x", {"b": TEXT, "a": TEXT})) == ["b", "a"]


def test_types_may_be_in_capitals_as_gemini_writes_them() -> None:
    made = generate_value(
        {"type": "OBJECT", "properties": {"n": {"type": "INTEGER", "nullable": True}}},
        extract_hints("n is 5"),
        SeededRandom(0),
    )
    assert made == {"n": 5}


@pytest.mark.parametrize(
    ("title", "words"),
    [("Recipe", "recipe|dish"), ("Product", "product|item"), ("Movie", "movie|film")],
)
def test_the_name_of_a_thing_is_not_that_of_a_person(title: str, words: str) -> None:
    known = next(names for stems, names in NAMES_OF_THINGS.items() if stems.startswith(words))
    make_thing, make_person = find_generator(f"{title} name"), find_generator("name")
    assert make_thing is not None
    assert {make_thing(SeededRandom(seed)) for seed in range(40)} == set(known)
    assert make_person is not None
    assert make_person(SeededRandom(1)) not in known


def test_names_end_with_their_line_and_begin_after_a_title() -> None:
    text = "Name: Li Wei\nAge: 62"
    fields = {"name": TEXT, "age": NUMBER}
    assert generate_fields(text, fields) == {"name": "Li Wei", "age": 62}
    assert extract_hints("Dr. Maria Lopez is 41.").people == ["Maria Lopez"]
    assert extract_hints("Passenger: John Smith (44)").people == ["John Smith"]


@pytest.mark.parametrize("city", ["Rio de Janeiro", "Frankfurt am Main", "Stratford upon Avon"])
def test_a_city_has_all_its_words(city: str) -> None:
    assert generate_fields(f"What is the weather in {city}?", {"city": TEXT}) == {"city": city}
    assert extract_hints("A flight from Paris on Monday").places == ["Paris"]
