"""Requests with two User-Agent headers: google-genai 1.x sends them, and the service answers."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from mockgem.server.connections import ConnectionServer
from mockgem.server.user_agents import HEAD_BYTES, LOWER_AGENT, keep_last_agent
from tests.recording.raw_http import read_response
from tests.server.test_connections import MODELS, WAIT, connect, serving

FIRST, SECOND = b"User-Agent: first\r\n", b"user-agent: second\r\n"
START = b"GET " + MODELS.encode() + b" HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer k\r\n"
GET = START + FIRST + b"Accept: */*\r\n" + SECOND + b"\r\n"
TRAP = "Hi\nUser-Agent: one\nuser-agent: two\n"
"""Lines of a body that look like headers."""


def build_upload(text: str, *agents: bytes) -> bytes:
    """Return an upload whose body is the text as it is."""
    body = text.encode()
    head = b"POST /upload/v1beta/files?uploadType=media HTTP/1.1\r\nHost: localhost\r\n"
    head += b"x-goog-api-key: k\r\nContent-Type: text/plain\r\n" + b"".join(agents)
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


async def get_statuses(port: int, *pieces: bytes, count: int = 1, method: str = "GET") -> list[int]:
    """Send pieces one by one, and return the statuses of the answers."""
    reader, writer = await connect(port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.02)
    rest, statuses = b"", []
    for _ in range(count):
        message, rest = await asyncio.wait_for(read_response(reader, method, rest), WAIT)
        statuses.append(message.status)
    writer.close()
    return statuses


async def list_agents(port: int) -> list[str]:
    """Return the User-Agent of each request in the journal."""
    async with aiohttp.ClientSession() as http:
        async with http.get(f"http://127.0.0.1:{port}/_mockgem/journal") as response:
            entries = (await response.json())["entries"]
    return [entry["request"]["headers"]["User-Agent"] for entry in entries]


@pytest.mark.parametrize("request_", [GET, GET.replace(FIRST, b"").replace(SECOND, SECOND + FIRST)])
async def test_two_names_of_a_program_are_accepted(request_: bytes) -> None:
    async with serving() as (_, port):
        assert await get_statuses(port, request_) == [200]


async def test_a_server_without_a_fast_path_accepts_them_too() -> None:
    async with serving(fetch_media=True) as (server, port):
        assert type(server.protocol_factory) is ConnectionServer
        assert await get_statuses(port, GET) == [200]


def is_within_name(cut: int) -> bool:
    return any(0 <= cut - GET.index(line) < len(b"user-agent:") for line in (FIRST, SECOND))


@pytest.mark.parametrize("cut", [cut for cut in range(1, len(GET)) if not is_within_name(cut)][::5])
async def test_a_head_may_arrive_in_two_parts(cut: int) -> None:
    async with serving() as (_, port):
        assert await get_statuses(port, GET[:cut], GET[cut:]) == [200]


async def test_requests_that_arrive_together_are_all_answered() -> None:
    async with serving() as (_, port):
        plain = START + SECOND + b"\r\n"
        assert await get_statuses(port, GET + plain + plain, count=3) == [200, 200, 200]


async def test_the_next_request_on_a_connection_may_have_two_names_again() -> None:
    async with serving() as (_, port):
        for pieces in ([GET, GET], [GET[:90], GET[90:], GET]):
            assert await get_statuses(port, *pieces, count=2) == [200, 200]


@pytest.mark.parametrize("cut", range(1, 5))
async def test_the_end_of_a_head_may_arrive_apart(cut: int) -> None:
    """A request after it keeps the one name that it has."""
    async with serving() as (_, port):
        plain = START + SECOND + b"\r\n"
        assert await get_statuses(port, GET[:-cut], GET[-cut:], plain, count=2) == [200, 200]
        names = await list_agents(port)
    assert names == ["second", "second"]


@pytest.mark.parametrize("agents", [(), (SECOND,), (FIRST,), (FIRST, SECOND)])
@pytest.mark.parametrize("cut", [0, 12, 40])
async def test_a_body_stays_as_it_is(agents: tuple[bytes, ...], cut: int) -> None:
    """Also where it arrives apart from its head."""
    request = build_upload(TRAP, *agents)
    at = request.index(b"\r\n\r\n") + 4 + cut if cut < len(TRAP) else len(request)
    async with serving() as (_, port):
        reader, writer = await connect(port)
        for piece in filter(None, (request[:at], request[at:])):
            writer.write(piece)
            await asyncio.sleep(0.02)
        message, _ = await asyncio.wait_for(read_response(reader, "POST"), WAIT)
        assert json.loads(message.body)["file"]["sizeBytes"] == str(len(TRAP))
        writer.close()


@pytest.mark.parametrize(
    ("data", "kept", "expected"),
    [
        (b"GET /\r\nA: 1\r\n" + SECOND + b"\r\n", 1, b"GET /\r\nA: 1\r\n" + SECOND + b"\r\n"),
        (b"GET /\r\n" + FIRST + SECOND + b"\r\nx", 1, b"GET /\r\n" + SECOND + b"\r\nx"),
        (b"GET /\r\n" + FIRST + SECOND, 1, b"GET /\r\n" + SECOND),
        (b"A: 1\r\n" + SECOND + b"\r\nx", 0, b"A: 1\r\n\r\nx"),
        (b"A: 1\r\n\r\n\nuser-agent: x\n", 0, b"A: 1\r\n\r\n\nuser-agent: x\n"),
    ],
)
def test_one_name_is_left(data: bytes, kept: int, expected: bytes) -> None:
    assert keep_last_agent(data, kept) == expected


@pytest.mark.parametrize(("surplus", "status"), [(0, 200), (1, 400)])
async def test_two_names_are_noticed_in_the_first_bytes_of_a_head(
    surplus: int, status: int
) -> None:
    """Long heads and bodies are not searched to their end, which would take time."""
    fill = HEAD_BYTES - GET.index(SECOND) - len(LOWER_AGENT) + len(b"\n") + surplus
    line = b"X-Fill: %b\r\n" % (b"x" * (fill - len(b"X-Fill: \r\n")))
    request = GET.replace(FIRST, FIRST + line)
    assert request.index(b"\n" + SECOND[:5]) + len(LOWER_AGENT) == 4096 + surplus
    async with serving() as (_, port):
        assert await get_statuses(port, request) == [status]
