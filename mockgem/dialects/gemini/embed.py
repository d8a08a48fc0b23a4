"""POST models/{model}:embedContent and :batchEmbedContents."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from hashlib import blake2b
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import Pieces, WireRequest, WireResponse, chunked
from mockgem.dialects.common.proto_fields import boolean, enum, int32, message, repeated, string
from mockgem.dialects.gemini.contents import CONTENT
from mockgem.dialects.gemini.errors import Tongue
from mockgem.dialects.gemini.responses import HEADERS, PACKAGE, Json, body_of
from mockgem.operations.embed import MEDIUM, Embed, Embedded, embed
from mockgem.operations.generators.vector import Vector

TASKS = """task_type_unspecified retrieval_query retrieval_document semantic_similarity classification clustering
    question_answering fact_verification code_retrieval_query""".split()
CONFIG = {
    "task_type": enum(PACKAGE + "TaskType", *TASKS),
    "title": string,
    "output_dimensionality": int32,
    "auto_truncate": boolean,
}
"""Vertex AI's own form has them in a message of their own, which the SDK fills."""
OWN = {"mime_type": string, "document_ocr": boolean, "audio_track_extraction": boolean}
NESTED = message(PACKAGE + "EmbedContentConfig", {**CONFIG, **OWN})
FIELDS = {"model": string, "content": CONTENT, "embed_content_config": NESTED, **CONFIG}
ONE = message(PACKAGE + "EmbedContentRequest", FIELDS)
MANY = message(PACKAGE + "BatchEmbedContentsRequest", {"model": string, "requests": repeated(ONE)})


@value
class EmbedRequest:
    """What is asked; `many` tells that a list was."""

    question: Embed
    many: bool


def decode_one(wire: WireRequest, params: Mapping[str, str]) -> EmbedRequest:
    return EmbedRequest(question_of([body_of(wire, ONE)], params["model"]), many=False)


def decode_many(wire: WireRequest, params: Mapping[str, str]) -> EmbedRequest:
    return EmbedRequest(question_of(body_of(wire, MANY).get("requests", []), params["model"]), many=True)


def question_of(requests: list[Json], model: str) -> Embed:
    """Several requests for one model. Their sizes have to be the same: the mock makes them in one go."""
    sizes = {(one.get("embed_content_config", {}) | one).get("output_dimensionality", 0) for one in requests}
    if len(sizes) > 1:
        raise invalid("Request contains an invalid argument.", "dimensions")
    return Embed(model, tuple([text_in(one) for one in requests]), sizes.pop() if sizes else 0)


def text_in(request: Json) -> str:
    """All parts of the content are one text, so many strings in one content have one vector (measured). A medium stands
    in it by its type and a hash of its bytes."""
    return "\n".join([told(part) for part in request.get("content", {}).get("parts", ())])


def told(part: Json) -> str:
    for name in ("inline_data", "file_data"):
        if name in part:
            medium = part[name]
            data = medium.get("data") or medium.get("file_uri", "").encode("utf-8", "replace")
            return f"{MEDIUM}{medium.get('mime_type', '')} {blake2b(data, digest_size=8).hexdigest()}"
    text: str = part.get("text", "")
    return text


def perform(request: EmbedRequest, occasion: Occasion) -> Awaitable[Embedded]:
    return embed(request.question, occasion)


def encode(request: EmbedRequest, found: Embedded) -> WireResponse:
    """The numbers each on a line of its own, as in all pretty-printed answers."""
    rows = [b'{\n      "values": %b\n    }' % spread(vector, 8) for vector in found.vectors]
    usage = b',\n  "usageMetadata": %b' % usage_of(found) if found.counted else b""
    if request.many:
        data = b'{\n  "embeddings": [\n    %b\n  ]%b\n}\n' % (b",\n    ".join(rows), usage)
    else:
        data = b'{\n  "embedding": {\n    "values": %b\n  }%b\n}\n' % (spread(found.vectors[0], 6), usage)
    return WireResponse(200, HEADERS, Pieces(chunked((data,))))


def spread(vector: Vector, indent: int) -> bytes:
    space = b"\n" + b" " * indent
    inner = vector.json()[1:-1].replace(b",", b"," + space)
    return b"[" + space + inner + space[:-2] + b"]"


def usage_of(found: Embedded) -> bytes:
    """`promptTokenDetails`, without an s after Token (recorded)."""
    return (
        b'{\n    "promptTokenCount": %d,\n    "promptTokenDetails": [\n      {\n        "modality": "TEXT",\n'
        b'        "tokenCount": %d\n      }\n    ]\n  }' % (found.tokens, found.tokens)
    )


def name_of(request: EmbedRequest) -> str:
    return request.question.model


def endpoints(tongue: Tongue, models: str) -> tuple[Endpoint[Any, Any], ...]:
    def one(method: str, summary: str, decode: Any) -> Endpoint[Any, Any]:
        return Endpoint("POST", f"{models}:{method}", summary, decode, perform, encode, tongue.failure, name_of)

    return (
        one("embedContent", "A vector for a text", decode_one),
        one("batchEmbedContents", "Vectors for texts", decode_many),
    )
