"""Each field of an entry of another tool's file: where it goes when it is read and written."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from time import tzset
from typing import Any

import pytest
import yaml

from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette
from mockgem.recording.formats.entries import encode_fields, to_timestamp
from mockgem.recording.formats.segments import split_body
from mockgem.recording.interaction import Interaction, json_bytes, to_bytes

HOST = "https://generativelanguage.googleapis.com"
URL = f"{HOST}/v1beta/models/gemini-2.5-flash:generateContent"
CHAT_URL = f"{HOST}/v1beta/openai/chat/completions"
ASKED = {"contents": [{"parts": [{"text": "é €"}]}]}
PLAIN = (("Content-Type", "application/json"),)
TYPED = ("Content-Type", "application/json; charset=UTF-8")


def read(tmp_path: Path, tree: Any) -> tuple[list[Interaction], int]:
    path = tmp_path / "recording"
    path.write_bytes(tree if isinstance(tree, bytes) else json.dumps(tree).encode())
    recording = formats.read_recording(path)
    return list(recording.interactions), recording.left_out


def write(tmp_path: Path, interactions: list[Interaction], form: str) -> tuple[Any, int]:
    path = tmp_path / "hello.json"
    left_out = formats.store(path, interactions, form)
    text = path.read_text("utf-8")
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    return json.loads(text), left_out


def coded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def test_an_entry_of_go_vcr(tmp_path: Path) -> None:
    request = {"url": URL, "method": "get", "headers": {"A": ["1", "2"]}, "body": "é"}
    response = {"status": "404 Not Found", "code": 404, "headers": {"B": ["3"]}, "body": "no"}
    tree = {"version": 2, "interactions": [{"request": request, "response": response}]}
    expected = Interaction(
        *("GET", URL, (("A", "1"), ("A", "2")), "é".encode()),
        *(404, "Not Found", (("B", "3"),), b"no"),
    )
    assert read(tmp_path, tree) == ([expected], 0)
    del request["method"], response["code"]
    assert read(tmp_path, tree) == ([expected], 0)


@pytest.mark.parametrize("response", [{}, {"status": "OK"}, {"status": "", "code": 0}])
def test_an_entry_of_go_vcr_has_a_status(tmp_path: Path, response: dict[str, Any]) -> None:
    tree = {"version": 1, "interactions": [{"request": {"url": URL}, "response": response}]}
    with pytest.raises(BadCassette) as caught:
        read(tmp_path, tree)
    reason = (
        "invalid literal for int() with base 10: 'OK'"
        if response.get("status")
        else "the status 0: use a number from 100 to 999"
    )
    assert str(caught.value).endswith(reason)


@pytest.mark.parametrize(
    ("tree", "form"),
    [
        ({"version": 2, "interactions": []}, "go-vcr"),
        ({"version": 1, "interactions": []}, "vcr"),
        ({"interactions": [{"request": {"url": URL}, "response": {"code": 200}}]}, ""),
        ({"version": 1, "interactions": [{"request": {"url": URL, "uri": URL}}]}, ""),
        ({"log": {"entries": []}}, "har"),
        ({"log": {"entries": [], "_recordingName": "x"}}, "polly"),
        ({"log": {"entries": [], "creator": {"name": "Polly.JS"}}}, "polly"),
        ({"log": {"entries": [], "creator": {"name": "Firefox"}}}, "har"),
        ({"log": {"entries": [], "creator": "polly.js"}}, "har"),
        ({"http_interactions": []}, "ruby-vcr"),
        ({"http_interactions": [], "recorded_with": "VCR 6.3.1"}, "ruby-vcr"),
        ({"http_interactions": [], "recorded_with": "VCR-vcr/2.0"}, "r-vcr"),
        ({"fixtures": []}, "aimock"),
        ({"replay_id": "x", "interactions": []}, "genai"),
        ({"replayId": "x", "interactions": None}, "genai"),
    ],
)
def test_a_file_without_entries_has_a_format(tmp_path: Path, tree: Any, form: str) -> None:
    path = tmp_path / "recording.json"
    path.write_text(json.dumps(tree))
    if not form:
        with pytest.raises(BadCassette):
            formats.read_recording(path)
        return
    recording = formats.read_recording(path)
    assert (recording.form, recording.interactions, recording.left_out) == (form, (), 0)


def test_an_entry_of_har(tmp_path: Path) -> None:
    def pair(name: str, value: str) -> dict[str, str]:
        return {"name": name, "value": value}

    entry = {
        "startedDateTime": "2026-07-21T15:38:09.5+02:00",
        "request": {
            "method": "post",
            "url": URL,
            "headers": [pair(":path", "/"), pair("A", "1")],
            "postData": {"text": "é"},
        },
        "response": {
            "status": 201,
            "statusText": "Created",
            "headers": [pair("Content-Length", "9"), pair("transfer-encoding", ""), pair("B", "2")],
            "content": {"text": "no"},
        },
    }
    expected = Interaction(
        *("POST", URL, (("A", "1"),), "é".encode(), 201, "Created", (("B", "2"),), b"no"),
        recorded="2026-07-21T15:38:09.5+02:00",
    )
    assert read(tmp_path, {"log": {"entries": [entry]}}) == ([expected], 0)


@pytest.mark.parametrize("text", ["[", "[1]", '["a", 1]', "{}", "[]", '["zz"]', '["1f8b", 1]'])
def test_texts_that_are_not_the_pieces_of_polly_stay(tmp_path: Path, text: str) -> None:
    headers = [{"name": "Content-Encoding", "value": "br"}]
    entry = {
        "request": {"method": "GET", "url": URL},
        "response": {"status": 200, "headers": headers, "content": {"text": text}},
    }
    ((one,), _) = read(tmp_path, {"log": {"_recordingName": "x", "entries": [entry]}})
    assert (one.body, one.headers) == (text.encode(), ())


def test_an_entry_of_ruby(tmp_path: Path) -> None:
    record = {
        "request": {
            "method": "put",
            "uri": URL,
            "headers": {"A": ["1"]},
            "body": {"encoding": "UTF-8", "string": "é"},
        },
        "response": {
            "status": {"code": 418, "message": "Teapot"},
            "headers": {"B": ["2"]},
            "body": {"encoding": "ASCII-8BIT", "string": "no"},
        },
        "recorded_at": "Wed, 19 Aug 2026 14:34:18 GMT",
    }
    expected = Interaction(
        *("PUT", URL, (("A", "1"),), "é".encode(), 418, "Teapot", (("B", "2"),), b"no"),
        recorded="2026-08-19T14:34:18+00:00",
    )
    tree = {"http_interactions": [record], "recorded_with": "VCR 6.3.1"}
    assert read(tmp_path, tree) == ([expected], 0)
    record["response"] = {"status": 204, "headers": None, "body": None}
    del record["request"]["method"], record["recorded_at"]  # type: ignore[attr-defined]
    bare = Interaction("GET", URL, (("A", "1"),), "é".encode(), 204, "", (), b"")
    assert read(tmp_path, tree) == ([bare], 0)


@pytest.mark.parametrize(
    ("body", "data"),
    [
        ("text", b"text"),
        ({"string": "é", "encoding": "US-ASCII"}, "é".encode()),
        ({"string": "é", "encoding": "ISO-8859-1"}, b"\xe9"),
        ({"string": "é", "encoding": "BINARY"}, "é".encode()),
        ({"string": {"a": 1}}, b'{"a":1}'),
        ({"string": None}, b""),
        ({}, b""),
        ({"fields": None}, b""),
        ({"base64_string": "w6k="}, "é".encode()),
    ],
)
def test_bodies_of_ruby_and_r(tmp_path: Path, body: Any, data: bytes) -> None:
    response = {"status": {"status_code": "200"}, "body": body}
    record = {"request": {"uri": URL}, "response": response}
    assert read(tmp_path, {"http_interactions": [record]})[0][0].body == data


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            {"on_disk": "a.png", "string": "x"},
            "its body is in another file, a.png, which mockgem does not read",
        ),
        (
            {"file": True, "string": "b.png"},
            "its body is in another file, b.png, which mockgem does not read",
        ),
        ({"blob": 1, "size": 2}, "its body has the keys blob, size; one is unknown"),
        (
            {"fields": {"a": {"path": "x"}}},
            "its request body is a form with files, which the file does not have",
        ),
    ],
)
def test_a_body_that_is_not_in_the_file_is_an_error(tmp_path: Path, body: Any, reason: str) -> None:
    record = {"request": {"uri": URL, "body": body}, "response": {"status": {"code": 200}}}
    with pytest.raises(BadCassette) as caught:
        read(tmp_path, {"http_interactions": [record]})
    assert str(caught.value) == (
        f"{tmp_path / 'recording'} can't be read as a recording of Ruby VCR: "
        f"interaction 1: {reason}"
    )


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-07-21 15:38:09", "2026-07-21T15:38:09+00:00"),
        ("2026-07-21T15:38:09+02:00", "2026-07-21T13:38:09+00:00"),
        ("Tue, 21 Jul 2026 15:38:09 -0700", "2026-07-21T22:38:09+00:00"),
        ("yesterday", ""),
        (None, ""),
        (5, ""),
    ],
)
def test_times_are_in_utc_wherever_one_is(
    monkeypatch: pytest.MonkeyPatch, text: Any, time: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    tzset()
    assert to_timestamp(text) == time
    assert to_timestamp(yaml.safe_load("2026-07-21 15:38:09")) == "2026-07-21T15:38:09+00:00"
    assert to_timestamp(yaml.safe_load("2026-07-21T15:38:09-01:00")) == "2026-07-21T16:38:09+00:00"
    monkeypatch.undo()
    tzset()


def test_fields_of_a_form() -> None:
    assert encode_fields({"a": [1, 2.5], "b c": "é&"}) == b"a=1&a=2.5&b+c=%C3%A9%26"
    assert encode_fields([("a", "1"), ("a", "2")]) == b"a=1&a=2"
    with pytest.raises(ValueError, match=r"^its request body is a form with files"):
        encode_fields({"a": "1", "b": None})


def httprr(request: bytes, response: bytes) -> bytes:
    return b"httprr trace v1\n%d %d\n" % (len(request), len(response)) + request + response


def test_an_entry_of_httprr(tmp_path: Path) -> None:
    request = b"put /v1beta/x?a=1 HTTP/1.1\r\nHost: h.example\r\n B : 2 \r\n\r\n{}"
    response = b"HTTP/1.1 404 Not Found\r\nC: 3\r\n: x\r\n\r\nno"
    headers = (("Host", "h.example"), ("B", "2"))
    expected = Interaction(
        *("PUT", "https://h.example/v1beta/x?a=1", headers, b"{}"),
        *(404, "Not Found", (("C", "3"),), b"no"),
    )
    assert read(tmp_path, httprr(request, response)) == ([expected], 0)
    bare = Interaction("GET", "http://x/y", (), b"", 204, "", (), b"")
    assert read(tmp_path, httprr(b"GET http://x/y HTTP/1.1\r\n", b"HTTP/1.1 204\r\n"))[0] == [bare]
    assert read(tmp_path, b"httprr trace v1") == ([], 0)
    assert read(tmp_path, b"httprr trace v1\n\n") == ([], 0)


@pytest.mark.parametrize(
    ("request_line", "status_line", "reason"),
    [
        ("G" * 120, "HTTP/1.1 200", f"its request line is not valid: {'G' * 100!r}"),
        ("GET x HTTP/1.1", "HTTP/1.1 200", "its request line is not valid: 'GET x HTTP/1.1'"),
        ("GET http://x H", "H" * 120, f"its status line is not valid: {'H' * 100!r}"),
        ("GET http://x H", "HTTP/1.1 OK", "its status line is not valid: 'HTTP/1.1 OK'"),
        ("GET http://x H", "TTP/1.1 200", "its status line is not valid: 'TTP/1.1 200'"),
    ],
)
def test_lines_of_httprr_that_are_not_valid(
    tmp_path: Path, request_line: str, status_line: str, reason: str
) -> None:
    data = httprr(f"{request_line}\r\n\r\n".encode(), f"{status_line}\r\n\r\n".encode())
    with pytest.raises(BadCassette) as caught:
        read(tmp_path, data)
    assert str(caught.value) == (
        f"{tmp_path / 'recording'} can't be read as a recording of httprr: interaction 1: {reason}"
    )


def test_an_entry_of_google_genai(tmp_path: Path) -> None:
    record = {
        "request": {
            "url": "{MLDEV_URL_PREFIX}/models/x:generateContent",
            "headers": {"a": 1},
            "bodySegments": [{}, ASKED],
        },
        "response": {"statusCode": 201, "headers": {"B": "2"}, "bodySegments": [ASKED]},
    }
    body = json.dumps(ASKED, indent=2, ensure_ascii=False).encode() + b"\n"
    expected = Interaction(
        *("POST", f"{HOST}/v1beta/models/x:generateContent", (("a", "1"),), coded(ASKED)),
        *(201, "", (("B", "2"), TYPED), body),
    )
    tree = {"replayId": "x", "interactions": [record]}
    assert read(tmp_path, tree) == ([expected], 0)
    record["request"]["url"] = "{MLDEV_URL_PREFIX}/v1beta/files"
    record["response"] = {"byteSegments": ["w6k=", "_-8="]}
    ((one,), _) = read(tmp_path, tree)
    assert (one.uri, one.status) == (f"{HOST}/upload/v1beta/files", 200)
    assert (one.body, one.headers, one.chunks) == (b"\xc3\xa9\xff\xef", (TYPED,), ())
    record["response"] = {"byteSegments": ["w6k="], "bodySegments": [{"a": 1}]}
    assert read(tmp_path, tree)[0][0].body == b'{\n  "a": 1\n}\n'
    record["response"] = {}
    assert read(tmp_path, tree)[0][0].body == b""


def test_a_stream_of_google_genai(tmp_path: Path) -> None:
    record = {
        "request": {"url": "{MLDEV_URL_PREFIX}/x?alt=sse"},
        "response": {"body_segments": [{"a": "é"}]},
    }
    tree = {"replay_id": "x", "interactions": [record]}
    ((one,), _) = read(tmp_path, tree)
    assert (one.body, one.chunks) == ('data: {"a": "é"}\r\n\r\n'.encode(), ())
    assert one.headers == (("Content-Type", "text/event-stream"),)
    record["response"]["body_segments"].append({})  # type: ignore[union-attr]
    ((one,), _) = read(tmp_path, tree)
    assert one.chunks == ((0, 21), (0, 12))


def test_a_replay_file_for_google_genai(tmp_path: Path) -> None:
    answer = {
        "modelVersion": "é",
        "serviceTier": "x",
        "list": [{"thoughtSignature": "a+/b", "safetyRatings": []}, "fooBar"],
        "imageBytes": 5,
    }
    headers = (("A", "1"), ("A", "2"), ("Date", "x"), ("Server-Timing", "x"))
    one = Interaction("POST", URL, (("X-A", "1"),), coded(ASKED), 201, "", headers, coded(answer))
    tree, left_out = write(tmp_path, [one], "genai")
    assert left_out == 0
    assert tree["replay_id"] == "mockgem/hello/mldev"
    (record,) = tree["interactions"]
    assert record["request"] == {
        "method": "post",
        "url": "{MLDEV_URL_PREFIX}/models/gemini-2.5-flash:generateContent",
        "headers": {"x-a": "1"},
        "body_segments": [ASKED],
    }
    assert record["response"] == {
        "status_code": 201,
        "headers": {"A": "1, 2", "Date": "x", "Server-Timing": "x"},
        "body_segments": [answer],
        "byte_segments": [],
        "sdk_response_segments": [
            {
                "sdk_http_response": {"headers": {"A": "1, 2"}},
                "model_version": "é",
                "list": [{"thought_signature": "a-_b", "safety_ratings": []}, "fooBar"],
                "image_bytes": 5,
            }
        ],
    }


@pytest.mark.parametrize(
    ("url", "shortened", "surface"),
    [
        (f"{HOST}/v1beta/x:y?a=1", "{MLDEV_URL_PREFIX}/x:y?a=1", "mldev"),
        (f"{HOST}/v1/x", "{MLDEV_URL_PREFIX}/x", "mldev"),
        (f"{HOST}/v1alpha/x", "{MLDEV_URL_PREFIX}/x", "mldev"),
        (f"{HOST}/v2/x", "{MLDEV_URL_PREFIX}/v2/x", "mldev"),
        (f"{HOST}/upload/v1beta/files", "{MLDEV_URL_PREFIX}/v1beta/files", "mldev"),
        ("https://x/v1/projects/p/locations/l/m?b=2", "{VERTEX_URL_PREFIX}/m?b=2", "vertex"),
        ("https://x/v1beta1/projects/p/locations/l/m", "{VERTEX_URL_PREFIX}/m", "vertex"),
    ],
)
def test_urls_for_google_genai(tmp_path: Path, url: str, shortened: str, surface: str) -> None:
    one = Interaction("GET", url, (), b"", 200, "", PLAIN, b"")
    tree, _ = write(tmp_path, [one], "genai")
    assert tree["interactions"][0]["request"]["url"] == shortened
    assert tree["replay_id"] == f"mockgem/hello/{surface}"
    assert write(tmp_path, [], "genai")[0]["replay_id"] == "mockgem/hello/mldev"


def test_counted_tokens_for_google_genai(tmp_path: Path) -> None:
    answer = coded({"totalTokens": 1, "cachedContentTokenCount": 2, "promptTokensDetails": []})
    url = URL.replace("generateContent", "countTokens?a=1")
    one = Interaction("POST", url, (), b"{}", 200, "", PLAIN, answer)
    tree, _ = write(tmp_path, [one], "genai")
    (segment,) = tree["interactions"][0]["response"]["sdk_response_segments"]
    assert segment == {
        "sdk_http_response": {"headers": {"Content-Type": "application/json"}},
        "total_tokens": 1,
        "cached_content_token_count": 2,
    }


FIRST_HASH = "b4d6e60a9b97e7b98c63df9308728c5c88c0b40c398046772c63447b94608b4d"


def test_a_recording_for_test_server(tmp_path: Path) -> None:
    """The hash is that of Go's JSON: indented by two, without fields that are empty."""
    asked = {"b": "<é&>\u2028", "a": {"d": 1, "c": 2}}
    headers = (("x-goog-api-client", "1"), ("A", "2"), ("A", "3"))
    one = Interaction(
        *("POST", f"{URL}?b=1", headers, coded(asked), 201, "", (*PLAIN, ("B", "4")), b"[{}, {}]")
    )
    binary = Interaction("POST", URL, (), b"\xff", 200, "", PLAIN, b"{}")
    two = Interaction("POST", URL, (), b"[{},{}]", 200, "", PLAIN, b"{}")
    empty = Interaction("GET", "http://x:8080/y", (), b"", 204, "", (), b"")
    tree, left_out = write(tmp_path, [binary, one, two, empty], "test-server")
    assert (tree["recordID"], left_out) == ("hello", 2)
    first, second = tree["interactions"]
    path = "/v1beta/models/gemini-2.5-flash:generateContent?b=1"
    assert first["request"] == {
        "method": "POST",
        "url": path,
        "request": f"POST {path} HTTP/1.1",
        "headers": {"X-Goog-Api-Client": "1", "A": "2, 3"},
        "bodySegments": [asked],
        "previousRequest": FIRST_HASH,
        "serverAddress": "generativelanguage.googleapis.com",
        "port": 443,
        "protocol": "https",
    }
    text = (
        '{\n  "method": "POST",\n'
        f'  "url": "{path}",\n'
        f'  "request": "POST {path} HTTP/1.1",\n'
        '  "headers": {\n    "A": "2, 3",\n    "X-Goog-Api-Client": "1"\n  },\n'
        '  "bodySegments": [\n    {\n      "a": {\n        "c": 2,\n        "d": 1\n      },\n'
        '      "b": "\\u003cé\\u0026\\u003e\\u2028"\n    }\n  ],\n'
        f'  "previousRequest": "{FIRST_HASH}",\n'
        '  "serverAddress": "generativelanguage.googleapis.com",\n'
        '  "port": 443,\n  "protocol": "https"\n}'
    )
    assert first["shaSum"] == hashlib.sha256(text.encode()).hexdigest()
    assert first["response"] == {
        "statusCode": 201,
        "headers": {"Content-Type": "application/json", "B": "4"},
        "bodySegments": [{}, {}],
    }
    assert second["request"]["previousRequest"] == first["shaSum"]
    assert (second["request"]["bodySegments"], second["response"]["bodySegments"]) == ([None], [{}])
    assert (second["request"]["port"], second["request"]["url"]) == (8080, "/y")


