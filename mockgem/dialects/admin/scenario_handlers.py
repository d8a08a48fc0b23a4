"""The scenario of a world: which is played, how far it has come, and what it says of the client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import Json


class Scenes(Protocol):
    """What the admin dialect needs of scenarios. Everything raises ValueError for what is not there or can't be."""

    def choose(self, world: World, name: str, scale: float | None = None) -> None: ...

    def stop(self, world: World) -> None: ...

    def define(self, world: World, name: str, told: Any, scale: float | None = None) -> None: ...

    def add(self, world: World, told: Any) -> None: ...

    def expect(self, world: World, told: Any) -> None: ...

    def names(self) -> dict[str, dict[str, Any]]: ...

    def shown(self, world: World, name: str) -> dict[str, Any]: ...

    def counted(self, world: World) -> dict[str, Any]: ...

    def verdict(self, world: World, name: str = "") -> dict[str, Any]: ...


class Playing:
    """What is done at the endpoints of scenarios."""

    def __init__(self, scenes: Scenes) -> None:
        self.scenes = scenes

    async def read(self, asked: Json, occasion: Occasion) -> Json:
        return told(self.scenes, occasion.world)

    async def choose(self, asked: Json, occasion: Occasion) -> Json:
        """By name, or with the whole scenario in the request."""
        world, name, scale = occasion.world, asked.get("name", ""), asked.get("time_scale")
        keys = {"name", "scenario", "time_scale"}
        if not isinstance(name, str) or not asked.keys() <= keys or not (name or "scenario" in asked):
            raise invalid('expected {"name": "overloaded"}, or {"name": "mine", "scenario": {"rules": […]}}')
        if scale is not None and (type(scale) not in (int, float) or not 0 < scale <= 100):
            raise invalid(f"time_scale is a number up to 100, like 0.01; got {scale!r}"[:200])
        try:
            if "scenario" in asked:
                self.scenes.define(world, name or "inline", asked["scenario"], scale)
            else:
                self.scenes.choose(world, name, scale)
        except ValueError as error:
            raise invalid(str(error)) from None
        return told(self.scenes, world)

    async def add(self, asked: Json, occasion: Occasion) -> Json:
        """A rule, as it stands in a scenario's list."""
        try:
            self.scenes.add(occasion.world, asked)
        except ValueError as error:
            raise invalid(str(error)) from None
        return told(self.scenes, occasion.world)

    async def expect(self, asked: Json, occasion: Occasion) -> Json:
        """Expectations, as they stand in a scenario, in the place of its own."""
        try:
            self.scenes.expect(occasion.world, asked)
        except ValueError as error:
            raise invalid(str(error)) from None
        return told(self.scenes, occasion.world)

    async def stop(self, asked: Json, occasion: Occasion) -> Json:
        self.scenes.stop(occasion.world)
        return told(self.scenes, occasion.world)

    async def list_all(self, asked: Json, occasion: Occasion) -> Json:
        return {"scenarios": self.scenes.names()}

    async def show(self, asked: Json, occasion: Occasion) -> Json:
        return found_or_not(lambda: self.scenes.shown(occasion.world, asked["name"]))

    async def verdict(self, asked: Json, occasion: Occasion) -> Json:
        return found_or_not(lambda: self.scenes.verdict(occasion.world, asked.get("scenario", "")))


def found_or_not(find: Callable[[], Json]) -> Json:
    """Raises ApiError (404) for what is not there."""
    try:
        return find()
    except ValueError as error:
        raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None


def told(scenes: Scenes, world: World) -> Json:
    return {"scenario": world.scenario or None, "plays": scenes.counted(world)}


class NoScenes:
    """Where there is no server: its endpoints can be listed."""

    def choose(self, world: World, name: str, scale: float | None = None) -> None: ...

    def stop(self, world: World) -> None: ...

    def define(self, world: World, name: str, told: Any, scale: float | None = None) -> None: ...

    def add(self, world: World, told: Any) -> None: ...

    def expect(self, world: World, told: Any) -> None: ...

    def names(self) -> dict[str, dict[str, Any]]:
        return {}

    def shown(self, world: World, name: str) -> dict[str, Any]:
        return {}

    def counted(self, world: World) -> dict[str, Any]:
        return {}

    def verdict(self, world: World, name: str = "") -> dict[str, Any]:
        return {}
