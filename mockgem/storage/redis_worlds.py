"""What the servers of a fleet know together about worlds: one row for each world."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Sequence

from mockgem.core.shared import SharedWorld
from mockgem.core.store import Record, Store
from mockgem.storage import redis_scripts as scripts
from mockgem.storage.redis_client import RedisClient
from mockgem.storage.redis_fleet import ALL_WORLDS, CHANGED, GONE, RedisFleet
from mockgem.storage.redis_store import RedisStore


class RedisWorlds:
    """The worlds of a fleet (`mockgem.core.shared.SharedWorlds`).

    Worlds stay on the server until somebody deletes them. `changed` has the names of worlds that
    have changed since they were read, and `known` those that were read.
    """

    def __init__(self, client: RedisClient, fleet: RedisFleet) -> None:
        self.client = client
        self.fleet = fleet
        self.key = f"{client.prefix}:rows"
        self.changed: set[str] = set()
        self.known: set[str] = set()

    @property
    def owner(self) -> int:
        return self.fleet.number

    def list_owners(self) -> frozenset[int]:
        return self.fleet.living | {self.fleet.number}

    @property
    def has_changed(self) -> bool:
        return bool(self.changed)

    def note_change(self, world: str) -> None:
        """Let the next request read a world again, or all of them."""
        self.changed.add(world)

    async def read_changes(self) -> list[SharedWorld]:
        changed, self.changed = self.changed, set()
        try:
            if ALL_WORLDS not in changed:
                return [await self.read(name) for name in sorted(changed)]
            rows = await self.list_all()
        except BaseException:
            self.changed |= changed
            raise
        names = {row.name for row in rows}
        gone, self.known = (self.known | changed) - names - {ALL_WORLDS}, names
        return [*rows, *[SharedWorld(name, "", {}) for name in sorted(gone)]]

    async def read(self, name: str) -> SharedWorld:
        text = await self.client.execute("HGET", self.key, name)
        if text is None:
            self.known.discard(name)
            return SharedWorld(name, "", {})
        self.known.add(name)
        return decode_row(name, text)

    async def list_all(self) -> list[SharedWorld]:
        found = await self.client.execute("HGETALL", self.key)
        pairs = found.items() if isinstance(found, dict) else zip(*[iter(found)] * 2, strict=True)
        rows = [(json.loads(text)["created"], name.decode(), text) for name, text in pairs]
        return [decode_row(name, text) for _, name, text in sorted(rows)]

    async def register(
        self, name: str, most: int, idle: float
    ) -> tuple[SharedWorld | None, list[str]]:
        """Return a world, a new one if it does not exist. No world is forgotten for another."""
        row = await self.read(name)
        if not row.epoch:
            row = await self.write(name, lambda row: row or new_row())
            self.known.add(name)
        return row, []

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
        self.note_change(name)
        await self.fleet.publish(GONE, name)
        return existed

    async def note_use(self, names: Sequence[str]) -> None:
        """Do nothing: worlds stay, whether they are used or not."""

    def open_runs(self, name: str) -> Store:
        return RedisStore(self.client, name)

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
                return decode_row(name, text)
            before = answer


def new_row() -> Record:
    return {"epoch": secrets.token_hex(4), "created": 0, "settings": {}}


def decode_row(name: str, text: str | bytes) -> SharedWorld:
    row = json.loads(text)
    return SharedWorld(name, row["epoch"], row["settings"])
