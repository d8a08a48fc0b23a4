"""Batches: many requests in a file, answered later. What is answered is what the front door would answer at once.

A batch is answered when it is looked at and its time has come, line by line, and its output is written as it is made.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mockgem.core.call import Occasion
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.lifecycle import reached
from mockgem.core.pace import turn
from mockgem.core.store import BadPageToken, Collection, Page
from mockgem.core.values import value
from mockgem.core.world import World
from mockgem.operations import files
from mockgem.operations.luck import fresh_name

ID_LENGTH = 36
BREATH = 16
"""Lines after which others have their turn."""
PIECE = 1 << 18
LONGEST_LINE = 64 * 2**20
MOST_ERRORS = 20


@dataclass(slots=True)
class Batch:
    """A batch as it is kept. `form` tells which dialect's lines it is made of; `told` is what only that dialect knows.

    `blob` holds the lines, `output` and `errors` name the files that were made; `problems` are why it failed. Times are
    seconds, 0 where something has not happened. `polls` counts how often it was looked at.
    """

    id: str
    form: str
    blob: str
    created: float
    told: dict[str, Any]
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
    problems: list[dict[str, Any]] = field(default_factory=list)


@value
class Work:
    """How one dialect's lines are checked and answered.

    `check` gives what is wrong with a line, if anything, or the mark that no other line may have. `answer` gives a line of
    output, and whether it is one of success.
    """

    check: Callable[[bytes, int, Batch], dict[str, Any] | str]
    answer: Callable[[bytes, Batch, World], Awaitable[tuple[bytes, bool]]]
    duplicate: Callable[[str, int], dict[str, Any]]
    empty: dict[str, Any]
    one_file: bool = False


def batches_in(world: World) -> Collection[Batch]:
    return Collection(world.store, "batches", Batch)


def fresh(occasion: Occasion) -> str:
    """An id that no batch has."""
    world = occasion.world
    return fresh_name(occasion, ID_LENGTH, lambda name: batches_in(world).get(name) is not None)


def create(name: str, form: str, blob: str, told: dict[str, Any], world: World, total: int = -1) -> Batch:
    """`total` is how many lines there are, where that is known before they are checked."""
    return saved(Batch(name, form, blob, world.clock(), told, total=total), world)


def find(name: str, form: str, world: World) -> Batch:
    """A batch of one form. Raises ApiError (404) if there is none."""
    batch = batches_in(world).get(name)
    if batch is None or not batch.form.startswith(form):
        raise unknown(name)
    return batch


def unknown(name: str) -> ApiError:
    return ApiError(
        Failure(Code.NOT_FOUND, "Requested entity was not found.", reason="batch_not_found", facts={"name": name})
    )


def listed(size: int, token: str, form: str, world: World) -> Page[Batch]:
    try:
        return batches_in(world).page(size, token, lambda batch: batch.form.startswith(form))
    except BadPageToken:
        raise invalid("Request contains an invalid argument.", "page_token") from None


def state_of(batch: Batch, world: World) -> str:
    """Where its life has come to: validating, in_progress, completed, failed, cancelling, cancelled, expired."""
    if batch.problems:
        return "failed"
    if batch.cancelled:
        life = world.lifecycles["cancel"]
        return life[reached(life, batch.polls - batch.polls_then, world.clock() - batch.cancelled)].state
    state = due(batch, world)
    return "in_progress" if state == "completed" and not batch.ended else state


def due(batch: Batch, world: World) -> str:
    """The state its age and the times it was asked for bring it to, whether or not the work is done."""
    life = world.lifecycles["batch"]
    return life[reached(life, batch.polls, world.clock() - batch.created)].state


async def look(name: str, form: str, work: Callable[[str], Work], world: World) -> Batch:
    """A batch, a step on for having been looked at; what its new state needs is done before it is shown."""
    find(name, form, world)
    async with world.locks.setdefault(f"batch {name}", asyncio.Lock()):
        batch = batches_in(world).change(name, lambda one: None if over(one) else replace(one, polls=one.polls + 1))
        if batch is None:
            raise unknown(name)
        return await brought_on(batch, work(batch.form), world)


def over(batch: Batch) -> bool:
    return bool(batch.ended or batch.problems)


async def brought_on(batch: Batch, work: Work, world: World) -> Batch:
    """Checked once it is validated, answered once its time has come."""
    if over(batch) or batch.cancelled:
        return closed(batch, world)
    state = due(batch, world)
    if state != "validating" and not batch.checked:
        batch = saved(await checked(batch, work, world), world)
    if state in ("finalizing", "completed") and not over(batch) and not batch.answered:
        batch = saved(await answered(batch, work, world), world)
    if over(batch) or state in UNFINISHED:
        return batch
    return saved(replace(batch, ended=world.clock()), world)


UNFINISHED = ("validating", "in_progress", "finalizing")


def closed(batch: Batch, world: World) -> Batch:
    if batch.cancelled and not batch.ended and state_of(batch, world) == "cancelled":
        return saved(replace(batch, ended=world.clock()), world)
    return batch


def saved(batch: Batch, world: World) -> Batch:
    batches_in(world).put(batch.id, batch)
    return batch


def cancel(name: str, form: str, world: World) -> Batch:
    """Raises ApiError where it has ended already."""
    batch = find(name, form, world)
    if over(batch):
        message = f"Batch {name} can't be cancelled: it has ended."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="batch_ended"))
    if batch.cancelled:
        return batch
    return saved(replace(batch, cancelled=world.clock(), polls_then=batch.polls), world)


def delete(name: str, form: str, world: World) -> None:
    batches_in(world).delete(find(name, form, world).id)


def lines_of(blob: str, world: World) -> Iterator[bytes]:
    """The lines that are not empty, one by one. Raises ApiError if one of them is far too long."""
    rest = b""
    for piece in world.blobs.pieces(blob):
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line for line in map(bytes.strip, whole) if line)
        if len(rest) > LONGEST_LINE:
            raise invalid(f"A line of the batch is longer than {LONGEST_LINE} bytes.", "batch_line")
    if rest.strip():
        yield rest.strip()


async def checked(batch: Batch, work: Work, world: World) -> Batch:
    """With its lines counted; with what is wrong with them, if anything is."""
    problems: list[dict[str, Any]] = []
    marks: set[int] = set()
    total = 0
    for line in lines_of(batch.blob, world):
        total += 1
        found = work.check(line, total, batch)
        if isinstance(found, str):
            if hash(found) in marks:
                problems.append(work.duplicate(found, total))
            marks.add(hash(found))
        else:
            problems.append(found)
        if len(problems) >= MOST_ERRORS:
            break
        if total % BREATH == 0:
            await turn()
    now = world.clock()
    if not total:
        problems.append(work.empty)
    return replace(batch, total=total, checked=now, problems=problems, ended=now if problems else 0.0)


async def answered(batch: Batch, work: Work, world: World) -> Batch:
    """With all lines answered, and the answers in files."""
    good, bad = Writer(f"out-{batch.id}", world), Writer(f"err-{batch.id}", world)
    done = [0, 0]
    for number, line in enumerate(lines_of(batch.blob, world), start=1):
        answer, success = await work.answer(line, batch, world)
        done[success] += 1
        (good if success or work.one_file else bad).write(answer)
        if number % BREATH == 0:
            await turn()
    output = good.file(f"batch-{batch.id}") if done[1] or work.one_file else ""
    errors = bad.file(f"batch-errors-{batch.id}") if done[0] and not work.one_file else ""
    return replace(batch, completed=done[1], failed=done[0], output=output, errors=errors, answered=world.clock())


class Writer:
    """Lines into a blob, some hundred kilobytes at a time. What an earlier attempt left there is overwritten."""

    def __init__(self, blob: str, world: World) -> None:
        self.blob = blob
        self.world = world
        self.at = 0
        self.held = bytearray()

    def write(self, line: bytes) -> None:
        self.held += line + b"\n"
        if len(self.held) >= PIECE:
            self.flush()

    def flush(self) -> None:
        files.keep(self.world, self.blob, self.at, bytes(self.held))
        self.at += len(self.held)
        self.held.clear()

    def file(self, name: str) -> str:
        self.flush()
        return files.made(name, name, "application/jsonl", self.blob, self.world).name
