"""Two ends of a connection, joined in memory, and the line on which a server takes them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

HIGH, LOW = 64 * 1024, 16 * 1024
"""Bytes that wait to be read before a writer is told to pause, and to go on; those of asyncio's own transports."""
STOPPED = "connection refused: mockgem has stopped"
ACCEPTED = 10.0
"""Seconds within which a server takes a connection."""


class End(asyncio.Transport):
    """One end: what is written here arrives at the protocol of the other end, in that end's event loop.

    `close` lets the other end read what was written and then its end (a FIN); `abort` is a reset (a RST). `tells`: what the
    protocol gets counts as read; a protocol that keeps it for somebody tells the other end by itself (`taken`).
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, protocol: asyncio.Protocol, world: str = "", *, tells: bool = True
    ) -> None:
        super().__init__({"world": world})
        self.tells = tells
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
        if self.tells:
            self.there(self.other.taken, len(data))

    def take_end(self) -> None:
        if not self.over and not self.protocol.eof_received():
            self.close()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        if not self.reading:
            self.reading = True
            self.loop.call_soon(self.release)

    def release(self) -> None:
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

    async def connect(self, protocol: asyncio.Protocol, timeout: float | None = None) -> End:
        """A connection for a protocol of the running loop. Raises ConnectionRefusedError, and TimeoutError where the server
        does not take it within so many seconds. One that is given up leaves nothing behind."""
        near = End(asyncio.get_running_loop(), protocol)
        taken = self.soon(near)
        try:
            async with asyncio.timeout(ACCEPTED if timeout is None else min(timeout, ACCEPTED)):
                await asyncio.wrap_future(taken)
        except BaseException:
            self.give_up(near)
            raise
        protocol.connection_made(near)
        return near

    def soon(self, near: End) -> Future[None]:
        """When the server has taken its end. Raises ConnectionRefusedError where there is no server any more."""
        joining = self.join(near)
        try:
            return asyncio.run_coroutine_threadsafe(joining, self.loop)
        except RuntimeError:
            joining.close()
            raise ConnectionRefusedError(STOPPED) from None

    def give_up(self, near: End) -> None:
        """Nobody wants a connection any more that may be made already."""

        def end() -> None:
            near.over = True
            if hasattr(near, "other"):
                near.other.lost(ConnectionResetError("Connection reset by peer"))

        with suppress(RuntimeError):  # the server has gone, and the connection with it
            self.loop.call_soon_threadsafe(end)

    async def join(self, near: End) -> None:
        """The server's end of it, in the server's loop."""
        if near.over:
            return
        far = End(self.loop, self.accept(), self.world)
        near.other, far.other = far, near
        far.protocol.connection_made(far)
