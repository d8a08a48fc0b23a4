"""The text of a cassette, as people read it in a review."""

from __future__ import annotations

import json

import pytest

from mockgem.recording.cassette_encoder import encode_cassette, encode_interaction
from mockgem.recording.interaction import Interaction
from tests.recording.interactions import chat, stream

ONE = Interaction(
    *("POST", "https://x/y", (("A", "1"), ("A", "2")), "é\n".encode()),
    *(200, "OK", (("Content-Type", "text/plain"),), b'data: "a"\r\n\r\n  data: \\b\r\n\r\n'),
    *(((5, 13), (7, 14)), "lost", "2026-11-28T00:00:00Z"),
)
YAML = r"""- request:
    body: |
      é
    headers:
      A:
      - '1'
      - '2'
    method: POST
    uri: https://x/y
  response:
    body:
      string: "data: \"a\"\r\n\
        \r\n\
        \  data: \\b\r\n\
        \r\n"
    headers:
      Content-Type:
      - text/plain
    status:
      code: 200
      message: OK
    x-mockgem:
      chunks:
      - - 5
        - 13
      - - 7
        - 14
      broken: lost
      recorded: '2026-11-28T00:00:00Z'
# end
"""


def test_an_interaction_in_yaml() -> None:
    assert encode_interaction(ONE, as_json=False).decode() == YAML
    whole = encode_cassette([ONE, ONE], as_json=False).decode()
    assert whole == "version: 1\ninteractions:\n" + YAML + YAML


def test_an_interaction_in_json() -> None:
    text = encode_interaction(ONE, as_json=True).decode()
    assert "é" in text
    assert "\n" not in text
    own = {"chunks": [[5, 13], [7, 14]], "broken": "lost", "recorded": "2026-11-28T00:00:00Z"}
    assert json.loads(text) == {
        "request": {
            "body": "é\n",
            "headers": {"A": ["1", "2"]},
            "method": "POST",
            "uri": "https://x/y",
        },
        "response": {
            "body": {"string": ONE.body.decode()},
            "headers": {"Content-Type": ["text/plain"]},
            "status": {"code": 200, "message": "OK"},
            "x-mockgem": own,
        },
    }
    whole = encode_cassette([ONE, ONE], as_json=True).decode()
    assert whole == f'{{"version": 1, "interactions": [\n{text},\n{text}\n]}}\n'


def test_no_interactions_are_an_empty_file() -> None:
    assert encode_cassette([], as_json=True) == encode_cassette([], as_json=False) == b""


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"", "''"),
        (b"one", "one"),
        (b"two\nlines", "|-\n        two\n        lines"),
        (b"two\nlines\n", "|\n        two\n        lines"),
        (b" a\nb", "' a\n\n        b'"),
        (b"\na", "'\n\n        a'"),
        (b"a\rb\n", '"a\\rb\\n"'),
        (b"\x00", "!!binary |\n        AA=="),
        (b"\x7f", "!!binary |\n        fw=="),
        (b"\xff", "!!binary |\n        /w=="),
        (b"x" * 300, "x" * 300),
    ],
)
def test_the_forms_of_a_body(body: bytes, form: str) -> None:
    text = encode_interaction(chat(answer=body), as_json=False).decode()
    assert f"    body:\n      string: {form}\n" in text


def test_a_body_of_bytes_is_not_json() -> None:
    with pytest.raises(ValueError, match="a body is not text, and JSON has no bytes: record to a"):
        encode_interaction(chat(answer=b"\xff"), as_json=True)


def test_own_data_is_there_only_if_there_is_some() -> None:
    assert b"x-mockgem" not in encode_interaction(chat(), as_json=False)
    assert b"broken" not in encode_interaction(stream(b"a", b"b"), as_json=False)
