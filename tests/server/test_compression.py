"""Compressed answers: only with the setting, and only for clients that accept them."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from mockgem.core.http import (
    ChunkedBody,
    ConnectionDropped,
    Frame,
    WireRequest,
    WireResponse,
    encode_chunks,
)
from mockgem.server.compression import (
    ACCEPTS_GZIP,
    compress_chunks,
    compress_frames,
    gzip_middleware,
)
from tests.asking import GATEWAY, GEMINI, Answer, Asker

NATIVE = "/v1beta/models/gemini-2.5-flash:"
QUESTION = {"contents": [{"parts": [{"text": "hi"}]}]}
CHAT = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
REQUESTS = [
    (GEMINI + "/chat/completions", CHAT),
    (GEMINI + "/chat/completions", CHAT | {"stream": True}),
    (GATEWAY + "/chat/completions", CHAT),
    (NATIVE + "generateContent", QUESTION),
    (NATIVE + "streamGenerateContent", QUESTION),
    (GEMINI + "/chat/completions", {"model": "none"}),
]


def ask(path: str, body: Any, coding: str, **settings: Any) -> Answer:
    key = {"x-goog-api-key": "k"} if path.startswith(NATIVE) else {"authorization": "Bearer k"}
    headers = {**key, "accept-encoding": coding}
    return Asker(**settings).send("POST", path, json.dumps(body).encode(), headers)


def unpack(data: bytes) -> bytes:
    return zlib.decompress(data, wbits=31)


@pytest.mark.parametrize(("path", "body"), REQUESTS)
def test_an_accepted_answer_is_the_plain_one_compressed(path: str, body: Any) -> None:
    plain = ask(path, body, "gzip")
    assert plain.header("content-encoding") == []
    packed = ask(path, body, "gzip, deflate", gzip=True)
    assert packed.header("content-encoding") == ["gzip"]
    assert (packed.status, unpack(packed.body)) == (plain.status, plain.body)


@pytest.mark.parametrize("coding", ["", "identity", "gzip;q=0", "br, gzip; q=0.0, deflate"])
def test_other_clients_get_plain_answers(coding: str) -> None:
    answer = ask(GEMINI + "/chat/completions", CHAT, coding, gzip=True)
    assert answer.header("content-encoding") == []
    assert answer.json["object"] == "chat.completion"


@pytest.mark.parametrize("coding", ["gzip", "*", "br, gzip;q=0.5", "GZIP", "deflate,gzip"])
def test_the_header_is_read_as_http_says(coding: str) -> None:
    assert ACCEPTS_GZIP.search(coding)


def test_a_client_can_read_each_frame_when_it_arrives() -> None:
    async def write_frames() -> AsyncIterator[Frame]:
        yield Frame(b"one", 0.5)
        yield Frame(b"two")
        raise ConnectionDropped("cut")

    async def answer(wire: WireRequest) -> WireResponse:
        return WireResponse(200, (), write_frames())  # type: ignore[arg-type]

    async def read() -> list[tuple[bytes, float]]:
        wire = WireRequest("GET", "/x", {}, {"accept-encoding": "gzip"}, b"")
        response = await gzip_middleware(answer)(wire)
        decoder, seen = zlib.decompressobj(wbits=31), []
        try:
            async for frame in response.body:  # type: ignore[union-attr]
                seen.append((decoder.decompress(frame.data), frame.delay))
        except ConnectionDropped:
            return seen
        raise AssertionError("the end of the connection got lost")

    assert asyncio.run(read()) == [(b"one", 0.5), (b"two", 0.0)]


def test_the_admin_api_stays_plain() -> None:
    answer = Asker(gzip=True).send("GET", "/_mockgem/clock", headers={"accept-encoding": "gzip"})
    assert answer.header("content-encoding") == []


async def no_frames() -> AsyncIterator[Frame]:
    return
    yield Frame(b"")


@pytest.mark.parametrize(
    ("more", "method", "is_packed"),
    [
        ({}, "GET", True),
        ({}, "HEAD", False),
        ({"status": 204}, "GET", False),
        ({"status": 304}, "GET", False),
        ({"body": b""}, "GET", False),
        ({"headers": (("Content-Encoding", "br"),)}, "GET", False),
        ({"headers": (("CONTENT-LENGTH", "4"), ("A", "1"))}, "GET", True),
        ({"headers": (("content-length", "9"),), "body": no_frames()}, "GET", False),
        ({"body": no_frames()}, "GET", True),
    ],
)
def test_which_answers_are_compressed(more: dict[str, Any], method: str, is_packed: bool) -> None:
    response = WireResponse(**{"status": 200, "headers": (("A", "1"),), "body": b"text"} | more)

    async def answer(wire: WireRequest) -> WireResponse:
        return response

    async def ask() -> WireResponse:
        wire = WireRequest(method, "/x", {}, {"accept-encoding": "gzip"}, b"")
        return await gzip_middleware(answer)(wire)

    found = asyncio.run(ask())
    if not is_packed:
        assert found is response
        return
    assert found.headers == (("A", "1"), ("Content-Encoding", "gzip"))
    if isinstance(found.body, bytes):
        assert unpack(found.body) == b"text"


def test_frames_are_compressed_to_their_end() -> None:
    frames = [Frame(b"a" * 100), Frame(b"", 0.5), Frame(b"raw", raw=True), Frame(b"b")]

    async def write_frames() -> AsyncIterator[Frame]:
        for frame in frames:
            yield frame

    async def read() -> list[Frame]:
        packed = compress_frames(write_frames())  # type: ignore[arg-type]
        return [frame async for frame in packed]

    found = asyncio.run(read())
    assert found[1:3] == frames[1:3]
    decoder = zlib.decompressobj(wbits=31)
    parts = [decoder.decompress(frame.data) for frame in found if not frame.raw]
    assert (parts, decoder.eof) == ([b"a" * 100, b"", b"b", b""], True)


def test_chunks_are_compressed_to_their_end() -> None:
    packed = compress_chunks(ChunkedBody(encode_chunks([b"one", b"two"])))
    decoder = zlib.decompressobj(wbits=31)
    parts = [decoder.decompress(chunk) for chunk in packed.iter_chunks()]
    assert (parts, decoder.eof) == ([b"one", b"two", b""], True)
