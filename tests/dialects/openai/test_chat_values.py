"""What a chat request means: each field, each value that is refused, and the errors' forms."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mockgem.core.content import (
    Candidate,
    FinishReason,
    Text,
    ThinkingConfig,
    Tool,
    ToolCall,
    ToolChoice,
)
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.http import WireRequest
from mockgem.core.models import Model
from mockgem.dialects.openai import chat_fields, google_parts
from mockgem.dialects.openai.chat_request import parse_modalities
from mockgem.dialects.openai.errors import (
    encode_gateway_error,
    refuse_gateway_credential,
    refuse_gemini_credential,
)
from mockgem.operations.generate_request import GeminiOptions, Sampling
from tests.asking import GATEWAY, GEMINI, VERTEX, Asker
from tests.scenarios.playing import STREAM, TOOL, Player, rules

WIRE = WireRequest("POST", "/v1/chat/completions", {}, {}, b"")


def catch(parse: Any, *arguments: Any) -> tuple[str, str]:
    with pytest.raises(ApiError) as refused:
        parse(*arguments)
    failure = refused.value.failure
    assert failure.code is Code.INVALID_ARGUMENT
    return failure.message, failure.reason


# Fields


def test_sampling() -> None:
    assert chat_fields.parse_sampling({}) == Sampling(count=1)
    body = {"max_tokens": 5, "stop": "a", "n": 2, "temperature": 0.5, "top_p": 0.1}
    assert chat_fields.parse_sampling(body) == Sampling(5, ("a",), 2, 0.5, 0.1)
    more = {"max_completion_tokens": 7, "stop": ["a", "b"], "presence_penalty": 0.1}
    assert chat_fields.parse_sampling(body | more) == Sampling(7, ("a", "b"), 2, 0.5, 0.1, True)
    assert not chat_fields.parse_sampling({"presence_penalty": 0.0}).has_penalty


@pytest.mark.parametrize(
    ("body", "config", "expected"),
    [
        ({"reasoning_effort": "low"}, {}, ThinkingConfig(effort="low")),
        ({}, {"thinking_budget": 5}, ThinkingConfig(budget=5)),
        ({}, {"thinking_budget": "-1"}, ThinkingConfig(budget=-1)),
        ({}, {"thinking_budget": "123456789"}, ThinkingConfig(budget=123_456_789)),
        ({}, {"thinking_budget": "LOW"}, ThinkingConfig(effort="low")),
        ({}, {"thinking_level": "HIGH"}, ThinkingConfig(level="high")),
        ({}, {"include_thoughts": True}, ThinkingConfig(include_thoughts=True)),
        ({}, {}, ThinkingConfig()),
    ],
)
def test_thinking(body: Any, config: Any, expected: ThinkingConfig) -> None:
    assert chat_fields.parse_thought(body, {"thinking_config": config}) == expected


def test_thinking_that_is_not_valid() -> None:
    both = {"reasoning_effort": "low"}, {"thinking_config": {"thinking_budget": 1}}
    assert catch(chat_fields.parse_thought, *both) == (
        "Expected one of either `reasoning_effort` or custom `thinking_config`; found both.",
        "thinking_twice",
    )
    for budget in ("much", "1234567890", "--1"):
        config = {"thinking_config": {"thinking_budget": budget}}
        assert catch(chat_fields.parse_thought, {}, config) == (
            "Invalid value at 'extra_body.google.thinking_config.thinking_budget' (TYPE_INT32), "
            f'"{budget}"',
            "payload",
        )


def test_tools() -> None:
    function = {"name": "f", "description": "d", "parameters": {"properties": {}}}
    body = {"tools": [{"function": function}, {"type": "function"}]}
    assert chat_fields.parse_tools(body) == (
        Tool("f", "d", {"properties": {}}),
        Tool("", "", {}),
    )
    assert catch(chat_fields.parse_tools, {"tools": [{"type": "web_search"}]}) == (
        "Invalid tool type: web_search. Only function tools are supported.",
        "tool_type",
    )
    bad = {"tools": [{"function": {"parameters": {"properties": []}}}]}
    assert catch(chat_fields.parse_tools, bad) == (
        "Request contains an invalid argument.",
        "schema",
    )


F = {"function": {"name": "f"}}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("auto", ToolChoice("auto")),
        ("none", ToolChoice("none")),
        ("required", ToolChoice("any")),
        ("any", ToolChoice("any")),
        (F, ToolChoice("any", ("f",))),
        (
            {"allowed_tools": {"mode": "required", "tools": [F, {"function": 1}, {}, "x"]}},
            ToolChoice("any", ("f",)),
        ),
        ({"allowed_tools": {"mode": "auto", "tools": [F]}}, ToolChoice("auto", ("f",))),
        ({"allowed_tools": {"tools": [F]}}, ToolChoice("auto", ("f",))),
    ],
)
def test_a_choice_among_tools(choice: Any, expected: ToolChoice) -> None:
    assert chat_fields.parse_tool_choice({"tool_choice": choice}) == expected
    single = chat_fields.parse_tool_choice({"tool_choice": choice, "parallel_tool_calls": False})
    assert single == ToolChoice(expected.mode, expected.names, parallel=False)


def test_a_choice_that_is_not_valid() -> None:
    for choice in ("sometimes", {"function": {}}, {"allowed_tools": {}}):
        assert catch(chat_fields.parse_tool_choice, {"tool_choice": choice}) == (
            "Invalid value for tool_choice: expected none, auto, required or a function.",
            "tool_choice",
        )
    assert chat_fields.parse_tool_choice({}) == ToolChoice("auto", (), parallel=True)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, (False, None)),
        ({"type": "text"}, (False, None)),
        ({"type": "json_object"}, (True, None)),
        ({"type": "json_schema"}, (True, None)),
        ({"type": "json_schema", "json_schema": {"schema": {"a": 1}}}, (True, {"a": 1})),
        ({"type": "json_schema", "json_schema": {}}, (True, None)),
    ],
)
def test_a_response_format(form: Any, expected: Any) -> None:
    assert chat_fields.parse_response_format({"response_format": form}) == expected


def test_a_response_format_that_is_not_valid() -> None:
    form = {"type": "json_schema", "json_schema": {"schema": []}}
    assert catch(chat_fields.parse_response_format, {"response_format": form}) == (
        "Request contains an invalid argument.",
        "schema",
    )
    assert catch(chat_fields.parse_response_format, {"response_format": {"type": "xml"}}) == (
        "Invalid value for response_format.type: 'xml', expected text, json_object or json_schema.",
        "response_format",
    )


def test_modalities() -> None:
    images = GeminiOptions(modalities=("IMAGE",))
    assert parse_modalities({"modalities": ["Image"]}) == images
    for modalities in ([], ["text"], ["text", "image"]):
        assert parse_modalities({"modalities": modalities}) == GeminiOptions()


# Replies


def test_a_tool_that_is_not_allowed_is_not_called() -> None:
    other = {"type": "function", "function": {"name": "get_time", "parameters": {}}}
    ask = "What is the weather and the time in Paris?"
    none = Asker().chat(ask, tools=[TOOL, other], tool_choice="none").message
    assert "tool_calls" not in none
    for name in ("get_weather", "get_time"):
        allowed = {"mode": "required", "tools": [{"type": "function", "function": {"name": name}}]}
        choice = {"type": "allowed_tools", "allowed_tools": allowed}
        message = Asker().chat(ask, tools=[TOOL, other], tool_choice=choice).message
        assert {call["function"]["name"] for call in message["tool_calls"]} == {name}


def test_only_vertex_writes_an_empty_content_beside_calls() -> None:
    player = Player(rules("{say: {tool_calls: [{name: f, args: {a: é}}]}}"))
    call = {"arguments": '{"a":"é"}', "name": "f"}
    for surface, content in (
        (GEMINI, {}),
        (VERTEX, {"content": None}),
        (GATEWAY, {"content": None}),
    ):
        message = player.chat("x", surface=surface, tools=[TOOL]).message
        assert [one.pop("function") for one in message["tool_calls"]] == [call]
        assert {key: message[key] for key in message if key == "content"} == content
        assert message["role"] == "assistant"


@pytest.mark.parametrize(
    ("reason", "calls", "expected"),
    [
        (FinishReason.STOP, False, "stop"),
        (FinishReason.STOP, True, "tool_calls"),
        (FinishReason.MAX_TOKENS, True, "length"),
        (
            FinishReason.MALFORMED_FUNCTION_CALL,
            False,
            "function_call_filter: MALFORMED_FUNCTION_CALL",
        ),
        (FinishReason.SAFETY, False, "content_filter: SAFETY"),
    ],
)
def test_a_finish_reason(reason: FinishReason, calls: bool, expected: str) -> None:
    candidate = Candidate((ToolCall("f", {}) if calls else Text("x"),), reason)
    assert google_parts.finish_reason_of(candidate) == expected


@pytest.mark.parametrize(
    ("family", "vertex", "expected"),
    [
        ("1.5", False, "stop"),
        ("2.0", False, "stop"),
        ("2.5", False, "tool_calls"),
        ("3", False, "stop"),
        ("2.0", True, "tool_calls"),
        ("3", True, "tool_calls"),
    ],
)
def test_the_finish_reason_of_streamed_calls(family: str, vertex: bool, expected: str) -> None:
    style = google_parts.VERTEX if vertex else google_parts.GEMINI
    candidate = Candidate((ToolCall("f", {}),))
    found = google_parts.stream_finish_reason_of(candidate, Model("m", "M", family=family), style)
    assert found == expected
    text = Candidate((Text("x"),))
    assert google_parts.stream_finish_reason_of(text, Model("m", "M"), style) == "stop"


def test_gemini_20_counts_its_answer_in_the_last_chunk_only() -> None:
    options = {"stream_options": {"include_usage": True}, "model": "gemini-2.0-flash"}
    *chunks, last = Asker().chat("Count to five in words", **STREAM, **options).events
    assert chunks
    assert {chunk["usage"]["completion_tokens"] for chunk in chunks} == {0}
    assert last["usage"]["completion_tokens"] > 0


def test_the_last_chunk_of_the_gateway_has_the_usage_alone() -> None:
    options = {"stream_options": {"include_usage": True}}
    *chunks, last = Asker().chat("hi", surface=GATEWAY, **STREAM, **options).events
    assert (last["choices"], sorted(last["usage"])[0]) == ([], "completion_tokens")
    assert all("usage" not in chunk for chunk in chunks)
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert chunks[-1]["choices"][0] == {
        "index": 0,
        "delta": {},
        "logprobs": None,
        "finish_reason": "stop",
    }
    assert "usage" not in Asker().chat("hi", surface=GATEWAY, **STREAM).events[-1]


# Errors


def encode(code: Code, reason: str, **facts: Any) -> tuple[int, dict[str, Any]]:
    failure = Failure(code, " a message ", reason=reason, context=facts)
    response = encode_gateway_error(failure, WIRE)
    assert response.headers == (("Content-Type", "application/json; charset=utf-8"),)
    assert isinstance(response.body, bytes)
    error = json.loads(response.body)["error"]
    return response.status, error


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (Code.INVALID_ARGUMENT, 400),
        (Code.PERMISSION_DENIED, 403),
        (Code.NOT_FOUND, 404),
        (Code.RESOURCE_EXHAUSTED, 429),
        (Code.INTERNAL, 500),
        (Code.UNAVAILABLE, 503),
    ],
)
def test_what_gemini_refuses_has_empty_words_and_a_number_on_a_gateway(
    code: Code, status: int
) -> None:
    got, error = encode(code, "any")
    assert re.fullmatch(r"a message \(request id: \d{23}\w{8}\)", error.pop("message"))
    assert (got, error) == (status, {"type": "", "param": "", "code": status})


def test_a_gateway_s_own_error_has_its_name() -> None:
    status, error = encode(Code.UNAUTHENTICATED, "credential_wrong")
    assert (status, error["type"]) == (401, "one_api_error")


def test_the_words_about_credentials() -> None:
    gemini = {
        "missing": "Missing or invalid Authorization header.",
        "wrong": "Please pass a valid API key",
        "several": "Multiple authentication credentials received. Please pass only one.",
    }
    for which, message in gemini.items():
        failure = refuse_gemini_credential(which)
        assert (failure.code, failure.message) == (Code.INVALID_ARGUMENT, message)
        assert failure.reason == f"credential_{which}"
    gateway = {
        "missing": "You didn't provide an API key. Send it as a Bearer token in the Authorization "
        "header.",
        "wrong": "Incorrect API key provided.",
        "several": "Incorrect API key provided.",
    }
    for which, message in gateway.items():
        failure = refuse_gateway_credential(which)
        assert (failure.code, failure.message) == (Code.UNAUTHENTICATED, message)
        assert failure.reason == f"credential_{which}"


def test_an_unknown_path_of_the_gateway() -> None:
    answer = Asker().send("PUT", "/v1/chat/nothing")
    assert (answer.status, answer.json) == (
        404,
        {
            "error": {
                "message": "Invalid URL (PUT /v1/chat/nothing)",
                "type": "invalid_request_error",
                "param": "",
                "code": "",
            }
        },
    )


@pytest.mark.parametrize("count", [1, 2, 8, 9])
def test_vertex_ai_makes_one_candidate(count: int) -> None:
    answer = Asker().chat("Hi", surface=VERTEX, n=count)
    one = (
        "Unable to submit request because candidateCount must be 1 but the entered value was "
        f"{count}. Update the candidateCount value and try again."
    )
    if count == 1:
        assert answer.status == 200
        return
    assert (answer.status, answer.error["message"]) == (400, one)


@pytest.mark.parametrize(
    "model", ["gemini-2.5-flash/", "/gemini-2.5-flash", "google/a/b", "models/gemini-2.5-flash"]
)
def test_vertex_ai_needs_a_publisher_and_a_model(model: str) -> None:
    answer = Asker().chat("Hi", surface=VERTEX, model=model)
    assert (answer.status, answer.error["message"]) == (
        400,
        f"Malformed publisher model (`model`: '{model}') for the 'openapi' request endpoint ID; "
        "expected '<publisher>/<model>'.",
    )
