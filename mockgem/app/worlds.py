"""Worlds by name: `/w/NAME/…` before any path is a world of its own; all other paths are the default world."""

from __future__ import annotations

import re
import time
from typing import Protocol

from mockgem.core.http import WireRequest
from mockgem.core.world import World

NAME = re.compile(r"(/w/([A-Za-z0-9][A-Za-z0-9._-]{0,63}))(?:\1)*(?=/)")
"""A world's name before a path. It may stand there twice: Google's SDK for Java puts a base URL's path before an upload's
address, which begins with it already."""
DEFAULT = ""
FRESH = 60.0
"""Seconds since its last request in which a world is never forgotten to make room."""


def outside_world(path: str) -> str:
    """A path without the world it is in."""
    match = NAME.match(path)
    return path[match.end() :] if match else path


class Makers(Protocol):
    """What makes worlds and ends them."""

    def make(self, name: str) -> World: ...

    def forget(self, world: World) -> None:
        """Everything it holds is gone for good."""
        ...

    def release(self, world: World) -> None:
        """It is let go of; what it keeps in a directory stays there."""
        ...


class Worlds:
    """Made on first use. Those that nobody asked for during `idle` seconds are forgotten, and so is, where there are more
    than `most`, the one that was idle longest."""

    def __init__(self, makers: Makers, most: int, idle: float) -> None:
        self.makers = makers
        self.make = makers.make
        self.most = most
        self.idle = idle
        self.named: dict[str, World] = {}
        self.used: dict[str, float] = {}
        self.default = self.make(DEFAULT)

    def enter(self, wire: WireRequest) -> World:
        """The world a request is for. Its name is taken off the path and kept as the request's base."""
        if wire.path[:3] != "/w/" or (match := NAME.match(wire.path)) is None:
            return self.default
        wire.base, wire.path = match[1] + wire.mark, wire.path[match.end() :]
        name = match[2]
        world = self.named.get(name) or self.made(name)
        if world is None:
            wire.problem = (
                f"There are {self.most} worlds already, all in use. Forget some with DELETE /_mockgem/worlds/NAME, or "
                "start the server with a larger --worlds."
            )
            return self.default
        self.used[name] = time.monotonic()
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
            self.release(name)
        if len(self.named) >= self.most:
            oldest = min(self.used, key=lambda name: self.used[name])
            if now - self.used[oldest] > FRESH:
                self.release(oldest)

    def release(self, name: str) -> None:
        self.used.pop(name, None)
        self.makers.release(self.named.pop(name))

    def drop(self, name: str) -> bool:
        """Whether there was such a world; its state is gone."""
        world = self.named.pop(name, None)
        self.used.pop(name, None)
        if world is None:
            return False
        self.makers.forget(world)
        return True

    def reset(self, world: World) -> World:
        """A new world in the place of one, with nothing in it."""
        self.makers.forget(world)
        fresh = self.make(world.name)
        if world.name == DEFAULT:
            self.default = fresh
        else:
            self.named[world.name] = fresh
        return fresh

    def all(self) -> list[World]:
        return [self.default, *self.named.values()]
