"""Clients in the server's own process: httpx, httpx2 and aiohttp, without a socket."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from types import ModuleType
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest
from openai import APIConnectionError, APITimeoutError, AsyncOpenAI, OpenAI

import mockgem
from mockgem.faults.registry import Stage, all_faults, get_fault
from mockgem.testing.embedded_server import LocalServer
from mockgem.testing.world import Mockgem

GOOGLE = "https://generativelanguage.googleapis.com"
HELLO: dict[str, Any] = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "Explain how AI works"}],
}
REFUSAL_SCALE = 0.03
"""Makes a minute of refused connections so long that a busy client finds the port closed."""
BOTH = pytest.mark.parametrize("package", [httpx, httpx2], ids=["httpx", "httpx2"])


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalServer(listen=False, time_scale=0.01) as server:
        yield server


@pytest.fixture(scope="module")
def listening() -> Iterator[LocalServer]:
    with LocalServer(time_scale=0.01) as server:
        yield server


@pytest.fixture
def world(server: LocalServer, request: pytest.FixtureRequest) -> Mockgem:
    return server.world(hashlib.sha1(request.node.nodeid.encode()).hexdigest())


def client(world: Mockgem, package: ModuleType = httpx2, **more: Any) -> OpenAI:
    """As in production, with Google's own address."""
    http_client = package.Client(transport=world.transport(), timeout=more.pop("timeout", 20))
    return OpenAI(
        api_key="k",
        base_url=f"{GOOGLE}/v1beta/openai/",
        http_client=http_client,
        **{"max_retries": 0, **more},
    )


def async_client(world: Mockgem, package: ModuleType = httpx2) -> AsyncOpenAI:
    http_client = package.AsyncClient(transport=world.transport())
    return AsyncOpenAI(
        api_key="k", base_url=f"{GOOGLE}/v1beta/openai/", http_client=http_client, max_retries=0
    )


@BOTH
def test_chats_and_streams(world: Mockgem, package: ModuleType) -> None:
    world.say("Hello", times=2)
    with client(world, package) as openai:
        assert openai.chat.completions.create(**HELLO).choices[0].message.content == "Hello"
        chunks = list(openai.chat.completions.create(stream=True, **HELLO))
    assert "".join([chunk.choices[0].delta.content or "" for chunk in chunks]) == "Hello"
    assert [entry["path"] for entry in world.journal()] == [
        f"/w/{world.world}/v1beta/openai/chat/completions"
    ] * 2


@BOTH
async def test_async_clients_at_once(world: Mockgem, package: ModuleType) -> None:
    async with async_client(world, package) as openai:

        async def ask(number: int) -> str:
            words = HELLO | {"messages": [{"role": "user", "content": f"Say {number}"}]}
            stream = await openai.chat.completions.create(stream=True, **words)
            return "".join([chunk.choices[0].delta.content or "" async for chunk in stream])

        apart = [await ask(number) for number in range(5)]
        together = await asyncio.gather(*[ask(number % 5) for number in range(60)])
    assert together == apart * 12


async def test_aiohttp(world: Mockgem) -> None:
    body = {"contents": [{"parts": [{"text": "hi"}]}]}
    path = "/v1beta/models/gemini-2.5-flash:generateContent?key=k"
    await asyncio.to_thread(world.say, "Hello", times=2)
    async with aiohttp.ClientSession(connector=world.connector()) as session:
        for url in (GOOGLE + path, world.gemini_url + path):
            async with session.post(url, json=body) as answer:
                assert (await answer.json())["candidates"][0]["content"]["parts"][0][
                    "text"
                ] == "Hello"


async def test_large_bodies_both_ways(world: Mockgem) -> None:
    """More data than either end buffers: writers pause and continue."""
    data = bytes(range(256)) * 40_000
    headers = {"X-Goog-Upload-Protocol": "raw", "Content-Type": "application/octet-stream"}

    def uploaded(url: str) -> str:
        with httpx2.Client(transport=world.transport()) as sync:
            name = sync.post(
                f"{GOOGLE}/upload/v1beta/files?key=k", content=data, headers=headers
            ).json()["file"]["name"]
            found = sync.get(f"{GOOGLE}/v1beta/{name}?key=k").json()
            assert found["sizeBytes"] == str(len(data))
            return str(found["sha256Hash"])

    first = await asyncio.to_thread(uploaded, GOOGLE)
    async with aiohttp.ClientSession(connector=world.connector()) as session:
        async with session.post(
            f"{GOOGLE}/upload/v1beta/files?key=k", data=io.BytesIO(data), headers=headers
        ) as answer:
            assert (await answer.json())["file"]["sha256Hash"] == first
    images = {"model": "imagen-4.0-generate-001", "prompt": "a blue cat", "n": 4}
    async with async_client(world) as openai:
        pictures = [
            await asyncio.to_thread(lambda: client(world).images.generate(**images).data),  # type: ignore[call-overload]
            (await openai.images.generate(**images)).data,  # type: ignore[call-overload]
        ]
    assert pictures[0] == pictures[1]
    assert sum(len(each.b64_json) for each in pictures[0]) > 100_000


