"""Find the entries of the journal that have a request id."""

from __future__ import annotations

from mockgem.core.journal import JournalEntry

REQUEST_ID_HEADERS = ("x-request-id", "x-oneapi-request-id")


def find_request_id(entry: JournalEntry) -> str:
    """Return the id that the client got, or else the one that it sent; "" without one."""
    for name, text in entry.headers:
        if name.lower() == REQUEST_ID_HEADERS[0]:
            return text
    return entry.wire.headers.get(REQUEST_ID_HEADERS[0], "")


def has_request_id(entry: JournalEntry, wanted: str) -> bool:
    """Return whether an id is in the headers of an entry, or in a gateway's error."""
    if not wanted:
        return False
    headers = [text for name, text in entry.headers if name.lower() in REQUEST_ID_HEADERS]
    if wanted in headers or entry.wire.headers.get(REQUEST_ID_HEADERS[0]) == wanted:
        return True
    return entry.status >= 400 and f"(request id: {wanted})".encode() in entry.body
