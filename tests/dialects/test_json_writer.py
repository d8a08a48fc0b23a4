"""JSON is written and read the same with and without orjson, which is optional."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.common import google_frontend, json_parser, json_writer


def load(module: ModuleType, *, has_orjson: bool) -> ModuleType:
    """Return a module as it is, or import it again as if orjson were not installed."""
    if has_orjson:
        return module
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "orjson", None)
        return importlib.reload(module)


@pytest.fixture(params=[True, False], ids=["with orjson", "without"])
def writer(request: pytest.FixtureRequest) -> Iterator[Any]:
    kept = dict(vars(json_writer))
    yield load(json_writer, has_orjson=request.param)
    vars(json_writer).update(kept)


@pytest.fixture(params=[True, False], ids=["with orjson", "without"])
def parser(request: pytest.FixtureRequest) -> Iterator[Any]:
    kept = dict(vars(json_parser))
    yield load(json_parser, has_orjson=request.param)
    vars(json_parser).update(kept)


VALUE = {"b": ["é€", 1, 2.5, True, None], "a": {}}


def test_each_layout(writer: Any) -> None:
    assert writer.dump_compact(VALUE) == '{"b":["é€",1,2.5,true,null],"a":{}}'.encode()
    pretty = '{\n  "b": [\n    "é€",\n    1,\n    2.5,\n    true,\n    null\n  ],\n  "a": {}\n}'
    assert writer.dump_pretty(VALUE) == pretty.encode()
    assert writer.dump_error(VALUE) == pretty
    assert writer.dump_event(VALUE) == '{"b": ["é€",1,2.5,true,null],"a": {}}'.encode()


def test_unpaired_surrogates_become_question_marks(writer: Any) -> None:
    value = {"x": "é\ud800b", "y": [1]}
    assert writer.dump_compact(value) == '{"x":"é?b","y":[1]}'.encode()
    assert writer.dump_event(value) == '{"x": "é?b","y": [1]}'.encode()
    pretty = '{\n  "x": "é?b",\n  "y": [\n    1\n  ]\n}'
    assert writer.dump_pretty(value) == pretty.encode()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<b> & 'c' \\ \n", r"\u003cb\u003e & 'c' \\ \n"),
        ("a\u2028\u200b\xad\ufeff", r"a\u2028\u200b\u00ad\ufeff"),
        ("é 😀 \x85", "é 😀 \x85"),
        ("\x7f", r"\u007f"),
    ],
)
def test_google_escapes_some_characters(writer: Any, text: str, escaped: str) -> None:
    assert writer.dump_pretty({"x": text}) == f'{{\n  "x": "{escaped}"\n}}'.encode()
    assert writer.dump_event({"x": text}) == f'{{"x": "{escaped}"}}'.encode()


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b'{"a": [1, "\xc3\xa9", null, 1e2]}', {"a": [1, "é", None, 100.0]}),
        (b'"\\u00e9\\ud83d\\ude00"', "é😀"),
        (b'"\\ud800"', "\ufffd"),
        (b"", {}),
        (b" \n", {}),
        (b"[1,]", [1]),
        (b"{a: 'b'}", {"a": "b"}),
    ],
)
def test_what_can_be_read(parser: Any, data: bytes, value: Any) -> None:
    assert parser.parse_json(data) == value


@pytest.mark.parametrize("data", [b"NaN", b"[Infinity]", b"{", b"\xff", b"1 2"])
def test_what_can_not_be_read(parser: Any, data: bytes) -> None:
    with pytest.raises(ApiError):
        parser.parse_json(data)


def test_the_headers_of_google_s_front_end() -> None:
    headers = dict(google_frontend.build_headers(google_frontend.JSON_TYPE))
    assert headers["Content-Type"] == "application/json; charset=UTF-8"
    assert headers["Server-Timing"] == "gfet4t7; dur=131"
    assert dict(google_frontend.build_headers("a/b", 250))["Server-Timing"] == "gfet4t7; dur=203"
