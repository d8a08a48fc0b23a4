"""google-genai through the proxy, with no base URL; `tests/judge.py genai` runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from google import genai
from google.genai import errors, types
from google.oauth2.credentials import Credentials

import mockgem
from mockgem.recording.cassette_reader import read_cassette
from mockgem.testing.world import Mockgem

MODEL = "gemini-2.5-flash"


@contextmanager
def in_env(server: Mockgem, patch: pytest.MonkeyPatch) -> Iterator[None]:
    with patch.context() as one:
        for name, text in server.proxy_env.items():
            one.setenv(name, text)
        yield


def ask(client: genai.Client) -> str:
    return client.models.generate_content(model=MODEL, contents="Say hello").text or ""


def stream(client: genai.Client) -> str:
    pieces = client.models.generate_content_stream(model=MODEL, contents="Count to ten")
    return "".join([piece.text or "" for piece in pieces])


def upload(client: genai.Client) -> str:
    """An upload goes on at a URL that the service gives, and that leads through the proxy too."""
    file = client.files.upload(file=__file__, config={"mime_type": "text/x-python"})
    return str(client.files.get(name=file.name or "").size_bytes)


def talk(client: genai.Client) -> str:
    async def run() -> str:
        config = types.LiveConnectConfig(response_modalities=[types.Modality.AUDIO])
        model = "gemini-2.5-flash-native-audio-preview-12-2025"
        async with client.aio.live.connect(model=model, config=config) as session:
            await session.send_client_content(
                turns=types.Content(role="user", parts=[types.Part(text="Hello")])
            )
            sizes = [len(one.data or b"") async for one in session.receive()]
            return str(sum(sizes))

    return asyncio.run(run())


def ask_async(client: genai.Client) -> str:
    async def run() -> str:
        answer = await client.aio.models.generate_content(model=MODEL, contents="Say hello")
        return answer.text or ""

    return asyncio.run(run())


def make_gemini() -> genai.Client:
    return genai.Client(api_key="any-key")


def make_vertex() -> genai.Client:
    return genai.Client(
        vertexai=True, project="p", location="europe-west4", credentials=Credentials("any-token")
    )


CALLS = [
    (make_gemini, ask), (make_gemini, stream), (make_gemini, ask_async), (make_gemini, upload),
    (make_gemini, talk), (make_vertex, ask), (make_vertex, stream), (make_vertex, ask_async),
]  # fmt: skip


@pytest.mark.parametrize(("make", "call"), CALLS)
def test_the_sdk_records_and_replays(
    make: Any, call: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    with mockgem.serve(seed=7) as upstream:
        options = {"proxy": True, "record_mode": "once", "cassette": path, "upstream": upstream.url}
        with mockgem.serve(**options) as recorder, in_env(recorder, monkeypatch):
            recorded = call(make())
    assert recorded
    assert recorded != "0"
    assert read_cassette(path).interactions
    with mockgem.serve(proxy=True, cassette=path, on_miss="fail") as replay:
        with in_env(replay, monkeypatch):
            assert call(make()) == recorded
        assert {one["source"] for one in replay.journal()} == {"cassette"}


def test_failures_reach_the_sdk(monkeypatch: pytest.MonkeyPatch) -> None:
    with mockgem.serve(proxy=True) as server, in_env(server, monkeypatch):
        server.fail(429)
        with pytest.raises(errors.ClientError, match="RESOURCE_EXHAUSTED"):
            ask(make_gemini())
