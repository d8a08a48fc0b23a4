"""State on a Valkey or Redis server, which servers on many machines may share."""

from __future__ import annotations

import logging
import time
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.core.shared import SharedWorlds
from mockgem.core.state import Counters, Follower, WorldState
from mockgem.core.storage_errors import BadStateServer
from mockgem.storage import redis_scripts as scripts
from mockgem.storage.memory import MemoryCounters, SharedCounts
from mockgem.storage.redis_blobs import RedisBlobs
from mockgem.storage.redis_client import RedisClient, build_options, hide_password, import_redis
from mockgem.storage.redis_counters import RedisCounters
from mockgem.storage.redis_fleet import ALL_WORLDS, FLUSH, FORMAT, GONE, RedisFleet
from mockgem.storage.redis_fleet_scripts import REGISTER, REPORT_OPEN
from mockgem.storage.redis_journal import RedisJournal
from mockgem.storage.redis_journal_scripts import CLEAR_ENTRIES
from mockgem.storage.redis_locks import RedisLocks
from mockgem.storage.redis_store import RedisStore
from mockgem.storage.redis_url import RedisAddress
from mockgem.storage.redis_worlds import RedisWorlds

START_SECONDS = 10.0
"""Seconds to wait at the start for a server that starts, too."""
RETRY_SECONDS = 0.25
OLDEST = (6, 2)
"""The oldest version that has all commands."""
ALMOST_FULL = 0.95
"""The part of its memory from which on a server counts as full: it has no room for a larger
command."""
log = logging.getLogger("mockgem")


async def do_nothing() -> None:
    pass


