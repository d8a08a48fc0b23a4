"""The Python samples of the OpenAI-compatibility pages, unchanged but for base URL, key and file
paths."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openai import OpenAI
from pydantic import BaseModel

GREETING = re.compile(r"(Hello|Hi|Hey)\b")
WEATHER = [
    {
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
                    },
                    "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
                },
                "required": ["location"],
            },
        },
    }
]


class CalendarEvent(BaseModel):
    name: str
    date: str
    participants: list[str]


def parse(client: OpenAI) -> Callable[..., Any]:
    """`beta.chat.completions.parse`, as the samples say it, or where it has gone since."""
    beta = getattr(client.beta, "chat", None)
    return beta.completions.parse if beta is not None else client.chat.completions.parse


def encoded(path: Path) -> str:
    with open(path, "rb") as file:
        return base64.b64encode(file.read()).decode("utf-8")


def said(response: Any) -> str:
    """The whole text of a stream, each chunk taken as the samples take it."""
    return "".join(chunk.choices[0].delta.content or "" for chunk in response)


def hidden_tokens(response: Any) -> int:
    """Tokens that are in the total and in nothing else: Gemini's thinking."""
    usage = response.usage
    return int(usage.total_tokens - usage.prompt_tokens - usage.completion_tokens)


def assert_asks_for_the_weather_in_chicago(response: Any) -> None:
    choice = response.choices[0]
    assert choice.finish_reason == "tool_calls"
    assert not choice.message.content
    (call,) = choice.message.tool_calls
    assert call.type == "function"
    assert call.function.name == "get_weather"
    assert "Chicago" in json.loads(call.function.arguments)["location"]


def assert_is_the_conference(event: CalendarEvent) -> None:
    assert event.participants == ["John", "Susan"]
    assert "Friday" in event.date
    assert event.name


# The Gemini API's page


def test_chat_explains_how_ai_works(client: OpenAI) -> None:
    response = client.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Explain to me how AI works"},
        ],
    )
    message = response.choices[0].message
    assert message.role == "assistant"
    assert "AI" in message.content
    assert response.choices[0].finish_reason == "stop"
    assert response.model == "gemini-2.5-flash"


def test_reasoning_effort_low_makes_the_model_think_unseen(client: OpenAI) -> None:
    response = client.chat.completions.create(
        model="gemini-2.5-flash",
        reasoning_effort="low",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Explain to me how AI works"},
        ],
    )
    assert "AI" in response.choices[0].message.content
    assert "<thought>" not in response.choices[0].message.content
    assert 0 < hidden_tokens(response) <= 1024


def test_reasoning_effort_none_turns_thinking_off(client: OpenAI) -> None:
    response = client.chat.completions.create(
        model="gemini-2.5-flash",
        reasoning_effort="none",
        messages=[{"role": "user", "content": "Explain to me how AI works"}],
    )
    assert "AI" in response.choices[0].message.content
    assert hidden_tokens(response) == 0


def test_thinking_budget_may_be_a_word_and_thoughts_are_included(client: OpenAI) -> None:
    response = client.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[{"role": "user", "content": "Explain to me how AI works"}],
        extra_body={
            "extra_body": {
                "google": {"thinking_config": {"thinking_budget": "low", "include_thoughts": True}}
            }
        },
    )
    thought, _, answer = response.choices[0].message.content.partition("</thought>")
    assert thought.startswith("<thought>")
    assert "AI" in answer
    assert 0 < hidden_tokens(response) <= 1024


def test_thinking_budget_may_be_a_number_of_tokens(client: OpenAI) -> None:
    response = client.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[{"role": "user", "content": "Explain to me how AI works"}],
        extra_body={
            "extra_body": {
                "google": {"thinking_config": {"thinking_budget": 800, "include_thoughts": True}}
            }
        },
    )
    thought, _, answer = response.choices[0].message.content.partition("</thought>")
    assert thought.startswith("<thought>")
    assert "AI" in answer
    assert 0 < hidden_tokens(response) <= 800


