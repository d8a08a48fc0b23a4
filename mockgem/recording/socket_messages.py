"""The recorded messages of a socket, and their form in a cassette."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.frozen import frozen
from mockgem.core.json_path import spell
from mockgem.core.sockets import SocketClose, SocketMessage

SIDES = ("client", "server")
DROPPED = 1006
"""The code of a socket that ended without a close frame (RFC 6455 7.4.1)."""
NO_CODE = 1005
"""The code of a close frame without one."""


@frozen
class RecordedMessage:
    """One message of a socket, or its end.

    `ms` is the milliseconds since the handshake. `close` is the code of a close frame, whose reason
    is the data; 0 for a message.
    """

    side: str
    ms: int
    data: bytes
    is_text: bool = False
    close: int = 0

    def to_step(self) -> SocketMessage | SocketClose:
        """Return what a server sends for the message."""
        if self.close:
            return SocketClose(self.close, self.data.decode("utf-8", "replace"))
        return SocketMessage(self.data, self.is_text)


Messages = tuple[RecordedMessage, ...]
FREE_FORM = frozenset("args response parametersJsonSchema responseJsonSchema".split())
"""Fields whose names are the user's own."""


def find_setup(messages: Iterable[RecordedMessage]) -> bytes:
    """Return the first message of the client; no bytes if it sent nothing."""
    return next((one.data for one in messages if one.side == "client" and not one.close), b"")


def find_close(messages: Sequence[RecordedMessage]) -> RecordedMessage | None:
    """Return the close that ended a socket; None if the recording has no end."""
    return next((one for one in messages if one.close), None)


def map_data(messages: Messages, change: Callable[[bytes], bytes]) -> Messages:
    """Return messages with other data; the same object if nothing changes."""
    changed = tuple([replace(one, data=change(one.data)) for one in messages])
    return messages if changed == messages else changed


def to_records(messages: Messages) -> list[dict[str, Any]]:
    """Return messages for a cassette: `text` is a text frame, `binary` a binary one."""
    return [to_record(one) for one in messages]


def to_record(message: RecordedMessage) -> dict[str, Any]:
    head: dict[str, Any] = {"from": message.side, "ms": message.ms}
    content = decode_if_text(message.data)
    if message.close:
        return {**head, "close": message.close, "reason": content}
    return {**head, "text" if message.is_text else "binary": content}


def from_records(records: Any) -> Messages:
    """Return the messages of a cassette. Raises ValueError for one that is not valid."""
    if not isinstance(records, list):
        raise ValueError("the messages of a socket must be a list")
    return tuple([from_record(one) for one in records])


def from_record(record: Any) -> RecordedMessage:
    if not isinstance(record, Mapping) or record.get("from") not in SIDES:
        raise ValueError("a message of a socket must say that it is from: client or from: server")
    side, ms, close = str(record["from"]), int(record.get("ms", 0)), int(record.get("close", 0))
    names = [name for name in ("text", "binary", "reason") if record.get(name) is not None]
    if len(names) != 1 and not close:
        raise ValueError("a message of a socket must have either text, binary or close")
    data = record[names[0]] if names else b""
    encoded = data if isinstance(data, bytes) else str(data).encode("utf-8", "surrogateescape")
    return RecordedMessage(side, ms, encoded, names == ["text"], close)


def decode_if_text(body: bytes) -> str | bytes:
    """Return a body as text if it is text, so that people can read it in a review."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return body
    is_text = all(char >= " " or char in "\t\n\r" for char in text) and "\x7f" not in text
    return text if is_text else body


def parse_message(data: bytes) -> Any:
    """Return a message as a value with names in camel case; other text as it is."""
    try:
        return to_camel(json.loads(data))
    except (ValueError, RecursionError):
        return data.decode("utf-8", "replace")


def to_camel(value: Any) -> Any:
    if isinstance(value, list):
        return [to_camel(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        (own := camel_case(name)): item if own in FREE_FORM else to_camel(item)
        for name, item in value.items()
    }


def camel_case(name: str) -> str:
    return spell(name)[1] if "_" in name.strip("_") else name


def canonical_setup(data: bytes) -> bytes:
    """Return the first message of a client in the form in which recordings are found by it."""
    value = parse_message(data)
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()
