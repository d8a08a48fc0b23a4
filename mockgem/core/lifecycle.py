"""How resources get on: from state to state, by being asked for and by the clock. Nothing runs in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from mockgem.core.errors import Failure
from mockgem.core.frozen import frozen


@frozen
class State:
    """A state, and what ends it: being asked for so many times, or so many seconds, whichever comes first.

    The last step of a life ends with nothing.
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
}
"""The lives of what needs time on the real service. `file` is for video; other files are active at once."""


@frozen
class ResourceOverrides:
    """What becomes of resources besides their lives, in a scenario.

    Seconds that files and caches are kept at most; `slow`: all files are looked through before they can be used; so many
    looks until a batch that has ended has its output; and for each line of a batch whether it fails, and how.
    """

    file_lifetime: float | None = None
    cache_lifetime: float | None = None
    slow_files: bool = False
    batch_output_polls: int = 0
    line_failure: Callable[[int], Failure | None] | None = None


NO_OVERRIDES = ResourceOverrides()


def find_state_index(life: Lifecycle, polls: int, elapsed: float) -> int:
    """The number of the step a resource has come to, asked for so many times and so many seconds old."""
    asked, waited = 0, 0.0
    for number, step in enumerate(life[:-1]):
        asked, waited = asked + step.polls, waited + step.seconds
        if polls < asked and elapsed < waited:
            return number
    return len(life) - 1


def with_durations(lifecycles: Lifecycles, seconds: float) -> Lifecycles:
    """The same lives by the clock alone, each state but the last lasting so many seconds."""
    never = 2**31
    return {
        name: tuple([replace(step, polls=never, seconds=seconds) for step in life])
        for name, life in lifecycles.items()
    }
