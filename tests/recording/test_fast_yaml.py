"""The fast parser returns what YAML returns or refuses, for mockgem's files and edits of them."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vcr.serializers import yamlserializer

from mockgem.recording.cassette_encoder import encode_cassette, encode_interaction
from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.fast_yaml import UnsupportedYaml, parse_record
from mockgem.recording.interaction import Interaction, from_vcr_record
from mockgem.recording.torn_end import END_MARKER, FILE_HEADER
from tests.recording.interactions import chat, stream

HERE = Path(__file__).parent.parent.parent / "cassettes"


def by_yaml(text: str) -> Any:
    return yaml.load(text, Loader=yamlserializer._CassetteLoader)[0]


def swiftly(text: str) -> Any:
    try:
        return parse_record(text)
    except UnsupportedYaml:
        return None


PLAIN = (
    r"""|yes|null|~|0x10|1e3|1.5|12|-1|a: b|a #b|'|"|{a: b}|[1]|*a|&a|!a|%a|@a|`a|12:30|a:|"""
    r"""a'b|- a|é|😀|> x"""
)
SPLIT = [
    "a\n",
    "\n a",
    " a\nb",
    "a\nb\n\n",
    "data: x\r\n\r\ndata: y\r\n\r\n",
    '{"a": "b"}\n',
    "# end",
    "a\n# end\n",
    "|",
    "|-",
]
TEXTS = st.text(max_size=60) | st.sampled_from(
    [*PLAIN.split("|"), *SPLIT, " ", "\ufeffa", "\u2028", "\x07", "\x85"]
)
HEADERS = st.lists(
    st.tuples(st.sampled_from(["Content-Type", "Vary", "X-A", "yes", "on", "Date"]), TEXTS),
    max_size=3,
).map(tuple)
INTERACTIONS = st.builds(
    Interaction,
    method=st.sampled_from(["GET", "POST"]),
    uri=st.sampled_from(
        ["https://x/v1?a=b&c=d", "http://127.0.0.1:80/v1beta/openai/chat/completions"]
    ),
    request_headers=HEADERS,
    request_body=TEXTS.map(lambda text: text.encode()) | st.binary(max_size=20),
    status=st.integers(100, 599),
    reason=TEXTS,
    headers=HEADERS,
    body=TEXTS.map(lambda text: text.encode()) | st.binary(max_size=20),
    chunks=st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), max_size=3).map(tuple),
    broken=TEXTS,
    recorded=st.sampled_from(["", "2026-11-21T10:00:00Z"]),
)


@settings(max_examples=600, deadline=None)
@given(INTERACTIONS)
@example(chat("one\ntwo\n\nthree"))
@example(stream(b"data: {}\r\n\r\n", b"data: [DONE]\r\n\r\n"))
def test_it_reads_what_yaml_reads_or_nothing(one: Interaction) -> None:
    text = encode_interaction(one, as_json=False).decode().removesuffix(END_MARKER.decode())
    found = swiftly(text)
    assert found is None or found == by_yaml(text)


MARKS = [
    " ",
    "\n",
    "'",
    '"',
    ":",
    "- ",
    "|",
    "#",
    "&a ",
    "*a",
    "!!binary ",
    "  ",
    "\\",
    "{",
    "}",
    "~",
    "null",
    "0",
    "\t",
    "? ",
    "<<: ",
    "%",
    "...",
]


@settings(max_examples=300, deadline=None)
@given(INTERACTIONS, st.integers(0, 2**32))
def test_what_others_made_of_it_is_read_as_yaml_reads_it(one: Interaction, seed: int) -> None:
    """Characters added, removed and doubled anywhere."""
    dice = random.Random(seed)
    text = encode_interaction(one, as_json=False).decode().removesuffix(END_MARKER.decode())
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(text))
        change = dice.choice(["", dice.choice(MARKS), text[at : at + 3] * 2])
        text = text[:at] + change + text[at + dice.randint(0, 2) :]
    found = swiftly(text)
    if found is not None:
        assert found == by_yaml(text), text


@pytest.mark.parametrize("path", sorted(HERE.glob("*.yaml")), ids=lambda path: path.name)
def test_the_examples_are_read_swiftly(path: Path) -> None:
    """Otherwise it would be useless."""
    data = path.read_bytes()
    items = (
        data.removeprefix(FILE_HEADER)
        .decode()
        .removesuffix(END_MARKER.decode())
        .split("\n" + END_MARKER.decode())
    )
    assert len(items) > 2
    for one in items:
        text = one.removesuffix("\n") + "\n"
        record = parse_record(text)
        assert record == by_yaml(text)
        assert from_vcr_record(record) in read_cassette(path).interactions


