"""Read recordings of go-vcr: file version 1 of its versions 1 and 2, version 2 of 3 and 4.

Like vcrpy's they have `interactions`, but the address is `url`, and a response has `code` and
`status`, a text such as `200 OK`. Form fields are in the body, too.
"""

from __future__ import annotations

from typing import Any

from mockgem.recording.formats.entries import read_entries, read_headers
from mockgem.recording.interaction import Interaction, get_mapping, get_text, to_bytes


def is_go_vcr(tree: Any) -> bool:
    """Whether a value is a recording of go-vcr."""
    rows = tree.get("interactions") if isinstance(tree, dict) else None
    if rows is None or "version" not in tree:
        return False
    if not rows:
        return bool(tree["version"] == 2)
    first = rows[0] if isinstance(rows, list) else None
    request = first.get("request") if isinstance(first, dict) else None
    return isinstance(request, dict) and "url" in request and "uri" not in request


def read(tree: Any) -> tuple[list[Interaction], int]:
    """Return all interactions. Raises ValueError with the number of one that can't be read."""
    return read_entries(tree["interactions"], to_interaction)


def to_interaction(record: Any) -> Interaction:
    """Return a record as an interaction."""
    request, response = get_mapping(record, "request"), get_mapping(record, "response")
    line = str(response.get("status") or "")
    code, _, reason = line.partition(" ")
    return Interaction(
        str(request.get("method") or "GET").upper(),
        get_text(request, "url"),
        read_headers(request.get("headers")),
        to_bytes(request.get("body")),
        int(response.get("code") or code or 0),
        reason,
        read_headers(response.get("headers")),
        to_bytes(response.get("body")),
    )
