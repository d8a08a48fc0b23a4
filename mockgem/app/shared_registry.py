"""The worlds of a worker: those of all workers, each opened here by its first request here."""

from __future__ import annotations

import asyncio

from mockgem.app.world_factory import WorldFactory
from mockgem.app.worlds import DEFAULT_WORLD, WorldRegistry
from mockgem.core.errors import ApiError
from mockgem.core.shared import SharedWorld, SharedWorlds
from mockgem.core.world import World
from mockgem.scenarios.shared_choices import SharedChoices


class SharedWorldRegistry(WorldRegistry):
    """Follows what the other workers do with worlds, and tells them what this one does.

    `choices` is set before the first request.
    """

    choices: SharedChoices

    def __init__(self, factory: WorldFactory, shared: SharedWorlds, most: int, idle: float) -> None:
        super().__init__(factory, most, idle)
        self.makers = factory
        self.shared = shared
        self.updating = asyncio.Lock()
        self.follows = False

    @property
    def is_behind(self) -> bool:
        """Whether the next request must wait until this worker knows what others have changed."""
        return self.shared.has_changed or self.follows

    def find(self, name: str) -> World | None:
        """Return a world that this worker has opened."""
        return self.default if name == DEFAULT_WORLD else self.named.get(name)

    async def create(self, name: str) -> World | None:
        """Open a world, a new one if no worker has it. None if all are in use."""
        async with self.updating:  # what changes meanwhile is followed afterwards
            if (world := self.named.get(name)) is not None:
                return world
            await self.note_use()
            row, released = await self.shared.register(name, self.max_worlds, self.max_idle)
            for old in released:
                await self.makers.storage.release(old)
                self.forget(old)
            return None if row is None else await self.open(row)

    async def open(self, row: SharedWorld) -> World:
        """Make a world as the other workers know it. No request gets it before it is complete."""
        world = self.makers.make(row.name)
        await self.makers.update_clock(world)
        await self.choices.adopt(world, row.settings)
        if row.name == DEFAULT_WORLD:
            self.default = world
        else:
            self.named[row.name] = world
        return world

    async def update(self) -> None:
        """Follow the changes of other workers. Raises ApiError; then they are still to follow."""
        async with self.updating:
            self.follows = True
            try:
                for row in await self.shared.read_changes():
                    await self.follow(row)
            except ApiError:
                self.shared.read_again()
                raise
            finally:
                self.follows = False

    async def follow_changes(self) -> None:
        if self.shared.has_changed:
            await self.update()

    async def follow(self, row: SharedWorld) -> None:
        world = self.find(row.name)
        if world is not None and world.epoch != row.epoch:
            self.forget(row.name)
            if row.name == DEFAULT_WORLD:
                await self.open(row)
                return
            world = None
        if world is None:
            return
        await self.makers.update_clock(world)
        await self.choices.adopt(world, row.settings)

    def forget(self, name: str) -> None:
        """Close a world that was reset or deleted. What it kept is deleted elsewhere."""
        self.last_used.pop(name, None)
        world = self.default if name == DEFAULT_WORLD else self.named.pop(name, None)
        if world is not None:
            self.makers.detach(world)

    async def drop(self, name: str) -> bool:
        if not await self.shared.delete(name):
            return False
        await self.makers.storage.delete(name)
        self.forget(name)
        return True

    async def reset(self, world: World) -> World:
        await self.shared.renew(world.name)
        await self.makers.storage.delete(world.name)
        await self.shared.announce(world.name)  # its clock has changed once more
        await self.update()
        fresh = self.find(world.name)
        if fresh is None:
            fresh = await self.create(world.name)
        return fresh or world

    async def load_all(self) -> None:
        """Open the worlds of all workers."""
        async with self.updating:
            for row in await self.shared.list_all():
                if self.find(row.name) is None:
                    await self.open(row)

    async def note_use(self) -> None:
        """Tell the other workers which worlds this one uses."""
        used = {name for name, world in self.named.items() if world.open_responses}
        used |= set(self.last_used)
        self.last_used.clear()
        if used:
            await self.shared.note_use(sorted(used))
