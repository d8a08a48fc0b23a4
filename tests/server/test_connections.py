"""Connections: limits of time and number, clients that send nothing more, bytes that are not
HTTP."""

from __future__ import annotations

import asyncio
import errno
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.server import connections, fast_path, limits
from mockgem.server.connections import MAX_REFUSED
from mockgem.server.http import Server
from tests.asking import GATEWAY
from tests.recording.raw_http import build_request, read_response
from tests.server.test_http import CHAT, HELLO, post

MODELS = "/v1beta/openai/models"
BODY = json.dumps(HELLO).encode()
STREAM = json.dumps(HELLO | {"stream": True}).encode()
WAIT = 60.0
"""Seconds that are long enough on a busy machine."""


@asynccontextmanager
async def serving(**settings: Any) -> AsyncIterator[tuple[Server, int]]:
    server = create_server(Settings(**settings))
    port = await server.start("127.0.0.1", 0)
    try:
        yield server, port
    finally:
        await server.stop(0.1)


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


async def read_all(reader: asyncio.StreamReader) -> bytes:
    """Read until the server closes the connection."""
    return await asyncio.wait_for(reader.read(), WAIT)


async def wait_until(is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not is_true():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"POST /v1beta/models HTTP/1.1\r\nHost: loc",
        b"\r\n",
        post(CHAT, BODY),
        build_request("GET", MODELS),
        build_request("GET", MODELS, ["Expect: 100-continue"]),
        post(CHAT, BODY) + b"POST",
    ],
    ids=["silent", "half a head", "an empty line", "idle", "idle after GET", "idle, no fast path",
         "idle with a part of the next request"],
)  # fmt: skip
async def test_a_connection_without_a_request_is_closed(sent: bytes) -> None:
    async with serving(idle_timeout=0.1) as (server, port):
        reader, writer = await connect(port)
        writer.write(sent)
        received = await read_all(reader)
        assert received.count(b"HTTP/1.1 200") == (1 if len(sent) > 60 else 0)
        await wait_until(lambda: not server.protocol_factory.open_connections)
        writer.close()


async def test_a_head_that_arrives_byte_by_byte_takes_no_longer() -> None:
    async with serving(idle_timeout=0.2) as (_, port):
        reader, writer = await connect(port)

        async def drip() -> None:
            writer.write(b"GET / HTTP/1.1\r\nX-Slow: ")
            while not writer.transport.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0.01)

        dripping = asyncio.create_task(drip())
        assert await read_or_reset(reader) == b""
        writer.transport.abort()
        await dripping


async def test_every_response_starts_the_time_again() -> None:
    async with serving(idle_timeout=3600) as (server, port):
        reader, writer = await connect(port)
        for request in (post(CHAT, BODY), post(CHAT, BODY, "Expect: 100-continue")):
            await wait_until(lambda: bool(server.protocol_factory.open_connections))
            (connection,) = server.protocol_factory.open_connections
            connection.last_active = before = connection.last_active - 3599
            is_new = partial(lambda one, seen: one.last_active > seen + 3000, connection, before)
            writer.write(request)
            message, _ = await read_response(reader, "POST")
            assert message.status == 200
            await wait_until(is_new)
            connection.close_if_idle()
            assert connection.transport is not None
        writer.close()


async def test_responses_and_bodies_may_take_longer() -> None:
    async with serving(idle_timeout=0.2, chunk_delay=0.4) as (_, port):
        reader, writer = await connect(port)
        data = post(CHAT, STREAM)
        writer.write(data[:-20])
        await asyncio.sleep(0.6)
        writer.write(data[-20:])
        message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
        assert (message.status, message.end) == (200, "complete")
        assert message.body.endswith(b"data: [DONE]\n\n")
        assert await read_all(reader) == b""
        writer.close()


async def test_a_fault_that_sends_nothing_may_take_longer(tmp_path: Path) -> None:
    scenario = tmp_path / "hang.yaml"
    scenario.write_text("title: x\nrules:\n  - faults: [{fault: stall, at: 2, for: 800ms}]\n")
    async with serving(idle_timeout=0.2, scenario=str(scenario)) as (_, port):
        reader, writer = await connect(port)
        writer.write(post(CHAT, STREAM))
        message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
        assert (message.status, message.end) == (200, "complete")
        writer.close()


