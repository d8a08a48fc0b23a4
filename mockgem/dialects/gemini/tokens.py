"""POST models/{model}:countTokens, and Vertex AI's :computeTokens."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.content import Text
from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.proto_fields import anything, message, repeated
from mockgem.dialects.gemini.errors import Tongue
from mockgem.dialects.gemini.generate import details
from mockgem.dialects.gemini.generate_request import FIELDS, REQUEST, VERTEX_FIELDS, question_of
from mockgem.dialects.gemini.models import asked_model
from mockgem.dialects.gemini.responses import PACKAGE, Json, answer, body_of
from mockgem.operations.count_tokens import Counted, count
from mockgem.operations.generate_request import Generate
from mockgem.operations.generators.prose import WORD

BODY = message(
    PACKAGE + "CountTokensRequest",
    {"contents": FIELDS["contents"], "model": FIELDS["model"], "generate_content_request": REQUEST},
)
VERTEX_BODY = message(PACKAGE + "CountTokensRequest", {**VERTEX_FIELDS, "instances": repeated(anything)})
TOKEN = re.compile(WORD.pattern + r"|\S|\s+")


def decode(wire: WireRequest, params: Mapping[str, str], *, vertex: bool) -> Generate:
    body = body_of(wire, VERTEX_BODY if vertex else BODY)
    return question_of(body.get("generate_content_request", body), asked_model(wire, params, "countTokens"))


async def perform(question: Generate, occasion: Occasion) -> Counted:
    try:
        return await count(question, occasion)
    except ApiError as error:  # what is told of a request is told of this one
        words = error.failure.message.replace("* GenerateContentRequest.", "* CountTokensRequest.")
        raise ApiError(replace(error.failure, message=words)) from None


def encode(question: Generate, found: Counted, *, vertex: bool) -> WireResponse:
    """Key order as recorded (032)."""
    body: Json = {"totalTokens": found.total}
    if found.cached:
        body["cachedContentTokenCount"] = found.cached
    if vertex:
        body["totalBillableCharacters"] = found.characters
    body["promptTokensDetails"] = details(found.kinds or (("TEXT", found.total),))
    return answer(body)


def encode_computed(question: Generate, found: Counted) -> WireResponse:
    """Words for tokens, with numbers that go with them."""
    rows = []
    for turn in question.turns:
        words = [word for part in turn.parts if isinstance(part, Text) for word in TOKEN.findall(part.text)]
        tokens = [b64encode(word.encode("utf-8", "replace")).decode() for word in words]
        rows.append({"tokens": tokens, "tokenIds": [str(id_of(word)) for word in words], "role": turn.role})
    return answer({"tokensInfo": rows} if rows else {})


def id_of(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "big") % 256_000


def name_of(question: Generate) -> str:
    return question.model


def endpoints(tongue: Tongue, models: str) -> tuple[Endpoint[Any, Any], ...]:
    read, write = partial(decode, vertex=tongue.vertex), partial(encode, vertex=tongue.vertex)
    counts = Endpoint("POST", f"{models}:countTokens", "Count tokens", read, perform, write, tongue.failure, name_of)
    if not tongue.vertex:
        return (counts,)
    computes = "The tokens themselves"
    return (
        counts,
        Endpoint("POST", f"{models}:computeTokens", computes, read, perform, encode_computed, tongue.failure, name_of),
    )
