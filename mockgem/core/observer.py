"""What watches the requests of a server: metrics, traces, request ids, costs.

A server without any of these has no observer, and its requests pass none of this code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mockgem.core.call import Answer, Call
    from mockgem.core.http import WireResponse
    from mockgem.core.journal import JournalEntry


class Observer(Protocol):
    """Watches requests from their answer to the last byte."""

    def add_headers(self, call: Call, response: WireResponse) -> WireResponse:
        """Return a response with the headers that an option asks for, before it has an entry."""
        ...

    async def note_answer(
        self, call: Call, answer: Answer, response: WireResponse, entry: JournalEntry
    ) -> None:
        """Note an answer before its entry is in the journal. An open one ends with `note_end`."""
        ...

    async def note_turn(self, entry: JournalEntry, model: str, answer: Answer) -> None:
        """Note the answer to one turn of a session on a socket."""
        ...

    def note_message(self, entry: JournalEntry, data: bytes) -> None:
        """Note a message that the server sends on a socket."""
        ...

    async def note_end(self, entry: JournalEntry, body: bytes) -> None:
        """Note the end of a stream or a socket, before the journal gets the body. The end of a
        long body is enough."""
        ...
