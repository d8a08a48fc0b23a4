"""What surfaces make of messages: parts they refuse, calls without ids, media of tools."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Blob, Link, Text, ToolCall, ToolResult, Turn
from mockgem.core.errors import ApiError
from mockgem.dialects.openai.messages import MessageRules, build_conversation
from tests.asking import GATEWAY, GEMINI, MODEL, VERTEX, Asker

CALL = {"function": {"name": "f", "arguments": '{"a": 1}'}}
PNG = "data:image/png;base64,iVBORw0KGgo="
USER = {"role": "user", "content": "a"}


def turns_of(*messages: Any, rules: MessageRules | None = None) -> list[Turn]:
    return list(build_conversation(messages, rules or MessageRules()).turns)


def test_results_without_an_id_belong_to_the_calls_without_one_in_their_order() -> None:
    second = {"function": {"name": "g"}}
    calls = {"role": "assistant", "tool_calls": [CALL, {**second, "id": "2"}, second]}
    results = [{"role": "tool", "content": text} for text in ("one", "two")]
    turns = turns_of(calls, results[0], {**results[0], "tool_call_id": "2"}, results[1])
    assert turns[0].parts == (
        ToolCall("f", {"a": 1}),
        ToolCall("g", {}, "2"),
        ToolCall("g", {}),
    )
    found = [part for turn in turns[1:] for part in turn.parts]
    assert [(part.name, part.output) for part in found if isinstance(part, ToolResult)] == [
        ("f", "one"),
        ("g", "one"),
        ("g", "two"),
    ]


def test_a_gateway_signs_calls_that_have_no_signature() -> None:
    own = {**CALL, "extra_content": {"google": {"thought_signature": "own"}}}
    rules = MessageRules(stand_in_signature="stand-in")
    (turn,) = turns_of({"role": "assistant", "tool_calls": [CALL, own]}, rules=rules)
    signatures = [part.signature for part in turn.parts if isinstance(part, ToolCall)]
    assert signatures == ["stand-in", "own"]
    ask = {"model": "gemini-3-pro-preview"}
    result = {"role": "tool", "tool_call_id": "1", "content": "r"}
    messages = [USER, {"role": "assistant", "tool_calls": [{**CALL, "id": "1"}]}, result]
    assert Asker().chat(messages, surface=GATEWAY, **ask).status == 200
    assert Asker().chat(messages, surface=GEMINI, **ask).status == 400


def test_a_file_is_refused_where_the_service_refuses_it() -> None:
    part = {"type": "file", "file": {"file_data": "data:application/pdf;base64,JVBERi0x"}}
    messages = [{"role": "user", "content": [part]}]
    refused = Asker().chat(messages, surface=GEMINI)
    assert (refused.status, refused.error["message"]) == (400, "Invalid content part type: file")
    assert Asker().chat(messages, surface=GATEWAY).status == 200


def test_only_a_gateway_reads_media_of_tools() -> None:
    image = {"type": "image_url", "image_url": {"url": PNG}}
    call = {"role": "assistant", "tool_calls": [{**CALL, "id": "1"}]}
    result = {
        "role": "tool",
        "tool_call_id": "1",
        "content": [{"type": "text", "text": "t"}, image],
    }
    turns = turns_of(call, result, rules=MessageRules(allows_tool_media=True))
    parts = [part for turn in turns[1:] for part in turn.parts]
    assert [type(part) for part in parts] == [ToolResult, Blob]
    refused = Asker().chat([USER, call, result], surface=GEMINI)
    message = "Invalid content part type: image_url"
    assert (refused.status, refused.error["message"]) == (400, message)


def test_empty_texts_of_a_model_are_no_parts() -> None:
    assert turns_of({"role": "assistant", "content": ""}) == []
    (turn,) = turns_of({"role": "assistant", "content": "x", "tool_calls": [CALL]})
    assert turn.parts == (Text("x"), ToolCall("f", {"a": 1}))


def test_unknown_stream_options_are_ignored() -> None:
    options = {"include_usage": True, "another": 1}
    for surface in (GEMINI, VERTEX, GATEWAY):
        answer = Asker().chat("hi", surface=surface, stream=True, stream_options=options)
        assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/v1beta/files:register", "registering files of Cloud Storage"),
    ],
)
def test_what_mockgem_does_not_support_is_named(path: str, what: str) -> None:
    answer = Asker().send("GET", path)
    assert answer.status == 404
    assert answer.json["error"]["message"] == (
        f"mockgem does not support {what} (GET {path}). `mockgem endpoints` lists what it supports."
    )
    assert MODEL not in answer.text


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Hi", Text("Hi")),
        ({"text": "Hi"}, Text("Hi")),
        ({"type": "input_text", "text": "Hi"}, Text("Hi")),
        ({"type": "image_url", "image_url": PNG}, Blob("image/png", b"\x89PNG\r\n\x1a\n")),
        ({"type": "image_url", "image_url": {"url": "data:;base64,YQ=="}},
         Blob("image/jpeg", b"a")),
        ({"type": "image_url", "image_url": {"url": "data:IMAGE/PNG;x=y;base64,YQ=="}},
         Blob("image/png", b"a")),
        ({"type": "image_url", "image_url": {"url": "https://x/a.PNG?b=c.gif"}},
         Link("image/png", "https://x/a.PNG?b=c.gif")),
        ({"type": "image_url", "image_url": {"url": "http://x/a"}}, Link("image/jpeg", "http://x/a")),
        ({"type": "image_url", "image_url": {"url": "gs://b/a.webp"}},
         Link("image/webp", "gs://b/a.webp")),
        ({"type": "image_url", "image_url": {"url": "files/a"}}, Link("image/jpeg", "files/a")),
        ({"type": "input_audio", "input_audio": {"data": "YQ=="}}, Blob("audio/wav", b"a")),
        ({"type": "input_audio", "input_audio": {"data": "YQ==", "format": "mp3"}},
         Blob("audio/mp3", b"a")),
        ({"type": "file", "file": {"file_id": "file-abc"}}, Link("application/pdf", "files/abc")),
        ({"type": "file", "file": {"file_id": "files/abc"}}, Link("application/pdf", "files/abc")),
        ({"type": "file", "file": {"file_id": "my-file-"}}, Link("application/pdf", "my-file-")),
        ({"type": "file", "file": {"file_data": "YQ==", "filename": "a.png"}},
         Blob("image/png", b"a", "a.png")),
        ({"type": "file", "file": {"file_data": "YQ=="}}, Blob("application/pdf", b"a")),
        ({"type": "file", "file": {"file_data": "data:text/plain;base64,YQ==", "filename": "n"}},
         Blob("text/plain", b"a", "n")),
    ],
)  # fmt: skip
def test_each_kind_of_part(part: Any, expected: Any) -> None:
    (turn,) = turns_of({"role": "user", "content": [part]})
    assert turn.parts == (expected,)
    conversation = build_conversation([{"role": "user", "content": [part]}], MessageRules())
    assert conversation.has_links is isinstance(expected, Link)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "poem"}, "Invalid content part type: poem"),
        ({}, "Invalid content part type: "),
        ({"type": "image_url", "image_url": {"url": "ftp://x"}},
         "Request contains an invalid argument."),
        ({"type": "image_url", "image_url": {"url": "https://a b"}},
         "Request contains an invalid argument."),
        ({"type": "image_url", "image_url": {"url": "data:image/png,abc"}},
         "Invalid value at 'contents[1].parts[1].inline_data.data' (TYPE_BYTES), Base64 decoding "
         'failed for "abc"'),
        ({"type": "image_url", "image_url": {"url": "data:image/png;base64,!"}},
         "Invalid value at 'contents[1].parts[1].inline_data.data' (TYPE_BYTES), Base64 decoding "
         'failed for "!"'),
        ({"type": "input_audio", "input_audio": {"data": " "}},
         "* GenerateContentRequest.contents[1].parts[1].inline_data.data: must not be empty.\n"),
    ],
)  # fmt: skip
def test_a_part_that_is_not_valid_is_refused_with_its_place(part: Any, words: str) -> None:
    with pytest.raises(ApiError) as error:
        turns_of(USER, {"role": "user", "content": ["x", part]})
    assert error.value.failure.message == words


def test_the_place_of_a_part_counts_the_results_before_it() -> None:
    call = {"role": "assistant", "tool_calls": [{**CALL, "id": "1"}]}
    result = {"role": "tool", "tool_call_id": "1", "content": "r"}
    audio = {"type": "input_audio", "input_audio": {"data": ""}}
    with pytest.raises(ApiError) as error:
        turns_of(call, result, {"role": "user", "content": [audio]})
    assert "contents[2].parts[0]" in error.value.failure.message
    for count, place in ((0, "contents[1].parts[0]"), (1, "contents[1].parts[1]")):
        with pytest.raises(ApiError) as error:
            turns_of(call, *[result] * count, {"role": "tool", "tool_call_id": "unknown"})
        assert error.value.failure.message == (
            f"* GenerateContentRequest.{place}.function_response.name: Name cannot be empty.\n"
        )


def test_cloud_storage_is_refused_where_a_surface_can_t_read_it() -> None:
    image = {"type": "image_url", "image_url": {"url": "gs://" + "x" * 300}}
    with pytest.raises(ApiError) as error:
        turns_of(
            {"role": "user", "content": [image]}, rules=MessageRules(reads_cloud_storage=False)
        )
    assert error.value.failure.message == ("Invalid or unsupported file uri: gs://" + "x" * 195)


@pytest.mark.parametrize("arguments", ["[]", "{", "1", '"a"', "null"])
def test_arguments_of_a_call_are_an_object(arguments: str) -> None:
    call = {"function": {"name": "f", "arguments": arguments}}
    with pytest.raises(ApiError) as error:
        turns_of({"role": "assistant", "tool_calls": [call]})
    assert error.value.failure.message == "Request contains an invalid argument."


def test_several_system_messages_are_joined() -> None:
    messages = [
        {"role": "system", "content": ["a", {"type": "text", "text": "b"}]},
        {"role": "developer", "content": "c"},
        USER,
    ]
    conversation = build_conversation(messages, MessageRules())
    assert conversation.system == ["a\nb", "c"]
    assert [turn.role for turn in conversation.turns] == ["user"]


def test_the_role_model_is_the_assistant_and_others_are_refused() -> None:
    assert [turn.role for turn in turns_of(USER, {"role": "model", "content": "b"})] == [
        "user",
        "model",
    ]
    with pytest.raises(ApiError) as error:
        turns_of({"role": "poet", "content": "b"})
    assert error.value.failure.message == (
        "Invalid role: poet. Expected system, developer, user, assistant or tool."
    )
