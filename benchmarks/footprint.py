"""Measure what mockgem keeps: memory of a worker, a world and a journal entry, bytes of a file.

`python -m benchmarks.footprint [--write]` prints two tables, and writes them into docs/scaling.md.
Each figure is a difference: of the memory of all processes, of the size of the folder, or of the
memory in use of a Valkey server, before and after many of a kind, by their number. Nothing here is
a test.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import load
from benchmarks.pages import SCALING, write_section
from benchmarks.workers import Server, build_chat
from tests.valkey_server import ValkeyServer, run_valkey

MANY = 400
FILE_BYTES = 1000
WORLDS, ENTRIES = 20, 1000
"""Worlds, and journal entries in each: as many as a journal keeps."""
BATCH_LINES = 10
MODEL = "gemini-2.5-flash"
NUMBERS = itertools.count()
CHAT = {"contents": [{"parts": [{"text": "Explain to me how AI works"}]}]}
Row = tuple[str, dict[str, float]]
"""Where state is kept, and the bytes of each kind."""
Measure = Callable[[Server], float]
"""Returns the bytes in use."""


def read_memory(server: Server) -> float:
    """Return the proportional memory of all processes in bytes: shared pages count once."""
    return float(sum(read_pss(pid) for pid in server.list_processes()))


def read_pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def measure_folder(folder: Path) -> float:
    return float(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))


def read_valkey(valkey: ValkeyServer) -> float:
    for line in valkey.send("INFO", "memory").decode().splitlines():
        if line.startswith("used_memory:"):
            return float(line.partition(":")[2])
    return 0.0


class Client:
    """One connection that sends requests of all kinds."""

    def __init__(self, server: Server) -> None:
        self.link = load.connect(server.port)

    def post(self, path: str, body: Any, more: str = "") -> bytes:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nx-goog-api-key: k\r\n{more}"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        return load.exchange(self.link, head.encode() + data)

    def chat(self, world: str, number: int) -> None:
        body = {"contents": [{"parts": [{"text": f"Explain part {number} to me"}]}]}
        self.post(f"{world}/v1beta/models/{MODEL}:generateContent", body)

    def upload(self, number: int) -> None:
        more = "X-Goog-Upload-Protocol: raw\r\n"
        self.post("/upload/v1beta/files", b"x" * FILE_BYTES, more)

    def create_batch(self, number: int) -> None:
        requests = {"requests": {"requests": [{"request": CHAT}] * BATCH_LINES}}
        path = f"/v1beta/models/{MODEL}:batchGenerateContent"
        self.post(path, {"batch": {"inputConfig": requests}})

    def clear_journal(self, world: str = "") -> None:
        head = f"DELETE {world}/_mockgem/journal HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        load.exchange(self.link, head.encode())

    def read_counters(self) -> None:
        """Read the journal: all workers have written their entries before the answer."""
        head = "GET /w/w0/_mockgem/counters HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        load.exchange(self.link, head.encode())


def measure_kinds(title: str, server: Server, measure: Measure) -> Row:
    """Return the bytes of a file, of a batch, of a world, and of a journal entry."""
    found = []
    client = Client(server)
    client.chat("/w/warm", 0)
    for name, make, payload in (
        (f"a file of {FILE_BYTES:,} bytes, besides them", client.upload, FILE_BYTES),
        (f"a batch of {BATCH_LINES} requests", client.create_batch, 0),
    ):
        make(0)
        client.clear_journal()
        before = measure(server)
        for number in range(MANY):
            make(number + 1)
        client.clear_journal()
        found.append((name, (measure(server) - before) / MANY - payload))
    before = measure(server)
    for world in range(WORLDS * 10):
        client.chat(f"/w/x{world}", world)
    found.append(("a world with one chat", (measure(server) - before) / WORLDS / 10))
    before = measure(server)
    for world in range(WORLDS):
        for number in range(ENTRIES):
            client.chat(f"/w/w{world}", number + world * ENTRIES)
    client.read_counters()
    found.append(("a journal entry of a chat", (measure(server) - before) / WORLDS / ENTRIES))
    return title, dict(found)


def format_rows(rows: Sequence[Row]) -> str:
    """Return the table: a row for each kind, a column for each place."""
    titles = " | ".join(title for title, _ in rows)
    lines = [f"| bytes of | {titles} |", "|---" * (len(rows) + 1) + "|"]
    for name in rows[0][1]:
        cells = [f"{max(0, found[name]):,.0f}" for _, found in rows]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


@contextmanager
def serving(*options: str, workers: int = 1) -> Iterator[Server]:
    server = Server(workers, "--worlds", "1000", *options)
    try:
        yield server
    finally:
        server.stop()


def measure_memory() -> Row:
    with serving() as server:
        return measure_kinds("memory", server, read_memory)


def measure_state() -> Row:
    with tempfile.TemporaryDirectory() as folder, serving("--state", folder) as server:
        return measure_kinds(
            "`--state FOLDER`", server, lambda server: measure_folder(Path(folder))
        )


def measure_run() -> Row:
    """Measure the database that workers share until their server ends."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        os.environ["TMPDIR"] = folder
        try:
            with serving(workers=2) as server:
                return measure_kinds(
                    "`--workers 2`", server, lambda server: measure_folder(Path(folder))
                )
        finally:
            del os.environ["TMPDIR"]


def measure_valkey() -> Row:
    with tempfile.TemporaryDirectory() as folder, run_valkey(Path(folder)) as valkey:
        with serving("--state", valkey.url()) as server:
            return measure_kinds("Valkey", server, lambda server: read_valkey(valkey))


def measure_workers() -> str:
    """Return the memory of 1, 2 and 4 workers, when they start and after chats."""
    lines = ["| processes | when they start | after 8,000 chats |", "|---|---|---|"]
    for count in (1, 2, 4):
        with serving(workers=count) as server:
            idle = read_memory(server)
            load.drive(server.port, lambda: build_chat("Hello"), 16 * count, 4000)
            load.drive(server.port, lambda: build_chat(f"Hi {next(NUMBERS)}"), 16 * count, 4000)
            used = read_memory(server)
            title = f"a supervisor and {count} workers" if count > 1 else "a single process"
            lines.append(f"| {title} | {idle / 2**20:.0f} MiB | {used / 2**20:.0f} MiB |")
    return "\n".join(lines)


def main() -> None:
    workers = measure_workers()
    print(workers, flush=True)
    rows = [measure() for measure in (measure_memory, measure_state, measure_run, measure_valkey)]
    table = format_rows(rows)
    print(table)
    if "--write" in sys.argv:
        write_section("footprint", f"{date.today()}:\n\n{workers}\n\n{table}", SCALING)


if __name__ == "__main__":
    main()
