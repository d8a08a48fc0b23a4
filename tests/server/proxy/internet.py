"""A fake internet on 127.0.0.1: services with TLS under the names of real hosts, without DNS."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import aiohttp.connector
import pytest
import trustme
from aiohttp import web

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.recording import upstream as upstream_module
from mockgem.recording.upstream import Upstream
from mockgem.server.http import Server
from tests.recording.servers import Handler

GEMINI = "generativelanguage.googleapis.com"
VERTEX = "europe-west4-aiplatform.googleapis.com"
WAIT = 60.0
"""Seconds that are long enough on a busy machine."""
AUTHORITY = trustme.CA()
"""The authority of the fake internet, which clients of the proxy do not trust."""


class Internet:
    """Where each host is: a port of 127.0.0.1."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}

    async def look_up(self, host: str, port: int) -> list[str]:
        """Stand for DNS: every host that exists is on a public address."""
        if host not in self.ports:
            raise OSError(f"{host} is unknown")
        return ["142.250.74.106"]

    def make_resolver(self, upstream: Upstream) -> Any:
        """Return a resolver for aiohttp that leads public addresses here."""
        resolver = self.original(upstream)
        resolve = resolver.resolve

        async def lead_here(host: str, port: int = 0, family: Any = 0) -> list[Any]:
            found = await resolve(host, port, family)
            return [row | {"host": "127.0.0.1", "port": self.ports[host]} for row in found]

        resolver.resolve = lead_here
        return resolver

    original: Callable[[Upstream], Any]


def connect_internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    """Return a fake internet for the recorders and the proxies of a test."""
    internet = Internet()
    internet.original = upstream_module.make_resolver
    monkeypatch.setattr(upstream_module, "make_resolver", internet.make_resolver)
    build = Upstream.__init__

    def build_upstream(self: Upstream, near: str = "", **more: Any) -> None:
        build(self, near, lambda host, port: internet.look_up(host, port), **more)

    monkeypatch.setattr(Upstream, "__init__", build_upstream)
    trusting = ssl.create_default_context()
    AUTHORITY.configure_trust(trusting)
    monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", trusting)
    return internet


@asynccontextmanager
async def hosting(
    internet: Internet, handler: Handler, *hosts: str, secure: bool = True
) -> AsyncIterator[int]:
    """Run a handler as the service of some hosts."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*hosts).configure_cert(context)
    runner = web.ServerRunner(web.Server(handler, auto_decompress=False))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context if secure else None).start()
    port = int(runner.addresses[0][1])
    internet.ports.update(dict.fromkeys(hosts, port))
    try:
        yield port
    finally:
        await runner.cleanup()


@asynccontextmanager
async def proxying(**settings: Any) -> AsyncIterator[tuple[Server, int]]:
    """Run a server that is a proxy."""
    server = create_server(Settings(proxy=True, **settings))
    port = await server.start("127.0.0.1", 0)
    try:
        yield server, port
    finally:
        await server.stop(1.0)


def trust(server: Server) -> ssl.SSLContext:
    assert server.certificates is not None
    return ssl.create_default_context(cadata=server.certificates.ca_pem.decode())


@asynccontextmanager
async def client_of(server: Server, port: int) -> AsyncIterator[Any]:
    """Give a function that sends requests through the proxy, with aiohttp's client."""
    async with aiohttp.ClientSession() as session:

        async def send(method: str, url: str, **more: Any) -> tuple[int, bytes]:
            options = {"proxy": f"http://127.0.0.1:{port}", "ssl": trust(server)}
            async with session.request(method, url, **options, **more) as answer:
                return answer.status, await answer.read()

        send.session = session  # type: ignore[attr-defined]
        yield send


async def send_raw(port: int, data: bytes | Sequence[bytes]) -> bytes:
    """Send bytes, in pieces, and return all that comes until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(OSError):
        for piece in (data,) if isinstance(data, bytes) else data:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
    try:
        return await asyncio.wait_for(reader.read(), WAIT)
    finally:
        writer.close()
