"""The fixtures in async tests, under each of the plugins that run those."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ASKS = """
import pytest
from openai import AsyncOpenAI

HELLO = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}


async def words(client):
    stream = await client.chat.completions.create(stream=True, **HELLO)
    return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])


MARK
async def test_async(mockgem):
    mockgem.say("As a stream")
    async with AsyncOpenAI(api_key="k", base_url=mockgem.openai_url) as client:
        assert await words(client) == "As a stream"
    mockgem.clock.advance("1h")
    assert [entry["status"] for entry in mockgem.journal(wait=1)] == [200]


MARK
async def test_by_the_environment(mockgem_env):
    mockgem_env.fail(503, times=1)
    mockgem_env.say("Again")
    async with AsyncOpenAI() as client:
        assert await words(client) == "Again"
"""
AWAITED = """

import asyncio
import anyio


MARK
async def test_awaited(amockgem):
    await amockgem.say("one", times=2)
    await amockgem.fail(503, stream=True)
    await amockgem.expect(final="success")
    await amockgem.clock.advance("1h")
    assert (await amockgem.clock.now()).startswith("2026-11-01T01:00:00.")

    async def later():
        await anyio.sleep(0.2)
        async with AsyncOpenAI(api_key="k", base_url=amockgem.openai_url) as client:
            await client.chat.completions.create(**HELLO)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(later)
        (entry,) = await amockgem.journal(wait=10)  # the loop goes on, and the request comes
    assert entry.json["model"] == "gemini-2.5-flash"
    assert len(await amockgem.problems()) == 2
    await amockgem.assert_verdict()
    assert (await amockgem.verdict())["pass"]
    assert await amockgem.requests() == [entry.json]
    await amockgem.reset()
    await amockgem.scenario("overloaded", time_scale=0.5)
    with pytest.raises(ValueError, match="did you mean overloaded"):
        await amockgem.scenario("overlaoded")
    with pytest.raises(FileNotFoundError):
        await amockgem.cassette("none.yaml")
    assert await amockgem.journal() == []
    assert amockgem.env["OPENAI_BASE_URL"] == amockgem.openai_url
"""
INSIDE = """

import httpx2

GOOGLE = "https://generativelanguage.googleapis.com/v1beta/openai/"


MARK
async def test_without_a_socket(mockgem):
    mockgem.say("Inside")
    http = httpx2.AsyncClient(transport=mockgem.transport())
    async with AsyncOpenAI(api_key="k", base_url=GOOGLE, http_client=http) as client:
        assert await words(client) == "Inside"


@pytest.fixture
async def client(mockgem):
    async with AsyncOpenAI(api_key="k", base_url=mockgem.openai_url) as client:
        yield client


MARK
async def test_with_an_async_fixture_of_one_s_own(client, mockgem):
    mockgem.say("Mine")
    assert await words(client) == "Mine"
"""
ON_TRIO = """

import httpx2
import openai


MARK
async def test_without_a_socket(mockgem, anyio_backend_name):
    http = httpx2.AsyncClient(transport=mockgem.transport())
    made = {"base_url": mockgem.openai_url, "http_client": http, "max_retries": 0}
    async with AsyncOpenAI(api_key="k", **made) as client:
        if anyio_backend_name == "asyncio":
            assert await words(client)
            return
        with pytest.raises(openai.APIConnectionError) as failed:
            await words(client)
        assert "this transport is for asyncio" in str(failed.value.__cause__)
"""
WAYS = {
    "pytest-asyncio": (
        ASKS + INSIDE + AWAITED,
        "",
        "[pytest]\nasyncio_mode = auto\n",
        ["no:anyio", "no:aiohttp"],
        5,
    ),
    "pytest-asyncio-strict": (
        ASKS,
        "@pytest.mark.asyncio",
        "[pytest]\nasyncio_mode = strict\n",
        ["no:anyio", "no:aiohttp"],
        2,
    ),
    "pytest-aiohttp": (
        ASKS + INSIDE + AWAITED,
        "",
        "[pytest]\nasyncio_mode = auto\n",
        ["no:anyio"],
        5,
    ),
    "anyio": (
        ASKS + ON_TRIO + AWAITED,
        "@pytest.mark.anyio",
        "[pytest]\n",
        ["no:asyncio", "no:aiohttp"],
        8,
    ),
}
"""The tests, their mark, pytest's settings, excluded plugins, and how many tests pass."""


@pytest.mark.parametrize("way", WAYS)
def test_async_tests(way: str, tmp_path: Path) -> None:
    text, mark, settings, without, count = WAYS[way]
    (tmp_path / "test_mine.py").write_text(text.replace("MARK", mark))
    (tmp_path / "pytest.ini").write_text(settings)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:recording"]
    for plugin in without:
        command += ["-p", plugin]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False
    )
    assert f"{count} passed" in done.stdout, done.stdout + done.stderr


def test_what_can_be_awaited_is_what_there_is() -> None:
    """A word that tests have without await they have with it."""
    from mockgem.testing.async_world import AsyncMockgem
    from mockgem.testing.world import Mockgem

    of_others = {
        "add",
        "ask",
        "asked",
        "exchanges",
        "forget",
        "inside",
        "is_shared",
        "put",
        "say_one",
        "used",
        # what needs no waiting, or would need it for an attribute
        "injection",
        "calls",
        "history",
        "last_request",
    }
    own = {name for base in Mockgem.__mro__[:-2] for name in vars(base)}
    words = {name for name in own if not name.startswith("_")} - of_others
    there = {name for name in vars(AsyncMockgem) if not name.startswith("_")}
    with_values = {"openai_url", "gemini_url", "vertex_url", "vertex_openai_url", "gateway_url"}
    assert words - with_values == there
