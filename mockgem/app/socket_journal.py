"""What the journal keeps of a socket: one entry with the messages of both sides."""

from __future__ import annotations

import re
import time
from typing import Any

from mockgem.core.call import Answer
from mockgem.core.errors import Failure
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry
from mockgem.core.sockets import SocketClose, SocketMessage
from mockgem.core.world import World
from mockgem.dialects.common.json_writer import dump_compact

LONG_BASE64 = re.compile(rb'"([A-Za-z0-9+/_-]{64})[A-Za-z0-9+/_=-]{192,}"')
"""Audio and pictures in a message: the beginning is enough to recognize them."""
MAX_MESSAGE = 16 * 1024
"""Bytes of one message that are kept."""
MAX_TEXT = 256
"""Characters of a model's name that are kept."""


class SocketLog:
    """Collects the messages of a socket, up to a limit, and completes the entry at its end."""

    def __init__(self, entry: JournalEntry, world: World) -> None:
        self.entry = entry
        self.world = world
        self.lines: list[bytes] = []
        entry.open_lines = self.lines
        self.room = KEPT_BODY_BYTES
        self.left_out = 0
        self.began = time.perf_counter()
        self.details: dict[str, Any] = dict(entry.scenario_details or {})
        self.turns: list[dict[str, Any]] = []
        self.outcome = ""

    def add_received(self, text: str, faults: tuple[str, ...] = ()) -> None:
        """Add a message of the client, as `shorten` left it, and the faults that acted on it."""
        self.add_line("client", {"text": text, "faults": faults} if faults else {"text": text})

    def add_received_close(self, close: SocketClose) -> None:
        self.add_line("client", {"close": render_close(close)})
        self.note_end("whole" if close.code in (1000, 1001, 1005) else "left")

    def add_sent(self, message: SocketMessage) -> None:
        self.entry.size += len(message.data)
        if self.world.observer is not None:
            self.world.observer.note_message(self.entry, message.data)
        if self.room > 0:
            self.add_line("server", {"text": shorten(message.data)})
        else:
            self.left_out += 1

    def add_sent_close(self, close: SocketClose) -> None:
        """Add how the server closes the socket. It does that once."""
        if "close" not in self.details:
            self.add_line("server", {"close": render_close(close)})
            self.details["close"] = render_close(close)
            self.note_end("whole")

    def add_line(self, side: str, content: dict[str, Any]) -> None:
        """Add a message with the seconds since the handshake."""
        if self.room <= 0:
            self.left_out += 1
            return
        at = round(time.perf_counter() - self.began, 4)
        line = dump_compact({"from": side, "at": at, **content})
        self.room -= len(line) + 1
        if self.room > 0:
            self.lines.append(line)
        else:
            self.left_out += 1

    def note_answer(self, model: str, answer: Answer) -> None:
        """Note what a scenario did with a turn of a model."""
        self.entry.model = model[:MAX_TEXT]
        turn: dict[str, Any] = {"source": answer.source, **(answer.details or {})}
        if isinstance(answer.content, Failure):
            turn["error"] = answer.content.message[:200]
        if len(self.turns) < 100:
            self.turns.append(turn)

    def note_end(self, outcome: str) -> None:
        """Note how the socket ends. The entry says so when it is complete: the first end counts."""
        self.outcome = self.outcome or outcome

    async def finish(self) -> None:
        """Complete the journal entry."""
        self.note_end("whole")
        self.entry.outcome = self.outcome
        self.entry.ended_at = time.perf_counter()
        if self.turns:
            self.details["turns"] = self.turns
        if self.left_out:
            self.details["messages_left_out"] = self.left_out
        self.entry.scenario_details = self.details or None
        if self.world.observer is not None:
            await self.world.observer.note_end(self.entry, b"")
        await self.world.journal.finish(self.entry, b"\n".join(self.lines))


def render_close(close: SocketClose) -> dict[str, Any]:
    return {"code": close.code, "reason": close.reason}


def shorten(data: bytes) -> str:
    """Return a message without most of its media."""
    text = LONG_BASE64.sub(rb'"\1..."', data) if len(data) > 256 else data
    return text[:MAX_MESSAGE].decode("utf-8", "replace")
