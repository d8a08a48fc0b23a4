"""Play the client's side of a recorded session against a server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Protocol

from mockgem.core.sockets import SocketClose, SocketMessage
from mockgem.recording.socket_drift import find_milestone
from mockgem.recording.socket_messages import RecordedMessage, parse_message

PATIENCE = 10.0
"""Seconds to wait for a milestone that the recorded server reached."""
SILENCE = 0.2
"""Seconds without a message after which a server has no more to say."""


class ClientLink(Protocol):
    """The client's end of a socket."""

    async def receive(self) -> SocketMessage | SocketClose: ...

    async def send(self, message: SocketMessage) -> None: ...

    async def close(self, close: SocketClose) -> None: ...


class SessionPlayer:
    """Sends what a recorded client sent, each message when the server is as far as it was then."""

    def __init__(self, link: ClientLink, patience: float = PATIENCE) -> None:
        self.link = link
        self.patience = patience
        self.received: list[RecordedMessage] = []
        self.reached = 0
        self.call_ids: list[str] = []
        self.arrived = asyncio.Event()
        self.is_closed = False

    async def play(self, messages: Sequence[RecordedMessage]) -> list[RecordedMessage]:
        """Return what the server sends, with the client's messages in their places."""
        reader = asyncio.create_task(self.read())
        try:
            await self.send_all(messages)
            await self.wait_for_silence()
        finally:
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)
        if not self.is_closed:
            await self.link.close(SocketClose(1000))
        return self.received

    async def send_all(self, messages: Sequence[RecordedMessage]) -> None:
        expected = 0
        recorded_ids: list[str] = []
        for message in messages:
            if message.side == "server":
                value = parse_message(message.data)
                recorded_ids += list_call_ids(value)
                expected += bool(message.close or find_milestone(value))
            elif not message.close:
                await self.wait_for(expected)
                if self.is_closed:
                    return
                await self.send(message, recorded_ids)
        await self.wait_for(expected)

    async def send(self, message: RecordedMessage, recorded_ids: Sequence[str]) -> None:
        """Send a message, with the new ids of the calls that it answers."""
        data = message.data
        for old, new in zip(recorded_ids, self.call_ids, strict=False):
            data = data.replace(old.encode(), new.encode())
        await self.link.send(SocketMessage(data, message.is_text))
        self.received.append(message)

    async def read(self) -> None:
        began = time.monotonic()
        while not self.is_closed:
            step = await self.link.receive()
            ms = round((time.monotonic() - began) * 1000)
            if isinstance(step, SocketClose):
                one = RecordedMessage("server", ms, step.reason.encode(), close=step.code)
                self.is_closed = True
            else:
                one = RecordedMessage("server", ms, step.data, step.is_text)
            self.received.append(one)
            value = parse_message(one.data)
            self.call_ids += list_call_ids(value)
            self.reached += bool(one.close or find_milestone(value))
            self.arrived.set()

    async def wait_for(self, count: int) -> None:
        """Wait until the server has reached as many milestones, for a limited time."""
        try:
            async with asyncio.timeout(self.patience):
                while self.reached < count and not self.is_closed:
                    self.arrived.clear()
                    await self.arrived.wait()
        except TimeoutError:
            return

    async def wait_for_silence(self) -> None:
        while not self.is_closed:
            self.arrived.clear()
            try:
                async with asyncio.timeout(SILENCE):
                    await self.arrived.wait()
            except TimeoutError:
                return


def list_call_ids(value: Any) -> list[str]:
    """Return the ids of the calls in a server's message."""
    if not isinstance(value, dict):
        return []
    step, content = value.get("step"), value.get("toolCall")
    calls = content.get("functionCalls") if isinstance(content, dict) else None
    if isinstance(step, dict) and step.get("type") == "function_call":
        calls = [step]
    ids = [one.get("id") for one in calls or () if isinstance(one, dict)]
    return [one for one in ids if isinstance(one, str) and one]
