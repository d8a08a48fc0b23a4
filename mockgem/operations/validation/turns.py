"""Check the contents of a request: its parts, the order of its turns, and its length."""

from __future__ import annotations

from mockgem.core.content import Blob, Link, Text, ToolCall, ToolResult, Turn
from mockgem.core.errors import ApiError, invalid
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest, is_user_message
from mockgem.operations.signatures import is_corrupted
from mockgem.operations.validation.media import check_media
from mockgem.operations.validation.models import name_model

RESULT_COUNT_MESSAGE = (
    "Please ensure that the number of function response parts is equal to the number of function "
    "call parts of the function call turn."
)


def check_contents(request: GenerateRequest) -> None:
    """Refuse a request without contents."""
    if not request.turns:
        raise invalid(
            "* GenerateContentRequest.contents: contents is not specified\n", "no_contents"
        )


def check_parts(request: GenerateRequest, model: Model) -> None:
    """Check every part: no empty turn, no empty user text, and media that the model reads.

    Beside a system instruction the service accepts an empty user text (recorded 5 times), but not
    a part without a text.

    Evidence: recorded-empty-text.
    """
    checks_signatures = model.generation > 2
    for number, turn in enumerate(request.turns):
        if not turn.parts:
            message = (
                f"* GenerateContentRequest.contents[{number}].parts: contents.parts must not be "
                "empty.\n"
            )
            raise invalid(message, "empty_part")
        for place, part in enumerate(turn.parts):
            if checks_signatures and (signature := getattr(part, "signature", "")):
                check_signature(signature)
            if isinstance(part, Text):
                if part.text or turn.role == "model" or (request.system and part.is_given):
                    continue
                raise invalid(
                    f"* GenerateContentRequest.contents[{number}].parts[{place}].data: required "
                    "oneof field 'data' must have one initialized field\n",
                    "empty_part",
                )
            if isinstance(part, (Blob, Link)):
                check_media(part, model)


def check_signature(signature: str) -> None:
    """Refuse a value that is clearly not a thought signature, as Gemini 3 does (reported)."""
    if is_corrupted(signature):
        raise invalid("Corrupted thought signature.", "corrupted_signature")


def check_turn_order(request: GenerateRequest, model: Model) -> None:
    """Check that tool calls follow a user or tool turn, and that each call gets one result."""
    previous: Turn | None = None
    for turn in request.turns:
        calls = count_parts(turn, ToolCall)
        results = count_parts(turn, ToolResult)
        open_calls = count_parts(previous, ToolCall) if previous else 0
        if calls and (previous is None or previous.role == "model"):
            raise invalid(
                "Please ensure that function call turn comes immediately after a user turn or "
                "after a function response turn.",
                "call_order",
            )
        if results and not open_calls:
            raise invalid(
                "Please ensure that function response turn comes immediately after a function "
                "call turn.",
                "result_order",
            )
        if open_calls and results != open_calls:
            raise invalid(RESULT_COUNT_MESSAGE, "result_count")
        previous = turn
    if previous is not None and count_parts(previous, ToolCall):
        raise invalid(RESULT_COUNT_MESSAGE, "result_count")


def count_parts(turn: Turn, kind: type) -> int:
    return len([part for part in turn.parts if isinstance(part, kind)])


def check_signatures(request: GenerateRequest, model: Model) -> None:
    """Check that Gemini 3 gets its thought signatures back.

    The first call of every model turn since the last user message needs one.
    """
    if model.generation < 3:
        return
    start = max((n for n, turn in enumerate(request.turns) if is_user_message(turn)), default=0)
    for position, turn in enumerate(request.turns[start:], start=start + 1):
        first = next((part for part in turn.parts if isinstance(part, ToolCall)), None)
        if first is not None and not first.signature:
            raise invalid(
                "Function call is missing a thought_signature in functionCall parts. This is "
                "required for tools to work correctly, and missing thought_signature may lead to "
                "degraded model performance. Additional data, function call "
                f"`default_api:{first.name}` , position {position}. Please refer to "
                "https://ai.google.dev/gemini-api/docs/thought-signatures for more details.",
                "signature",
                name=first.name,
                position=position,
            )


def check_single_turn(request: GenerateRequest) -> None:
    """Refuse a conversation, as speech models do (users reported this message).

    Evidence: report-tts-turns.
    """
    if len(request.turns) > 1:
        raise invalid("Multiturn chat is not enabled for this model", "multiturn")


def check_system_instruction(request: GenerateRequest, model: Model) -> None:
    """Refuse a system instruction, as Gemma 3 and speech models do (reported by users).

    Evidence: report-gemma-instruction.
    """
    if model.id.startswith("gemma-3") or model.kind == "speech":
        message = f"Developer instruction is not enabled for {name_model(model)}"
        raise invalid(message, "instruction")


def prompt_too_long_error(prompt: int, model: Model) -> ApiError:
    """Return the error for a prompt that exceeds a model's input limit."""
    message = (
        f"The input token count ({prompt}) exceeds the maximum number of tokens allowed "
        f"({model.input_limit})."
    )
    return invalid(message, "too_long")
