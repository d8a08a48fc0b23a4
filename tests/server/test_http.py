"""The server on a real socket: framing, limits, connections, preflights, streams that are left
early."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest, WireResponse
from mockgem.server.request_reader import MAX_DECOMPRESSED
from tests.asking import GATEWAY, GEMINI

CHAT = GEMINI + "/chat/completions"
HEADERS = {"Authorization": "Bearer any-key"}
HELLO = {
    "model": "gemini-2.5-flash",
    "messages": [{"role": "user", "content": "Explain to me how AI works"}],
}


class Running:
    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    async def raw(self, data: bytes, *, wait: float = 5.0) -> bytes:
        """Sends bytes and reads until the server hangs up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(data)
        try:
            return await asyncio.wait_for(reader.read(), wait)
        finally:
            writer.close()
            await writer.wait_closed()


async def running(**settings: Any) -> AsyncIterator[Running]:
    server = create_server(Settings(**settings))
    port = await server.start("127.0.0.1", 0)
    yield Running(port)
    await server.stop(1.0)


@pytest.fixture
async def server() -> AsyncIterator[Running]:
    async for one in running():
        yield one


@pytest.fixture
async def small() -> AsyncIterator[Running]:
    async for one in running(max_body=1000):
        yield one


@pytest.fixture
async def slow() -> AsyncIterator[Running]:
    async for one in running(chunk_delay=0.2):
        yield one


