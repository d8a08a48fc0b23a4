"""CONNECT: which connections go on, and the answers to those that do not."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import ssl
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.core.authority import Authority
from mockgem.server.http import Server
from mockgem.server.proxy.connect import MAX_HEAD, Refusal, is_connect, parse_connect, split_head
from tests.recording.raw_http import build_request, read_response
from tests.server.proxy.internet import GEMINI, VERTEX, WAIT, proxying, send_raw, trust
from tests.server.test_connections import serving, wait_until

MODELS = "/v1beta/models/gemini-2.5-flash"
HOST = f"{GEMINI}:443"


def connect(target: str = HOST, version: str = "1.1", *headers: str) -> bytes:
    lines = [f"CONNECT {target} HTTP/{version}", f"Host: {target}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


async def open_secure(
    server: Server, port: int, host: str = GEMINI, head: bytes = b""
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a connection with TLS through the proxy."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head or connect(f"{host}:443"))
    assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 200 Connection established\r\n\r\n"
    await writer.start_tls(trust(server), server_hostname=host)
    return reader, writer


async def ask(streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], host: str) -> Any:
    reader, writer = streams
    writer.write(build_request("GET", MODELS, host=host))
    message, _ = await read_response(reader, "GET")
    return message


@pytest.mark.parametrize(
    "host",
    [GEMINI, VERTEX, "aiplatform.googleapis.com", "aiplatform.eu.rep.googleapis.com"],
)
async def test_the_certificate_is_in_the_name_of_the_host(host: str) -> None:
    async with proxying() as (server, port):
        streams = await open_secure(server, port, host)
        secure: ssl.SSLObject = streams[1].get_extra_info("ssl_object")
        assert [one[1] for one in secure.getpeercert()["subjectAltName"]] == [host]  # type: ignore[index]
        assert secure.version() == "TLSv1.3"
        message = await ask(streams, host)
        assert message.status == 200
        assert json.loads(message.body)["name"] == "models/gemini-2.5-flash"
        streams[1].close()


async def test_the_proxy_speaks_no_http_2() -> None:
    async with proxying() as (server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(connect())
        await reader.readuntil(b"\r\n\r\n")
        context = trust(server)
        context.set_alpn_protocols(["h2", "http/1.1"])
        await writer.start_tls(context, server_hostname=GEMINI)
        assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "http/1.1"
        writer.close()


async def test_a_tunnel_serves_many_requests_and_one_certificate_serves_many_tunnels() -> None:
    async with proxying() as (server, port):
        streams = [await open_secure(server, port) for _ in range(3)]
        for one in streams:
            assert [(await ask(one, GEMINI)).status for _ in range(3)] == [200] * 3
        assert server.certificates is not None
        assert list(server.certificates.host_contexts) == [GEMINI]
        assert server.path_counts.fast > 0
        for _, writer in streams:
            writer.close()


@pytest.mark.parametrize(
    "head",
    [
        connect(version="1.0"),
        connect(GEMINI.upper() + ":443"),
        connect(HOST, "1.1", "Proxy-Authorization: Basic dXNlcjpzZWNyZXQ=", "User-Agent: x"),
        connect().replace(b"\r\n", b"\n"),
        connect(f"{GEMINI}.:443"),
        connect(HOST, "1.1", "X-Long: " + "x" * 15_000),
    ],
    ids=["HTTP/1.0", "upper case", "credentials", "bare line feeds", "a final dot", "a long head"],
)
async def test_odd_heads_that_are_valid(head: bytes) -> None:
    async with proxying() as (server, port):
        streams = await open_secure(server, port, head=head)
        assert (await ask(streams, GEMINI)).status == 200
        streams[1].close()


async def test_a_head_may_arrive_byte_by_byte() -> None:
    async with proxying() as (server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for byte in connect():
            writer.write(bytes([byte]))
            await asyncio.sleep(0)
        await reader.readuntil(b"\r\n\r\n")
        await writer.start_tls(trust(server), server_hostname=GEMINI)
        assert (await ask((reader, writer), GEMINI)).status == 200
        writer.close()


async def test_a_hello_may_arrive_together_with_connect() -> None:
    """Not even a hello that did not wait for the answer is lost."""
    async with proxying() as (server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = trust(server).wrap_bio(incoming, outgoing, server_hostname=GEMINI)
        with pytest.raises(ssl.SSLWantReadError):
            client.do_handshake()
        writer.write(connect() + outgoing.read())
        await reader.readuntil(b"\r\n\r\n")
        while True:
            incoming.write(await asyncio.wait_for(reader.read(65536), WAIT))
            try:
                client.do_handshake()
                break
            except ssl.SSLWantReadError:
                pass
        assert client.getpeercert()
        writer.close()


async def test_plain_http_may_follow_connect() -> None:
    """Node's undici opens a tunnel for http URLs too."""
    async with proxying() as (_, port):
        request = build_request("GET", MODELS, ["Connection: close"], host=GEMINI)
        for sent in (connect(f"{GEMINI}:80") + request, [connect(f"{GEMINI}:80"), request]):
            received = await send_raw(port, sent)
            assert received.startswith(
                b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK"
            )
            assert b"models/gemini-2.5-flash" in received


