"""The clock of a world: read, moved, set, let run."""

from __future__ import annotations

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.errors import invalid
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import Json
from mockgem.dialects.common.json_writer import dump_compact


async def read_clock(body: Json, occasion: OperationContext) -> Json:
    return describe_clock(occasion.world)


async def move_clock(body: Json, occasion: OperationContext) -> Json:
    """Raises ApiError where it is not said how, or not clearly."""
    world = occasion.world
    if len(body) != 1 or not body.keys() <= {"advance", "set"}:
        raise invalid(
            'expected {"advance": "48h"} or {"set": "2026-12-01T00:00:00Z"}, got '
            + dump_compact(body).decode()[:200]
        )
    before = world.clock.shift
    try:
        if "advance" in body:
            world.clock.advance(clock.parse_seconds(body["advance"]))
        else:
            world.clock.set(clock.parse_time(body["set"]))
        found = describe_clock(world)
    except (ValueError, OverflowError, OSError) as error:
        world.clock.shift = before
        raise invalid(f"{error}; the clock stays as it is") from None
    await world.store.put("clock", "clock", {"shift": world.clock.shift})
    return found


def describe_clock(world: World) -> Json:
    now = world.clock()
    return {
        "now": clock.format_time(now),
        "seconds": now,
        "clock": "real" if world.clock.real else "fixed",
    }
