"""Request bodies: content codings, and the memory that all bodies may take together."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from mockgem.core import content_coding
from mockgem.core.content_coding import STEP, Decoder, TooLarge, decode_all, normalize_coding
from mockgem.server import body_memory, request_reader
from mockgem.server.body_memory import BodyLease, BodyMemory, Overloaded
from mockgem.server.request_reader import MAX_DECOMPRESSED
from tests.asking import GATEWAY, VERTEX
from tests.recording.raw_http import build_request, read_response
from tests.server.test_connections import BODY, CHAT, WAIT, connect, serving, wait_until
from tests.server.test_http import post

NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"
UPLOAD = "/upload/v1beta/files?uploadType=media"


async def ask(port: int, data: bytes) -> Any:
    reader, writer = await connect(port)
    writer.write(data)
    message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
    writer.close()
    return message


CODED = {
    "gzip": gzip.compress(BODY),
    "x-gzip": gzip.compress(BODY),
    "GZIP": gzip.compress(BODY[:20]) + gzip.compress(BODY[20:]),
    "deflate": zlib.compress(BODY),
    " Deflate ": zlib.compress(BODY)[2:-4],
    "identity": BODY,
    "identity, gzip": gzip.compress(BODY),
    "": BODY,
}


@pytest.mark.parametrize("coding", CODED)
@pytest.mark.parametrize("arrives", ["whole", "in pieces"])
async def test_a_coded_body_is_decoded(coding: str, arrives: str) -> None:
    data = post(CHAT, CODED[coding], f"Content-Encoding: {coding}")
    async with serving() as (_, port):
        reader, writer = await connect(port)
        for start in range(0, len(data), len(data) if arrives == "whole" else 50):
            writer.write(data[start : start + (len(data) if arrives == "whole" else 50)])
            await asyncio.sleep(0)
        message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
        assert message.status == 200, message.body
        writer.close()


@pytest.mark.parametrize("coding", ["br", "zstd", "nonsense", "gzip, br", "gzip, gzip"])
@pytest.mark.parametrize(
    ("path", "is_list"),
    [
        (CHAT, True),
        (VERTEX + "/chat/completions", True),
        (GATEWAY + "/chat/completions", False),
        (NATIVE, False),
    ],
)
async def test_an_unknown_coding_is_refused_in_the_format_of_the_api(
    coding: str, path: str, is_list: bool
) -> None:
    async with serving() as (_, port):
        message = await ask(port, post(path, BODY, f"Content-Encoding: {coding}"))
    assert message.status == 400
    error = json.loads(message.body)
    error = (error[0] if is_list else error)["error"]
    assert f"Content-Encoding {coding!r} is not supported" in error["message"]
    assert "gzip or deflate" in error["message"]
    assert "aiohttp" not in str(message)


@pytest.mark.parametrize("path", [CHAT, UPLOAD])
@pytest.mark.parametrize(
    "data",
    [gzip.compress(BODY)[:-9], b"no gzip at all", gzip.compress(BODY) + b"more"],
    ids=["cut", "plain", "with a tail"],
)
async def test_a_body_that_is_not_what_its_coding_says_is_refused(path: str, data: bytes) -> None:
    async with serving() as (_, port):
        message = await ask(port, post(path, data, "Content-Encoding: gzip"))
    assert message.status == 400
    assert b"body could not be read" in message.body.lower()


async def test_a_coded_upload_is_stored_decoded() -> None:
    content = b"some text " * 100_000
    packed = gzip.compress(content)
    async with serving() as (_, port):
        message = await ask(port, build_request("POST", UPLOAD, ["Content-Encoding: gzip"], packed))
    assert json.loads(message.body)["file"]["sizeBytes"] == str(len(content))


class CountingDecoder(Decoder):
    """Counts the pieces that were decoded."""

    pieces = 0

    def decode(self, data: bytes) -> Iterator[bytes]:
        for piece in super().decode(data):
            type(self).pieces += 1
            yield piece


async def test_a_bomb_is_decoded_only_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """In steps, between which other requests get their turn; 200 MB would be 3052 pieces."""
    turns: list[float] = []
    sleep = request_reader.sleep

    async def count_turns(seconds: float) -> None:
        turns.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(CountingDecoder, "pieces", 0)
    monkeypatch.setattr(request_reader, "Decoder", CountingDecoder)
    monkeypatch.setattr(request_reader, "sleep", count_turns)
    async with serving() as (server, port):
        bomb = gzip.compress(bytes(200_000_000))
        message = await ask(port, post(CHAT, bomb, "Content-Encoding: gzip"))
        assert message.status == 400
        assert b"when it is unpacked" in message.body
        await wait_until(lambda: server.body_memory.used == 0)
    assert MAX_DECOMPRESSED // STEP <= CountingDecoder.pieces <= MAX_DECOMPRESSED // STEP + 1
    assert len(turns) == MAX_DECOMPRESSED // 2**20


async def test_one_body_is_decoded_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    decoding = most = 0
    decode = request_reader.decode_body

    async def watch(*arguments: Any) -> bytes:
        nonlocal decoding, most
        decoding += 1
        most = max(most, decoding)
        try:
            return await decode(*arguments)
        finally:
            decoding -= 1

    monkeypatch.setattr(request_reader, "decode_body", watch)
    packed = gzip.compress(BODY.ljust(3_000_000))
    async with serving() as (_, port):
        request = post(CHAT, packed, "Content-Encoding: gzip")
        answers = await asyncio.gather(*[ask(port, request) for _ in range(8)])
    assert [one.status for one in answers] == [200] * 8
    assert most == 1


def begin_body(size: int) -> bytes:
    """The head of a request with a body, and the body but for its last byte."""
    return post(CHAT, BODY.ljust(size))[:-1]


async def test_bodies_that_do_not_fit_wait_for_each_other() -> None:
    async with serving() as (server, port):
        server.body_memory.limit = 300_000
        links = [await connect(port) for _ in range(2)]
        for _, writer in links:
            writer.write(begin_body(200_000))
        await wait_until(lambda: len(server.body_memory.waiting) == 1)
        assert server.body_memory.used == 200_000
        assert (await ask(port, post(CHAT, BODY))).status == 200  # a small one does not wait
        for reader, writer in links:
            writer.write(b" ")
            message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
            assert message.status == 200
            writer.close()
        await wait_until(lambda: server.body_memory.used == 0)


@pytest.mark.parametrize("path", [CHAT, GATEWAY + "/chat/completions"])
async def test_a_body_that_waits_for_too_long_is_refused(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_memory, "WAIT_FOR_MEMORY", 0.1)
    async with serving() as (server, port):
        server.body_memory.limit = 300_000
        _, first = await connect(port)
        first.write(begin_body(200_000))
        await wait_until(lambda: server.body_memory.used == 200_000)
        message = await ask(port, post(path, BODY.ljust(200_000))[:-1])
        assert message.status == 503
        assert b"may take 300000 bytes of memory" in message.body
        assert b"--body-memory" in message.body
        first.transport.abort()
        await wait_until(lambda: server.body_memory.used == 0)


async def test_a_body_without_a_length_takes_memory_as_it_grows() -> None:
    async with serving(max_body=3 * 2**20) as (server, port):
        _, writer = await connect(port)
        head = f"POST {CHAT} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        writer.write(head.encode() + b"200000\r\n" + b" " * 2**21)
        await wait_until(lambda: server.body_memory.used > 2**21 - 2**17)
        assert server.body_memory.used <= 3 * 2**20
        writer.transport.abort()
        await wait_until(lambda: server.body_memory.used == 0)


async def test_uploads_that_go_to_a_file_do_not_count() -> None:
    async with serving() as (server, port):
        _, writer = await connect(port)
        writer.write(build_request("POST", UPLOAD, [], b"x" * 5_000_000)[:-1])
        await wait_until(lambda: server.open_requests == 1)
        await writer.drain()
        await asyncio.sleep(0.05)
        assert server.body_memory.used == 0
        writer.transport.abort()
        await wait_until(lambda: server.open_requests == 0)


async def test_a_single_body_always_fits() -> None:
    async with serving(max_body=2_000_000, body_memory=1000) as (server, port):
        assert server.body_memory.limit == 2_000_000 + MAX_DECOMPRESSED
        assert (await ask(port, post(CHAT, BODY.ljust(2_000_000)))).status == 200


async def test_the_memory_is_given_in_turn() -> None:
    memory = BodyMemory(10)
    leases = [BodyLease(memory) for _ in range(4)]
    await leases[0].grow(8)
    waiting = [asyncio.create_task(one.grow(5)) for one in leases[1:]]
    await asyncio.sleep(0)
    waiting[0].cancel()
    await asyncio.sleep(0)
    assert (memory.used, len(memory.waiting)) == (8, 2)
    leases[0].end()
    await asyncio.gather(*waiting[1:])
    assert memory.used == 10
    for one in leases:
        one.end()
        one.end()
    assert memory.used == 0


async def test_a_wait_that_ends_lets_smaller_bodies_in(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = BodyMemory(10)
    await BodyLease(memory).grow(6)
    monkeypatch.setattr(body_memory, "WAIT_FOR_MEMORY", 0.05)
    large = asyncio.create_task(BodyLease(memory).grow(9))
    await asyncio.sleep(0)
    monkeypatch.setattr(body_memory, "WAIT_FOR_MEMORY", 600.0)
    small = asyncio.create_task(BodyLease(memory).grow(3))
    with pytest.raises(Overloaded):
        await large
    await asyncio.wait_for(small, WAIT)
    assert memory.used == 9


@pytest.mark.parametrize("size", [0, 1, STEP - 1, STEP, STEP + 1, 3 * STEP, 5_000_000])
@pytest.mark.parametrize("chunk", [1000, 10**7])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_decoding_in_steps_gives_the_whole_body(size: int, chunk: int, coding: str) -> None:
    body = b"abcd" * (size // 4) + b"x" * (size % 4)
    packed = gzip.compress(body) if coding == "gzip" else zlib.compress(body)
    decoder = Decoder(coding)
    pieces = [
        piece
        for start in range(0, len(packed), chunk)
        for piece in decoder.decode(packed[start : start + chunk])
    ]
    decoder.finish()
    assert b"".join(pieces) == body
    assert all(len(piece) <= STEP for piece in pieces)


def test_an_empty_body_needs_no_end() -> None:
    decoder = Decoder("gzip")
    assert list(decoder.decode(b"")) == []
    decoder.finish()


def test_stacked_codings_are_decoded_from_the_last_to_the_first() -> None:
    packed = gzip.compress(zlib.compress(BODY))
    assert decode_all(packed, "deflate, gzip", 10**6) == BODY
    assert decode_all(packed, "br, gzip", 10**6) is None
    with pytest.raises(TooLarge, match="larger than 10 bytes"):
        decode_all(packed, "deflate, gzip", 10)


def test_names_of_codings() -> None:
    found = [normalize_coding(one) for one in ("", "identity", " X-GZip", "gzip,,br", "a , b")]
    assert found == ["", "", "gzip", "gzip, br", "a, b"]
    assert set(content_coding.SUPPORTED) == {"gzip", "deflate"}
