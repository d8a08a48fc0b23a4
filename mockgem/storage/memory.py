"""State that ends with the server. Large bytes wait in files without a name, which end with it too."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import IO

from mockgem.core.store import Record

MAX_IN_MEMORY = 256 * 1024


class MemoryStore:
    """Records in dictionaries."""

    def __init__(self) -> None:
        self.collections: dict[str, dict[str, tuple[int, Record]]] = {}
        self.last_position = 0
        self.byte_count = 0

    def get(self, collection: str, name: str) -> Record | None:
        found = self.collections.get(collection, {}).get(name)
        return None if found is None else copy.deepcopy(found[1])

    def put(self, collection: str, name: str, record: Record) -> None:
        held = self.collections.setdefault(collection, {})
        before = held.get(name)
        if before is None:
            self.last_position += 1
        self.byte_count += estimate_size(record) - (estimate_size(before[1]) if before else 0)
        held[name] = (self.last_position if before is None else before[0], copy.deepcopy(record))

    def insert(self, collection: str, name: str, record: Record) -> bool:
        if name in self.collections.get(collection, {}):
            return False
        self.put(collection, name, record)
        return True

    def update(
        self, collection: str, name: str, how: Callable[[Record], Record | None]
    ) -> Record | None:
        record = self.get(collection, name)
        if record is None:
            return None
        changed = how(copy.deepcopy(record))
        if changed is None:
            return record
        self.put(collection, name, changed)
        return changed

    def delete(self, collection: str, name: str) -> bool:
        found = self.collections.get(collection, {}).pop(name, None)
        if found is None:
            return False
        self.byte_count -= estimate_size(found[1])
        return True

    def list_records(self, collection: str, place: int, limit: int) -> list[tuple[int, Record]]:
        found = []
        for at, record in reversed(self.collections.get(collection, {}).values()):
            if not place or at < place:
                found.append((at, copy.deepcopy(record)))
                if len(found) == limit:
                    break
        return found

    def find_position(self, collection: str, name: str) -> int:
        found = self.collections.get(collection, {}).get(name)
        return found[0] if found else 0

    def count_bytes(self) -> int:
        return self.byte_count

    def clear(self) -> None:
        self.collections.clear()
        self.byte_count = 0


def estimate_size(record: Record) -> int:
    """About what a record takes: its text, and something for itself."""
    return len(str(record)) + 200


class MemoryBlobs:
    """Bytes in memory while they are few, else in temporary files."""

    def __init__(self) -> None:
        self.small: dict[str, bytearray] = {}
        self.large: dict[str, IO[bytes]] = {}
        self.sizes: dict[str, int] = {}
        self.byte_count = 0

    def __del__(self) -> None:
        self.clear()

    def append(self, name: str, at: int, data: bytes) -> None:
        if name not in self.large and at + len(data) <= MAX_IN_MEMORY:
            held = self.small.setdefault(name, bytearray())
            held[at:] = data
        else:
            file = self.large.get(name) or self.open_spill_file(name)
            file.seek(at)
            file.truncate()
            file.write(data)
        self.byte_count += at + len(data) - self.sizes.get(name, 0)
        self.sizes[name] = at + len(data)

    def open_spill_file(self, name: str) -> IO[bytes]:
        """The file that bytes go to which have become many."""
        import tempfile

        file = self.large[name] = tempfile.TemporaryFile()  # noqa: SIM115 - it stays open
        file.write(self.small.pop(name, b""))
        return file

    def flush(self, name: str) -> None:
        """Nothing here outlives the server."""

    def get_size(self, name: str) -> int:
        return self.sizes.get(name, 0)

    def iter_chunks(self, name: str, start: int = 0, size: int = 1 << 18) -> Iterator[bytes]:
        while data := self.read_chunk(name, start, size):
            start += len(data)
            yield data

    def read_chunk(self, name: str, start: int, size: int) -> bytes:
        if (file := self.large.get(name)) is None:
            return bytes(self.small.get(name, b"")[start : start + size])
        file.seek(start)
        return file.read(size)

    def delete(self, name: str) -> None:
        self.small.pop(name, None)
        self.byte_count -= self.sizes.pop(name, 0)
        if (file := self.large.pop(name, None)) is not None:
            file.close()

    def count_bytes(self) -> int:
        return self.byte_count

    def clear(self) -> None:
        for name in list(self.sizes):
            self.delete(name)