class RedisStorage:
    """The state of all worlds on one server. Raises BadStateServer if it can't be used.

    Request counts stay in each process, whose number makes its ids differ from all others. With
    `counts_together` all processes count together, and each request waits for the server. `warns`
    says whether weaknesses of the server are logged. `before_read` is called before a journal is
    read, so that the workers of one mockgem server can tell each other what is not in the state.
    """

    is_shared = True
    suspends = True

    def __init__(
        self,
        address: RedisAddress,
        wait: float = START_SECONDS,
        *,
        counts_together: bool = False,
        warns: bool = True,
    ) -> None:
        self.address = address
        self.counts_together = counts_together
        self.client = RedisClient(address)
        self.warnings, number = enter_fleet(address, wait)
        for warning in self.warnings if warns else ():
            log.warning("%s", warning)
        self.fleet = RedisFleet(self.client, number)
        self.fleet.apply = self.apply
        self.worlds = RedisWorlds(self.client, self.fleet)
        self.shared_worlds: SharedWorlds | None = self.worlds
        self.request_counts = SharedCounts()
        self.journals: dict[str, RedisJournal] = {}
        self.reported: set[str] = set()
        self.follower: Follower | None = None
        self.before_read = do_nothing

    def open(self, world: str) -> WorldState:
        journal = self.journals[world] = RedisJournal(self.client, self.fleet, world)
        journal.identity = self.worlds.epochs.get(world, "")
        journal.before_read = self.prepare_read
        return WorldState(
            RedisStore(self.client, world),
            RedisBlobs(self.client, world),
            self.open_counters(world),
            RedisLocks(self.client, world),
            journal,
        )

    def open_counters(self, world: str) -> Counters:
        if self.counts_together:
            return RedisCounters(self.client, world)
        return MemoryCounters(self.request_counts)

    async def delete(self, world: str) -> None:
        """Delete the keys of a world. `RedisWorlds` tells the other servers."""
        if (journal := self.journals.pop(world, None)) is not None:
            journal.close()
        place = f"{self.address.prefix}:w:{world}"
        if not await self.client.execute("EXISTS", f"{place}:info"):
            await self.delete_unlisted(place)
        await RedisBlobs(self.client, world).clear()
        await RedisStore(self.client, world).clear()
        await self.client.run(CLEAR_ENTRIES, world)
        await self.client.run(scripts.FORGET_WORLD, world)

    async def delete_unlisted(self, place: str) -> None:
        """Delete all keys of a world whose list of them is missing: the server has dropped it."""
        position: Any = 0
        while True:
            position, keys = await self.client.execute(
                "SCAN", position, "MATCH", f"{place}:*", "COUNT", 1000
            )
            if keys:
                await self.client.execute("DEL", *keys)
            if int(position) == 0:
                return

    async def release(self, world: str) -> None:
        """Write what waits; the state stays on the server."""
        if (journal := self.journals.pop(world, None)) is not None:
            await journal.flush()

    async def prepare_read(self) -> None:
        """Let the worker of this process learn what the reader of a journal wants to know."""
        await self.before_read()

    async def report_open(self, world: str) -> None:
        """Let the readers of a journal know how many answers are still open here."""
        count = 0 if self.follower is None else self.follower.count_open(world)
        if count or world in self.reported:
            await self.client.run(REPORT_OPEN, world, self.fleet.number, count)
            (self.reported.add if count else self.reported.discard)(world)

    async def flush_journals(self, world: str) -> None:
        """Write what waits of a world's journal."""
        if (journal := self.journals.get(world)) is not None:
            await journal.flush()

    async def apply(self, kind: str, world: str) -> None:
        """Apply a change that another server has announced."""
        if kind == FLUSH:
            await self.flush_journals(world)
            await self.report_open(world)
            return
        if kind == GONE and (journal := self.journals.get(world)) is not None:
            journal.close()
        self.worlds.note_change(world)
        if self.follower is not None:
            await self.follower.follow_changes()

    async def list_worlds(self) -> list[str]:
        """Return the names of all worlds that have state."""
        found = await self.client.execute("SMEMBERS", f"{self.address.prefix}:worlds")
        return sorted({name.decode() for name in found} - {ALL_WORLDS})

    async def count_bytes(self) -> int:
        return int(await self.client.evaluate(scripts.COUNT_BYTES, [self.address.prefix], []))

    async def start(self, follower: Follower) -> None:
        """Take part in the fleet: learn what the other servers change."""
        self.follower = follower
        await self.fleet.join()

    async def list_problems(self) -> list[str]:
        """Ask the server whether it works, and return what is wrong."""
        problems = []
        try:
            text = await self.client.execute("INFO")
            problems = find_running_problems(self.address, read_info(text))
        except ApiError as error:
            problems.append(error.failure.message)
        waiting = sum(len(journal.waiting) for journal in self.journals.values())
        lost = sum(journal.lost for journal in self.journals.values())
        if problems and waiting:
            problems.append(f"{waiting} journal entries wait until they can be written")
        if lost:
            problems.append(f"{lost} journal entries were lost while they could not be written")
        return problems

    async def finish(self) -> None:
        """Write what waits, and leave the fleet, before `close`."""
        for journal in list(self.journals.values()):
            try:
                await journal.flush()
            except ApiError as error:
                log.warning("mockgem lost journal entries at its end: %s", error)
        await self.fleet.leave()
        await self.client.close()

    def close(self) -> None:
        for journal in self.journals.values():
            journal.close()


def enter_fleet(address: RedisAddress, wait: float) -> tuple[list[str], int]:
    """Check a server and get a number from it, before the event loop runs.

    Waits some seconds for a server that can't be reached yet. Raises BadStateServer.
    """
    redis = import_redis()
    errors = redis.exceptions
    end = time.monotonic() + wait
    while True:
        try:
            return ask_server(redis, address)
        except errors.AuthenticationError:
            raise BadStateServer(describe_closed_door(address)) from None
        except (errors.ConnectionError, errors.TimeoutError, OSError) as error:
            if time.monotonic() > end:
                raise BadStateServer(describe_absence(address, error)) from None
            time.sleep(RETRY_SECONDS)
        except errors.RedisError as error:
            raise BadStateServer(describe_refusal(address, error)) from None


