"""Links are named, and fetched only where that is allowed."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
from mockgem.core.content import Blob, Link
from mockgem.core.errors import ApiError
from mockgem.server import media_fetch
from mockgem.server.media_fetch import fetch_media
from tests.operations.validation.samples import PNG
from tests.server.test_http import CHAT, HEADERS


def question(url: str) -> dict[str, object]:
    parts = [
        {"type": "text", "text": "What is it?"},
        {"type": "image_url", "image_url": {"url": url}},
    ]
    return {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": parts}]}


async def ask(settings: Settings, url: str) -> tuple[int, str]:
    import aiohttp

    server = create_server(settings)
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(headers=HEADERS) as client:
        async with client.post(f"http://127.0.0.1:{port}{CHAT}", json=question(url)) as response:
            found = response.status, await response.text()
    await server.stop(1)
    return found


async def pictures() -> tuple[TestServer, list[str]]:
    asked: list[str] = []

    async def give(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/moved":
            raise web.HTTPFound("/a.png")
        return web.Response(body=PNG, content_type="image/png")

    app = web.Application()
    app.router.add_get("/{name}", give)
    server = TestServer(app)
    await server.start_server()
    return server, asked


async def test_a_link_is_never_fetched_by_default() -> None:
    server, asked = await pictures()
    status, text = await ask(Settings(), str(server.make_url("/a.png")))
    assert status == 200
    assert "PNG image" in text
    assert asked == []
    await server.close()


async def test_with_fetch_media_the_picture_is_looked_at() -> None:
    server, asked = await pictures()
    status, text = await ask(Settings(fetch_media=True), str(server.make_url("/a.png")))
    assert (status, asked) == (200, ["/a.png"])
    assert "640 x 480 pixels" in text
    await server.close()


async def test_a_link_that_can_not_be_fetched_is_refused_and_redirects_are_not_followed() -> None:
    server, asked = await pictures()
    status, text = await ask(Settings(fetch_media=True), str(server.make_url("/moved")))
    assert status == 400
    assert "Cannot fetch content from the provided URL." in text
    assert asked == ["/moved"]
    await server.close()


NOT_FETCHED = "Cannot fetch content from the provided URL."


async def fetch_from(handler: object, path: str = "/x") -> Blob:
    app = web.Application()
    app.router.add_get("/x", handler)  # type: ignore[arg-type]
    server = TestServer(app)
    await server.start_server()
    try:
        return await fetch_media(Link("image/gif", str(server.make_url(path))))
    finally:
        await server.close()


@pytest.mark.parametrize(("size", "is_fetched"), [(300_000, True), (300_001, False)])
async def test_media_has_a_largest_size(
    monkeypatch: pytest.MonkeyPatch, size: int, is_fetched: bool
) -> None:
    monkeypatch.setattr(media_fetch, "MAX_BYTES", 300_000)

    async def give(_: web.Request) -> web.Response:
        return web.Response(body=b"x" * size, content_type="image/png")

    if is_fetched:
        assert await fetch_from(give) == Blob("image/png", b"x" * size)
        return
    with pytest.raises(ApiError, match=NOT_FETCHED):
        await fetch_from(give)


@pytest.mark.parametrize("status", [201, 404, 500])
async def test_another_status_than_200_is_refused(status: int) -> None:
    async def give(_: web.Request) -> web.Response:
        return web.Response(body=b"x", status=status)

    with pytest.raises(ApiError, match=NOT_FETCHED) as caught:
        await fetch_from(give)
    assert caught.value.failure.reason == "url"


async def test_a_link_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media_fetch, "TIMEOUT", 0.1)

    async def give(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    with pytest.raises(ApiError, match=NOT_FETCHED):
        await fetch_from(give)


@pytest.mark.parametrize(
    "uri", ["ftp://x/y", "file:///etc/hosts", "http://[", "http://127.0.0.1:1/x"]
)
async def test_other_links_are_refused(uri: str) -> None:
    with pytest.raises(ApiError, match=NOT_FETCHED):
        await fetch_media(Link("image/png", uri))


async def test_a_link_that_can_not_be_fetched_is_named_as_the_service_does() -> None:
    with pytest.raises(ApiError) as error:
        await fetch_media(Link("image/png", "ftp://x/y"))
    assert error.value.failure.message == "Cannot fetch content from the provided URL."
