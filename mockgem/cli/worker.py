"""One worker of `mockgem serve --workers N`: the process that the supervisor has started."""

from __future__ import annotations

import asyncio
import fcntl
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click

from mockgem.app.factory import create_server
from mockgem.cli.running import (
    RELOAD_DRAIN,
    RELOAD_GRACE,
    STOP_GRACE,
    report_open_answers,
    wait_for_first,
)
from mockgem.config.settings import Settings
from mockgem.core.frozen import frozen
from mockgem.server.access_log import AccessLog
from mockgem.server.certificates import find_certificate_folder
from mockgem.server.event_loop import get_loop_factory
from mockgem.server.http import Server
from mockgem.server.listening import SharedPort
from mockgem.storage.worker_storage import WorkerSeat

READY = b"r"
REMOVAL_TRIES = 20
RELOAD_SIGNAL = signal.SIGUSR1
"""What the supervisor sends to a worker whose successor gets its sockets."""


@frozen
class WorkerPipes:
    """How a worker and the supervisor know of each other: the worker writes READY to `ready`, and
    reads the end of `lifeline` when the supervisor has ended."""

    ready: int
    lifeline: int


class LockedOutput:
    """A text file that several processes write to: each text stays in one piece."""

    def __init__(self, out: TextIO, path: Path) -> None:
        self.out = out
        self.encoding = out.encoding
        self.closed = out.closed
        self.lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def isatty(self) -> bool:
        return self.out.isatty()

    def write(self, text: str) -> int:
        fcntl.lockf(self.lock, fcntl.LOCK_EX)
        try:
            self.out.write(text)
            self.out.flush()
        finally:
            fcntl.lockf(self.lock, fcntl.LOCK_UN)
        return len(text)

    def flush(self) -> None:
        """Do nothing: what was written has left already."""


Sockets = Sequence[socket.socket]


def run_worker(
    settings: Settings, seat: WorkerSeat, groups: Sequence[Sockets], pipes: WorkerPipes
) -> int:
    """Serve until a signal or the end of the supervisor; return the exit code of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the supervisor passes it on
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with asyncio.Runner(loop_factory=get_loop_factory()) as runner:
            return runner.run(serve(settings, seat, groups, pipes))
    except (OSError, ValueError) as error:
        click.echo(f"Worker {seat.index + 1}: {error}", err=True)
        return 1


async def serve(
    settings: Settings, seat: WorkerSeat, groups: Sequence[Sockets], pipes: WorkerPipes
) -> int:
    log = None
    if not settings.quiet:
        out = LockedOutput(sys.stdout, seat.run_folder / "log")
        log = AccessLog(out, settings.log_format)  # type: ignore[arg-type]
    everyone = list(dict.fromkeys([one for group in groups for one in group]))
    has_refused = seat.table.has_refused
    port = SharedPort(groups[seat.index], everyone, has_refused=has_refused)
    server = create_server(
        limit_settings(settings, seat.count),
        log,
        certificate_folder=find_certificate_folder(),
        seat=seat,
        port=port,
    )
    stop = watch_signals(port, pipes)
    await server.start(settings.host, settings.port)
    os.write(pipes.ready, READY)
    os.close(pipes.ready)
    await stop.wait()
    stop.clear()
    await drain(server, settings, stop)
    if log is not None and not log.close():
        os._exit(0)  # stdout is a full pipe without a reader; a normal exit would wait for it
    if port.is_orphaned:
        remove_run(seat.run_folder)
    return 0


def remove_run(folder: Path) -> None:
    """Remove the folder that workers share, because the supervisor can't. Others may do so too."""
    for _ in range(REMOVAL_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)


def limit_settings(settings: Settings, count: int) -> Settings:
    """Return the settings of one of several workers: each has its part of the limits."""
    connections = -(-settings.max_connections // count)
    return settings.replace(max_connections=connections, body_memory=settings.body_memory // count)


def watch_signals(port: SharedPort, pipes: WorkerPipes) -> asyncio.Event:
    """Return an event that is set when the supervisor wants the worker to stop, or has ended."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def hand_over() -> None:
        port.is_handed_over = True
        stop.set()

    def notice_end() -> None:
        loop.remove_reader(pipes.lifeline)
        port.is_orphaned = True
        stop.set()

    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_signal_handler(RELOAD_SIGNAL, hand_over)
    loop.add_reader(pipes.lifeline, notice_end)
    return stop


async def drain(server: Server, settings: Settings, stop: asyncio.Event) -> None:
    """Let open answers finish, until another signal."""
    port = server.port
    is_reload = isinstance(port, SharedPort) and port.is_handed_over
    times = (RELOAD_DRAIN, RELOAD_GRACE) if is_reload else (settings.drain, STOP_GRACE)
    if settings.stop_delay and not is_reload:
        server.on_draining()
        await wait_for_first(asyncio.sleep(settings.stop_delay), stop.wait())
    if not is_reload:
        report_open_answers(server, settings)
    await wait_for_first(server.stop(*times), stop.wait())
