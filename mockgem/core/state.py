"""Interfaces to the state of worlds besides records and bytes: counters, locks and the storage.

A `Storage` keeps the state of all worlds of a server and opens that of one world. The
implementations in `mockgem.storage` keep it in memory, in a directory or on a Valkey or Redis
server; `tests/storage` runs one suite against all of them. As in `mockgem.core.store`, the methods
are coroutines so that an implementation may wait for a network.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from mockgem.core.frozen import frozen
from mockgem.core.journal import Journal
from mockgem.core.shared import SharedWorlds
from mockgem.core.store import Blobs, Store


class Counters(Protocol):
    """How often each key was counted.

    An implementation may forget the keys that were not counted for the longest time.
    """

    async def increment(self, key: bytes, by: int = 1) -> int:
        """Add to a key's count, and return the count before that."""
        ...

    def is_known(self, key: bytes) -> bool:
        """Return whether this process counted the key lately: a hint that never waits."""
        ...

    async def clear(self) -> None: ...


class Locks(Protocol):
    """Locks by name, for work that only one request at a time may do."""

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Wait for a lock, and hold it inside `async with`.

        The end of a process releases its locks. A lock can't be taken twice by the same request.
        """
        ...


@frozen
class WorldState:
    """Everything one world keeps."""

    store: Store
    blobs: Blobs
    request_counts: Counters
    locks: Locks
    journal: Journal


class Follower(Protocol):
    """What follows the changes of other servers: the worlds of this one."""

    def count_open(self, name: str) -> int:
        """Return how many answers of a world are being sent now."""
        ...

    async def follow_changes(self) -> None:
        """Read what others have changed. Raises ApiError."""
        ...


class Storage(Protocol):
    """The state of all worlds of a server."""

    is_shared: bool
    """Whether other processes may change it at the same time."""
    suspends: bool
    """Whether its methods may suspend. Then the server answers every request in a task."""

    shared_worlds: SharedWorlds | None
    """What the processes of this server know together; None if it is one process."""

    def open(self, world: str) -> WorldState:
        """Return the state of a world, which is empty if it was never opened or was deleted."""
        ...

    async def delete(self, world: str) -> None:
        """Delete all state of a world."""
        ...

    async def release(self, world: str) -> None:
        """Forget a world that is not used any more; what is durable stays."""
        ...

    async def count_bytes(self) -> int:
        """Return about how many bytes the state of all worlds takes."""
        ...

    async def start(self, follower: Follower) -> None:
        """Begin to follow other servers, before the first request."""
        ...

    async def list_problems(self) -> list[str]:
        """Return what keeps the storage from working now, for /_mockgem/health."""
        ...

    async def finish(self) -> None:
        """Write what waits to be written, after the last request and before `close`."""
        ...

    def close(self) -> None:
        """Bring everything to its files and close them. The storage can't be used afterwards."""
        ...
