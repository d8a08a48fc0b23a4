"""Record sessions on sockets: what passes, what is in the file, and the record modes."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

import mockgem
from mockgem.recording import upstream_socket
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.socket_messages import parse_message
from tests.conftest import ServerProcess
from tests.live_client import (
    CASCADED,
    NATIVE,
    PATH,
    LiveClient,
    connecting,
    join_texts,
    make_setup,
)
from tests.recording.servers import service

KEY = "AIzaSyA-0123456789abcdefghijklmnopqrstu"
MUSIC = PATH.replace("Content", "Music")
VERTEX = "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent"


@asynccontextmanager
async def recording(cassette: Path, mode: str = "once", **more: Any) -> AsyncIterator[Any]:
    """Run a mockgem server as the upstream, and one that records it."""
    async with mockgem.aserve(seed=7) as upstream:
        async with mockgem.aserve(
            cassette=str(cassette), record_mode=mode, upstream=upstream.url, **more
        ) as recorder:
            recorder.upstream = upstream
            yield recorder


async def wait_for(read: Callable[[], list[str]], count: int) -> list[str]:
    """Wait until a list has as many items: the server takes a moment after a client's close."""
    for _ in range(3_000):
        if len(found := read()) >= count:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"{found} has less than {count} items")


async def say(url: str, *texts: str, path: str = PATH, **setup: Any) -> list[str]:
    """Return the answers of a session in text."""
    async with connecting(url, make_setup(CASCADED, **setup), path) as client:
        answers = []
        for text in texts:
            await client.say(text)
            answers.append(join_texts(await client.receive_turn(), "text"))
    return answers


def read(cassette: Path) -> list[Interaction]:
    return list(read_cassette(cassette).interactions)


def list_sides(interaction: Interaction) -> list[tuple[str, Any]]:
    return [(one.side, one.close or parse_message(one.data)) for one in interaction.messages]


