"""Heads and whole responses, byte for byte."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp.http import HttpVersion, HttpVersion10, HttpVersion11
from aiohttp.http_exceptions import BadHttpMessage, LineTooLong

from mockgem.core.http import ChunkedBody, WireResponse, encode_chunks
from mockgem.server.refusals import encode_refusal, refuse_bytes, refuse_head
from mockgem.server.response_writer import ResponseWriter, encode_chunk, write_data

DATE = "Date: Thu, 01 Jan 1970 00:00:05 GMT"
CHUNKED = ChunkedBody(encode_chunks([b"one", b"two"]))


def encode(
    response: WireResponse, coded: bool = True, keep: bool = True, without_body: bool = False
) -> list[str]:
    data = ResponseWriter(lambda: 5.9).encode_whole(
        response, coded=coded, keep=keep, without_body=without_body
    )
    return data.decode("latin-1").split("\r\n")


def test_a_whole_response() -> None:
    response = WireResponse(200, (("A", "1"), ("A", "2")), b"hello")
    head = ["HTTP/1.1 200 OK", "A: 1", "A: 2", DATE, "Content-Length: 5"]
    assert encode(response) == [*head, "", "hello"]
    assert encode(response, without_body=True) == [*head, "", ""]
    assert encode(response, keep=False) == [*head, "Connection: close", "", "hello"]


def test_a_connection_is_closed_once() -> None:
    response = WireResponse(200, (("Connection", "close"),), b"")
    head = ["HTTP/1.1 200 OK", "Connection: close", DATE, "Content-Length: 0", "", ""]
    assert encode(response, keep=False) == encode(response) == head


def test_a_chunked_body_is_whole_for_older_clients() -> None:
    response = WireResponse(200, (), CHUNKED)
    head = ["HTTP/1.1 200 OK", DATE]
    chunks = ["3", "one", "3", "two", "0", "", ""]
    assert encode(response) == [*head, "Transfer-Encoding: chunked", "", *chunks]
    assert encode(response, coded=False) == [*head, "Content-Length: 6", "", "onetwo"]


@pytest.mark.parametrize("status", [204, 304])
@pytest.mark.parametrize("body", [b"", b"x", CHUNKED])
def test_a_status_without_a_body_has_no_length(status: int, body: Any) -> None:
    headers = (("Content-Length", "5"), ("transfer-encoding", "chunked"), ("A", "1"))
    lines = encode(WireResponse(status, headers, body), coded=False)
    assert lines[1:] == ["A: 1", DATE, "", ""]


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (418, "HTTP/1.1 418 I'm a Teapot"),
        (499, "HTTP/1.1 499 Client Closed Request"),
        (799, "HTTP/1.1 799 Unknown"),
    ],
)
def test_each_status_has_a_reason(status: int, line: str) -> None:
    assert encode(WireResponse(status, (), b""))[0].lower() == line.lower()


def test_headers_can_not_end_the_head() -> None:
    headers = (("A\r\nB", "1\r\n\r\n2\0\n3"), ("C", "é€"))
    lines = encode(WireResponse(200, headers, b""))
    assert lines[1:3] == ["A B: 1 2 3", "C: é?"]


def test_heads_are_cached_for_a_second() -> None:
    now = [5.0]
    writer = ResponseWriter(lambda: now[0])
    responses = [WireResponse(200, (("A", str(number)),)) for number in range(600)]
    for response in responses:
        writer.get_head(response, "none", keep=True)
        assert len(writer.head_cache) <= 513
    first = writer.get_head(responses[-1], "none", keep=True)
    now[0] = 5.9
    assert writer.get_head(responses[-1], "none", keep=True) is first
    assert writer.get_head(responses[-1], "5", keep=True) != first
    assert writer.get_head(responses[-1], "none", keep=False) != first
    now[0] = 6.0
    assert b"00:00:06 GMT" in writer.get_head(responses[-1], "none", keep=True)


def test_a_frame_without_bytes_is_not_a_chunk() -> None:
    assert encode_chunk(b"x" * 26) == b"1a\r\n" + b"x" * 26 + b"\r\n"
    assert encode_chunk(b"") == b""


def refusal(status: str, name: str, message: str) -> bytes:
    code = int(status[:3])
    body = f'{{"error":{{"code":{code},"message":"{message}","status":"{name}"}}}}'
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Connection: close\r\n\r\n{body}"
    ).encode()


MALFORMED = refusal(
    "400 Bad Request", "INVALID_ARGUMENT", "mockgem: the request is not valid HTTP/1.1"
)
VERSION = refusal(
    "505 HTTP Version Not Supported",
    "INVALID_ARGUMENT",
    "mockgem: only HTTP/1.1 and HTTP/1.0 are supported",
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, MALFORMED),
        (BadHttpMessage("secret"), MALFORMED),
        (ValueError("Invalid HTTP version in x"), VERSION),
        (
            LineTooLong(b"secret", 8190),
            refusal(
                "431 Request Header Fields Too Large",
                "INVALID_ARGUMENT",
                "mockgem: the request line or a header is longer than 8190 bytes",
            ),
        ),
    ],
)
def test_bytes_that_are_not_http_are_refused(error: Exception | None, expected: bytes) -> None:
    assert refuse_bytes(error) == expected


@pytest.mark.parametrize(
    ("version", "headers", "expected"),
    [
        (HttpVersion11, {}, None),
        (HttpVersion10, {"expect": "100-Continue"}, None),
        (HttpVersion11, {"transfer-encoding": "chunked"}, None),
        (HttpVersion(2, 0), {}, VERSION),
        (HttpVersion(1, 2), {}, VERSION),
        (
            HttpVersion11,
            {"expect": "200-ok"},
            refusal(
                "417 Expectation Failed",
                "INVALID_ARGUMENT",
                "mockgem: only Expect: 100-continue is supported",
            ),
        ),
        (
            HttpVersion10,
            {"transfer-encoding": "chunked"},
            refusal(
                "400 Bad Request",
                "INVALID_ARGUMENT",
                "mockgem: HTTP/1.0 has no Transfer-Encoding",
            ),
        ),
    ],
)
def test_heads_that_are_not_understood_are_refused(
    version: HttpVersion, headers: dict[str, str], expected: bytes | None
) -> None:
    assert refuse_head("POST", version, headers) == expected


def test_a_server_that_is_full_is_unavailable() -> None:
    assert encode_refusal(503, "x") == refusal("503 Service Unavailable", "UNAVAILABLE", "x")


@pytest.mark.parametrize("is_closing", [None, True, False])
def test_nothing_is_written_to_a_client_that_has_left(is_closing: bool | None) -> None:
    written: list[bytes] = []
    transport = SimpleNamespace(is_closing=lambda: is_closing, write=written.append)
    request: Any = SimpleNamespace(
        transport=None if is_closing is None else transport, protocol=SimpleNamespace()
    )
    if is_closing is False:
        assert write_data(request, b"head", b"data") == b""
        assert (written, request.protocol.is_answering) == ([b"headdata"], True)
        return
    with pytest.raises(ConnectionResetError, match=r"^the client has closed the connection$"):
        write_data(request, b"head", b"data")
    assert written == []
