"""Batches: many requests that are answered later, each as if a client had sent it.

mockgem answers a batch when a client looks at it and its time has come. It answers line by line and
writes the output at the same time, so that a large batch never is in memory.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, iter_frames
from mockgem.core.scheduling import yield_control
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.operations import files
from mockgem.operations.batch_lines import iter_lines
from mockgem.operations.batch_output import BatchOutputWriter, create_files, drop_outputs
from mockgem.operations.files import File
from mockgem.operations.long_running import LongRunning, OperationKind
from mockgem.operations.quota import append_blob
from mockgem.operations.webhooks import announce, watch

ID_LENGTH = 36
YIELD_EVERY = 16
"""Lines after which other requests get their turn."""
CANCEL_CHECK_EVERY = 128
"""Lines after which mockgem checks whether a client has cancelled or deleted the batch."""
MAX_PROBLEMS = 20
COMPLETION_WINDOW = 24 * 3600.0
"""Seconds after which a batch of OpenAI's format expires: its `expires_at`."""


@frozen
class Batch(LongRunning):
    """A batch as it is kept. The names of the fields are those of the records in state directories.

    `form` names the dialect and the kind of its lines, and `told` is what only that dialect knows.
    `blob` holds the lines; `file` names the file they are in, unless they came with the request.
    `output` and `errors` name the files with the answers; `inlined` is the blob of answers that the
    batch itself shows. `total` is -1 until the lines are counted.
    """

    form: str = ""
    blob: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    file: str = ""
    total: int = -1
    completed: int = 0
    failed: int = 0
    checked: float = 0.0
    answered: float = 0.0
    output: str = ""
    errors: str = ""
    inlined: str = ""

    @property
    def lifetime(self) -> float:
        """Seconds until it expires: the completion window of OpenAI's format."""
        return COMPLETION_WINDOW if self.form.startswith(("openai", "gateway")) else math.inf


async def announce_end(batch: Batch, context: OperationContext) -> None:
    """Tell webhooks how a batch has ended (documented). Evidence: doc-webhooks."""
    state = BATCHES.state_of(batch, context)
    data: dict[str, Any] = {"id": f"batches/{batch.id}"}
    if state == "completed" and batch.output:
        data["output_file_uri"] = files.FILE_URL + batch.output
    elif state == "failed":
        problem = batch.problems[0] if batch.problems else {}
        data["error_code"] = "invalid_request" if problem else "api_error"
        data["error_message"] = problem.get("message", "The batch failed.")
    word = "succeeded" if state == "completed" else state
    await announce(context.world, f"batch.{word}", data)


BATCHES = OperationKind(
    "batches",
    Batch,
    lifecycle="batch",
    id_length=ID_LENGTH,
    working_state="in_progress",
    final_states=("completed", "failed", "cancelled", "expired"),
    announce_end=announce_end,
)


@frozen
class BatchLineHandler:
    """How one dialect checks and answers lines.

    `check` returns what is wrong with a line, or else its mark, which no other line may have.
    `build_request` returns the request that a line stands for, and `render` the line of output for
    the status and JSON of its answer. `has_single_output`: errors are in the same file as answers.
    """

    check: Callable[[bytes, int, Batch], dict[str, Any] | str]
    build_request: Callable[[Any, Batch], WireRequest]
    render: Callable[[Any, int, Any, Batch], bytes]
    duplicate_error: Callable[[str, int], dict[str, Any]]
    empty_error: dict[str, Any]
    missing_error: dict[str, Any]
    has_single_output: bool = False


HandlerOf = Callable[[str], BatchLineHandler]
"""Return the handler for batches of a form."""


# Create, find, list, delete


async def create_from_file(
    form: str, file: File, told: dict[str, Any], context: OperationContext
) -> Batch:
    """Create a batch of the lines in a file. Raises ApiError (429) if the storage is full."""
    return await BATCHES.create(
        Batch(form=form, blob=file.blob, told=told, file=file.name), context
    )


