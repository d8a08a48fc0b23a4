"""Count the tokens of a request: the number that the reply's usage has for the prompt."""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.content import ModalityTokens
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.scheduling import run_aside_if
from mockgem.operations.caches import add_cached_tokens
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.prompt import resolve_references
from mockgem.operations.usage import count_prompt_tokens
from mockgem.operations.validation import check_contents, check_parts, find_model


@frozen
class TokenCount:
    """The tokens of a request, by modality and including cached content, and its characters."""

    model: Model
    total: int
    modality_tokens: ModalityTokens
    cached_tokens: int
    characters: int


async def count_tokens(request: GenerateRequest, context: OperationContext) -> TokenCount:
    """Count the tokens of a request.

    Raises:
        ApiError: The request has no contents, or the model does not read them.
    """
    world = context.world
    model = find_model(request.model, "countTokens", world)
    check_contents(request)
    request, held = await resolve_references(request, context)
    question = request

    def count() -> TokenCount:
        if not world.lenient:
            check_parts(question, model)
        total, kinds = add_cached_tokens(*count_prompt_tokens(question, model), held)
        return TokenCount(model, total, kinds, held.tokens, count_characters(question))

    return await run_aside_if(context.is_large or question.has_links, count)


def count_characters(request: GenerateRequest) -> int:
    """Count the characters of all text without white space."""
    texts = [
        request.system,
        *[getattr(part, "text", "") for turn in request.turns for part in turn.parts],
    ]
    return sum(len("".join(text.split())) for text in texts)
