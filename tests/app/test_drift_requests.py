"""`mockgem drift` sends what was recorded, and reports nothing that it causes itself.

Each recording here is an answer of a mockgem server, changed as recorders change requests; a new
server must give the same answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

import mockgem
from mockgem.cli import main
from mockgem.recording.cassette_writer import save_cassette
from mockgem.recording.interaction import Interaction
from tests.recording.interactions import chat

GEMINI = "https://generativelanguage.googleapis.com"
VERTEX = "https://us-central1-aiplatform.googleapis.com"
MODEL = "publishers/google/models/gemini-2.5-flash"
EXPRESS = f"/v1beta1/{MODEL}:generateContent"
PROJECT = f"/v1/projects/mine/locations/us-central1/{MODEL}:generateContent"
NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"
CHAT = "/v1beta/openai/chat/completions"
JSON = {"Content-Type": "application/json"}
TURNS = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}
MESSAGES = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
SAME = "1 recordings: 1 same, 0 info, 0 warning, 0 error, 0 not comparable"
SKIPPED = "1 recordings: 0 same, 0 info, 0 warning, 0 error, 1 not comparable"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with mockgem.serve() as server:
        yield server.url


def record(base: str, url: str, body: bytes, headers: dict[str, str]) -> Interaction:
    """Return the exchange with a mockgem server at `base` as if `url` had been asked."""
    path = url.partition("://")[2].partition("/")[2]
    try:
        with urlopen(Request(f"{base}/{path}", body, headers), timeout=30) as response:
            status, answer, answered = response.status, response.read(), response.headers.items()
    except HTTPError as error:
        status, answer, answered = error.code, error.read(), error.headers.items()
    return Interaction(
        "POST", url, tuple(headers.items()), body, status, "", tuple(answered), answer
    )


def encode(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def drift(tmp_path: Path, one: Interaction, code: int = 0) -> str:
    path = tmp_path / "a.yaml"
    save_cassette(path, [one])
    result = CliRunner().invoke(main, ["drift", str(path)])
    assert result.exit_code == code, result.output
    return result.output


CREDENTIALS = {
    "none": ("", {}),
    "a key": ("", {"x-goog-api-key": "REDACTED"}),
    "a key in the query": ("?key=REDACTED", {}),
    "a token": ("", {"Authorization": "Bearer <TOKEN>"}),
    "an empty token": ("", {"Authorization": ""}),
    "all of them": ("?key=x", {"x-goog-api-key": "y", "Authorization": "Bearer z", "api-key": "a"}),
}


@pytest.mark.parametrize("credentials", CREDENTIALS)
@pytest.mark.parametrize(
    ("url", "body", "header"),
    [
        (VERTEX + EXPRESS, TURNS, {"x-goog-api-key": "k"}),
        (VERTEX + EXPRESS.replace("v1beta1", "v1"), TURNS, {"x-goog-api-key": "k"}),
        (VERTEX + PROJECT, TURNS, {"Authorization": "Bearer k"}),
        (GEMINI + NATIVE, TURNS, {"x-goog-api-key": "k"}),
        (GEMINI + NATIVE.replace("v1beta", "v1"), TURNS, {"x-goog-api-key": "k"}),
        (GEMINI + CHAT, MESSAGES, {"Authorization": "Bearer k"}),
        ("https://gateway.example/v1/chat/completions", MESSAGES, {"Authorization": "Bearer k"}),
    ],
)
def test_each_surface_gets_one_credential(
    tmp_path: Path, base: str, url: str, body: Any, header: dict[str, str], credentials: str
) -> None:
    """Whatever is left of the recorded ones. Vertex AI in express mode got two before."""
    one = record(base, url, encode(body), JSON | header)
    assert one.status == 200, one.body
    query, headers = CREDENTIALS[credentials]
    left = replace(one, uri=one.uri + query, request_headers=tuple((JSON | headers).items()))
    assert SAME in drift(tmp_path, left)


def test_a_google_key_for_another_host_means_the_native_api(tmp_path: Path, base: str) -> None:
    """A recorder with --upstream writes that host: this was compared with the gateway's 404."""
    url = "http://127.0.0.1:29190" + NATIVE.replace("v1beta", "v1")
    one = record(base, url, encode(TURNS), JSON | {"x-goog-api-key": "k"})
    assert one.status == 200, one.body
    assert SAME in drift(tmp_path, one)


