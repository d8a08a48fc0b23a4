"""The upstream client: public addresses, resolved once, and unambiguous requests."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.recording.modes import check_upstream
from mockgem.recording.upstream import (
    Upstream,
    describe_failure,
    is_public,
    make_resolver,
    to_latin1,
)
from tests.recording.servers import CHAT, chat, mockgem, recorder_at, service

WAIT = 60.0
"""Seconds that are long enough on a busy machine."""
INNER = [
    "127.0.0.1",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "224.0.0.1",
    "::1",
    "fe80::1%eth0",
    "fd00::1",
    "::ffff:169.254.169.254",
    "::",
]


def test_which_addresses_are_public() -> None:
    assert [one for one in INNER if is_public(one)] == []
    assert is_public("142.250.74.106")
    assert is_public("2a00:1450:400f::200a")


def lookup(*answers: list[str]) -> Any:
    """A resolver with a different answer each time."""
    remaining = list(answers)

    async def look(host: str, port: int) -> list[str]:
        return remaining.pop(0) if len(remaining) > 1 else remaining[0]

    return look


@pytest.mark.parametrize("address", INNER)
async def test_the_real_service_is_not_in_one_s_own_network(address: str) -> None:
    upstream = Upstream("", lookup([address]))
    with pytest.raises(ConnectionError, match="not in the public network; nothing was sent"):
        await upstream.send(
            "GET", "https://generativelanguage.googleapis.com/v1beta/models", (), b""
        )
    await upstream.close()


async def test_one_bad_address_among_good_ones_is_enough() -> None:
    upstream = Upstream("", lookup(["142.250.74.106", "127.0.0.1"]))
    with pytest.raises(OSError, match=r"leads to 127\.0\.0\.1"):
        await upstream.resolve("generativelanguage.googleapis.com", 443)


async def test_a_name_stays_where_it_was_first() -> None:
    upstream = Upstream("", lookup(["142.250.74.106"], ["127.0.0.1"]))
    first = await upstream.resolve("generativelanguage.googleapis.com", 443)
    assert (
        await upstream.resolve("generativelanguage.googleapis.com", 443)
        == first
        == ["142.250.74.106"]
    )


async def test_a_name_that_the_user_gave_may_lead_anywhere_and_stays_there_too() -> None:
    upstream = Upstream("http://gateway.local:4000/v1", lookup(["10.0.0.1"], ["10.0.0.2"]))
    assert await upstream.resolve("gateway.local", 4000) == ["10.0.0.1"]
    assert await upstream.resolve("gateway.local", 4000) == ["10.0.0.1"]
    with pytest.raises(OSError, match="not in the public network"):
        await upstream.resolve("other.local", 4000)


@pytest.mark.parametrize(
    "url",
    ["ftp://x", "127.0.0.1:80", "http://", "http://user:pw@host", "http://a@b", "https://h?key=1"],
)
def test_urls_that_are_not_an_upstream(url: str) -> None:
    with pytest.raises(ValueError, match="is not valid: use https://HOST"):
        check_upstream(url)


async def test_redirects_are_passed_on_and_never_followed(tmp_path: Path) -> None:
    async with listening(
        b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    ) as (
        url,
        got,
    ):
        async with recorder_at(tmp_path / "a.yaml", url) as recorder:
            answer = await raw(recorder, post(json.dumps(chat("hi")).encode()))
    assert answer.startswith(b"HTTP/1.1 302")
    assert len(got) == 1


@asynccontextmanager
async def listening(response: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server that keeps the bytes of each connection and always sends the same response."""
    got: list[bytes] = []

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = len(got)
        got.append(b"")
        try:
            while piece := await asyncio.wait_for(reader.read(65536), WAIT):
                got[place] += piece
                if complete(got[place]):
                    writer.write(response)
                    await writer.drain()
        except (TimeoutError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", got
    finally:
        server.close()


def complete(data: bytes) -> bool:
    head, _, body = data.partition(b"\r\n\r\n")
    sizes = [
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    return (
        len(body) >= sizes[0]
        if sizes
        else b"chunked" not in head.lower() or body.endswith(b"0\r\n\r\n")
    )


async def raw(url: str, data: bytes) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(data)
    try:
        return await asyncio.wait_for(reader.read(), WAIT)
    except TimeoutError:
        return b"(silence)"
    finally:
        writer.close()


def post(body: bytes, *headers: str, target: str = CHAT) -> bytes:
    lines = [
        f"POST {target} HTTP/1.1",
        "Host: 127.0.0.1",
        "Authorization: Bearer k",
        "Content-Type: application/json",
    ]
    framed = any("length" in one.lower() or "encoding" in one.lower() for one in headers)
    told = headers if framed else (*headers, f"Content-Length: {len(body)}")
    return ("\r\n".join([*lines, *told, "Connection: close", "", ""])).encode() + body


SECOND = b"GET /v1beta/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
BODY = json.dumps(chat("hi")).encode()
CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)
VECTORS = {
    "length and chunks": post(CHUNKED + SECOND, "Content-Length: 6", "Transfer-Encoding: chunked"),
    "chunks and length": post(
        CHUNKED + SECOND, "Transfer-Encoding: chunked", f"Content-Length: {len(CHUNKED + SECOND)}"
    ),
    "two lengths": post(
        BODY + SECOND, f"Content-Length: {len(BODY)}", f"Content-Length: {len(BODY + SECOND)}"
    ),
    "a signed length": post(BODY + SECOND, f"Content-Length: +{len(BODY)}"),
    "two encodings": post(
        CHUNKED + SECOND, "Transfer-Encoding: chunked", "Transfer-Encoding: identity"
    ),
    "an unknown encoding": post(CHUNKED + SECOND, "Transfer-Encoding: xchunked"),
    "a space before the colon": post(
        CHUNKED + SECOND, "Transfer-Encoding : chunked", f"Content-Length: {len(BODY)}"
    ),
    "a folded header": post(
        CHUNKED + SECOND, "X-A: b\r\n Transfer-Encoding: chunked", f"Content-Length: {len(BODY)}"
    ),
    "a bare line feed": post(
        BODY + SECOND, f"X-A: b\nTransfer-Encoding: chunked\r\nContent-Length: {len(BODY)}"
    ),
    "a NUL": post(BODY + SECOND, f"X-A: b\0c\r\nContent-Length: {len(BODY)}"),
    "a chunk's size with an extension": post(
        b"%x;a=b\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY) + SECOND, "Transfer-Encoding: chunked"
    ),
    "an invalid chunk size": post(
        b"0x5\r\nabcde\r\n0\r\n\r\n" + SECOND, "Transfer-Encoding: chunked"
    ),
    "trailers": post(
        b"%x\r\n%b\r\n0\r\nX-Api-Key: smuggled\r\n\r\n" % (len(BODY), BODY),
        "Transfer-Encoding: chunked",
    ),
    "what the connection alone is for": post(
        BODY,
        "Connection: x-secret, close",
        "X-Secret: 1",
        "Keep-Alive: 5",
        "TE: trailers",
        "Proxy-Authorization: Basic x",
        "Upgrade: h2c",
        "X-Mockgem-Scenario: usage-missing",
        "X-Mockgem-Token: t",
        f"Content-Length: {len(BODY)}",
    ),
    "a path with a line's end in it": post(BODY, target=CHAT + "%0d%0aX-Evil:1"),
    "an address of another": post(BODY, target="http://127.0.0.1:1" + CHAT),
}
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize("vector", VECTORS)
async def test_at_most_one_request_reaches_the_upstream(vector: str, tmp_path: Path) -> None:
    async with listening(GOOD) as (url, got):
        async with recorder_at(tmp_path / "a.yaml", url) as recorder:
            answer = await raw(recorder, VECTORS[vector])
    assert answer.startswith(b"HTTP/1."), answer
    whole = b"".join(got)
    assert whole.count(b" HTTP/1.1\r\n") <= 1
    assert b"smuggled" not in whole
    head, _, body = whole.partition(b"\r\n\r\n")
    names = [line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:]]
    assert len(set(names)) == len(names)
    assert not {
        b"x-secret",
        b"keep-alive",
        b"te",
        b"proxy-authorization",
        b"upgrade",
        b"x-evil",
    } & set(names)
    assert not [name for name in names if name.startswith(b"x-mockgem")]
    if whole:
        assert (b"content-length" in names) != (b"transfer-encoding" in names)
        assert b"content-length" not in names or body in (BODY, b"abcde")


