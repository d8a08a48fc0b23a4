"""The Responses API of the gateway, as openai for Python uses it."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types.responses import ResponseFunctionToolCall
from pydantic import BaseModel

MODEL = "gemini-2.5-flash"
ADD: Any = {
    "type": "function",
    "name": "add",
    "description": "Add two numbers",
    "parameters": {
        "type": "object",
        "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
        "required": ["x", "y"],
        "additionalProperties": False,
    },
    "strict": True,
}


class Person(BaseModel):
    name: str
    age: int


def test_text_and_a_chain(gateway: OpenAI) -> None:
    first = gateway.responses.create(model=MODEL, input="My name is Ada.")
    second = gateway.responses.create(
        model=MODEL, input="What is my name?", previous_response_id=first.id
    )
    assert first.output_text
    assert second.usage is not None
    assert first.usage is not None
    assert second.usage.input_tokens > first.usage.input_tokens
    assert gateway.responses.retrieve(second.id).output_text == second.output_text


def test_the_accumulator_of_streams_ends_with_the_whole(gateway: OpenAI) -> None:
    asked: Any = {"model": MODEL, "input": "Why is the sky blue?", "reasoning": {"summary": "auto"}}
    with gateway.responses.stream(**asked) as stream:
        events = list(stream)
        final = stream.get_final_response()
    assert [item.type for item in final.output] == ["reasoning", "message"]
    deltas = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(deltas) == final.output_text
    assert final.output_text == gateway.responses.create(**asked).output_text
    again = gateway.responses.retrieve(final.id, stream=True, starting_after=5)
    assert [event.sequence_number for event in again] == list(range(6, len(events)))


def test_a_function_with_arguments_that_the_sdk_parses(gateway: OpenAI) -> None:
    tool = openai.pydantic_function_tool(Person, name="save_person")["function"]
    flat: Any = {"type": "function", **tool}
    with gateway.responses.stream(
        model=MODEL, input="Use save_person for Ada, 36.", tools=[flat], tool_choice="required"
    ) as stream:
        names = [event.type for event in stream]
        final = stream.get_final_response()
    assert "response.function_call_arguments.done" in names
    (call,) = [item for item in final.output if isinstance(item, ResponseFunctionToolCall)]
    result: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "saved"}
    asked: Any = [{"role": "user", "content": "Use save_person for Ada, 36."}, *final.output]
    ended = gateway.responses.create(model=MODEL, input=[*asked, result], tools=[flat])
    assert ended.output_text


def test_structured_output(gateway: OpenAI) -> None:
    parsed = gateway.responses.parse(model=MODEL, input="Invent a person.", text_format=Person)
    assert isinstance(parsed.output_parsed, Person)
    with gateway.responses.stream(
        model=MODEL, input="Invent a person.", text_format=Person
    ) as stream:
        stream.until_done()
        assert stream.get_final_response().output_parsed == parsed.output_parsed


@pytest.mark.parametrize(
    ("tool", "kind"),
    [
        ({"type": "web_search"}, "web_search_call"),
        ({"type": "code_interpreter", "container": {"type": "auto"}}, "code_interpreter_call"),
    ],
)
def test_tools_of_the_service(gateway: OpenAI, tool: Any, kind: str) -> None:
    with gateway.responses.stream(
        model=MODEL, input="What is the sum of the first 50 primes?", tools=[tool]
    ) as stream:
        stream.until_done()
        final = stream.get_final_response()
    assert [item.type for item in final.output] == [kind, "message"]


def test_the_background(gateway: OpenAI) -> None:
    made = gateway.responses.create(model=MODEL, input="Hi", background=True)
    states = [made.status]
    while states[-1] in ("queued", "in_progress"):
        states.append(gateway.responses.retrieve(made.id).status)
    assert states == ["queued", "in_progress", "completed"]
    other = gateway.responses.create(model=MODEL, input="Hi", background=True)
    assert gateway.responses.cancel(other.id).status == "cancelled"


def test_conversations(gateway: OpenAI) -> None:
    made = gateway.conversations.create(items=[{"role": "user", "content": "Hello"}])
    gateway.responses.create(model=MODEL, input="Hi", conversation=made.id)
    kinds = [item.type for item in gateway.conversations.items.list(made.id, limit=1)]
    assert kinds == ["message"] * 3
    assert gateway.conversations.delete(made.id).deleted


def test_counts_compaction_and_input_items(gateway: OpenAI) -> None:
    """The oldest SDK has no methods for counts and compaction: those requests are written out."""
    asked = {"model": MODEL, "input": "Hi there"}
    counted: Any = gateway.post("/responses/input_tokens", cast_to=object, body=asked)
    made = gateway.responses.create(model=MODEL, input="Hi there")
    assert made.usage is not None
    assert counted["input_tokens"] == made.usage.input_tokens
    assert [item.type for item in gateway.responses.input_items.list(made.id)] == ["message"]
    compacted: Any = gateway.post("/responses/compact", cast_to=object, body=asked)
    assert [item["type"] for item in compacted["output"]] == ["message", "compaction"]
    gateway.responses.delete(made.id)
    with pytest.raises(openai.NotFoundError, match=made.id):
        gateway.responses.retrieve(made.id)
