"""Faults of sockets: how a turn ends, unexpected messages, and what happens to the client's own.

Faults of connections and streams act on sockets too: each message is an event. The faults whose
names begin with `client_` act on what the client sends.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

from mockgem.core.call import Fault
from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.core.sockets import SocketClose, SocketClosed, SocketMessage
from mockgem.faults.client_messages import Arrival, ClientFault, ReorderFault
from mockgem.faults.connection import drop_connection_at
from mockgem.faults.frames import replace_event
from mockgem.faults.position import FIRST, SECOND, START
from mockgem.faults.registry import FaultOptions, Stage, fault, position_of

INTERNAL_ERROR = "Internal error encountered."
WRONG_BYTES = b'""\xff'
"""Break JSON wherever they are, also behind a backslash: a bad character alone would pass."""


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
    event = Frame(b'{"event_type":"reconnection_required"}', is_text=True)
    return replace_event(
        position_of(options), lambda frame: [event if is_event(frame) else warning, frame]
    )


def is_event(frame: Frame) -> bool:
    """Whether a message is of a live interaction, which has other words."""
    return EVENT_MARK in frame.data


EVENT_MARK = b'"event_type":'


@fault(
    "empty_messages",
    keys=("at", "times"),
    at=FIRST,
    applies_to="sockets",
    help="Send messages that say nothing before another one; by default three.",
    harmless=True,
)
def empty_messages(options: FaultOptions) -> Fault:
    times = options.times or 3
    empty, no_events = Frame(b"{}\n"), Frame(b'{"events":[]}', is_text=True)
    return replace_event(
        position_of(options),
        lambda frame: [*([no_events if is_event(frame) else empty] * times), frame],
    )


@fault(
    "garbage_message",
    keys=("at", "text"),
    at=FIRST,
    applies_to="sockets",
    help="Send a message that is not JSON before another one.",
)
def garbage_message(options: FaultOptions) -> Fault:
    text = "mockgem: this message is not JSON" if options.text is None else options.text
    return replace_event(
        position_of(options),
        lambda frame: [Frame(text.encode(), is_text=frame.is_text), frame],
    )


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


@fault(
    "client_drop",
    keys=("at", "times"),
    at=SECOND,
    applies_to="client messages",
    help="Lose a message of the client, or several.",
    stage=Stage.CLIENT_MESSAGES,
)
def drop_client_messages(options: FaultOptions) -> ClientFault:
    return ClientFault(options, lambda arrival: (), options.times or 1)


@fault(
    "client_duplicate",
    keys=("at", "times"),
    at=SECOND,
    applies_to="client messages",
    help="Let a message of the client arrive twice.",
    stage=Stage.CLIENT_MESSAGES,
)
def duplicate_client_message(options: FaultOptions) -> ClientFault:
    copies = options.times or 1
    return ClientFault(options, lambda arrival: [arrival] * (1 + copies))


@fault(
    "client_stall",
    keys=("at", "for"),
    at=SECOND,
    applies_to="client messages",
    help="Let a message of the client, and those after it, arrive late; by default by 5 s.",
    stage=Stage.CLIENT_MESSAGES,
    harmless=True,
    seconds=5.0,
)
def delay_client_message(options: FaultOptions) -> ClientFault:
    seconds = options.for_ or 0.0
    return ClientFault(options, lambda arrival: [replace(arrival, delay=arrival.delay + seconds)])


@fault(
    "client_reorder",
    keys=("at",),
    at=SECOND,
    applies_to="client messages",
    help="Let a message of the client arrive after the one that follows it.",
    stage=Stage.CLIENT_MESSAGES,
)
def reorder_client_messages(options: FaultOptions) -> ClientFault:
    return ReorderFault(options)


@fault(
    "client_truncate",
    keys=("at",),
    at=SECOND,
    applies_to="client messages",
    help="Let only the first half of a client's message arrive.",
    stage=Stage.CLIENT_MESSAGES,
)
def truncate_client_message(options: FaultOptions) -> ClientFault:
    return ClientFault(options, lambda arrival: change_bytes(arrival, take_half(arrival)))


@fault(
    "client_garble",
    keys=("at",),
    at=SECOND,
    applies_to="client messages",
    help="Put bytes that are neither JSON nor UTF-8 into the middle of a client's message.",
    stage=Stage.CLIENT_MESSAGES,
)
def garble_client_message(options: FaultOptions) -> ClientFault:
    def garble(arrival: Arrival) -> Sequence[Arrival]:
        half = take_half(arrival)
        return change_bytes(arrival, half + WRONG_BYTES + arrival.message.data[len(half) + 3 :])

    return ClientFault(options, garble)


@fault(
    "client_cut",
    keys=("at",),
    at=SECOND,
    applies_to="client messages",
    help="Close the connection when a message of the client comes, which is lost.",
    stage=Stage.CLIENT_MESSAGES,
)
def cut_at_client_message(options: FaultOptions) -> ClientFault:
    def drop_connection(arrival: Arrival) -> Sequence[Arrival]:
        raise ConnectionDropped("close")

    return ClientFault(options, drop_connection)


def take_half(arrival: Arrival) -> bytes:
    data = arrival.message.data
    return data[: len(data) // 2]


def change_bytes(arrival: Arrival, data: bytes) -> Sequence[Arrival]:
    return [replace(arrival, message=SocketMessage(data, arrival.message.is_text))]
