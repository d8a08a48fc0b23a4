"""Answers as Gemini's and Vertex's OpenAI-compatible surfaces write them.

Keys are sorted in every object, absent means absent, a role is in every delta, and there is no chunk without choices
(wire facts, sections 0 to 3 and 10).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from mockgem.core.content import BLOCKING, Blob, Candidate, Finish, Text, ToolCall, Usage
from mockgem.core.frozen import value
from mockgem.core.http import WireResponse
from mockgem.core.models import Model
from mockgem.dialects.common.google_frontend import headers_for
from mockgem.dialects.common.ids import GOOGLE_ID, google_call_id, google_id, vertex_call_id
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.openai.chat_request import ChatRequest
from mockgem.dialects.openai.reply_template import Marks, Names, Written, sent
from mockgem.operations.generate import Draft, Reply, deltas
from mockgem.operations.generators import tokens
from mockgem.operations.usage import picture_tokens

Json = dict[str, Any]


@value
class Style:
    """What tells the two surfaces apart."""

    names: Names
    vertex: bool = False


GEMINI = Style(Names(google_id, GOOGLE_ID, google_call_id))
VERTEX = Style(Names(google_id, GOOGLE_ID, vertex_call_id), vertex=True)


def write(request: ChatRequest, reply: Reply, style: Style) -> WireResponse:
    """The whole answer or the whole stream. Google sends whole answers in chunked coding as well (rubyllm-01)."""
    draft = reply.draft
    kind = "text/event-stream" if request.stream else "application/json"
    head = headers_for(kind, min(180 + 6 * (draft.usage.output + draft.usage.thoughts), 9900) // 100)

    def written(marks: Marks) -> Written:
        if not request.stream and not style.vertex and (text := only_text(draft)):
            return head, (compact(plain_completion(request, draft, marks, text)),)
        writer = Writer(request, draft, marks, style)
        return head, writer.events() if request.stream else (compact(writer.completion()),)

    return sent(reply, style.names, written)


def only_text(draft: Draft) -> str:
    """The text of an answer that is one text, signed by nobody and not cut short; nothing for any other."""
    first = draft.candidates[0]
    said = first.parts[0] if len(draft.candidates) == len(first.parts) == 1 else None
    if isinstance(said, Text) and not (said.thought or said.signature or draft.usage.cached):
        return said.text if first.finish is STOP else ""
    return ""


def plain_completion(request: ChatRequest, draft: Draft, marks: Marks, text: str) -> Json:
    """The shortest way to what Writer.completion gives for such an answer, which most answers are."""
    usage = draft.usage
    return {
        "choices": [{"finish_reason": "stop", "index": 0, "message": {"content": text, "role": "assistant"}}],
        "created": marks.created,
        "id": marks.id,
        "model": request.asked,
        "object": "chat.completion",
        "usage": {
            "completion_tokens": usage.output,
            "prompt_tokens": usage.prompt,
            "total_tokens": usage.prompt + usage.output + usage.thoughts,
        },
    }


class Writer:
    """Writes one answer in one style."""

    def __init__(self, request: ChatRequest, draft: Draft, marks: Marks, style: Style) -> None:
        self.request = request
        self.draft = draft
        self.marks = marks
        self.style = style
        self.call_marks = iter(marks.calls)
        self.thinking = False

    def completion(self) -> Json:
        choices = [self.choice(number, candidate) for number, candidate in enumerate(self.draft.candidates)]
        return self.envelope("chat.completion", choices, self.usage(self.draft.usage))

    def envelope(self, kind: str, choices: list[Json], usage: Json | None) -> Json:
        found: Json = {
            "choices": choices,
            "created": self.marks.created,
            "id": self.marks.id,
            "model": self.request.asked,
            "object": kind,
        }
        if self.style.vertex:
            found["system_fingerprint"] = ""
        if usage is not None:
            found["usage"] = usage
        return found

    def choice(self, number: int, candidate: Candidate) -> Json:
        """A choice. A blocked one has no message at all."""
        found: Json = {"finish_reason": finish_reason(candidate), "index": number}
        if self.style.vertex:
            found["logprobs"] = None
        if candidate.finish not in BLOCKING:
            found["message"] = self.message(candidate)
        return found

    def message(self, candidate: Candidate) -> Json:
        found: Json = {}
        text, calls, blob, signature = "", [], None, ""
        for part in candidate.parts:
            if isinstance(part, Text):
                text += self.spoken(part)
                signature = part.signature or signature
            elif isinstance(part, ToolCall):
                calls.append(self.call(part))
            elif isinstance(part, Blob):
                blob = part
        if blob is not None:
            found["audio"] = picture_in(blob)
        if text:
            found["content"] = text
        elif blob is not None or (self.style.vertex and calls):
            found["content"] = None
        if signature:
            found["extra_content"] = signed(signature)
        found["role"] = "assistant"
        if calls:
            found["tool_calls"] = calls
        return found

    def spoken(self, part: Text) -> str:
        """Text with the marks around thoughts: one before the first, one after the last."""
        before, self.thinking = self.thinking, part.thought
        tag = self.request.thought_tag or ("" if self.style.vertex else "thought")
        if before == part.thought or not tag:
            return part.text
        return f"<{tag}>{part.text}" if part.thought else f"</{tag}>{part.text}"

    def call(self, call: ToolCall, index: int | None = None) -> Json:
        found: Json = {"extra_content": signed(call.signature)} if call.signature else {}
        found["function"] = {"arguments": as_arguments(call.args), "name": call.name}
        found["id"] = next(self.call_marks)
        if index is not None:
            found["index"] = index
        found["type"] = "function"
        return found

    def usage(self, usage: Usage) -> Json:
        """Thinking is left out of completion_tokens and counted in total_tokens."""
        found: Json = {"completion_tokens": usage.output}
        if self.style.vertex:
            if usage.thoughts:
                found["completion_tokens_details"] = {"reasoning_tokens": usage.thoughts}
            found["extra_properties"] = {"google": {"traffic_type": "ON_DEMAND"}}
        found["prompt_tokens"] = usage.prompt
        if usage.cached:
            found["prompt_tokens_details"] = {"cached_tokens": usage.cached}
        found["total_tokens"] = usage.total
        return found

    def events(self) -> list[bytes]:
        written: list[bytes] = []
        last = len(self.draft.candidates) - 1
        for number, candidate in enumerate(self.draft.candidates):
            self.thinking = False
            choices = list(stream_choices(self, candidate, number, self.draft.model))
            for place, (choice, said) in enumerate(choices):
                ends = number == last and place == len(choices) - 1
                written.append(self.event(choice, said, ends=ends))
        written.append(b"data: [DONE]\n\n")
        return written

    def event(self, choice: Json, said: int, *, ends: bool) -> bytes:
        usage = self.usage_so_far(said, ends=ends)
        return b"data: %b\n\n" % compact(self.envelope("chat.completion.chunk", [choice], usage))

    def usage_so_far(self, said: int, *, ends: bool) -> Json | None:
        """On every chunk with include_usage, cumulative; without it on none, but on Vertex's last."""
        whole = self.draft.usage
        if self.style.vertex:
            return self.usage(whole) if ends else None
        if not self.request.include_usage:
            return None
        if ends:
            return self.usage(whole)
        so_far = 0 if self.draft.model.family == "2.0" else -(-said // tokens.BYTES)
        return self.usage(Usage(whole.prompt, so_far, whole.thoughts, whole.cached))


def stream_choices(writer: Writer, candidate: Candidate, number: int, model: Model) -> Iterator[tuple[Json, int]]:
    """The choices of a candidate's chunks, each with the bytes of text said by then (calls count as many as their tokens).

    Up to 2.5 the finish reason is on the last chunk that says something, and parallel calls share one delta. From 3 on
    calls come one to a chunk, and a chunk with a role alone ends the answer.
    """
    extra: Json = {"logprobs": None} if writer.style.vertex else {}
    pending: list[Json] = []
    said, tokens_said = list(told(writer, candidate, model)), 0
    for delta, size in said:
        tokens_said += size
        pending.append(delta)
        if len(pending) > 1:
            yield {"delta": pending.pop(0), "index": number, **extra}, tokens_said - size
    reason = stream_finish(candidate, model, writer.style)
    if pending and model.generation > 2:
        yield {"delta": pending.pop(), "index": number, **extra}, tokens_said
    end = pending.pop() if pending else last_delta(candidate)
    yield {"delta": end, "finish_reason": reason, "index": number, **extra}, tokens_said


def told(writer: Writer, candidate: Candidate, model: Model) -> Iterator[tuple[Json, int]]:
    """The deltas that say something, with the bytes each takes."""
    calls = [part for part in candidate.parts if isinstance(part, ToolCall)]
    for part in deltas(candidate):
        match part:
            case Text(text, thought=True):
                extra = {"extra_content": {"google": {"thought": True}}}
                yield {"content": writer.spoken(part), **extra, "role": "assistant"}, 0
            case Text(text):
                yield {"content": writer.spoken(part), "role": "assistant"}, tokens.length(text)
            case Blob():
                yield (
                    {"audio": picture_in(part), "content": None, "role": "assistant"},
                    picture_tokens(model) * tokens.BYTES,
                )
            case _:
                continue
    if calls and model.generation > 2:
        for place, call in enumerate(calls):
            yield call_delta(writer, [call], place), call_size(call)
    elif calls:
        yield call_delta(writer, calls, 0), sum(call_size(call) for call in calls)


def call_delta(writer: Writer, calls: list[ToolCall], first: int) -> Json:
    """Calls in a delta; only Vertex numbers them."""
    numbers = range(first, first + len(calls)) if writer.style.vertex else [None] * len(calls)
    listed = [writer.call(call, number) for call, number in zip(calls, numbers, strict=True)]
    return {"role": "assistant", "tool_calls": listed}


def call_size(call: ToolCall) -> int:
    return tokens.BYTES * (3 + tokens.count(call.name) + tokens.count(json.dumps(call.args)) // 2)


def last_delta(candidate: Candidate) -> Json:
    """The chunk with a role alone; it carries the text's signature where there is one."""
    signature = text_signature(candidate)
    return {"extra_content": signed(signature), "role": "assistant"} if signature else {"role": "assistant"}


def text_signature(candidate: Candidate) -> str:
    parts = [part.signature for part in candidate.parts if isinstance(part, Text) and part.signature]
    return parts[-1] if parts else ""


def signed(signature: str) -> Json:
    return {"google": {"thought_signature": signature}}


def picture_in(blob: Blob) -> Json:
    """Vertex puts a picture where OpenAI has sound."""
    data = base64.b64encode(blob.data).decode()
    return {"data": data, "extra_content": {"google": {"mime_type": blob.mime_type}}}


def as_arguments(args: Json) -> str:
    return json.dumps(args, separators=(",", ":"), ensure_ascii=False)


STOP = Finish.STOP


def finish_reason(candidate: Candidate) -> str:
    match candidate.finish:
        case Finish.STOP:
            return "tool_calls" if candidate.calls else "stop"
        case Finish.MAX_TOKENS:
            return "length"
        case Finish.MALFORMED_FUNCTION_CALL:
            return "function_call_filter: MALFORMED_FUNCTION_CALL"
        case _:
            return f"content_filter: {candidate.finish.value}"


def stream_finish(candidate: Candidate, model: Model, style: Style) -> str:
    """2.0 and 3.x say stop after streamed calls; 2.5, and Vertex always, say tool_calls (recorded)."""
    if candidate.calls and not style.vertex and (model.generation > 2 or model.family in ("1.5", "2.0")):
        return "stop"
    return finish_reason(candidate)
