"""The limits of a server: connections, time and memory."""

from __future__ import annotations

from mockgem.core.frozen import frozen

MEBIBYTE = 2**20
DEFAULT_MAX_CONNECTIONS = 10_000
MIN_RESERVE = 32
"""File descriptors that connections leave for files, cassettes and uploads."""


@frozen
class ServerLimits:
    """Bytes of one request body and of all together, seconds without a request, connections, and
    bytes of one message on a socket.

    `max_connections` 0 means as many as the limit of open files allows.
    """

    max_body: int = 100 * MEBIBYTE
    body_memory: int = 512 * MEBIBYTE
    idle_timeout: float = 75.0
    max_connections: int = 0
    max_message: int = 32 * MEBIBYTE


def default_max_connections(uses_upstream: bool = False) -> int:
    """Return how many connections the limit of open files allows, up to 10,000.

    A tenth of the files, at least 32, is left for other uses. A recorder has a connection to the
    upstream for each connection of a client.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return DEFAULT_MAX_CONNECTIONS
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return DEFAULT_MAX_CONNECTIONS
    free = files - max(MIN_RESERVE, files // 10)
    return max(1, min(DEFAULT_MAX_CONNECTIONS, free // 2 if uses_upstream else free))
