"""Measure what requests take of a Valkey server, and how many commands one answers a second.

`python -m benchmarks.shared_state [--workers 1]` sends some of each kind of request, one kind after
the other, and prints the commands, and the processor time of mockgem and of the Valkey server, for
each. Then valkey-benchmark or redis-benchmark shows what the server does alone. `--write` puts the
figures into docs/scaling.md. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks import load
from benchmarks.footprint import BATCH_LINES, CHAT, MODEL
from benchmarks.pages import SCALING, write_section
from benchmarks.workers import Server
from tests.valkey_server import ValkeyServer, run_valkey

NATIVE = f"/v1beta/models/{MODEL}:generateContent"
BATCHES = f"/v1beta/models/{MODEL}:batchGenerateContent"
RULES = {"rules": [{"when": {"calls": 1_000_000}, "fail": "overloaded"}]}
CONNECTIONS = 16
PROGRAMS = ("valkey-benchmark", "redis-benchmark")
NUMBERS = itertools.count()


def build(path: str, body: bytes, more: str = "", method: str = "POST") -> bytes:
    key = "Authorization: Bearer k" if path.startswith("/v1/") else "x-goog-api-key: k"
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{key}\r\n{more}"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def ask(world: str = "") -> bytes:
    body = {"contents": [{"parts": [{"text": f"Explain part {next(NUMBERS)} to me"}]}]}
    return build(world + NATIVE, json.dumps(body).encode())


def upload() -> bytes:
    more = "X-Goog-Upload-Protocol: raw\r\n"
    return build("/upload/v1beta/files", b"x" * 1000, more)


def keep_reply() -> bytes:
    body = {"model": MODEL, "input": f"Explain part {next(NUMBERS)} to me"}
    return build("/v1/responses", json.dumps(body).encode())


def create_batch() -> bytes:
    requests = {"requests": {"requests": [{"request": CHAT}] * BATCH_LINES}}
    return build(BATCHES, json.dumps({"batch": {"inputConfig": requests}}).encode())


KINDS: dict[str, tuple[Callable[[], bytes], int]] = {
    "chat, new question": (ask, 6000),
    "chat with a scenario": (lambda: ask("/w/played"), 1500),
    "response that is kept": (keep_reply, 1500),
    "upload of 1 kB": (upload, 600),
    f"creation of a batch of {BATCH_LINES}": (create_batch, 400),
}
"""How to build a request of each kind, and how many to send."""


@dataclass(frozen=True)
class Use:
    """Seconds of processor time of both servers, and commands, until a moment."""

    ours: float
    theirs: float
    commands: int


def read_use(server: Server, valkey: ValkeyServer) -> Use:
    assert valkey.process is not None
    tasks = Path(f"/proc/{valkey.process.pid}/task").iterdir()
    theirs = sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    stats = valkey.send("INFO", "stats").decode().splitlines()
    (line,) = [line for line in stats if line.startswith("total_commands_processed:")]
    return Use(server.read_cpu(), theirs, int(line.partition(":")[2]))


def measure(server: Server, valkey: ValkeyServer, make: Callable[[], bytes], total: int) -> str:
    """Return the cells of a row."""
    load.drive(server.port, make, CONNECTIONS, total // 5)
    before = read_use(server, valkey)
    load.drive(server.port, make, CONNECTIONS, total)
    after = read_use(server, valkey)
    ours = (after.ours - before.ours) / total * 1e6
    theirs = (after.theirs - before.theirs) / total * 1e6
    commands = (after.commands - before.commands) / total
    return f"{commands:.1f} | {ours:,.0f} µs | {theirs:,.0f} µs"


def choose_scenario(server: Server) -> None:
    with load.connect(server.port) as link:
        body = json.dumps({"name": "mine", "scenario": RULES}).encode()
        load.exchange(link, build("/w/played/_mockgem/scenario", body, method="PUT"))


def measure_alone(valkey: ValkeyServer) -> Iterator[str]:
    """Return what the Valkey server does a second for 16 connections of a load of its own."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), "")
    if not program:
        sys.exit(f"This measurement needs {' or '.join(PROGRAMS)}, which come with the servers.")
    script = "return redis.call('HINCRBY', 'bench', 'count', 1)"
    for name, words in (
        *[(name, ["-t", name.lower()]) for name in ("GET", "SET", "HSET")],
        ("a small script", ["eval", script, "0"]),
    ):
        done = subprocess.run(
            [program, "-p", str(valkey.port), "-n", "60000", "-c", "16", "-q", *words],
            capture_output=True,
            text=True,
            check=True,
        )
        (rate,) = re.findall(r"([\d.]+) requests per second, p50", done.stdout)
        yield f"{name} {float(rate):,.0f}/s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, run_valkey(Path(folder)) as valkey:
        server = Server(options.workers, "--state", valkey.url())
        try:
            choose_scenario(server)
            rows = ["| request | commands | mockgem | Valkey |\n|---|---|---|---|"]
            print(rows[0])
            for kind, (make, total) in KINDS.items():
                rows.append(f"| {kind} | {measure(server, valkey, make, total)} |")
                print(rows[-1], flush=True)
        finally:
            server.stop()
        alone = ", ".join(measure_alone(valkey))
        print(alone)
    if options.write:
        text = [f"{date.today()}:\n", *rows, f"\nThe server alone: {alone}."]
        write_section("valkey", "\n".join(text), SCALING)


if __name__ == "__main__":
    main()
