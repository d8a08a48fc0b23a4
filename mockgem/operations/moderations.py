"""Classify texts: nothing is harmful, unless a text asks for it as tests do."""

from __future__ import annotations

from mockgem.core.call import OperationContext
from mockgem.core.content import Text, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.scheduling import run_aside_if
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.ids import derive_id_seed
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.prompt import find_requested_failure

CATEGORIES = (
    *("harassment", "harassment/threatening", "hate", "hate/threatening"),
    *("illicit", "illicit/violent", "self-harm", "self-harm/intent", "self-harm/instructions"),
    *("sexual", "sexual/minors", "violence", "violence/graphic"),
)
"""Evidence: sdk-openai."""
MANY_TEXTS = 200
"""From this number on, texts are classified while other requests get answers."""
FLAGGED = "harassment"
"""The category of a text with `mockgem:block=SAFETY`."""


@frozen
class ModerateRequest:
    """Texts to classify."""

    texts: tuple[str, ...]
    model: str = ""


@frozen
class Moderation:
    """What a classifier says about some texts: the scores of each, from 0 to 1, by category."""

    id_seed: bytes
    scores: tuple[dict[str, float], ...]


async def moderate(request: ModerateRequest, context: OperationContext) -> Moderation:
    """Return the scores of texts. Raises ApiError (400) without texts."""
    if not request.texts:
        raise invalid("Missing required parameter: 'input'.", "moderation_input")
    seed = context.world.seed
    is_long = len(request.texts) > MANY_TEXTS
    scores = await run_aside_if(is_long, score_texts, request.texts, seed)
    return Moderation(derive_id_seed(context.world.id_seed, context), scores)


def score_texts(texts: tuple[str, ...], seed: int) -> tuple[dict[str, float], ...]:
    return tuple([score(text, SeededRandom(seed, "moderation", text)) for text in texts])


def score(text: str, random: SeededRandom) -> dict[str, float]:
    scores = {category: random.draw_below(1000) / 1_000_000 for category in CATEGORIES}
    if find_requested_failure(GenerateRequest("", (Turn("user", (Text(text),)),))) is not None:
        scores[FLAGGED] = 0.97
    return scores
