"""Requests that came together go through their steps side by side, and none spoils another."""

from __future__ import annotations

import asyncio

from mockgem.core.scheduling import run_interleaved, yield_control


async def way(name: str, steps: list[str]) -> str:
    for step in "abc":
        steps.append(name + step)
        await yield_control()
    return name


async def failing() -> str:
    await yield_control()
    raise ValueError("no")


async def waiting() -> str:
    await asyncio.sleep(1)
    return "never"


def test_each_step_is_done_for_all_before_the_next() -> None:
    steps: list[str] = []
    assert run_interleaved([way("1", steps), way("2", steps)]) == ["1", "2"]
    assert steps == ["1a", "2a", "1b", "2b", "1c", "2c"]


def test_a_mistake_is_one_request_s_own() -> None:
    steps: list[str] = []
    first, second, third = run_interleaved([way("1", steps), failing(), way("3", steps)])
    assert (first, third) == ("1", "3")
    assert isinstance(second, ValueError)


async def test_nothing_may_wait() -> None:
    (found,) = run_interleaved([waiting()])
    assert isinstance(found, RuntimeError)


async def test_on_an_event_loop_a_turn_is_a_round_of_the_loop() -> None:
    steps: list[str] = []
    assert await asyncio.gather(way("1", steps), way("2", steps)) == ["1", "2"]
    assert steps == ["1a", "2a", "1b", "2b", "1c", "2c"]


def test_nobody_comes() -> None:
    assert run_interleaved([]) == []
