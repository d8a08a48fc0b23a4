"""Pydantic AI's agents on the gateway and on Gemini's own surface."""

from __future__ import annotations

import pytest
from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, ModelHTTPError, ModelRetry, NativeOutput, UnexpectedModelBehavior
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider


class CalendarEvent(BaseModel):
    name: str
    date: str
    participants: list[str]


def model(base_url: str, name: str = "gemini-2.5-flash") -> OpenAIChatModel:
    return OpenAIChatModel(name, provider=OpenAIProvider(base_url=base_url, api_key="any-key"))


async def test_an_agent_answers_in_words(base_url: str) -> None:
    agent = Agent(model(base_url), system_prompt="You are a helpful assistant.")
    result = await agent.run("Explain to me how AI works")
    assert "AI" in result.output
    assert result.usage.input_tokens > 0
    assert result.usage.output_tokens > 0


async def test_a_streamed_answer_comes_in_several_pieces(base_url: str) -> None:
    agent = Agent(model(base_url))
    async with agent.run_stream("Explain to me how AI works") as result:
        pieces = [piece async for piece in result.stream_text(delta=True, debounce_by=None)]
    assert len(pieces) > 2
    assert "AI" in "".join(pieces)


async def test_a_conversation_goes_on_from_its_history(base_url: str) -> None:
    agent = Agent(model(base_url))
    first = await agent.run("Hello!")
    second = await agent.run("Explain to me how AI works", message_history=first.all_messages())
    assert "AI" in second.output


async def test_a_tool_runs_once_and_the_agent_ends_with_what_it_said(base_url: str) -> None:
    asked: list[str] = []
    agent = Agent(model(base_url))

    @agent.tool_plain
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        return "17 degrees and sunny"

    result = await agent.run("What's the weather like in Chicago today?")
    assert len(asked) == 1
    assert "Chicago" in asked[0]
    assert "17 degrees" in result.output


async def test_a_tool_runs_once_in_a_stream_as_well(base_url: str) -> None:
    asked: list[str] = []
    agent = Agent(model(base_url))

    @agent.tool_plain
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        return "17 degrees and sunny"

    async with agent.run_stream("What's the weather like in Chicago today?") as result:
        text = await result.get_output()
    assert len(asked) == 1
    assert "17 degrees" in text


async def test_a_tool_that_asks_for_a_retry_is_called_again(base_url: str) -> None:
    asked: list[str] = []
    agent = Agent(model(base_url), retries=2)

    @agent.tool_plain
    def get_capital(country: str) -> str:
        """Get the capital of a country."""
        asked.append(country)
        if country != "La France":
            raise ModelRetry('The country is not supported. Use "La France" instead.')
        return "Paris"

    result = await agent.run("What is the capital of France?")
    assert asked == ["France", "La France"]
    assert "Paris" in result.output


async def test_a_tool_that_always_fails_does_not_run_forever(base_url: str) -> None:
    asked: list[str] = []
    agent = Agent(model(base_url), retries=9)

    @agent.tool_plain
    def get_capital(country: str) -> str:
        """Get the capital of a country."""
        asked.append(country)
        raise ModelRetry("The country must be another one.")

    result = await agent.run("What is the capital of France?")
    assert len(asked) == 3
    assert "must be another one" in result.output


async def test_the_limit_of_retries_is_the_framework_s(base_url: str) -> None:
    agent = Agent(model(base_url), retries=1)

    @agent.tool_plain
    def get_capital(country: str) -> str:
        """Get the capital of a country."""
        raise ModelRetry(f"{country} must be another one.")

    with pytest.raises(UnexpectedModelBehavior, match="get_capital"):
        await agent.run("What is the capital of France?")


class Place(BaseModel):
    city: str
    country: str


async def test_structured_output_uses_the_result_of_a_tool(base_url: str) -> None:
    agent = Agent(model(base_url), output_type=Place)

    @agent.tool_plain
    def get_user_country() -> str:
        """Get the country of the user."""
        return "Mexico"

    result = await agent.run("What is the largest city in the user country?")
    assert result.output.country == "Mexico"


@pytest.mark.parametrize("native", [False, True], ids=["by tool", "by response_format"])
async def test_structured_output_extracts_the_event(base_url: str, native: bool) -> None:
    output = NativeOutput(CalendarEvent) if native else CalendarEvent
    agent = Agent(
        model(base_url), output_type=output, system_prompt="Extract the event information."
    )
    result = await agent.run("John and Susan are going to an AI conference on Friday.")
    assert result.output.participants == ["John", "Susan"]
    assert "Friday" in result.output.date


async def test_an_unknown_model_is_an_http_error(base_url: str) -> None:
    with pytest.raises(ModelHTTPError) as caught:
        await Agent(model(base_url, "no-such-model")).run("Hello!")
    assert caught.value.status_code == 404


async def test_a_client_of_one_s_own_may_be_used(base_url: str) -> None:
    async with AsyncOpenAI(base_url=base_url, api_key="any-key") as client:
        chat = OpenAIChatModel("gemini-2.5-flash", provider=OpenAIProvider(openai_client=client))
        result = await Agent(chat).run("Hello!")
    assert result.output
