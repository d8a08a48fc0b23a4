"""A storage that fails is no missing object: clients get its own error, and try again."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mockgem.core.storage_errors import unavailable_storage_error
from mockgem.dialects.surfaces import build_api_surfaces
from mockgem.storage.memory import MemoryStore
from tests.asking import GATEWAY, Answer, Asker

RESOURCES = sorted(
    {
        (
            endpoint.method,
            surface.prefixes[0] + re.sub(r"\{(\w+)\*?\}", r"\1-1", endpoint.path),
            surface.key_header.lower(),
        )
        for surface in build_api_surfaces(lenient=False)
        for endpoint in surface.dialect.endpoints
        if endpoint.method in ("GET", "DELETE") and "{" in endpoint.path
    }
)
REFERENCES = {
    "a file of a batch": ("/batches", {
        "input_file_id": "file-1", "endpoint": "/v1/chat/completions", "completion_window": "24h",
    }),
    "an item": ("/responses", {
        "model": "gemini-2.5-flash", "input": [{"type": "item_reference", "id": "msg_1"}],
    }),
    "a previous response": ("/responses", {
        "model": "gemini-2.5-flash", "input": "Hi", "previous_response_id": "resp_1",
    }),
    "a conversation": ("/responses", {
        "model": "gemini-2.5-flash", "input": "Hi", "conversation": "conv_1",
    }),
}  # fmt: skip


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let each read of a record fail, and note the collection."""
    reads: list[str] = []

    async def fail(self: MemoryStore, collection: str, *rest: Any) -> None:
        reads.append(collection)
        raise unavailable_storage_error("redis://localhost", "it can't be reached")

    for name in ("get", "update", "list_records", "find_position"):
        monkeypatch.setattr(MemoryStore, name, fail)
    return reads


def ask(asker: Asker, method: str, path: str, header: str) -> Answer:
    key = "Bearer k" if header == "authorization" else "k"
    return asker.send(method, path, headers={header: key})


@pytest.mark.parametrize(("method", "path", "header"), RESOURCES)
def test_what_can_not_be_read_is_not_missing(
    method: str, path: str, header: str, reads: list[str]
) -> None:
    answer = ask(Asker(), method, path, header)
    if reads:
        assert (answer.status, reads) == (503, reads), answer.text
        assert "mockgem can't use its state" in answer.text


def test_most_resources_are_read_from_the_storage(reads: list[str]) -> None:
    asker = Asker()
    for resource in RESOURCES:
        ask(asker, *resource)
    assert len(set(reads)) > 8, set(reads)


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_that_can_not_be_read_is_not_wrong(name: str, reads: list[str]) -> None:
    path, body = REFERENCES[name]
    answer = Asker().send("POST", GATEWAY + path, json.dumps(body).encode())
    assert reads
    assert answer.status == 503, answer.text
