"""Cassettes of single worlds: a new one takes over, also if the earlier one can't be closed."""

from __future__ import annotations

import pytest

from mockgem.recording.cassette_reader import BadCassette
from mockgem.recording.world_cassettes import WorldCassette, WorldCassettes


class Closing:
    """Counts how often a cassette is closed; may fail."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1
        if self.fails:
            raise BadCassette("the earlier file can't be read")


async def test_a_cassette_whose_predecessor_cannot_be_closed_is_closed_at_the_end() -> None:
    earlier, later = Closing(fails=True), Closing()
    cassettes = WorldCassettes()
    await cassettes.set_cassette("a", WorldCassette((), earlier, "h.yaml"))
    with pytest.raises(BadCassette):
        await cassettes.set_cassette("a", WorldCassette((), later, "i.yaml"))
    assert cassettes.path_of("a") == "i.yaml"
    await cassettes.close()
    assert (earlier.count, later.count) == (1, 1)


async def test_all_cassettes_are_closed_if_one_cannot_be() -> None:
    closings = [Closing(), Closing(fails=True), Closing()]
    cassettes = WorldCassettes()
    for name, closing in zip("abc", closings, strict=True):
        await cassettes.set_cassette(name, WorldCassette((), closing, name))
    with pytest.raises(BadCassette):
        await cassettes.close()
    assert [closing.count for closing in closings] == [1, 1, 1]
