"""What a request to the Responses API means: items, tools, filters, limits; and pages of items."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockgem.core.content import Link, Text, ThinkingConfig, ToolChoice, Turn
from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest
from mockgem.dialects.openai.responses.create_request import (
    collect_settings,
    find_conversation,
    read_format,
    read_options,
    read_sampling,
    read_thinking,
)
from mockgem.dialects.openai.responses.creation import add_history
from mockgem.dialects.openai.responses.item_lists import ListItems, decode_list_query, write_list
from mockgem.dialects.openai.responses.item_reader import to_messages
from mockgem.dialects.openai.responses.namespaces import find_name, list_tools, split_name
from mockgem.dialects.openai.responses.tool_reader import (
    FREE_INPUT,
    list_functions,
    read_abilities,
    read_file_search,
    read_tool_choice,
    write_filter,
)
from mockgem.operations.generate_request import NO_GEMINI_OPTIONS, GenerateRequest, Sampling
from mockgem.operations.responses import CreateResponse, History

# Pages


def decode(**query: str) -> ListItems:
    return decode_list_query(WireRequest("GET", "/x", query, {}, b""), {"id": "r"})


def test_a_page_has_20_items_newest_first_unless_the_query_says_otherwise() -> None:
    assert decode() == ListItems("r", "", 20, False)
    assert decode(limit="1", order="asc", after="b") == ListItems("r", "b", 1, True)
    assert decode(limit="100", order="desc") == ListItems("r", "", 100, False)
    assert ListItems("r") == decode()


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "", "x", "000001"])
def test_a_limit_is_a_number_from_1_to_100(limit: str) -> None:
    with pytest.raises(ApiError) as error:
        decode(limit=limit)
    assert error.value.failure.message == (
        f"Invalid value for limit: {limit!r}, expected 1 to 100."
    )


ITEMS = [{"id": name} for name in "abcde"]


@pytest.mark.parametrize(
    ("request_", "names", "has_more"),
    [
        (ListItems("r"), "edcba", False),
        (ListItems("r", is_ascending=True), "abcde", False),
        (ListItems("r", limit=5), "edcba", False),
        (ListItems("r", limit=4), "edcb", True),
        (ListItems("r", "b", is_ascending=True), "cde", False),
        (ListItems("r", "b", 2, is_ascending=True), "cd", True),
        (ListItems("r", "b", 3, is_ascending=True), "cde", False),
        (ListItems("r", "a"), "", False),
        (ListItems("r", "unknown"), "", False),
    ],
)
def test_a_page_begins_after_an_item(request_: ListItems, names: str, has_more: bool) -> None:
    body = write_list(request_, ITEMS).body
    assert isinstance(body, bytes)
    assert json.loads(body) == {
        "object": "list",
        "data": [{"id": name} for name in names],
        "first_id": names[0] if names else None,
        "last_id": names[-1] if names else None,
        "has_more": has_more,
    }


# Tools

F: Any = {"type": "function", "name": "f", "description": "d", "parameters": {}, "strict": True}
CUSTOM: Any = {"type": "custom", "name": "c", "description": "d", "format": {"type": "text"}}
SPACE: Any = {"type": "namespace", "name": "n", "tools": [F, {"type": "custom", "name": "x"}]}


def test_functions_and_tools_with_free_input_are_functions() -> None:
    assert list_functions([F, {"type": "web_search"}, CUSTOM, {}]) == [
        {"type": "function", "function": {"name": "f", "description": "d", "parameters": {}}},
        {"type": "function",
         "function": {"name": "c", "description": "d", "parameters": FREE_INPUT}},
    ]  # fmt: skip
    assert FREE_INPUT["required"] == ["input"]


def test_tools_of_a_namespace_have_its_name_only_where_theirs_is_not_unique() -> None:
    assert [tool["name"] for tool in list_tools([SPACE])] == ["f", "x"]
    assert [tool["name"] for tool in list_tools([F, SPACE])] == ["f", "n.f", "x"]
    other = {**SPACE, "name": "m"}
    assert [tool["name"] for tool in list_tools([SPACE, other])] == ["n.f", "n.x", "m.f", "m.x"]
    assert list_tools([{"type": "namespace", "name": "n"}, {"type": "web_search"}]) == [
        {"type": "web_search"}
    ]


def test_a_call_is_named_as_the_client_knows_the_tool() -> None:
    assert split_name("f", [F, SPACE]) == {"name": "f"}
    assert split_name("n.f", [F, SPACE]) == {"name": "f", "namespace": "n"}
    assert split_name("x", [F, SPACE]) == {"name": "x", "namespace": "n"}
    assert split_name("f", [SPACE, F]) == {"name": "f", "namespace": "n"}
    assert split_name("unknown", [F, SPACE]) == {"name": "unknown"}
    assert find_name({"name": "f", "namespace": "n"}, [F, SPACE]) == "n.f"
    assert find_name({"name": "f"}, [F, SPACE]) == "f"
    assert find_name({"name": "x", "namespace": "n"}, [F, SPACE]) == "x"


@pytest.mark.parametrize(
    ("tool", "ability"),
    [
        *[({"type": name}, {"google_search": {}})
          for name in ("web_search", "web_search_2025_08_26", "web_search_preview",
                       "web_search_preview_2025_03_11")],
        ({"type": "code_interpreter"}, {"code_execution": {}}),
        ({"type": "file_search"}, {"file_search": {"file_search_store_names": []}}),
        ({"type": "image_generation"}, {}),
        (F, {}),
        (CUSTOM, {}),
        (SPACE, {}),
    ],
)  # fmt: skip
def test_tools_of_the_service_are_gemini_s_own(tool: Any, ability: Any) -> None:
    assert read_abilities([tool]) == ability


def test_a_file_search_names_stores_a_number_and_a_filter() -> None:
    tool = {
        "vector_store_ids": ["a", "fileSearchStores/b"],
        "max_num_results": 3,
        "filters": {"type": "eq", "key": "k", "value": 1},
    }
    assert read_file_search(tool) == {
        "file_search_store_names": ["fileSearchStores/a", "fileSearchStores/b"],
        "top_k": 3,
        "metadata_filter": "k = 1",
    }


def compare(word: str, value: Any = 1) -> Any:
    return {"type": word, "key": "k", "value": value}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (compare("ne"), "k != 1"),
        (compare("gt"), "k > 1"),
        (compare("gte"), "k >= 1"),
        (compare("lt"), "k < 1"),
        (compare("lte", 1.5), "k <= 1.5"),
        (compare("eq", True), 'k = "True"'),
        (compare("eq", 'a"\\b'), 'k = "a\\"\\\\b"'),
        ({"type": "and", "filters": [compare("eq"), compare("lt")]}, "(k = 1 AND k < 1)"),
        ({"type": "or", "filters": [compare("eq"),
                                    {"type": "and", "filters": [compare("gt")]}]},
         "(k = 1 OR (k > 1))"),
    ],
)  # fmt: skip
def test_a_filter_in_the_words_of_gemini(given: Any, words: str) -> None:
    assert write_filter(given) == words


@pytest.mark.parametrize(
    "given",
    [None, [], {}, compare("in"), {"type": "and", "filters": []}, {"type": "eq", "key": 1},
     {"type": "and", "filters": [{}]}, {"type": "eq", "value": 1}],
)  # fmt: skip
def test_another_filter_is_refused(given: Any) -> None:
    with pytest.raises(ApiError) as error:
        write_filter(given)
    assert error.value.failure.message == "Request contains an invalid argument."


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("auto", ToolChoice("auto")),
        ("none", ToolChoice("none")),
        ("required", ToolChoice("any")),
        ({"type": "function", "name": "f"}, ToolChoice("any", ("f",))),
        ({"type": "custom", "name": "c"}, ToolChoice("any", ("c",))),
        ({"type": "function", "name": "f", "namespace": "n"}, ToolChoice("any", ("n.f",))),
        ({"type": "web_search"}, ToolChoice("auto")),
        ({"type": "allowed_tools", "mode": "required",
          "tools": [{"type": "function", "name": "f"}, "odd", {"type": "web_search"}]},
         ToolChoice("any", ("f",))),
        ({"type": "allowed_tools", "tools": [{"name": "f"}, {"name": "c"}]},
         ToolChoice("auto", ("f", "c"))),
    ],
)  # fmt: skip
def test_a_tool_choice(choice: Any, expected: ToolChoice) -> None:
    body = {"tools": [F, CUSTOM, SPACE], "tool_choice": choice}
    found = read_tool_choice(body)
    assert (found.mode, tuple(found.names)) == (expected.mode, expected.names)
    assert read_tool_choice({}).mode == "auto"


# Settings


@pytest.mark.parametrize(
    ("reasoning", "expected"),
    [
        ({}, ThinkingConfig()),
        ({"effort": "LOW"}, ThinkingConfig(effort="low")),
        ({"summary": "auto"}, ThinkingConfig(include_thoughts=True)),
        ({"generate_summary": "auto"}, ThinkingConfig(include_thoughts=True)),
        ({"effort": "high", "summary": "auto"},
         ThinkingConfig(effort="high", include_thoughts=True)),
    ],
)  # fmt: skip
def test_how_a_model_thinks(reasoning: Any, expected: ThinkingConfig) -> None:
    assert read_thinking(reasoning) == expected


def test_an_unknown_effort_is_refused() -> None:
    with pytest.raises(ApiError) as error:
        read_thinking({"effort": "huge"})
    assert error.value.failure.message == (
        "Invalid reasoning_effort: huge.\nValid values are: high, low, medium, minimal, none"
    )


def test_the_limits_of_a_reply() -> None:
    assert read_sampling({"n": 1}) == Sampling()
    assert read_sampling({"max_output_tokens": 5}) == Sampling(max_tokens=5)
    assert read_sampling({"temperature": 0.5}) == Sampling(temperature=0.5)
    assert read_sampling({"top_p": 0.5}) == Sampling(top_p=0.5)


def test_options_are_gemini_s_own_tools_and_images() -> None:
    assert read_options([F]) is NO_GEMINI_OPTIONS
    search = read_options([{"type": "web_search"}])
    assert search.builtin_tools == {"google_search": {}}
    assert (search.include_tool_calls, search.modalities) == (True, ())
    images = read_options([F, {"type": "image_generation"}])
    assert (images.builtin_tools, images.include_tool_calls) == ({}, False)
    assert images.modalities == ("TEXT", "IMAGE")


def test_the_format_of_a_reply() -> None:
    assert read_format({}) == (False, None)
    assert read_format({"type": "json_object"})[0]
    schema = {"type": "object"}
    assert read_format({"type": "json_schema", "schema": schema}) == (True, schema)


def test_a_conversation_is_an_id_or_an_object_with_one() -> None:
    assert find_conversation({}) == ""
    assert find_conversation({"conversation": "conv_1"}) == "conv_1"
    assert find_conversation({"conversation": {"id": "conv_1"}}) == "conv_1"
    with pytest.raises(ApiError) as error:
        find_conversation({"conversation": {"id": ""}})
    assert error.value.failure.message == "Missing required parameter: 'conversation.id'."


def test_a_response_shows_the_settings_of_its_request() -> None:
    body = {
        "model": "m",
        "temperature": 0.5,
        "service_tier": "auto",
        "reasoning": {"effort": "low", "generate_summary": "auto"},
        "text": {"verbosity": "low"},
    }
    shown = collect_settings(body, {**body, "temperature": "0.5"})
    assert (shown["model"], shown["temperature"], shown["top_p"]) == ("m", "0.5", 1.0)
    assert shown["service_tier"] == "default"
    assert shown["reasoning"] == {"effort": "low", "summary": "auto"}
    assert shown["text"] == {"format": {"type": "text"}, "verbosity": "low"}
    plain = collect_settings({"service_tier": "flex", "text": {"format": {"type": "x"}}},
                             {"service_tier": "flex"})  # fmt: skip
    assert (plain["model"], plain["service_tier"]) == ("", "flex")
    assert plain["text"] == {"format": {"type": "x"}}
    assert plain["reasoning"] == {"effort": None, "summary": None}


def test_instructions_come_before_those_of_the_conversation_and_of_the_input() -> None:
    def join(instructions: str | None, history: str, system: str) -> str:
        question = GenerateRequest("m", (Turn("user", (Text("Hi"),)),))
        settings = {"instructions": instructions}
        request = CreateResponse(question, system=system, settings=settings)
        earlier = (Turn("user", (Link("image/png", "u"),)),)
        whole = add_history(request, History(earlier, history))
        assert [turn.parts for turn in whole.turns] == [(Link("image/png", "u"),), (Text("Hi"),)]
        assert whole.has_links
        return whole.system

    assert join("a", "b", "c") == "a\nb\nc"
    assert join(None, "b", "") == "b"
    assert join("a", "", "c") == "a\nc"
    assert join(None, "", "") == ""


# Items


def message(role: str, text: str, **more: Any) -> Any:
    return {"role": role, "content": [{"type": "text", "text": text}], **more}


CALL: Any = {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}
CHAT_CALL: Any = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}


def test_calls_belong_to_the_message_of_the_model_before_them() -> None:
    said = {"role": "assistant", "content": "Hi"}
    output = {"type": "function_call_output", "call_id": "c1", "output": "1"}
    assert list(to_messages([said, CALL, CALL, output, CALL])) == [
        message("assistant", "Hi", tool_calls=[CHAT_CALL, CHAT_CALL]),
        {"role": "tool", "tool_call_id": "c1", "content": "1"},
        {"role": "assistant", "content": [], "tool_calls": [CHAT_CALL]},
    ]
    assert list(to_messages([said, said])) == [message("assistant", "Hi")] * 2


def test_the_signature_of_a_reasoning_belongs_to_the_next_call() -> None:
    reasoning = {"type": "reasoning", "encrypted_content": "s1"}
    signed = CHAT_CALL | {"extra_content": {"google": {"thought_signature": "s1"}}}
    assert list(to_messages([reasoning, {"type": "web_search_call"}, CALL, CALL])) == [
        {"role": "assistant", "content": [], "tool_calls": [signed, CHAT_CALL]}
    ]


@pytest.mark.parametrize(
    "kind",
    ["reasoning", "web_search_call", "file_search_call", "code_interpreter_call",
     "image_generation_call", "item_reference"],
)  # fmt: skip
def test_items_that_tell_the_model_nothing_are_left_out(kind: str) -> None:
    hello = {"role": "user", "content": "Hi"}
    assert list(to_messages([{"type": kind}, hello, {"id": "x"}])) == [hello]


@pytest.mark.parametrize(
    ("part", "chat_part"),
    [
        ("Hi", "Hi"),
        *[({"type": kind, "text": "Hi"}, {"type": "text", "text": "Hi"})
          for kind in ("input_text", "output_text", "text", "summary_text")],
        ({"text": "Hi"}, {"type": "text", "text": "Hi"}),
        ({"type": "refusal", "refusal": "No"}, {"type": "text", "text": "No"}),
        ({"type": "input_image", "image_url": "u"}, {"type": "image_url", "image_url": "u"}),
        ({"type": "input_image", "file_id": "i"}, {"type": "file", "file": {"file_id": "i"}}),
        ({"type": "input_image", "image_url": "u", "file_id": "i"},
         {"type": "image_url", "image_url": "u"}),
        ({"type": "input_file", "file_data": "d", "filename": "n", "detail": 1},
         {"type": "file", "file": {"file_data": "d", "filename": "n"}}),
        ({"type": "input_file", "file_url": "u", "file_id": "i"},
         {"type": "file", "file": {"file_id": "u"}}),
        ({"type": "odd"}, {"type": "odd"}),
    ],
)  # fmt: skip
def test_parts_of_messages_and_outputs_are_those_of_chat(part: Any, chat_part: Any) -> None:
    (found,) = to_messages([{"role": "user", "content": [part]}])
    assert found == {"role": "user", "content": [chat_part]}
    output = {"type": "custom_tool_call_output", "call_id": "c1", "output": [part]}
    assert list(to_messages([output])) == [
        {"role": "tool", "tool_call_id": "c1", "content": [chat_part]}
    ]


def test_a_call_with_free_input_is_one_with_a_text() -> None:
    item = {"type": "custom_tool_call", "call_id": "c1", "name": "c", "input": "größe"}
    (found,) = to_messages([item])
    assert found["tool_calls"] == [
        {"id": "c1", "type": "function",
         "function": {"name": "c", "arguments": '{"input": "größe"}'}}
    ]  # fmt: skip


def test_a_compaction_is_what_the_model_said() -> None:
    summary = base64.b64encode("größe".encode() + b"\xff").decode()
    item = {"type": "compaction", "encrypted_content": summary}
    assert list(to_messages([item])) == [message("assistant", "größe\ufffd")]
