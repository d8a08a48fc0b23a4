"""Record through the proxy: requests go to the host that the client named. Replay without it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import trustme
from aiohttp import web

from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.interaction import Interaction
from mockgem.recording.upstream import Upstream
from tests.ports import find_free_port
from tests.recording.servers import mockgem
from tests.server.proxy import internet as internet_module
from tests.server.proxy.internet import GEMINI, VERTEX, WAIT, Internet, client_of, hosting, proxying

KEY = "AIzaSyA-0123456789abcdefghijklmnopqrstu"
PROXY_SECRET = "c2VjcmV0LXVzZXI6c2VjcmV0LXBhc3M="
GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent"
STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse"
VERTEX_PATH = "/v1/projects/p/locations/europe-west4/publishers/google"
VERTEX_GENERATE = f"{VERTEX_PATH}/models/gemini-2.5-flash:generateContent"
BODY = {"contents": [{"role": "user", "parts": [{"text": "Hello"}]}]}
ANSWER = {"candidates": [{"content": {"role": "model", "parts": [{"text": "Recorded."}]}}]}
HEADERS = {"x-goog-api-key": KEY}
SOCKET = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"


class Service:
    """A service that keeps the requests that it gets."""

    def __init__(self) -> None:
        self.requests: list[web.BaseRequest] = []
        self.bodies: list[bytes] = []
        self.go_on = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(request)
        if request.headers.get("Upgrade"):
            return await self.serve_socket(request)
        self.bodies.append(await request.read())
        if "stream" in request.path:
            return await self.send_stream(request)
        return web.json_response(ANSWER | {"host": request.headers["Host"]})

    async def send_stream(self, request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        await response.write(b'data: {"first": 1}\r\n\r\n')
        await self.go_on.wait()
        await response.write(b'data: {"last": 2}\r\n\r\n')
        return response

    async def serve_socket(self, request: web.BaseRequest) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await socket.send_bytes(b'{"setupComplete": {}}' if b"setup" in message.data else b"{}")
            if b"setup" not in message.data:
                break
        await socket.close()
        return socket


def read_file(path: Path) -> list[Interaction]:
    return list(read_cassette(path).interactions)


def recording(path: Path, **more: Any) -> Any:
    return proxying(cassette=str(path), record_mode=more.pop("record_mode", "once"), **more)


def replaying(path: Path) -> Any:
    return proxying(cassette=str(path), on_miss="fail")


async def test_requests_go_to_the_host_that_the_client_named(
    internet: Internet, tmp_path: Path
) -> None:
    path, service = tmp_path / "a.yaml", Service()
    calls = {f"https://{GEMINI}{GENERATE}": GEMINI, f"https://{VERTEX}{VERTEX_GENERATE}": VERTEX}
    async with hosting(internet, service.answer, GEMINI, VERTEX):
        async with recording(path) as (server, port), client_of(server, port) as send:
            recorded = {url: await send("POST", url, json=BODY, headers=HEADERS) for url in calls}
    assert [one.headers["Host"] for one in service.requests] == list(calls.values())
    assert [one.headers["x-goog-api-key"] for one in service.requests] == [KEY] * 2
    assert [one.uri for one in read_file(path)] == list(calls)
    assert KEY not in path.read_text()
    internet.ports.clear()
    async with replaying(path) as (server, port), client_of(server, port) as send:
        for url, host in calls.items():
            status, body = await send("POST", url, json=BODY, headers=HEADERS)
            assert (status, body) == recorded[url]
            assert json.loads(body)["host"] == host
        status, body = await send("POST", f"https://{GEMINI}{GENERATE}", json={}, headers=HEADERS)
        assert status == 404
        assert b"is not in the cassette" in body


async def test_a_stream_stays_a_stream(internet: Internet, tmp_path: Path) -> None:
    path, service = tmp_path / "a.yaml", Service()
    url = f"https://{GEMINI}{STREAM}"
    async with hosting(internet, service.answer, GEMINI), recording(path) as (server, port):
        async with client_of(server, port) as send:
            options = {"proxy": f"http://127.0.0.1:{port}", "ssl": internet_module.trust(server)}
            async with send.session.post(url, json=BODY, headers=HEADERS, **options) as answer:
                first = await asyncio.wait_for(answer.content.readany(), WAIT)
                assert first == b'data: {"first": 1}\r\n\r\n'
                service.go_on.set()
                assert await answer.content.read() == b'data: {"last": 2}\r\n\r\n'
    (interaction,) = read_file(path)
    assert len(interaction.chunks) == 2
    async with replaying(path) as (server, port), client_of(server, port) as send:
        _, body = await send("POST", url, json=BODY, headers=HEADERS)
        assert body == b'data: {"first": 1}\r\n\r\ndata: {"last": 2}\r\n\r\n'


async def test_a_client_that_leaves_in_the_middle_is_recorded_to_the_end(
    internet: Internet, tmp_path: Path
) -> None:
    path, service = tmp_path / "a.yaml", Service()
    async with hosting(internet, service.answer, GEMINI), recording(path) as (server, port):
        async with client_of(server, port) as send:
            options = {"proxy": f"http://127.0.0.1:{port}", "ssl": internet_module.trust(server)}
            url = f"https://{GEMINI}{STREAM}"
            async with send.session.post(url, json=BODY, headers=HEADERS, **options) as answer:
                await answer.content.readany()
                answer.close()
        service.go_on.set()
        while not read_file(path):
            await asyncio.sleep(0.02)
    (interaction,) = read_file(path)
    assert interaction.body.endswith(b'data: {"last": 2}\r\n\r\n')
    assert not interaction.broken


@pytest.mark.parametrize("secure", [True, False])
async def test_nothing_that_is_for_the_proxy_reaches_disk_or_upstream(
    secure: bool, internet: Internet, tmp_path: Path
) -> None:
    path, service = tmp_path / "a.yaml", Service()
    headers = {
        **HEADERS,
        "Proxy-Authorization": f"Basic {PROXY_SECRET}",
        "Proxy-Connection": "keep-alive",
    }
    url = f"{'https' if secure else 'http'}://{GEMINI}{GENERATE}"
    async with hosting(internet, service.answer, GEMINI, secure=secure):
        async with recording(path) as (server, port), aiohttp.ClientSession() as session:
            answer = await session.post(
                url,
                json=BODY,
                headers=headers,
                proxy=f"http://user:pass-of-the-proxy@127.0.0.1:{port}",
                proxy_headers={"Proxy-Authorization": f"Basic {PROXY_SECRET}"} if secure else None,
                ssl=internet_module.trust(server),
            )
            assert (answer.status, await answer.json()) == (200, ANSWER | {"host": GEMINI})
    sent = {name.lower() for one in service.requests for name in one.headers}
    assert not [name for name in sent if name.startswith("proxy-")]
    text = path.read_text()
    assert "Recorded." in text
    assert PROXY_SECRET not in text
    assert "proxy" not in text.lower()


async def test_plain_http_and_https_targets_are_recorded_too(
    internet: Internet, tmp_path: Path
) -> None:
    """Some clients send a target with https to a proxy instead of CONNECT, like axios."""
    path, service = tmp_path / "a.yaml", Service()
    async with hosting(internet, service.answer, GEMINI), recording(path) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = json.dumps(BODY)
        head = f"POST https://{GEMINI}{GENERATE} HTTP/1.1\r\nHost: other.example\r\n"
        head += f"x-goog-api-key: {KEY}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write((head + body).encode())
        received = await asyncio.wait_for(reader.read(), WAIT)
        writer.close()
        assert received.startswith(b"HTTP/1.1 200 OK")
    assert service.requests[0].headers["Host"] == GEMINI
    assert [one.uri for one in read_file(path)] == [f"https://{GEMINI}{GENERATE}"]


async def test_a_gateway_that_the_user_names_is_recorded(
    internet: Internet, tmp_path: Path
) -> None:
    """Also in the own network, and with a port."""
    path, service = tmp_path / "a.yaml", Service()
    chat = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hello"}]}

    async def look_up(host: str, port: int) -> list[str]:
        return ["10.1.2.3"]

    internet.look_up = look_up  # type: ignore[method-assign]
    async with hosting(internet, service.answer, "gateway.corp.example", secure=False):
        names = ("gateway.corp.example:4000",)
        async with recording(path, proxy_host=names) as (server, port):
            async with client_of(server, port) as send:
                url = "http://gateway.corp.example:4000/v1/chat/completions"
                status, _ = await send(
                    "POST", url, json=chat, headers={"Authorization": "Bearer k"}
                )
                assert status == 200
    assert service.requests[0].headers["Host"] == "gateway.corp.example:4000"
    assert [one.uri for one in read_file(path)] == [url]


async def test_a_gateway_with_a_path_is_its_upstream(internet: Internet, tmp_path: Path) -> None:
    """Its clients send the path of --upstream, which other clients do not see."""
    path, service = tmp_path / "a.yaml", Service()
    url = "https://gateway.example/gemini/v1/chat/completions"
    chat = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hello"}]}
    headers = {"Authorization": "Bearer k"}
    async with hosting(internet, service.answer, "gateway.example"):
        async with recording(path, upstream="https://gateway.example/gemini") as (server, port):
            async with client_of(server, port) as send:
                assert (await send("POST", url, json=chat, headers=headers))[0] == 200
                await send("POST", f"https://{GEMINI}{GENERATE}", json=BODY, headers=HEADERS)
    assert [one.path for one in service.requests] == [
        "/gemini/v1/chat/completions",
        f"/gemini{GENERATE}",
    ]
    assert read_file(path)[0].uri == url
    async with proxying(
        cassette=str(path), on_miss="fail", upstream="https://gateway.example/gemini"
    ) as (server, port):
        async with client_of(server, port) as send:
            assert (await send("POST", url, json=chat, headers=headers))[0] == 200


async def test_sockets_are_recorded_and_replayed(internet: Internet, tmp_path: Path) -> None:
    path, service = tmp_path / "a.yaml", Service()

    async def talk(server: Any, port: int) -> list[bytes]:
        options = {"proxy": f"http://127.0.0.1:{port}", "ssl": internet_module.trust(server)}
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(
                f"wss://{GEMINI}{SOCKET}", headers=HEADERS, **options
            ) as link:
                received = []
                for text in ('{"setup": {"model": "models/gemini-2.5-flash"}}', '{"x": 1}'):
                    await link.send_bytes(text.encode())
                    received.append((await link.receive(WAIT)).data)
                assert (await link.receive(WAIT)).type is aiohttp.WSMsgType.CLOSE
                return received

    async with hosting(internet, service.answer, GEMINI), recording(path) as (server, port):
        recorded = await talk(server, port)
    assert service.requests[0].headers["Host"] == GEMINI
    assert [one.uri for one in read_file(path)] == [f"wss://{GEMINI}{SOCKET}"]
    internet.ports.clear()
    async with replaying(path) as (server, port):
        assert await talk(server, port) == recorded == [b'{"setupComplete": {}}', b"{}"]


async def test_urls_in_answers_lead_through_the_proxy_again(
    internet: Internet, tmp_path: Path
) -> None:
    """An upload begins with a URL that the service gives."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        seen.append(request.path)
        where = f"https://{GEMINI}/upload/v1beta/files?upload_id=x"
        headers = {"X-Goog-Upload-URL": where} if len(seen) == 1 else {}
        return web.json_response({"file": {"name": "files/a"}}, headers=headers)

    seen: list[str] = []
    path = tmp_path / "a.yaml"
    async with hosting(internet, answer, GEMINI), recording(path) as (server, port):
        async with client_of(server, port) as send:
            options = {"proxy": f"http://127.0.0.1:{port}", "ssl": internet_module.trust(server)}
            start = {"X-Goog-Upload-Protocol": "resumable", "X-Goog-Upload-Command": "start"}
            async with send.session.post(
                f"https://{GEMINI}/upload/v1beta/files", headers=HEADERS | start, json={}, **options
            ) as begun:
                where = begun.headers["X-Goog-Upload-URL"]
            assert where == f"https://{GEMINI}/upload/v1beta/files?upload_id=x"
            status, _ = await send("POST", where, data=b"x" * 300_000, headers=HEADERS)
            assert status == 200
    assert seen == ["/upload/v1beta/files"] * 2


