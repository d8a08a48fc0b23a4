"""What entries of other tools' files may look like, and entries that can't be read."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette
from mockgem.recording.interaction import Interaction

URL = "https://generativelanguage.googleapis.com/v1beta/models"
ANSWER = b'{"models": []}'


def read(tmp_path: Path, content: Any) -> tuple[Interaction, ...]:
    path = tmp_path / "recording"
    path.write_bytes(content if isinstance(content, bytes) else encode(content))
    return formats.read_recording(path).interactions


def encode(tree: Any) -> bytes:
    return tree.encode() if isinstance(tree, str) else yaml.safe_dump(tree).encode()


def vcr(response_body: Any = None, request_body: Any = None, **more: Any) -> Any:
    response = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": response_body}
    request = {"method": "post", "uri": URL, "body": request_body, "headers": {}}
    record = {"request": request, "response": response | more, "recorded_at": "2026-07-21 15:38:09"}
    return {"http_interactions": [record]}


def go(**response: Any) -> Any:
    request = {"url": URL, "method": "POST", "body": "{}", "headers": {}, "form": {"a": ["b"]}}
    answer = {"body": "", "headers": {}, "status": "200 OK", "code": 200} | response
    return {"version": 2, "interactions": [{"id": 0, "request": request, "response": answer}]}


def har(content: Any, headers: Any = (), post: Any = None, **response: Any) -> Any:
    answer = {"status": 200, "headers": list(headers), "content": content} | response
    request = {"method": "POST", "url": URL, "headers": [], **({"postData": post} if post else {})}
    entries = [{"request": request, "response": answer}]
    return {"log": {"_recordingName": "x", "entries": entries}}


def httprr(request: bytes, response: bytes) -> bytes:
    return b"httprr trace v1\n%d %d\n" % (len(request), len(response)) + request + response


def b64(data: bytes) -> str:
    return base64.encodebytes(data).decode()


GZIP = [{"name": "Content-Encoding", "value": "gzip"}]
PIECES = [gzip.compress(ANSWER)[:9], gzip.compress(ANSWER)[9:]]
HEAD = b"HTTP/2.0 200 OK\r\nContent-Type: application/json\r\n"
ASKED = b"POST " + URL.encode() + b" HTTP/1.1\r\nHost: x\r\n\r\n{}"
BODIES: dict[str, Any] = {
    "text": vcr({"string": ANSWER.decode()}),
    "base64": vcr({"encoding": "ASCII-8BIT", "base64_string": b64(ANSWER)}),
    "R: packed, in 80 columns": vcr({"raw_gzip": b64(zlib.compress(ANSWER))}),
    "R: no status line": vcr({"string": ANSWER.decode()}, status=200),
    "R: codes as texts": vcr({"string": ANSWER.decode()}, status={"status_code": "200"}),
    "Ruby: bytes": "http_interactions:\n- request: {method: get, uri: 'https://x/y'}\n"
    "  response:\n    status: {code: 200}\n    body:\n      string: !binary |-\n"
    f"        {base64.b64encode(ANSWER).decode()}\n",
    "unpacked, the header is left": vcr(
        {"string": ANSWER.decode()}, headers={"Content-Encoding": ["br"]}
    ),
    "packed": vcr({"string": gzip.compress(ANSWER)}, headers={"content-encoding": "gzip"}),
    "go": go(body=ANSWER.decode()),
    "go: packed": go(body=gzip.compress(ANSWER), headers={"Content-Encoding": ["gzip"]}),
    "go: without code": go(body=ANSWER, code=0),
    "HAR": har({"text": ANSWER.decode()}),
    "HAR: base64": har({"text": b64(ANSWER), "encoding": "base64"}),
    "HAR: unpacked, the header is left": har({"text": ANSWER.decode()}, GZIP),
    "Polly: pieces": har(
        {"text": json.dumps([b64(one) for one in PIECES]), "encoding": "base64"}, GZIP
    ),
    "Polly: hexadecimal pieces": har({"text": json.dumps([one.hex() for one in PIECES])}, GZIP),
    "Polly: hexadecimal": har({"text": ANSWER.hex(), "_isBinary": True}),
    "httprr": httprr(ASKED, HEAD + b"\r\n" + ANSWER),
    "httprr: chunks": httprr(
        ASKED, HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\n" + ANSWER[:4] + b"\r\nA;x=y\r\n"
        + ANSWER[4:] + b"\r\n0\r\n\r\n",
    ),
    "httprr: LF alone": httprr(ASKED, HEAD.replace(b"\r", b"") + b"\n" + ANSWER),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_bodies(tmp_path: Path, name: str) -> None:
    (one,) = read(tmp_path, BODIES[name])
    assert (one.status, one.body) == (200, ANSWER)
    assert one.get_header("content-encoding") == ""
    assert one.get_header("transfer-encoding") == ""


def test_json_bodies_as_values_keep_their_order(tmp_path: Path) -> None:
    value = {"b": 1, "a": [2]}
    (one,) = read(tmp_path, json.dumps(har({"textJSON": value}, post={"textJSON": value})))
    assert (one.body, one.request_body) == (b'{"b":1,"a":[2]}', b'{"b":1,"a":[2]}')


@pytest.mark.parametrize(
    "tree",
    [
        vcr({}, {"fields": {"a": "1", "b": ["x y", "z"]}}),
        har({}, post={"params": [{"name": "a", "value": "1"}] + [
            {"name": "b", "value": value} for value in ("x y", "z")]}),
    ],
)  # fmt: skip
def test_fields_of_forms_are_the_body(tmp_path: Path, tree: Any) -> None:
    assert read(tmp_path, tree)[0].request_body == b"a=1&b=x+y&b=z"


def test_texts_have_their_own_encoding(tmp_path: Path) -> None:
    (one,) = read(tmp_path, vcr({"encoding": "ISO-8859-1", "string": "ü"}))
    assert one.body == b"\xfc"
    (one,) = read(tmp_path, vcr({"encoding": "Unknown-8", "string": "ü"}))
    assert one.body == "ü".encode()


def test_packed_requests_are_unpacked(tmp_path: Path) -> None:
    tree = vcr({}, {"base64_string": b64(gzip.compress(b"{}"))})
    request = tree["http_interactions"][0]["request"]
    request["headers"] = {"Content-Encoding": ["gzip"], "Content-Type": ["application/json"]}
    (one,) = read(tmp_path, tree)
    assert one.request_body == b"{}"
    assert one.request_headers == (("Content-Type", "application/json"),)


def test_times_are_rfc_3339(tmp_path: Path) -> None:
    (one,) = read(tmp_path, vcr())
    assert one.recorded == "2026-07-21T15:38:09+00:00"
    tree = vcr()
    tree["http_interactions"][0]["recorded_at"] = "Wed, 19 Aug 2026 14:34:18 GMT"
    assert read(tmp_path, tree)[0].recorded == "2026-08-19T14:34:18+00:00"


def test_headers_in_every_form(tmp_path: Path) -> None:
    headers = {"A": ["1", "2"], "b": "x", ":status": "200", "status": "HTTP/1.1 200 OK", b"\xc3": 5}
    (one,) = read(tmp_path, vcr(headers=headers))
    assert sorted(one.headers) == [("A", "1"), ("A", "2"), ("b", "x"), ("Ã", "5")]


def test_several_yaml_documents_are_one_recording(tmp_path: Path) -> None:
    text = encode(go()) + b"---\n" + encode(go())
    assert len(read(tmp_path, text)) == 2
    with pytest.raises(BadCassette, match="has 2 YAML documents; a cassette has one"):
        read(tmp_path, encode(go()) + b"---\n" + encode(vcr()))


def test_entries_without_an_answer_are_counted(tmp_path: Path) -> None:
    tree = har({"text": "x"})
    entry = tree["log"]["entries"][0]
    tree["log"]["entries"] += [entry | {"response": None}, entry | {"response": {"status": 0}}]
    path = tmp_path / "a.har"
    path.write_text(json.dumps(tree))
    recording = formats.read_recording(path)
    assert (len(recording.interactions), recording.left_out) == (1, 2)


BAD = {
    "no URL": (go() | {"interactions": [{"request": {"url": 5}, "response": {}}]}, "has no url"),
    "no response": ({"http_interactions": [{"request": {"uri": URL}}]}, "has no response"),
    "a bad status": (go(code=42), "the status 42: use a number from 100 to 999"),
    "another file": (vcr({"on_disk": "a.png"}), "its body is in another file, a.png"),
    "another file, R's version 1": (vcr({"file": True, "string": "a"}), "in another file, a"),
    "an unknown body": (vcr({"blob": 1}), "its body has the keys blob"),
    "a form with files": (vcr({}, {"fields": {"a": {"path": "b"}}}), "a form with files"),
    "an unknown coding": (
        vcr({"string": b"\x8b\x02\x80\xff"}, headers={"Content-Encoding": "br"}),
        "its response body is coded as br",
    ),
    "a number": ({"http_interactions": [5]}, "an interaction has no request"),
    "an entry that is a text": ({"log": {"entries": ["x"]}}, "one of its values has another type"),
    "an entry without a request": ({"log": {"entries": [{"response": {}}]}}, "has no 'request'"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_entry_that_can_not_be_read_is_named(tmp_path: Path, name: str) -> None:
    """It is the second one: a good one is in front of it."""
    tree, words = BAD[name]
    rows = tree.get("log", tree)
    good = {"interactions": go(), "http_interactions": vcr(), "entries": har({})["log"]}
    for key, value in good.items():
        if key in rows:
            rows = rows | {key: value[key] + rows[key]}
    tree = {"log": rows} if "log" in tree else rows
    with pytest.raises(BadCassette, match=f"interaction 2: .*{words}"):
        read(tmp_path, tree)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (httprr(ASKED, HEAD)[:-3], "interaction 1: the sizes in bytes at byte 16 do not fit"),
        (httprr(ASKED, HEAD + b"\r\n").replace(b"\r\n", b"\n"), "interaction 1: the sizes"),
        (httprr(ASKED, HEAD + b"\r\n") + b"x y", "interaction 2: the sizes"),
        (httprr(b"hello", HEAD), "interaction 1: its request line is not valid: 'hello'"),
        (httprr(ASKED, b"hello"), "interaction 1: its status line is not valid: 'hello'"),
        (
            httprr(ASKED, HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\nabc"),
            "interaction 1: its chunked body is incomplete",
        ),
    ],
)
def test_a_damaged_trace_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(BadCassette, match=words):
        read(tmp_path, data)


@pytest.mark.parametrize(
    "text",
    [
        "http_interactions: !ruby/object:Kernel {}",
        "http_interactions: [!!python/object/apply:os.system ['touch {mark}']]",
        "a: &a [x, x]\nhttp_interactions: [*a, *a]",
        "http_interactions: " + "[" * 400 + "]" * 400,
        "http_interactions: 5",
        "{http_interactions: ",
    ],
)
def test_foreign_files_are_not_trusted(tmp_path: Path, text: str) -> None:
    mark = tmp_path / "mark"
    with pytest.raises(BadCassette):
        read(tmp_path, text.replace("{mark}", str(mark)))
    assert not mark.exists()
