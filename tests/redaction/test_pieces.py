"""Texts of a body that belong together: pieces of one choice, and texts that escapes hide."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.redaction.body import redact_body
from mockgem.redaction.finder import DEFAULT_FINDER
from tests.recording.interactions import KEY
from tests.redaction.test_body import FINDER, OWN, candidate, delta, event, parts_of

MESSAGES = ("the api_key: ", "a8Kd03hfLq29")


@pytest.mark.parametrize("build", [delta, candidate])
@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n"])
def test_choices_that_alternate_are_joined_each(build: Any, end: bytes) -> None:
    pieces = [
        part for pair in zip(parts_of(KEY, 4), parts_of(OWN, 4), strict=True) for part in pair
    ]
    body = b"".join([event(build(part, number % 2), end) for number, part in enumerate(pieces)])
    clean = ["REDACTED", "REDACTED", *[""] * 6]
    expected = b"".join([event(build(part, number % 2), end) for number, part in enumerate(clean)])
    assert redact_body(body, (), FINDER)[0] == expected


def test_two_choices_in_one_event() -> None:
    def both(first: str, second: str) -> bytes:
        return event({"choices": [{"delta": {"content": one}} for one in (first, second)]})

    pairs = zip(parts_of(KEY, 3), parts_of("x" * 39, 3), strict=True)
    body = b"".join([both(*pair) for pair in pairs])
    expected = both("REDACTED", "x" * 13) + both("", "x" * 13) * 2
    assert redact_body(body, (), FINDER)[0] == expected


def test_a_stream_as_a_json_array() -> None:
    first, second = parts_of(KEY, 2)
    values = [candidate(first, 0), candidate("b1", 1), candidate(second, 0), candidate("b2", 1)]
    cleaned = [candidate("REDACTED", 0), values[1], candidate("", 0), values[3]]
    assert redact_body(json.dumps(values).encode(), (), FINDER)[0] == json.dumps(cleaned).encode()


def test_items_of_responses_are_told_apart() -> None:
    def text(item: str, piece: str) -> bytes:
        return event({"type": "response.output_text.delta", "item_id": item, "delta": piece})

    first, second = parts_of(KEY, 2)
    body = text("a", first) + text("b", "hello ") + text("a", second) + text("b", "you")
    expected = text("a", "REDACTED") + text("b", "hello ") + text("a", "") + text("b", "you")
    assert redact_body(body, (), FINDER)[0] == expected


@pytest.mark.parametrize("secret", [KEY, OWN])
def test_events_that_are_not_json(secret: str) -> None:
    body = b"".join([b"data: %b\n\n" % part.encode() for part in parts_of(secret, 4)])
    body += b"data: [DONE]\n\n"
    expected = b"data: REDACTED\n\n" + b"data: \n\n" * 3 + b"data: [DONE]\n\n"
    assert redact_body(body, (), FINDER)[0] == expected


def test_arguments_of_a_tool_call_over_events() -> None:
    def call(piece: str) -> bytes:
        return event({"choices": [{"delta": {"tool_calls": [{"function": {"arguments": piece}}]}}]})

    body = call('{"pass') + call('word": "hun') + call('ter22", "a": 1}')
    expected = call('{"pass') + call('word": "REDACTED') + call('", "a": 1}')
    assert redact_body(body, (), DEFAULT_FINDER)[0] == expected


def test_escapes_hide_no_secret() -> None:
    hidden = "".join([f"\\u{ord(char):04x}" for char in KEY])
    body = b'{"a": "x %b", "list": ["%b"], "%b": 1}' % ((hidden.encode(),) * 3)
    assert (
        redact_body(body, (), FINDER)[0]
        == b'{"a": "x REDACTED", "list": ["REDACTED"], "REDACTED": 1}'
    )


def test_a_name_counts_for_the_next_piece_only_in_a_stream() -> None:
    texts = [{"content": text} for text in MESSAGES]
    stream = b"".join([event(delta(text)) for text in MESSAGES])
    for body, is_found in (
        (json.dumps({"messages": texts}).encode(), False),
        (b"\n".join([json.dumps(one).encode() for one in texts]), False),
        (b" " + json.dumps(texts).encode(), True),
        (stream, True),
    ):
        expected = body.replace(MESSAGES[1].encode(), b"REDACTED") if is_found else body
        assert redact_body(body, (), FINDER)[0] == expected


def test_an_escape_hides_no_named_value_in_a_message() -> None:
    messages = [{"content": "hello"}, {"content": "x api_key=a8Kd03hfLq29 y"}, {"content": "bye"}]
    body = json.dumps({"messages": messages}).replace("api", "\\u0061pi").encode()
    expected = json.dumps({"messages": messages}).replace("a8Kd03hfLq29", "REDACTED").encode()
    assert redact_body(body, (), FINDER)[0] == expected


def test_a_string_without_its_end_may_hide_a_secret_too() -> None:
    hidden = KEY.replace("A", "\\u0041")
    for body in (f'{{"a": "x {hidden}', f'data: {{"b": 1, "a": "x {hidden}'):
        clean = redact_body(body.encode(), (), FINDER)[0].decode()
        assert clean.startswith(body.partition("x ")[0] + "x REDACTED")


@pytest.mark.parametrize("name", ["index", "output_index", "content_index", "summary_index"])
def test_each_kind_of_index_tells_texts_apart(name: str) -> None:
    first, second = parts_of(KEY, 2)
    rows = [(0, first), (1, "hello "), (0, second), (1, "you")]
    body = b"".join([event({name: number, "delta": text}) for number, text in rows])
    cleaned = [(0, "REDACTED"), (1, "hello "), (0, ""), (1, "you")]
    expected = b"".join([event({name: number, "delta": text}) for number, text in cleaned])
    assert redact_body(body, (), FINDER)[0] == expected
