"""Choose, change and judge the scenario of a world."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any, Protocol

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.dialects.admin.rule_handlers import RuleControl

CHOICE_SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "examples": ["overloaded"]},
        "scenario": {
            "type": "object",
            "description": "A whole scenario; `mockgem scenario schema` prints its schema",
        },
        "time_scale": {"type": "number", "exclusiveMinimum": 0, "maximum": 100},
    },
}
RULE_SCHEMA = {
    "type": "object",
    "description": "A rule as in a scenario's list; `mockgem scenario schema` prints its schema",
    "examples": [{"when": {"times": 1}, "fail": "overloaded"}],
}
EXPECT_SCHEMA = {
    "type": "object",
    "description": "The key `expect` of a scenario; `mockgem scenario schema` prints its schema",
    "examples": [{"attempts": 2, "waits": "told"}],
}


class ScenarioControl(RuleControl, Protocol):
    """What the admin API needs from scenarios.

    All methods raise ValueError for unknown names and for definitions that are not valid.
    """

    async def choose(self, world: World, name: str, scale: float | None = None) -> None: ...

    async def define(
        self, world: World, name: str, definition: Any, scale: float | None = None
    ) -> None: ...

    async def add_rule(self, world: World, rule: Any) -> None: ...

    async def expect(self, world: World, expectations: Any) -> None: ...

    def list_scenarios(self) -> dict[str, dict[str, Any]]: ...

    def list_failures(self) -> dict[str, list[dict[str, Any]]]: ...

    def dump(self, world: World, name: str) -> dict[str, Any]: ...

    async def get_counters(self, world: World) -> dict[str, Any]: ...

    async def build_verdict(self, world: World, name: str = "") -> dict[str, Any]: ...


class ScenarioHandlers:
    """The handlers of the scenario endpoints."""

    def __init__(self, scenarios: ScenarioControl) -> None:
        self.scenarios = scenarios

    def build_routes(self) -> tuple[AdminRoute, ...]:
        return (
            AdminRoute("GET", "/scenario", "Show the world's scenario and its counters", self.read),
            AdminRoute(
                "PUT",
                "/scenario",
                'Run a scenario: {"name": "overloaded"}, or a whole one in {"scenario": …}',
                self.choose,
                request_schema=CHOICE_SCHEMA,
            ),
            AdminRoute(
                "POST",
                "/scenario/rules",
                "Add a rule before the scenario's rules",
                self.add_rule,
                request_schema=RULE_SCHEMA,
            ),
            AdminRoute(
                "PUT",
                "/scenario/expect",
                'Replace its expectations: {"attempts": 2, "waits": "told"}',
                self.expect,
                request_schema=EXPECT_SCHEMA,
            ),
            AdminRoute("DELETE", "/scenario", "Stop the world's scenario", self.stop),
            AdminRoute("GET", "/scenarios", "List all scenarios", self.list_scenarios),
            AdminRoute(
                "GET",
                "/failures",
                "List the errors, faults and latencies that rules can use",
                self.list_failures,
            ),
            AdminRoute("GET", "/scenarios/{name}", "Show one scenario", self.show_scenario),
            AdminRoute(
                "GET",
                "/verdict",
                "Judge the client: what it did, and what it should have done",
                self.read_verdict,
                may_wait=True,
                query_schemas={"scenario": {"type": "string"}},
            ),
        )

    async def read(self, body: Json, context: OperationContext) -> Json:
        return await self.describe(context.world)

    async def choose(self, body: Json, context: OperationContext) -> Json:
        """Run a scenario by its name, or one that the request defines."""
        world, name, scale = context.world, body.get("name", ""), body.get("time_scale")
        is_known = body.keys() <= {"name", "scenario", "time_scale"}
        if not isinstance(name, str) or not is_known or not (name or "scenario" in body):
            raise invalid(
                'expected {"name": "overloaded"}, or {"name": "mine", "scenario": {"rules": […]}}'
            )
        if scale is not None and (type(scale) not in (int, float) or not 0 < scale <= 100):
            raise invalid(
                f"time_scale {scale!r:.100} is not valid: use a number above 0 and up to 100, "
                "like 0.01"
            )
        if "scenario" in body:
            definition = body["scenario"]
            change = self.scenarios.define(world, name or "inline", definition, scale)
        else:
            change = self.scenarios.choose(world, name, scale)
        return await self.apply(change, world)

    async def add_rule(self, body: Json, context: OperationContext) -> Json:
        """Add a rule, written as in a scenario's list."""
        return await self.apply(self.scenarios.add_rule(context.world, body), context.world)

    async def expect(self, body: Json, context: OperationContext) -> Json:
        """Replace the scenario's expectations, written as in a scenario."""
        return await self.apply(self.scenarios.expect(context.world, body), context.world)

    async def stop(self, body: Json, context: OperationContext) -> Json:
        return await self.apply(self.scenarios.choose(context.world, "none"), context.world)

    async def list_scenarios(self, body: Json, context: OperationContext) -> Json:
        return {"scenarios": self.scenarios.list_scenarios()}

    async def list_failures(self, body: Json, context: OperationContext) -> Json:
        return dict(self.scenarios.list_failures())

    async def show_scenario(self, body: Json, context: OperationContext) -> Json:
        """Raises ApiError (404) for an unknown scenario."""
        try:
            return self.scenarios.dump(context.world, body["name"])
        except ValueError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None

    async def read_verdict(self, body: Json, context: OperationContext) -> Json:
        """Raises ApiError (404) for a scenario that has not run."""
        try:
            return await self.scenarios.build_verdict(context.world, body.get("scenario", ""))
        except ValueError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error))) from None

    async def apply(self, change: Awaitable[None], world: World) -> Json:
        """Wait for a change and describe the result. Raises ApiError (400) if it is not valid."""
        try:
            await change
        except ValueError as error:
            raise invalid(str(error)) from None
        return await self.describe(world)

    async def describe(self, world: World) -> Json:
        counters = await self.scenarios.get_counters(world)
        return {"scenario": world.scenario or None, "plays": counters}


class NoScenarioControl:
    """Answers nothing: for listing the endpoints without a server."""

    async def choose(self, world: World, name: str, scale: float | None = None) -> None: ...

    async def define(
        self, world: World, name: str, definition: Any, scale: float | None = None
    ) -> None: ...

    async def add_rule(self, world: World, rule: Any) -> None: ...

    async def expect(self, world: World, expectations: Any) -> None: ...

    def list_scenarios(self) -> dict[str, dict[str, Any]]:
        return {}

    def list_failures(self) -> dict[str, list[dict[str, Any]]]:
        return {}

    async def list_rules(self, world: World) -> list[dict[str, Any]]:
        return []

    async def insert_rule(self, world: World, rule: Any, place: Mapping[str, Any]) -> None: ...

    async def change_rules(self, world: World, **changes: Any) -> None: ...

    def dump(self, world: World, name: str) -> dict[str, Any]:
        return {}

    async def get_counters(self, world: World) -> dict[str, Any]:
        return {}

    async def build_verdict(self, world: World, name: str = "") -> dict[str, Any]:
        return {}
