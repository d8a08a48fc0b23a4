"""Which requests ask for the same thing: a retry, whatever else has changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.scenarios.request_identity import RequestIdentity, identify_request

CHAT = "/v1beta/openai/chat/completions"
NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"


def identity(
    body: Any, path: str = CHAT, model: str = "m", method: str = "POST", **more: Any
) -> RequestIdentity:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"query": {}, "headers": {}} | {
        name: more.pop(name) for name in ("query", "headers") if name in more
    }
    wire = WireRequest(method, path, body=data, **fields)
    return identify_request(
        JournalEntry(0.0, method, path, "gemini", model, 503, "scenario", 0.0, wire, **more)
    )


def chat(*texts: str, **more: Any) -> dict[str, Any]:
    roles = ("user", "assistant")
    said = [{"role": roles[at % 2], "content": text} for at, text in enumerate(texts)]
    return {"messages": said, **more}


def native(text: str, **more: Any) -> dict[str, Any]:
    return {"contents": [{"role": "user", "parts": [{"text": text}]}], **more}


UUID, OTHER_UUID = (
    "5f0c7a52-6f3e-4d0b-9d5e-0d6f3c8f7a11",
    "00000000-6f3e-4d0b-9d5e-0d6f3c8f7a11",
)
STREAM = NATIVE.replace(":generate", ":streamGenerate")
SAME: dict[str, tuple[RequestIdentity, RequestIdentity]] = {
    "user": (identity(chat("a", user="x")), identity(chat("a", user="y"))),
    "metadata": (identity(chat("a")), identity(chat("a", metadata={"try": "2"}))),
    "settings": (identity(chat("a")), identity(chat("a", temperature=1, max_tokens=5))),
    "uuid": (identity(chat(f"a {UUID}")), identity(chat(f"a {OTHER_UUID}"))),
    "time": (
        identity(chat("at 2026-11-28T10:00:00Z")),
        identity(chat("at 2026-11-28T10:00:09Z")),
    ),
    "space": (identity(chat("a  b\n")), identity(chat("a b"))),
    "shortened": (identity(chat("a", "b", "c")), identity(chat("c"))),
    "streaming": (identity(native("a"), NATIVE), identity(native("a"), STREAM)),
    "query key": (
        identity(native("a"), NATIVE, query={"key": "one"}),
        identity(native("a"), NATIVE, query={"key": "two", "alt": "sse"}),
    ),
    "native settings": (
        identity(native("a"), NATIVE),
        identity(native("a", generationConfig={"temperature": 0}, labels={"x": "y"}), NATIVE),
    ),
    "embedding": (
        identity({"input": "a", "user": "x"}, "/v1/embeddings"),
        identity({"input": "a", "dimensions": 8}, "/v1/embeddings"),
    ),
    "boundary": (
        identity(b"--abc\r\nx\r\n--abc--", headers={"content-type": "m/f; boundary=abc"}),
        identity(b"--de\r\nx\r\n--de--", headers={"content-type": 'm/f; boundary="de"'}),
    ),
    "large": (
        identity(b"{cut", key=b"1", request_size=300_000),
        identity(b"{cut", key=b"1", request_size=300_000),
    ),
    "tool ids": (
        identity({"messages": [{"role": "tool", "tool_call_id": "1", "content": "x"}]}),
        identity({"messages": [{"role": "tool", "tool_call_id": "2", "content": "x"}]}),
    ),
}
OTHER: dict[str, tuple[RequestIdentity, RequestIdentity]] = {
    "question": (identity(chat("a")), identity(chat("b"))),
    "next turn": (identity(chat("a")), identity(chat("a", "b", "c"))),
    "the same words later": (identity(chat("a")), identity(chat("a", "b", "a"))),
    "other history": (identity(chat("a", "b", "c")), identity(chat("x", "y", "c"))),
    "system": (
        identity(native("a", systemInstruction={"parts": [{"text": "be brief"}]}), NATIVE),
        identity(native("a", systemInstruction={"parts": [{"text": "be kind"}]}), NATIVE),
    ),
    "model": (identity(chat("a")), identity(chat("a"), model="other")),
    "endpoint": (
        identity(native("a"), NATIVE),
        identity(native("a"), NATIVE.replace(":generateContent", ":countTokens")),
    ),
    "embedding": (
        identity({"input": "a"}, "/v1/embeddings"),
        identity({"input": "b"}, "/v1/embeddings"),
    ),
    "next page": (
        identity(b"", "/v1beta/files", method="GET", query={"pageToken": "1"}),
        identity(b"", "/v1beta/files", method="GET", query={"pageToken": "2"}),
    ),
    "large": (
        identity(b"{cut", key=b"1", request_size=300_000),
        identity(b"{cut", key=b"2", request_size=300_000),
    ),
    "upload": (
        identity(b"", "/upload/v1beta/files", headers={"content-length": "5"}),
        identity(b"", "/upload/v1beta/files", headers={"content-length": "6"}),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_a_retry_may_change_what_does_not_matter(name: str) -> None:
    failed, later = SAME[name]
    assert later.is_retry_of(failed)


@pytest.mark.parametrize("name", OTHER)
def test_what_asks_for_something_else_is_not_a_retry(name: str) -> None:
    failed, later = OTHER[name]
    assert not later.is_retry_of(failed)


def test_another_model_asks_the_same_and_more_turns_continue() -> None:
    failed = identity(chat("a"))
    assert identity(chat("a"), model="other").asks_same_as(failed)
    assert identity(chat("a", "b")).continues(failed)
    assert not identity(chat("a")).continues(failed)
    assert not identity(chat("b", "a")).continues(failed)
