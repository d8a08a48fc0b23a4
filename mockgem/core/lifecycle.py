"""How resources get on: from state to state, by being asked for and by the clock. Nothing runs in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from mockgem.core.errors import Failure
from mockgem.core.frozen import value


@value
class Step:
    """A state, and what ends it: being asked for so many times, or so many seconds, whichever comes first.

    The last step of a life ends with nothing.
    """

    state: str
    polls: int = 1
    seconds: float = 60.0


Lifecycle = tuple[Step, ...]
Lifecycles = Mapping[str, Lifecycle]

LIFECYCLES: Lifecycles = {
    "file": (Step("PROCESSING", 2, 5.0), Step("ACTIVE")),
    "batch": (Step("validating", 1, 60.0), Step("in_progress", 1, 600.0), Step("finalizing", 1, 60.0), Step("completed")),
    "cancel": (Step("cancelling", 1, 60.0), Step("cancelled")),
    "video": (Step("processing", 2, 60.0), Step("completed")),
}
"""The lives of what needs time on the real service. `file` is for video; other files are active at once."""


@value
class Fates:
    """What becomes of resources besides their lives, in a scenario.

    Seconds that files and caches are kept at most; `slow`: all files are looked through before they can be used; so many
    looks until a batch that has ended has its output; and for each line of a batch whether it fails, and how.
    """

    file_kept: float | None = None
    cache_kept: float | None = None
    slow: bool = False
    late: int = 0
    line: Callable[[int], Failure | None] | None = None


NO_FATES = Fates()


def reached(life: Lifecycle, polls: int, elapsed: float) -> int:
    """The number of the step a resource has come to, asked for so many times and so many seconds old."""
    asked, waited = 0, 0.0
    for number, step in enumerate(life[:-1]):
        asked, waited = asked + step.polls, waited + step.seconds
        if polls < asked and elapsed < waited:
            return number
    return len(life) - 1


def timed(lifecycles: Lifecycles, seconds: float) -> Lifecycles:
    """The same lives by the clock alone, each state but the last lasting so many seconds."""
    never = 2**31
    return {
        name: tuple([replace(step, polls=never, seconds=seconds) for step in life]) for name, life in lifecycles.items()
    }
