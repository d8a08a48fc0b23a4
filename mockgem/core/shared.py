"""What the processes of one server know together about worlds, besides records and bytes.

A server with several workers keeps the choice of each world here: its scenario, when it was reset,
and whether it exists at all. A process learns without waiting whether another one has changed
something (`has_changed`), and reads the changes before it answers the next request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from mockgem.core.frozen import frozen
from mockgem.core.store import Record, Store


@frozen
class SharedWorld:
    """What all processes know about a world.

    `epoch` is another one after each reset, and "" once the world is deleted. `settings` is what
    the world runs, as JSON: the part that writes it defines the keys.
    """

    name: str
    epoch: str
    settings: Record


class SharedWorlds(Protocol):
    """The worlds of a server with several processes.

    When a method that changes something returns, `has_changed` is True in all other processes.
    """

    @property
    def has_changed(self) -> bool:
        """Whether there are changes that `read_changes` has not returned yet. Never waits."""
        ...

    async def read_changes(self) -> list[SharedWorld]:
        """Return the worlds that have changed since the last call, each as it is now."""
        ...

    def read_again(self) -> None:
        """Let `read_changes` return all worlds the next time: its result could not be used."""
        ...

    async def list_all(self) -> list[SharedWorld]:
        """Return the worlds that exist, in the order in which they were created."""
        ...

    async def register(
        self, name: str, most: int, idle: float
    ) -> tuple[SharedWorld | None, list[str]]:
        """Return a world, a new one if it does not exist, and the worlds that were forgotten.

        Named worlds that nobody has used for `idle` seconds are forgotten, and so is the one that
        is idle longest if there are `most` of them. None if all of them are in use.
        """
        ...

    async def change(self, name: str, change: Callable[[Record], Record]) -> SharedWorld:
        """Replace the settings of a world by what `change` makes of them."""
        ...

    async def announce(self, name: str) -> None:
        """Let the other processes look at a world again: its records have changed."""
        ...

    async def renew(self, name: str) -> None:
        """Give a world another epoch and no settings: it was reset."""
        ...

    async def delete(self, name: str) -> bool:
        """Delete a world, and return whether it existed."""
        ...

    async def note_use(self, names: Sequence[str]) -> None:
        """Note that worlds are in use now."""
        ...

    def open_runs(self, name: str) -> Store:
        """Return where the states of a world's scenarios are kept while the server runs."""
        ...

    def list_owners(self) -> frozenset[int]:
        """Return the numbers of the processes that run. No number is used twice."""
        ...

    @property
    def owner(self) -> int:
        """The number of this process."""
        ...
