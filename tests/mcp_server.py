"""A small MCP server for tests: streamable HTTP on a free port of this machine."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

FORECAST: dict[str, Any] = {
    "name": "get_forecast",
    "description": "Get the weather forecast of a city",
    "inputSchema": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "get_forecastArguments",
        "type": "object",
        "properties": {"city": {"title": "City", "type": "string"}},
        "required": ["city"],
    },
}
POPULATION: dict[str, Any] = {
    "name": "get_population",
    "description": "Get the number of people in a country",
    "inputSchema": {"type": "object", "properties": {"country": {"type": "string"}}},
}


def tell_weather(arguments: Mapping[str, Any]) -> Any:
    return {"content": [{"type": "text", "text": f"{arguments['city']}: sunny, 21 degrees"}]}


class McpServer:
    """Answers messages, and keeps them.

    Args:
        tools: The tools that it lists, a page for each.
        call: Returns the result of a call, from its arguments.
        as_events: Answer with server-sent events, of which the response is not the first, and
            keep the stream open after it.
        raw: A response in place of every answer to a request.
    """

    def __init__(
        self,
        *tools: Any,
        call: Callable[[Mapping[str, Any]], Any] = tell_weather,
        as_events: bool = False,
        raw: Callable[[Any], web.StreamResponse] | None = None,
    ) -> None:
        self.tools = tools or (FORECAST,)
        self.call = call
        self.as_events = as_events
        self.raw = raw
        self.messages: list[Any] = []
        self.headers: list[Mapping[str, str]] = []
        self.ended: list[str] = []
        self.port = 0
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/mcp"

    @property
    def methods(self) -> list[str]:
        return [message["method"] for message in self.messages]

    def as_tool(self, **fields: Any) -> dict[str, Any]:
        """Return the tool of a request that names this server."""
        return {"type": "mcp_server", "name": "weather", "url": self.url, **fields}

    # Answer

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.method == "DELETE":
            self.ended.append(request.headers["Mcp-Session-Id"])
            return web.Response()
        message = await request.json()
        self.messages.append(message)
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        if "id" not in message:
            return web.Response(status=202)
        if self.raw is not None:
            return self.raw(message)
        answer = {"jsonrpc": "2.0", "id": message["id"], **self.answer(message)}
        if self.as_events:
            return await self.stream(request, answer)
        return web.json_response(answer, headers={"Mcp-Session-Id": "session-1"})

    def answer(self, message: Any) -> dict[str, Any]:
        params = message["params"]
        match message["method"]:
            case "initialize":
                return {"result": {"protocolVersion": "2025-06-18", "capabilities": {}}}
            case "tools/list":
                page = int(params.get("cursor", 0))
                more = {"nextCursor": str(page + 1)} if page + 1 < len(self.tools) else {}
                return {"result": {"tools": [self.tools[page]], **more}}
        result = self.call(params["arguments"])
        return result if "error" in result else {"result": result}

    async def stream(self, request: web.Request, answer: Any) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        note = {"jsonrpc": "2.0", "method": "notifications/message", "params": {}}
        for one in (note, answer):
            await response.write(f"event: message\r\ndata: {json.dumps(one)}\r\n\r\n".encode())
        await asyncio.sleep(3600)
        return response

    # Run

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/mcp", self.handle)
        self.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", 0).start()
        self.port = self.runner.addresses[0][1]

    def __enter__(self) -> McpServer:
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.start(), self.loop).result()
        return self

    def __exit__(self, *error: object) -> None:
        asyncio.run_coroutine_threadsafe(self.runner.cleanup(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()
