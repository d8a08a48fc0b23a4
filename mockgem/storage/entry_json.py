"""Journal entries as JSON, for journals outside this process."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import fields
from typing import Any

from mockgem.core.http import WireRequest
from mockgem.core.journal import JournalEntry

WIRE_FIELDS = (
    "method", "path", "world", "base_path", "target", "scenario", "error", "is_internal"
)  # fmt: skip
BYTES_FIELDS = ("body", "key")
OTHER_FIELDS = ("wire", "headers", "dropped", "open_lines", "chunks", *BYTES_FIELDS)
PLAIN_FIELDS = tuple(
    [field.name for field in fields(JournalEntry) if field.name not in OTHER_FIELDS]
)


def encode_entry(entry: JournalEntry) -> str:
    """Return an entry as JSON. Of the request it has what was on the wire."""
    wire = entry.wire
    request = {name: getattr(wire, name) for name in WIRE_FIELDS} | {
        "query": dict(wire.query),
        "headers": dict(wire.headers.items()),
        "body": encode_bytes(wire.body),
    }
    return json.dumps(
        {
            "wire": request,
            "headers": entry.headers,
            **{name: encode_bytes(getattr(entry, name)) for name in BYTES_FIELDS},
            **{name: getattr(entry, name) for name in PLAIN_FIELDS},
            "chunks": list(entry.chunks),
        },
        default=dict,
    )


def decode_entry(text: str) -> JournalEntry:
    """Return the entry that `encode_entry` wrote."""
    record: dict[str, Any] = json.loads(text)
    wire = record.pop("wire")
    request = WireRequest(**{**wire, "body": b64decode(wire["body"])})
    headers = tuple([(name, value) for name, value in record.pop("headers")])
    record |= {name: b64decode(record[name]) for name in BYTES_FIELDS}
    return JournalEntry(wire=request, headers=headers, **record)


def encode_bytes(data: bytes) -> str:
    return b64encode(data).decode()