def test_a_client_that_reads_slowly(world: Mockgem) -> None:
    with httpx2.Client(transport=world.transport()) as sync:
        body = {"model": "imagen-4.0-generate-001", "prompt": "a blue cat", "n": 4}
        with sync.stream(
            "POST",
            f"{GOOGLE}/v1beta/openai/images/generations",
            json=body,
            headers={"Authorization": "Bearer k"},
        ) as answer:
            got = b""
            for piece in answer.iter_raw(1_000):
                got += piece
                time.sleep(0.001)
    assert len(json.loads(got)["data"]) == 4
    assert len(got) > 100_000


def seen(url: str, http_client: httpx2.Client, *, stream: bool) -> tuple[str, list[str]]:
    """What a client reads from a response, and from the next one on the same connection."""
    ends, text = [], ""
    body = HELLO | {"stream": stream}
    for _ in range(2):
        try:
            with http_client.stream(
                "POST", url, json=body, headers={"Authorization": "Bearer k"}
            ) as answer:
                text += str(answer.status_code)
                for piece in answer.iter_bytes():
                    text += piece.decode("utf-8", "replace")
            ends.append("end")
        except httpx2.RequestError as error:
            ends.append(type(error).__name__)
            time.sleep(0.05)  # a refused port is open again
    return re.sub(r'"(id|created)":"?[^,]*|chatcmpl-\w+', "", text), ends


def wait_until_open(*servers: LocalServer) -> None:
    """Wait until servers let others in again."""
    end = time.monotonic() + 60
    for server in servers:
        assert server.handle is not None
        while server.handle.server.port.is_refusing:
            assert time.monotonic() < end
            time.sleep(0.02)


CONNECTION_FAULTS = [name for name, one in all_faults().items() if one.stage is Stage.CONNECTION]


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize(
    "fault", [*CONNECTION_FAULTS, "stall", "end", "truncate", "split", "merge"]
)
def test_faults_are_what_they_are_on_a_socket(
    world: Mockgem, server: LocalServer, listening: LocalServer, fault: str, stream: bool
) -> None:
    faults = [{"fault": fault, "for": "60s"} if fault in ("hang", "refuse") else fault]
    told: dict[str, Any] = {"title": fault, "rules": [{"when": {"calls": 1}, "faults": faults}]}
    if get_fault(fault).is_for_streams:
        told["rules"][0]["when"]["stream"] = True
    socketed = listening.world(world.world)
    scale = REFUSAL_SCALE if fault == "refuse" else None
    for one in (socketed, world):
        one.scenario(told, time_scale=scale)
    with httpx2.Client() as by_socket, httpx2.Client(transport=world.transport()) as by_memory:
        expected = seen(f"{socketed.openai_url}chat/completions", by_socket, stream=stream)
        assert (
            seen(f"{GOOGLE}/v1beta/openai/chat/completions", by_memory, stream=stream) == expected
        )
    wait_until_open(server, listening)


@pytest.mark.parametrize("fault", ["reset", "close", "cut", "refuse"])
async def test_broken_connections_of_aiohttp(
    world: Mockgem, server: LocalServer, fault: str
) -> None:
    faults = [{"fault": fault, "for": "60s"} if fault == "refuse" else fault]
    rules = {"title": fault, "rules": [{"when": {"calls": 1}, "faults": faults}]}
    await asyncio.to_thread(world.scenario, rules, time_scale=REFUSAL_SCALE)
    async with aiohttp.ClientSession(connector=world.connector()) as session:
        url, headers = f"{GOOGLE}/v1beta/openai/chat/completions", {"Authorization": "Bearer k"}
        with pytest.raises(aiohttp.ClientError):
            async with session.post(url, json=HELLO, headers=headers) as answer:
                await answer.read()
        if fault == "refuse":
            with pytest.raises(aiohttp.ClientConnectorError, match="refused"):
                await session.post(url, json=HELLO, headers=headers)
            await asyncio.to_thread(wait_until_open, server)
        async with session.post(url, json=HELLO, headers=headers) as answer:
            assert answer.status == 200


