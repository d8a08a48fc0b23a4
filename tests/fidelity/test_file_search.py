"""A recorded file search, step by step: its answers have the shapes and the words of the recording.

Evidence: native-005-fileSearchStores-200, native-107-streamGenerateContent-200,
native-007-fileSearchStores-uploadToFileSearchStore-200, native-008-generateContent-200,
native-010-fileSearchStores-200.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.library import PARIS, STORES, Library

RECORDED = json.loads(
    (Path(__file__).parent / "recorded" / "file_search.json").read_text(encoding="utf-8")
)
MODEL = "/v1beta/models/gemini-3-flash-preview"


def fill(recorded: Any, **names: str) -> Any:
    """Return a recorded value with names instead of their placeholders."""
    text = json.dumps(recorded)
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return json.loads(text)


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def store(library: Library) -> str:
    return library.create_store("test-file-search-grounding")


def put_paris(library: Library, store: str) -> Any:
    metadata = [{"key": "source_url", "string_value": "https://example.com/paris"}]
    return library.upload(store, PARIS, customMetadata=metadata)


def build_question(store: str) -> Any:
    return {
        "contents": [{"parts": [{"text": "What is the capital of France?"}], "role": "user"}],
        "generationConfig": {"responseModalities": ["TEXT"]},
        "toolConfig": {"includeServerSideToolInvocations": True},
        "tools": [{"fileSearch": {"file_search_store_names": [store]}}],
    }


def test_a_new_store(library: Library) -> None:
    store = library.send("POST", STORES, {"displayName": "test-file-search-grounding"}).json
    assert list(store) == list(RECORDED["create"])
    assert store["embeddingModel"] == RECORDED["create"]["embeddingModel"]
    assert re.fullmatch(r"fileSearchStores/testfilesearchgrounding-[a-z0-9]{12}", store["name"])


def test_an_upload(library: Library, store: str) -> None:
    operation = put_paris(library, store)
    document = operation["name"].rpartition("/")[2]
    assert operation == fill(RECORDED["upload"], store=store, document=document)
    assert re.fullmatch(r"[a-z0-9]{12}-[a-z0-9]{12}", document)


def check_grounding(found: Any, store: str) -> None:
    expected = fill(RECORDED["answer"]["groundingMetadata"], store=store)
    assert found["groundingChunks"] == expected["groundingChunks"]
    [support], [recorded] = found["groundingSupports"], expected["groundingSupports"]
    assert list(support) == list(recorded)
    assert list(support["segment"]) == recorded["segment"]
    assert support["groundingChunkIndices"] == recorded["groundingChunkIndices"]


def test_a_whole_answer(library: Library, store: str) -> None:
    put_paris(library, store)
    answer = library.send("POST", f"{MODEL}:generateContent", build_question(store)).json
    [candidate] = answer["candidates"]
    parts = candidate["content"]["parts"]
    recorded = RECORDED["answer"]
    assert [sorted(part) for part in parts] == [sorted(keys) for keys in recorded["parts"]]
    assert parts[0]["toolCall"]["toolType"] == parts[1]["toolResponse"]["toolType"] == "FILE_SEARCH"
    assert parts[0]["toolCall"]["id"] == parts[1]["toolResponse"]["id"]
    check_grounding(candidate["groundingMetadata"], store)
    assert list(answer["usageMetadata"]) == recorded["usage"]


def test_a_stream_has_the_grounding_in_its_last_event(library: Library, store: str) -> None:
    put_paris(library, store)
    path = f"{MODEL}:streamGenerateContent"
    text = library.send("POST", path, build_question(store), query={"alt": "sse"}).text
    events = [json.loads(block[6:]) for block in text.split("\r\n\r\n") if block]
    candidates = [event["candidates"][0] for event in events]
    assert "toolCall" in candidates[0]["content"]["parts"][0]
    assert all("groundingMetadata" not in candidate for candidate in candidates[:-1])
    assert candidates[-1]["finishReason"] == "STOP"
    check_grounding(candidates[-1]["groundingMetadata"], store)


def test_a_deletion(library: Library, store: str) -> None:
    put_paris(library, store)
    answer = library.send("DELETE", f"/v1beta/{store}", query={"force": "True"})
    assert (answer.status, answer.json) == (200, {})