def test_an_entry_of_test_server(tmp_path: Path) -> None:
    request = {
        "method": "put",
        "url": "/x?a=1",
        "headers": {"A": "1"},
        "bodySegments": [None, ASKED],
        "serverAddress": "h.example",
        "port": 8080,
        "protocol": "http",
    }
    response = {
        "statusCode": 201,
        "headers": {"Content-Encoding": "gzip", "Content-Length": "1", "B": "2"},
        "bodySegments": [{"é": 1}],
    }
    tree = {"interactions": [{"shaSum": "x", "request": request, "response": response}]}
    expected = Interaction(
        *("PUT", "http://h.example:8080/x?a=1", (("A", "1"),), coded(ASKED)),
        *(201, "", (("B", "2"), TYPED), '{\n  "é": 1\n}\n'.encode()),
    )
    assert read(tmp_path, tree) == ([expected], 0)
    tree = {"interactions": [{"shaSum": "x", "request": {}}]}
    bare = Interaction("GET", f"{HOST}/", (), b"", 200, "", (TYPED,), b"")
    assert read(tmp_path, tree) == ([bare], 0)


@pytest.mark.parametrize(
    ("protocol", "port", "start"),
    [("https", 443, "https://h"), ("http", 80, "http://h"), ("http", 443, "http://h:443")],
)
def test_ports_of_test_server(tmp_path: Path, protocol: str, port: int, start: str) -> None:
    request = {"protocol": protocol, "port": port, "serverAddress": "h", "url": "/y"}
    tree = {"interactions": [{"shaSum": "x", "request": request}]}
    assert read(tmp_path, tree)[0][0].uri == f"{start}/y"
    del request["port"]
    assert read(tmp_path, tree)[0][0].uri == f"{protocol}://h/y"


