"""Scenarios, faults, quotas, the journal and verdicts of live interactions."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import mockgem
from tests.dialects.interactions.talking import ADD
from tests.interaction_client import (
    PATH,
    TEXT_MODEL,
    VOICE_MODEL,
    InteractionClient,
    connecting,
    count_audio,
    join_text,
    kinds,
    list_steps,
    read_interaction,
)
from tests.live_client import WAIT, make_silence, make_tone

Json = dict[str, Any]
STORY = "One two three four five six seven eight nine ten eleven."


async def get_entry(server: Any, path: str = PATH) -> Json:
    """Return the journal's entry of a socket that has ended."""
    for _ in range(3_000):
        entries = [one for one in server.journal() if one["path"].startswith(path)]
        if entries and entries[-1]["outcome"] != "open":
            entry: Json = entries[-1]
            return entry
        await asyncio.sleep(0.02)
    raise AssertionError("the entry is still open")


async def test_a_rule_says_what_the_model_says() -> None:
    rules: list[Json] = [
        {"when": {"endpoint": "interactionTurn", "text": "*weather*"}, "say": "It rains."},
        {"when": {"endpoint": "generate", "model": TEXT_MODEL}, "say": "Something else."},
    ]
    async with mockgem.aserve() as server:
        server.scenario({"rules": rules})
        async with connecting(server.url) as client:
            await client.create()
            await client.say("How is the weather?")
            assert join_text(await client.receive_turn()) == "It rains."
            await client.say("And you?")
            assert join_text(await client.receive_turn()) == "Something else."


async def test_a_rule_gives_audio_with_its_words(tmp_path: Path) -> None:
    import wave

    pcm = make_tone(0.5, 24_000)
    with wave.open(str(tmp_path / "hello.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(pcm)
    rule = {"say": {"audio": "hello.wav", "text": "Hello there."}}
    rules = [{"when": {"endpoint": "generate"}, **rule}]
    scenario = {"mockgem": 1, "title": "A voice", "rules": rules}
    (tmp_path / "scenario.yaml").write_text(json.dumps(scenario))
    async with mockgem.aserve(scenario=str(tmp_path / "scenario.yaml")) as server:
        async with connecting(server.url) as client:
            name = await client.create(VOICE_MODEL)
            await client.say("Hi")
            turn = await client.receive_turn()
        whole = await read_interaction(server.url, name)
    assert count_audio(turn) == 3
    (content,) = whole["steps"][-1]["content"]
    assert content["type"] == "audio"
    deltas = [one["delta"]["data"] for one in turn if "data" in one.get("delta", {})]
    assert "".join([one.rstrip("=") for one in deltas]) == content["data"].rstrip("=")


async def test_a_failed_turn_is_an_error_and_can_be_tried_again() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "generate", "calls": 1}, "fail": 503}]})
        async with connecting(server.url) as client:
            await client.create()
            await client.say("Hello")
            error = await client.receive()
            assert (error["event_type"], error["error"]["code"]) == ("error", "service_unavailable")
            await client.say("Hello again")
            assert join_text(await client.receive_turn())


async def test_a_handshake_fails_with_its_status() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "connectInteraction"}, "fail": 429}]})
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connecting(server.url):
                pass
    assert refused.value.status == 429


async def test_a_quota_counts_the_turns() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"quota": {"rpm": 2}}]})
        async with connecting(server.url) as client:
            await client.create()
            for _ in range(2):
                await client.say("Hello")
                assert join_text(await client.receive_turn())
            await client.say("Hello")
            error = (await client.receive())["error"]
            assert error["code"] == "rate_limit_exceeded"
            server.clock.advance("2m")
            await client.say("Hello")
            assert join_text(await client.receive_turn())


FAULTS: dict[str, tuple[Json | str, int]] = {
    "a close with code and reason": ({"fault": "close_socket", "code": 1007, "text": "No."}, 1007),
    "a close at a message": ({"fault": "close_socket", "at": 3}, 1011),
    "a dropped connection": ({"fault": "close", "at": 2}, 1006),
    "a reset": ("reset", 1006),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_faults_end_a_turn(name: str) -> None:
    fault, code = FAULTS[name]
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "generate"}, "faults": [fault]}]})
        async with connecting(server.url) as client:
            await client.create()
            await client.say(STORY)
            assert (await client.receive_close()).code == code


async def play(fault: Json | str) -> list[Any]:
    """Return the events of a turn with a fault; a message that is not JSON is a text."""
    found: list[Any] = []
    async with mockgem.aserve() as server:
        server.say(STORY, faults=[fault])
        async with connecting(server.url) as client:
            await client.create()
            await client.say("Hello")
            while not (found and "usage" in found[-1]):
                frame = await asyncio.wait_for(client.socket.receive(), WAIT)
                assert frame.type is aiohttp.WSMsgType.TEXT
                try:
                    found.append(json.loads(frame.data))
                except ValueError:
                    found.append({"text": frame.data})
    return found


