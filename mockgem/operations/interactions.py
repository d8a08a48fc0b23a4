"""Interactions: replies that the service keeps, so that the next request can continue from them.

An interaction in the background has its reply from the start; its lifecycle and the world's clock
say when clients see it. Nothing runs in the background.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import BLOCKING_REASONS, Candidate, FinishReason, Turn, Usage
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.lifecycle import find_state
from mockgem.core.store import Collection
from mockgem.core.world import World
from mockgem.operations.conversation import name_results, number_calls, to_history
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.ids import compute_call_seed
from mockgem.operations.interaction_ids import make_interaction_id
from mockgem.operations.quota import check_quota
from mockgem.operations.stored_values import from_stored, to_stored
from mockgem.operations.webhooks import announce, watch
from mockgem.operations.webhooks.records import EVENTS

RETENTION = 55 * 86_400.0
"""Seconds for which an interaction is kept: 55 days on the paid tier.

Evidence: report-interactions-retention.
"""
MAX_KEPT = 10_000
"""New records of a world after which an interaction is forgotten."""
TRIM_INTERVAL = 256
"""New records between two looks for interactions that are too many."""
MAX_CHAIN = 1000
"""Interactions that one request can continue from, through their previous ones."""
IN_PROGRESS = "in_progress"
RUNNING_STATES = (IN_PROGRESS, "queued")


@frozen
class Interaction:
    """An interaction as the state stores it. Times are seconds since 1970, 0 before they come.

    Attributes:
        given_input: The input as the client wrote it.
        turns: The stored turns of this interaction's input, without what came before.
        candidate: The stored reply; its calls have ids.
        usage: The stored token counts.
        outcome: The status once it has ended.
        error: The reason for a failure, as `block` or `finish` reasons name it.
        polls: How often a client asked for it before it ended.
        ended: When it ended, or when a client saw that.
        settings: Fields of the request that the interaction shows again, such as its labels.
    """

    id: str = ""
    model: str = ""
    agent: str = ""
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

    @property
    def status(self) -> str:
        """The status to show."""
        if self.cancelled:
            return "cancelled"
        return self.outcome if self.ended else IN_PROGRESS


@frozen
class ShownInteraction:
    """An interaction with its reply, as a client sees it; there is no reply before the end."""

    interaction: Interaction
    candidate: Candidate = Candidate(())
    usage: Usage = Usage(0, 0)

    @property
    def has_reply(self) -> bool:
        return bool(self.interaction.ended) and not self.interaction.cancelled


@frozen
class CreatedReply(Reply):
    """A reply and the new interaction, which keeps it without the faults of a scenario."""

    interaction: Interaction = Interaction()
    max_total_tokens: int = 0


@frozen
class CreateInteraction:
    """A request for an interaction. Its question has only the turns of its own input.

    Attributes:
        agent: The agent that works on it; then the question's model is the agent's.
        max_total_tokens: The budget of an agent; 0 for none.
        is_kept: Whether it can be read and continued later.
    """

    question: GenerateRequest
    given_input: Any = None
    agent: str = ""
    previous_id: str = ""
    in_background: bool = False
    is_kept: bool = True
    stream: bool = False
    max_total_tokens: int = 0
    settings: dict[str, Any] = field(default_factory=dict)


def interactions_in(world: World) -> Collection[Interaction]:
    return Collection(world.store, COLLECTION, Interaction)


COLLECTION = "interactions"


# Create


async def create(request: CreateInteraction, context: OperationContext) -> CreatedReply:
    """Reply to a request, and keep the interaction unless the request says not to.

    Raises ApiError if the request doesn't fit together, or the model refuses it.
    """
    check_combination(request)
    world = context.world
    history = await load_history(request.previous_id, world) if request.previous_id else ()
    turns = name_results((*history, *request.question.turns))
    question = replace(request.question, turns=turns)
    reply = await answer_question(request, question, context)
    interaction = build_interaction(request, reply, world)
    if request.is_kept:
        interaction = await insert_interaction(keep_reply(interaction, reply), reply, world)
        if request.in_background:
            await follow(interaction, context)
    draft, created, seed = reply.draft, reply.created, reply.id_seed
    return CreatedReply(draft, created, seed, interaction, request.max_total_tokens)


def check_combination(request: CreateInteraction) -> None:
    """Refuse a request whose fields exclude each other.

    The texts are guesses: the documentation only states the rules.

    Evidence: doc-interactions.
    """
    if request.in_background and not request.is_kept:
        raise invalid("'background' requires 'store' to be true.", "background_store")
    if request.agent and not request.in_background:
        message = f"Agent '{request.agent}' requires 'background' to be true."
        raise invalid(message, "agent_background")


async def answer_question(
    request: CreateInteraction, question: GenerateRequest, context: OperationContext
) -> Reply:
    """Return the reply of the model, or the report of the agent."""
    if not request.agent:
        return await generate(question, context)
    from mockgem.operations.agents import run_agent

    return run_agent(question, request.agent, context)


def build_interaction(request: CreateInteraction, reply: Reply, world: World) -> Interaction:
    """Return a new interaction without an id."""
    outcome, error = find_outcome(reply.draft, request.max_total_tokens)
    runs_on = request.in_background and not request.stream
    return Interaction(
        model="" if request.agent else request.question.model,
        agent=request.agent,
        previous_id=request.previous_id,
        given_input=request.given_input,
        turns=list(request.question.turns),
        created=world.clock(),
        in_background=request.in_background,
        outcome=outcome,
        error=error,
        ended=0.0 if runs_on else world.clock(),
        settings=request.settings,
    )


def keep_reply(interaction: Interaction, reply: Reply) -> Interaction:
    """Return an interaction with its reply in the form that the state stores."""
    candidate = number_calls(reply.draft.candidates[0], reply.id_seed)
    return replace(
        interaction,
        turns=to_stored(interaction.turns),
        candidate=to_stored(candidate),
        usage=to_stored(reply.draft.usage),
    )


def show_created(reply: CreatedReply) -> ShownInteraction:
    """Return a new interaction as the client sees it, with the faults of a scenario."""
    outcome, error = find_outcome(reply.draft, reply.max_total_tokens)
    candidate = number_calls(reply.draft.candidates[0], reply.id_seed)
    interaction = replace(reply.interaction, outcome=outcome, error=error)
    return ShownInteraction(interaction, candidate, reply.draft.usage)


def show_kept(interaction: Interaction) -> ShownInteraction:
    """Return an interaction that was read from the state."""
    candidate, usage = from_stored(interaction.candidate), from_stored(interaction.usage)
    return ShownInteraction(interaction, candidate, usage)


def find_outcome(draft: Draft, max_total_tokens: int) -> tuple[str, str]:
    """Return the status in which a reply ends, and why it failed, if it did."""
    candidate = draft.candidates[0]
    reason = candidate.finish_reason
    if draft.block_reason:
        return "failed", draft.block_reason
    if max_total_tokens and draft.usage.total > max_total_tokens:
        return "budget_exceeded", ""
    if reason in BLOCKING_REASONS or reason in FAILED_GENERATION:
        return "failed", reason.value
    if reason is FinishReason.MAX_TOKENS:
        return "incomplete", ""
    return ("requires_action" if candidate.tool_calls else "completed"), ""


FAILED_GENERATION = (
    FinishReason.MALFORMED_FUNCTION_CALL,
    FinishReason.UNEXPECTED_TOOL_CALL,
    FinishReason.TOO_MANY_TOOL_CALLS,
    FinishReason.MISSING_THOUGHT_SIGNATURE,
    FinishReason.MALFORMED_RESPONSE,
)


async def insert_interaction(interaction: Interaction, reply: Reply, world: World) -> Interaction:
    """Keep an interaction under a new id. Raises ApiError (429) if the storage is full."""
    await check_quota(len(str(interaction.turns)) + len(str(interaction.candidate)), world)
    seed, number = reply.id_seed, 0
    while True:
        interaction = replace(interaction, id=make_interaction_id(seed, reply.created))
        if await interactions_in(world).insert(interaction.id, interaction):
            await forget_oldest(interaction.id, world)
            return interaction
        number += 1
        seed = compute_call_seed(reply.id_seed, number)


async def forget_oldest(newest: str, world: World) -> None:
    """Delete interactions that are older than many other records.

    Every client makes some, and few delete them: without a limit a load test would fill the memory.
    """
    position = await world.store.find_position(COLLECTION, newest)
    if position <= MAX_KEPT or position % TRIM_INTERVAL:
        return
    oldest = position - MAX_KEPT
    while rows := await world.store.list_records(COLLECTION, oldest, TRIM_INTERVAL):
        for _, record in rows:
            await world.store.delete(COLLECTION, record["id"])


# Continue


async def load_history(previous_id: str, world: World) -> tuple[Turn, ...]:
    """Return the conversation up to an interaction.

    Only input and steps carry over; tools, instructions and settings do not.

    Raises:
        ApiError: 404 if an interaction of the chain was deleted or never existed, 400 if it has not
            ended or has no reply to continue from.

    Evidence: doc-interactions.
    """
    chain: list[Interaction] = []
    next_id = previous_id
    while next_id:
        if len(chain) == MAX_CHAIN:
            raise invalid(f"More than {MAX_CHAIN} interactions precede this one.", "chain")
        chain.append(await find(next_id, world))
        next_id = chain[-1].previous_id
    check_continuable(chain[0])
    turns: list[Turn] = []
    for interaction in reversed(chain):
        turns += from_stored(interaction.turns)
        turns += to_history(from_stored(interaction.candidate))
    return tuple(turns)


def check_continuable(interaction: Interaction) -> None:
    if interaction.status in RUNNING_STATES:
        message = f"Interaction {interaction.id} is still in progress."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="interaction_running"))


# Read, cancel, delete


async def find(name: str, world: World) -> Interaction:
    """Return an interaction. Raises ApiError (404) if it does not exist or its time is over."""
    interaction = await interactions_in(world).get(name)
    if interaction is None or world.clock() >= interaction.created + RETENTION:
        raise not_found_error(name)
    return interaction


def not_found_error(name: str) -> ApiError:
    message = "Requested entity was not found."
    return ApiError(
        Failure(Code.NOT_FOUND, message, reason="interaction_not_found", context={"name": name})
    )


async def poll(name: str, context: OperationContext, *, to_end: bool = False) -> Interaction:
    """Return an interaction after one more poll; `to_end`: a client watches it until it ends."""
    before = await find(name, context.world)
    now = context.world.clock()

    def count_poll(interaction: Interaction) -> Interaction | None:
        if interaction.ended:
            return None
        polled = replace(interaction, polls=interaction.polls + 1)
        state = "completed" if to_end else scheduled_state(polled, context)
        if state in RUNNING_STATES:
            return polled
        outcome = polled.outcome if state == "completed" else state
        return replace(polled, ended=now, outcome=outcome)

    after = await change(name, count_poll, context.world)
    if after.ended and not before.ended:
        await announce_end(after, context.world)
    return after


async def announce_end(interaction: Interaction, world: World) -> None:
    """Tell webhooks that an interaction in the background has ended (documented).

    Evidence: doc-webhooks.
    """
    if (event := f"interaction.{interaction.status}") in EVENTS:
        await announce(world, event, {"id": interaction.id})


async def follow(interaction: Interaction, context: OperationContext) -> None:
    """Announce the end of a new interaction in the background, now or when it comes."""
    if interaction.ended:
        await announce_end(interaction, context.world)
    else:
        await watch_until_end(interaction, context)


async def watch_until_end(interaction: Interaction, context: OperationContext) -> None:
    """Let a subscribed webhook hear of the end, so that the client need not poll."""

    async def look() -> bool:
        return bool((await poll(interaction.id, context)).ended)

    await watch(context.world, "interaction", interaction.id, look)


def scheduled_state(interaction: Interaction, context: OperationContext) -> str:
    """Return the state that age and polls lead to."""
    lifecycle = context.get_lifecycle("agent" if interaction.agent else "interaction")
    elapsed = context.world.clock() - interaction.created
    return find_state(lifecycle, interaction.polls, elapsed)


async def cancel(name: str, context: OperationContext) -> Interaction:
    """Cancel an interaction that runs in the background.

    Raises ApiError (404) if it does not exist, (400) if it has ended.
    """
    world = context.world
    interaction = await find(name, world)
    is_due = scheduled_state(replace(interaction, polls=0), context) not in RUNNING_STATES
    if interaction.ended or is_due:
        message = f"Interaction {name} can't be cancelled: it is not in progress."
        raise ApiError(Failure(Code.FAILED_PRECONDITION, message, reason="interaction_ended"))
    now = world.clock()

    def mark_cancelled(current: Interaction) -> Interaction | None:
        return None if current.ended else replace(current, ended=now, cancelled=now)

    cancelled = await change(name, mark_cancelled, world)
    await announce_end(cancelled, world)
    return cancelled


async def change(
    name: str, make: Callable[[Interaction], Interaction | None], world: World
) -> Interaction:
    changed = await interactions_in(world).update(name, make)
    if changed is None:
        raise not_found_error(name)
    return changed


async def delete(name: str, context: OperationContext) -> None:
    """Delete an interaction. Raises ApiError (404) if it does not exist."""
    await find(name, context.world)
    await interactions_in(context.world).delete(name)
