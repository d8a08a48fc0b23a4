"""POST models/{model}:generateContent and :streamGenerateContent, for Google's own API and for Vertex AI's.

A whole answer is one pretty-printed object. A stream is events (`alt=sse`) or one array of such objects; each holds a
piece of the answer and the usage so far (wire facts of the native API, section 2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, Occasion
from mockgem.core.content import (
    BLOCKING,
    Candidate,
    Code,
    CodeResult,
    Finish,
    Grounding,
    Kinds,
    Part,
    ServerCall,
    ServerResult,
    Text,
    ToolCall,
    Usage,
)
from mockgem.core.frozen import value
from mockgem.core.http import Pieces, WireRequest, WireResponse, chunked
from mockgem.dialects.common.google_frontend import JSON, headers_for
from mockgem.dialects.common.ids import google_call_id, google_id, luck_of_call
from mockgem.dialects.common.json_writer import in_a_line, spread
from mockgem.dialects.gemini.contents import part_json
from mockgem.dialects.gemini.errors import Tongue
from mockgem.dialects.gemini.generate_request import REQUEST, VERTEX_REQUEST, check_roles, question_of
from mockgem.dialects.gemini.logprobs import logprobs_of
from mockgem.dialects.gemini.models import asked_model
from mockgem.dialects.gemini.responses import Json, body_of
from mockgem.operations.generate import End, Reply, deltas, generate, signature
from mockgem.operations.generate_request import Generate
from mockgem.operations.generators import tokens
from mockgem.operations.generators.seeded_random import Dice
from mockgem.operations.usage import output_tokens

CALLED = "Model generated function call(s)."
TIER = ("X-Gemini-Service-Tier", "standard")
ATTACHED = ("Content-Disposition", "attachment")


@value
class ContentRequest:
    """What is asked, and how the answer is to come: whole, as events or as an array."""

    question: Generate
    wire: WireRequest
    stream: bool = False

    @property
    def events(self) -> bool:
        return self.wire.query.get("alt", self.wire.query.get("$alt", "")) == "sse"


def decode(wire: WireRequest, params: Mapping[str, str], *, vertex: bool, stream: bool = False) -> ContentRequest:
    body = body_of(wire, VERTEX_REQUEST if vertex else REQUEST)
    if vertex:
        check_roles(body)
    return ContentRequest(question_of(body, asked_model(wire, params, "generateContent")), wire, stream)


def perform(request: ContentRequest, occasion: Occasion) -> Awaitable[Reply]:
    return generate(request.question, occasion)


def encode(request: ContentRequest, reply: Reply, *, tongue: Tongue) -> WireResponse:
    usage = reply.draft.usage
    tenths = min(180 + 6 * (usage.output + usage.thoughts), 9900) // 100
    writer = Writer(request.question, reply, tongue)
    if not request.stream:
        head = (*headers_for(JSON, tenths), *(() if tongue.vertex else (TIER,)))
        return WireResponse(200, head, Pieces(chunked((spread(writer.whole()) + b"\n",))))
    if request.events:
        data = [b"data: %b\r\n\r\n" % in_a_line(one) for one in writer.chunks()]
        return WireResponse(200, (*headers_for("text/event-stream", tenths), ATTACHED), Pieces(chunked(data)))
    return WireResponse(200, headers_for(JSON, tenths), Pieces(chunked(array_of(writer.chunks()))))


def array_of(chunks: Iterator[Json]) -> Sequence[bytes]:
    """The array form, to the byte as recorded (080)."""
    rows = [spread(one) for one in chunks]
    return [b"[" + rows[0] + b"\n", *[b",\r\n" + row + b"\n" for row in rows[1:]], b"]"]


class Writer:
    """Writes one answer."""

    def __init__(self, question: Generate, reply: Reply, tongue: Tongue) -> None:
        self.question = question
        self.reply = reply
        self.draft = reply.draft
        self.tongue = tongue
        self.model = reply.draft.model
        self.old = self.model.family in ("1.5", "2.0")
        self.calls = 0
        self.told = 0

    def whole(self) -> Json:
        """Key order as recorded (batches_200)."""
        usage = self.usage(self.draft.usage, ended=True)
        if self.draft.blocked:
            return self.envelope({"promptFeedback": {"blockReason": self.draft.blocked}}, usage)
        rows = [self.candidate(self.signed(one), place) for place, one in enumerate(self.draft.candidates)]
        return self.envelope({"candidates": rows}, usage)

    def signed(self, candidate: Candidate) -> Candidate:
        """Gemini 2.5 signs its first call here, if it thought (recorded: 035, 088), and wants no signature back."""
        if self.model.family != "2.5" or not self.draft.usage.thoughts or not candidate.calls:
            return candidate
        at = next(place for place, part in enumerate(candidate.parts) if isinstance(part, ToolCall))
        call = replace(
            candidate.calls[0], signature=signature(Dice(0, candidate.calls[0].name, str(candidate.calls[0].args)))
        )
        return replace(candidate, parts=(*candidate.parts[:at], call, *candidate.parts[at + 1 :]))

    def envelope(self, said: Json, usage: Json) -> Json:
        found: Json = {
            **said,
            "usageMetadata": usage,
            "modelVersion": self.model.resolves_to or self.model.id,
        }
        if self.tongue.vertex:
            found["createTime"] = clock.spelled(self.reply.created + 0.25)
        return found | {"responseId": google_id(self.reply.luck, self.reply.created)}

    def candidate(self, candidate: Candidate, place: int) -> Json:
        found: Json = {"content": self.content(candidate.parts), **self.ending(candidate, place, whole=True)}
        if candidate.finish in BLOCKING:
            found["content"] = {}
        return found

    def content(self, parts: Sequence[Part]) -> Json:
        """Vertex AI names the role first (recorded)."""
        rows = [part_json(part, self.id_of(part)) for part in parts]
        found: Json = {"parts": rows} if rows else {}
        return {"role": "model", **found} if self.tongue.vertex else {**found, "role": "model"}

    def indexed(self, place: int) -> Json:
        """Gemini 2.0 and Vertex AI have none for the first (both recorded)."""
        return {} if not place and (self.old or self.tongue.vertex) else {"index": place}

    def ending(self, candidate: Candidate, place: int, *, whole: bool) -> Json:
        """What stands behind the content of a candidate that is complete."""
        found: Json = {"finishReason": candidate.finish.value, **self.indexed(place)}
        if candidate.calls and (whole or self.model.generation < 3) and not self.old:
            found["finishMessage"] = CALLED
        elif candidate.finish is Finish.MALFORMED_FUNCTION_CALL:
            found["finishMessage"] = "Malformed function call: print(default_api."
        if candidate.finish in (Finish.SAFETY, Finish.IMAGE_SAFETY):
            found["safetyRatings"] = RATINGS
        if (self.old or self.tongue.vertex) and whole and candidate.text:
            found["avgLogprobs"] = average(candidate)
        if self.question.extras.probabilities:
            found |= logprobs_of(candidate, self.question.extras.logprobs)
        if candidate.grounding is not None:
            found |= grounding_json(candidate.grounding)
        return found

    def id_of(self, part: object) -> str:
        """Only models from 3 on name their calls; the results of their own tools have the name of the call."""
        if isinstance(part, Text) or self.model.generation < 3:
            return ""
        if isinstance(part, (CodeResult, ServerResult)):
            return self.id_number(self.calls - 1)
        if isinstance(part, (ToolCall, Code, ServerCall)):
            self.calls += 1
            return self.id_number(self.calls - 1)
        return ""

    def id_number(self, number: int) -> str:
        return google_call_id(luck_of_call(self.reply.luck, number), self.model.family)

    def usage(self, usage: Usage, *, ended: bool, spoke: bool = True) -> Json:
        """`spoke`: something besides thoughts was said already; before that neither is counted (recorded: 100)."""
        thoughts = usage.thoughts if spoke else 0
        output = usage.output if spoke else 0
        found: Json = {"promptTokenCount": usage.prompt}
        if output:
            found["candidatesTokenCount"] = output
        found["totalTokenCount"] = usage.prompt + output + thoughts + usage.looked_up
        if usage.cached:
            found["cachedContentTokenCount"] = usage.cached
        if self.tongue.vertex:
            found["trafficType"] = "ON_DEMAND"
        found["promptTokensDetails"] = details(usage.prompt_kinds or (("TEXT", usage.prompt),))
        if usage.cached:
            found["cacheTokensDetails"] = details(usage.cached_kinds or (("TEXT", usage.cached),))
        if ended and output and (usage.output_kinds or self.old or self.tongue.vertex):
            found["candidatesTokensDetails"] = details(usage.output_kinds or (("TEXT", output),))
        if usage.looked_up:
            found["toolUsePromptTokenCount"] = usage.looked_up
            found["toolUsePromptTokensDetails"] = details((("TEXT", usage.looked_up),))
        if thoughts:
            found["thoughtsTokenCount"] = thoughts
        return found if self.tongue.vertex else found | {"serviceTier": "standard"}

    def chunks(self) -> Iterator[Json]:
        if self.draft.blocked:
            yield self.whole()
            return
        last = len(self.draft.candidates) - 1
        for place, candidate in enumerate(self.draft.candidates):
            yield from self.chunks_of(self.signed(candidate), place, last=place == last)

    def chunks_of(self, candidate: Candidate, place: int, *, last: bool) -> Iterator[Json]:
        """Up to 2.5 the last piece carries the end. From 3 on calls come one by one, and an empty text ends the answer,
        with the text's signature if it has one (recorded: 046, 083, 101)."""
        pieces = list(self.pieces(candidate))
        closing: Sequence[Part] = ()
        if self.model.generation > 2:
            pieces, closing = unsigned(pieces)
        elif pieces:
            closing = pieces.pop()
        spoke = False
        for parts in pieces:
            self.told += sum(size_of(part, self.model) for part in parts)
            spoke = spoke or not all(isinstance(part, Text) and part.thought for part in parts)
            row: Json = {"content": self.content(parts), **self.indexed(place)}
            usage = self.so_far(self.told)
            yield self.envelope({"candidates": [row]}, self.usage(usage, ended=False, spoke=spoke))
        content = {} if candidate.finish in BLOCKING else self.content(closing)
        row = {"content": content, **self.ending(candidate, place, whole=False)}
        self.told += sum(size_of(part, self.model) for part in closing)
        usage = self.draft.usage if last else self.so_far(self.told)
        yield self.envelope({"candidates": [row]}, self.usage(usage, ended=last))

    def pieces(self, candidate: Candidate) -> Iterator[Sequence[Part]]:
        """What each chunk says: a piece of text, a call, or all calls at once before Gemini 3."""
        calls: list[Part] = []
        for part in deltas(candidate):
            if isinstance(part, End):
                break
            if isinstance(part, ToolCall) and self.model.generation < 3:
                calls.append(part)
            else:
                yield (part,)
        if calls:
            yield calls

    def so_far(self, said: int) -> Usage:
        usage = self.draft.usage
        output = 0 if self.old else min(-(-said // tokens.BYTES), usage.output)
        thoughts = 0 if self.old else usage.thoughts
        return Usage(usage.prompt, output, thoughts, usage.cached, 0, usage.prompt_kinds, (), usage.cached_kinds)


def unsigned(pieces: list[Sequence[Part]]) -> tuple[list[Sequence[Part]], Sequence[Part]]:
    """The pieces without the text's signature, and the empty text that ends the answer, which has it."""
    found, signature = [], ""
    for parts in pieces:
        first = parts[0]
        if isinstance(first, Text) and first.signature:
            signature, parts = first.signature, (Text(first.text),)
        found.append(parts)
    return found, (Text("", signature=signature),)


def size_of(part: Part, model: Any) -> int:
    """Bytes of text a piece stands for; other things count as many as their tokens have."""
    if isinstance(part, Text):
        return 0 if part.thought else tokens.length(part.text)
    return tokens.BYTES * output_tokens(Candidate((part,)), model)


def details(kinds: Kinds) -> list[Json]:
    return [{"modality": modality, "tokenCount": count} for modality, count in kinds]


RATINGS = [
    {"category": "HARM_CATEGORY_SEXUALLY_EXPLICIT", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_HATE_SPEECH", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"},
    {"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "probability": "HIGH", "blocked": True},
]


def average(candidate: Candidate) -> float:
    """A mean probability that goes with the text."""
    return -0.0001 - (tokens.length(candidate.text) * 7919 % 9973) / 40_000


def grounding_json(found: Grounding) -> Json:
    """Key order as recorded (029). Places of segments are bytes, a start of nought is absent."""
    metadata: Json = {}
    if entry := found.facts.get("entry_point"):
        metadata["searchEntryPoint"] = {"renderedContent": entry}
    if found.sources:
        metadata["groundingChunks"] = [source_json(one) for one in found.sources]
    if found.supports:
        metadata["groundingSupports"] = [
            {
                "segment": ({"startIndex": one.start} if one.start else {}) | {"endIndex": one.end, "text": one.text},
                "groundingChunkIndices": list(one.sources),
            }
            for one in found.supports
        ]
    if found.queries:
        metadata["webSearchQueries"] = list(found.queries)
    if widget := found.facts.get("widget"):
        metadata["googleMapsWidgetContextToken"] = widget
    rows = [{"retrievedUrl": page, "urlRetrievalStatus": "URL_RETRIEVAL_STATUS_SUCCESS"} for page in found.pages]
    return ({"groundingMetadata": metadata} if metadata else {}) | (
        {"urlContextMetadata": {"urlMetadata": rows}} if rows else {}
    )


def source_json(source: Any) -> Json:
    named = {"uri": source.uri, "title": source.title, **source.facts}
    return {source.kind: {name: text for name, text in named.items() if text}}


def name_of(request: ContentRequest) -> str:
    return request.question.model


def endpoints(tongue: Tongue, models: str) -> tuple[Endpoint[Any, Any], ...]:
    """Both methods of the models under a path."""
    whole = partial(encode, tongue=tongue)

    def one(method: str, summary: str, *, stream: bool) -> Endpoint[Any, Any]:
        read = partial(decode, vertex=tongue.vertex, stream=stream)
        refuse = tongue.stream_failure if stream else tongue.failure
        # The form of a stream stands in the query, which a remembered reading would not see.
        return Endpoint("POST", f"{models}:{method}", summary, read, perform, whole, refuse, name_of, pure=not stream)

    return (
        one("generateContent", "Generate content, whole", stream=False),
        one("streamGenerateContent", "Generate content as a stream of events or an array", stream=True),
    )
