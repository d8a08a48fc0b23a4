"""The journal of a world: what was asked and answered, by filters and pages; and waiting for a request to come."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import NOTHING, Pieces, WireRequest
from mockgem.core.journal import SHOWN, Entry, Journal
from mockgem.dialects.admin.json_endpoint import Json

FILTERS = ("path", "model", "method", "surface", "source", "scenario", "rule", "status", "outcome")
PAGING = ("after", "limit", "wait", "count", "bodies", "text")
SWITCH = {"true": True, "1": True, "false": False, "0": False}
MOST_WAITED = 60.0
MOST_SHOWN, MOST_WAITING = 1000, 50
SECRET_NAME = re.compile(r"auth|token|secret|cookie|api[-_]?key|\Akey\Z|upload_id|signature", re.I)
"""What is called so is a secret, in headers and queries."""
SECRET_FIELD = re.compile(r'(?<=[{,\s])"(?:refresh_token|client_secret|access_token|id_token|private_key)"\s*:\s*"[^"]+"')


async def read_journal(asked: Json, occasion: Occasion) -> Json:
    """Entries after a number that fit, up to `limit`. With `wait` it waits so many seconds for `count` of them."""
    if unknown := sorted(asked.keys() - {*FILTERS, *PAGING}):
        raise invalid(f"there is no filter {unknown[0]!r}; there are {', '.join((*FILTERS, *PAGING))}")
    if "status" in asked:
        wanted("status", asked)
    journal = occasion.world.journal
    after, limit, count = (number_in(asked, name, usual) for name, usual in (("after", 0), ("limit", 100), ("count", 1)))
    wait = min(seconds_in(asked.get("wait", "0")), MOST_WAITED)

    if not 0 < limit <= MOST_SHOWN or not 0 < count <= MOST_SHOWN:
        raise invalid(f"limit and count are between 1 and {MOST_SHOWN}")
    if wait > 0:
        await waited(journal, Look(after, asked), count, wait)
    entries = [one for one in journal.entries if one.number > after and fitting(one, asked)]
    shown = entries[:limit]
    bodies = SWITCH.get(str(asked.get("bodies", "true")).lower())
    if bodies is None:
        raise invalid(f"bodies is true or false; {str(asked['bodies'])[:40]!r} is neither")
    return {
        "entries": [entry_json(one, bodies=bodies) for one in shown],
        "found": len(entries),
        "next": shown[-1].number if len(entries) > len(shown) else None,
        "total": journal.count,
    }


class Look:
    """Counts entries that fit; each is looked at once."""

    def __init__(self, after: int, asked: Json) -> None:
        self.after = after
        self.asked = asked
        self.found = 0

    def again(self, journal: Journal) -> int:
        for one in reversed(journal.entries):
            if one.number <= self.after:
                break
            self.found += fitting(one, self.asked)
        self.after = max(self.after, journal.count)
        return self.found


async def waited(journal: Journal, look: Look, count: int, seconds: float) -> None:
    if len(journal.waiting) >= MOST_WAITING:
        raise ApiError(Failure(Code.RESOURCE_EXHAUSTED, f"{MOST_WAITING} others wait for this journal already"))
    await journal.wait(lambda: look.again(journal) >= count, seconds)


def number_in(asked: Json, name: str, usual: int) -> int:
    text = str(asked.get(name, usual))
    if not re.fullmatch(r"[0-9]{1,9}", text):
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
        "status": str(status_of(entry) or ""),
        "outcome": entry.outcome,
        "scenario": str(told.get("scenario", "")),
        "rule": str(told.get("rule", "")),
    }
    if not all(fnmatchcase(values[name], wanted(name, asked)) for name in FILTERS if name in asked):
        return False
    return str(asked.get("text", "")).encode() in entry.wire.body


def wanted(name: str, asked: Json) -> str:
    """A filter's pattern. 4xx means the same as 4??."""
    text = str(asked[name])
    if name != "status":
        return text
    if not re.fullmatch(r"[\dx*?]{1,3}", text):
        raise invalid(f"status is one like 429, or a pattern like 4xx; {text[:40]!r} is none")
    return text.replace("x", "?")


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
            value = cleaned(str(status_of(one) or "none" if name == "status" else getattr(one, name)))
            counted[value] = counted.get(value, 0) + 1
        found[name] = dict(sorted(counted.items()))
    return {"total": journal.count, "kept": len(journal.entries), "bytes": journal.held, **found}


def cleaned(text: str) -> str:
    from mockgem.recording.redaction import PATTERNS, substituted

    return substituted(text, PATTERNS)


def entry_json(entry: Entry, *, bodies: bool) -> Json:
    """An entry without the credentials that came with it."""
    from mockgem.recording.redaction import PATTERNS, literals, substituted, without

    wire = entry.wire
    finders = (*literals(secrets_of(wire)), *PATTERNS, SECRET_FIELD)

    def clean(text: str) -> str:
        return substituted(text, finders)

    found: Json = {
        "number": entry.number,
        "at": clock.spelled(entry.at),
        "method": entry.method,
        "path": clean(entry.path),
        "query": {name: shown_value(name, text, clean) for name, text in (wire.query or NOTHING).items()},
        "surface": entry.surface,
        "model": clean(entry.model),
        "status": status_of(entry),
        "source": entry.source,
        "seconds": round(entry.seconds, 6),
        "took": round(max(entry.ended - entry.came, 0.0), 6),
        "outcome": entry.outcome,
        "size": entry.size,
        **(entry.told or {}),
    }
    if bodies:
        asked, answered = [text_of(without(body, (), finders)[0]) for body in (wire.body, unchunked(entry))]
        found["request"] = {"headers": headers_json(wire.headers.items(), clean), "body": asked} | cut(
            wire.body, entry.asked
        )
        found["response"] = {"headers": headers_json(entry.headers, clean), "body": answered} | cut(entry.body, entry.size)
    return found


def cut(kept: bytes, size: int) -> Json:
    """Told of a body that is not kept whole."""
    return {"cut": True, "size": size} if len(kept) == SHOWN < size else {}


def status_of(entry: Entry) -> int | None:
    """None where not a byte of an answer went."""
    return None if entry.unsent and entry.outcome != "open" else entry.status


def secrets_of(wire: WireRequest) -> list[str]:
    """The credentials that a request brought with it."""
    named = [*wire.headers.items(), *(wire.query or NOTHING).items()]
    found = [text for name, text in named if SECRET_NAME.search(name) and text]
    return found + [text.split(None, 1)[1] for text in found if len(text.split(None, 1)) == 2]


def headers_json(headers: Any, clean: Any) -> Json:
    return {name: shown_value(name, text, clean) for name, text in headers}


def shown_value(name: str, text: str, clean: Any) -> str:
    return "…" if SECRET_NAME.search(name) else clean(text)


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
