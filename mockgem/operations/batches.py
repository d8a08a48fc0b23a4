"""Batches: many requests in a file, answered later. What is answered is what the front door would answer at once.

A batch is answered when it is looked at and its time has come, line by line, and its output is written as it is made.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, iter_frames
from mockgem.core.lifecycle import find_state_index
from mockgem.core.scheduling import yield_control
from mockgem.core.store import Collection, Page
from mockgem.core.world import World
from mockgem.operations import files
from mockgem.operations.files import File
from mockgem.operations.generators.ids import insert_with_new_id
from mockgem.operations.quota import append_blob, check_quota

ID_LENGTH = 36
YIELD_EVERY = 16
CANCEL_CHECK_EVERY = 128
"""Lines after which others have their turn."""
WRITE_BUFFER_SIZE = 1 << 18
MAX_LINE_BYTES = 64 * 2**20
MAX_ERRORS = 20


@frozen
class Batch:
    """A batch as it is kept. `form` tells which dialect's lines it is made of; `told` is what only that dialect knows.

    `blob` holds the lines; `file` names the file they are in, if they did not come with the request. `output` and
    `errors` name the files that were made, `inlined` the bytes of answers that are shown in the batch itself; `problems`
    are why it failed. Times are seconds, 0 where something has not happened.
    `polls` counts how often it was looked at, `looks` how often since it ended.
    """

    id: str
    form: str
    blob: str
    created: float
    told: dict[str, Any]
    file: str = ""
    polls: int = 0
    total: int = -1
    completed: int = 0
    failed: int = 0
    checked: float = 0.0
    answered: float = 0.0
    ended: float = 0.0
    cancelled: float = 0.0
    polls_then: int = 0
    output: str = ""
    errors: str = ""
    inlined: str = ""
    looks: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)


@frozen
class BatchLineHandler:
    """How one dialect's lines are checked and answered.

    `check` gives what is wrong with a line, if anything, or the mark that no other line may have. `answer` gives a line of
    output, and whether it is one of success.
    """

    check: Callable[[bytes, int, Batch], dict[str, Any] | str]
    answer: Callable[[bytes, Batch, World], Awaitable[tuple[bytes, bool]]]
    duplicate_error: Callable[[str, int], dict[str, Any]]
    empty_error: dict[str, Any]
    missing_error: dict[str, Any]
    has_single_output: bool = False


def batches_in(world: World) -> Collection[Batch]:
    return Collection(world.store, "batches", Batch)


def create_from_file(
    form: str, file: File, told: dict[str, Any], occasion: OperationContext
) -> Batch:
    """A batch of the lines in an uploaded file. Raises ApiError (429) where there is no room for another batch."""
    world = occasion.world
    check_quota(0, world)
    batch = Batch("", form, file.blob, world.clock(), told, file=file.name)
    return insert_with_new_id(batch, "id", ID_LENGTH, batches_in(world), occasion)


def create_from_lines(
    form: str, lines: list[bytes], told: dict[str, Any], occasion: OperationContext
) -> Batch:
    """A batch of lines that came with the request; its answers are shown in itself. Raises ApiError (429) likewise."""
    world, blob = occasion.world, f"in-{os.urandom(8).hex()}"
    append_blob(world, blob, 0, b"\n".join(lines))
    world.blobs.flush(blob)
    batch = Batch("", form, blob, world.clock(), told, total=len(lines))
    return insert_with_new_id(batch, "id", ID_LENGTH, batches_in(world), occasion)


def find(name: str, form: str, world: World) -> Batch:
    """A batch of one form. Raises ApiError (404) if there is none."""
    batch = batches_in(world).get(name)
    if batch is None or not batch.form.startswith(form):
        raise batch_not_found_error(name)
    return batch


def batch_not_found_error(name: str) -> ApiError:
    return ApiError(
        Failure(
            Code.NOT_FOUND,
            "Requested entity was not found.",
            reason="batch_not_found",
            context={"name": name},
        )
    )


def list_batches(size: int, token: str, form: str, world: World) -> Page[Batch]:
    return batches_in(world).get_page(size, token, lambda batch: batch.form.startswith(form))


def page_token_after(name: str, form: str, world: World) -> str:
    """The token of the page that begins behind a batch."""
    return batches_in(world).token_after(find(name, form, world).id)


def state_of(batch: Batch, world: World) -> str:
    """Where its life has come to: validating, in_progress, completed, failed, cancelling, cancelled, expired."""
    if batch.problems:
        return "failed"
    if batch.cancelled:
        life = world.lifecycles["cancel"]
        return life[
            find_state_index(life, batch.polls - batch.polls_then, world.clock() - batch.cancelled)
        ].state
    state = scheduled_state(batch, world)
    return "in_progress" if state == "completed" and not batch.ended else state


def scheduled_state(batch: Batch, world: World) -> str:
    """The state its age and the times it was asked for bring it to, whether or not the work is done."""
    life = world.lifecycles["batch"]
    return life[find_state_index(life, batch.polls, world.clock() - batch.created)].state


async def poll(
    name: str, form: str, work: Callable[[str], BatchLineHandler], world: World
) -> Batch:
    """A batch, a step on for having been looked at; what its new state needs is done before it is shown."""
    find(name, form, world)
    async with get_lock(name, world):
        batch = batches_in(world).update(name, lambda one: record_poll(one, world))
        if batch is None:
            raise batch_not_found_error(name)
        return withhold_output(await advance(batch, work(batch.form), world), world)


def record_poll(batch: Batch, world: World) -> Batch | None:
    if has_ended(batch):
        return replace(batch, looks=batch.looks + 1) if world.overrides.batch_output_polls else None
    return replace(batch, polls=batch.polls + 1)


def withhold_output(batch: Batch, world: World) -> Batch:
    """A batch without its output as long as a scenario holds that back."""
    return (
        replace(batch, output="", errors="", inlined="")
        if batch.looks < world.overrides.batch_output_polls
        else batch
    )


def get_lock(name: str, world: World) -> asyncio.Lock:
    """Held by whoever brings a batch on. It is there as long as somebody holds or wants it."""
    lock: asyncio.Lock = world.locks.get(name) or asyncio.Lock()
    world.locks[name] = lock
    return lock


def has_ended(batch: Batch) -> bool:
    return bool(batch.ended or batch.problems)


async def catch_up(batch: Batch, work: Callable[[str], BatchLineHandler], world: World) -> Batch:
    """A batch as it is to be shown in a list: what its age asks for is done, but it was not looked at."""
    if has_ended(batch) or scheduled_state(batch, world) in UNFINISHED:
        return batch
    async with get_lock(batch.id, world):
        return await advance(find(batch.id, "", world), work(batch.form), world)


async def advance(batch: Batch, work: BatchLineHandler, world: World) -> Batch:
    """Checked once it is validated, answered once its time has come."""
    if has_ended(batch) or batch.cancelled:
        return finish_cancellation(batch, world)
    state = scheduled_state(batch, world)
    if state != "validating" and not batch.checked:
        batch = save_progress(await check_lines(batch, work, world), world)
    if (
        state in ("finalizing", "completed")
        and not has_ended(batch)
        and not batch.answered
        and not batch.cancelled
    ):
        batch = save_progress(await answer_batch(batch, work, world), world)
    if has_ended(batch) or batch.cancelled or state in UNFINISHED:
        return batch
    return save_progress(replace(batch, ended=world.clock()), world)


UNFINISHED = ("validating", "in_progress", "finalizing")


def finish_cancellation(batch: Batch, world: World) -> Batch:
    if batch.cancelled and not batch.ended and state_of(batch, world) == "cancelled":
        ended = world.clock()
        return batches_in(world).update(batch.id, lambda now: replace(now, ended=ended)) or batch
    return batch


def save_progress(batch: Batch, world: World) -> Batch:
    """A batch with what was done for it, unless it was cancelled meanwhile. Raises ApiError if it was deleted."""
    found = batches_in(world).update(
        batch.id, lambda now: None if now.cancelled or has_ended(now) else batch
    )
    if found is None:
        raise batch_not_found_error(batch.id)
    return found


def cancel(name: str, form: str, world: World) -> Batch:
    """Raises ApiError where it has ended already."""
    if has_ended(find(name, form, world)):
        message = f"Batch {name} can't be cancelled: it has ended."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="batch_ended"))
    now = world.clock()

    def mark_cancelled(batch: Batch) -> Batch | None:
        return (
            None
            if batch.cancelled or has_ended(batch)
            else replace(batch, cancelled=now, polls_then=batch.polls)
        )

    found = batches_in(world).update(name, mark_cancelled)
    if found is None:
        raise batch_not_found_error(name)
    return found


def delete(name: str, form: str, world: World) -> None:
    """With the bytes that are its own; the files it made stay as long as files do."""
    batch = find(name, form, world)
    batches_in(world).delete(batch.id)
    for blob in (batch.inlined, "" if batch.file else batch.blob):
        if blob:
            world.blobs.delete(blob)


async def dispatch_line(wire: WireRequest, world: World) -> tuple[int, Any]:
    """The status and the JSON of a line's answer. Raises ApiError if the world was emptied meanwhile."""
    if world.dispatch is None:
        raise batch_not_found_error(world.name)
    wire.is_internal, wire.line_failure = True, world.overrides.line_failure
    response = await world.dispatch(wire)
    async with aclosing(iter_frames(response.body)) as frames:
        data = b"".join([frame.data async for frame in frames])
    return response.status, json.loads(data)


