"""Targets and bodies of requests: what a server makes of them, up to its limits."""

from __future__ import annotations

import asyncio
import gzip
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web

from mockgem.core.http import WireRequest
from mockgem.server.body_memory import BodyLease, BodyMemory
from mockgem.server.request_reader import (
    UNREADABLE,
    add_world,
    iter_body,
    open_stream,
    overloaded_message,
    parse_request,
    parse_target,
    refuse_coding,
    set_body,
    too_large_message,
)
from tests.recording.raw_http import read_response
from tests.server.test_connections import WAIT, serving, wait_until
from tests.server.test_http import CHAT, post


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("/a/b", "/a/b", {}),
        ("/a?x=1&y=&x=2&z", "/a", {"x": "2", "y": "", "z": ""}),
        ("/a%20b%2Fc?q=%C3%A9+1", "/a b/c", {"q": "é 1"}),
        ("///a//b", "/a//b", {}),
        ("/%2F%2Fa", "/a", {}),
        ("http://host:1/a?b=c", "/a", {"b": "c"}),
        ("http://host", "/", {}),
        ("*", "*", {}),
        ("", "/", {}),
        ("/a?b?c=d", "/a", {"b?c": "d"}),
    ],
)
def test_a_target_has_a_path_and_a_query(target: str, path: str, query: dict[str, str]) -> None:
    assert parse_target(target) == (path, query)
    wire = parse_request("GET", target, {"a": "b"})
    assert (wire.method, wire.path, wire.query, wire.target) == ("GET", path, query, target)
    assert wire.headers == {"a": "b"}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/a?b=c", "/w/mine/a?b=c"),
        ("//a", "/w/mine/a"),
        ("/w/other/a", "/w/other/a"),
        ("/wx/a", "/w/mine/wx/a"),
        ("http://host/a/b?c", "/w/mine/a/b?c"),
        ("http://host/w/other", "/w/other"),
        ("http://host", "/w/mine/"),
        ("*", "/w/mine/"),
    ],
)
def test_a_world_is_put_in_front_of_a_target_without_one(target: str, expected: str) -> None:
    assert add_world(target, "/w/mine") == expected


def test_the_messages_of_bodies_that_are_refused() -> None:
    assert too_large_message("5 bytes") == "Request payload size exceeds the limit: 5 bytes."
    assert overloaded_message(5) == (
        "mockgem: the bodies of all open requests may take 5 bytes of memory, and this one does "
        "not fit. Send fewer large requests at once, or start the server with a larger "
        "--body-memory."
    )
    wire = WireRequest("POST", "/x", {}, {}, b"")
    refuse_coding(wire, "x" * 70)
    assert wire.unknown_coding == "x" * 70
    assert wire.error == (
        f"mockgem: Content-Encoding {'x' * 60!r} is not supported: send the body with gzip or "
        "deflate, or without Content-Encoding."
    )


@pytest.mark.parametrize(
    ("data", "coding", "body", "error"),
    [
        (b"x", "", b"x", ""),
        (b"", "br", b"", ""),
        (b"x", "br", b"x", "mockgem: Content-Encoding 'br' is not supported"),
        (b"x", "identity", b"x", ""),
        (gzip.compress(b"x", mtime=0), "gzip", b"x", ""),
    ],
)
def test_a_body_without_its_coding(data: bytes, coding: str, body: bytes, error: str) -> None:
    wire = WireRequest("POST", "/x", {}, {"content-encoding": coding}, b"")
    asyncio.run(set_body(wire, data, BodyLease(BodyMemory(100))))
    assert wire.body == body
    assert wire.error.startswith(error)
    assert bool(wire.error) is bool(error)
    assert wire.sent_body == (data if coding == "gzip" else b"")


def chunked(body: bytes, size: int) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join([b"%x\r\n%b\r\n" % (len(one), one) for one in pieces]) + b"0\r\n\r\n"


