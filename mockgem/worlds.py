"""Worlds by name: `/w/NAME/…` before any path is a world of its own; all other paths are the default world."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from mockgem.core.wire import WireRequest
from mockgem.core.world import World

NAME = re.compile(r"/w/([A-Za-z0-9][A-Za-z0-9._-]{0,63})(?=/)")
DEFAULT = ""
FRESH = 60.0
"""Seconds since its last request in which a world is never forgotten to make room."""


def outside_world(path: str) -> str:
    """A path without the world it is in."""
    match = NAME.match(path)
    return path[match.end() :] if match else path


class Worlds:
    """Made on first use. Those that nobody asked for during `idle` seconds are forgotten, and so is, where there are more
    than `most`, the one that was idle longest."""

    def __init__(self, make: Callable[[str], World], forget: Callable[[World], None], most: int, idle: float) -> None:
        self.make = make
        self.forget = forget
        self.most = most
        self.idle = idle
        self.named: dict[str, World] = {}
        self.used: dict[str, float] = {}
        self.default = make(DEFAULT)

    def enter(self, wire: WireRequest) -> World:
        """The world a request is for. Its name is taken off the path and kept as the request's base."""
        if wire.path[:3] != "/w/" or (match := NAME.match(wire.path)) is None:
            return self.default
        wire.base, wire.path = match[0], wire.path[match.end() :]
        world = self.named.get(match[1]) or self.made(match[1])
        if world is None:
            wire.problem = (
                f"There are {self.most} worlds already, all in use. Forget some with DELETE /_mockgem/worlds/NAME, or "
                "start the server with a larger --worlds."
            )
            return self.default
        self.used[match[1]] = time.monotonic()
        return world

    def made(self, name: str) -> World | None:
        self.sweep()
        if len(self.named) >= self.most:
            return None
        world = self.named[name] = self.make(name)
        return world

    def sweep(self) -> None:
        """Forget the idle ones; where the room is full, the one that was idle longest, unless it is in use."""
        now = time.monotonic()
        for name in [name for name, used in self.used.items() if now - used > self.idle]:
            self.drop(name)
        if len(self.named) >= self.most:
            oldest = min(self.used, key=lambda name: self.used[name])
            if now - self.used[oldest] > FRESH:
                self.drop(oldest)

    def drop(self, name: str) -> bool:
        """Whether there was such a world; its state is gone."""
        world = self.named.pop(name, None)
        self.used.pop(name, None)
        if world is None:
            return False
        self.forget(world)
        return True

    def reset(self, world: World) -> World:
        """A new world in the place of one, with nothing in it."""
        self.forget(world)
        fresh = self.make(world.name)
        if world.name == DEFAULT:
            self.default = fresh
        else:
            self.named[world.name] = fresh
        return fresh

    def all(self) -> list[World]:
        return [self.default, *self.named.values()]
