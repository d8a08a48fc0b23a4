"""Lifecycles: the states of a resource, which change with polls and with the clock.

Nothing runs in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace

from mockgem.core.errors import Failure
from mockgem.core.frozen import frozen


@frozen
class State:
    """A state, and what ends it: a number of polls or of seconds, whichever comes first.

    Nothing ends the last state of a lifecycle.
    """

    state: str
    polls: int = 1
    seconds: float = 60.0


Lifecycle = tuple[State, ...]
Lifecycles = Mapping[str, Lifecycle]

LIFECYCLES: Lifecycles = {
    "file": (State("PROCESSING", 2, 5.0), State("ACTIVE")),
    "batch": (
        State("validating", 1, 60.0),
        State("in_progress", 1, 600.0),
        State("finalizing", 1, 60.0),
        State("completed"),
    ),
    "cancel": (State("cancelling", 1, 60.0), State("cancelled")),
    "video": (State("processing", 2, 60.0), State("completed")),
    "document": (State("STATE_PENDING", 1, 5.0), State("STATE_ACTIVE")),
    "interaction": (State("in_progress", 2, 5.0), State("completed")),
    "response": (State("in_progress", 2, 5.0), State("completed")),
    "agent": (State("in_progress", 3, 300.0), State("completed")),
}
"""The lifecycles of what takes time on the real service. `file` is for videos; other files are
active at once. `document` is for documents of file search stores,
`interaction`, `response` and `agent` for those in the background."""


@frozen
class ResourceOverrides:
    """What a scenario changes about resources.

    `file_lifetime` and `cache_lifetime` are the most seconds a file or cache lives. `slow_files`
    has every file processed before it is active. `batch_output_polls` is how often a client polls
    a batch that has ended until its output is there. `line_failure` returns how the line of a batch
    with that number fails, if it does. `lifecycles` replace those of the world.
    """

    file_lifetime: float | None = None
    cache_lifetime: float | None = None
    slow_files: bool = False
    batch_output_polls: int = 0
    line_failure: Callable[[int], Failure | None] | None = None
    lifecycles: Lifecycles = field(default_factory=dict)


NO_OVERRIDES = ResourceOverrides()


def find_state(lifecycle: Lifecycle, polls: int, elapsed: float) -> str:
    """Return the state a resource has reached after a number of polls and of seconds."""
    max_polls, max_seconds = 0, 0.0
    for step in lifecycle[:-1]:
        max_polls, max_seconds = max_polls + step.polls, max_seconds + step.seconds
        if polls < max_polls and elapsed < max_seconds:
            return step.state
    return lifecycle[-1].state


def with_durations(lifecycles: Lifecycles, seconds: float) -> Lifecycles:
    """Return the lifecycles without polls: each state but the last one lasts some seconds."""
    return {
        name: tuple([replace(step, polls=NEVER, seconds=seconds) for step in lifecycle])
        for name, lifecycle in lifecycles.items()
    }


NEVER = 2**31
"""More polls than any client makes."""
