"""Measure how long a world's store, blobs and counters take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from inspect import iscoroutinefunction
from typing import Any, cast

from mockgem.core.state import WorldState

NoteTime = Callable[[str, str, float], None]
"""Takes the name of a part of the store, an operation, and its seconds."""


class TimedPart:
    """A part of a store whose coroutines are measured. Other attributes are its own."""

    def __init__(self, part: Any, name: str, note: NoteTime) -> None:
        self.part = part
        self.name = name
        self.note = note

    def __getattr__(self, operation: str) -> Any:
        found = getattr(self.part, operation)
        if iscoroutinefunction(found):
            found = self.build_timed(found, operation)
        self.__dict__[operation] = found
        return found

    def build_timed(self, function: Callable[..., Any], operation: str) -> Callable[..., Any]:
        async def run_timed(*args: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return await function(*args, **named)
            finally:
                self.note(self.name, operation, time.perf_counter() - began)

        return run_timed


def time_state(state: WorldState, note: NoteTime) -> WorldState:
    """Return the state of a world with measured records, blobs and counters."""
    return replace(
        state,
        store=cast(Any, TimedPart(state.store, "records", note)),
        blobs=cast(Any, TimedPart(state.blobs, "blobs", note)),
        request_counts=cast(Any, TimedPart(state.request_counts, "counters", note)),
    )
