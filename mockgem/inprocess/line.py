"""Two ends of a connection, joined in memory, and the line on which a server takes them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

HIGH, LOW = 64 * 1024, 16 * 1024
"""Bytes that wait to be read before a writer is told to pause, and to go on; those of asyncio's own transports."""
ACCEPTED = 10.0
"""Seconds within which a server takes a connection."""


class End(asyncio.Transport):
    """One end: what is written here arrives at the protocol of the other end, in that end's event loop.

    `close` lets the other end read what was written and then its end (a FIN); `abort` is a reset (a RST).
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: asyncio.Protocol, world: str = "") -> None:
        super().__init__({"world": world})
        self.loop = loop
        self.protocol = protocol
        self.other: End
        self.over = False
        self.reading = True
        self.held: deque[Callable[[], None]] = deque()
        self.unread = 0
        self.full = False

    def there(self, act: Callable[..., None], *words: Any) -> None:
        """Do something in the other end's loop, behind everything that was done there before."""
        try:
            self.other.loop.call_soon_threadsafe(act, *words)
        except RuntimeError:  # its loop has ended, and its connections with it
            self.lost(ConnectionResetError("the other end has gone"))

    # What this end writes

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if self.over or not data:
            return
        piece = bytes(data)
        self.unread += len(piece)
        if self.unread > HIGH and not self.full:
            self.full = True
            self.protocol.pause_writing()
        self.there(self.other.arrive, self.other.take, piece)

    def taken(self, size: int) -> None:
        self.unread -= size
        if self.full and self.unread <= LOW and not self.over:
            self.full = False
            self.protocol.resume_writing()

    def write_eof(self) -> None:
        self.there(self.other.arrive, self.other.take_end)

    def can_write_eof(self) -> bool:
        return True

    def close(self) -> None:
        if not self.over:
            self.write_eof()
            self.lost(None)

    def abort(self) -> None:
        if not self.over:
            self.there(self.other.lost, ConnectionResetError("Connection reset by peer"))
            self.lost(None)

    def lost(self, error: Exception | None) -> None:
        if not self.over:
            self.over = True
            self.held.clear()
            if not self.loop.is_closed():
                self.loop.call_soon(self.protocol.connection_lost, error)

    # What arrives at this end

    def arrive(self, act: Callable[..., None], *words: Any) -> None:
        if self.reading and not self.held:
            act(*words)
        else:
            self.held.append(lambda: act(*words))

    def take(self, data: bytes) -> None:
        if self.over:  # nobody is here any more
            self.there(self.other.lost, ConnectionResetError("Connection reset by peer"))
            return
        self.protocol.data_received(data)
        self.there(self.other.taken, len(data))

    def take_end(self) -> None:
        if not self.over and not self.protocol.eof_received():
            self.close()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True
        while self.held and self.reading:
            self.held.popleft()()

    def is_reading(self) -> bool:
        return self.reading

    # What asyncio asks of a transport

    def is_closing(self) -> bool:
        return self.over

    def get_write_buffer_size(self) -> int:
        return self.unread

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """They stay as they are."""

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self.protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        assert isinstance(protocol, asyncio.Protocol)
        self.protocol = protocol


class Line:
    """Where connections without a socket come in. `accept` makes the server's protocol for one, in the loop of the server;
    it raises ConnectionRefusedError where none are taken. `world` is the one they are for, like /w/NAME."""

    def __init__(self, loop: asyncio.AbstractEventLoop, accept: Callable[[], asyncio.Protocol], world: str = "") -> None:
        self.loop = loop
        self.accept = accept
        self.world = world

    async def connect(self, protocol: asyncio.Protocol) -> End:
        """A connection for a protocol of the running loop. Raises ConnectionRefusedError."""
        near = End(asyncio.get_running_loop(), protocol)
        if self.loop.is_closed():
            raise ConnectionRefusedError("mockgem has stopped")
        taken = asyncio.run_coroutine_threadsafe(self.join(near), self.loop)
        async with asyncio.timeout(ACCEPTED):
            await asyncio.wrap_future(taken)
        protocol.connection_made(near)
        return near

    async def join(self, near: End) -> None:
        """The server's end of it, in the server's loop."""
        far = End(self.loop, self.accept(), self.world)
        near.other, far.other = far, near
        far.protocol.connection_made(far)