def fixture(response: Any, **match: Any) -> Any:
    return {"fixtures": [{"match": {"userMessage": "é"} | match, "response": response}]}


def test_fixtures_of_aimock(tmp_path: Path) -> None:
    messages = [{"role": "system", "content": "a\nb"}, {"role": "user", "content": "é"}]
    call = {"name": "f", "arguments": {"a": "é"}}
    response = {"content": {"b": 1}, "toolCalls": [call, call | {"id": "i", "arguments": "x"}]}
    ((one,), _) = read(tmp_path, fixture(response, systemMessage=["a", "b"], model="m"))
    assert (one.method, one.uri, one.status, one.reason) == ("POST", CHAT_URL, 200, "")
    assert one.request_headers == one.headers == PLAIN
    assert one.request_body == coded({"model": "m", "messages": messages})
    calls = [
        {
            "function": {"arguments": '{"a": "\\u00e9"}', "name": "f"},
            "id": "function-call-0",
            "type": "function",
        },
        {"function": {"arguments": "x", "name": "f"}, "id": "i", "type": "function"},
    ]
    message = {"role": "assistant", "content": '{"b": 1}', "tool_calls": calls}
    assert one.body == coded(
        {
            "choices": [{"finish_reason": "tool_calls", "index": 0, "message": message}],
            "created": 0,
            "id": "",
            "model": "m",
            "object": "chat.completion",
        }
    )


