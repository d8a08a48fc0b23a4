"""POST /embeddings for Gemini and gateways. Vertex AI doesn't have it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.google_frontend import build_headers
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    either,
    int32,
    message,
    read_as,
    repeated,
    string,
)
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, ErrorEncoder
from mockgem.operations.embed import EmbedResult, EmbedTextsRequest, embed
from mockgem.operations.generators.vector import Vector

FORMATS = ("float", "base64")
GOOGLE_HEADERS = build_headers("application/json; charset=UTF-8", 300)


@frozen
class EmbeddingsRequest:
    """The texts, the model's name as the client wrote it, and the encoding of the numbers."""

    question: EmbedTextsRequest
    requested_model: str
    encoding_format: str = "float"


EmbeddingsEncoder = Callable[[EmbeddingsRequest, EmbedResult], WireResponse]


def build_fields(*, strict: bool) -> FieldReader:
    """Return the known fields of the request. No recording has other fields."""
    known: dict[str, FieldReader] = {
        "model": string,
        "input": either(string, repeated(string)),
        "dimensions": int32,
    }
    package = "google.ai.generativelanguage.v1main."
    return message(
        package + "EmbeddingsRequest",
        {**known, "encoding_format": string, "user": string},
        open_ended=not strict,
    )


def build_endpoint(
    write: EmbeddingsEncoder, refuse: ErrorEncoder, *, strict: bool
) -> Endpoint[EmbeddingsRequest, EmbedResult]:
    decode = partial(decode_embeddings, kind=build_fields(strict=strict))
    return Endpoint(
        "POST",
        "/embeddings",
        "Embed texts",
        decode,
        handle_embeddings,
        write,
        refuse,
        model_of,
        scenario="embed",
        wire_name="embeddings",
        uses_quota=True,
    )


def decode_embeddings(
    wire: WireRequest, params: Mapping[str, str], kind: FieldReader
) -> EmbeddingsRequest:
    body = read_as(kind, parse_json(wire.body))
    form = body.get("encoding_format", "float")
    if form not in FORMATS:
        raise invalid(
            f"Invalid value for encoding_format: {form!r}, expected float or base64.",
            "encoding_format",
        )
    texts, requested_model = body.get("input", ()), body.get("model", "")
    question = EmbedTextsRequest(
        requested_model,
        (texts,) if isinstance(texts, str) else tuple(texts),
        body.get("dimensions", 0),
    )
    return EmbeddingsRequest(question, requested_model, form)


def handle_embeddings(
    request: EmbeddingsRequest, context: OperationContext
) -> Awaitable[EmbedResult]:
    return embed(request.question, context)


def model_of(request: EmbeddingsRequest) -> str:
    return request.requested_model


def encode_google(request: EmbeddingsRequest, result: EmbedResult) -> WireResponse:
    """Write embeddings like Google.

    The index is absent where it is 0 (recorded). The model's name has its prefix
    (recorded).

    Evidence: openai-emb-01-two-inputs, openai-cookbook-02-batch-output-embeddings.
    """
    rows = [
        b'{"object":"embedding","embedding":%b%b}'
        % (render_double_vector(vector, request), b',"index":%d' % index if index else b"")
        for index, vector in enumerate(result.vectors)
    ]
    usage = b',"usage":%b' % dump_compact(usage_of(result)) if result.has_token_count else b""
    name = dump_compact("models/" + request.requested_model.removeprefix("models/"))
    data = b'{"object":"list","data":[%b],"model":%b%b}' % (b",".join(rows), name, usage)
    return WireResponse(200, GOOGLE_HEADERS, ChunkedBody(encode_chunks((data,))))


def encode_gateway(request: EmbeddingsRequest, result: EmbedResult) -> WireResponse:
    """Write embeddings like OpenAI."""
    rows = [
        b'{"object":"embedding","index":%d,"embedding":%b}'
        % (index, render_vector(vector, request.encoding_format))
        for index, vector in enumerate(result.vectors)
    ]
    name, usage = dump_compact(request.requested_model), dump_compact(usage_of(result))
    data = b'{"object":"list","data":[%b],"model":%b,"usage":%b}' % (b",".join(rows), name, usage)
    return WireResponse(200, GATEWAY_HEADERS, data)


def render_vector(vector: Vector, form: str) -> bytes:
    return b'"%b"' % vector.to_base64().encode() if form == "base64" else vector.to_json()


def render_double_vector(vector: Vector, request: EmbeddingsRequest) -> bytes:
    is_text = request.encoding_format == "base64"
    return render_vector(vector, "base64") if is_text else vector.to_double_json()


def usage_of(result: EmbedResult) -> dict[str, int]:
    return {"prompt_tokens": result.tokens, "total_tokens": result.tokens}
