"""Two ends of a connection, joined in memory, and the line on which a server takes them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

HIGH_WATER, LOW_WATER = 64 * 1024, 16 * 1024
"""Bytes that wait to be read before a writer is told to pause, and to go on; those of asyncio's own transports."""
STOPPED_MESSAGE = "connection refused: mockgem has stopped"
ACCEPT_TIMEOUT = 10.0
"""Seconds within which a server takes a connection."""


class MemoryConnection(asyncio.Transport):
    """One end: what is written here arrives at the protocol of the other end, in that end's event loop.

    `close` lets the other end read what was written and then its end (a FIN); `abort` is a reset (a RST). `tells`: what the
    protocol gets counts as read; a protocol that keeps it for somebody tells the other end by itself (`taken`).
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.Protocol,
        world: str = "",
        *,
        auto_acknowledge: bool = True,
    ) -> None:
        super().__init__({"world": world})
        self.auto_acknowledge = auto_acknowledge
        self.loop = loop
        self.protocol = protocol
        self.other: MemoryConnection
        self.closed = False
        self.reading = True
        self.pending: deque[Callable[[], None]] = deque()
        self.unread = 0
        self.write_paused = False

    def call_peer(self, act: Callable[..., None], *words: Any) -> None:
        """Do something in the other end's loop, behind everything that was done there before."""
        try:
            self.other.loop.call_soon_threadsafe(act, *words)
        except RuntimeError:  # its loop has ended, and its connections with it
            self.drop(ConnectionResetError("the other end has gone"))

    # What this end writes

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if self.closed or not data:
            return
        piece = bytes(data)
        self.unread += len(piece)
        if self.unread > HIGH_WATER and not self.write_paused:
            self.write_paused = True
            self.protocol.pause_writing()
        self.call_peer(self.other.receive, self.other.receive_data, piece)

    def acknowledge(self, size: int) -> None:
        self.unread -= size
        if self.write_paused and self.unread <= LOW_WATER and not self.closed:
            self.write_paused = False
            self.protocol.resume_writing()

    def write_eof(self) -> None:
        self.call_peer(self.other.receive, self.other.receive_eof)

    def can_write_eof(self) -> bool:
        return True

    def close(self) -> None:
        if not self.closed:
            self.write_eof()
            self.drop(None)

    def abort(self) -> None:
        if not self.closed:
            self.call_peer(self.other.drop, ConnectionResetError("Connection reset by peer"))
            self.drop(None)

    def drop(self, error: Exception | None) -> None:
        if not self.closed:
            self.closed = True
            self.pending.clear()
            if not self.loop.is_closed():
                self.loop.call_soon(self.protocol.connection_lost, error)

    # What arrives at this end

    def receive(self, act: Callable[..., None], *words: Any) -> None:
        if self.reading and not self.pending:
            act(*words)
        else:
            self.pending.append(lambda: act(*words))

    def receive_data(self, data: bytes) -> None:
        if self.closed:  # nobody is here any more
            self.call_peer(self.other.drop, ConnectionResetError("Connection reset by peer"))
            return
        self.protocol.data_received(data)
        if self.auto_acknowledge:
            self.call_peer(self.other.acknowledge, len(data))

    def receive_eof(self) -> None:
        if not self.closed and not self.protocol.eof_received():
            self.close()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        if not self.reading:
            self.reading = True
            self.loop.call_soon(self.release)

    def release(self) -> None:
        while self.pending and self.reading:
            self.pending.popleft()()

    def is_reading(self) -> bool:
        return self.reading

    # What asyncio asks of a transport

    def is_closing(self) -> bool:
        return self.closed

    def get_write_buffer_size(self) -> int:
        return self.unread

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """They stay as they are."""

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self.protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        assert isinstance(protocol, asyncio.Protocol)
        self.protocol = protocol


class MemoryListener:
    """Where connections without a socket come in. `accept` makes the server's protocol for one, in the loop of the server;
    it raises ConnectionRefusedError where none are taken. `world` is the one they are for, like /w/NAME."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        accept: Callable[[], asyncio.Protocol],
        world: str = "",
    ) -> None:
        self.loop = loop
        self.accept = accept
        self.world = world

    async def connect(
        self, protocol: asyncio.Protocol, timeout: float | None = None
    ) -> MemoryConnection:
        """A connection for a protocol of the running loop. Raises ConnectionRefusedError, and TimeoutError where the server
        does not take it within so many seconds. One that is given up leaves nothing behind."""
        near = MemoryConnection(asyncio.get_running_loop(), protocol)
        taken = self.start_connect(near)
        try:
            async with asyncio.timeout(
                ACCEPT_TIMEOUT if timeout is None else min(timeout, ACCEPT_TIMEOUT)
            ):
                await asyncio.wrap_future(taken)
        except BaseException:
            self.cancel(near)
            raise
        protocol.connection_made(near)
        return near

    def start_connect(self, near: MemoryConnection) -> Future[None]:
        """When the server has taken its end. Raises ConnectionRefusedError where there is no server any more."""
        joining = self.accept_connection(near)
        try:
            return asyncio.run_coroutine_threadsafe(joining, self.loop)
        except RuntimeError:
            joining.close()
            raise ConnectionRefusedError(STOPPED_MESSAGE) from None

    def cancel(self, near: MemoryConnection) -> None:
        """Nobody wants a connection any more that may be made already."""

        def drop_both() -> None:
            near.closed = True
            if hasattr(near, "other"):
                near.other.drop(ConnectionResetError("Connection reset by peer"))

        with suppress(RuntimeError):  # the server has gone, and the connection with it
            self.loop.call_soon_threadsafe(drop_both)

    async def accept_connection(self, near: MemoryConnection) -> None:
        """The server's end of it, in the server's loop."""
        if near.closed:
            return
        far = MemoryConnection(self.loop, self.accept(), self.world)
        near.other, far.other = far, near
        far.protocol.connection_made(far)
