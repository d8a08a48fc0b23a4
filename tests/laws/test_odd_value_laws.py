"""A value of the wrong kind, in any place of a request, is answered or refused: never a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import Asker
from tests.odd_values import iter_odd_bodies

STEPS: list[Any] = [
    {"type": "user_input", "content": [{"type": "text", "text": "Add 1 and 2", "annotations": []}]},
    {"type": "thought", "signature": "AAAA", "summary": [{"type": "text", "text": "Adding"}]},
    {"type": "function_call", "id": "c1", "name": "add", "arguments": {"x": 1}, "signature": "AA"},
    {
        "type": "function_result",
        "call_id": "c1",
        "name": "add",
        "result": [
            {"type": "text", "text": "3"},
            {"type": "document", "data": "QQ==", "mime_type": "text/plain"},
        ],
    },
    {"type": "code_execution_call", "id": "c2", "arguments": {"code": "1", "language": "python"}},
    {"type": "code_execution_result", "call_id": "c2", "result": "1", "is_error": False},
    {"type": "google_search_call", "id": "c3", "arguments": {"queries": ["x"]}},
    {"type": "google_search_result", "call_id": "c3", "result": [{"search_suggestions": "x"}]},
    {"type": "mcp_server_tool_call", "id": "c4", "name": "f", "server_name": "s", "arguments": {}},
    {"type": "mcp_server_tool_result", "call_id": "c4", "result": [{"type": "text", "text": "x"}]},
    {"type": "model_output", "content": [{"type": "text", "text": "3"}]},
    {"type": "user_input", "content": "Thanks"},
]
ADD = {"type": "function", "name": "add", "description": "Adds", "parameters": {"type": "object"}}
INTERACTION: dict[str, Any] = {
    "model": "gemini-2.5-flash",
    "input": STEPS,
    "tools": [
        ADD,
        {"type": "mcp_server", "name": "s", "url": "http://x", "allowed_tools": [{"tools": ["f"]}]},
        {"type": "google_maps", "latitude": 1.5, "longitude": 2.5},
        {"type": "file_search", "file_search_store_names": ["fileSearchStores/a"], "top_k": 3},
    ],
    "generation_config": {
        "temperature": 1,
        "max_output_tokens": 50,
        "stop_sequences": ["x"],
        "tool_choice": {"allowed_tools": {"mode": "auto", "tools": ["add"]}},
        "speech_config": [{"voice": "Kore", "speaker": "A"}],
        "image_config": {"aspect_ratio": "1:1"},
    },
    "response_format": [{"type": "text", "mime_type": "application/json", "schema": {}}],
    "response_modalities": ["text"],
    "labels": {"a": "b"},
    "webhook_config": {"uris": ["http://127.0.0.1"]},
}
AGENT: dict[str, Any] = {
    "agent": "deep-research-preview-04-2026",
    "background": True,
    "agent_config": {"type": "dynamic", "max_total_tokens": 9, "thinking_summaries": "auto"},
    "input": "Why is the sky blue?",
}
RESPONSE: dict[str, Any] = {
    "model": "gemini-2.5-flash",
    "input": [
        {"role": "system", "content": "Be brief"},
        {
            "type": "message",
            "id": "msg_1",
            "role": "user",
            "content": [
                {"type": "input_text", "text": "Add"},
                {"type": "input_file", "file_data": "data:text/plain;base64,QQ==", "filename": "a"},
            ],
        },
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "x"}]},
        {"type": "function_call", "call_id": "c1", "name": "add", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c1", "output": "3"},
        {"type": "custom_tool_call", "call_id": "c2", "name": "run", "input": "x"},
        {"type": "custom_tool_call_output", "call_id": "c2", "output": [{"type": "input_text"}]},
        {"type": "compaction", "encrypted_content": "QQ=="},
        {"role": "user", "content": "Thanks"},
    ],
    "tools": [
        {"type": "function", "name": "add", "description": "Adds", "parameters": {}},
        {"type": "custom", "name": "run", "description": "Runs", "format": {"type": "text"}},
        {
            "type": "file_search",
            "vector_store_ids": ["a"],
            "filters": {
                "type": "and",
                "filters": [{"type": "eq", "key": "a", "value": 1}],
            },
        },
    ],
    "tool_choice": {"type": "allowed_tools", "mode": "auto", "tools": [{"name": "add"}]},
    "text": {"format": {"type": "json_schema", "name": "n", "schema": {}}, "verbosity": "low"},
    "reasoning": {"effort": "low", "summary": "auto"},
    "include": ["reasoning.encrypted_content"],
    "metadata": {"a": "b"},
    "max_output_tokens": 50,
    "stream": False,
}
CONVERSATION: dict[str, Any] = {"items": RESPONSE["input"], "metadata": {"a": "b"}}
WEBHOOK: dict[str, Any] = {
    "name": "a",
    "uri": "http://127.0.0.1:1/",
    "state": "enabled",
    "subscribed_events": ["batch.succeeded"],
}
STORE: dict[str, Any] = {"displayName": "a", "embeddingModel": "models/gemini-embedding-001"}
SEARCH: dict[str, Any] = {
    "contents": [{"role": "user", "parts": [{"text": "x"}]}],
    "tools": [
        {
            "fileSearch": {
                "fileSearchStoreNames": ["fileSearchStores/a"],
                "metadataFilter": "a = 1",
                "topK": 3,
            }
        }
    ],
}
BODIES = {
    "interaction": ("/v1beta/interactions", INTERACTION),
    "agent": ("/v1beta/interactions", AGENT),
    "response": ("/v1/responses", RESPONSE),
    "compaction": ("/v1/responses/compact", RESPONSE),
    "conversation": ("/v1/conversations", CONVERSATION),
    "webhook": ("/v1beta/webhooks", WEBHOOK),
    "store": ("/v1beta/fileSearchStores", STORE),
    "search": ("/v1beta/models/gemini-2.5-flash:generateContent", SEARCH),
}


@pytest.mark.slow
@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "lenient"])
@pytest.mark.parametrize("name", BODIES)
def test_no_odd_value_is_an_error_in_mockgem(name: str, lenient: bool) -> None:
    path, body = BODIES[name]
    headers = {"x-goog-api-key": "k"} if path.startswith("/v1beta") else None
    asker = Asker(lenient=lenient)
    status = asker.send("POST", path, json.dumps(body).encode(), headers).status
    assert status == 200 or (not lenient and status == 403), "only the file search store is missing"
    broken = []
    for place, odd in iter_odd_bodies(body):
        answer = asker.send("POST", path, json.dumps(odd).encode(), headers)
        if answer.status >= 500:
            broken.append((place, odd))
    assert broken == []
