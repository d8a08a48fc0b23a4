"""Count the tokens of prompts and replies."""

from __future__ import annotations

import json
from typing import Any

from mockgem.core.cache import BoundedCache, make_value_key
from mockgem.core.content import (
    Blob,
    Candidate,
    CodeResult,
    ExecutableCode,
    Link,
    ModalityTokens,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    Tool,
    ToolCall,
    ToolResult,
)
from mockgem.core.errors import ApiError
from mockgem.core.models import Model
from mockgem.operations import validation
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators import tokens
from mockgem.operations.generators.media_info import count_media_tokens, kind_of, read_image_size
from mockgem.operations.generators.seeded_random import SeededRandom

MODALITIES = {"image": "IMAGE", "audio": "AUDIO", "video": "VIDEO", "pdf": "DOCUMENT"}
AUDIO_TOKENS_PER_SECOND = 25
"""Tokens per second of generated speech (recorded: 111 for a sentence of 4.5 seconds).

Evidence: native-065-generateContent-200.
"""


def count_prompt_tokens(request: GenerateRequest, model: Model) -> tuple[int, ModalityTokens]:
    """Return the prompt's tokens: their number, and by modality if some are not text."""
    total = tokens.count_tokens(request.system)
    media: dict[str, int] | None = None
    for turn in request.turns:
        for part in turn.parts:
            if isinstance(part, Text):
                total += tokens.count_tokens(part.text)
                continue
            cost = count_part_tokens(part, model)
            total += cost
            if isinstance(part, (Blob, Link)) and (
                modality := MODALITIES.get(kind_of(part.mime_type))
            ):
                media = media or {}
                media[modality] = media.get(modality, 0) + cost
    for tool in request.tools:
        total += count_declaration_tokens(tool)
    return total, split_by_modality(total, media) if media else ()


def count_declaration_tokens(tool: Tool) -> int:
    own = 8 + tokens.count_tokens(tool.name) + tokens.count_tokens(tool.description)
    return own + count_parameter_tokens(tool.parameters) // 3


def count_parameter_tokens(parameters: dict[str, Any]) -> int:
    """Count the tokens of a tool's parameters, which most requests repeat."""
    key = make_value_key(parameters)
    count = PARAMETER_TOKENS.get(key) if key else None
    if count is None:
        count = tokens.count_tokens(json.dumps(parameters))
        if key:
            PARAMETER_TOKENS.put(key, count, len(key))
    return count


PARAMETER_TOKENS: BoundedCache[bytes, int] = BoundedCache(count=4096, weight=4 * 2**20)


def split_by_modality(total: int, media: dict[str, int]) -> ModalityTokens:
    """Return the tokens by modality, text first, as recorded with Gemini 2.5.

    Evidence: native-047-generateContent-200.
    """
    text = total - sum(media.values())
    return ((("TEXT", text),) if text else ()) + tuple(media.items())


def count_part_tokens(part: Part, model: Model) -> int:
    match part:
        case Text(text):
            return tokens.count_tokens(text)
        case ToolCall():
            return count_call_tokens(part)
        case ToolResult(name, output):
            return 3 + tokens.count_tokens(name) + tokens.count_tokens(output)
        case ExecutableCode(source):
            return tokens.count_tokens(source)
        case CodeResult(output):
            return tokens.count_tokens(output)
        case ServerToolCall() | ServerToolResult():
            return 0
        case _:
            return count_media_tokens(part, model.generation)


def count_call_tokens(call: ToolCall) -> int:
    arguments = call.raw_args or json.dumps(call.args)
    return 3 + tokens.count_tokens(call.name) + tokens.count_tokens(arguments) // 2


def count_output_tokens(candidate: Candidate, model: Model) -> int:
    """Count the tokens of a candidate without its thoughts."""
    total = 0
    for part in candidate.parts:
        if isinstance(part, Text):
            total += 0 if part.thought else tokens.count_tokens(part.text)
        elif isinstance(part, Blob):
            total += count_blob_tokens(part, model)
        elif not isinstance(part, CodeResult):
            total += count_part_tokens(part, model)
    return total


def count_output_by_modality(candidates: tuple[Candidate, ...], model: Model) -> ModalityTokens:
    """Count the tokens of generated media by modality; text is left out."""
    counts: dict[str, int] = {}
    for candidate in candidates:
        for part in candidate.parts:
            if isinstance(part, Blob):
                modality = MODALITIES[kind_of(part.mime_type)]
                counts[modality] = counts.get(modality, 0) + count_blob_tokens(part, model)
    return tuple(counts.items())


def count_blob_tokens(blob: Blob, model: Model) -> int:
    if blob.mime_type.startswith("audio/"):
        return -(-len(blob.data) * AUDIO_TOKENS_PER_SECOND // 48_000)
    width, height = read_image_size(blob.data) or (0, 0)
    return LARGE_IMAGE_TOKENS if width * height > LARGE_IMAGE_PIXELS else image_tokens_for(model)


LARGE_IMAGE_PIXELS, LARGE_IMAGE_TOKENS = 8_000_000, 2000
"""An image with more pixels costs more: this number of tokens (documented for 4K).

Evidence: doc-image-generation.
"""


def image_tokens_for(model: Model) -> int:
    """Return the tokens of a generated image (recorded).

    Evidence: native-064-generateContent-200.
    """
    return 1120 if model.generation > 2 else 1290


def count_tool_tokens(candidate: Candidate) -> int:
    """Count the tokens that built-in tools read: search results, programs and their output."""
    total = 0
    for part in candidate.parts:
        if isinstance(part, ExecutableCode):
            total += tokens.count_tokens(part.source)
        elif isinstance(part, CodeResult):
            total += tokens.count_tokens(part.output)
    if candidate.grounding is not None:
        sources = candidate.grounding.sources
        total += 40 + 11 * len(sources) + 900 * len(candidate.grounding.pages)
        total += sum([tokens.count_tokens(source.extra.get("text", "")) for source in sources])
    return total


def estimate_thinking_tokens(
    request: GenerateRequest, model: Model, random: SeededRandom, *, lenient: bool
) -> int:
    """Return how many tokens the model thinks: up to its budget, more with a larger one.

    It draws one random number in any case, so that the reply does not depend on the budget. Gemini
    2.5 does not think after results of functions (33 of 38 recorded replies).

    Evidence: recorded-thinking-after-results.

    Raises:
        ApiError: The model does not support the requested way of thinking.
    """
    usual = 24 + random.draw_below(48)
    try:
        budget = validation.resolve_thinking_budget(request.thinking, model)
    except ApiError:
        if not lenient:
            raise
        budget = 0
    last = request.turns[-1].parts if request.turns else ()
    if model.family == "2.5" and ToolResult in map(type, last):
        return 0
    return min(usual + budget // 64, budget)
