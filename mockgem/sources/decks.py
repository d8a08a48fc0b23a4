"""Cassettes that single worlds play, put in while the server runs: a test in the same process brings its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from mockgem.core.call import Answer, Call, Source

Close = Callable[[], Awaitable[None]]


class Decks:
    """A deck for each world that has a cassette in it; worlds without one are none of its business."""

    def __init__(self) -> None:
        self.playing: dict[str, tuple[tuple[Source, ...], Close]] = {}

    async def answer(self, call: Call) -> Answer | None:
        if call.surface.name == "admin":
            return None
        sources, _ = self.playing.get(call.world.name, ((), None))
        for source in sources:
            if (answer := await source.answer(call)) is not None:
                return answer
        return None

    def has(self, call: Call) -> bool:
        """Whether recordings answer a call. They know what the real service says to one without a credential."""
        return call.world.name in self.playing

    async def put_in(self, world: str, sources: tuple[Source, ...], close: Close) -> None:
        """From now on the world is answered by these; what it had before is taken out."""
        await self.take_out(world)
        self.playing[world] = sources, close

    async def take_out(self, world: str) -> None:
        """What was recorded is on the disk afterwards."""
        if world in self.playing:
            _, close = self.playing.pop(world)
            await close()

    async def close(self) -> None:
        for world in list(self.playing):
            await self.take_out(world)
