"""The event loop that servers run on."""

from __future__ import annotations

from typing import Any


def get_loop_factory() -> Any:
    """uvloop's loop where it is installed, else None for the standard one. It is quicker, and has a clock of its own: one
    that a test stops does not stop it."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
