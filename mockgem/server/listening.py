"""The port of a server: listen, refuse connections for a time, listen again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from mockgem.core.scheduling import sleep

BACKLOG = 2048
"""Connections that are accepted in one go at most: the standard loop accepts until it has no more
file descriptors."""


class ListenerGroup:
    """Listeners on the sockets that a process inherited."""

    def __init__(self, listeners: Sequence[asyncio.Server]) -> None:
        self.listeners = listeners

    @property
    def sockets(self) -> Sequence[Any]:
        return [one for listener in self.listeners for one in listener.sockets]

    def close(self) -> None:
        for listener in self.listeners:
            listener.close()


Listener = asyncio.Server | ListenerGroup


class ListeningPort:
    """A port that is open, or refuses connections for some seconds."""

    def __init__(self) -> None:
        self.make_protocol: Callable[[], asyncio.Protocol]
        self.backlog = BACKLOG
        self.listener: Listener | None = None
        self.address: tuple[str, int]
        self.refuse_task: asyncio.Task[None] | None = None

    async def open(
        self, make_protocol: Callable[[], asyncio.Protocol], host: str, port: int, most: int
    ) -> int:
        """Listen for up to `most` connections, and return the port. Raises OSError."""
        self.make_protocol, self.backlog = make_protocol, min(BACKLOG, most)
        self.listener = await self.listen(host, port)
        self.address = host, int(self.listener.sockets[0].getsockname()[1])
        return self.address[1]

    def get_number(self) -> int:
        """Return the number of the port; 0 before it is open."""
        return self.address[1] if hasattr(self, "address") else 0

    async def listen(self, host: str, port: int) -> Listener:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self.make_protocol, host, port, backlog=self.backlog)

    def close(self) -> None:
        if self.listener is not None:
            self.listener.close()
        if self.refuse_task is not None:
            self.refuse_task.cancel()

    async def tell_others(self, seconds: float) -> None:
        """Let other processes that listen on the port refuse connections: here, none."""

    @property
    def is_refusing(self) -> bool:
        return self.refuse_task is not None

    def refuse(self, seconds: float) -> None:
        """Refuse new connections for some seconds by not listening on the port."""
        if self.refuse_task is not None:
            return
        if self.listener is not None:
            self.listener.close()
        self.refuse_task = asyncio.get_running_loop().create_task(self.listen_again(seconds))

    async def listen_again(self, seconds: float) -> None:
        """Listen on the same port after some seconds; try again while another process has it."""
        while True:
            await sleep(seconds)
            with contextlib.suppress(OSError):
                if self.listener is not None:
                    self.listener = await self.listen(*self.address)
                self.refuse_task = None
                return
            seconds = 0.5


class SharedPort(ListeningPort):
    """A port on which several processes listen, each with separate sockets that it inherited.

    The process that made the sockets keeps them open: connections that come while a process is
    replaced wait for the next one.

    Args:
        own: The sockets of this process.
        everyone: Those of all processes. Sockets that have refused connections get an unequal part
            of later ones (seen on Linux 6.18), so that all processes listen on all of them then.
        has_refused: Whether that has happened before this process began.
    """

    def __init__(
        self,
        own: Sequence[socket.socket],
        everyone: Sequence[socket.socket],
        *,
        has_refused: bool = False,
    ) -> None:
        super().__init__()
        self.own = own
        self.everyone = everyone
        self.has_refused = has_refused
        self.on_refuse: Callable[[float], Awaitable[object]] | None = None
        self.is_handed_over = False
        """Whether the sockets stay open when this process stops: others listen on them later."""
        self.is_orphaned = False
        """Whether the process that made the sockets has ended."""

    def share(self) -> SharedPort:
        """Return a port with the same sockets for the next server."""
        return SharedPort(self.own, self.everyone, has_refused=self.has_refused)

    async def listen(self, host: str, port: int) -> ListenerGroup:
        loop = asyncio.get_running_loop()
        listeners = [
            await loop.create_server(self.make_protocol, sock=one.dup(), backlog=self.backlog)
            for one in (self.everyone if self.has_refused else self.own)
        ]
        return ListenerGroup(listeners)

    def close(self) -> None:
        super().close()
        if not (self.is_handed_over or self.has_refused):
            self.shut()

    def shut(self) -> None:
        """Let the system refuse connections, although other processes have the sockets open."""
        for one in self.own:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    async def tell_others(self, seconds: float) -> None:
        if self.on_refuse is not None:
            await self.on_refuse(seconds)

    def refuse(self, seconds: float) -> None:
        if not self.is_refusing:
            super().refuse(seconds)
            self.shut()
            self.has_refused = True


def open_sockets(host: str, port: int, count: int) -> list[list[socket.socket]]:
    """Return listening sockets for several processes: those of each process, for each address.

    Where the system spreads connections over sockets (Linux), each process has separate sockets.
    Raises OSError, also if another program uses the port.
    """
    rows = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    addresses = list(dict.fromkeys([(row[0], row[4]) for row in rows]))
    groups: list[list[socket.socket]] = [[] for _ in range(count)]
    for family, address in addresses:
        if port:
            probe_port(family, address)
        else:
            address = (address[0], groups[0][0].getsockname()[1] if groups[0] else 0, *address[2:])
        first = bind_socket(family, address)
        groups[0].append(first)
        address = (address[0], first.getsockname()[1], *address[2:])
        for group in groups[1:]:
            group.append(bind_socket(family, address) if SPREADS else first)
    return groups


SPREADS = sys.platform == "linux"
"""Whether connections are spread over all sockets that listen on one port."""


def probe_port(family: int, address: Any) -> None:
    """Raise OSError if another program listens: sockets of several processes would share a port
    with it."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        set_options(probe, family)
        probe.bind(address)
        probe.listen()


def bind_socket(family: int, address: Any) -> socket.socket:
    """Return a socket that listens and can be inherited."""
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        set_options(bound, family)
        if SPREADS:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(address)
        bound.listen(BACKLOG)
    except BaseException:
        bound.close()
        raise
    return bound


def set_options(one: socket.socket, family: int) -> None:
    """Let a socket use a port right after another server, and leave IPv4 to another socket, as
    asyncio does."""
    if os.name == "posix":  # on Windows, the option takes the port from another program
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
