"""One request through the recorder: what the client gets, and what is on disk."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import gzip
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from mockgem.core.http import EMPTY, UpstreamResponse, WireRequest
from mockgem.recording import capture, recorder
from mockgem.recording.capture import RequestCapture
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.cassette_writer import CassetteWriter
from mockgem.recording.recorder import Recorder, UpstreamExchange
from mockgem.recording.redaction import Redactor
from mockgem.recording.target import Target
from mockgem.recording.upstream_socket import UpstreamSocket
from tests.recording.servers import CHAT, ask, ask_raw, chat, mockgem, recorder_at, service

MODELS = "/v1beta/openai/models"


def make_recorder(tmp_path: Path, *chunks: bytes, then: Any = None) -> Recorder:
    """Return a recorder whose upstream sends some chunks, and then waits or fails."""

    async def send(*_: object) -> UpstreamResponse:
        async def iter_chunks() -> Any:
            for chunk in chunks:
                yield chunk
            if then is not None:
                await then()

        return UpstreamResponse(200, "OK", (), iter_chunks())

    async def connect(url: str, headers: Any) -> UpstreamSocket:
        raise ConnectionError("no sockets here")

    writer = CassetteWriter(tmp_path / "a.yaml")
    return Recorder(send, Target("http://x"), writer, Redactor(), lambda interaction: None, connect)


def make_exchange(owner: Recorder) -> UpstreamExchange:
    return UpstreamExchange(owner, RequestCapture(WireRequest("POST", CHAT, EMPTY, EMPTY, b"{}")))


async def test_a_client_that_leaves_before_the_first_chunk_is_not_waited_for(
    tmp_path: Path,
) -> None:
    """More chunks than the queue holds: the exchange would wait for its client forever."""
    owner = make_recorder(tmp_path, *[b"x"] * 3 * recorder.MAX_QUEUED_CHUNKS)
    exchange = make_exchange(owner)
    await exchange.start("http://x/", [])
    frames = exchange.open_frames()
    del frames
    gc.collect()
    async with asyncio.timeout(20):
        while owner.exchanges:
            await asyncio.sleep(0)
        await owner.flush()
    owner.writer.close()
    (interaction,) = read_cassette(tmp_path / "a.yaml").interactions
    assert len(interaction.body) == 3 * recorder.MAX_QUEUED_CHUNKS
    assert interaction.broken == ""


async def test_an_interaction_that_is_being_written_when_the_server_stops_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()
    owner = make_recorder(tmp_path, b"data: [DONE]\n\n", then=asyncio.Event().wait)
    append = owner.writer.append

    async def slow(*arguments: Any, **more: Any) -> None:
        await go_on.wait()
        await append(*arguments, **more)

    monkeypatch.setattr(owner.writer, "append", slow)
    exchange = make_exchange(owner)
    exchange.capture.tail = b"\n"
    await exchange.start("http://x/", [])
    async with asyncio.timeout(20):
        while not owner.writes:
            await asyncio.sleep(0)
        exchange.continue_without_client()
        stopping = asyncio.create_task(owner.flush())
        await asyncio.sleep(0)
        go_on.set()
        await stopping
    owner.writer.close()
    (interaction,) = read_cassette(tmp_path / "a.yaml").interactions
    assert (interaction.body, interaction.broken) == (b"data: [DONE]\n\n", "")


async def test_a_client_that_leaves_while_the_server_stops_ends_the_exchange(
    tmp_path: Path,
) -> None:
    owner = make_recorder(tmp_path, b"x", then=asyncio.Event().wait)
    exchange = make_exchange(owner)
    await exchange.start("http://x/", [])
    frames = exchange.open_frames()
    assert (await anext(frames)).data == b"x"
    async with asyncio.timeout(20):
        stopping = asyncio.create_task(owner.flush())
        await asyncio.sleep(0)
        await frames.aclose()
        await stopping
    owner.writer.close()
    (interaction,) = read_cassette(tmp_path / "a.yaml").interactions
    assert (interaction.body, interaction.broken) == (b"x", "the client left before the end")


async def test_a_mistake_while_sending_reaches_the_client_and_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    owner = make_recorder(tmp_path)

    async def fail(*_: object) -> UpstreamResponse:
        raise TypeError("no such header")

    owner.send = fail
    with pytest.raises(TypeError):
        await asyncio.wait_for(make_exchange(owner).start("http://x/", []), 20)
    owner.writer.close()
    assert "TypeError: no such header" in caplog.text


async def test_a_body_that_can_not_be_unpacked_passes_and_is_not_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    packed = gzip.compress(b"x" * 10_000)

    async def compressed(request: web.BaseRequest) -> web.Response:
        return web.Response(body=packed, headers={"Content-Encoding": "gzip"})

    monkeypatch.setattr(capture, "MAX_RECORDED_BYTES", 1000)
    cassette = tmp_path / "a.yaml"
    async with service(compressed) as upstream, recorder_at(cassette, upstream) as url:
        answer = await asyncio.wait_for(ask_raw(url, CHAT), 20)
    assert answer.count(packed) == 1
    assert "larger than 1000 bytes" in caplog.text
    assert cassette.read_bytes() == b""


@pytest.mark.parametrize("status", [200, 404])
async def test_head_is_recorded_and_replayed_with_the_length_of_the_body(
    tmp_path: Path, status: int
) -> None:
    """RFC 9110 8.6: the Content-Length that a GET would have."""
    seen: list[str] = []

    async def headers_only(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request.method)
        return web.Response(status=status, body=b"x" * 4321)

    cassette = tmp_path / "a.yaml"
    async with service(headers_only) as upstream, recorder_at(cassette, upstream) as url:
        live = await ask_raw(url, MODELS, "HEAD", times=2)
        assert len(read_cassette(cassette).interactions) == 2
    async with mockgem(cassette=str(cassette), on_miss="fail") as url:
        played = await ask_raw(url, MODELS, "HEAD", times=2)
    assert seen == ["HEAD", "HEAD"]
    for answer in (live, played):
        assert answer.count(b"HTTP/1.1 %d" % status) == 2
        assert answer.count(b"Content-Length: 4321\r\n") == 2
        assert answer.count(b"Content-Length") == 2
        assert b"Transfer-Encoding" not in answer


async def test_long_response_headers_pass(tmp_path: Path) -> None:
    """aiohttp's client takes lines of 8190 bytes; service meshes and gateways send longer ones."""
    long = "x" * 100_000

    async def with_long_header(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=b"{}", headers={"X-Trace": long})

    cassette = tmp_path / "a.yaml"
    async with service(with_long_header) as upstream, recorder_at(cassette, upstream) as url:
        answer = await ask_raw(url, CHAT)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert f"X-Trace: {long}\r\n".encode() in answer


