"""A tunnel: bytes between a client and a host, which mockgem does not read."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import cast

CONNECT_TIMEOUT = 30.0
"""Seconds to wait for a connection, for all addresses of a host together."""
IDLE_TIMEOUT = 900.0
"""Seconds after which a tunnel without a byte is closed."""
MAX_TUNNELS = 512
"""Open tunnels of a server. Each one has two connections."""


class TunnelEnd(asyncio.Protocol):
    """One end of a tunnel: what arrives here leaves at the other end.

    An end that does not take its bytes makes the other one wait. `held` came before the other end
    was there.
    """

    def __init__(self, on_close: Callable[[], None]) -> None:
        self.on_close = on_close
        self.transport: asyncio.Transport | None = None
        self.other: TunnelEnd
        self.held = b""
        self.has_ended = False
        self.last_active = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self.last_active = asyncio.get_running_loop().time()
        if self.other.transport is None:
            self.held += data
            self.pause_reading()
        else:
            self.other.transport.write(data)

    def eof_received(self) -> bool:
        """Pass on the end of one direction. The other one stays open until it ends too."""
        self.has_ended = True
        if self.other.has_ended:
            self.other.close()
            return False
        self.other.write_eof()
        return True

    def pause_writing(self) -> None:
        self.other.pause_reading()

    def resume_writing(self) -> None:
        if self.other.transport is not None:
            with suppress(RuntimeError):  # it is closing
                self.other.transport.resume_reading()

    def connection_lost(self, exc: BaseException | None) -> None:
        self.transport = None
        self.on_close()
        if self.other.transport is None:
            return
        if isinstance(exc, ConnectionResetError):
            self.other.transport.abort()
        else:
            self.other.close()

    def release(self) -> None:
        """Send on what was held, and the end if that has come too."""
        if self.held and self.other.transport is not None:
            self.other.transport.write(self.held)
            self.held = b""
        if self.transport is None:
            self.other.close()
        elif self.has_ended:
            self.other.write_eof()
        self.other.resume_writing()

    def pause_reading(self) -> None:
        if self.transport is not None:
            with suppress(RuntimeError):  # it is closing
                self.transport.pause_reading()

    def write_eof(self) -> None:
        if self.transport is not None:
            with suppress(OSError, RuntimeError):
                self.transport.write_eof()

    def close(self) -> None:
        """Close this end when it has sent everything."""
        if self.transport is not None:
            self.transport.close()


class Tunnel:
    """Two connections that belong together: of a client, and to the host that it named."""

    def __init__(self, on_close: Callable[[Tunnel], None]) -> None:
        self.on_close = on_close
        self.client, self.host = TunnelEnd(self.note_close), TunnelEnd(self.note_close)
        self.client.other, self.host.other = self.host, self.client
        self.timer: asyncio.TimerHandle | None = None

    async def open(self, addresses: Sequence[str], port: int) -> None:
        """Connect to the first address that answers. Raises OSError and TimeoutError."""
        loop = asyncio.get_running_loop()
        error: OSError = OSError(errno.EHOSTUNREACH, "the host has no address")
        async with asyncio.timeout(CONNECT_TIMEOUT):
            for address in addresses:
                try:
                    await loop.create_connection(lambda: self.host, address, port)
                except OSError as refused:
                    error = refused
                else:
                    return
        raise error

    def start(self, transport: asyncio.Transport, early: bytes) -> None:
        """Pass on what a client sends, whose transport is paused, after bytes that came early."""
        self.client.last_active = asyncio.get_running_loop().time()
        transport.set_protocol(self.client)
        self.client.connection_made(transport)
        if early:
            self.client.data_received(early)
        self.host.release()
        self.host.resume_writing()
        self.watch()

    def watch(self) -> None:
        """Close a tunnel that was idle for too long; otherwise look again later."""
        loop = asyncio.get_running_loop()
        rest = max(self.client.last_active, self.host.last_active) + IDLE_TIMEOUT - loop.time()
        if rest <= 0:
            self.abort()
        elif self.client.transport is not None:
            self.timer = loop.call_later(rest, self.watch)

    def note_close(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        self.on_close(self)

    def abort(self) -> None:
        """Close both ends at once."""
        for end in (self.client, self.host):
            if end.transport is not None:
                end.transport.abort()
