"""Every field of a request that Google's SDKs know is read, and no other word of an enumeration."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.interactions.request_fields import REQUEST, RESPONSE_FORMATS, STEPS, TOOLS

MEDIA = {"data": "YQ==", "mime_type": "a/b", "uri": "u", "processing": {}}
CALL = {"id": "c", "signature": "s"}
RESULT = {"call_id": "c", "signature": "s", "is_error": False}
NAMED_TOOLS = {"mode": "any", "tools": ["f"]}
SPEECH = {"voice": "Kore", "language": "de", "speaker": "A"}
INPUT: list[dict[str, Any]] = [
    {"type": "text", "text": "a", "annotations": [{}]},
    {"type": "image", **MEDIA, "resolution": "low"},
    {"type": "audio", **MEDIA, "channels": 1, "sample_rate": 1, "rate": 1},
    {"type": "document", **MEDIA, "resolution": "medium"},
    {"type": "video", **MEDIA, "name": "n", "resolution": "ultra_high"},
    {"type": "user_input", "content": [{"type": "text", "text": "a"}]},
    {"type": "model_output", "content": [{"type": "text", "text": "a"}], "error": {}},
    {"type": "thought", "signature": "s", "summary": [{}]},
    {"type": "function_call", **CALL, "name": "f", "arguments": {}},
    {"type": "function_result", **RESULT, "name": "f", "result": "r"},
    {"type": "code_execution_call", **CALL, "arguments": {}},
    {"type": "code_execution_result", **RESULT, "result": "r"},
    {"type": "url_context_call", **CALL, "arguments": {}},
    {"type": "url_context_result", **RESULT, "result": "r"},
    {"type": "google_search_call", **CALL, "arguments": {}, "search_type": "web_search"},
    {"type": "google_search_result", **RESULT, "result": "r"},
    {"type": "google_maps_call", **CALL, "arguments": {}},
    {"type": "google_maps_result", **RESULT, "result": "r"},
    {"type": "file_search_call", **CALL, "arguments": {}},
    {"type": "file_search_result", **RESULT, "result": "r"},
    {"type": "mcp_server_tool_call", **CALL, "name": "n", "server_name": "s", "arguments": {}},
    {"type": "mcp_server_tool_result", **RESULT, "name": "n", "server_name": "s", "result": "r"},
    {"type": "retrieval_call", **CALL, "arguments": {}, "retrieval_type": "r"},
    {"type": "retrieval_result", **RESULT, "result": "r"},
    {"type": "tool_search_call", **CALL, "arguments": {}},
    {"type": "tool_search_result", **RESULT, "result": "r"},
    {"type": "processing_call", **CALL},
    {"type": "processing_result", **RESULT},
]
TOOL_LIST: list[dict[str, Any]] = [
    {"type": "function", "name": "f", "description": "d", "parameters": {}, "defer_loading": True,
     "short_description": "s"},
    {"type": "code_execution"},
    {"type": "mcp_server", "name": "n", "url": "u", "headers": {"a": "b"},
     "allowed_tools": [NAMED_TOOLS]},
    {"type": "filesystem"},
    {"type": "google_maps", "enable_widget": True, "latitude": 1.5, "longitude": 1},
    {"type": "google_search",
     "search_types": ["web_search", "image_search", "enterprise_web_search"]},
    {"type": "bash"},
    {"type": "computer_use", "environment": "browser", "excluded_predefined_functions": ["a"],
     "disabled_safety_policies": ["b"], "enable_prompt_injection_detection": True},
    {"type": "file_search", "file_search_store_names": ["s"], "metadata_filter": "f", "top_k": 1},
    {"type": "url_context"},
    {"type": "retrieval", "retrieval_types": ["r"], "vertex_ai_search_config": {},
     "rag_store_config": {}, "exa_ai_search_config": {}, "parallel_ai_search_config": {}},
    {"type": "tool_search", "name": "n", "description": "d", "execution": "client",
     "parameters": {}},
]  # fmt: skip
CONFIG: dict[str, Any] = {
    "temperature": 0.5,
    "top_p": 0.5,
    "seed": 1,
    "stop_sequences": ["a"],
    "max_output_tokens": 1,
    "thinking_level": "xhigh",
    "thinking_summaries": "auto",
    "tool_choice": {"allowed_tools": NAMED_TOOLS},
    "speech_config": {"speakers": [SPEECH]},
    "image_config": {"aspect_ratio": "1:1", "image_size": "1K"},
    "video_config": {},
    "transcription_config": {},
}
FORMATS: list[dict[str, Any]] = [
    {"type": "text", "mime_type": "application/json", "schema": {}},
    {"type": "audio", "mime_type": "audio/wav", "sample_rate": 1, "bit_rate": 1,
     "delivery": "inline"},
    {"type": "image", "mime_type": "image/jpeg", "aspect_ratio": "8:1", "image_size": "512",
     "delivery": "uri"},
    {"type": "video", "aspect_ratio": "16:9", "resolution": "4k", "duration": "4s",
     "delivery": "uri", "gcs_uri": "gs://a"},
]  # fmt: skip
BODY: dict[str, Any] = {
    "model": "m",
    "agent": "a",
    "agent_config": {"type": "antigravity", "max_total_tokens": 1, "model": "m"},
    "input": INPUT,
    "system_instruction": "s",
    "tools": TOOL_LIST,
    "generation_config": CONFIG,
    "response_format": FORMATS,
    "response_mime_type": "text/plain",
    "response_modalities": ["text", "image", "audio", "video", "document"],
    "previous_interaction_id": "p",
    "stream": True,
    "store": True,
    "background": True,
    "service_tier": "flex",
    "safety_settings": [{"type": "t", "threshold": "off", "method": "severity"}],
    "labels": {"a": "b"},
    "cached_content": "c",
    "continuation_token": "t",
    "environment": {},
    "webhook_config": {},
}


def read(body: Any) -> Any:
    return REQUEST(body, "", "")


def refuse(body: Any) -> str:
    with pytest.raises(ApiError) as error:
        read(body)
    return error.value.failure.message


def test_every_field_is_read() -> None:
    assert read(BODY) == BODY
    assert {one["type"] for one in INPUT} >= STEPS.keys()
    assert {one["type"] for one in TOOL_LIST} >= TOOLS.keys()
    assert {one["type"] for one in FORMATS} == RESPONSE_FORMATS.keys()


@pytest.mark.parametrize(
    "config",
    [
        {"type": "deep-research", "thinking_summaries": "none", "visualization": "off",
         "collaborative_planning": True, "enable_bigquery_tool": False},
        {"type": "code-mender", "find_request": {}, "fix_request": {}, "model": "m",
         "session_config": {}, "session_id": "s"},
        {"type": "dynamic", "max_total_tokens": 5, "thinking_summaries": "auto", "any": [1]},
    ],
)  # fmt: skip
def test_every_field_of_an_agent_is_read(config: Any) -> None:
    assert read({"agent_config": config}) == {"agent_config": config}


def test_a_dynamic_agent_may_have_other_fields_but_not_other_types() -> None:
    assert refuse({"agent_config": {"type": "dynamic", "max_total_tokens": "x"}}) == (
        "Invalid value for 'max_total_tokens' at 'agent_config': expected an integer, got string."
    )
    assert refuse({"agent_config": {"type": "antigravity", "other": 1}}) == (
        "Unknown parameter 'other' at 'agent_config'."
    )
    config = {"type": "dynamic", "max_total_tokens": None}
    assert read({"agent_config": config}) == {"agent_config": config}


def set_value(path: str, value: Any) -> Any:
    """Return a request with one value at a path such as tools[function].name."""
    body = value
    for name in reversed(path.split(".")):
        name, _, kind = name.partition("[")
        body = {name: [{"type": kind[:-1], **body}] if kind else body}
    return body


ENUMS = {
    "input[image].resolution": "low medium high ultra_high",
    "generation_config.thinking_level": "minimal low medium high xhigh",
    "generation_config.thinking_summaries": "auto none",
    "generation_config.tool_choice": "auto any none validated",
    "tools[computer_use].environment": "browser mobile desktop",
    "tools[tool_search].execution": "server client",
    "response_format[text].mime_type": "application/json text/plain",
    "response_format[audio].mime_type": "audio/mp3 audio/ogg_opus audio/l16 audio/wav audio/alaw "
    "audio/mulaw",
    "response_format[audio].delivery": "inline uri",
    "response_format[image].mime_type": "image/jpeg",
    "response_format[image].aspect_ratio": "1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9 1:8 8:1 "
    "1:4 4:1",
    "response_format[image].image_size": "512 1K 2K 4K",
    "response_format[video].aspect_ratio": "16:9 9:16",
    "response_format[video].resolution": "360p 720p 1080p 4k",
    "agent_config.visualization": "off auto",
    "service_tier": "flex standard priority deferred",
    "safety_settings[x].threshold": "block_low_and_above block_medium_and_above block_only_high "
    "block_none off",
    "safety_settings[x].method": "severity probability",
}


@pytest.mark.parametrize("path", ENUMS)
def test_every_word_of_an_enumeration_is_read_and_no_other(path: str) -> None:
    def build(word: str) -> Any:
        body = set_value(path, word)
        if path.startswith("agent"):
            body["agent_config"]["type"] = "deep-research"
        return body

    words = ENUMS[path].split()
    for word in words:
        assert read(build(word)) == build(word)
    listed = ", ".join(f"'{word}'" for word in words)
    assert refuse(build("poem")).endswith(f" Supported values: {listed}.")


def test_an_unknown_tool_is_refused_with_the_tools_of_the_error() -> None:
    listed = ", ".join(f"'{name}'" for name in TOOLS)
    assert refuse({"tools": [{"type": "poem"}]}) == (
        f"The value 'poem' is not supported for 'type' at 'tools[0]'. Supported values: {listed}."
    )


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ({"type": "text"}, "text"),
        ({"type": "function_call"}, "name"),
        ({"type": "function_result", "result": "r"}, "call_id"),
        ({"type": "function_result", "call_id": "c"}, "result"),
        ({}, "type"),
    ],
)
def test_a_field_that_must_be_there(item: Any, name: str) -> None:
    assert refuse({"input": [item]}) == f"Missing required parameter '{name}' at 'input[0]'."


def test_one_item_may_stand_for_a_list() -> None:
    text = {"type": "text", "text": "a"}
    assert read({"input": text, "response_format": FORMATS[0]}) == {
        "input": [text],
        "response_format": [FORMATS[0]],
    }
    assert read({"response_format": {"type": "object"}}) == {
        "response_format": [{"type": "object"}]
    }
    content = {"type": "user_input", "content": text}
    assert read({"input": [content]}) == {"input": [{**content, "content": [text]}]}
