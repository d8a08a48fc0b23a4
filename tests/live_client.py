"""A client of Live sessions for tests, which speaks JSON over aiohttp's WebSocket."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

Json = dict[str, Any]
WAIT = 60.0
"""Seconds that are long enough on a busy machine."""
SERVICE = "/ws/google.ai.generativelanguage.{}.GenerativeService.BidiGenerateContent"
PATH = SERVICE.format("v1beta")
NATIVE = "models/gemini-2.5-flash-native-audio-preview-09-2025"
CASCADED = "models/gemini-live-2.5-flash-preview"
LIVE_3 = "models/gemini-3.8-live"
AUDIO = {"responseModalities": ["AUDIO"]}
TEXT = {"responseModalities": ["TEXT"]}


class LiveClient:
    """One open socket. `messages` are all that the server sent."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.messages: list[Json] = []

    async def send(self, message: Json) -> None:
        await self.socket.send_str(json.dumps(message))

    async def say(self, text: str, complete: bool = True) -> None:
        turn = {"role": "user", "parts": [{"text": text}]}
        await self.send({"clientContent": {"turns": [turn], "turnComplete": complete}})

    async def send_audio(self, pcm: bytes, rate: int = 16_000, step: int = 3_200) -> None:
        for at in range(0, len(pcm), step):
            data = b64encode(pcm[at : at + step]).decode()
            audio = {"data": data, "mimeType": f"audio/pcm;rate={rate}"}
            await self.send({"realtimeInput": {"audio": audio}})

    async def receive(self) -> Json:
        """Return the next message. Raises Closed at the end of the socket."""
        frame = await asyncio.wait_for(self.socket.receive(), WAIT)
        if frame.type is not aiohttp.WSMsgType.BINARY:
            is_close = frame.type is aiohttp.WSMsgType.CLOSE
            code = frame.data if is_close else self.socket.close_code
            raise Closed(code or 1006, str(frame.extra or ""))
        message: Json = json.loads(frame.data)
        self.messages.append(message)
        return message

    async def receive_until(self, *keys: str) -> list[Json]:
        """Return messages up to the first one that has one of these keys, anywhere."""
        found: list[Json] = []
        while True:
            found.append(await self.receive())
            if any(key in list_keys(found[-1]) for key in keys):
                return found

    async def receive_turn(self) -> list[Json]:
        return await self.receive_until("turnComplete")

    async def receive_close(self) -> Closed:
        """Return how the server ends the socket, whatever it sends before."""
        while True:
            try:
                await self.receive()
            except Closed as closed:
                return closed


class Closed(Exception):
    """The end of a socket."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


@asynccontextmanager
async def connecting(
    url: str, setup: Json | None = None, path: str = PATH, headers: dict[str, str] | None = None
) -> AsyncIterator[LiveClient]:
    """Open a socket and set it up; with a setup, wait until it is complete."""
    sent = {"x-goog-api-key": "any-key"} if headers is None else headers
    async with aiohttp.ClientSession(auto_decompress=False) as http:
        async with http.ws_connect(url + path, headers=sent, max_msg_size=0) as socket:
            client = LiveClient(socket)
            if setup is not None:
                await client.send({"setup": setup})
                assert await client.receive() == {"setupComplete": {}}
            yield client


def make_setup(model: str = NATIVE, **fields: Any) -> Json:
    config = TEXT if model == CASCADED else AUDIO
    return {"model": model, "generationConfig": config, **fields}


def list_keys(value: Any) -> list[str]:
    """Return all keys in a message, outer ones first."""
    if isinstance(value, list):
        return [key for item in value for key in list_keys(item)]
    if not isinstance(value, dict):
        return []
    return [name for key, item in value.items() for name in (key, *list_keys(item))]


def join_texts(messages: Sequence[Json], name: str = "outputTranscription") -> str:
    """Return the words of a transcript, or of the model's text."""
    contents = [message.get("serverContent", {}) for message in messages]
    if name != "text":
        return "".join([one[name]["text"] for one in contents if name in one])
    parts = [part for one in contents for part in one.get("modelTurn", {}).get("parts", ())]
    return "".join([part["text"] for part in parts if "text" in part and not part.get("thought")])


def count_audio(messages: Sequence[Json]) -> int:
    """Return the number of audio messages."""
    return sum("inlineData" in list_keys(message) for message in messages)


def make_tone(seconds: float, rate: int = 16_000, loudness: int = 8_000) -> bytes:
    """Return a square wave of 200 Hz."""
    half = rate // 400
    period = loudness.to_bytes(2, "little", signed=True) * half
    period += (-loudness).to_bytes(2, "little", signed=True) * half
    size = 2 * int(seconds * rate)
    return (period * (size // len(period) + 1))[:size]


def make_silence(seconds: float, rate: int = 16_000) -> bytes:
    return bytes(2 * int(seconds * rate))
