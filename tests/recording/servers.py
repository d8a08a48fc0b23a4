"""Servers and clients for the tests of recording."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from tests.recording.interactions import KEY

CHAT = "/v1beta/openai/chat/completions"
Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def mockgem(**settings: Any) -> AsyncIterator[str]:
    server = create_server(Settings(**settings))
    port = await server.start("127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.stop(1.0)


def recorder_at(cassette: str | Path, upstream: str) -> Any:
    return mockgem(cassette=str(cassette), record_mode="once", upstream=upstream)


@asynccontextmanager
async def service(handler: Handler) -> AsyncIterator[str]:
    """Run a handler of the test as the upstream."""
    runner = web.ServerRunner(web.Server(handler))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


def chat(text: str, **more: Any) -> dict[str, Any]:
    return {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}], **more}


async def ask(url: str, body: Any, path: str = CHAT, **headers: str) -> tuple[int, bytes, Any]:
    key = {"Authorization": f"Bearer {KEY}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(url + path, json=body, headers=key | headers) as answer,
    ):
        return answer.status, await answer.read(), answer.headers


async def ask_raw(
    url: str, target: str, method: str = "POST", headers: bytes = b"", times: int = 1
) -> bytes:
    """Send equal requests on one connection; return all bytes of the responses.

    The last request closes the connection.
    """
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    for remaining in reversed(range(times)):
        end = b"" if remaining else b"Connection: close\r\n"
        head = (
            f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: 2\r\n".encode()
        )
        writer.write(head + headers + end + b"\r\n{}")
        await writer.drain()
        await asyncio.sleep(0.1)
    received = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    return received
