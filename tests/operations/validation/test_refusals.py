"""What models refuse, with whole messages: the same on the native and the OpenAI surfaces."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import GATEWAY, GEMINI, VERTEX, Answer, Asker
from tests.scenarios.playing import SCHEMA, TOOL

QUESTION = {"contents": [{"parts": [{"text": "hi"}]}]}
FLASH, IMAGE, SPEECH = (
    "gemini-2.5-flash",
    "gemini-2.5-flash-image",
    "gemini-2.5-flash-preview-tts",
)
OTHER_TOOL = {"type": "function", "function": {"name": "get_time", "parameters": {}}}


def generate(model: str, config: Any = None, **more: Any) -> Answer:
    body = QUESTION | more | ({"generationConfig": config} if config else {})
    path = f"/v1beta/models/{model}:generateContent"
    return Asker().send("POST", path, json.dumps(body).encode(), {"x-goog-api-key": "k"})


def modalities(chosen: str, model: str, *accepted: str) -> str:
    rows = "".join(f"* {one}\n" for one in accepted)
    return (
        f"The requested combination of response modalities ({chosen}) is not supported by the "
        f"model. models/{model} accepts the following combination of response modalities:\n{rows}"
    )


DECLARED = [{"functionDeclarations": [{"name": "f"}]}]
SYSTEM = {"systemInstruction": {"parts": [{"text": "be brief"}]}}
JSON = {"responseMimeType": "application/json"}
NATIVE: dict[str, tuple[str, Any, Any, str]] = {
    "JSON of an image model": (IMAGE, JSON, {}, "JSON mode is not enabled for this model"),
    "JSON of a speech model": (SPEECH, JSON, {}, "JSON mode is not enabled for this model"),
    "a schema of an image model": (
        IMAGE, JSON | {"responseSchema": {"type": "OBJECT"}}, {},
        "JSON mode is not enabled for this model",
    ),
    "tools of an image model": (
        IMAGE, {}, {"tools": DECLARED}, "Function calling is not enabled for this model",
    ),
    "tools of a speech model": (
        SPEECH, {}, {"tools": DECLARED}, "Function calling is not enabled for this model",
    ),
    "tools and JSON": (
        FLASH, JSON, {"tools": DECLARED},
        "Function calling with a response mime type: 'application/json' is unsupported",
    ),
    "an image of a text model": (
        FLASH, {"responseModalities": ["IMAGE"]}, {}, "This model only supports text output.",
    ),
    "audio of a text model": (
        FLASH, {"responseModalities": ["AUDIO"]}, {}, "This model only supports text output.",
    ),
    "audio and text of a text model": (
        FLASH, {"responseModalities": ["TEXT", "AUDIO"]}, {},
        "This model only supports text output.",
    ),
    "audio of an image model": (
        IMAGE, {"responseModalities": ["AUDIO"]}, {},
        modalities("AUDIO", IMAGE, "IMAGE", "TEXT", "IMAGE, TEXT"),
    ),
    "text of a speech model": (
        SPEECH, {"responseModalities": ["TEXT"]}, {}, modalities("TEXT", SPEECH, "AUDIO"),
    ),
    "a developer instruction of a speech model": (
        SPEECH, {"responseModalities": ["AUDIO"]}, SYSTEM,
        "Developer instruction is not enabled for this model",
    ),
    "log probabilities without responseLogprobs": (
        "gemini-2.0-flash", {"logprobs": 3}, {},
        "* GenerateContentRequest.generation_config.logprobs: only valid if response_logprobs is "
        "true.\n",
    ),
    "no alternatives without responseLogprobs": (
        "gemini-2.0-flash", {"logprobs": 0}, {},
        "* GenerateContentRequest.generation_config.logprobs: only valid if response_logprobs is "
        "true.\n",
    ),
    "log probabilities of a model without them": (
        FLASH, {"responseLogprobs": True}, {},
        "Logprobs is not enabled for models/gemini-2.5-flash",
    ),
    "too many log probabilities": (
        "gemini-2.0-flash", {"responseLogprobs": True, "logprobs": 21}, {},
        "Request contains an invalid argument.",
    ),
    "a budget below -1 of Gemini 3": (
        "gemini-3-flash-preview", {"thinkingConfig": {"thinkingBudget": -2}}, {},
        "The thinking budget -2 is invalid. Please choose a value between 0 and 65536.",
    ),
    "a budget above the limit of Gemini 3": (
        "gemini-3-flash-preview", {"thinkingConfig": {"thinkingBudget": 65537}}, {},
        "The thinking budget 65537 is invalid. Please choose a value between 0 and 65536.",
    ),
    "a budget and a level": (
        "gemini-3-flash-preview",
        {"thinkingConfig": {"thinkingBudget": 1, "thinkingLevel": "LOW"}}, {},
        "You can only set only one of thinking budget and thinking level.",
    ),
    "a level of Gemini 2.5": (
        FLASH, {"thinkingConfig": {"thinkingLevel": "LOW"}}, {},
        "Thinking level is not supported for this model.",
    ),
    "no thinking of Gemini 2.5 Pro": (
        "gemini-2.5-pro", {"thinkingConfig": {"thinkingBudget": 0}}, {},
        "Budget 0 is invalid. This model only works in thinking mode.",
    ),
    "a budget of a model that does not think": (
        "gemini-2.0-flash", {"thinkingConfig": {"thinkingBudget": 5}}, {},
        "Thinking is not enabled for models/gemini-2.0-flash",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NATIVE)
def test_a_model_refuses_what_it_cannot_do(name: str) -> None:
    model, config, more, message = NATIVE[name]
    answer = generate(model, config, **more)
    assert answer.json == {"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}}
    assert answer.status == 400


@pytest.mark.parametrize("budget", [-1, 0, 1, 65536])
def test_gemini_3_takes_budgets_up_to_the_limit(budget: int) -> None:
    config = {"thinkingConfig": {"thinkingBudget": budget}}
    assert generate("gemini-3-flash-preview", config).status == 200


def test_log_probabilities_within_their_range_are_sent() -> None:
    answer = generate("gemini-2.0-flash", {"responseLogprobs": True, "logprobs": 20})
    top = answer.json["candidates"][0]["logprobsResult"]["topCandidates"]
    assert {len(row["candidates"]) for row in top} == {20}


OPENAI: dict[str, tuple[str, Any, str]] = {
    "JSON of an image model": (
        IMAGE, {"response_format": {"type": "json_object"}},
        "JSON mode is not enabled for this model",
    ),
    "a schema of an image model": (
        IMAGE, {"response_format": SCHEMA}, "JSON mode is not enabled for this model",
    ),
    "tools of an image model": (
        IMAGE, {"tools": [TOOL]}, "Function calling is not enabled for this model",
    ),
    "tools and JSON": (
        FLASH, {"tools": [TOOL], "response_format": SCHEMA},
        "Function calling with a response mime type: 'application/json' is unsupported",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OPENAI)
def test_the_openai_surface_refuses_the_same(name: str) -> None:
    model, more, message = OPENAI[name]
    answer = Asker().chat("hi", model=model, **more)
    assert answer.json == [
        {"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}}
    ]


def test_the_openai_surface_refuses_a_system_message_of_a_speech_model() -> None:
    messages = [{"role": "system", "content": "be brief"}, {"role": "user", "content": "hi"}]
    answer = Asker().chat(messages, model=SPEECH)
    assert answer.error["message"] == "Developer instruction is not enabled for this model"


def test_a_prompt_over_the_limit_is_refused() -> None:
    text = "word " * 900_000
    message = (
        "The input token count (1125000) exceeds the maximum number of tokens allowed (1048576)."
    )
    error = Asker().chat(text, surface=GATEWAY).error
    assert error["message"].startswith(f"{message} (request id: ")
    assert error["code"] == 400
    assert Asker().chat(text).error == {
        "code": 400,
        "message": message,
        "status": "INVALID_ARGUMENT",
    }


def ask_for_tools(choice: Any, surface: str = GEMINI, text: str = "weather in Oslo?") -> Any:
    model = "google/gemini-2.5-flash" if surface == VERTEX else FLASH
    answer = Asker().chat(
        text, surface=surface, model=model, tools=[TOOL, OTHER_TOOL], tool_choice=choice
    )
    return answer.json["choices"][0]


def called(choice: Any) -> list[str]:
    return [call["function"]["name"] for call in choice["message"].get("tool_calls") or ()]


def allowed(mode: str, *names: str) -> Any:
    tools = [{"type": "function", "function": {"name": name}} for name in names]
    return {"type": "allowed_tools", "allowed_tools": {"mode": mode, "tools": tools}}


@pytest.mark.parametrize("surface", [GEMINI, VERTEX, GATEWAY])
def test_the_choice_none_calls_no_tool(surface: str) -> None:
    choice = ask_for_tools("none", surface)
    assert called(choice) == []
    assert choice["finish_reason"] == "stop"
    assert choice["message"]["content"]


@pytest.mark.parametrize("surface", [GEMINI, VERTEX, GATEWAY])
@pytest.mark.parametrize("name", ["get_weather", "get_time"])
def test_allowed_tools_are_the_only_ones_called(surface: str, name: str) -> None:
    assert called(ask_for_tools(allowed("required", name), surface)) == [name]


def test_allowed_tools_that_do_not_fit_are_not_called_in_auto_mode() -> None:
    assert called(ask_for_tools(allowed("auto", "get_weather"))) == ["get_weather"]
    assert "get_weather" not in called(ask_for_tools(allowed("auto", "get_time")))


def test_an_unknown_allowed_tool_is_refused() -> None:
    answer = Asker().chat("hi", tools=[TOOL], tool_choice=allowed("required", "look"))
    assert answer.error["message"] == (
        "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: "
        "allowed_function_names contains a name that is not declared: look\n"
    )


def test_content_beside_tool_calls_is_null_on_vertex_and_absent_on_gemini() -> None:
    vertex = ask_for_tools("required", VERTEX)["message"]
    assert list(vertex) == ["content", "role", "tool_calls"]
    assert vertex["content"] is None
    assert "content" not in ask_for_tools("required", GEMINI)["message"]
    assert ask_for_tools("required", GATEWAY)["message"]["content"] is None
