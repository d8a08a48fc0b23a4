"""LangChain's output parsers judge replies that nobody scripted."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

import pytest
from langchain_classic.output_parsers import (
    BooleanOutputParser,
    DatetimeOutputParser,
    EnumOutputParser,
    ResponseSchema,
    StructuredOutputParser,
    YamlOutputParser,
)
from langchain_core.output_parsers import (
    CommaSeparatedListOutputParser,
    JsonOutputParser,
    MarkdownListOutputParser,
    NumberedListOutputParser,
    PydanticOutputParser,
    XMLOutputParser,
)
from langchain_core.prompts import PromptTemplate
from langchain_openai import ChatOpenAI
from pydantic import BaseModel, Field


class Colour(Enum):
    RED = "red"
    GREEN = "green"
    BLUE = "blue"


class Joke(BaseModel):
    setup: str = Field(description="question to set up a joke")
    punchline: str = Field(description="answer to resolve the joke")
    rating: int = Field(description="how funny it is, from 1 to 10")


class Actor(BaseModel):
    name: str = Field(description="name of an actor")
    film_names: list[str] = Field(description="list of names of films they starred in")
    is_alive: bool


def ask(base_url: str, parser: Any, question: str) -> Any:
    """Ask a question with the format instructions of a parser, and parse the reply."""
    prompt = PromptTemplate(
        template="Answer the user query.\n{instructions}\n{query}\n",
        input_variables=["query"],
        partial_variables={"instructions": parser.get_format_instructions()},
    )
    model = ChatOpenAI(model="gemini-2.5-flash", base_url=base_url, api_key="any-key")
    return (prompt | model | parser).invoke({"query": question})


def test_a_comma_separated_list(base_url: str) -> None:
    items = ask(base_url, CommaSeparatedListOutputParser(), "List five ice cream flavors.")
    assert len(items) == 5
    assert all(items)


def test_an_enum(base_url: str) -> None:
    colour = ask(base_url, EnumOutputParser(enum=Colour), "What colour has the grass?")
    assert colour in Colour


@pytest.mark.parametrize("model", [Joke, Actor])
def test_a_pydantic_model(base_url: str, model: type[BaseModel]) -> None:
    value = ask(base_url, PydanticOutputParser(pydantic_object=model), "Tell me about cats.")
    assert isinstance(value, model)


def test_json_with_and_without_a_model(base_url: str) -> None:
    value = ask(base_url, JsonOutputParser(pydantic_object=Joke), "Tell me a joke.")
    assert list(value) == ["setup", "punchline", "rating"]
    assert isinstance(ask(base_url, JsonOutputParser(), "Describe a cat."), dict)


def test_yaml(base_url: str) -> None:
    value = ask(base_url, YamlOutputParser(pydantic_object=Joke), "Tell me a joke.")
    assert isinstance(value, Joke)


@pytest.mark.parametrize("tags", [["movies", "actor", "film"], []])
def test_xml(base_url: str, tags: list[str]) -> None:
    value = ask(base_url, XMLOutputParser(tags=tags), "Generate the filmography of Tom Hanks.")
    assert isinstance(value, dict)
    assert not tags or list(value) == ["movies"]


def test_lists_in_markdown(base_url: str) -> None:
    bullets = ask(base_url, MarkdownListOutputParser(), "Name four sports.")
    assert len(bullets) == 4
    assert len(ask(base_url, NumberedListOutputParser(), "Name four sports.")) == 4


def test_a_date_with_a_time(base_url: str) -> None:
    value = ask(base_url, DatetimeOutputParser(), "When was bitcoin founded?")
    assert isinstance(value, datetime)


def test_a_structured_output(base_url: str) -> None:
    schemas = [
        ResponseSchema(name="answer", description="answer to the user's question"),
        ResponseSchema(name="source", description="source, should be a website"),
    ]
    parser = StructuredOutputParser.from_response_schemas(schemas)
    assert set(ask(base_url, parser, "What's the capital of France?")) == {"answer", "source"}


def test_a_boolean(base_url: str) -> None:
    model = ChatOpenAI(model="gemini-2.5-flash", base_url=base_url, api_key="any-key")
    chain = model | BooleanOutputParser()
    assert chain.invoke("Is this relevant to cats? Answer YES or NO.\n> A kitten is") in (
        True,
        False,
    )
