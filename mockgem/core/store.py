"""What is kept between requests: named collections of records, with one rule for pages; and bytes."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from typing import Any, Generic, Protocol, TypeVar

from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen

Record = dict[str, Any]
"""What a store holds: JSON's own values."""
Kind = TypeVar("Kind")


class Store(Protocol):
    """Records by collection and id, in the order in which they were first put.

    What `put`, `change` and `delete` have done when they return is done for good, as far as the store outlives anything.
    """

    def get(self, collection: str, name: str) -> Record | None: ...

    def put(self, collection: str, name: str, record: Record) -> None: ...

    def insert(self, collection: str, name: str, record: Record) -> bool:
        """Put a record where there is none. Of all who try at once, one is told that it did."""
        ...

    def update(
        self, collection: str, name: str, how: Callable[[Record], Record | None]
    ) -> Record | None:
        """Replace a record by what becomes of it, with nobody in between; None leaves it. Gives what it is now."""
        ...

    def delete(self, collection: str, name: str) -> bool: ...

    def list_records(self, collection: str, place: int, limit: int) -> list[tuple[int, Record]]:
        """Up to so many records put before `place` (0: the last one), newest first, each with its own place."""
        ...

    def find_position(self, collection: str, name: str) -> int:
        """The place of a record among those of its collection, 0 if there is none."""
        ...

    def count_bytes(self) -> int:
        """About how many bytes its records take."""
        ...

    def clear(self) -> None: ...


class Blobs(Protocol):
    """Bytes by name. They are written piece by piece, and read the same way, so that no large one stands in memory."""

    def append(self, name: str, at: int, data: bytes) -> None:
        """Write at a place; what stood behind it is cut off. Raises OSError where there is no room."""
        ...

    def flush(self, name: str) -> None:
        """Have what was written on the disk, as far as there is one."""
        ...

    def get_size(self, name: str) -> int: ...

    def iter_chunks(self, name: str, start: int = 0, size: int = 1 << 18) -> Iterator[bytes]: ...

    def delete(self, name: str) -> None: ...

    def count_bytes(self) -> int: ...

    def clear(self) -> None: ...


@frozen
class Page(Generic[Kind]):
    """Some records, and the token of the page behind them, empty if there is none."""

    items: list[Kind]
    token: str = ""


class Collection(Generic[Kind]):
    """One kind of value in a store, under one name."""

    def __init__(self, store: Store, name: str, kind: type[Kind]) -> None:
        self.store = store
        self.name = name
        self.kind = kind
        self.fields = frozenset(one.name for one in fields(kind))  # type: ignore[arg-type]

    def from_record(self, record: Record) -> Kind:
        """A record as a value; what another version kept beside is passed over."""
        return self.kind(**{key: part for key, part in record.items() if key in self.fields})

    def get(self, name: str) -> Kind | None:
        record = self.store.get(self.name, name)
        return None if record is None else self.from_record(record)

    def insert(self, name: str, item: Kind) -> bool:
        return self.store.insert(self.name, name, asdict(item))  # type: ignore[call-overload]

    def put(self, name: str, item: Kind) -> None:
        self.store.put(self.name, name, asdict(item))  # type: ignore[call-overload]

    def update(self, name: str, how: Callable[[Kind], Kind | None]) -> Kind | None:
        """Replace an item by what becomes of it; None leaves it as it is. Gives what it is now, None if there is none."""

        def apply_change(record: Record) -> Record | None:
            item = how(self.from_record(record))
            return None if item is None else asdict(item)  # type: ignore[call-overload]

        record = self.store.update(self.name, name, apply_change)
        return None if record is None else self.from_record(record)

    def delete(self, name: str) -> bool:
        return self.store.delete(self.name, name)

    def get_page(
        self, size: int, token: str = "", keep: Callable[[Kind], bool] = lambda item: True
    ) -> Page[Kind]:
        """Newest first. Raises ApiError for a token nobody gave out."""
        place = decode_page_token(token)
        found: list[Kind] = []
        while batch := self.store.list_records(self.name, place, size + 1):
            for at, record in batch:
                item = self.from_record(record)
                if not keep(item):
                    place = at
                    continue
                if len(found) == size:
                    return Page(found, encode_page_token(place))
                found.append(item)
                place = at
        return Page(found)

    def token_after(self, name: str) -> str:
        """The token of the page that begins behind an item."""
        return encode_page_token(self.store.find_position(self.name, name))

    def iter_all(self) -> Iterator[Kind]:
        place = 0
        while batch := self.store.list_records(self.name, place, 100):
            yield from (self.from_record(record) for _, record in batch)
            place = batch[-1][0]


def encode_page_token(place: int) -> str:
    return urlsafe_b64encode(b"after:%d" % place).decode().rstrip("=")


def decode_page_token(token: str) -> int:
    if not token:
        return 0
    try:
        head, _, number = urlsafe_b64decode(token + "=" * (-len(token) % 4)).partition(b":")
        if head == b"after" and 0 < int(number) < 2**62:
            return int(number)
    except ValueError:
        pass
    raise invalid("Request contains an invalid argument.", "page_token")
