"""Read, advance and set the clock of a world."""

from __future__ import annotations

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, invalid
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.dialects.common.json_writer import dump_compact

MOVE_SCHEMA = {
    "oneOf": [
        {
            "type": "object",
            "required": ["advance"],
            "properties": {"advance": {"type": ["string", "number"], "examples": ["48h"]}},
        },
        {
            "type": "object",
            "required": ["set"],
            "properties": {
                "set": {"type": ["string", "number"], "examples": ["2026-12-01T00:00:00Z"]}
            },
        },
    ]
}


async def read_clock(body: Json, context: OperationContext) -> Json:
    return describe_clock(context.world)


async def move_clock(body: Json, context: OperationContext) -> Json:
    """Move the clock.

    Raises ApiError for a body other than advance or set, for bad times, and for a full storage.
    """
    world = context.world
    if len(body) != 1 or not body.keys() <= {"advance", "set"}:
        raise invalid(
            'expected {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}, got '
            + dump_compact(body).decode()[:200]
        )
    async with world.changing_clock():
        return await move(world, body)


async def move(world: World, body: Json) -> Json:
    before = world.clock.shift
    try:
        if "advance" in body:
            world.clock.advance(clock.parse_seconds(body["advance"]))
        else:
            world.clock.set(clock.parse_time(body["set"]))
        result = describe_clock(world)
    except (ValueError, OverflowError, OSError) as error:
        world.clock.shift = before
        raise invalid(f"{error}; the clock has not moved") from None
    try:
        await world.store.put("clock", "clock", {"shift": world.clock.shift})
    except ApiError:  # other servers that share the state would not see the new time
        world.clock.shift = before
        raise
    return result


def describe_clock(world: World) -> Json:
    now = world.clock()
    return {
        "now": clock.format_time(now),
        "seconds": now,
        "clock": "real" if world.clock.real else "fixed",
    }


ROUTES = (
    AdminRoute("GET", "/clock", "Read the world's time", read_clock),
    AdminRoute(
        "POST",
        "/clock",
        'Move the clock: {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}',
        move_clock,
        request_schema=MOVE_SCHEMA,
    ),
)
