"""A disk that is really small, for tests of what happens when it is full."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LIMIT = 600_000
"""Bytes of a file where no small disk can be mounted."""


@contextmanager
def mount_small_disk(folder: Path, size: str = "1m") -> Iterator[Path]:
    """Mount a small disk in a folder.

    Only root on Linux can do so. For others, no file of this process may grow large; then writes
    fail in the same way, with another error number. So no test is skipped.
    """
    folder.mkdir(exist_ok=True)
    if not can_mount(folder, size):
        with limit_file_size(LIMIT):
            yield folder
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def can_mount(folder: Path, size: str) -> bool:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def limit_file_size(size: int) -> Iterator[None]:
    """Let no file of this process have more bytes."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def fill_disk(folder: Path) -> Iterator[None]:
    """Leave not one byte on a small disk."""
    if not os.path.ismount(folder):
        with limit_file_size(0):
            yield
        return
    path = folder / "ballast"
    with path.open("wb", buffering=0) as file:
        for size in (65_536, 4096, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    yield
    path.unlink()
