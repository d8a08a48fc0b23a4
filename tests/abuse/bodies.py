"""Bodies that are very large, or become so when they are unpacked, and work for one request."""

from __future__ import annotations

import http.client
import json
import socket
import zlib
from collections import Counter

from tests.abuse.drill import Effort, drill, require
from tests.abuse.server import CHAT, Bystander, Server, ask, running
from tests.threads import run_together

MEBIBYTE = 2**20
BOMB = 300 * MEBIBYTE
"""The size of a bomb when it is unpacked."""


@drill("gzip bombs at the same time", "refused at once; memory and other clients stay unharmed")
def send_bombs(effort: Effort) -> str:
    bomb = build_bomb()
    statuses: Counter[int] = Counter()
    with running("--quiet") as server:
        before = server.memory()

        def send(_: int) -> None:
            statuses[send_packed(server, bomb)] += 1

        with Bystander(server) as bystander:
            run_together(effort.bodies, send)
        require(set(statuses) <= {400, 413}, f"the statuses were {dict(statuses)}")
        grown = server.peak_memory() - before
        require(grown < 150, f"the memory grew by {grown:.0f} MiB")
        answers = bystander.require_answers(5.0)
    return f"{effort.bodies} × 300 MiB: all refused, {grown:.0f} MiB more memory; {answers}"


@drill("large bodies at the same time", "bounded memory; what is too much is refused")
def send_large_bodies(effort: Effort) -> str:
    statuses: Counter[int] = Counter()
    with running("--quiet") as server:
        before = server.memory()

        def send(_: int) -> None:
            statuses[send_until_answered(server, 90 * MEBIBYTE)] += 1

        with Bystander(server) as bystander:
            run_together(effort.bodies, send)
        grown = server.peak_memory() - before
        require(grown < 1500, f"the memory grew by {grown:.0f} MiB")
        require(set(statuses) <= {200, 400, 413, 429, 503}, f"the statuses were {dict(statuses)}")
        answers = bystander.require_answers(30.0)
    kinds = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    return f"{effort.bodies} × 90 MiB: {kinds}, {grown:.0f} MiB more memory; {answers}"


@drill("one request of 1 MB with much work in it", "other clients do not wait for it")
def send_much_work(effort: Effort) -> str:
    with running("--quiet") as server, Bystander(server) as bystander:
        for body in build_much_work():
            status, answer = ask(server.port, body)
            require(status < 500, f"the status was {status}: {answer[:300]!r}")
    return bystander.require_answers(3.0)


def build_bomb() -> bytes:
    """Return JSON that is 300 MiB long, packed with gzip."""
    packer = zlib.compressobj(9, wbits=31)
    pieces = [packer.compress(b'{"model":"')]
    pieces += [packer.compress(b"a" * MEBIBYTE) for _ in range(BOMB // MEBIBYTE)]
    return b"".join(pieces) + packer.flush()


def send_packed(server: Server, bomb: bytes) -> int:
    """Send a packed body and return the status."""
    return ask(server.port, bomb, headers={"Content-Encoding": "gzip"})[0]


def send_until_answered(server: Server, size: int) -> int:
    """Send a large chat and return the status; a server may answer before it has read all."""
    with server.connect() as link:
        link.settimeout(120)
        head = (
            f"POST {CHAT} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer k\r\n"
            f"Content-Type: application/json\r\nContent-Length: {size}\r\n\r\n"
        )
        start = b'{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"'
        end = b'"}]}'
        try:
            link.sendall(head.encode() + start)
            piece = b"word " * (MEBIBYTE // 5)
            left = size - len(start) - len(end)
            while left:
                part = piece[:left]
                link.sendall(part)
                left -= len(part)
            link.sendall(end)
        except OSError:
            pass  # the answer says why
        return read_status(link)


def read_status(link: socket.socket) -> int:
    """Return the status of the answer on a connection; 0 if there is none."""
    answer = http.client.HTTPResponse(link)
    try:
        answer.begin()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0


def build_much_work() -> list[bytes]:
    """Return requests of up to 1 MB whose parts are many."""
    question = [{"role": "user", "content": "Fill it in."}]
    names = [f"field{number}" for number in range(10_000)]
    wide = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    every = {**wide, "required": names}
    union = {"anyOf": [{"type": "object", "properties": {name: {}}} for name in names]}
    history = [
        message
        for number in range(4_000)
        for message in (
            {
                "role": "assistant",
                "tool_calls": [
                    {
                        "id": f"c{number}",
                        "type": "function",
                        "function": {"name": "f", "arguments": "{}"},
                    }
                ],
            },
            {"role": "tool", "tool_call_id": f"c{number}", "content": "1"},
        )
    ]
    bodies = [
        {"messages": question, "response_format": build_format(schema)}
        for schema in (wide, every, union)
    ]
    bodies.append({"messages": question + history})
    bodies.append({"messages": [{"role": "user", "content": "word " * 200_000}]})
    return [
        json.dumps({"model": "gemini-2.5-flash", **body}).encode()[:MEBIBYTE] for body in bodies
    ]


def build_format(schema: object) -> object:
    """Return a response format with a schema."""
    return {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
