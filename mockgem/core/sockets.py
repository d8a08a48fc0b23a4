"""WebSockets: what goes over them, and sessions that decide what comes next.

A session is a state machine without waits. `decode` and `receive` take what the client sends,
`next_step` says what the server does next, and who drives it (`mockgem.app.sockets`) sends, asks
and waits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from mockgem.core.call import Answer, Endpoint
from mockgem.core.errors import Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.http import EMPTY, ConnectionDropped, WireResponse

MAX_REASON = 123
"""Bytes of the reason in a close frame (RFC 6455 5.5)."""
SWITCHING_PROTOCOLS = 101


@frozen
class SocketMessage:
    """One message in either direction."""

    data: bytes
    is_text: bool = False


@frozen
class SocketClose:
    """The end of a socket. Codes are those of RFC 6455 7.4."""

    code: int
    reason: str = ""


class SocketClosed(ConnectionDropped):
    """Raised between messages to close a socket."""

    def __init__(self, close: SocketClose) -> None:
        super().__init__("socket")
        self.close = close


@frozen
class Ask:
    """The session needs an answer of the sources: `endpoint` performs the operation."""

    endpoint: Endpoint[Any, Any]
    request: Any
    model: str
    key: bytes


@frozen
class Perform:
    """The session needs something of the world, which takes a moment. `take_result` gets it."""

    work: Callable[[], Awaitable[Any]]


@frozen
class Pause:
    """The session continues after some seconds, or when a message arrives."""

    seconds: float


Step = SocketMessage | SocketClose | Ask | Perform | Pause


class Session(Protocol):
    """What a server does on one socket."""

    def decode(self, message: SocketMessage) -> Any:
        """Return what a message says. Large ones are decoded in a thread, so nothing changes.

        Raises ApiError for one that ends the session.
        """
        ...

    def receive(self, content: Any) -> None:
        """Take a message of the client as `decode` returned it, or the ApiError that it raised."""
        ...

    def next_step(self) -> Step | None:
        """Return what happens next; None waits for the client or the clock."""
        ...

    def take_answer(self, answer: Answer) -> None:
        """Take the answer to an `Ask`."""
        ...

    def take_result(self, result: Any) -> None:
        """Take the result of a `Perform`: a value, or an ApiError."""
        ...

    def tick(self, now: float) -> None:
        """Look at the world's clock."""
        ...

    @property
    def deadline(self) -> float:
        """When `tick` has to be called next, in seconds on the world's clock."""
        ...

    @property
    def is_answering(self) -> bool:
        """Whether messages of an answer are still to come."""
        ...


class ConnectedSession(ABC):
    """A session that also depends on something besides its client: an upstream, a recording.

    `details` are for the journal.
    """

    details: Mapping[str, Any] = EMPTY

    @abstractmethod
    def start(self, wake: Callable[[], None]) -> None:
        """Begin. `wake` announces a next step that no message of the client led to."""

    @abstractmethod
    async def finish(self, close: SocketClose | None) -> None:
        """End, with the close of the client if it has sent one."""


class Socket(Protocol):
    """The server's end of an open WebSocket. `closed_with` is how the server has closed it."""

    closed_with: SocketClose | None

    async def receive(self) -> SocketMessage | SocketClose:
        """Wait for a message, or the end: of the client, or the one in `closed_with`."""
        ...

    async def send(self, message: SocketMessage) -> None:
        """Send a message, and wait while the client does not read.

        Raises ConnectionError if the client has gone.
        """
        ...

    async def close(self, close: SocketClose) -> None:
        """Close the socket, with a limit of time for a client that does not read."""
        ...


Accept = Callable[[], Awaitable[Socket]]
"""Completes a handshake. Raises ConnectionDropped for a fault, ConnectionError without a client."""
SocketHandler = Callable[[Accept], Awaitable[None]]
"""Serves a socket to its end. Raises ConnectionDropped if a fault ends the connection."""


@frozen
class SocketResponse(WireResponse):
    """The answer to a handshake: 101, the session, and what serves the open socket."""

    session: Any = None
    serve: SocketHandler | None = None


NEVER = float("inf")


class ClosingSession:
    """Closes the socket at the client's first message, as the service does when it refuses it."""

    deadline = NEVER
    is_answering = False

    def __init__(self, close: SocketClose) -> None:
        self.close = close
        self.has_message = False

    def decode(self, message: SocketMessage) -> None: ...

    def receive(self, content: None) -> None:
        self.has_message = True

    def next_step(self) -> Step | None:
        return self.close if self.has_message else None

    def take_answer(self, answer: Answer) -> None: ...

    def take_result(self, result: Any) -> None: ...

    def tick(self, now: float) -> None: ...


CLOSE_CODES = {
    Code.INVALID_ARGUMENT: 1007,
    Code.FAILED_PRECONDITION: 1007,
    Code.NOT_FOUND: 1008,
    Code.PERMISSION_DENIED: 1008,
    Code.UNAUTHENTICATED: 1008,
}
"""Close codes of failures (reported); 1011 for others.

Evidence: report-live-close-codes.
"""


def close_for(failure: Failure) -> SocketClose:
    """Return the close that tells a client of a failure: a socket has no other way.

    Evidence: report-live-close-codes.
    """
    return SocketClose(CLOSE_CODES.get(failure.code, 1011), cut_reason(failure.message))


def cut_reason(text: str) -> str:
    """Return the beginning of a text that fits into a close frame (recorded: cut at 123 bytes).

    Evidence: report-live-model-not-found.
    """
    data = text.strip().encode("utf-8", "replace")
    return data[:MAX_REASON].decode("utf-8", "ignore")
