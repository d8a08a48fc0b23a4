"""What a question and its answer cost, in tokens."""

from __future__ import annotations

import json

from mockgem.core.content import (
    Blob,
    Candidate,
    Code,
    CodeResult,
    Kinds,
    Link,
    Part,
    ServerCall,
    ServerResult,
    Text,
    ToolCall,
    ToolResult,
)
from mockgem.core.errors import ApiError
from mockgem.core.models import Model
from mockgem.operations import validation
from mockgem.operations.generate_request import Generate
from mockgem.operations.generators import tokens
from mockgem.operations.generators.media_info import image_size, kind_of, tokens_of
from mockgem.operations.generators.seeded_random import Dice

MODALITIES = {"image": "IMAGE", "audio": "AUDIO", "video": "VIDEO", "pdf": "DOCUMENT"}
SOUND_PER_SECOND = 25
"""Tokens of a second that is spoken (recorded: 111 for a sentence of four and a half seconds)."""


def prompt_tokens(question: Generate, model: Model) -> tuple[int, Kinds]:
    """All tokens, and those of each modality where not all is text."""
    total = tokens.count(question.system)
    media: dict[str, int] | None = None
    for turn in question.turns:
        for part in turn.parts:
            if isinstance(part, Text):
                total += tokens.count(part.text)
                continue
            cost = part_tokens(part, model)
            total += cost
            if isinstance(part, (Blob, Link)) and (modality := MODALITIES.get(kind_of(part.mime_type))):
                media = media or {}
                media[modality] = media.get(modality, 0) + cost
    for tool in question.tools:
        total += (
            8 + tokens.count(tool.name) + tokens.count(tool.description) + tokens.count(json.dumps(tool.parameters)) // 3
        )
    return total, by_modality(total, media) if media else ()


def by_modality(total: int, media: dict[str, int]) -> Kinds:
    """Text first, as recorded with Gemini 2.5."""
    text = total - sum(media.values())
    return ((("TEXT", text),) if text else ()) + tuple(media.items())


def part_tokens(part: Part, model: Model) -> int:
    match part:
        case Text(text):
            return tokens.count(text)
        case ToolCall():
            return call_tokens(part)
        case ToolResult(name, output):
            return 3 + tokens.count(name) + tokens.count(output)
        case Code(source):
            return tokens.count(source)
        case CodeResult(output):
            return tokens.count(output)
        case ServerCall() | ServerResult():
            return 0
        case _:
            return tokens_of(part, model.generation)


def call_tokens(call: ToolCall) -> int:
    return 3 + tokens.count(call.name) + tokens.count(json.dumps(call.args)) // 2


def output_tokens(candidate: Candidate, model: Model) -> int:
    """Tokens of an answer, its thoughts left out: words, calls, code, pictures and speech."""
    total = 0
    for part in candidate.parts:
        if isinstance(part, Text):
            total += 0 if part.thought else tokens.count(part.text)
        elif isinstance(part, Blob):
            total += blob_tokens(part, model)
        elif not isinstance(part, CodeResult):
            total += part_tokens(part, model)
    return total


def output_kinds(candidates: tuple[Candidate, ...], model: Model) -> Kinds:
    """Tokens of made media by modality; nothing where all is text."""
    found: dict[str, int] = {}
    for candidate in candidates:
        for part in candidate.parts:
            if isinstance(part, Blob):
                modality = MODALITIES[kind_of(part.mime_type)]
                found[modality] = found.get(modality, 0) + blob_tokens(part, model)
    return tuple(found.items())


def blob_tokens(blob: Blob, model: Model) -> int:
    if blob.mime_type.startswith("audio/"):
        return -(-len(blob.data) * SOUND_PER_SECOND // 48_000)
    width, height = image_size(blob.data) or (0, 0)
    return LARGE_PICTURE if width * height > LARGE else picture_tokens(model)


LARGE, LARGE_PICTURE = 8_000_000, 2000
"""Dots from which on a picture costs more, and how many tokens then (documented for 4K)."""


def picture_tokens(model: Model) -> int:
    """Of a picture that is made (recorded)."""
    return 1120 if model.generation > 2 else 1290


def looked_up(candidate: Candidate) -> int:
    """Tokens that tools of the service itself read: what they found, or what a program printed."""
    total = 0
    for part in candidate.parts:
        if isinstance(part, Code):
            total += tokens.count(part.source)
        elif isinstance(part, CodeResult):
            total += tokens.count(part.output)
    if candidate.grounding is not None:
        total += 40 + 11 * len(candidate.grounding.sources) + 900 * len(candidate.grounding.pages)
    return total


def thinking_tokens(question: Generate, model: Model, dice: Dice, *, lenient: bool) -> int:
    """How many tokens the model thinks: none where it can't or may not, more at higher levels, never over its budget.

    The dice are thrown in any case, so that what is said does not depend on how much was thought. Raises ApiError where
    the model can't think that way.
    """
    usual = 24 + dice.below(48)
    try:
        budget = validation.budget_for(question.thinking, model)
    except ApiError:
        if not lenient:
            raise
        budget = 0
    return min(usual + budget // 64, budget)
