"""Batches of a gateway, in OpenAI's form: of chats, responses, completions and embeddings.

Their files are those of `POST /v1/files`. Evidence: sdk-openai.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import Page
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.openai.batches import (
    EMPTY_FILE_PROBLEM,
    FIELDS,
    MISSING_FILE_PROBLEM,
    BatchSnapshot,
    OpenAIBatchRequest,
    build_line_request,
    check_line,
    check_window,
    describe_duplicate,
    list_snapshots,
    render_batch,
    take_snapshot,
)
from mockgem.dialects.openai.gateway_files import PREFIX as FILE_PREFIX
from mockgem.dialects.openai.gateway_files import build_method, encode_json, find_file
from mockgem.operations import batches
from mockgem.operations.batches import Batch, BatchLineHandler, HandlerOf

Json = dict[str, Any]
GATEWAY_FORM = "gateway"
ENDPOINTS = ("/v1/chat/completions", "/v1/responses", "/v1/completions", "/v1/embeddings")
PREFIX = "batch_"


async def create(request: OpenAIBatchRequest, context: OperationContext) -> BatchSnapshot:
    """Create a batch. Raises ApiError (400, 404) for an unknown endpoint or file."""
    body = read_as(FIELDS, parse_json(request.wire.body))
    if body.get("endpoint") not in ENDPOINTS:
        known = ", ".join(ENDPOINTS)
        message = f"Invalid value for endpoint: {body.get('endpoint')!r}, expected one of {known}."
        raise invalid(message, "endpoint")
    check_window(body)
    if not body.get("input_file_id"):
        raise invalid("Missing required field: input_file_id, a file such as file-abc.", "file")
    file = await find_file(body["input_file_id"], context)
    settings = {
        "endpoint": body["endpoint"],
        "input_file_id": FILE_PREFIX + file.name,
        "metadata": body.get("metadata"),
        "base": request.wire.path.removesuffix("/").removesuffix("/batches"),
    }
    batch = await batches.create_from_file(GATEWAY_FORM, file, settings, context)
    handler_of = make_handler_factory(request.wire)
    await batches.watch_until_end(batch, GATEWAY_FORM, handler_of, context)
    return take_snapshot(batch, context)


async def get(request: OpenAIBatchRequest, context: OperationContext) -> BatchSnapshot:
    handler_of = make_handler_factory(request.wire)
    try:
        batch = await batches.poll(request.name, GATEWAY_FORM, handler_of, context)
    except ApiError as error:
        raise reword_missing(error, request.name) from None
    return take_snapshot(batch, context)


async def cancel(request: OpenAIBatchRequest, context: OperationContext) -> BatchSnapshot:
    try:
        batch = await batches.cancel(request.name, GATEWAY_FORM, context)
    except ApiError as error:
        raise reword_missing(error, request.name) from None
    return take_snapshot(batch, context)


def reword_missing(error: ApiError, name: str) -> ApiError:
    """Return a 404 in OpenAI's words; other errors stay as they are."""
    if error.failure.code is not Code.NOT_FOUND:
        return error
    message = f"No batch found with id '{PREFIX}{name[:200]}'."
    return ApiError(Failure(Code.NOT_FOUND, message, reason=error.failure.reason))


async def list_batches(
    request: OpenAIBatchRequest, context: OperationContext
) -> Page[BatchSnapshot]:
    after = request.wire.query.get("after", "").removeprefix(PREFIX)
    handler_of = make_handler_factory(request.wire)
    return await list_snapshots(request.wire, after, GATEWAY_FORM, handler_of, context)


def make_handler_factory(wire: WireRequest) -> HandlerOf:
    """Return what answers lines with the credential of a request."""
    credential = wire.headers.get("authorization")
    headers = {"authorization": credential} if credential else {}
    handler = BatchLineHandler(
        check_line,
        lambda line, batch: build_line_request(line, batch, headers),
        render_output_line,
        describe_duplicate,
        EMPTY_FILE_PROBLEM,
        MISSING_FILE_PROBLEM,
    )
    return lambda form: handler


def render_output_line(line: Json, status: int, body: Any, batch: Batch) -> bytes:
    """Return a line of output, with the whole answer of the gateway."""
    content = f"{batch.id}/{line['custom_id']}".encode("utf-8", "replace")
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    response = {"status_code": status, "request_id": f"req_{digest}", "body": body}
    row = {
        "id": f"batch_req_{digest}",
        "custom_id": line["custom_id"],
        "response": response,
        "error": None,
    }
    return dump_compact(row)


def write_batch(snapshot: BatchSnapshot) -> Json:
    """Return a batch with the ids of this API."""
    batch = snapshot.batch
    written = render_batch(snapshot) | {"id": PREFIX + batch.id}
    for name, file in (("output_file_id", batch.output), ("error_file_id", batch.errors)):
        if name in written:
            written[name] = FILE_PREFIX + file
    return written


def encode_batch(request: OpenAIBatchRequest, snapshot: BatchSnapshot) -> WireResponse:
    return encode_json(write_batch(snapshot))


def encode_list(request: OpenAIBatchRequest, page: Page[BatchSnapshot]) -> WireResponse:
    rows = [write_batch(snapshot) for snapshot in page.items]
    edges = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"]} if rows else {}
    return encode_json({"object": "list", "data": rows, **edges, "has_more": bool(page.token)})


def decode(wire: WireRequest, params: Mapping[str, str]) -> OpenAIBatchRequest:
    return OpenAIBatchRequest(wire, params.get("id", "").removeprefix(PREFIX))


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        build_method("POST", "/batches", "Create a batch",
                     decode, create, encode_batch, "batches.create"),
        build_method("GET", "/batches", "List the batches",
                     decode, list_batches, encode_list, "batches.list", waits=True),
        build_method("GET", "/batches/{id}", "Look at a batch",
                     decode, get, encode_batch, "batches.retrieve", waits=True),
        build_method("POST", "/batches/{id}/cancel", "Cancel a batch",
                     decode, cancel, encode_batch, "batches.cancel"),
    )  # fmt: skip
