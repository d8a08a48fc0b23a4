"""The methods of responses: create, get, cancel, delete, input items, compact and count tokens.

Evidence: sdk-openai-responses, doc-openai-responses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, encode_gateway_error
from mockgem.dialects.openai.gateway_completions import STREAM_HEADERS
from mockgem.dialects.openai.responses.create_request import decode_create
from mockgem.dialects.openai.responses.creation import (
    Compaction,
    compact,
    count_input,
    create_response,
    encode_summary,
)
from mockgem.dialects.openai.responses.item_ids import make_item_id, name_items
from mockgem.dialects.openai.responses.item_lists import ListItems, decode_list_query, write_list
from mockgem.dialects.openai.responses.response_writer import (
    write_events,
    write_response,
    write_usage,
)
from mockgem.operations.count_tokens import TokenCount
from mockgem.operations.kept_replies import show_kept
from mockgem.operations.responses import (
    RESPONSES,
    CreatedResponse,
    CreateResponse,
    Response,
    ShownResponse,
    make_response_id,
    show_created,
)

Json = dict[str, Any]
PATH = "/responses"
ONE = PATH + "/{id}"


@frozen
class GetResponse:
    """A request to read a response, whole or as a stream after one of its events."""

    id: str
    stream: bool
    starting_after: int
    include: tuple[str, ...]


def encode_created(request: CreateResponse, reply: CreatedResponse) -> WireResponse:
    shown = show_created(reply)
    return encode_stream(shown) if request.stream else encode_json(write_response(shown))


def encode_json(value: Any) -> WireResponse:
    return WireResponse(200, GATEWAY_HEADERS, dump_compact(value))


def encode_stream(shown: ShownResponse, after: int = -1) -> WireResponse:
    body = encode_chunks(write_events(shown, after))
    return WireResponse(200, STREAM_HEADERS, ChunkedBody(body))


def decode_get(wire: WireRequest, params: Mapping[str, str]) -> GetResponse:
    after = wire.query.get("starting_after", "-1")
    if not after.removeprefix("-").isdecimal() or len(after) > 9:
        raise invalid(f"Invalid value for starting_after: {after[:100]!r}.", "starting_after")
    stream = wire.query.get("stream", "false").lower() == "true"
    include = [wire.query[name] for name in wire.query if name in ("include", "include[]")]
    return GetResponse(params["id"], stream, int(after), tuple(include))


async def get_response(request: GetResponse, context: OperationContext) -> Response:
    """Return a response after one more poll. Raises ApiError (404)."""
    return await RESPONSES.poll(request.id, context, to_end=request.stream)


def encode_read(request: GetResponse, response: Response) -> WireResponse:
    response = replace(response, include=[*response.include, *request.include])
    shown = show_kept(response)
    if request.stream:
        return encode_stream(shown, request.starting_after)
    return encode_json(write_response(shown))


def decode_id(wire: WireRequest, params: Mapping[str, str]) -> str:
    return params["id"]


async def cancel_response(name: str, context: OperationContext) -> Response:
    """Cancel a response in the background. Raises ApiError (400) for any other, (404)."""
    response = await RESPONSES.find(name, context.world)
    if not response.in_background:
        raise invalid("Cannot cancel a synchronous response.", "response_synchronous")
    return await RESPONSES.cancel(name, context)


def encode_cancelled(name: str, response: Response) -> WireResponse:
    return encode_json(write_response(show_kept(response)))


async def delete_response(name: str, context: OperationContext) -> None:
    await RESPONSES.delete(name, context)


def encode_deleted(name: str, result: None) -> WireResponse:
    return encode_json({"id": name, "object": "response", "deleted": True})


async def list_input(request: ListItems, context: OperationContext) -> list[Json]:
    response = await RESPONSES.find(request.holder, context.world)
    return name_items(response.given_input, response.id)


def encode_count(request: CreateResponse, count: TokenCount) -> WireResponse:
    return encode_json({"object": "response.input_tokens", "input_tokens": count.total})


def encode_compaction(request: CreateResponse, compaction: Compaction) -> WireResponse:
    name = make_response_id(compaction.id_seed, compaction.created)
    item = {
        "id": make_item_id("compaction", name, 1),
        "type": "compaction",
        "encrypted_content": encode_summary(compaction),
    }
    return encode_json(
        {
            "id": name,
            "object": "response.compaction",
            "created_at": compaction.created,
            "output": [*name_items(list(compaction.kept_items), name), item],
            "usage": write_usage(compaction.draft.usage),
        }
    )


def model_of(request: CreateResponse) -> str:
    """Return the model as the client wrote it."""
    return str(request.settings["model"])


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """Return the methods of responses."""
    return (
        build_question("", "Create a response, whole or as a stream",
                       create_response, encode_created, "generate", "responses.create"),
        build_question("/compact", "Sum up a conversation",
                       compact, encode_compaction, "generate", "responses.compact"),
        build_question("/input_tokens", "Count the tokens of an input",
                       count_input, encode_count, "count", "responses.input_tokens"),
        build_method("GET", ONE, "Get a response, whole or as a stream",
                     decode_get, get_response, encode_read, "responses.retrieve"),
        build_method("DELETE", ONE, "Delete a response",
                     decode_id, delete_response, encode_deleted, "responses.delete"),
        build_method("POST", ONE + "/cancel", "Cancel a response in the background",
                     decode_id, cancel_response, encode_cancelled, "responses.cancel"),
        build_method("GET", ONE + "/input_items", "List the items of a response's input",
                     decode_list_query, list_input, write_list, "responses.input_items"),
    )  # fmt: skip


def build_question(
    path: str, summary: str, operation: Any, encode: Any, scenario: str, wire_name: str
) -> Endpoint[CreateResponse, Any]:
    """Return a method that asks a model. Rules for chat act on it, too."""
    return Endpoint(
        "POST",
        PATH + path,
        summary,
        decode_create,
        operation,
        encode,
        encode_gateway_error,
        model_of,
        pure=False,
        may_wait=True,
        scenario=scenario,
        wire_name=wire_name,
        uses_quota=True,
    )


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
        encode_gateway_error,
        pure=False,
        scenario=wire_name.partition(".")[0],
        wire_name=wire_name,
    )
