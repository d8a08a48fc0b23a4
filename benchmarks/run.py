"""`make bench`: what mockgem does, as ratios against a bare aiohttp server measured side by side in one run.

Servers run on one core and the load on another, in turn, several rounds; medians are shown. Nothing here is a test.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import load

ROUNDS = 5
CORES = sorted(os.sched_getaffinity(0))
FILLER = "Please take your time and think about every part of this before you answer. " * 5
CHAT = "/v1beta/openai/chat/completions"


class Process:
    """A server on the first core."""

    def __init__(self, *command: str) -> None:
        self.began = time.perf_counter()
        core = {CORES[0]}
        self.process = subprocess.Popen(
            [sys.executable, *command],
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, core),
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.port = int(line.strip().rpartition(":")[2])

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident MiB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)
        assert self.process.stdout is not None
        self.process.stdout.close()


def bare() -> Process:
    return Process(str(Path(__file__).parent / "bare.py"))


def mock(*options: str) -> Process:
    return Process("-m", "mockgem", "serve", "--port", "0", "--quiet", *options)


def chat_body(text: str, **more: object) -> bytes:
    return json.dumps({"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}], **more}).encode()


def rate(server: Process, make: Callable[[], bytes], total: int) -> tuple[float, float]:
    """Requests a second, and the server's own microseconds of processor time for each."""
    length = load.answer_length(server.port, make())
    load.drive(server.port, make, length, 32, max(200, total // 10))
    before = server.cpu()
    took = load.drive(server.port, make, length, 32, total)
    return total / took, (server.cpu() - before) / total * 1e6


def compare(title: str, a: tuple[Process, Callable[[], bytes]], b: tuple[Process, Callable[[], bytes]], total: int) -> None:
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(rate(*b, total))
        ours.append(rate(*a, total))
    ratio = statistics.median(x[0] / y[0] for x, y in zip(ours, theirs, strict=True))
    costs = statistics.median(y[1] / x[1] for x, y in zip(ours, theirs, strict=True))
    print(
        f"{title:<34} mockgem {middle(ours, 0):>7.0f}/s {middle(ours, 1):>6.1f} µs   bare {middle(theirs, 0):>7.0f}/s "
        f"{middle(theirs, 1):>6.1f} µs   ratio {ratio:.2f} (by processor time {costs:.2f})",
        flush=True,
    )


def middle(rows: list[tuple[float, float]], column: int) -> float:
    return statistics.median(row[column] for row in rows)


def always(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def never_twice() -> Callable[[], bytes]:
    """Requests no two of which are the same, with answers of ordinary length."""
    numbers = count(100_000)
    return lambda: load.request(CHAT, chat_body(f"Explain to me how AI works, part {next(numbers)}. {FILLER}"))


def rates() -> None:
    plain, ours = bare(), mock()
    same = load.request(CHAT, chat_body(f"Explain to me how AI works. {FILLER}"))
    bare_chat = always(load.request("/chat", chat_body(f"Explain to me how AI works. {FILLER}")))
    compare("chat, asked before", (ours, always(same)), (plain, bare_chat), 20_000)
    compare("chat, never asked before", (ours, never_twice()), (plain, bare_chat), 20_000)
    long = chat_body("Write 400 words about the sea.", stream=True)
    bare_stream = always(load.request("/stream", long))
    compare("stream of 51 chunks", (ours, always(load.request(CHAT, long))), (plain, bare_stream), 10_000)
    plain.stop()
    ours.stop()


def start_up() -> None:
    ours, theirs = [], []
    for _ in range(9):
        theirs.append(first_answer(bare, "/chat"))
        ours.append(first_answer(mock, CHAT))
    ratio = statistics.median(x / y for x, y in zip(ours, theirs, strict=True))
    print(
        f"{'ready (first chat answered)':<34} mockgem {statistics.median(ours) * 1000:>5.0f} ms   "
        f"bare {statistics.median(theirs) * 1000:>5.0f} ms   ratio {ratio:.2f}"
    )


def first_answer(start: Callable[[], Process], path: str) -> float:
    server = start()
    body = chat_body("Hello")
    headers = {"Authorization": "Bearer any-key", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", body, headers)
    urllib.request.urlopen(asked, timeout=10).read()
    took = time.perf_counter() - server.began
    server.stop()
    return took


def memory() -> None:
    for title, start, path in (("bare", bare, "/chat"), ("mockgem", mock, CHAT)):
        server = start()
        idle = server.memory()
        sent = always(load.request(path, chat_body("Hello")))
        rate(server, sent, 5000)
        print(f"memory, {title:<26} idle {idle:.0f} MiB, after 5,000 chats {server.memory():.0f} MiB")
        server.stop()


def slow_streams(streams: int = 1000) -> None:
    body = chat_body("Write 400 words about the sea.", stream=True)
    for title, server, path in (
        ("bare", bare(), "/slow"),
        ("mockgem", mock("--chunk-delay", "0.05"), CHAT),
    ):
        before = server.cpu()
        began = time.perf_counter()
        gaps = [abs(gap - 0.05) * 1000 for gap in load.intervals(server.port, load.request(path, body), streams, 50)]
        busy = (server.cpu() - before) / (time.perf_counter() - began)
        gaps.sort()
        print(
            f"{streams} streams, a chunk per 50 ms, {title:<8} interval error p50 {gaps[len(gaps) // 2]:.2f} ms, "
            f"p99 {gaps[int(len(gaps) * 0.99)]:.2f} ms, {busy:.0%} of a core, {server.memory():.0f} MiB"
        )
        server.stop()


def main() -> None:
    os.sched_setaffinity(0, {CORES[-1]})
    parts = {"rates": rates, "start": start_up, "memory": memory, "slow": slow_streams}
    for name in sys.argv[1:] or parts:
        parts[name]()


if __name__ == "__main__":
    main()
