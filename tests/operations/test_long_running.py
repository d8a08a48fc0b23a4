"""Long-running operations: poll, cancel and states, for any kind of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import ResourceOverrides, State
from mockgem.operations.long_running import LongRunning, OperationKind
from tests.asking import Asker


@frozen
class Job(LongRunning):
    result: str = ""


JOBS = OperationKind("jobs", Job, "video", 8, "processing", ("completed", "failed"))


@pytest.fixture
def context() -> OperationContext:
    return OperationContext(Asker().world, key=b"key")


async def finish(job: Job, state: str) -> Job:
    return replace(job, result="done") if state == "completed" else job


async def test_polls_bring_an_operation_to_its_end_and_do_the_work_once(
    context: OperationContext,
) -> None:
    job = await JOBS.create(Job(), context)
    assert (len(job.id), JOBS.state_of(job, context)) == (8, "processing")
    works: list[str] = []

    async def work(job: Job, state: str) -> Job:
        works.append(state)
        return await finish(job, state)

    for expected in ("processing", "completed", "completed"):
        job = await JOBS.poll(job.id, context, work)
        assert JOBS.state_of(job, context) == expected
    assert works == ["processing", "completed"]
    assert (job.result, job.ended, job.polls) == ("done", context.world.clock(), 2)
    assert await JOBS.find(job.id, context.world) == job


async def test_time_brings_an_operation_to_its_end_as_well(context: OperationContext) -> None:
    job = await JOBS.create(Job(), context)
    assert await JOBS.catch_up(job, context, finish) == job
    context.world.clock.advance(3600)
    assert JOBS.state_of(job, context) == "processing", "its work is not done yet"
    job = await JOBS.catch_up(job, context, finish)
    assert (JOBS.state_of(job, context), job.result) == ("completed", "done")


async def test_a_lifecycle_may_end_in_a_failure(context: OperationContext) -> None:
    failing = ResourceOverrides(lifecycles={"video": (State("processing"), State("failed"))})
    context = replace(context, overrides=failing)
    job = await JOBS.create(Job(), context)
    job = await JOBS.poll(job.id, context, finish)
    assert (JOBS.state_of(job, context), job.result, bool(job.ended)) == ("failed", "", True)


async def test_problems_that_the_work_finds_end_an_operation(context: OperationContext) -> None:
    async def work(job: Job, state: str) -> Job:
        return await JOBS.save(replace(job, problems=[{"message": "bad"}]), context.world)

    job = await JOBS.create(Job(), context)
    job = await JOBS.poll(job.id, context, work)
    assert (JOBS.state_of(job, context), job.has_ended) == ("failed", True)


async def test_a_cancellation_goes_through_by_polls_and_ends_the_operation(
    context: OperationContext,
) -> None:
    job = await JOBS.create(Job(), context)
    job = await JOBS.cancel(job.id, context)
    assert JOBS.state_of(job, context) == "cancelling"
    assert await JOBS.cancel(job.id, context) == job
    job = await JOBS.poll(job.id, context, finish)
    assert (JOBS.state_of(job, context), job.result) == ("cancelled", "")
    assert job.ended == context.world.clock()
    with pytest.raises(ApiError, match="has ended"):
        await JOBS.cancel(job.id, context)


async def test_a_cancellation_during_the_work_wins(context: OperationContext) -> None:
    async def work(job: Job, state: str) -> Job:
        await JOBS.cancel(job.id, context)
        return await finish(job, "completed")

    job = await JOBS.create(Job(), context)
    await JOBS.poll(job.id, context, finish)
    job = await JOBS.poll(job.id, context, work)
    assert (job.result, JOBS.state_of(job, context)) == ("", "cancelling")


async def test_an_operation_that_is_deleted_during_the_work_is_not_found(
    context: OperationContext,
) -> None:
    async def work(job: Job, state: str) -> Job:
        await JOBS.records(context.world).delete(job.id)
        return job

    job = await JOBS.create(Job(polls=5), context)
    with pytest.raises(ApiError, match="not found"):
        await JOBS.poll(job.id, context, work)
    with pytest.raises(ApiError, match="not found"):
        await JOBS.poll("unknown", context, work)


async def test_of_two_polls_at_once_only_one_does_the_work(context: OperationContext) -> None:
    works = 0

    async def work(job: Job, state: str) -> Job:
        nonlocal works
        works += 1
        await asyncio.sleep(0)
        return await finish(job, state)

    job = await JOBS.create(Job(polls=5), context)
    polls = [JOBS.poll(job.id, context, work) for _ in range(3)]
    assert [found.result for found in await asyncio.gather(*polls)] == ["done"] * 3
    assert works == 1
