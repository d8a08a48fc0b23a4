"""Raw sockets on both sides of a recorder, with h11 as an independent parser of HTTP/1.1."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11

PER_CONNECTION = frozenset(
    b"""connection keep-alive transfer-encoding content-length date upgrade trailer
    proxy-connection""".split()
)
"""Headers that docs/recording.md says mockgem writes itself."""
RECEIVE_LIMIT = 2**20
"""h11's limit for a head; its default is 64 KiB."""


@dataclass
class Message:
    """A response as h11 parsed it. `end` is complete, cut (FIN) or reset (RST)."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    interim: list[int] = field(default_factory=list)
    end: str = "complete"

    @property
    def own_headers(self) -> list[tuple[bytes, bytes]]:
        """The headers that pass a recorder, with names in lower case."""
        return [(name, value) for name, value in self.headers if name not in PER_CONNECTION]

    def values(self, name: bytes) -> list[bytes]:
        return [value for key, value in self.headers if key == name]


@dataclass
class RawUpstream:
    """An upstream that answers every request with the same bytes. `end`: keep, close or reset."""

    response: bytes
    end: str = "keep"
    pieces: int = 1
    bodies: list[bytes] = field(default_factory=list)
    requests: list[h11.Request] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser = h11.Connection(h11.SERVER, max_incomplete_event_size=RECEIVE_LIMIT)
        try:
            while await self.read_request(parser, reader):
                size = max(1, len(self.response) // self.pieces)
                for start in range(0, len(self.response), size):
                    writer.write(self.response[start : start + size])
                    await writer.drain()
                    await asyncio.sleep(0.02 if self.pieces > 1 else 0)
                if self.end != "keep":
                    break
                parser = h11.Connection(h11.SERVER, max_incomplete_event_size=RECEIVE_LIMIT)
        finally:
            if self.end == "reset":
                await asyncio.sleep(0.1)  # until the bytes have been read: a RST discards them
                reset_on_close(writer)
            writer.close()

    async def read_request(self, parser: h11.Connection, reader: asyncio.StreamReader) -> bool:
        """Read a request to its end, or the end of the connection."""
        body = b""
        while True:
            match parser.next_event():
                case h11.NEED_DATA:
                    data = await reader.read(65536)
                    if not data:
                        return False
                    parser.receive_data(data)
                case h11.Request() as request:
                    self.requests.append(request)
                case h11.Data(data=data):
                    body += data
                case h11.EndOfMessage():
                    self.bodies.append(body)
                    return True
                case _:
                    return False


def reset_on_close(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@asynccontextmanager
async def raw_upstream(upstream: RawUpstream) -> AsyncIterator[str]:
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def send_raw(url: str, data: bytes, method: str, times: int = 1) -> list[Message]:
    """Send equal requests on one connection, one after the other; return the responses."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    found: list[Message] = []
    try:
        rest = b""
        for _ in range(times):
            writer.write(data)
            message, rest = await read_response(reader, method, rest)
            found.append(message)
            if message.end != "complete" or b"close" in message.values(b"connection"):
                break
        assert rest == b"", "bytes after the end of a response"
    finally:
        writer.close()
    return found


async def read_response(
    reader: asyncio.StreamReader, method: str, start: bytes = b""
) -> tuple[Message, bytes]:
    """Read one response; return it and the bytes that follow."""
    parser = make_client_parser(method)
    if start:
        parser.receive_data(start)
    message = Message()
    while True:
        try:
            event = parser.next_event()
        except h11.RemoteProtocolError:
            if parser.trailing_data[1]:
                message.end = "cut"
                return message, b""
            raise
        match event:
            case h11.NEED_DATA:
                try:
                    parser.receive_data(await asyncio.wait_for(reader.read(65536), 20))
                except ConnectionResetError:
                    message.end = "reset"
                    return message, b""
            case h11.InformationalResponse(status_code=status):
                message.interim.append(status)
            case h11.Response() as response:
                message.status = response.status_code
                message.headers = list(response.headers)
            case h11.Data(data=data):
                message.body += data
            case h11.EndOfMessage():
                return message, parser.trailing_data[0]
            case h11.ConnectionClosed():
                message.end = "cut"
                return message, b""


def make_client_parser(method: str) -> h11.Connection:
    parser = h11.Connection(h11.CLIENT, max_incomplete_event_size=RECEIVE_LIMIT)
    parser.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
    parser.send(h11.EndOfMessage())
    return parser


def parse_whole(data: bytes, method: str, end: str) -> Message:
    """Return what h11 reads in the bytes of an upstream's response."""
    parser, message = make_client_parser(method), Message()
    parser.receive_data(data)
    if end != "keep":
        parser.receive_data(b"")
    while True:
        try:
            event = parser.next_event()
        except h11.RemoteProtocolError:
            message.end = "cut"
            return message
        match event:
            case h11.Response() as response:
                message.status, message.headers = response.status_code, list(response.headers)
            case h11.Data(data=data):
                message.body += data
            case h11.EndOfMessage() | h11.NEED_DATA | h11.ConnectionClosed():
                return message


def build_request(
    method: str,
    target: str,
    headers: Sequence[str] = (),
    body: bytes = b"",
    host: str = "127.0.0.1",
) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Authorization: Bearer k", *headers]
    if body or method not in ("GET", "HEAD"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
