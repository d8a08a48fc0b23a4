"""A page of the journal: as many entries as one response has room for."""

from __future__ import annotations

from typing import Any, Protocol

from mockgem.core.cache import BoundedCache
from mockgem.core.journal import ENTRY_OVERHEAD, JournalEntry, estimate_size
from mockgem.dialects.admin.json_endpoint import Json
from mockgem.dialects.common.json_writer import dump_compact

MAX_PAGE_BYTES = 8 * 2**20
"""Bytes of the entries in one response. It has at least one entry, however large."""


class EntryRenderer(Protocol):
    """Returns an entry as JSON values, without secrets."""

    def __call__(self, entry: JournalEntry, *, bodies: bool) -> Json: ...


class JournalPage:
    """Collects the entries of a page, and counts those that follow it."""

    def __init__(self, limit: int, *, bodies: bool) -> None:
        self.limit = limit
        self.bodies = bodies
        self.entries: list[JournalEntry] = []
        self.byte_count = 0
        self.found = 0

    def add(self, entry: JournalEntry) -> None:
        """Count an entry, and keep it if the page has room."""
        self.found += 1
        is_full = self.byte_count >= MAX_PAGE_BYTES or len(self.entries) >= self.limit
        if not is_full and self.found == len(self.entries) + 1:
            self.entries.append(entry)
            self.byte_count += estimate_size(entry) if self.bodies else ENTRY_OVERHEAD

    def render(
        self, render: EntryRenderer, cache: BoundedCache[Any, tuple[Json, int]]
    ) -> list[Json]:
        """Return the first entries as JSON values, up to the limit of a page.

        To remove the secrets of large bodies takes long, so the result is cached.
        """
        rendered: list[Json] = []
        room = MAX_PAGE_BYTES
        for entry in self.entries:
            key = (*identify(entry), self.bodies, render)
            known = cache.get(key)
            if known is None:
                value = render(entry, bodies=self.bodies)
                known = value, len(dump_compact(value))
                cache.put(key, known, known[1])
            room -= known[1]
            if room < 0 and rendered:
                break
            rendered.append(known[0])
        return rendered


def identify(entry: JournalEntry) -> tuple[Any, ...]:
    """Return what differs between entries of all worlds, and between the states of one entry."""
    return entry.started_at, entry.number, entry.ended_at, entry.outcome, entry.size, entry.unsent
