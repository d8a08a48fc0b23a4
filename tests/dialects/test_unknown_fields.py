"""Unknown fields in each object of a request: some surfaces ignore them, others refuse them."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from tests.asking import GATEWAY, GEMINI, Answer, Asker

UNKNOWN = "unknown_field"
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
OWN_WORDS = ("parameters", "metadata", "schema", "tool_choice", "response_format", "format")
"""Objects whose names are the client's own, or which another test covers."""
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNg"
    "AAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
TOOL = {"type": "function", "function": {"name": "f", "parameters": SCHEMA}}
CALL = {
    "id": "c1",
    "type": "function",
    "function": {"name": "f", "arguments": "{}"},
    "extra_content": {"google": {"thought_signature": "c2ln"}},
}
CHAT = {
    "model": "gemini-2.5-flash",
    "messages": [
        {"role": "system", "content": "s"},
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "a"},
                {"type": "image_url", "image_url": {"url": PNG}},
                {"type": "input_audio", "input_audio": {"data": "YQ==", "format": "wav"}},
            ],
        },
        {"role": "assistant", "tool_calls": [CALL]},
        {"role": "tool", "tool_call_id": "c1", "content": "r"},
    ],
    "stream": True,
    "stream_options": {"include_usage": True},
    "tools": [TOOL],
    "extra_body": {"google": {"thinking_config": {"include_thoughts": False}}},
}
FILE = {"type": "file", "file": {"file_data": "data:application/pdf;base64,JVBERi0x"}}
CHAT_WITH_FILE = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": [{"type": "text", "text": "a"}, FILE]}],
}
RESPONSE = {
    "model": "gemini-2.5-flash",
    "input": [
        {
            "role": "user",
            "content": [
                {"type": "input_text", "text": "a"},
                {"type": "input_image", "image_url": PNG},
                {"type": "image_url", "image_url": {"url": PNG}},
                {"type": "input_audio", "input_audio": {"data": "YQ==", "format": "wav"}},
            ],
        },
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "t"}]},
        {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c1", "output": "r"},
    ],
    "tools": [
        {"type": "function", "name": "f", "parameters": SCHEMA},
        {"type": "namespace", "name": "n", "tools": [{"type": "custom", "name": "g"}]},
    ],
    "text": {"verbosity": "low"},
    "reasoning": {"effort": "low"},
}
ITEM = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "a"}]}
COMPLETION = {
    "model": "gemini-2.5-flash",
    "prompt": "a",
    "stream": True,
    "stream_options": {"include_usage": True},
}
TOLERANT = {
    f"{GATEWAY}/chat/completions": CHAT,
    f"{GATEWAY}/chat/completions#file": CHAT_WITH_FILE,
    f"{GATEWAY}/responses": RESPONSE,
    f"{GATEWAY}/responses/input_tokens": RESPONSE,
    f"{GATEWAY}/conversations": {"items": [ITEM]},
    f"{GATEWAY}/completions": COMPLETION,
    f"{GATEWAY}/embeddings": {"model": "gemini-embedding-001", "input": "a"},
    f"{GATEWAY}/moderations": {"input": [{"type": "text", "text": "a"}]},
    f"{GATEWAY}/images/generations": {"model": "gemini-2.5-flash-image", "prompt": "a"},
    f"{GATEWAY}/uploads": {
        "filename": "a",
        "purpose": "user_data",
        "bytes": 1,
        "mime_type": "text/plain",
    },
}
"""Requests to surfaces that ignore unknown fields everywhere."""


def list_places(value: Any, place: str = "") -> Iterator[str]:
    """Yield the place of each object in a value."""
    if isinstance(value, dict):
        yield place
        for name, item in value.items():
            if name not in OWN_WORDS:
                yield from list_places(item, f"{place}.{name}".lstrip("."))
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from list_places(item, f"{place}[{number}]")


def add_unknown(body: Any, place: str) -> Any:
    """Return a body with an unknown field in the object at a place."""
    changed = copy.deepcopy(body)
    found = changed
    for name in place.replace("[", ".").replace("]", "").split(".") if place else ():
        found = found[int(name) if name.isdecimal() else name]
    found[UNKNOWN] = {"a": [1]}
    return changed


