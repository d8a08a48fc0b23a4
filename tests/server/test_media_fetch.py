"""Links are named, and fetched only where that is allowed."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestServer

from mockgem.app.factory import create_server
from mockgem.config.settings import Settings
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
