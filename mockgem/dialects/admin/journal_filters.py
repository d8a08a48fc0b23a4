"""The parameters that select entries of the journal."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from mockgem.core import clock
from mockgem.core.errors import invalid
from mockgem.core.journal import JournalEntry
from mockgem.dialects.admin.json_endpoint import Json
from mockgem.dialects.admin.rendered_entry import status_of
from mockgem.dialects.admin.request_ids import has_request_id

FILTERS = ("path", "model", "method", "surface", "source", "scenario", "rule", "status", "outcome")
QUERY_FILTERS: dict[str, Json] = {
    name: {"type": "string"} for name in (*FILTERS, "text", "request_id")
}
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
MAX_NUMBER = 999_999_999


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


def read_boolean(query: Json, name: str, default: str = "true") -> bool:
    value = BOOLEANS.get(str(query.get(name, default)).lower())
    if value is None:
        raise invalid(f"{name} {str(query[name])[:40]!r} is not valid: use true or false")
    return value


def is_match(entry: JournalEntry, query: Json) -> bool:
    """Return whether an entry matches all patterns, `text` occurs in the request's body, and the
    entry has the id `request_id`."""
    if not query:
        return True
    if "request_id" in query and not has_request_id(entry, str(query["request_id"])):
        return False
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
