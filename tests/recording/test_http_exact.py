"""HTTP through the recorder: what an upstream sends reaches the client, and plays again."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mockgem.recording.cassette_reader import read_cassette
from mockgem.recording.redaction import HEAD_HEADERS_KEPT, RESPONSE_HEADERS_KEPT
from tests.recording.raw_http import (
    Message,
    RawUpstream,
    build_request,
    parse_whole,
    raw_upstream,
    send_raw,
)
from tests.recording.servers import mockgem, recorder_at

MODELS = "/v1beta/openai/models"


@dataclass(frozen=True)
class Case:
    """A response as the upstream sends it, and the request for it."""

    response: bytes
    method: str = "GET"
    end: str = "keep"
    headers: tuple[str, ...] = ()
    pieces: int = 1


def whole(status: str, *headers: str, body: bytes = b"", length: bool = True) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunked(*chunks: bytes, trailer: bytes = b"", headers: bytes = b"") -> bytes:
    coded = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in chunks)
    head = b"HTTP/1.1 200 OK\r\n" + headers + b"Transfer-Encoding: chunked\r\n\r\n"
    return head + coded + b"0\r\n" + trailer + b"\r\n"


JSON = "Content-Type: application/json"
TEXT = b'{"object": "list"}'
ZSTD = b"\x28\xb5\x2f\xfd\x04\x00\x41\x00\x00hello\x00\xff"
CASES = {
    "a length": Case(whole("200 OK", JSON, body=TEXT)),
    "chunks": Case(chunked(TEXT, b" ", TEXT, headers=b"Content-Type: application/json\r\n")),
    "chunks in pieces": Case(chunked(TEXT, TEXT), pieces=7),
    "chunks with extensions": Case(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0;c\r\n\r\n"
    ),
    "trailers": Case(chunked(TEXT, trailer=b"X-Checksum: 1\r\nServer-Timing: a\r\n")),
    "no body": Case(whole("200 OK", JSON)),
    "the end of the connection": Case(
        whole("200 OK", JSON, "Connection: close", body=TEXT, length=False), end="close"
    ),
    "HTTP/1.0": Case(b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n" + TEXT * 999, end="close", pieces=3),
    "HTTP/1.0 with a length": Case(
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\nServer: old\r\n\r\n{}", end="close"
    ),
    "HEAD": Case(whole("200 OK", JSON, "Content-Length: 4321", length=False), "HEAD"),
    "HEAD with chunks": Case(
        whole("200 OK", JSON, "Transfer-Encoding: chunked", length=False), "HEAD"
    ),
    "HEAD without a length": Case(whole("200 OK", JSON, length=False), "HEAD"),
    "204": Case(whole("204 No Content", "X-Goog-Hash: a", length=False)),
    "304": Case(whole("304 Not Modified", 'ETag: "a"', length=False)),
    "304 with a length": Case(whole("304 Not Modified", "Content-Length: 99", length=False)),
    "a range": Case(
        whole("206 Partial Content", "Content-Range: bytes 2-5/18", JSON, body=TEXT[2:6]),
        headers=("Range: bytes=2-5",),
    ),
    "ranges": Case(
        whole("206 Partial Content", "Content-Type: multipart/byteranges; boundary=b", body=TEXT)
    ),
    "a range outside": Case(
        whole("416 Range Not Satisfiable", "Content-Range: bytes */18"),
        headers=("Range: bytes=99-",),
    ),
    "early hints": Case(
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + whole("200 OK", JSON, body=TEXT)
    ),
    "100 without a request for it": Case(
        b"HTTP/1.1 100 Continue\r\n\r\n" + whole("201 Created", JSON, body=TEXT), "POST"
    ),
    "a redirect": Case(whole("302 Found", "Location: https://other.example/a?b=%20c", body=b"x")),
    "a redirect without a host": Case(whole("307 Temporary Redirect", "Location: ../a", body=b"")),
    "latin-1 and UTF-8": Case(
        whole("200 OK", "Content-Disposition: a; filename=caf\xe9", body=TEXT).replace(
            b"Content-Length", "Server: ünï✓\r\nContent-Length".encode()
        )
    ),
    "a large header": Case(whole("200 OK", "Server: " + "x" * 200_000, body=TEXT)),
    "many headers": Case(whole("200 OK", *[f"X-H{n}: {n}" for n in range(100)], body=TEXT)),
    "an empty header": Case(whole("200 OK", "Server:", "Vary: ", body=TEXT)),
    "several values": Case(
        whole(
            "200 OK",
            "Set-Cookie: b=2; Path=/",
            "Vary: Origin",
            "Set-Cookie: a=1",
            "Vary: X-Origin",
            "Set-Cookie: b=3, x",
            body=TEXT,
        )
    ),
    "gzip": Case(whole("200 OK", JSON, "Content-Encoding: gzip", body=gzip.compress(TEXT))),
    "deflate": Case(whole("200 OK", "Content-Encoding: deflate", body=zlib.compress(TEXT))),
    "two codings": Case(
        whole("200 OK", "Content-Encoding: deflate, gzip", body=gzip.compress(zlib.compress(TEXT)))
    ),
    "identity": Case(whole("200 OK", "Content-Encoding: identity", body=TEXT)),
    "an unknown coding": Case(whole("200 OK", "Content-Encoding: zstd", body=ZSTD)),
    "an unknown and a known coding": Case(
        whole("200 OK", "Content-Encoding: br, gzip", body=gzip.compress(ZSTD))
    ),
    "an unknown status": Case(whole("299 Fine", JSON, body=TEXT)),
    "a refused upgrade": Case(
        whole("426 Upgrade Required", "Upgrade: h2c", "Connection: upgrade", body=TEXT),
        headers=("Upgrade: h2c", "Connection: Upgrade"),
    ),
    "cut in a chunk": Case(chunked(TEXT)[:-20], end="close"),
    "cut before the last chunk": Case(chunked(TEXT)[:-5], end="close"),
    "cut in a length": Case(whole("200 OK", JSON, "Content-Length: 99", length=False) + TEXT,
                            end="close"),
    "reset in a chunk": Case(chunked(TEXT)[:-20], end="reset"),
    "reset in a length": Case(
        whole("200 OK", JSON, "Content-Length: 99", length=False) + TEXT, end="reset"
    ),
}  # fmt: skip


async def record_and_replay(
    case: Case, tmp_path: Path, times: int = 2
) -> tuple[list[Message], list[Message], Any]:
    """Return what the client gets from the recorder, and from the recording."""
    cassette = tmp_path / "a.yaml"
    request = build_request(case.method, MODELS, case.headers)
    upstream = RawUpstream(case.response, case.end, case.pieces)
    async with raw_upstream(upstream) as url, recorder_at(cassette, url) as recorder:
        live = await send_raw(recorder, request, case.method, times)
    async with mockgem(cassette=str(cassette), on_miss="fail") as player:
        played = await send_raw(player, request, case.method, times)
    assert len(upstream.requests) == len(live)
    return live, played, read_cassette(cassette).interactions


@pytest.mark.parametrize("name", CASES)
async def test_a_response_passes_and_plays_again(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    sent = parse_whole(case.response, case.method, case.end)
    if sent.end == "cut" and case.end == "reset":
        sent.end = "reset"
    live, played, recorded = await record_and_replay(case, tmp_path)
    assert len(recorded) == len(live) == len(played) == (2 if sent.end == "complete" else 1)
    kept = HEAD_HEADERS_KEPT if case.method == "HEAD" else RESPONSE_HEADERS_KEPT
    stored = [pair for pair in sent.own_headers if kept.match(pair[0].decode("latin-1"))]
    body = sent.body
    if b"deflate" in (coding := b",".join(sent.values(b"content-encoding"))) or coding == b"gzip":
        stored = [pair for pair in stored if pair[0] != b"content-encoding"]
        body = TEXT
    stored = [pair for pair in stored if pair != (b"content-encoding", b"identity")]
    for message in live:
        assert (message.status, message.end) == (sent.status, sent.end)
        assert message.own_headers == sent.own_headers
        assert message.body == sent.body
    for message in played:
        assert (message.status, message.end) == (sent.status, sent.end)
        assert sorted(message.own_headers) == sorted(stored)
        assert message.body == body


@pytest.mark.parametrize("name", CASES)
async def test_the_framing_is_of_its_own(name: str, tmp_path: Path) -> None:
    """RFC 9112 6: a length or chunks, never both, and neither where there is no body."""
    case = CASES[name]
    live, played, _ = await record_and_replay(case, tmp_path, times=1)
    for message in (*live, *played):
        framing = [*message.values(b"content-length"), *message.values(b"transfer-encoding")]
        assert len(framing) <= 1
        assert not framing or message.status not in (204, 304)
        assert len(message.values(b"date")) == 1
        assert not message.values(b"upgrade")
        assert message.interim == []


async def test_cookies_keep_their_order_and_are_not_recorded(tmp_path: Path) -> None:
    live, played, recorded = await record_and_replay(CASES["several values"], tmp_path)
    assert live[0].values(b"set-cookie") == [b"b=2; Path=/", b"a=1", b"b=3, x"]
    assert played[0].values(b"set-cookie") == []
    assert recorded[0].get_header("set-cookie") == ""


async def test_head_keeps_the_length_of_the_body(tmp_path: Path) -> None:
    live, played, _ = await record_and_replay(CASES["HEAD"], tmp_path)
    for message in (*live, *played):
        assert message.values(b"content-length") == [b"4321"]


async def test_a_switch_of_protocols_is_refused(tmp_path: Path) -> None:
    """Nobody asked for it: the client wants no other protocol."""
    case = Case(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
    live, _, recorded = await record_and_replay(case, tmp_path, times=1)
    assert live[0].status == 503
    assert b"101" in live[0].body
    assert recorded == ()


BODY = b'{"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}'
CODED = {
    "gzip": (gzip.compress(BODY), BODY),
    "deflate": (zlib.compress(BODY), BODY),
    "GZip": (gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), BODY),
    "identity": (BODY, BODY),
    "zstd": (ZSTD, ZSTD),
    "br, gzip": (gzip.compress(ZSTD), gzip.compress(ZSTD)),
}
PATHS = ("/v1beta/openai/chat/completions", "/upload/v1beta/files?uploadType=media")
"""A body that is read first, and one that is passed on as it arrives."""


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("coding", CODED)
async def test_a_coded_request_passes_unchanged_and_is_stored_decoded(
    coding: str, path: str, tmp_path: Path
) -> None:
    sent, decoded = CODED[coding]
    cassette = tmp_path / "a.yaml"
    request = build_request("POST", path, (f"Content-Encoding: {coding}", JSON), sent)
    upstream = RawUpstream(whole("200 OK", JSON, body=TEXT))
    async with raw_upstream(upstream) as url, recorder_at(cassette, url) as recorder:
        (live,) = await send_raw(recorder, request, "POST")
    assert (live.status, live.body) == (200, TEXT)
    assert upstream.bodies == [sent]
    assert dict(upstream.requests[0].headers)[b"content-encoding"] == coding.encode()
    (recorded,) = read_cassette(cassette).interactions
    assert recorded.request_body == decoded
    plain = build_request("POST", path, (JSON,), decoded)
    for again in (request, plain):
        async with mockgem(cassette=str(cassette), on_miss="fail") as player:
            (played,) = await send_raw(player, again, "POST")
        assert (played.status, played.body) == (200, TEXT)


async def test_a_request_that_can_not_be_read_is_not_looked_for(tmp_path: Path) -> None:
    """The error is about the body, not about a missing recording."""
    cassette = tmp_path / "a.yaml"
    cassette.write_text("interactions: []\nversion: 1\n")
    async with mockgem(cassette=str(cassette), on_miss="fail", max_body=100) as player:
        (message,) = await send_raw(
            player, build_request("POST", PATHS[0], (JSON,), b"x" * 101), "POST"
        )
    assert message.status == 400
    assert b"exceeds the limit: 100 bytes" in message.body


@pytest.mark.parametrize("expect", ["", "Expect: 100-continue"])
async def test_a_request_that_can_not_be_read_does_not_reach_the_upstream(
    expect: str, tmp_path: Path
) -> None:
    upstream = RawUpstream(whole("200 OK", JSON, body=TEXT))
    headers = (JSON, expect) if expect else (JSON,)
    async with (
        raw_upstream(upstream) as url,
        mockgem(
            cassette=str(tmp_path / "a.yaml"), record_mode="once", upstream=url, max_body=100
        ) as recorder,
    ):
        (live,) = await send_raw(
            recorder, build_request("POST", PATHS[0], headers, b"x" * 101), "POST"
        )
    assert live.status == 400
    assert b"exceeds the limit: 100 bytes" in live.body
    assert upstream.requests == []
