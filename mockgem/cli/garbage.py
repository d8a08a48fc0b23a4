"""When Python's garbage collector runs in a process of mockgem."""

from __future__ import annotations

import gc

START_OBJECTS = 150_000
"""Objects that a start may create before the collector runs. Modules create half as many and leave
hardly any garbage, but searching them takes a tenth of the start."""


def postpone_garbage_collection() -> None:
    """Let a start without large files go on without collections."""
    gc.set_threshold(START_OBJECTS)


def limit_garbage_collection() -> None:
    """Keep the collector away from the objects of the start, and let it run less often."""
    if gc.get_stats()[0]["collections"]:  # a start with large files, or not in a process of its own
        gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
