"""Write the measured table into docs/performance.md."""

from __future__ import annotations

import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from pages import write_section
from rates import Row, find_mix

MIX_TARGET = 1.0


def write_table(rows: Sequence[Row]) -> None:
    write_section("rates", format_table(rows))


def format_table(rows: Sequence[Row]) -> str:
    mix = find_mix(rows)
    lines = [
        describe_machine(),
        "",
        "| workload | mockgem | bare | ratio | target |",
        "|---|---|---|---|---|",
        *map(format_row, rows),
        f"| the mix of new questions | | | {mark(f'{mix:.2f}', mix < MIX_TARGET)} | {MIX_TARGET:.1f} |",
    ]
    return "\n".join(lines)


def format_row(row: Row) -> str:
    ours = f"{row.ours.microseconds:,.0f} µs, {row.ours.per_second:,.0f}/s"
    bare = f"{row.bare.microseconds:,.0f} µs, {row.bare.per_second:,.0f}/s"
    ratio = mark(f"{row.ratio:.2f}", row.is_missed)
    return f"| {row.workload.title} | {ours} | {bare} | {ratio} | {format_target(row)} |"


def mark(figure: str, is_missed: bool) -> str:
    return f"**{figure}**, missed" if is_missed else figure


def format_target(row: Row) -> str:
    if row.workload.most_us:
        return f"at most {row.workload.most_us:,.0f} µs"
    return f"{row.workload.target:.1f}" if row.workload.target else ""


def describe_machine() -> str:
    parts = ", ".join(f"{name} {version(name)}" for name in ("aiohttp", "uvloop", "orjson"))
    return (
        f"{datetime.now(UTC).date()}, {platform.machine()}, "
        f"Python {sys.version.split()[0]}, {parts}:"
    )
