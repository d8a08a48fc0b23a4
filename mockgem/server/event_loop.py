"""The event loop that servers run on."""

from __future__ import annotations

from typing import Any


def get_loop_factory() -> Any:
    """Return uvloop's loop if it is installed, else None for the standard loop.

    uvloop is faster, and a test that stops Python's clock does not stop uvloop's.
    """
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
