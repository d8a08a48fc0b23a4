"""The state of worlds for one of several workers of a server.

Records and bytes are in the state folder of the server, as without workers. What ends with the
server is in the database of its run: journals, the choice of worlds, the states of scenarios.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import field, replace
from pathlib import Path
from weakref import WeakSet

from mockgem.core.frozen import frozen
from mockgem.core.shared import SharedWorlds
from mockgem.core.state import Counters, Follower, Storage, WorldState
from mockgem.storage.memory import MAX_COUNTED_KEYS, MemoryCounters, SharedCounts
from mockgem.storage.run_database import RunDatabase
from mockgem.storage.shared_journal import SharedJournal, close_entries_of
from mockgem.storage.shared_worlds import SqliteWorlds
from mockgem.storage.worker_table import WorkerTable

TRIM_EVERY = 4096
"""Requests that a worker counts before it looks for counts that are too many."""


async def ask_nobody(world: str) -> int:
    return 0


@frozen
class WorkerSeat:
    """The place of a process among the workers of a server.

    `owner` is a number that no other process of the server has or had. `run_folder` has the
    database of the run; it ends with the server. `replaced` are the owners who had this place
    before.
    """

    index: int
    owner: int
    run_folder: Path
    table: WorkerTable
    replaced: tuple[int, ...] = field(default=())

    @property
    def count(self) -> int:
        return self.table.count

    @property
    def is_of_supervisor(self) -> bool:
        """Whether nobody serves here: the supervisor checks the settings."""
        return self.owner == 0


class WorkerStorage:
    """The state of all worlds, as one worker opens it.

    Args:
        base: Where records and bytes are.
        is_temporary: Whether they end with the server, so that a world that is forgotten takes its
            records with it.
        counts_together: Whether requests are counted for all workers, so that ids repeat.
    """

    is_shared = True

    def __init__(
        self, base: Storage, seat: WorkerSeat, *, is_temporary: bool, counts_together: bool
    ) -> None:
        self.base = base
        self.suspends = base.suspends
        self.seat = seat
        self.is_temporary = is_temporary
        self.counts_together = counts_together
        self.database = RunDatabase(seat.run_folder)
        self.worlds = SqliteWorlds(self.database, seat.table, seat.index, seat.owner)
        self.shared_worlds: SharedWorlds | None = self.worlds
        self.ask_others: Callable[[str], Awaitable[int]] = ask_nobody
        self.journals: WeakSet[SharedJournal] = WeakSet()
        self.request_counts = SharedCounts()
        close_entries_of(self.database, seat.replaced)

    def open(self, world: str) -> WorldState:
        state = self.base.open(world)
        journal = SharedJournal(
            self.database,
            world,
            self.worlds.read_epoch(world),
            self.seat.owner,
            self.collect,
        )
        self.journals.add(journal)
        counts: Counters = MemoryCounters(self.request_counts)
        if self.counts_together:
            counts = RunCounters(self.database, world)
        return replace(state, request_counts=counts, journal=journal)

    async def collect(self, world: str) -> int:
        """Let all workers write their journal entries; return how many answers are open in the
        others."""
        _, count = await asyncio.gather(self.flush(), self.ask_others(world))
        return count

    async def flush(self) -> None:
        """Write the journal entries of this worker that wait."""
        for journal in list(self.journals):
            if journal.is_dirty or journal.written:
                await journal.flush()

    async def delete(self, world: str) -> None:
        await self.base.delete(world)
        await self.forget_run(world)

    async def release(self, world: str) -> None:
        """Forget a world that no worker uses any more."""
        await (self.base.delete(world) if self.is_temporary else self.base.release(world))
        await self.forget_run(world)

    async def forget_run(self, world: str) -> None:
        """Forget the counts and the scenarios of a world."""

        def forget(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM request_counts WHERE world = ?", (world,))
            connection.execute("DELETE FROM records WHERE world = ?", (world,))

        self.database.write(forget)

    async def count_bytes(self) -> int:
        return await self.base.count_bytes()

    async def start(self, follower: Follower) -> None:
        """Do nothing: the worker follows the others itself."""

    async def list_problems(self) -> list[str]:
        return await self.base.list_problems()

    async def finish(self) -> None:
        """Do nothing: the worker has written its journal."""

    def close(self) -> None:
        self.base.close()
        self.database.close()


class RunCounters:
    """The counts of one world, which all workers share. Each count waits for the database."""

    def __init__(self, database: RunDatabase, world: str, most: int = MAX_COUNTED_KEYS) -> None:
        self.database = database
        self.world = world
        self.most = most
        self.known = SharedCounts().counts
        self.until_trim = TRIM_EVERY

    async def increment(self, key: bytes, by: int = 1) -> int:
        self.known.put(key, 1)

        def add(connection: sqlite3.Connection) -> int:
            (count,) = connection.execute(
                "INSERT INTO request_counts (world, key, count) VALUES (?, ?, ?) "
                "ON CONFLICT (world, key) DO UPDATE SET count = count + excluded.count, "
                "place = (SELECT MAX(place) + 1 FROM request_counts) RETURNING count",
                (self.world, key, by),
            ).fetchone()
            self.until_trim -= 1
            if not self.until_trim:
                self.until_trim = TRIM_EVERY
                self.trim(connection)
            return int(count)

        return self.database.write(add) - by

    def trim(self, connection: sqlite3.Connection) -> None:
        """Forget the keys that were not counted for the longest time."""
        connection.execute(
            "DELETE FROM request_counts WHERE place <= "
            "(SELECT place FROM request_counts ORDER BY place DESC LIMIT 1 OFFSET ?)",
            (self.most,),
        )

    def is_known(self, key: bytes) -> bool:
        return self.known.get(key) is not None

    async def clear(self) -> None:
        self.known.clear()
        self.database.write(
            lambda connection: connection.execute(
                "DELETE FROM request_counts WHERE world = ?", (self.world,)
            )
        )
