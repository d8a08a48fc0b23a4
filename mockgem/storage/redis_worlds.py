"""What the servers of a fleet know together about worlds: one row for each world."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Sequence

from mockgem.core.shared import SharedWorld
from mockgem.core.store import Record, Store
from mockgem.storage import redis_fleet_scripts as scripts
from mockgem.storage.redis_client import RedisClient
from mockgem.storage.redis_fleet import ALL_WORLDS, CHANGED, GONE, RedisFleet
from mockgem.storage.redis_store import RedisStore

MIN_IDLE = 60.0
"""Seconds since its last use before a world may be unloaded to make space for another one."""
MOMENT = "started_monotonic"


class RedisWorlds:
    """The worlds of a fleet (`mockgem.core.shared.SharedWorlds`).

    Worlds stay on the server until somebody deletes them; each process unloads those that it has
    not used for long. `changed` has the names of worlds that have changed since they were read,
    `epochs` those of the worlds that were read, and `last_used` when this process used them.
    """

    def __init__(self, client: RedisClient, fleet: RedisFleet) -> None:
        self.client = client
        self.fleet = fleet
        self.key = f"{client.prefix}:rows"
        self.changed: set[str] = {ALL_WORLDS}
        self.epochs: dict[str, str] = {}
        self.last_used: dict[str, float] = {}

    @property
    def owner(self) -> int:
        return self.fleet.number

    def list_owners(self) -> frozenset[int]:
        return self.fleet.living | {self.fleet.number}

    @property
    def has_changed(self) -> bool:
        """Whether there are changes to read, and the server can be asked."""
        return bool(self.changed) and not self.client.problem

    def note_change(self, world: str) -> None:
        """Let the next request read a world again, or all of them."""
        self.changed.add(world)

    def read_again(self) -> None:
        self.changed.add(ALL_WORLDS)

    async def read_changes(self) -> list[SharedWorld]:
        changed, self.changed = self.changed, set()
        try:
            if ALL_WORLDS not in changed:
                return [await self.read(name) for name in sorted(changed)]
            if not (await self.read("")).epoch:
                await self.write("", lambda row: row or new_row())
            rows = await self.list_all()
        except BaseException:
            self.changed |= changed
            raise
        gone = (set(self.epochs) | changed) - {row.name for row in rows} - {ALL_WORLDS}
        self.epochs = {row.name: row.epoch for row in rows}
        return [*rows, *[SharedWorld(name, "", {}) for name in sorted(gone)]]

    async def read(self, name: str) -> SharedWorld:
        text = await self.client.execute("HGET", self.key, name)
        return self.note(SharedWorld(name, "", {}) if text is None else decode_row(name, text))

    def note(self, world: SharedWorld) -> SharedWorld:
        self.epochs[world.name] = world.epoch
        return world

    async def list_all(self) -> list[SharedWorld]:
        found = await self.client.execute("HGETALL", self.key)
        pairs = found.items() if isinstance(found, dict) else zip(*[iter(found)] * 2, strict=True)
        rows = [(json.loads(text)["created"], name.decode(), text) for name, text in pairs]
        return [self.note(decode_row(name, text)) for _, name, text in sorted(rows)]

    async def register(
        self, name: str, most: int, idle: float
    ) -> tuple[SharedWorld | None, list[str]]:
        """Return a world, a new one if it does not exist, and those that this process unloads."""
        released = self.find_idle(most, time.monotonic() - idle)
        if len(self.last_used) - len(released) >= most:
            return None, released
        row = await self.read(name)
        if not row.epoch:
            row = await self.write(name, lambda row: row or new_row())
        for old in released:
            del self.last_used[old]
        self.last_used[name] = time.monotonic()
        return row, released

    def find_idle(self, most: int, unused_since: float) -> list[str]:
        """Return the worlds that nobody has used since a moment, or the one that is idle longest
        if there are too many."""
        names = sorted(self.last_used, key=self.last_used.__getitem__)
        idle = [name for name in names if self.last_used[name] < unused_since]
        if (
            not idle
            and len(names) >= most
            and self.last_used[names[0]] < time.monotonic() - MIN_IDLE
        ):
            idle = names[:1]
        return idle

    async def change(self, name: str, change: Callable[[Record], Record]) -> SharedWorld:
        def replace(row: Record) -> Record:
            row = row or new_row()
            return row | {"settings": change(row["settings"])}

        row = await self.write(name, replace)
        await self.announce(name)
        return row

    async def announce(self, name: str) -> None:
        self.note_change(name)
        await self.fleet.publish(CHANGED, name)

    async def renew(self, name: str) -> None:
        await self.write(name, lambda row: new_row() | {"created": row.get("created", 0)})
        self.note_change(name)
        await self.fleet.publish(GONE, name)

    async def delete(self, name: str) -> bool:
        existed = bool(await self.client.execute("HDEL", self.key, name))
        self.last_used.pop(name, None)
        self.note_change(name)
        await self.fleet.publish(GONE, name)
        return existed

    async def note_use(self, names: Sequence[str]) -> None:
        self.last_used |= dict.fromkeys(names, time.monotonic())

    def open_runs(self, name: str) -> Store:
        return RunStore(self.client, self.fleet, name)

    async def write(self, name: str, change: Callable[[Record], Record]) -> SharedWorld:
        """Replace a row, which is empty if the world does not exist."""
        before = await self.client.execute("HGET", self.key, name) or b""
        while True:
            row = change(json.loads(before) if before else {})
            text = json.dumps(row)
            answer = await self.client.evaluate(
                scripts.REPLACE_ROW, [self.key, self.client.prefix], [name, before, text]
            )
            if answer == 1:
                return self.note(decode_row(name, text))
            before = answer


class RunStore(RedisStore):
    """Records of scenarios. The moment when a run began is on the clock that all servers share."""

    def __init__(self, client: RedisClient, fleet: RedisFleet, world: str) -> None:
        super().__init__(client, world)
        self.fleet = fleet

    async def get(self, collection: str, name: str) -> Record | None:
        record = await super().get(collection, name)
        return None if record is None else self.shift(record, -1)

    async def insert(self, collection: str, name: str, record: Record) -> bool:
        return await super().insert(collection, name, self.shift(record, 1))

    async def update(
        self, collection: str, name: str, change: Callable[[Record], Record | None]
    ) -> Record | None:
        def shift_both(record: Record) -> Record | None:
            changed = change(self.shift(record, -1))
            return None if changed is None else self.shift(changed, 1)

        record = await super().update(collection, name, shift_both)
        return None if record is None else self.shift(record, -1)

    def shift(self, record: Record, sign: int) -> Record:
        if MOMENT not in record:
            return record
        return record | {MOMENT: record[MOMENT] + sign * self.fleet.monotonic_offset}


def new_row() -> Record:
    return {"epoch": secrets.token_hex(4), "created": 0, "settings": {}}


def decode_row(name: str, text: str | bytes) -> SharedWorld:
    row = json.loads(text)
    return SharedWorld(name, row["epoch"], row["settings"])
