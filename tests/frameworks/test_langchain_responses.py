"""LangChain's ChatOpenAI in its Responses mode, on the gateway."""

from __future__ import annotations

import os
from typing import Any

import pytest
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_openai import ChatOpenAI
from pydantic import BaseModel

QUESTION = "Explain to me how AI works"


class CalendarEvent(BaseModel):
    name: str
    date: str
    participants: list[str]


@tool
def get_weather(location: str) -> str:
    """Get the weather in a given location."""
    return "17 degrees and sunny"


@pytest.fixture
def model() -> ChatOpenAI:
    settings: dict[str, Any] = {
        "model": "gemini-2.5-flash",
        "base_url": os.environ["MOCKGEM_URL"] + "/v1",
        "api_key": "any-key",
        "use_responses_api": True,
    }
    return ChatOpenAI(**settings)


def test_a_stream_adds_up_to_the_whole(model: ChatOpenAI) -> None:
    whole = model.invoke(QUESTION)
    pieces = list(model.stream(QUESTION))
    assert len(pieces) > 2
    assert "".join([piece.text for piece in pieces]) == whole.text
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["output_tokens"] > 0


def test_a_tool_is_called_and_its_result_used(model: ChatOpenAI) -> None:
    asked = HumanMessage("What's the weather like in Chicago today?")
    bound = model.bind_tools([get_weather])
    reply = bound.invoke([asked])
    (call,) = reply.tool_calls
    result = ToolMessage(get_weather.invoke(call["args"]), tool_call_id=call["id"])
    assert "17 degrees" in bound.invoke([asked, reply, result]).text


def test_structured_output_and_a_search(model: ChatOpenAI) -> None:
    event = model.with_structured_output(CalendarEvent).invoke("AI conference on Friday")
    assert isinstance(event, CalendarEvent)
    searched = model.bind_tools([{"type": "web_search"}]).invoke("Who won the race?")
    texts = [block for block in searched.content if block["type"] == "text"]  # type: ignore[index]
    assert texts[0]["annotations"]  # type: ignore[index]


def test_a_chain_continues_the_last_response(model: ChatOpenAI) -> None:
    chained = model.model_copy(update={"use_previous_response_id": True})
    first = chained.invoke([HumanMessage("My name is Ada.")])
    asked = [HumanMessage("My name is Ada."), first, HumanMessage("What is my name?")]
    second = chained.invoke(asked)
    assert first.usage_metadata is not None
    assert second.usage_metadata is not None
    assert second.usage_metadata["input_tokens"] > first.usage_metadata["input_tokens"]


async def test_thoughts_are_summed_up(model: ChatOpenAI) -> None:
    thinking = model.model_copy(update={"reasoning": {"effort": "high", "summary": "auto"}})
    reply = await thinking.ainvoke(QUESTION)
    kinds = [block["type"] for block in reply.content]  # type: ignore[index]
    assert kinds == ["reasoning", "text"]
    pieces = [piece async for piece in thinking.astream(QUESTION)]
    assert "".join([piece.text for piece in pieces]) == reply.text
