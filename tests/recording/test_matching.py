"""Which requests match: the parts that count, JSON values, and places that do not count."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from mockgem.recording.matching import (
    MISSING,
    RequestMatcher,
    ValueDifference,
    compare_values,
    normalize_body,
    normalize_request,
    parse_path,
    remove_ignored,
    shorten_json,
)


def test_the_order_of_keys_does_not_matter() -> None:
    keys = {
        RequestMatcher().compute_key(normalize_request("POST", "/x", body, {}))
        for body in (b'{"a": 1, "b": {"c": 2, "d": 3}}', b'{"b":{"d":3,"c":2},"a":1}')
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("first", "second", "differences"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": True}, {"a": 1}, [("x.a", True, 1)]),
        ({"a": False}, {"a": False}, []),
        ({"a": 1, "b": 2}, {"b": 3, "c": 4}, [("x.a", 1, MISSING), ("x.b", 2, 3),
                                              ("x.c", MISSING, 4)]),
        ([1, [2, 3]], [1, [2, 4]], [("x[1][1]", 3, 4)]),
        ([1], [1, 2], [("x", [1], [1, 2])]),
        ({}, [], [("x", {}, [])]),
        (None, 0, [("x", None, 0)]),
    ],
)  # fmt: skip
def test_values_are_compared_at_their_innermost_places(
    first: Any, second: Any, differences: list[Any]
) -> None:
    found = [(one.path, one.first, one.second) for one in compare_values(first, second, "x")]
    assert found == differences


@pytest.mark.parametrize("size", [117, 118, 119, 150])
def test_long_values_are_cut(size: int) -> None:
    text = json.dumps("x" * size)
    assert shorten_json("x" * size) == (text if size <= 118 else text[:117] + "…")
    one = ValueDifference("a", MISSING, "é")
    assert one.describe("{} / {}") == 'a: nothing / "é"'


@pytest.mark.parametrize(
    ("body", "kind", "value"),
    [
        (b"", "application/json", None),
        (b'{"a": 1.0, "b": 1e2, "c": 1.5}', "", {"a": 1, "b": 100, "c": 1.5}),
        (b'"x"', "", "x"),
        (b"[1]", "", [1]),
        (b"{", "", "{"),
        (b"1", "", "1"),
        (b"--q\r\nq", 'Multipart/form-data; boundary="q"; x=y', "--boundary\r\nboundary"),
        (b"--q", "multipart/form-data", "--q"),
        (b"--q", "text/plain; boundary=q", "--q"),
        (b"\xff", "", "1 bytes 7b8a8a0d8ad5fe6ae1b5f1a1bf4b4e5e"),
    ],
)
def test_bodies_for_matching(body: bytes, kind: str, value: Any) -> None:
    found = normalize_body(body, kind)
    if isinstance(value, str) and value.startswith("1 bytes"):
        assert re.fullmatch(r"1 bytes [0-9a-f]{32}", found)
        assert found != normalize_body(b"\xfe", kind)
    else:
        assert found == value


@pytest.mark.parametrize(("size", "is_kept"), [(10, True), (11, False)])
def test_a_large_body_is_its_size(
    monkeypatch: pytest.MonkeyPatch, size: int, is_kept: bool
) -> None:
    monkeypatch.setattr("mockgem.recording.matching.MAX_RECORDED_BODY", 10)
    assert normalize_body(b"x" * size, "") == ("x" * size if is_kept else f"<{size} bytes>")


def test_the_parts_of_a_request() -> None:
    headers = {"x-goog-upload-offset": "5", "x-goog-upload-command": "upload", "x-other": "1"}
    one = normalize_request("get", "https://h:1?b=2&a=&key=no&b=1&token=", b"", headers)
    assert (one.method, one.host, one.path, one.body) == ("GET", "h:1", "/", None)
    upload = (("x-goog-upload-command", "upload"), ("x-goog-upload-offset", "5"))
    assert one.query == (("a", ""), ("b", "1"), ("b", "2"), *upload)


BODY = {"a": {"b": 1, "c": 2}, "l": [{"x": 1, "y": 2}, {"x": 3}], "n": 5}


@pytest.mark.parametrize(
    ("ignore", "rest"),
    [
        (("$.n",), {"a": BODY["a"], "l": BODY["l"]}),
        (("$.a.b", "$.l"), {"a": {"c": 2}, "n": 5}),
        (("$.a.*",), {"a": {}, "l": BODY["l"], "n": 5}),
        (("$.l[0]",), {"a": BODY["a"], "l": [{"x": 3}], "n": 5}),
        (("$.l[0].x",), {"a": BODY["a"], "l": [{"y": 2}, {"x": 3}], "n": 5}),
        (("$.l.*.x",), {"a": BODY["a"], "l": [{"y": 2}, {}], "n": 5}),
        (("$.l.*",), {"a": BODY["a"], "l": [], "n": 5}),
        (("$.*.b",), {"a": {"c": 2}, "l": BODY["l"], "n": 5}),
        (("$.n.x", "$.l.x", "$.none"), BODY),
    ],
)
def test_places_that_do_not_count(ignore: tuple[str, ...], rest: Any) -> None:
    assert remove_ignored(BODY, ignore) == rest
    assert remove_ignored("text", ignore) == "text"


def test_a_path_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^--ignore "):
        parse_path("a..b")


@pytest.mark.parametrize("part", ["method", "host", "path", "query", "body"])
def test_each_part_counts_if_it_should(part: str) -> None:
    one = normalize_request("GET", "https://h/p?q=1", b"1", {})
    other: Any = {"method": "PUT", "host": "i", "path": "/r", "query": (), "body": 2}[part]
    changed = replace(one, **{part: other})
    everything = RequestMatcher(("method", "host", "path", "query", "body"))
    rest = RequestMatcher(tuple([name for name in everything.match_on if name != part]))
    assert everything.compute_key(one) != everything.compute_key(changed)
    assert rest.compute_key(one) == rest.compute_key(changed)
