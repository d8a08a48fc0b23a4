"""Read and write recordings of other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mockgem.cli import main
from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette, read_cassette
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from tests.recording.interactions import KEY, chat

NATIVE = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash"
ASKED = {"contents": [{"parts": [{"text": "hi"}], "role": "user"}]}
PIECES = [{"candidates": [{"content": {"parts": [{"text": text}]}}]} for text in ("Hel", "lo")]
GENAI = {
    "replay_id": "models/hello/mldev",
    "interactions": [
        {
            "request": {
                "method": "post",
                "url": "{MLDEV_URL_PREFIX}/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                "headers": {"x-goog-api-key": "{REDACTED}"},
                "body_segments": [ASKED],
            },
            "response": {"status_code": 200, "headers": {}, "body_segments": PIECES},
        },
        {
            "request": {
                "method": "post",
                "url": (
                    "{VERTEX_URL_PREFIX}/publishers/google/models/gemini-2.5-flash:generateContent"
                ),
                "headers": {},
                "body_segments": [
                    {"contents": [{"parts": [{"text": "{PROJECT_AND_LOCATION_PATH}"}]}]}
                ],
            },
            "response": {"headers": {}, "body_segments": [PIECES[0]]},
        },
        {
            "request": {
                "method": "POST",
                "url": "",
                "headers": {},
                "body_segments": [{"file_path": "x"}],
            },
            "response": {},
        },
    ],
}
SERVER = {
    "recordID": "hello",
    "interactions": [
        {
            "request": {
                "method": "POST",
                "url": "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
                "request": (
                    "POST /v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse HTTP/1.1"
                ),
                "headers": {"Content-Type": "application/json"},
                "bodySegments": [ASKED],
                "serverAddress": "generativelanguage.googleapis.com",
                "port": 443,
                "protocol": "https",
            },
            "shaSum": "0",
            "response": {
                "statusCode": 200,
                "headers": {"Content-Type": "text/event-stream"},
                "bodySegments": PIECES,
            },
        }
    ],
}
HAR = {
    "log": {
        "entries": [
            {
                "startedDateTime": "2026-11-21T00:00:00Z",
                "request": {
                    "method": "POST",
                    "url": f"{NATIVE}:generateContent?key={KEY}",
                    "headers": [
                        {"name": ":method", "value": "POST"},
                        {"name": "Authorization", "value": f"Bearer {KEY}"},
                    ],
                    "postData": {"mimeType": "application/json", "text": json.dumps(ASKED)},
                },
                "response": {
                    "status": 200,
                    "statusText": "OK",
                    "headers": [
                        {"name": "Content-Encoding", "value": "gzip"},
                        {"name": "Content-Type", "value": "text/x"},
                    ],
                    "content": {"text": "aGk=", "encoding": "base64"},
                },
            },
            {
                "request": {"method": "GET", "url": "https://x", "headers": []},
                "response": {"status": 0},
            },
        ]
    }
}
AIMOCK = {
    "fixtures": [
        {"match": {"userMessage": "hello"}, "response": {"content": "Hi!"}},
        {
            "match": {
                "userMessage": "weather",
                "model": "gemini-2.5-pro",
                "systemMessage": ["Be", "brief"],
            },
            "response": {"toolCalls": [{"name": "get_weather", "arguments": {"city": "Rome"}}]},
        },
        {
            "match": {"userMessage": "fail"},
            "response": {"error": {"message": "slow", "type": "x"}, "status": 429},
        },
        {"match": {"inputText": "vector"}, "response": {"embedding": [0.5, 0.25]}},
        {"match": {}, "response": {"content": "anything"}},
        {
            "match": {"userMessage": "draw", "endpoint": "image"},
            "response": {"image": {"url": "x"}},
        },
    ]
}


def loaded(tmp_path: Path, tree: Any, form: str = "") -> tuple[list[Interaction], int]:
    path = tmp_path / "in.json"
    path.write_text(json.dumps(tree))
    return formats.load(path, form)


def test_replays_of_google_genai(tmp_path: Path) -> None:
    (stream, vertex), left_out = loaded(tmp_path, GENAI)
    assert left_out == 1
    assert (stream.method, stream.uri) == ("POST", f"{NATIVE}:streamGenerateContent?alt=sse")
    assert json.loads(stream.request_body) == ASKED
    assert stream.body.startswith(b'data: {"candidates"')
    assert len(stream.chunks) == 2
    assert "/v1beta1/projects/project/locations/us-central1/publishers" in vertex.uri
    assert b"projects/project/locations" in vertex.request_body


def test_recordings_of_test_server(tmp_path: Path) -> None:
    ((one,), left_out) = loaded(tmp_path, SERVER)
    assert (one.uri, left_out, len(one.chunks)) == (f"{NATIVE}:streamGenerateContent?alt=sse", 0, 2)


def test_har_without_its_secrets(tmp_path: Path) -> None:
    ((one,), left_out) = loaded(tmp_path, HAR)
    assert (one.uri, one.body, left_out) == (f"{NATIVE}:generateContent", b"hi", 1)
    assert KEY not in str(one)
    assert one.headers == (("Content-Type", "text/x"),)


def test_fixtures_of_aimock(tmp_path: Path) -> None:
    found, left_out = loaded(tmp_path, AIMOCK)
    assert left_out == 2
    words, call, error, vector = found
    assert json.loads(words.body)["choices"][0]["message"]["content"] == "Hi!"
    assert json.loads(call.request_body)["messages"][0] == {
        "role": "system",
        "content": "Be\nbrief",
    }
    text = json.loads(call.body)["choices"][0]
    assert (text["finish_reason"], text["message"]["tool_calls"][0]["function"]["name"]) == (
        "tool_calls",
        "get_weather",
    )
    assert error.status == 429
    assert json.loads(vector.body)["data"][0]["embedding"] == [0.5, 0.25]


@pytest.mark.parametrize(
    ("tree", "form"), [(GENAI, "genai"), (SERVER, "test-server"), (AIMOCK, "aimock")]
)
def test_there_and_back(tmp_path: Path, tree: Any, form: str) -> None:
    found, _ = loaded(tmp_path, tree)
    kept = [one for one in found if form != "aimock" or "chat" in one.uri]
    left_out = formats.store(tmp_path / "out.json", found, form)
    again, unread = formats.load(tmp_path / "out.json")
    assert (left_out, unread) == (len(found) - len(kept), 0)
    assert [(one.method, one.uri, one.status, bool(one.chunks)) for one in again] == [
        (one.method, one.uri, one.status, bool(one.chunks)) for one in kept
    ]
    if form != "aimock":
        assert [(one.request_body, one.body) for one in again] == [
            (one.request_body, one.body) for one in kept
        ]


def test_the_hash_of_a_test_server_request_covers_its_parts_in_order(tmp_path: Path) -> None:
    """Each has the hash of the one before it; HTML characters are escaped as in Go."""
    formats.store(tmp_path / "out.json", [chat("a & b <c>"), chat("a & b <c>")], "test-server")
    first, second = json.loads((tmp_path / "out.json").read_text())["interactions"]
    assert second["request"]["previousRequest"] == first["shaSum"] != second["shaSum"]
    assert len(first["shaSum"]) == 64


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadCassette, match="--from 'x' is not valid: use one of vcr, genai"):
        loaded(tmp_path, HAR, "x")
    with pytest.raises(BadCassette, match="--to 'har' is not valid: use one of vcr, genai"):
        formats.store(tmp_path / "out", [], "har")
    with pytest.raises(BadCassette, match=r"google-genai: interaction 1: one of its values"):
        loaded(tmp_path, {"replay_id": "x", "interactions": [5]})
    with pytest.raises(BadCassette, match="is not a cassette"):
        loaded(tmp_path, {"hello": 1})


def run(*arguments: object, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_converting_by_command(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps(GENAI))
    text = run("cassette", "convert", tmp_path / "in.json", tmp_path / "out.yaml")
    assert "out.yaml: 2 interactions\n1 could not be read" in text
    assert len(read_cassette(tmp_path / "out.yaml").interactions) == 2


def test_show_check_scrub_and_diff(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    save_cassette(first, [chat("hello"), chat("bye", answer=f'{{"a": "{KEY}"}}'.encode())])
    save_cassette(second, [chat("hello", answer=b'{"choices": [1]}')])
    assert 'POST /v1beta/openai/chat/completions → 200  15 bytes, whole  "hello"' in run(
        "cassette", "show", first
    )
    assert '"choices": []' in run("cassette", "show", first, 1)
    assert "9 is not valid" in run("cassette", "show", first, 9, code=2)
    assert "something that looks like a secret is left in the response's body" in run(
        "cassette", "check", first, code=1
    )
    assert f"{first}: 1 of 2 interactions changed" in run("cassette", "scrub", first)
    assert run("cassette", "check", tmp_path) == f"{first}: good\n{second}: good\n"
    text = run("cassette", "diff", first, second, code=1)
    assert "other answer: POST" in text
    assert "body.choices: [], then [1]" in text
    assert "only in the first: POST" in text
    assert run("cassette", "diff", first, first) == ""
    assert "There is no file or folder" in run("cassette", "check", tmp_path / "none.yaml", code=2)


def test_drift_by_command(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    save_cassette(
        path,
        [
            chat("hello", answer=b'{"choices": 5}'),
            chat("x", uri="https://x/v1beta/files/gone", method="GET"),
        ],
    )
    text = run("drift", path, code=1)
    assert "error   choices: recorded a number, ours a list" in text
    assert "  not comparable: it names a resource that an earlier request created" in text
    assert (
        run("drift", "--summary", path, code=1)
        == "2 recordings: 0 same, 0 info, 0 warning, 1 error, 1 not comparable\n"
    )
