"""The clock of a world."""

from __future__ import annotations

from typing import Any, Protocol


class AdminClient(Protocol):
    """Sends requests to the admin API of a world."""

    def _call_admin(self, method: str, path: str, body: Any = None) -> Any: ...


class Clock:
    """The clock of a world: it stands still until a test moves it.

    On a server with `clock="real"` it is the real time.

    Example:
        ```python
        mockgem.clock.advance("48h")  # uploaded files expire
        assert mockgem.clock.now() == "2026-09-02T00:00:00Z"
        ```
    """

    def __init__(self, world: AdminClient) -> None:
        self.world = world

    def now(self) -> str:
        """Return the time, like 2026-08-31T00:00:00Z."""
        time: str = self.world._call_admin("GET", "/clock")["now"]
        return time

    def advance(self, duration: str | float) -> None:
        """Move the clock forward.

        Args:
            duration: A text like "48h", or a number of seconds.

        Raises:
            ValueError: For a duration that is not valid.
        """
        self.world._call_admin("POST", "/clock", {"advance": duration})

    def set(self, moment: str) -> None:
        """Set the clock.

        Args:
            moment: A time like 2026-12-01T00:00:00Z.

        Raises:
            ValueError: For a time that is not valid.
        """
        self.world._call_admin("POST", "/clock", {"set": moment})
