"""Write a reply of the native API: whole, or as the chunks of a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from mockgem.core import clock
from mockgem.core.content import (
    BLOCKING_REASONS,
    Candidate,
    CodeResult,
    ExecutableCode,
    FinishReason,
    ModalityTokens,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    Usage,
)
from mockgem.dialects.common.ids import compute_call_seed, make_google_call_id, make_google_id
from mockgem.dialects.gemini.contents import render_part
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.grounding import render_grounding
from mockgem.dialects.gemini.logprobs import (
    compute_average_logprob,
    has_average,
    make_logprobs,
)
from mockgem.dialects.gemini.responses import Json
from mockgem.operations.deltas import CandidateEnd, split_deltas
from mockgem.operations.draft import Reply
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators import tokens
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.signatures import generate_signature
from mockgem.operations.usage import count_output_tokens

CALL_FINISH_MESSAGE = "Model generated function call(s)."


class ContentWriter:
    """Writes one reply."""

    def __init__(self, question: GenerateRequest, reply: Reply, variant: ApiVariant) -> None:
        self.question = question
        self.reply = reply
        self.draft = reply.draft
        self.variant = variant
        self.model = reply.draft.model
        self.is_legacy = self.model.family in ("1.5", "2.0")
        self.call_count = 0
        self.sent_bytes = 0

    def render_whole(self) -> Json:
        """Render a whole reply with keys in the recorded order.

        Evidence: native-001-batches-200.
        """
        usage = self.render_usage(self.draft.usage, ended=True)
        if self.draft.block_reason:
            return self.wrap_response(
                {"promptFeedback": {"blockReason": self.draft.block_reason}}, usage
            )
        rows = [
            self.render_candidate(self.sign_candidate(candidate), place)
            for place, candidate in enumerate(self.draft.candidates)
        ]
        return self.wrap_response({"candidates": rows}, usage)

    def sign_candidate(self, candidate: Candidate) -> Candidate:
        """Sign a candidate as Gemini 2.5 does after thinking, if it may call functions.

        The first call has the signature, or the text without a call (recorded). Gemini 2.5
        does not require the signature back.

        Evidence: native-035-generateContent-200, native-088-generateContent-200,
        recorded-signed-text.
        """
        is_signing = self.model.family == "2.5" and bool(self.draft.usage.thoughts)
        if not is_signing or not self.question.tools or self.question.tool_choice.mode == "none":
            return candidate
        kind = ToolCall if candidate.tool_calls else Text
        for at, part in enumerate(candidate.parts):
            if isinstance(part, kind) and not (isinstance(part, Text) and part.thought):
                signed = replace(part, signature=derive_signature(part))
                return replace(
                    candidate, parts=(*candidate.parts[:at], signed, *candidate.parts[at + 1 :])
                )
        return candidate

    def wrap_response(self, body: Json, usage: Json) -> Json:
        response: Json = {
            **body,
            "usageMetadata": usage,
            "modelVersion": self.model.resolves_to or self.model.id,
        }
        if self.variant.vertex:
            response["createTime"] = clock.format_time(self.reply.created + 0.25)
        return response | {"responseId": make_google_id(self.reply.id_seed, self.reply.created)}

    def render_candidate(self, candidate: Candidate, place: int) -> Json:
        rendered: Json = {
            "content": self.render_content(candidate.parts),
            **self.render_ending(candidate, place, whole=True),
        }
        if candidate.finish_reason in BLOCKING_REASONS:
            rendered["content"] = {}
        return rendered

    def render_content(self, parts: Sequence[Part]) -> Json:
        """Render the content. Vertex AI writes the role first (recorded).

        Evidence: openai-rubyllm-05-1-native.
        """
        rows = [render_part(part, self.take_id(part)) for part in parts]
        content: Json = {"parts": rows} if rows else {}
        return {"role": "model", **content} if self.variant.vertex else {**content, "role": "model"}

    def render_index(self, place: int) -> Json:
        """Render the index. Gemini 2.0 and Vertex AI omit it for the first candidate (recorded).

        Evidence: native-085-generateContent-200, openai-rubyllm-05-1-native.
        """
        return {} if not place and (self.is_legacy or self.variant.vertex) else {"index": place}

    def render_ending(self, candidate: Candidate, place: int, *, whole: bool) -> Json:
        """Render the keys after the content of a complete candidate."""
        ending: Json = {"finishReason": candidate.finish_reason.value, **self.render_index(place)}
        if self.has_call_message(candidate, whole=whole):
            ending["finishMessage"] = CALL_FINISH_MESSAGE
        elif candidate.finish_reason is FinishReason.MALFORMED_FUNCTION_CALL:
            ending["finishMessage"] = "Malformed function call: print(default_api."
        if candidate.finish_reason in (FinishReason.SAFETY, FinishReason.IMAGE_SAFETY):
            ending["safetyRatings"] = SAFETY_RATINGS
        if whole and has_average(candidate, self.model, vertex=self.variant.vertex):
            ending["avgLogprobs"] = compute_average_logprob(candidate)
        if self.question.gemini_options.response_logprobs:
            ending |= make_logprobs(candidate, self.question.gemini_options.logprobs or 0)
        if candidate.grounding is not None:
            ending |= render_grounding(candidate.grounding)
        return ending

    def has_call_message(self, candidate: Candidate, *, whole: bool) -> bool:
        """Return whether the ending of a reply with calls has a message.

        Vertex AI has none when the reply stops regularly (0 of 87 recorded replies).

        Evidence: recorded-vertex-calls.
        """
        if not candidate.tool_calls or self.is_legacy:
            return False
        if self.variant.vertex and candidate.finish_reason is FinishReason.STOP:
            return False
        return whole or not self.model.has_named_calls

    def take_id(self, part: object) -> str:
        """Return a call's id.

        Only Gemini 3 and later, and Gemma 4, name their calls. The results of their built-in tools
        have the same name.
        """
        if isinstance(part, Text) or not self.model.has_named_calls:
            return ""
        if isinstance(part, (CodeResult, ServerToolResult)):
            return self.make_call_id(self.call_count - 1)
        if isinstance(part, (ToolCall, ExecutableCode, ServerToolCall)):
            self.call_count += 1
            return self.make_call_id(self.call_count - 1)
        return ""

    def make_call_id(self, number: int) -> str:
        return make_google_call_id(compute_call_seed(self.reply.id_seed, number), self.model.family)

    def render_usage(self, usage: Usage, *, ended: bool, has_output: bool = True) -> Json:
        """Render the usage.

        `has_output`: The reply already has content besides thoughts. Before that, the usage counts
        neither (recorded). On Vertex AI only the last chunk has counts (recorded).

        Evidence: native-100-streamGenerateContent-200, recorded-vertex-stream-usage.
        """
        if self.variant.vertex and not ended:
            return {"trafficType": "ON_DEMAND"}
        thoughts = usage.thoughts if has_output else 0
        output = usage.output if has_output else 0
        counts: Json = {"promptTokenCount": usage.prompt}
        if output:
            counts["candidatesTokenCount"] = output
        counts["totalTokenCount"] = usage.prompt + output + thoughts + usage.tool_use_prompt
        if usage.cached:
            counts["cachedContentTokenCount"] = usage.cached
        if self.variant.vertex:
            counts["trafficType"] = "ON_DEMAND"
        counts["promptTokensDetails"] = render_token_details(
            usage.prompt_modalities or (("TEXT", usage.prompt),)
        )
        if usage.cached:
            counts["cacheTokensDetails"] = render_token_details(
                usage.cached_modalities or (("TEXT", usage.cached),)
            )
        if ended and output and (usage.output_modalities or self.is_legacy or self.variant.vertex):
            counts["candidatesTokensDetails"] = render_token_details(
                usage.output_modalities or (("TEXT", output),)
            )
        if usage.tool_use_prompt:
            counts["toolUsePromptTokenCount"] = usage.tool_use_prompt
            counts["toolUsePromptTokensDetails"] = render_token_details(
                (("TEXT", usage.tool_use_prompt),)
            )
        if thoughts:
            counts["thoughtsTokenCount"] = thoughts
        return counts if self.variant.vertex else counts | {"serviceTier": "standard"}

    def iter_chunks(self) -> Iterator[Json]:
        if self.draft.block_reason:
            yield self.render_whole()
            return
        last = len(self.draft.candidates) - 1
        for place, candidate in enumerate(self.draft.candidates):
            yield from self.iter_candidate_chunks(
                self.sign_candidate(candidate), place, last=place == last
            )

    def iter_candidate_chunks(
        self, candidate: Candidate, place: int, *, last: bool
    ) -> Iterator[Json]:
        """Yield the chunks of a candidate.

        Up to 2.5 the last chunk with content ends the reply. From 3 on each call has its chunk, and
        an empty text ends the reply, with the text's signature if it has one (recorded).

        Evidence: native-046-streamGenerateContent-200, native-083-streamGenerateContent-200,
        native-101-streamGenerateContent-200.
        """
        pieces, closing = self.split_pieces(candidate)
        has_output = False
        for parts in pieces:
            has_output = has_output or has_content(parts)
            yield self.render_piece(parts, place, has_output=has_output)
        yield self.render_last_chunk(candidate, closing, place, last=last)

    def split_pieces(self, candidate: Candidate) -> tuple[list[Sequence[Part]], Sequence[Part]]:
        """Return the parts of each chunk but the last, and those of the last."""
        pieces = list(self.iter_part_groups(candidate))
        if self.model.has_named_calls:
            return strip_signatures(pieces)
        if not pieces:
            return pieces, ()
        pieces = move_signature_forward(pieces)
        return pieces[:-1], pieces[-1]

    def render_piece(self, parts: Sequence[Part], place: int, *, has_output: bool) -> Json:
        """Render the next chunk, and count its text as sent."""
        self.sent_bytes += sum(estimate_size(part, self.model) for part in parts)
        usage = self.estimate_usage(self.sent_bytes)
        return self.render_chunk(parts, place, usage, has_output=has_output)

    def render_chunk(
        self, parts: Sequence[Part], place: int, usage: Usage, *, has_output: bool
    ) -> Json:
        row: Json = {"content": self.render_content(parts), **self.render_index(place)}
        return self.wrap_response(
            {"candidates": [row]}, self.render_usage(usage, ended=False, has_output=has_output)
        )

    def render_last_chunk(
        self, candidate: Candidate, closing: Sequence[Part], place: int, *, last: bool
    ) -> Json:
        content = (
            {} if candidate.finish_reason in BLOCKING_REASONS else self.render_content(closing)
        )
        row = {"content": content, **self.render_ending(candidate, place, whole=False)}
        self.sent_bytes += sum(estimate_size(part, self.model) for part in closing)
        usage = self.draft.usage if last else self.estimate_usage(self.sent_bytes)
        return self.wrap_response({"candidates": [row]}, self.render_usage(usage, ended=last))

    def iter_part_groups(self, candidate: Candidate) -> Iterator[Sequence[Part]]:
        """Yield the parts of each chunk: a piece of text, a call, or all calls before Gemini 3."""
        calls: list[Part] = []
        for part in split_deltas(candidate):
            if isinstance(part, CandidateEnd):
                break
            if isinstance(part, ToolCall) and not self.model.has_named_calls:
                calls.append(part)
            else:
                yield (part,)
        if calls:
            yield calls

    def estimate_usage(self, sent_bytes: int) -> Usage:
        usage = self.draft.usage
        output = (
            0 if self.is_legacy else min(-(-sent_bytes // tokens.BYTES_PER_TOKEN), usage.output)
        )
        thoughts = 0 if self.is_legacy else usage.thoughts
        return Usage(
            usage.prompt,
            output,
            thoughts,
            usage.cached,
            0,
            usage.prompt_modalities,
            (),
            usage.cached_modalities,
        )


def has_content(parts: Sequence[Part]) -> bool:
    """Return whether parts are more than thoughts."""
    return not all(isinstance(part, Text) and part.thought for part in parts)


def strip_signatures(pieces: list[Sequence[Part]]) -> tuple[list[Sequence[Part]], Sequence[Part]]:
    """Move the text's signature to the empty text that ends the reply."""
    stripped, signature = [], ""
    for parts in pieces:
        first = parts[0]
        if isinstance(first, Text) and first.signature:
            signature, parts = first.signature, (Text(first.text),)
        stripped.append(parts)
    return stripped, (Text("", signature=signature),)


