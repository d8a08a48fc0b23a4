"""Send the same requests through a recorder, and print what came back.

    python benchmarks/comparison/traffic.py http://127.0.0.1:8090

Run it while a tool records and again while it replays: equal lines mean an equal replay. Each
request carries the word SECRET, so `grep -r SECRET` finds what a recording keeps.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import httpx

SECRET = "AIzaSySECRET-0123456789abcdefghijklmnop"
CHAT, NATIVE = "/v1beta/openai/chat/completions", "/v1beta/models/gemini-2.5-flash:generateContent"
PARTS = {"contents": [{"role": "user", "parts": [{"text": "Name a planet."}]}]}
BEARER = {"authorization": f"Bearer {SECRET}"}


def ask(text: str, **options: Any) -> dict[str, Any]:
    return {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": text}],
        **options,
    }


def send_chat(client: httpx.Client) -> str:
    return describe(client.post(CHAT, json=ask("Name a colour."), headers=BEARER))


def send_refused(client: httpx.Client) -> str:
    return describe(client.post(CHAT, json=ask("Name a colour.", temperature=9), headers=BEARER))


def send_native(client: httpx.Client) -> str:
    return describe(client.post(NATIVE, json=PARTS, headers={"x-goog-api-key": SECRET}))


def send_models(client: httpx.Client) -> str:
    return describe(client.get("/v1beta/models", params={"key": SECRET}))


def send_embeddings(client: httpx.Client) -> str:
    question = {"model": "gemini-embedding-001", "input": "A cat sleeps."}
    return describe(client.post("/v1beta/openai/embeddings", json=question, headers=BEARER))


def send_stream(client: httpx.Client) -> str:
    return read_stream(client, CHAT, ask("Name a river.", stream=True), BEARER)


def send_native_stream(client: httpx.Client) -> str:
    path = NATIVE.replace("generateContent", "streamGenerateContent") + "?alt=sse"
    return read_stream(client, path, PARTS, {"x-goog-api-key": SECRET})


def read_stream(
    client: httpx.Client, path: str, body: dict[str, Any], headers: dict[str, str]
) -> str:
    """Describe a stream, with the number of pieces in which it came and its duration."""
    began = time.perf_counter()
    with client.stream("POST", path, json=body, headers=headers) as response:
        pieces = list(response.iter_bytes())
    seconds = time.perf_counter() - began
    content = digest(b"".join(pieces))
    return f"{response.status_code} {content} {len(pieces)} pieces, {seconds:.1f} s"


def describe(response: httpx.Response) -> str:
    return f"{response.status_code} {digest(response.content)}"


def digest(content: bytes) -> str:
    """Return a number for the content; the layout of JSON does not count."""
    try:
        text = json.dumps(json.loads(content), sort_keys=True).encode()
    except json.JSONDecodeError:
        text = content
    return f"{len(content)} bytes {hashlib.sha256(text).hexdigest()[:8]}"


REQUESTS: tuple[Callable[[httpx.Client], str], ...] = (
    send_chat, send_refused, send_native, send_models, send_embeddings, send_stream,
    send_native_stream,
)  # fmt: skip


def send_all(root: str) -> dict[str, str]:
    """Send every request; a broken connection is an answer too."""
    found = {}
    with httpx.Client(base_url=root, timeout=20, headers={"test-name": "comparison"}) as client:
        for send in REQUESTS:
            try:
                found[send.__name__] = send(client)
            except httpx.HTTPError as error:
                found[send.__name__] = type(error).__name__
    return found


if __name__ == "__main__":
    print(json.dumps(send_all(sys.argv[1]), indent=0))
