"""What surfaces make of messages: parts they refuse, calls without ids, media of tools."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Blob, Text, ToolCall, ToolResult, Turn
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
