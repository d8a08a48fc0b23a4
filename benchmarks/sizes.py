"""Compute how many cores and Valkey servers some loads need, from the tables of the docs.

`python -m benchmarks.sizes` writes the result into docs/scaling.md. It measures nothing: the
processor time of a request is in docs/performance.md (one machine) and docs/scaling.md (Valkey).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from benchmarks.pages import PERFORMANCE, SCALING, read_section, write_section

BUSY = 0.6
"""The part of a core that may be in use: the rest is for bursts and for what else runs."""
RATES = (1_000, 10_000, 100_000)
HERE = (
    "chat, repeated",
    "chat, new question",
    "stream of 51 events, new",
    "tool call from a schema, new",
    "structured output, new",
)
ROW = re.compile(r"^\| ([^|]+) \| ([\d,]+) µs, ", re.MULTILINE)
SHARED_ROW = re.compile(r"^\| ([^|]+) \| [\d.]+ \| ([\d,]+) µs \| ([\d,]+) µs \|$", re.MULTILINE)


def count_cores(rate: int, microseconds: float) -> float:
    return rate * microseconds / 1e6 / BUSY


def format_cores(cores: float) -> str:
    return f"{math.ceil(cores):,}" if cores > 3 else f"{math.ceil(cores * 10) / 10:.1f}"


def read_number(text: str) -> float:
    return float(text.replace(",", ""))


def list_rows() -> Iterator[str]:
    """Return the rows of the table."""
    found = dict(ROW.findall(read_section("rates", PERFORMANCE)))
    for title in HERE:
        own = read_number(found[title])
        cells = [format_cores(count_cores(rate, own)) for rate in RATES]
        yield f"| {title} | {own:,.0f} µs | {' | '.join(cells)} |"
    for title, ours, theirs in SHARED_ROW.findall(read_section("valkey", SCALING)):
        own, other = read_number(ours), read_number(theirs)
        cells = [
            f"{format_cores(count_cores(rate, own))} + {format_cores(count_cores(rate, other))}"
            for rate in RATES
        ]
        yield f"| {title}, state on Valkey | {own:,.0f} + {other:,.0f} µs | {' | '.join(cells)} |"


def render_table() -> str:
    heads = " | ".join(f"{rate:,}/s" for rate in RATES)
    lines = [f"| request | processor time | {heads} |", "|---|---|---|---|---|", *list_rows()]
    return "\n".join(lines)


if __name__ == "__main__":
    write_section("sizes", render_table(), SCALING)
