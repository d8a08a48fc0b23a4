"""Answers as OpenAI and the gateways in its manner write them.

One-api style gateways answer for Gemini so: `chatcmpl-` ids, numbered calls, one usage chunk without choices at the
end, pictures as Markdown in the text (wire facts, section 11).
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from mockgem.core.content import BLOCKING, Blob, Candidate, Finish, Text, ToolCall, Usage
from mockgem.core.http import WireResponse
from mockgem.dialects.common.ids import plain_call_id, plain_id
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.openai.chat_request import ChatRequest
from mockgem.dialects.openai.google_completions import as_arguments
from mockgem.dialects.openai.reply_template import Headers, Marks, Names, Written, sent
from mockgem.operations.generate import Draft, Reply, deltas

Json = dict[str, Any]

NAMES = Names(plain_id, len("chatcmpl-") + 29, plain_call_id)
JSON_HEADERS: Headers = (("Content-Type", "application/json; charset=utf-8"),)
STREAM_HEADERS: Headers = (("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache"))
REASONS = {
    Finish.STOP: "stop",
    Finish.MAX_TOKENS: "length",
    Finish.MALFORMED_FUNCTION_CALL: "stop",
    Finish.UNEXPECTED_TOOL_CALL: "stop",
    **dict.fromkeys(BLOCKING, "content_filter"),
}


def write(request: ChatRequest, reply: Reply) -> WireResponse:
    def written(marks: Marks) -> Written:
        if request.stream:
            return STREAM_HEADERS, list(events(request, reply.draft, marks))
        return JSON_HEADERS, compact(completion(request, reply.draft, marks))

    return sent(reply, NAMES, written)


def envelope(request: ChatRequest, marks: Marks, kind: str, choices: list[Json]) -> Json:
    return {"id": marks.id, "object": kind, "created": marks.created, "model": request.asked, "choices": choices}


def completion(request: ChatRequest, draft: Draft, marks: Marks) -> Json:
    call_marks = iter(marks.calls)
    choices = [
        {"index": number, "message": message(one, call_marks), "logprobs": None, "finish_reason": finish_reason(one)}
        for number, one in enumerate(draft.candidates)
    ]
    return envelope(request, marks, "chat.completion", choices) | {"usage": usage_of(draft.usage)}


def message(candidate: Candidate, call_marks: Iterator[str]) -> Json:
    text = "".join(spoken(part) for part in candidate.parts)
    found: Json = {"role": "assistant", "content": text or None}
    if thoughts := "".join(part.text for part in candidate.parts if isinstance(part, Text) and part.thought):
        found["reasoning_content"] = thoughts
    if candidate.calls:
        found["tool_calls"] = [call_of(call, next(call_marks)) for call in candidate.calls]
    return found


def spoken(part: object) -> str:
    match part:
        case Text(text, thought=False):
            return text
        case Blob(mime_type, data):
            return f"\n\n![image](data:{mime_type};base64,{base64.b64encode(data).decode()})"
    return ""


def call_of(call: ToolCall, mark: str) -> Json:
    found: Json = {"id": mark, "type": "function"}
    found["function"] = {"name": call.name, "arguments": as_arguments(call.args)}
    if call.signature:
        found["extra_content"] = {"google": {"thought_signature": call.signature}}
    return found


def finish_reason(candidate: Candidate) -> str:
    return "tool_calls" if candidate.calls else REASONS[candidate.finish]


def usage_of(usage: Usage) -> Json:
    """In OpenAI's sense: completion_tokens has the thinking in it."""
    found: Json = {
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.output + usage.thoughts,
        "total_tokens": usage.total,
    }
    if usage.cached:
        found["prompt_tokens_details"] = {"cached_tokens": usage.cached}
    if usage.thoughts:
        found["completion_tokens_details"] = {"reasoning_tokens": usage.thoughts}
    return found


def events(request: ChatRequest, draft: Draft, marks: Marks) -> Iterator[bytes]:
    call_marks = iter(marks.calls)
    for number, candidate in enumerate(draft.candidates):
        for delta in told(candidate, call_marks):
            choice = {"index": number, "delta": delta, "logprobs": None, "finish_reason": None}
            yield event(envelope(request, marks, "chat.completion.chunk", [choice]))
        end = {"index": number, "delta": {}, "logprobs": None, "finish_reason": finish_reason(candidate)}
        yield event(envelope(request, marks, "chat.completion.chunk", [end]))
    if request.include_usage:
        yield event(envelope(request, marks, "chat.completion.chunk", []) | {"usage": usage_of(draft.usage)})
    yield b"data: [DONE]\n\n"


def told(candidate: Candidate, call_marks: Iterator[str]) -> Iterator[Json]:
    """The role first, then what is said; a call's name comes before its arguments."""
    yield {"role": "assistant", "content": None if candidate.calls else ""}
    number = 0
    for part in deltas(candidate):
        match part:
            case Text(text, thought=True):
                yield {"reasoning_content": text}
            case Text() | Blob():
                yield {"content": spoken(part)}
            case ToolCall():
                whole = {"index": number, **call_of(part, next(call_marks))}
                head = whole | {"function": {"name": part.name, "arguments": ""}}
                yield {"tool_calls": [head]}
                yield {"tool_calls": [{"index": number, "function": {"arguments": whole["function"]["arguments"]}}]}
                number += 1


def event(value: Json) -> bytes:
    return b"data: %b\n\n" % compact(value)
