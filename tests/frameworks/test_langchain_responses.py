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
