"""A client of live interactions for tests, which speaks JSON over aiohttp's WebSocket."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.live_client import WAIT, Closed

Json = dict[str, Any]
PATH = "/v1beta/interactions/live"
TEXT_MODEL = "gemini-3-flash-preview"
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
VOICE_MODEL = "gemini-3.8-live"


class InteractionClient:
    """One open socket. `events` are all that the server sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.events: list[Json] = []

    async def send(self, kind: str, **values: Any) -> None:
        await self.send_raw(json.dumps({"event_type": kind, **values}))

    async def send_raw(self, text: str) -> None:
        await self.socket.send_str(text)

    async def say(self, *contents: Any) -> None:
        """Send an input: texts, or contents."""
        given = [{"type": "text", "text": one} if isinstance(one, str) else one for one in contents]
        await self.send("input", content=given)

    async def send_audio(self, pcm: bytes, rate: int = 16_000, step: int = 3_200) -> None:
        for at in range(0, len(pcm), step):
            data = b64encode(pcm[at : at + step]).decode()
            await self.say({"type": "audio", "data": data, "mime_type": f"audio/pcm;rate={rate}"})

    async def receive(self) -> Json:
        """Return the next event. Raises Closed at the end of the socket."""
        frame = await asyncio.wait_for(self.socket.receive(), WAIT)
        if frame.type is not aiohttp.WSMsgType.TEXT:
            is_close = frame.type is aiohttp.WSMsgType.CLOSE
            code = frame.data if is_close else self.socket.close_code
            raise Closed(code or 1006, str(frame.extra or ""))
        event: Json = json.loads(frame.data)
        self.events.append(event)
        return event

    async def receive_until(self, kind: str) -> list[Json]:
        """Return the events up to the first one of a type."""
        found = [await self.receive()]
        while found[-1]["event_type"] != kind:
            found.append(await self.receive())
        return found

    async def receive_turn(self) -> list[Json]:
        """Return the events up to the end of a turn: the stop that has the usage, or an error."""
        found = [await self.receive()]
        while "usage" not in found[-1] and "error" not in found[-1]:
            found.append(await self.receive())
        return found

    async def receive_close(self) -> Closed:
        """Return how the server ends the socket, whatever it sends before."""
        while True:
            try:
                await self.receive()
            except Closed as closed:
                return closed

    async def create(self, model: str = TEXT_MODEL, **values: Any) -> str:
        """Create an interaction, and return its id."""
        await self.send("interaction.create", model=model, **values)
        event = await self.receive()
        assert event["event_type"] == "interaction.created", event
        return str(event["interaction_id"])

    async def connect(self, name: str) -> None:
        await self.send("interaction.connect", id=name)
        event = await self.receive()
        assert event == {"interaction_id": name, "event_type": "interaction.connected"}


async def send_json(url: str, method: str, path: str, body: Any = None) -> Json:
    """Send a request to the API beside the socket, and return the answer."""
    async with aiohttp.ClientSession(headers={"x-goog-api-key": "any-key"}) as http:
        async with http.request(method, url + path, json=body) as response:
            answer: Json = await response.json()
            return answer


async def read_interaction(url: str, name: str) -> Json:
    """Return an interaction with its input."""
    return await send_json(url, "GET", f"/v1beta/interactions/{name}?include_input=true")


@asynccontextmanager
async def connecting(
    url: str, headers: dict[str, str] | None = None, path: str = PATH
) -> AsyncIterator[InteractionClient]:
    """Open a socket."""
    sent = {"x-goog-api-key": "any-key"} if headers is None else headers
    async with aiohttp.ClientSession() as http:
        async with http.ws_connect(url + path, headers=sent, max_msg_size=0) as socket:
            yield InteractionClient(socket)


def kinds(events: Sequence[Json]) -> list[str]:
    return [event["event_type"] for event in events]


def list_steps(events: Sequence[Json]) -> list[str]:
    """Return the types of the steps that begin."""
    return [event["step"]["type"] for event in events if event["event_type"] == "step.start"]


def join_text(events: Sequence[Json]) -> str:
    """Return the words of the model's outputs."""
    outputs = {
        event["index"]
        for event in events
        if event["event_type"] == "step.start" and event["step"]["type"] == "model_output"
    }
    deltas = [one["delta"] for one in events if "delta" in one and one["index"] in outputs]
    return "".join([delta["text"] for delta in deltas if delta["type"] == "text"])


def count_audio(events: Sequence[Json]) -> int:
    return sum(event.get("delta", {}).get("type") == "audio" for event in events)
