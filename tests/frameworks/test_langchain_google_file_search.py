"""LangChain asks Gemini about the documents of a file search store."""

from __future__ import annotations

from typing import Any

import pytest
from file_search_store import Store, store
from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_google_genai import ChatGoogleGenerativeAI

__all__ = ["store"]
QUESTION = "What is the capital of France?"
QUOTE = "Paris is the capital of France."


@pytest.fixture
def model(store: Store) -> Any:
    chat = ChatGoogleGenerativeAI(model="gemini-2.5-flash", base_url=store.url, api_key="any-key")
    return chat.bind_tools([{"file_search": {"file_search_store_names": [store.name]}}])


def list_titles(message: AIMessage) -> list[str]:
    chunks = message.response_metadata["grounding_metadata"]["grounding_chunks"]
    return [chunk["retrieved_context"]["title"] for chunk in chunks]


def test_the_answer_cites_the_document(model: Any) -> None:
    answer = model.invoke(QUESTION)
    assert answer.text == QUOTE
    assert list_titles(answer) == ["paris.txt"]


def test_the_answer_follows_the_question(model: Any) -> None:
    answer = model.invoke("What does black tea need?")
    assert "boiling water" in answer.text
    assert list_titles(answer) == ["tea.txt"]


def test_a_stream_cites_the_document(model: Any) -> None:
    whole = AIMessageChunk("")
    for chunk in model.stream(QUESTION):
        whole += chunk
    assert whole.text == QUOTE
    assert list_titles(whole) == ["paris.txt"]
