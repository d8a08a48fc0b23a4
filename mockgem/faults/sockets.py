"""Faults of sockets: how a turn of a session ends, and messages that a client does not expect.

Faults of connections and streams act on sockets too: each message is an event.
"""

from __future__ import annotations

import json
from contextlib import aclosing
from dataclasses import replace

from mockgem.core.call import Fault
from mockgem.core.http import Frame, Frames
from mockgem.core.sockets import SocketClose, SocketClosed
from mockgem.faults.connection import drop_connection_at
from mockgem.faults.frames import replace_event
from mockgem.faults.position import FIRST, START
from mockgem.faults.registry import FaultOptions, Stage, fault, position_of

INTERNAL_ERROR = "Internal error encountered."


@fault(
    "close_socket",
    keys=("at", "code", "text"),
    at=START,
    applies_to="sockets",
    help="Close the socket with a code (1011) and a reason; by default before the first message.",
    stage=Stage.CONNECTION,
)
def close_socket(options: FaultOptions) -> Fault:
    reason = INTERNAL_ERROR if options.text is None else options.text
    close = SocketClose(options.code or 1011, reason)
    return drop_connection_at(position_of(options), lambda: SocketClosed(close))


@fault(
    "go_away",
    keys=("at", "for"),
    at=FIRST,
    applies_to="sockets",
    help="Warn that the server will close the socket in a time (10 s); it does not.",
    seconds=10.0,
)
def go_away(options: FaultOptions) -> Fault:
    message = {"goAway": {"timeLeft": f"{options.for_ or 0.0:g}s"}}
    warning = Frame(json.dumps(message, indent=2).encode() + b"\n")
    return replace_event(position_of(options), lambda frame: [warning, frame])


@fault(
    "empty_messages",
    keys=("at", "times"),
    at=FIRST,
    applies_to="sockets",
    help="Send messages that say nothing before another one; by default three.",
    harmless=True,
)
def empty_messages(options: FaultOptions) -> Fault:
    empty = [Frame(b"{}\n")] * (options.times or 3)
    return replace_event(position_of(options), lambda frame: [*empty, frame])


@fault(
    "garbage_message",
    keys=("at", "text"),
    at=FIRST,
    applies_to="sockets",
    help="Send a message that is not JSON before another one.",
)
def garbage_message(options: FaultOptions) -> Fault:
    text = "mockgem: this message is not JSON" if options.text is None else options.text
    return replace_event(position_of(options), lambda frame: [Frame(text.encode()), frame])


@fault(
    "text_messages",
    applies_to="sockets",
    help="Send text frames instead of binary ones.",
    harmless=True,
)
def text_messages(options: FaultOptions) -> Fault:
    return mark_as_text


async def mark_as_text(frames: Frames) -> Frames:
    """Mark each message; who sends it chooses the type of the frame."""
    async with aclosing(frames):
        async for frame in frames:
            yield replace(frame, is_text=True)
