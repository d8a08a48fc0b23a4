"""Taking turns: requests that came at the same moment go through the steps side by side. And waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Generator, Sequence
from types import coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


@coroutine
def yield_control() -> Generator[None, None, None]:
    """Lets the others who came at the same moment do their last step before one's own next one.

    A step that was just done for another request runs about twice as fast, because its code is in the processor's
    caches. On an event loop this is one round of the loop.
    """
    yield


class WouldBlock(RuntimeError):
    """Something had to wait that was driven by hand."""


async def sleep(seconds: float) -> None:
    """Waits in the running loop. asyncio.sleep would do, but tests of retries put their own in its place, and a server in
    the same process shall go on waiting then."""
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    timer = loop.call_later(max(seconds, 0.0), wake, over)
    try:
        await over
    finally:
        timer.cancel()


def wake(over: asyncio.Future[None]) -> None:
    if not over.done():
        over.set_result(None)


def run_interleaved(ways: Sequence[Awaitable[Result]]) -> list[Result | Exception]:
    """The results of ways that never wait but for their turns, each driven one step at a time; or what they raised."""
    found: list[Any] = [way.__await__() for way in ways]
    going = list(enumerate(found))
    while going:
        round_of, going = going, []
        for one in round_of:
            place, way = one
            try:
                if next(way) is None:
                    going.append(one)
                    continue
                way.close()
                found[place] = WouldBlock("something waited where nothing may wait")
            except StopIteration as done:
                found[place] = done.value
            except Exception as error:
                found[place] = error
    return found
