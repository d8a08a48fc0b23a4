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

INTERVAL, EVENTS = 0.05, 50
FEW, MANY = 1000, 5000
LEAST_RATE = 60_000
"""Events a second that one core should send to MANY streams."""


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
    for one in measure_servers(FEW):
        print(
            f"{FEW} streams, an event per 50 ms, {one.title:<13} interval error p50 "
            f"{one.percentile(0.5):.2f} ms, p99 {one.percentile(0.99):.2f} ms, {one.busy:.0%} of a core, "
            f"{one.memory:.0f} MiB"
        )


def measure_many_streams() -> None:
    for one in measure_servers(MANY):
        missed = (
            "" if one.title == "bare" or one.rate >= LEAST_RATE else f" (target {LEAST_RATE:,})"
        )
        print(
            f"{MANY} streams, an event per 50 ms, {one.title:<13} {one.rate:,.0f} events/s{missed}, "
            f"{one.busy / one.rate * 1e6:.1f} µs of processor time each, {one.memory:.0f} MiB"
        )


def measure_servers(streams: int) -> Iterator[Streams]:
    scenario = str(Path(__file__).parent / "steady.yaml")
    yield measure("bare", start_bare(), "/slow", streams)
    yield measure("--chunk-delay", start_mockgem("--chunk-delay", str(INTERVAL)), CHAT, streams)
    yield measure("scenario", start_mockgem("--scenario", scenario), CHAT, streams)


def measure(title: str, server: Process, path: str, streams: int) -> Streams:
    """Measure all streams of a server, of whose events EVENTS each are read."""
    body = json.dumps(make_chat("Write 400 words about the sea.", stream=True)).encode()
    before, began = server.cpu(), time.perf_counter()
    gaps = list(
        load.measure_intervals(server.port, load.build_request(path, body), streams, EVENTS)
    )
    seconds, busy = time.perf_counter() - began, server.cpu() - before
    errors = sorted(abs(gap - INTERVAL) for gap in gaps)
    found = Streams(title, errors, len(gaps) + streams, seconds, busy / seconds, server.memory())
    server.stop()
    return found