def iter_lines(blob: str, world: World) -> Iterator[bytes]:
    """The lines that are not empty, one by one. Raises ApiError if one of them is far too long."""
    rest = b""
    for piece in world.blobs.iter_chunks(blob):
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line for line in map(bytes.strip, whole) if line)
        if len(rest) > MAX_LINE_BYTES:
            raise invalid(
                f"A line of the batch is longer than {MAX_LINE_BYTES} bytes.", "batch_line"
            )
    if rest.strip():
        yield rest.strip()


async def check_lines(batch: Batch, work: BatchLineHandler, world: World) -> Batch:
    """With its lines counted; with what is wrong with them, if anything is."""
    problems: list[dict[str, Any]] = []
    marks: set[int] = set()
    total = 0
    for line in iter_lines(batch.blob, world):
        total += 1
        found = work.check(line, total, batch)
        if isinstance(found, str):
            if hash(found) in marks:
                problems.append(work.duplicate_error(found, total))
            marks.add(hash(found))
        else:
            problems.append(found)
        if len(problems) >= MAX_ERRORS:
            break
        if total % YIELD_EVERY == 0:
            await yield_control()
    if not total:
        problems.append(work.empty_error if has_input(batch, world) else work.missing_error)
    return with_problems(replace(batch, total=total, checked=world.clock()), problems, world)


