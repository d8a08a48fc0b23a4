"""The event loop that servers run on."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable
from typing import Any

OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
WARNING_INTERVAL = 60.0
"""Seconds between two warnings."""
NO_FILES = (
    "a connection has to wait, because the process has no free file descriptor: raise the limit of "
    "open files (ulimit -n), or start mockgem with a smaller --max-connections"
)
RETRY = "_start_serving"
"""The method of the standard loop that listens again."""
log = logging.getLogger("mockgem")


def get_loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Return a function that makes a loop: uvloop's if it is installed, else the standard one.

    uvloop is faster, and a test that stops Python's clock does not stop uvloop's.
    """
    try:
        import uvloop
    except ImportError:
        return make_loop
    return lambda: make_loop(uvloop.new_event_loop)


def make_loop(
    make: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
) -> asyncio.AbstractEventLoop:
    loop = make()
    loop.set_exception_handler(LoopErrorHandler())
    return loop


class LoopErrorHandler:
    """Handles errors outside of tasks.

    If a connection can't be accepted for lack of files, it writes a line from time to time, not a
    traceback each time. The loop tries again by itself, up to a second later and once for each
    waiting connection. It says nothing if the server has closed its socket meanwhile.
    """

    def __init__(self) -> None:
        self.next_warning = 0.0

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, ValueError) and RETRY in context.get("message", ""):
            return
        if not isinstance(error, OSError) or error.errno not in OUT_OF_FILES:
            loop.default_exception_handler(context)
        elif loop.time() >= self.next_warning:
            self.next_warning = loop.time() + WARNING_INTERVAL
            log.warning(NO_FILES)
