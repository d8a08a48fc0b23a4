"""Find recordings that are older than they should be: the service may answer differently today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mockgem.recording import formats
from mockgem.recording.cassette_reader import find_cassettes

DAY = 86400.0


def find_old_recordings(place: str | Path, max_age: float) -> Iterator[str]:
    """Yield a warning for each cassette with recordings that are older than `max_age` seconds.

    `place` is a file or a folder. Other tools do not write when they recorded an interaction; those
    do not count. 0 turns warnings off. Raises BadCassette.
    """
    if not max_age or not Path(place).exists():
        return
    now = datetime.now(UTC)
    for path in find_cassettes(Path(place)):
        times = [one.recorded for one in formats.load_interactions(path) if one.recorded]
        ages = [(now - parse_time(time)).total_seconds() for time in times]
        if old := [age for age in ages if age > max_age]:
            yield describe_age(path, len(old), len(times), max(old))


def parse_time(text: str) -> datetime:
    """Return a time of RFC 3339; for a text of another form the present, which is never too old."""
    try:
        time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return datetime.now(UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def describe_age(path: Path, count: int, total: int, age: float) -> str:
    """Return the warning for a cassette; the age is in seconds."""
    oldest = f"{age / DAY:.0f} days" if age >= DAY else f"{age / 3600:.1f} hours"
    return (
        f"{path}: {count} of {total} recordings are older than max_age; the oldest is {oldest} "
        "old; record them again with --mode rewrite"
    )
