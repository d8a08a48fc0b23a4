"""What the workers of a server share from its start to its end, and which settings fit them."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mockgem.app.factory import create_app
from mockgem.cli.running import StartupError
from mockgem.config.settings import Settings
from mockgem.storage.redis_url import is_server_url
from mockgem.storage.run_database import RunDatabase
from mockgem.storage.worker_storage import WorkerSeat
from mockgem.storage.worker_table import WorkerTable

MAX_SOCKET_PATH = 80
"""Characters of a folder in which Unix sockets can be opened on all systems."""


def check_settings(settings: Settings) -> None:
    """Raise StartupError for what can't work in several processes."""
    if settings.cassette or settings.record_mode != "none":
        raise StartupError(
            f"--cassette does not work with --workers {settings.workers}: a cassette has one "
            "writer, and one process knows which recordings were played. Use --workers 1."
        )


def make_run_folder() -> Path:
    """Create the folder for what workers share until the server ends."""
    folder = tempfile.mkdtemp(prefix="mockgem-")
    if len(folder) > MAX_SOCKET_PATH:
        os.rmdir(folder)
        folder = tempfile.mkdtemp(prefix="mockgem-", dir="/tmp")
    return Path(folder)


def prepare_run(settings: Settings, folder: Path) -> None:
    """Create what is in the folder of a run, and check that a worker can start.

    Raises OSError and ValueError for settings that can't be used.
    """
    if not is_server_url(settings.state):
        RunDatabase(folder).close()
    seat = WorkerSeat(0, 0, folder, WorkerTable(settings.workers))
    create_app(settings, seat=seat).storage.close()


def collect_ended() -> Iterator[tuple[int, int]]:
    """Return the processes that have ended since the last call, with their statuses."""
    with contextlib.suppress(ChildProcessError):  # without any process
        while True:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            yield process, status
