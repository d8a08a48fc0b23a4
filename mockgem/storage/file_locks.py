"""Locks that servers on one machine share: each is a byte of one file.

The operating system releases the locks of a process that ends, however it ends. Its locks belong to
the process, so the servers of one process also share one open file, which remembers who holds what.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from mockgem.core.scheduling import sleep
from mockgem.storage.memory import MemoryLocks

RETRY_SECONDS = 0.02
"""How long to wait before another try for a lock that another server holds."""
MAX_OFFSET = 2**30
SERVER_SLOTS = 64
"""Bytes after the locks: each running server holds one, so a server sees whether it is alone."""


class LockFile:
    """A file whose bytes are locks. It stays open, and never has any content.

    `open_lock_file` opens it, and `close` ends one use: the operating system drops all locks of a
    process on a file as soon as the process closes that file once.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self.descriptor = os.open(path, flags, 0o600)
        self.held: set[int] = set()
        self.guard = threading.Lock()
        self.users = 0

    def close(self) -> None:
        """End one use of the file; the last one closes it."""
        with OPENING:
            self.users -= 1
            if not self.users:
                OPEN_FILES.pop(get_identity(os.fstat(self.descriptor)), None)
                os.close(self.descriptor)

    def acquire(self, offset: int) -> bool:
        """Try to lock a byte, and return whether no other process has it."""
        with self.guard:
            if offset in self.held:
                return False
            try:
                lock_byte(self.descriptor, offset)
            except OSError:
                return False
            self.held.add(offset)
            return True

    def release(self, offset: int) -> None:
        with self.guard:
            self.held.discard(offset)
            unlock_byte(self.descriptor, offset)

    def take_slot(self) -> int:
        """Lock the slot of a server, and return its byte; -1 if there are too many servers."""
        slots = range(MAX_OFFSET, MAX_OFFSET + SERVER_SLOTS)
        return next((slot for slot in slots if self.acquire(slot)), -1)

    def has_other_servers(self, own_slot: int) -> bool:
        """Return whether another server holds a slot."""
        for slot in range(MAX_OFFSET, MAX_OFFSET + SERVER_SLOTS):
            if slot == own_slot:
                continue
            if not self.acquire(slot):
                return True
            self.release(slot)
        return False


OPEN_FILES: dict[tuple[int, int], LockFile] = {}
"""The lock files that this process has open, by device and inode. Locks of the operating system
belong to the process, and so does this table."""
OPENING = threading.Lock()


def open_lock_file(path: Path) -> LockFile:
    """Return the lock file of a path. All servers of this process share it. Raises OSError."""
    with OPENING:
        file = find_open_file(path)
        if file is None:
            file = LockFile(path)
            OPEN_FILES[get_identity(os.fstat(file.descriptor))] = file
        file.users += 1
        return file


def find_open_file(path: Path) -> LockFile | None:
    try:
        return OPEN_FILES.get(get_identity(path.stat()))
    except FileNotFoundError:
        return None


def get_identity(status: os.stat_result) -> tuple[int, int]:
    """Return what tells a file from all others on this machine."""
    return status.st_dev, status.st_ino


if sys.platform == "win32":
    import msvcrt

    def lock_byte(descriptor: int, offset: int) -> None:
        os.lseek(descriptor, offset, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def unlock_byte(descriptor: int, offset: int) -> None:
        os.lseek(descriptor, offset, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def lock_byte(descriptor: int, offset: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)

    def unlock_byte(descriptor: int, offset: int) -> None:
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, offset)


class FileLocks:
    """The locks of one world, between all requests of all servers that share its folder.

    The requests of one server wait for each other in order; servers try again and again.
    """

    def __init__(self, file: LockFile, world: str) -> None:
        self.file = file
        self.world = world
        self.local = MemoryLocks()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        offset = self.offset_of(name)
        async with self.local.hold(name):
            while not self.file.acquire(offset):
                await sleep(RETRY_SECONDS)
            try:
                yield
            finally:
                self.file.release(offset)

    def offset_of(self, name: str) -> int:
        digest = hashlib.blake2b(f"{self.world}\0{name}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % MAX_OFFSET
