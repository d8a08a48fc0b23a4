"""Deliver frames that are in memory, at their times, without a task that wakes for each one."""

from __future__ import annotations

import asyncio
from typing import Any

from mockgem.core.http import Frame
from mockgem.core.paced_frames import PacedFrames
from mockgem.server import web
from mockgem.server.ticker import Ticker

MAX_CATCH_UP = 1.0
"""Seconds of delay that a late stream may catch up; more are lost."""
LAST_CHUNK = b"0\r\n\r\n"
MAX_AT_ONCE = 64
"""Frames without delay after which other connections get their turn."""


class ClientLeft(ConnectionResetError):
    """The client has closed the connection."""


class PacedDelivery:
    """The delivery of one response. Delays add up from one start, so that a late frame does not
    make the next one late.

    `head` is what is written before the next bytes of the body, and `sent` the bytes of the body.
    `pause` is set while frames are sent: to whether all of them are, when the client must be waited
    for or nothing is left.
    """

    pause: asyncio.Future[bool]

    def __init__(
        self,
        request: web.BaseRequest,
        frames: PacedFrames,
        head: bytes,
        ticker: Ticker,
        *,
        coded: bool,
    ) -> None:
        self.request = request
        self.protocol: Any = request.protocol
        self.steps = frames.steps
        self.watcher = frames.watcher
        self.frames = frames
        self.head = head
        self.ticker = ticker
        self.coded = coded
        self.loop = asyncio.get_running_loop()
        self.due = self.loop.time()
        self.sent = 0
        self.waiting: Frame | None = None

    async def run(self) -> int:
        """Deliver everything; return the bytes of the body.

        Raises ClientLeft if the client has closed the connection.
        """
        self.frames.begin()
        try:
            while not await self.send_until_pause():
                await self.request.writer.drain()
        finally:
            self.ticker.cancel(self.due, self.send_due)
        await self.frames.finish(whole=True)  # a client with the end finds it in the journal
        self.write(self.take_head() + (LAST_CHUNK if self.coded else b""))
        return self.sent

    async def send_until_pause(self) -> bool:
        """Send frames until the client must be waited for; return whether all of them are sent."""
        self.pause = self.loop.create_future()
        self.send_due()
        return await self.pause

    def send_due(self) -> None:
        """Send the frame that is due, and those after it that do not wait; then wait again."""
        try:
            if self.waiting is not None and not self.send(self.waiting):
                return
            self.send_next()
        except Exception as error:
            if not self.pause.done():
                self.pause.set_exception(error)

    def send_next(self) -> None:
        """Send frames up to the next one that waits, and set its timer."""
        self.waiting = None
        for _ in range(MAX_AT_ONCE):
            frame = next(self.steps, None)
            if frame is None:
                self.end_pause(True)
                return
            if delay := frame.delay:
                self.waiting = frame
                earliest = self.loop.time() - MAX_CATCH_UP
                self.due = (self.due if self.due > earliest else earliest) + delay
                self.ticker.call_at(self.due, self.send_due)
                return
            if not self.send(frame):
                return
        self.loop.call_soon(self.send_due)

    def end_pause(self, is_complete: bool) -> None:
        if not self.pause.done():
            self.pause.set_result(is_complete)

    def send(self, frame: Frame) -> bool:
        """Send a frame; return whether the client can take more at once."""
        data = frame.data
        if not frame.raw:
            size = len(data)
            self.sent += size
            if self.coded and size:
                data = b"%x\r\n%b\r\n" % (size, data)
            if self.head:
                data = self.take_head() + data
        self.write(data)
        if self.watcher is not None:
            self.watcher.note_delivered(frame)
        if self.protocol.writing_paused:
            self.waiting = None
            self.end_pause(False)
            return False
        return True

    def take_head(self) -> bytes:
        """Return the head if it is not written yet."""
        head, self.head = self.head, b""
        return head

    def write(self, data: bytes) -> None:
        protocol = self.protocol
        transport = protocol.transport
        if transport is None or transport.is_closing():
            raise ClientLeft("the client has closed the connection")
        protocol.is_answering = True
        transport.write(data)
