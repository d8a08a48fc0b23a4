"""TLS on the port of plain HTTP: the first byte of a connection decides."""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import trustme

import mockgem
from mockgem.server.certificates import BadCertificate, Certificates
from mockgem.server.http import Server
from mockgem.server.tls import UNTRUSTED_MESSAGE, OnePort, describe_failure, start_tls
from tests.recording.raw_http import Message, build_request, read_response
from tests.server.test_connections import MODELS, WAIT, connect, read_all, serving, wait_until
from tests.server.test_http import CHAT, HELLO, post

BODY = json.dumps(HELLO).encode()
STREAM = json.dumps(HELLO | {"stream": True}).encode()
GET = build_request("GET", MODELS)


def trust(server: Server) -> ssl.SSLContext:
    assert server.certificates is not None
    return ssl.create_default_context(cadata=server.certificates.ca_pem.decode())


@asynccontextmanager
async def connecting(
    port: int, server: Server | None = None, name: str = "localhost"
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Open a connection, with TLS to a server."""
    secure = {} if server is None else {"ssl": trust(server), "server_hostname": name}
    reader, writer = await asyncio.open_connection("127.0.0.1", port, **secure)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def ask(
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes
) -> Message:
    reader, writer = streams
    writer.write(request)
    return (await read_response(reader, request.split(b" ")[0].decode()))[0]


async def ask_once(
    request: bytes, port: int, server: Server | None = None, name: str = "localhost"
) -> bytes:
    async with connecting(port, server, name) as streams:
        return (await ask(streams, request)).body


@pytest.mark.parametrize("request_", [GET, post(CHAT, BODY), post(CHAT, STREAM)])
async def test_answers_are_the_same_with_and_without_tls(request_: bytes) -> None:
    async with serving() as (_, port):
        plain = await ask_once(request_, port)
    async with serving() as (server, port):
        secure = await ask_once(request_, port, server)
    assert plain == secure
    assert plain


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1"])
async def test_the_certificate_is_for_the_names_of_this_machine(name: str) -> None:
    async with serving() as (server, port):
        assert await ask_once(GET, port, server, name)


async def test_a_client_that_also_speaks_http_2_gets_http_1() -> None:
    async with serving() as (server, port):
        context = trust(server)
        context.set_alpn_protocols(["h2", "http/1.1"])
        _, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=context, server_hostname="localhost"
        )
        secure = writer.get_extra_info("ssl_object")
        assert secure.selected_alpn_protocol() == "http/1.1"
        writer.close()


async def test_a_connection_with_tls_stays_open_for_more_requests() -> None:
    async with serving() as (server, port):
        async with connecting(port, server) as streams:
            answers = [await ask(streams, post(CHAT, BODY)) for _ in range(3)]
            assert all(b'"choices"' in answer.body for answer in answers)
            assert len(server.protocol_factory.open_connections) == 1


async def test_a_large_body_arrives_over_tls() -> None:
    body = json.dumps(HELLO | {"messages": [{"role": "user", "content": "long " * 200_000}]})
    async with serving() as (server, port):
        answer = await ask_once(post(CHAT, body.encode()), port, server)
    assert b'"choices"' in answer


async def test_a_hello_that_arrives_byte_by_byte_is_answered() -> None:
    """The loop reads the first byte alone, so that the rest of the hello comes after it."""
    async with serving() as (server, port):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = trust(server).wrap_bio(incoming, outgoing, server_hostname="localhost")
        with pytest.raises(ssl.SSLWantReadError):
            client.do_handshake()
        async with connecting(port) as (reader, writer):
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in outgoing.read():
                writer.write(bytes([byte]))
                await asyncio.sleep(0)
            while client.version() is None:
                incoming.write(await asyncio.wait_for(reader.read(65536), WAIT))
                with suppress(ssl.SSLWantReadError):
                    client.do_handshake()


async def test_urls_in_answers_lead_back_over_tls() -> None:
    start = build_request(
        "POST",
        "/upload/v1beta/files",
        ["X-Goog-Upload-Protocol: resumable", "X-Goog-Upload-Command: start",
         "X-Goog-Upload-Header-Content-Type: text/plain"],
        b"{}",
    )  # fmt: skip
    async with serving() as (server, port):
        async with connecting(port, server) as streams:
            response = await ask(streams, start)
    (url,) = response.values(b"x-goog-upload-url")
    assert url.startswith(b"https://")


async def test_without_tls_a_hello_leads_to_one_clear_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving(tls=False) as (_, port):
        with caplog.at_level(logging.WARNING, "mockgem"):
            for _ in range(3):
                async with connecting(port) as (reader, writer):
                    writer.write(b"\x16\x03\x01\x02\x00\x01")
                    assert await read_all(reader) == b""
        assert await ask_once(GET, port)
    assert [line for line in caplog.messages if "--no-tls" in line] == caplog.messages
    assert len(caplog.messages) == 1


async def test_a_client_without_the_authority_is_named_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with serving() as (server, port):
        with caplog.at_level(logging.WARNING, "mockgem"):
            with pytest.raises(ssl.SSLCertVerificationError):
                await asyncio.open_connection(
                    "127.0.0.1", port, ssl=ssl.create_default_context(), server_hostname="localhost"
                )
            await wait_until(lambda: bool(caplog.messages))
        await wait_until(lambda: not server.protocol_factory.open_connections)
    assert "mockgem ca" in caplog.messages[0]


async def test_bytes_that_only_look_like_tls_end_the_connection() -> None:
    async with serving() as (server, port):
        async with connecting(port) as (reader, writer):
            writer.write(b"\x16" + bytes(600))
            await read_all(reader)
        await wait_until(lambda: not server.protocol_factory.open_connections)
        assert not server.one_port.handshakes


async def test_a_handshake_that_stops_is_closed_after_the_idle_time() -> None:
    async with serving(idle_timeout=0.2) as (server, port):
        async with connecting(port) as (reader, writer):
            writer.write(b"\x16\x03\x01")
            assert await read_all(reader) == b""
        await wait_until(lambda: not server.protocol_factory.open_connections)


async def test_a_stop_ends_open_handshakes() -> None:
    async with serving() as (server, port):
        _, writer = await connect(port)
        writer.write(b"\x16\x03\x01")
        await wait_until(lambda: bool(server.one_port.handshakes))
    await wait_until(lambda: not server.protocol_factory.open_connections)
    assert not server.one_port.handshakes
    writer.close()


async def test_nothing_is_created_without_a_tls_hello() -> None:
    async with serving() as (server, port):
        assert await ask_once(GET, port)
        assert isinstance(server.certificates, Certificates)
        assert "authority" not in vars(server.certificates)


async def test_faults_that_close_one_side_end_a_connection_with_tls() -> None:
    scenario = {"rules": [{"faults": [{"fault": "half_close"}]}]}
    async with serving() as (server, port):
        body = json.dumps({"scenario": {"title": "half", **scenario}, "name": "half"}).encode()
        put = build_request(
            "PUT", "/_mockgem/scenario",
            ["Content-Type: application/json"], body,
        )  # fmt: skip
        assert b"error" not in await ask_once(put, port)
        async with connecting(port, server) as (reader, writer):
            writer.write(post(CHAT, BODY))
            assert b'"choices"' in await read_all(reader)


def test_a_server_in_a_program_tells_clients_whom_to_trust() -> None:
    with mockgem.serve() as server:
        env = server.env
        url = server.https_url
        assert url.startswith("https://localhost:")
        context = ssl.create_default_context(cafile=env["SSL_CERT_FILE"])
        assert len(context.get_ca_certs()) > 20
        assert env["NODE_EXTRA_CA_CERTS"] == server.ca_file
        with urllib.request.urlopen(url + "/_mockgem/health", context=context) as response:
            assert response.status == 200
    assert not Path(env["SSL_CERT_FILE"]).exists()


def test_a_server_without_tls_has_no_certificate() -> None:
    with mockgem.serve(tls=False) as server:
        assert "SSL_CERT_FILE" not in server.env
        with pytest.raises(RuntimeError, match="no TLS"):
            _ = server.ca_file
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(server.url + "/_mockgem/ca.pem")


async def test_a_server_shows_a_certificate_of_its_user(tmp_path: Path) -> None:
    authority = trustme.CA()
    leaf = authority.issue_cert("localhost")
    leaf.private_key_and_cert_chain_pem.write_to_path(tmp_path / "own.pem")
    async with serving(tls_cert=str(tmp_path / "own.pem")) as (_, port):
        context = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", port, ssl=context, server_hostname="localhost"
        )
        response = await ask((reader, writer), GET)
        assert response.status == 200
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


def test_a_command_finds_the_certificates_in_its_environment() -> None:
    code = (
        "import os, ssl, urllib.request as r; url = os.environ['MOCKGEM_URL']\n"
        "url = url.replace('http://127.0.0.1', 'https://localhost') + '/_mockgem/health'\n"
        "context = ssl.create_default_context(cafile=os.environ['SSL_CERT_FILE'])\n"
        "assert r.urlopen(url, context=context).status == 200"
    )
    command = [sys.executable, "-m", "mockgem", "run", "--quiet", "--", sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_client_can_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """A problem is logged once, and only a hundred of them."""
    port = OnePort(lambda: pytest.fail("no connection"), None)
    problems = [f"problem {number}" for number in range(150)]
    with caplog.at_level(logging.WARNING, "mockgem"):
        for problem in [*problems, *problems]:
            port.log_once(problem)
    assert caplog.messages == problems[:100]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (BadCertificate("ca.pem is damaged: delete it"),
         "TLS does not work: ca.pem is damaged: delete it"),
        (OSError(errno.ENOSPC, "No space left on device"),
         "TLS does not work: [Errno 28] No space left on device"),
        (ConnectionResetError("it has left"), UNTRUSTED_MESSAGE % "it has left"),
        (ssl.SSLError(1, "[SSL] unknown ca"), UNTRUSTED_MESSAGE % "[SSL] unknown ca"),
        (ssl.SSLCertVerificationError("no trust"), UNTRUSTED_MESSAGE % "('no trust',)"),
    ],
)  # fmt: skip
def test_a_failure_is_of_the_client_or_of_this_machine(error: Exception, message: str) -> None:
    assert describe_failure(error) == message


async def test_a_client_that_leaves_before_its_handshake_ends_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The loop has no transport then, and no error either."""

    given: dict[str, object] = {}

    async def find_nothing(*_: object, **options: object) -> None:
        given.update(options)

    monkeypatch.setattr(asyncio.get_running_loop(), "start_tls", find_nothing)
    transport: Any = SimpleNamespace(get_protocol=lambda: None)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pytest.raises(ConnectionAbortedError, match=r"^the client closed the connection$"):
        await start_tls(transport, asyncio.Protocol(), context, b"\x16")
    assert given == {"server_side": True, "ssl_handshake_timeout": 30.0}


def test_a_connection_that_is_idle_in_its_handshake_is_forgotten() -> None:
    """In the loop that servers use: it counted as open for ever."""
    with mockgem.serve(idle_timeout=0.3) as world:
        port = int(world.url.rpartition(":")[2])
        context = ssl.create_default_context(cafile=world.ca_file)
        with socket.create_connection(("127.0.0.1", port), WAIT) as one:
            context.wrap_socket(one, server_hostname="localhost").close()
        with socket.create_connection(("127.0.0.1", port), WAIT) as one:
            one.sendall(b"\x16")
            assert one.recv(1) == b""
        handle: Any = world._handle
        until = time.monotonic() + WAIT
        while handle.server.protocol_factory.open_connections and time.monotonic() < until:
            time.sleep(0.02)
        assert not handle.server.protocol_factory.open_connections
