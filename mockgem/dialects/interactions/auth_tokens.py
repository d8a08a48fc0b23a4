"""Tokens of live interactions: create and delete.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.clock import parse_time
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.interactions.errors import HEADERS, encode_error, wrong_type
from mockgem.dialects.interactions.field_readers import fields, text
from mockgem.dialects.interactions.interaction_writer import format_time
from mockgem.operations import interaction_tokens
from mockgem.operations.interaction_tokens import InteractionToken, InteractionTokenRequest

PATH = "/interactions/{id}/auth_tokens"
BODY = fields(expire_time=text)


@frozen
class DeleteToken:
    """A request to delete a token of an interaction."""

    interaction: str
    token: str


def decode_create(wire: WireRequest, params: Mapping[str, str]) -> InteractionTokenRequest:
    """Raises ApiError (400) for a time that can't be read."""
    body = BODY(parse_json(wire.body), "", "")
    if "expire_time" not in body:
        return InteractionTokenRequest(params["id"])
    try:
        return InteractionTokenRequest(params["id"], parse_time(body["expire_time"]))
    except ValueError:
        expected = "a time such as '2026-11-03T12:00:00Z'"
        raise wrong_type(body["expire_time"], "expire_time", "", expected) from None


def encode_created(request: InteractionTokenRequest, token: InteractionToken) -> WireResponse:
    answer = {"auth_token": token.text, "expires_at": format_time(token.expires)}
    return WireResponse(200, HEADERS, dump_compact(answer))


def decode_delete(wire: WireRequest, params: Mapping[str, str]) -> DeleteToken:
    return DeleteToken(params["id"], params["token"])


async def delete(request: DeleteToken, context: OperationContext) -> None:
    await interaction_tokens.delete_token(request.interaction, request.token, context.world)


def encode_deleted(request: DeleteToken, result: None) -> WireResponse:
    return WireResponse(200, HEADERS, b"{}")


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    create: Endpoint[Any, Any] = Endpoint(
        "POST",
        PATH,
        "Create a token for a live interaction",
        decode_create,
        interaction_tokens.create_token,
        encode_created,
        encode_error,
        pure=False,
        scenario="tokens",
        wire_name="createInteractionAuthToken",
    )
    remove: Endpoint[Any, Any] = Endpoint(
        "DELETE",
        PATH + "/{token*}",
        "Delete a token of a live interaction",
        decode_delete,
        delete,
        encode_deleted,
        encode_error,
        pure=False,
        scenario="tokens",
        wire_name="deleteInteractionAuthToken",
    )
    return create, remove
