"""A journal entry as a cassette, to replay an exchange from then on."""

from __future__ import annotations

from http.client import responses
from urllib.parse import urlencode

from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.journal import KEPT_BODY_BYTES, JournalEntry
from mockgem.dialects.admin.rendered_entry import strip_chunked_coding
from mockgem.recording.interaction import Interaction
from mockgem.recording.target import to_sendable

DROPPED = ("content-length", "transfer-encoding", "connection")


def encode_entry(entry: JournalEntry) -> str:
    """Return a cassette with one interaction, without keys, as YAML.

    Raises ApiError (400) for an entry that is not whole.
    """
    from mockgem.recording.cassette_encoder import encode_cassette
    from mockgem.recording.redaction import Redactor

    if problem := find_problem(entry):
        message = f"entry {entry.number} can't be a cassette: {problem}"
        raise ApiError(Failure(Code.INVALID_ARGUMENT, message))
    interaction = Redactor().redact(build_interaction(entry))
    return encode_cassette([interaction], as_json=False).decode()


def find_problem(entry: JournalEntry) -> str:
    """Return why an entry lacks something of its request or its answer, or nothing."""
    if entry.status == 101:
        return "it is a session, and cassettes have requests and responses"
    if entry.outcome != "whole":
        return f"its answer is {entry.outcome}, not whole"
    if entry.request_size or len(entry.body) == KEPT_BODY_BYTES < entry.size:
        return f"the journal keeps the first {KEPT_BODY_BYTES // 1024} KiB of a body"
    return ""


def build_interaction(entry: JournalEntry) -> Interaction:
    wire = entry.wire
    query = f"?{urlencode(wire.query)}" if wire.query else ""
    host = wire.headers.get("host", "localhost")
    return Interaction(
        wire.method,
        f"http://{host}{wire.path}{query}",
        tuple([(str(name), to_sendable(text)) for name, text in wire.headers.items()]),
        wire.body,
        entry.status,
        responses.get(entry.status, ""),
        tuple([(str(name), text) for name, text in entry.headers if name.lower() not in DROPPED]),
        strip_chunked_coding(entry),
    )
