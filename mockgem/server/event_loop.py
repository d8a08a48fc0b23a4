"""The event loop that servers run on."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable
from typing import Any

OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
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
    loop.set_exception_handler(handle_loop_error)
    return loop


def handle_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Write a line, not a traceback, when a connection can't be accepted for lack of files.

    The standard loop then accepts nothing for a second, and tries again.
    """
    error = context.get("exception")
    if isinstance(error, OSError) and error.errno in OUT_OF_FILES:
        log.warning(
            "a connection has to wait, because the process has no free file descriptor: raise the "
            "limit of open files (ulimit -n), or start mockgem with a smaller --max-connections"
        )
    else:
        loop.default_exception_handler(context)
