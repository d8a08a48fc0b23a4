"""Connections in memory: two joined ends, and the listener through which a server accepts them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

HIGH_WATER, LOW_WATER = 64 * 1024, 16 * 1024
"""Unread bytes at which a writer pauses, and continues; the limits of asyncio's transports."""
STOPPED_MESSAGE = "connection refused: mockgem has stopped"
ACCEPT_TIMEOUT = 10.0
"""Seconds that a client waits until the server accepts a connection."""


class MemoryConnection(asyncio.Transport):
    """One end of a connection: it writes to the protocol of the other end, in that end's loop.

    After `close` the other end can read what was written, and then the end (as after a FIN);
    `abort` resets the connection (as a RST). With `auto_acknowledge`, data counts as read when the
    protocol receives it; a protocol that buffers it acknowledges it to the other end itself.
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

    def call_peer(self, function: Callable[..., None], *arguments: Any) -> None:
        """Call a function in the other end's loop, after all earlier calls."""
        try:
            self.other.loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:  # the other loop has ended, and its connections with it
            self.drop(ConnectionResetError("the other end has closed"))

    # Writing

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        if self.closed or not data:
            return
        chunk = bytes(data)
        self.unread += len(chunk)
        if self.unread > HIGH_WATER and not self.write_paused:
            self.write_paused = True
            self.protocol.pause_writing()
        self.call_peer(self.other.receive, self.other.receive_data, chunk)

    def acknowledge(self, size: int) -> None:
        """Count bytes that the other end has read; writing may continue."""
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
        """Close this end; its protocol gets the error, or None for a normal end."""
        if not self.closed:
            self.closed = True
            self.pending.clear()
            if not self.loop.is_closed():
                self.loop.call_soon(self.protocol.connection_lost, error)

    # Reading

    def receive(self, function: Callable[..., None], *arguments: Any) -> None:
        """Handle an event from the other end now, or after reading has been resumed."""
        if self.reading and not self.pending:
            function(*arguments)
        else:
            self.pending.append(lambda: function(*arguments))

    def receive_data(self, data: bytes) -> None:
        """Hand data to the protocol."""
        if self.closed:  # as TCP answers data for a closed connection
            self.call_peer(self.other.drop, ConnectionResetError("Connection reset by peer"))
            return
        self.protocol.data_received(data)
        if self.auto_acknowledge:
            self.call_peer(self.other.acknowledge, len(data))

    def receive_eof(self) -> None:
        """Tell the protocol that the other end has finished writing."""
        if not self.closed and not self.protocol.eof_received():
            self.close()

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        if not self.reading:
            self.reading = True
            self.loop.call_soon(self.release)

    def release(self) -> None:
        """Handle the events that arrived while reading was paused."""
        while self.pending and self.reading:
            self.pending.popleft()()

    def is_reading(self) -> bool:
        return self.reading

    # The rest of asyncio's transport interface

    def is_closing(self) -> bool:
        return self.closed

    def get_write_buffer_size(self) -> int:
        return self.unread

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Do nothing: the limits are fixed."""

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self.protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        assert isinstance(protocol, asyncio.Protocol)
        self.protocol = protocol


class MemoryListener:
    """Accepts connections without a socket for a server.

    `accept` returns the server's protocol for a connection, in the loop of the server; it raises
    ConnectionRefusedError if the server accepts none. `world` is the path prefix of the world that
    the connections are for, like /w/NAME.
    """

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
        """Return a connection for a protocol of the running loop.

        Raises ConnectionRefusedError, and TimeoutError if the server does not accept it within
        `timeout` seconds. A connection that is given up is closed at both ends.
        """
        near = MemoryConnection(asyncio.get_running_loop(), protocol)
        accepted = self.start_connect(near)
        seconds = ACCEPT_TIMEOUT if timeout is None else min(timeout, ACCEPT_TIMEOUT)
        try:
            async with asyncio.timeout(seconds):
                await asyncio.wrap_future(accepted)
        except BaseException:
            self.cancel(near)
            raise
        protocol.connection_made(near)
        return near

    def start_connect(self, near: MemoryConnection) -> Future[None]:
        """Return a future that resolves when the server has accepted the connection.

        Raises ConnectionRefusedError if the server has stopped.
        """
        accepting = self.accept_connection(near)
        try:
            return asyncio.run_coroutine_threadsafe(accepting, self.loop)
        except RuntimeError:
            accepting.close()
            raise ConnectionRefusedError(STOPPED_MESSAGE) from None

    def cancel(self, near: MemoryConnection) -> None:
        """Close a connection that the client has given up; the server may have accepted it."""

        def drop_both() -> None:
            near.closed = True
            if hasattr(near, "other"):
                near.other.drop(ConnectionResetError("Connection reset by peer"))

        with suppress(RuntimeError):  # the server has stopped, and its connections with it
            self.loop.call_soon_threadsafe(drop_both)

    async def accept_connection(self, near: MemoryConnection) -> None:
        """Create the server's end of a connection, in the server's loop."""
        if near.closed:
            return
        far = MemoryConnection(self.loop, self.accept(), self.world)
        near.other, far.other = far, near
        far.protocol.connection_made(far)
