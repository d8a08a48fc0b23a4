"""Embed: texts into vectors."""

from __future__ import annotations

from mockgem.core.call import Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.models import Model
from mockgem.core.scheduling import turn
from mockgem.operations.generators import tokens
from mockgem.operations.generators.vector import Vector, vector_of
from mockgem.operations.validation import model_for

MEDIUM = "\x00medium "
"""Stands before a medium where a text would be."""
BETWEEN_TURNS = 4
MOST = 100
"""Texts in one request (recorded: err-emb-over-100)."""


@value
class Embed:
    """Texts for a model, and of how many numbers their vectors are to be (0: as many as the model has)."""

    model: str
    texts: tuple[str, ...]
    dimensions: int = 0


@value
class Embedded:
    """A vector for each text, in order, and the tokens of all. `counted`: the model says how many tokens it read."""

    model: Model
    vectors: tuple[Vector, ...]
    tokens: int
    counted: bool


async def embed(request: Embed, occasion: Occasion) -> Embedded:
    """Raises ApiError where the real service refuses it."""
    model = model_for(request.model, "embedContent", occasion.world)
    check(request, model, lenient=occasion.world.lenient)
    unit = normalises(model)
    if occasion.said is not None and occasion.said.vector:
        given = Vector(tuple([round(number * 1e8) for number in occasion.said.vector]), 1e-8)
        return Embedded(model, (given,) * len(request.texts), sum(map(tokens.count, request.texts)), unit)
    vectors = []
    for number, text in enumerate(request.texts):
        if number and number % BETWEEN_TURNS == 0:
            await turn()  # a hundred long texts take a second or two; others come in between
        vectors.append(vector_of(text, model.id, model.dimensions, request.dimensions, unit=unit))
    return Embedded(model, tuple(vectors), sum(map(tokens.count, request.texts)), unit)


def check(request: Embed, model: Model, *, lenient: bool) -> None:
    if not request.texts:
        raise invalid("* BatchEmbedContentsRequest.requests: requests is not specified\n", "no_contents")
    if len(request.texts) > MOST:
        message = f"* BatchEmbedContentsRequest.requests: at most {MOST} requests can be in one batch\n"
        raise invalid(message, "too_many_texts", limit=MOST)
    if any(MEDIUM in text for text in request.texts) and not normalises(model):
        raise invalid("Request contains an invalid argument.", "modality")
    if any(not text for text in request.texts) and not lenient:
        raise invalid("EmbedContentRequest.content contains an empty Part.", "empty_part")
    if not 0 <= request.dimensions <= model.dimensions:
        raise invalid("Request contains an invalid argument.", "dimensions", limit=model.dimensions)


def normalises(model: Model) -> bool:
    """gemini-embedding-2 gives vectors of length one at every size, and tells its tokens; earlier models do neither."""
    return model.id.startswith("gemini-embedding-2")
