"""List, insert, edit, move, disable and delete the rules of a world's scenario."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping
from typing import Any, Protocol

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json

POSITIONS = ("next", "first", "last")
PLACE_SCHEMA: Json = {
    "before": {"type": "integer", "description": "The id of the rule that it goes in front of"},
    "after": {"type": "integer", "description": "The id of the rule that it follows"},
}
RULE_SCHEMA: Json = {
    "type": "object",
    "description": "A rule as in a scenario's list; `mockgem scenario schema` prints its schema",
    "examples": [{"when": {"times": 1}, "say": "Hello"}],
}
INSERT_SCHEMA: Json = {
    "type": "object",
    "required": ["rule"],
    "additionalProperties": False,
    "properties": {
        "rule": RULE_SCHEMA,
        "position": {
            "enum": list(POSITIONS),
            "default": "next",
            "description": "next: after other rules for a number of calls, before all others",
        },
        **PLACE_SCHEMA,
    },
}
EDIT_SCHEMA: Json = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"rule": RULE_SCHEMA, "enabled": {"type": "boolean"}, **PLACE_SCHEMA},
}


class RuleControl(Protocol):
    """What the admin API needs to change rules. The methods raise ValueError."""

    async def list_rules(self, world: World) -> list[dict[str, Any]]: ...

    async def insert_rule(self, world: World, rule: Any, place: Mapping[str, Any]) -> None: ...

    async def change_rules(self, world: World, **changes: Any) -> None: ...


class RuleHandlers:
    """The handlers of the rule endpoints."""

    def __init__(self, rules: RuleControl) -> None:
        self.rules = rules

    def build_routes(self) -> tuple[AdminRoute, ...]:
        return (
            AdminRoute(
                "GET", "/rules", "List the rules, in the order in which they act", self.list
            ),
            AdminRoute(
                "POST",
                "/rules",
                'Insert a rule: {"rule": {"say": "Hello", "when": {"times": 1}}}',
                self.insert,
                request_schema=INSERT_SCHEMA,
            ),
            AdminRoute(
                "PUT",
                "/rules/{id}",
                'Replace, move or disable a rule: {"rule": …}, {"before": 2}, {"enabled": false}',
                self.edit,
                request_schema=EDIT_SCHEMA,
            ),
            AdminRoute("DELETE", "/rules/{id}", "Delete a rule", self.delete),
            AdminRoute("DELETE", "/rules", "Delete the rules that are used up", self.delete_used),
        )

    async def list(self, body: Json, context: OperationContext) -> Json:
        return await self.describe(context.world)

    async def insert(self, body: Json, context: OperationContext) -> Json:
        """Insert a rule. Raises ApiError (400) for a rule or a place that is not valid."""
        if "rule" not in body:
            raise invalid('expected {"rule": {"say": "Hello", "when": {"times": 1}}}')
        place = read_place(body)
        position = body.get("position", "next")
        if position not in POSITIONS:
            raise invalid(f"position {position!r:.40} is not valid: use next, first or last")
        change = self.rules.insert_rule(context.world, body["rule"], place | {"position": position})
        return await self.apply(change, context.world)

    async def edit(self, body: Json, context: OperationContext) -> Json:
        """Replace, move, disable or enable a rule. Raises ApiError (400, 404)."""
        changes = {"id": read_id(body["id"]), **read_place(body)}
        if "rule" in body:
            changes["rule"] = body["rule"]
        if "enabled" in body:
            if not isinstance(body["enabled"], bool):
                raise invalid(f"enabled {body['enabled']!r:.40} is not valid: use true or false")
            changes["enabled"] = body["enabled"]
        if len(changes) == 1:
            raise invalid("the request changes nothing: give rule, before, after or enabled")
        return await self.apply(self.rules.change_rules(context.world, **changes), context.world)

    async def delete(self, body: Json, context: OperationContext) -> Json:
        """Delete a rule. Raises ApiError (404) for an unknown id."""
        change = self.rules.change_rules(context.world, id=read_id(body["id"]), is_deleted=True)
        return await self.apply(change, context.world)

    async def delete_used(self, body: Json, context: OperationContext) -> Json:
        """Delete the added rules that have acted as often as they may."""
        for rule in await self.rules.list_rules(context.world):
            if rule["is_used_up"] and rule["origin"] == "added":
                await self.rules.change_rules(context.world, id=rule["id"], is_deleted=True)
        return await self.describe(context.world)

    async def apply(self, change: Awaitable[None], world: World) -> Json:
        """Wait for a change and list the rules. Raises ApiError: 404 for an unknown id, or 400."""
        try:
            await change
        except LookupError as error:
            raise ApiError(Failure(Code.NOT_FOUND, str(error.args[0]))) from None
        except ValueError as error:
            raise invalid(str(error)) from None
        return await self.describe(world)

    async def describe(self, world: World) -> Json:
        return {"scenario": world.scenario or None, "rules": await self.rules.list_rules(world)}


def read_place(body: Json) -> dict[str, int]:
    """Return where a rule goes. Raises ApiError (400) for two places and for a bad id."""
    place: dict[str, int] = {
        name: read_id(body[name]) for name in ("before", "after") if name in body
    }
    if len(place) > 1:
        raise invalid("before and after cannot be combined: give one of them")
    return place


def read_id(value: Any) -> int:
    """Return the id of a rule. Raises ApiError (400) if it is not one."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}", str(value)) or isinstance(value, bool):
        raise invalid(f"the rule id {value!r:.40} is not valid: GET /_mockgem/rules lists the ids")
    return int(value)