def test_time_outs_and_waits() -> None:
    with mockgem.serve(listen=False) as world:
        world.scenario(
            {"title": "late", "rules": [{"when": {"calls": 1}, "latency": {"head": "30s"}}]}
        )
        with client(world, timeout=1.5) as openai, pytest.raises(APITimeoutError):
            openai.chat.completions.create(**HELLO)
        with client(world) as openai:
            assert openai.chat.completions.create(**HELLO).choices[0].message.content


async def test_streams_come_in_pieces() -> None:
    async with mockgem.aserve(listen=False, chunk_delay=0.05) as world:
        async with async_client(world) as openai:
            came = []
            async for _ in await openai.chat.completions.create(stream=True, **HELLO):
                came.append(time.monotonic())
    gaps = [after - before for before, after in pairwise(came)]
    assert len(gaps) > 3
    assert sum(gap > 0.01 for gap in gaps) > 3  # two may arrive together on a busy machine


def test_a_server_that_has_stopped() -> None:
    with mockgem.serve(listen=False) as world:
        openai = client(world)
        assert openai.chat.completions.create(**HELLO).choices
    with pytest.raises(APIConnectionError), openai:
        openai.chat.completions.create(**HELLO)


def test_a_server_of_another_process(server_url: str) -> None:
    with pytest.raises(RuntimeError, match="give the SDK its URL"):
        Mockgem(server_url).transport()


def test_a_request_of_something_else(world: Mockgem) -> None:
    with pytest.raises(
        TypeError, match="builtins is not supported: send requests with httpx or httpx2"
    ):
        world.transport().handle_request("GET /")


NO_SOCKETS = """
import socket
def forbidden(*_): raise AssertionError("a socket was used")
for name in ("bind", "listen", "connect", "connect_ex"):
    setattr(socket.socket, name, forbidden)
import asyncio, aiohttp, httpx2, mockgem
from openai import OpenAI
with mockgem.serve(listen=False, scenario="internal-error-once") as server:
    with OpenAI(api_key="k", http_client=httpx2.Client(transport=server.transport())) as client:
        asked = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
        assert client.chat.completions.create(**asked).choices[0].message.content
    server.clock.advance("1h")
    server.assert_verdict()
    print(len(server.journal()))
async def main():
    url = "https://generativelanguage.googleapis.com/v1beta/models?key=k"
    async with mockgem.aserve(listen=False) as server:
        async with aiohttp.ClientSession(connector=server.connector()) as session:
            async with session.get(url) as answer:
                print(answer.status)
asyncio.run(main())
"""


def test_no_socket_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_SOCKETS], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split() == ["2", "200"], done.stderr


async def test_connections_that_are_given_up_leave_nothing(server: LocalServer) -> None:
    """By a timeout or a cancel of the client, before or just after the server accepts them."""
    assert server.handle is not None
    world = server.world("given-up")
    line = server.handle.listener_for("given-up")

    def left() -> int:
        assert server.handle is not None
        found = [
            one.transport
            for one in server.handle.server.local_protocol_factory.connections
            if one.transport is not None
        ]
        return sum(one.get_extra_info("world") == "/w/given-up" for one in found)

    for number in range(200):
        connecting = asyncio.create_task(line.connect(asyncio.Protocol()))
        for _ in range(number % 4):
            await asyncio.sleep(0)
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        if connecting.done() and not connecting.cancelled() and connecting.exception() is None:
            connecting.result().close()
    async with httpx2.AsyncClient(transport=world.transport()) as http:
        for _ in range(20):
            with contextlib.suppress(httpx2.TimeoutException):
                await http.get(f"{GOOGLE}/v1beta/models?key=k", timeout=0.0005)
    async with asyncio.timeout(20):
        while left():
            await asyncio.sleep(0.01)


