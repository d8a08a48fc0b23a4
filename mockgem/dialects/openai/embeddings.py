"""POST /embeddings, in Gemini's spelling and a gateway's. Vertex has none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import Pieces, WireRequest, WireResponse, chunked
from mockgem.dialects.common.google_frontend import headers
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.common.proto_fields import Read, either, int32, message, read_as, repeated, string
from mockgem.dialects.openai.errors import PLAIN_HEADERS, Encode
from mockgem.operations.embed import Embed, Embedded, embed
from mockgem.operations.generators.vector import Vector

FORMATS = ("float", "base64")
GOOGLE_HEADERS = headers("application/json; charset=UTF-8", 300)


@value
class EmbeddingsRequest:
    """What is asked, the model's name as it was asked for, and how the numbers are to be written."""

    question: Embed
    asked: str
    form: str = "float"


Write = Callable[[EmbeddingsRequest, Embedded], WireResponse]


def fields(*, strict: bool) -> Read:
    """What is known of the request; no recording tells of other fields."""
    known: dict[str, Read] = {"model": string, "input": either(string, repeated(string)), "dimensions": int32}
    package = "google.ai.generativelanguage.v1main."
    return message(
        package + "EmbeddingsRequest", {**known, "encoding_format": string, "user": string}, open_ended=not strict
    )


def endpoint(write: Write, refuse: Encode, *, strict: bool) -> Endpoint[EmbeddingsRequest, Embedded]:
    decode = partial(read, kind=fields(strict=strict))
    return Endpoint("POST", "/embeddings", "Vectors for texts", decode, answer, write, refuse, name_of)


def read(wire: WireRequest, params: Mapping[str, str], kind: Read) -> EmbeddingsRequest:
    body = read_as(kind, parse(wire.body))
    form = body.get("encoding_format", "float")
    if form not in FORMATS:
        raise invalid(f"Invalid value for encoding_format: {form!r}, expected float or base64.", "encoding_format")
    texts, asked = body.get("input", ()), body.get("model", "")
    question = Embed(asked, (texts,) if isinstance(texts, str) else tuple(texts), body.get("dimensions", 0))
    return EmbeddingsRequest(question, asked, form)


def answer(request: EmbeddingsRequest, occasion: Occasion) -> Awaitable[Embedded]:
    return embed(request.question, occasion)


def name_of(request: EmbeddingsRequest) -> str:
    return request.asked


def google(request: EmbeddingsRequest, found: Embedded) -> WireResponse:
    """The index is left out where it is 0 (recorded: emb-01); the model's name has its prefix (recorded: cookbook-02)."""
    rows = [
        b'{"object":"embedding","embedding":%b%b}' % (spelled(vector, request.form), b',"index":%d' % at if at else b"")
        for at, vector in enumerate(found.vectors)
    ]
    usage = b',"usage":%b' % compact(usage_of(found)) if found.counted else b""
    name = compact("models/" + request.asked.removeprefix("models/"))
    data = b'{"object":"list","data":[%b],"model":%b%b}' % (b",".join(rows), name, usage)
    return WireResponse(200, GOOGLE_HEADERS, Pieces(chunked((data,))))


def plain(request: EmbeddingsRequest, found: Embedded) -> WireResponse:
    """As OpenAI writes it."""
    rows = [
        b'{"object":"embedding","index":%d,"embedding":%b}' % (at, spelled(vector, request.form))
        for at, vector in enumerate(found.vectors)
    ]
    name, usage = compact(request.asked), compact(usage_of(found))
    data = b'{"object":"list","data":[%b],"model":%b,"usage":%b}' % (b",".join(rows), name, usage)
    return WireResponse(200, PLAIN_HEADERS, data)


def spelled(vector: Vector, form: str) -> bytes:
    return b'"%b"' % vector.base64().encode() if form == "base64" else vector.json()


def usage_of(found: Embedded) -> dict[str, int]:
    return {"prompt_tokens": found.tokens, "total_tokens": found.tokens}
