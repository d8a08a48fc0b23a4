"""Interactions in the forms in which versions of vcrpy and other programs have written them."""

from __future__ import annotations

import io
from typing import Any

import pytest

from mockgem.recording.formats.entries import unpack_bodies
from mockgem.recording.interaction import (
    RESET,
    drop_mode_of,
    from_vcr_record,
    is_status,
    parse_headers,
    to_bytes,
    to_vcr_record,
)
from tests.recording.interactions import chat, stream


@pytest.mark.parametrize(
    ("headers", "pairs"),
    [
        (None, ()),
        ({}, ()),
        ({"A": ["1", "2"], "B": "3", "C": ("4",), "D": []}, "A1 A2 B3 C4"),
        ({"A": [b"\xe9"], "B": 5}, "Aé B5"),
        ([["A", "1"], ("B", b"2"), ["A", 3]], "A1 B2 A3"),
        ((), ()),
    ],
)
def test_headers_in_every_form(headers: Any, pairs: Any) -> None:
    expected = tuple([(pair[0], pair[1:]) for pair in pairs.split()]) if pairs else ()
    assert parse_headers(headers) == expected


@pytest.mark.parametrize("headers", ["A: 1", b"A: 1", 5])
def test_other_headers_are_refused(headers: Any) -> None:
    with pytest.raises(ValueError, match=r"^headers must be a mapping or a list$"):
        parse_headers(headers)


@pytest.mark.parametrize(
    ("body", "data"),
    [
        (None, b""),
        (b"\xff", b"\xff"),
        ("é\udcff", b"\xc3\xa9\xff"),
        ({"a": "é"}, '{"a":"é"}'.encode()),
        ([1], b"[1]"),
        (io.BytesIO(b"file"), b"file"),
        (iter([b"a", "é", 5]), b"a\xc3\xa95"),
        ((b"a", b"b"), b"ab"),
    ],
)
def test_bodies_in_every_form(body: Any, data: bytes) -> None:
    assert to_bytes(body) == data


def test_headers_of_a_coding_that_is_gone_are_left_out() -> None:
    headers = (("Content-Encoding", "br"), ("CONTENT-LENGTH", "5"), ("A", "1"))
    assert unpack_bodies(chat(headers=headers)).headers == (("A", "1"),)
    empty = chat(answer=b"", headers=headers)
    assert ("A", "1") in unpack_bodies(empty).headers
    plain = chat(headers=(("Content-Length", "5"),))
    assert unpack_bodies(plain) is plain


@pytest.mark.parametrize("one", [chat(), stream(b"a", b"b", broken="x", recorded="2026")])
def test_a_record_of_vcr_is_read_as_it_was_written(one: Any) -> None:
    assert from_vcr_record(to_vcr_record(one)) == one


def test_statuses_and_ends() -> None:
    assert [status for status in (99, 100, 999, 1000) if is_status(status)] == [100, 999]
    assert drop_mode_of(RESET) == drop_mode_of("x ConnectionResetError y") == "reset"
    assert drop_mode_of("lost") == "close"


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({}, "an interaction has no request"),
        ({"request": {}}, "an interaction has no response"),
        ({"request": {}, "response": {}}, "a request has no uri"),
        ({"request": {"uri": "x"}, "response": {}},
         "a response has no status: use a number from 100 to 999"),
        ({"request": {"uri": "x"}, "response": {"status": {"code": "99"}}},
         "a response has the status '99': use a number from 100 to 999"),
    ],
)  # fmt: skip
def test_what_a_record_lacks(record: Any, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        from_vcr_record(record)
    assert str(caught.value) == message
