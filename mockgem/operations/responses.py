"""Responses: replies of a gateway that clients read later and continue from, alone or in
conversations."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from mockgem.core.call import OperationContext
from mockgem.core.content import BLOCKING_REASONS, Candidate, FinishReason, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.scheduling import run_aside_if
from mockgem.core.world import World
from mockgem.operations.conversation import number_calls
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.ids import (
    LOWER_ALPHANUMERIC,
    compute_call_seed,
    encode_in_alphabet,
)
from mockgem.operations.kept_replies import KeptReply, ReplyKeeper, ShownReply
from mockgem.operations.usage import count_prompt_tokens
from mockgem.operations.validation import find_model

RETENTION = 30 * 86_400.0
"""Seconds for which a response is kept (documented). Evidence: doc-openai-responses."""
HEXADECIMAL = "0123456789abcdef"
RANDOM_LENGTH = 45
OWN_PLACE = "000"
"""The end of the id of a response. Its items have other ends, so that an item leads to it."""
ALPHANUMERIC = LOWER_ALPHANUMERIC + LOWER_ALPHANUMERIC[:26].upper()


@frozen
class Response(KeptReply):
    """A response as the state stores it.

    Attributes:
        conversation: The id of its conversation; "" for none.
        system: The instructions in its input, which the next response inherits.
        include: What it shows beside the usual, by the API's names.
    """

    conversation: str = ""
    system: str = ""
    include: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        """The status to show: a response waits until a client asks for it the first time."""
        if self.cancelled:
            return "cancelled"
        if self.ended:
            return self.outcome
        return "in_progress" if self.polls else "queued"


ShownResponse = ShownReply[Response]


def make_response_id(seed: bytes, created: int) -> str:
    """Return the id of a response. Evidence: sdk-openai-responses."""
    return "resp_" + encode_in_alphabet(seed[:16], HEXADECIMAL, RANDOM_LENGTH) + OWN_PLACE


RESPONSES = ReplyKeeper(
    "response",
    "responses",
    Response,
    make_response_id,
    lambda response: "response",
    RETENTION,
    missing="Response with id 'NAME' not found.",
)


@frozen
class CreateResponse:
    """A request for a response. Its question has only the turns of its own input.

    Attributes:
        given_input: The items of the input, with ids.
        system: The instructions among the items, which the next response inherits.
        is_kept: Whether it can be read and continued later.
        drops_oldest: Whether the oldest turns are dropped if the prompt is too long.
        include: What the response shows beside the usual, by the API's names.
    """

    question: GenerateRequest
    given_input: list[Any] = field(default_factory=list)
    system: str = ""
    previous_id: str = ""
    conversation: str = ""
    in_background: bool = False
    is_kept: bool = True
    drops_oldest: bool = False
    stream: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    include: list[str] = field(default_factory=list)


@frozen
class CreatedResponse(Reply):
    """A reply and the new response, which keeps it without the faults of a scenario."""

    response: Response = Response()


@frozen
class History:
    """What came before a request: turns, and instructions in the input of earlier requests.

    `size` is about how many bytes it has.
    """

    turns: tuple[Turn, ...] = ()
    system: str = ""
    size: int = 0


async def load_history(previous_id: str, world: World) -> History:
    """Return the conversation up to a response. Raises ApiError like `ReplyKeeper.load_history`."""
    history = await RESPONSES.load_history(previous_id, world)
    system = "\n".join([one.system for one in history.replies if one.system])
    return History(history.turns, system, sum([one.size for one in history.replies]))


async def create(
    request: CreateResponse, question: GenerateRequest, context: OperationContext
) -> CreatedResponse:
    """Reply to a question, and keep the response unless the request says not to.

    Args:
        request: The request, whose own question lacks what came before.
        question: The whole question.
        context: The context of the request.

    Raises ApiError if the model refuses the question.
    """
    world = context.world
    if request.drops_oldest:
        question = await run_aside_if(context.is_large, drop_oldest_turns, question, world)
    reply = await generate(question, context)
    response = build_response(request, reply, world)
    if request.is_kept:
        response = await RESPONSES.keep(response, number_reply(reply), reply, context)
    else:
        response = replace(response, id=make_response_id(reply.id_seed, reply.created))
    return CreatedResponse(reply.draft, reply.created, reply.id_seed, response)


def drop_oldest_turns(question: GenerateRequest, world: World) -> GenerateRequest:
    """Return a question without its oldest turns, so that the rest fits into the model's input.

    The last turn stays in any case. Evidence: doc-openai-responses.
    """
    model = find_model(question.model, "generateContent", world)
    while len(question.turns) > 1:
        if count_prompt_tokens(question, model)[0] <= model.input_limit:
            break
        rest = question.turns[max(1, len(question.turns) // 8) :]
        question = replace(question, turns=rest)
    return question


def build_response(request: CreateResponse, reply: Reply, world: World) -> Response:
    """Return a new response without an id."""
    outcome, error = find_outcome(reply.draft)
    runs_on = request.in_background and not request.stream
    return Response(
        model=request.question.model,
        previous_id=request.previous_id,
        given_input=request.given_input,
        turns=list(request.question.turns),
        created=world.clock(),
        in_background=request.in_background,
        outcome=outcome,
        error=error,
        ended=0.0 if runs_on else world.clock(),
        settings=request.settings,
        conversation=request.conversation,
        system=request.system,
        include=request.include,
    )


def number_reply(reply: Reply) -> Candidate:
    """Return the first candidate of a reply, whose calls have the ids of a gateway."""
    return number_calls(reply.draft.candidates[0], reply.id_seed, make_call_id)


def make_call_id(seed: bytes, number: int) -> str:
    """Return the id of a call as the gateway's chat writes it. Evidence: report-gateway."""
    return "call_" + encode_in_alphabet(compute_call_seed(seed, number)[:16], ALPHANUMERIC, 24)


def show_created(reply: CreatedResponse) -> ShownResponse:
    """Return a new response as the client sees it, with the faults of a scenario."""
    outcome, error = find_outcome(reply.draft)
    response = replace(reply.response, outcome=outcome, error=error)
    return ShownReply(response, number_reply(reply), reply.draft.usage)


def find_outcome(draft: Draft) -> tuple[str, str]:
    """Return the status in which a reply ends, and why it is incomplete or failed, if it is."""
    reason = draft.candidates[0].finish_reason
    if draft.block_reason or reason in BLOCKING_REASONS:
        return "incomplete", "content_filter"
    if reason is FinishReason.MAX_TOKENS:
        return "incomplete", "max_output_tokens"
    if reason in FAILED_GENERATION:
        return "failed", reason.value
    return "completed", ""


FAILED_GENERATION = (
    FinishReason.MALFORMED_FUNCTION_CALL,
    FinishReason.MALFORMED_RESPONSE,
    FinishReason.MISSING_THOUGHT_SIGNATURE,
    FinishReason.TOO_MANY_TOOL_CALLS,
)


def check_combination(request: CreateResponse) -> None:
    """Refuse a request whose fields exclude each other.

    Evidence: doc-openai-responses.
    """
    if request.in_background and not request.is_kept:
        raise invalid("Background responses require 'store' to be true.", "background_store")
    if request.previous_id and request.conversation:
        message = "Use only one of 'previous_response_id' and 'conversation'."
        raise invalid(message, "previous_and_conversation")
