"""What a verdict checks about sessions on sockets: their messages are in the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mockgem.core.journal import JournalEntry
from mockgem.core.sockets import SWITCHING_PROTOCOLS
from mockgem.scenarios.call_history import CallHistory

Json = dict[str, Any]


def list_sockets(history: CallHistory) -> list[JournalEntry]:
    return [entry for entry in history.calls if entry.status == SWITCHING_PROTOCOLS]


def iter_rows(entry: JournalEntry) -> Iterator[tuple[str, float, Json]]:
    """Yield the messages of a socket that the journal keeps: the side, the seconds, the values."""
    for line in entry.body.decode("utf-8", "replace").splitlines():
        row = json.loads(line)
        if "text" not in row:
            continue
        try:
            message = json.loads(row["text"])
        except ValueError:
            continue
        if isinstance(message, dict):
            yield row["from"], row["at"], message


def iter_messages(entry: JournalEntry, side: str) -> Iterator[Json]:
    """Yield what the client or the server said on a socket, as far as the journal keeps it."""
    return (message for one, _, message in iter_rows(entry) if one == side)


def get_field(value: Any, *names: str) -> Any:
    """Return a field at a path of names in camelCase, however the client spells them."""
    for name in names:
        if not isinstance(value, dict):
            return None
        snake = "".join([f"_{one.lower()}" if one.isupper() else one for one in name])
        value = value.get(name, value.get(snake))
    return value


def find_open_calls(entry: JournalEntry) -> tuple[set[str], set[str]]:
    """Return the ids of the calls of a socket, and those among them without a result.

    Calls that the server took back need none.
    """
    asked: set[str] = set()
    done: set[str] = set()
    for message in iter_messages(entry, "server"):
        asked |= {call["id"] for call in get_field(message, "toolCall", "functionCalls") or ()}
        done |= set(get_field(message, "toolCallCancellation", "ids") or ())
        if get_field(message, "step", "type") == "function_call":
            asked.add(str(message["step"].get("id", "")))
    for message in iter_messages(entry, "client"):
        done |= find_event_results(message)
        rows = get_field(message, "toolResponse", "functionResponses")
        rows = rows if isinstance(rows, list) else [rows]
        done |= {str(row.get("id", "")) for row in rows if isinstance(row, dict)}
    return asked, asked - done


def find_event_results(message: Json) -> set[str]:
    """Return the ids of the calls whose results are in the events of a message."""
    events = message.get("events", [message])
    contents = [get_field(event, "content") for event in events if isinstance(event, dict)]
    items = [item for content in contents if isinstance(content, list) for item in content]
    return {str(item["call_id"]) for item in items if isinstance(item, dict) and "call_id" in item}


ENDS = ("interaction.completed", "interaction.cancelled", "interaction.disconnect")
"""Events of live interactions after which a client need not connect again."""


def find_handles(entry: JournalEntry) -> set[str]:
    """Return the names by which what happens on a socket can be continued on another one.

    A live interaction that has ended, or whose client disconnected, has none.
    """
    if any(message.get("event_type") in ENDS for _, _, message in iter_rows(entry)):
        return set()
    handles = set()
    for message in iter_messages(entry, "server"):
        handles.add(get_field(message, "sessionResumptionUpdate", "newHandle"))
        handles.add(get_field(message, "interactionId"))
    return {str(handle) for handle in handles if handle}


def is_warned_of_end(message: Json) -> bool:
    return "goAway" in message or message.get("event_type") == "reconnection_required"


def count_resumed(history: CallHistory) -> tuple[int, int]:
    """Return how many sockets that the server ended could be resumed, and how many were.

    A socket counts if its client got a handle, and then a goAway or a close.
    """
    sockets = list_sockets(history)
    ended = resumed = 0
    for number, entry in enumerate(sockets):
        handles = find_handles(entry)
        is_warned = any(is_warned_of_end(message) for message in iter_messages(entry, "server"))
        is_closed = "close" in (entry.scenario_details or {}) or entry.outcome == "cut"
        if not handles or not (is_warned or is_closed):
            continue
        ended += 1
        later = [
            message for one in sockets[number + 1 :] for message in iter_messages(one, "client")
        ]
        asked = [
            get_field(message, "setup", "sessionResumption", "handle") or get_connected(message)
            for message in later
        ]
        resumed += any(handle in handles for handle in asked)
    return ended, resumed


def get_connected(message: Json) -> Any:
    """Return the id of the interaction to which a message connects."""
    return message.get("id") if message.get("event_type") == "interaction.connect" else None
