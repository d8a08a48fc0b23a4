"""Replies that a service keeps, so that clients can read them later and continue from them.

A reply in the background is complete from the start; its lifecycle and the world's clock say when
clients see it. Nothing runs in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import Any, Generic, TypeVar

from mockgem.core.call import OperationContext
from mockgem.core.content import Candidate, Turn, Usage
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state
from mockgem.core.scheduling import LARGE_BODY, run_aside_if
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations.conversation import to_history
from mockgem.operations.draft import Reply
from mockgem.operations.generators.ids import compute_call_seed
from mockgem.operations.oldest_records import forget_oldest
from mockgem.operations.quota import check_quota
from mockgem.operations.stored_values import from_stored, to_stored
from mockgem.operations.webhooks import announce, watch
from mockgem.operations.webhooks.records import EVENTS

MAX_CHAIN = 1000
"""Replies that one request can continue from, through their previous ones."""
IN_PROGRESS = "in_progress"
RUNNING_STATES = (IN_PROGRESS, "queued")


@frozen
class KeptReply:
    """A reply as the state stores it. Times are seconds since 1970, 0 before they come.

    Attributes:
        given_input: The input as clients read it.
        turns: The stored turns of this reply's own input, without what came before.
        candidate: The stored reply; its calls have ids.
        usage: The stored token counts.
        outcome: The status once it has ended.
        error: The reason for a failure, as `block` or `finish` reasons name it.
        polls: How often a client asked for it before it ended.
        ended: When it ended, or when a client saw that.
        settings: Fields of the request that the reply shows again, such as its labels.
        size: About how many bytes its input and its content have.
    """

    id: str = ""
    model: str = ""
    previous_id: str = ""
    given_input: Any = None
    turns: list[Any] = field(default_factory=list)
    candidate: dict[str, Any] = field(default_factory=dict)
    usage: dict[str, Any] = field(default_factory=dict)
    created: float = 0.0
    in_background: bool = False
    outcome: str = "completed"
    error: str = ""
    polls: int = 0
    ended: float = 0.0
    cancelled: float = 0.0
    settings: dict[str, Any] = field(default_factory=dict)
    size: int = 0

    @property
    def status(self) -> str:
        """The status to show."""
        if self.cancelled:
            return "cancelled"
        return self.outcome if self.ended else IN_PROGRESS

    @property
    def shows_reply(self) -> bool:
        """Whether clients see its content."""
        return bool(self.ended) and not self.cancelled

    @property
    def is_hidden(self) -> bool:
        """Whether clients can't read it, though it exists."""
        return False

    @property
    def has_lifecycle(self) -> bool:
        """Whether age and polls end it; otherwise a client does."""
        return True


Kept = TypeVar("Kept", bound=KeptReply)


@frozen
class ShownReply(Generic[Kept]):
    """A kept reply with its content, as a client sees it; before the end it has none."""

    kept: Kept
    candidate: Candidate = Candidate(())
    usage: Usage = Usage(0, 0)

    @property
    def has_reply(self) -> bool:
        return self.kept.shows_reply


def show_kept(kept: Kept) -> ShownReply[Kept]:
    """Return a reply that was read from the state."""
    return ShownReply(kept, from_stored(kept.candidate), from_stored(kept.usage))


@frozen
class KeptHistory(Generic[Kept]):
    """What came before a request: replies, oldest first, and their turns."""

    replies: list[Kept] = field(default_factory=list)
    turns: tuple[Turn, ...] = ()


def read_turns(replies: Sequence[KeptReply]) -> tuple[Turn, ...]:
    """Return the turns of some replies, oldest first."""
    turns: list[Turn] = []
    for kept in replies:
        turns += from_stored(kept.turns)
        turns += to_history(from_stored(kept.candidate))
    return tuple(turns)


def store_content(kept: Kept, candidate: Candidate, usage: Usage) -> Kept:
    """Return a reply with its turns and its content in the form that the state stores."""
    turns, content = to_stored(kept.turns), to_stored(candidate)
    size = len(str(turns)) + len(str(content)) + len(str(kept.given_input))
    return replace(kept, turns=turns, candidate=content, usage=to_stored(usage), size=size)


def expect_large(context: OperationContext, size: int) -> OperationContext:
    """Return a context whose work runs in a thread if what a request continues from is large."""
    return replace(context, is_large=True) if size > LARGE_BODY else context


