"""Measure a file search in 1,000 chunks: of one document, and of 1,000 documents.

`python benchmarks/retrieval.py` prints, for each shape of a store, the time to upload it, the first
question (which builds the index) and the median of the questions after it, each different. It uses
the server's handler in this process, so it has no network in it. Nothing here is a test.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from mockgem.app.factory import create_handler
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, WireRequest

CHUNKS = 1_000
QUESTIONS = 51
VOCABULARY = 4_000
HEADERS = {"x-goog-api-key": "k", "host": "127.0.0.1:8090"}
UPLOAD = {"x-goog-upload-protocol": "raw", "content-type": "text/plain"}


def write_words(random: Random, count: int) -> str:
    """Return words of a vocabulary in which some words are much more frequent than others."""
    numbers = [int(random.paretovariate(0.6)) % VOCABULARY for _ in range(count)]
    return " ".join([f"{chr(97 + number % 26)}word{number}" for number in numbers])


class Client:
    """Sends requests to a handler in this process."""

    def __init__(self) -> None:
        self.handle, _, _ = create_handler(Settings())
        self.loop = asyncio.new_event_loop()

    def send(self, path: str, body: bytes, headers: dict[str, str]) -> dict[str, object]:
        wire = WireRequest("POST", path, {}, HEADERS | headers, body)
        response = self.loop.run_until_complete(self.handle(wire))
        assert response.status == 200, response
        content = response.body
        data = content.join_chunks() if isinstance(content, ChunkedBody) else content
        assert isinstance(data, bytes)
        return dict(json.loads(data))


def measure(documents: int) -> str:
    """Upload a store of some documents with CHUNKS chunks in all, ask questions, return a row."""
    random, client = Random(1), Client()
    store = client.send("/v1beta/fileSearchStores", b"{}", {})["name"]
    began = time.perf_counter()
    for _ in range(documents):
        # A chunk has 256 tokens: about 110 of these words.
        text = write_words(random, 110 * CHUNKS // documents)
        client.send(f"/upload/v1beta/{store}:uploadToFileSearchStore", text.encode(), UPLOAD)
    uploaded = time.perf_counter() - began
    times = []
    for number in range(QUESTIONS):
        question = f"What does {write_words(random, 6)} mean, question {number}?"
        body = {
            "contents": [{"parts": [{"text": question}]}],
            "tools": [{"fileSearch": {"fileSearchStoreNames": [store]}}],
        }
        began = time.perf_counter()
        client.send(
            "/v1beta/models/gemini-2.5-flash:generateContent", json.dumps(body).encode(), {}
        )
        times.append(time.perf_counter() - began)
    first, *others = times
    return (
        f"{documents:>5} documents: upload {uploaded:.2f} s, first question {first * 1000:.0f} ms, "
        f"others {statistics.median(others) * 1000:.1f} ms (slowest {max(others) * 1000:.0f} ms)"
    )


if __name__ == "__main__":
    for documents in (1, CHUNKS):
        print(measure(documents), flush=True)