@pytest.mark.parametrize(
    ("response", "status", "answer"),
    [
        ({"error": {"message": "no", "type": "T"}}, 500, ["no", "T"]),
        ({"error": {}, "status": 429}, 429, ["", ""]),
        ({"json": {"a": "é"}}, 200, {"a": "é"}),
        ({"json": [1], "status": 418}, 418, [1]),
        ({"image": 1}, None, None),
    ],
)
def test_other_replies_of_aimock(
    tmp_path: Path, response: Any, status: int | None, answer: Any
) -> None:
    found, left_out = read(tmp_path, fixture(response))
    if status is None:
        assert (found, left_out) == ([], 1)
        return
    if "error" in response:
        error = {"code": status, "message": answer[0], "status": answer[1]}
        answer = [{"error": error}]
    assert [(one.status, one.body) for one in found] == [(status, coded(answer))]


def test_a_plain_reply_and_embeddings_of_aimock(tmp_path: Path) -> None:
    response = {"content": "Hi", "finishReason": "length", "created": 5, "id": "x"}
    ((one,), _) = read(tmp_path, fixture(response))
    message = {"role": "assistant", "content": "Hi"}
    assert json.loads(one.body) == {
        "choices": [{"finish_reason": "length", "index": 0, "message": message}],
        "created": 5,
        "id": "x",
        "model": "gemini-2.5-flash",
        "object": "chat.completion",
    }
    del response["finishReason"]
    assert b'"finish_reason": "stop"' in read(tmp_path, fixture(response))[0][0].body
    tree = fixture({"embedding": [0.5]}, inputText="é")
    ((one,), _) = read(tmp_path, tree)
    assert (one.uri, one.status) == (f"{HOST}/v1beta/openai/embeddings", 200)
    assert one.request_body == coded({"model": "gemini-embedding-001", "input": "é"})
    row = {"object": "embedding", "embedding": [0.5], "index": 0}
    assert one.body == coded({"object": "list", "data": [row], "model": "gemini-embedding-001"})
    for tree in (fixture({"embedding": [1]}), fixture({"content": "x"}, inputText="y")):
        found, _ = read(tmp_path, tree)
        assert not any("embeddings" in one.uri for one in found)


