"""The clock stands still, runs, and is moved."""

from __future__ import annotations

import time

import pytest

from mockgem.core.clock import FIXED_TIME, WorldClock, format_time, parse_seconds, parse_time
from mockgem.core.lifecycle import LIFECYCLES, State, find_state, with_durations


def test_a_fixed_clock_changes_only_when_it_is_set() -> None:
    clock = WorldClock()
    assert clock() == clock() == FIXED_TIME
    clock.advance(3600)
    assert clock() == FIXED_TIME + 3600
    clock.set(1e9)
    assert clock() == 1e9
    for moment in (5.0, -1e9, 1e10, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not in the years 2000 to 2199"):
            clock.set(moment)
    assert clock() == 1e9


def test_a_real_clock_runs_on_from_the_time_it_was_set_to() -> None:
    clock = WorldClock(real=True)
    assert abs(clock() - time.time()) < 5
    clock.set(1e9)
    assert 1e9 <= clock() < 1e9 + 5


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("48h", 172_800),
        ("1d 12h", 129_600),
        ("90s", 90),
        ("250ms", 0.25),
        ("1.5h", 5400),
        (60, 60),
        ("60", 60),
        ("-5m", -300),
    ],
)
def test_durations_in_all_units(text: str | int, seconds: float) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "5 parsecs", "h", True])
def test_an_invalid_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a duration"):
        parse_seconds(text)


def test_times_are_parsed_and_formatted_as_google_does() -> None:
    assert format_time(parse_time("2026-08-19T14:34:22.044992Z")) == "2026-08-19T14:34:22.044992Z"
    assert (
        format_time(parse_time("2026-08-21T14:34:21.475407640Z"), 9)
        == "2026-08-21T14:34:21.475407000Z"
    )
    assert format_time(1_793_491_200.9999998) == "2026-11-01T00:00:01Z"
    assert format_time(parse_time("2020-01-01T02:00:00+02:00")) == "2020-01-01T00:00:00Z"
    with pytest.raises(ValueError, match="is not a time"):
        parse_time("tomorrow")


def test_a_lifecycle_advances_by_polls_or_by_time() -> None:
    lifecycle = (State("a", 1, 10), State("b", 2, 10), State("c"))
    assert [find_state(lifecycle, polls, 0) for polls in range(5)] == list("abbcc")
    assert [find_state(lifecycle, 0, elapsed) for elapsed in (0, 9, 10, 19, 20, 1000)] == list(
        "aabbcc"
    )


def test_with_the_real_clock_only_time_counts() -> None:
    lifecycle = with_durations(LIFECYCLES, 0.5)["batch"]
    states = [find_state(lifecycle, 100, elapsed) for elapsed in (0, 0.5, 1)]
    assert states == ["validating", "in_progress", "finalizing"]
