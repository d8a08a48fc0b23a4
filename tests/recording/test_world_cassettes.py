"""Cassettes of single worlds: a new one takes over, also if the earlier one can't be closed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mockgem.recording.cassette_reader import BadCassette
from mockgem.recording.world_cassettes import WorldCassette, WorldCassettes
from tests.recording.interactions import chat


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


async def test_a_world_without_a_cassette_has_nothing() -> None:
    cassettes = WorldCassettes()
    assert cassettes.path_of("a") == ""
    assert cassettes.list_problems("a") == cassettes.list_unplayed("a") == []
    await cassettes.remove_cassette("a")
    cassettes.drop("a")
    await cassettes.set_cassette("a", WorldCassette((), Closing(), "a.yaml"))
    assert cassettes.list_problems("a") == cassettes.list_unplayed("a") == []


async def test_a_cassette_says_what_is_wrong_and_what_was_not_played() -> None:
    one, problems = chat(), ["x"]
    cassettes = WorldCassettes()
    library = SimpleNamespace(list_unplayed=lambda world: [one] * len(world))
    cassette = WorldCassette((), Closing(), "a.yaml", problems, library)  # type: ignore[arg-type]
    await cassettes.set_cassette("ab", cassette)
    assert (cassettes.list_problems("ab"), cassettes.list_unplayed("ab")) == (["x"], [one, one])
    assert (cassettes.path_of("ab"), cassettes.path_of("b")) == ("a.yaml", "")


async def test_the_cassette_of_a_removed_world_is_closed() -> None:
    cassettes, closings = WorldCassettes(), [Closing(), Closing()]
    for name, closing in zip("ab", closings, strict=True):
        await cassettes.set_cassette(name, WorldCassette((), closing, name))
    cassettes.drop("a")
    assert cassettes.path_of("a") == ""
    await cassettes.close()
    assert [closing.count for closing in closings] == [1, 1]
    await cassettes.close()
    assert [closing.count for closing in closings] == [1, 1]
