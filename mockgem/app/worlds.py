"""Worlds by name: `/w/NAME/…` before any path is a world of its own; all other paths are the default world."""

from __future__ import annotations

import time
from typing import Protocol

from mockgem.core.http import WireRequest
from mockgem.core.world import World

DEFAULT_WORLD = ""
MIN_IDLE = 60.0
"""Seconds since its last request in which a world is never forgotten to make room."""


class WorldProvider(Protocol):
    """What makes worlds and ends them."""

    def make(self, name: str) -> World: ...

    def delete(self, world: World) -> None:
        """Everything it holds is gone for good."""
        ...

    def release(self, world: World) -> None:
        """It is let go of; what it keeps in a directory stays there."""
        ...


class WorldRegistry:
    """Made on first use. Those that nobody asked for during `idle` seconds are forgotten, and so is, where there are more
    than `most`, the one that was idle longest."""

    def __init__(self, makers: WorldProvider, most: int, idle: float) -> None:
        self.factory = makers
        self.make = makers.make
        self.max_worlds = most
        self.max_idle = idle
        self.named: dict[str, World] = {}
        self.last_used: dict[str, float] = {}
        self.default = self.make(DEFAULT_WORLD)

    def resolve(self, wire: WireRequest) -> World:
        """Return the world that a request names; sets `wire.error` if there is no room for another one."""
        if not (name := wire.world):
            return self.default
        world = self.named.get(name) or self.create(name)
        if world is None:
            wire.error = (
                f"There are {self.max_worlds} worlds already, all in use. Forget some with DELETE "
                "/_mockgem/worlds/NAME, or start the server with a larger --worlds."
            )
            return self.default
        self.last_used[name] = time.monotonic()
        return world

    def create(self, name: str) -> World | None:
        self.sweep()
        if len(self.named) >= self.max_worlds:
            return None
        world = self.named[name] = self.make(name)
        return world

    def sweep(self) -> None:
        """Forget the idle ones; where the room is full, the one that was idle longest, unless it is in use."""
        now = time.monotonic()
        for name in [name for name, used in self.last_used.items() if now - used > self.max_idle]:
            self.release(name)
        if len(self.named) >= self.max_worlds:
            oldest = min(self.last_used, key=lambda name: self.last_used[name])
            if now - self.last_used[oldest] > MIN_IDLE:
                self.release(oldest)

    def release(self, name: str) -> None:
        self.last_used.pop(name, None)
        self.factory.release(self.named.pop(name))

    def drop(self, name: str) -> bool:
        """Whether there was such a world; its state is gone."""
        world = self.named.pop(name, None)
        self.last_used.pop(name, None)
        if world is None:
            return False
        self.factory.delete(world)
        return True

    def reset(self, world: World) -> World:
        """A new world in the place of one, with nothing in it."""
        self.factory.delete(world)
        fresh = self.make(world.name)
        if world.name == DEFAULT_WORLD:
            self.default = fresh
        else:
            self.named[world.name] = fresh
        return fresh

    def list_all(self) -> list[World]:
        return [self.default, *self.named.values()]
