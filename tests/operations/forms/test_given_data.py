"""Data that a prompt gives in one format and wants in another."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.asking import chat

ROWS = [{"name": "Ann", "age": 30}, {"name": "Bo", "age": 25}]
SOURCES = {
    "csv": "name,age\nAnn,30\nBo,25",
    "markdown table": "| name | age |\n|---|---|\n| Ann | 30 |\n| Bo | 25 |",
    "blocks": "name: Ann\nage: 30\n\nname: Bo\nage: 25",
    "yaml": "people:\n  - name: Ann\n    age: 30\n  - name: Bo\n    age: 25",
    "xml": "<people><person><name>Ann</name><age>30</age></person>"
    "<person><name>Bo</name><age>25</age></person></people>",
}


def ask(prompt: str) -> str:
    return str(chat(prompt).message["content"])


def find_rows(value: Any) -> Any:
    """Return the list in a value, which may have names around it."""
    while isinstance(value, dict):
        value = next(iter(value.values()))
    return value


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("verb", ["Convert this to JSON:", "Please rewrite the following as JSON."])
def test_given_data_becomes_json(source: str, verb: str) -> None:
    assert find_rows(json.loads(ask(f"{verb}\n\n{source}"))) == ROWS


@pytest.mark.parametrize("verb", ["Convert this to YAML:", "Put this data into YAML format."])
def test_given_json_becomes_yaml(verb: str) -> None:
    assert yaml.safe_load(ask(f"{verb}\n{json.dumps(ROWS)}")) == ROWS


@pytest.mark.parametrize("source", [json.dumps(ROWS), *SOURCES.values()])
def test_given_data_becomes_a_table(source: str) -> None:
    reply = ask(f"Show the data below as a markdown table.\n\n{source}")
    assert reply == "| name | age |\n| --- | --- |\n| Ann | 30 |\n| Bo | 25 |"


def test_rows_without_a_header_get_the_columns_of_the_prompt() -> None:
    reply = ask("Put these into a table with the columns Item and Cost:\nRent - 900\nGym - 40")
    assert reply.splitlines()[0] == "| Item | Cost |"
    assert reply.splitlines()[2:] == ["| Rent | 900 |", "| Gym | 40 |"]


def test_a_list_becomes_an_array() -> None:
    assert json.loads(ask("Turn this list into a JSON array: figs, plums, dates")) == [
        "figs",
        "plums",
        "dates",
    ]


def test_fields_that_the_prompt_names_are_kept() -> None:
    reply = ask("Convert the CSV to JSON with the keys name only.\n\nname,age\nAnn,30\nBo,25")
    assert all("name" in row for row in json.loads(reply))
    reply = ask(f"Convert the data to JSON with the keys age and name:\n\n{SOURCES['csv']}")
    assert json.loads(reply) == [{"age": 30, "name": "Ann"}, {"age": 25, "name": "Bo"}]


def test_a_text_is_not_taken_for_data() -> None:
    reply = ask("Convert to JSON with the keys who and what: Ann, a nurse, bought a red bike.")
    assert list(json.loads(reply)) == ["who", "what"]
