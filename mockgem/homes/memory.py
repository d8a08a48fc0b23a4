"""State that ends with the server. Large bytes wait in files without a name, which end with it too."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from mockgem.core.store import Record

LARGE = 256 * 1024


class MemoryStore:
    """Records in dictionaries."""

    def __init__(self) -> None:
        self.collections: dict[str, dict[str, tuple[int, Record]]] = {}
        self.last = 0

    def get(self, collection: str, name: str) -> Record | None:
        found = self.collections.get(collection, {}).get(name)
        return None if found is None else copy.deepcopy(found[1])

    def put(self, collection: str, name: str, record: Record) -> None:
        held = self.collections.setdefault(collection, {})
        before = held.get(name)
        if before is None:
            self.last += 1
        held[name] = (self.last if before is None else before[0], copy.deepcopy(record))

    def change(self, collection: str, name: str, how: Callable[[Record], Record | None]) -> Record | None:
        record = self.get(collection, name)
        if record is None:
            return None
        changed = how(copy.deepcopy(record))
        if changed is None:
            return record
        self.put(collection, name, changed)
        return changed

    def delete(self, collection: str, name: str) -> bool:
        return self.collections.get(collection, {}).pop(name, None) is not None

    def after(self, collection: str, place: int, most: int) -> list[tuple[int, Record]]:
        found = []
        for at, record in reversed(self.collections.get(collection, {}).values()):
            if not place or at < place:
                found.append((at, copy.deepcopy(record)))
                if len(found) == most:
                    break
        return found

    def clear(self) -> None:
        self.collections.clear()


class MemoryBlobs:
    """Bytes in memory while they are few, else in temporary files."""

    def __init__(self) -> None:
        self.held: dict[str, IO[bytes]] = {}
        self.sizes: dict[str, int] = {}

    def __del__(self) -> None:
        self.clear()

    def append(self, name: str, at: int, data: bytes) -> None:
        file = self.held.get(name)
        if file is None:
            file = self.held[name] = tempfile.SpooledTemporaryFile(max_size=LARGE)  # noqa: SIM115 - it stays open
            self.sizes[name] = 0
        file.seek(at)
        file.truncate()
        file.write(data)
        self.sizes[name] = at + len(data)

    def size(self, name: str) -> int:
        return self.sizes.get(name, 0)

    def pieces(self, name: str, start: int = 0, size: int = 1 << 18) -> Iterator[bytes]:
        file = self.held.get(name)
        while file is not None:
            file.seek(start)
            data = file.read(size)
            if not data:
                return
            start += len(data)
            yield data

    def delete(self, name: str) -> None:
        file = self.held.pop(name, None)
        self.sizes.pop(name, None)
        if file is not None:
            file.close()

    def total(self) -> int:
        return sum(self.sizes.values())

    def clear(self) -> None:
        for name in list(self.held):
            self.delete(name)
