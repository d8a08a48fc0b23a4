"""Items of the Responses API: their ids, their states, and what the service's own tools did."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.content import Blob, CodeResult, Grounding, GroundingSource, ServerToolCall
from mockgem.dialects.openai.responses.item_ids import find_holder_ids, make_item_id, name_items
from mockgem.dialects.openai.responses.tool_items import (
    write_code,
    write_file_search,
    write_image,
    write_web_search,
)
from mockgem.operations.responses import OWN_PLACE, RANDOM_LENGTH

DIGITS = "0123456789abcdef" * 2 + "0123456789abc"


def test_an_id_leads_to_the_response_or_the_conversation_of_its_item() -> None:
    response, conversation = f"resp_{DIGITS}{OWN_PLACE}", f"conv_{DIGITS}"
    assert len(DIGITS) == RANDOM_LENGTH
    for holder in (response, conversation):
        name = make_item_id("message", holder, 0x801)
        assert name == f"msg_{DIGITS}801"
        assert find_holder_ids(name) == (response, conversation)


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        ("message", "msg"),
        ("reasoning", "rs"),
        ("function_call", "fc"),
        ("function_call_output", "fco"),
        ("custom_tool_call", "ctc"),
        ("web_search_call", "ws"),
        ("file_search_call", "fs"),
        ("code_interpreter_call", "ci"),
        ("image_generation_call", "ig"),
        ("compaction", "cmp"),
        ("poem", "item"),
    ],
)
def test_an_id_says_what_its_item_is(kind: str, prefix: str) -> None:
    assert make_item_id(kind, "conv_ab", 5) == f"{prefix}_ab005"


def test_items_of_an_input_get_a_type_an_id_and_a_state() -> None:
    items = [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
        {"type": "function_call", "call_id": "c"},
        {"type": "reasoning", "summary": []},
        {"id": "own", "role": "user", "content": [{"type": "input_text", "text": "Hi"}]},
        {"type": "compaction", "encrypted_content": "x"},
    ]
    text = {"type": "output_text", "text": "Hello", "annotations": [], "logprobs": []}
    done = {"status": "completed"}
    assert name_items(items, "conv_ab") == [
        {"id": "msg_ab800", "type": "message", **done, "role": "user",
         "content": [{"type": "input_text", "text": "Hi"}]},
        {"id": "msg_ab801", "type": "message", **done, "role": "assistant", "content": [text]},
        {"id": "fc_ab802", "type": "function_call", **done, "call_id": "c"},
        {"id": "rs_ab803", "type": "reasoning", "summary": []},
        {"id": "own", "type": "message", **done, "role": "user", "content": items[4]["content"]},
        {"id": "cmp_ab805", "type": "compaction", "encrypted_content": "x"},
    ]  # fmt: skip
    (one,) = name_items([{"type": "function_call", "status": "incomplete"}], "conv_ab", 1)
    assert (one["id"], one["status"]) == ("fc_ab001", "incomplete")


# Tools

FOUND = Grounding(
    (
        GroundingSource("web", "https://a", "A"),
        GroundingSource("retrievedContext", "", "F", {"text": "words"}),
        GroundingSource("web", "https://a", "A again"),
        GroundingSource("retrievedContext", "", ""),
    )
)


def kinds_of(events: list[Any]) -> list[str]:
    return [event["type"].removeprefix("response.") for event in events]


def test_a_search_on_the_web_shows_its_sources_if_that_is_asked_for() -> None:
    call = ServerToolCall("GOOGLE_SEARCH_WEB", {"queries": ["q", "r"]}, "c", "")
    head = {"id": "ws_1", "type": "web_search_call"}
    action = {"type": "search", "query": "q", "queries": ["q", "r"]}
    plain = write_web_search("ws_1", call, FOUND, ())
    assert plain.whole == {**head, "status": "completed", "action": action}
    begin = {"type": "search", "query": ""}
    assert plain.start == {**head, "status": "in_progress", "action": begin}
    assert kinds_of(plain.events) == [
        f"web_search_call.{state}" for state in ("in_progress", "searching", "completed")
    ]
    include = ("web_search_call.action.sources",)
    sources = [{"type": "url", "url": "https://a"}]
    shown = write_web_search("ws_1", call, FOUND, include).whole
    assert shown["action"] == {**action, "sources": sources}
    assert write_web_search("ws_1", call, None, include).whole["action"]["sources"] == []
    without = ServerToolCall("GOOGLE_SEARCH_WEB", {}, "c", "")
    assert write_web_search("ws_1", without, None, ()).whole["action"]["queries"] == [""]


def test_a_search_in_files_shows_its_results_if_that_is_asked_for() -> None:
    plain = write_file_search("fs_1", "q", FOUND, ())
    head = {"id": "fs_1", "type": "file_search_call"}
    assert plain.whole == {**head, "status": "completed", "queries": ["q"], "results": None}
    assert plain.start == {**head, "status": "in_progress", "queries": [], "results": None}
    assert kinds_of(plain.events) == [
        f"file_search_call.{state}" for state in ("in_progress", "searching", "completed")
    ]
    include = ("file_search_call.results",)
    assert write_file_search("fs_1", "q", FOUND, include).whole["results"] == [
        {"file_id": "file-F", "filename": "F", "score": 1.0, "text": "words", "attributes": {}},
        {"file_id": "file-document", "filename": "", "score": 0.5, "text": "", "attributes": {}},
    ]
    assert write_file_search("fs_1", "q", None, include).whole["results"] == []


@pytest.mark.parametrize(
    ("result", "status", "logs"),
    [
        (CodeResult("1\n", "OK", "c"), "completed", [{"type": "logs", "logs": "1\n"}]),
        (CodeResult("bad", "FAILED", "c"), "failed", [{"type": "logs", "logs": "bad"}]),
        (None, "completed", []),
    ],
)
def test_a_program_shows_its_output_if_that_is_asked_for(
    result: Any, status: str, logs: Any
) -> None:
    head = {"id": "ci_1", "type": "code_interpreter_call"}
    item = write_code("ci_1", "print(1)", result, ("code_interpreter_call.outputs",))
    code = {"code": "print(1)", "container_id": "cntr_1"}
    assert item.whole == {**head, "status": status, **code, "outputs": logs}
    assert item.start == {
        **head, "status": "in_progress", "code": "", "container_id": "cntr_1", "outputs": None,
    }  # fmt: skip
    assert write_code("ci_1", "print(1)", result, ()).whole["outputs"] is None
    assert item.events == [
        {"type": "response.code_interpreter_call.in_progress"},
        {"type": "response.code_interpreter_call_code.delta", "delta": "print(1)"},
        {"type": "response.code_interpreter_call_code.done", "code": "print(1)"},
        {"type": "response.code_interpreter_call.interpreting"},
        {"type": "response.code_interpreter_call.completed"},
    ]


def test_an_image_is_whole_at_the_end() -> None:
    item = write_image("ig_1", Blob("image/png", b"a"))
    head = {"id": "ig_1", "type": "image_generation_call"}
    assert item.whole == {**head, "status": "completed", "output_format": "png", "result": "YQ=="}
    assert item.start == {**head, "status": "in_progress", "result": None}
    assert kinds_of(item.events) == [
        f"image_generation_call.{state}" for state in ("in_progress", "generating", "completed")
    ]
