"""Cassettes of single worlds, loaded while the server runs, as by a test in the same process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from mockgem.core.call import Answer, Call, Source
from mockgem.core.frozen import frozen

if TYPE_CHECKING:
    from mockgem.recording.index import InteractionIndex
    from mockgem.recording.interaction import Interaction

Close = Callable[[], Awaitable[None]]


@frozen
class WorldCassette:
    """The sources of a cassette, how to close it, and its file.

    `problems` grows while the cassette is used: what its record mode found wrong. `library` has the
    interactions that can be played. `answers_at_once`: the sources wait for no upstream.
    """

    sources: tuple[Source, ...]
    close: Close
    path: str
    problems: Sequence[str] = ()
    library: InteractionIndex | None = None
    answers_at_once: bool = False


class WorldCassettes:
    """A source for the worlds that have their own cassette."""

    def __init__(self) -> None:
        self.cassettes: dict[str, WorldCassette] = {}
        self.closing: set[asyncio.Future[None]] = set()

    @property
    def answers_at_once(self) -> bool:
        """Whether no cassette has to wait for an upstream."""
        return all(one.answers_at_once for one in self.cassettes.values())

    async def answer(self, call: Call) -> Answer | None:
        """Return the answer from the cassette of a call's world; None without a cassette."""
        cassette = self.cassettes.get(call.world.name)
        if cassette is None:
            return None
        for source in cassette.sources:
            if (answer := await source.answer(call)) is not None:
                return answer
        return None

    def has_cassette(self, call: Call) -> bool:
        """Whether recordings answer a call.

        They hold what the real service says to a call without a credential.
        """
        return call.world.name in self.cassettes

    def path_of(self, world: str) -> str:
        """Return the file of a world's cassette; an empty text if it has none."""
        cassette = self.cassettes.get(world)
        return cassette.path if cassette is not None else ""

    def list_problems(self, world: str) -> list[str]:
        """Return what the record mode of a world's cassette found wrong."""
        cassette = self.cassettes.get(world)
        return list(cassette.problems) if cassette is not None else []

    def list_unplayed(self, world: str) -> list[Interaction]:
        """Return the interactions of a world's cassette that it has not played."""
        cassette = self.cassettes.get(world)
        if cassette is None or cassette.library is None:
            return []
        return cassette.library.list_unplayed(world)

    async def set_cassette(self, world: str, cassette: WorldCassette) -> None:
        """Let a cassette answer a world's calls from now on, instead of an earlier one."""
        earlier = self.cassettes.get(world)
        self.cassettes[world] = cassette
        if earlier is not None:
            await earlier.close()

    async def remove_cassette(self, world: str) -> None:
        """Close a world's cassette. Everything recorded is on disk afterwards."""
        if (cassette := self.cassettes.pop(world, None)) is not None:
            await cassette.close()

    def drop(self, world: str) -> None:
        """Close the cassette of a world that was removed, without waiting for it."""
        if (cassette := self.cassettes.pop(world, None)) is not None:
            closing = asyncio.ensure_future(cassette.close())
            self.closing.add(closing)
            closing.add_done_callback(self.closing.discard)

    async def close(self) -> None:
        """Close all cassettes, also if one can't be closed; then raise the first error."""
        closing = [self.remove_cassette(world) for world in list(self.cassettes)]
        results = await asyncio.gather(*closing, return_exceptions=True)
        await asyncio.gather(*self.closing, return_exceptions=True)
        for error in results:
            if error is not None:
                raise error
