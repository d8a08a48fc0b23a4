"""Journal entries as JSON, without the credentials of their requests.

The redaction is imported when a client reads the journal: most servers start without a reader.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from mockgem.core import clock
from mockgem.core.http import EMPTY, ChunkedBody
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry
from mockgem.dialects.admin.hints import find_hint
from mockgem.dialects.admin.json_endpoint import Json
from mockgem.dialects.admin.request_ids import find_request_id

if TYPE_CHECKING:
    from mockgem.redaction.finder import SecretFinder

Redact = Callable[[str], str]


def render_entry(entry: JournalEntry, *, bodies: bool) -> Json:
    """Return an entry as JSON values, without the credentials of its request."""
    from mockgem.redaction.credentials import find_credentials
    from mockgem.redaction.finder import SecretFinder

    wire, query = entry.wire, dict(entry.wire.query or EMPTY)
    finder = SecretFinder(find_credentials(wire.headers.items(), query.items(), wire.body))
    redact = finder.redact
    return {
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
        **({"request_id": redact(known)} if (known := find_request_id(entry)) else {}),
        **(entry.scenario_details or {}),
        **({"hint": redact(hint)} if (hint := find_hint(entry)) else {}),
        **(render_messages(entry, finder) if bodies else {}),
    }


def render_messages(entry: JournalEntry, finder: SecretFinder) -> Json:
    """Return the request and the response of an entry, and the messages of a socket."""
    from mockgem.redaction.body import redact_body

    wire, redact = entry.wire, finder.redact

    def render_body(body: bytes) -> str:
        return redact_body(body, (), finder)[0].decode("utf-8", "replace")

    rendered: Json = {}
    if entry.status == 101:
        rendered["messages"] = [json.loads(redact(line)) for line in read_lines(entry)]
    rendered["request"] = {
        "headers": render_headers(wire.headers, redact),
        "body": render_body(wire.body),
        **describe_truncation(wire.body, entry.request_size),
    }
    rendered["response"] = {
        "headers": render_headers(dict(entry.headers), redact),
        "body": render_body(strip_chunked_coding(entry)),
        **describe_truncation(entry.body, entry.size),
        **({"chunks": [[round(at, 4), size] for at, size in entry.chunks]} if entry.chunks else {}),
    }
    return rendered


def read_lines(entry: JournalEntry) -> list[str]:
    """Return the messages of a socket until now, each as one line of JSON."""
    body = b"\n".join(entry.open_lines) if entry.outcome == "open" else entry.body
    return body.decode("utf-8", "replace").splitlines()


def describe_truncation(kept: bytes, size: int) -> Json:
    """Return the whole size of a body of which the journal kept the beginning only."""
    return {"cut": True, "size": size} if len(kept) == KEPT_BODY_BYTES < size else {}


def status_of(entry: JournalEntry) -> int | None:
    """Return the status. None if no byte of the response was sent."""
    return None if entry.unsent and entry.outcome != "open" else entry.status


def render_headers(headers: Mapping[str, str], redact: Redact) -> Json:
    from mockgem.redaction.names import is_secret_header

    return {name: "…" if is_secret_header(name) else redact(text) for name, text in headers.items()}


def render_query(query: Mapping[str, str], redact: Redact) -> Json:
    from mockgem.redaction.credentials import is_secret_pair

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
