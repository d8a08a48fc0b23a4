"""The register of faults: `@fault` declares one beside the function that implements it.

Everything that lists faults is derived from these declarations: the names and keys that scenarios
accept, the JSON schema, `mockgem scenario faults`, the documentation, and what a verdict counts as
harmless.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, Literal, Protocol, TypeVar

from mockgem.core.frozen import frozen
from mockgem.faults.position import Position

AppliesTo = Literal[
    "responses",
    "answers",
    "streams",
    "event streams",
    "OpenAI streams",
    "replies",
    "embeddings",
    "sockets",
    "client messages",
]
"""What a fault can happen to: every response, successful answers, streamed answers, streams of
server-sent events (not a native stream that is one JSON array), streams that end with [DONE],
generated replies, answers that hold embeddings, turns of sessions on sockets, or what a client
sends on a socket."""
MAX_SIZE = 2 * 2**20
"""The largest `size` of a fault in bytes, where its declaration does not allow more."""


class Stage(IntEnum):
    """When a fault acts: stages in this order, and within a stage in the scenario's order."""

    REQUEST = 1
    """Before the call is answered: it asks for a whole answer."""
    CONTENT = 2
    """On the reply before it is encoded; the function takes a draft too, and returns a draft."""
    DOCUMENTS = 3
    """On the JSON documents of the body."""
    ERROR = 4
    """On the events, with an error; the function also takes the error's body and framing."""
    EVENTS = 5
    """On the events of the body."""
    PAUSES = 6
    """On the delivery: waits between events. This stage and the later ones keep the bytes."""
    CONNECTION = 7
    """On the delivery: the connection."""
    JOINED_WRITES = 8
    """On the delivery: several events in one write."""
    SPLIT_WRITES = 9
    """On the delivery: an event in several writes."""
    CLIENT_MESSAGES = 10
    """On what the client sends on a socket; the function returns a `ClientFault`."""


class FaultOptions(Protocol):
    """The options of a fault in a scenario. The runner sets `for_` if `seconds` is declared."""

    @property
    def fault(self) -> str: ...
    @property
    def at(self) -> Position | None: ...
    @property
    def for_(self) -> float | None: ...
    @property
    def size(self) -> int | None: ...
    @property
    def times(self) -> int | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def code(self) -> int | None: ...


@frozen
class FaultType:
    """A declared fault.

    `keys` are the scenario keys it takes, `at` is the default of the key of that name, `harmless`
    means that a client which can read the answer loses nothing, `headers` are added to the
    response, `seconds` is the default of `for`, and `max_seconds` and `max_size` are the largest
    values of `for` and `size`. With `finishes_early`, a finish reason is not the end of the
    answer.
    """

    name: str
    keys: tuple[str, ...]
    applies_to: AppliesTo
    help: str
    make: Callable[..., Any]
    stage: Stage = Stage.EVENTS
    harmless: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float | None = None
    max_seconds: float | None = None
    max_size: int = MAX_SIZE
    at: Position | None = None
    finishes_early: bool = False

    @property
    def is_for_streams(self) -> bool:
        return self.applies_to in ("streams", "event streams", "OpenAI streams")

    def acts_on_head(self, at: Position | None) -> bool:
        """Whether the fault disturbs a response of which the client gets the head alone."""
        place = at or self.at
        return self.stage is Stage.CONNECTION and (place is None or place.unit == "start")

    @property
    def changes_body(self) -> bool:
        """Whether the fault makes another body, rather than disturbing the delivery."""
        return Stage.DOCUMENTS <= self.stage <= Stage.EVENTS


Function = TypeVar("Function", bound=Callable[..., Any])


def fault(
    name: str,
    *,
    applies_to: AppliesTo,
    help: str,  # noqa: A002 - declarations read as click's do
    keys: tuple[str, ...] = (),
    stage: Stage = Stage.EVENTS,
    harmless: bool = False,
    headers: tuple[tuple[str, str], ...] = (),
    seconds: float | None = None,
    max_seconds: float | None = None,
    max_size: int = MAX_SIZE,
    at: Position | None = None,
    finishes_early: bool = False,
) -> Callable[[Function], Function]:
    """Declare a fault beside the function that implements it.

    The function takes the options of one use in a scenario and returns a `Fault`; see `Stage` for
    the stages whose functions take something else.

    Args:
        name: What scenarios call the fault.
        applies_to: What the fault can happen to. Other answers pass unchanged.
        help: One sentence for the command line and the documentation.
        keys: The scenario keys that the fault takes besides `fault`.
        stage: When the fault acts.
        harmless: Whether a client that can read the answer loses nothing.
        headers: Headers that the fault adds to the response.
        seconds: The default of `for`.
        max_seconds: The largest value of `for`, if there is a limit.
        max_size: The largest value of `size` in bytes.
        at: The default of `at`.
        finishes_early: Whether a finish reason comes before the end of the answer.

    Example:
        @fault("duplicate", keys=("at", "times"), applies_to="streams", help="Send an event twice.")
        def duplicate(options: FaultOptions) -> Fault: ...
    """

    def declare(make: Function) -> Function:
        DECLARED[name] = FaultType(
            name, keys, applies_to, help, make, stage, harmless, headers,
            seconds, max_seconds, max_size, at, finishes_early,
        )  # fmt: skip
        return make

    return declare


DECLARED: dict[str, FaultType] = {}
"""The faults whose modules have been imported. `all_faults` imports the modules first."""
MODULES = ("connection", "stream", "json_body", "vectors", "content", "sockets")
"""The modules with mockgem's own faults, imported when a scenario is first used."""


def all_faults() -> Mapping[str, FaultType]:
    """Return the faults by name: of the connection, of streams, of the JSON, of the content."""
    load_modules()
    return {one.name: one for one in sorted(DECLARED.values(), key=list_position)}


def find_fault(name: str) -> FaultType | None:
    """Return a fault by its name, or None if no fault has that name."""
    if name not in DECLARED:
        load_modules()
    return DECLARED.get(name)


def get_fault(name: str) -> FaultType:
    """Return a fault by its name. Raises KeyError."""
    declared = find_fault(name)
    if declared is None:
        raise KeyError(name)
    return declared


def position_of(options: FaultOptions) -> Position:
    """Return where a fault happens: where the scenario says, or at the fault's own position."""
    at = options.at or get_fault(options.fault).at
    if at is None:
        raise ValueError(f"{options.fault} has no position: declare it with at=")
    return at


def load_modules() -> None:
    for module in MODULES:
        importlib.import_module(f"mockgem.faults.{module}")


def list_position(one: FaultType) -> int:
    """Return where a list shows a fault, whatever the order in which the modules were imported."""
    return {Stage.CONNECTION: 0, Stage.DOCUMENTS: 2, Stage.CONTENT: 3}.get(one.stage, 1)
