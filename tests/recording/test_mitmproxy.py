"""Flows of mitmproxy: what is not an exchange, and files that are not whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mockgem.recording import formats
from mockgem.recording.cassette_reader import BadCassette
from mockgem.recording.diff import find_problems
from mockgem.recording.redaction import Redactor

SAMPLE = Path(__file__).parent / "samples" / "mitmproxy.flows"
REQUEST: dict[str, Any] = {
    "method": b"POST",
    "scheme": b"https",
    "host": "generativelanguage.googleapis.com",
    "port": 443,
    "authority": b"",
    "path": b"/v1beta/models/gemini-2.5-flash:generateContent",
    "headers": [[b":method", b"POST"], [b"content-type", b"application/json"]],
    "content": b"{}",
    "timestamp_start": 1795910000.5,
}
RESPONSE: dict[str, Any] = {
    "status_code": 200,
    "reason": b"OK",
    "headers": [[b"content-type", b"application/json"], [b"content-length", b"2"]],
    "content": b"{}",
}


def dump(value: Any) -> bytes:
    """Return a value as a tnetstring, as mitmproxy writes it."""
    match value:
        case None:
            data, kind = b"", b"~"
        case bool():
            data, kind = str(value).lower().encode(), b"!"
        case bytes():
            data, kind = value, b","
        case str():
            data, kind = value.encode(), b";"
        case int():
            data, kind = str(value).encode(), b"#"
        case float():
            data, kind = str(value).encode(), b"^"
        case list():
            data, kind = b"".join(map(dump, value)), b"]"
        case _:
            pairs = [dump(part) for pair in value.items() for part in pair]
            data, kind = b"".join(pairs), b"}"
    return b"%d:%s%s" % (len(data), data, kind)


def flow(**changes: Any) -> bytes:
    parts = {"version": 21, "type": "http", "request": REQUEST, "response": RESPONSE}
    return dump({**parts, "error": None, "intercepted": False, **changes})


def read(tmp_path: Path, data: bytes) -> formats.Recording:
    path = tmp_path / "a.flows"
    path.write_bytes(data)
    return formats.read_recording(path)


def test_a_flow_over_http_2_has_the_url_of_its_host(tmp_path: Path) -> None:
    (one,) = read(tmp_path, flow()).interactions
    assert one.uri == (
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent"
    )
    assert one.request_headers == (("content-type", "application/json"),)
    assert one.headers == (("content-type", "application/json"),)
    assert one.recorded.startswith("2026-11-28T23:53:20.5")


def test_check_finds_a_key_and_clean_removes_it(tmp_path: Path) -> None:
    key = b"AIzaSyB-0123456789012345678901234567890"
    request = {**REQUEST, "headers": [[b"x-goog-api-key", key]]}
    recording = read(tmp_path, flow(request=request))
    (problem,) = find_problems(recording.to_cassette(), Redactor(), "convert")
    assert "x-goog-api-key" in problem
    (one,) = formats.clean(recording)
    assert key.decode() not in str(one)


def test_flows_without_an_answer_are_left_out(tmp_path: Path) -> None:
    socket = {**RESPONSE, "status_code": 101}
    data = flow() + flow(response=None) + flow(type="tcp") + flow(response=socket)
    recording = read(tmp_path, data)
    assert (len(recording.interactions), recording.left_out) == (1, 3)


@pytest.mark.parametrize("size", [20, 200, 4000])
def test_a_file_that_is_not_whole_is_refused(tmp_path: Path, size: int) -> None:
    with pytest.raises(BadCassette):
        read(tmp_path, SAMPLE.read_bytes()[:size])


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    deep: Any = []
    for _ in range(60):
        deep = [deep]
    with pytest.raises(BadCassette, match="is not whole"):
        read(tmp_path, flow(metadata=deep))
