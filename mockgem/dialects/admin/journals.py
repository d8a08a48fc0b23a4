"""The journal of a world: what was asked and answered, by filters and pages; and waiting for a request to come."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from mockgem.cassettes.redaction import PATTERNS, literals, substituted
from mockgem.core import clock
from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.journal import Entry
from mockgem.core.wire import NOTHING, Pieces
from mockgem.dialects.admin.reading import Json

FILTERS = ("path", "model", "method", "surface", "source", "scenario", "rule", "status", "outcome")
PAGING = ("after", "limit", "wait", "count", "bodies", "text")
MOST_WAITED = 60.0
SECRET_HEADERS = (
    "authorization",
    "x-goog-api-key",
    "api-key",
    "x-api-key",
    "cookie",
    "set-cookie",
    "proxy-authorization",
    "x-mockgem-token",
)


async def read_journal(asked: Json, occasion: Occasion) -> Json:
    """Entries after a number that fit, up to `limit`. With `wait` it waits so many seconds for `count` of them."""
    if unknown := sorted(asked.keys() - {*FILTERS, *PAGING}):
        raise invalid(f"there is no filter {unknown[0]!r}; there are {', '.join((*FILTERS, *PAGING))}")
    journal = occasion.world.journal
    after, limit, count = (number_in(asked, name, usual) for name, usual in (("after", 0), ("limit", 100), ("count", 1)))
    wait = min(seconds_in(asked.get("wait", "0")), MOST_WAITED)

    def found() -> list[Entry]:
        return [one for one in journal.entries if one.number > after and fitting(one, asked)]

    if wait > 0:
        await journal.wait(lambda: len(found()) >= count, wait)
    entries = found()
    shown = entries[: min(limit, 1000)]
    bodies = asked.get("bodies", "true") != "false"
    return {
        "entries": [entry_json(one, bodies=bodies) for one in shown],
        "found": len(entries),
        "next": shown[-1].number if len(entries) > len(shown) else None,
        "total": journal.count,
    }


def number_in(asked: Json, name: str, usual: int) -> int:
    text = str(asked.get(name, usual))
    if not text.isdigit() or len(text) > 9:
        raise invalid(f"{name} is a number; {text[:40]!r} is none")
    return int(text)


def seconds_in(text: Any) -> float:
    try:
        return clock.seconds_in(text)
    except ValueError as error:
        raise invalid(str(error)) from None


def fitting(entry: Entry, asked: Json) -> bool:
    """Whole values and patterns; `text` is looked for in the request's body."""
    told = entry.told or {}
    values = {
        "path": entry.path,
        "model": entry.model,
        "method": entry.method,
        "surface": entry.surface,
        "source": entry.source,
        "status": str(entry.status),
        "outcome": entry.outcome,
        "scenario": str(told.get("scenario", "")),
        "rule": str(told.get("rule", "")),
    }
    if not all(fnmatchcase(values[name], str(asked[name])) for name in FILTERS if name in asked):
        return False
    return str(asked.get("text", "")).encode() in entry.wire.body


async def read_entry(asked: Json, occasion: Occasion) -> Json:
    number = number_in(asked, "number", 0)
    for one in occasion.world.journal.entries:
        if one.number == number:
            return entry_json(one, bodies=True)
    raise ApiError(Failure(Code.NOT_FOUND, f"there is no entry {number}, or none any more"))


async def clear_journal(asked: Json, occasion: Occasion) -> Json:
    occasion.world.journal.clear()
    return {"cleared": True}


async def read_counters(asked: Json, occasion: Occasion) -> Json:
    """Of the entries that are still there: by status, source, surface, model and outcome."""
    journal = occasion.world.journal
    found: dict[str, dict[str, int]] = {}
    for name in ("status", "source", "surface", "model", "outcome"):
        counted: dict[str, int] = {}
        for one in journal.entries:
            value = substituted(str(getattr(one, name)), PATTERNS)
            counted[value] = counted.get(value, 0) + 1
        found[name] = dict(sorted(counted.items()))
    return {"total": journal.count, "kept": len(journal.entries), "bytes": journal.held, **found}


def entry_json(entry: Entry, *, bodies: bool) -> Json:
    """An entry without the credentials that came with it."""
    wire = entry.wire
    secrets = [text for name in SECRET_HEADERS if (text := wire.headers.get(name))]
    secrets += [
        text.split(None, 1)[1] for text in secrets if text[:7].lower() == "bearer " and len(text.split(None, 1)) == 2
    ]
    secrets += [text for name in ("key", "access_token", "upload_id") if (text := wire.query.get(name))]
    finders = (*literals(secrets), *PATTERNS)

    def clean(text: str) -> str:
        return substituted(text, finders)

    found: Json = {
        "number": entry.number,
        "at": clock.spelled(entry.at),
        "method": entry.method,
        "path": clean(entry.path),
        "query": {name: clean(text) for name, text in (wire.query or NOTHING).items()},
        "surface": entry.surface,
        "model": clean(entry.model),
        "status": entry.status,
        "source": entry.source,
        "seconds": round(entry.seconds, 6),
        "took": round(max(entry.ended - entry.came, 0.0), 6),
        "outcome": entry.outcome,
        "size": entry.size,
        **(entry.told or {}),
    }
    if bodies:
        found["request"] = {"headers": headers_json(wire.headers.items(), clean), "body": clean(text_of(wire.body))}
        found["response"] = {"headers": headers_json(entry.headers, clean), "body": clean(text_of(unchunked(entry)))}
    return found


def headers_json(headers: Any, clean: Any) -> Json:
    return {name: "…" if name.lower() in SECRET_HEADERS else clean(text) for name, text in headers}


def unchunked(entry: Entry) -> bytes:
    """A body without HTTP's chunked coding, as far as it is kept."""
    body = entry.body
    if entry.outcome != "whole" or not body[:1].isalnum() or b"\r\n" not in body[:12]:
        return body
    try:
        return Pieces(body).joined()
    except ValueError:
        return body


def text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")
