"""Differences between an answer and a recorded one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.recording.drift import AnswerSnapshot, Finding, find_drift
from tests.recording.interactions import KEY, chat, stream

JSON, EVENTS = "application/json", "text/event-stream"
ANSWER = {
    "choices": [
        {"finish_reason": "stop", "index": 0, "message": {"role": "assistant", "content": "Hi"}}
    ],
    "id": "1",
}


def found(recorded: Any, own: Any, status: int = 200, own_status: int = 200) -> list[Finding]:
    one = chat(answer=json.dumps(recorded).encode(), status=status)
    return find_drift(one, AnswerSnapshot(own_status, JSON, json.dumps(own).encode()))


def test_other_words_and_numbers_are_the_same() -> None:
    own = {
        "choices": [
            {"finish_reason": "stop", "index": 0, "message": {"role": "assistant", "content": "Yo"}}
        ],
        "id": "2",
    }
    assert found(ANSWER, own) == []


@pytest.mark.parametrize(
    ("own", "tier", "place"),
    [
        ({"choices": [], "id": "1"}, "warning", "choices"),
        ({"choices": {}, "id": "1"}, "error", "choices"),
        ({"id": "1", "choices": ANSWER["choices"]}, "warning", "body"),
        ({"choices": ANSWER["choices"]}, "warning", "id"),
        (ANSWER | {"more": 1}, "warning", "more"),
        (ANSWER | {"id": 1}, "error", "id"),
    ],
)
def test_differences_have_a_path(own: Any, tier: str, place: str) -> None:
    assert [(one.tier, one.path) for one in found(ANSWER, own)] == [(tier, place)]


def test_statuses_and_the_apis_own_words() -> None:
    (one,) = found(ANSWER, {"error": {"message": "no"}}, own_status=400)
    assert (one.tier, one.path, one.message) == ("error", "status", "recorded 200, ours 400: no")
    own = json.loads(json.dumps(ANSWER).replace('"stop"', '"length"'))
    assert [(one.tier, one.path) for one in found(ANSWER, own)] == [
        ("warning", "choices[0].finish_reason")
    ]


def test_a_resource_from_earlier_is_not_an_error() -> None:
    one = chat(uri="https://x/v1beta/files/abc", method="GET", request_body=b"", answer=b"{}")
    (only,) = find_drift(one, AnswerSnapshot(403, JSON, b'{"error": {"message": "gone"}}'))
    assert only.tier == "not comparable"


def test_streams_are_compared_by_framing_and_by_their_events() -> None:
    recorded = stream(b'data: {"a": 1}\r\n\r\n', b'data: {"a": 2, "finishReason": "STOP"}\r\n\r\n')
    assert find_drift(recorded, AnswerSnapshot(200, EVENTS, recorded.body)) == []
    own = recorded.body.replace(b"\r\n", b"\n") + b"data: [DONE]\n\n"
    assert {
        (one.tier, one.path) for one in find_drift(recorded, AnswerSnapshot(200, EVENTS, own))
    } == {("error", "framing")}
    short = b'data: {"a": 1}\r\n\r\ndata: {"a": 2}\r\n\r\n'
    assert [one.path for one in find_drift(recorded, AnswerSnapshot(200, EVENTS, short))] == [
        "last event.finishReason"
    ]
    assert {one.path for one in find_drift(recorded, AnswerSnapshot(200, JSON, b"{}"))} >= {
        "body",
        "content-type",
    }


def said(recorded: Any, own: Any, **more: Any) -> list[tuple[str, str, str]]:
    return [(one.tier, one.path, one.message) for one in found(recorded, own, **more)]


GONE, NEW = "the recording has it, and ours has not", "ours has it, and the recording has not"


@pytest.mark.parametrize(
    ("recorded", "own", "findings"),
    [
        ({"a": {"b": 1}}, {"a": {}}, [("warning", "a.b", GONE)]),
        ({"a": {}}, {"a": {"b": 1}}, [("warning", "a.b", NEW)]),
        ({"a": [{"b": 1}, 2]}, {"a": [{}]}, [("warning", "a[0].b", GONE)]),
        ({"a": []}, {"a": [1, 2]}, [("warning", "a", "recorded 0 items, ours 2")]),
        ([1], [], [("warning", "body", "recorded 1 items, ours 0")]),
        ([], [], []),
        ([], {}, [("error", "body", "recorded a list, ours an object")]),
        (
            {"a": 1, "b": True, "c": "x", "d": None, "e": 1.5},
            {"a": True, "b": 1, "c": 1, "d": "x", "e": 1},
            [
                ("error", "a", "recorded a number, ours a boolean"),
                ("error", "b", "recorded a boolean, ours a number"),
                ("error", "c", "recorded a string, ours a number"),
                ("error", "d", "recorded null, ours a string"),
            ],
        ),
        (
            {"a": 1, "b": 2, "c": 3},
            {"b": 2, "x": 1, "a": 1},
            [
                ("warning", "body", "keys in another order: recorded a, b; ours b, a"),
                ("warning", "c", GONE),
                ("warning", "x", NEW),
            ],
        ),
        ({"args": {"a": 1}, "metadata": 1}, {"args": [], "metadata": "x"}, []),
        ({"role": "a" * 70}, {"role": "b" * 70},
         [("warning", "role", f"recorded {'a' * 60!r}, ours {'b' * 60!r}")]),
        ({"model": "a"}, {"model": "b"}, []),
        ({"type": "a-20261128"}, {"type": "b"}, []),
        ({"message": "a"}, {"message": "b"}, []),
        ({"error": {"message": "a" * 170}}, {"error": {"message": "b" * 170}},
         [("info", "error.message", f"recorded {'a' * 160!r}, ours {'b' * 160!r}")]),
        ({"b": 1, "role": "x"}, {"b": "1", "role": "y"},
         [("error", "b", "recorded a number, ours a string"),
          ("warning", "role", "recorded 'x', ours 'y'")]),
    ],
)  # fmt: skip
def test_each_difference_in_words(
    recorded: Any, own: Any, findings: list[tuple[str, str, str]]
) -> None:
    assert said(recorded, own) == findings
    assert said(own, own) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"error": {"message": "no \\n way"}}', "no way"),
        (b'[{"error": {"message": "no"}}]', "no"),
        (b'{"error": "no"}', ""),
        (b"[]", ""),
        (b"no " + KEY.encode(), "no REDACTED"),
        (b"x" * 3000, "x" * 160),
        (json.dumps({"error": {"message": "x" * 200}}).encode(), "x" * 160),
    ],
)
def test_another_status_has_the_message_of_its_error(body: bytes, reason: str) -> None:
    (one,) = find_drift(chat(), AnswerSnapshot(500, JSON, body))
    message = f"recorded 200, ours 500: {reason}"
    assert (one.tier, one.path, one.message) == ("error", "status", message)


def compare(recorded: bytes, own: bytes, types: tuple[str, str]) -> list[tuple[str, str, str]]:
    one = chat(answer=recorded, headers=(("Content-Type", types[0]),))
    findings = find_drift(one, AnswerSnapshot(200, types[1], own))
    return [(each.tier, each.path, each.message) for each in findings]


EVENT = b'data: {"a": 1, "finish_reason": "x"}\n\n'
DONE = b"data: [DONE]\n\n"


@pytest.mark.parametrize(
    ("recorded", "own", "types", "findings"),
    [
        (b"{}", b"{}", ("A/B; c=d", "a/b ;x"), []),
        (b"{}", b"{}", ("", "a/b"), []),
        (b"{}", b"{}", ("a/b", "c/d"), [("error", "content-type", "recorded a/b, ours c/d")]),
        (b"{}", b"x", (JSON, JSON), [("error", "body", "recorded JSON, ours another body")]),
        (b"x", b"{}", (JSON, JSON), [("error", "body", "recorded another body, ours JSON")]),
        (b" ", b"{}", (JSON, JSON), []),
        (b"x", b"y", (JSON, JSON), []),
        (EVENT, EVENT.replace(b"\n", b"\r\n"), (EVENTS, EVENTS),
         [("error", "framing", "line ends: recorded LF, ours CR LF")]),
        (EVENT, EVENT + DONE, (EVENTS, EVENTS),
         [("error", "framing", "end marker: recorded False, ours True")]),
        (EVENT, EVENT.replace(b": {", b":{"), (EVENTS, EVENTS),
         [("error", "framing", "space after data:: recorded True, ours False")]),
        (EVENT, DONE, (EVENTS, EVENTS),
         [("error", "events", "recorded 1, ours 0"),
          ("error", "framing", "end marker: recorded False, ours True"),
          ("error", "framing", "space after data:: recorded True, ours False")]),
        (EVENT * 2, EVENT + EVENT.replace(b'"a"', b'"b"'), (EVENTS, EVENTS),
         [("warning", "last event.a", GONE), ("warning", "last event.b", NEW),
          ("info", "b", "ours has it in an event, and the recording has not")]),
        (EVENT * 2, EVENT.replace(b"1", b'{"b": 1, "args": {"c": 2}}') + EVENT, (EVENTS, EVENTS),
         [("error", "first event.a", "recorded a number, ours an object"),
          ("info", "a.args", "ours has it in an event, and the recording has not"),
          ("info", "a.b", "ours has it in an event, and the recording has not")]),
    ],
)  # fmt: skip
def test_each_difference_of_streams_and_other_bodies(
    recorded: bytes, own: bytes, types: tuple[str, str], findings: list[tuple[str, str, str]]
) -> None:
    assert sorted(compare(recorded, own, types)) == sorted(findings)
