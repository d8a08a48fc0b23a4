"""Pydantic AI's realtime sessions on the Live API: turns, tools, audio, interruptions."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from pydantic_ai import Agent
from pydantic_ai.providers.google import GoogleProvider
from pydantic_ai.realtime import RealtimeTurnCompleteEvent
from pydantic_ai.realtime.google import GoogleRealtimeModel

MODELS = ["gemini-2.5-flash-native-audio-preview-09-2025", "gemini-3.8-live"]
WAIT = 60.0


def build_model(name: str) -> GoogleRealtimeModel:
    url = os.environ["MOCKGEM_URL"]
    return GoogleRealtimeModel(name, provider=GoogleProvider(api_key="any-key", base_url=url))


async def read_turn(session: Any) -> list[Any]:
    """Return the events up to the end of a turn."""
    events: list[Any] = []
    async with asyncio.timeout(WAIT):
        async for event in session:
            events.append(event)
            if isinstance(event, RealtimeTurnCompleteEvent):
                return events
    raise AssertionError("the session ended before the turn")


def get_words(events: list[Any]) -> str:
    """Return the transcript of the last speech of the model."""
    parts = [event.part for event in events if type(event).__name__ == "PartEndEvent"]
    return str([part.transcript for part in parts if hasattr(part, "transcript")][-1])


@pytest.mark.parametrize("name", MODELS)
async def test_a_session_speaks(name: str) -> None:
    agent = Agent(instructions="Be brief.")
    async with agent.realtime(build_model(name)).session() as session:
        await session.send("What is a tide?")
        events = await read_turn(session)
        await session.send("And what is a wave?")
        more = await read_turn(session)
    sounds = [event for event in events if getattr(event, "delta", None) is not None]
    assert any(getattr(event.delta, "audio_chunk", None) for event in sounds)
    assert "tide" in get_words(events).lower()
    assert get_words(more)
    assert session.usage.output_tokens > 0


@pytest.mark.parametrize("name", MODELS)
async def test_a_tool_runs_and_the_model_says_what_it_returned(name: str) -> None:
    asked: list[str] = []
    agent = Agent()

    @agent.tool_plain
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        return "17 degrees and sunny"

    async with agent.realtime(build_model(name)).session() as session:
        await session.send("What is the weather in Oslo?")
        events = await read_turn(session)
    assert asked == ["Oslo"]
    assert "17 degrees" in get_words(events)


async def test_audio_that_ends_gets_an_answer() -> None:
    half = (8_000).to_bytes(2, "little", signed=True) * 40
    sound = (half + (-8_000).to_bytes(2, "little", signed=True) * 40) * 100
    agent = Agent()
    async with agent.realtime(build_model(MODELS[0])).session() as session:
        for pcm in (sound, bytes(32_000)):
            await session.send_audio(pcm)
        assert get_words(await read_turn(session))


async def test_messages_of_a_session_are_its_history() -> None:
    agent = Agent()
    async with agent.realtime(build_model(MODELS[0])).session() as session:
        await session.send("My name is Alice.")
        await read_turn(session)
        history = session.all_messages()
    later = agent.realtime(build_model(MODELS[0]), message_history=history)
    async with later.session() as session:
        await session.send("What is my name?")
        assert get_words(await read_turn(session))
    assert len(session.all_messages()) > len(history)
