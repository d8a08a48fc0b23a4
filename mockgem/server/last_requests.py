"""The last requests of a server that stops: what a client has sent is answered, not reset.

A connection that closes with unread bytes is reset, and its client can't know
whether its request was handled. So an idle connection closes only if nothing waits in it, and each
last response says `Connection: close`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence

from mockgem.core.scheduling import sleep, yield_control
from mockgem.server.connections import Connection, ConnectionServer

ACCEPT_ROUNDS = 5
"""Rounds of the event loop from the moment when a connection waits until the server knows it."""


async def accept_waiting() -> None:
    """Let the event loop accept the connections that wait, and tell the server of each."""
    for _ in range(ACCEPT_ROUNDS):
        await yield_control()


async def finish_requests(
    servers: Sequence[ConnectionServer], count_open: Callable[[], int], grace: float
) -> None:
    """Wait until each client has the answers to what it has sent, and close the connections.

    Args:
        servers: Know the open connections. They stop, so each response says `Connection: close`.
        count_open: Returns the number of requests that are being answered.
        grace: Seconds in which a request may arrive on a connection that is new, or whose client
            has just got a response.
    """
    await accept_waiting()
    while True:
        open_connections = [one for server in servers for one in server.open_connections]
        left = [one for one in open_connections if not close_if_finished(one, grace)]
        if not left and not count_open():
            return
        await sleep(0.01)


def close_if_finished(connection: Connection, grace: float) -> bool:
    """Close a connection on which nothing is expected; return whether it is closed."""
    transport = connection.transport
    if transport is None:
        return True
    known = transport.get_extra_info("socket")
    if known is not None and transport.get_write_buffer_size():
        return False
    if transport.is_closing():
        return True
    if not connection.is_idle:
        return False
    if known is not None and (connection.is_recent(grace) or has_unread(known.fileno())):
        return False
    connection.force_close()
    return True


def has_unread(descriptor: int) -> bool:
    """Return whether bytes have arrived on a socket that the event loop has not read yet."""
    peeking = socket.socket(fileno=descriptor)
    try:
        return bool(peeking.recv(1, socket.MSG_PEEK))
    except OSError:
        return False
    finally:
        peeking.detach()
