"""Measure what workers cost and gain: processor time per chat and chats per second, with 1 to N.

`python -m benchmarks.workers [--most 2] [--rounds 3]` starts all servers, measures them in turns, and prints a line for each number
of workers. Processor time per chat stays stable on a busy machine. Chats per second say something only if each worker and the load have
an idle core of their own, so the last column computes what two workers on idle cores reach from the processor time: N x (time with one
worker / time with N).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.load import build_request, drive

PATH = "/v1beta/openai/chat/completions"
CONNECTIONS = 32
"""Connections for each worker: it answers together what arrives together."""
NUMBERS = itertools.count()


class Server:
    """`mockgem serve --workers N` on all cores."""

    def __init__(self, workers: int, *options: str) -> None:
        self.workers = workers
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "mockgem", "serve", "--port", "0", "--quiet"),
                *("--workers", str(workers), *options),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline().strip().rpartition(":")[2])

    def list_processes(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [pid, *map(int, children)]

    def read_cpu(self) -> float:
        """Return the seconds of processor time of all processes."""
        total = 0.0
        for pid in self.list_processes():
            for task in Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0]) / 1e9
        return total

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()


def build_chat(text: str) -> bytes:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}]}
    return build_request(PATH, json.dumps(body).encode())


REPEATED = build_chat("Explain to me how AI works")
WORKLOADS: dict[str, Callable[[], bytes]] = {
    "repeated chat": lambda: REPEATED,
    "new chat": lambda: build_chat(f"Explain to me how machine {next(NUMBERS)} works"),
}


def measure(server: Server, requests: Callable[[], bytes], total: int) -> tuple[float, float]:
    """Return the microseconds of processor time per chat, and the chats per second."""
    before = server.read_cpu()
    seconds = drive(server.port, requests, CONNECTIONS * server.workers, total)
    return (server.read_cpu() - before) * 1e6 / total, total / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=2, help="workers at most")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--total", type=int, default=8000, help="chats in one round")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")
    servers = [Server(count) for count in range(1, options.most + 1)]
    servers.append(Server(options.most, "--ids", "repeatable"))
    try:
        for name, requests in WORKLOADS.items():
            compare(name, requests, servers, options.rounds, options.total)
    finally:
        for server in servers:
            server.stop()


def compare(
    name: str, requests: Callable[[], bytes], servers: list[Server], rounds: int, total: int
) -> None:
    """Measure all servers in turns, and print the medians."""
    figures: list[list[tuple[float, float]]] = [[] for _ in servers]
    for server in servers:
        measure(server, requests, total // 4)
    for _ in range(rounds):
        for server, found in zip(servers, figures, strict=True):
            found.append(measure(server, requests, total))
    alone = statistics.median(cpu for cpu, _ in figures[0])
    for index, (server, found) in enumerate(zip(servers, figures, strict=True)):
        cpu = statistics.median(one for one, _ in found)
        rate = statistics.median(one for _, one in found)
        ids = ", --ids repeatable" if index == len(servers) - 1 else ""
        print(
            f"{name}: {server.workers} workers{ids}: {cpu:.0f} µs, {rate:.0f} chats/s here, "
            f"{server.workers * alone / cpu:.2f} x one on idle cores"
        )


if __name__ == "__main__":
    main()
