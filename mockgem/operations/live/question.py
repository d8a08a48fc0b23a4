"""The question that every turn of a session becomes, and whether its answers are speech."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.content import Text, Turn
from mockgem.core.errors import invalid
from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.operations.generate_request import (
    NO_GEMINI_OPTIONS,
    GeminiOptions,
    GenerateRequest,
)
from mockgem.operations.live.models import LiveFamily
from mockgem.operations.validation import check_request, find_model


def choose_speech(question: GenerateRequest, model: Model, family: LiveFamily) -> bool:
    """Return whether the model speaks its answers.

    Raises ApiError for text of a model that only speaks (reported).

    Evidence: report-live-text-modality.
    """
    modalities = question.gemini_options.modalities
    if family.speaks_only and (not modalities or modalities == ("AUDIO",)):
        return True
    if not family.speaks_only and set(modalities) <= {"TEXT"}:
        return False
    if modalities == ("AUDIO",) and "audio" in model.outputs:
        return True
    accepted = "AUDIO" if family.speaks_only else "TEXT\n* AUDIO"
    raise invalid(
        f"The requested combination of response modalities ({', '.join(sorted(modalities))}) is "
        f"not supported by the model. models/{model.id} accepts the following combination of "
        f"response modalities:\n* {accepted}\n",
        "modalities",
    )


def prepare_question(
    question: GenerateRequest, family: LiveFamily, world: World
) -> GenerateRequest:
    """Return the request that every turn becomes: text of the model that writes the words.

    Raises ApiError for tools and settings that this model refuses.
    """
    options = without_speech(question.gemini_options)
    thinking = question.thinking
    if family.shows_thoughts and thinking.budget != 0 and not question.tools:
        thinking = replace(thinking, include_thoughts=True)
    question = replace(question, gemini_options=options, thinking=thinking)
    writer = find_model(family.writer, "generateContent", world)
    sample = replace(question, turns=(Turn("user", (Text("Hello"),)),))
    check_request(sample, writer, lenient=world.lenient)
    return question


def without_speech(options: GeminiOptions) -> GeminiOptions:
    plain = replace(options, modalities=(), voices=())
    return NO_GEMINI_OPTIONS if plain == NO_GEMINI_OPTIONS else plain
