"""Interactions: replies that the service keeps, so that the next request can continue from them."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import BLOCKING_REASONS, Candidate, FinishReason
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.world import World
from mockgem.operations.conversation import name_results, number_calls
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.interaction_ids import make_interaction_id
from mockgem.operations.kept_replies import KeptReply, ReplyKeeper, ShownReply, expect_large
from mockgem.operations.mcp.client import McpServer

RETENTION = 55 * 86_400.0
"""Seconds for which an interaction is kept: 55 days on the paid tier.

Evidence: report-interactions-retention.
"""


@frozen
class KeptInteraction(KeptReply):
    """An interaction as the state stores it. `agent` worked on it in place of a model.

    Attributes:
        setup: The request that created a live interaction, as the client wrote it; empty for
            others. The input and the output of a live one are both in `turns`.
        speech: How a live interaction speaks: `voice`, `seed`, `transcribes`; empty for text.
        progress: How far a live interaction is, as `LiveProgress` stores it.
        connection: The number of the latest socket of a live interaction.
        is_stored: Whether clients can read it; a live one exists until it ends in any case.
    """

    agent: str = ""
    setup: dict[str, Any] = field(default_factory=dict)
    speech: dict[str, Any] = field(default_factory=dict)
    progress: dict[str, Any] = field(default_factory=dict)
    connection: int = 0
    is_stored: bool = True

    @property
    def is_live(self) -> bool:
        return bool(self.setup)

    @property
    def shows_reply(self) -> bool:
        return self.is_live or (bool(self.ended) and not self.cancelled)

    @property
    def is_hidden(self) -> bool:
        return not self.is_stored

    @property
    def has_lifecycle(self) -> bool:
        return not self.is_live


ShownInteraction = ShownReply[KeptInteraction]
INTERACTIONS = ReplyKeeper(
    "interaction",
    "interactions",
    KeptInteraction,
    make_interaction_id,
    lambda interaction: "agent" if interaction.agent else "interaction",
    RETENTION,
)


@frozen
class CreatedReply(Reply):
    """A reply and the new interaction, which keeps it without the faults of a scenario."""

    interaction: KeptInteraction = KeptInteraction()
    max_total_tokens: int = 0


@frozen
class CreateInteraction:
    """A request for an interaction. Its question has only the turns of its own input.

    Attributes:
        agent: The agent that works on it; then the question's model is the agent's.
        servers: The MCP servers whose tools the model may call.
        max_total_tokens: The budget of an agent; 0 for none.
        is_kept: Whether it can be read and continued later.
        body: The fields of the request, as the client wrote them, without the input.
    """

    question: GenerateRequest
    given_input: Any = None
    servers: tuple[McpServer, ...] = ()
    agent: str = ""
    previous_id: str = ""
    in_background: bool = False
    is_kept: bool = True
    stream: bool = False
    max_total_tokens: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


# Create


async def create(request: CreateInteraction, context: OperationContext) -> CreatedReply:
    """Reply to a request, and keep the interaction unless the request says not to.

    Raises ApiError if the request doesn't fit together, or the model refuses it.
    """
    check_combination(request)
    world = context.world
    history = await INTERACTIONS.load_history(request.previous_id, world)
    context = expect_large(context, sum([kept.size for kept in history.replies]))
    turns = name_results((*history.turns, *request.question.turns))
    question = replace(request.question, turns=turns)
    reply = await answer_question(request, question, context)
    interaction = build_interaction(request, reply, world)
    if request.is_kept:
        interaction = await INTERACTIONS.keep(interaction, number_reply(reply), reply, context)
        if request.in_background:
            await INTERACTIONS.follow(interaction, context)
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
    if not request.agent and not request.servers:
        return await generate(question, context)
    if not request.agent:
        from mockgem.operations.mcp.tool_loop import answer_with_servers

        return await answer_with_servers(question, request.servers, context)
    from mockgem.operations.agents import run_agent

    return run_agent(question, request.agent, context)


def build_interaction(request: CreateInteraction, reply: Reply, world: World) -> KeptInteraction:
    """Return a new interaction without an id."""
    outcome, error = find_outcome(reply.draft, request.max_total_tokens)
    runs_on = request.in_background and not request.stream
    return KeptInteraction(
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


def number_reply(reply: Reply) -> Candidate:
    """Return the first candidate of a reply, whose calls have ids."""
    return number_calls(reply.draft.candidates[0], reply.id_seed)


def show_created(reply: CreatedReply) -> ShownInteraction:
    """Return a new interaction as the client sees it, with the faults of a scenario."""
    outcome, error = find_outcome(reply.draft, reply.max_total_tokens)
    interaction = replace(reply.interaction, outcome=outcome, error=error)
    return ShownInteraction(interaction, number_reply(reply), reply.draft.usage)


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
