"""The clock of a world: fixed or running, and adjustable."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

FIXED_TIME = 1_793_491_200.734_812
"""The fixed clock's time: 2026-11-01T00:00:00.734812Z, in seconds.

It has a fraction because the service's times have one.
"""


EARLIEST, LATEST = 946_684_800.0, 7_258_118_400.0
"""The years 2000 to 2199, in which all times of a world are."""


class WorldClock:
    """Returns seconds since 1970.

    A fixed clock changes only when it is set; a real one runs on from where it was set.
    """

    __slots__ = ("fixed_time", "offset", "real", "watchers")

    def __init__(self, *, real: bool = False, shift: float = 0.0) -> None:
        self.real = real
        self.watchers: set[Callable[[], None]] = set()
        self.shift = shift

    def __call__(self) -> float:
        return time.time() + self.offset if self.real else self.fixed_time

    @property
    def shift(self) -> float:
        """Seconds by which the clock was advanced."""
        return self.offset

    @shift.setter
    def shift(self, seconds: float) -> None:
        self.offset = seconds
        self.fixed_time = FIXED_TIME + seconds
        for notify in self.watchers:
            notify()

    def watch(self, notify: Callable[[], None]) -> Callable[[], None]:
        """Call a function whenever the clock is set; return what ends that."""
        self.watchers.add(notify)
        return lambda: self.watchers.discard(notify)

    def run(self) -> None:
        """Make a fixed clock run, from the time it has."""
        if not self.real:
            now = self()
            self.real = True
            self.offset = now - time.time()

    def advance(self, seconds: float) -> None:
        """Advance the clock by some seconds. Raises ValueError as `set` does."""
        self.set(self() + seconds)

    def set(self, moment: float) -> None:
        """Set the clock to a time. Raises ValueError if that is not in the years 2000 to 2199."""
        if not EARLIEST <= moment < LATEST:
            raise ValueError(f"{moment:.0f} seconds since 1970 is not in the years 2000 to 2199")
        self.shift += moment - self()


def parse_seconds(duration: str | float) -> float:
    """Return the seconds in "48h", "1d 12h", "90s", "250ms" or a number.

    Raises ValueError for any other text.
    """
    if isinstance(duration, (int, float)) and not isinstance(duration, bool):
        return float(duration)
    text = str(duration).strip().lower()
    parts = re.findall(r"(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?", text)
    if not parts or re.sub(r"-?\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)?\s*", "", text):
        raise ValueError(
            f"{duration!r} is not a duration: use seconds, or a number with ms, s, m, h, d or w, "
            "like 48h"
        )
    return sum(float(number) * UNITS[unit] for number, unit in parts)


UNITS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def parse_time(text: str | float) -> float:
    """Return the seconds since 1970 of a number or an RFC 3339 time. Raises ValueError."""
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        return float(text)
    try:
        parsed = datetime.fromisoformat(cut_to_microseconds(str(text)))
    except ValueError:
        raise ValueError(f"{text!r} is not a time: use a form like 2026-11-03T12:00:00Z") from None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def cut_to_microseconds(text: str) -> str:
    return re.sub(r"(\.\d{6})\d+", r"\1", text.strip())


def format_time(moment: float, digits: int = 6) -> str:
    """Return a time as Google writes it.

    A fraction has `digits` digits: 6 for microseconds, 9 for nanoseconds. Whole seconds have none.
    """
    seconds, fraction = divmod(round(moment * 1_000_000), 1_000_000)
    whole = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{fraction:06d}{'0' * (digits - 6)}Z" if fraction else f"{whole}Z"