async def test_a_session_passes_and_is_in_the_cassette(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    async with mockgem.aserve(seed=7) as direct:
        expected = await say(direct.url, "Hello", "And again")
    async with recording(cassette) as recorder:
        assert await say(recorder.url, "Hello", "And again") == expected
        entry = recorder.journal()[-1]
    (one,) = read(cassette)
    assert (one.method, one.status, one.reason) == ("GET", 101, "Switching Protocols")
    assert one.uri == recorder.upstream.url.replace("http", "ws", 1) + PATH
    sides = list_sides(one)
    assert sides[0] == ("client", {"setup": make_setup(CASCADED)})
    assert sides[1] == ("server", {"setupComplete": {}})
    assert sides[-1] == ("client", 1000)
    assert [one.is_text for one in one.messages[:2]] == [True, False]
    times = [message.ms for message in one.messages]
    assert times == sorted(times)
    assert (entry["status"], entry["source"]) == (101, "upstream")


async def test_a_client_that_closes_and_leaves_at_once_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With TLS the connection is lost while the recorder still ends the session."""
    cassette = tmp_path / "live.yaml"
    receive = upstream_socket.UpstreamSocket.receive

    async def receive_with_a_slow_end(socket: Any) -> Any:
        try:
            return await receive(socket)
        except asyncio.CancelledError:
            await asyncio.sleep(0.1)
            raise

    monkeypatch.setattr(upstream_socket.UpstreamSocket, "receive", receive_with_a_slow_end)
    async with recording(cassette) as recorder:
        url = recorder.url.replace("http", "wss", 1) + f"{PATH}?key={KEY}"
        async with (
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=False)) as http,
            http.ws_connect(url, max_msg_size=0) as socket,
        ):
            client = LiveClient(socket)
            await client.send({"setup": make_setup(CASCADED)})
            await client.receive_until("setupComplete")
            await client.say("Hello")
            await client.receive_turn()
        await wait_for(lambda: [one for one in recorder.journal() if one["outcome"] == "whole"], 1)
    (one,) = read(cassette)
    assert list_sides(one)[-1] == ("client", 1000)


async def test_frames_reach_both_sides_byte_for_byte(tmp_path: Path) -> None:
    async with mockgem.aserve() as direct, connecting(direct.url) as client:
        await client.socket.send_str('{"setup":  ' + json.dumps(make_setup(CASCADED)) + "}")
        expected = (await client.socket.receive()).data
    async with recording(tmp_path / "c.yaml") as recorder, connecting(recorder.url) as client:
        sent = b'{"setup":  ' + json.dumps(make_setup(CASCADED)).encode() + b"}"
        await client.socket.send_bytes(sent)
        frame = await client.socket.receive()
    assert (frame.type, frame.data) == (aiohttp.WSMsgType.BINARY, expected)
    (one,) = read(tmp_path / "c.yaml")
    assert (one.messages[0].data, one.messages[0].is_text) == (sent, False)
    assert one.messages[1].data == expected


@pytest.mark.parametrize("suffix", [".yaml", ".json"])
async def test_vcrpy_reads_the_file(tmp_path: Path, suffix: str) -> None:
    from vcr.persisters.filesystem import FilesystemPersister
    from vcr.serializers import jsonserializer, yamlserializer

    cassette = tmp_path / f"live{suffix}"
    async with recording(cassette) as recorder:
        await say(recorder.url, "Hello")
    serializer = jsonserializer if suffix == ".json" else yamlserializer
    requests, responses = FilesystemPersister.load_cassette(str(cassette), serializer)
    assert [request.method for request in requests] == ["GET"]
    assert responses[0]["status"]["code"] == 101


async def test_what_a_session_said_is_readable_in_a_review(tmp_path: Path) -> None:
    async with recording(tmp_path / "live.yaml") as recorder:
        await say(recorder.url, "Hello")
    text = (tmp_path / "live.yaml").read_text()
    assert "      - from: client\n" in text
    assert '"setupComplete": {}' in text


async def test_keys_and_tokens_are_not_in_the_file(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    async with recording(cassette) as recorder:
        async with aiohttp.ClientSession() as http:
            token_url = f"{recorder.upstream.url}/v1beta/auth_tokens?key={KEY}"
            async with http.post(token_url, json={"uses": 5}) as response:
                token = (await response.json())["name"]
        places = [
            (PATH, {"x-goog-api-key": KEY}),
            (f"{PATH}?key={KEY}", {}),
            (f"{PATH}Constrained", {"Authorization": f"Token {token}"}),
            (f"{PATH}Constrained?access_token={token}", {}),
        ]
        for path, headers in places:
            async with connecting(recorder.url, make_setup(CASCADED), path, headers) as client:
                await client.say(f"My key is {KEY} and my token {token}.")
                await client.receive_turn()
    text = cassette.read_text()
    assert len(read(cassette)) == len(places)
    assert KEY not in text
    assert token.removeprefix("auth_tokens/") not in text
    assert "My key is REDACTED" in text


async def test_a_close_of_the_upstream_reaches_the_client_when_it_is_on_disk(
    tmp_path: Path,
) -> None:
    cassette = tmp_path / "live.yaml"
    async with recording(cassette) as recorder, connecting(recorder.url) as client:
        await client.send({"setup": {"model": "models/none"}})
        closed = await client.receive_close()
        (one,) = read(cassette)
    assert closed.code == 1008
    assert list_sides(one)[-1] == ("server", 1008)
    assert one.messages[-1].data.decode() == closed.reason


async def test_a_connection_that_the_upstream_drops_is_dropped(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    rule = {"when": {"endpoint": "generate"}, "faults": [{"fault": "reset"}]}
    async with recording(cassette) as recorder:
        recorder.upstream.scenario({"rules": [rule]})
        async with connecting(recorder.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            assert (await client.receive_close()).code == 1006
    (one,) = read(cassette)
    assert one.messages[-1].close == 1006
    assert one.broken
    async with mockgem.aserve(cassette=str(cassette)) as replay:
        async with connecting(replay.url, make_setup(CASCADED)) as client:
            await client.say("Hello")
            assert (await client.receive_close()).code == 1006


async def test_a_refused_upgrade_reaches_the_client_and_is_recorded(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    rule = {"when": {"endpoint": "live"}, "fail": 429}
    async with recording(cassette) as recorder:
        recorder.upstream.scenario({"rules": [rule]})
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connecting(recorder.url):
                pass
    assert refused.value.status == 429
    (one,) = read(cassette)
    assert (one.status, one.messages) == (429, ())


async def try_to_open(url: str, path: str = PATH) -> tuple[int, bytes, str]:
    """Send a handshake that may be refused; return the status, the body and its type."""
    handshake = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{url}{path}?key={KEY}", headers=handshake, allow_redirects=False) as answer,
    ):
        body = b"" if answer.status == 101 else await answer.read()
        return answer.status, body, answer.headers.get("content-type", "")


@pytest.mark.parametrize("status", [302, 401, 403, 404, 429, 500])
@pytest.mark.parametrize("coding", ["", "gzip"])
async def test_the_body_of_a_refusal_is_recorded_and_replayed(
    tmp_path: Path, status: int, coding: str
) -> None:
    cassette = str(tmp_path / "live.yaml")
    body = json.dumps({"error": {"code": status, "message": "Nö.", "status": "X"}}).encode()
    seen: list[str] = []

    async def refuse(request: web.BaseRequest) -> web.Response:
        seen.append(request.path)
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        if status == 302:
            headers["Location"] = "/elsewhere"
        if coding:
            headers["Content-Encoding"] = coding
        sent = gzip.compress(body) if coding else body
        return web.Response(status=status, body=sent, headers=headers)

    expected = (status, body, "application/json; charset=UTF-8")
    async with (
        service(refuse) as upstream,
        mockgem.aserve(cassette=cassette, record_mode="once", upstream=upstream) as recorder,
    ):
        assert await try_to_open(recorder.url) == expected
    assert seen == [PATH]  # redirects are not followed
    (one,) = read(Path(cassette))
    assert (one.status, one.body, one.uri.partition(":")[0]) == (status, body, "ws")
    assert KEY not in Path(cassette).read_text()
    async with mockgem.aserve(cassette=cassette, on_miss="fail") as replay:
        assert await try_to_open(replay.url) == expected
        assert not replay._list_unplayed()
        assert (await try_to_open(replay.url))[0] == 101


async def test_a_refusal_is_replayed_in_its_place_between_sessions(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    async with recording(cassette) as recorder:
        first = await say(recorder.url, "one")
        await wait_for(lambda: [one.uri for one in read(cassette)], 1)
        recorder.upstream.scenario({"rules": [{"when": {"endpoint": "live"}, "fail": 429}]})
        assert (await try_to_open(recorder.url))[0] == 429
        recorder.upstream.reset()
        last = await say(recorder.url, "two")
    for more in ({"on_miss": "fail"}, {"on_miss": "engine"}, {"record_mode": "new_episodes"}):
        async with mockgem.aserve(cassette=str(cassette), **more) as replay:
            assert await say(replay.url, "one") == first
            status, body, _ = await try_to_open(replay.url)
            assert (status, json.loads(body)["error"]["code"]) == (429, 429)
            assert await say(replay.url, "two") == last


async def test_verify_compares_a_refusal(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    rule = {"when": {"endpoint": "live"}, "fail": 429}
    async with recording(cassette) as recorder:
        recorder.upstream.scenario({"rules": [rule]})
        await try_to_open(recorder.url)
    async with recording(cassette, "verify") as recorder:
        recorder.upstream.scenario({"rules": [rule]})
        await try_to_open(recorder.url)
        assert recorder.differences() == []
    async with recording(cassette, "verify") as recorder:
        recorder.upstream.scenario({"rules": [rule | {"fail": 503}]})
        await try_to_open(recorder.url)
        (problem,) = recorder.differences()
    assert "status: recorded 429, now 503" in problem


@pytest.mark.parametrize("size", [99, 100, 101])
@pytest.mark.parametrize("is_text", [True, False])
async def test_the_largest_message_of_an_upstream_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, is_text: bool
) -> None:
    monkeypatch.setattr(upstream_socket, "MAX_MESSAGE", 100)
    cassette = str(tmp_path / "c.yaml")

    async def send(request: web.BaseRequest) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.receive()
        await (socket.send_str("x" * size) if is_text else socket.send_bytes(b"x" * size))
        await socket.close(code=1000)
        return socket

    async with (
        service(send) as upstream,
        mockgem.aserve(cassette=cassette, record_mode="once", upstream=upstream) as recorder,
        aiohttp.ClientSession() as session,
        session.ws_connect(recorder.url + PATH) as client,
    ):
        await client.send_str("{}")
        message = await client.receive()
    passed = message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)
    assert passed == (size <= 100)
    assert not passed or len(message.data) == size


async def test_without_an_upstream_the_upgrade_is_refused(tmp_path: Path) -> None:
    cassette = str(tmp_path / "c.yaml")
    async with mockgem.aserve(
        cassette=cassette, record_mode="all", upstream="http://127.0.0.1:9"
    ) as server:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with connecting(server.url):
                pass
    assert refused.value.status == 503


async def hear_music(client: LiveClient, chunks: int = 2) -> list[bytes]:
    await client.send({"setup": {"model": "models/lyria-realtime-exp"}})
    await client.receive()
    prompts = [{"text": "Piano", "weight": 1.0}]
    await client.send({"clientContent": {"weightedPrompts": prompts}})
    await client.send({"playbackControl": "PLAY"})
    heard = []
    for _ in range(chunks):
        heard.append((await client.receive())["serverContent"]["audioChunks"][0]["data"])
    return heard


async def test_music_and_vertex_are_recorded_and_replayed(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    name = "projects/p/locations/global/publishers/google/models/" + CASCADED.partition("/")[2]
    setup = {"model": name, "generationConfig": {"responseModalities": ["TEXT"]}}
    headers = {"Authorization": "Bearer token-of-a-test"}

    async def talk(url: str) -> tuple[list[bytes], str]:
        async with connecting(url, path=MUSIC) as client:
            music = await hear_music(client)
        async with connecting(url, path=VERTEX, headers=headers) as client:
            await client.send({"setup": setup})
            await client.receive_until("setupComplete")
            await client.say("Hello")
            return music, join_texts(await client.receive_turn(), "text")

    async with recording(cassette) as recorder:
        recorded = await talk(recorder.url)
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail", seed=1) as replay:
        assert await talk(replay.url) == recorded
        assert {entry["source"] for entry in replay.journal()} == {"cassette"}


async def test_a_mode_does_with_sessions_what_it_does_with_requests(tmp_path: Path) -> None:
    """Once: the new file. New episodes: what it lacks. All: again what was sent. Rewrite: all."""
    cassette = tmp_path / "live.yaml"
    async with recording(cassette, "once") as recorder:
        await say(recorder.url, "one")
    assert len(read(cassette)) == 1
    async with recording(cassette, "new_episodes") as recorder:
        await say(recorder.url, "one")
        await say(recorder.url, "other", systemInstruction={"parts": [{"text": "Be brief."}]})
        sources = [entry["source"] for entry in recorder.journal()]
        unplayed = recorder.upstream.journal()
    assert sources == ["cassette", "cassette"]
    assert len(unplayed) == 1
    assert len(read(cassette)) == 2
    earlier = "2026-01-01T00:00:00Z"  # the same second would not tell the recordings apart
    cassette.write_text(
        re.sub(r"recorded: '[^']*'", f"recorded: '{earlier}'", cassette.read_text())
    )
    assert [one.recorded for one in read(cassette)] == [earlier, earlier]
    async with recording(cassette, "all") as recorder:
        await say(recorder.url, "one")
    assert len(read(cassette)) == 2
    assert [one.recorded for one in read(cassette)].count(earlier) == 1
    async with recording(cassette, "rewrite") as recorder:
        await say(recorder.url, "three")
    assert [list_sides(one)[2][1]["clientContent"]["turns"][0]["parts"] for one in read(cassette)
            ] == [[{"text": "three"}]]  # fmt: skip
    async with recording(cassette, "none", on_miss="fail") as recorder:
        await say(recorder.url, "three")
        assert not recorder.upstream.journal()


async def test_verify_compares_by_message(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    async with recording(cassette) as recorder:
        await say(recorder.url, "one")
    async with recording(cassette, "verify", verify_by="exact") as recorder:
        await say(recorder.url, "one")
        assert recorder.differences() == []
    async with recording(cassette, "verify") as recorder:
        rule = {"when": {"endpoint": "generate", "calls": 1}, "faults": ["close_socket"]}
        recorder.upstream.scenario({"rules": [rule]})
        async with connecting(recorder.url, make_setup(CASCADED)) as client:
            await client.say("one")
            await client.receive_close()
        await say(recorder.url, "one", systemInstruction={"parts": [{"text": "x"}]})
        problems = await wait_for(recorder.differences, 2)
    assert "close: recorded no close of the server, now" in problems[0]
    assert problems[1].endswith("has no recording")


async def test_a_session_with_audio_is_recorded_and_replayed(tmp_path: Path) -> None:
    cassette = tmp_path / "live.yaml"
    setup = make_setup(NATIVE, outputAudioTranscription={})

    async def talk(url: str) -> list[Any]:
        async with connecting(url, setup) as client:
            await client.say("Hello")
            return await client.receive_turn()

    async with recording(cassette) as recorder:
        recorded = await talk(recorder.url)
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail", seed=1) as replay:
        assert await talk(replay.url) == recorded


@pytest.mark.slow
async def test_an_upstream_with_tls_is_recorded(tmp_path: Path) -> None:
    """In processes of their own: a recorder trusts what SSL_CERT_FILE names at its start."""
    cassette, bundle = tmp_path / "live.yaml", tmp_path / "ca.pem"
    upstream = await asyncio.to_thread(ServerProcess, "--quiet")
    try:
        bundle.write_bytes(await asyncio.to_thread(upstream.get, "/_mockgem/ca.pem"))
        secure = upstream.url.replace("http://127.0.0.1", "https://localhost")
        options = ("--cassette", str(cassette), "--upstream", secure, "--quiet")
        recorder = await asyncio.to_thread(
            partial(ServerProcess, *options, serve="record", env={"SSL_CERT_FILE": str(bundle)})
        )
        try:
            authority = (await asyncio.to_thread(recorder.get, "/_mockgem/ca.pem")).decode()
            context = ssl.create_default_context(cadata=authority)
            url = recorder.url.replace("http://127.0.0.1", "wss://localhost")
            connector = aiohttp.TCPConnector(ssl=context)
            async with (
                aiohttp.ClientSession(connector=connector) as http,
                http.ws_connect(f"{url}{PATH}?key={KEY}", max_msg_size=0) as socket,
            ):
                client = LiveClient(socket)
                await client.send({"setup": make_setup(CASCADED)})
                await client.receive_until("setupComplete")
                await client.say("Hello")
                words = join_texts(await client.receive_turn(), "text")
        finally:
            await asyncio.to_thread(recorder.stop)
    finally:
        await asyncio.to_thread(upstream.stop)
    (one,) = read(cassette)
    assert one.uri.startswith("wss://localhost:")
    assert KEY not in cassette.read_text()
    async with mockgem.aserve(cassette=str(cassette), on_miss="fail") as replay:
        assert await say(replay.url, "Hello") == [words]
