"""Read the journal of a world by filters and pages, wait for requests, and count entries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import EMPTY, ChunkedBody
from mockgem.core.journal import KEPT_BODY_BYTES, Journal, JournalEntry
from mockgem.core.scheduling import run_aside
from mockgem.dialects.admin.journal_page import JournalPage
from mockgem.dialects.admin.json_endpoint import AdminRoute, Json
from mockgem.redaction.credentials import find_credentials, is_secret_pair
from mockgem.redaction.finder import SecretFinder, hide_secrets
from mockgem.redaction.names import is_secret_header

FILTERS = ("path", "model", "method", "surface", "source", "scenario", "rule", "status", "outcome")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
MAX_WAIT = 60.0
MAX_ENTRIES, MAX_WAITERS, MAX_NUMBER = 1000, 50, 999_999_999
QUERY_SCHEMAS: dict[str, Json] = {
    **{name: {"type": "string"} for name in (*FILTERS, "text")},
    **{name: {"type": "integer", "minimum": 0} for name in ("after", "limit", "count")},
    "wait": {"type": "string", "examples": ["5s"]},
    "bodies": {"type": "string", "enum": ["true", "false"]},
}
Redact = Callable[[str], str]


async def read_journal(query: Json, context: OperationContext) -> Json:
    """Return up to `limit` matching entries after the entry with the number `after`.

    An answer has at most about 8 MiB; `next` is the `after` of the next page. With `wait` it waits
    that long, until `count` entries match. Raises ApiError for options that are not valid.
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
    async for entry in journal.iter_entries(after):
        if is_match(entry, query):
            page.add(entry)
    rendered = await run_aside(page.render, render_entry, journal.rendered)
    return {
        "entries": rendered,
        "found": page.found,
        "next": rendered[-1]["number"] if page.found > len(rendered) else None,
        "total": journal.count,
        **list_forgotten(journal),
    }


def list_forgotten(journal: Journal) -> Json:
    """Return what the journal still knows of requests that it forgot and no test expected."""
    entries = [render_entry(entry, bodies=True) for entry in journal.forgotten]
    return {"forgotten": entries} if entries else {}


class EntryCounter:
    """Counts matching entries. It looks at each entry once."""

    def __init__(self, after: int, filters: Json) -> None:
        self.after = after
        self.filters = filters
        self.count = 0

    async def update(self, journal: Journal) -> int:
        async for entry in journal.iter_entries(self.after):
            self.count += is_match(entry, self.filters)
        self.after = max(self.after, journal.count)
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


def read_number(
    query: Json, name: str, default: int, least: int = 0, most: int = MAX_NUMBER
) -> int:
    text = str(query.get(name, default))
    if not re.fullmatch(r"[0-9]{1,9}", text) or not least <= int(text) <= most:
        raise invalid(f"{name} {text[:40]!r} is not valid: use a number from {least} to {most}")
    return int(text)


def read_seconds(text: Any) -> float:
    try:
        return clock.parse_seconds(text)
    except ValueError as error:
        raise invalid(str(error)) from None


def read_boolean(query: Json, name: str) -> bool:
    value = BOOLEANS.get(str(query.get(name, "true")).lower())
    if value is None:
        raise invalid(f"{name} {str(query[name])[:40]!r} is not valid: use true or false")
    return value


def is_match(entry: JournalEntry, query: Json) -> bool:
    """Return whether an entry matches all patterns, and `text` occurs in the request's body."""
    details = entry.scenario_details or {}
    values = {
        "path": entry.path,
        "model": entry.model,
        "method": entry.method,
        "surface": entry.surface,
        "source": entry.source,
        "status": str(status_of(entry) or ""),
        "outcome": entry.outcome,
        "scenario": str(details.get("scenario", "")),
        "rule": str(details.get("rule", "")),
    }
    for name in FILTERS:
        if name in query and not fnmatchcase(values[name], read_pattern(name, query)):
            return False
    return str(query.get("text", "")).encode() in entry.wire.body


def read_pattern(name: str, query: Json) -> str:
    """Return the pattern of a filter. For a status, 4xx means the same as 4??."""
    text = str(query[name])
    if name != "status":
        return text
    if not re.fullmatch(r"[\dx*?]{1,3}", text):
        raise invalid(f"status {text[:40]!r} is not valid: use 429, or a pattern like 4xx")
    return text.replace("x", "?")