def chat(messages: Any, answer: Any, status: int = 200, **more: Any) -> Interaction:
    asked = coded({"model": "models/google/m", "messages": messages})
    body = answer if isinstance(answer, bytes) else coded(answer)
    return Interaction("POST", CHAT_URL, PLAIN, asked, status, "", PLAIN, body, **more)


def reply(**message: Any) -> Any:
    return {"choices": [{"message": message}]}


USER, MODEL, TOOL = ({"role": role, "content": "é"} for role in ("user", "assistant", "tool"))


@pytest.mark.parametrize(
    ("messages", "turn", "has_result"),
    [
        ([USER], 0, False),
        ([USER, MODEL, USER], 1, False),
        ([USER, MODEL, TOOL], 1, True),
        ([USER, MODEL, TOOL, MODEL, USER], 2, False),
        (["x", USER, MODEL, TOOL], 1, True),
    ],
)
def test_a_fixture_says_which_turn_it_is(
    tmp_path: Path, messages: Any, turn: int, has_result: bool
) -> None:
    tree, left_out = write(tmp_path, [chat(messages, reply(content="Hi"))], "aimock")
    match = {"userMessage": "é", "model": "m", "turnIndex": turn, "hasToolResult": has_result}
    assert tree == {"fixtures": [{"match": match, "response": {"content": "Hi"}}]}
    assert left_out == 0


