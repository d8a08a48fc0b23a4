"""Live interactions in cassettes: recorded, replayed, compared."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli.drift import command as drift
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.socket_messages import parse_message
from tests.dialects.interactions.talking import ADD
from tests.interaction_client import (
    VOICE_MODEL,
    connecting,
    send_json,
)
from tests.live_client import make_silence, make_tone

Json = dict[str, Any]
KEY = "AIzaSyA-0123456789abcdefghijklmnopqrstu"


async def talk(url: str, *, step: int = 3_200, silence: float = 1.0) -> list[Json]:
    """Hold a session with a tool, speech and words; return what the server says."""
    async with connecting(url, {"x-goog-api-key": KEY}) as client:
        await client.create(VOICE_MODEL, tools=[ADD])
        await client.say("Use the tool: add 2 and 3.")
        turn = await client.receive_turn()
        calls = [one["step"] for one in turn if "step" in one]
        (call,) = [one for one in calls if one["type"] == "function_call"]
        await client.say({"type": "function_result", "call_id": call["id"], "result": "5"})
        await client.receive_turn()
        await client.send_audio(make_tone(0.5) + make_silence(silence), step=step)
        await client.receive_turn()
        await client.send("interaction.complete")
        await client.receive_until("interaction.completed")
        assert (await client.receive_close()).code == 1000
        return client.events


async def wait_for_sessions(cassette: Path, count: int) -> None:
    for _ in range(3_000):
        if cassette.exists() and len(read_cassette(cassette).interactions) >= count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"there are less than {count} sessions")


async def record(cassette: Path, seed: int = 7) -> list[Json]:
    async with mockgem.aserve(seed=seed) as upstream:
        async with mockgem.aserve(
            cassette=str(cassette), record_mode="once", upstream=upstream.url
        ) as recorder:
            said = await talk(recorder.url)
            await wait_for_sessions(cassette, 1)
    return said


async def test_a_session_is_recorded_and_replayed(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    said = await record(cassette)
    (one,) = read_cassette(cassette).interactions
    assert (one.status, one.uri.partition(":")[0]) == (101, "ws")
    assert KEY not in cassette.read_text()
    kinds = [parse_message(message.data)["eventType"] for message in one.messages[:2]]
    assert kinds == ["interaction.create", "interaction.created"]
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail") as replay:
        assert await talk(replay.url) == said


async def test_other_pieces_of_the_same_audio_are_the_same_session(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    said = await record(cassette)
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail") as replay:
        assert await talk(replay.url, step=5_000, silence=1.5) == said


async def test_other_words_miss_with_the_difference(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    await record(cassette)
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail") as replay:
        async with connecting(replay.url) as client:
            await client.create(VOICE_MODEL, tools=[ADD])
            await client.say("Something else.")
            closed = await client.receive_close()
    assert closed.code == 1008
    assert "message 2" in closed.reason


async def test_an_interaction_over_http_and_its_sockets_replay_together(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"

    async def use(url: str) -> list[Json]:
        body = {"model": VOICE_MODEL, "input": "Say hi."}
        made = await send_json(url, "POST", "/v1beta/interactions", body)
        said = []
        for _ in range(2):
            async with connecting(url) as client:
                await client.connect(made["id"])
                if not said:
                    await client.receive_turn()
                await client.send("interaction.disconnect")
                await client.receive_close()
                said += client.events
        return said

    async with mockgem.aserve(seed=3) as upstream:
        async with mockgem.aserve(
            cassette=str(cassette), record_mode="once", upstream=upstream.url
        ) as recorder:
            said = await use(recorder.url)
            await wait_for_sessions(cassette, 3)
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail") as replay:
        assert await use(replay.url) == said


def run_drift(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(drift, list(arguments))
    return done.exit_code, done.output


async def test_drift_compares_sessions(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    await record(cassette, seed=99)
    code, output = await asyncio.to_thread(run_drift, str(cassette))
    assert (code, "1 same" in output) == (0, True), output
    text = cassette.read_text()
    cassette.write_text(text.replace("interaction.created", "interaction.connected"))
    code, output = await asyncio.to_thread(run_drift, str(cassette))
    assert "recorded interaction.connected, now interaction.created" in output
    cassette.write_text(text.replace('"channels"', '"tracks"'))
    code, output = await asyncio.to_thread(run_drift, str(cassette))
    assert "delta.tracks" in output


@pytest.mark.parametrize("is_batch", [False, True])
async def test_a_session_that_connects_again_is_not_comparable(
    tmp_path: Path, is_batch: bool
) -> None:
    cassette = tmp_path / "live.yaml"
    async with mockgem.aserve() as upstream:
        async with connecting(upstream.url) as client:
            name = await client.create()
        async with mockgem.aserve(
            cassette=str(cassette), record_mode="once", upstream=upstream.url
        ) as recorder:
            async with connecting(recorder.url) as client:
                if is_batch:
                    event = f'{{"event_type": "interaction.connect", "id": "{name}"}}'
                    await client.send_raw(f'{{"events": [{event}]}}')
                    await client.receive()
                else:
                    await client.connect(name)
            await wait_for_sessions(cassette, 1)
    _, output = await asyncio.to_thread(run_drift, str(cassette))
    assert "it resumes a session of the recorded server" in output
