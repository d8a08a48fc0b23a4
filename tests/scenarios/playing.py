"""Runs scenarios that a test writes: in a world without a socket, or on a real server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from mockgem.app.factory import App, create_app
from mockgem.config.settings import Settings
from mockgem.core.http import WireRequest
from mockgem.scenarios.loader import parse_scenario
from mockgem.server.http import Server
from mockgem.server.limits import ServerLimits
from tests.asking import GEMINI, Answer, Asker
from tests.server.test_http import Running

STREAM = {"stream": True}
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        },
    },
}
SCHEMA = {
    "type": "json_schema",
    "json_schema": {
        "name": "answer",
        "schema": {
            "type": "object",
            "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
            "required": ["city", "days"],
        },
    },
}


class Player(Asker):
    """A world that runs a scenario from its first request on.

    With `choose=False` the scenario is the world's, but not chosen again: an earlier state stays.
    """

    def __init__(self, text: str, *, choose: bool = True, **settings: Any) -> None:
        self.settings = Settings(**settings)
        self.house: App = create_app(self.settings)
        self.door, self.worlds = self.house.handler, self.house.worlds
        self.prepare()
        manager = self.house.scenario_manager
        manager.get_runner().library.add("played", parse_scenario(text))
        if choose:
            asyncio.run(manager.choose(self.world, "played"))
        else:
            self.world.scenario = "played"

    def prepare(self) -> None:
        """Change the app before its scenario runner exists."""

    def native(
        self, method: str, body: Any, model: str = "gemini-2.5-flash", query: Any = None
    ) -> Answer:
        path = f"/v1beta/models/{model}:{method}"
        return self.send("POST", path, json.dumps(body).encode(), {"x-goog-api-key": "k"}, query)

    def statuses(self, count: int, **more: Any) -> list[int]:
        return [self.chat("hello", **more).status for _ in range(count)]


def rules(*lines: str, **more: Any) -> str:
    """A scenario of rules, each written as a YAML flow mapping."""
    head = "".join(f"{name}: {json.dumps(one)}\n" for name, one in more.items())
    return f"title: test\n{head}rules:\n" + "".join(f"  - {line}\n" for line in lines)


class Served(Running):
    """A running server, and the app behind it."""

    def __init__(self, port: int, app: App) -> None:
        super().__init__(port)
        self.worlds = app.worlds


@asynccontextmanager
async def served(text: str, **settings: Any) -> AsyncIterator[Served]:
    """A real server whose default world plays a scenario."""
    built = create_app(Settings(**settings))
    built.scenario_manager.get_runner().library.add("played", parse_scenario(text))
    await built.scenario_manager.choose(built.worlds.default, "played")
    server = Server(
        built.handler,
        limits=ServerLimits(max_body=10_000_000),
        clock=lambda: built.worlds.default.clock(),
    )
    port = await server.start("127.0.0.1", 0)
    try:
        yield Served(port, built)
    finally:
        await server.stop(0.2)


def request(body: Any = None, *more: str, path: str = GEMINI + "/chat/completions") -> bytes:
    """A request's bytes."""
    asked = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": "Explain to me how AI works"}],
    }
    data = json.dumps(asked | (body or {})).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Authorization: Bearer k",
        "Content-Type: application/json",
        *more,
    ]
    return ("\r\n".join([*lines, f"Content-Length: {len(data)}", "", ""])).encode() + data


__all__ = ["SCHEMA", "STREAM", "TOOL", "Player", "WireRequest", "request", "rules", "served"]
