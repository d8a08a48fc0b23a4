"""The calls that a verdict judges: which of them failed, and which of them retry others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.core.frozen import frozen
from mockgem.core.journal import JournalEntry
from mockgem.faults.registry import FAULT_DESCRIPTIONS

HARMLESS_FAULTS = frozenset(
    "half_close no_keepalive merge split comment no_done extra_done crlf no_space bom early_finish stall".split()
)
"""Faults that leave an answer complete, if the client can read it."""


@frozen
class CallHistory:
    """The calls that are judged, how many there were in all (some may not be kept any more), how waits were scaled, and
    whether the world's clock stands still until it is moved."""

    calls: tuple[JournalEntry, ...]
    count: int
    time_scale: float
    has_fixed_clock: bool = True


def has_failed(entry: JournalEntry) -> bool:
    """Whether a call came to no answer: an error, a connection that broke off, or a client that gave up."""
    return entry.status >= 400 or entry.outcome in ("cut", "left")


def is_broken(entry: JournalEntry) -> bool:
    """Whether an answer looked well and was not: cut off, empty, or wrong."""
    found = entry.scenario_details or {}
    faults = [
        name
        for name in found.get("faults", ())
        if name in FAULT_DESCRIPTIONS and name not in HARMLESS_FAULTS
    ]
    return not has_failed(entry) and bool(faults or found.get("silent"))


def find_repeats(calls: Sequence[JournalEntry]) -> list[tuple[JournalEntry, JournalEntry]]:
    """Each failure with the next call that asks the very same."""
    found = []
    for place, entry in enumerate(calls):
        if has_failed(entry) or is_broken(entry):
            later = next((one for one in calls[place + 1 :] if one.key == entry.key), None)
            found += [(entry, later)] if later is not None else []
    return found


def find_retries(calls: Sequence[JournalEntry]) -> list[tuple[JournalEntry, JournalEntry]]:
    """The same, and where nothing asks the very same, with the next call of its kind that nothing else is a try of."""
    found = find_repeats(calls)
    taken = {later.number for _, later in found}
    settled = {entry.number for entry, _ in found}
    for place, entry in enumerate(calls):
        if entry.number in settled or not (has_failed(entry) or is_broken(entry)):
            continue
        later = next(
            (
                one
                for one in calls[place + 1 :]
                if one.number not in taken and request_kind_of(one) == request_kind_of(entry)
            ),
            None,
        )
        if later is not None:
            taken.add(later.number)
            found.append((entry, later))
    return found


def request_kind_of(entry: JournalEntry) -> tuple[str, str]:
    """What is asked for, of whichever model, streamed or not."""
    path = re.sub(r"/models/[^/:]+", "/models/*", entry.path).replace(
        ":streamGenerateContent", ":generateContent"
    )
    return entry.method, path


def measure_gap(entry: JournalEntry, later: JournalEntry, *, fixed_clock: bool) -> float:
    """Seconds from the end of an answer to the next call. A clock that stands still and is moved by a test counts: it is
    how tests wait that do not want to."""
    really = later.started_at - max(entry.ended_at, entry.started_at)
    return max(really, later.at - entry.at) if fixed_clock else really


def credential_of(entry: JournalEntry) -> str:
    headers = entry.wire.headers
    return (
        headers.get("authorization", "")
        or headers.get("x-goog-api-key", "")
        or entry.wire.query.get("key", "")
    )


def retry_delay_of(entry: JournalEntry) -> float | None:
    delay = (entry.scenario_details or {}).get("retry_delay")
    if delay is not None:
        return float(delay)
    header = next((text for name, text in entry.headers if name.lower() == "retry-after"), "")
    return float(header) if header.isdigit() else None
