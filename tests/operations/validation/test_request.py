"""Requests that models accept and refuse: histories, media, parameters, thinking, limits."""

from __future__ import annotations

import base64
import json
import struct
from typing import Any

import pytest

from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import GATEWAY, GEMINI, VERTEX, Asker, chat

CALL = {"id": "a1", "type": "function", "function": {"name": "f", "arguments": "{}"}}
F = {
    "type": "function",
    "function": {"name": "f", "parameters": {"type": "object", "properties": {}}},
}
USER = {"role": "user", "content": "hi"}
CALL_TURN = {"role": "assistant", "tool_calls": [CALL]}
RESULT_TURN = {"role": "tool", "tool_call_id": "a1", "content": "ok"}


def url(mime_type: str, data: bytes) -> str:
    return f"data:{mime_type};base64,{base64.b64encode(data).decode()}"


def wav(seconds: int) -> bytes:
    rate = 8000
    data = b"\0" * rate * seconds
    head = (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8)
    )
    return head + b"data" + struct.pack("<I", len(data)) + data


PDF = (
    b"%PDF-1.4\n1 0 obj <</Type /Pages /Count 3>> endobj\n"
    + b"2 0 obj <</Type /Page>> endobj\n" * 3
    + b"%%EOF"
)
PNG = render_picture(SeededRandom(0, "x"), 640, 480)


def image(data: bytes = PNG, mime_type: str = "image/png") -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url(mime_type, data)}}


def message_with(*parts: Any) -> list[Any]:
    return [{"role": "user", "content": [{"type": "text", "text": "What is this?"}, *parts]}]


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


@pytest.mark.parametrize(
    ("part", "message_part"),
    [
        (
            {"type": "image_url", "image_url": {"url": url("image/png", b"not a picture")}},
            "Unable to process input image.",
        ),
        (
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,@@@"}},
            "Base64 decoding failed for",
        ),
        (
            {"type": "image_url", "image_url": {"url": "data:image/png;base64,"}},
            "must not be empty",
        ),
        ({"type": "image_url", "image_url": {"url": "picture.png"}}, "invalid argument"),
        (image(mime_type="image/gif"), "Unsupported MIME type: image/gif"),
        (
            {"type": "image_url", "image_url": {"url": url("application/zip", b"PK")}},
            "Unsupported MIME type: application/zip",
        ),
        (
            {"type": "input_audio", "input_audio": {"data": "", "format": "wav"}},
            "must not be empty",
        ),
        (
            {"type": "image_url", "image_url": {"url": url("application/pdf", b"nothing")}},
            "The document has no pages.",
        ),
    ],
)
def test_unreadable_or_unsupported_media_is_refused(part: Any, message_part: str) -> None:
    answer = chat(message_with(part))
    assert answer.status == 400
    assert message_part in answer.error["message"]


@pytest.mark.parametrize(
    ("part", "message_part"),
    [
        (image(), "a PNG image of 640 x 480 pixels"),
        (
            {
                "type": "input_audio",
                "input_audio": {"data": base64.b64encode(wav(3)).decode(), "format": "wav"},
            },
            "a WAV recording of 3.0 seconds",
        ),
        (
            {"type": "image_url", "image_url": {"url": url("application/pdf", PDF)}},
            "a PDF of 3 pages",
        ),
        (
            {"type": "image_url", "image_url": {"url": "https://example.com/photo.jpg"}},
            "a JPEG image",
        ),
    ],
)
def test_the_reply_describes_the_media(part: Any, message_part: str) -> None:
    assert message_part in chat(message_with(part)).message["content"]


def test_file_parts_are_accepted_only_where_the_real_service_accepts_them() -> None:
    part = {
        "type": "file",
        "file": {"filename": "report.pdf", "file_data": url("application/pdf", PDF)},
    }
    for surface in (GATEWAY, VERTEX):
        assert (
            "a PDF of 3 pages (report.pdf)"
            in chat(message_with(part), surface=surface).message["content"]
        )
    assert chat(message_with(part)).status == 400
    assert Asker(lenient=True).chat(message_with(part)).status == 200


@pytest.mark.parametrize(
    ("part", "model", "tokens"),
    [
        (image(render_picture(SeededRandom(0), 300, 300)), "gemini-2.5-flash", 258),
        (image(render_picture(SeededRandom(0), 960, 540)), "gemini-2.5-flash", 6 * 258),
        (image(), "gemini-3.6-flash", 1120),
        (
            {
                "type": "input_audio",
                "input_audio": {"data": base64.b64encode(wav(3)).decode(), "format": "wav"},
            },
            "gemini-2.5-flash",
            96,
        ),
        (
            {"type": "image_url", "image_url": {"url": url("application/pdf", PDF)}},
            "gemini-2.5-flash",
            3 * 258,
        ),
    ],
)
def test_media_tokens_follow_from_the_bytes(part: Any, model: str, tokens: int) -> None:
    with_media = chat(message_with(part), model=model).json["usage"]["prompt_tokens"]
    without = chat("What is this?", model=model).json["usage"]["prompt_tokens"]
    assert with_media - without == tokens


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
        ({"reasoning_effort": "huge"}, "Invalid value at 'reasoning_effort'"),
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
    assert chat("hi", model=model).status == 404


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


@pytest.mark.parametrize(
    ("model", "more", "status"),
    [
        ("gemini-2.5-pro", {"reasoning_effort": "none"}, 400),
        ("gemini-2.5-flash", {"reasoning_effort": "none"}, 200),
        ("gemini-3.6-flash", {"reasoning_effort": "none"}, 200),
        ("gemini-3.1-pro-preview", {"reasoning_effort": "none"}, 400),
        ("gemini-3.6-flash", {"reasoning_effort": "minimal"}, 200),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinking_config": {"thinking_level": "low"}}}},
            400,
        ),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinking_config": {"thinking_budget": 99999}}}},
            400,
        ),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinking_config": {"thinking_budget": "low"}}}},
            200,
        ),
        (
            "gemini-2.5-flash",
            {"extra_body": {"google": {"thinkingConfig": {"thinkingBudget": 0}}}},
            200,
        ),
        ("gemini-2.0-flash", {"reasoning_effort": "high"}, 400),
    ],
)
def test_only_thinking_models_accept_thinking_options(
    model: str, more: dict[str, Any], status: int
) -> None:
    assert chat("hi", model=model, **more).status == status


def test_a_higher_effort_means_more_thinking_tokens() -> None:
    def thoughts(effort: str) -> int:
        usage = chat("Explain to me how AI works", reasoning_effort=effort).json["usage"]
        return int(usage["total_tokens"] - usage["prompt_tokens"] - usage["completion_tokens"])

    assert thoughts("none") == 0
    assert thoughts("low") < thoughts("medium") < thoughts("high")


def test_thinking_can_use_up_max_tokens() -> None:
    answer = chat("Explain to me how AI works", max_tokens=10, reasoning_effort="high").json
    assert answer["choices"][0] == {
        "finish_reason": "length",
        "index": 0,
        "message": {"role": "assistant"},
    }
    assert answer["usage"]["completion_tokens"] == 0


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


def test_the_bytes_of_an_image_decide_its_format() -> None:
    assert "a PNG image" in chat(message_with(image(mime_type="image/jpeg"))).message["content"]


def test_several_candidates_differ() -> None:
    choices = chat("Explain to me how AI works", model="gemini-2.0-flash", n=3).json["choices"]
    assert [choice["index"] for choice in choices] == [0, 1, 2]
    assert len({choice["message"]["content"] for choice in choices}) > 1
