"""Measure each workload of the table on mockgem and on a bare server, one after the other.

The bare server answers with mockgem's own bytes. Rounds alternate between the servers, and the
medians count.
"""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import load
from processes import Process, start_bare, start_mockgem
from workloads import WORKLOADS, Workload

ROUNDS = 3
SECONDS = 0.7
"""Processor time of one round on mockgem, from which the number of requests follows."""
LEAST, MOST = 8, 20_000
"""Requests of one round."""


@dataclass(frozen=True)
class Rate:
    """Microseconds of the server's processor time for a request, and requests per second."""

    microseconds: float
    per_second: float


@dataclass(frozen=True)
class Row:
    """A workload as both servers did it."""

    workload: Workload
    ours: Rate
    bare: Rate
    ratio: float

    @property
    def is_missed(self) -> bool:
        most = self.workload.most_us
        return self.ratio < self.workload.target or 0 < most < self.ours.microseconds


def measure_table(names: Sequence[str] = ()) -> list[Row]:
    """Measure the workloads whose titles contain one of the names; all without names."""
    chosen = [one for one in WORKLOADS if not names or any(name in one.title for name in names)]
    rows = []
    for options in sorted({one.options for one in chosen}):
        ours = start_mockgem(*options)
        group = [one for one in chosen if one.options == options]
        with tempfile.TemporaryDirectory() as folder:
            for number, workload in enumerate(group):
                save_answer(ours, workload, Path(folder) / str(number))
            bare = start_bare(folder)
            for number, workload in enumerate(group):
                rows.append(compare(workload, ours, bare, f"/{number}"))
                print(format_row(rows[-1]), flush=True)
            bare.stop()
        ours.stop()
    return rows


def save_answer(ours: Process, workload: Workload, path: Path) -> None:
    """Save what mockgem answers, for the bare server."""
    head, _, body = ask_once(ours, workload).partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" in head.lower():
        body = b"".join(split_chunks(body))
    suffix = ".events" if b"text/event-stream" in head else ".json"
    path.with_suffix(suffix).write_bytes(body)


def ask_once(server: Process, workload: Workload) -> bytes:
    with load.connect(server.port) as link:
        return load.exchange(link, build(workload, workload.path, 0))


def split_chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, rest = body.partition(b"\r\n")
        yield rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]


def build(workload: Workload, path: str, number: int) -> bytes:
    return load.build_request(path, json.dumps(workload.make(number)).encode())


def make_requests(workload: Workload, path: str, numbers: Iterator[int]) -> Callable[[], bytes]:
    """Return a function that returns the next request."""
    if not workload.is_new:
        same = build(workload, path, 0)
        return lambda: same
    return lambda: build(workload, path, next(numbers))


def compare(workload: Workload, ours: Process, bare: Process, bare_path: str) -> Row:
    ask_ours = make_requests(workload, workload.path, count(1))
    same = build(workload, bare_path, 0)
    first = measure_rate(ours, workload, ask_ours, LEAST * 4)
    total = round(min(MOST, max(LEAST, SECONDS * 1e6 / first.microseconds)))
    rounds = []
    for _ in range(ROUNDS):
        theirs = measure_rate(bare, workload, lambda: same, total)
        rounds.append((measure_rate(ours, workload, ask_ours, total), theirs))
    ratio = statistics.median(theirs.microseconds / mine.microseconds for mine, theirs in rounds)
    return Row(
        workload, median([mine for mine, _ in rounds]), median([b for _, b in rounds]), ratio
    )


def measure_rate(
    server: Process, workload: Workload, make: Callable[[], bytes], total: int
) -> Rate:
    before = server.cpu()
    took = load.drive(server.port, make, min(workload.connections, total), total)
    return Rate((server.cpu() - before) / total * 1e6, total / took)


def median(rates: Sequence[Rate]) -> Rate:
    return Rate(
        statistics.median(rate.microseconds for rate in rates),
        statistics.median(rate.per_second for rate in rates),
    )


def format_row(row: Row) -> str:
    return (
        f"{row.workload.title:<36} mockgem {row.ours.microseconds:>9,.0f} µs "
        f"{row.ours.per_second:>8,.0f}/s   bare {row.bare.microseconds:>8,.0f} µs "
        f"{row.bare.per_second:>8,.0f}/s   ratio {row.ratio:.2f}"
        f"{'   missed' if row.is_missed else ''}"
    )


def find_mix(rows: Sequence[Row]) -> float:
    """Return the ratio of the mix: one of each of its workloads."""
    parts = [row for row in rows if row.workload.belongs_to_mix]
    return sum(row.bare.microseconds for row in parts) / sum(row.ours.microseconds for row in parts)