@frozen
class ReplyKeeper(Generic[Kept]):
    """Keeps the replies of one API.

    Attributes:
        word: What the API calls a reply, such as "interaction"; reasons of failures begin with it.
        collection: The name of the collection in the store.
        kind: The type of the records.
        make_id: Makes an id from a seed and the seconds since 1970.
        lifecycle_of: Returns the name of the lifecycle of a reply in the background.
        retention: Seconds for which a reply is kept.
        missing: What the API says about a reply that does not exist.
    """

    word: str
    collection: str
    kind: type[Kept]
    make_id: Callable[[bytes, int], str]
    lifecycle_of: Callable[[Kept], str]
    retention: float
    missing: str = "Requested entity was not found."

    def open(self, world: World) -> Collection[Kept]:
        return Collection(world.store, self.collection, self.kind)

    # Keep

    async def keep(
        self, kept: Kept, candidate: Candidate, reply: Reply, context: OperationContext
    ) -> Kept:
        """Keep a new reply with its content. Raises ApiError (429) if the storage is full."""
        usage = reply.draft.usage
        stored = await run_aside_if(context.is_large, store_content, kept, candidate, usage)
        await check_quota(stored.size, context.world)
        return await self.insert(stored, reply.id_seed, reply.created, context.world)

    async def insert(self, kept: Kept, id_seed: bytes, created: int, world: World) -> Kept:
        """Put a reply into the store under a new id."""
        seed, number = id_seed, 0
        while True:
            kept = replace(kept, id=self.make_id(seed, created))
            if await self.open(world).insert(kept.id, kept):
                await forget_oldest(self.collection, kept.id, world)
                return kept
            number += 1
            seed = compute_call_seed(id_seed, number)

    # Continue

    async def load_history(self, previous_id: str, world: World) -> KeptHistory[Kept]:
        """Return the conversation up to a reply; without a previous one it is empty.

        Only input and replies carry over; tools, instructions and settings do not.

        Raises:
            ApiError: 404 if a reply of the chain was deleted or never existed, 400 if it has not
                ended or has nothing to continue from.

        Evidence: doc-interactions, sdk-openai-responses.
        """
        replies = (await self.load_chain(previous_id, world))[::-1]
        is_large = sum([kept.size for kept in replies]) > LARGE_BODY
        return KeptHistory(replies, await run_aside_if(is_large, read_turns, replies))

    async def load_chain(self, previous_id: str, world: World) -> list[Kept]:
        """Return a reply and the ones before it, newest first."""
        chain: list[Kept] = []
        next_id = previous_id
        while next_id:
            if len(chain) == MAX_CHAIN:
                raise invalid(f"More than {MAX_CHAIN} {self.word}s precede this one.", "chain")
            chain.append(await self.find(next_id, world))
            next_id = chain[-1].previous_id
        if chain:
            self.check_continuable(chain[0])
        return chain

    def check_continuable(self, kept: Kept) -> None:
        if kept.status in RUNNING_STATES:
            message = f"{self.word.capitalize()} {kept.id} is still in progress."
            reason = f"{self.word}_running"
            raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason=reason))

    # Read, cancel, delete

    async def find(self, name: str, world: World) -> Kept:
        """Return a reply. Raises ApiError (404) if it does not exist or its time is over."""
        kept = await self.load(name, world)
        if kept.is_hidden:
            raise self.not_found_error(name)
        return kept

    async def load(self, name: str, world: World) -> Kept:
        """Return a reply, also one that clients can't read. Raises ApiError (404)."""
        kept = await self.open(world).get(name)
        if kept is None or world.clock() >= kept.created + self.retention:
            raise self.not_found_error(name)
        return kept

    def not_found_error(self, name: str) -> ApiError:
        message = self.missing.replace("NAME", name[:200])
        reason = f"{self.word}_not_found"
        return ApiError(Failure(Code.NOT_FOUND, message, reason=reason, context={"name": name}))

    async def poll(self, name: str, context: OperationContext, *, to_end: bool = False) -> Kept:
        """Return a reply after one more poll; `to_end`: a client watches it until it ends."""
        before = await self.find(name, context.world)
        now = context.world.clock()

        def count_poll(kept: Kept) -> Kept | None:
            if kept.ended or not kept.has_lifecycle:
                return None
            polled = replace(kept, polls=kept.polls + 1)
            state = "completed" if to_end else self.find_scheduled_state(polled, context)
            if state in RUNNING_STATES:
                return polled
            outcome = polled.outcome if state == "completed" else state
            return replace(polled, ended=now, outcome=outcome)

        after = await self.change(name, count_poll, context.world)
        if after.ended and not before.ended:
            await self.announce_end(after, context.world)
        return after

    def find_scheduled_state(self, kept: Kept, context: OperationContext) -> str:
        """Return the state that age and polls lead to."""
        if not kept.has_lifecycle:
            return IN_PROGRESS
        lifecycle = context.get_lifecycle(self.lifecycle_of(kept))
        return find_state(lifecycle, kept.polls, context.world.clock() - kept.created)

    async def cancel(self, name: str, context: OperationContext) -> Kept:
        """Cancel a reply in the background.

        Raises ApiError (404) if it does not exist, (400) if it has ended.
        """
        world = context.world
        kept = await self.find(name, world)
        unpolled = replace(kept, polls=0)
        is_due = self.find_scheduled_state(unpolled, context) not in RUNNING_STATES
        if kept.ended or is_due:
            raise self.not_running_error(name)
        now = world.clock()

        def mark_cancelled(one: Kept) -> Kept | None:
            return None if one.ended else replace(one, ended=now, cancelled=now)

        cancelled = await self.change(name, mark_cancelled, world)
        if not cancelled.cancelled:  # it has ended meanwhile
            raise self.not_running_error(name)
        await self.announce_end(cancelled, world)
        return cancelled

    def not_running_error(self, name: str) -> ApiError:
        message = f"{self.word.capitalize()} {name} can't be cancelled: it is not in progress."
        reason = f"{self.word}_ended"
        return ApiError(Failure(Code.FAILED_PRECONDITION, message, reason=reason))

    async def announce_end(self, kept: Kept, world: World) -> None:
        """Tell webhooks that a reply in the background has ended (documented).

        Evidence: doc-webhooks.
        """
        if (event := f"{self.word}.{kept.status}") in EVENTS:
            await announce(world, event, {"id": kept.id})

    async def follow(self, kept: Kept, context: OperationContext) -> None:
        """Announce the end of a new reply in the background, now or when it comes."""

        async def look() -> bool:
            return bool((await self.poll(kept.id, context)).ended)

        if kept.ended:
            await self.announce_end(kept, context.world)
        else:
            await watch(context.world, self.word, kept.id, look)

    async def change(self, name: str, make: Callable[[Kept], Kept | None], world: World) -> Kept:
        changed = await self.open(world).update(name, make)
        if changed is None:
            raise self.not_found_error(name)
        return changed

    async def delete(self, name: str, context: OperationContext) -> None:
        """Delete a reply. Raises ApiError (404) if it does not exist."""
        await self.find(name, context.world)
        await self.open(context.world).delete(name)