async def test_clients_that_do_not_use_the_proxy_are_served_as_before() -> None:
    async with proxying() as (server, port):
        request = build_request("GET", MODELS, ["Connection: close"])
        assert (await send_raw(port, request)).startswith(b"HTTP/1.1 200 OK")
        assert (await send_raw(port, [b"G", request[1:]])).startswith(b"HTTP/1.1 200 OK")
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=trust(server), server_hostname="localhost"
        )
        assert (await ask((reader, writer), "localhost")).status == 200
        writer.close()


async def test_a_client_may_connect_to_the_server_itself() -> None:
    """As with HTTPS_PROXY and a base URL of mockgem, without NO_PROXY."""
    async with proxying() as (server, port):
        request = build_request("GET", MODELS, ["Connection: close"], host=f"127.0.0.1:{port}")
        received = await send_raw(port, connect(f"127.0.0.1:{port}") + request)
        assert b"models/gemini-2.5-flash" in received
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(connect(f"localhost:{port}"))
        await reader.readuntil(b"\r\n\r\n")
        await writer.start_tls(trust(server), server_hostname="localhost")
        assert (await ask((reader, writer), f"localhost:{port}")).status == 200
        writer.close()


async def test_a_tunnel_is_for_one_host() -> None:
    """421 Misdirected Request (RFC 9110 15.5.20)."""
    async with proxying() as (server, port):
        streams = await open_secure(server, port)
        assert (await ask(streams, "example.com")).status == 421
        streams[1].close()


async def test_the_admin_api_is_not_on_the_hosts_of_the_api() -> None:
    async with proxying() as (server, port):
        for path in ("/_mockgem/journal", "/w/a/_mockgem/worlds"):
            streams = await open_secure(server, port)
            streams[1].write(build_request("GET", path, host=GEMINI))
            message, _ = await read_response(streams[0], "GET")
            assert message.status == 421
            streams[1].close()