async def test_a_key_for_clients_without_one_goes_where_each_surface_wants_it(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("MY_KEY", "the-real-key")
    native = "/v1beta/models/gemini-2.5-flash:generateContent"
    location = "/v1/projects/p/locations/us-central1"
    vertex = f"{location}/publishers/google/models/gemini-2.5-flash:generateContent"
    async with listening(GOOD) as (url, got):
        settings = {
            "cassette": str(tmp_path / "a.yaml"),
            "record_mode": "all",
            "upstream": url,
            "upstream_key_env": "MY_KEY",
        }
        async with mockgem(**settings) as recorder:
            for path in (CHAT, native, vertex):
                data = post(BODY, target=path).replace(
                    b"Authorization: Bearer k", b"Authorization: Bearer any-key"
                )
                await raw(recorder, data)
    text = b"".join(got).lower()
    assert text.count(b"authorization: bearer the-real-key") == 2
    assert text.count(b"x-goog-api-key: the-real-key") == 1
    assert b"any-key" not in text


async def test_a_recorder_without_a_good_upstream_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not valid: use https://HOST"):
        create_server(
            Settings(cassette=str(tmp_path / "a.yaml"), record_mode="once", upstream="http://a@b")
        )


async def test_the_message_of_a_private_address_names_it() -> None:
    upstream = Upstream("http://gw.example", lookup(["142.250.74.106", "10.0.0.1", "10.0.0.2"]))
    with pytest.raises(OSError) as caught:
        await upstream.resolve("service.example", 443)
    assert str(caught.value) == (
        "service.example leads to 10.0.0.1, which is not in the public network; nothing was sent"
    )
    assert await upstream.resolve("gw.example", 0) == ["142.250.74.106", "10.0.0.1", "10.0.0.2"]


@pytest.mark.parametrize(
    ("address", "family"), [("142.250.74.106", socket.AF_INET), ("2a00:1450::1", socket.AF_INET6)]
)
async def test_connections_go_to_the_addresses_that_were_checked(address: str, family: int) -> None:
    asked: list[tuple[str, int]] = []

    async def look(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return [address]

    resolver = make_resolver(Upstream("", look))
    for _ in range(2):
        (found,) = await resolver.resolve("service.example", 8443)
        assert found == {
            "hostname": "service.example",
            "host": address,
            "port": 8443,
            "family": family,
            "proto": 0,
            "flags": socket.AI_NUMERICHOST,
        }
    assert asked == [("service.example", 8443)]


@pytest.mark.parametrize("target", ["/v1beta/a%2Fb?x=%C3%A9+%20&y=%41", "/v1beta/caf%C3%A9?a=b|c"])
async def test_a_url_arrives_encoded_as_the_client_wrote_it(target: str) -> None:
    seen: list[str] = []

    async def handle(request: web.BaseRequest) -> web.Response:
        seen.append(request.raw_path)
        return web.Response()

    async with service(handle) as url:
        upstream = Upstream(url)
        await upstream.send("GET", url + target, (), b"")
        await upstream.close()
    assert seen == [target]


@pytest.mark.parametrize(
    ("text", "expected"), [("OK", "OK"), ("caf\udce9", "café"), ("café", "cafÃ©")]
)
def test_header_text_has_a_character_for_each_byte(text: str, expected: str) -> None:
    assert to_latin1(text) == expected


def test_a_failure_is_described_without_credentials() -> None:
    headers = [("x-goog-api-key", "own-credential-1")]
    url = "https://x.example/v1beta?key=other-credential-2"
    error = ValueError("no own-credential-1 other-credential-2")
    expected = "https://x.example/v1beta: no REDACTED REDACTED"
    assert describe_failure(url, headers, error) == expected
    assert (
        describe_failure(url, headers, TimeoutError()) == "https://x.example/v1beta: TimeoutError"
    )
