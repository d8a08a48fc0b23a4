"""Instructor, in each of its modes, on the gateway and on Gemini's own surface."""

from __future__ import annotations

from collections.abc import Iterator

import instructor
import pytest
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

MODES = [
    instructor.Mode.TOOLS,
    instructor.Mode.JSON,
    instructor.Mode.JSON_SCHEMA,
    instructor.Mode.MD_JSON,
]
MESSAGES = [
    {"role": "system", "content": "Extract the event information."},
    {"role": "user", "content": "John and Susan are going to an AI conference on Friday."},
]


class CalendarEvent(BaseModel):
    name: str
    date: str
    participants: list[str]


class Person(BaseModel):
    name: str


@pytest.fixture
def client(base_url: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=base_url, api_key="any-key") as client:
        yield client


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_an_object_is_made_in_each_mode(client: OpenAI, mode: instructor.Mode) -> None:
    patched = instructor.from_openai(client, mode=mode)
    event = patched.chat.completions.create(
        model="gemini-2.5-flash", messages=MESSAGES, response_model=CalendarEvent, max_retries=0
    )
    assert event.participants == ["John", "Susan"]
    assert "Friday" in event.date


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_a_partial_object_fills_up_as_it_streams(client: OpenAI, mode: instructor.Mode) -> None:
    patched = instructor.from_openai(client, mode=mode)
    seen = list(
        patched.chat.completions.create_partial(
            model="gemini-2.5-flash", messages=MESSAGES, response_model=CalendarEvent, max_retries=0
        )
    )
    assert seen[-1].participants == ["John", "Susan"]


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_a_list_of_objects_comes_one_by_one(client: OpenAI, mode: instructor.Mode) -> None:
    patched = instructor.from_openai(client, mode=mode)
    people = list(
        patched.chat.completions.create_iterable(
            model="gemini-2.5-flash", messages=MESSAGES, response_model=Person, max_retries=0
        )
    )
    assert people
    assert all(isinstance(person, Person) and person.name for person in people)


async def test_an_object_is_made_by_the_async_client(base_url: str) -> None:
    async with AsyncOpenAI(base_url=base_url, api_key="any-key") as client:
        patched = instructor.from_openai(client)
        event = await patched.chat.completions.create(
            model="gemini-2.5-flash", messages=MESSAGES, response_model=CalendarEvent, max_retries=0
        )
    assert event.participants == ["John", "Susan"]


def test_words_and_the_raw_completion_are_to_be_had_as_well(client: OpenAI) -> None:
    patched = instructor.from_openai(client)
    words = patched.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[{"role": "user", "content": "Explain to me how AI works"}],
        response_model=None,
    )
    assert "AI" in words.choices[0].message.content
    event, completion = patched.chat.completions.create_with_completion(
        model="gemini-2.5-flash", messages=MESSAGES, response_model=CalendarEvent, max_retries=0
    )
    assert event.participants == ["John", "Susan"]
    assert completion.usage.total_tokens > 0
