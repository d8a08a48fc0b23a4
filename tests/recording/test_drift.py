"""Differences between an answer and a recorded one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.recording.drift import AnswerSnapshot, Finding, find_drift
from tests.recording.interactions import chat, stream

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
