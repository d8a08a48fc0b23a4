"""Warnings about old recordings: how many there are, and how old the oldest is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from mockgem.recording.ages import find_old_recordings
from mockgem.recording.cassette_writer import save_cassette
from tests.recording.interactions import chat

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR, DAY = 3600.0, 86400.0


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    clock = SimpleNamespace(now=lambda _: NOW, fromisoformat=datetime.fromisoformat)
    monkeypatch.setattr("mockgem.recording.ages.datetime", clock)
    return tmp_path / "a.yaml"


def save(path: Path, *seconds: float) -> None:
    times = [(NOW - timedelta(seconds=age)).strftime("%Y-%m-%dT%H:%M:%SZ") for age in seconds]
    save_cassette(path, [chat(str(number), recorded=time) for number, time in enumerate(times)])


@pytest.mark.parametrize(
    ("ages", "max_age", "words"),
    [
        ([HOUR], HOUR, None),
        ([HOUR + 1], HOUR, "1 of 1 recordings are older than max_age; the oldest is 1.0 hours"),
        ([5, 5 * HOUR, 9 * HOUR], HOUR, "2 of 3 recordings are older than max_age; the oldest is "
         "9.0 hours"),
        ([35_819], HOUR, "1 of 1 recordings are older than max_age; the oldest is 9.9 hours"),
        ([35_821], HOUR, "1 of 1 recordings are older than max_age; the oldest is 10.0 hours"),
        ([DAY - 1], HOUR, "1 of 1 recordings are older than max_age; the oldest is 24.0 hours"),
        ([DAY], HOUR, "1 of 1 recordings are older than max_age; the oldest is 1 days"),
        ([3.6 * DAY, DAY], HOUR, "2 of 2 recordings are older than max_age; the oldest is 4 days"),
        ([300 * DAY], 0, None),
    ],
)  # fmt: skip
def test_the_oldest_recording_is_named(
    path: Path, ages: list[float], max_age: float, words: str | None
) -> None:
    save(path, *ages)
    end = "old; record them again with --mode rewrite"
    expected = [f"{path}: {words} {end}"] if words else []
    assert list(find_old_recordings(path, max_age)) == expected
    assert list(find_old_recordings(str(path.parent), max_age)) == expected


@pytest.mark.parametrize(
    ("text", "is_old"),
    [
        ("2026-11-28T10:00:00Z", True),
        ("2026-11-28T10:00:00", True),
        ("2026-11-28T12:00:00+02:00", True),
        ("2026-11-28T10:00:00-02:00", False),
        ("yesterday", False),
        ("", False),
    ],
)
def test_times_are_in_utc_unless_they_say_another_zone(path: Path, text: str, is_old: bool) -> None:
    save_cassette(path, [chat(recorded=text)])
    assert len(list(find_old_recordings(path, HOUR))) == is_old


def test_a_missing_file_has_no_old_recordings(path: Path) -> None:
    assert list(find_old_recordings(path, 1)) == []
