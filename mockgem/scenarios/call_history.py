"""The calls that a verdict judges: which of them failed, and which of them retry others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.core.frozen import frozen
from mockgem.core.journal import JournalEntry
from mockgem.faults.registry import find_fault

CallPairs = list[tuple[JournalEntry, JournalEntry]]


@frozen
class CallHistory:
    """The calls of a run.

    `count` is the number of all calls; the journal may have dropped some of them. `time_scale` has
    multiplied the waits. `has_fixed_clock` is true for a world whose clock only tests move.
    """

    calls: tuple[JournalEntry, ...]
    count: int
    time_scale: float
    has_fixed_clock: bool = True


def has_failed(entry: JournalEntry) -> bool:
    """Return whether a call ended with an error, a dropped connection, or a client that gave up."""
    return entry.status >= 400 or entry.outcome in ("cut", "left")


def is_broken(entry: JournalEntry) -> bool:
    """Return whether a reply looked like success, but was cut off, empty or wrong."""
    details = entry.scenario_details or {}
    declared = [find_fault(name) for name in details.get("faults", ())]
    faults = [fault for fault in declared if fault is not None and not fault.harmless]
    return not has_failed(entry) and bool(faults or details.get("silent"))


def find_repeats(calls: Sequence[JournalEntry]) -> CallPairs:
    """Pair each failed call with the next call that sends an equal request."""
    pairs = []
    for index, entry in enumerate(calls):
        if has_failed(entry) or is_broken(entry):
            later = next((call for call in calls[index + 1 :] if call.key == entry.key), None)
            pairs += [(entry, later)] if later is not None else []
    return pairs


def find_retries(calls: Sequence[JournalEntry]) -> CallPairs:
    """Pair each failed call with its retry.

    That is the next equal request, or else the next request of the same kind that is not yet the
    retry of another call.
    """
    pairs = find_repeats(calls)
    taken = {later.number for _, later in pairs}
    settled = {entry.number for entry, _ in pairs}
    for index, entry in enumerate(calls):
        if entry.number in settled or not (has_failed(entry) or is_broken(entry)):
            continue
        kind = request_kind_of(entry)
        candidates = [call for call in calls[index + 1 :] if call.number not in taken]
        later = next((call for call in candidates if request_kind_of(call) == kind), None)
        if later is not None:
            taken.add(later.number)
            pairs.append((entry, later))
    return pairs


def request_kind_of(entry: JournalEntry) -> tuple[str, str]:
    """Return method and path without the model, the same with and without streaming."""
    path = re.sub(r"/models/[^/:]+", "/models/*", entry.path)
    return entry.method, path.replace(":streamGenerateContent", ":generateContent")


def measure_gap(entry: JournalEntry, later: JournalEntry, *, fixed_clock: bool) -> float:
    """Return the seconds from the end of a reply to a later call.

    With a fixed clock, the world's time counts as well: tests move it instead of waiting.
    """
    real = later.started_at - max(entry.ended_at, entry.started_at)
    return max(real, later.at - entry.at) if fixed_clock else real


def credential_of(entry: JournalEntry) -> str:
    headers = entry.wire.headers
    return (
        headers.get("authorization", "")
        or headers.get("x-goog-api-key", "")
        or entry.wire.query.get("key", "")
    )


def retry_delay_of(entry: JournalEntry) -> float | None:
    """Return the seconds that an error response asked the client to wait."""
    delay = (entry.scenario_details or {}).get("retry_delay")
    if delay is not None:
        return float(delay)
    header = next((text for name, text in entry.headers if name.lower() == "retry-after"), "")
    return float(header) if re.fullmatch("[0-9]{1,18}", header) else None
