"""POST auth_tokens: create an ephemeral token.

Evidence: sdk-google-genai, doc-ephemeral-tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.clock import parse_time
from mockgem.core.errors import invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import int32, string
from mockgem.dialects.gemini.contents import gemini_message
from mockgem.dialects.gemini.errors import ApiVariant
from mockgem.dialects.gemini.responses import encode_json, read_body

FIELD_MASK = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)


def build_reader() -> Any:
    from mockgem.dialects.gemini.live.fields import SETUP

    return gemini_message(
        "AuthToken",
        name=string,
        uses=int32,
        expire_time=string,
        new_session_expire_time=string,
        bidi_generate_content_setup=SETUP,
        field_mask=string,
    )


def decode_token(wire: WireRequest, params: Mapping[str, str]) -> Any:
    """Return the token to create. Raises ApiError for a time or a mask that can't be read."""
    from mockgem.operations.auth_tokens import TokenRequest

    body = read_body(wire, build_reader()) if wire.body else {}
    return TokenRequest(
        body.get("uses", 1),
        read_time(body, "expire_time"),
        read_time(body, "new_session_expire_time"),
        find_setup(wire),
        read_mask(body.get("field_mask", "")),
    )


def find_setup(wire: WireRequest) -> Any:
    """Return the setup as the client wrote it: a store keeps JSON."""
    body = parse_json(wire.body) if wire.body else {}
    return body.get("bidiGenerateContentSetup", body.get("bidi_generate_content_setup"))


def read_time(body: Mapping[str, Any], name: str) -> float | None:
    if name not in body:
        return None
    try:
        return parse_time(body[name])
    except ValueError:
        text = f"Invalid value at '{name}' (type.googleapis.com/google.protobuf.Timestamp), "
        raise invalid(f'{text}"{body[name][:100]}"', "payload") from None


def read_mask(mask: str) -> tuple[str, ...]:
    """Return the paths of a field mask in snake_case."""
    paths = [path for path in mask.split(",") if path]
    if any(not FIELD_MASK.fullmatch(path) for path in paths):
        raise invalid("Request contains an invalid argument.", "field_mask")
    return tuple([to_snake_case(path.removeprefix("setup.")) for path in paths])


def to_snake_case(path: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), path)


async def handle_create(request: Any, context: Any) -> Any:
    from mockgem.operations.auth_tokens import create_token

    return await create_token(request, context)


def encode_token(request: Any, token: Any) -> WireResponse:
    return encode_json({"name": token.name})


def build_endpoints(variant: ApiVariant) -> tuple[Endpoint[Any, Any], ...]:
    return (
        Endpoint(
            "POST",
            "/auth_tokens",
            "Create an ephemeral token",
            decode_token,
            handle_create,
            encode_token,
            variant.encode_failure,
            scenario="tokens",
            wire_name="createAuthToken",
        ),
    )