def test_streaming_gives_chunks_that_each_have_a_delta(client: OpenAI) -> None:
    response = client.chat.completions.create(
        model="gemini-2.0-flash",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Hello!"},
        ],
        stream=True,
    )
    chunks = list(response)
    assert all(chunk.choices[0].delta.role == "assistant" for chunk in chunks)
    assert GREETING.match("".join(chunk.choices[0].delta.content or "" for chunk in chunks))
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_function_calling_asks_for_the_weather_in_chicago(client: OpenAI) -> None:
    messages = [{"role": "user", "content": "What's the weather like in Chicago today?"}]
    response = client.chat.completions.create(
        model="gemini-2.0-flash", messages=messages, tools=WEATHER, tool_choice="auto"
    )
    assert_asks_for_the_weather_in_chicago(response)


def test_image_understanding_sees_the_image(client: OpenAI, jpeg_file: Path) -> None:
    base64_image = encoded(jpeg_file)
    response = client.chat.completions.create(
        model="gemini-2.0-flash",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is in this image?"},
                    {
                        "type": "image_url",
                        "image_url": {"url": f"data:image/jpeg;base64,{base64_image}"},
                    },
                ],
            }
        ],
    )
    assert response.choices[0].finish_reason == "stop"
    assert "16 x 8" in response.choices[0].message.content
    assert response.usage.prompt_tokens > 250, "an image costs some 258 tokens"


def test_audio_understanding_hears_the_sound(client: OpenAI, wav_file: Path) -> None:
    with open(wav_file, "rb") as audio_file:
        base64_audio = base64.b64encode(audio_file.read()).decode("utf-8")
    response = client.chat.completions.create(
        model="gemini-2.0-flash",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "Transcribe this audio"},
                    {"type": "input_audio", "input_audio": {"data": base64_audio, "format": "wav"}},
                ],
            }
        ],
    )
    assert "0.5 seconds" in response.choices[0].message.content


def test_structured_output_extracts_the_event(client: OpenAI) -> None:
    completion = parse(client)(
        model="gemini-2.0-flash",
        messages=[
            {"role": "system", "content": "Extract the event information."},
            {"role": "user", "content": "John and Susan are going to an AI conference on Friday."},
        ],
        response_format=CalendarEvent,
    )
    assert_is_the_conference(completion.choices[0].message.parsed)


def test_embeddings_of_a_text_have_3072_numbers(client: OpenAI) -> None:
    response = client.embeddings.create(
        input="Your text string goes here", model="gemini-embedding-001"
    )

    assert len(response.data[0].embedding) == 3072


def test_list_models_gives_prefixed_names(client: OpenAI) -> None:
    models = client.models.list()
    names = [model.id for model in models]
    assert "models/gemini-2.5-flash" in names
    assert all(name.startswith("models/") for name in names)


def test_retrieve_a_model_gives_the_one_that_was_named(client: OpenAI) -> None:
    model = client.models.retrieve("gemini-2.0-flash")
    assert model.id == "models/gemini-2.0-flash"
    assert model.owned_by == "google"


# Vertex AI's page


def test_vertex_chat_explains_how_ai_works(vertex: OpenAI) -> None:
    response = vertex.chat.completions.create(
        model="google/gemini-2.0-flash-001",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Explain to me how AI works"},
        ],
    )
    assert "AI" in response.choices[0].message.content
    assert response.model == "google/gemini-2.0-flash-001"


def test_vertex_reasoning_effort_low_counts_reasoning_tokens(vertex: OpenAI) -> None:
    response = vertex.chat.completions.create(
        model="google/gemini-2.5-flash-preview-04-17",
        reasoning_effort="low",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Explain to me how AI works"},
        ],
    )
    assert "AI" in response.choices[0].message.content
    assert 0 < response.usage.completion_tokens_details.reasoning_tokens <= 1024


def test_vertex_streaming_gives_chunks_that_each_have_a_delta(vertex: OpenAI) -> None:
    response = vertex.chat.completions.create(
        model="google/gemini-2.0-flash",
        messages=[
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": "Hello!"},
        ],
        stream=True,
    )
    assert GREETING.match(said(response))


def test_vertex_function_calling_asks_for_the_weather_in_chicago(vertex: OpenAI) -> None:
    messages = [{"role": "user", "content": "What's the weather like in Chicago today?"}]
    response = vertex.chat.completions.create(
        model="google/gemini-2.0-flash", messages=messages, tools=WEATHER, tool_choice="auto"
    )
    assert_asks_for_the_weather_in_chicago(response)
    assert response.choices[0].message.tool_calls[0].id


