"""POST models/{model}:generateContent and :streamGenerateContent, also for Vertex AI.

A whole reply is one pretty-printed object. A stream is events (`alt=sse`) or one array of such
objects; each has a part of the reply and the usage so far (wire facts of the native API,
section 2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.content import (
    BLOCKING_REASONS,
    Candidate,
    CodeResult,
    ExecutableCode,
    FinishReason,
    Grounding,
    ModalityTokens,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    Usage,
)
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.google_frontend import JSON_TYPE, build_headers_for_tenths
from mockgem.dialects.common.ids import compute_call_seed, make_google_call_id, make_google_id
from mockgem.dialects.common.json_writer import dump_event, dump_pretty
from mockgem.dialects.gemini.contents import render_part
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.generate_request import (
    REQUEST,
    VERTEX_REQUEST,
    build_question,
    check_roles,
)
from mockgem.dialects.gemini.logprobs import make_logprobs
from mockgem.dialects.gemini.models import resolve_model_name
from mockgem.dialects.gemini.responses import Json, read_body
from mockgem.operations.generate import (
    CandidateEnd,
    Reply,
    generate,
    generate_signature,
    split_deltas,
)
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators import tokens
from mockgem.operations.generators.seeded_random import SeededRandom
from mockgem.operations.usage import count_output_tokens

CALL_FINISH_MESSAGE = "Model generated function call(s)."
TIER_HEADER = ("X-Gemini-Service-Tier", "standard")
ATTACHMENT_HEADER = ("Content-Disposition", "attachment")


@frozen
class GenerateContentRequest:
    """The question, and the form of the reply: whole, events or an array."""

    question: GenerateRequest
    wire: WireRequest
    stream: bool = False

    @property
    def events(self) -> bool:
        return self.wire.query.get("alt", self.wire.query.get("$alt", "")) == "sse"


def decode(
    wire: WireRequest, params: Mapping[str, str], *, vertex: bool, stream: bool = False
) -> GenerateContentRequest:
    body = read_body(wire, VERTEX_REQUEST if vertex else REQUEST)
    if vertex:
        check_roles(body)
    return GenerateContentRequest(
        build_question(body, resolve_model_name(wire, params, "generateContent")), wire, stream
    )


def handle_generate(
    request: GenerateContentRequest, occasion: OperationContext
) -> Awaitable[Reply]:
    return generate(request.question, occasion)


def encode(request: GenerateContentRequest, reply: Reply, *, variant: ApiVariant) -> WireResponse:
    usage = reply.draft.usage
    tenths = min(180 + 6 * (usage.output + usage.thoughts), 9900) // 100
    writer = ContentWriter(request.question, reply, variant)
    if not request.stream:
        head = (
            *build_headers_for_tenths(JSON_TYPE, tenths),
            *(() if variant.vertex else (TIER_HEADER,)),
        )
        return WireResponse(
            200, head, ChunkedBody(encode_chunks((dump_pretty(writer.render_whole()) + b"\n",)))
        )
    if request.events:
        data = [b"data: %b\r\n\r\n" % dump_event(one) for one in writer.iter_chunks()]
        return WireResponse(
            200,
            (*build_headers_for_tenths("text/event-stream", tenths), ATTACHMENT_HEADER),
            ChunkedBody(encode_chunks(data)),
        )
    return WireResponse(
        200,
        build_headers_for_tenths(JSON_TYPE, tenths),
        ChunkedBody(encode_chunks(render_array(writer.iter_chunks()))),
    )


def render_array(chunks: Iterator[Json]) -> Sequence[bytes]:
    """Render the array form, with the recorded bytes between its elements (080)."""
    rows = [dump_pretty(one) for one in chunks]
    return [b"[" + rows[0] + b"\n", *[b",\r\n" + row + b"\n" for row in rows[1:]], b"]"]


class ContentWriter:
    """Writes one reply."""

    def __init__(self, question: GenerateRequest, reply: Reply, tongue: ApiVariant) -> None:
        self.question = question
        self.reply = reply
        self.draft = reply.draft
        self.variant = tongue
        self.model = reply.draft.model
        self.is_legacy = self.model.family in ("1.5", "2.0")
        self.call_count = 0
        self.sent_bytes = 0

    def render_whole(self) -> Json:
        """Render a whole reply with keys in the recorded order (batches_200)."""
        usage = self.render_usage(self.draft.usage, ended=True)
        if self.draft.block_reason:
            return self.wrap_response(
                {"promptFeedback": {"blockReason": self.draft.block_reason}}, usage
            )
        rows = [
            self.render_candidate(self.sign_first_call(one), place)
            for place, one in enumerate(self.draft.candidates)
        ]
        return self.wrap_response({"candidates": rows}, usage)

    def sign_first_call(self, candidate: Candidate) -> Candidate:
        """Sign the first call, as Gemini 2.5 does after thinking (recorded: 035, 088).

        Gemini 2.5 does not require the signature back.
        """
        if self.model.family != "2.5" or not self.draft.usage.thoughts or not candidate.tool_calls:
            return candidate
        at = next(place for place, part in enumerate(candidate.parts) if isinstance(part, ToolCall))
        call = replace(
            candidate.tool_calls[0],
            signature=generate_signature(
                SeededRandom(0, candidate.tool_calls[0].name, str(candidate.tool_calls[0].args))
            ),
        )
        return replace(candidate, parts=(*candidate.parts[:at], call, *candidate.parts[at + 1 :]))

    def wrap_response(self, said: Json, usage: Json) -> Json:
        found: Json = {
            **said,
            "usageMetadata": usage,
            "modelVersion": self.model.resolves_to or self.model.id,
        }
        if self.variant.vertex:
            found["createTime"] = clock.format_time(self.reply.created + 0.25)
        return found | {"responseId": make_google_id(self.reply.id_seed, self.reply.created)}

    def render_candidate(self, candidate: Candidate, place: int) -> Json:
        found: Json = {
            "content": self.render_content(candidate.parts),
            **self.render_ending(candidate, place, whole=True),
        }
        if candidate.finish_reason in BLOCKING_REASONS:
            found["content"] = {}
        return found

    def render_content(self, parts: Sequence[Part]) -> Json:
        """Render the content. Vertex AI writes the role first (recorded)."""
        rows = [render_part(part, self.take_id(part)) for part in parts]
        found: Json = {"parts": rows} if rows else {}
        return {"role": "model", **found} if self.variant.vertex else {**found, "role": "model"}

    def render_index(self, place: int) -> Json:
        """Render the index. Gemini 2.0 and Vertex AI omit it for the first candidate (recorded)."""
        return {} if not place and (self.is_legacy or self.variant.vertex) else {"index": place}

    def render_ending(self, candidate: Candidate, place: int, *, whole: bool) -> Json:
        """Render the keys after the content of a complete candidate."""
        found: Json = {"finishReason": candidate.finish_reason.value, **self.render_index(place)}
        if candidate.tool_calls and (whole or self.model.generation < 3) and not self.is_legacy:
            found["finishMessage"] = CALL_FINISH_MESSAGE
        elif candidate.finish_reason is FinishReason.MALFORMED_FUNCTION_CALL:
            found["finishMessage"] = "Malformed function call: print(default_api."
        if candidate.finish_reason in (FinishReason.SAFETY, FinishReason.IMAGE_SAFETY):
            found["safetyRatings"] = SAFETY_RATINGS
        if (self.is_legacy or self.variant.vertex) and whole and candidate.text:
            found["avgLogprobs"] = compute_average_logprob(candidate)
        if self.question.gemini_options.response_logprobs:
            found |= make_logprobs(candidate, self.question.gemini_options.logprobs)
        if candidate.grounding is not None:
            found |= render_grounding(candidate.grounding)
        return found

    def take_id(self, part: object) -> str:
        """Return a call's id.

        Only models from 3 on name their calls. The results of their built-in tools have the same
        name.
        """
        if isinstance(part, Text) or self.model.generation < 3:
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

        `has_content`: The reply already has content besides thoughts. Before that, the usage counts
        neither (recorded: 100).
        """
        thoughts = usage.thoughts if has_output else 0
        output = usage.output if has_output else 0
        found: Json = {"promptTokenCount": usage.prompt}
        if output:
            found["candidatesTokenCount"] = output
        found["totalTokenCount"] = usage.prompt + output + thoughts + usage.tool_use_prompt
        if usage.cached:
            found["cachedContentTokenCount"] = usage.cached
        if self.variant.vertex:
            found["trafficType"] = "ON_DEMAND"
        found["promptTokensDetails"] = render_token_details(
            usage.prompt_modalities or (("TEXT", usage.prompt),)
        )
        if usage.cached:
            found["cacheTokensDetails"] = render_token_details(
                usage.cached_modalities or (("TEXT", usage.cached),)
            )
        if ended and output and (usage.output_modalities or self.is_legacy or self.variant.vertex):
            found["candidatesTokensDetails"] = render_token_details(
                usage.output_modalities or (("TEXT", output),)
            )
        if usage.tool_use_prompt:
            found["toolUsePromptTokenCount"] = usage.tool_use_prompt
            found["toolUsePromptTokensDetails"] = render_token_details(
                (("TEXT", usage.tool_use_prompt),)
            )
        if thoughts:
            found["thoughtsTokenCount"] = thoughts
        return found if self.variant.vertex else found | {"serviceTier": "standard"}

    def iter_chunks(self) -> Iterator[Json]:
        if self.draft.block_reason:
            yield self.render_whole()
            return
        last = len(self.draft.candidates) - 1
        for place, candidate in enumerate(self.draft.candidates):
            yield from self.iter_candidate_chunks(
                self.sign_first_call(candidate), place, last=place == last
            )

    def iter_candidate_chunks(
        self, candidate: Candidate, place: int, *, last: bool
    ) -> Iterator[Json]:
        """Yield the chunks of a candidate.

        Up to 2.5 the last chunk with content ends the reply. From 3 on each call has its chunk, and
        an empty text ends the reply, with the text's signature if it has one (recorded: 046, 083,
        101).
        """
        pieces = list(self.iter_part_groups(candidate))
        closing: Sequence[Part] = ()
        if self.model.generation > 2:
            pieces, closing = strip_signatures(pieces)
        elif pieces:
            closing = pieces.pop()
        spoke = False
        for parts in pieces:
            self.sent_bytes += sum(estimate_size(part, self.model) for part in parts)
            spoke = spoke or not all(isinstance(part, Text) and part.thought for part in parts)
            row: Json = {"content": self.render_content(parts), **self.render_index(place)}
            usage = self.estimate_usage(self.sent_bytes)
            yield self.wrap_response(
                {"candidates": [row]}, self.render_usage(usage, ended=False, has_output=spoke)
            )
        content = (
            {} if candidate.finish_reason in BLOCKING_REASONS else self.render_content(closing)
        )
        row = {"content": content, **self.render_ending(candidate, place, whole=False)}
        self.sent_bytes += sum(estimate_size(part, self.model) for part in closing)
        usage = self.draft.usage if last else self.estimate_usage(self.sent_bytes)
        yield self.wrap_response({"candidates": [row]}, self.render_usage(usage, ended=last))

    def iter_part_groups(self, candidate: Candidate) -> Iterator[Sequence[Part]]:
        """Yield the parts of each chunk: a piece of text, a call, or all calls before Gemini 3."""
        calls: list[Part] = []
        for part in split_deltas(candidate):
            if isinstance(part, CandidateEnd):
                break
            if isinstance(part, ToolCall) and self.model.generation < 3:
                calls.append(part)
            else:
                yield (part,)
        if calls:
            yield calls

    def estimate_usage(self, said: int) -> Usage:
        usage = self.draft.usage
        output = 0 if self.is_legacy else min(-(-said // tokens.BYTES_PER_TOKEN), usage.output)
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


def strip_signatures(pieces: list[Sequence[Part]]) -> tuple[list[Sequence[Part]], Sequence[Part]]:
    """Move the text's signature to the empty text that ends the reply."""
    found, signature = [], ""
    for parts in pieces:
        first = parts[0]
        if isinstance(first, Text) and first.signature:
            signature, parts = first.signature, (Text(first.text),)
        found.append(parts)
    return found, (Text("", signature=signature),)


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


def compute_average_logprob(candidate: Candidate) -> float:
    """Return an average log probability derived from the text."""
    return -0.0001 - (tokens.count_bytes(candidate.text) * 7919 % 9973) / 40_000


def render_grounding(found: Grounding) -> Json:
    """Render grounding with keys in the recorded order (029).

    Positions of segments are bytes; a start of 0 is absent.
    """
    metadata: Json = {}
    if entry := found.extra.get("entry_point"):
        metadata["searchEntryPoint"] = {"renderedContent": entry}
    if found.sources:
        metadata["groundingChunks"] = [render_source(one) for one in found.sources]
    if found.supports:
        metadata["groundingSupports"] = [
            {
                "segment": ({"startIndex": one.start} if one.start else {})
                | {"endIndex": one.end, "text": one.text},
                "groundingChunkIndices": list(one.sources),
            }
            for one in found.supports
        ]
    if found.queries:
        metadata["webSearchQueries"] = list(found.queries)
    if widget := found.extra.get("widget"):
        metadata["googleMapsWidgetContextToken"] = widget
    rows = [
        {"retrievedUrl": page, "urlRetrievalStatus": "URL_RETRIEVAL_STATUS_SUCCESS"}
        for page in found.pages
    ]
    return ({"groundingMetadata": metadata} if metadata else {}) | (
        {"urlContextMetadata": {"urlMetadata": rows}} if rows else {}
    )


def render_source(source: Any) -> Json:
    named = {"uri": source.uri, "title": source.title, **source.extra}
    return {source.kind: {name: text for name, text in named.items() if text}}


def model_of(request: GenerateContentRequest) -> str:
    return request.question.model


def build_endpoints(tongue: ApiVariant, models: str) -> tuple[Endpoint[Any, Any], ...]:
    """Return both methods of the models below a path."""
    whole = partial(encode, variant=tongue)

    def build_endpoint(method: str, summary: str, *, stream: bool) -> Endpoint[Any, Any]:
        read = partial(decode, vertex=tongue.vertex, stream=stream)
        refuse = tongue.encode_stream_failure if stream else tongue.encode_failure
        # The form of a stream stands in the query, which a remembered reading would not see.
        return Endpoint(
            "POST",
            f"{models}:{method}",
            summary,
            read,
            handle_generate,
            whole,
            refuse,
            model_of,
            pure=not stream,
            scenario="generate",
            wire_name=method,
            uses_quota=True,
        )

    return (
        build_endpoint("generateContent", "Generate content, whole", stream=False),
        build_endpoint(
            "streamGenerateContent",
            "Generate content as a stream of events or an array",
            stream=True,
        ),
    )
