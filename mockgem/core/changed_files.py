"""Notice that a file was written again."""

from __future__ import annotations

from pathlib import Path


class FileStamp:
    """What a file looked like when it was read last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stamp = self.read()

    def read(self) -> tuple[int, int] | None:
        """Return the time of the last change and the size; None without a file."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def has_changed(self) -> bool:
        """Return whether the file was written since the last call. A deleted file has not."""
        stamp = self.read()
        if stamp is None or stamp == self.stamp:
            return False
        self.stamp = stamp
        return True
