"""How often a request waits for the Valkey server: a plain chat never. The docs have these figures.

`python -m tests.fleet.test_round_trips` measures them and writes the table.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, WireRequest, iter_frames
from mockgem.storage.redis_storage import RedisStorage
from tests.valkey_server import ValkeyServer, run_valkey

pytestmark = pytest.mark.valkey
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "valkey.md"
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \|$", re.M)
HEADERS = {
    "host": "127.0.0.1:8090",
    "x-goog-api-key": "k",
    "authorization": "Bearer k",
    "content-type": "application/json",
}
MODEL = "/v1beta/models/gemini-2.5-flash"
CHAT = {"contents": [{"parts": [{"text": "Hello"}]}]}
LONG = {"role": "user", "parts": [{"text": "word " * 5000}]}
RULES = {"rules": [{"when": {"every": 3}, "fail": "overloaded"}]}


class Meter:
    """Sends requests to an application, and counts the commands that each waits for."""

    def __init__(self, app: Any, storage: RedisStorage, prefix: str) -> None:
        self.app = app
        self.client = storage.client
        self.prefix = prefix
        self.counts: dict[str, int] = {}

    async def send(self, label: str, method: str, path: str, body: Any = None, **more: str) -> Any:
        """Send a request, wait until its journal entry is written, and return the answer."""
        path, _, query = (self.prefix + path).partition("?")
        options = dict(part.split("=") for part in query.split("&")) if query else {}
        headers = HEADERS | {name.replace("_", "-"): text for name, text in more.items()}
        headers.pop("x-goog-api-key" if "/openai/" in path or "/v1/" in path else "authorization")
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        before = self.client.commands
        wire = WireRequest(method, path, options, headers, data, target=path)
        response = await self.app.handler(wire)
        content = response.body
        if isinstance(content, ChunkedBody):
            content = content.join_chunks()
        elif not isinstance(content, bytes):
            content = b"".join([frame.data async for frame in iter_frames(content)])
        if label:
            self.counts[label] = self.client.commands - before
        assert response.status in (200, 503), content
        await asyncio.sleep(0.05)
        return json.loads(content) if content.startswith(b"{") else content


async def use_everything(meter: Meter) -> None:
    chat = f"{MODEL}:generateContent"
    stream = f"{MODEL}:streamGenerateContent?alt=sse"
    await meter.send("first request to a world", "POST", chat, {**CHAT, "systemInstruction": LONG})
    await meter.send("chat", "POST", chat, CHAT)
    await meter.send("chat, repeated", "POST", chat, CHAT)
    await meter.send("chat, streamed", "POST", stream, CHAT)
    await meter.send(
        "embedding", "POST", "/v1/embeddings", {"model": "gemini-embedding-001", "input": "x"}
    )
    upload = {"x_goog_upload_protocol": "raw", "content_type": "text/plain"}
    told = await meter.send("upload of 1 kB", "POST", "/upload/v1beta/files", b"x" * 1000, **upload)
    name = told["file"]["name"]
    await meter.send("upload of 5 MB", "POST", "/upload/v1beta/files", b"x" * 5_000_000, **upload)
    await meter.send("state of a file", "GET", f"/v1beta/{name}")
    await meter.send("list of files", "GET", "/v1beta/files")
    uri = {"fileUri": f"https://generativelanguage.googleapis.com/v1beta/{name}"}
    parts = [{"fileData": uri | {"mimeType": "text/plain"}}, {"text": "x"}]
    await meter.send("chat about a file", "POST", chat, {"contents": [{"parts": parts}]})
    await meter.send("deletion of a file", "DELETE", f"/v1beta/{name}")
    create = {"model": "models/gemini-2.5-flash", "contents": [LONG], "ttl": "300s"}
    await meter.send("creation of a cache", "POST", "/v1beta/cachedContents", create)
    request = {"requests": {"requests": [{"request": CHAT}] * 10}}
    batch = {"batch": {"inputConfig": request}}
    told = await meter.send("creation of a batch", "POST", f"{MODEL}:batchGenerateContent", batch)
    await meter.send("poll of a batch", "GET", f"/v1beta/{told['name']}")
    body = {"model": "gemini-2.5-flash", "input": "Hi"}
    await meter.send("response that is kept", "POST", "/v1/responses", body)
    scenario = {"name": "mine", "scenario": RULES}
    await meter.send("choice of a scenario", "PUT", "/_mockgem/scenario", scenario)
    await meter.send("", "POST", chat, CHAT)
    await meter.send("chat with a scenario", "POST", chat, CHAT)
    await meter.send("verdict", "GET", "/_mockgem/verdict")
    await meter.send("journal of few entries", "GET", "/_mockgem/journal")
    await meter.send("move of the clock", "POST", "/_mockgem/clock", {"advance": "1h"})
    await meter.send("reset of a world", "POST", "/_mockgem/reset", {})


@asynccontextmanager
async def open_app(url: str) -> AsyncIterator[tuple[Any, RedisStorage]]:
    app = create_app(Settings(state=url))
    assert isinstance(app.storage, RedisStorage)
    try:
        yield app, app.storage
    finally:
        await app.close()


async def measure(url: str) -> dict[str, int]:
    """Return the number of commands by kind of request, once the server knows the scripts."""
    async with open_app(url) as (app, storage):
        await use_everything(Meter(app, storage, "/w/warm"))
        meter = Meter(app, storage, "/w/measured")
        await use_everything(meter)
        return meter.counts


async def test_the_docs_say_how_many_round_trips_each_kind_of_request_takes(
    valkey: ValkeyServer,
) -> None:
    counts = await measure(valkey.url("round-trips"))
    assert [counts[kind] for kind in ("chat", "chat, repeated", "chat, streamed", "embedding")] == [
        0
    ] * 4
    assert {kind: int(count) for kind, count in ROW.findall(PAGE.read_text())} == counts


def write_table() -> None:
    """Write what is measured at the end of the page."""
    with tempfile.TemporaryDirectory() as folder, run_valkey(Path(folder)) as server:
        counts = asyncio.run(measure(server.url()))
    text = ROW.sub("", PAGE.read_text()).rstrip()
    PAGE.write_text(text + "\n" + "".join(f"| {kind} | {n} |\n" for kind, n in counts.items()))


if __name__ == "__main__":
    write_table()