async def test_a_connection_over_the_limit_is_told_the_limit() -> None:
    async with serving(max_connections=2) as (server, port):
        links = [await connect(port) for _ in range(2)]
        await wait_until(lambda: len(server.protocol_factory.open_connections) == 2)
        for _ in range(3):
            reader, writer = await connect(port)
            writer.write(post(CHAT, BODY))
            message, rest = await read_response(reader, "POST")
            assert (message.status, rest) == (503, b"")
            error = json.loads(message.body)["error"]
            assert (error["code"], error["status"]) == (503, "UNAVAILABLE")
            assert "2 connections are open" in error["message"]
            assert "--max-connections" in error["message"]
            assert await read_all(reader) == b""
            writer.close()
        links[0][1].close()
        await wait_until(lambda: len(server.protocol_factory.open_connections) == 1)
        reader, writer = await connect(port)
        writer.write(post(CHAT, BODY, "Connection: close"))
        assert (await read_all(reader)).startswith(b"HTTP/1.1 200")
        for _, one in (*links, (reader, writer)):
            one.close()


async def test_refused_connections_take_few_file_descriptors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those above MAX_REFUSED are reset at once."""
    monkeypatch.setattr(connections, "REFUSAL_LINGER", 600.0)
    async with serving(max_connections=1) as (server, port):
        _, first = await connect(port)
        await wait_until(lambda: server.protocol_factory.is_full)
        links = await asyncio.gather(*[connect(port) for _ in range(MAX_REFUSED + 5)])
        answers = await asyncio.gather(*[read_or_reset(reader) for reader, _ in links])
        assert sum(one.startswith(b"HTTP/1.1 503") for one in answers) == MAX_REFUSED
        assert server.protocol_factory.refused == MAX_REFUSED
        for _, writer in links:
            writer.close()
        await wait_until(lambda: server.protocol_factory.refused == 0)
        first.close()


async def test_a_refused_connection_is_closed_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REFUSAL_LINGER", 0.05)
    async with serving(max_connections=1) as (server, port):
        _, first = await connect(port)
        await wait_until(lambda: server.protocol_factory.is_full)
        reader, writer = await connect(port)
        assert (await read_or_reset(reader)).startswith(b"HTTP/1.1 503")
        await wait_until(lambda: server.protocol_factory.refused == 0)
        writer.close()
        first.close()


class ResetTransport(asyncio.Transport):
    """A connection that the client has reset: asyncio can't send a FIN on it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_aborted = False

    def write(self, data: Any) -> None:
        pass

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def write_eof(self) -> None:
        raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")

    def abort(self) -> None:
        self.is_aborted = True


async def test_a_refused_client_that_has_left_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REFUSAL_LINGER", 0.01)
    async with serving(max_connections=1) as (server, port):
        _, first = await connect(port)
        await wait_until(lambda: server.protocol_factory.is_full)
        left = ResetTransport()
        server.protocol_factory().connection_made(left)
        assert server.protocol_factory.refused == 1
        await wait_until(lambda: left.is_aborted)
        left.protocol.connection_lost(None)  # type: ignore[attr-defined]
        assert server.protocol_factory.refused == 0
        first.close()


async def read_or_reset(reader: asyncio.StreamReader) -> bytes:
    try:
        return await read_all(reader)
    except ConnectionResetError:
        return b""


