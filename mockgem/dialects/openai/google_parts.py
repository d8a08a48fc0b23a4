"""What whole replies and streams of the Google-run OpenAI-compatible surfaces have in common."""

from __future__ import annotations

import json
from typing import Any

from mockgem.core.content import Blob, Candidate, FinishReason
from mockgem.core.frozen import frozen
from mockgem.core.models import Model
from mockgem.dialects.common.ids import (
    GOOGLE_ID_LENGTH,
    make_google_call_id,
    make_google_id,
    make_vertex_call_id,
)
from mockgem.dialects.openai.reply_template import IdScheme
from mockgem.operations.base64_codec import encode_base64

Json = dict[str, Any]


@frozen
class CompletionStyle:
    """The differences between the two surfaces.

    `has_call_index`: The calls of a stream have numbers, as on Vertex AI.
    """

    id_scheme: IdScheme
    vertex: bool = False
    has_call_index: bool = False


GEMINI = CompletionStyle(IdScheme(make_google_id, GOOGLE_ID_LENGTH, make_google_call_id))
VERTEX = CompletionStyle(
    IdScheme(make_google_id, GOOGLE_ID_LENGTH, make_vertex_call_id),
    vertex=True,
    has_call_index=True,
)


def render_signature(signature: str) -> Json:
    return {"google": {"thought_signature": signature}}


def render_extra_content(signature: str, *, thought: bool) -> Json:
    """Render what a message has besides OpenAI's fields; an empty object if that is nothing.

    A message with thoughts says so, beside the signature of its text (recorded).

    Evidence: openai-pydanticai-01-tool, report-gemma-4-thoughts.
    """
    google: Json = {"thought": True} if thought else {}
    if signature:
        google["thought_signature"] = signature
    return {"extra_content": {"google": google}} if google else {}


def render_image(blob: Blob) -> Json:
    """Render an image. Vertex AI puts it where OpenAI has audio."""
    data = encode_base64(blob.data)
    return {"data": data, "extra_content": {"google": {"mime_type": blob.mime_type}}}


dump_arguments = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
"""Write the arguments of a call."""


def finish_reason_of(candidate: Candidate) -> str:
    match candidate.finish_reason:
        case FinishReason.STOP:
            return "tool_calls" if candidate.tool_calls else "stop"
        case FinishReason.MAX_TOKENS:
            return "length"
        case FinishReason.MALFORMED_FUNCTION_CALL | FinishReason.UNEXPECTED_TOOL_CALL as reason:
            return f"function_call_filter: {reason.value}"
        case _:
            return f"content_filter: {candidate.finish_reason.value}"


def stream_finish_reason_of(candidate: Candidate, model: Model, style: CompletionStyle) -> str:
    """Return the finish reason of a stream.

    After streamed calls 2.0, 3.x and Gemma 4 say stop; 2.5, and Vertex AI always, say tool_calls
    (recorded). The reason of a reply that went wrong stays.

    Evidence: openai-magentic-01-tool-stream, openai-intelly-02-tool-stream,
    openai-harness-01-g3-tool-stream, openai-vertexdoc-01-stream-fc-args,
    report-stream-finish-reason.
    """
    if (
        candidate.finish_reason is FinishReason.STOP
        and candidate.tool_calls
        and not style.vertex
        and (model.has_named_calls or model.family in ("1.5", "2.0"))
    ):
        return "stop"
    return finish_reason_of(candidate)
