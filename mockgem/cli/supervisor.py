"""The supervisor of `mockgem serve --workers N`: starts workers, replaces them, ends them.

It answers no requests, and has no event loop and no threads, so that it can fork at any time. It
holds the sockets, so that connections wait for the replacement of a killed worker.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click

from mockgem.app.warm_up import warm_up
from mockgem.cli.garbage import limit_garbage_collection
from mockgem.cli.running import (
    RELOAD_DRAIN,
    StartupError,
    explain_bind_error,
)
from mockgem.cli.settings_watch import LOOK_SECONDS, SettingsWatch
from mockgem.cli.worker import READY, RELOAD_SIGNAL, WorkerPipes, run_worker
from mockgem.cli.worker_run import check_settings, collect_ended, make_run_folder, prepare_run
from mockgem.config.settings import Settings
from mockgem.server.listening import open_sockets
from mockgem.storage.worker_storage import WorkerSeat
from mockgem.storage.worker_table import WorkerTable

logger = logging.getLogger("mockgem")
MAX_FAILURES = 5
"""Workers in a row that end before they are ready, or at once afterwards, before all end."""
EARLY_SECONDS = 1.0
"""A worker that ends by itself so soon after it was ready has failed to start."""
FIRST_PAUSE = 0.1
"""Seconds before the next try to start a worker that has failed, which double each time."""
GRACE_SECONDS = 5.0
"""Seconds that workers have to end after the time for open answers."""


class WorkersFailed(click.ClickException):
    """Workers end again and again."""

    exit_code = 1


@dataclass
class Slot:
    """The place of one worker.

    `owners` are the numbers of the processes that had the place. `retry_at` is when to start the
    next one, if the last one has failed.
    """

    index: int
    sockets: list[socket.socket]
    process: int = 0
    ready: int = -1
    ready_at: float = 0.0
    retry_at: float = 0.0
    owners: list[int] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"worker {self.index + 1}"


class Supervisor:
    """Runs the workers of a server.

    Args:
        settings: What the workers serve with.
        watch: The settings file, which is read again after SIGHUP, or when it changes.
        on_ready: Called with the port when all workers are ready for the first time.
    """

    def __init__(
        self,
        settings: Settings,
        watch: SettingsWatch | None,
        on_ready: Callable[[Settings], None],
    ) -> None:
        self.settings = settings
        self.watch = watch
        self.on_ready = on_ready
        self.slots: list[Slot] = []
        self.signals: list[int] = []
        self.next_owner = 1
        self.failures = 0
        self.is_greeted = False
        self.run_folder = Path()
        self.table = WorkerTable(settings.workers)
        self.wakeup, self.wakeup_writer = socket.socketpair()
        self.lifeline, self.lifeline_writer = os.pipe()

    def run(self) -> None:
        """Serve until a signal. Raises StartupError and WorkersFailed."""
        check_settings(self.settings)
        try:
            groups = open_sockets(self.settings.host, self.settings.port, self.settings.workers)
        except OSError as error:
            raise StartupError(explain_bind_error(self.settings, error)) from None
        port = groups[0][0].getsockname()[1]
        self.settings = self.settings.replace(port=port)
        self.slots = [Slot(index, sockets) for index, sockets in enumerate(groups)]
        self.catch_signals()
        try:
            self.begin()
            warm_up()
            limit_garbage_collection()
            while not self.is_told_to_stop():
                self.look()
            self.stop()
        finally:
            self.kill()
            self.remove_run()

    # One round

    def look(self) -> None:
        """Start what is missing, wait a moment, and see what has happened."""
        now = time.monotonic()
        for slot in self.slots:
            if not slot.process and now >= slot.retry_at:
                self.start(slot)
        self.wait(LOOK_SECONDS)
        self.reap()
        if all(slot.ready_at for slot in self.slots) and not self.is_greeted:
            self.is_greeted = True
            self.on_ready(self.settings)
        if self.is_time_to_read():
            self.reload()

    def wait(self, seconds: float) -> None:
        """Wait for a signal, for a worker that is ready, or for some seconds."""
        waiting = {slot.ready: slot for slot in self.slots if slot.ready >= 0}
        due = [slot.retry_at - time.monotonic() for slot in self.slots if not slot.process]
        pause = max(0.0, min([seconds, *due]))
        wakeup = self.wakeup.fileno()
        readable, _, _ = select.select([wakeup, *waiting], [], [], pause)
        for one in readable:
            if one == wakeup:
                arrived = self.wakeup.recv(4096)
                self.signals += [number for number in arrived if number != signal.SIGCHLD]
            else:
                self.note_ready(waiting[one])

    def note_ready(self, slot: Slot) -> None:
        """Note that a worker is ready, or has ended before it was."""
        if os.read(slot.ready, 1) == READY:
            slot.ready_at = time.monotonic()
        os.close(slot.ready)
        slot.ready = -1

    def reap(self) -> None:
        """Note which workers have ended.

        The first process of a container also inherits processes that have lost their parent. No
        other process waits for these, so they would stay as zombies.
        """
        for process, status in collect_ended():
            for slot in self.slots:
                if slot.process == process:
                    self.note_end(slot, status)

    def note_end(self, slot: Slot, status: int) -> None:
        """Log the end of a worker, and plan the next one. Raises WorkersFailed."""
        code = os.waitstatus_to_exitcode(status)
        lived = time.monotonic() - slot.ready_at if slot.ready_at else 0.0
        has_failed = not slot.ready_at or (lived < EARLY_SECONDS and code > 0)
        reason = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        self.table.set_owner(slot.index, 0)
        logger.warning(
            "%s (process %d) %s. Another process takes its place.",
            *(slot.name.capitalize(), slot.process, reason),
        )
        slot.process, slot.ready_at = 0, 0.0
        if slot.ready >= 0:
            os.close(slot.ready)
            slot.ready = -1
        self.failures = self.failures + 1 if has_failed else 0
        if self.failures >= MAX_FAILURES:
            raise WorkersFailed(
                f"{self.failures} workers in a row ended as soon as they had started (the last one "
                f"{reason}), so mockgem stops. The lines above say why; with --workers 1 the error "
                "shows itself directly."
            )
        pause = FIRST_PAUSE * 2 ** (self.failures - 1) if has_failed else 0.0
        slot.retry_at = time.monotonic() + pause

    # Workers

    def begin(self) -> None:
        """Prepare a run of the server: check the settings, and create what workers share.

        Raises OSError and ValueError for settings that can't be used.
        """
        self.run_folder = make_run_folder()
        prepare_run(self.settings, self.run_folder)

    def start(self, slot: Slot) -> None:
        """Start a worker."""
        reader, writer = os.pipe()
        seat = WorkerSeat(
            slot.index, self.next_owner, self.run_folder, self.table, tuple(slot.owners)
        )
        self.next_owner += 1
        slot.owners = [seat.owner]
        self.table.set_owner(slot.index, seat.owner)
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if not process:
            os.close(reader)
            self.become_worker(slot, seat, writer)
        os.close(writer)
        slot.process, slot.ready, slot.ready_at = process, reader, 0.0

    def become_worker(self, slot: Slot, seat: WorkerSeat, ready: int) -> None:
        """Serve in this process, which has just begun, and end it."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for number in CAUGHT:
                signal.signal(number, signal.SIG_DFL)
            os.close(self.lifeline_writer)
            self.wakeup.close()
            self.wakeup_writer.close()
            for other in self.slots:
                if other.ready >= 0:
                    os.close(other.ready)
            pipes = WorkerPipes(ready, self.lifeline)
            groups = [one.sockets for one in self.slots]
            code = run_worker(self.settings, seat, groups, pipes)
        except BaseException:
            logger.exception("%s can't go on", slot.name.capitalize())
        finally:
            with contextlib.suppress(OSError, ValueError):
                sys.stdout.flush()
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.flush()
            os._exit(code)

    def send(self, number: int) -> None:
        for slot in self.slots:
            if slot.process:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(slot.process, number)

    def wait_for_ends(self, seconds: float) -> None:
        """Wait until all workers have ended, and pass signals on meanwhile."""
        deadline = time.monotonic() + seconds
        while any(slot.process for slot in self.slots) and time.monotonic() < deadline:
            self.wait(0.1)
            if self.is_told_to_stop():
                self.send(signal.SIGTERM)
            for slot in self.slots:
                if slot.process and os.waitpid(slot.process, os.WNOHANG)[0]:
                    slot.process, slot.ready_at = 0, 0.0
                    self.table.set_owner(slot.index, 0)

    def stop(self) -> None:
        """Let all workers finish their open answers."""
        for slot in self.slots:
            slot.retry_at = float("inf")
        self.send(signal.SIGTERM)
        self.wait_for_ends(self.settings.stop_delay + self.settings.drain + GRACE_SECONDS)

    def kill(self) -> None:
        """End the workers that are left at once."""
        self.send(signal.SIGKILL)
        for slot in self.slots:
            if slot.process:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(slot.process, 0)
                slot.process = 0

    def remove_run(self) -> None:
        if self.run_folder != Path():
            shutil.rmtree(self.run_folder, ignore_errors=True)

    # Signals and settings

    def catch_signals(self) -> None:
        self.wakeup.setblocking(False)
        self.wakeup_writer.setblocking(False)
        signal.set_wakeup_fd(self.wakeup_writer.fileno(), warn_on_full_buffer=False)
        for number in CAUGHT:
            signal.signal(number, lambda *_: None)

    def is_told_to_stop(self) -> bool:
        """Return whether a signal to stop has come since the last call."""
        told = any(number in STOPPING for number in self.signals)
        self.signals = [number for number in self.signals if number not in STOPPING]
        return told

    def is_time_to_read(self) -> bool:
        """Return whether to read the settings file again."""
        is_told = signal.SIGHUP in self.signals
        self.signals = [number for number in self.signals if number != signal.SIGHUP]
        has_changed = self.watch is not None and self.watch.stamp.has_changed()
        return is_told or (has_changed and self.settings.watch)

    def reload(self) -> None:
        """Let other workers take the place of these if the settings file has other settings.

        Their worlds are empty unless they are in a state folder. Settings that can't be used change
        nothing.
        """
        if self.watch is None:
            logger.warning("There is no settings file to read again: start mockgem with --config.")
            return
        changed = self.watch.read_changed(self.settings)
        if changed is None:
            return
        before, folder = self.settings, self.run_folder
        try:
            check_settings(changed)
            self.settings = changed
            self.begin()
        except (OSError, ValueError, click.ClickException) as error:
            logger.warning("The server keeps the earlier settings: %s", error)
            self.remove_run()
            self.settings, self.run_folder = before, folder
            return
        self.send(RELOAD_SIGNAL)
        self.wait_for_ends(RELOAD_DRAIN + GRACE_SECONDS)
        self.kill()
        shutil.rmtree(folder, ignore_errors=True)
        for slot in self.slots:
            slot.owners, slot.retry_at = [], 0.0
        logger.warning("The server has restarted with the new settings.")


CAUGHT = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
STOPPING = (signal.SIGINT, signal.SIGTERM)