async def create_from_lines(
    form: str, lines: list[bytes], told: dict[str, Any], context: OperationContext
) -> Batch:
    """Create a batch of lines that came with the request; the batch itself shows their answers.

    Raises ApiError (429) if the storage is full.
    """
    world, blob = context.world, f"in-{os.urandom(8).hex()}"
    await append_blob(world, blob, 0, b"\n".join(lines))
    try:
        await world.blobs.flush(blob)
        batch = Batch(form=form, blob=blob, told=told, total=len(lines))
        return await BATCHES.create(batch, context)
    except ApiError:  # the storage is full
        await world.blobs.delete(blob)
        raise


async def find(name: str, form: str, world: World) -> Batch:
    """Return a batch whose form begins so. Raises ApiError (404) if it does not exist."""
    batch = await BATCHES.find(name, world)
    if not batch.form.startswith(form):
        raise BATCHES.not_found_error(name)
    return batch


async def list_batches(size: int, token: str, form: str, world: World) -> Page[Batch]:
    return await BATCHES.records(world).get_page(
        size, token, lambda batch: batch.form.startswith(form)
    )


async def page_token_after(name: str, form: str, world: World) -> str:
    """Return the token of the page that begins after a batch."""
    return await BATCHES.records(world).token_after((await find(name, form, world)).id)


async def delete(name: str, form: str, world: World) -> None:
    """Delete a batch: its own bytes, then its record. The files that it made stay."""
    batch = await find(name, form, world)
    for blob in (batch.inlined, "" if batch.file else batch.blob):
        if blob:
            await world.blobs.delete(blob)
    await BATCHES.records(world).delete(batch.id)


# Poll and cancel


def state_of(batch: Batch, context: OperationContext) -> str:
    return BATCHES.state_of(batch, context)


async def poll(name: str, form: str, handler_of: HandlerOf, context: OperationContext) -> Batch:
    """Return a batch after one more poll. A scenario may hold its output back for some polls."""
    await find(name, form, context.world)
    batch = await BATCHES.poll(name, context, make_work(handler_of, context))
    if batch.looks < context.overrides.batch_output_polls:
        return replace(batch, output="", errors="", inlined="")
    return batch


async def catch_up(batch: Batch, handler_of: HandlerOf, context: OperationContext) -> Batch:
    """Return a batch for a list: answered if it is old enough."""
    return await BATCHES.catch_up(batch, context, make_work(handler_of, context))


async def cancel(name: str, form: str, context: OperationContext) -> Batch:
    """Cancel a batch. Raises ApiError (400) if it has ended."""
    await find(name, form, context.world)
    return await BATCHES.cancel(name, context)


async def watch_until_end(
    batch: Batch, form: str, handler_of: HandlerOf, context: OperationContext
) -> None:
    """Look after a batch if a webhook wants to know its end: then a client need not poll."""

    async def look() -> bool:
        return (await poll(batch.id, form, handler_of, context)).has_ended

    await watch(context.world, "batch", batch.id, look)


def make_work(
    handler_of: HandlerOf, context: OperationContext
) -> Callable[[Batch, str], Awaitable[Batch]]:
    """Return the work of a batch: check the lines once it is validated, answer them later."""

    async def work(batch: Batch, state: str) -> Batch:
        handler = handler_of(batch.form)
        if state != "validating" and not batch.checked:
            batch = await BATCHES.save(
                await check_lines(batch, handler, context.world), context.world
            )
        if state in ("finalizing", "completed") and batch.is_running and not batch.answered:
            batch = await save_answers(await answer_batch(batch, handler, context), context.world)
        return batch

    return work


async def save_answers(batch: Batch, world: World) -> Batch:
    """Save an answered batch. Answers that no record can name do not stay in the storage."""
    try:
        return await BATCHES.save(batch, world)
    except ApiError:  # the disk is full, or the batch was deleted
        if batch.inlined:
            await world.blobs.delete(batch.inlined)
        raise


# Check


