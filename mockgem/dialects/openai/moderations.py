"""POST /moderations. Evidence: sdk-openai, source-one-api-routes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.ids import ALPHANUMERIC, encode_in_alphabet
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import either, message, read_as, repeated, string
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, encode_gateway_error
from mockgem.operations.moderations import ModerateRequest, Moderation, moderate

DEFAULT_MODEL = "omni-moderation-latest"
FLAG_FROM = 0.5
PART = message("ModerationPart", {"type": string, "text": string}, open_ended=True)
FIELDS = message(
    "ModerationRequest",
    {"model": string, "input": either(string, repeated(either(string, PART)))},
    open_ended=True,
)


def decode(wire: WireRequest, params: Mapping[str, str]) -> ModerateRequest:
    """Return the texts of a body; parts of other kinds, such as images, count as empty texts."""
    body = read_as(FIELDS, parse_json(wire.body))
    given = body.get("input", [])
    listed = [given] if isinstance(given, str) else given
    texts = [one if isinstance(one, str) else one.get("text", "") for one in listed]
    return ModerateRequest(tuple(texts), body.get("model", DEFAULT_MODEL))


def encode(request: ModerateRequest, moderation: Moderation) -> WireResponse:
    results = [write_result(scores) for scores in moderation.scores]
    body = {
        "id": "modr-" + encode_in_alphabet(moderation.id_seed, ALPHANUMERIC, 29),
        "model": request.model,
        "results": results,
    }
    return WireResponse(200, GATEWAY_HEADERS, dump_compact(body))


def write_result(scores: Mapping[str, float]) -> dict[str, Any]:
    flags = {category: value >= FLAG_FROM for category, value in scores.items()}
    return {
        "flagged": any(flags.values()),
        "categories": flags,
        "category_scores": dict(scores),
        "category_applied_input_types": {category: ["text"] for category in scores},
    }


def build_endpoint() -> Endpoint[ModerateRequest, Moderation]:
    return Endpoint(
        "POST",
        "/moderations",
        "Classify texts",
        decode,
        moderate,
        encode,
        encode_gateway_error,
        lambda request: request.model,
        pure=False,
        scenario="moderations",
        wire_name="moderations.create",
    )
