"""A raw HTTP client that shows what a usual one hides: the order of headers, chunk boundaries, how
a connection ends."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 60.0
"""Seconds until a silent server fails the test."""


class NotComplete(Exception):
    """The connection ended before the response did."""


@dataclass
class Response:
    """`head` is the status line and the headers; `chunks` are the pieces of a chunked body, or the
    whole of another one. `end` says how the response ended: complete, or with FIN or RST."""

    head: list[str] = field(default_factory=list)
    chunks: list[bytes] = field(default_factory=list)
    chunked: bool = False
    end: str = ""

    @property
    def body(self) -> bytes:
        return b"".join(self.chunks)

    def header(self, name: str) -> str:
        found = (line.partition(":") for line in self.head[1:])
        return next((value.strip() for key, _, value in found if key.lower() == name.lower()), "")


class Connection:
    """One connection, and what came over it that nobody has read yet."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), PATIENCE)
        self.buffer = b""
        self.end = ""

    def receive(self) -> bool:
        """Wait for more bytes. Return False at the end of the connection, and say in `end` which
        end it was."""
        try:
            data = self.socket.recv(1 << 20)
        except ConnectionResetError:
            self.end = "RST"
            return False
        self.end = "" if data else "FIN"
        self.buffer += data
        return bool(data)

    def take(self, size: int) -> bytes:
        """Return so many bytes. Raise NotComplete, with the fewer bytes there were, at the end of
        the connection."""
        while len(self.buffer) < size:
            if not self.receive():
                raise NotComplete(self.take_rest())
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def take_line(self) -> bytes:
        while b"\r\n" not in self.buffer:
            if not self.receive():
                raise NotComplete(self.take_rest())
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line

    def take_rest(self) -> bytes:
        """Return all bytes until the connection ends."""
        while not self.end:
            self.receive()
        data, self.buffer = self.buffer, b""
        return data


def exchange(
    host: str, port: int, request: bytes, *, method: str = "", to_end: bool = False
) -> Response:
    """Send a request over a connection of its own and return the response. Without a method nothing
    is parsed."""
    connection = Connection(host, port)
    with connection.socket:
        with suppress(
            ConnectionResetError, BrokenPipeError
        ):  # a server may refuse a large body before it has all of it
            connection.socket.sendall(request)
        return read_response(connection, method, to_end) if method else read_bytes(connection)


def read_bytes(connection: Connection) -> Response:
    data = connection.take_rest()
    return Response(chunks=[data], end=connection.end)


def read_response(connection: Connection, method: str, to_end: bool) -> Response:
    response = Response()
    try:
        read_head(connection, response)
        read_body(connection, response, method)
        response.end = "complete"
    except NotComplete as error:
        (rest,) = error.args
        response.chunks += [rest] if rest else []
        response.end = f"not complete, {connection.end}"
        return response
    if to_end or "close" in response.header("Connection").lower():
        rest = connection.take_rest()
        response.chunks += [rest] if rest else []
        response.end += f", {connection.end}" + (f" behind {len(rest)} more bytes" if rest else "")
    return response


def read_head(connection: Connection, response: Response) -> None:
    """Read the status line and headers; what is not HTTP is read as a body to the end of the
    connection."""
    first = connection.take_line()
    if not first.startswith(b"HTTP/"):
        raise NotComplete(first + b"\r\n" + connection.take_rest())
    response.head.append(first.decode("latin-1"))
    while line := connection.take_line():
        response.head.append(line.decode("latin-1"))


def read_body(connection: Connection, response: Response, method: str) -> None:
    if method == "HEAD" or response.head[0].split()[1] in ("204", "304"):
        return
    if response.header("Transfer-Encoding") == "chunked":
        response.chunked = True
        read_chunks(connection, response)
    elif size := response.header("Content-Length"):
        response.chunks += [connection.take(int(size))] if int(size) else []
    else:
        raise NotComplete(connection.take_rest())


def read_chunks(connection: Connection, response: Response) -> None:
    while size := take_size(connection):
        response.chunks.append(connection.take(size))
        connection.take(2)
    while connection.take_line():
        pass


def take_size(connection: Connection) -> int:
    """Return the size of the next chunk. Raise NotComplete where something else stands in its
    place."""
    line = connection.take_line()
    try:
        return int(line, 16)
    except ValueError:
        raise NotComplete(line + b"\r\n" + connection.take_rest()) from None
