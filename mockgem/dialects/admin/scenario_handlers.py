"""The scenario of a world: which is played, how far it has come, and what it says of the client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import Json


class ScenarioControl(Protocol):
    """What the admin dialect needs of scenarios. Everything raises ValueError for what is not there or can't be."""

    def choose(self, world: World, name: str, scale: float | None = None) -> None: ...

    def stop(self, world: World) -> None: ...

    def define(
        self, world: World, name: str, definition: Any, scale: float | None = None
    ) -> None: ...

    def add_rule(self, world: World, rule: Any) -> None: ...

    def expect(self, world: World, expectations: Any) -> None: ...

    def list_scenarios(self) -> dict[str, dict[str, Any]]: ...

    def dump(self, world: World, name: str) -> dict[str, Any]: ...

    def get_counters(self, world: World) -> dict[str, Any]: ...

    async def build_verdict(self, world: World, name: str = "") -> dict[str, Any]: ...


class ScenarioHandlers:
    """What is done at the endpoints of scenarios."""

    def __init__(self, scenes: ScenarioControl) -> None:
        self.scenarios = scenes

    async def read(self, asked: Json, occasion: OperationContext) -> Json:
        return describe_scenario(self.scenarios, occasion.world)

    async def choose(self, asked: Json, occasion: OperationContext) -> Json:
        """By name, or with the whole scenario in the request."""
        world, name, scale = occasion.world, asked.get("name", ""), asked.get("time_scale")
        keys = {"name", "scenario", "time_scale"}
        if (
            not isinstance(name, str)
            or not asked.keys() <= keys
            or not (name or "scenario" in asked)
        ):
            raise invalid(
                'expected {"name": "overloaded"}, or {"name": "mine", "scenario": {"rules": […]}}'
            )
        if scale is not None and (type(scale) not in (int, float) or not 0 < scale <= 100):
            raise invalid(f"time_scale is a number up to 100, like 0.01; got {scale!r}"[:200])
        try:
            if "scenario" in asked:
                self.scenarios.define(world, name or "inline", asked["scenario"], scale)
            else:
                self.scenarios.choose(world, name, scale)
        except ValueError as error:
            raise invalid(str(error)) from None
        return describe_scenario(self.scenarios, world)

    async def add_rule(self, asked: Json, occasion: OperationContext) -> Json:
        """A rule, as it stands in a scenario's list."""
        try:
            self.scenarios.add_rule(occasion.world, asked)
        except ValueError as error:
            raise invalid(str(error)) from None
        return describe_scenario(self.scenarios, occasion.world)

    async def expect(self, asked: Json, occasion: OperationContext) -> Json:
        """Expectations, as they stand in a scenario, in the place of its own."""
        try:
            self.scenarios.expect(occasion.world, asked)
        except ValueError as error:
            raise invalid(str(error)) from None
        return describe_scenario(self.scenarios, occasion.world)

    async def stop(self, asked: Json, occasion: OperationContext) -> Json:
        self.scenarios.stop(occasion.world)
        return describe_scenario(self.scenarios, occasion.world)

    async def list_scenarios(self, asked: Json, occasion: OperationContext) -> Json:
        return {"scenarios": self.scenarios.list_scenarios()}

    async def show_scenario(self, asked: Json, occasion: OperationContext) -> Json:
        return find_or_raise(lambda: self.scenarios.dump(occasion.world, asked["name"]))

    async def read_verdict(self, asked: Json, occasion: OperationContext) -> Json:
        try:
            return await self.scenarios.build_verdict(occasion.world, asked.get("scenario", ""))
        except ValueError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None


def find_or_raise(find: Callable[[], Json]) -> Json:
    """Raises ApiError (404) for what is not there."""
    try:
        return find()
    except ValueError as error:
        raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None


def describe_scenario(scenes: ScenarioControl, world: World) -> Json:
    return {"scenario": world.scenario or None, "plays": scenes.get_counters(world)}


class NoScenarioControl:
    """Where there is no server: its endpoints can be listed."""

    def choose(self, world: World, name: str, scale: float | None = None) -> None: ...

    def stop(self, world: World) -> None: ...

    def define(
        self, world: World, name: str, definition: Any, scale: float | None = None
    ) -> None: ...

    def add_rule(self, world: World, rule: Any) -> None: ...

    def expect(self, world: World, expectations: Any) -> None: ...

    def list_scenarios(self) -> dict[str, dict[str, Any]]:
        return {}

    def dump(self, world: World, name: str) -> dict[str, Any]:
        return {}

    def get_counters(self, world: World) -> dict[str, Any]:
        return {}

    async def build_verdict(self, world: World, name: str = "") -> dict[str, Any]:
        return {}
