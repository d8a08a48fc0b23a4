"""A storage behind a network: every method suspends, and everything works as it does in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

import mockgem
from mockgem.app import world_factory
from mockgem.core.state import WorldState
from mockgem.storage.memory import MemoryStorage
from tests.storage.conftest import VALKEY


class SlowProxy:
    """Passes calls on after one round of the event loop."""

    def __init__(self, target: Any, *names: str) -> None:
        self.target = target
        for name in names:
            setattr(self, name, self.delay(getattr(target, name)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)

    @staticmethod
    def delay(method: Any) -> Any:
        async def call(*args: Any, **kwargs: Any) -> Any:
            await asyncio.sleep(0)
            return await method(*args, **kwargs)

        return call


class SuspendingStorage(MemoryStorage):
    is_shared = True
    suspends = True

    def open(self, world: str) -> WorldState:
        state = super().open(world)
        records = ("get", "put", "insert", "update", "delete", "list_records", "find_position")
        common = ("count_bytes", "clear")
        return WorldState(
            SlowProxy(state.store, *records, *common),  # type: ignore[arg-type]
            SlowProxy(state.blobs, "append", "flush", "get_size", "read", "delete", *common),  # type: ignore[arg-type]
            SlowProxy(state.request_counts, "increment", "clear"),  # type: ignore[arg-type]
            state.locks,
            state.journal,
        )


@pytest.fixture(params=["memory", "suspending", VALKEY])
def client(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[httpx.Client]:
    if request.param == "suspending":
        monkeypatch.setattr(world_factory, "open_storage", lambda directory: SuspendingStorage())
    state = request.getfixturevalue("valkey_url") if request.param == "valkey" else ""
    with open_client(state) as client:
        yield client


@contextmanager
def open_client(state: str = "") -> Iterator[httpx.Client]:
    headers = {"x-goog-api-key": "k"}
    with (
        mockgem.serve(state=state) as server,
        httpx.Client(base_url=server.url, headers=headers, timeout=30) as client,
    ):
        yield client


def upload(client: httpx.Client, data: bytes, mime_type: str) -> dict[str, Any]:
    headers = {"x-goog-upload-protocol": "raw", "content-type": mime_type}
    response = client.post("/upload/v1beta/files", content=data, headers=headers)
    file: dict[str, Any] = response.json()["file"]
    return file


def poll(client: httpx.Client, name: str) -> dict[str, Any]:
    for _ in range(9):
        operation: dict[str, Any] = client.get(f"/v1beta/{name}").json()
        if operation.get("done"):
            return operation
    raise AssertionError(operation)


def test_replies_worlds_and_the_clock(client: httpx.Client) -> None:
    body = {"contents": [{"parts": [{"text": "Hello"}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent"
    for prefix in ("", "/w/one", "/w/two"):
        replies = [client.post(prefix + path, json=body) for _ in range(3)]
        assert [reply.status_code for reply in replies] == [200] * 3
        assert len({reply.json()["responseId"] for reply in replies}) == 3
    client.post("/w/one/_mockgem/clock", json={"advance": "1h"})
    clocks = [client.get(f"{world}/_mockgem/clock").json()["now"] for world in ("/w/one", "/w/two")]
    assert clocks == ["2026-11-01T01:00:00.734812Z", "2026-11-01T00:00:00.734812Z"]
    assert client.get("/_mockgem/counters").json()["total"] == 3
    assert client.post("/_mockgem/reset").json()["requests"] == 0
    assert client.delete("/_mockgem/worlds/two").status_code == 200


def test_files_and_batches(client: httpx.Client) -> None:
    lines = b'{"key": "1", "request": {"contents": [{"parts": [{"text": "Hi"}]}]}}\n' * 40
    file = upload(client, lines, "jsonl")
    assert client.get("/v1beta/files").json()["files"] == [file]
    batch = {"batch": {"inputConfig": {"fileName": file["name"]}}}
    path = "/v1beta/models/gemini-2.5-flash:batchGenerateContent"
    operation = poll(client, client.post(path, json=batch).json()["name"])
    output = operation["response"]["responsesFile"]
    data = client.get(f"/download/v1beta/{output}:download", params={"alt": "media"}).content
    assert data.count(b"\n") == 40
    assert client.delete(f"/v1beta/{file['name']}").status_code == 200
    assert client.get(f"/v1beta/{file['name']}").status_code == 403


def test_videos_and_caches(client: httpx.Client) -> None:
    path = "/v1beta/models/veo-3.1-generate-preview:predictLongRunning"
    video = {"instances": [{"prompt": "A cat"}], "parameters": {"durationSeconds": 4}}
    operation = poll(client, client.post(path, json=video).json()["name"])
    assert operation["response"]["generateVideoResponse"]["generatedSamples"]
    content = [{"parts": [{"text": "many words " * 2000}]}]
    cache = {"model": "models/gemini-2.5-flash", "contents": content, "ttl": "300s"}
    name = client.post("/v1beta/cachedContents", json=cache).json()["name"]
    reply = client.post(
        "/v1beta/models/gemini-2.5-flash:generateContent",
        json={"contents": [{"parts": [{"text": "Hi"}]}], "cachedContent": name},
    )
    assert reply.json()["usageMetadata"]["cachedContentTokenCount"] > 1024
    changed = client.patch(f"/v1beta/{name}", json={"ttl": "600s"})
    assert changed.json()["expireTime"] == "2026-11-01T00:10:00.734812000Z"
    assert client.delete(f"/v1beta/{name}").status_code == 200
