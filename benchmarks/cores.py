"""`make cores`: measure what a second worker gains, with a load that costs little (wrk).

One process, a server with several workers, and as many servers that share nothing get requests in
turns; the medians of all rounds count. `factor` is the ratio of the requests per second to those of
one process; it says something only on a machine that does nothing else. The processor time of a
request also counts on a busy one. Servers that share nothing show what the machine itself takes for
several processes at once: caches and memory are shared. `python -m benchmarks.cores --rounds 5 chat`
measures the workloads whose title has a word; `--share 0.5` gives each process half a core, so that
two workers and the load have all they need on a machine with two; `--write` puts the table into
docs/scaling.md. Nothing here is a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

from benchmarks.pages import SCALING, write_section
from benchmarks.shares import limit_to_share
from benchmarks.workers import Server
from benchmarks.workloads import WORKLOADS, Workload
from benchmarks.wrk import Round, drive, read_children_cpu, require_wrk

TITLES = (
    "chat, repeated",
    "chat, new question",
    "stream of 51 events, new",
    "generateContent, new",
    "tool call from a schema, new",
    "structured output, new",
)
CONNECTIONS = 32
"""Connections for each worker: it answers together what arrives together."""


Group = Sequence[Server]
"""Servers that get requests at the same time."""


@dataclass(frozen=True)
class Figures:
    """Medians of several rounds.

    Attributes:
        per_second: Requests per second.
        microseconds: Processor time of all processes of the server for a request.
        load: Processor time of the load for a request.
    """

    per_second: float
    microseconds: float
    load: float


def measure(servers: Sequence[Server], workload: Workload, seconds: int) -> tuple[Round, float]:
    """Return what all servers did at once, and the seconds of processor time that they took."""
    before = sum(server.read_cpu() for server in servers)
    load_before = read_children_cpu()
    with ThreadPoolExecutor(len(servers)) as pool:
        rounds = list(
            pool.map(
                lambda server: drive(server.port, workload, CONNECTIONS * server.workers, seconds),
                servers,
            )
        )
    found = Round(
        sum(one.requests for one in rounds),
        max(one.seconds for one in rounds),
        read_children_cpu() - load_before,
    )
    return found, sum(server.read_cpu() for server in servers) - before


def find_medians(rounds: Sequence[tuple[Round, float]]) -> Figures:
    return Figures(
        statistics.median(one.per_second for one, _ in rounds),
        statistics.median(cpu / max(1, one.requests) * 1e6 for one, cpu in rounds),
        statistics.median(one.load_cpu / max(1, one.requests) * 1e6 for one, _ in rounds),
    )


def compare(workload: Workload, groups: Sequence[Group], rounds: int, seconds: int) -> str:
    """Measure a workload on all groups of servers in turns; return a row of the table."""
    found: list[list[tuple[Round, float]]] = [[] for _ in groups]
    for servers in groups:
        measure(servers, workload, 1)
    for _ in range(rounds):
        for place, servers in enumerate(groups):
            found[place].append(measure(servers, workload, seconds))
    one, *others = map(find_medians, found)
    cells = [f"{one.per_second:,.0f}/s, {one.microseconds:,.0f} µs"]
    for figures in others:
        factor = figures.per_second / one.per_second
        rate = f"{figures.per_second:,.0f}/s, {figures.microseconds:,.0f} µs"
        cells.append(f"{rate}, **{factor:.2f}**")
    return f"| {workload.title} | {' | '.join(cells)} | {others[0].load:.0f} µs |"


def start_groups(workers: int, options: Sequence[str]) -> list[Group]:
    """Return one server, one with workers, and servers that share nothing (with the first one)."""
    single = Server(1, *options)
    others = [Server(1, *options) for _ in range(workers - 1)]
    return [[single], [Server(workers, *options)], [single, *others]]


def limit_servers(servers: Sequence[Server], share: float) -> AbstractContextManager[None]:
    """Let each process of the servers have a share of a core."""
    if share == 1:
        return nullcontext()
    return limit_to_share([pid for one in servers for pid in one.list_processes()], share)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="words of the titles to measure")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4, help="seconds of one round")
    parser.add_argument("--share", type=float, default=1.0, help="of a core, for each process")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--option", action="append", default=[])
    options = parser.parse_args()
    require_wrk()
    chosen = [one for one in WORKLOADS if one.title in TITLES]
    if options.words:
        chosen = [one for one in chosen if any(word in one.title for word in options.words)]
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} before\n")
    rows = [
        f"| workload | one process | {options.workers} workers, factor | {options.workers} servers "
        "that share nothing, factor | the load |\n|---|---|---|---|---|"
    ]
    print(rows[0])
    groups = start_groups(options.workers, options.option)
    servers = [*groups[0], *groups[1], *groups[2][1:]]
    try:
        with limit_servers(servers, options.share):
            for workload in chosen:
                rows.append(compare(workload, groups, options.rounds, options.seconds))
                print(rows[-1], flush=True)
    finally:
        for server in servers:
            server.stop()
    if options.write:
        section = "cores" if options.share == 1 else "shares"
        write_section(section, "\n".join([f"{date.today()}:\n", *rows]), SCALING)


if __name__ == "__main__":
    main()
