"""Encode replies like OpenAI and the gateways that imitate it.

One-api style gateways answer for Gemini with `chatcmpl-` ids, numbered calls, one usage chunk
without choices at the end, and images as Markdown in the text.

Evidence: report-gateway.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mockgem.core.content import (
    BLOCKING_REASONS,
    Blob,
    Candidate,
    FinishReason,
    Text,
    ToolCall,
    Usage,
)
from mockgem.core.http import WireResponse
from mockgem.dialects.common.ids import make_gateway_call_id, make_gateway_id
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.chat_request import ChatRequest
from mockgem.dialects.openai.google_parts import dump_arguments
from mockgem.dialects.openai.reply_template import (
    Headers,
    IdScheme,
    RenderedReply,
    ReplyIds,
    encode_reply,
)
from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.deltas import split_deltas
from mockgem.operations.draft import Draft, Reply

Json = dict[str, Any]

ID_SCHEME = IdScheme(make_gateway_id, len("chatcmpl-") + 29, make_gateway_call_id)
JSON_HEADERS: Headers = (("Content-Type", "application/json; charset=utf-8"),)
STREAM_HEADERS: Headers = (("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache"))
FINISH_REASONS = {
    FinishReason.STOP: "stop",
    FinishReason.MAX_TOKENS: "length",
    FinishReason.MALFORMED_FUNCTION_CALL: "stop",
    FinishReason.UNEXPECTED_TOOL_CALL: "stop",
    **dict.fromkeys(BLOCKING_REASONS, "content_filter"),
}


def encode_completion(request: ChatRequest, reply: Reply) -> WireResponse:
    def render_body(reply_ids: ReplyIds) -> RenderedReply:
        if request.stream:
            return STREAM_HEADERS, list(iter_events(request, reply.draft, reply_ids))
        return JSON_HEADERS, dump_compact(render_completion(request, reply.draft, reply_ids))

    return encode_reply(reply, ID_SCHEME, render_body)


def wrap_choices(request: ChatRequest, reply_ids: ReplyIds, kind: str, choices: list[Json]) -> Json:
    return {
        "id": reply_ids.id,
        "object": kind,
        "created": reply_ids.created,
        "model": request.requested_model,
        "choices": choices,
    }


def render_completion(request: ChatRequest, draft: Draft, reply_ids: ReplyIds) -> Json:
    call_ids = iter(reply_ids.calls)
    choices = [
        {
            "index": number,
            "message": render_message(candidate, call_ids),
            "logprobs": None,
            "finish_reason": finish_reason_of(candidate),
        }
        for number, candidate in enumerate(draft.candidates)
    ]
    return wrap_choices(request, reply_ids, "chat.completion", choices) | {
        "usage": usage_of(draft.usage)
    }


def render_message(candidate: Candidate, call_ids: Iterator[str]) -> Json:
    text = "".join(format_part(part) for part in candidate.parts)
    message: Json = {"role": "assistant", "content": text or None}
    if thoughts := "".join(
        part.text for part in candidate.parts if isinstance(part, Text) and part.thought
    ):
        message["reasoning_content"] = thoughts
    if candidate.tool_calls:
        message["tool_calls"] = [render_call(call, next(call_ids)) for call in candidate.tool_calls]
    return message


def format_part(part: object) -> str:
    match part:
        case Text(text, thought=False):
            return text
        case Blob(mime_type, data):
            return f"\n\n![image](data:{mime_type};base64,{encode_base64(data)})"
    return ""


def render_call(call: ToolCall, call_id: str) -> Json:
    rendered: Json = {"id": call_id, "type": "function"}
    rendered["function"] = {
        "name": call.name,
        "arguments": call.raw_args or dump_arguments(call.args),
    }
    if call.signature:
        rendered["extra_content"] = {"google": {"thought_signature": call.signature}}
    return rendered


def finish_reason_of(candidate: Candidate) -> str:
    return (
        "tool_calls"
        if candidate.tool_calls
        else FINISH_REASONS.get(candidate.finish_reason, "content_filter")
    )


def usage_of(usage: Usage) -> Json:
    """Return the usage as OpenAI counts it: completion_tokens includes thinking."""
    counts: Json = {
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.output + usage.thoughts,
        "total_tokens": usage.total,
    }
    if usage.cached:
        counts["prompt_tokens_details"] = {"cached_tokens": usage.cached}
    if usage.thoughts:
        counts["completion_tokens_details"] = {"reasoning_tokens": usage.thoughts}
    return counts


def iter_events(request: ChatRequest, draft: Draft, reply_ids: ReplyIds) -> Iterator[bytes]:
    call_ids = iter(reply_ids.calls)
    for number, candidate in enumerate(draft.candidates):
        for delta in iter_deltas(candidate, call_ids):
            choice = {"index": number, "delta": delta, "logprobs": None, "finish_reason": None}
            yield render_event(wrap_choices(request, reply_ids, "chat.completion.chunk", [choice]))
        end = {
            "index": number,
            "delta": {},
            "logprobs": None,
            "finish_reason": finish_reason_of(candidate),
        }
        yield render_event(wrap_choices(request, reply_ids, "chat.completion.chunk", [end]))
    if request.include_usage:
        yield render_event(
            wrap_choices(request, reply_ids, "chat.completion.chunk", [])
            | {"usage": usage_of(draft.usage)}
        )
    yield b"data: [DONE]\n\n"


def iter_deltas(candidate: Candidate, call_ids: Iterator[str]) -> Iterator[Json]:
    """Yield the role first, then the content. A call's name comes before its arguments."""
    yield {"role": "assistant", "content": None if candidate.tool_calls else ""}
    number = 0
    for part in split_deltas(candidate):
        match part:
            case Text(text, thought=True):
                yield {"reasoning_content": text}
            case Text() | Blob():
                yield {"content": format_part(part)}
            case ToolCall():
                whole = {"index": number, **render_call(part, next(call_ids))}
                head = whole | {"function": {"name": part.name, "arguments": ""}}
                yield {"tool_calls": [head]}
                yield {
                    "tool_calls": [
                        {"index": number, "function": {"arguments": whole["function"]["arguments"]}}
                    ]
                }
                number += 1


def render_event(value: Json) -> bytes:
    return b"data: %b\n\n" % dump_compact(value)