def test_clients_that_nobody_closes_are_let_go_with_their_world(server: LocalServer) -> None:
    assert server.handle is not None
    factory = server.handle.server.local_protocol_factory
    before = len(factory.connections)
    for number in range(20):
        world = server.world(f"unclosed-{number}")
        assert (
            httpx2.Client(transport=world.transport())
            .get(f"{GOOGLE}/v1beta/models?key=k")
            .status_code
            == 200
        )
        world.forget()
    end = time.monotonic() + 60
    while len(factory.connections) > before:
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_world_that_ends_closes_no_connection_of_other_worlds(server: LocalServer) -> None:
    assert server.handle is not None
    factory = server.handle.server.local_protocol_factory
    before = set(factory.connections)
    kept, ended = server.world("connection-kept"), server.world("connection-ended")
    with httpx2.Client(transport=kept.transport()) as http:
        assert http.get(f"{GOOGLE}/v1beta/models?key=k").status_code == 200
        (connection,) = set(factory.connections) - before
        ended.forget()
        time.sleep(0.05)
        assert http.get(f"{GOOGLE}/v1beta/models?key=k").status_code == 200
        assert set(factory.connections) - before == {connection}


def test_a_reader_that_is_awaited_reads_on_when_the_server_stops() -> None:
    """Data from before the end can be read, however late."""
    with mockgem.serve(listen=False) as world:
        http = httpx2.Client(transport=world.transport(), timeout=60)
        body = {"model": "imagen-4.0-generate-001", "prompt": "a blue cat", "n": 4}
        request = http.build_request(
            "POST",
            f"{GOOGLE}/v1beta/openai/images/generations",
            json=body,
            headers={"Authorization": "Bearer k"},
        )
        answer = http.send(request, stream=True)
        pieces = answer.iter_raw(100)
        got = next(pieces)
    with contextlib.suppress(httpx2.TransportError):
        for piece in pieces:
            got += piece
    assert len(got) > 60_000
    http.close()


async def test_a_stopped_server_in_a_loop_that_goes_on() -> None:
    async with mockgem.aserve(listen=False) as world:
        transport = world.transport()
    async with httpx2.AsyncClient(transport=transport) as http:
        with pytest.raises(httpx2.ConnectError):
            await http.get(f"{GOOGLE}/v1beta/models?key=k")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.to_thread(world.journal)


def test_https_reads_no_certificates(world: Mockgem, monkeypatch: pytest.MonkeyPatch) -> None:
    import ssl

    read: list[object] = []
    monkeypatch.setattr(
        ssl.SSLContext, "load_verify_locations", lambda *told, **more: read.append(told)
    )
    with httpx2.Client(transport=world.transport()) as http:
        for _ in range(3):
            http.get(f"{GOOGLE}/v1beta/models?key=k", headers={"Connection": "close"})
    assert read == []


@pytest.mark.parametrize(
    "target",
    ["http://any.test/v1beta/models?key=k", "//v1beta/models?key=k", "/v1beta/models?key=k"],
)
async def test_targets_of_all_kinds_are_of_the_world(server: LocalServer, target: str) -> None:
    assert server.handle is not None
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    end = await server.handle.listener_for("kinds").connect(protocol)
    end.write(f"GET {target} HTTP/1.1\r\nHost: any.test\r\nConnection: close\r\n\r\n".encode())
    assert (await reader.read()).startswith(b"HTTP/1.1 200")
    journal = await asyncio.to_thread(server.world("kinds").journal)
    assert journal[-1]["path"] == "/w/kinds/v1beta/models"


def test_threads_that_ask_first_share_one_pool(world: Mockgem) -> None:
    transport = world.transport()
    with httpx2.Client(transport=transport) as http, ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda _: http.get(f"{GOOGLE}/v1beta/models?key=k").status_code, range(40))
        )
    assert found == [200] * 40
    assert len(transport.transports) == 1


def test_connections_that_nobody_closes_end_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockgem.server.http.LOCAL_KEEPALIVE", 0.2)
    with LocalServer(listen=False) as server:
        assert server.handle is not None
        http = httpx2.Client(transport=server.world().transport())
        assert http.get(f"{GOOGLE}/v1beta/models?key=k").status_code == 200
        assert len(server.handle.server.local_protocol_factory.connections) == 1
        deadline = time.monotonic() + 5
        while (
            server.handle.server.local_protocol_factory.connections and time.monotonic() < deadline
        ):
            time.sleep(0.05)
        assert not server.handle.server.local_protocol_factory.connections
        assert http.get(f"{GOOGLE}/v1beta/models?key=k").status_code == 200
        http.close()
