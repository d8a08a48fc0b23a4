"""Read files that users name. Only regular files: to open a FIFO or a device may wait for ever."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_regular_file(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError, also for a folder or a device."""
    check_regular_file(path)
    return path.read_bytes()


def check_regular_file(path: Path) -> None:
    """Raise OSError for a path without a file: also a directory, a FIFO, a socket or a device."""
    mode = os.stat(path).st_mode
    for is_kind, name in KINDS:
        if is_kind(mode):
            message = f"this is {name}; use a regular file"
            raise OSError(errno.EINVAL, message, str(path))
