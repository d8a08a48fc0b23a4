"""Embed texts as vectors."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from mockgem.core.call import OperationContext
from mockgem.core.content import Blob, Link, ModalityTokens
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.core.scheduling import run_aside, yield_control
from mockgem.operations.generators import tokens
from mockgem.operations.generators.media_info import count_media_tokens, kind_of
from mockgem.operations.generators.vector import CodedVector, Vector, make_vector
from mockgem.operations.usage import MODALITIES
from mockgem.operations.validation import find_model

MEDIA_PREFIX = "\x00medium "
"""The prefix of a text that stands for media."""
MEDIUM = re.compile(rf"\n?{MEDIA_PREFIX}[^\n]*")
GENERATION = 2
"""Embedding models count media like Gemini 2: 258 tokens for a small image (assumed)."""
YIELD_EVERY = 4
MAX_TEXTS = 100
"""The highest number of texts in one request (evidence: recording err-emb-over-100).

Evidence: openai-err-emb-over-100.
"""


@frozen
class EmbedTextsRequest:
    """Texts for a model, and the size of their vectors; 0 is the model's own size.

    A medium is part of a text as MEDIA_PREFIX and words that identify it; `media` are all of them.
    `own_dimensions` are the sizes of the texts one by one, if they differ.
    """

    model: str
    texts: tuple[str, ...]
    dimensions: int = 0
    own_dimensions: tuple[int, ...] = ()
    media: tuple[Blob | Link, ...] = ()

    @property
    def sizes(self) -> tuple[int, ...]:
        """The size of the vector of each text."""
        return self.own_dimensions or (self.dimensions,) * len(self.texts)


@frozen
class EmbedResult:
    """A vector for each text, in order, and the tokens of all texts and media together.

    `modality_tokens` are those by modality, media before text (recorded). `has_token_count` is true
    for models whose responses contain the token count.
    """

    model: Model
    vectors: tuple[Vector, ...]
    modality_tokens: ModalityTokens
    has_token_count: bool

    @property
    def tokens(self) -> int:
        """The tokens of all modalities."""
        return sum([count for _, count in self.modality_tokens])


async def embed(request: EmbedTextsRequest, context: OperationContext) -> EmbedResult:
    """Embed texts.

    Raises:
        ApiError: The real service would refuse the request.
    """
    model = find_model(request.model, "embedContent", context.world)
    check(request, model, lenient=context.world.lenient)
    unit = has_unit_vectors(model)
    if context.scripted_reply is not None and context.scripted_reply.embedding:
        scripted = make_scripted_vector(context.scripted_reply.embedding)
        counts = count_tokens(request)
        return EmbedResult(model, (scripted,) * len(request.texts), counts, unit)
    embed_text = get_embedder()
    vectors: list[Vector] = []
    for number, (text, size) in enumerate(zip(request.texts, request.sizes, strict=True)):
        if number and number % YIELD_EVERY == 0:
            # A hundred long texts take a second or two; other requests get a turn in between.
            await yield_control()
        sizes = model.dimensions, size
        if context.is_large:
            vectors.append(await run_aside(embed_text, text, model.id, *sizes, unit=unit))
        else:
            vectors.append(embed_text(text, model.id, *sizes, unit=unit))
    return EmbedResult(model, tuple(vectors), count_tokens(request), unit)


@lru_cache(maxsize=32)
def make_scripted_vector(numbers: tuple[float, ...]) -> CodedVector:
    """Return the vector that a scenario wrote out; kept, because many calls get the same."""
    return make_vector([round(number * 1e8) for number in numbers], 1e-8)


@cache
def get_embedder() -> Callable[..., Vector]:
    """Return what embeds a text: with numpy if it is installed, which is faster."""
    try:
        from mockgem.operations.generators.vector_arrays import embed_text
    except ImportError:
        from mockgem.operations.generators.vector import embed_text as embed_without_numpy

        return embed_without_numpy
    return embed_text


def count_tokens(request: EmbedTextsRequest) -> ModalityTokens:
    """Count the tokens by modality: of media first, then of text (recorded).

    Evidence: recorded-embedding-modalities.
    """
    counts: dict[str, int] = {}
    for medium in request.media:
        modality = MODALITIES.get(kind_of(medium.mime_type), "DOCUMENT")
        cost = count_media_tokens(medium, GENERATION)
        counts[modality] = counts.get(modality, 0) + cost
    words = sum([tokens.count_tokens(MEDIUM.sub("", text)) for text in request.texts])
    if words or not counts:
        counts["TEXT"] = words
    return tuple(counts.items())


def check(request: EmbedTextsRequest, model: Model, *, lenient: bool) -> None:
    """Refuse texts and sizes that a model does not embed."""
    if not request.texts:
        raise invalid(
            "* BatchEmbedContentsRequest.requests: requests is not specified\n", "no_contents"
        )
    if len(request.texts) > MAX_TEXTS:
        message = (
            f"* BatchEmbedContentsRequest.requests: at most {MAX_TEXTS} requests can be in one "
            "batch\n"
        )
        raise invalid(message, "too_many_texts")
    if any(MEDIA_PREFIX in text for text in request.texts) and not has_unit_vectors(model):
        raise invalid("Request contains an invalid argument.", "modality")
    if any(not text for text in request.texts) and not lenient:
        raise invalid("EmbedContentRequest.content contains an empty Part.", "empty_part")
    if not all(0 <= size <= model.dimensions for size in request.sizes):
        raise invalid("Request contains an invalid argument.", "dimensions")


def has_unit_vectors(model: Model) -> bool:
    """Return whether vectors of every size have the length one, and responses a token count.

    Of the known models only gemini-embedding-2 has both.
    """
    return model.id.startswith("gemini-embedding-2")
