"""The OpenAI Agents SDK with its own default, the Responses API, on the gateway."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

import pytest
from agents import (
    Agent,
    CodeInterpreterTool,
    ModelSettings,
    OpenAIResponsesModel,
    Runner,
    WebSearchTool,
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
async def model() -> AsyncIterator[OpenAIResponsesModel]:
    base_url = os.environ["MOCKGEM_URL"] + "/v1"
    async with AsyncOpenAI(base_url=base_url, api_key="any-key") as client:
        yield OpenAIResponsesModel("gemini-2.5-flash", client)


async def test_an_agent_answers_in_words(model: OpenAIResponsesModel) -> None:
    agent = Agent(name="Assistant", instructions="You are a helpful assistant.", model=model)
    result = await Runner.run(agent, "Explain to me how AI works")
    assert "AI" in result.final_output
    assert result.context_wrapper.usage.output_tokens > 0


async def test_a_streamed_answer_comes_in_several_pieces(model: OpenAIResponsesModel) -> None:
    agent = Agent(name="Assistant", model=model)
    result = Runner.run_streamed(agent, "Explain to me how AI works")
    pieces = []
    async for event in result.stream_events():
        if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
            pieces.append(event.data.delta)
    assert len(pieces) > 2
    assert result.final_output == "".join(pieces)


@pytest.mark.parametrize("stream", [False, True])
async def test_a_tool_runs_once(model: OpenAIResponsesModel, stream: bool) -> None:
    asked: list[str] = []

    @function_tool
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        return "17 degrees and sunny"

    agent = Agent(name="Assistant", model=model, tools=[get_weather])
    question = "What's the weather like in Chicago today?"
    if stream:
        result = Runner.run_streamed(agent, question, max_turns=4)
        async for _ in result.stream_events():
            pass
    else:
        result = await Runner.run(agent, question, max_turns=4)
    assert len(asked) == 1
    assert "17 degrees" in result.final_output


async def test_a_chain_is_continued_by_its_id(model: OpenAIResponsesModel) -> None:
    agent = Agent(name="Assistant", model=model)
    first = await Runner.run(agent, "My name is Ada.")
    second = await Runner.run(
        agent, "What is my name?", previous_response_id=first.last_response_id
    )
    assert second.final_output
    tokens = second.raw_responses[0].usage.input_tokens
    assert tokens > first.raw_responses[0].usage.input_tokens


async def test_tools_of_the_service(model: OpenAIResponsesModel) -> None:
    code = CodeInterpreterTool(
        tool_config={"type": "code_interpreter", "container": {"type": "auto"}}
    )
    for tool in (WebSearchTool(), code):
        agent = Agent(
            name="Assistant",
            model=model,
            tools=[tool],
            model_settings=ModelSettings(response_include=["web_search_call.action.sources"]),
        )
        result = await Runner.run(agent, "What is the sum of the first 50 primes?")
        assert result.final_output


async def test_structured_output(model: OpenAIResponsesModel) -> None:
    agent = Agent(
        name="Extractor",
        instructions="Extract the event information.",
        model=model,
        output_type=CalendarEvent,
    )
    question = "John and Susan are going to an AI conference on Friday."
    result = await Runner.run(agent, question)
    assert isinstance(result.final_output, CalendarEvent)
