"""POST models/{model}:embedContent and :batchEmbedContents."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.content import Blob, Link
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.common.proto_fields import boolean, enum, int32, message, repeated, string
from mockgem.dialects.gemini.contents import CONTENT, decode_part
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.responses import HEADERS, PACKAGE, Json, read_body
from mockgem.operations.embed import MEDIA_PREFIX, EmbedResult, EmbedTextsRequest, embed
from mockgem.operations.generators.vector import Vector

TASKS = """task_type_unspecified retrieval_query retrieval_document semantic_similarity
    classification clustering question_answering fact_verification code_retrieval_query
    unspecified""".split()
"""The task types. Vertex AI calls the first one `UNSPECIFIED`.

Evidence: doc-vertex-schemas.
"""
CONFIG = {
    "task_type": enum(PACKAGE + "TaskType", *TASKS),
    "title": string,
    "output_dimensionality": int32,
    "auto_truncate": boolean,
}
"""Vertex AI has these fields in a separate message, which the SDK fills.

Evidence: sdk-google-genai.
"""
VERTEX_CONFIG = {"mime_type": string, "document_ocr": boolean, "audio_track_extraction": boolean}
EMBED_CONFIG = message(PACKAGE + "EmbedContentConfig", {**CONFIG, **VERTEX_CONFIG})
FIELDS = {"model": string, "content": CONTENT, "embed_content_config": EMBED_CONFIG, **CONFIG}
EMBED_REQUEST = message(PACKAGE + "EmbedContentRequest", FIELDS)
BATCH_EMBED_REQUEST = message(
    PACKAGE + "BatchEmbedContentsRequest", {"model": string, "requests": repeated(EMBED_REQUEST)}
)


@frozen
class EmbedRequest:
    """The texts, and whether the request is for a list (`is_batch`)."""

    question: EmbedTextsRequest
    is_batch: bool


def decode_embed(wire: WireRequest, params: Mapping[str, str]) -> EmbedRequest:
    return EmbedRequest(
        build_question([read_body(wire, EMBED_REQUEST)], params["model"]), is_batch=False
    )


def decode_batch_embed(wire: WireRequest, params: Mapping[str, str]) -> EmbedRequest:
    return EmbedRequest(
        build_question(read_body(wire, BATCH_EMBED_REQUEST).get("requests", []), params["model"]),
        is_batch=True,
    )


def build_question(requests: list[Json], model: str) -> EmbedTextsRequest:
    """Join several requests for one model. Each may want another size of its vector."""
    texts = tuple([join_parts(request) for request in requests])
    media = tuple([medium for request in requests for medium in list_media(request)])
    sizes = tuple(
        [
            (request.get("embed_content_config", {}) | request).get("output_dimensionality", 0)
            for request in requests
        ]
    )
    if len(set(sizes)) > 1:
        return EmbedTextsRequest(model, texts, own_dimensions=sizes, media=media)
    return EmbedTextsRequest(model, texts, sizes[0] if sizes else 0, media=media)


def list_media(request: Json) -> list[Blob | Link]:
    """Return the media in a content."""
    found: list[Blob | Link] = []
    for part in request.get("content", {}).get("parts", ()):
        if "inline_data" in part or "file_data" in part:
            found += [value for value in decode_part(part) if isinstance(value, (Blob, Link))]
    return found


def join_parts(request: Json) -> str:
    """Join all parts of a content to one text.

    So several strings in one content have one vector (measured). A medium becomes its type and a
    hash of its bytes.

    Evidence: sdk-google-genai.
    """
    return "\n".join([describe_part(part) for part in request.get("content", {}).get("parts", ())])


def describe_part(part: Json) -> str:
    for name in ("inline_data", "file_data"):
        if name in part:
            medium = part[name]
            data = medium.get("data") or medium.get("file_uri", "").encode("utf-8", "replace")
            digest = blake2b(data, digest_size=8).hexdigest()
            return f"{MEDIA_PREFIX}{medium.get('mime_type', '')} {digest}"
    text: str = part.get("text", "")
    return text


def handle_embed(request: EmbedRequest, context: OperationContext) -> Awaitable[EmbedResult]:
    return embed(request.question, context)


def encode(request: EmbedRequest, result: EmbedResult, *, vertex: bool) -> WireResponse:
    """Write each number on a separate line, as in all pretty-printed replies."""
    rows = [b'{\n      "values": %b\n    }' % render_vector(vector, 8) for vector in result.vectors]
    usage = b""
    if result.has_token_count or vertex:
        usage = b',\n  "usageMetadata": %b' % render_usage(result, vertex=vertex)
    if request.is_batch:
        data = b'{\n  "embeddings": [\n    %b\n  ]%b\n}\n' % (b",\n    ".join(rows), usage)
    else:
        data = b'{\n  "embedding": {\n    "values": %b\n  }%b\n}\n' % (
            render_vector(result.vectors[0], 6),
            usage,
        )
    return WireResponse(200, HEADERS, ChunkedBody(encode_chunks((data,))))


def render_vector(vector: Vector, indent: int) -> bytes:
    space = b"\n" + b" " * indent
    inner = vector.to_json()[1:-1].replace(b",", b"," + space)
    return b"[" + space + inner + space[:-2] + b"]"


def render_usage(result: EmbedResult, *, vertex: bool) -> bytes:
    """Render the usage.

    The key is `promptTokenDetails`, without an s after Token; Vertex AI has the s and a total
    (recorded).

    Evidence: native-survey, recorded-vertex-embed-usage.
    """
    details = [
        {"modality": modality, "tokenCount": count} for modality, count in result.modality_tokens
    ]
    usage: Json = {"promptTokenCount": result.tokens}
    if vertex:
        usage |= {"totalTokenCount": result.tokens, "promptTokensDetails": details}
    else:
        usage["promptTokenDetails"] = details
    return dump_pretty(usage).replace(b"\n", b"\n  ")


def model_of(request: EmbedRequest) -> str:
    return request.question.model


def build_endpoints(variant: ApiVariant, models: str) -> tuple[Endpoint[Any, Any], ...]:
    def build_endpoint(method: str, summary: str, decode: Any) -> Endpoint[Any, Any]:
        return Endpoint(
            "POST",
            f"{models}:{method}",
            summary,
            decode,
            handle_embed,
            partial(encode, vertex=variant.vertex),
            variant.encode_failure,
            model_of,
            scenario="embed",
            wire_name=method,
            uses_quota=True,
        )

    return (
        build_endpoint("embedContent", "Embed a text", decode_embed),
        build_endpoint("batchEmbedContents", "Embed texts", decode_batch_embed),
    )