@pytest.mark.parametrize("coding", ["length", "chunked", "later"])
@pytest.mark.parametrize(("size", "is_read"), [(1000, True), (1001, False)])
async def test_the_largest_body(coding: str, size: int, is_read: bool) -> None:
    body = b'{"model": "none"}'.ljust(size)
    async with serving(max_body=1000) as (_, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if coding == "length":
            writer.write(post(CHAT, body, "Connection: close"))
        else:
            head, _, _ = post(CHAT, b"", "Connection: close").partition(b"\r\n\r\n")
            head = b"\r\n".join(
                [line for line in head.split(b"\r\n") if b"content-length" not in line.lower()]
            )
            writer.write(head + b"\r\nTransfer-Encoding: chunked\r\n\r\n")
            for piece in chunked(body, 400).partition(b"\r\n"):
                if coding == "later":
                    await writer.drain()
                    await asyncio.sleep(0.02)
                writer.write(piece)
        received = await asyncio.wait_for(reader.read(), 60)
        writer.close()
    assert (b"exceeds the limit: 1000 bytes." in received) is not is_read
    assert (b"models/none is not found" in received) is is_read


async def test_a_lease_that_is_large_enough_does_not_wait_for_others() -> None:
    memory = BodyMemory(10)
    first, second = BodyLease(memory), BodyLease(memory)
    await first.grow(8)
    waiting = asyncio.create_task(second.grow(5))
    await asyncio.sleep(0)
    for size in (0, 3, 8):
        await asyncio.wait_for(first.grow(size), 60)
    assert (memory.used, first.size) == (8, 8)
    first.end()
    await waiting
    assert (memory.used, second.size) == (5, 5)


@pytest.mark.parametrize(("size", "fits"), [(10, True), (11, False)])
async def test_memory_may_be_used_to_the_last_byte(size: int, fits: bool) -> None:
    memory = BodyMemory(10)
    taking: Any = asyncio.create_task(memory.take(size))
    await asyncio.sleep(0)
    assert (taking.done(), memory.used) == (fits, size if fits else 0)
    taking.cancel()


async def test_a_body_without_an_end_is_refused_at_its_first_byte_too_many() -> None:
    """The client may never send the rest."""
    head = [f"POST {CHAT} HTTP/1.1", "Host: localhost", "Authorization: Bearer k",
            "Transfer-Encoding: chunked", "", ""]  # fmt: skip
    async with serving(max_body=1000) as (server, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write("\r\n".join(head).encode() + b"3e8\r\n" + bytes(1000) + b"\r\n")
        await wait_until(lambda: server.body_memory.used == 1000)
        writer.write(b"1\r\nx\r\n")
        message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
        assert message.status == 400
        assert b"exceeds the limit: 1000 bytes." in message.body
        writer.close()


async def test_a_body_that_breaks_off_is_an_error_with_its_reason() -> None:
    class Content:
        """Has two pieces, and then breaks off."""

        def __init__(self) -> None:
            self.pieces = [b"a", b"b"]

        def at_eof(self) -> bool:
            return False

        async def readany(self) -> bytes:
            if not self.pieces:
                raise web.RequestPayloadError("x")
            return self.pieces.pop(0)

    request: Any = SimpleNamespace(content=Content())
    found: list[bytes] = []

    async def read() -> None:
        async for piece in iter_body(request):
            found.append(piece)

    with pytest.raises(ConnectionError) as error:
        await read()
    assert str(error.value) == UNREADABLE
    assert found == [b"a", b"b"]


@pytest.mark.parametrize(
    ("coding", "is_known"), [("", True), ("identity", True), ("gzip", True), ("br", False)]
)
def test_the_coding_of_a_body_that_is_read_as_it_arrives(coding: str, is_known: bool) -> None:
    headers = {"content-encoding": coding} if coding else {}
    wire = WireRequest("POST", "/x", {}, headers, b"")
    request: Any = SimpleNamespace(headers={}, content=SimpleNamespace(at_eof=lambda: True))
    open_stream(wire, request)
    assert wire.stream is not None
    assert wire.unknown_coding == ("" if is_known else "br")
    message = (
        "mockgem: Content-Encoding 'br' is not supported: send the body with gzip or deflate, or "
        "without Content-Encoding."
    )
    assert wire.error == ("" if is_known else message)
