"""Whether a client of a Live session stops sending audio: after a goAway, between activities."""

from __future__ import annotations

from typing import Any

from mockgem.core.journal import JournalEntry
from mockgem.core.sockets import NEVER
from mockgem.scenarios.call_history import CallHistory
from mockgem.scenarios.socket_checks import get_field, iter_rows, list_sockets

Json = dict[str, Any]
GRACE = 0.5
"""Seconds after the time of a goAway in which audio may still arrive that was on its way."""


class AudioStops:
    """The times at which a client had to stop sending audio on one socket.

    `signals` are a `goAway` of the server, whose time is the limit, and each `activityEnd` of the
    client, after which audio needs another `activityStart`. They count once the client has sent
    audio. `ignored` are the signals after which it sent more.
    """

    def __init__(self, entry: JournalEntry) -> None:
        self.signals = self.ignored = 0
        self.has_spoken = self.has_ended = False
        self.limit = NEVER
        for side, at, message in iter_rows(entry):
            if side == "server":
                self.read_server(message, at)
            else:
                self.read_client(get_field(message, "realtimeInput") or {}, at)

    def read_server(self, message: Json, at: float) -> None:
        left = get_field(message, "goAway", "timeLeft")
        if self.has_spoken and left is not None and self.limit == NEVER:
            self.signals += 1
            self.limit = at + parse_seconds(left) + GRACE

    def read_client(self, content: Json, at: float) -> None:
        """Read one message, whose parts have this order: start, audio, end."""
        if get_field(content, "activityStart") is not None:
            self.has_ended = False
        if has_audio(content):
            self.ignored += self.has_ended + (at > self.limit)
            self.has_spoken, self.has_ended = True, False
            self.limit = NEVER if at > self.limit else self.limit
        if get_field(content, "activityEnd") is not None and self.has_spoken:
            self.signals += 1
            self.has_ended = True


def parse_seconds(text: Any) -> float:
    """Return the seconds of a duration like 9.5s. Other texts have no limit."""
    try:
        return float(str(text).removesuffix("s"))
    except ValueError:
        return NEVER


def has_audio(content: Json) -> bool:
    chunks = get_field(content, "mediaChunks")
    types = [get_field(one, "mimeType") for one in chunks] if isinstance(chunks, list) else []
    is_audio = any(str(one or "audio/").startswith("audio/") for one in types)
    return is_audio or get_field(content, "audio") is not None


def count_audio_stops(history: CallHistory) -> tuple[int, int, bool]:
    """Return how often clients had to stop, how often they did not, and whether all is known.

    The journal keeps a limited part of a session: audio may be among what it left out.
    """
    sockets = list_sockets(history)
    stops = [AudioStops(entry) for entry in sockets]
    is_known = not any((one.scenario_details or {}).get("messages_left_out") for one in sockets)
    return sum([one.signals for one in stops]), sum([one.ignored for one in stops]), is_known
