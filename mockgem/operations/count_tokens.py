"""Count the tokens of a question: the same number that its answer's usage has for the prompt."""

from __future__ import annotations

from mockgem.core.call import Occasion
from mockgem.core.content import Kinds
from mockgem.core.frozen import value
from mockgem.core.models import Model
from mockgem.operations.caches import with_held
from mockgem.operations.generate import prepared
from mockgem.operations.generate_request import Generate
from mockgem.operations.usage import prompt_tokens
from mockgem.operations.validation import check_contents, check_parts, model_for


@value
class Counted:
    """Tokens of a question, by modality, with those that its cache holds; and its characters, spaces left out."""

    model: Model
    total: int
    kinds: Kinds
    cached: int
    characters: int


async def count(question: Generate, occasion: Occasion) -> Counted:
    """Raises ApiError where there is nothing to count or the model can't."""
    world = occasion.world
    model = model_for(question.model, "countTokens", world)
    check_contents(question)
    question, held = await prepared(question, world)
    if not world.lenient:
        check_parts(question, model)
    total, kinds = with_held(*prompt_tokens(question, model), held)
    return Counted(model, total, kinds, held.tokens, characters_of(question))


def characters_of(question: Generate) -> int:
    texts = [question.system, *[getattr(part, "text", "") for turn in question.turns for part in turn.parts]]
    return sum(len("".join(text.split())) for text in texts)
