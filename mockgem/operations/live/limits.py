"""The limits of a session: its time, and the length of its history."""

from __future__ import annotations

from collections.abc import Sequence

from mockgem.core.content import Blob, Text, ToolResult, Turn
from mockgem.core.frozen import frozen
from mockgem.operations.generators.tokens import count_tokens
from mockgem.operations.live.messages import Compression

MAX_HISTORY_BYTES = 64 * 2**20
TOKENS_PER_IMAGE = 258


@frozen
class SessionLimits:
    """Seconds that a connection lasts, and before its end the warning comes (documented).

    Evidence: doc-live-session.
    """

    connection: float = 600.0
    warning: float = 60.0


def count_bytes(turns: Sequence[Turn]) -> int:
    """Return how many bytes the media of a history have."""
    return sum([len(part.data) for turn in turns for part in turn.parts if isinstance(part, Blob)])


def compress(turns: list[Turn], compression: Compression | None) -> list[Turn]:
    """Return a history without its oldest turns, if it has more tokens than the trigger.

    It begins with a turn of the user (documented).

    Evidence: doc-live-session.
    """
    if compression is None or not compression.trigger:
        return turns
    counts = [estimate_tokens(turn) for turn in turns]
    total = sum(counts)
    if total <= compression.trigger:
        return turns
    dropped = 0
    target = compression.target or compression.trigger // 2
    while dropped < len(turns) - 1 and (total > target or turns[dropped].role != "user"):
        total -= counts[dropped]
        dropped += 1
    return turns[dropped:]


def estimate_tokens(turn: Turn) -> int:
    total = 0
    for part in turn.parts:
        match part:
            case Text(text):
                total += count_tokens(text)
            case ToolResult(_, output):
                total += count_tokens(output)
            case Blob():
                total += TOKENS_PER_IMAGE
    return total
