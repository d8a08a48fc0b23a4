"""The clock of a world: it stands still, or runs with the real one, and can be moved."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

FIXED_TIME = 1_793_491_200.0
"""The fixed clock's time: 2026-11-01T00:00:00Z, in seconds."""


EARLIEST, LATEST = 946_684_800.0, 7_258_118_400.0


class WorldClock:
    """Seconds since 1970. A fixed clock only moves when it is moved; a real one runs on from where it was put."""

    __slots__ = ("fixed_time", "offset", "real")

    def __init__(self, *, real: bool = False, shift: float = 0.0) -> None:
        self.real = real
        self.shift = shift

    def __call__(self) -> float:
        return time.time() + self.offset if self.real else self.fixed_time

    @property
    def shift(self) -> float:
        """Seconds by which it was moved."""
        return self.offset

    @shift.setter
    def shift(self, seconds: float) -> None:
        self.offset = seconds
        self.fixed_time = FIXED_TIME + seconds

    def run(self) -> None:
        """Run with the real one, from where it stands."""
        if not self.real:
            now = self()
            self.real = True
            self.offset = now - time.time()

    def advance(self, seconds: float) -> None:
        """Raises ValueError as `set` does."""
        self.set(self() + seconds)

    def set(self, moment: float) -> None:
        """Raises ValueError for a time outside of the years 2000 to 2199, in which everything here lives."""
        if not EARLIEST <= moment < LATEST:
            raise ValueError(f"{moment:.0f} seconds since 1970 is not in the years 2000 to 2199")
        self.shift += moment - self()


def parse_seconds(duration: str | float) -> float:
    """Seconds of "48h", "1d 12h", "90s", "250ms", or of a number. Raises ValueError."""
    if isinstance(duration, (int, float)) and not isinstance(duration, bool):
        return float(duration)
    text = str(duration).strip().lower()
    parts = re.findall(r"(-?\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?", text)
    if not parts or re.sub(r"-?\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)?\s*", "", text):
        raise ValueError(
            f"{duration!r} is no duration; write seconds, or a number with ms, s, m, h, d or w, like 48h"
        )
    return sum(float(number) * UNITS[unit] for number, unit in parts)


UNITS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def parse_time(text: str | float) -> float:
    """Seconds since 1970 of a number or an RFC 3339 time. Raises ValueError."""
    if isinstance(text, (int, float)) and not isinstance(text, bool):
        return float(text)
    try:
        found = datetime.fromisoformat(cut_to_microseconds(str(text)))
    except ValueError:
        raise ValueError(f"{text!r} is no time; write 2026-11-03T12:00:00Z") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def cut_to_microseconds(text: str) -> str:
    return re.sub(r"(\.\d{6})\d+", r"\1", text.strip())


def format_time(moment: float, digits: int = 6) -> str:
    """A moment as Google writes it: with microseconds, or nanoseconds if `digits` is 9; none if it is a whole second."""
    seconds, fraction = divmod(round(moment * 1_000_000), 1_000_000)
    whole = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{whole}.{fraction:06d}{'0' * (digits - 6)}Z" if fraction else f"{whole}Z"
