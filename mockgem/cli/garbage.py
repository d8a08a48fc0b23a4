"""When Python's garbage collector runs in a process of mockgem."""

from __future__ import annotations

import gc

START_OBJECTS = 150_000
"""Objects that a start may create between two collections. All modules create half as many and
leave hardly any garbage, but to search them would take a tenth of the start."""


def postpone_garbage_collection() -> None:
    """Let the start of a usual server go on without a collection."""
    gc.set_threshold(START_OBJECTS)


def limit_garbage_collection() -> None:
    """Keep the collector away from the objects of the start, and let it run less often."""
    if gc.get_threshold()[0] != START_OBJECTS:
        gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