async def test_an_upstream_without_a_good_certificate_is_a_503(
    internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, service = tmp_path / "a.yaml", Service()
    monkeypatch.setattr(internet_module, "AUTHORITY", trustme.CA())
    async with hosting(internet, service.answer, GEMINI), recording(path) as (server, port):
        async with client_of(server, port) as send:
            status, body = await send(
                "POST", f"https://{GEMINI}{GENERATE}", json=BODY, headers=HEADERS
            )
    assert status == 503
    assert b"certificate verify failed" in body
    assert KEY.encode() not in body
    assert not service.requests
    assert read_file(path) == []


async def test_a_host_without_an_address_is_a_503(internet: Internet, tmp_path: Path) -> None:
    async with recording(tmp_path / "a.yaml") as (server, port), client_of(server, port) as send:
        status, body = await send("POST", f"https://{GEMINI}{GENERATE}", json=BODY, headers=HEADERS)
    assert status == 503
    assert b"is unknown" in body


async def test_the_recorder_does_not_use_the_proxy_of_its_environment(
    internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its environment may name itself: `export HTTPS_PROXY` in the same shell."""
    path, service = tmp_path / "a.yaml", Service()
    async with hosting(internet, service.answer, GEMINI), recording(path) as (server, port):
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
        async with client_of(server, port) as send:
            status, _ = await send(
                "POST", f"https://{GEMINI}{GENERATE}", json=BODY, headers=HEADERS
            )
    assert status == 200
    assert len(service.requests) == 1


async def test_a_recorder_sends_nothing_to_itself(tmp_path: Path) -> None:
    """Whatever --upstream or DNS says, a request must not go round in circles."""
    from mockgem.app.factory import create_server
    from mockgem.config.settings import Settings

    port = find_free_port()
    settings = Settings(
        proxy=True,
        cassette=str(tmp_path / "a.yaml"),
        record_mode="once",
        upstream=f"http://localhost:{port}",
    )
    server = create_server(settings)
    assert await server.start("127.0.0.1", port) == port
    try:
        async with client_of(server, port) as send:
            status, body = await send(
                "POST", f"https://{GEMINI}{GENERATE}", json=BODY, headers=HEADERS
            )
    finally:
        await server.stop(1.0)
    assert status == 503
    assert f"localhost on port {port} is mockgem itself; nothing was sent".encode() in body
    assert server.path_counts.slow == 1


async def test_one_server_may_record_another_on_this_machine(tmp_path: Path) -> None:
    async with mockgem(seed=7) as upstream:
        async with recording(tmp_path / "a.yaml", upstream=upstream) as (server, port):
            async with client_of(server, port) as send:
                url = f"https://{GEMINI}{GENERATE}"
                status, _ = await send("POST", url, json=BODY, headers=HEADERS)
    assert status == 200


async def test_a_named_host_may_be_anywhere_and_a_pattern_only_in_public() -> None:
    async def look_up(host: str, port: int) -> list[str]:
        return ["10.1.2.3"]

    upstream = Upstream(lookup=look_up, named=("gateway.corp.example",))
    assert await upstream.resolve("gateway.corp.example", 443) == ["10.1.2.3"]
    with pytest.raises(OSError, match=r"other\.corp\.example leads to 10\.1\.2\.3"):
        await upstream.resolve("other.corp.example", 443)


async def test_recordings_are_compared_with_the_host_that_the_client_named(
    internet: Internet, tmp_path: Path
) -> None:
    path, service = tmp_path / "a.yaml", Service()
    url = f"https://{VERTEX}{VERTEX_GENERATE}"
    async with hosting(internet, service.answer, VERTEX):
        async with recording(path) as (server, port), client_of(server, port) as send:
            await send("POST", url, json=BODY, headers=HEADERS)
        async with recording(path, record_mode="verify") as (server, port):
            async with client_of(server, port) as send:
                status, _ = await send("POST", url, json=BODY, headers=HEADERS)
            assert (status, server.list_problems()) == (200, [])
    assert [one.headers["Host"] for one in service.requests] == [VERTEX, VERTEX]


async def test_recordings_can_be_matched_by_host(internet: Internet, tmp_path: Path) -> None:
    path, service = tmp_path / "a.yaml", Service()
    hosts = ("a-aiplatform.googleapis.com", "b-aiplatform.googleapis.com")
    async with hosting(internet, service.answer, *hosts):
        async with recording(path) as (server, port), client_of(server, port) as send:
            for host in hosts:
                await send("POST", f"https://{host}{VERTEX_GENERATE}", json=BODY, headers=HEADERS)
    match_on = ("method", "host", "path", "body")
    async with proxying(cassette=str(path), on_miss="fail", match_on=match_on) as (server, port):
        async with client_of(server, port) as send:
            for host in reversed(hosts):
                url = f"https://{host}{VERTEX_GENERATE}"
                _, body = await send("POST", url, json=BODY, headers=HEADERS)
                assert json.loads(body)["host"] == host
