"""Requests that came together go through their steps side by side, and none spoils another."""

from __future__ import annotations

import asyncio

import pytest

from mockgem.core.scheduling import (
    WouldBlock,
    run_interleaved,
    run_now,
    run_to_end,
    yield_control,
)


async def run_steps(name: str, steps: list[str]) -> str:
    for step in "abc":
        steps.append(name + step)
        await yield_control()
    return name


async def fail() -> str:
    await yield_control()
    raise ValueError("no")


async def wait() -> str:
    await asyncio.sleep(1)
    return "never"


def test_each_step_runs_for_all_requests_before_the_next_one() -> None:
    steps: list[str] = []
    assert run_interleaved([run_steps("1", steps), run_steps("2", steps)]) == ["1", "2"]
    assert steps == ["1a", "2a", "1b", "2b", "1c", "2c"]


def test_an_exception_affects_only_its_own_request() -> None:
    steps: list[str] = []
    first, second, third = run_interleaved([run_steps("1", steps), fail(), run_steps("3", steps)])
    assert (first, third) == ("1", "3")
    assert isinstance(second, ValueError)


async def test_a_coroutine_that_waits_gets_an_error() -> None:
    (result,) = run_interleaved([wait()])
    assert isinstance(result, RuntimeError)


async def test_yielding_takes_one_iteration_of_an_event_loop() -> None:
    steps: list[str] = []
    assert await asyncio.gather(run_steps("1", steps), run_steps("2", steps)) == ["1", "2"]
    assert steps == ["1a", "2a", "1b", "2b", "1c", "2c"]


def test_no_requests_give_no_results() -> None:
    assert run_interleaved([]) == []


async def test_work_that_may_not_stay_half_done_survives_a_cancellation() -> None:
    done: list[str] = []

    async def work() -> str:
        await asyncio.sleep(0.01)
        done.append("done")
        return "result"

    assert await run_to_end(work()) == "result"
    task = asyncio.create_task(run_to_end(work()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["done", "done"]


async def return_at_once() -> str:
    return "at once"


def test_an_awaitable_that_does_not_wait_runs_without_a_loop() -> None:
    assert run_now(return_at_once()) == "at once"
    with pytest.raises(ValueError, match="no"):
        run_now(fail_at_once())
    with pytest.raises(WouldBlock):
        run_now(fail())


async def fail_at_once() -> str:
    raise ValueError("no")
