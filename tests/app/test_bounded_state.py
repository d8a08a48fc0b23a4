"""What a server keeps is bounded over all worlds together, whatever many worlds do."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest

from mockgem.core.http import WireRequest, iter_frames
from mockgem.core.journal import TOTAL_BYTES
from mockgem.storage import memory
from mockgem.storage.memory import MemoryStorage
from tests.asking import Asker, gathered

WORLDS = 12
CHAT = "/v1beta/openai/chat/completions"
KEY = {"authorization": "Bearer k", "content-type": "application/json", "host": "127.0.0.1:1"}


def make_traffic(numbers: random.Random) -> tuple[str, str, Any, dict[str, str]]:
    """Return a request of some kind: method, path, body and headers."""
    words = f"Tell me about number {numbers.randrange(10**6)}. " * numbers.randrange(1, 300)
    message = {"role": "user", "content": words}
    chat = {"model": "gemini-2.5-flash", "messages": [message]}
    schema = {"type": "object", "properties": {f"p{numbers.randrange(10**6)}": {"type": "string"}}}
    form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    embedding = {"model": "gemini-embedding-001", "input": words}
    rules = [{"when": {"calls": 1}, "fail": 503}]
    scenario = {"name": f"s{numbers.randrange(99)}", "scenario": {"rules": rules}}
    raw = {"x-goog-upload-protocol": "raw", "content-type": "text/plain", "x-goog-api-key": "k"}
    return numbers.choice(
        [
            ("POST", CHAT, chat, KEY),
            ("POST", CHAT, {**chat, "stream": True}, KEY),
            ("POST", CHAT, {**chat, "response_format": form}, KEY),
            ("POST", "/v1beta/openai/embeddings", embedding, KEY),
            ("POST", "/upload/v1beta/files", words * 40, raw),
            ("PUT", "/_mockgem/scenario", scenario, KEY),
            ("DELETE", "/_mockgem/scenario", {}, KEY),
            ("GET", "/_mockgem/journal", "", KEY),
            ("POST", f"/v1beta/x{numbers.randrange(10**6)}", {}, KEY),
        ]
    )  # fmt: skip


def send(asker: Asker, world: str, numbers: random.Random) -> int:
    method, path, body, headers = make_traffic(numbers)
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    wire = WireRequest(method, f"/w/{world}{path}", {}, headers, data)

    async def run() -> int:
        response = await asker.door(wire)
        await gathered(iter_frames(response.body))
        return response.status

    return asyncio.run(run())


def storage_of(asker: Asker) -> MemoryStorage:
    storage = asker.worlds.factory.storage  # type: ignore[attr-defined]
    assert isinstance(storage, MemoryStorage)
    return storage


def test_many_worlds_share_what_the_server_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MAX_COUNTED_KEYS", 200)
    asker = Asker(worlds=WORLDS)
    storage = storage_of(asker)
    storage.journal_budget.max_bytes = 400_000
    storage.blob_budget.max_bytes = 300_000
    numbers = random.Random(7)
    statuses = [send(asker, f"w{numbers.randrange(WORLDS + 3)}", numbers) for _ in range(300)]
    assert statuses.count(200) > 150
    assert len(asker.worlds.named) <= WORLDS
    assert set(storage.worlds) == {"", *asker.worlds.named}
    kept = sum(state.journal.byte_count for state in storage.worlds.values())  # type: ignore[attr-defined]
    assert kept == storage.journal_budget.byte_count <= 400_000
    assert storage.blob_budget.byte_count <= 300_000
    assert len(storage.request_counts.counts) <= 200
    caches = {id(world.reply_cache) for world in asker.worlds.list_all()}
    assert len(caches) == 1
    assert all(len(world.scenario_runs) <= 100 for world in asker.worlds.list_all())
    assert all(len(world.own_scenarios) <= 100 for world in asker.worlds.list_all())


def test_deleted_worlds_leave_nothing() -> None:
    asker = Asker(worlds=WORLDS)
    storage = storage_of(asker)
    numbers = random.Random(11)
    for round_number in range(3):
        names = [f"r{round_number}-{number}" for number in range(WORLDS)]
        for _ in range(40):
            send(asker, numbers.choice(names), numbers)
        for name in list(asker.worlds.named):
            assert asker.send("DELETE", f"/_mockgem/worlds/{name}", b"", KEY).status == 200
        assert set(storage.worlds) == {""}
        assert storage.journal_budget.byte_count == 0
        assert not storage.journal_budget.worlds
        assert storage.blob_budget.byte_count == 0
        assert storage.blob_budget.file.block_count == 0


def test_all_worlds_together_have_less_memory_than_each_one_alone_would() -> None:
    storage = MemoryStorage()
    journals = [storage.open(f"w{number}").journal for number in range(3)]
    assert sum(journal.max_bytes for journal in journals) > TOTAL_BYTES
    assert storage.journal_budget.max_bytes == TOTAL_BYTES
