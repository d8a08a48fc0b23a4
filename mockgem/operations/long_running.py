"""Long-running operations: a client starts one, polls it until it has ended, and may cancel it.

Nothing runs in the background. The lifecycle of an operation defines its state after some polls or
some time, and mockgem does the work of that state when a client polls. Videos and batches differ in
their records and in their work; everything else is here.
"""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import field, replace
from typing import Any, Generic, TypeVar

from mockgem.core.call import OperationContext
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations.generators.ids import insert_with_new_id
from mockgem.operations.quota import check_quota


@frozen
class LongRunning:
    """What every long-running operation keeps. Times are seconds since 1970, 0 before they come.

    `polls` counts the polls before the end, `polls_then` those before the cancellation, and `looks`
    the polls after the end, as far as a scenario needs them. `problems` are why it failed, and
    `forced` is the state to which a tester brought it.
    """

    id: str = ""
    created: float = 0.0
    polls: int = 0
    ended: float = 0.0
    cancelled: float = 0.0
    polls_then: int = 0
    looks: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    forced: str = ""

    @property
    def lifetime(self) -> float:
        """Seconds after which it expires if it has not ended."""
        return math.inf

    @property
    def has_ended(self) -> bool:
        return bool(self.ended or self.problems)

    @property
    def is_running(self) -> bool:
        """Whether there is still work to do."""
        return not (self.has_ended or self.cancelled)


Operation = TypeVar("Operation", bound=LongRunning)
Work = Callable[[Operation, str], Awaitable[Operation]]
"""Do what an operation needs in a state, and return it with the results."""


