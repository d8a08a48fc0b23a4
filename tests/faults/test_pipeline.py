"""How the pipeline applies faults: the length it announces, and when a slow stream begins."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from mockgem.app.pipeline import UNKNOWN_LENGTH, apply_faults
from mockgem.core.call import Answer
from mockgem.core.http import ChunkedBody, Frames, WireResponse, encode_chunks
from mockgem.faults.connection import MISSING_BYTES
from mockgem.faults.pacing import delay_frames
from mockgem.recording.replay import replay_timed
from tests.faults.streams import DONE, Upstream, bytes_of, deliver, event, events, make
from tests.recording.interactions import KEY
from tests.recording.test_recorder import CHAT, chat, mockgem, service
from tests.scenarios.playing import request, rules, served


async def apply(body: Any, *faults: Any, status: int = 200, changes: Any = ()) -> WireResponse:
    answer = Answer(None, "engine", faults=faults, changes=tuple(changes))
    return await apply_faults(WireResponse(status, (("X-Test", "1"),), body), answer)


def length_of(response: WireResponse) -> str | None:
    return dict(response.headers).get("Content-Length")


@pytest.mark.parametrize("size", [10, 1_000_000, 3_000_000])
async def test_a_short_body_announces_more_than_the_body_has(size: int) -> None:
    response = await apply(b"a" * size, make("short_body"))
    assert length_of(response) == str(size + MISSING_BYTES)


async def test_a_short_body_of_a_stream_announces_more_than_all_its_events() -> None:
    pieces = [*events(3), DONE]
    size = sum(map(len, pieces))
    response = await apply(ChunkedBody(encode_chunks(pieces)), make("short_body"))
    assert length_of(response) == str(size + MISSING_BYTES)
    changed = await apply(
        ChunkedBody(encode_chunks(pieces)), make("short_body"), changes=[make("duplicate")]
    )
    assert length_of(changed) == str(size + len(event(2)) + MISSING_BYTES)


async def test_a_short_body_whose_length_is_not_known_does_not_wait_for_it() -> None:
    upstream = Upstream(events(3), then="block")
    response = await apply(upstream.frames(), make("short_body", at=2))
    assert length_of(response) == str(UNKNOWN_LENGTH + MISSING_BYTES)
    assert upstream.sent == 0


@pytest.mark.parametrize("status", [204, 304])
async def test_a_response_without_a_body_announces_no_length(status: int) -> None:
    for name in ("stall", "short_body", "no_keepalive"):
        assert length_of(await apply(b"", make(name), status=status)) is None
    assert length_of(await apply(b"", make("no_keepalive"))) == "0"


async def test_a_204_of_a_scenario_has_no_content_length() -> None:
    text = rules("{say: {raw: {status: 204}}, latency: {first: 0.001}}")
    async with served(text) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request(None, "Connection: close"))
        head = await reader.read()
        writer.close()
    assert head.startswith(b"HTTP/1.1 204 ")
    assert b"content-length" not in head.lower()


async def test_a_body_that_faults_change_announces_its_new_length() -> None:
    body = json.dumps({"choices": [{"message": {"content": "a"}}], "usage": {"total": 1}}).encode()
    response = await apply(body, make("no_keepalive"), changes=[make("no_usage")])
    assert isinstance(response.body, AsyncIterator)
    frames: Frames = response.body
    data = b"".join([frame.data async for frame in frames])
    assert b"usage" not in data
    assert length_of(response) == str(len(data))


async def test_faults_work_in_the_order_of_the_answer() -> None:
    faults = [make("duplicate", at=1), make("drop", at=2), make("cut", at=3)]
    response = await apply(ChunkedBody(encode_chunks([*events(4), DONE])), *faults)
    assert not isinstance(response.body, (bytes, ChunkedBody))
    found = await deliver(lambda frames: response.body, [])
    assert bytes_of(found) == event(1) + event(2) + b"<close>"


@pytest.mark.parametrize("name", ["cut", "reset", "close", "garbage"])
async def test_a_connection_breaks_after_the_wait_for_the_event_that_is_missing(name: str) -> None:
    """So a reader has time for what came before: a browser drops what its page has not read."""
    frames = make(name, at=2)(delay_frames(3.0)(Upstream(events(3)).frames()))
    found = await deliver(lambda _: frames, [])
    assert [frame.delay for frame in found[:2]] == [3.0, 3.0]
    assert [frame.data for frame in found[:2]] == [event(1), b""]


@pytest.mark.parametrize("at", ["start", "head"])
async def test_a_connection_breaks_at_once_where_no_event_is_waited_for(at: str) -> None:
    frames = make("cut", at=at)(delay_frames(3.0)(Upstream(events(3)).frames()))
    assert not any(frame.delay for frame in await deliver(lambda _: frames, []))


@asynccontextmanager
async def slow_service(gate: asyncio.Event) -> AsyncIterator[str]:
    """A service that sends the rest of a stream when the gate is opened."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(event(1))
        await gate.wait()
        for piece in [event(2), event(3), DONE]:
            await response.write(piece)
        return response

    async with service(answer) as address:
        yield address


PROXIED = {
    "without a fault": ("[]", [1, 2, 3]),
    "duplicate": ("[duplicate]", [1, 2, 2, 3]),
    "drop": ("[{fault: drop, at: 2}]", [1, 3]),
    "no_done and crlf": ("[no_done, {fault: duplicate, at: 3}]", [1, 2, 3, 3]),
    "cut": ("[{fault: cut, at: 3}]", [1, 2]),
}


@pytest.mark.parametrize("case", PROXIED)
async def test_a_proxied_stream_begins_before_the_upstream_has_ended(
    case: str, tmp_path: Path
) -> None:
    """The upstream sends its second event only when the client has got the first."""
    faults, expected = PROXIED[case]
    scenario = tmp_path / "played.yaml"
    scenario.write_text(f"title: test\nrules:\n  - {{headers: {{x-a: b}}, faults: {faults}}}\n")
    gate = asyncio.Event()
    settings = {"cassette": str(tmp_path / "a.yaml"), "record_mode": "once"}
    async with (
        slow_service(gate) as upstream,
        mockgem(upstream=upstream, scenario=str(scenario), **settings) as server,
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {KEY}"}) as session,
        asyncio.timeout(30),
        session.post(server + CHAT, json=chat("Tell me a story", stream=True)) as answer,
    ):
        data = await answer.content.readany()
        assert data == event(1)
        gate.set()
        try:
            async for piece in answer.content.iter_any():
                data += piece
        except aiohttp.ClientPayloadError:
            assert case == "cut"
    assert data.removesuffix(DONE) == b"".join(map(event, expected))


async def test_a_replayed_stream_keeps_its_recorded_times_with_a_fault() -> None:
    """The delay of an event is that of its pieces, so the first one leaves as early as without
    the fault."""
    pieces = [event(1), event(2)[:20], event(2)[20:], event(3)]
    chunks = tuple(zip([100, 900, 1500, 1800], map(len, pieces), strict=True))
    interaction: Any = SimpleNamespace(chunks=chunks)
    fault = make("duplicate")
    found = [frame async for frame in fault(replay_timed(pieces, interaction, 1.0))]
    times = [round(frame.delay, 3) for frame in found]
    assert times == [0.1, 1.4, 0.0, 0.3]
    assert [frame.data for frame in found] == [event(1), event(2), event(2), event(3)]
