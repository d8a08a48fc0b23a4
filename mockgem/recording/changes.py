"""What a new recording changed in meaning: not texts and numbers, which always differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockgem.core.frozen import frozen
from mockgem.recording.diff import group_by_key, key_of
from mockgem.recording.drift import Finding, answer_of, find_drift
from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import RequestMatcher
from mockgem.recording.socket_drift import find_socket_drift


@frozen
class Change:
    """A request that is new or gone, or whose answer differs, and where.

    `kind` is "gone", "new" or "changed". In the findings "recorded" is the old recording.
    """

    kind: str
    interaction: Interaction
    findings: tuple[Finding, ...] = ()


def find_changes(
    old: Sequence[Interaction], new: Sequence[Interaction], matching: RequestMatcher
) -> Iterator[Change]:
    """Yield the changes between two recordings of the same requests, which are paired in order."""
    unpaired = group_by_key(new, matching)
    for interaction in old:
        others = unpaired.get(key_of(interaction, matching))
        if not others:
            yield Change("gone", interaction)
        elif findings := compare_pair(interaction, others.pop(0)):
            yield Change("changed", interaction, tuple(findings))
    for others in unpaired.values():
        yield from [Change("new", one) for one in others]


def compare_pair(old: Interaction, new: Interaction) -> list[Finding]:
    """Return the differences of two answers to the same request, the worst first."""
    if old.is_socket and new.is_socket:
        return find_socket_drift(old.messages, new.messages)
    return find_drift(old, answer_of(new))
