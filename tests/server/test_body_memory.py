"""Who waits for memory, who gets it, and what is given back."""

from __future__ import annotations

import asyncio

import pytest

from mockgem.server.body_memory import BodyMemory


async def take_in_turn(memory: BodyMemory, *sizes: int) -> list[asyncio.Task[None]]:
    """Begin to take memory, in this order."""
    taking = []
    for size in sizes:
        taking.append(asyncio.create_task(memory.take(size)))
        await asyncio.sleep(0)
    return taking


async def cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_body_that_waits_no_more_gives_back_nothing() -> None:
    """It had nothing: otherwise the next body would get memory that is in use."""
    memory = BodyMemory(10)
    _, first, second, third = await take_in_turn(memory, 8, 5, 4, 2)
    await cancel(second)
    assert (memory.used, len(memory.waiting)) == (8, 2)
    assert not first.done()
    await cancel(first)
    await third
    assert (memory.used, len(memory.waiting)) == (10, 0)


async def test_a_body_that_ends_when_its_turn_has_come_gives_its_memory_to_the_next() -> None:
    memory = BodyMemory(10)
    _, first, second = await take_in_turn(memory, 8, 5, 6)
    memory.give_back(8)
    assert (memory.used, len(memory.waiting)) == (5, 1)
    await cancel(first)
    await second
    assert (memory.used, len(memory.waiting)) == (6, 0)