@pytest.mark.parametrize(
    ("files", "recorder", "most"),
    [
        (64, False, 32),
        (256, False, 224),
        (1024, False, 922),
        (1024, True, 461),
        (8, False, 1),
        (10**6, False, 10_000),
    ],
)
def test_the_limit_leaves_files_for_other_uses(
    files: int, recorder: bool, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert limits.default_max_connections(recorder) == most
    settings = {"record_mode": "all", "cassette": "x"} if recorder else {}
    from mockgem.app.factory import build_limits

    assert build_limits(Settings(**settings)).max_connections == most


def test_no_limit_of_files_is_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    endless = resource.RLIM_INFINITY
    monkeypatch.setattr(resource, "getrlimit", lambda _: (endless, endless))
    assert limits.default_max_connections() == limits.DEFAULT_MAX_CONNECTIONS


ANSWERED = {
    "whole": (post(CHAT, BODY), {}, 1),
    "whole with a length": (post(GATEWAY + "/chat/completions", BODY), {}, 1),
    "a stream": (post(CHAT, STREAM), {}, 1),
    "a slow stream": (post(CHAT, STREAM), {"chunk_delay": 0.06}, 1),
    "without the fast path": (post(CHAT, BODY, "Expect: 100-continue"), {}, 1),
    "several requests": (post(CHAT, BODY) * 3, {}, 3),
    "several slow requests": (post(CHAT, STREAM) * 2, {"chunk_delay": 0.06}, 2),
    "HTTP/1.0": (post(CHAT, BODY, version="1.0"), {}, 1),
    "an error": (post(CHAT, b"{"), {}, 1),
}


@pytest.mark.parametrize("name", ANSWERED)
async def test_a_client_that_closes_its_side_gets_its_answers(name: str) -> None:
    data, settings, answers = ANSWERED[name]
    async with serving(**settings) as (server, port):
        reader, writer = await connect(port)
        writer.write(data)
        writer.write_eof()
        rest = b""
        for _ in range(answers):
            message, rest = await asyncio.wait_for(read_response(reader, "POST", rest), WAIT)
            assert message.status == (400 if name == "an error" else 200)
            assert message.end == "complete"
        assert rest + await read_all(reader) == b""
        await wait_until(lambda: not server.protocol_factory.open_connections)
        writer.close()


@pytest.mark.parametrize("data", [b"", b"POST /", post(CHAT, BODY)[:-5]])
async def test_a_client_that_closes_its_side_too_early_is_not_waited_for(data: bytes) -> None:
    async with serving() as (server, port):
        reader, writer = await connect(port)
        writer.write(data)
        await asyncio.sleep(0.05)
        writer.write_eof()
        assert await read_all(reader) == b""
        await wait_until(lambda: not server.protocol_factory.open_connections)
        assert server.open_requests == 0
        writer.close()


async def test_a_client_that_leaves_at_once_is_not_kept() -> None:
    """Its end may be seen before aiohttp's task has begun to wait for a request."""
    async with serving() as (server, port):
        for _ in range(50):
            link = socket.create_connection(("127.0.0.1", port))
            link.close()
        await wait_until(lambda: not server.protocol_factory.open_connections)


@pytest.mark.parametrize("at", ["", ", at: 2"], ids=["before the head", "in the response"])
async def test_a_client_that_leaves_is_noticed(at: str, tmp_path: Path) -> None:
    """It looks like one that only closes its side, and must not be answered to the end."""
    scenario = tmp_path / "hang.yaml"
    scenario.write_text(f"title: x\nrules:\n  - faults: [{{fault: hang, for: 500s{at}}}]\n")
    async with serving(scenario=str(scenario)) as (server, port):
        reader, writer = await connect(port)
        writer.write(post(CHAT, STREAM))
        if at:
            await reader.readuntil(b"\n\n")
        else:
            await wait_until(lambda: server.open_requests == 1)
        writer.close()
        await wait_until(lambda: server.open_requests == 0)


FAULTS = {
    "reset": ("reset", "reset", 0),
    "close": ("close", "cut", 0),
    "hang": ("{fault: hang, for: 20ms}", "cut", 0),
    "half_close": ("half_close", "complete", 200),
    "no_keepalive": ("no_keepalive", "complete", 200),
}


@pytest.mark.parametrize("name", FAULTS)
async def test_faults_act_on_the_response_to_head(name: str, tmp_path: Path) -> None:
    fault, end, status = FAULTS[name]
    scenario = tmp_path / "fault.yaml"
    scenario.write_text(f"title: x\nrules:\n  - faults: [{fault}]\n")
    async with serving(scenario=str(scenario)) as (_, port):
        reader, writer = await connect(port)
        writer.write(build_request("HEAD", MODELS))
        received = b""
        try:
            received = await read_all(reader)
            ended = "cut" if not received else "complete"
        except ConnectionResetError:
            ended = "reset"
        assert ended == end
        if end == "complete":
            assert received.startswith(b"HTTP/1.1 %d" % status)
            assert received.endswith(b"\r\n\r\n")
            assert received.count(b"\r\n\r\n") == 1
        writer.close()


SECRET = "AIzaSyRefused00123456789abcdefghijklmno"
REFUSED = {
    "another protocol": (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", 400),
    "no HTTP": (b"NONSENSE\r\n\r\n", 400),
    "two words": (b"GET /\r\n\r\n", 505),
    "HTTP/2": (b"GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
    "HTTP/0.9": (b"GET / HTTP/0.9\r\nHost: localhost\r\n\r\n", 505),
    "HTTP/1.2": (b"GET / HTTP/1.2\r\nHost: localhost\r\n\r\n", 505),
    "HTTP/9.9": (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 505),
    "a preface of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
    "two types": (
        post(CHAT, BODY, "Content-Type: application/json", "Content-Type: text/plain"), 400,
    ),
    "an expectation": (post(CHAT, BODY, "Expect: the-unexpected"), 417),
    "chunks in HTTP/1.0": (
        b"POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
    ),
    "a long header": (build_request("GET", MODELS, ["X-Long: " + "x" * 9000]), 431),
    "many headers": (build_request("GET", MODELS, [f"X-{n}: 1" for n in range(200)]), 400),
    "a long target": (build_request("GET", "/" + "x" * 9000), 431),
    "a path in the host": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1/evil\r\n\r\n", 400),
    "a large port": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1:99999\r\n\r\n", 400),
    "a key in a bad line": (f"GET / HTTP/1.1\r\n{SECRET} : x\r\n\r\n".encode(), 400),
    "a key in a bad value": (
        f"GET / HTTP/1.1\r\nHost: localhost\r\nX-Goog-Api-Key: {SECRET}\0\r\n\r\n".encode(), 400,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_not_http_is_refused_in_our_own_words(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    data, status = REFUSED[name]
    async with serving() as (server, port):
        reader, writer = await connect(port)
        writer.write(data)
        message, _ = await asyncio.wait_for(read_response(reader, "GET"), WAIT)
        assert message.status == status
        error = json.loads(message.body)["error"]
        assert "mockgem" in str(error) or "not valid" in str(error)
        everything = str(message) + caplog.text
        for private in (SECRET, "aiohttp", "Python/", "Traceback"):
            assert private not in everything
        writer.close()
        await wait_until(lambda: not server.protocol_factory.open_connections)


async def test_a_malformed_request_after_a_good_one_is_refused_too() -> None:
    async with serving(chunk_delay=0.01) as (_, port):
        reader, writer = await connect(port)
        writer.write(post(CHAT, BODY))
        first, rest = await read_response(reader, "POST")
        writer.write(b"NONSENSE\r\n\r\n")
        second, rest = await read_response(reader, "GET", rest)
        assert (first.status, second.status, rest) == (200, 400, b"")
        assert await read_all(reader) == b""
        writer.close()


@pytest.mark.parametrize("coded", [False, True])
async def test_a_client_that_waits_is_asked_only_for_a_body_that_fits(coded: bool) -> None:
    async with serving(max_body=1000) as (_, port):
        for size, asked in ((900, True), (5000, False)):
            reader, writer = await connect(port)
            framing = "Transfer-Encoding: chunked" if coded else f"Content-Length: {size}"
            head = ["Expect: 100-Continue", framing, "Authorization: Bearer k"]
            lines = [f"POST {CHAT} HTTP/1.1", "Host: localhost", *head, "", ""]
            writer.write("\r\n".join(lines).encode())
            if asked or coded:
                interim = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
                assert interim == b"HTTP/1.1 100 Continue\r\n\r\n"
                body = BODY.ljust(size)
                writer.write(b"%x\r\n%b\r\n0\r\n\r\n" % (size, body) if coded else body)
            message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
            assert message.status == (200 if asked else 400)
            assert (b"exceeds the limit: 1000 bytes" in message.body) is not asked
            assert message.interim == []
            writer.close()


@pytest.mark.parametrize("has_left", [True, False])
def test_a_client_that_leaves_before_its_answer_is_no_error(
    has_left: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Its connection may be closed already while a handler still writes."""
    written: list[bytes] = []
    transport = SimpleNamespace(is_closing=lambda: has_left, write=written.append)
    connection: Any = SimpleNamespace(is_answering=False, transport=transport)
    connection.has_left = partial(connections.Connection.has_left, connection)
    error = ConnectionResetError("the client has closed the connection")
    connections.Connection.handle_error(connection, cast(Any, None), 500, error)
    assert ("an error in mockgem" in caplog.text) is not has_left
    connections.Connection.handle_error(connection, cast(Any, None), 500, ValueError("a mistake"))
    assert "a mistake" in caplog.text


@pytest.mark.parametrize(
    ("time", "is_idle", "again_after"),
    [(0, True, 10), (4, True, 6), (10, True, None), (12, True, None), (10, False, 10),
     (12, False, 10), (4, False, 6)],
)  # fmt: skip
def test_when_a_connection_is_looked_at_again(
    time: float, is_idle: bool, again_after: float | None
) -> None:
    """A busy connection is not asked all the time whether it is idle now."""
    seen: list[Any] = []
    connection: Any = SimpleNamespace(
        last_active=0.0,
        listener=SimpleNamespace(idle_timeout=10.0),
        is_idle=is_idle,
        force_close=lambda: seen.append(None),
        close_if_idle=None,
        _loop=SimpleNamespace(time=lambda: time, call_later=lambda delay, _: seen.append(delay)),
    )
    connections.Connection.close_if_idle(connection)
    assert seen == [again_after]


@pytest.mark.parametrize(
    ("is_closed", "left_after", "waits"), [(False, 3, 3), (True, 9, 0), (False, 99, 40)]
)
async def test_how_long_a_half_closed_connection_is_kept(
    monkeypatch: pytest.MonkeyPatch, is_closed: bool, left_after: int, waits: int
) -> None:
    """Until the client closes its half, for up to two seconds."""
    count = 0
    transport = SimpleNamespace(is_closing=lambda: is_closed)
    request: Any = SimpleNamespace(transport=transport)

    async def sleep(seconds: float) -> None:
        nonlocal count
        count += 1
        assert seconds == 0.05
        if count == left_after:
            request.transport = None

    monkeypatch.setattr(connections, "sleep", sleep)
    await connections.wait_for_close(request)
    assert count == waits


async def test_simple_requests_take_the_fast_path() -> None:
    async with serving() as (server, _):
        assert isinstance(server.protocol_factory, fast_path.FastServer)
        assert not isinstance(server.local_protocol_factory, fast_path.FastServer)
