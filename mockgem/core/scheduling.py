"""Interleave requests that arrived together, and wait without asyncio.sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Generator, Sequence
from types import coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


@coroutine
def yield_control() -> Generator[None, None, None]:
    """Let the other requests that arrived together finish the same step first.

    A step runs about twice as fast right after it ran for another request, because its code is in
    the processor's caches. On an event loop this is one iteration of the loop.
    """
    yield


class WouldBlock(RuntimeError):
    """A coroutine had to wait although no event loop drives it."""


async def sleep(seconds: float) -> None:
    """Wait some seconds in the running loop.

    Tests of retries replace asyncio.sleep, and a server in the same process must still wait then.
    """
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()
    timer = loop.call_later(max(seconds, 0.0), wake, waiter)
    try:
        await waiter
    finally:
        timer.cancel()


def wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)


def run_interleaved(awaitables: Sequence[Awaitable[Result]]) -> list[Result | Exception]:
    """Run awaitables step by step without an event loop, and return their results or exceptions.

    They may call `yield_control`, but not wait: one that waits gets a `WouldBlock`.
    """
    results: list[Any] = [awaitable.__await__() for awaitable in awaitables]
    running = list(enumerate(results))
    while running:
        current, running = running, []
        for pair in current:
            index, steps = pair
            try:
                if next(steps) is None:
                    running.append(pair)
                    continue
                steps.close()
                results[index] = WouldBlock("an operation waits although its endpoint may not")
            except StopIteration as done:
                results[index] = done.value
            except Exception as error:
                results[index] = error
    return results
