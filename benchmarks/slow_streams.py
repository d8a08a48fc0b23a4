"""Measure streams that send an event every 50 ms: how exact the waits are, and how many fit on a core."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import load
from processes import Process, start_bare, start_mockgem
from workloads import CHAT, make_chat

INTERVAL, EVENTS, MIDDLE = 0.05, 50, (6.0, 10.0)
FEW, MANY = 1000, 5000
LEAST_RATE = 60_000
"""Events a second that one core should send to MANY streams, of 100,000 that are due."""


@dataclass(frozen=True)
class Streams:
    """Some streams of one server: errors of the intervals in seconds in order, and its load."""

    title: str
    errors: list[float]
    events: int
    seconds: float
    busy: float
    memory: float

    def percentile(self, share: float) -> float:
        """Return an error in milliseconds."""
        return self.errors[int((len(self.errors) - 1) * share)] * 1000

    @property
    def rate(self) -> float:
        return self.events / self.seconds


def measure_slow_streams() -> None:
    for one in [measure(*started, FEW) for started in start_servers()]:
        print(
            f"{FEW} streams, an event per 50 ms, {one.title:<13} interval error p50 "
            f"{one.percentile(0.5):.2f} ms, p99 {one.percentile(0.99):.2f} ms, {one.busy:.0%} of a core, "
            f"{one.memory:.0f} MiB"
        )


def measure_many_streams() -> None:
    for title, server, path in start_servers():
        rate, busy = load.measure_rate(
            server.port, build_stream_request(path, 2000), MANY, MIDDLE, server.cpu
        )
        missed = "" if title == "bare" or rate >= LEAST_RATE else f" (target {LEAST_RATE:,})"
        print(
            f"{MANY} streams, an event per 50 ms, {title:<13} {rate:,.0f} events/s{missed}, "
            f"{busy / rate * 1e6:.1f} µs of processor time each, {server.memory():.0f} MiB"
        )
        server.stop()


def start_servers() -> Iterator[tuple[str, Process, str]]:
    """Start one server after the other; yield its title, itself and its path of slow streams."""
    scenario = str(Path(__file__).parent / "steady.yaml")
    yield "bare", start_bare(), "/slow"
    yield "--chunk-delay", start_mockgem("--chunk-delay", str(INTERVAL)), CHAT
    yield "scenario", start_mockgem("--scenario", scenario), CHAT


def build_stream_request(path: str, words: int) -> bytes:
    question = make_chat(f"Write {words} words about the sea.", stream=True)
    return load.build_request(path, json.dumps(question).encode())


def measure(title: str, server: Process, path: str, streams: int) -> Streams:
    """Measure all streams of a server, of whose events EVENTS each are read."""
    before, began = server.cpu(), time.perf_counter()
    gaps = list(
        load.measure_intervals(server.port, build_stream_request(path, 400), streams, EVENTS)
    )
    seconds, busy = time.perf_counter() - began, server.cpu() - before
    errors = sorted(abs(gap - INTERVAL) for gap in gaps)
    found = Streams(title, errors, len(gaps) + streams, seconds, busy / seconds, server.memory())
    server.stop()
    return found
