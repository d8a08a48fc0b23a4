"""Google's SDK uses live interactions: `client.aio.interactions.connect`, and their tokens."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import pytest
import websockets
from google import genai

pytestmark = pytest.mark.skipif(
    int(version("google-genai").partition(".")[0]) < 3,
    reason="the SDK has live interactions since 3.6",
)
VOICE, TEXT = "gemini-3.8-live", "gemini-3-flash-preview"
WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "Get the weather of a city",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
}


def create(url: str, **body: Any) -> str:
    """Create an interaction of a Live model over HTTP, and return its id."""
    request = urllib.request.Request(
        url + "/v1beta/interactions",
        json.dumps({"model": VOICE, **body}).encode(),
        {"x-goog-api-key": "k", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return str(json.load(response)["id"])


async def create_for_text(url: str, **fields: Any) -> str:
    """Create an interaction that answers with text; the SDK's `connect` only continues one."""
    address = url.replace("http", "ws", 1) + "/v1beta/interactions/live?key=k"
    async with websockets.connect(address) as socket:
        event = {"event_type": "interaction.create", "model": TEXT, **fields}
        await socket.send(json.dumps(event))
        created = json.loads(await socket.recv())
        await socket.send('{"event_type": "interaction.disconnect"}')
        return str(created["interaction_id"])


async def receive_turn(connection: Any) -> list[Any]:
    """Return the events up to the stop that has the usage, which ends a turn."""
    events = []
    async for event in connection.receive():
        events.append(event)
        if event.event_type == "error" or getattr(event, "usage", None) is not None:
            break
    return events


def words(events: list[Any]) -> str:
    deltas = [event.delta for event in events if event.event_type == "step.delta"]
    return "".join([delta.text for delta in deltas if delta.type == "text"])


def make_pcm(seconds: float, loud: bool) -> bytes:
    period = b"\x00\x20" * 40 + b"\x00\xe0" * 40 if loud else bytes(160)
    return period * int(seconds * 16_000 / 80)


def audio(pcm: bytes) -> dict[str, Any]:
    data = b64encode(pcm).decode()
    content = {"type": "audio", "mime_type": "audio/pcm", "data": data}
    return {"event_type": "input", "content": [content]}


async def test_a_conversation_in_text(client: genai.Client, url: str) -> None:
    name = await create_for_text(url)
    async with client.aio.interactions.connect(name) as connection:
        assert connection.id == name
        await connection.send("My name is Alice.")
        first = await receive_turn(connection)
        assert first[0].event_type == "interaction.connected"
        assert [one.step.type for one in first if one.event_type == "step.start"] == [
            "thought",
            "model_output",
        ]
        await connection.send(
            [{"event_type": "input", "content": [{"type": "text", "text": "What is my name?"}]}]
        )
        assert "Alice" in words(await receive_turn(connection))
        await connection.complete()
        (end,) = [event async for event in connection.receive()]
        assert (end.event_type, end.status.code) == ("interaction.completed", 0)
        assert end.usage.total_tokens > 0
    stored = client.interactions.get(name)
    assert stored.status == "completed"
    assert [step.type for step in stored.steps] == ["thought", "model_output"] * 2
    following = client.interactions.create(
        model=TEXT, input="And again: what is my name?", previous_interaction_id=name
    )
    assert following.status == "completed"


async def test_a_conversation_by_voice(client: genai.Client, url: str) -> None:
    name = create(url, generation_config={"transcription_config": {}})
    async with client.aio.interactions.connect(id=name) as connection:
        await connection.send(audio(make_pcm(0.5, loud=True)))
        await connection.send(audio(make_pcm(1.0, loud=False)))
        events = await receive_turn(connection)
        starts = [one.step for one in events if one.event_type == "step.start"]
        assert starts[-1].type == "model_output"
        pcm = [one.delta for one in events if getattr(one, "delta", None) is not None]
        sounds = [one for one in pcm if one.type == "audio"]
        assert {one.sample_rate for one in sounds} == {24_000}
        assert len(b64decode(sounds[0].data)) == 9_600
        assert words(events)
        await connection.complete()
        assert [event.event_type async for event in connection.receive()] == [
            "interaction.completed"
        ]


async def test_a_tool_is_called_and_answered(client: genai.Client, url: str) -> None:
    name = create(url, tools=[WEATHER])
    async with client.aio.interactions.connect(name) as connection:
        await connection.send("What is the weather in Oslo? Use get_weather.")
        events = await receive_turn(connection)
        (call,) = [
            one.step
            for one in events
            if one.event_type == "step.start" and one.step.type == "function_call"
        ]
        (arguments,) = [
            one.delta.arguments
            for one in events
            if one.event_type == "step.delta" and one.delta.type == "arguments_delta"
        ]
        assert (call.name, json.loads(arguments)["city"]) == ("get_weather", "Oslo")
        result = {"type": "function_result", "call_id": call.id, "result": "12 degrees"}
        await connection.send({"event_type": "input", "content": [result]})
        answer = await receive_turn(connection)
        assert answer[-1].event_type == "step.stop"
        assert any(one.event_type == "step.delta" for one in answer)


