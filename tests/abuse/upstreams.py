"""Upstreams that break every rule: a recorder in front of them goes on, and so do its clients."""

from __future__ import annotations

import gzip
import http.client
import socket
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mockgem.recording.cassette_reader import read_cassette
from tests.abuse.drill import Effort, drill, require
from tests.abuse.server import ask, chat, running

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
Behaviour = Callable[[socket.socket], None]


def close_at_once(link: socket.socket) -> None:
    """Send nothing."""


def send_half_head(link: socket.socket) -> None:
    """Stop in the middle of a header."""
    link.sendall(b"HTTP/1.1 200 OK\r\nContent-Ty")


def speak_another_protocol(link: socket.socket) -> None:
    """Greet like a mail server."""
    link.sendall(b"220 mail.example ESMTP ready\r\n")


def send_half_body(link: socket.socket) -> None:
    """Announce more bytes than are sent."""
    link.sendall(OK + b'Content-Length: 1000\r\n\r\n{"half":')


def reset_in_body(link: socket.socket) -> None:
    """Reset the connection in the middle of the body."""
    link.sendall(OK + b'Content-Length: 1000\r\n\r\n{"half":')
    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def send_bad_chunk(link: socket.socket) -> None:
    """Give the size of a chunk in words."""
    link.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nmany\r\n")


def send_two_lengths(link: socket.socket) -> None:
    """Contradict oneself about the length."""
    link.sendall(OK + b"Content-Length: 2\r\nContent-Length: 20\r\n\r\n{}")


def send_large_header(link: socket.socket) -> None:
    """Send a header of 2 MiB."""
    link.sendall(OK + b"X-Large: " + b"a" * 2**21 + b"\r\nContent-Length: 2\r\n\r\n{}")


def send_bomb(link: socket.socket) -> None:
    """Send a body that unpacks to 300 MiB."""
    bomb = gzip.compress(b"a" * 2**20) * 300
    head = f"Content-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
    link.sendall(OK + head.encode() + bomb)


def lie_about_encoding(link: socket.socket) -> None:
    """Call plain JSON packed."""
    link.sendall(OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")


def repeat_interim_answers(link: socket.socket) -> None:
    """Send 1,000 interim answers and no final one."""
    link.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000)


def send_strange_status(link: socket.socket) -> None:
    """Answer with a status that does not exist."""
    link.sendall(b"HTTP/1.1 999 Odd \xe9\r\nContent-Length: 2\r\n\r\n{}")


BEHAVIOURS: tuple[Behaviour, ...] = (
    close_at_once,
    send_half_head,
    speak_another_protocol,
    send_half_body,
    reset_in_body,
    send_bad_chunk,
    send_two_lengths,
    send_large_header,
    send_bomb,
    lie_about_encoding,
    repeat_interim_answers,
    send_strange_status,
)


@drill("upstreams that break off, lie or send rubbish", "a clear error; the recorder continues")
def record_broken_upstreams(effort: Effort) -> str:
    with tempfile.TemporaryDirectory() as folder:
        for behave in BEHAVIOURS:
            record_from(behave, Path(folder) / f"{behave.__name__}.yaml")
    return f"{len(BEHAVIOURS)} kinds: the recorder answered, logged and continued"


def record_from(behave: Behaviour, file: Path) -> None:
    """Record answers of an upstream that behaves badly, then of the same one behaving well."""
    with serve(behave) as (url, improve):
        options = "--quiet", "--cassette", str(file), "--upstream", url
        with running(*options, command="record") as server:
            for _ in range(3):
                with suppress(OSError, http.client.HTTPException):
                    ask(server.port)
            improve()
            status, _ = ask(server.port, chat("And now?"))
            require(status == 200, f"after {behave.__name__}, a good answer arrived as {status}")
            grown = server.peak_memory()
            require(grown < 400, f"{behave.__name__} made the recorder use {grown:.0f} MiB")
    require(read_cassette(file).interactions, f"after {behave.__name__} nothing was recorded")


@contextmanager
def serve(behave: Behaviour) -> Iterator[tuple[str, Callable[[], None]]]:
    """Serve a behaviour on a free port; calling the function that is returned ends it."""
    listener = socket.create_server(("127.0.0.1", 0))
    good = threading.Event()

    def accept() -> None:
        with suppress(OSError):
            while True:
                link, _ = listener.accept()
                answer_one(link, send_good_answer if good.is_set() else behave)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", good.set
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(60)


def answer_one(link: socket.socket, behave: Behaviour) -> None:
    """Read a request and behave."""
    with link, suppress(OSError):
        link.settimeout(60)
        link.recv(65536)
        behave(link)


def send_good_answer(link: socket.socket) -> None:
    """Answer as a service should."""
    link.sendall(OK + b"Content-Length: 2\r\nConnection: close\r\n\r\n{}")
