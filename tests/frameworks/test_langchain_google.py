"""LangChain's standard tests for chat models and embeddings, with ChatGoogleGenerativeAI on
Google's own API."""

from __future__ import annotations

import os
from typing import Any

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_google_genai import ChatGoogleGenerativeAI, GoogleGenerativeAIEmbeddings
from langchain_media import downloads_from_memory
from langchain_tests.integration_tests import ChatModelIntegrationTests, EmbeddingsIntegrationTests

URL = os.environ.get("MOCKGEM_URL", "")
__all__ = ["downloads_from_memory"]


class OnNative(ChatModelIntegrationTests):
    """All that ChatGoogleGenerativeAI can do is switched on, but pictures by URL, which it would
    fetch itself."""

    name = ""

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return ChatGoogleGenerativeAI

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {"model": self.name, "base_url": URL, "api_key": "any-key"}

    @property
    def supports_image_inputs(self) -> bool:
        return True

    @property
    def supports_pdf_inputs(self) -> bool:
        return True

    @property
    def supports_audio_inputs(self) -> bool:
        return True

    @property
    def supports_json_mode(self) -> bool:
        return True

    @property
    def supports_image_tool_message(self) -> bool:
        return True

    @property
    def supports_pdf_tool_message(self) -> bool:
        return True

    @property
    def supported_usage_metadata_details(self) -> dict[str, list[str]]:
        return {"invoke": ["reasoning_output"], "stream": ["reasoning_output"]}

    def invoke_with_reasoning_output(self, *, stream: bool = False) -> AIMessage:
        model = ChatGoogleGenerativeAI(**self.chat_model_params, include_thoughts=True)
        question = "What is the smallest prime greater than 100?"
        if not stream:
            return model.invoke(question)
        whole = None
        for chunk in model.stream(question):
            whole = chunk if whole is None else whole + chunk
        assert whole is not None
        return whole


class TestTwo(OnNative):
    name = "gemini-2.5-flash"


class TestThree(OnNative):
    name = "gemini-3.6-flash"


class TestEmbeddings(EmbeddingsIntegrationTests):
    @property
    def embeddings_class(self) -> type[Embeddings]:
        return GoogleGenerativeAIEmbeddings

    @property
    def embedding_model_params(self) -> dict[str, Any]:
        return {"model": "gemini-embedding-001", "google_api_key": "any-key", "base_url": URL}


@pytest.mark.parametrize("model", ["gemini-2.5-flash", "gemini-3.6-flash"])
def test_a_search_comes_with_its_sources(model: str) -> None:
    chat = ChatGoogleGenerativeAI(model=model, base_url=URL, api_key="any-key")
    answer = chat.bind_tools([{"google_search": {}}]).invoke("Who won the euro 2024?")
    assert answer.response_metadata["grounding_metadata"]
