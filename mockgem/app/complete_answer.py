"""Whether a client that left had the whole answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mockgem.app.sent_body import SentBody
from mockgem.core.journal import JournalEntry
from mockgem.faults.events import EVENT_END, is_done, is_sse
from mockgem.faults.json_events import find_candidates, parse_document
from mockgem.faults.registry import get_fault

FINISH = re.compile(
    rb'"finish_?[rR]eason": ?"'
    rb"|^event: (?:interaction\.completed|response\.(?:completed|incomplete|failed)\r?\n)",
    re.M,
)
"""A finish reason in JSON, or the last event of an interaction or of a response. In a text, the
quotation marks have backslashes."""

REASON = re.compile(rb'"finish_?[rR]eason"\s*:\s*"')
"""A finish reason in JSON of any form."""


def is_complete(sent: SentBody) -> bool:
    """Return whether a client that reads the answer lacks nothing.

    What would still come is the end marker, or bytes that do not belong to the answer.
    """
    entry = sent.entry
    if entry.unsent or not sent.has_body:
        return not entry.unsent
    lengths = [text for name, text in entry.headers if name.lower() == "content-length"]
    if lengths and lengths[0].isdigit() and entry.size >= int(lengths[0]):
        return True
    is_end_known = trusts_finish(entry)
    if is_sse(sent.kept):
        return is_complete_stream(sent.kept, sent.tail, trusts_finish=is_end_known)
    return is_complete_json(sent.kept, sent.tail, trusts_finish=is_end_known)


def trusts_finish(entry: JournalEntry) -> bool:
    """Return whether a finish reason is the end: a fault may have written it before the end."""
    names = (entry.scenario_details or {}).get("faults", ())
    return not any(get_fault(name).finishes_early for name in names)


def is_complete_stream(head: bytes, tail: bytes, *, trusts_finish: bool) -> bool:
    """Return whether server-sent events hold [DONE], or the finish reason of every candidate."""
    last = split_events(tail)
    events = [*split_events(head), *last[1:]]  # the first one of the tail has lost its beginning
    if any(is_done(event) for event in events):
        return True
    if trusts_finish and last and FINISH.search(last[-1]):
        return True
    if not trusts_finish or not any(REASON.search(data) for data in (head, tail)):
        return False  # most clients that leave: no event has to be parsed
    documents = [parse_document(event) for event in events if not event.startswith(b":")]
    return have_finished(documents)


def split_events(data: bytes) -> list[bytes]:
    """Return the events that arrived up to the empty line after them."""
    ends = [match.end() for match in EVENT_END.finditer(data)]
    return [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def is_complete_json(head: bytes, tail: bytes, *, trusts_finish: bool) -> bool:
    """Return whether a document is whole, or every candidate of an array of rows has finished."""
    if tail:
        return tail.rstrip().endswith((b"]", b"}\n}"))
    for ending in (b"", b"]"):
        try:
            document = json.loads(head + ending)
        except ValueError:
            continue
        return not ending or (trusts_finish and have_finished(document))
    return False


def have_finished(documents: list[Any]) -> bool:
    """Return whether every candidate has a finish reason."""
    ends = list(iter_ends(documents))
    indexes = {index for index, _ in ends}
    return bool(indexes) and indexes == {index for index, is_end in ends if is_end}


def iter_ends(documents: list[Any]) -> Iterator[tuple[Any, bool]]:
    """Yield the index of each candidate of an event, and whether it has a finish reason."""
    for candidate in find_candidates(documents):
        reason = candidate.get("finishReason") or candidate.get("finish_reason")
        yield candidate.get("index", 0), bool(reason)
