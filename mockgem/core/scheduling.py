"""Interleave requests that arrived together, run long work aside, wait without asyncio.sleep."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from contextvars import ContextVar
from types import coroutine
from typing import Any, ParamSpec, TypeVar

Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")
LARGE_BODY = 64 * 1024
"""Bytes of a request body from which on its work runs in a thread: a megabyte can take seconds."""
MAX_QUICK_BODY = 512 * 1024
MAX_QUOTES = 200
SAMPLE = 1024


def takes_long_to_read(body: bytes) -> bool:
    """Return whether a body may take long to decode: a large one that is not just a long text.

    A text takes a fraction of what a thread costs, many strings or numbers take longer.
    """
    size = len(body)
    return size > LARGE_BODY and (
        size > MAX_QUICK_BODY or has_more(body, b'"', MAX_QUOTES) or has_many_commas(body)
    )


def has_more(body: bytes, mark: bytes, most: int) -> bool:
    """Return whether a mark comes more than `most` times; a long body takes less than counting."""
    at = -1
    for _ in range(most + 1):
        at = body.find(mark, at + 1)
        if at < 0:
            return False
    return True


def has_many_commas(body: bytes) -> bool:
    """Return whether some part of a large body has as many commas as an array of numbers."""
    quarter = len(body) // 4
    starts = (quarter, 2 * quarter, 3 * quarter)
    return any(body.count(b",", at, at + SAMPLE) > SAMPLE // 16 for at in starts)


@coroutine
def yield_control() -> Generator[None, None, None]:
    """Let the other requests that arrived together finish the same step first.

    A step runs about twice as fast right after it ran for another request, because its code is in
    the processor's caches. On an event loop this is one iteration of the loop.
    """
    yield


async def run_aside(
    function: Callable[Parameters, Result], *args: Parameters.args, **options: Parameters.kwargs
) -> Result:
    """Run work that takes long and changes nothing in a thread, while others get answers.

    Where no task could wait for it (`run_interleaved`), the work runs in place.
    """
    if IS_INTERLEAVED.get():
        return function(*args, **options)
    return await asyncio.to_thread(function, *args, **options)


async def run_aside_if(
    is_long: bool,
    function: Callable[Parameters, Result],
    *args: Parameters.args,
    **options: Parameters.kwargs,
) -> Result:
    """Run work in a thread if it takes long, otherwise in place, which is quicker."""
    if is_long:
        return await run_aside(function, *args, **options)
    return function(*args, **options)


async def run_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do work that may not stay half done, such as saving what a client that left has sent.

    If the waiting task is cancelled meanwhile, the cancellation is raised when the work is done.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


IS_INTERLEAVED: ContextVar[bool] = ContextVar("IS_INTERLEAVED", default=False)
"""Whether `run_interleaved` runs, so that coroutines can't wait for a thread."""


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


def run_now(awaitable: Awaitable[Result]) -> Result:
    """Run an awaitable that does not wait, without an event loop, and return its result.

    Raises WouldBlock if it waits nevertheless.
    """
    steps: Generator[Any, None, Any] = awaitable.__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: Result = done.value
        return result
    steps.close()
    raise WouldBlock("an operation waits although it may not")


def run_interleaved(awaitables: Sequence[Awaitable[Result]]) -> list[Result | Exception]:
    """Run awaitables step by step without an event loop, and return their results or exceptions.

    They may call `yield_control`, but not wait: one that waits gets a `WouldBlock`.
    """
    token = IS_INTERLEAVED.set(True)
    try:
        return run_steps(awaitables)
    finally:
        IS_INTERLEAVED.reset(token)


def run_steps(awaitables: Sequence[Awaitable[Result]]) -> list[Result | Exception]:
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
