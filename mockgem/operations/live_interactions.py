"""Live interactions: conversations on sockets that the service keeps, so that clients reconnect.

One socket at a time has an interaction; the latest one wins. Its state is stored at the end of each
turn, and when the socket ends.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import Candidate, Turn, Usage
from mockgem.core.errors import ApiError, Code, Failure
from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.interactions import (
    INTERACTIONS,
    CreateInteraction,
    KeptInteraction,
    ShownInteraction,
)
from mockgem.operations.kept_replies import show_kept
from mockgem.operations.live.limits import count_bytes
from mockgem.operations.live.models import METHOD
from mockgem.operations.quota import check_quota
from mockgem.operations.stored_values import from_stored, to_stored

NO_USAGE = Usage(0, 0)


@frozen
class LiveOutput:
    """What the model said in one turn. `transcript` is what the user had said, if it is shown."""

    candidate: Candidate
    usage: Usage = NO_USAGE
    transcript: str = ""


@frozen
class PendingOutput:
    """An output that a socket did not get whole: `sent` of its events went out."""

    output: LiveOutput
    sent: int


@frozen
class LiveProgress:
    """How far a live interaction is.

    Attributes:
        turns: What user and model have said, without the interactions before this one.
        next_index: The index of the next step.
        is_due: Whether the latest turn of the user still needs an answer.
    """

    turns: tuple[Turn, ...] = ()
    outputs: tuple[LiveOutput, ...] = ()
    pending: PendingOutput | None = None
    next_index: int = 0
    is_due: bool = False


@frozen
class LiveConnection:
    """An interaction that a socket has, and the conversation before it."""

    kept: KeptInteraction
    history: tuple[Turn, ...] = ()
    progress: LiveProgress = field(default_factory=LiveProgress)


def is_live_model(name: str, world: World) -> bool:
    model = world.catalogue.find(name, world.clock())
    return model is not None and METHOD in model.methods


# Create and connect


async def create_live(
    request: CreateInteraction,
    setup: dict[str, Any],
    speech: dict[str, Any],
    context: OperationContext,
) -> KeptInteraction:
    """Create an interaction that waits for a socket. Input is answered when one comes.

    Raises ApiError for a previous interaction that can't be continued, and if the storage is full.
    """
    world = context.world
    await INTERACTIONS.load_history(request.previous_id, world)
    turns = request.question.turns
    progress = LiveProgress(turns, is_due=bool(turns))
    kept = KeptInteraction(
        model=request.question.model,
        previous_id=request.previous_id,
        created=world.clock(),
        in_background=request.in_background,
        settings=request.settings,
        setup=setup,
        speech=speech,
        is_stored=request.is_kept,
    )
    await check_quota(count_bytes(turns), world)
    seed = derive_id_seed(world.id_seed, context)
    return await INTERACTIONS.insert(put_progress(kept, progress), seed, world.now(), world)


async def connect(name: str, context: OperationContext) -> LiveConnection:
    """Give an interaction to a new socket. One in the background ends first.

    Raises ApiError (404) for an unknown one.
    """
    world = context.world
    kept = await INTERACTIONS.load(name, world)
    if not kept.is_live:
        return LiveConnection(await INTERACTIONS.poll(name, context, to_end=True))
    kept = await INTERACTIONS.change(name, count_connection, world)
    if kept.ended:
        return LiveConnection(kept, (), read_progress(kept))
    before = await INTERACTIONS.load_history(kept.previous_id, world)
    return LiveConnection(kept, before.turns, read_progress(kept))


def count_connection(kept: KeptInteraction) -> KeptInteraction | None:
    return None if kept.ended else replace(kept, connection=kept.connection + 1)


# Store


async def save(
    kept: KeptInteraction, progress: LiveProgress, world: World, *, outcome: str = ""
) -> KeptInteraction:
    """Store how far an interaction is; `outcome` ends it: completed or cancelled.

    Returns it as it is in the store; another client may have cancelled it.

    Raises:
        ApiError: 404 if it was deleted, 409 if another socket has it, 429 if the storage is full.
    """
    await check_quota(count_bytes(progress.turns), world)
    now = world.clock()

    def write(one: KeptInteraction) -> KeptInteraction | None:
        if one.ended or one.connection != kept.connection:
            return None
        one = put_progress(one, progress)
        if not outcome:
            return one
        is_cancelled = outcome == "cancelled"
        cancelled = now if is_cancelled else 0.0
        return replace(one, ended=now, cancelled=cancelled, outcome="completed")

    saved = await INTERACTIONS.change(kept.id, write, world)
    if saved.connection != kept.connection:
        message = f"Another connection has interaction {kept.id} now."
        raise ApiError(Failure(Code.ABORTED, message, reason="interaction_taken"))
    if saved.ended:
        await end(saved, world)
    return saved


async def end(kept: KeptInteraction, world: World) -> None:
    """Announce the end, and forget an interaction that is not to be stored."""
    if kept.in_background:
        await INTERACTIONS.announce_end(kept, world)
    if not kept.is_stored:
        await INTERACTIONS.open(world).delete(kept.id)


def put_progress(kept: KeptInteraction, progress: LiveProgress) -> KeptInteraction:
    """Return an interaction with its progress in the form that the state stores."""
    pending = progress.pending
    stored = {
        "outputs": [store_output(one) for one in progress.outputs],
        "pending": [store_output(pending.output), pending.sent] if pending else None,
        "next_index": progress.next_index,
        "is_due": progress.is_due,
    }
    empty, usage = to_stored(Candidate(())), to_stored(add_usages(progress.outputs))
    turns = to_stored(progress.turns)
    size = count_bytes(progress.turns)
    return replace(kept, turns=turns, candidate=empty, usage=usage, progress=stored, size=size)


def read_progress(kept: KeptInteraction) -> LiveProgress:
    stored = kept.progress
    pending = stored.get("pending")
    return LiveProgress(
        tuple(from_stored(kept.turns)),
        tuple([load_output(one) for one in stored.get("outputs", ())]),
        PendingOutput(load_output(pending[0]), pending[1]) if pending else None,
        stored.get("next_index", 0),
        stored.get("is_due", False),
    )


def store_output(output: LiveOutput) -> list[Any]:
    return [to_stored(output.candidate), to_stored(output.usage), output.transcript]


def load_output(stored: Sequence[Any]) -> LiveOutput:
    candidate, usage, transcript = stored
    return LiveOutput(from_stored(candidate), from_stored(usage), transcript)


# Show


def show_interaction(kept: KeptInteraction) -> ShownInteraction:
    """Return an interaction that was read from the state, with all that was said in a live one."""
    if not kept.is_live:
        return show_kept(kept)
    outputs = read_progress(kept).outputs
    parts = [part for output in outputs for part in output.candidate.parts]
    return ShownInteraction(kept, Candidate(tuple(parts)), add_usages(outputs))


def add_usages(outputs: Sequence[LiveOutput]) -> Usage:
    """Return the tokens of all turns: each one reads what came before again."""
    usages = [output.usage for output in outputs]
    return Usage(
        sum([one.prompt for one in usages]),
        sum([one.output for one in usages]),
        sum([one.thoughts for one in usages]),
        sum([one.cached for one in usages]),
        sum([one.tool_use_prompt for one in usages]),
        add_modalities([one.prompt_modalities for one in usages]),
        add_modalities([one.output_modalities for one in usages]),
        add_modalities([one.cached_modalities for one in usages]),
    )


def add_modalities(rows: Sequence[Sequence[tuple[str, int]]]) -> tuple[tuple[str, int], ...]:
    totals: dict[str, int] = {}
    for row in rows:
        for name, count in row:
            totals[name] = totals.get(name, 0) + count
    return tuple(totals.items())
