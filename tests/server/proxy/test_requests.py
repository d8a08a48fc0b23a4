"""Requests whose target is a URL: for hosts of the API, for the server itself, and for others."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from mockgem.server import http as http_module
from tests.recording.raw_http import build_request, read_response
from tests.server.proxy.internet import (
    GEMINI,
    WAIT,
    Internet,
    client_of,
    hosting,
    proxying,
    send_raw,
)

MODELS = "/v1beta/models/gemini-2.5-flash"
OTHER = "other.example"
EVERY = ("*",)
CLOSE = ["Connection: close"]


def absolute(url: str, *headers: str, method: str = "GET", host: str = "x.example") -> bytes:
    return build_request(method, url, [*CLOSE, *headers], host=host)


class OtherService:
    """A service that mockgem knows nothing about."""

    def __init__(self) -> None:
        self.requests: list[web.BaseRequest] = []
        self.bodies: list[bytes] = []
        self.go_on = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.requests.append(request)
        self.bodies.append(await request.read())
        match request.path:
            case "/gzip":
                headers = {"Content-Encoding": "gzip", "X-Own": "1"}
                return web.Response(body=gzip.compress(b"packed"), headers=headers)
            case "/elsewhere":
                return web.Response(status=302, headers={"Location": "http://third.example/x"})
            case "/empty":
                return web.Response(status=204)
            case "/broken":
                response = web.StreamResponse(headers={"Content-Length": "100"})
                await response.prepare(request)
                await response.write(b"half")
                assert request.transport is not None
                request.transport.close()
                return response
            case "/stream":
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(b"first")
                await self.go_on.wait()
                await response.write(b"last")
                return response
        return web.Response(body=b"found " + request.path_qs.encode(), status=201)


@pytest.mark.parametrize(
    "url", [f"http://{GEMINI}{MODELS}", f"http://{GEMINI}:80{MODELS}", f"HTTP://{GEMINI}{MODELS}",
            f"https://{GEMINI}{MODELS}", f"https://{GEMINI}:443{MODELS}?alt=json"]
)  # fmt: skip
async def test_a_host_of_the_api_is_answered(url: str) -> None:
    async with proxying() as (_, port):
        received = await send_raw(port, absolute(url))
        assert received.startswith(b"HTTP/1.1 200 OK")
        assert b"models/gemini-2.5-flash" in received


async def test_urls_in_answers_have_the_scheme_and_host_of_the_client() -> None:
    start = ["X-Goog-Upload-Protocol: resumable", "X-Goog-Upload-Command: start"]
    async with proxying() as (_, port):
        for scheme in ("http", "https"):
            url = f"{scheme}://{GEMINI}/upload/v1beta/files"
            received = await send_raw(port, absolute(url, *start, method="POST"))
            assert (
                f"X-Goog-Upload-URL: {scheme}://{GEMINI}/upload/v1beta/files?".encode() in received
            )


async def test_the_host_in_the_target_wins() -> None:
    """RFC 9112 3.2.2."""
    async with proxying() as (_, port):
        received = await send_raw(port, absolute(f"http://{GEMINI}{MODELS}", host="evil.example"))
        assert received.startswith(b"HTTP/1.1 200 OK")
        received = await send_raw(port, absolute(f"http://evil.example{MODELS}", host=GEMINI))
        assert received.startswith(b"HTTP/1.1 403 ")


async def test_the_server_itself_is_answered_without_a_detour() -> None:
    async with proxying() as (_, port):
        for path in (MODELS, "/_mockgem/health", f"/w/a{MODELS}"):
            received = await send_raw(port, absolute(f"http://127.0.0.1:{port}{path}"))
            assert received.startswith(b"HTTP/1.1 200 OK"), path
        received = await send_raw(port, absolute(f"http://localhost:{port}"))
        assert b"404" in received


async def test_one_connection_may_have_requests_for_several_hosts(internet: Internet) -> None:
    service = OtherService()
    async with hosting(internet, service.answer, OTHER, secure=False):
        async with proxying(tunnel_host=EVERY) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            urls = [f"http://{OTHER}/a", f"http://{GEMINI}{MODELS}", f"http://{OTHER}/b", MODELS]
            statuses = []
            for url in urls:
                writer.write(build_request("GET", url))
                message, _ = await read_response(reader, "GET")
                statuses.append(message.status)
            writer.close()
    assert statuses == [201, 200, 201, 200]


async def test_the_admin_api_is_not_on_the_hosts_of_the_api() -> None:
    async with proxying() as (_, port):
        received = await send_raw(port, absolute(f"http://{GEMINI}/_mockgem/journal"))
        assert received.startswith(b"HTTP/1.1 421 ")
        assert b"use mockgem's own address" in received


async def test_a_request_for_another_host_passes_unread(internet: Internet) -> None:
    import mockgem

    service = OtherService()
    async with hosting(internet, service.answer, OTHER, secure=False):
        async with mockgem.aserve(proxy=True, tunnel_host=["*"]) as server:
            sent = absolute(
                f"http://{OTHER}/path%20x?q=%C3%A9", "Proxy-Authorization: Basic c2VjcmV0",
                "X-Two: 1", "X-Two: 2", "Accept-Encoding: br", "Cookie: a=b",
            )  # fmt: skip
            port = int(server.url.rpartition(":")[2])
            received = await send_raw(port, sent)
            assert await asyncio.to_thread(server.journal) == []
    assert received.startswith(b"HTTP/1.1 201 ")
    assert b"found /path%20x?q=%C3%A9" in received
    (request,) = service.requests
    assert request.headers.getall("X-Two") == ["1", "2"]
    assert request.headers["Accept-Encoding"] == "br"
    assert request.headers["Cookie"] == "a=b"
    assert request.headers["Host"] == OTHER
    assert not [name for name in request.headers if name.lower().startswith("proxy-")]


async def test_bodies_pass_as_they_are(internet: Internet) -> None:
    service = OtherService()
    large = bytes(range(256)) * 1000

    async def produce() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield large

    async with hosting(internet, service.answer, OTHER, secure=False):
        async with proxying(tunnel_host=EVERY) as (server, port), client_of(server, port) as send:
            url = f"http://{OTHER}/x"
            await send("POST", url, data=large)
            await send("POST", url, data=produce())
            packed = gzip.compress(b"request")
            await send("POST", url, data=packed, headers={"Content-Encoding": "gzip"})
            await send("POST", url, data=b"\x01br", headers={"Content-Encoding": "br"})
            assert await send("GET", f"http://{OTHER}/gzip") == (200, b"packed")
            assert await send("GET", f"http://{OTHER}/empty") == (204, b"")
            assert (await send("HEAD", url))[0] == 201
    assert service.bodies[0] == large
    assert service.bodies[1] == large * 3
    assert service.requests[2].headers["Content-Encoding"] == "gzip"
    assert service.bodies[2:4] == [packed, b"\x01br"]
    assert service.requests[3].headers["Content-Encoding"] == "br"


async def test_a_stream_of_another_host_stays_a_stream(internet: Internet) -> None:
    service = OtherService()
    async with hosting(internet, service.answer, OTHER, secure=False):
        async with proxying(tunnel_host=EVERY) as (server, port), client_of(server, port) as send:
            proxy = f"http://127.0.0.1:{port}"
            async with send.session.get(f"http://{OTHER}/stream", proxy=proxy) as answer:
                assert await asyncio.wait_for(answer.content.readany(), WAIT) == b"first"
                service.go_on.set()
                assert await answer.content.read() == b"last"


async def test_a_redirect_passes_and_is_not_followed(internet: Internet) -> None:
    service = OtherService()
    async with hosting(internet, service.answer, OTHER, secure=False):
        async with proxying(tunnel_host=EVERY) as (_, port):
            received = await send_raw(port, absolute(f"http://{OTHER}/elsewhere"))
    assert received.startswith(b"HTTP/1.1 302 Found\r\n")
    assert b"Location: http://third.example/x\r\n" in received


async def test_an_answer_that_breaks_off_breaks_off(internet: Internet) -> None:
    service = OtherService()
    async with hosting(internet, service.answer, OTHER, secure=False):
        async with proxying(tunnel_host=EVERY) as (_, port):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(build_request("GET", f"http://{OTHER}/broken"))
            message, _ = await read_response(reader, "GET")
            assert (message.status, message.body, message.end) == (200, b"half", "cut")
            writer.close()


async def test_a_host_that_does_not_exist_is_a_502(internet: Internet) -> None:
    async with proxying(tunnel_host=EVERY) as (_, port):
        received = await send_raw(port, absolute("http://none.example/x?key=secret-of-the-url"))
    assert received.startswith(b"HTTP/1.1 502 Bad Gateway\r\n")
    assert b"got no response from http://none.example/x: " in received
    assert b"secret-of-the-url" not in received


REFUSED = {
    "another host": (f"http://{OTHER}/", 403, "does not answer for other.example:80"),
    "another port": (f"http://{GEMINI}:8080{MODELS}", 403, "only on ports 80 and 443, not on 8080"),
    "the metadata server": ("http://169.254.169.254/latest/meta-data/", 403, "does not answer"),
    "another server of this machine": ("http://127.0.0.1:1/", 403, "does not answer"),
    "another scheme": (f"ftp://{OTHER}/", 421, "this is mockgem, not"),
    "a user in the target": (f"http://user:secret@{GEMINI}/", 400, "is not valid"),
    "a port that does not exist": (f"http://{GEMINI}:99999/", 400, "is not valid"),
    "no host": ("http:///x", 400, "not valid HTTP/1.1"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_target_that_is_refused(name: str) -> None:
    url, status, words = REFUSED[name]
    async with proxying() as (_, port):
        received = await send_raw(port, absolute(url))
    assert received.startswith(b"HTTP/1.1 %d " % status), received
    error = json.loads(received.partition(b"\r\n\r\n")[2])["error"]
    assert words in (error if isinstance(error, str) else error["message"])


async def test_addresses_in_the_own_network_are_refused(internet: Internet) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        return ["169.254.169.254"]

    internet.look_up = look_up  # type: ignore[method-assign]
    async with proxying(tunnel_host=EVERY) as (_, port):
        received = await send_raw(port, absolute("http://metadata.example/"))
    assert received.startswith(b"HTTP/1.1 502 ")
    assert b"leads to 169.254.169.254, which is not in the public network" in received


async def test_a_client_of_another_machine_gets_only_the_hosts_of_the_api(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its address is pretended: the test has one machine."""
    monkeypatch.setattr(http_module, "is_from_here", lambda request: False)
    service = OtherService()
    async with hosting(internet, service.answer, OTHER, secure=False):
        async with proxying(tunnel_host=EVERY) as (_, port):
            received = await send_raw(port, absolute(f"http://{OTHER}/"))
            assert received.startswith(b"HTTP/1.1 403 ")
            assert b"only for clients of this machine" in received
            received = await send_raw(port, absolute(f"http://{GEMINI}{MODELS}"))
            assert received.startswith(b"HTTP/1.1 200 ")
    assert not service.requests


