"""Journal entries of a stream survive both ways in which stores keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mockgem.app.sent_body import SentBody
from mockgem.core.http import Frame, WireRequest
from mockgem.core.journal import JournalEntry
from mockgem.storage.entry_codec import pack_entry, unpack_entry
from mockgem.storage.entry_json import decode_entry, encode_entry


def copy_packed(entry: JournalEntry) -> JournalEntry:
    return unpack_entry(pack_entry(entry, entry.body), entry.number)


def copy_json(entry: JournalEntry) -> JournalEntry:
    return decode_entry(encode_entry(entry))


@pytest.mark.parametrize("copy", [copy_packed, copy_json])
def test_the_pieces_of_a_stream_keep_their_times(copy: Callable[[Any], JournalEntry]) -> None:
    wire = WireRequest("POST", "/x", {"a": "b"}, {"c": "d"}, b"body")
    entry = JournalEntry(1.5, "POST", "/x", "s", "m", 200, "engine", 0.1, wire, key=b"key")
    sent = SentBody(entry)
    for data in (b"one", b"", b"three"):
        sent.add(Frame(data))
    entry.body = sent.kept
    found = copy(entry)
    assert [tuple(chunk) for chunk in found.chunks] == list(entry.chunks)
    assert [size for _, size in found.chunks] == [3, 5]
    assert (found.body, found.size, found.wire.body, found.key) == (b"onethree", 8, b"body", b"key")