async def check_lines(batch: Batch, handler: BatchLineHandler, world: World) -> Batch:
    """Return a batch with the number of its lines, and with what is wrong with them."""
    problems: list[dict[str, Any]] = []
    marks: set[int] = set()
    total = 0
    async for line in iter_lines(batch.blob, world):
        total += 1
        result = handler.check(line, total, batch)
        if isinstance(result, str):
            if hash(result) in marks:
                problems.append(handler.duplicate_error(result, total))
            marks.add(hash(result))
        else:
            problems.append(result)
        if len(problems) >= MAX_PROBLEMS:
            break
        if total % YIELD_EVERY == 0:
            await yield_control()
    if not total:
        has_file = await has_input(batch, world)
        problems.append(handler.empty_error if has_file else handler.missing_error)
    return with_problems(replace(batch, total=total, checked=world.clock()), problems, world)


def with_problems(batch: Batch, problems: list[dict[str, Any]], world: World) -> Batch:
    return replace(batch, problems=problems, ended=world.clock() if problems else 0.0)


async def has_input(batch: Batch, world: World) -> bool:
    """Return whether the lines are still there; those that came with the request always are."""
    if not batch.file:
        return True
    file = await files.files_in(world).get(batch.file)
    if file is None or file.blob != batch.blob:
        return False
    return await world.blobs.get_size(file.blob) == file.size


# Answer


async def answer_batch(batch: Batch, handler: BatchLineHandler, context: OperationContext) -> Batch:
    """Return a batch with its answers in files. An attempt that fails leaves nothing behind."""
    world, attempt = context.world, os.urandom(4).hex()
    answers = BatchOutputWriter(f"out-{batch.id}-{attempt}", context)
    errors = BatchOutputWriter(f"err-{batch.id}-{attempt}", context)
    if handler.has_single_output:
        errors = answers
    try:
        completed, failed = await answer_lines(batch, handler, answers, errors, context)
    except BaseException:
        await drop_outputs(answers, errors)
        raise
    if completed + failed != batch.total:
        await drop_outputs(answers, errors)
        if await is_cancelled(batch, world):
            return batch
        return with_problems(batch, [handler.missing_error], world)
    batch = replace(batch, completed=completed, failed=failed, answered=world.clock())
    if not batch.file:
        return replace(batch, inlined=answers.blob)
    named = {f"batch-{batch.id}": answers} if completed or handler.has_single_output else {}
    if failed and not handler.has_single_output:
        named[f"batch-errors-{batch.id}"] = errors
    names = await create_files(named)
    output = names.pop(0) if answers in named.values() else ""
    return replace(batch, output=output, errors=names[0] if names else "")


async def answer_lines(
    batch: Batch,
    handler: BatchLineHandler,
    answers: BatchOutputWriter,
    errors: BatchOutputWriter,
    context: OperationContext,
) -> tuple[int, int]:
    """Answer the lines, and return how many were answered and how many refused.

    It stops early if a client cancels or deletes the batch.
    """
    completed = failed = 0
    number = 0
    async for line in iter_lines(batch.blob, context.world):
        number += 1
        content = json.loads(line)
        wire = handler.build_request(content, batch)
        status, body = await dispatch_line(wire, number, context)
        succeeded = status == 200
        completed, failed = completed + succeeded, failed + (not succeeded)
        await (answers if succeeded else errors).write(handler.render(content, status, body, batch))
        if number % YIELD_EVERY == 0:
            await yield_control()
        if number % CANCEL_CHECK_EVERY == 0 and await is_cancelled(batch, context.world):
            return completed, failed
    await answers.flush()
    await errors.flush()
    return completed, failed


async def is_cancelled(batch: Batch, world: World) -> bool:
    """Return whether a client has cancelled a batch. Raises ApiError (404) if it was deleted."""
    return bool((await find(batch.id, "", world)).cancelled)


async def dispatch_line(
    wire: WireRequest, number: int, context: OperationContext
) -> tuple[int, Any]:
    """Return the status and the JSON of the answer to a line.

    Raises ApiError (404) if the world was deleted meanwhile.
    """
    dispatch = context.world.dispatch
    if dispatch is None:
        raise BATCHES.not_found_error(context.world.name)
    fail_line = context.overrides.line_failure
    wire.is_internal = True
    if fail_line is not None:
        wire.line_failure = lambda _: fail_line(number)
    response = await dispatch(wire)
    async with aclosing(iter_frames(response.body)) as frames:
        data = b"".join([frame.data async for frame in frames])
    return response.status, json.loads(data)
