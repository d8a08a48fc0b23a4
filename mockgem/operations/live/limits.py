"""The limits of a session: its time, and the length of its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mockgem.core.content import Blob, Part, Text, ToolResult, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.operations.generators.tokens import count_tokens
from mockgem.operations.live.messages import Compression

MAX_HISTORY_BYTES = 64 * 2**20
TURN_OVERHEAD = 128
"""Bytes that a turn or a part takes besides its content."""
TOKENS_PER_IMAGE = 258


@frozen
class SessionLimits:
    """Seconds that a connection lasts, and before its end the warning comes (documented).

    Evidence: doc-live-session.
    """

    connection: float = 600.0
    warning: float = 60.0


class History(list[Turn]):
    """The turns of a session, up to MAX_HISTORY_BYTES.

    They are counted again only if what was added may be too much: so each message is counted once.
    """

    def __init__(self, turns: Iterable[Turn] = ()) -> None:
        super().__init__(turns)
        self.added_bytes = count_bytes(self)

    def add(self, *turns: Turn) -> None:
        self += turns
        self.added_bytes += count_bytes(turns)

    def check_size(self) -> None:
        """Raise ApiError for a history that is too long."""
        if self.added_bytes > MAX_HISTORY_BYTES:
            self.added_bytes = count_bytes(self)
            if self.added_bytes > MAX_HISTORY_BYTES:
                raise invalid("Request contains an invalid argument.", "history_size")


def count_bytes(turns: Sequence[Turn]) -> int:
    """Return about how many bytes a history takes."""
    parts = [part for turn in turns for part in turn.parts]
    return TURN_OVERHEAD * (len(turns) + len(parts)) + sum([measure_part(part) for part in parts])


def measure_part(part: Part) -> int:
    match part:
        case Blob(_, data):
            return len(data)
        case Text(text):
            return len(text)
        case ToolResult(_, output):
            return len(output)
    return len(repr(part))


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
