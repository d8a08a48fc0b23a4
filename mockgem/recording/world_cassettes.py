"""Cassettes that single worlds play, put in while the server runs: a test in the same process brings its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from mockgem.core.call import Answer, Call, Source
from mockgem.core.frozen import frozen

Close = Callable[[], Awaitable[None]]


@frozen
class WorldCassette:
    """Who answers from a cassette, what is to be done when it is taken out, and its file."""

    sources: tuple[Source, ...]
    close: Close
    path: str


class WorldCassettes:
    """A deck for each world that has a cassette in it; worlds without one are none of its business."""

    def __init__(self) -> None:
        self.cassettes: dict[str, WorldCassette] = {}
        self.closing: set[asyncio.Future[None]] = set()

    async def answer(self, call: Call) -> Answer | None:
        deck = self.cassettes.get(call.world.name)
        if deck is None:
            return None
        for source in deck.sources:
            if (answer := await source.answer(call)) is not None:
                return answer
        return None

    def has_cassette(self, call: Call) -> bool:
        """Whether recordings answer a call. They know what the real service says to one without a credential."""
        return call.world.name in self.cassettes

    def path_of(self, world: str) -> str:
        """The file of a world's cassette; nothing where it has none."""
        deck = self.cassettes.get(world)
        return deck.path if deck is not None else ""

    async def set_cassette(self, world: str, deck: WorldCassette) -> None:
        """From now on the world is answered by this one; what it had before is taken out."""
        await self.remove_cassette(world)
        self.cassettes[world] = deck

    async def remove_cassette(self, world: str) -> None:
        """What was recorded is on the disk afterwards."""
        if (deck := self.cassettes.pop(world, None)) is not None:
            await deck.close()

    def drop(self, world: str) -> None:
        """The world has gone; its deck is closed in a while."""
        if (deck := self.cassettes.pop(world, None)) is not None:
            done = asyncio.ensure_future(deck.close())
            self.closing.add(done)
            done.add_done_callback(self.closing.discard)

    async def close(self) -> None:
        for world in list(self.cassettes):
            await self.remove_cassette(world)
        await asyncio.gather(*self.closing, return_exceptions=True)