async def test_faults_add_messages_in_the_words_of_interactions() -> None:
    assert (await play("go_away"))[0] == {"event_type": "reconnection_required"}
    noisy = await play({"fault": "empty_messages", "times": 2})
    assert noisy[:2] == [{"events": []}, {"events": []}]
    assert "not JSON" in (await play("garbage_message"))[0]["text"]
    twice = await play({"fault": "duplicate", "at": 1})
    assert twice[0] == twice[1]


async def test_what_a_client_sends_can_be_lost() -> None:
    fault = {"fault": "client_drop", "at": 2}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "live"}, "faults": [fault]}]})
        async with connecting(server.url) as client:
            await client.create()
            await client.say("One")
            await client.say("Two")
            await client.receive_turn()
            await client.send("interaction.disconnect")
            await client.receive_close()
        entry = await get_entry(server)
    assert entry["messages"][2]["faults"] == ["client_drop"]


async def test_the_journal_has_both_sides() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            await client.create(VOICE_MODEL)
            await client.send_audio(make_tone(0.3) + make_silence(1))
            await client.receive_turn()
            await client.send("interaction.complete")
            await client.receive_close()
        entry = await get_entry(server)
    assert (entry["status"], entry["outcome"], entry["model"]) == (101, "whole", VOICE_MODEL)
    texts = [one["text"] for one in entry["messages"] if "text" in one]
    assert "interaction.create" in texts[0]
    assert all(len(text) < 2_000 for text in texts)
    assert entry["messages"][-1]["close"]["code"] == 1000


@pytest.mark.parametrize("is_good", [True, False])
async def test_a_verdict_judges_tools_and_connections(is_good: bool) -> None:
    call = {"tool_calls": [{"name": "add", "args": {"x": 1, "y": 2}}]}
    rules = [
        {"when": {"endpoint": "generate", "calls": 1}, "say": call},
        {"when": {"endpoint": "generate", "calls": 2}, "faults": ["close_socket"]},
    ]
    async with mockgem.aserve() as server:
        server.scenario({"rules": rules, "expect": {"tools_answered": True, "resumed": True}})
        async with connecting(server.url) as client:
            name = await client.create(tools=[ADD])
            await client.say("Add one and two.")
            step = (await client.receive_until("step.start"))[-1]["step"]
            while step["type"] != "function_call":
                step = (await client.receive_until("step.start"))[-1]["step"]
            if is_good:
                await client.receive_turn()
                result = {"type": "function_result", "call_id": step["id"], "result": "3"}
                await client.say(result)
                await client.receive_close()
            else:
                await client.say("Never mind.")
                await client.receive_close()
        if is_good:
            async with connecting(server.url) as client:
                await client.connect(name)
                await client.send("interaction.complete")
                await client.receive_close()
        await get_entry(server)
        verdict = server.verdict()
    assert verdict["pass"] is is_good
    found = [check["found"] for check in verdict["checks"]]
    assert found == (["1 of 1", "1 of 1"] if is_good else ["0 of 1", "0 of 1"])


async def test_a_completed_interaction_needs_no_other_connection() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [], "expect": {"resumed": True}})
        async with connecting(server.url) as client:
            await client.create()
            await client.send("interaction.complete")
            await client.receive_close()
        await get_entry(server)
        (check,) = server.verdict()["checks"]
    assert check["found"] == "0 of 0"


async def test_an_interaction_goes_on_after_a_restart(tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    async with mockgem.aserve(state=state) as server, connecting(server.url) as client:
        name = await client.create()
        await client.say("My name is Alice.")
        await client.receive_turn()
    async with mockgem.aserve(state=state) as server, connecting(server.url) as client:
        await client.connect(name)
        await client.say("What is my name?")
        assert "Alice" in join_text(await client.receive_turn())


async def test_a_session_needs_no_socket_of_the_system() -> None:
    async with mockgem.aserve(listen=False) as server:
        async with aiohttp.ClientSession(connector=server.connector()) as http:
            url = "ws://generativelanguage.googleapis.com" + PATH + "?key=k"
            async with http.ws_connect(url, max_msg_size=0) as socket:
                client = InteractionClient(socket)
                await client.create()
                await client.say("Hello")
                assert list_steps(await client.receive_turn())


async def test_real_time_holds_the_end_of_a_turn() -> None:
    async with mockgem.aserve(live_pace="real") as server, connecting(server.url) as client:
        server.say("Yes.")
        await client.create(VOICE_MODEL)
        began = asyncio.get_running_loop().time()
        await client.say("Say yes.")
        turn = await client.receive_turn()
        took = asyncio.get_running_loop().time() - began
    assert took >= (count_audio(turn) - 1) * 0.2
    assert kinds(turn)[-1] == "step.stop"
