"""Locks that processes on one machine share: each is a byte of one file.

The operating system releases the locks of a process that ends, however it ends.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from mockgem.core.scheduling import sleep
from mockgem.storage.memory import MemoryLocks

RETRY_SECONDS = 0.02
"""How long to wait before another try for a lock that another process holds."""
MAX_OFFSET = 2**30


class LockFile:
    """A file whose bytes are locks between processes. It stays open, and never has any content."""

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        self.descriptor = os.open(path, flags, 0o600)

    def __del__(self) -> None:
        os.close(self.descriptor)

    def acquire(self, offset: int) -> bool:
        """Try to lock a byte, and return whether no other process has it."""
        try:
            lock_byte(self.descriptor, offset)
        except OSError:
            return False
        return True

    def release(self, offset: int) -> None:
        unlock_byte(self.descriptor, offset)


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
    """The locks of one world, between all requests of all processes.

    The operating system's locks belong to a process, so the requests of this process first wait for
    each other.
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
