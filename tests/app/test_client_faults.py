"""Faults of what a client sends on a socket, with a real client."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

import mockgem
from mockgem.recording.cassette_reader import read_cassette
from tests.app.test_sockets import get_entry
from tests.live_client import CASCADED, PATH, LiveClient, connecting, join_texts, make_setup

Json = dict[str, Any]


@asynccontextmanager
async def disturbing(*faults: Json | str, **options: Any) -> AsyncIterator[Any]:
    """Run a server with faults for the sockets of all clients."""
    async with mockgem.aserve(**options) as server:
        server.scenario({"rules": [{"when": {"endpoint": "live"}, "faults": [*faults]}]})
        yield server


def get_sent(entry: Json) -> list[tuple[str, list[str]]]:
    """Return what a client said in its turns, and the faults that the journal names."""
    rows = [(json.loads(one["text"]), one.get("faults", [])) for one in entry["messages"]
            if one["from"] == "client" and "text" in one]  # fmt: skip
    return [
        (message["clientContent"]["turns"][0]["parts"][0]["text"], faults)
        for message, faults in rows
        if "clientContent" in message
    ]


async def converse(*texts: str) -> list[Json]:
    """Return the turn that answers texts of a client without faults."""
    async with mockgem.aserve() as server, connecting(server.url, make_setup(CASCADED)) as client:
        for text in texts[:-1]:
            await client.say(text, complete=False)
        await client.say(texts[-1])
        return await client.receive_turn()


async def answer_undisturbed(*texts: str) -> str:
    return join_texts(await converse(*texts), "text")


async def count_tokens(*texts: str) -> int:
    return int((await converse(*texts))[-1]["usageMetadata"]["promptTokenCount"])


async def test_a_lost_message_is_in_the_journal_and_not_in_the_session() -> None:
    async with disturbing("client_drop") as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("My name is Alice.", complete=False)
            await client.say("What is my name?")
            answer = join_texts(await client.receive_turn(), "text")
        entry = await get_entry(server)
    assert answer == await answer_undisturbed("What is my name?")
    assert answer != await answer_undisturbed("My name is Alice.", "What is my name?")
    assert get_sent(entry) == [("My name is Alice.", ["client_drop"]), ("What is my name?", [])]
    assert entry["faults"] == ["client_drop"]


async def test_a_message_that_arrives_twice_is_in_the_conversation_twice() -> None:
    async with disturbing({"fault": "client_duplicate", "at": 2}) as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello", complete=False)
            await client.say("Are you there?")
            tokens = (await client.receive_turn())[-1]["usageMetadata"]["promptTokenCount"]
        sent = get_sent(await get_entry(server))
    assert sent == [("Hello", ["client_duplicate"]), ("Are you there?", [])]
    assert tokens == await count_tokens("Hello", "Hello", "Are you there?")
    assert tokens > await count_tokens("Hello", "Are you there?")


async def test_messages_arrive_in_another_order() -> None:
    async with disturbing("client_reorder") as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("What is my name?")
            await client.say("My name is Alice.", complete=False)
            answer = join_texts(await client.receive_turn(), "text")
    assert answer == await answer_undisturbed("My name is Alice.", "What is my name?")


async def test_a_late_message_holds_up_those_behind_it() -> None:
    async with disturbing({"fault": "client_stall", "for": "200ms"}) as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            began = asyncio.get_running_loop().time()
            await client.say("My name is Alice.", complete=False)
            await client.say("What is my name?")
            answer = join_texts(await client.receive_turn(), "text")
            assert asyncio.get_running_loop().time() - began >= 0.19
    assert answer == await answer_undisturbed("My name is Alice.", "What is my name?")


async def test_a_time_scale_makes_a_late_message_less_late() -> None:
    rule = {"when": {"endpoint": "live"}, "faults": [{"fault": "client_stall", "for": "1h"}]}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule], "time_scale": 0.00001})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            assert await client.receive_turn()


@pytest.mark.parametrize("name", ["client_truncate", "client_garble"])
@pytest.mark.parametrize("size", [10, 400_000], ids=["small", "large"])
async def test_a_broken_message_ends_the_session_as_bad_json_does(name: str, size: int) -> None:
    async with disturbing(name) as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("x" * size)
            closed = await client.receive_close()
        entry = await get_entry(server)
    assert closed.code == 1007
    sent = [one for one in entry["messages"] if one["from"] == "client"][1]
    assert sent["text"].startswith('{"clientContent"')
    assert sent["faults"] == [name]


async def test_the_connection_ends_at_a_message_of_the_client() -> None:
    async with disturbing({"fault": "client_cut", "at": 3}) as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            assert await client.receive_turn()
            await client.say("Are you there?")
            closed = await client.receive_close()
        entry = await get_entry(server)
    assert closed.code == 1006
    assert entry["outcome"] == "cut"
    assert get_sent(entry) == [("Hello", []), ("Are you there?", ["client_cut"])]


async def test_the_setup_is_a_message_too() -> None:
    async with disturbing({"fault": "client_drop", "at": 1}) as server:
        async with connecting(server.url) as client:
            await client.send({"setup": make_setup(CASCADED)})
            await client.send({"setup": make_setup(CASCADED)})
            assert await client.receive() == {"setupComplete": {}}


async def test_only_the_sockets_of_the_rule_are_disturbed() -> None:
    rule = {"when": {"endpoint": "live", "calls": 1}, "faults": ["client_cut"]}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule], "expect": {"resumed": True}})
        setup = make_setup(CASCADED)
        async with connecting(server.url, setup) as client:
            await client.say("Hello")
            assert (await client.receive_close()).code == 1006
        async with connecting(server.url, setup) as client:
            await client.say("Hello")
            assert await client.receive_turn()


async def test_a_rule_for_turns_disturbs_no_message_of_the_client() -> None:
    async with mockgem.aserve() as server:
        server.scenario({"rules": [{"when": {"endpoint": "generate"}, "faults": ["client_cut"]}]})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            for _ in range(2):
                await client.say("Hello")
                assert await client.receive_turn()
        entry = await get_entry(server)
    assert [turn.get("faults") for turn in entry["turns"]] == [None, None]


async def test_music_is_disturbed_too() -> None:
    rule = {"when": {"endpoint": "music"}, "faults": [{"fault": "client_drop", "at": 2}]}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule]})
        async with connecting(server.url, path=PATH.replace("Content", "Music")) as client:
            await client.send({"setup": {"model": "models/lyria-realtime-exp"}})
            assert await client.receive() == {"setupComplete": {}}
            await client.send({"playbackControl": "PLAY"})
            await client.send({"clientContent": {"weightedPrompts": [{"text": "x", "weight": 1}]}})
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.socket.receive(), 0.3)


async def talk_through_a_recorder(cassette: Path, fault: Json | str) -> LiveClient:
    async with mockgem.aserve() as upstream:
        options = {"cassette": str(cassette), "record_mode": "once", "upstream": upstream.url}
        async with disturbing(fault, **options) as server:
            async with connecting(server.url, make_setup(CASCADED)) as client:
                await client.say("My name is Alice.", complete=False)
                await client.say("What is my name?")
                try:
                    await client.receive_turn()
                except Exception as error:
                    client.messages.append({"error": str(error)})
            return client


async def test_a_recorder_passes_on_what_arrives(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    client = await talk_through_a_recorder(cassette, "client_drop")
    assert join_texts(client.messages, "text") == await answer_undisturbed("What is my name?")
    (one,) = read_cassette(cassette).interactions
    sent = [message.data for message in one.messages if message.side == "client"]
    assert not any(b"Alice" in data for data in sent)


async def test_a_replay_gets_a_broken_message(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    await talk_through_a_recorder(cassette, {"fault": "client_stall", "for": "1ms"})
    async with disturbing("client_garble", cassette=str(cassette), record_mode="none") as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("My name is Alice.", complete=False)
            closed = await client.receive_close()
    assert closed.code in (1007, 1008)
