"""The server for comparison: a bare aiohttp Application with a router, uvloop and orjson.

`bare.py FOLDER` answers a POST of `/NAME` with the bytes in FOLDER/NAME.json, or as events with
those in FOLDER/NAME.events in one write, after it has parsed the request's JSON. `/slow` sends an
event every 50 ms.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import orjson
import uvloop
from aiohttp import web

CHUNK = {
    "choices": [
        {
            "delta": {"content": "eight words of text in every single chunk", "role": "assistant"},
            "index": 0,
        }
    ],
    "created": 1793491200,
    "id": "AIHmap-gK9np2scPueKr7gE",
    "model": "gemini-2.5-flash",
    "object": "chat.completion.chunk",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answer_with(data: bytes) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        orjson.loads(await request.read())
        return web.Response(body=data, content_type="application/json")

    return answer


def stream(data: bytes) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        orjson.loads(await request.read())
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(data)
        await response.write_eof()
        return response

    return answer


async def slow(request: web.Request) -> web.StreamResponse:
    orjson.loads(await request.read())
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    response.enable_chunked_encoding()
    await response.prepare(request)
    for _ in range(250):
        await asyncio.sleep(0.05)
        await response.write(b"data: %b\n\n" % orjson.dumps(CHUNK))
    await response.write_eof()
    return response


async def main(folder: Path | None) -> None:
    app = web.Application(client_max_size=64 << 20)
    app.router.add_post("/slow", slow)
    app.router.add_post("/chat", answer_with(orjson.dumps(CHUNK)))
    for file in sorted(folder.iterdir()) if folder else ():
        build = stream if file.suffix == ".events" else answer_with
        app.router.add_post(f"/{file.stem}", build(file.read_bytes()))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=2048)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    print(f"listens on http://127.0.0.1:{port}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(uvloop.run(main(Path(sys.argv[1]) if sys.argv[1:] else None)))
