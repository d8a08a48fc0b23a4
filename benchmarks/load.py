"""Generate load with plain sockets: each one sends its next request after a complete answer."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Iterator

LAST_CHUNK = b"0\r\n\r\n"


def build_request(path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer any-key\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def connect(port: int) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port), timeout=10)
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return link


def measure_answer_length(port: int, sent: bytes) -> int:
    """Return the length of an answer in bytes, or 0 if it is chunked and so marks its own end."""
    with connect(port) as link:
        answer = exchange(link, sent)
    return 0 if b"transfer-encoding: chunked" in answer[:2000].lower() else len(answer)


def exchange(link: socket.socket, sent: bytes) -> bytes:
    """Send a request and return its whole answer. Raises ValueError unless the status is 200."""
    link.sendall(sent)
    received = b""
    while not is_complete(received):
        piece = link.recv(1 << 20)
        if not piece:
            raise ConnectionError(
                "The server closed the connection before the answer was complete."
            )
        received += piece
    if not received.startswith(b"HTTP/1.1 200"):
        raise ValueError(received[:600].decode("utf-8", "replace"))
    return received


def is_complete(received: bytes) -> bool:
    head, mark, body = received.partition(b"\r\n\r\n")
    if not mark:
        return False
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    return received.endswith(b"0\r\n\r\n")


def drive(
    port: int, requests: Callable[[], bytes], length: int, connections: int, total: int
) -> float:
    """Send `total` requests over `connections` sockets and return the seconds it took.

    It polls for answers every 0.2 ms. A load that blocks in the kernel costs the server a wake-up
    per answer; a load that polls without a pause costs it time on shared locks.
    """
    links = [connect(port) for _ in range(connections)]
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


def measure_intervals(port: int, sent: bytes, streams: int, chunks: int) -> Iterator[float]:
    """Return the seconds between the chunks of several parallel streams."""
    links = [connect(port) for _ in range(streams)]
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
