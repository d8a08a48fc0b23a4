"""Histories: the order of calls and results, and thought signatures."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import GATEWAY, chat
from tests.operations.validation.samples import (
    CALL,
    CALL_TURN,
    RESULT_TURN,
    USER,
    F,
    image,
    message_with,
)


@pytest.mark.parametrize(
    ("messages", "message_part"),
    [
        (
            [CALL_TURN, RESULT_TURN],
            "Please ensure that function call turn comes immediately after a user turn",
        ),
        ([USER, CALL_TURN, USER], "number of function response parts is equal"),
        ([USER, CALL_TURN], "number of function response parts is equal"),
        ([USER, CALL_TURN, RESULT_TURN, RESULT_TURN], "number of function response parts is equal"),
        (
            [USER, CALL_TURN, RESULT_TURN, USER, RESULT_TURN],
            "function response turn comes immediately after a function call turn",
        ),
        (
            [USER, CALL_TURN, RESULT_TURN | {"tool_call_id": "b2"}],
            "function_response.name: Name cannot be empty.",
        ),
        ([{"role": "system", "content": "x"}], "contents is not specified"),
        (
            [{"role": "user", "content": ""}],
            "required oneof field 'data' must have one initialized field",
        ),
        ([{"role": "user", "content": []}], "contents.parts must not be empty"),
        ([{"role": "nobody", "content": "x"}], "Invalid role: nobody"),
        (
            [
                USER,
                {
                    "role": "assistant",
                    "tool_calls": [CALL | {"function": {"name": "f", "arguments": "{"}}],
                },
            ],
            "invalid argument",
        ),
        (
            message_with({"type": "video_url", "video_url": {"url": "x"}}),
            "Invalid content part type: video_url",
        ),
        (
            [{"role": "assistant", "content": [image()]}, USER],
            "Invalid content part type: image_url",
        ),
    ],
)
def test_an_invalid_history_is_refused(messages: list[Any], message_part: str) -> None:
    answer = chat(messages, tools=[F])
    assert answer.status == 400
    assert message_part in answer.error["message"]


def test_a_valid_history_is_answered() -> None:
    assert chat([USER, CALL_TURN, RESULT_TURN], tools=[F]).status == 200
    two = {"role": "assistant", "tool_calls": [CALL, CALL | {"id": "b2"}]}
    assert (
        chat([USER, two, RESULT_TURN, RESULT_TURN | {"tool_call_id": "b2"}], tools=[F]).status
        == 200
    )


def test_only_the_current_turn_needs_its_signature_back() -> None:
    model = "gemini-3.6-flash"
    first = chat("call f now", model=model, tools=[F], tool_choice="required")
    message = first.message
    assert message["tool_calls"][0]["extra_content"]["google"]["thought_signature"]
    result = RESULT_TURN | {"tool_call_id": message["tool_calls"][0]["id"]}
    assert chat([USER, message, result], model=model, tools=[F]).status == 200
    bare = json.loads(json.dumps(message))
    del bare["tool_calls"][0]["extra_content"]
    assert chat([USER, bare, result], model=model, tools=[F]).status == 400
    assert (
        chat(
            [USER, bare, result, {"role": "assistant", "content": "ok"}, USER],
            model=model,
            tools=[F],
        ).status
        == 200
    )
    assert chat([USER, bare, result], model=model, tools=[F], surface=GATEWAY).status == 200


def test_only_the_first_of_parallel_calls_is_signed() -> None:
    weather = {
        "type": "function",
        "function": {
            "name": "weather",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
    calls = chat(
        "What is the weather in Rome and Oslo?", model="gemini-3.6-flash", tools=[weather]
    ).message["tool_calls"]
    assert ["extra_content" in call for call in calls] == [True, False]
