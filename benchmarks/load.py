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


class Link:
    """A connection that waits for an answer."""

    def __init__(self, port: int) -> None:
        self.socket = connect(port)
        self.left: int | None = None

    def take(self, data: bytes) -> bool:
        """Note a piece of the answer; return whether the answer is complete.

        `left` is the number of bytes that are missing, and -1 for an answer in chunks.
        """
        if self.left is None:
            self.left = count_missing(data)
        elif self.left > 0:
            self.left -= len(data)
        if self.left > 0 or (self.left < 0 and not data.endswith(LAST_CHUNK)):
            return False
        self.left = None
        return True


def count_missing(data: bytes) -> int:
    """Return how many bytes follow the first piece of an answer, or -1 for one in chunks."""
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise ValueError(data[:600].decode("utf-8", "replace"))
    place = head.lower().find(b"\r\ncontent-length:")
    if place < 0:
        return -1
    return int(head[place + 17 :].partition(b"\r\n")[0]) - len(body)


def drive(port: int, requests: Callable[[], bytes], connections: int, total: int) -> float:
    """Send `total` requests over `connections` sockets and return the seconds it took.

    It polls for answers every 0.2 ms. A load that blocks in the kernel costs the server a wake-up
    per answer; a load that polls without a pause costs it time on shared locks.
    """
    links = {link.socket.fileno(): link for link in (Link(port) for _ in range(connections))}
    poll = select.epoll()
    for number in links:
        poll.register(number, select.EPOLLIN)
    began = time.perf_counter()
    sent = done = 0
    for link in links.values():
        link.socket.sendall(requests())
        sent += 1
    while done < total:
        ready = poll.poll(0)
        if not ready:
            time.sleep(0.0002)
        for number, _ in ready:
            link = links[number]
            if link.take(link.socket.recv(1 << 18)):
                done += 1
                if sent < total:
                    link.socket.sendall(requests())
                    sent += 1
    took = time.perf_counter() - began
    for link in links.values():
        link.socket.close()
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


def measure_rate(
    port: int,
    sent: bytes,
    streams: int,
    seconds: tuple[float, float],
    read_busy: Callable[[], float],
) -> tuple[float, float]:
    """Return the events a second of parallel streams, and the busy seconds per second.

    `seconds` are when the measurement begins after all requests have been sent, and when it ends.
    """
    links = {link.fileno(): link for link in (connect(port) for _ in range(streams))}
    poll = select.epoll()
    for number, link in links.items():
        poll.register(number, select.EPOLLIN)
        link.sendall(sent)
    start = time.perf_counter()
    while time.perf_counter() - start < seconds[0]:
        read_ready(poll, links)
    events, began, busy = 0, time.perf_counter(), read_busy()
    while time.perf_counter() - start < seconds[1]:
        events += read_ready(poll, links)
    busy, took = read_busy() - busy, time.perf_counter() - began
    for link in links.values():
        link.close()
    return events / took, busy / took


BUFFER = bytearray(1 << 16)
"""What a stream has sent since the last look: one buffer for all, because a new one takes longer than to read."""


def read_ready(poll: select.epoll, links: dict[int, socket.socket]) -> int:
    """Read what has arrived, and return the number of events. Raises ConnectionError if a stream ends."""
    events = 0
    for number, _ in poll.poll(1):
        size = links[number].recv_into(BUFFER)
        if not size:
            raise ConnectionError("A stream ended while it was measured.")
        events += BUFFER.count(b"data: ", 0, size)
    return events
