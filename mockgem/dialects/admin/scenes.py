"""The scenario of a world: which is played, how far it has come, and what it says of the client."""

from __future__ import annotations

from typing import Any, Protocol

from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World
from mockgem.dialects.admin.reading import Json, Perform


class Scenes(Protocol):
    """What the admin dialect needs of scenarios. Everything raises ValueError for what is not there or can't be."""

    def choose(self, world: World, name: str) -> None: ...

    def stop(self, world: World) -> None: ...

    def define(self, world: World, name: str, told: Any) -> None: ...

    def names(self) -> dict[str, dict[str, Any]]: ...

    def shown(self, world: World, name: str) -> dict[str, Any]: ...

    def counted(self, world: World) -> dict[str, Any]: ...

    def verdict(self, world: World, name: str = "") -> dict[str, Any]: ...


def performers(scenes: Scenes) -> dict[str, Perform]:
    async def read_scenario(asked: Json, occasion: Occasion) -> Json:
        return told(scenes, occasion.world)

    async def choose(asked: Json, occasion: Occasion) -> Json:
        """By name, or with the whole scenario in the request."""
        world, name = occasion.world, asked.get("name", "")
        if not isinstance(name, str) or not asked.keys() <= {"name", "scenario"} or not (name or "scenario" in asked):
            raise invalid('expected {"name": "overloaded"}, or {"name": "mine", "scenario": {"title": …, "rules": […]}}')
        try:
            if "scenario" in asked:
                scenes.define(world, name or "inline", asked["scenario"])
            else:
                scenes.choose(world, name)
        except ValueError as error:
            raise invalid(str(error)) from None
        return told(scenes, world)

    async def stop(asked: Json, occasion: Occasion) -> Json:
        scenes.stop(occasion.world)
        return told(scenes, occasion.world)

    async def list_scenarios(asked: Json, occasion: Occasion) -> Json:
        return {"scenarios": scenes.names()}

    async def show(asked: Json, occasion: Occasion) -> Json:
        try:
            return scenes.shown(occasion.world, asked["name"])
        except ValueError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None

    async def verdict(asked: Json, occasion: Occasion) -> Json:
        try:
            return scenes.verdict(occasion.world, asked.get("scenario", ""))
        except ValueError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None

    return {
        "read": read_scenario,
        "choose": choose,
        "stop": stop,
        "list": list_scenarios,
        "show": show,
        "verdict": verdict,
    }


def told(scenes: Scenes, world: World) -> Json:
    return {"scenario": world.scenario or None, "plays": scenes.counted(world)}


class NoScenes:
    """Where there is no server: its endpoints can be listed."""

    def choose(self, world: World, name: str) -> None: ...

    def stop(self, world: World) -> None: ...

    def define(self, world: World, name: str, told: Any) -> None: ...

    def names(self) -> dict[str, dict[str, Any]]:
        return {}

    def shown(self, world: World, name: str) -> dict[str, Any]:
        return {}

    def counted(self, world: World) -> dict[str, Any]:
        return {}

    def verdict(self, world: World, name: str = "") -> dict[str, Any]:
        return {}