def test_vertex_image_understanding_sees_the_image(vertex: OpenAI, jpeg_file: Path) -> None:
    base64_image = encoded(jpeg_file)
    response = vertex.chat.completions.create(
        model="google/gemini-2.0-flash",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "What is in this image?"},
                    {
                        "type": "image_url",
                        "image_url": {"url": f"data:image/jpeg;base64,{base64_image}"},
                    },
                ],
            }
        ],
    )
    assert "16 x 8" in response.choices[0].message.content


def test_vertex_audio_understanding(vertex: OpenAI, wav_file: Path) -> None:
    """The page's model has no publisher, and Vertex AI refuses that (report-vertex-model-form)."""
    with open(wav_file, "rb") as audio_file:
        base64_audio = base64.b64encode(audio_file.read()).decode("utf-8")
    response = vertex.chat.completions.create(
        model="google/gemini-2.0-flash",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "Transcribe this audio"},
                    {"type": "input_audio", "input_audio": {"data": base64_audio, "format": "wav"}},
                ],
            }
        ],
    )
    assert "0.5 seconds" in response.choices[0].message.content


def test_vertex_structured_output_extracts_the_event(vertex: OpenAI) -> None:
    completion = parse(vertex)(
        model="google/gemini-2.0-flash",
        messages=[
            {"role": "system", "content": "Extract the event information."},
            {"role": "user", "content": "John and Susan are going to an AI conference on Friday."},
        ],
        response_format=CalendarEvent,
    )
    assert_is_the_conference(completion.choices[0].message.parsed)


# A gateway's page


def test_gateway_conversation_explains_quantum_entanglement(gateway: OpenAI) -> None:
    response = gateway.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[
            {"role": "system", "content": "You are a knowledgeable assistant."},
            {"role": "user", "content": "Explain quantum entanglement"},
        ],
        temperature=0.7,
        max_tokens=1024,
    )
    assert "quantum entanglement" in response.choices[0].message.content.lower()
    assert response.id.startswith("chatcmpl-")
    usage = response.usage
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


def test_gateway_vision_takes_the_address_of_an_image(gateway: OpenAI) -> None:
    response = gateway.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "Describe this image"},
                    {"type": "image_url", "image_url": {"url": "https://example.com/photo.jpg"}},
                ],
            }
        ],
        max_tokens=1024,
    )
    assert "image" in response.choices[0].message.content


def test_gateway_file_understanding_takes_a_pdf_as_an_image_url(
    gateway: OpenAI, pdf_file: Path
) -> None:
    with open(pdf_file, "rb") as f:
        pdf_base64 = base64.b64encode(f.read()).decode("utf-8")
    response = gateway.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "Summarize this document"},
                    {
                        "type": "image_url",
                        "image_url": {"url": f"data:application/pdf;base64,{pdf_base64}"},
                    },
                ],
            }
        ],
        max_tokens=2048,
    )
    assert "PDF of 1 page" in response.choices[0].message.content


def test_gateway_image_generation_puts_a_png_into_the_text(gateway: OpenAI) -> None:
    response = gateway.chat.completions.create(
        model="gemini-2-5-flash-image",
        messages=[{"role": "user", "content": "Draw a cute cat playing in a garden"}],
        max_tokens=4096,
    )
    _, found, rest = response.choices[0].message.content.partition("data:image/png;base64,")
    assert found
    assert base64.b64decode(rest.partition(")")[0]).startswith(b"\x89PNG")


def test_gateway_streaming_gives_the_text_in_several_pieces(gateway: OpenAI) -> None:
    stream = gateway.chat.completions.create(
        model="gemini-2.5-flash",
        messages=[{"role": "user", "content": "Implement a simple HTTP server in Go"}],
        max_tokens=2048,
        stream=True,
    )
    pieces = []
    for chunk in stream:
        if chunk.choices[0].delta.content is not None:
            pieces.append(chunk.choices[0].delta.content)
    assert len(pieces) > 2
    assert "HTTP server" in "".join(pieces)
