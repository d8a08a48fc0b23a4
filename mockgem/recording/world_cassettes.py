"""Cassettes that single worlds play, put in while the server runs: a test in the same process brings its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from mockgem.core.call import Answer, Call, Source
from mockgem.core.frozen import value

Close = Callable[[], Awaitable[None]]


@value
class Deck:
    """Who answers from a cassette, what is to be done when it is taken out, and its file."""

    sources: tuple[Source, ...]
    close: Close
    place: str


class Decks:
    """A deck for each world that has a cassette in it; worlds without one are none of its business."""

    def __init__(self) -> None:
        self.playing: dict[str, Deck] = {}
        self.closing: set[asyncio.Future[None]] = set()

    async def answer(self, call: Call) -> Answer | None:
        deck = self.playing.get(call.world.name)
        if deck is None or call.surface.name == "admin":
            return None
        for source in deck.sources:
            if (answer := await source.answer(call)) is not None:
                return answer
        return None

    def has(self, call: Call) -> bool:
        """Whether recordings answer a call. They know what the real service says to one without a credential."""
        return call.world.name in self.playing

    def place_of(self, world: str) -> str:
        """The file of a world's cassette; nothing where it has none."""
        deck = self.playing.get(world)
        return deck.place if deck is not None else ""

    async def put_in(self, world: str, deck: Deck) -> None:
        """From now on the world is answered by this one; what it had before is taken out."""
        await self.take_out(world)
        self.playing[world] = deck

    async def take_out(self, world: str) -> None:
        """What was recorded is on the disk afterwards."""
        if (deck := self.playing.pop(world, None)) is not None:
            await deck.close()

    def drop(self, world: str) -> None:
        """The world has gone; its deck is closed in a while."""
        if (deck := self.playing.pop(world, None)) is not None:
            done = asyncio.ensure_future(deck.close())
            self.closing.add(done)
            done.add_done_callback(self.closing.discard)

    async def close(self) -> None:
        for world in list(self.playing):
            await self.take_out(world)
        await asyncio.gather(*self.closing, return_exceptions=True)