async def read_entry(query: Json, context: OperationContext) -> Json:
    """Raises ApiError (404) for an entry that does not exist, or not any more."""
    number = read_number(query, "number", 0)
    entry = await context.world.journal.find_entry(number)
    if entry is not None:
        return await run_aside(render_entry, entry, bodies=True)
    message = f"the journal has no entry {number}: it may have been dropped to make room"
    raise ApiError(Failure(Code.NOT_FOUND, message))


async def clear_journal(query: Json, context: OperationContext) -> Json:
    await context.world.journal.clear()
    return {"cleared": True}


async def read_counters(query: Json, context: OperationContext) -> Json:
    """Count the entries of the journal by status, source, surface, model and outcome."""
    journal = context.world.journal
    entries = await journal.list_entries()
    return {
        "total": journal.count,
        "kept": len(entries),
        "bytes": await journal.count_bytes(),
        "status": count_values(str(status_of(entry) or "none") for entry in entries),
        "source": count_values(entry.source for entry in entries),
        "surface": count_values(entry.surface for entry in entries),
        "model": count_values(hide_secrets(entry.model) for entry in entries),
        "outcome": count_values(entry.outcome for entry in entries),
    }


def count_values(values: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items()))


def render_entry(entry: JournalEntry, *, bodies: bool) -> Json:
    """Return an entry as JSON values, without the credentials of its request."""
    from mockgem.redaction.body import redact_body

    wire, query = entry.wire, dict(entry.wire.query or EMPTY)
    finder = SecretFinder(find_credentials(wire.headers.items(), query.items(), wire.body))
    redact = finder.redact

    def render_body(body: bytes) -> str:
        return redact_body(body, (), finder)[0].decode("utf-8", "replace")

    rendered: Json = {
        "number": entry.number,
        "at": clock.format_time(entry.at),
        "method": entry.method,
        "path": redact(entry.path),
        "query": render_query(query, redact),
        "surface": entry.surface,
        "model": redact(entry.model),
        "status": status_of(entry),
        "source": entry.source,
        "seconds": round(entry.seconds, 6),
        "took": round(max(entry.ended_at - entry.started_at, 0.0), 6),
        "outcome": entry.outcome,
        "size": entry.size,
        **(entry.scenario_details or {}),
    }
    if bodies and entry.status == 101:
        rendered["messages"] = [json.loads(redact(line)) for line in read_lines(entry.body)]
    if bodies:
        rendered["request"] = {
            "headers": render_headers(wire.headers, redact),
            "body": render_body(wire.body),
            **describe_truncation(wire.body, entry.request_size),
        }
        rendered["response"] = {
            "headers": render_headers(dict(entry.headers), redact),
            "body": render_body(strip_chunked_coding(entry)),
            **describe_truncation(entry.body, entry.size),
        }
    return rendered


def read_lines(body: bytes) -> list[str]:
    """Return the messages of a socket, each as one line of JSON."""
    return body.decode("utf-8", "replace").splitlines()


def describe_truncation(kept: bytes, size: int) -> Json:
    """Return the whole size of a body of which the journal kept the beginning only."""
    return {"cut": True, "size": size} if len(kept) == KEPT_BODY_BYTES < size else {}


def status_of(entry: JournalEntry) -> int | None:
    """Return the status. None if no byte of the response was sent."""
    return None if entry.unsent and entry.outcome != "open" else entry.status


def render_headers(headers: Mapping[str, str], redact: Redact) -> Json:
    return {name: "…" if is_secret_header(name) else redact(text) for name, text in headers.items()}


def render_query(query: Mapping[str, str], redact: Redact) -> Json:
    return {
        name: "…" if is_secret_pair(name, text) else redact(text) for name, text in query.items()
    }


def strip_chunked_coding(entry: JournalEntry) -> bytes:
    """Return the body without HTTP's chunked coding, if the journal kept it whole."""
    body = entry.body
    if entry.outcome != "whole" or not body[:1].isalnum() or b"\r\n" not in body[:12]:
        return body
    try:
        return ChunkedBody(body).join_chunks()
    except ValueError:
        return body


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
    AdminRoute("DELETE", "/journal", "Clear the journal", clear_journal),
    AdminRoute("GET", "/counters", "Count entries by status, source, surface, …", read_counters),
)
