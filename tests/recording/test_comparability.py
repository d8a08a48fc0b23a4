"""Recordings that say nothing about mockgem, and why."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from mockgem.recording.comparability import find_obstacle
from mockgem.recording.drift import AnswerSnapshot, Finding, find_drift
from tests.recording.interactions import chat, stream

GEMINI = "https://generativelanguage.googleapis.com"
VERTEX = "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers"
GENERATE = f"{GEMINI}/v1beta/models/gemini-2.5-flash:generateContent"
OTHER_API = "{} and its path are not an API that mockgem plays"
REMOVED = "a part of its request was removed from the recording"
SHORTENED = "the recording shortened media or a signature in its request"
OVERLOADED = "the service was overloaded, or a quota was used up"
REFUSED = "the service refused the credential or the account"
OBSTACLES: dict[str, tuple[dict[str, Any], int, str]] = {
    "a token service": ({"uri": "https://oauth2.googleapis.com/token"}, 404, OTHER_API),
    "a page": ({"uri": "https://example.com/a.pdf", "method": "GET"}, 404, OTHER_API),
    "another maker's model": ({"uri": f"{VERTEX}/anthropic/models/x:rawPredict"}, 404, OTHER_API),
    "another gateway": ({"uri": "https://openrouter.ai/api/v1/chat/completions"}, 200, OTHER_API),
    "another model": (
        {"uri": "https://x/v1/chat/completions", "request_body": b'{"model": "gpt-5"}'},
        404,
        OTHER_API,
    ),
    "a conversation": (
        {
            "uri": "https://x/v1/responses",
            "request_body": b'{"model": "gemini", "conversation": "conv_12345678"}',
        },
        404,
        "it names a resource that an earlier request created",
    ),
    "a file of a gateway": (
        {
            "uri": "https://x/v1/responses",
            "request_body": b'{"model": "gemini", "input": "file-12345678"}',
        },
        404,
        "it names a resource that an earlier request created",
    ),
    "no body of a video": (
        {"uri": "https://x/v1/responses", "request_body": b'{"model": "other"}'},
        404,
        OTHER_API,
    ),
    "no body": ({"uri": GENERATE, "request_body": b""}, 400, "the recording has no request body"),
    "a large body": (
        {"uri": GENERATE, "request_body": b"<99 bytes>"},
        400,
        "its request body was too large for the recording",
    ),
    "a list": (
        {"method": "GET", "uri": f"{GEMINI}/v1beta/files", "answer": b'{"files": [{}]}'},
        200,
        "it lists resources that earlier requests created",
    ),
    "a stream without events": (
        {"answer": b"", "headers": (("Content-Type", "text/event-stream"),)},
        200,
        "the recording has no response body",
    ),
    "a half answer": ({"answer": b'{"choices": ['}, 200, "its recorded response is incomplete"),
    "a redacted file": ({"request_body": b'{"data": "REDACTED"}'}, 400, REMOVED),
    "a placeholder": ({"uri": f"{GEMINI}/v1beta/models/<MY_MODEL>:x"}, 404, REMOVED),
    "shortened media": (
        {"request_body": b'{"inlineData": {"mimeType": "image/png", "data": "iVBORw0KG..."}}'},
        400,
        SHORTENED,
    ),
    "shortened media in a URL": (
        {"request_body": b'{"image_url": {"url": "data:image/png;base64,<omitted>"}}'},
        400,
        SHORTENED,
    ),
    "a shortened signature": (
        {"request_body": b'{"text": "a", "thoughtSignature": "AbCdE"}'},
        400,
        SHORTENED,
    ),
    "damaged bytes": (
        {"request_body": "--a\ufffd".encode()},
        400,
        "the recorder damaged the bytes of its request body",
    ),
    "a quota": ({"status": 429}, 200, OVERLOADED),
    "an overload": ({"status": 503}, 200, OVERLOADED),
    "an account": ({"status": 403}, 200, REFUSED),
    "a country": (
        {"status": 400, "answer": b'{"error": {"message": "User location is not supported"}}'},
        200,
        REFUSED,
    ),
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_it_is_not_comparable(name: str) -> None:
    fields, own_status, words = OBSTACLES[name]
    one = chat(**fields)
    reason = words.format(urlsplit(one.uri).hostname)
    assert find_obstacle(one, own_status) == reason
    (finding,) = find_drift(one, AnswerSnapshot(own_status, "application/json", b"{}"))
    assert finding == Finding("not comparable", "", reason)


@pytest.mark.parametrize(
    ("fields", "own_status"),
    [
        ({"status": 400}, 200),
        ({"status": 404}, 200),
        ({}, 400),
        ({}, 404),
        ({}, 501),
        ({"status": 429}, 400),
        (
            {"request_body": b'{"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo="}}'},
            400,
        ),
        ({"uri": f"{GEMINI}/v1beta/new:thing"}, 404),
        ({"uri": f"{GEMINI}/v1beta/fileSearchStores"}, 501),
        ({"uri": f"{GEMINI}/v1beta/files", "method": "GET", "answer": b"{}"}, 200),
        ({"uri": "http://127.0.0.1:5/v1beta/models/gemini-2.5-flash:generateContent"}, 200),
        ({"uri": "https://gateway.example/v1/chat/completions"}, 404),
        ({"uri": f"{VERTEX}/google/models/gemini-2.5-flash:generateContent"}, 400),
    ],
)
def test_a_difference_of_mockgem_stays_one(fields: Any, own_status: int) -> None:
    assert find_obstacle(chat(**fields), own_status) == ""


EVENTS = "text/event-stream"
FIRST = b'data: {"candidates": [{"content": {"parts": [{"text": "a"}]}}]}\r\n\r\n'
LAST = b'data: {"candidates": [{"finishReason": "STOP"}], "usageMetadata": {}}\r\n\r\n'


@pytest.mark.parametrize(
    ("pieces", "broken"),
    [((FIRST,), ""), ((FIRST, LAST[:30]), ""), ((FIRST, LAST), "the connection was lost")],
)
def test_of_a_stream_that_breaks_off_only_the_beginning_counts(
    pieces: tuple[bytes, ...], broken: str
) -> None:
    one = stream(*pieces, broken=broken)
    own = FIRST + LAST.replace(b'"usageMetadata"', b'"more": 1, "usageMetadata"')
    (finding,) = find_drift(one, AnswerSnapshot(200, EVENTS, own + b"data: [DONE]\r\n\r\n"))
    assert (finding.tier, finding.path) == ("info", "stream")
    other = own.replace(b'"content"', b'"other"')
    tiers = {each.tier for each in find_drift(one, AnswerSnapshot(200, EVENTS, other))}
    assert "warning" in tiers


def test_an_error_in_the_place_of_a_stream_is_json() -> None:
    answer = b'{"error": {"code": 400, "message": "no"}}'
    one = chat(answer=answer, status=400, headers=(("Content-Type", EVENTS),))
    assert find_drift(one, AnswerSnapshot(400, EVENTS, answer)) == []
    (finding,) = find_drift(one, AnswerSnapshot(400, "application/json", answer))
    assert (finding.tier, finding.path) == ("error", "content-type")


def test_redacted_words_are_not_compared() -> None:
    one = chat(answer=b'{"role": "REDACTED"}')
    assert find_drift(one, AnswerSnapshot(200, "application/json", b'{"role": "model"}')) == []
