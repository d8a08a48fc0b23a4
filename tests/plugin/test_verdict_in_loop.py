"""A verdict that a test reads in the server's own loop counts the answers that are open."""

from __future__ import annotations

import aiohttp

import mockgem
from tests.live_client import CASCADED, connecting, make_setup


async def test_a_verdict_while_a_session_is_open_does_not_wait() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"say": "Hello"}], "expect": {"attempts": "1"}})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hi")
            await client.receive_turn()
            verdict = server.verdict()
        assert verdict["open"] == 1


async def test_a_verdict_while_a_stream_is_open_does_not_wait() -> None:
    question = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": "Hi"}],
        "stream": True,
    }
    async with mockgem.aserve(chunk_delay=0.2) as server, aiohttp.ClientSession() as http:
        server.scenario({"rules": [{"say": "one two three four"}], "expect": {"attempts": "1"}})
        path = f"{server.url}/v1beta/openai/chat/completions"
        headers = {"Authorization": "Bearer k"}
        async with http.post(path, json=question, headers=headers) as response:
            await response.content.readline()
            verdict = server.verdict()
        assert verdict["open"] == 1