@pytest.mark.parametrize("pause", [0, 0.05])
@pytest.mark.parametrize("client_stays", [True, False])
async def test_bytes_after_the_last_event_are_recorded(
    tmp_path: Path, pause: float, client_stays: bool
) -> None:
    """The last event is on disk before the client gets it; what follows is added to it."""
    go_on, cassette = asyncio.Event(), tmp_path / "a.yaml"
    first, rest = b'data: {"n": 1}\n\ndata: [DONE]\n\n', b": usage\n\n"

    async def with_more(request: web.BaseRequest) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        await answer.write(first)
        if pause:
            await go_on.wait()
        with contextlib.suppress(ConnectionError):
            await answer.write(rest)
        return answer

    async with service(with_more) as upstream, recorder_at(cassette, upstream) as url:
        async with (
            aiohttp.ClientSession() as session,
            session.post(url + CHAT, json=chat("x", stream=True)) as answer,
        ):
            received = await answer.content.readexactly(len(first))
            (written,) = read_cassette(cassette).interactions
            assert written.body.startswith(first)
            if client_stays:
                go_on.set()
                received += await answer.read()
                assert received == first + rest
        go_on.set()
        async with asyncio.timeout(20):
            while read_cassette(cassette).interactions[0].body != first + rest:
                await asyncio.sleep(0.01)
        await ask(url, chat("another"))
    bodies = [one.body for one in read_cassette(cassette).interactions]
    assert bodies == [first + rest, first + rest]


async def test_the_admin_api_is_neither_recorded_nor_played(tmp_path: Path) -> None:
    """Not even if a cassette has a recording for one of its paths."""
    seen: list[str] = []

    async def any_path(request: web.BaseRequest) -> web.Response:
        seen.append(request.path)
        return web.json_response({"from": "upstream"})

    cassette = tmp_path / "a.yaml"
    async with service(any_path) as upstream, recorder_at(cassette, upstream) as url:
        await ask(url, chat("hi"))
        for path in ("/_mockgem/clock", "/w/a/_mockgem/clock", "/_mockgem/nothing"):
            assert b"upstream" not in await ask_raw(url, path, "GET")
    assert seen == [CHAT]
    recorded = cassette.read_text()
    cassette.write_text(recorded.replace(CHAT, "/_mockgem/clock").replace("POST", "GET"))
    async with mockgem(cassette=str(cassette), on_miss="fail") as url:
        for path in ("/_mockgem/clock", "/w/a/_mockgem/clock"):
            answer = await ask_raw(url, path, "GET")
            assert b'"now"' in answer
            assert b"upstream" not in answer


async def test_a_recorder_ends_although_a_client_does_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client keeps its connection; what has arrived until then is recorded."""
    monkeypatch.setattr(recorder, "FLUSH_TIMEOUT", 0.05)
    owner = make_recorder(tmp_path, *[b"x"] * 3 * recorder.MAX_QUEUED_CHUNKS)
    exchange = make_exchange(owner)
    await exchange.start("http://x/", [])
    frames = exchange.open_frames()
    await anext(frames)
    async with asyncio.timeout(20):
        await owner.flush()
    owner.writer.close()
    (interaction,) = read_cassette(tmp_path / "a.yaml").interactions
    assert interaction.body
    assert interaction.broken
    await frames.aclose()
