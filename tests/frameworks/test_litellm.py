"""LiteLLM's openai provider on the gateway and on Gemini's own surface."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else LiteLLM downloads its prices

import litellm
from pydantic import BaseModel

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Get the weather in a given location",
        "parameters": {
            "type": "object",
            "properties": {
                "location": {
                    "type": "string",
                    "description": "The city and state, e.g. Chicago, IL",
                }
            },
            "required": ["location"],
        },
    },
}


class CalendarEvent(BaseModel):
    name: str
    date: str
    participants: list[str]


def where(base_url: str) -> dict[str, Any]:
    return {"model": "openai/gemini-2.5-flash", "api_base": base_url, "api_key": "any-key"}


def asked(text: str) -> list[Any]:
    return [{"role": "user", "content": text}]


def test_a_completion_explains_how_ai_works(base_url: str) -> None:
    response = litellm.completion(**where(base_url), messages=asked("Explain to me how AI works"))
    assert "AI" in response.choices[0].message.content
    assert response.choices[0].finish_reason == "stop"
    assert response.usage.prompt_tokens > 0
    assert (
        response.usage.total_tokens
        >= response.usage.prompt_tokens + response.usage.completion_tokens
    )


async def test_an_async_completion_does_as_well(base_url: str) -> None:
    response = await litellm.acompletion(
        **where(base_url), messages=asked("Explain to me how AI works")
    )
    assert "AI" in response.choices[0].message.content


def test_a_stream_comes_in_several_pieces_and_has_a_usage(base_url: str) -> None:
    chunks = list(
        litellm.completion(
            **where(base_url),
            messages=asked("Explain to me how AI works"),
            stream=True,
            stream_options={"include_usage": True},
        )
    )
    pieces = [
        chunk.choices[0].delta.content
        for chunk in chunks
        if chunk.choices and chunk.choices[0].delta.content
    ]
    assert len(pieces) > 2
    assert "AI" in "".join(pieces)
    built = litellm.stream_chunk_builder(chunks)
    assert built.choices[0].message.content == "".join(pieces)
    assert built.usage.prompt_tokens > 0
    assert built.usage.completion_tokens > 0


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_loop_of_tools_calls_once_and_ends(base_url: str, stream: bool) -> None:
    messages = asked("What's the weather like in Chicago today?")
    calls = []
    for _ in range(5):
        response = litellm.completion(
            **where(base_url), messages=messages, tools=[WEATHER], stream=stream
        )
        if stream:
            response = litellm.stream_chunk_builder(list(response), messages=messages)
        message = response.choices[0].message
        if not message.tool_calls:
            break
        messages.append(message.model_dump(exclude_none=True))
        for call in message.tool_calls:
            calls.append((call.function.name, json.loads(call.function.arguments)))
            messages.append(
                {
                    "role": "tool",
                    "tool_call_id": call.id,
                    "content": '{"temperature": "17 degrees"}',
                }
            )
    assert [name for name, _ in calls] == ["get_weather"]
    assert "Chicago" in calls[0][1]["location"]
    assert "17 degrees" in message.content


def test_structured_output_extracts_the_event(base_url: str) -> None:
    response = litellm.completion(
        **where(base_url),
        messages=[
            {"role": "system", "content": "Extract the event information."},
            {"role": "user", "content": "John and Susan are going to an AI conference on Friday."},
        ],
        response_format=CalendarEvent,
    )
    event = CalendarEvent.model_validate_json(response.choices[0].message.content)
    assert event.participants == ["John", "Susan"]
    assert "Friday" in event.date


def test_an_unknown_model_is_not_found(base_url: str) -> None:
    with pytest.raises(litellm.NotFoundError):
        litellm.completion(
            **(where(base_url) | {"model": "openai/no-such-model"}), messages=asked("Hello!")
        )


def test_the_responses_api_of_the_gateway(base_url: str) -> None:
    if not base_url.endswith("/v1"):
        return  # Gemini's own surface has no Responses API
    asked: dict[str, Any] = {
        "model": "openai/gemini-2.5-flash",
        "input": "Explain to me how AI works",
        "api_base": base_url,
        "api_key": "any-key",
    }
    whole = litellm.responses(**asked)
    events = list(litellm.responses(**asked, stream=True))
    pieces = [event.delta for event in events if event.type == "response.output_text.delta"]
    assert "".join(pieces) == whole.output[0].content[0].text


FUNCTION = {"type": "function", **WEATHER["function"]}  # type: ignore[dict-item]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_tool_runs_once_through_the_responses_api(stream: bool) -> None:
    more: dict[str, Any] = {**where(os.environ["MOCKGEM_URL"] + "/v1"), "tools": [FUNCTION]}
    first = respond(input="What's the weather like in Chicago today?", stream=stream, **more)
    (call,) = [item for item in first.output if item.type == "function_call"]
    assert "Chicago" in json.loads(call.arguments)["location"]
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "17 degrees"}
    second = respond(input=[result], previous_response_id=first.id, stream=stream, **more)
    (message,) = [item for item in second.output if item.type == "message"]
    assert "17 degrees" in message.content[0].text


def respond(stream: bool, **asked: Any) -> Any:
    """Return a response, or the one with which a stream ends."""
    if not stream:
        return litellm.responses(**asked)
    return list(litellm.responses(**asked, stream=True))[-1].response


async def test_a_response_is_kept_and_deleted() -> None:
    place: dict[str, Any] = {**where(os.environ["MOCKGEM_URL"] + "/v1")}
    made = await litellm.aresponses(input="Hello", **place)
    named = {name: place[name] for name in ("api_base", "api_key")}
    again = await litellm.aget_responses(made.id, custom_llm_provider="openai", **named)
    assert again.output[0].content[0].text == made.output[0].content[0].text
    gone = await litellm.adelete_responses(made.id, custom_llm_provider="openai", **named)
    assert gone.deleted
