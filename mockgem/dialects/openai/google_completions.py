"""Encode replies as the OpenAI-compatible surfaces of Gemini and Vertex AI write them.

Keys are sorted in every object, an absent value has no key, every delta has a role, and every
chunk has choices.

Evidence: openai-javatest-01-chat, openai-apifox-01-thought-stream,
openai-vertexdoc-01-stream-fc-args.
"""

from __future__ import annotations

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
from mockgem.dialects.common.google_frontend import build_headers_for_tenths
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.chat_request import ChatRequest
from mockgem.dialects.openai.google_deltas import iter_choices
from mockgem.dialects.openai.google_parts import (
    CompletionStyle,
    Json,
    dump_arguments,
    finish_reason_of,
    render_extra_content,
    render_image,
    render_signature,
)
from mockgem.dialects.openai.google_text_stream import render_text_events
from mockgem.dialects.openai.reply_template import RenderedReply, ReplyIds, encode_reply
from mockgem.operations.draft import Draft, Reply
from mockgem.operations.generators import tokens

STOP = FinishReason.STOP


def encode_completion(request: ChatRequest, reply: Reply, style: CompletionStyle) -> WireResponse:
    """Encode the whole reply or the whole stream.

    Google sends whole replies in chunked coding, too (rubyllm-01).
    """
    draft = reply.draft
    kind = "text/event-stream" if request.stream else "application/json"
    head = build_headers_for_tenths(
        kind, min(180 + 6 * (draft.usage.output + draft.usage.thoughts), 9900) // 100
    )

    def render_body(reply_ids: ReplyIds) -> RenderedReply:
        part = None if style.vertex else plain_text_of(draft)
        if part is not None and request.stream:
            return head, render_text_events(
                request.requested_model, draft, reply_ids, part, include_usage=request.include_usage
            )
        if part is not None:
            completion = render_text_completion(request, draft, reply_ids, part.text)
            return head, (dump_compact(completion),)
        writer = CompletionWriter(request, draft, reply_ids, style)
        return head, writer.render_events() if request.stream else (
            dump_compact(writer.render_completion()),
        )

    return encode_reply(reply, style.id_scheme, render_body)


def has_thoughts(candidate: Candidate) -> bool:
    return any(isinstance(part, Text) and part.thought for part in candidate.parts)


def plain_text_of(draft: Draft) -> Text | None:
    """Return the text of a complete reply with one unsigned text, or None for other replies."""
    first = draft.candidates[0]
    part = first.parts[0] if len(draft.candidates) == len(first.parts) == 1 else None
    if isinstance(part, Text) and not (part.thought or part.signature or draft.usage.cached):
        return part if part.text and first.finish_reason is STOP else None
    return None


def render_text_completion(
    request: ChatRequest, draft: Draft, reply_ids: ReplyIds, text: str
) -> Json:
    """Render a text-only reply faster than CompletionWriter, with the same bytes.

    Most replies are text-only.
    """
    usage = draft.usage
    return {
        "choices": [
            {"finish_reason": "stop", "index": 0, "message": {"content": text, "role": "assistant"}}
        ],
        "created": reply_ids.created,
        "id": reply_ids.id,
        "model": request.requested_model,
        "object": "chat.completion",
        "usage": {
            "completion_tokens": usage.output,
            "prompt_tokens": usage.prompt,
            "total_tokens": usage.prompt + usage.output + usage.thoughts,
        },
    }