def post(path: str, body: bytes, *more: str, version: str = "1.1") -> bytes:
    lines = [f"POST {path} HTTP/{version}", "Host: 127.0.0.1", "Authorization: Bearer k", *more]
    return ("\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])).encode() + body


async def test_an_answer_is_sent_in_chunked_coding_as_google_does(server: Running) -> None:
    got = await server.raw(post(CHAT, json.dumps(HELLO).encode(), "Connection: close"))
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"Transfer-Encoding: chunked" in head
    assert b"Content-Length" not in head
    assert b"Connection: close" in head
    size, _, rest = body.partition(b"\r\n")
    assert rest[int(size, 16) :] == b"\r\n0\r\n\r\n"


async def test_a_gateway_sends_the_length(server: Running) -> None:
    got = await server.raw(
        post(GATEWAY + "/chat/completions", json.dumps(HELLO).encode(), "Connection: close")
    )
    head, _, body = got.partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert json.loads(body)["id"].startswith("chatcmpl-")


async def test_an_old_client_gets_a_plain_body(server: Running) -> None:
    got = await server.raw(post(CHAT, json.dumps(HELLO).encode(), version="1.0"))
    head, _, body = got.partition(b"\r\n\r\n")
    assert b"chunked" not in head
    assert json.loads(body)["object"] == "chat.completion"


async def test_every_event_is_a_chunk_of_its_own(server: Running) -> None:
    got = await server.raw(
        post(CHAT, json.dumps(HELLO | {"stream": True}).encode(), "Connection: close")
    )
    body = got.partition(b"\r\n\r\n")[2]
    events = 0
    while body:
        size, _, rest = body.partition(b"\r\n")
        chunk, body = rest[: int(size, 16)], rest[int(size, 16) + 2 :]
        if chunk:
            events += 1
            assert chunk.startswith(b"data: ")
            assert chunk.endswith(b"\n\n")
    assert events > 3


async def test_requests_on_one_connection_are_answered_in_turn(server: Running) -> None:
    one = post(CHAT, json.dumps(HELLO).encode())
    last = post(CHAT, b"{}", "Connection: close")
    got = await server.raw(one + one + last)
    assert [line for line in got.split(b"\r\n") if line.startswith(b"HTTP/")] == [
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 200 OK",
        b"HTTP/1.1 400 Bad Request",
    ]


async def test_requests_of_one_moment_get_each_its_own_answer(server: Running) -> None:
    """Forty connections speak at once, some hang up, some send a broken request, some two requests
    together."""
    links = []
    for number in range(40):
        link = socket.create_connection(("127.0.0.1", server.port))
        body = json.dumps(
            {**HELLO, "model": "gemini-2.5-pro" if number % 2 else "gemini-2.5-flash"}
        ).encode()
        head = (
            f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer k\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        data = head.encode() + body
        link.sendall(
            b"NONSENSE\r\n\r\n" if number % 10 == 3 else data * 2 if number % 10 == 5 else data
        )
        if number % 10 == 7:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            link.close()
        links.append(link)
    for number, link in enumerate(links):
        if number % 10 == 7:
            continue
        answers = 2 if number % 10 == 5 else 1
        got = await asyncio.to_thread(received_from, link, answers)
        if number % 10 == 3:
            assert got.startswith(b"HTTP/1.1 400")
        else:
            assert got.count(b"HTTP/1.1 200 OK") == answers
            assert (
                got.count(
                    b'"model":"gemini-2.5-pro"' if number % 2 else b'"model":"gemini-2.5-flash"'
                )
                == answers
            )


def received_from(link: socket.socket, answers: int) -> bytes:
    """What comes until so many chunked bodies have ended or the server hangs up."""
    got = b""
    link.settimeout(60)
    with link:
        while got.count(b"\r\n0\r\n\r\n") < answers and (data := link.recv(65536)):
            got += data
    return got


async def test_a_body_that_comes_in_pieces_is_read_whole(server: Running) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    data = post(CHAT, json.dumps(HELLO).encode(), "Connection: close")
    for start in range(0, len(data), 40):
        writer.write(data[start : start + 40])
        await writer.drain()
        await asyncio.sleep(0.001)
    assert b"chat.completion" in await reader.read()
    writer.close()
    await writer.wait_closed()


async def test_head_has_no_body(server: Running) -> None:
    async with (
        aiohttp.ClientSession() as client,
        client.head(server.url + "/_mockgem/health") as response,
    ):
        assert response.status == 200
        assert await response.read() == b""


@pytest.mark.parametrize("pieces", [1, 5])
async def test_a_body_over_the_limit_is_refused_in_the_apis_words(
    small: Running, pieces: int
) -> None:
    body = b"x" * 5000

    async def sent() -> AsyncIterator[bytes]:
        for number in range(pieces):
            yield body[number * 5000 // pieces : (number + 1) * 5000 // pieces]

    async with (
        aiohttp.ClientSession(headers=HEADERS) as client,
        client.post(small.url + CHAT, data=sent()) as response,
    ):
        assert response.status == 400
        error = (await response.json(content_type=None))[0]["error"]
        assert error["message"] == "Request payload size exceeds the limit: 1000 bytes."


async def test_a_packed_body_counts_unpacked(small: Running) -> None:
    packed = gzip.compress(b" " * 500_000)
    headers = HEADERS | {"Content-Encoding": "gzip"}
    async with (
        aiohttp.ClientSession(headers=headers) as client,
        client.post(small.url + CHAT, data=packed) as response,
    ):
        assert response.status == 400
        error = (await response.json(content_type=None))[0]["error"]
        assert error["message"] == "Request payload size exceeds the limit: 1000 bytes."


async def test_a_packed_body_has_a_limit_of_its_own(server: Running) -> None:
    headers = HEADERS | {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as client:
        for size, status in ((MAX_DECOMPRESSED, 200), (MAX_DECOMPRESSED + 1, 400)):
            packed = gzip.compress(json.dumps(HELLO).encode().ljust(size))
            async with client.post(server.url + CHAT, data=packed) as response:
                text = await response.text()
                assert response.status == status
        assert f"exceeds the limit: {MAX_DECOMPRESSED} bytes when it is unpacked." in text


async def test_an_unknown_path_is_answered_by_the_front_end(server: Running) -> None:
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        async with client.get(server.url + "/v1beta/<b>nowhere") as response:
            text = await response.text()
            assert response.status == 404
            assert response.content_type == "text/html"
            assert "Error 404 (Not Found)!!1" in text
            assert "<b>nowhere" not in text
        async with client.get(server.url + CHAT) as response:
            assert (response.status, await response.text()) == (404, "")


async def test_a_page_of_any_origin_may_ask(server: Running) -> None:
    asked = "authorization,content-type,x-stainless-os"
    headers = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": asked,
    }
    async with aiohttp.ClientSession() as client:
        for path in (
            CHAT,
            GATEWAY + "/chat/completions",
            "/v1/projects/p/locations/l/endpoints/openapi/chat/completions",
        ):
            async with client.options(server.url + path, headers=headers) as response:
                assert response.status == 200
                assert response.headers["Access-Control-Allow-Origin"] == "http://localhost:5173"
                assert response.headers["Access-Control-Allow-Headers"] == asked
                assert "POST" in response.headers["Access-Control-Allow-Methods"]
                assert "Access-Control-Allow-Credentials" not in response.headers
        async with client.post(server.url + CHAT, headers={"Origin": "null"}) as response:
            assert response.status == 400
            assert response.headers["Access-Control-Allow-Origin"] == "null"
        async with client.get(
            server.url + "/_mockgem/health", headers={"Origin": "http://evil.example"}
        ) as response:
            assert "Access-Control-Allow-Origin" not in response.headers


async def test_slashes_doubled_at_the_start_are_one(server: Running) -> None:
    got = await server.raw(
        b"GET //v1beta/openai/models HTTP/1.1\r\nHost: localhost\r\n"
        b"Authorization: Bearer k\r\nConnection: close\r\n\r\n"
    )
    assert got.startswith(b"HTTP/1.1 200 OK")


async def test_a_malformed_request_is_refused_and_the_server_lives(server: Running) -> None:
    assert b"400" in await server.raw(b"NONSENSE\r\n\r\n")
    assert b"200" in await server.raw(post(CHAT, json.dumps(HELLO).encode(), "Connection: close"))


async def test_chunks_keep_their_distance(slow: Running) -> None:
    """The server waits before every chunk; a client on a busy machine reads late, never early."""
    loop = asyncio.get_running_loop()
    times = []
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        began = loop.time()
        async with client.post(slow.url + CHAT, json=HELLO | {"stream": True}) as response:
            while event := await response.content.readline():
                if event.startswith(b"data: "):
                    times.append(loop.time() - began)
    assert len(times) > 3
    for number, moment in enumerate(times, 1):
        assert moment > 0.2 * number - 0.01


async def test_a_client_that_leaves_early_leaves_no_task_behind(slow: Running) -> None:
    before = len(asyncio.all_tasks())
    for _ in range(20):
        link = socket.create_connection(("127.0.0.1", slow.port))
        link.sendall(post(CHAT, json.dumps(HELLO | {"stream": True}).encode()))
        await asyncio.sleep(0.01)
        link.close()
    async with asyncio.timeout(60):
        while len(asyncio.all_tasks()) > before:
            await asyncio.sleep(0.05)


async def test_stopping_takes_no_longer_than_it_may(tmp_path: Path) -> None:
    """The second chunk would come after ten minutes."""
    scenario = tmp_path / "stall.yaml"
    scenario.write_text("title: x\nrules:\n  - faults: [{fault: stall, at: 2, for: 600s}]\n")
    server = create_server(Settings(scenario=str(scenario)))
    port = await server.start("127.0.0.1", 0)
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        async with client.post(
            f"http://127.0.0.1:{port}{CHAT}", json=HELLO | {"stream": True}
        ) as response:
            await response.content.readany()
            began = loop.time()
            await asyncio.wait_for(server.stop(0.5), 60)
            assert loop.time() - began > 0.4
            with pytest.raises(aiohttp.ClientPayloadError):  # the stream was not complete
                await response.read()


async def test_open_streams_may_end_when_the_server_stops() -> None:
    server = create_server(Settings(chunk_delay=0.05))
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        async with client.post(
            f"http://127.0.0.1:{port}{CHAT}", json=HELLO | {"stream": True}
        ) as response:
            await response.content.readany()
            stopping = asyncio.create_task(server.stop(60.0))
            assert b"[DONE]" in await response.read()
            await stopping
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


async def test_head_gives_the_length_once_and_no_body(server: Running) -> None:
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        body = {"model": "gemini-2.5-flash-image", "prompt": "a fox", "response_format": "url"}
        async with client.post(server.url + GEMINI + "/images/generations", json=body) as made:
            url = (await made.json())["data"][0]["url"]
        async with client.get(url) as got:
            size = len(await got.read())
    path = url.removeprefix(server.url)
    head = await server.raw(
        f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    )
    lines = head.decode().split("\r\n")
    assert lines[0] == "HTTP/1.1 200 OK"
    assert [line for line in lines if line.lower().startswith("content-length")] == [
        f"Content-Length: {size}"
    ]
    assert head.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("chunked", [False, True])
async def test_an_upload_that_breaks_off_leaves_nothing(server: Running, chunked: bool) -> None:
    length = "Transfer-Encoding: chunked" if chunked else "Content-Length: 1000000"
    data = b"186a0\r\n" + b"x" * 100_000 if chunked else b"x" * 100_000
    head = (
        "POST /upload/v1beta/files?key=k&uploadType=media HTTP/1.1\r\nHost: localhost\r\n"
        f"{length}\r\n\r\n"
    )
    async with aiohttp.ClientSession() as client:

        async def kept() -> int:
            async with client.get(server.url + "/_mockgem/worlds") as got:
                return int((await got.json())["worlds"][0]["bytes"])

        before = await kept()
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(head.encode() + data)
        await writer.drain()
        for _ in range(3_000):
            if await kept() > before + 50_000:
                break
            await asyncio.sleep(0.01)
        else:
            pytest.fail("nothing of the upload came")
        writer.transport.abort()
        for _ in range(3_000):
            if await kept() == before:
                return
            await asyncio.sleep(0.02)
        assert await kept() == before


async def test_a_mistake_over_one_answer_is_no_harm_to_the_others() -> None:
    immediate = create_server(Settings()).immediate
    assert immediate is not None
    good, bad = (WireRequest("GET", path) for path in ("/_mockgem/health", "/_mockgem/media"))

    async def door(wire: WireRequest) -> WireResponse:
        return WireResponse(200, ()) if wire is good else WireResponse(200, (), None)  # type: ignore[arg-type]

    answers = [immediate.encode_response(await door(wire), wire.method) for wire in (bad, good)]
    assert isinstance(answers[0], Exception)
    assert isinstance(answers[1], bytes)


async def test_a_server_that_has_stopped_accepts_no_connections() -> None:
    server = create_server(Settings())
    await server.start("127.0.0.1", 0)
    assert isinstance(server.accept(), asyncio.Protocol)
    await server.stop(0)
    with pytest.raises(ConnectionRefusedError):
        server.accept()
