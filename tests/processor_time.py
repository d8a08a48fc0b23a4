"""Whether some work takes bounded time, on a machine that is busy with other things as well."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial

TRIES = 3


def measure(work: Callable[[], object]) -> float:
    """Return the processor time of the work in seconds, without collections of garbage.

    The process of a test run holds so many objects that one collection takes seconds.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        if was_enabled:
            gc.enable()


def takes_at_most(seconds: float, work: Callable[[str], object], text: str) -> bool:
    """Say whether one of three tries stays within the bound: the first may load modules.

    Each try gets a text that is one character shorter, so no cache answers the next one.
    """
    return any(
        measure(partial(work, text[: len(text) - number])) < seconds for number in range(TRIES)
    )
