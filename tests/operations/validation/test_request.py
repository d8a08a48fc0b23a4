"""Requests: parameters, models and limits."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.asking import GATEWAY, GEMINI, VERTEX, Asker, chat
from tests.operations.validation.samples import (
    USER,
    F,
)


@pytest.mark.parametrize(
    ("more", "message_part"),
    [
        ({"temperature": 2.5}, "temperature must be in the range [0.0, 2.0]"),
        ({"top_p": -1}, "top_p must be in the range [0.0, 1.0]"),
        ({"max_tokens": 0}, "max_output_tokens must be positive"),
        ({"max_tokens": "abc"}, "Invalid value at 'max_tokens' (TYPE_INT32), \"abc\""),
        (
            {"messages": {"role": {}}},
            "Invalid value at 'messages' (role), Starting an object on a scalar field",
        ),
        (
            {"model": ["a"]},
            'Unknown name "model": Proto field is not repeating, cannot start list.',
        ),
        ({"stream": "maybe"}, "Invalid value at 'stream' (TYPE_BOOL), \"maybe\""),
        ({"reasoning_effort": "huge"}, "Invalid reasoning_effort: huge."),
        (
            {"tools": [{"type": "function", "function": {"name": "1 a", "parameters": {}}}]},
            "Invalid function name.",
        ),
        ({"tools": [F, F]}, "Duplicate function declaration found: f"),
        ({"tools": [{"type": "web_search"}]}, "Invalid tool type: web_search"),
        ({"tools": [F], "tool_choice": "sometimes"}, "Invalid value for tool_choice"),
        (
            {"tools": [F], "tool_choice": {"type": "function", "function": {"name": "g"}}},
            "not declared: g",
        ),
        ({"response_format": {"type": "xml"}}, "Invalid value for response_format.type"),
        ({"stop": ["a"] * 6}, "invalid argument"),
        ({"model": ""}, "unexpected model name format"),
    ],
)
def test_an_invalid_parameter_is_refused(more: dict[str, Any], message_part: str) -> None:
    body = {"model": "gemini-2.5-flash", "messages": [USER]} | more
    answer = Asker().send("POST", GEMINI + "/chat/completions", json.dumps(body).encode())
    assert answer.status == 400
    assert message_part in answer.error["message"]


@pytest.mark.parametrize(
    "model", ["gemini-embedding-001", "imagen-4.0-generate-001", "text-embedding-004", "aqa"]
)
def test_a_model_that_cannot_chat_is_not_found(model: str) -> None:
    answer = chat("hi", model=model)
    assert answer.status == 404
    assert answer.error["message"] == (
        f"models/{model} is not found for API version v1main, or is not supported for "
        "generateContent. Call ModelService.ListModels to see the list of available models and "
        "their supported methods."
    )


def test_an_image_model_refuses_tools() -> None:
    answer = chat("Draw a cat", model="gemini-2.5-flash-image", tools=[F])
    assert answer.status == 400
    assert "Function calling is not enabled" in answer.error["message"]


def test_an_image_model_returns_an_image() -> None:
    drawn = chat("Draw a cat", model="google/gemini-2.5-flash-image", surface=VERTEX).message
    assert base64.b64decode(drawn["audio"]["data"]).startswith(b"\x89PNG")
    assert drawn["audio"]["extra_content"]["google"]["mime_type"] == "image/png"
    text = chat("Draw a cat", model="gemini-2-5-flash-image", surface=GATEWAY).message["content"]
    assert "![image](data:image/png;base64," in text


def test_retired_models_answer_unless_retirement_is_enforced() -> None:
    assert chat("hi", model="gemini-2.0-flash").status == 200
    strict = Asker(enforce_retirements=True)
    assert strict.chat("hi", model="gemini-2.0-flash").status == 404
    assert strict.chat("hi", model="gemini-2.5-flash").status == 200
    assert strict.send("GET", GEMINI + "/models/gemini-2.0-flash").status == 404
    listed = [model["id"] for model in strict.send("GET", GEMINI + "/models").json["data"]]
    assert "models/gemini-3.6-flash" in listed
    assert "models/gemini-3-pro-image-preview" not in listed


def test_an_input_over_the_limit_is_refused() -> None:
    model = {"id": "small", "like": "gemini-2.5-flash", "input_limit": 10}
    answer = Asker(models=(model,)).chat("word " * 20, model="small")
    assert (
        answer.error["message"]
        == "The input token count (25) exceeds the maximum number of tokens allowed (10)."
    )


def test_the_usage_of_a_stream_grows_to_that_of_the_whole_reply() -> None:
    for model in ("gemini-2.5-flash", "gemini-3.6-flash"):
        options = {"stream": True, "stream_options": {"include_usage": True}}
        events = chat("Tell me about the sea in 50 words", model=model, **options).events
        said = [event["usage"]["completion_tokens"] for event in events]
        assert said == sorted(said)
        assert (
            said[-1]
            == chat("Tell me about the sea in 50 words", model=model).json["usage"][
                "completion_tokens"
            ]
        )


def test_several_candidates_differ() -> None:
    choices = chat("Explain to me how AI works", model="gemini-2.0-flash", n=3).json["choices"]
    assert [choice["index"] for choice in choices] == [0, 1, 2]
    assert len({choice["message"]["content"] for choice in choices}) > 1