class OperationKind(Generic[Operation]):
    """One kind of long-running operation.

    Args:
        collection: The name of the collection of records.
        record_type: The dataclass of the records.
        lifecycle: The name of the lifecycle, which also begins the reasons of errors.
        id_length: Characters of an id.
        working_state: The state until the work is done.
        final_states: The states in which an operation has ended.
        announce_end: Tells others that an operation has ended.
    """

    def __init__(
        self,
        collection: str,
        record_type: type[Operation],
        lifecycle: str,
        id_length: int,
        working_state: str,
        final_states: tuple[str, ...],
        announce_end: Callable[[Operation, OperationContext], Awaitable[None]] | None = None,
    ) -> None:
        self.collection = collection
        self.record_type = record_type
        self.lifecycle = lifecycle
        self.id_length = id_length
        self.working_state = working_state
        self.final_states = final_states
        self.announce_end = announce_end

    def records(self, world: World) -> Collection[Operation]:
        return Collection(world.store, self.collection, self.record_type)

    async def create(self, operation: Operation, context: OperationContext) -> Operation:
        """Start an operation, and return it with its id.

        Raises ApiError (429) if the storage is full.
        """
        await check_quota(0, context.world)
        operation = replace(operation, created=context.world.clock())
        records = self.records(context.world)
        return await insert_with_new_id(operation, "id", self.id_length, records, context)

    async def find(self, name: str, world: World) -> Operation:
        """Return an operation without polling it. Raises ApiError (404) if it does not exist."""
        operation = await self.records(world).get(name)
        if operation is None:
            raise self.not_found_error(name)
        return operation

    def not_found_error(self, name: str) -> ApiError:
        message, reason = "Requested entity was not found.", f"{self.lifecycle}_not_found"
        return ApiError(Failure(Code.NOT_FOUND, message, reason=reason, context={"name": name}))

    # States

    def state_of(self, operation: Operation, context: OperationContext) -> str:
        """Return the state to show. Without its results an operation is not completed."""
        if operation.problems:
            return "failed"
        if operation.cancelled:
            elapsed = max(context.world.clock(), operation.ended) - operation.cancelled
            polls = operation.polls - operation.polls_then
            return find_state(context.get_lifecycle("cancel"), polls, elapsed)
        state = self.scheduled_state(operation, context)
        return self.working_state if state == "completed" and not operation.ended else state

    def scheduled_state(self, operation: Operation, context: OperationContext) -> str:
        """Return the state that age and polls lead to, whether or not the work is done.

        What has ended stays so if the clock is set back.
        """
        if operation.forced:
            return operation.forced
        elapsed = max(context.world.clock(), operation.ended) - operation.created
        state = find_state(context.get_lifecycle(self.lifecycle), operation.polls, elapsed)
        is_late = elapsed >= operation.lifetime and state not in self.final_states
        return "expired" if is_late else state

    # Poll and cancel

    async def poll(self, name: str, context: OperationContext, work: Work[Operation]) -> Operation:
        """Count a poll, do the work of the new state, and return the operation.

        Of several polls at once only one does the work; the others wait for it.
        """
        await self.find(name, context.world)
        async with context.world.locks.hold(self.lock_name_of(name)):
            operation = await self.records(context.world).update(
                name, lambda current: self.count_poll(current, context)
            )
            if operation is None:
                raise self.not_found_error(name)
            return await self.advance(operation, context, work)

    def count_poll(self, operation: Operation, context: OperationContext) -> Operation | None:
        """Return the operation after one more poll; None if the poll has no effect."""
        if operation.has_ended:
            counts = context.overrides.batch_output_polls
            return replace(operation, looks=operation.looks + 1) if counts else None
        return replace(operation, polls=operation.polls + 1)

    async def catch_up(
        self, operation: Operation, context: OperationContext, work: Work[Operation]
    ) -> Operation:
        """Return an operation for a list: its age may end it, but this is not a poll."""
        is_due = self.scheduled_state(operation, context) in self.final_states
        if operation.has_ended or not is_due:
            return operation
        async with context.world.locks.hold(self.lock_name_of(operation.id)):
            current = await self.find(operation.id, context.world)
            return await self.advance(current, context, work)

    async def advance(
        self, operation: Operation, context: OperationContext, work: Work[Operation]
    ) -> Operation:
        """Do the work of an operation's state, end it in a final state, and announce the end."""
        advanced = await self.do_work(operation, context, work)
        if self.announce_end is not None and advanced.has_ended and not operation.has_ended:
            await self.announce_end(advanced, context)
        return advanced

    async def do_work(
        self, operation: Operation, context: OperationContext, work: Work[Operation]
    ) -> Operation:
        """Do the work of an operation's state, and end it in a final state."""
        if not operation.is_running:
            return await self.finish_cancellation(operation, context)
        state = self.scheduled_state(operation, context)
        operation = await work(operation, state)
        if not operation.is_running or state not in self.final_states:
            return operation
        return await self.save(replace(operation, ended=context.world.clock()), context.world)

    async def save(self, operation: Operation, world: World) -> Operation:
        """Save what the work has done, and return the operation as it is now.

        A client may have cancelled it meanwhile; then the work is lost. Raises ApiError (404) if it
        was deleted.
        """
        saved = await self.records(world).update(
            operation.id, lambda current: operation if current.is_running else None
        )
        if saved is None:
            raise self.not_found_error(operation.id)
        return saved

    async def cancel(self, name: str, context: OperationContext) -> Operation:
        """Cancel an operation.

        Raises ApiError (400) if it has ended, or if the time of its end came before anybody looked.
        A poll that leads to the end does the work meanwhile, and then the cancellation still wins.
        """
        operation = await self.find(name, context.world)
        if operation.has_ended or self.is_due_without_polls(operation, context):
            message = f"{self.lifecycle.title()} {name} can't be cancelled: it has ended."
            reason = f"{self.lifecycle}_ended"
            raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason=reason))
        now = context.world.clock()

        def mark_cancelled(operation: Operation) -> Operation | None:
            if not operation.is_running:
                return None
            return replace(operation, cancelled=now, polls_then=operation.polls)

        changed = await self.records(context.world).update(name, mark_cancelled)
        if changed is None:
            raise self.not_found_error(name)
        return changed

    def is_due_without_polls(self, operation: Operation, context: OperationContext) -> bool:
        """Return whether an operation's age alone has ended it, or its cancellation."""
        if operation.cancelled:
            return self.state_of(operation, context) == "cancelled"
        unseen = replace(operation, polls=0)
        return self.scheduled_state(unseen, context) in self.final_states

    async def finish_cancellation(
        self, operation: Operation, context: OperationContext
    ) -> Operation:
        """End an operation whose cancellation is complete."""
        is_due = operation.cancelled and self.state_of(operation, context) == "cancelled"
        if operation.ended or not is_due:
            return operation
        now = context.world.clock()
        records = self.records(context.world)
        ended = await records.update(operation.id, lambda current: replace(current, ended=now))
        return ended or operation

    def lock_name_of(self, name: str) -> str:
        return f"{self.collection}/{name}"
