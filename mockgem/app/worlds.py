"""Worlds by name: `/w/NAME/…` before a path selects a world; other paths use the default world."""

from __future__ import annotations

import time
from typing import Protocol

from mockgem.core.http import WireRequest
from mockgem.core.world import World

DEFAULT_WORLD = ""
MIN_IDLE = 60.0
"""Seconds since its last request before a world may be forgotten to make space for another one."""


class WorldProvider(Protocol):
    """What creates and deletes worlds."""

    def make(self, name: str) -> World: ...

    async def delete(self, world: World) -> None:
        """Delete a world with all its state."""
        ...

    async def release(self, world: World) -> None:
        """Forget a world that is not used any more; what is in a directory stays there."""
        ...


class WorldRegistry:
    """The worlds of a server, each created by its first request.

    The registry forgets worlds that are idle for `idle` seconds. If there are `most` worlds and a
    request needs another one, it forgets the world that has been idle longest.
    """

    def __init__(self, makers: WorldProvider, most: int, idle: float) -> None:
        self.factory = makers
        self.max_worlds = most
        self.max_idle = idle
        self.named: dict[str, World] = {}
        self.last_used: dict[str, float] = {}
        self.default = makers.make(DEFAULT_WORLD)

    @property
    def is_behind(self) -> bool:
        """Whether other processes have changed something that this one does not know yet."""
        return False

    async def resolve(self, wire: WireRequest) -> World | None:
        """Return the world that a request names.

        If all worlds are in use, the request gets an error and no world.
        """
        if not (name := wire.world):
            return self.default
        world = self.named.get(name) or await self.create(name)
        if world is None:
            wire.error = (
                f"There are {self.max_worlds} worlds already, all in use. Forget some with DELETE "
                "/_mockgem/worlds/NAME, or start the server with a larger --worlds."
            )
            return None
        self.last_used[name] = time.monotonic()
        return world

    async def create(self, name: str) -> World | None:
        """Return a new world, or None if all are in use."""
        await self.sweep()
        if len(self.named) >= self.max_worlds:
            return None
        world = self.named[name] = self.factory.make(name)
        return world

    async def sweep(self) -> None:
        """Forget idle worlds, and the one that is idle longest if there are too many.

        A world that is still sending a response counts as used now.
        """
        now = time.monotonic()
        for name, world in self.named.items():
            if world.open_responses:
                self.last_used[name] = now
        for name in [name for name, used in self.last_used.items() if now - used > self.max_idle]:
            await self.release(name)
        if len(self.named) >= self.max_worlds:
            oldest = min(self.last_used, key=lambda name: self.last_used[name])
            if now - self.last_used[oldest] > MIN_IDLE:
                await self.release(oldest)

    async def release(self, name: str) -> None:
        self.last_used.pop(name, None)
        world = self.named.pop(name, None)
        if world is not None:  # another request may have released it meanwhile
            await self.factory.release(world)

    async def drop(self, name: str) -> bool:
        """Delete a world with its state, and return whether it existed."""
        world = self.named.pop(name, None)
        self.last_used.pop(name, None)
        if world is None:
            return False
        await self.factory.delete(world)
        return True

    async def reset(self, world: World) -> World:
        """Replace a world by a new, empty one, and return that."""
        await self.factory.delete(world)
        fresh = self.factory.make(world.name)
        if world.name == DEFAULT_WORLD:
            self.default = fresh
        else:
            self.named[world.name] = fresh
        return fresh

    async def load_all(self) -> None:
        """Open the worlds that other processes have: here, none."""

    async def follow_changes(self) -> None:
        """Follow what other processes do with worlds: here, nothing."""

    def count_open(self, name: str) -> int:
        """Return how many answers of a world are being sent now."""
        world = self.default if name == DEFAULT_WORLD else self.named.get(name)
        return 0 if world is None else world.open_responses

    def list_all(self) -> list[World]:
        return [self.default, *self.named.values()]
