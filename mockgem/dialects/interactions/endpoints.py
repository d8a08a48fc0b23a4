"""The methods of interactions: create, get, cancel and delete.

Evidence: doc-interactions, sdk-google-genai-interactions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.google_frontend import build_headers
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.interactions import auth_tokens
from mockgem.dialects.interactions.create_request import decode_request
from mockgem.dialects.interactions.errors import (
    HEADERS,
    encode_error,
    missing_field,
    wrong_type,
)
from mockgem.dialects.interactions.interaction_writer import write_events, write_interaction
from mockgem.operations import interactions
from mockgem.operations.interactions import (
    INTERACTIONS,
    CreatedReply,
    CreateInteraction,
    KeptInteraction,
    ShownInteraction,
    show_created,
)
from mockgem.operations.live_interactions import is_live_model, show_interaction

STREAM_HEADERS = build_headers("text/event-stream")
PATH = "/interactions"
ONE = PATH + "/{id}"


@frozen
class GetInteraction:
    """A request to read an interaction, whole or as a stream."""

    id: str
    stream: bool = False
    last_event_id: str = ""
    with_input: bool = False


def decode_create(wire: WireRequest, params: Mapping[str, str]) -> CreateInteraction:
    return decode_request(wire)


async def create_interaction(
    request: CreateInteraction, context: OperationContext
) -> CreatedReply | KeptInteraction:
    """Reply to a request; a Live model waits for a socket.

    Raises ApiError if the request doesn't fit together, or the model refuses it.
    """
    if not request.agent and is_live_model(request.question.model, context.world):
        from mockgem.dialects.interactions.live.creation import create_for_socket

        return await create_for_socket(request, context)
    if request.given_input is None:
        raise missing_field("input", "")
    return await interactions.create(request, context)


def encode_created(
    request: CreateInteraction, reply: CreatedReply | KeptInteraction
) -> WireResponse:
    if isinstance(reply, KeptInteraction):
        return encode_interaction(show_interaction(reply))
    shown = show_created(reply)
    if not request.stream:
        return encode_interaction(shown)
    return encode_stream(shown, numbered=request.in_background)


def encode_interaction(shown: ShownInteraction, *, with_input: bool = False) -> WireResponse:
    data = dump_compact(write_interaction(shown, with_input=with_input))
    return WireResponse(200, HEADERS, ChunkedBody(encode_chunks((data,))))


def encode_stream(
    shown: ShownInteraction, *, numbered: bool, last_event_id: str = ""
) -> WireResponse:
    """Return the events after one. Raises ApiError (400) for an id that no event has."""
    events = write_events(shown, numbered=numbered)
    ids = [event_id for event_id, _ in events]
    start = ids.index(last_event_id) + 1 if last_event_id else 0
    body = encode_chunks([data for _, data in events[start:]])
    return WireResponse(200, STREAM_HEADERS, ChunkedBody(body))


def decode_get(wire: WireRequest, params: Mapping[str, str]) -> GetInteraction:
    return GetInteraction(
        params["id"],
        read_flag(wire, "stream"),
        wire.query.get("last_event_id", ""),
        read_flag(wire, "include_input"),
    )


def read_flag(wire: WireRequest, name: str) -> bool:
    """Return a flag of the query. Raises ApiError (400) if it is not a boolean."""
    value = wire.query.get(name, "false").lower()
    if value not in ("true", "false"):
        raise wrong_type(value, name, "", "a boolean")
    return value == "true"


async def get_interaction(request: GetInteraction, context: OperationContext) -> KeptInteraction:
    """Return an interaction after one more poll. Raises ApiError (404, 400)."""
    if request.last_event_id and not request.stream:
        raise invalid("'last_event_id' requires 'stream' to be true.", "last_event_id")
    interaction = await INTERACTIONS.poll(request.id, context, to_end=request.stream)
    if request.stream and interaction.is_live and not interaction.ended:
        message = f"Interaction {interaction.id} is live and has not ended: connect to its socket."
        failure = Failure(Code.FAILED_PRECONDITION, message, reason="interaction_live")
        raise ApiError(failure)
    if request.last_event_id:
        check_event_id(interaction, request.last_event_id)
    return interaction


def check_event_id(interaction: KeptInteraction, event_id: str) -> None:
    ids = [known for known, _ in write_events(show_interaction(interaction), numbered=True)]
    if event_id not in ids:
        message = f"Event '{event_id[:100]}' was not found in interaction {interaction.id}."
        raise invalid(message, "last_event_id")


def encode_read(request: GetInteraction, interaction: KeptInteraction) -> WireResponse:
    shown = show_interaction(interaction)
    if request.stream:
        return encode_stream(shown, numbered=True, last_event_id=request.last_event_id)
    return encode_interaction(shown, with_input=request.with_input)


def decode_id(wire: WireRequest, params: Mapping[str, str]) -> str:
    return params["id"]


async def cancel_interaction(name: str, context: OperationContext) -> KeptInteraction:
    return await INTERACTIONS.cancel(name, context)


def encode_cancelled(name: str, interaction: KeptInteraction) -> WireResponse:
    return encode_interaction(show_interaction(interaction))


async def delete_interaction(name: str, context: OperationContext) -> None:
    await INTERACTIONS.delete(name, context)


def encode_deleted(name: str, result: None) -> WireResponse:
    return WireResponse(200, HEADERS, b"{}")


def model_of(request: CreateInteraction) -> str:
    return request.question.model


def build_endpoints(*, has_tokens: bool) -> tuple[Endpoint[Any, Any], ...]:
    """Return the methods of the API. Only the Gemini API has tokens."""
    create: Endpoint[Any, Any] = Endpoint(
        "POST",
        PATH,
        "Create an interaction, whole or as a stream",
        decode_create,
        create_interaction,
        encode_created,
        encode_error,
        model_of,
        pure=False,
        may_wait=True,
        scenario="generate",
        wire_name="createInteraction",
        uses_quota=True,
    )
    return (
        create,
        build_method("GET", ONE, "Get an interaction, whole or as a stream",
                     decode_get, get_interaction, encode_read, "getInteraction"),
        build_method("POST", ONE + "/cancel", "Cancel an interaction in the background",
                     decode_id, cancel_interaction, encode_cancelled, "cancelInteraction"),
        build_method("DELETE", ONE, "Delete an interaction",
                     decode_id, delete_interaction, encode_deleted, "deleteInteraction"),
        *(auth_tokens.build_endpoints() if has_tokens else ()),
    )  # fmt: skip


def build_method(
    method: str, path: str, summary: str, decode: Any, operation: Any, encode: Any, wire_name: str
) -> Endpoint[Any, Any]:
    return Endpoint(
        method,
        path,
        summary,
        decode,
        operation,
        encode,
        encode_error,
        pure=False,
        scenario="interactions",
        wire_name=wire_name,
    )