CALL = {"function": {"name": "f", "arguments": "{}"}}


@pytest.mark.parametrize(
    ("answer", "status", "response"),
    [
        (reply(content=""), 200, {"content": ""}),
        (
            reply(content=None, tool_calls=[CALL | {"id": "i"}, CALL]),
            200,
            {
                "toolCalls": [
                    {"name": "f", "arguments": "{}", "id": "i"},
                    {"name": "f", "arguments": "{}", "id": ""},
                ]
            },
        ),
        (
            [{"error": {"message": "no", "status": "S"}}],
            400,
            {"error": {"message": "no", "type": "S"}, "status": 400},
        ),
        ({"error": {}}, 404, {"error": {"message": "", "type": ""}, "status": 404}),
        (b"", 503, {"error": {"message": "", "type": ""}, "status": 503}),
        ([], 500, {"error": {"message": "", "type": ""}, "status": 500}),
        ({"error": {}}, 399, None),
        (b"text", 200, None),
    ],
)
def test_the_reply_of_a_fixture(
    tmp_path: Path, answer: Any, status: int, response: dict[str, Any] | None
) -> None:
    tree, left_out = write(tmp_path, [chat([USER], answer, status)], "aimock")
    assert [one["response"] for one in tree["fixtures"]] == ([response] if response else [])
    assert left_out == (0 if response else 1)


