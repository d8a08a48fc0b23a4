"""Split a candidate into the deltas of a stream, for the Google-run OpenAI-compatible surfaces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Protocol

from mockgem.core.content import Blob, Candidate, Text, ToolCall
from mockgem.core.models import Model
from mockgem.dialects.openai.google_parts import (
    CompletionStyle,
    Json,
    render_image,
    render_signature,
    stream_finish_reason_of,
)
from mockgem.operations.deltas import split_deltas
from mockgem.operations.generators import tokens
from mockgem.operations.usage import image_tokens_for


class PartWriter(Protocol):
    """Writes the parts of one reply in one style."""

    style: CompletionStyle

    def format_text(self, part: Text) -> str: ...

    def close_thoughts(self) -> str: ...

    def render_call(self, call: ToolCall, index: int | None = None) -> Json: ...


def iter_choices(
    writer: PartWriter, candidate: Candidate, number: int, model: Model
) -> Iterator[tuple[Json, int]]:
    """Yield the choices of a candidate's chunks, each with the bytes of text up to there.

    A call counts as many bytes as it has tokens. Up to 2.5 the finish reason is on the last chunk
    with content, and parallel calls share one delta. From 3 on, and with Gemma 4, each call has its
    chunk, and a chunk with only a role ends the reply.
    """
    extra: Json = {"logprobs": None} if writer.style.vertex else {}
    pending: list[Json] = []
    sent_bytes = 0
    for delta, size in list(iter_deltas(writer, candidate, model)):
        sent_bytes += size
        pending.append(delta)
        if len(pending) > 1:
            yield {"delta": pending.pop(0), "index": number, **extra}, sent_bytes - size
    reason = stream_finish_reason_of(candidate, model, writer.style)
    if pending and model.has_named_calls:
        yield {"delta": pending.pop(), "index": number, **extra}, sent_bytes
    end = pending.pop() if pending else render_last_delta(candidate)
    yield {"delta": end, "finish_reason": reason, "index": number, **extra}, sent_bytes


def iter_deltas(
    writer: PartWriter, candidate: Candidate, model: Model
) -> Iterator[tuple[Json, int]]:
    """Yield the deltas with content and the bytes of each."""
    calls = [part for part in candidate.parts if isinstance(part, ToolCall)]
    for part in split_deltas(candidate):
        match part:
            case Text(text, thought=True):
                extra = {"extra_content": {"google": {"thought": True}}}
                yield {"content": writer.format_text(part), **extra, "role": "assistant"}, 0
            case Text(text):
                yield (
                    {"content": writer.format_text(part), "role": "assistant"},
                    tokens.count_bytes(text),
                )
            case Blob():
                closing = writer.close_thoughts() or None
                yield (
                    {"audio": render_image(part), "content": closing, "role": "assistant"},
                    image_tokens_for(model) * tokens.BYTES_PER_TOKEN,
                )
            case _:
                continue
    if calls and model.has_named_calls:
        for place, call in enumerate(calls):
            yield render_call_delta(writer, [call], place), estimate_call_size(call)
    elif calls:
        yield render_call_delta(writer, calls, 0), sum(estimate_call_size(call) for call in calls)


def render_call_delta(writer: PartWriter, calls: list[ToolCall], first: int) -> Json:
    """Render the calls of a delta, with numbers on Vertex AI or if the settings want them."""
    numbers = (
        range(first, first + len(calls)) if writer.style.has_call_index else [None] * len(calls)
    )
    rendered = [
        writer.render_call(call, number) for call, number in zip(calls, numbers, strict=True)
    ]
    closing = writer.close_thoughts()
    content: Json = {"content": closing} if closing else {}
    return {**content, "role": "assistant", "tool_calls": rendered}


def estimate_call_size(call: ToolCall) -> int:
    return tokens.BYTES_PER_TOKEN * (
        3 + tokens.count_tokens(call.name) + tokens.count_tokens(json.dumps(call.args)) // 2
    )


def render_last_delta(candidate: Candidate) -> Json:
    """Render the last chunk: a role, and the text's signature if it has one."""
    signature = text_signature_of(candidate)
    return (
        {"extra_content": render_signature(signature), "role": "assistant"}
        if signature
        else {"role": "assistant"}
    )


def text_signature_of(candidate: Candidate) -> str:
    parts = [
        part.signature for part in candidate.parts if isinstance(part, Text) and part.signature
    ]
    return parts[-1] if parts else ""
