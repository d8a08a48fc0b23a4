"""What a cassette says about the secrets that were replaced in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.recording.interaction import Interaction
from mockgem.recording.redaction import Redactor
from mockgem.recording.removed_secrets import MAX_REMOVED, RemovedSecret, list_removed_secrets
from mockgem.recording.socket_messages import RecordedMessage
from tests.recording.interactions import KEY, chat, stream


def list_places(one: Interaction) -> list[tuple[str, str, str, int]]:
    return [(each.place, each.path, each.name, each.count) for each in list_removed_secrets(one)]


def test_an_interaction_without_secrets_has_none() -> None:
    assert list_removed_secrets(chat("hi")) == []
    assert list_removed_secrets(Redactor().redact(chat("hi"))) == []


def test_what_the_recorder_replaces_is_found_with_its_name() -> None:
    body = {"contents": [{"parts": [{"text": f"my key is {KEY}"}]}], "tools": {"api_key": KEY}}
    clean = Redactor().redact(chat(request_body=json.dumps(body).encode()))
    assert KEY.encode() not in clean.request_body
    assert list_places(clean) == [
        ("request body", "contents[0].parts[0].text", "", 1),
        ("request body", "tools.api_key", "api_key", 1),
    ]


def test_secrets_in_an_answer_and_in_its_headers_are_found() -> None:
    location = ("location", f"https://example.com/upload?upload_id={KEY}")
    answer = json.dumps({"error": {"message": f"key={KEY} is not valid, {KEY}"}}).encode()
    clean = Redactor().redact(chat("hi", answer, headers=(location,)), [KEY])
    found = list_places(clean)
    assert ("response body", "error.message", "", 1) in found
    assert [one[1] for one in found if one[0] == "response header"] == ["location"]


def test_events_of_a_stream_are_searched_one_by_one() -> None:
    piece = f'data: {{"text": "{KEY}"}}\n\n'.encode()
    clean = Redactor().redact(stream(piece, piece))
    assert list_places(clean) == [("response body", "text", "", 2)]


def test_a_form_and_a_broken_body_are_texts() -> None:
    assert list_places(chat(request_body=b"a=1&client_secret=REDACTED")) == [
        ("request body", "", "client_secret", 1)
    ]
    assert list_places(chat("hi", b'{"password": "REDACTED", "more')) == [
        ("response body", "", "password", 1)
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"request_headers": (("Authorization", "Bearer <API_KEY>"),)},
            ("request header", "Authorization", "Authorization", 1),
        ),
        (
            {"uri": "https://host/v1/models?api_key=FILTERED&pageSize=1"},
            ("URL", "api_key", "api_key", 1),
        ),
        (
            {"uri": "https://host/v1/projects/<PROJECT>/models"},
            ("URL", "path", "", 1),
        ),
    ],
)
def test_marks_of_other_recorders_are_found(
    fields: dict[str, Any], expected: tuple[str, str, str, int]
) -> None:
    assert list_places(chat(**fields)) == [expected]


def test_templates_in_a_prompt_are_not_marks() -> None:
    assert list_removed_secrets(chat("Fill <TODO> and {{name}} in")) == []


def test_messages_of_a_socket_are_searched() -> None:
    message = RecordedMessage("server", 1, b'{"token": "REDACTED"}')
    assert list_removed_secrets(chat(status=101, messages=(message,))) == [
        RemovedSecret("message of the server", "token", "token", 1)
    ]


def test_the_list_is_bounded() -> None:
    answer = json.dumps({f"key{n}": "REDACTED" for n in range(500)}).encode()
    assert len(list_removed_secrets(chat("hi", answer))) == MAX_REMOVED
