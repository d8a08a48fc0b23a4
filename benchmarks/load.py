"""A load of plain sockets: so many connections, each sending its next request when the answer is
complete."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Iterator

LAST_CHUNK = b"0\r\n\r\n"


def request(path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer any-key\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def connected(port: int) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port), timeout=10)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def answer_length(port: int, sent: bytes) -> int:
    """Bytes of one whole answer, or 0 for a chunked one, whose end shows by itself."""
    with connected(port) as link:
        got = ask(link, sent)
    return 0 if b"transfer-encoding: chunked" in got[:2000].lower() else len(got)


def ask(link: socket.socket, sent: bytes) -> bytes:
    """One request and its whole answer, which has to be a good one."""
    link.sendall(sent)
    got = b""
    while not complete(got):
        piece = link.recv(1 << 20)
        if not piece:
            raise ConnectionError("the server hung up")
        got += piece
    if not got.startswith(b"HTTP/1.1 200"):
        raise ValueError(got[:600].decode("utf-8", "replace"))
    return got


def complete(got: bytes) -> bool:
    head, mark, body = got.partition(b"\r\n\r\n")
    if not mark:
        return False
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    return got.endswith(b"0\r\n\r\n")


def drive(
    port: int, requests: Callable[[], bytes], length: int, connections: int, total: int
) -> float:
    """Send `total` requests over `connections`; gives the seconds it took.

    It looks for answers every fifth of a millisecond. A load that waits in the kernel, or asks it
    without pause, makes the server pay: for waking it up with every answer, or for the locks they
    share.
    """
    links = [connected(port) for _ in range(connections)]
    poll = select.epoll()
    by_number = {link.fileno(): link for link in links}
    left = dict.fromkeys(by_number, length)
    for link in links:
        poll.register(link.fileno(), select.EPOLLIN)
    began = time.perf_counter()
    sent = done = 0
    for link in links:
        link.sendall(requests())
        sent += 1
    while done < total:
        ready = poll.poll(0)
        if not ready:
            time.sleep(0.0002)
        for number, _ in ready:
            link = by_number[number]
            data = link.recv(1 << 18)
            left[number] -= len(data)
            if left[number] == 0 if length else data.endswith(LAST_CHUNK):
                done += 1
                left[number] = length
                if sent < total:
                    link.send(requests())
                    sent += 1
    took = time.perf_counter() - began
    for link in links:
        link.close()
    return took


def intervals(port: int, sent: bytes, streams: int, chunks: int) -> Iterator[float]:
    """The seconds between the chunks of so many streams at once."""
    links = [connected(port) for _ in range(streams)]
    poll = select.epoll()
    by_number = {link.fileno(): link for link in links}
    for link in links:
        poll.register(link.fileno(), select.EPOLLIN)
        link.sendall(sent)
    last: dict[int, float] = {}
    seen = dict.fromkeys(by_number, 0)
    ended: set[int] = set()
    deadline = time.perf_counter() + 60
    while len(ended) < streams and time.perf_counter() < deadline:
        for number, _ in poll.poll(1):
            data = by_number[number].recv(1 << 16)
            now = time.perf_counter()
            if number in last and seen[number] < chunks:
                yield now - last[number]
            last[number] = now
            seen[number] += data.count(b"data: ")
            if seen[number] >= chunks or not data:
                ended.add(number)
                poll.unregister(number)
    for link in links:
        link.close()
