"""What commands that serve have in common, in one process or in several."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable
from typing import Any

import click

from mockgem.config.settings import Settings
from mockgem.server.http import Server

RELOAD_DRAIN = 1.0
"""Seconds that open answers have to finish when the settings file has changed."""
RELOAD_GRACE = 0.5
"""Seconds in which a connection may still send a request then: the next process accepts others."""
STOP_GRACE = 0.1
"""The same when the server stops, and refuses others."""


class StartupError(click.ClickException):
    """The server can't start with these settings."""

    exit_code = 2


def explain_bind_error(settings: Settings, error: OSError) -> str:
    place = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"{place} is used by another program. "
            "Stop it, or choose another port: mockgem serve --port 0"
        )
    return f"mockgem can't listen on {place}: {error.strerror or error}"


def explain_file_error(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename else f"mockgem can't start: {reason}"


def report_open_answers(server: Server, settings: Settings) -> None:
    """Say what a stopping server waits for."""
    if server.open_requests and not settings.quiet:
        click.echo(
            f"Stopping. Open answers ({server.open_requests}) have {settings.drain:g} s to finish; "
            "Ctrl-C again closes them now."
        )


async def wait_for_first(*waits: Awaitable[Any]) -> None:
    """Wait until one of several is done, then cancel the others."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)  # what is cancelled still closes its files
