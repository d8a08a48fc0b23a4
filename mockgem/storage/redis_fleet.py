"""The servers that share a Valkey or Redis server: their numbers, and changes that all must see.

A plain chat needs no round trip, so each server remembers the clock and the scenario of a world.
Who changes one publishes that, and waits until all other servers that live have noticed: so a
change that was acknowledged counts for the next request, whichever server gets it. A server lives
as long as it says so; one that ends without a word is waited for until then, at most.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from mockgem.core.errors import ApiError
from mockgem.core.scheduling import sleep
from mockgem.storage import redis_fleet_scripts as scripts
from mockgem.storage.redis_client import RedisClient

log = logging.getLogger("mockgem")
FORMAT = "1"
LEASE_SECONDS = 3.0
"""Seconds after its last word until a server counts as ended."""
LISTEN_SECONDS = 1.0
"""Seconds after which a server says again that it lives."""
PUBLISH_SECONDS = 1.0
"""Seconds to wait for other servers, of which one may have been killed."""
FIRST_WAIT, LONGEST_WAIT = 0.001, 0.02
RETRY_SECONDS = 0.5
MAX_CLOCK_ERROR = 0.05
"""Seconds that the clock of a machine may be off before it is set again."""
Apply = Callable[[str, str], Awaitable[None]]
"""Applies a change of a kind to a world."""
CHANGED, GONE, FLUSH = "changed", "gone", "flush"
"""Kinds of changes: a world's clock or scenario, a world that was reset or deleted, and the wish of
a reader that all servers write what they still have of a journal."""
ALL_WORLDS = "*"
"""Stands for all worlds; no world has this name."""


class RedisFleet:
    """What one server knows of the others.

    `number` is this server's, and no other server ever has it: numbers go up. `last_number` is the
    highest one known, so that it can be restored if the server loses it. `living` are the numbers
    of the servers that live, and `position` is the last change that was applied. The offsets turn
    the clocks of this process (time.perf_counter and time.monotonic) into the time that all servers
    share.
    """

    def __init__(self, client: RedisClient, number: int) -> None:
        self.client = client
        self.number = number
        self.last_number = number
        self.living: frozenset[int] = frozenset()
        self.position = 0
        self.machine = find_machine()
        self.offset = self.monotonic_offset = 0.0
        self.set_offset(time.time() - time.perf_counter())
        self.apply: Apply = ignore_change
        self.task: asyncio.Task[None] | None = None
        self.joined = False
        self.is_leaving = False
        self.listener: Any = None

    async def join(self) -> None:
        """Take part. If the server can't be reached now, `listen` tries again."""
        self.joined = False
        with suppress(ApiError):
            await self.rejoin()
        self.task = asyncio.create_task(self.listen())

    async def rejoin(self) -> None:
        """Begin, or begin again, at the last change: nothing that was remembered counts."""
        self.position, _ = await self.beat()
        await self.apply(CHANGED, ALL_WORLDS)
        self.joined = True

    async def beat(self) -> tuple[int, int]:
        """Say that this server lives; return the numbers of the last change and server."""
        now = time.perf_counter()
        offset, last, highest, *living = await self.client.evaluate(
            scripts.BEAT,
            [self.client.prefix],
            [
                *(self.number, self.position, LEASE_SECONDS, self.last_number, FORMAT),
                *(self.machine, now, MAX_CLOCK_ERROR),
            ],
        )
        self.set_offset(float(offset))
        self.last_number = max(self.last_number, highest)
        self.living = frozenset(living)
        return last, highest

    def set_offset(self, offset: float) -> None:
        """Note what turns time.perf_counter into the time that all servers share."""
        self.offset = offset
        self.monotonic_offset = offset + time.perf_counter() - time.monotonic()

    async def listen(self) -> None:
        """Apply the changes of all servers as long as the server runs."""
        self.listener = self.client.connect(LISTEN_SECONDS + self.client.address.timeout)
        try:
            while not self.is_leaving:
                try:
                    await self.listen_once()
                except (ApiError, OSError, self.client.errors.RedisError):
                    self.joined = False
                    await sleep(RETRY_SECONDS)
                except Exception:  # a mistake in mockgem must not end the fleet
                    log.exception("mockgem could not follow the other servers")
                    self.joined = False
                    await sleep(RETRY_SECONDS)
        finally:
            await close_client(self.listener)

    async def listen_once(self) -> None:
        """Apply the changes that come within a second, and say that this server lives."""
        if not self.joined:
            await self.rejoin()
        answer = await self.listener.execute_command(
            *("XREAD", "COUNT", 100, "BLOCK", round(LISTEN_SECONDS * 1000)),
            *("STREAMS", f"{self.client.prefix}:changes", f"{self.position}-0"),
        )
        for place, change in read_stream(answer):
            number = int(place.partition("-")[0])
            if number > self.position + 1:  # the stream has forgotten some
                await self.apply(CHANGED, ALL_WORLDS)
            self.position = number
            if change.get("from") != str(self.number):
                await self.apply(change["kind"], change["world"])
        last, _ = await self.beat()
        if last < self.position:  # the server has lost its data
            await self.rejoin()

    async def publish(self, kind: str, world: str) -> None:
        """Announce a change, and wait until the servers that live have applied it.

        Raises ApiError.
        """
        prefix = self.client.prefix
        change = await self.client.evaluate(scripts.PUBLISH, [prefix], [self.number, kind, world])
        end = asyncio.get_running_loop().time() + PUBLISH_SECONDS
        wait = FIRST_WAIT
        while await self.client.evaluate(scripts.PENDING, [prefix], [self.number, change]):
            if asyncio.get_running_loop().time() > end:
                return
            await sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def leave(self) -> None:
        """Take part no longer."""
        if self.task is None:
            return
        task, self.task = self.task, None
        self.is_leaving = True
        task.cancel()
        if task.get_loop() is asyncio.get_running_loop():  # a client may swallow a cancellation
            await asyncio.wait([task], timeout=LISTEN_SECONDS + self.client.address.timeout)
        with suppress(ApiError):
            await self.client.evaluate(scripts.LEAVE, [self.client.prefix], [self.number])


def find_machine() -> str:
    """Return what processes have in common whose monotonic clocks show the same."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return secrets.token_hex(8)


async def ignore_change(kind: str, world: str) -> None:
    pass


async def close_client(client: Any) -> None:
    await client.aclose()
    await client.connection_pool.disconnect()


def read_stream(answer: Any) -> list[tuple[str, dict[str, str]]]:
    """Return the ids and fields of what XREAD has found."""
    if not answer:
        return []
    (_, items), *_ = answer.items() if isinstance(answer, dict) else answer
    return [(key.decode(), decode_fields(fields)) for key, fields in items]


def decode_fields(fields: Any) -> dict[str, str]:
    if isinstance(fields, dict):
        pairs = list(fields.items())
    else:
        pairs = list(zip(fields[::2], fields[1::2], strict=True))
    return {name.decode(): value.decode() for name, value in pairs}
