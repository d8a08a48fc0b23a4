"""A client that leaves at any moment leaves no call open that counts towards `concurrent`."""

from __future__ import annotations

import asyncio
import contextlib
import json

import pytest

from mockgem.core.http import WireRequest, WireResponse
from tests.scenarios.playing import Player, rules

BODY = {
    "model": "gemini-2.5-flash",
    "stream": True,
    "messages": [{"role": "user", "content": "hi"}],
}


@pytest.mark.parametrize("rounds", range(6))
def test_a_call_that_is_cancelled_is_not_counted_as_open(rounds: int) -> None:
    player = Player(rules("{quota: {concurrent: 1}}", "{latency: {first: 1ms}}"), time_scale=0)

    async def run() -> int:
        task: asyncio.Task[WireResponse] = asyncio.ensure_future(player.door(make_request()))
        for _ in range(rounds):
            await asyncio.sleep(0)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await read(await task)
        response = await player.door(make_request())
        await read(response)
        return response.status

    assert asyncio.run(run()) == 200


def make_request() -> WireRequest:
    headers = {"host": "localhost", "authorization": "Bearer k"}
    target = "/v1beta/openai/chat/completions"
    return WireRequest("POST", target, {}, headers, json.dumps(BODY).encode())


async def read(response: WireResponse) -> None:
    if not isinstance(response.body, bytes) and hasattr(response.body, "__anext__"):
        async for _ in response.body:
            pass