def test_a_stream_as_a_fixture(tmp_path: Path) -> None:
    rows = [{"choices": [{"delta": {"content": text}}]} for text in ("a", "é")]
    events = [b"data: " + coded(row) + b"\n\n" for row in [*rows, {"choices": []}]]
    sizes = tuple(zip((5, 7, 17), map(len, events), strict=True))
    one = chat([USER], b"".join(events), chunks=sizes)
    tree, _ = write(tmp_path, [one], "aimock")
    (fixture,) = tree["fixtures"]
    assert fixture["response"] == {"content": "aé"}
    assert fixture["recordedTimings"] == {
        "ttftMs": 5,
        "interChunkDelaysMs": [2, 10],
        "totalDurationMs": 17,
    }
    for body in (b"[]", b'{"messages": 5}', coded({"messages": [MODEL]})):
        other = Interaction("POST", CHAT_URL, PLAIN, body, 200, "", PLAIN, coded(reply(content="")))
        assert write(tmp_path, [other], "aimock") == ({"fixtures": []}, 1)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("{a: 1}", "the key `a`"),
        ("{a: 1, b: 2, c: 3, d: 4, e: 5}", "the keys `a`, `b`, `c`, `d`, `e`"),
        ("{a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}", "the keys `a`, `b`, `c`, `d`, `e` and 1 more"),
        ("{}", "no keys"),
        ("[1]", "a list"),
        ("1.5", "a number"),
        ("~", "no content"),
        ("hello", "text"),
        ("a" * 4095 + "\0", "binary data"),
    ],
)
def test_a_file_of_an_unknown_kind_is_described(tmp_path: Path, content: str, found: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(content)
    with pytest.raises(BadCassette) as caught:
        formats.read_recording(path)
    assert str(caught.value) == (
        f"{path} is not a cassette: it has {found}. mockgem reads cassettes of vcrpy and mockgem, "
        "and recordings of google-genai, google/test-server, aimock, R vcr, Ruby VCR, go-vcr, "
        "httprr, mitmproxy, Polly.js, HAR"
    )


def test_json_with_another_name_may_be_yaml(tmp_path: Path) -> None:
    text = '{fixtures: [{"match": {}, "response": {}}]}'
    (tmp_path / "a.txt").write_text(text)
    assert formats.read_recording(tmp_path / "a.txt").left_out == 1
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(BadCassette, match=r"^.*a\.json: Expecting property name enclosed"):
        formats.read_recording(tmp_path / "a.json")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 4096 + "\0", "characters are not allowed"),
        ("http_interactions: []\na: &a 1\nb: *a", "line 2: aliases are not allowed in a cassette"),
        ("http_interactions: []\na: 1\na: 2", "line 1: a key occurs twice"),
    ],
)
def test_yaml_of_others_has_the_limits_of_cassettes(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(BadCassette, match=words):
        read(tmp_path, text.encode())


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ({"é": [1, 2.0]}, '{"é":[1,2.0]}'.encode()),
        (["a\ud800"], b'["a\\ud800"]'),
        ({}, b"{}"),
    ],
)
def test_json_values_become_the_bytes_that_sdks_send(value: Any, data: bytes) -> None:
    assert json_bytes(value) == to_bytes(value) == data


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        (b"", [{}]),
        (b'{"a": 1}', [{"a": 1}]),
        (b'[{"a": 1}, {}]', [{"a": 1}, {}]),
        (b'[{"a": 1}, 1]', None),
        (b"[]", None),
        (b"1", None),
        (b"text", None),
    ],
)
def test_only_objects_of_json_are_segments(body: bytes, segments: Any) -> None:
    assert split_body("application/json", body) == segments


def test_events_are_segments() -> None:
    body = b'data: {"a": 1}\n\ndata: {"b": 2}\n\n'
    assert split_body("text/event-stream", body) == [{"a": 1}, {"b": 2}]
