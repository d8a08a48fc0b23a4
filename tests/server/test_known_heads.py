"""Requests on one connection, in all the pieces in which they can arrive."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from mockgem import serve
from mockgem.core.http import WireResponse
from mockgem.server import fast_path
from mockgem.server.known_heads import MAX_HEAD, MAX_REPEATED_BODY, KnownHead, KnownHeads
from mockgem.testing.world import Mockgem

CHAT = "/v1beta/openai/chat/completions"
NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent"


@pytest.fixture(scope="module")
def server() -> Iterator[Mockgem]:
    with serve() as server:
        yield server


def build_chat(text: str, path: str = CHAT, **headers: str) -> bytes:
    """Return the bytes of a chat with a text."""
    message = {"role": "user", "content": text}
    body = json.dumps({"model": "gemini-2.5-flash", "messages": [message]}).encode()
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer k\r\n{lines}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def find_address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0


class Client:
    """A connection that sends what it is given, and reads whole responses."""

    def __init__(self, server: Mockgem) -> None:
        self.socket = socket.create_connection(find_address(server.url), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = self.socket.makefile("rb")

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()
        self.socket.close()

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)
            time.sleep(0.002)

    def read(self) -> tuple[int, str]:
        """Return the status and the body, without the id of the answer."""
        status = int(self.file.readline().split()[1])
        length = -1
        while (line := self.file.readline()) != b"\r\n":
            name, _, value = line.decode().partition(":")
            length = int(value) if name.lower() == "content-length" else length
        body = self.file.read(length) if length >= 0 else self.read_chunks()
        return status, re.sub(r'"id":"[^"]*"', "", body.decode())

    def read_chunks(self) -> bytes:
        body = b""
        while size := int(self.file.readline(), 16):
            body += self.file.read(size)
            self.file.readline()
        self.file.readline()
        return body

    def ask(self, *pieces: bytes) -> tuple[int, str]:
        self.send(*pieces)
        return self.read()


def ask_alone(server: Mockgem, request: bytes) -> tuple[int, str]:
    with Client(server) as client:
        answer = client.ask(request)
    assert answer[0] == 200
    return answer


@pytest.fixture
def client(server: Mockgem) -> Iterator[Client]:
    with Client(server) as client:
        yield client


def split_head(request: bytes) -> tuple[bytes, bytes]:
    head, end, body = request.partition(b"\r\n\r\n")
    return head + end, body


def test_other_bodies_behind_the_same_head_get_their_own_answers(
    server: Mockgem, client: Client
) -> None:
    for text in ("Tell me about Rome", "Tell me about Oslo", "Tell me about Lima") * 2:
        request = build_chat(text)
        assert client.ask(request) == ask_alone(server, request)


@pytest.mark.parametrize("at", [1, 20, -1])
def test_a_body_may_come_after_its_head_and_in_pieces(
    server: Mockgem, client: Client, at: int
) -> None:
    for text in ("Tell me about Rome", "Tell me about Oslo", "Tell me about Lima"):
        head, body = split_head(build_chat(text))
        assert client.ask(head, body[:at], body[at:]) == ask_alone(server, head + body)
        assert client.ask(head, body) == ask_alone(server, head + body)


@pytest.mark.parametrize("at", [5, 60, -3])
def test_a_head_may_come_in_pieces(server: Mockgem, client: Client, at: int) -> None:
    for text in ("Tell me about Rome", "Tell me about Oslo"):
        head, body = split_head(build_chat(text))
        assert client.ask(head[:at], head[at:] + body) == ask_alone(server, head + body)


def test_requests_without_a_pause_are_answered_in_their_order(
    server: Mockgem, client: Client
) -> None:
    requests = [build_chat(f"Tell me about {place}") for place in ("Rome", "Oslo", "Lima", "Bern")]
    client.ask(requests[0])
    whole = b"".join(requests)
    for at in (len(whole), len(requests[0]) + 30, len(requests[0] + requests[1]) - 5):
        client.send(whole[:at], whole[at:])
        assert [client.read() for _ in requests] == [ask_alone(server, one) for one in requests]


def test_another_key_makes_another_head(server: Mockgem, client: Client) -> None:
    request = build_chat("Tell me about Rome")
    without = request.replace(b"Authorization: Bearer k\r\n", b"")
    for _ in range(3):
        assert client.ask(request)[0] == 200
        assert client.ask(without)[0] == 400


def test_an_upload_between_chats_reaches_its_handler(server: Mockgem, client: Client) -> None:
    chat = build_chat("Tell me about Rome")
    upload = (
        b"POST /upload/v1beta/files HTTP/1.1\r\nHost: localhost\r\nx-goog-api-key: k\r\n"
        b"X-Goog-Upload-Protocol: raw\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
    )
    for _ in range(3):
        assert client.ask(chat)[0] == 200
        status, body = client.ask(upload + bytes(50_000), bytes(50_000))
        assert status == 200
        assert '"sizeBytes": "100000"' in body


def test_a_body_that_never_comes_holds_nothing_up(server: Mockgem, client: Client) -> None:
    head, body = split_head(build_chat("Tell me about Rome"))
    client.ask(head, body)
    client.send(head)
    assert ask_alone(server, head + body)[0] == 200
    time.sleep(0.1)
    assert client.ask(body) == ask_alone(server, head + body)
    client.send(head)
    client.socket.close()
    assert ask_alone(server, head + body)[0] == 200


def test_a_body_may_come_when_the_patience_ends(
    server: Mockgem, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_path, "PATIENCE", 0.001)
    head, body = split_head(build_chat("Tell me about Rome"))
    expected = ask_alone(server, head + body)
    for number in range(150):
        client.socket.sendall(head)
        time.sleep(number % 30 / 15_000)
        client.socket.sendall(body)
        assert client.read() == expected


def make_head(length: int) -> SimpleNamespace:
    return SimpleNamespace(headers={"Content-Length": str(length)})


def test_few_heads_are_remembered() -> None:
    known = KnownHeads()
    for number in range(6):
        data = b"POST /%d HTTP/1.1\r\n\r\n" % number
        known.note(data + b"abc", 1)
        known.end_request(make_head(3))
    assert len(known.heads) == 4
    assert known.find(b"POST /1 HTTP/1.1\r\n\r\nabc") is None
    assert known.find(b"POST /2 HTTP/1.1\r\n\r\nabc") is not None
    assert known.find(data + b"xyz") is not None


def test_nothing_is_known_where_a_request_may_begin_anywhere() -> None:
    known = KnownHeads()
    known.note(b"POST / HTTP/1.1\r\n\r\nabcPOST", 1)
    known.end_request(make_head(3))
    assert known.is_lost
    known.begin()
    assert known.find(b"POST / HTTP/1.1\r\n\r\nabc") is None


def test_of_a_long_request_only_the_beginning_is_kept() -> None:
    heads = KnownHeads()
    for data in (b"a" * 3000, b"b" * 3000, b"c" * 3000):
        heads.note(data, 0)
    assert heads.start == b"a" * 3000 + b"b" * 1096
    assert heads.size == 9000
    assert MAX_HEAD == 4096


class Repeated:
    """An answer that is valid while `undisturbed` is true."""

    undisturbed = True

    def is_valid(self) -> bool:
        return self.undisturbed

    async def answer(self) -> WireResponse:
        return WireResponse(200, ())


def test_a_head_repeats_the_last_body_while_that_is_valid() -> None:
    known, repeated = KnownHead(None, 2), Repeated()
    assert known.find_repeatable(b"") is None
    known.remember(b"{}", repeated)
    assert known.find_repeatable(b"{}") is repeated
    assert known.find_repeatable(b"[]") is None
    repeated.undisturbed = False
    assert known.find_repeatable(b"{}") is None


def test_a_head_keeps_no_long_body() -> None:
    known = KnownHead(None, MAX_REPEATED_BODY + 1)
    known.remember(bytes(MAX_REPEATED_BODY + 1), Repeated())
    assert known.find_repeatable(bytes(MAX_REPEATED_BODY + 1)) is None
