"""crewAI's agents, with its provider for Gemini."""

from __future__ import annotations

import os
from typing import Any

import pytest

os.environ |= {
    "CREWAI_DISABLE_TELEMETRY": "true",
    "CREWAI_TRACING_ENABLED": "false",
    "OTEL_SDK_DISABLED": "true",
}

from crewai import LLM, Agent, Crew, Task
from crewai.tools import tool


@pytest.fixture
def llm(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("GOOGLE_API_KEY", "any-key")
    options = {"http_options": {"base_url": os.environ["MOCKGEM_URL"]}}
    return LLM(model="gemini/gemini-2.5-flash", client_params=options)


def run_crew(llm: Any, tools: list[Any], description: str) -> str:
    agent = Agent(
        role="Reporter", goal="Report the weather", backstory="You report.", tools=tools, llm=llm
    )
    task = Task(description=description, expected_output="One sentence", agent=agent)
    return str(Crew(agents=[agent], tasks=[task]).kickoff().raw)


def test_a_crew_calls_a_tool_once_and_ends_with_its_result(llm: Any) -> None:
    asked: list[str] = []

    @tool("get_weather")
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        return "17 degrees and sunny"

    text = run_crew(llm, [get_weather], "What is the weather in Chicago?")
    assert asked == ["Chicago"]
    assert "17 degrees" in text


def test_a_crew_calls_a_failed_tool_again(llm: Any) -> None:
    asked: list[str] = []

    @tool("get_weather")
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        asked.append(location)
        if len(asked) < 2:
            raise ValueError("location must be in upper case")
        return "17 degrees and sunny"

    text = run_crew(llm, [get_weather], "What is the weather in Chicago?")
    assert asked == ["Chicago", "CHICAGO"]
    assert "17 degrees" in text
