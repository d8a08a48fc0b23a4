"""JSON that Google's parser accepts, and its error messages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.common.json_parser import LenientParser, parse_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1, }', {"a": 1}),
        ("[1, 2, ]", [1, 2]),
        ("{'a': 'b'}", {"a": "b"}),
        ("{a: true}", {"a": True}),
        ('{"a": "\\u00e9\\n\\ud83d\\ude00"}', {"a": "é\n😀"}),
        ('{"a": -1.5e3}', {"a": -1500.0}),
        ("", {}),
        ("  ", {}),
        ("\ufeff{}", {}),
    ],
)
def test_lenient_syntax_is_accepted(text: str, value: Any) -> None:
    assert parse_json(text.encode()) == value


@pytest.mark.parametrize(
    "text",
    ['{"a": [1, {"b": null}], "c": "x\\ty"}', "[true, false, null, 0, -0.5, 1e3]", '"\\u0041"'],
)
def test_the_lenient_parser_agrees_with_the_fast_one(text: str) -> None:
    assert LenientParser(text).parse_document() == parse_json(text.encode())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 1 "b": 2}', 'Expected , or } after key:value pair.\n{"a": 1 "b": 2}\n        ^'),
        ('{"a" 1}', 'Expected : between key:value pair.\n{"a" 1}\n     ^'),
        ("[1 2]", "Expected , or ] after array value.\n[1 2]\n   ^"),
        ('{"a": }', "Unexpected token.\n}\n^"),
        ('{"a": foo}', "Unexpected token.\nfoo}\n^"),
        ('{"a": NaN, "b": 1}', 'Unexpected token.\n{"a": NaN, "b": 1}\n      ^'),
        ('{"a": @}', "Expected a value.\n@}\n^"),
        ("{1: 2}", "Expected an object key or }.\n{1: 2}\n ^"),
        ('{"a": "b', 'Closing quote expected in string.\n"b\n^'),
        ('{"a": "b\\', 'Closing quote expected in string.\n"b\\\n^'),
        ('{"a": 1', "Unexpected end of string. Expected , or } after key:value pair.\n1\n ^"),
        ("{} x", "Parsing terminated before end of input.\n{} x\n   ^"),
        ('["\\uzzzz"]', 'Invalid escape sequence.\n["\\uzzzz"]\n  ^'),
        ('["\\u00', 'Illegal hex string.\n"\\u00\n ^'),
        ("not json", "Unexpected token.\nnot json\n^"),
        ("{not json", "Expected : between key:value pair.\n{not json\n     ^"),
        ('{"a":', "Unexpected end of string. Expected a value.\n\n^"),
        ("{", "Unexpected end of string. Expected an object key or }.\n\n^"),
        ('{"a"', "Unexpected end of string. Expected : between key:value pair.\n\n^"),
        ("{,}", "Expected an object key or }.\n{,}\n ^"),
        ("{true: 1}", "Expected an object key or }.\n{true: 1}\n     ^"),
        ("[", "Unexpected end of string. Expected a value or ] within an array.\n\n^"),
        ("[@]", "Expected a value or ] within an array.\n@]\n^"),
        ("[,]", "Unexpected token.\n,]\n^"),
        ("[1", "Unexpected end of string. Expected , or ] after array value.\n1\n ^"),
        ("[01]", "Octal/hex numbers are not valid JSON values.\n[01]\n ^"),
        ("[-01]", "Octal/hex numbers are not valid JSON values.\n[-01]\n ^"),
        ("[1-2]", "Unable to parse number.\n[1-2]\n ^"),
        ("[1e999]", "Number exceeds the range of double.\n[1e999]\n ^"),
    ],
)
def test_errors_show_the_place(text: str, says: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_json(text.encode())
    message = "Invalid JSON payload received. " + says
    assert caught.value.failure.message == message
    assert caught.value.failure.details[0]["fieldViolations"] == [{"description": message}]


def test_the_place_is_quoted_with_twenty_characters_on_either_side() -> None:
    with pytest.raises(ApiError) as caught:
        parse_json(b'{"key": "' + b"x" * 50 + b'" "' + b"y" * 50 + b'"}')
    lines = caught.value.failure.message.split("\n")
    assert len(lines[1]) == 40
    assert lines[2] == " " * 20 + "^"


def test_values_nested_deeper_than_100_are_refused() -> None:
    assert parse_json(b"[" * 90 + b"]" * 90)
    with pytest.raises(ApiError) as caught:
        parse_json(b'{"a":' * 150 + b"1" + b"}" * 150)
    assert "Message too deep" in caught.value.failure.message


def test_a_space_replaces_each_byte_that_is_not_utf_8() -> None:
    assert parse_json(b'{"a": "x\xff\xc3y"}') == {"a": "x  y"}


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (b'"a": NaN}', "Unable to parse the payload."),
        (b'"a": Infinity}', "Unable to parse the payload."),
        (b'"a": 1,}', "Unable to parse the payload."),
        (b'"a": ' + b"[" * 200 + b"]" * 200 + b"}", "Message too deep."),
    ],
)
def test_a_long_payload_is_read_by_the_standard_parser(end: bytes, words: str) -> None:
    start = b'{"padding": "' + b"x" * (256 * 1024) + b'\xff", '
    assert parse_json(start + b'"a": "\\ud800"}')["a"] == "\ufffd"
    assert parse_json(start + b'"a": [{"b": 1}]}')["a"] == [{"b": 1}]
    with pytest.raises(ApiError) as error:
        parse_json(start + end)
    assert error.value.failure.message == f"Invalid JSON payload received. {words}"


@pytest.mark.parametrize("filler", [0, 10_000])
@pytest.mark.parametrize(("depth", "is_refused"), [(101, False), (102, True)])
def test_the_depth_counts_in_short_and_long_bodies(
    filler: int, depth: int, is_refused: bool
) -> None:
    text = json.dumps("x" * filler).encode()
    body = b'{"text": ' + text + b', "a": ' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"
    if not is_refused:
        assert parse_json(body)["text"] == "x" * filler
        return
    with pytest.raises(ApiError, match="Message too deep"):
        parse_json(body)
