"""The server for comparison: a bare aiohttp Application with a router, uvloop and orjson.

`/chat` parses the JSON and answers with `web.Response`, `/stream` sends 50 events in one write, and
`/slow` sends an event every 50 ms.
"""

from __future__ import annotations

import asyncio
import sys

import orjson
import uvloop
from aiohttp import web

TEXT = "word " * 80
ANSWER = {
    "choices": [
        {"finish_reason": "stop", "index": 0, "message": {"content": TEXT, "role": "assistant"}}
    ],
    "created": 1793491200,
    "id": "AIHmap-gK9np2scPueKr7gE",
    "model": "gemini-2.5-flash",
    "object": "chat.completion",
    "usage": {"completion_tokens": 80, "prompt_tokens": 6, "total_tokens": 163},
}
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


async def chat(request: web.Request) -> web.Response:
    orjson.loads(await request.read())
    return web.Response(body=orjson.dumps(ANSWER), content_type="application/json")


async def stream(request: web.Request) -> web.StreamResponse:
    orjson.loads(await request.read())
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    response.enable_chunked_encoding()
    await response.prepare(request)
    await response.write(
        b"".join(b"data: %b\n\n" % orjson.dumps(CHUNK) for _ in range(50)) + b"data: [DONE]\n\n"
    )
    await response.write_eof()
    return response


async def slow(request: web.Request) -> web.StreamResponse:
    orjson.loads(await request.read())
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    response.enable_chunked_encoding()
    await response.prepare(request)
    for _ in range(50):
        await asyncio.sleep(0.05)
        await response.write(b"data: %b\n\n" % orjson.dumps(CHUNK))
    await response.write_eof()
    return response


async def main() -> None:
    app = web.Application()
    app.router.add_post("/chat", chat)
    app.router.add_post("/stream", stream)
    app.router.add_post("/slow", slow)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=2048)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    print(f"listens on http://127.0.0.1:{port}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(uvloop.run(main()))
