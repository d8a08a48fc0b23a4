"""Limit processes to a share of a core, with Linux's control groups (version 1 or 2; needs root).

Several processes and their load fit on few cores if each process has only a part of one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
PERIOD = 20_000
"""Microseconds of a period, in which a process may run for its share."""


@contextmanager
def limit_to_share(pids: Sequence[int], share: float) -> Iterator[None]:
    """Let each process run for no more than a share of the time.

    Raises OSError if control groups are missing or not allowed.
    """
    parent = find_parent()
    groups = [parent / f"mockgem-{os.getpid()}-{pid}" for pid in pids]
    try:
        for pid, group in zip(pids, groups, strict=True):
            group.mkdir()
            set_quota(group, round(PERIOD * share))
            (group / "cgroup.procs").write_text(str(pid))
        yield
    finally:
        for pid, group in zip(pids, groups, strict=True):
            if group.exists():
                leave(pid, parent)
                group.rmdir()


def find_parent() -> Path:
    """Return the group in which groups with a limit can be made. Raises OSError."""
    if (ROOT / "cpu" / "cpu.cfs_quota_us").exists() or (ROOT / "cpu" / "cgroup.procs").exists():
        return ROOT / "cpu"
    (ROOT / "cgroup.subtree_control").write_text("+cpu")
    return ROOT


def set_quota(group: Path, quota: int) -> None:
    """Set how many microseconds of each PERIOD the processes of a group may run."""
    if (group / "cpu.max").exists():
        (group / "cpu.max").write_text(f"{quota} {PERIOD}")
        return
    (group / "cpu.cfs_period_us").write_text(str(PERIOD))
    (group / "cpu.cfs_quota_us").write_text(str(quota))


def leave(pid: int, parent: Path) -> None:
    """Move a process out of its group, unless it has ended."""
    with suppress(ProcessLookupError):
        (parent / "cgroup.procs").write_text(str(pid))
