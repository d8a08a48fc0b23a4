"""Verdicts on whether clients of Live sessions stop sending audio, with good and bad clients."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import mockgem
from mockgem.scenarios.audio_stops import GRACE
from tests.live_client import CASCADED, LiveClient, connecting, make_silence, make_tone

Json = dict[str, Any]
MANUAL = {"realtimeInputConfig": {"automaticActivityDetection": {"disabled": True}}}
LEFT = 0.1
"""The seconds of a goAway."""
WARNING = {"faults": [{"fault": "go_away", "for": LEFT}], "when": {"endpoint": "generate"}}
TONE = make_tone(0.2)
Client = Callable[[LiveClient], Awaitable[None]]


async def start(client: LiveClient) -> None:
    await client.send({"realtimeInput": {"activityStart": {}}})


async def end(client: LiveClient) -> None:
    await client.send({"realtimeInput": {"activityEnd": {}}})


async def speak(client: LiveClient) -> None:
    await start(client)
    await client.send_audio(TONE)
    await end(client)


async def stop_at_a_warning(client: LiveClient) -> None:
    await speak(client)
    await client.receive_until("goAway")
    await client.send({"realtimeInput": {"activityStart": {}}})
    await client.send_audio(TONE)


async def stop_and_listen(client: LiveClient) -> None:
    await speak(client)
    await client.receive_turn()
    await asyncio.sleep(LEFT + GRACE + 0.1)


async def speak_twice(client: LiveClient) -> None:
    for _ in range(2):
        await speak(client)
        await client.receive_turn()


async def speak_in_one_message(client: LiveClient) -> None:
    await speak(client)
    chunk = {"data": "AAAA", "mime_type": "audio/pcm"}
    content = {"activity_start": {}, "media_chunks": [chunk], "activity_end": {}}
    await client.send({"realtime_input": content})


async def show_a_picture_after_the_end(client: LiveClient) -> None:
    await speak(client)
    picture = {"data": "iVBORw0KGgo=", "mimeType": "image/png"}
    await client.send({"realtimeInput": {"video": picture}})
    await client.send({"realtimeInput": {"mediaChunks": [picture]}})


GOOD: dict[str, tuple[Client, bool, str]] = {
    "uses the time of a goAway": (stop_at_a_warning, True, "2 of 2"),
    "is silent after a goAway": (stop_and_listen, True, "2 of 2"),
    "starts again before it speaks": (speak_twice, False, "2 of 2"),
    "speaks in one message": (speak_in_one_message, False, "2 of 2"),
    "shows a picture": (show_a_picture_after_the_end, False, "1 of 1"),
}


async def speak_after_the_time(client: LiveClient) -> None:
    await speak(client)
    await client.receive_turn()
    await start(client)
    await client.send_audio(TONE)
    await asyncio.sleep(LEFT + GRACE + 0.2)
    await client.send_audio(TONE)


async def leave_the_microphone_on(client: LiveClient) -> None:
    await speak(client)
    await client.send_audio(make_silence(0.5))


async def use_the_old_field(client: LiveClient) -> None:
    await speak(client)
    chunk = {"data": "AAAA", "mimeType": "audio/pcm"}
    await client.send({"realtimeInput": {"mediaChunks": [chunk]}})


BAD: dict[str, tuple[Client, bool, str]] = {
    "speaks after the time": (speak_after_the_time, True, "1 of 2"),
    "leaves the microphone on": (leave_the_microphone_on, False, "0 of 1"),
    "uses the old field": (use_the_old_field, False, "0 of 1"),
}


async def judge(client: Client, *, is_warned: bool, setup: Json = MANUAL) -> Json:
    """Return the check of a verdict on one session."""
    rules = [WARNING] if is_warned else [{"say": "Good."}]
    async with mockgem.aserve() as server:
        server.scenario({"rules": rules, "expect": {"audio_stopped": True}})
        config = {"model": CASCADED, "generationConfig": {"responseModalities": ["TEXT"]}}
        async with connecting(server.url, config | setup) as socket:
            await client(socket)
        for _ in range(3_000):
            verdict = server.verdict()
            if not verdict["open"]:
                (check,) = verdict["checks"]
                assert verdict["pass"] is check["ok"]
                return dict(check)
            await asyncio.sleep(0.02)
    raise AssertionError("the session is still open")


@pytest.mark.parametrize("name", GOOD)
async def test_a_client_that_stops_passes(name: str) -> None:
    client, is_warned, found = GOOD[name]
    check = await judge(client, is_warned=is_warned)
    assert (check["ok"], check["found"]) == (True, found)


@pytest.mark.parametrize("name", BAD)
async def test_a_client_that_goes_on_fails_with_advice(name: str) -> None:
    client, is_warned, found = BAD[name]
    check = await judge(client, is_warned=is_warned)
    assert (check["ok"], check["found"]) == (False, found)
    assert "went on sending audio" in check["advice"]


async def stay_silent(client: LiveClient) -> None:
    await client.say("Hello")
    await client.receive_turn()


async def speak_without_an_end(client: LiveClient) -> None:
    await client.send_audio(TONE)
    await client.send({"realtimeInput": {"audioStreamEnd": True}})
    await client.send_audio(TONE)


@pytest.mark.parametrize("client", [stay_silent, speak_without_an_end])
async def test_a_verdict_needs_a_client_that_has_to_stop(client: Client) -> None:
    """Audio after audioStreamEnd is allowed: the microphone is on again."""
    check = await judge(client, is_warned=client is stay_silent, setup={})
    assert (check["ok"], check["found"]) == (False, "0 of 0")
    assert "Nothing asked" in check["advice"]


async def speak_for_very_long(client: LiveClient) -> None:
    await speak(client)
    await start(client)
    for _ in range(60):
        await client.send_audio(make_silence(1), step=320)


async def test_a_session_that_the_journal_does_not_hold_proves_nothing() -> None:
    check = await judge(speak_for_very_long, is_warned=False)
    assert (check["ok"], check["found"]) == (False, "1 of 1")
    assert "left messages" in check["advice"]
