"""POST models/{model}:generateContent and :streamGenerateContent, also for Vertex AI.

A whole reply is one pretty-printed object. A stream is events (`alt=sse`) or one array of such
objects; each has a part of the reply and the usage so far.

Evidence: native-survey.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.google_frontend import JSON_TYPE, build_headers_for_tenths
from mockgem.dialects.common.ids import make_google_id
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.gemini.content_writer import ContentWriter
from mockgem.dialects.gemini.errors import ApiVariant, wants_events
from mockgem.dialects.gemini.generate_fields import REQUEST, VERTEX_REQUEST
from mockgem.dialects.gemini.generate_request import build_question, check_roles
from mockgem.dialects.gemini.models import resolve_model_name
from mockgem.dialects.gemini.responses import Json, read_body
from mockgem.dialects.gemini.text_stream import iter_events
from mockgem.operations.draft import Reply
from mockgem.operations.generate import generate
from mockgem.operations.generate_request import GenerateRequest

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
        return wants_events(self.wire)


def decode(
    wire: WireRequest, params: Mapping[str, str], *, vertex: bool, stream: bool = False
) -> GenerateContentRequest:
    body = read_body(wire, VERTEX_REQUEST if vertex else REQUEST)
    if vertex:
        check_roles(body)
    model = resolve_model_name(wire, params, "generateContent")
    question = build_question(body, model, vertex=vertex)
    return GenerateContentRequest(
        replace(question, is_stream=True) if stream else question, wire, stream
    )


def handle_generate(request: GenerateContentRequest, context: OperationContext) -> Awaitable[Reply]:
    return generate(request.question, context)


def encode(request: GenerateContentRequest, reply: Reply, *, variant: ApiVariant) -> WireResponse:
    is_plain = not (request.stream or variant.vertex)
    if is_plain and isinstance(template := reply.draft.template, WholeTemplate):
        return template.fill(reply.id_seed, reply.created)
    usage = reply.draft.usage
    tenths = min(180 + 6 * (usage.output + usage.thoughts), 9900) // 100
    writer = ContentWriter(request.question, reply, variant)
    if not request.stream:
        return encode_whole(writer, tenths)
    if request.events:
        return WireResponse(
            200,
            (*build_headers_for_tenths("text/event-stream", tenths), ATTACHMENT_HEADER),
            ChunkedBody(encode_chunks(list(iter_events(writer)))),
        )
    return WireResponse(
        200,
        build_headers_for_tenths(JSON_TYPE, tenths),
        ChunkedBody(encode_chunks(render_array(writer.iter_chunks()))),
    )


@frozen
class WholeTemplate:
    """The bytes of a whole reply for the next equal request: only the id changes."""

    head: tuple[tuple[str, str], ...]
    before_id: bytes
    after_id: bytes

    def fill(self, seed: bytes, created: int) -> WireResponse:
        name = make_google_id(seed, created).encode()
        return WireResponse(200, self.head, ChunkedBody(self.before_id + name + self.after_id))


@cache
def build_whole_head(tenths: int, *, vertex: bool) -> tuple[tuple[str, str], ...]:
    return (*build_headers_for_tenths(JSON_TYPE, tenths), *(() if vertex else (TIER_HEADER,)))


def encode_whole(writer: ContentWriter, tenths: int) -> WireResponse:
    """Encode a whole reply, and keep its bytes if the same question came before."""
    head = build_whole_head(tenths, vertex=writer.variant.vertex)
    rendered = writer.render_whole()
    data = encode_chunks((dump_pretty(rendered) + b"\n",))
    draft = writer.draft
    if draft.is_cached and not writer.variant.vertex and not writer.call_count:
        before, _, after = data.rpartition(rendered["responseId"].encode())
        draft.template = WholeTemplate(head, before, after)
    return WireResponse(200, head, ChunkedBody(data))


def render_array(chunks: Iterator[Json]) -> Sequence[bytes]:
    """Render the array form, with the recorded bytes between its elements.

    Evidence: native-080-streamGenerateContent-200.
    """
    rows = [dump_pretty(chunk) for chunk in chunks]
    return [b"[" + rows[0] + b"\n", *[b",\r\n" + row + b"\n" for row in rows[1:]], b"]"]


def model_of(request: GenerateContentRequest) -> str:
    return request.question.model


def build_endpoints(variant: ApiVariant, models: str) -> tuple[Endpoint[Any, Any], ...]:
    """Return both methods of the models below a path."""
    whole = partial(encode, variant=variant)

    def build_endpoint(method: str, summary: str, *, stream: bool) -> Endpoint[Any, Any]:
        read = partial(decode, vertex=variant.vertex, stream=stream)
        refuse = variant.encode_stream_failure if stream else variant.encode_failure
        # A stream is not pure: the query gives its form, and the cache of decoded requests
        # ignores the query.
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
        build_endpoint("generateContent", "Generate content", stream=False),
        build_endpoint(
            "streamGenerateContent",
            "Generate content as a stream of events or an array",
            stream=True,
        ),
    )
