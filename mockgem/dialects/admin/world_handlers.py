"""List, reset and delete worlds."""

from __future__ import annotations

from typing import Protocol

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.world import World
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json


class WorldControl(Protocol):
    """What the admin API needs from the worlds."""

    async def load_all(self) -> None: ...

    def list_all(self) -> list[World]: ...

    async def drop(self, name: str) -> bool: ...

    async def reset(self, world: World) -> World: ...


class NoWorldControl:
    """Has no worlds: for listing the endpoints without a server."""

    async def load_all(self) -> None: ...

    def list_all(self) -> list[World]:
        return []

    async def drop(self, name: str) -> bool:
        return False

    async def reset(self, world: World) -> World:
        return world


class WorldHandlers:
    """The handlers of the world endpoints."""

    def __init__(self, worlds: WorldControl) -> None:
        self.worlds = worlds

    def build_routes(self) -> tuple[AdminRoute, ...]:
        return (
            AdminRoute("POST", "/reset", "Empty the world", self.reset_world),
            AdminRoute("GET", "/worlds", "List the worlds", self.list_worlds),
            AdminRoute("DELETE", "/worlds/{name}", "Delete a world", self.delete_world),
        )

    async def reset_world(self, body: Json, context: OperationContext) -> Json:
        return await describe_world(await self.worlds.reset(context.world))

    async def list_worlds(self, body: Json, context: OperationContext) -> Json:
        await self.worlds.load_all()
        return {"worlds": [await describe_world(world) for world in self.worlds.list_all()]}

    async def delete_world(self, body: Json, context: OperationContext) -> Json:
        """Raises ApiError (404) for an unknown world."""
        if not await self.worlds.drop(body["name"]):
            message = f"there is no world {body['name']!r}; GET /_mockgem/worlds lists the worlds"
            raise ApiError(Failure(Code.NOT_FOUND, message))
        return {"forgotten": body["name"]}


async def describe_world(world: World) -> Json:
    await world.journal.refresh()
    return {
        "name": world.name,
        "now": clock.format_time(world.clock()),
        "bytes": await world.blobs.count_bytes() + await world.store.count_bytes(),
        "scenario": world.scenario or None,
        "requests": world.journal.count,
    }
