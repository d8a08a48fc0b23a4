"""The Interactions API and file search pass a recorder, play again, and are compared."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.recording.servers import ask, mockgem, recorder_at

PATH = "/v1beta/interactions"
STORES = "/v1beta/fileSearchStores"
GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent"


def question(text: str, **more: Any) -> dict[str, Any]:
    return {"model": "gemini-2.5-flash", "input": text, **more}


async def talk(url: str) -> list[tuple[int, bytes]]:
    """Ask questions, the later ones with ids of earlier answers, and return the answers."""
    first = await ask(url, question("Hello"), PATH)
    chain = {"previous_interaction_id": json.loads(first[1])["id"]}
    store = await ask(url, {"displayName": "Atlas"}, STORES)
    search = {"fileSearch": {"fileSearchStoreNames": [json.loads(store[1])["name"]]}}
    asked = {"contents": [{"parts": [{"text": "Where is Paris?"}]}], "tools": [search]}
    answers = [
        first,
        await ask(url, question("What did I say?", **chain), PATH),
        await ask(url, question("Tell me a story", stream=True), PATH),
        await ask(url, question("And now?", previous_interaction_id="v1_unknown"), PATH),
        store,
        await ask(url, asked, GENERATE),
    ]
    return [(status, body) for status, body, _ in answers]


async def record(cassette: Path) -> list[tuple[int, bytes]]:
    async with mockgem() as upstream, recorder_at(cassette, upstream) as recorder:
        return await talk(recorder)


async def test_a_cassette_plays_the_same_bytes(tmp_path: Path) -> None:
    cassette = tmp_path / "interactions.yaml"
    passed = await record(cassette)
    async with mockgem(cassette=str(cassette), on_miss="fail") as replay:
        played = await talk(replay)
    assert [status for status, _ in passed] == [200, 200, 200, 404, 200, 200]
    assert played == passed
    assert b"event: done\n" in played[2][1]


@pytest.mark.slow
def test_recordings_are_compared_with_what_mockgem_answers(tmp_path: Path) -> None:
    cassette = tmp_path / "interactions.yaml"
    asyncio.run(record(cassette))
    command = [sys.executable, "-m", "mockgem", "drift", str(cassette)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "0 error" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
    assert int(done.stdout.rpartition("recordings:")[2].split()[0]) >= 3