@pytest.mark.parametrize(
    ("url", "headers", "status"),
    [
        (GEMINI + NATIVE, {}, 403),
        (GEMINI + CHAT, {"Authorization": "Bearer k", "x-goog-api-key": "k"}, 400),
    ],
)
def test_requests_with_no_credential_and_with_two_stay_so(
    tmp_path: Path, base: str, url: str, headers: dict[str, str], status: int
) -> None:
    body = TURNS if url.endswith(NATIVE) else MESSAGES
    one = record(base, url, encode(body), JSON | headers)
    assert one.status == status, one.body
    redacted = replace(one, request_headers=(("Content-Type", "application/json"),))
    assert SAME in drift(tmp_path, redacted)


def test_a_key_that_is_not_valid_stays_so(tmp_path: Path) -> None:
    with mockgem.serve(api_key="right") as server:
        headers = JSON | {"x-goog-api-key": "wrong"}
        one = record(server.url, GEMINI + NATIVE, encode(TURNS), headers)
    assert one.status == 400
    assert SAME in drift(tmp_path, one)


@pytest.mark.parametrize(
    ("project", "location"),
    [
        ("<GOOGLE_CLOUD_PROJECT>", "<GOOGLE_CLOUD_LOCATION>"),
        ("REDACTED", "REDACTED"),
        ("{{project}}", "us-central1"),
        ("%3CPROJECT%3E", "europe-west4"),
    ],
)
def test_placeholders_in_a_path_are_filled(
    tmp_path: Path, base: str, project: str, location: str
) -> None:
    one = record(base, VERTEX + PROJECT, encode(TURNS), JSON | {"Authorization": "Bearer k"})
    uri = one.uri.replace("/mine/", f"/{project}/").replace("/us-central1/", f"/{location}/")
    assert uri != one.uri
    assert SAME in drift(tmp_path, replace(one, uri=uri))


@pytest.mark.parametrize("content_type", ["multipart/related; boundary=REDACTED", None])
def test_the_boundary_of_a_form_is_the_one_in_its_body(
    tmp_path: Path, base: str, content_type: str | None
) -> None:
    body = (
        b'--sign\r\nContent-Type: application/json\r\n\r\n{"file": {"displayName": "a"}}\r\n'
        b"--sign\r\nContent-Type: text/plain\r\n\r\nhello\r\n--sign--\r\n"
    )
    headers = {"Content-Type": "multipart/related; boundary=sign", "x-goog-api-key": "k"}
    one = record(base, f"{GEMINI}/upload/v1beta/files?uploadType=multipart", body, headers)
    assert one.status == 200, one.body
    recorded = (("Content-Type", content_type),) if content_type else ()
    assert SAME in drift(tmp_path, replace(one, request_headers=recorded))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Encoding": "gzip", "Content-Type": "application/json"},
        {"Content-Length": "5", "Transfer-Encoding": "chunked"},
        {"Host": "openrouter.ai", "Origin": "https://evil.example"},
    ],
)
def test_headers_of_the_connection_do_not_count(
    tmp_path: Path, base: str, headers: dict[str, str]
) -> None:
    one = record(base, GEMINI + NATIVE, encode(TURNS), JSON | {"x-goog-api-key": "k"})
    assert SAME in drift(tmp_path, replace(one, request_headers=tuple(headers.items())))


STATE_REQUESTS = {
    "a file": ("GET", "/v1beta/files/abc", b""),
    "a file in a prompt": ("POST", NATIVE, encode({"contents": [{"role": "user", "parts": [
        {"fileData": {"mimeType": "text/plain", "fileUri": f"{GEMINI}/v1beta/files/abc"}}]}]})),
    "a cache": ("GET", "/v1beta/cachedContents/abc", b""),
    "a cache in a prompt": ("POST", NATIVE, encode(TURNS | {"cachedContent": "cachedContents/a"})),
    "a batch": ("GET", "/v1beta/batches/abc", b""),
    "an operation": ("GET", "/v1beta/models/veo-3.0-generate-001/operations/abc", b""),
    "an upload": ("POST", "/upload/v1beta/files?upload_id=abc&upload_protocol=resumable", b"x"),
}  # fmt: skip


@pytest.mark.parametrize("name", STATE_REQUESTS)
def test_resources_of_earlier_requests_are_not_comparable(tmp_path: Path, name: str) -> None:
    method, path, body = STATE_REQUESTS[name]
    one = chat(method=method, uri=GEMINI + path, request_body=body, answer=b'{"a": 1}')
    output = drift(tmp_path, one)
    assert "  not comparable: it names a resource that an earlier request created" in output
    assert SKIPPED in output


def test_a_difference_of_mockgem_itself_is_still_an_error(tmp_path: Path, base: str) -> None:
    one = record(base, VERTEX + EXPRESS, encode(TURNS), JSON | {"x-goog-api-key": "k"})
    other = replace(one, status=404, body=b'{"error": {"message": "no such model"}}')
    assert "error   status: recorded 404, ours 200" in drift(tmp_path, other, code=1)
