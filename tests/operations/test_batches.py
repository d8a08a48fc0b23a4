"""Batches as operations: their output, their limits, and the handling of the lines."""

from __future__ import annotations

import json

import pytest

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError
from mockgem.core.store import read_blob
from mockgem.core.world import World
from mockgem.operations import batch_lines, batches
from mockgem.operations.batch_output import BatchOutputWriter
from mockgem.operations.batches import BATCHES, Batch
from tests.asking import Asker
from tests.dialects.openai.test_batches import (
    create_batch,
    finish_batch,
    line,
    lines_in,
    poll_batch,
    post,
)

BUFFER = 1 << 18


@pytest.fixture
def context() -> OperationContext:
    return OperationContext(Asker().world, key=b"key")


async def collect_lines(blob: str, world: World) -> list[bytes]:
    return [found async for found in batch_lines.iter_lines(blob, world)]


async def test_output_is_written_when_256_kib_are_buffered(context: OperationContext) -> None:
    writer = BatchOutputWriter("out", context)
    size = context.world.blobs.get_size
    await writer.write(b"a" * (BUFFER - 2))
    assert await size("out") == 0, "a byte is missing"
    await writer.write(b"")
    assert await size("out") == BUFFER
    await writer.write(b"b" * 10)
    assert await size("out") == BUFFER
    await writer.write(b"c" * BUFFER)
    assert await size("out") == 2 * BUFFER + 12
    await writer.write(b"d")
    await writer.flush()
    await writer.flush()
    written = await read_blob(context.world.blobs, "out")
    expected = [b"a" * (BUFFER - 2), b"", b"b" * 10, b"c" * BUFFER, b"d"]
    assert written.split(b"\n") == [*expected, b""]


async def test_output_becomes_a_file_of_json_lines(context: OperationContext) -> None:
    writer = BatchOutputWriter("out", context)
    await writer.write(b"{}")
    await writer.flush()
    name = await writer.create_file("batch-x")
    file = await batches.files.files_in(context.world).get(name.removeprefix("files/"))
    assert file is not None
    assert (file.name, file.display_name, file.mime_type, file.size) == (
        "batch-x",
        "batch-x",
        "application/jsonl",
        3,
    )


async def test_lines_that_came_with_the_request_are_kept_whole(context: OperationContext) -> None:
    batch = await batches.create_from_lines("form", [b'{"a": 1}', b"{}"], {"model": "m"}, context)
    assert await collect_lines(batch.blob, context.world) == [b'{"a": 1}', b"{}"]
    assert await read_blob(context.world.blobs, batch.blob) == b'{"a": 1}\n{}'
    assert (batch.total, batch.completed, batch.failed, batch.ended) == (2, 0, 0, 0.0)
    assert (batch.form, batch.told, batch.file, len(batch.id)) == ("form", {"model": "m"}, "", 36)


async def test_a_batch_is_found_by_its_form_alone(context: OperationContext) -> None:
    batch = await batches.create_from_lines("openai chat", [b"{}"], {}, context)
    world = context.world
    assert await batches.find(batch.id, "openai", world) == batch
    for name, form in ((batch.id, "gemini"), ("other", "openai")):
        with pytest.raises(ApiError) as refused:
            await batches.find(name, form, world)
        failure = refused.value.failure
        assert (failure.message, failure.reason) == (
            "Requested entity was not found.",
            "batch_not_found",
        )
        assert failure.context == {"name": name}
    page = await batches.list_batches(10, "", "gemini", world)
    assert page.items == []
    page = await batches.list_batches(10, "", "openai", world)
    assert page.items == [batch]


async def test_a_deleted_batch_leaves_no_bytes(context: OperationContext) -> None:
    world = context.world
    batch = await batches.create_from_lines("form", [b"{}"], {}, context)
    await world.blobs.append("answers", 0, b"answers")
    await BATCHES.records(world).put(batch.id, Batch(**{**vars_of(batch), "inlined": "answers"}))
    await batches.delete(batch.id, "form", world)
    assert await world.blobs.count_bytes() == 0
    with pytest.raises(ApiError, match="not found"):
        await batches.find(batch.id, "form", world)


def vars_of(batch: Batch) -> dict[str, object]:
    return {name: getattr(batch, name) for name in batch.__dataclass_fields__}


async def test_empty_lines_are_no_lines_and_the_last_one_needs_no_end(
    context: OperationContext,
) -> None:
    await context.world.blobs.append("in", 0, b"\n  a \r\n\n \nb\n   c ")
    assert await collect_lines("in", context.world) == [b"a", b"b", b"c"]


async def test_a_line_that_is_too_long_is_refused(
    context: OperationContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert batch_lines.MAX_LINE_BYTES == 64 * 2**20
    monkeypatch.setattr(batch_lines, "MAX_LINE_BYTES", 2_000_000)
    await context.world.blobs.append("in", 0, b"short\n" + b"x" * 2_000_000)
    assert [len(found) for found in await collect_lines("in", context.world)] == [5, 2_000_000]
    await context.world.blobs.append("in", 2_000_006, b"x")
    with pytest.raises(ApiError) as refused:
        await collect_lines("in", context.world)
    failure = refused.value.failure
    assert failure.message == "A line of the batch is longer than 2000000 bytes."
    assert failure.reason == "batch_line"


# Through the API


def test_a_batch_with_more_output_than_the_buffer() -> None:
    asker = Asker()
    text = "x" * 1000
    body = {"model": "gemini-embedding-001", "input": text}
    lines = [line(number, body, "/v1/embeddings") for number in range(24)]
    done = finish_batch(asker, create_batch(asker, *lines, url="/v1/embeddings"))
    assert done["request_counts"] == {"total": 24, "completed": 24, "failed": 0}
    rows = lines_in(asker, done["output_file_id"])
    assert sum(len(json.dumps(row)) for row in rows) > 2 * BUFFER
    assert [row["custom_id"] for row in rows] == [f"request-{number}" for number in range(24)]


def test_a_batch_of_many_lines_is_answered_to_its_end() -> None:
    asker = Asker()
    body = {"model": "gemini-embedding-001", "input": "a", "dimensions": 1}
    lines = [line(number, body, "/v1/embeddings") for number in range(130)]
    done = finish_batch(asker, create_batch(asker, *lines, url="/v1/embeddings"))
    assert (done["status"], done["request_counts"]["completed"]) == ("completed", 130)


def test_at_most_twenty_problems_are_reported() -> None:
    asker = Asker()
    done = finish_batch(asker, create_batch(asker, *[b"no json"] * 30))
    assert [problem["line"] for problem in done["errors"]["data"]] == list(range(1, 21))


def test_a_cancelled_batch_ends_when_its_cancellation_does() -> None:
    asker = Asker()
    batch = create_batch(asker, line(1))
    asker.world.clock.advance(2)
    cancelled = post(asker, f"/batches/{batch['id']}/cancel").json
    started = asker.world.clock()
    assert cancelled["status"] == "cancelling"
    assert cancelled["cancelling_at"] == int(started)
    asker.world.clock.advance(3)
    ended = poll_batch(asker, batch)
    assert (ended["status"], ended["cancelling_at"]) == ("cancelled", int(started))
    assert ended["cancelled_at"] == int(asker.world.clock())
    assert "output_file_id" not in ended
    asker.world.clock.advance(100)
    assert poll_batch(asker, batch) == ended
