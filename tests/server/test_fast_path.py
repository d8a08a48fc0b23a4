"""Which requests take the fast path, and what it hands over to aiohttp."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.server.fast_path import FastServer
from mockgem.server.http import Server
from tests.server.test_connections import connect, serving
from tests.server.test_tls import trust

CHAT = "/v1beta/openai/chat/completions"
WAIT = 20.0


def build_chat(text: str, path: str = CHAT, *more: str, **fields: Any) -> bytes:
    body = json.dumps(
        {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}], **fields}
    )
    return build_request("POST", path, body.encode(), "Authorization: Bearer k", *more)


def build_request(method: str, path: str, body: bytes = b"", *more: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def read_response(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
    status = int(head.split()[1])
    if b"transfer-encoding: chunked" not in head.lower():
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        return status, await reader.readexactly(length)
    body = b""
    while size := int(await asyncio.wait_for(reader.readline(), WAIT), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readexactly(2)
    return status, body


async def exchange(port: int, *requests: bytes, **options: Any) -> list[tuple[int, bytes]]:
    """Send requests at once on one connection, and return the responses."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, **options)
    writer.write(b"".join(requests))
    responses = [await read_response(reader) for _ in requests]
    writer.close()
    return responses


def split_texts(events: bytes) -> list[bytes]:
    """Return the texts of the events of a stream."""
    found = [json.loads(line[6:]) for line in events.splitlines() if line.startswith(b"data: {")]
    return [one["choices"][0]["delta"]["content"].encode() for one in found]


async def add_rule(port: int, rule: dict[str, Any], world: str = "") -> None:
    body = json.dumps({"rule": rule}).encode()
    [(status, answer)] = await exchange(
        port, build_request("POST", f"{world}/_mockgem/rules", body)
    )
    assert status < 300, answer


async def count_paths(
    server: Server, port: int, *requests: bytes, **options: Any
) -> tuple[int, int]:
    """Return how many requests took the fast and the slow path. All of them succeed."""
    before = server.path_counts.fast, server.path_counts.slow
    assert {status for status, _ in await exchange(port, *requests, **options)} == {200}
    return server.path_counts.fast - before[0], server.path_counts.slow - before[1]


async def test_plain_chats_and_streams_are_fast() -> None:
    async with serving() as (server, port):
        requests = [build_chat("a"), build_chat("b", stream=True), build_chat("c")]
        assert await count_paths(server, port, *requests) == (3, 0)


async def test_a_world_a_scenario_and_an_added_rule_are_fast() -> None:
    async with serving() as (server, port):
        await add_rule(port, {"say": "yes", "when": {"times": 1}})
        await add_rule(port, {"say": "in a world"}, "/w/one")
        one = build_chat("a", f"/w/one{CHAT}")
        chosen = build_chat("b", CHAT, "x-mockgem-scenario: none")
        assert await count_paths(server, port, build_chat("a"), one, chosen) == (3, 0)


async def test_a_request_over_tls_is_fast() -> None:
    async with serving() as (server, port):
        secure = {"ssl": trust(server), "server_hostname": "localhost"}
        assert await count_paths(server, port, build_chat("a"), **secure) == (1, 0)


async def test_long_bodies_and_waiting_endpoints_are_slow() -> None:
    async with serving() as (server, port):
        long = build_chat("a" * 100_000)
        waiting = build_request("GET", "/_mockgem/journal?wait=0.01")
        assert await count_paths(server, port, long) == (0, 1)
        assert await count_paths(server, port, waiting) == (0, 1)


@pytest.mark.parametrize("second", [build_chat("b"), build_chat("c" * 100_000)])
async def test_a_slow_stream_is_delivered_before_the_next_answer(second: bytes) -> None:
    async with serving() as (server, port):
        rule = {
            "say": {"chunks": ["It is ", "sunny."]},
            "latency": {"between": "50ms"},
            "when": {"times": 1},
        }
        await add_rule(port, rule)
        fast = server.path_counts.fast
        first, other = await exchange(port, build_chat("a", stream=True), second)
        assert first[1].count(b"data: ") == 3
        assert b"".join(split_texts(first[1])) == b"It is sunny."
        assert json.loads(other[1])["object"] == "chat.completion"
        assert server.path_counts.fast > fast


async def test_a_fault_cuts_the_answer_and_the_journal_has_it() -> None:
    async with serving() as (_, port):
        await add_rule(
            port, {"say": {"chunks": ["It ", "is"]}, "faults": [{"fault": "cut", "at": 2}]}
        )
        reader, writer = await connect(port)
        writer.write(build_chat("a", stream=True))
        received = await asyncio.wait_for(reader.read(), WAIT)
        writer.close()
        assert received.count(b"data: ") == 1
        [(_, body)] = await exchange(port, build_request("GET", "/_mockgem/journal"))
        assert [entry["outcome"] for entry in json.loads(body)["entries"]] == ["cut"]


class LostTransport(asyncio.Transport):
    """A connection whose client has gone."""

    def write(self, data: Any) -> None: ...

    def close(self) -> None: ...

    def abort(self) -> None: ...

    def is_closing(self) -> bool:
        return False


async def test_a_client_that_leaves_before_a_stream_begins_ends_its_call() -> None:
    """Otherwise the call would be open for ever, for limits of open calls and in the journal."""
    async with serving() as (server, port):
        await add_rule(port, {"say": {"chunks": ["a", "b"]}, "latency": {"between": "60s"}})
        listener = server.protocol_factory
        assert isinstance(listener, FastServer)
        connection = listener()
        connection.connection_made(LostTransport())
        await asyncio.sleep(0)
        connection.data_received(build_chat("a", stream=True))
        listener.answer_pending()
        assert connection.prepared is not None
        connection.connection_lost(None)
        await asyncio.gather(*listener.ending)
        [(_, body)] = await exchange(port, build_request("GET", "/_mockgem/journal"))
        assert [entry["outcome"] for entry in json.loads(body)["entries"]] == ["left"]
        [(_, body)] = await exchange(port, build_request("GET", "/_mockgem/scenario"))
        assert json.loads(body)["plays"]["added"]["running"] == 0


async def test_a_scenario_with_a_state_folder_is_fast_and_counts_each_call_once(
    tmp_path: Path,
) -> None:
    async with serving(state=str(tmp_path)) as (server, port):
        await add_rule(port, {"say": "the third", "when": {"calls": 3}})
        sent = [[build_chat(f"{at}-{number}") for number in range(3)] for at in range(8)]
        found = await asyncio.gather(*[exchange(port, *requests) for requests in sent])
        answers = [body for responses in found for _, body in responses]
        assert sum(b"the third" in body for body in answers) == 1
        assert server.path_counts.slow == 0


async def test_a_server_with_a_pause_between_chunks_uses_both() -> None:
    async with serving(chunk_delay=0.001) as (server, port):
        requests = [build_chat("a", stream=True), build_chat("b")]
        assert await count_paths(server, port, *requests) == (1, 1)


async def test_the_counters_say_how_many_requests_took_each_path() -> None:
    async with serving() as (_, port):
        await exchange(port, build_chat("a"), build_chat("b" * 100_000))
        [(_, body)] = await exchange(port, build_request("GET", "/_mockgem/counters"))
        assert json.loads(body)["paths"] == {"fast": 2, "slow": 1}
