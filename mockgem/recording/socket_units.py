"""What the client of a socket has sent, in units that do not depend on how it splits audio.

A unit is a field of a message with its value. Pieces of audio that follow each other are one unit,
and silence at its end does not count: clients send as much of it as the time allows. Names in
camel case and in snake case are equal, as they are for the service.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterator, Sequence
from typing import Any

from mockgem.recording.interaction import Interaction
from mockgem.recording.matching import (
    compare_values,
    remove_ignored,
)
from mockgem.recording.socket_messages import RecordedMessage, parse_message

OTHER = "message"
"""The name of the unit for a message that is not a JSON object."""
Position = tuple[int, int]
"""How far a client is: complete units, and bytes of audio in the one after them."""


class Unit:
    """A field of a client's messages: its value, or the bytes of audio that have arrived."""

    __slots__ = ("audio", "name", "value", "voiced")

    def __init__(self, name: str, value: Any = None, audio: bytearray | None = None) -> None:
        self.name = name
        self.value = value
        self.audio = audio
        self.voiced = 0

    def add(self, data: bytes) -> None:
        """Add a piece of audio; `voiced` is where the last sound in it ends."""
        assert self.audio is not None
        if sound := data.rstrip(b"\0"):
            self.voiced = len(self.audio) + len(sound)
        self.audio += data


class ClientUnits:
    """The units of a client's messages, which grow as they arrive."""

    def __init__(self, ignore: Sequence[str] = ()) -> None:
        self.ignore = ignore
        self.units: list[Unit] = []
        self.previous_position: Position = (0, 0)

    def add(self, data: bytes) -> None:
        """Add a message. `previous_position` is how far the client was before it."""
        self.previous_position = self.position
        value = remove_ignored(parse_message(data), self.ignore)
        if not isinstance(value, dict):
            self.units.append(Unit(OTHER, value))
        elif is_event(value):
            for event in value.get("events", [value]):
                self.add_event(event)
        else:
            self.add_fields(value)

    def add_fields(self, fields: dict[str, Any]) -> None:
        """Add a message of a Live session."""
        for name, inner in fields.items():
            if name == "realtimeInput" and isinstance(inner, dict):
                self.add_realtime_input(inner)
            else:
                self.units.append(Unit(name, inner))

    def add_event(self, event: Any) -> None:
        """Add an event of a live interaction. Input that is only audio is a piece of a stream."""
        kind = event.get("eventType") if isinstance(event, dict) else None
        content = event.get("content") if kind == "input" else None
        pieces = [decode_audio(item) for item in content] if isinstance(content, list) else []
        if pieces and all(piece is not None for piece in pieces):
            for piece in pieces:
                self.add_audio("input.audio", piece or b"")
        else:
            self.units.append(Unit(str(kind or OTHER), event))

    def add_realtime_input(self, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            for item in value if name == "mediaChunks" and isinstance(value, list) else [value]:
                if (audio := decode_audio(item)) is not None:
                    self.add_audio(f"realtimeInput.audio ({item.get('mimeType')})", audio)
                else:
                    is_media = name == "mediaChunks"
                    self.units.append(Unit(f"realtimeInput.{'video' if is_media else name}", item))

    def add_audio(self, name: str, data: bytes) -> None:
        if not self.units or self.units[-1].name != name:
            self.units.append(Unit(name, audio=bytearray()))
        self.units[-1].add(data)

    @property
    def position(self) -> Position:
        """How far the client is. Silence at the end of audio does not count."""
        if self.units and self.units[-1].audio is not None:
            return len(self.units) - 1, self.units[-1].voiced
        return len(self.units), 0


def is_event(value: dict[str, Any]) -> bool:
    """Whether a message is of a live interaction: an event, or several."""
    return "eventType" in value or isinstance(value.get("events"), list)


def decode_audio(item: Any) -> bytes | None:
    """Return the bytes of a piece of audio; None for something else."""
    if not isinstance(item, dict) or not str(item.get("mimeType", "")).startswith("audio/"):
        return None
    try:
        text = str(item.get("data", "")).replace("-", "+").replace("_", "/")
        return b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


class SocketScript:
    """A recorded session: the units of its client, and when the server sent what."""

    def __init__(self, interaction: Interaction, ignore: Sequence[str] = ()) -> None:
        client = ClientUnits(ignore)
        self.lines: list[tuple[Position, RecordedMessage]] = []
        for message in interaction.messages:
            if message.side == "server":
                self.lines.append((client.position, message))
            elif not message.close:
                client.add(message.data)
        self.units = client.units
        self.end = client.position
        self.interaction = interaction


class ScriptFollower:
    """Compares what a client sends with a recorded session, each byte once."""

    def __init__(self, script: SocketScript) -> None:
        self.script = script
        self.compared = 0
        self.offset = 0

    def find_mismatch(self, received: Sequence[Unit]) -> str:
        """Return the first difference; an empty text if the client does as recorded so far."""
        while self.compared < len(received):
            number = self.compared
            if number >= len(self.script.units):
                return f"{received[number].name}: the recorded client sent nothing more"
            is_last = number == len(received) - 1
            recorded = self.script.units[number]
            if lines := list(self.compare(recorded, received[number], is_last=is_last)):
                return f"message {number + 1}: {lines[0]}"
            if is_last and received[number].audio is not None:
                return ""
            self.compared, self.offset = number + 1, 0
        return ""

    def compare(self, recorded: Unit, received: Unit, *, is_last: bool) -> Iterator[str]:
        """Yield the differences of two units. The last one received may still grow."""
        if recorded.name != received.name:
            yield f"recorded {recorded.name}, received {received.name}"
        elif recorded.audio is None or received.audio is None:
            for one in compare_values(recorded.value, received.value, received.name):
                yield one.describe("recorded {}, received {}")
        else:
            yield from self.compare_audio(recorded, received, is_last=is_last)

    def compare_audio(self, recorded: Unit, received: Unit, *, is_last: bool) -> Iterator[str]:
        first, second = recorded.audio or bytearray(), received.audio or bytearray()
        end = min(len(first), len(second))
        if first[self.offset : end] != second[self.offset : end]:
            yield f"{received.name}: other audio between bytes {self.offset} and {end}"
        elif received.voiced > len(first) or (not is_last and recorded.voiced > len(second)):
            yield (
                f"{received.name}: recorded {recorded.voiced} bytes without the silence at the "
                f"end, received {received.voiced}"
            )
        self.offset = end
