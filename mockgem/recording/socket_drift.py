"""Compare what a server said on a socket with a recording, message by message.

How many pieces an answer has, and how they mix, is new in every session. Which kinds of messages
come between two milestones (the end of a turn, a call of a tool), and what these look like, is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.recording.drift import Finding, compare_values, iter_paths
from mockgem.recording.matching import compare_values as compare_exactly
from mockgem.recording.socket_messages import RecordedMessage, find_close, parse_message

MILESTONES = (
    "setupComplete",
    "serverContent.generationComplete",
    "serverContent.interrupted",
    "serverContent.turnComplete",
    "toolCall",
    "toolCallCancellation",
    "goAway",
)
"""Messages whose order is the same in every session."""
MILESTONE_EVENTS = (
    "interaction.created",
    "interaction.connected",
    "interaction.completed",
    "interaction.cancelled",
    "reconnection_required",
    "step.stop",
    "error",
)
"""Events of live interactions whose order is the same in every session."""


@frozen
class Segment:
    """A milestone and its message, and one of each kind of message before it, by its keys."""

    milestone: str
    message: Any
    kinds: dict[tuple[str, ...], Any]


def find_milestone(value: Any) -> str:
    """Return the milestone that a message is, or an empty text."""
    if not isinstance(value, dict):
        return ""
    if "eventType" in value:
        return value["eventType"] if value["eventType"] in MILESTONE_EVENTS else ""
    content = value.get("serverContent")
    names = {*value, *(f"serverContent.{name}" for name in content or () if content)}
    return next((name for name in MILESTONES if name in names), "")


def split_segments(messages: Sequence[RecordedMessage]) -> list[Segment]:
    """Return the server's messages as segments; the last one may have no milestone."""
    segments: list[Segment] = []
    kinds: dict[tuple[str, ...], Any] = {}
    for message in messages:
        if message.side != "server" or message.close:
            continue
        value = parse_message(message.data)
        if milestone := find_milestone(value):
            segments.append(Segment(milestone, value, kinds))
            kinds = {}
        elif value:  # Gemini 3.8 mixes empty messages into an answer
            kinds.setdefault(tuple(sorted(set(iter_paths(value)))), value)
    return [*segments, Segment("", {}, kinds)] if kinds else segments


def find_socket_drift(
    recorded: Sequence[RecordedMessage], own: Sequence[RecordedMessage]
) -> list[Finding]:
    """Return the differences between two sessions in which the client said the same."""
    findings = [*compare_ends(recorded, own), *compare_segments(recorded, own)]
    unique = {(one.tier, one.path, one.message): one for one in findings}
    return sorted(unique.values(), key=lambda one: one.tier != "error")


def compare_ends(
    recorded: Sequence[RecordedMessage], own: Sequence[RecordedMessage]
) -> Iterator[Finding]:
    """Yield a difference in how the server closed the socket."""
    closes = [find_close(one) for one in (recorded, own)]
    theirs, ours = [one if one is not None and one.side == "server" else None for one in closes]
    if (theirs and theirs.close) != (ours and ours.close):
        yield Finding(
            "error", "close", f"recorded {describe_end(theirs)}, now {describe_end(ours)}"
        )
    elif theirs is not None and ours is not None and theirs.data.strip() != ours.data.strip():
        yield Finding("info", "close", f"recorded {describe_end(theirs)}, now {describe_end(ours)}")


def describe_end(close: RecordedMessage | None) -> str:
    if close is None:
        return "no close of the server"
    return f"{close.close} {close.data.decode('utf-8', 'replace')[:80]}".strip()


def compare_segments(
    recorded: Sequence[RecordedMessage], own: Sequence[RecordedMessage]
) -> Iterator[Finding]:
    """Yield differences in the order of milestones, and in the messages before each of them.

    What a recording has after its last milestone was cut off there.
    """
    theirs, ours = split_segments(recorded), split_segments(own)
    for number, segment in enumerate(theirs):
        if not segment.milestone:
            return
        got = ours[number].milestone if number < len(ours) else "nothing"
        if got != segment.milestone:
            place = f"milestone {number + 1}"
            message = f"recorded {segment.milestone}, now {got or 'other messages'}"
            yield Finding("error", place, message)
            return
        yield from compare_kinds(segment, ours[number], f"before {segment.milestone}")
        for one in compare_values(segment.message, ours[number].message, ""):
            yield Finding(one.tier, one.path or segment.milestone, one.message)
    for extra in ours[len(theirs) :]:
        if extra.milestone:
            yield Finding("warning", "milestones", f"now also {extra.milestone}")


def compare_kinds(theirs: Segment, ours: Segment, place: str) -> Iterator[Finding]:
    """Yield the kinds of messages that only one side has, and differences within the others."""
    for kind, value in theirs.kinds.items():
        if kind in ours.kinds:
            for one in compare_values(value, ours.kinds[kind], ""):
                yield Finding(one.tier, f"{place}: {one.path}", one.message)
        else:
            yield Finding("warning", place, f"only the recording has {describe_kind(kind)}")
    for kind in ours.kinds:
        if kind not in theirs.kinds:
            yield Finding("warning", place, f"the recording has no {describe_kind(kind)}")


def describe_kind(kind: Sequence[str]) -> str:
    """Return the innermost keys of a kind of message."""
    inner = [one for one in kind if not any(other.startswith(f"{one}.") for other in kind)]
    return f"message with {', '.join(inner) or 'nothing'}"


def find_exact_changes(
    recorded: Sequence[RecordedMessage],
    own: Sequence[RecordedMessage],
    template: str = "recorded {}, now {}",
) -> Iterator[str]:
    """Yield each difference in the values of the server's messages, one by one."""
    sides = [[one for one in side if one.side == "server"] for side in (recorded, own)]
    if len(sides[0]) != len(sides[1]):
        yield f"messages: {template.format(len(sides[0]), len(sides[1]))}"
    for number, (first, second) in enumerate(zip(*sides, strict=False), 1):
        values = [parse_message(one.data) for one in (first, second)]
        for difference in compare_exactly(values[0], values[1], f"message {number}"):
            yield difference.describe(template)


def list_changes(
    recorded: Sequence[RecordedMessage], own: Sequence[RecordedMessage], *, is_exact: bool
) -> list[str]:
    """Return a line for each difference between two sessions: of every value, or of the form."""
    if is_exact:
        return list(find_exact_changes(recorded, own))
    findings = find_socket_drift(recorded, own)
    return [f"{one.path}: {one.message}" for one in findings if one.tier in ("error", "warning")]
