"""POST models/{model}:countTokens, and Vertex AI's :computeTokens."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.content import Text
from mockgem.core.errors import ApiError
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.proto_fields import anything, message, repeated
from mockgem.dialects.gemini.content_writer import render_token_details
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.generate_fields import FIELDS, REQUEST, VERTEX_FIELDS
from mockgem.dialects.gemini.generate_request import build_question
from mockgem.dialects.gemini.models import resolve_model_name
from mockgem.dialects.gemini.responses import PACKAGE, Json, encode_json, read_body
from mockgem.operations.count_tokens import TokenCount, count_tokens
from mockgem.operations.generate_request import GenerateRequest
from mockgem.operations.generators.prompt_analysis import WORD

BODY = message(
    PACKAGE + "CountTokensRequest",
    {"contents": FIELDS["contents"], "model": FIELDS["model"], "generate_content_request": REQUEST},
)
VERTEX_BODY = message(
    PACKAGE + "CountTokensRequest", {**VERTEX_FIELDS, "instances": repeated(anything)}
)
TOKEN = re.compile(WORD.pattern + r"|\S|\s+")


def decode_count(wire: WireRequest, params: Mapping[str, str], *, vertex: bool) -> GenerateRequest:
    body = read_body(wire, VERTEX_BODY if vertex else BODY)
    return build_question(
        body.get("generate_content_request", body), resolve_model_name(wire, params, "countTokens")
    )


async def handle_count(question: GenerateRequest, context: OperationContext) -> TokenCount:
    try:
        return await count_tokens(question, context)
    except ApiError as error:  # generateContent's checks name another message
        words = error.failure.message.replace("* GenerateContentRequest.", "* CountTokensRequest.")
        raise ApiError(replace(error.failure, message=words)) from None


def encode_count(question: GenerateRequest, count: TokenCount, *, vertex: bool) -> WireResponse:
    """Encode a count with keys in the recorded order.

    Evidence: native-032-countTokens-200.
    """
    body: Json = {"totalTokens": count.total}
    if count.cached_tokens:
        body["cachedContentTokenCount"] = count.cached_tokens
    if vertex:
        body["totalBillableCharacters"] = count.characters
    body["promptTokensDetails"] = render_token_details(
        count.modality_tokens or (("TEXT", count.total),)
    )
    return encode_json(body)


def encode_tokens(question: GenerateRequest, count: TokenCount) -> WireResponse:
    """Return words as tokens, with numbers derived from them."""
    rows = []
    for turn in question.turns:
        words = [
            word
            for part in turn.parts
            if isinstance(part, Text)
            for word in TOKEN.findall(part.text)
        ]
        tokens = [b64encode(word.encode("utf-8", "replace")).decode() for word in words]
        rows.append(
            {
                "tokens": tokens,
                "tokenIds": [str(compute_token_id(word)) for word in words],
                "role": turn.role,
            }
        )
    return encode_json({"tokensInfo": rows} if rows else {})


def compute_token_id(word: str) -> int:
    return (
        int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "big")
        % 256_000
    )


def model_of(question: GenerateRequest) -> str:
    return question.model


def build_endpoints(variant: ApiVariant, models: str) -> tuple[Endpoint[Any, Any], ...]:
    read, write = (
        partial(decode_count, vertex=variant.vertex),
        partial(encode_count, vertex=variant.vertex),
    )
    counts = Endpoint(
        "POST",
        f"{models}:countTokens",
        "Count tokens",
        read,
        handle_count,
        write,
        variant.encode_failure,
        model_of,
        scenario="count",
        wire_name="countTokens",
    )
    if not variant.vertex:
        return (counts,)
    computes = "List the tokens"
    return (
        counts,
        Endpoint(
            "POST",
            f"{models}:computeTokens",
            computes,
            read,
            handle_count,
            encode_tokens,
            variant.encode_failure,
            model_of,
            scenario="count",
            wire_name="computeTokens",
        ),
    )
