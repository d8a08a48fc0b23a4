"""Sessions on sockets: mistakes in mockgem, clients that send too much, large messages, the end."""

from __future__ import annotations

import asyncio
import logging
import threading
from base64 import b64encode
from typing import Any

import aiohttp
import pytest

import mockgem
from mockgem.app.sockets import MAX_AHEAD
from mockgem.dialects.gemini.live.session import LiveSession
from mockgem.operations.live.conversation import Conversation
from tests.live_client import CASCADED, LiveClient, connecting, join_texts, make_setup

Json = dict[str, Any]
KEY = "AIzaSyA-0123456789abcdefghijklmnopqrstu"


async def get_entry(server: Any, number: int = -1) -> Json:
    """Return the journal's entry of a socket that has ended."""
    for _ in range(3_000):
        entry: Json = server.journal()[number]
        if entry["outcome"] != "open":
            return entry
        await asyncio.sleep(0.02)
    raise AssertionError("the entry is still open")


def fail(*args: Any) -> Any:
    raise RuntimeError(f"a mistake with {KEY}")


MISTAKES = {
    "in a message": (LiveSession, "receive"),
    "while decoding": (LiveSession, "decode"),
    "in a step": (Conversation, "next_step"),
    "in an answer": (Conversation, "take_draft"),
    "at the clock": (Conversation, "tick"),
}


@pytest.mark.parametrize("place", MISTAKES)
async def test_a_mistake_in_mockgem_closes_the_socket_and_is_logged(
    place: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(*MISTAKES[place], fail)
    async with mockgem.aserve() as server:
        with caplog.at_level(logging.ERROR, "mockgem"):
            async with connecting(server.url) as client:
                await client.send({"setup": make_setup(CASCADED)})
                await client.say("Hello")
                closed = await client.receive_close()
        entry = await get_entry(server)
    assert (closed.code, closed.reason) == (1011, "Internal error encountered.")
    assert entry["messages"][-1]["close"]["code"] == 1011
    (line,) = [text for text in caplog.messages if "an error in mockgem" in text]
    assert "RuntimeError: a mistake" in line
    assert KEY not in line


async def flood(client: LiveClient, text: str, count: int) -> int:
    """Send messages until the server takes no more; return how many it took."""
    for number in range(count):
        try:
            async with asyncio.timeout(2):
                await client.say(text)
        except TimeoutError:
            return number
    return count


async def test_a_turn_that_hangs_takes_a_limited_number_of_messages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[Any] = []
    receive = LiveSession.receive

    def count(session: LiveSession, content: Any) -> None:
        taken.append(content)
        receive(session, content)

    monkeypatch.setattr(LiveSession, "receive", count)
    rule = {"when": {"endpoint": "generate"}, "latency": {"first": "1h"}}
    text = "x" * 50_000
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule]})
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            sent = await flood(client, text, 2_000)
            assert sent < 2_000
            assert MAX_AHEAD < len(taken) * len(text) < 2 * MAX_AHEAD


async def test_a_client_that_was_held_back_gets_all_answers() -> None:
    """The session goes on reading after each of its steps."""
    silence = {"mimeType": "audio/pcm;rate=16000", "data": b64encode(bytes(300_000)).decode()}
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            for _ in range(3 * MAX_AHEAD // 300_000):
                await client.send({"realtimeInput": {"audio": silence}})
            await client.say("Hello")
            assert join_texts(await client.receive_turn(), "text")


async def test_large_messages_are_decoded_beside_the_event_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads: list[bool] = []
    decode = LiveSession.decode
    loop_thread = threading.get_ident()

    def note(session: LiveSession, message: Any) -> Any:
        threads.append(threading.get_ident() == loop_thread)
        return decode(session, message)

    monkeypatch.setattr(LiveSession, "decode", note)
    async with mockgem.aserve() as server:
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.say("One. " * 20_000, complete=False)
            await client.say("What did I say?", complete=False)
            await client.say("two " * 20_000)
            first = await client.receive_turn()
        sent = (await get_entry(server))["messages"]
    assert threads == [True, False, True, False]
    for line, word in zip(sent[2:5], ("One.", "What", "two"), strict=True):
        assert word in line["text"]
    assert join_texts(first, "text")


async def test_the_end_is_noted_once_and_for_the_side_that_ended_it() -> None:
    async with mockgem.aserve() as server:
        async with connecting(server.url) as client:
            await client.send({"setup": {"model": "none"}})
            await client.receive_close()
        entry = await get_entry(server)
        closes = [(one["from"], one["close"]["code"]) for one in entry["messages"][1:]]
        assert closes == [("server", 1008)]
        async with connecting(server.url, make_setup(CASCADED)) as client:
            await client.socket.close(code=1000)
        entry = await get_entry(server)
        closes = [(one["from"], one["close"]["code"]) for one in entry["messages"][2:]]
        assert closes == [("client", 1000)]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("close", "cut"), ("reset", "cut"), ({"fault": "hang", "for": 0.05}, "cut")],
)
async def test_a_fault_of_the_handshake_ends_the_entry(fault: Any, outcome: str) -> None:
    rule = {"when": {"endpoint": "live"}, "faults": [fault]}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule]})
        with pytest.raises((aiohttp.ClientError, OSError)):
            async with connecting(server.url):
                pass
        entry = await get_entry(server)
    assert (entry["outcome"], entry["status"]) == (outcome, 101)


async def test_a_refusal_of_connections_applies_to_sockets() -> None:
    rule = {"when": {"endpoint": "live"}, "faults": [{"fault": "refuse", "for": 30}]}
    async with mockgem.aserve() as server:
        server.scenario({"rules": [rule]})
        with pytest.raises(OSError):
            async with connecting(server.url):
                pass
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