async def test_the_user_interrupts(client: genai.Client, url: str) -> None:
    async with client.aio.interactions.connect(create(url)) as connection:
        await connection.send("Tell me a long story about the sea, in 300 words.")
        async for event in connection.receive():
            if event.event_type == "step.delta" and event.delta.type == "audio":
                break
        await connection.send("Stop. What is two plus two?")
        await receive_turn(connection)
        answer = await receive_turn(connection)
        assert [one.step.type for one in answer if one.event_type == "step.start"]
        await connection.cancel()
        assert [event async for event in connection.receive()] == []


async def test_a_client_reconnects(client: genai.Client, url: str) -> None:
    name = await create_for_text(url, system_instruction="Be kind.")
    async with client.aio.interactions.connect(name) as connection:
        await connection.send("My name is Alice.")
        await receive_turn(connection)
        await connection.detach()
    async with client.aio.interactions.connect(id=connection.id) as connection:
        await connection.send("What is my name?")
        events = await receive_turn(connection)
        assert events[0].event_type == "interaction.connected"
        assert "Alice" in words(events)
    assert client.interactions.get(name).status == "in_progress"


async def test_what_has_ended_is_read_again(client: genai.Client) -> None:
    made = client.interactions.create(model=TEXT, input="Why is the sky blue?")
    async with client.aio.interactions.connect(made.id) as connection:
        events = [event async for event in connection.receive()]
    assert [events[0].event_type, events[-1].event_type] == [
        "interaction.connected",
        "interaction.completed",
    ]
    assert words(events) == made.steps[-1].content[0].text


async def test_an_error_is_an_event(client: genai.Client, url: str) -> None:
    name = await create_for_text(url)
    async with client.aio.interactions.connect(name) as connection:
        await connection.send({"event_type": "user_input", "custom_field": 42})
        await connection.send("Hello")
        events = []
        async for event in connection.receive():
            events.append(event)
            if getattr(event, "usage", None) is not None:
                break
        assert events[1].event_type == "error"
        assert events[1].error.code == "invalid_request"
        assert words(events)


async def test_an_unknown_interaction_closes_the_socket(client: genai.Client) -> None:
    from google.genai._interactions_errors import APIWebSocketError

    async with client.aio.interactions.connect("v1_unknown") as connection:
        received = connection.receive()
        assert (await anext(received)).error.code == "not_found"
        with pytest.raises(APIWebSocketError) as closed:
            await anext(received)
    assert closed.value.close_code == 1008


async def test_a_token_is_the_key_of_a_client(client: genai.Client, url: str) -> None:
    from google.genai._interactions_errors import APIWebSocketError

    name = await create_for_text(url)
    token = client.interactions.auth_tokens.create(name)
    assert re.fullmatch(r"auth_tokens/[0-9a-f]{64}", token.auth_token)
    assert token.expires_at > datetime(2026, 1, 1, tzinfo=UTC)
    options = {"base_url": url, "headers": {"Authorization": "Bearer of-another-kind"}}
    guest = genai.Client(api_key=token.auth_token, http_options=options)
    async with guest.aio.interactions.connect(name) as connection:
        await connection.send("Hello")
        assert words(await receive_turn(connection))
    await client.aio.interactions.auth_tokens.delete(name, token.auth_token)
    with pytest.raises(APIWebSocketError) as refused:
        await guest.aio.interactions.connect(name)
    assert refused.value.http_status == 401


async def test_errors_of_tokens_are_those_of_the_api(client: genai.Client, url: str) -> None:
    from google.genai._interactions_errors import BadRequestError, NotFoundError

    name = await create_for_text(url)
    past = datetime(2020, 1, 1, tzinfo=UTC)
    with pytest.raises(NotFoundError):
        client.interactions.auth_tokens.create("v1_unknown")
    with pytest.raises(BadRequestError):
        await client.aio.interactions.auth_tokens.create(name, expire_time=past)
    with pytest.raises(NotFoundError):
        client.interactions.auth_tokens.delete(name, "auth_tokens/" + "0" * 64)


async def test_all_forms_of_input_are_taken(client: genai.Client, url: str) -> None:
    """The events of Google's own test of the SDK, with real media."""
    name = await create_for_text(url)
    pixel = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
        "rkJggg=="
    )
    image = {"type": "image", "mime_type": "image/png", "data": pixel}
    texts = [{"type": "text", "text": one} for one in ("First input.", "Second input.")]
    async with client.aio.interactions.connect(name) as connection:
        await connection.send("Describe this image.")
        await connection.send({"event_type": "input", "content": [image]})
        await connection.send([{"event_type": "input", "content": [one]} for one in texts])
        await connection.send(audio(make_pcm(0.5, loud=True)))
        await connection.complete()
        async with asyncio.timeout(60):
            events = [event async for event in connection.receive()]
    assert events[0].event_type == "interaction.connected"
    assert events[-1].event_type == "interaction.completed"
    indexes = [one.index for one in events if one.event_type == "step.start"]
    assert indexes == list(range(len(indexes)))
    stops = [one.index for one in events if one.event_type == "step.stop"]
    assert stops == indexes
