"""The calls that a verdict judges: which of them failed, and which of them retry others."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mockgem.core.frozen import frozen
from mockgem.core.journal import JournalEntry
from mockgem.faults.registry import find_fault
from mockgem.scenarios.request_identity import RequestIdentity, identify_request

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


def is_open(entry: JournalEntry) -> bool:
    """Return whether the answer to a call is still being sent."""
    return entry.outcome == "open"


def is_broken(entry: JournalEntry) -> bool:
    """Return whether a reply looked like success, but was cut off, empty or wrong."""
    details = entry.scenario_details or {}
    declared = [find_fault(name) for name in details.get("faults", ())]
    faults = [fault for fault in declared if fault is not None and not fault.harmless]
    is_whole = not has_failed(entry) and not is_open(entry)
    return is_whole and bool(faults or details.get("silent"))


def is_failure(entry: JournalEntry) -> bool:
    """Return whether a call failed, visibly or not, so that a client may want to retry it."""
    return has_failed(entry) or is_broken(entry)


def begins_after(later: JournalEntry, entry: JournalEntry) -> bool:
    """Return whether a call began when the answer to another one had ended.

    mockgem may notice a little late that a client has left.
    """
    slack = LEFT_NOTICE_SECONDS if entry.outcome == "left" else 0.0
    return later.started_at >= max(entry.ended_at, entry.started_at) - slack


LEFT_NOTICE_SECONDS = 0.05


def find_repeats(calls: Sequence[JournalEntry]) -> CallPairs:
    """Pair each failed call with the next call that asks for the same again, of the same model.

    A call that began before the failure (a hedge) does not repeat it.
    """
    return pair_failures(calls, lambda later, failed: later.is_retry_of(failed))


def find_retries(calls: Sequence[JournalEntry]) -> CallPairs:
    """Pair each failed call with the next call that shows that the client noticed the failure.

    It asks for the same again, perhaps another model, or continues the same conversation: with the
    part of the answer that arrived, or with a request to repair it.
    """
    return pair_failures(
        calls, lambda later, failed: later.asks_same_as(failed) or later.continues(failed)
    )


def pair_failures(
    calls: Sequence[JournalEntry], follows: Callable[[RequestIdentity, RequestIdentity], bool]
) -> CallPairs:
    """Pair each failed call with the first later call that follows it."""
    identities = [identify_request(entry) for entry in calls]
    pairs = []
    for index, entry in enumerate(calls):
        if not is_failure(entry):
            continue
        for later, identity in zip(calls[index + 1 :], identities[index + 1 :], strict=True):
            if follows(identity, identities[index]) and begins_after(later, entry):
                pairs.append((entry, later))
                break
    return pairs


def find_last(calls: Sequence[JournalEntry]) -> JournalEntry:
    """Return the last call whose result counts.

    A call that the client left does not count if the same request was answered meanwhile: the
    client sent it twice and used the first answer.
    """
    for index in range(len(calls) - 1, -1, -1):
        if calls[index].outcome != "left" or not was_answered_meanwhile(calls, calls[index]):
            return calls[index]
    return calls[-1]


def was_answered_meanwhile(calls: Sequence[JournalEntry], left: JournalEntry) -> bool:
    identity = identify_request(left)
    return any(
        call.started_at < left.ended_at
        and left.started_at < call.ended_at <= left.ended_at
        and not is_failure(call)
        and not is_open(call)
        and identify_request(call).asks_same_as(identity)
        for call in calls
        if call is not left
    )


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
