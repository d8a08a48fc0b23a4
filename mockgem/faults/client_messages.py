"""Faults of what a client sends on a socket: which of its messages arrive, when, and in what form.

The number of a message is its place in what the client sent, so one fault does not move the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mockgem.core.frozen import frozen
from mockgem.core.http import ConnectionDropped
from mockgem.core.sockets import SocketMessage
from mockgem.faults.registry import FaultOptions, position_of


@frozen
class Arrival:
    """A message that arrives, its number in what the client sent, and the seconds it is late."""

    number: int
    message: SocketMessage
    delay: float = 0.0


@frozen
class DisturbedMessage:
    """What arrives of one message, the faults that acted on it, and whether the socket is cut."""

    arrivals: Sequence[Arrival]
    faults: tuple[str, ...] = ()
    dropped: ConnectionDropped | None = None


Change = Callable[[Arrival], Sequence[Arrival]]
"""Returns what arrives instead of a message. Raises ConnectionDropped to end the connection."""


class ClientFault:
    """A fault of some messages of one client: `count` of them, from the position in `options`."""

    def __init__(self, options: FaultOptions, change: Change, count: int = 1) -> None:
        self.name = options.fault
        self.first = position_of(options).number
        self.count = count
        self.change = change

    def acts_on(self, number: int) -> bool:
        return self.first <= number < self.first + self.count

    def take(self, arrival: Arrival) -> Sequence[Arrival]:
        """Return what arrives of a message. Raises ConnectionDropped."""
        return self.change(arrival) if self.acts_on(arrival.number) else (arrival,)


class ReorderFault(ClientFault):
    """Keeps one message back until another one has arrived."""

    def __init__(self, options: FaultOptions) -> None:
        super().__init__(options, self.keep)
        self.kept: list[Arrival] = []

    def keep(self, arrival: Arrival) -> Sequence[Arrival]:
        self.kept.append(arrival)
        return ()

    def take(self, arrival: Arrival) -> Sequence[Arrival]:
        if self.acts_on(arrival.number):
            return self.keep(arrival)
        kept, self.kept = self.kept, []
        return (arrival, *kept)


def disturb(faults: Sequence[ClientFault], number: int, message: SocketMessage) -> DisturbedMessage:
    """Return what the faults leave of a client's message, each of what the one before it leaves."""
    arrivals: list[Arrival] = [Arrival(number, message)]
    names = tuple([fault.name for fault in faults if fault.acts_on(number)])
    try:
        for fault in faults:
            arrivals = [late for one in arrivals for late in fault.take(one)]
    except ConnectionDropped as dropped:
        return DisturbedMessage((), names, dropped)
    return DisturbedMessage(arrivals, names)
