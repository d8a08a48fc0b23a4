"""Asks a server without a socket: the whole way of a request, values in and values out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mockgem.app.factory import create_handler
from mockgem.config.settings import Settings
from mockgem.core.http import ChunkedBody, Frames, WireRequest, WireResponse, iter_frames
from mockgem.core.world import World

GEMINI = "/v1beta/openai"
VERTEX = "/v1/projects/my-project/locations/us-central1/endpoints/openapi"
GATEWAY = "/v1"
MODEL = "gemini-2.5-flash"


@dataclass
class Answer:
    response: WireResponse

    @property
    def status(self) -> int:
        return self.response.status

    @property
    def body(self) -> bytes:
        body = self.response.body
        if isinstance(body, bytes):
            return body
        return (
            body.join_chunks()
            if isinstance(body, ChunkedBody)
            else asyncio.run(gathered(iter_frames(body)))
        )

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def events(self) -> list[Any]:
        """The JSON of every event of a stream; the end marker has to be there and last."""
        blocks = self.text.split("\n\n")
        assert blocks[-2:] == ["data: [DONE]", ""]
        assert all(block.startswith("data: ") for block in blocks[:-1])
        return [json.loads(block.removeprefix("data: ")) for block in blocks[:-2]]

    @property
    def message(self) -> Any:
        return self.json["choices"][0]["message"]

    @property
    def error(self) -> Any:
        found = self.json
        return found[0]["error"] if isinstance(found, list) else found["error"]

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.response.headers if key.lower() == name.lower()]


async def gathered(frames: Frames) -> bytes:
    """What frames hold, without their waits."""
    return b"".join([frame.data async for frame in frames])


class Asker:
    """A fresh world behind a front door."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(**settings)
        self.door, self.worlds, _ = create_handler(self.settings)

    @property
    def world(self) -> World:
        return self.worlds.default

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Answer:
        found = {"authorization": "Bearer any-key"} if headers is None else dict(headers)
        return Answer(asyncio.run(self.door(WireRequest(method, path, query or {}, found, body))))

    def chat(
        self, messages: Any, *, surface: str = GEMINI, model: str = MODEL, **more: Any
    ) -> Answer:
        said = [{"role": "user", "content": messages}] if isinstance(messages, str) else messages
        if surface.endswith("/endpoints/openapi") and "/" not in model:
            model = f"google/{model}"
        body = json.dumps({"model": model, "messages": said, **more}).encode()
        return self.send("POST", f"{surface}/chat/completions", body)


def chat(messages: Any, **more: Any) -> Answer:
    """Asks a fresh world."""
    return Asker().chat(messages, **more)
