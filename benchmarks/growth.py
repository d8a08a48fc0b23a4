"""`make growth`: find fields whose work grows faster than their size, or blocks the event loop.

Every field of every endpoint grows to 64 KB, 256 KB and 1 MB. The table shows the processor time of
each size, and the longest time at 1 MB in which no other request could be answered. The exit status
is 1 if four times the size took more than 5.2 times as long, or if 1 MB blocked the event loop for
more than 200 ms. Between 256 KB and 1 MB, JSON leaves the processor's caches, so that even reading it
takes more than four times as long. So a field that fails is also measured at 4 MB: work that grows
faster than its size does so again, and leaving the caches happens once.
`make growth ARGS="chat embeddings"` measures some endpoints only.
"""

from __future__ import annotations

import asyncio
import gc
import math
import sys
import time
from collections.abc import Awaitable, Generator
from pathlib import Path
from types import coroutine
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from growth_fields import Field
from growth_requests import TARGETS, Target, encode_body

from mockgem.app.factory import create_app
from mockgem.cli.garbage import limit_garbage_collection
from mockgem.config.settings import Settings
from mockgem.core.frozen import frozen
from mockgem.core.http import Handler, WireRequest, iter_frames

SIZES = (62_500, 250_000, 1_000_000)
MAX_GROWTH = 4 * 1.3
MAX_BLOCK = 0.2
NOISE = 0.003
"""Seconds of processor time below which a measurement is too short to compare."""
REPEATS = 3
BEAT = 0.002
"""Seconds between two turns of a task that measures how long others wait."""
MAX_REPEATED = 5.0
"""Seconds of processor time above which a measurement is not repeated."""


@frozen
class Cost:
    """Seconds of processor time of a request, and the longest time without a turn for others."""

    total: float
    block: float
    status: int


class Stopwatch:
    """Measures the steps of a coroutine: what runs between two turns of the event loop."""

    def __init__(self) -> None:
        self.longest = 0.0

    @coroutine
    def run(self, awaitable: Awaitable[Any]) -> Generator[Any, Any, Any]:
        steps = awaitable.__await__()
        value, error = None, None
        while True:
            began = time.thread_time()
            try:
                yielded = steps.send(value) if error is None else steps.throw(error)  # type: ignore[attr-defined]
            except StopIteration as done:
                return done.value
            finally:
                self.longest = max(self.longest, time.thread_time() - began)
            value, error = None, None
            try:
                value = yield yielded
            except BaseException as raised:
                error = raised


async def ask(handler: Handler, wire: WireRequest) -> int:
    """Send a request, and read its answer to the end."""
    response = await handler(wire)
    async for _ in iter_frames(response.body):
        pass
    return response.status


def measure(handler: Handler, wire: WireRequest) -> Cost:
    watch = Stopwatch()
    gc.collect()
    began = time.process_time()
    status = asyncio.run(watch_request(watch, handler, wire))
    return Cost(time.process_time() - began, watch.longest, status)


async def watch_request(watch: Stopwatch, handler: Handler, wire: WireRequest) -> int:
    """Send a request. Work in a thread blocks others, too, while C code does not let go.

    A turn that came late counts by the processor time of this process: on a busy machine other
    processes make it late, too.
    """
    heart = asyncio.create_task(beat(watch))
    await asyncio.sleep(0)
    status: int = await watch.run(ask(handler, wire))
    heart.cancel()
    return status


async def beat(watch: Stopwatch) -> None:
    while True:
        began = time.process_time()
        await asyncio.sleep(BEAT)
        watch.longest = max(watch.longest, time.process_time() - began)


class Meter:
    """Sends requests to one server; no body comes twice, so that no cache answers."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.handler = create_app(Settings()).handler
        self.number = 0

    def measure(self, field: Field, size: int) -> Cost:
        """Return the lowest processor time and the shortest block of some repeats."""
        value = field.build(size)
        costs: list[Cost] = []
        while len(costs) < REPEATS:
            self.number = (self.number + 1) % 5000
            wire = self.target.make_request(encode_body(value, self.number))
            costs.append(measure(self.handler, wire))
            if not NOISE < costs[-1].total < MAX_REPEATED:
                break
        return Cost(
            min(cost.total for cost in costs), min(cost.block for cost in costs), costs[0].status
        )

    def measure_growth_beyond(self, field: Field) -> float:
        """Return how much longer four times the largest size takes; infinity if it is refused."""
        less, more = [self.measure(field, size) for size in (SIZES[-1], 4 * SIZES[-1])]
        return more.total / less.total if more.status == less.status else math.inf


def check_field(name: str, meter: Meter, field: Field) -> tuple[str, bool]:
    """Return a line of the table, and whether the field passes. What is quick at 1 MB passes."""
    costs = [meter.measure(field, SIZES[-1])]
    if costs[0].total > NOISE * 4:  # otherwise even quadratic work is quick
        costs = [*[meter.measure(field, size) for size in SIZES[:-1]], costs[0]]
    less, more = costs[-2:] if len(costs) > 1 else (costs[0], costs[0])
    growth = more.total / less.total if less.total > NOISE else 0.0
    if growth > MAX_GROWTH:
        growth = min(growth, meter.measure_growth_beyond(field))
    block = more.block if more.block < MAX_BLOCK else meter.measure(field, SIZES[-1]).block
    passes = growth <= MAX_GROWTH and block <= MAX_BLOCK
    times = " ".join(f"{cost.total * 1000:.1f}" for cost in costs)
    return (
        f"{name + ' ' + (field.path or '(body)'):<80} {field.shape:<24} {times:>26} {growth:>5.1f} "
        f"{block * 1000:>7.1f} {costs[-1].status} {'' if passes else 'FAILS'}"
    ), passes


def main(names: list[str]) -> int:
    limit_garbage_collection()  # as `mockgem serve` does
    print(f"{'field':<80} {'shape':<24} {'ms of 64 KB, 256 KB, 1 MB':>26} ratio   block status")
    failures = total = 0
    for name, target in TARGETS.items():
        if names and name not in names:
            continue
        meter = Meter(target)
        for field in target.iter_fields():
            line, passes = check_field(name, meter, field)
            total += 1
            failures += not passes
            print(line, flush=True)
    print(
        f"{failures} of {total} fields fail: more than {MAX_GROWTH} times the work, or {MAX_BLOCK} s"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
