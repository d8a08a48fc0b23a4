"""The OpenAI Agents SDK, with its model for chat completions, on the gateway and on Gemini's own
surface."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from agents import (
    Agent,
    ModelSettings,
    OpenAIChatCompletionsModel,
    Runner,
    function_tool,
    set_tracing_disabled,
)
from openai import AsyncOpenAI
from pydantic import BaseModel

set_tracing_disabled(True)


class CalendarEvent(BaseModel):
    name: str
    date: str
    participants: list[str]


@pytest.fixture
async def model(base_url: str) -> AsyncIterator[OpenAIChatCompletionsModel]:
    async with AsyncOpenAI(base_url=base_url, api_key="any-key") as client:
        yield OpenAIChatCompletionsModel("gemini-2.5-flash", client)


def weather(asked: list[str]) -> Any:
    @function_tool
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        return "17 degrees and sunny"

    return get_weather


async def test_an_agent_answers_in_words(model: OpenAIChatCompletionsModel) -> None:
    agent = Agent(name="Assistant", instructions="You are a helpful assistant.", model=model)
    result = await Runner.run(agent, "Explain to me how AI works")
    assert "AI" in result.final_output
    assert result.context_wrapper.usage.output_tokens > 0


async def test_a_streamed_answer_comes_in_several_pieces(model: OpenAIChatCompletionsModel) -> None:
    agent = Agent(name="Assistant", model=model, model_settings=ModelSettings(include_usage=True))
    result = Runner.run_streamed(agent, "Explain to me how AI works")
    pieces = []
    async for event in result.stream_events():
        if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
            pieces.append(event.data.delta)
    assert len(pieces) > 2
    assert "AI" in "".join(pieces)
    assert result.final_output == "".join(pieces)


async def test_a_tool_runs_once_and_the_agent_ends_with_what_it_said(
    model: OpenAIChatCompletionsModel,
) -> None:
    asked: list[str] = []
    agent = Agent(name="Assistant", model=model, tools=[weather(asked)])
    result = await Runner.run(agent, "What's the weather like in Chicago today?", max_turns=4)
    assert len(asked) == 1
    assert "Chicago" in asked[0]
    assert "17 degrees" in result.final_output


async def test_a_tool_runs_once_in_a_stream_as_well(model: OpenAIChatCompletionsModel) -> None:
    asked: list[str] = []
    agent = Agent(name="Assistant", model=model, tools=[weather(asked)])
    result = Runner.run_streamed(agent, "What's the weather like in Chicago today?", max_turns=4)
    async for _ in result.stream_events():
        pass
    assert len(asked) == 1
    assert "17 degrees" in result.final_output


async def test_a_tool_that_fails_is_called_again(model: OpenAIChatCompletionsModel) -> None:
    asked: list[str] = []

    @function_tool
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        if len(asked) < 2:
            raise ValueError("the sensor is busy")
        return "17 degrees and sunny"

    agent = Agent(name="Assistant", model=model, tools=[get_weather])
    result = await Runner.run(agent, "What's the weather like in Chicago today?", max_turns=5)
    assert asked == ["Chicago", "Chicago"]
    assert "17 degrees" in result.final_output


async def test_an_agent_calls_all_tools_that_the_question_needs(
    model: OpenAIChatCompletionsModel,
) -> None:
    asked: list[str] = []

    @function_tool
    def get_stock_price(symbol: str) -> str:
        """Get the price of a stock."""
        asked.append(symbol)
        return "price 181.5"

    agent = Agent(name="Assistant", model=model, tools=[weather(asked), get_stock_price])
    question = "What is the price of GOOG? And the weather in Boston?"
    result = await Runner.run(agent, question, max_turns=4)
    assert sorted(asked) == ["Boston", "GOOG"]
    assert "181.5" in result.final_output
    assert "17 degrees" in result.final_output


async def test_an_agent_hands_over_to_another(model: OpenAIChatCompletionsModel) -> None:
    asked: list[str] = []
    expert = Agent(
        name="Weather", handoff_description="Knows the weather", model=model, tools=[weather(asked)]
    )
    triage = Agent(
        name="Triage",
        instructions="Hand over questions about the weather.",
        model=model,
        handoffs=[expert],
    )
    result = await Runner.run(triage, "Transfer me to weather, please.", max_turns=6)
    assert result.last_agent.name == "Weather"
    assert result.final_output


async def test_structured_output_extracts_the_event(model: OpenAIChatCompletionsModel) -> None:
    agent = Agent(
        name="Extractor",
        instructions="Extract the event information.",
        model=model,
        output_type=CalendarEvent,
    )
    result = await Runner.run(agent, "John and Susan are going to an AI conference on Friday.")
    assert result.final_output.participants == ["John", "Susan"]
    assert "Friday" in result.final_output.date
