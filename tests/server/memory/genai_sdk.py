"""google-genai in the server's own process; `tests/judge.py genai` runs it with both installed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import aiohttp
import pytest
from google import genai
from google.genai import _api_client, errors, types

import mockgem
from mockgem.testing.world import Mockgem

HTTPX = import_module((getattr(_api_client, "httpx2", None) and "httpx2") or "httpx")
"""The HTTP client of this version of the SDK."""


@pytest.fixture
def world() -> Iterator[Mockgem]:
    with mockgem.serve(listen=False) as world:
        yield world


def client(world: Mockgem, **options: Any) -> genai.Client:
    return genai.Client(api_key="any-key", http_options=types.HttpOptions(**options))


def test_with_a_client_of_httpx(world: Mockgem) -> None:
    world.say("Hello")
    google = client(world, httpx_client=HTTPX.Client(transport=world.transport()))
    assert google.models.generate_content(model="gemini-2.5-flash", contents="hi").text == "Hello"
    file = google.files.upload(file=__file__, config={"mime_type": "text/x-python"})
    assert google.files.get(name=file.name).size_bytes > 1000
    world.fail(429)
    with pytest.raises(errors.ClientError, match="RESOURCE_EXHAUSTED"):
        google.models.generate_content(model="gemini-2.5-flash", contents="hi")


def test_with_arguments_for_httpx(world: Mockgem) -> None:
    google = client(world, client_args={"transport": world.transport()})
    assert "".join(
        [
            piece.text
            for piece in google.models.generate_content_stream(
                model="gemini-2.5-flash", contents="hi"
            )
        ]
    )


def test_async_with_httpx(world: Mockgem) -> None:
    async def ask() -> list[str]:
        google = client(world, httpx_async_client=HTTPX.AsyncClient(transport=world.transport()))
        stream = await google.aio.models.generate_content_stream(
            model="gemini-2.5-flash", contents="Count to ten"
        )
        return [piece.text async for piece in stream]

    assert len(asyncio.run(ask())) > 1


def test_async_with_aiohttp(world: Mockgem) -> None:
    async def ask() -> str | None:
        async with aiohttp.ClientSession(connector=world.connector()) as session:
            google = client(world, aiohttp_client=session)
            return (
                await google.aio.models.generate_content(model="gemini-2.5-flash", contents="hi")
            ).text

    world.say("Hello")
    assert asyncio.run(ask()) == "Hello"
