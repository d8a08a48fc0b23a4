"""The journal of a world: what was asked and answered, by filters and pages; and waiting for a request to come."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import EMPTY, ChunkedBody, WireRequest
from mockgem.core.journal import KEPT_BODY_BYTES, Journal, JournalEntry
from mockgem.dialects.admin.json_endpoint import Json

FILTERS = ("path", "model", "method", "surface", "source", "scenario", "rule", "status", "outcome")
PAGING_OPTIONS = ("after", "limit", "wait", "count", "bodies", "text")
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
MAX_WAIT = 60.0
MAX_ENTRIES, MAX_WAITERS = 1000, 50
SECRET_NAME = re.compile(r"auth|token|secret|cookie|api[-_]?key|\Akey\Z|upload_id|signature", re.I)
"""What is called so is a secret, in headers and queries."""
SECRET_FIELD = re.compile(
    r'(?<=[{,\s])"(?:refresh_token|client_secret|access_token|id_token|private_key)"\s*:\s*"[^"]+"'
)


async def read_journal(asked: Json, occasion: OperationContext) -> Json:
    """Entries after a number that fit, up to `limit`. With `wait` it waits so many seconds for `count` of them."""
    if unknown := sorted(asked.keys() - {*FILTERS, *PAGING_OPTIONS}):
        raise invalid(
            f"there is no filter {unknown[0]!r}; there are {', '.join((*FILTERS, *PAGING_OPTIONS))}"
        )
    if "status" in asked:
        read_pattern("status", asked)
    journal = occasion.world.journal
    after, limit, count = (
        read_number(asked, name, usual)
        for name, usual in (("after", 0), ("limit", 100), ("count", 1))
    )
    wait = min(read_seconds(asked.get("wait", "0")), MAX_WAIT)

    if not 0 < limit <= MAX_ENTRIES or not 0 < count <= MAX_ENTRIES:
        raise invalid(f"limit and count are between 1 and {MAX_ENTRIES}")
    if wait > 0:
        await wait_for_entries(journal, EntryCounter(after, asked), count, wait)
    entries = [
        one for one in await journal.list_entries() if one.number > after and is_match(one, asked)
    ]
    shown = entries[:limit]
    bodies = BOOLEANS.get(str(asked.get("bodies", "true")).lower())
    if bodies is None:
        raise invalid(f"bodies is true or false; {str(asked['bodies'])[:40]!r} is neither")
    return {
        "entries": [render_entry(one, bodies=bodies) for one in shown],
        "found": len(entries),
        "next": shown[-1].number if len(entries) > len(shown) else None,
        "total": journal.count,
    }


class EntryCounter:
    """Counts entries that fit; each is looked at once."""

    def __init__(self, after: int, asked: Json) -> None:
        self.after = after
        self.filters = asked
        self.count = 0

    async def update(self, journal: Journal) -> int:
        for one in reversed(await journal.list_entries()):
            if one.number <= self.after:
                break
            self.count += is_match(one, self.filters)
        self.after = max(self.after, journal.count)
        return self.count


async def wait_for_entries(
    journal: Journal, look: EntryCounter, count: int, seconds: float
) -> None:
    if len(journal.waiters) >= MAX_WAITERS:
        raise ApiError(
            Failure(Code.RESOURCE_EXHAUSTED, f"{MAX_WAITERS} others wait for this journal already")
        )

    async def is_done() -> bool:
        return await look.update(journal) >= count

    await journal.wait(is_done, seconds)


def read_number(asked: Json, name: str, usual: int) -> int:
    text = str(asked.get(name, usual))
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise invalid(f"{name} is a number; {text[:40]!r} is none")
    return int(text)


def read_seconds(text: Any) -> float:
    try:
        return clock.parse_seconds(text)
    except ValueError as error:
        raise invalid(str(error)) from None


def is_match(entry: JournalEntry, asked: Json) -> bool:
    """Whole values and patterns; `text` is looked for in the request's body."""
    told = entry.scenario_details or {}
    values = {
        "path": entry.path,
        "model": entry.model,
        "method": entry.method,
        "surface": entry.surface,
        "source": entry.source,
        "status": str(status_of(entry) or ""),
        "outcome": entry.outcome,
        "scenario": str(told.get("scenario", "")),
        "rule": str(told.get("rule", "")),
    }
    if not all(
        fnmatchcase(values[name], read_pattern(name, asked)) for name in FILTERS if name in asked
    ):
        return False
    return str(asked.get("text", "")).encode() in entry.wire.body