async def test_a_socket_of_another_host_needs_connect(internet: Internet) -> None:
    upgrade = ["Upgrade: websocket", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="]
    upgrade += ["Sec-WebSocket-Version: 13"]
    async with proxying(tunnel_host=EVERY) as (_, port):
        request = build_request("GET", f"http://{OTHER}/x", ["Connection: Upgrade", *upgrade])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(request)
        message, _ = await read_response(reader, "GET")
        writer.close()
    assert message.status == 501
    assert b"with CONNECT only" in message.body


async def test_a_proxy_host_may_be_another_api() -> None:
    """A program with api.openai.com in its code meets the gateway surface."""
    async with proxying(proxy_host=("api.openai.com",)) as (server, port):
        async with client_of(server, port) as send:
            chat = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hello"}]}
            status, body = await send(
                "POST",
                "https://api.openai.com/v1/chat/completions",
                json=chat,
                headers={"Authorization": "Bearer k"},
            )
    assert status == 200
    assert json.loads(body)["choices"]


async def test_a_star_does_not_open_the_server_to_other_pages() -> None:
    """DNS rebinding: a page at evil.example:8090 that leads to this machine."""
    async with proxying(proxy_host=EVERY) as (_, port):
        request = build_request("GET", MODELS, CLOSE, host=f"evil.example:{port}")
        assert (await send_raw(port, request)).startswith(b"HTTP/1.1 421 ")
        request = build_request("GET", "/_mockgem/journal", CLOSE, host="evil.example")
        assert (await send_raw(port, request)).startswith(b"HTTP/1.1 421 ")
