"""Lyria RealTime over a socket: prompts, settings, playback, and how the music changes."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from typing import Any

import pytest

import mockgem
from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.live.music import decode_requests
from tests.live_client import SERVICE, LiveClient, connecting

Json = dict[str, Any]
MUSIC = SERVICE.format("v1alpha").replace("Content", "Music")
SETUP = {"model": "models/lyria-realtime-exp"}
TECHNO = {"weightedPrompts": [{"text": "minimal techno", "weight": 1.0}]}


async def receive_chunk(client: LiveClient) -> Json:
    message = await client.receive()
    (chunk,) = message["serverContent"]["audioChunks"]
    return dict(chunk)


async def start(client: LiveClient, content: Json, config: Json | None = None) -> None:
    await client.send({"clientContent": content})
    await client.send({"musicGenerationConfig": config or {"bpm": 90, "temperature": 1.0}})
    await client.send({"playbackControl": "PLAY"})


async def record(config: Json | None = None, content: Json = TECHNO, count: int = 2) -> bytes:
    """Return the music of some chunks."""
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        await start(client, content, config)
        return b"".join([b64decode((await receive_chunk(client))["data"]) for _ in range(count)])


@pytest.mark.parametrize("version", ["v1", "v1beta", "v1alpha"])
async def test_chunks_are_two_seconds_in_stereo_with_their_source(version: str) -> None:
    path = SERVICE.format(version).replace("Content", "Music")
    async with mockgem.aserve() as server, connecting(server.url, SETUP, path) as client:
        await start(client, TECHNO)
        chunk = await receive_chunk(client)
    assert len(b64decode(chunk["data"])) == 384_000
    assert list(chunk) == ["data", "mimeType", "sourceMetadata"]
    assert chunk["mimeType"] == "audio/l16;rate=48000;channels=2"
    source = chunk["sourceMetadata"]
    assert source["clientContent"] == TECHNO
    assert source["musicGenerationConfig"]["bpm"] == 90


async def test_the_music_is_the_same_each_time() -> None:
    assert await record() == await record()


CHANGES: dict[str, tuple[Json, Json]] = {
    "prompt": ({"bpm": 90}, {"weightedPrompts": [{"text": "solo piano", "weight": 1.0}]}),
    "bpm": ({"bpm": 140}, TECHNO),
    "density": ({"bpm": 90, "density": 1.0}, TECHNO),
    "brightness": ({"bpm": 90, "brightness": 1.0}, TECHNO),
    "scale": ({"bpm": 90, "scale": "D_MAJOR_B_MINOR"}, TECHNO),
    "drums": ({"bpm": 90, "muteDrums": True}, TECHNO),
    "seed": ({"bpm": 90, "seed": 7}, TECHNO),
    "mode": ({"bpm": 90, "musicGenerationMode": "DIVERSITY"}, TECHNO),
}


@pytest.mark.parametrize("name", CHANGES)
async def test_each_setting_changes_the_music(name: str) -> None:
    assert await record(*CHANGES[name]) != await record({"bpm": 90})


async def test_fields_of_the_documented_javascript_sample_pass() -> None:
    config = {"bpm": 90, "temperature": 1.0, "audioFormat": "pcm16", "sampleRateHz": 44100}
    assert len(await record(config, count=1)) == 384_000


async def test_the_samples_get_nothing_but_music() -> None:
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        await start(client, TECHNO)
        for _ in range(12):
            assert await receive_chunk(client)


async def test_a_filtered_prompt_is_reported_and_ignored() -> None:
    prompts = [{"text": "a mockgem:block=SAFETY song", "weight": 1.0},
               {"text": "minimal techno", "weight": 1.0}]  # fmt: skip
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        await start(client, {"weightedPrompts": prompts})
        assert await client.receive() == {
            "filteredPrompt": {"text": "a mockgem:block=SAFETY song", "filteredReason": "SAFETY"}
        }
        chunk = await receive_chunk(client)
    assert chunk["sourceMetadata"]["clientContent"] == TECHNO


async def test_a_pause_goes_on_and_a_stop_begins_again() -> None:
    async with mockgem.aserve(live_pace="real") as server:
        async with connecting(server.url, SETUP, MUSIC) as client:
            await start(client, TECHNO)
            first = [(await receive_chunk(client))["data"] for _ in range(5)]
            await client.send({"playbackControl": "STOP"})
            await client.send({"playbackControl": "PLAY"})
            again = [(await receive_chunk(client))["data"] for _ in range(5)]
            await client.send({"playbackControl": "PAUSE"})
            await client.send({"playbackControl": "PLAY"})
            more = (await receive_chunk(client))["data"]
    assert first == again
    assert more not in first


async def test_a_new_bpm_waits_for_a_new_context() -> None:
    async with mockgem.aserve(live_pace="real") as server:
        async with connecting(server.url, SETUP, MUSIC) as client:
            await start(client, TECHNO)
            for _ in range(5):
                await receive_chunk(client)
            await client.send({"playbackControl": "PAUSE"})
            await client.send({"musicGenerationConfig": {"bpm": 120}})
            await client.send({"playbackControl": "PLAY"})
            old = await receive_chunk(client)
            await client.send({"playbackControl": "RESET_CONTEXT"})
            new = await receive_chunk(client)
            while new["sourceMetadata"]["musicGenerationConfig"]["bpm"] == 90:
                new = await receive_chunk(client)
    assert old["sourceMetadata"]["musicGenerationConfig"]["bpm"] == 90
    assert new["sourceMetadata"]["musicGenerationConfig"]["bpm"] == 120


@pytest.mark.parametrize(
    "message",
    [{"musicGenerationConfig": {"bpm": 59}}, {"musicGenerationConfig": {"density": 1.5}},
     {"musicGenerationConfig": {"guidance": -1}}, {"musicGenerationConfig": {"volume": 1}},
     {"musicGenerationConfig": {"scale": "H_MAJOR"}}, {"playbackControl": "REWIND"},
     {"clientContent": {"weightedPrompts": [{"text": "x", "weight": 0}]}}, {"setup": SETUP}],
    ids=json.dumps,
)  # fmt: skip
async def test_wrong_settings_close_the_socket(message: Json) -> None:
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        await client.send(message)
        assert (await client.receive_close()).code == 1007


@pytest.mark.parametrize("name", ["models/gemini-2.5-flash", "models/lyria-9", ""])
async def test_other_models_play_no_music(name: str) -> None:
    async with mockgem.aserve() as server, connecting(server.url, path=MUSIC) as client:
        await client.send({"setup": {"model": name}})
        closed = await client.receive_close()
    assert closed.code == 1008
    assert "is not found for API version v1alpha" in closed.reason


async def test_a_client_that_reads_slowly_makes_the_music_wait() -> None:
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        await start(client, TECHNO)
        await receive_chunk(client)
        await asyncio.sleep(0.5)
        (entry,) = server.journal()
        assert entry["size"] < 40 * 600_000


async def test_a_session_ends_after_ten_minutes_of_the_worlds_clock() -> None:
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        server.clock.advance("10m")
        assert (await client.receive_close()).code == 1011


@pytest.mark.parametrize(
    "message", [{}, {"playbackControl": "PLAY"}, {"setup": SETUP, "playbackControl": "PLAY"}]
)
async def test_the_first_message_alone_is_the_setup(message: Json) -> None:
    async with mockgem.aserve() as server, connecting(server.url, None, MUSIC) as client:
        await client.send(message)
        closed = await client.receive_close()
    reason = "setup must be the first message and only the first"
    assert (closed.code, closed.reason) == (1007, reason)


async def test_a_second_setup_ends_the_session() -> None:
    async with mockgem.aserve() as server, connecting(server.url, SETUP, MUSIC) as client:
        await client.send({"setup": SETUP})
        closed = await client.receive_close()
    reason = "setup must be the first message and only the first"
    assert (closed.code, closed.reason) == (1007, reason)


@pytest.mark.parametrize(
    ("name", "least", "most", "step"),
    [("temperature", 0, 3, 0.01), ("top_k", 1, 1000, 1), ("seed", 0, 2**31 - 1, 1),
     ("guidance", 0, 6, 0.01), ("bpm", 60, 200, 1), ("density", 0, 1, 0.01),
     ("brightness", 0, 1, 0.01)],
)  # fmt: skip
def test_the_documented_ranges_of_the_settings(
    name: str, least: float, most: float, step: float
) -> None:
    for value in (least, most):
        assert list(decode_requests({"music_generation_config": {name: value}}))
    for value in (least - step, most + step):
        with pytest.raises(ApiError, match="invalid argument"):
            list(decode_requests({"music_generation_config": {name: value}}))