def read_pattern(name: str, asked: Json) -> str:
    """A filter's pattern. 4xx means the same as 4??."""
    text = str(asked[name])
    if name != "status":
        return text
    if not re.fullmatch(r"[\dx*?]{1,3}", text):
        raise invalid(f"status is one like 429, or a pattern like 4xx; {text[:40]!r} is none")
    return text.replace("x", "?")


async def read_entry(asked: Json, occasion: OperationContext) -> Json:
    number = read_number(asked, "number", 0)
    for one in await occasion.world.journal.list_entries():
        if one.number == number:
            return render_entry(one, bodies=True)
    raise ApiError(Failure(Code.NOT_FOUND, f"there is no entry {number}, or none any more"))


async def clear_journal(asked: Json, occasion: OperationContext) -> Json:
    await occasion.world.journal.clear()
    return {"cleared": True}


async def read_counters(asked: Json, occasion: OperationContext) -> Json:
    """Of the entries that are still there: by status, source, surface, model and outcome."""
    journal = occasion.world.journal
    entries = await journal.list_entries()
    found: dict[str, dict[str, int]] = {}
    for name in ("status", "source", "surface", "model", "outcome"):
        counted: dict[str, int] = {}
        for one in entries:
            value = redact_patterns(
                str(status_of(one) or "none" if name == "status" else getattr(one, name))
            )
            counted[value] = counted.get(value, 0) + 1
        found[name] = dict(sorted(counted.items()))
    return {
        "total": journal.count,
        "kept": len(entries),
        "bytes": await journal.count_bytes(),
        **found,
    }


def redact_patterns(text: str) -> str:
    from mockgem.recording.redaction import PATTERNS, redact_text

    return redact_text(text, PATTERNS)


def render_entry(entry: JournalEntry, *, bodies: bool) -> Json:
    """An entry without the credentials that came with it."""
    from mockgem.recording.redaction import PATTERNS, compile_secrets, redact_body, redact_text

    wire = entry.wire
    finders = (*compile_secrets(find_secrets(wire)), *PATTERNS, SECRET_FIELD)

    def redact_secrets(text: str) -> str:
        return redact_text(text, finders)

    found: Json = {
        "number": entry.number,
        "at": clock.format_time(entry.at),
        "method": entry.method,
        "path": redact_secrets(entry.path),
        "query": {
            name: redact_value(name, text, redact_secrets)
            for name, text in (wire.query or EMPTY).items()
        },
        "surface": entry.surface,
        "model": redact_secrets(entry.model),
        "status": status_of(entry),
        "source": entry.source,
        "seconds": round(entry.seconds, 6),
        "took": round(max(entry.ended_at - entry.started_at, 0.0), 6),
        "outcome": entry.outcome,
        "size": entry.size,
        **(entry.scenario_details or {}),
    }
    if bodies:
        asked, answered = [
            decode_text(redact_body(body, (), finders)[0])
            for body in (wire.body, strip_chunked_coding(entry))
        ]
        found["request"] = {
            "headers": render_headers(wire.headers.items(), redact_secrets),
            "body": asked,
        } | describe_truncation(wire.body, entry.request_size)
        found["response"] = {
            "headers": render_headers(entry.headers, redact_secrets),
            "body": answered,
        } | describe_truncation(entry.body, entry.size)
    return found


def describe_truncation(kept: bytes, size: int) -> Json:
    """Told of a body that is not kept whole."""
    return {"cut": True, "size": size} if len(kept) == KEPT_BODY_BYTES < size else {}


def status_of(entry: JournalEntry) -> int | None:
    """None where not a byte of an answer went."""
    return None if entry.unsent and entry.outcome != "open" else entry.status


def find_secrets(wire: WireRequest) -> list[str]:
    """The credentials that a request brought with it."""
    named = [*wire.headers.items(), *(wire.query or EMPTY).items()]
    found = [text for name, text in named if SECRET_NAME.search(name) and text]
    return found + [text.split(None, 1)[1] for text in found if len(text.split(None, 1)) == 2]


def render_headers(headers: Any, clean: Any) -> Json:
    return {name: redact_value(name, text, clean) for name, text in headers}


def redact_value(name: str, text: str, clean: Any) -> str:
    return "…" if SECRET_NAME.search(name) else clean(text)


def strip_chunked_coding(entry: JournalEntry) -> bytes:
    """A body without HTTP's chunked coding, as far as it is kept."""
    body = entry.body
    if entry.outcome != "whole" or not body[:1].isalnum() or b"\r\n" not in body[:12]:
        return body
    try:
        return ChunkedBody(body).join_chunks()
    except ValueError:
        return body


def decode_text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