@cache
def get_asker() -> Asker:
    """Return one world for all of these requests: none of them depends on another."""
    return Asker()


def send(path: str, body: Any) -> Answer:
    headers = {"authorization": "Bearer k", "content-type": "application/json"}
    if path.startswith("/v1beta/") and "openai" not in path:
        headers = {"x-goog-api-key": "k"}
    headers = {"x-goog-api-key": "k"} if path.startswith("/v1alpha/") else headers
    return get_asker().send("POST", path.partition("#")[0], json.dumps(body).encode(), headers)


@pytest.mark.parametrize(
    ("path", "place"),
    [(path, place) for path, body in TOLERANT.items() for place in list_places(body)],
)
def test_a_gateway_ignores_unknown_fields(path: str, place: str) -> None:
    answer = send(path, add_unknown(TOLERANT[path], place))
    assert answer.status == 200, answer.text


IGNORED = """stream_options messages[0] messages[1] messages[1].content[0] messages[1].content[1]
    messages[1].content[1].image_url messages[1].content[2] messages[1].content[2].input_audio
    messages[2] messages[2].tool_calls[0] messages[2].tool_calls[0].function
    messages[2].tool_calls[0].extra_content messages[2].tool_calls[0].extra_content.google
    messages[3]""".split()
"""Where Gemini's surface for OpenAI's SDKs ignores unknown fields: in what SDKs send back."""


@pytest.mark.parametrize("place", [*list_places(CHAT)])
def test_gemini_ignores_unknown_fields_of_messages_alone(place: str) -> None:
    answer = send(f"{GEMINI}/chat/completions", add_unknown(CHAT, place))
    if place in IGNORED:
        assert answer.status == 200, answer.text
        return
    where = f" at '{place}'" if place else ""
    assert (answer.status, answer.error["message"]) == (
        400,
        f'Invalid JSON payload received. Unknown name "{UNKNOWN}"{where}: Cannot find field.',
    )


STRICT = {
    f"{GEMINI}/embeddings": {"model": "gemini-embedding-001", "input": "a"},
    "/v1beta/cachedContents": {"model": "models/gemini-2.5-flash", "contents": []},
    "/v1beta/fileSearchStores": {"displayName": "a"},
    "/v1alpha/auth_tokens": {"uses": 1},
}


@pytest.mark.parametrize("path", STRICT)
def test_google_refuses_unknown_fields_of_other_methods(path: str) -> None:
    answer = send(path, add_unknown(STRICT[path], ""))
    assert (answer.status, answer.error["message"]) == (
        400,
        f'Invalid JSON payload received. Unknown name "{UNKNOWN}": Cannot find field.',
    )


@pytest.mark.parametrize(
    ("more", "is_refused"),
    [
        ({"stop": None}, True),
        ({"temperature": None}, False),
        ({"tools": None}, False),
        ({"messages": [{"role": "user", "content": "a", "name": None}]}, True),
        ({"messages": [{"role": "user", "content": None}]}, True),
    ],
)
def test_gemini_refuses_null_in_place_of_some_texts(more: Any, is_refused: bool) -> None:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "a"}], **more}
    answer = send(f"{GEMINI}/chat/completions", body)
    assert answer.status == (400 if is_refused else 200)
    if is_refused:
        assert answer.error["message"] == "Value is not a string: null"
        assert send(f"{GATEWAY}/chat/completions", body).status in (200, 400)


NATIVE = {
    "contents": [{"role": "user", "parts": [{"text": "a"}]}],
    "system_instruction": {"parts": [{"text": "s"}]},
    "generation_config": {"thinking_config": {"include_thoughts": False}},
    "safety_settings": [
        {"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"},
    ],
    "tools": [{"function_declarations": [{"name": "f", "description": "d"}]}],
    "tool_config": {"function_calling_config": {"mode": "AUTO"}},
}


@pytest.mark.parametrize("place", [*list_places(NATIVE)])
def test_google_s_own_api_refuses_unknown_fields(place: str) -> None:
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    assert send(path, NATIVE).status == 200
    answer = send(path, add_unknown(NATIVE, place))
    where = f" at '{place}'" if place else ""
    assert (answer.status, answer.error["message"]) == (
        400,
        f'Invalid JSON payload received. Unknown name "{UNKNOWN}"{where}: Cannot find field.',
    )
