"""Cut a generated candidate at a stop sequence or at the token limit."""

from __future__ import annotations

from dataclasses import replace

from mockgem.core.content import Candidate, FinishReason, Part, Text
from mockgem.core.models import Model
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators import tokens
from mockgem.operations.usage import count_output_tokens

UNLIMITED = 2**31
LONG_TEXT = 8_000
"""Up to this number of characters a text is certainly shorter than every model's output limit."""


def is_long(parts: tuple[Part, ...]) -> bool:
    """Return whether the parts could reach a model's output limit."""
    return any(isinstance(part, Text) and len(part.text) > LONG_TEXT for part in parts)


def limit_output(
    candidate: Candidate, request: GenerateRequest, model: Model, thinking_tokens: int
) -> Candidate:
    """Cut a candidate at a stop sequence, then at the token limit.

    `max_tokens` includes thinking, so the thinking tokens are subtracted first.
    """
    if request.sampling.stop:
        candidate = cut_at_stop_sequence(candidate, request.sampling.stop)
    limit = request.sampling.max_tokens
    remaining = model.output_limit or UNLIMITED if limit is None else limit - thinking_tokens
    if count_output_tokens(candidate, model) <= remaining:
        return candidate
    kept: list[Part] = []
    for part in candidate.parts:
        if isinstance(part, Text) and part.thought:
            kept.append(part)
            continue
        cost = count_output_tokens(Candidate((part,)), model)
        if cost > remaining:
            if (
                isinstance(part, Text)
                and remaining > 0
                and (text := tokens.cut(part.text, remaining))
            ):
                kept.append(replace(part, text=text))
            break
        kept.append(part)
        remaining -= cost
    return cut_candidate(candidate, tuple(kept), FinishReason.MAX_TOKENS)


def cut_at_stop_sequence(candidate: Candidate, stop: tuple[str, ...]) -> Candidate:
    """Cut a candidate's text before the first stop sequence; tool calls are never cut."""
    text = candidate.text
    ends = [at for sequence in stop if sequence and (at := text.find(sequence)) >= 0]
    if not ends or candidate.tool_calls:
        return candidate
    remaining = min(ends)
    kept: list[Part] = []
    for part in candidate.parts:
        if not isinstance(part, Text) or part.thought:
            kept.append(part)
        elif len(part.text) <= remaining:
            kept.append(part)
            remaining -= len(part.text)
        else:
            kept += [replace(part, text=part.text[:remaining])] if remaining else []
            break
    return cut_candidate(candidate, tuple(kept), FinishReason.STOP)


def cut_candidate(candidate: Candidate, parts: tuple[Part, ...], finish: FinishReason) -> Candidate:
    """Return a candidate with fewer parts, and the grounding supports that still fit its text."""
    grounding = candidate.grounding
    if grounding is None:
        return Candidate(parts, finish)
    size = len(Candidate(parts).text.encode("utf-8", "replace"))
    supports = tuple([support for support in grounding.supports if support.end <= size])
    return replace(
        candidate,
        parts=parts,
        finish_reason=finish,
        grounding=replace(grounding, supports=supports),
    )
