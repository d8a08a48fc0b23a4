"""LangChain's standard tests for chat models, with ChatOpenAI on the gateway and on Gemini's own
surface."""

from __future__ import annotations

import os
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.tools import ToolException, tool
from langchain_media import downloads_from_memory
from langchain_openai import ChatOpenAI
from langchain_tests.integration_tests import ChatModelIntegrationTests

URL = os.environ.get("MOCKGEM_URL", "")
__all__ = ["downloads_from_memory"]


class OnMockgem(ChatModelIntegrationTests):
    """All that ChatOpenAI can do is switched on; a surface switches off what it can't do."""

    base_url = ""

    @property
    def chat_model_class(self) -> type[BaseChatModel]:
        return ChatOpenAI

    @property
    def chat_model_params(self) -> dict[str, Any]:
        return {
            "model": "gemini-2.5-flash",
            "base_url": self.base_url,
            "api_key": "any-key",
            "stream_usage": True,
        }

    @property
    def model_override_value(self) -> str:
        return "gemini-2.5-flash-lite"

    @property
    def has_tool_calling(self) -> bool:
        return True

    @property
    def has_tool_choice(self) -> bool:
        return True

    @property
    def has_structured_output(self) -> bool:
        return True

    @property
    def supports_json_mode(self) -> bool:
        return True

    @property
    def supports_image_inputs(self) -> bool:
        return True

    @property
    def supports_image_urls(self) -> bool:
        return True

    @property
    def supports_image_tool_message(self) -> bool:
        return True

    @property
    def supports_pdf_inputs(self) -> bool:
        return True

    @property
    def supports_pdf_tool_message(self) -> bool:
        return True

    @property
    def supports_audio_inputs(self) -> bool:
        return True

    @property
    def supports_anthropic_inputs(self) -> bool:
        return True

    @property
    def returns_usage_metadata(self) -> bool:
        return True

    @property
    def supported_usage_metadata_details(self) -> dict[str, list[str]]:
        return {"invoke": [], "stream": []}


class TestGateway(OnMockgem):
    """A gateway with OpenAI's own form: the whole suite."""

    base_url = URL + "/v1"

    @property
    def supported_usage_metadata_details(self) -> dict[str, list[str]]:
        return {"invoke": ["reasoning_output"], "stream": ["reasoning_output"]}

    def invoke_with_reasoning_output(self, *, stream: bool = False) -> AIMessage:
        model = ChatOpenAI(**self.chat_model_params, reasoning_effort="medium")
        question = "What is the smallest prime greater than 100?"
        if not stream:
            return model.invoke(question)
        whole = None
        for chunk in model.stream(question):
            whole = chunk if whole is None else whole + chunk
        assert whole is not None
        return whole


class TestGeminiSurface(OnMockgem):
    """Gemini's own surface: what is expected to fail here fails on Gemini as well."""

    base_url = URL + "/v1beta/openai/"

    @pytest.mark.xfail(
        strict=True, reason="Gemini sends its usage with every chunk of a stream, so they add up"
    )
    def test_usage_metadata_streaming(self, model: BaseChatModel) -> None:
        super().test_usage_metadata_streaming(model)

    @pytest.mark.xfail(strict=True, reason="Gemini refuses parts of the type `file`")
    def test_pdf_inputs(self, model: BaseChatModel) -> None:
        super().test_pdf_inputs(model)

    @pytest.mark.xfail(
        strict=True, reason="Gemini refuses parts of the type `file`, in tool messages as well"
    )
    def test_pdf_tool_message(self, model: BaseChatModel) -> None:
        super().test_pdf_tool_message(model)

    @pytest.mark.xfail(strict=True, reason="Gemini refuses images in tool messages")
    def test_image_tool_message(self, model: BaseChatModel) -> None:
        super().test_image_tool_message(model)


@pytest.mark.parametrize("path", ["/v1", "/v1beta/openai/"])
def test_a_loop_repeats_a_failed_tool_and_ends_with_its_result(path: str) -> None:
    @tool
    def get_weather(location: str) -> str:
        """Get the weather in a given location."""
        if location != "CHICAGO":
            raise ToolException("Error: the location must be in upper case")
        return "17 degrees and sunny"

    get_weather.handle_tool_error = True
    chat = ChatOpenAI(model="gemini-2.5-flash", base_url=URL + path, api_key="any-key")
    bound = chat.bind_tools([get_weather])
    messages: list[Any] = [HumanMessage("What's the weather like in Chicago today?")]
    places: list[str] = []
    for _ in range(4):
        answer = bound.invoke(messages)
        messages.append(answer)
        messages += [get_weather.invoke(call) for call in answer.tool_calls]
        places += [call["args"]["location"] for call in answer.tool_calls]
        if not answer.tool_calls:
            break
    assert places == ["Chicago", "CHICAGO"]
    assert "17 degrees" in answer.content