BAD = (400, "Bad CONNECT request", "not valid HTTP/1.1")
BAD_HOST = (400, "Bad host in CONNECT", "the host or the port")
REFUSED = {
    "no port": (connect(GEMINI), 400, "CONNECT needs HOST:PORT", "needs a host and a port"),
    "an empty port": (connect(f"{GEMINI}:"), 400, "CONNECT needs HOST:PORT", "a host and a port"),
    "port 0": (connect(f"{GEMINI}:0"), 400, "CONNECT needs HOST:PORT", "a host and a port"),
    "no host": (connect(":443"), *BAD_HOST),
    "another port": (
        connect(f"{GEMINI}:8443"), 403, "mockgem does not answer for this host",
        f"only on ports 80 and 443, not on 8443. To add the port: --proxy-host {GEMINI}:8443",
    ),
    "a port that does not exist": (
        connect(f"{GEMINI}:70000"), *BAD_HOST,
    ),
    "another host": (
        connect("example.com:443"), 403, "mockgem does not answer for this host",
        "does not answer for example.com:443. To answer or record it: --proxy-host example.com. ",
    ),
    "another service of Google": (
        connect("oauth2.googleapis.com:443"), 403, "mockgem does not answer for this host",
        "NO_PROXY=oauth2.googleapis.com",
    ),
    "a host that is not valid": (connect("exa mple.com:443"), *BAD),
    "a URL": (connect(f"https://{HOST}/"), *BAD_HOST),
    "a star": (connect("*.googleapis.com:443"), *BAD_HOST),
    "bytes over 127": (connect("\xff\xfe:443"), *BAD_HOST),
    "a user": (connect(f"user:secret@{HOST}"), *BAD_HOST),
    "a name that is too long": (connect("a." * 200 + "b:443"), *BAD_HOST),
    "HTTP/2": (
        connect(version="2.0"), 505, "HTTP Version Not Supported", "needs HTTP/1.1 or HTTP/1.0"
    ),
    "no version": (b"CONNECT x:443\r\n\r\n", *BAD),
    "not a header": (connect(HOST, "1.1", "what is this"), *BAD),
    "a space before the colon": (connect(HOST, "1.1", "A : b"), *BAD),
    "a continued header": (connect(HOST, "1.1", "A: b", " c"), *BAD),
    "a NUL": (connect(HOST, "1.1", "A: \0"), *BAD),
    "the metadata server": (
        connect("169.254.169.254:80"), 403, "mockgem does not answer for this host", "not answer",
    ),
    "a head without an end": (
        b"CONNECT x:443 HTTP/1.1\r\n" + b"A: b\r\n" * 3000, 431,
        "Request Header Fields Too Large", f"longer than {MAX_HEAD} bytes",
    ),
    "a line without an end": (
        b"CONNECT " + b"x" * 20_000, 431, "Request Header Fields Too Large", "longer than",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_a_connect_that_is_refused(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Most clients show only the text after the status, so it says something."""
    head, status, reason, words = REFUSED[name]
    caplog.set_level(logging.WARNING, "mockgem")
    async with proxying() as (server, port):
        received = await send_raw(port, head)
        top, _, body = received.partition(b"\r\n\r\n")
        assert top.split(b"\r\n")[0].decode() == f"HTTP/1.1 {status} {reason}"
        message = json.loads(body)["error"]["message"]
        assert message.startswith("mockgem: ")
        assert words in message
        assert "secret" not in message
        assert bool(caplog.messages) == (status == 403)
        assert all(words in one for one in caplog.messages)
        await wait_until(lambda: not server.protocol_factory.open_connections)


async def test_a_refusal_is_logged_once_for_each_host(caplog: pytest.LogCaptureFixture) -> None:
    async with proxying() as (_, port):
        for host in ("a.example", "b.example", "a.example"):
            await send_raw(port, connect(f"{host}:443"))
    assert [one.split()[3] for one in caplog.messages] == ["a.example:443", "b.example:443"]


async def test_a_server_without_proxy_says_so() -> None:
    async with serving() as (_, port):
        received = await send_raw(port, connect())
        assert received.startswith(b"HTTP/1.1 405 mockgem is not a proxy without --proxy\r\n")
        assert b"start it with --proxy" in received
    async with proxying() as (_, port):
        request = build_request("GET", MODELS)
        received = await send_raw(port, request + connect())
        assert received.count(b"HTTP/1.1 ") == 2
        assert b"CONNECT has to be the first request on its connection" in received


async def test_a_connection_that_ends_in_the_head_leaves_nothing() -> None:
    async with proxying(idle_timeout=0.2) as (server, port):
        for sent in (b"", b"CONN", b"CONNECT x:443 HTTP/1.1\r\nHost:", connect(), b"\x16"):
            received = await send_raw(port, sent)
            assert received in (b"", b"HTTP/1.1 200 Connection established\r\n\r\n")
        await wait_until(lambda: not server.protocol_factory.open_connections)


async def test_a_client_without_trust_ends_its_handshake_and_the_log_says_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with proxying() as (server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(connect())
        await reader.readuntil(b"\r\n\r\n")
        with pytest.raises(ssl.SSLCertVerificationError):
            await writer.start_tls(ssl.create_default_context(), server_hostname=GEMINI)
        await wait_until(lambda: not server.protocol_factory.open_connections)
        assert "`mockgem ca` prints how" in caplog.text


def test_options_that_do_not_fit_together_are_refused() -> None:
    for name in ("proxy_host", "tunnel_host"):
        with pytest.raises(ValueError, match="--proxy-host and --tunnel-host need --proxy"):
            create_server(Settings(**{name: ("a.example",)}))
    with pytest.raises(ValueError, match="--proxy needs TLS: start mockgem without --no-tls"):
        create_server(Settings(proxy=True, tls=False))


JUNK = st.text(string.printable + "\xe9\x00", max_size=40).map(lambda text: text.encode("latin-1"))


@pytest.mark.law
@given(st.lists(JUNK, max_size=6))
def test_every_head_is_parsed_or_refused(parts: list[bytes]) -> None:
    head = b"CONNECT " + b"\r\n".join(parts)
    assert is_connect(head)
    split = split_head(head)
    found = parse_connect(split[0] if split else head)
    assert isinstance(found, (Authority, Refusal))
    if isinstance(found, Refusal):
        assert found.encode().startswith(b"HTTP/1.1 %d " % found.status)
    else:
        assert parse_connect(f"CONNECT {found} HTTP/1.1".encode()) == found


async def test_mutated_heads_get_an_answer_and_leave_nothing() -> None:
    chooser = random.Random(7)
    async with proxying(idle_timeout=1.0) as (server, port):
        heads = [mutate(connect(), chooser) for _ in range(200)]
        received = await asyncio.gather(*[send_raw(port, head) for head in heads])
        assert all(one == b"" or one.startswith(b"HTTP/1.1 ") for one in received)
        assert sum(one.startswith(b"HTTP/1.1 4") for one in received) > 50
        await wait_until(lambda: not server.protocol_factory.open_connections)
        streams = await open_secure(server, port)
        assert (await ask(streams, GEMINI)).status == 200
        streams[1].close()


def mutate(head: bytes, chooser: random.Random) -> bytes:
    """Return a head in which some bytes are different, missing or there twice."""
    changed = bytearray(head)
    for _ in range(chooser.randint(1, 4)):
        at = chooser.randrange(len(changed))
        match chooser.randrange(3):
            case 0:
                changed[at] = chooser.randrange(256)
            case 1:
                del changed[at]
            case _:
                changed[at:at] = changed[at : at + chooser.randint(1, 20)]
    return bytes(changed)