def describe_absence(address: RedisAddress, error: Exception) -> str:
    text = hide_password(" ".join(str(error).split()), address)
    reason = text.rstrip(".") or type(error).__name__
    return (
        f"the server of --state, {address.shown}, can't be reached: {reason}. "
        "Start it, or choose another --state"
    )


def describe_closed_door(address: RedisAddress) -> str:
    if address.password:
        return f"{address.shown} refuses the user name or the password in --state"
    return (
        f"{address.shown} wants a password: write it into --state, as in "
        "redis://:PASSWORD@HOST:PORT/DB"
    )


def describe_refusal(address: RedisAddress, error: Exception) -> str:
    text = hide_password(" ".join(str(error).split()), address)[:200]
    if "used memory >" in text:
        return f"the memory of {address.shown} is full: free some, or choose another --state"
    return f"{address.shown} can't be used: {text}. Repair it, or choose another --state"


def ask_server(redis: Any, address: RedisAddress) -> tuple[list[str], int]:
    """Return warnings about a server, and a number that no other process gets."""
    client = redis.Redis(**build_options(address))
    try:
        info = read_info(client.execute_command("INFO"))
        check_server(address, info)
        register = client.register_script(REGISTER)
        number, found = register(keys=[address.prefix], args=[FORMAT])
    finally:
        client.close()
    if number < 0:
        raise BadStateServer(
            f"{address.shown} has state in format {found.decode()[:40]}, and this version of "
            f"mockgem reads format {FORMAT}: use the version that wrote it, or another prefix"
        )
    return find_weaknesses(address, info), number - 1


def read_info(answer: Any) -> dict[str, str]:
    """Return the fields of INFO, which a client may have parsed already."""
    if isinstance(answer, dict):
        return {str(name): str(value) for name, value in answer.items()}
    text = answer.decode() if isinstance(answer, bytes) else str(answer)
    pairs = [line.partition(":") for line in text.splitlines() if ":" in line]
    return {name: value for name, _, value in pairs}


def check_server(address: RedisAddress, info: dict[str, str]) -> None:
    """Raise BadStateServer for a server that mockgem can't work with."""
    if info.get("cluster_enabled") == "1":
        raise BadStateServer(
            f"{address.shown} runs in cluster mode, which mockgem does not support: use a server "
            "without cluster mode, with replicas if you need them"
        )
    version = info.get("redis_version", "")
    numbers = tuple([int(part) for part in version.split(".")[:2] if part.isdecimal()])
    if numbers and numbers < OLDEST:
        raise BadStateServer(
            f"{address.shown} is version {version}: mockgem needs Redis 6.2 or later, or Valkey"
        )
    if info.get("role") == "slave":
        raise BadStateServer(
            f"{address.shown} is a replica, which can't be written: name the primary in --state"
        )


def find_weaknesses(address: RedisAddress, info: dict[str, str]) -> list[str]:
    """Return what may lose state without an error."""
    found = []
    if info.get("aof_enabled") == "0":
        found.append(
            f"{address.shown} has no append-only file: a restart loses what mockgem has "
            "acknowledged. Start it with --appendonly yes"
        )
    if info.get("maxmemory", "0") != "0" and "allkeys" in info.get("maxmemory_policy", ""):
        found.append(
            f"{address.shown} drops keys when its memory is full: set its maxmemory-policy to "
            "noeviction"
        )
    return found


def find_running_problems(address: RedisAddress, info: dict[str, str]) -> list[str]:
    """Return what keeps a server that answers from working."""
    found = []
    most, used = int(info.get("maxmemory", "0")), int(info.get("used_memory", "0"))
    if most and used > ALMOST_FULL * most:
        found.append(f"the memory of {address.shown} is full: {used} of {most} bytes are in use")
    if info.get("aof_last_write_status", "ok") != "ok":
        found.append(f"{address.shown} can't write its append-only file")
    if info.get("role") == "slave":
        found.append(f"{address.shown} is a replica now, which can't be written")
    if evicted := int(info.get("evicted_keys", "0")):
        found.append(f"{address.shown} has dropped {evicted} keys: its memory is too small")
    return found
