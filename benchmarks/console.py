"""`python benchmarks/console.py`: what the console costs a server at 1,000 requests a second.

One server, on the first core, gets requests at a fixed rate from the other one, in turn with nobody
looking, with one open console and with five. A console is what its page is to the server: a reader
of the journal's events. The figures are processor time, and medians of several rounds.
"""

from __future__ import annotations

import os
import select
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import load
import run

RATE, SECONDS, ROUNDS, CONNECTIONS = 1000, 5, 7, 8
STEP = 0.01


@contextmanager
def open_console(port: int) -> Iterator[None]:
    """Read the journal's events in a thread, as the page does."""
    link = load.connect(port)
    link.sendall(b"GET /_mockgem/journal/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    read = threading.Thread(target=read_all, args=(link,), daemon=True)
    read.start()
    try:
        yield
    finally:
        link.shutdown(socket.SHUT_RDWR)
        read.join(5)
        link.close()


def read_all(link: socket.socket) -> None:
    try:
        while link.recv(1 << 16):
            pass
    except OSError:
        pass


def send_at_rate(port: int, requests: list[bytes]) -> float:
    """Send requests at the fixed rate; return the share of answers that came."""
    links = [load.connect(port) for _ in range(CONNECTIONS)]
    per_step = round(RATE * STEP)
    received = 0
    began = time.perf_counter()
    for number in range(0, len(requests), per_step):
        for at, request in enumerate(requests[number : number + per_step]):
            links[at % CONNECTIONS].sendall(request)
        due = began + (number // per_step + 1) * STEP
        received += count_answers(links, due)
    received += count_answers(links, time.perf_counter() + 0.5)
    for link in links:
        link.close()
    return received / len(requests)


def count_answers(links: list[socket.socket], until: float) -> int:
    """Read answers until a time; return how many began."""
    count = 0
    while (left := until - time.perf_counter()) > 0:
        for link in select.select(links, [], [], left)[0]:
            count += link.recv(1 << 20).count(b"HTTP/1.1 200")
    return count


def measure(server: run.Process, consoles: int, make: Iterator[bytes]) -> float:
    """Return the share of a core that the server needs, in percent."""
    requests = [next(make) for _ in range(RATE * SECONDS)]
    with ExitStack() as stack:
        for _ in range(consoles):
            stack.enter_context(open_console(server.port))
        time.sleep(0.3)
        before, began = server.cpu(), time.perf_counter()
        share = send_at_rate(server.port, requests)
        used = (server.cpu() - before) / (time.perf_counter() - began)
    assert share > 0.99, share
    return used * 100


def main() -> None:
    make = iter(run.make_new_chats(), None)
    server = run.start_mockgem()
    os.sched_setaffinity(0, {run.CORES[-1]})
    try:
        measure(server, 1, make)
        rows = [[measure(server, count, make) for count in (0, 1, 5)] for _ in range(ROUNDS)]
    finally:
        server.stop()
    for at, title in enumerate(("nobody looks", "one console", "five consoles")):
        used = statistics.median(row[at] for row in rows)
        more = statistics.median(row[at] - row[0] for row in rows)
        ratio = statistics.median(row[at] / row[0] for row in rows)
        print(f"{title:<14} {used:5.1f} % of a core   {more:+5.1f} points   ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
