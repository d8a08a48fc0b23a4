"""What is kept of a request and a response while they pass, up to the limits."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from mockgem.core.http import UpstreamResponse, WireRequest
from mockgem.recording.capture import RequestCapture, ResponseCapture, build_interaction
from mockgem.recording.interaction import HeaderList, Interaction

URL = "https://x/v1beta/y"


def wire(body: bytes = b"{}", method: str = "POST", **more: Any) -> WireRequest:
    headers = {"A": "1", "B": "caf\udce9"}
    return WireRequest(method, "/v1beta/y", {}, headers, body, **more)


async def no_chunks() -> Any:
    return
    yield b""


def response(headers: HeaderList = (), status: int = 201) -> UpstreamResponse:
    return UpstreamResponse(status, "Created", headers, no_chunks())


def receive(*chunks: bytes) -> ResponseCapture:
    capture = ResponseCapture()
    for chunk in chunks:
        capture.add(chunk)
    return capture


def build(capture: ResponseCapture, headers: HeaderList = (), method: str = "POST") -> Interaction:
    request = RequestCapture(wire(method=method))
    return build_interaction(request, URL, response(headers), capture)


@pytest.mark.parametrize("parts", [1, 2, 5])
@pytest.mark.parametrize(("size", "is_kept"), [(10, True), (11, False)])
def test_a_request_body_is_kept_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch, parts: int, size: int, is_kept: bool
) -> None:
    monkeypatch.setattr("mockgem.recording.matching.MAX_RECORDED_BODY", 10)
    capture = RequestCapture(wire(b"" if parts > 1 else b"x" * size))
    if parts > 1:
        for piece in (b"x" * (size - parts + 1), *[b"x"] * (parts - 1)):
            capture.keep(piece)
    assert capture.size == size
    assert capture.body == (b"x" * size if is_kept else b"<%d bytes>" % size)
    assert len(b"".join(capture.kept)) <= (10 if parts > 1 else size)


@pytest.mark.parametrize(("size", "is_kept"), [(9, True), (10, True), (11, False), (30, False)])
def test_a_response_body_is_kept_up_to_a_limit(
    monkeypatch: pytest.MonkeyPatch, size: int, is_kept: bool
) -> None:
    monkeypatch.setattr("mockgem.recording.capture.MAX_RECORDED_BYTES", 10)
    capture = receive(b"abc", b"x" * (size - 3))
    assert capture.size == size
    assert b"".join(capture.received) == (b"abc" + b"x" * (size - 3) if is_kept else b"")


@pytest.mark.parametrize("end", [b"\n\n", b"\r\n\r\n"])
def test_the_final_event_is_noticed_however_it_is_split(end: bytes) -> None:
    body = b'data: {"a": 1}' + end + b"data: [DONE]" + end
    for cut in range(len(body)):
        capture = receive(body[:cut], body[cut:-1])
        assert not capture.has_final_event, cut
        capture.add(body[-1:])
        assert capture.has_final_event, cut
        capture.add(b"more")
        assert capture.has_final_event
    assert not receive(b"x data: [DONE]\n\n", b"data: [DONE]\n").has_final_event
    single = receive(*[body[at : at + 1] for at in range(len(body))])
    assert (single.has_final_event, single.size) == (True, len(body))


def test_each_field_of_an_interaction() -> None:
    headers = (
        *(("Content-Type", "x/y"), ("Content-Length", "6"), ("Connection", "close")),
        *(("Transfer-Encoding", "chunked"), ("A", "1"), ("A", "2")),
    )
    capture = receive(b"abc", b"def")
    capture.error = "broke"
    one = build(capture, headers)
    assert (one.method, one.uri, one.request_body) == ("POST", URL, b"{}")
    assert one.request_headers == (("A", "1"), ("B", "café"))
    assert (one.status, one.reason, one.body) == (201, "Created", b"abcdef")
    assert one.headers == (("Content-Type", "x/y"), ("A", "1"), ("A", "2"))
    assert [size for _, size in one.chunks] == [3, 3]
    assert one.broken == "broke"
    assert (len(one.recorded), one.recorded[10], one.recorded[-1]) == (20, "T", "Z")


def test_one_chunk_is_a_whole_body() -> None:
    assert build(receive(b"abc")).chunks == ()
    assert build(receive()).body == b""


def test_a_packed_body_is_unpacked_and_has_no_chunks() -> None:
    packed = gzip.compress(b"hello")
    headers = (("content-encoding", "gzip"), ("content-length", "9"), ("A", "1"))
    one = build(receive(packed[:5], packed[5:]), headers)
    assert (one.body, one.chunks, one.headers) == (b"hello", (), (("A", "1"),))
    other = build(receive(b"no", b"gzip"), headers)
    assert (other.body, other.headers) == (b"nogzip", (("content-encoding", "gzip"), ("A", "1")))
    assert len(other.chunks) == 2


def test_an_unpacked_body_may_be_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    packed, headers = gzip.compress(b"x" * 1000), (("Content-Encoding", "gzip"),)
    for limit, is_kept in ((1000, True), (999, False)):
        monkeypatch.setattr("mockgem.recording.capture.MAX_RECORDED_BYTES", limit)
        if is_kept:
            assert build(receive(packed), headers).body == b"x" * 1000
            continue
        with pytest.raises(ValueError, match="999 bytes"):
            build(receive(packed), headers)


@pytest.mark.parametrize(("method", "is_kept"), [("HEAD", True), ("GET", False)])
def test_the_length_of_a_response_to_head_stays(method: str, is_kept: bool) -> None:
    headers = (("Content-Length", "5"),)
    assert build(receive(), headers, method).headers == (headers if is_kept else ())
