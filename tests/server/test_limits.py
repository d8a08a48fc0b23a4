"""The limits of a server are those that docs/security.md promises."""

from __future__ import annotations

import asyncio
import gzip
import re
from pathlib import Path
from types import ModuleType

import pytest

from mockgem.app.factory import build_limits
from mockgem.config.settings import Settings
from mockgem.server import (
    access_log,
    body_memory,
    connections,
    listening,
    media_fetch,
    message_sender,
    request_reader,
    tls,
    webhook_sender,
    websocket,
)
from mockgem.server.body_memory import BodyLease, BodyMemory
from mockgem.server.limits import ServerLimits
from mockgem.server.memory import connection as memory_connection
from mockgem.server.memory import httpx_transport
from mockgem.server.request_reader import BodyTooLarge, decode_body
from tests.recording.raw_http import read_response
from tests.server.test_connections import CHAT, WAIT, connect, serving

DOCUMENTATION = (Path(__file__).parents[2] / "docs" / "security.md").read_text("utf-8")
UNITS = {"": 1, "KiB": 1024, "MiB": 1024 * 1024, "GiB": 1024 * 1024 * 1024}


def read_number(pattern: str) -> int:
    """Return what the documentation names: the bytes of a size, or a number."""
    found = re.search(pattern + r"([\d,]+) ?([KMG]iB)?", DOCUMENTATION)
    assert found, pattern
    return int(found[1].replace(",", "")) * UNITS[found[2] or ""]


def read_limit(what: str) -> int:
    """Return the default in a row of the table of limits."""
    return read_number(rf"\| {re.escape(what)} \| ")


@pytest.mark.parametrize("limits", [ServerLimits(), build_limits(Settings())])
def test_the_defaults_are_documented(limits: ServerLimits) -> None:
    assert limits.max_body == read_limit("bytes of one body")
    assert limits.body_memory == read_limit("bytes of all bodies in memory")
    assert limits.max_message == read_number("a message of up to ")
    assert limits.idle_timeout == read_limit(
        "seconds until a whole request head has arrived, also on an idle connection"
    )


@pytest.mark.parametrize("surplus", [0, 1])
async def test_a_body_may_be_as_large_as_documented(surplus: int) -> None:
    """A client that asks first is told before it sends the body."""
    size = read_limit("bytes of one body") + surplus
    lines = [f"POST {CHAT} HTTP/1.1", "Host: localhost", "Authorization: Bearer k",
             "Expect: 100-continue", f"Content-Length: {size}", "", ""]  # fmt: skip
    async with serving() as (_, port):
        reader, writer = await connect(port)
        writer.write("\r\n".join(lines).encode())
        if surplus:
            message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
            assert message.status == 400
            assert b"exceeds the limit: %d bytes." % (size - 1) in message.body
        else:
            interim = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), WAIT)
            assert interim == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.transport.abort()


async def test_a_body_may_be_unpacked_to_the_documented_size() -> None:
    size = read_limit("bytes of one body after decompression")
    lease = BodyLease(BodyMemory(10 * size))
    largest, larger = (gzip.compress(bytes(one), 1) for one in (size, size + 1))
    assert len(await decode_body(largest, "gzip", lease)) == size
    with pytest.raises(BodyTooLarge, match=f"^{size} bytes when it is unpacked$"):
        await decode_body(larger, "gzip", lease)


WAITS = {
    access_log: {"OPEN_SECONDS": 2.0},
    body_memory: {"WAIT_FOR_MEMORY": 30.0},
    connections: {"LINGER": 2.0, "REFUSAL_LINGER": 1.0},
    memory_connection: {"ACCEPT_TIMEOUT": 10.0},
    message_sender: {"TIMEOUT": 10.0},
    request_reader: {"BODY_TIMEOUT": 60.0},
    tls: {"HANDSHAKE_TIMEOUT": 30.0},
    webhook_sender: {"TIMEOUT": 10.0},
    websocket: {"CLOSE_TIMEOUT": 2.0},
}
"""Seconds that a server waits for a client, a receiver or a reader. Clients notice each of them."""


@pytest.mark.parametrize("module", WAITS, ids=lambda module: module.__name__)
def test_a_server_waits_as_long_as_before(module: ModuleType) -> None:
    found = {name: getattr(module, name) for name in WAITS[module]}
    assert found == WAITS[module]


def test_what_a_server_holds_at_most() -> None:
    assert (connections.MAX_REFUSED, listening.BACKLOG) == (16, 2048)
    assert (access_log.MAX_OPEN, access_log.MAX_HINTS, access_log.MAX_MESSAGE) == (1000, 50, 300)
    assert media_fetch.MAX_BYTES == 20 * 1024 * 1024
    assert httpx_transport.MAX_CONNECTIONS == 1000


def test_without_a_number_the_limit_of_open_files_decides() -> None:
    assert ServerLimits().max_connections == 0