def move_signature_forward(pieces: list[Sequence[Part]]) -> list[Sequence[Part]]:
    """Move the text's signature to its first piece, where Gemini 2.5 has it (recorded).

    Evidence: recorded-signed-text.
    """
    last = pieces[-1][0]
    if not isinstance(last, Text) or not last.signature:
        return pieces
    pieces = [*pieces[:-1], (replace(last, signature=""), *pieces[-1][1:])]
    for at, (first, *_) in enumerate(pieces):
        if isinstance(first, Text) and not first.thought:
            pieces[at] = (replace(first, signature=last.signature),)
            break
    return pieces


def derive_signature(part: Part) -> str:
    """Return a signature that depends on a call or a text alone."""
    facts = (part.name, str(part.args)) if isinstance(part, ToolCall) else (str(part),)
    return generate_signature(SeededRandom(0, *facts))


def estimate_size(part: Part, model: Any) -> int:
    """Return the bytes of a part's text. Other parts count as many bytes as they have tokens."""
    if isinstance(part, Text):
        return 0 if part.thought else tokens.count_bytes(part.text)
    return tokens.BYTES_PER_TOKEN * count_output_tokens(Candidate((part,)), model)


def render_token_details(kinds: ModalityTokens) -> list[Json]:
    return [{"modality": modality, "tokenCount": count} for modality, count in kinds]


SAFETY_RATINGS = [
    {"category": "HARM_CATEGORY_SEXUALLY_EXPLICIT", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_HATE_SPEECH", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True},
]