def test_files_of_both_kinds_of_items_keep_their_order(tmp_path: Path) -> None:
    """YAML reads a binary body, and the fast parser the interactions around it."""
    some = [
        chat("a"),
        chat("b", answer=b"\xff\x00\x01"),
        chat("c", answer=json.dumps({"x": "é\n😀"}).encode()),
    ]
    path = tmp_path / "a.yaml"
    path.write_bytes(encode_cassette(some, as_json=False))
    assert list(read_cassette(path).interactions) == some


@pytest.mark.parametrize(
    "text",
    [
        "- request: &a\n    body: x\n",
        "- request:\n    body: *a\n",
        "- request:\n    a: x\n    a: y\n",
        "- request: !!binary |\n    eA==\n",
        "- request:\n  - a: b\n",
        "- {request: x}\n",
        "request: x\n",
        "",
        "-\n",
        "- request:\n",
        "- request:\n    body: |2\n      x\n",
        "- request:\n    body: >\n      x\n",
        "- request:\n    body: 'x\n",
        '- request:\n    body: "x\n',
        "- request:\n    body: x: y\n",
        "- request:\n    yes: x\n",
        "- request:\n    body: yes\n",
        "- request:\n    body: 1.5\n",
        "- request:\n    body: 2026-01-01\n",
        "- request:\n\tbody: x\n",
        "- request:\n    body: x\n- request:\n    body: y\n",
        "- request:\n    body: 0123\n",
        '- request:\n    body: "\\ud800"\n',
        '- request:\n    body: "\\q"\n',
        "- request:\n    body: ~\n",
        "- request:\n    body: \n",
        "- a:\n" + "".join("  " * depth + "a:\n" for depth in range(2, 40)),
    ],
)
def test_what_it_leaves_to_yaml(text: str) -> None:
    assert swiftly(text) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"a\\x41\\u00e9\\U0001F600"', "aA\u00e9\U0001f600"),
        ('"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\\\\\/\\N\\_\\L\\P"',
         '\0\a\b\t\n\v\f\r\x1b "\\/\x85\xa0\u2028\u2029'),
        ('"one\\\n      two"', "onetwo"),
        ('"one\\\n      \\ two\\\n      three"', "one twothree"),
        ('"one\\\\\\\n      two"', "one\\two"),
        ('"one\\\\"', "one\\"),
        ('"one\\\\\\\\"', "one\\\\"),
        ("'it''s'", "it's"),
        ("''", ""),
        ("null", None),
        ("0", 0),
        ("120", 120),
        ("a b/c", "a b/c"),
        ("|\n      a\n       b\n\n      c", "a\n b\n\nc\n"),
        ("|-\n      a", "a"),
        ("|+\n      a\n", "a\n\n"),
    ],
)  # fmt: skip
def test_the_forms_that_mockgem_writes(value: str, expected: object) -> None:
    text = f"- request:\n    body: {value}\n    method: GET\n"
    assert by_yaml(text) == {"request": {"body": expected, "method": "GET"}}
    assert swiftly(text) == {"request": {"body": expected, "method": "GET"}}


@pytest.mark.parametrize(
    "value",
    [
        *('"one\\\n    two"', '"one\\\\\n      two"', '"one\\', '"a" b', '"a\\xZZ"', "'a'b'", "'"),
        *('"\\U00110000"', '"\\udfff"', "- a", "12345678901234567890", "a: b", "a #b", "a:", "on"),
        *("|\n       a", "|\n\n      a", "|\n      a\n\n", "|", "\u00e9", "\x7f"),
    ],
)
def test_other_forms_are_left_to_yaml(value: str) -> None:
    assert swiftly(f"- request:\n    body: {value}\n") is None


def test_lists_and_mappings_may_be_nested() -> None:
    text = (
        "- request:\n    chunks:\n    - - 1\n      - 2\n    - - 3\n      - 4\n    own:\n"
        "      a:\n      - b\n      - c\n  response: x\n"
    )
    expected = {
        "request": {"chunks": [[1, 2], [3, 4]], "own": {"a": ["b", "c"]}},
        "response": "x",
    }
    assert swiftly(text) == by_yaml(text) == expected


@pytest.mark.parametrize(("depth", "is_read"), [(13, True), (14, True), (15, False)])
def test_the_depth_is_limited(depth: int, is_read: bool) -> None:
    text = "- a:\n" + "".join(["  " * level + "a:\n" for level in range(2, depth)])
    text = text[:-1] + " x\n"
    found = swiftly(text)
    assert found == (by_yaml(text) if is_read else None)
    lists = "- a:\n  " + "- " * (depth - 2) + "x\n"
    assert swiftly(lists) == (by_yaml(lists) if is_read else None)
