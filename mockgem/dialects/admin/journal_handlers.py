"""Read the journal of a world by filters and pages, wait for requests, and count entries."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.journal import Journal, JournalEntry
from mockgem.core.scheduling import run_aside
from mockgem.dialects.admin.journal_filters import (
    MAX_NUMBER,
    QUERY_FILTERS,
    is_match,
    read_boolean,
    read_number,
    read_pattern,
    read_seconds,
)
from mockgem.dialects.admin.journal_page import JournalPage
from mockgem.dialects.admin.journal_preview import build_preview, describe_arrival
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.dialects.admin.rendered_entry import render_entry, status_of

MAX_WAIT = 60.0
MAX_ENTRIES, MAX_WAITERS = 1000, 50
ORDERS = ("asc", "desc")
QUERY_SCHEMAS: dict[str, Json] = {
    **QUERY_FILTERS,
    **{name: {"type": "integer", "minimum": 0} for name in ("after", "before", "limit", "count")},
    "order": {"type": "string", "enum": list(ORDERS)},
    "wait": {"type": "string", "examples": ["5s"]},
    "bodies": {"type": "string", "enum": ["true", "false"]},
    "preview": {"type": "string", "enum": ["true", "false"]},
}


async def read_journal(query: Json, context: OperationContext) -> Json:
    """Return up to `limit` matching entries after the entry with the number `after`.

    An answer has at most about 8 MiB; `next` is the `after` of the next page. With `wait` it waits
    that long, until `count` entries match. With `order=desc` the newest entries come first, up to
    the entry before the number `before`, and `next` is the `before` of the next page.

    Raises ApiError for options that are not valid.
    """
    if "status" in query:
        read_pattern("status", query)
    journal = context.world.journal
    after = read_number(query, "after", 0)
    limit = read_number(query, "limit", 100, 1, MAX_ENTRIES)
    count = read_number(query, "count", 1, 1, MAX_ENTRIES)
    wait = min(read_seconds(query.get("wait", "0")), MAX_WAIT)
    if wait > 0:
        await wait_for_entries(journal, EntryCounter(after, query), count, wait)
    page = JournalPage(limit, bodies=read_boolean(query, "bodies"))
    is_descending = read_order(query) == "desc"
    if is_descending:
        await collect_newest(page, journal, after, query)
    else:
        async for entry in journal.iter_entries(after):
            if is_match(entry, query):
                page.add(entry)
    with_preview = read_boolean(query, "preview", "false")
    render = render_with_preview if with_preview else render_entry
    rendered = await run_aside(page.render, render, journal.rendered)
    return {
        "entries": rendered,
        "found": page.found,
        "next": rendered[-1]["number"] if page.found > len(rendered) else None,
        "total": journal.count,
        **list_forgotten(journal),
    }


def read_order(query: Json) -> str:
    """Return asc or desc. Raises ApiError for another order, and for `before` without desc."""
    order = str(query.get("order", "asc"))
    if order not in ORDERS:
        raise invalid(f"order {order[:40]!r} is not valid: use asc or desc")
    if "before" in query and order == "asc":
        raise invalid("before is for the newest entries first: add order=desc, or use after")
    return order


async def collect_newest(page: JournalPage, journal: Journal, after: int, query: Json) -> None:
    """Add the newest entries before the entry with the number `before` to a page."""
    before = read_number(query, "before", MAX_NUMBER)
    newest: deque[JournalEntry] = deque(maxlen=page.limit)
    found = 0
    async for entry in journal.iter_entries(after):
        if entry.number < before and is_match(entry, query):
            newest.append(entry)
            found += 1
    for entry in reversed(newest):
        page.add(entry)
    page.found = found


def render_with_preview(entry: JournalEntry, *, bodies: bool) -> Json:
    return render_entry(entry, bodies=bodies) | build_preview(entry)


def list_forgotten(journal: Journal) -> Json:
    """Return what the journal still knows of requests that it forgot and no test expected."""
    entries = [render_entry(entry, bodies=True) for entry in journal.remembered]
    return {"forgotten": entries} if entries else {}


class EntryCounter:
    """Counts matching entries. It looks at each entry once."""

    def __init__(self, after: int, filters: Json) -> None:
        self.after = after
        self.filters = filters
        self.count = 0

    async def update(self, journal: Journal) -> int:
        async for entry in journal.iter_entries(self.after):
            self.after = entry.number
            self.count += is_match(entry, self.filters)
        return self.count


async def wait_for_entries(
    journal: Journal, counter: EntryCounter, count: int, seconds: float
) -> None:
    """Wait for matching entries. Raises ApiError if too many requests wait already."""
    if len(journal.waiters) >= MAX_WAITERS:
        message = f"{MAX_WAITERS} requests wait for this journal already, which is the limit"
        raise ApiError(Failure(Code.RESOURCE_EXHAUSTED, message))

    async def is_done() -> bool:
        return await counter.update(journal) >= count

    await journal.wait(is_done, seconds)


async def read_entry(query: Json, context: OperationContext) -> Json:
    """Raises ApiError (404) for an entry that does not exist, or not any more."""
    entry = await find_entry(query, context)
    return await run_aside(render_whole, entry)


def render_whole(entry: JournalEntry) -> Json:
    """Return an entry with its bodies, and when it came by the clock of this machine."""
    return render_entry(entry, bodies=True) | describe_arrival(entry)


async def read_cassette(query: Json, context: OperationContext) -> Json:
    """Raises ApiError (404) for an entry that does not exist, and (400) for one that is not
    whole."""
    entry = await find_entry(query, context)
    from mockgem.dialects.admin.entry_cassette import encode_entry

    return {"cassette": await run_aside(encode_entry, entry)}


async def find_entry(query: Json, context: OperationContext) -> JournalEntry:
    """Return the entry that a path names. Raises ApiError (404)."""
    number = read_number(query, "number", 0)
    await context.world.journal.refresh()
    entry = await context.world.journal.find_entry(number)
    if entry is not None:
        return entry
    message = f"the journal has no entry {number}: it may have been dropped to make room"
    raise ApiError(Failure(Code.NOT_FOUND, message))


async def clear_journal(query: Json, context: OperationContext) -> Json:
    await context.world.journal.clear()
    return {"cleared": True}


async def read_counters(query: Json, context: OperationContext) -> Json:
    """Count the entries of the journal by status, source, surface, model and outcome.

    `paths` counts the requests of all worlds since the start of the server: `fast` ones were
    answered where they arrived, for `slow` ones aiohttp started a task.
    """
    from mockgem.redaction.finder import hide_secrets

    journal = context.world.journal
    entries = await journal.list_entries()
    counts = context.world.path_counts
    return {
        "total": journal.count,
        "kept": len(entries),
        "bytes": await journal.count_bytes(),
        "status": count_values(str(status_of(entry) or "none") for entry in entries),
        "source": count_values(entry.source for entry in entries),
        "surface": count_values(entry.surface for entry in entries),
        "model": count_values(hide_secrets(entry.model) for entry in entries),
        "outcome": count_values(entry.outcome for entry in entries),
        "paths": {
            "fast": counts.fast + counts.fast_elsewhere,
            "slow": counts.slow + counts.slow_elsewhere,
        },
    }


def count_values(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items()))


ROUTES = (
    AdminRoute(
        "GET",
        "/journal",
        "Read requests and responses, or wait for requests",
        read_journal,
        may_wait=True,
        query_schemas=QUERY_SCHEMAS,
    ),
    AdminRoute(
        "GET", "/journal/{number}", "Read one entry of the journal", read_entry, may_wait=True
    ),
    AdminRoute(
        "GET",
        "/journal/{number}/cassette",
        "Turn an entry into a cassette",
        read_cassette,
        may_wait=True,
    ),
    AdminRoute("DELETE", "/journal", "Clear the journal", clear_journal),
    AdminRoute("GET", "/counters", "Count entries by status, source, surface, …", read_counters),
)
