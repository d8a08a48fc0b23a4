"""An agent of Pydantic AI asks Gemini about the documents of a file search store."""

from __future__ import annotations

import json
from typing import Any

import pytest
from file_search_store import Store, store
from pydantic_ai import Agent, FileSearchTool
from pydantic_ai.capabilities import NativeTool
from pydantic_ai.models.google import GoogleModel
from pydantic_ai.providers.google import GoogleProvider

__all__ = ["store"]
QUESTION = "What is the capital of France?"
QUOTE = "Paris is the capital of France."


@pytest.fixture(params=["gemini-2.5-flash", "gemini-3-flash-preview"])
def agent(store: Store, request: pytest.FixtureRequest) -> Any:
    provider = GoogleProvider(api_key="any-key", base_url=store.url)
    search = FileSearchTool(file_store_ids=[store.name])
    return Agent(GoogleModel(request.param, provider=provider), capabilities=[NativeTool(search)])


async def test_an_agent_quotes_the_document(agent: Any) -> None:
    result = await agent.run(QUESTION)
    assert result.output == QUOTE
    returned = [
        part for message in result.all_messages() for part in message.parts
        if part.part_kind == "builtin-tool-return"
    ]  # fmt: skip
    assert "paris.txt" in json.dumps([part.content for part in returned], default=str)


async def test_a_stream_has_the_same_words(agent: Any) -> None:
    async with agent.run_stream(QUESTION) as result:
        assert await result.get_output() == QUOTE