def with_problems(batch: Batch, problems: list[dict[str, Any]], world: World) -> Batch:
    return replace(batch, problems=problems, ended=world.clock() if problems else 0.0)


def has_input(batch: Batch, world: World) -> bool:
    """Whether the file a batch was made of is still there; what came with the request always is."""
    if not batch.file:
        return True
    file = files.files_in(world).get(batch.file)
    return file is not None and file.blob == batch.blob


async def answer_batch(batch: Batch, work: BatchLineHandler, world: World) -> Batch:
    """With all lines answered, and the answers in files. An attempt that is given up leaves nothing behind."""
    attempt = os.urandom(4).hex()
    good, bad = (
        BatchOutputWriter(f"out-{batch.id}-{attempt}", world),
        BatchOutputWriter(f"err-{batch.id}-{attempt}", world),
    )
    try:
        done = await answer_lines(batch, work, good, bad, world)
    except BaseException:
        good.drop()
        bad.drop()
        raise
    if sum(done) != batch.total:
        good.drop()
        bad.drop()
        return (
            batch
            if find(batch.id, "", world).cancelled
            else with_problems(batch, [work.missing_error], world)
        )
    batch = replace(batch, completed=done[1], failed=done[0], answered=world.clock())
    if not batch.file:
        return replace(batch, inlined=good.blob)
    output = (
        await good.create_file(f"batch-{batch.id}") if done[1] or work.has_single_output else ""
    )
    errors = (
        await bad.create_file(f"batch-errors-{batch.id}")
        if done[0] and not work.has_single_output
        else ""
    )
    return replace(batch, output=output, errors=errors)


async def answer_lines(
    batch: Batch,
    work: BatchLineHandler,
    good: BatchOutputWriter,
    bad: BatchOutputWriter,
    world: World,
) -> list[int]:
    """How many lines were refused and how many answered. Stops where the batch is cancelled or deleted meanwhile."""
    done = [0, 0]
    for number, line in enumerate(iter_lines(batch.blob, world), start=1):
        answer, success = await work.answer(line, batch, world_for_line(number, world))
        done[success] += 1
        (good if success or work.has_single_output else bad).write(answer)
        if number % YIELD_EVERY == 0:
            await yield_control()
        if number % CANCEL_CHECK_EVERY == 0 and find(batch.id, "", world).cancelled:
            return done
    good.flush()
    bad.flush()
    return done


def world_for_line(number: int, world: World) -> World:
    """The world as a batch's so-manieth line finds it: in some scenarios it fails."""
    fate = world.overrides.line_failure
    if fate is None:
        return world
    return replace(world, overrides=replace(world.overrides, line_failure=lambda _: fate(number)))


class BatchOutputWriter:
    """Lines into a blob, some hundred kilobytes at a time."""

    def __init__(self, blob: str, world: World) -> None:
        self.blob = blob
        self.world = world
        self.offset = 0
        self.buffer = bytearray()

    def write(self, line: bytes) -> None:
        self.buffer += line + b"\n"
        if len(self.buffer) >= WRITE_BUFFER_SIZE:
            self.flush()

    def flush(self) -> None:
        """Raises ApiError (429) where there is no room."""
        if self.buffer:
            append_blob(self.world, self.blob, self.offset, bytes(self.buffer))
            self.offset += len(self.buffer)
            self.buffer.clear()

    def drop(self) -> None:
        self.world.blobs.delete(self.blob)

    async def create_file(self, name: str) -> str:
        self.world.blobs.flush(self.blob)
        return (
            await files.create_generated_file(
                name, name, "application/jsonl", self.blob, self.world
            )
        ).name
