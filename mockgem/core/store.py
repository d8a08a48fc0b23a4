"""What a world keeps between requests: records in named collections, and bytes by name.

The methods are coroutines because a store may live elsewhere. The stores of `mockgem.storage` never
suspend, so they also serve callers that drive coroutines without an event loop, as
`mockgem.core.scheduling.run_interleaved` does. A storage that suspends says so
(`mockgem.core.state.Storage.suspends`).
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from dataclasses import fields
from typing import Any, Generic, Protocol, TypeVar

from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen

Record = dict[str, Any]
"""What a store keeps: a JSON object."""
Kind = TypeVar("Kind")
CHUNK_BYTES = 1 << 18
LIST_BATCH = 100
"""Records that are read at once when all of a collection are listed."""


class Store(Protocol):
    """Records by collection and name, in the order in which they were first put.

    When `put`, `insert`, `update` or `delete` return, the change is as durable as the store is.
    Every method may raise ApiError: 429 if the disk is full, 507 if it can't be used.
    """

    async def get(self, collection: str, name: str) -> Record | None: ...

    async def put(self, collection: str, name: str, record: Record) -> None: ...

    async def insert(self, collection: str, name: str, record: Record) -> bool:
        """Put a record unless the name is taken. Of several callers at once only one gets True."""
        ...

    async def update(
        self, collection: str, name: str, change: Callable[[Record], Record | None]
    ) -> Record | None:
        """Replace a record by what `change` makes of it, and return the record as it is now.

        No other caller, in this process or another one, changes the record in between. A store may
        call `change` several times, so it must not have side effects. If `change` returns None, the
        record stays as it is. Returns None for a record that does not exist.
        """
        ...

    async def delete(self, collection: str, name: str) -> bool:
        """Delete a record, and return whether it existed."""
        ...

    async def list_records(
        self, collection: str, before: int, limit: int
    ) -> list[tuple[int, Record]]:
        """Return up to `limit` records with their positions, newest first.

        Only records at positions lower than `before` count; 0 starts at the newest record.
        """
        ...

    async def find_position(self, collection: str, name: str) -> int:
        """Return the position of a record in its collection, or 0 if there is no such record."""
        ...

    async def count_bytes(self) -> int:
        """Return about how many bytes the records take."""
        ...

    async def clear(self) -> None: ...


class Blobs(Protocol):
    """Bytes by name, written and read in chunks so that a large blob never is in memory."""

    async def append(self, name: str, at: int, data: bytes) -> None:
        """Write at an offset, and cut off what followed it. A write that fails adds nothing.

        Raises OSError or ApiError (429) if the disk is full, ApiError (507) if it can't be used.
        """
        ...

    async def flush(self, name: str) -> None:
        """Make what was written durable. Raises FileNotFoundError if the blob was deleted."""
        ...

    async def get_size(self, name: str) -> int:
        """Return the number of bytes, 0 if there is no such blob."""
        ...

    async def read(self, name: str, start: int, size: int) -> bytes:
        """Return up to `size` bytes from an offset; nothing at its end or without such a blob."""
        ...

    async def delete(self, name: str) -> None: ...

    async def count_bytes(self) -> int:
        """Return how many bytes all blobs have."""
        ...

    async def clear(self) -> None: ...


async def iter_chunks(
    blobs: Blobs, name: str, start: int = 0, size: int = CHUNK_BYTES
) -> AsyncIterator[bytes]:
    """Yield the bytes of a blob in chunks. It ends early if the blob is deleted."""
    while data := await blobs.read(name, start, size):
        start += len(data)
        yield data


async def read_blob(blobs: Blobs, name: str) -> bytes:
    """Return all bytes of a blob."""
    return await blobs.read(name, 0, await blobs.get_size(name))


@frozen
class Page(Generic[Kind]):
    """Some items, and the token of the next page, which is empty on the last page."""

    items: list[Kind]
    token: str = ""


class Collection(Generic[Kind]):
    """The records of one collection as values of one dataclass."""

    def __init__(self, store: Store, name: str, kind: type[Kind]) -> None:
        self.store = store
        self.name = name
        self.kind = kind
        self.fields = frozenset(item.name for item in fields(kind))  # type: ignore[arg-type]

    def from_record(self, record: Record) -> Kind:
        """Return a record as a value, without the fields that only another version knows."""
        return self.kind(**{key: part for key, part in record.items() if key in self.fields})

    async def get(self, name: str) -> Kind | None:
        record = await self.store.get(self.name, name)
        return None if record is None else self.from_record(record)

    async def insert(self, name: str, item: Kind) -> bool:
        """Put an item unless the name is taken, and return whether it was free."""
        return await self.store.insert(self.name, name, to_record(item))

    async def put(self, name: str, item: Kind) -> None:
        await self.store.put(self.name, name, to_record(item))

    async def update(self, name: str, change: Callable[[Kind], Kind | None]) -> Kind | None:
        """Replace an item by what `change` makes of it, as `Store.update` does with records."""

        def apply_change(record: Record) -> Record | None:
            item = change(self.from_record(record))
            return None if item is None else to_record(item)

        record = await self.store.update(self.name, name, apply_change)
        return None if record is None else self.from_record(record)

    async def delete(self, name: str) -> bool:
        return await self.store.delete(self.name, name)

    async def get_page(
        self, size: int, token: str = "", keep: Callable[[Kind], bool] = lambda item: True
    ) -> Page[Kind]:
        """Return a page of the items that `keep` accepts, newest first.

        Raises ApiError for a token that no page had.
        """
        before = decode_page_token(token)
        items: list[Kind] = []
        while batch := await self.store.list_records(self.name, before, size + 1):
            for position, record in batch:
                item = self.from_record(record)
                if keep(item):
                    if len(items) == size:
                        return Page(items, encode_page_token(before))
                    items.append(item)
                before = position
        return Page(items)

    async def token_after(self, name: str) -> str:
        """Return the token of the page that begins after an item."""
        return encode_page_token(await self.store.find_position(self.name, name))

    async def list_all(self) -> list[Kind]:
        """Return all items, newest first."""
        items: list[Kind] = []
        before = 0
        while batch := await self.store.list_records(self.name, before, LIST_BATCH):
            items += [self.from_record(record) for _, record in batch]
            before = batch[-1][0]
        return items


def to_record(item: Any) -> Record:
    """Return the fields of a value. The store copies what is in them."""
    return {one.name: getattr(item, one.name) for one in fields(item)}


def encode_page_token(position: int) -> str:
    return urlsafe_b64encode(b"after:%d" % position).decode().rstrip("=")


def decode_page_token(token: str) -> int:
    """Return the position in a token, 0 for an empty one. Raises ApiError for any other text."""
    if not token:
        return 0
    try:
        prefix, _, number = urlsafe_b64decode(token + "=" * (-len(token) % 4)).partition(b":")
        if prefix == b"after" and 0 < int(number) < 2**62:
            return int(number)
    except ValueError:
        pass
    raise invalid("Request contains an invalid argument.", "page_token")