class CompletionWriter:
    """Writes one reply in one style."""

    def __init__(
        self, request: ChatRequest, draft: Draft, reply_ids: ReplyIds, style: CompletionStyle
    ) -> None:
        self.request = request
        self.draft = draft
        self.ids = reply_ids
        self.style = style
        self.call_ids = iter(reply_ids.calls)
        self.thinking = False
        self.tag = request.thought_tag or ("" if style.vertex else "thought")

    def render_completion(self) -> Json:
        choices = [
            self.render_choice(number, candidate)
            for number, candidate in enumerate(self.draft.candidates)
        ]
        return self.wrap_choices("chat.completion", choices, self.render_usage(self.draft.usage))

    def wrap_choices(self, kind: str, choices: list[Json], usage: Json | None) -> Json:
        body: Json = {
            "choices": choices,
            "created": self.ids.created,
            "id": self.ids.id,
            "model": self.request.requested_model,
            "object": kind,
        }
        if self.style.vertex:
            body["system_fingerprint"] = ""
        if usage is not None:
            body["usage"] = usage
        return body

    def render_choice(self, number: int, candidate: Candidate) -> Json:
        """Render a choice. A blocked choice has no message."""
        choice: Json = {"finish_reason": finish_reason_of(candidate), "index": number}
        if self.style.vertex:
            choice["logprobs"] = None
        if candidate.finish_reason not in BLOCKING_REASONS:
            choice["message"] = self.render_message(candidate)
        return choice

    def render_message(self, candidate: Candidate) -> Json:
        message: Json = {}
        text, calls, blob, signature, self.thinking = "", [], None, "", False
        for part in candidate.parts:
            if isinstance(part, Text):
                text += self.format_text(part)
                signature = part.signature or signature
            elif isinstance(part, ToolCall):
                text += self.close_thoughts()
                calls.append(self.render_call(part))
            elif isinstance(part, Blob):
                text += self.close_thoughts()
                blob = part
        if blob is not None:
            message["audio"] = render_image(blob)
        if text:
            message["content"] = text
        elif blob is not None or (self.style.vertex and calls):
            message["content"] = None
        message |= render_extra_content(signature, thought=has_thoughts(candidate))
        message["role"] = "assistant"
        if calls:
            message["tool_calls"] = calls
        return message

    def format_text(self, part: Text) -> str:
        """Return the text with tags around thoughts: before the first and after the last."""
        if not part.thought:
            return self.close_thoughts() + part.text
        before, self.thinking = self.thinking, True
        return part.text if before or not self.tag else f"<{self.tag}>{part.text}"

    def close_thoughts(self) -> str:
        """Return the closing tag, before anything that follows thoughts, or an empty text.

        Evidence: report-gemma-4-thoughts.
        """
        before, self.thinking = self.thinking, False
        return f"</{self.tag}>" if before and self.tag else ""

    def render_call(self, call: ToolCall, index: int | None = None) -> Json:
        rendered: Json = (
            {"extra_content": render_signature(call.signature)} if call.signature else {}
        )
        rendered["function"] = {
            "arguments": call.raw_args or dump_arguments(call.args),
            "name": call.name,
        }
        rendered["id"] = next(self.call_ids)
        if index is not None:
            rendered["index"] = index
        rendered["type"] = "function"
        return rendered

    def render_usage(self, usage: Usage) -> Json:
        """Render the usage: thinking counts in total_tokens but not in completion_tokens."""
        counts: Json = {"completion_tokens": usage.output}
        if self.style.vertex:
            if usage.thoughts:
                counts["completion_tokens_details"] = {"reasoning_tokens": usage.thoughts}
            counts["extra_properties"] = {"google": {"traffic_type": "ON_DEMAND"}}
        counts["prompt_tokens"] = usage.prompt
        if usage.cached:
            counts["prompt_tokens_details"] = {"cached_tokens": usage.cached}
        counts["total_tokens"] = usage.total
        return counts

    def render_events(self) -> list[bytes]:
        written: list[bytes] = []
        last = len(self.draft.candidates) - 1
        for number, candidate in enumerate(self.draft.candidates):
            self.thinking = False
            choices = list(iter_choices(self, candidate, number, self.draft.model))
            for place, (choice, sent_bytes) in enumerate(choices):
                ends = number == last and place == len(choices) - 1
                written.append(self.render_event(choice, sent_bytes, ends=ends))
        written.append(b"data: [DONE]\n\n")
        return written

    def render_event(self, choice: Json, sent_bytes: int, *, ends: bool) -> bytes:
        usage = self.render_usage_so_far(sent_bytes, ends=ends)
        return b"data: %b\n\n" % dump_compact(
            self.wrap_choices("chat.completion.chunk", [choice], usage)
        )

    def render_usage_so_far(self, sent_bytes: int, *, ends: bool) -> Json | None:
        """Render a chunk's usage.

        With include_usage every chunk has the usage so far; without it only Vertex AI's last chunk.
        """
        whole = self.draft.usage
        if self.style.vertex:
            return self.render_usage(whole) if ends else None
        if not self.request.include_usage:
            return None
        if ends:
            return self.render_usage(whole)
        so_far = 0 if self.draft.model.family == "2.0" else -(-sent_bytes // tokens.BYTES_PER_TOKEN)
        return self.render_usage(Usage(whole.prompt, so_far, whole.thoughts, whole.cached))
