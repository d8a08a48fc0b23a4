"""Batches on Gemini's OpenAI-compatible surface.

As on the real service, clients upload and download their files with Google's own API.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.core.store import Page
from mockgem.dialects.common.google_frontend import JSON_TYPE, build_headers
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import anything, message, read_as, string, to_camel_case
from mockgem.dialects.openai.errors import encode_gemini_error
from mockgem.operations import batches, files
from mockgem.operations.batches import Batch, BatchLineHandler, HandlerOf

Json = dict[str, Any]
BATCH_FORM = "openai"
BATCH_ENDPOINTS = ("/v1/chat/completions", "/v1/embeddings")
PACKAGE = "google.ai.generativelanguage.v1main."
FIELDS = message(
    PACKAGE + "CreateBatchRequest",
    {
        "input_file_id": string,
        "endpoint": string,
        "completion_window": string,
        "metadata": anything,
    },
    open_ended=True,
)
HEADERS = build_headers(JSON_TYPE, 200)


@frozen
class OpenAIBatchRequest:
    """A request about one batch or all. Its credential is also that of the lines."""

    wire: WireRequest
    name: str = ""


@frozen
class BatchSnapshot:
    """A batch and its state."""

    batch: Batch
    state: str


async def create(request: OpenAIBatchRequest, context: OperationContext) -> BatchSnapshot:
    """Create a batch. Raises ApiError if the endpoint is unknown or the file does not exist."""
    body = read_as(FIELDS, parse_json(request.wire.body))
    if body.get("endpoint") not in BATCH_ENDPOINTS:
        known = " or ".join(BATCH_ENDPOINTS)
        raise invalid(
            f"Invalid value for endpoint: {body.get('endpoint')!r}, expected {known}.", "endpoint"
        )
    check_window(body)
    name = body.get("input_file_id", "").removeprefix("files/")
    if not name:
        raise invalid("Missing required field: input_file_id, a file such as files/abc.", "file")
    file = await files.find(name, context.world)
    settings = {
        "endpoint": body["endpoint"],
        "input_file_id": f"files/{file.name}",
        "metadata": body.get("metadata"),
        "base": request.wire.path.removesuffix("/").removesuffix("/batches"),
    }
    batch = await batches.create_from_file(BATCH_FORM, file, settings, context)
    handler_of = make_handler_factory(request.wire)
    await batches.watch_until_end(batch, BATCH_FORM, handler_of, context)
    return take_snapshot(batch, context)


def check_window(body: Json) -> None:
    if body.get("completion_window", "24h") != "24h":
        raise invalid(
            f"Invalid value for completion_window: {body['completion_window']!r}, expected 24h.",
            "window",
        )


async def get(request: OpenAIBatchRequest, context: OperationContext) -> BatchSnapshot:
    handler_of = make_handler_factory(request.wire)
    batch = await batches.poll(request.name, BATCH_FORM, handler_of, context)
    return take_snapshot(batch, context)


def make_handler_factory(wire: WireRequest) -> HandlerOf:
    """Return what answers lines with the credential of a request."""
    credential = wire.headers.get("authorization")
    return lambda form: build_line_handler({"authorization": credential} if credential else {})


async def list_batches(
    request: OpenAIBatchRequest, context: OperationContext
) -> Page[BatchSnapshot]:
    after = request.wire.query.get("after", "").removeprefix("batches/")
    handler_of = make_handler_factory(request.wire)
    return await list_snapshots(request.wire, after, BATCH_FORM, handler_of, context)


async def list_snapshots(
    wire: WireRequest, after: str, form: str, handler_of: HandlerOf, context: OperationContext
) -> Page[BatchSnapshot]:
    """Return the page of batches of a form that a query asks for. Raises ApiError (400, 404)."""
    world = context.world
    size = wire.query.get("limit", "20")
    if not re.fullmatch(r"\d{1,4}", size) or not 1 <= int(size) <= 100:
        raise invalid(f"Invalid value for limit: {size[:20]!r}, expected 1 to 100.", "limit")
    token = await batches.page_token_after(after, form, world) if after else ""
    page = await batches.list_batches(int(size), token, form, world)
    current = [await batches.catch_up(batch, handler_of, context) for batch in page.items]
    return Page([take_snapshot(batch, context) for batch in current], page.token)


async def cancel(request: OpenAIBatchRequest, context: OperationContext) -> BatchSnapshot:
    batch = await batches.cancel(request.name, BATCH_FORM, context)
    return take_snapshot(batch, context)


def take_snapshot(batch: Batch, context: OperationContext) -> BatchSnapshot:
    return BatchSnapshot(batch, batches.state_of(batch, context))


# Lines


def build_line_handler(credential: Mapping[str, str]) -> BatchLineHandler:
    """Return what answers lines with a credential."""

    return BatchLineHandler(
        check_line,
        lambda line, batch: build_line_request(line, batch, credential),
        render_output_line,
        describe_duplicate,
        EMPTY_FILE_PROBLEM,
        MISSING_FILE_PROBLEM,
    )


def build_line_request(line: Json, batch: Batch, headers: Mapping[str, str]) -> WireRequest:
    """Return the request that a line stands for; it is never a stream."""
    path = batch.told["base"] + line["url"].removeprefix("/v1")
    body = {key: value for key, value in line.get("body", {}).items() if key != "stream"}
    return WireRequest("POST", path, headers=headers, body=dump_compact(body))


def check_line(line: bytes, number: int, batch: Batch) -> Json | str:
    """Return what OpenAI says is wrong with a line, or else the custom_id, which is its mark."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return build_problem(
            "invalid_json_line", "This line is not parseable as valid JSON.", number
        )
    if not isinstance(content, dict) or not isinstance(content.get("body"), dict):
        return build_problem("invalid_request", "This line has no body that is an object.", number)
    if not isinstance(content.get("custom_id"), str) or not content["custom_id"]:
        return build_problem(
            "missing_required_parameter",
            "Missing required parameter: 'custom_id'.",
            number,
            "custom_id",
        )
    if str(content.get("method", "POST")).upper() != "POST":
        return build_problem(
            "invalid_method", "The HTTP method of a line has to be POST.", number, "method"
        )
    endpoint = batch.told["endpoint"]
    if content.get("url") != endpoint:
        words = f"The URL provided for this request does not match the batch endpoint {endpoint}."
        return build_problem("mismatched_url", words, number, "url")
    return str(content["custom_id"])


def describe_duplicate(custom_id: str, number: int) -> Json:
    words = f"The custom_id '{custom_id}' of this line stands in an earlier line already."
    return build_problem("duplicate_custom_id", words, number, "custom_id")


def build_problem(code: str, words: str, line: int | None, param: str | None = None) -> Json:
    return {"code": code, "line": line, "message": words, "param": param}


EMPTY_FILE_PROBLEM = build_problem("empty_file", "The input file is empty.", None)
MISSING_FILE_PROBLEM = build_problem(
    "file_not_found", "The input file is not there any more: it was deleted or has expired.", None
)


def render_output_line(line: Json, status: int, body: Any, batch: Batch) -> bytes:
    """Return a line of output.

    In the recorded form names are in camelCase, the time is a string, and choices
    have no index.

    Evidence: openai-cookbook-01-batch-output-chat.
    """
    if isinstance(body, list):
        body = body[0]
    result = convert_completion(body) if status == 200 else body
    return dump_compact(
        {"response": {"status_code": status, "body": result}, "custom_id": line["custom_id"]}
    )


def convert_completion(body: Json) -> Json:
    if "choices" not in body:
        return body
    choices = [
        {"message": convert_keys(item.get("message", {})), "finishReason": item["finish_reason"]}
        for item in body["choices"]
    ]
    usage = convert_keys(body["usage"])
    return {
        "id": body["id"],
        "usage": usage,
        "object": body["object"],
        "choices": choices,
        "created": str(body["created"]),
        "model": body["model"],
    }


def convert_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {to_camel_case(key): convert_keys(item) for key, item in value.items()}
    return [convert_keys(item) for item in value] if isinstance(value, list) else value


# Answers


def render_batch(snapshot: BatchSnapshot) -> Json:
    """Return a batch with OpenAI's fields, except empty ones.

    No recording shows a complete batch.
    """
    batch, settings = snapshot.batch, snapshot.batch.told
    ended = int(batch.ended) or None
    fields: Json = {
        "id": f"batches/{batch.id}",
        "object": "batch",
        "endpoint": settings["endpoint"],
        "errors": {"object": "list", "data": batch.problems} if batch.problems else None,
        "input_file_id": settings["input_file_id"],
        "completion_window": "24h",
        "status": snapshot.state,
        "output_file_id": f"files/{batch.output}" if batch.output and batch.ended else None,
        "error_file_id": f"files/{batch.errors}" if batch.errors and batch.ended else None,
        "created_at": int(batch.created),
        "in_progress_at": int(batch.checked) if batch.checked and not batch.problems else None,
        "finalizing_at": int(batch.answered) or None,
        "expires_at": int(batch.created + batch.lifetime),
        "completed_at": ended if snapshot.state == "completed" else None,
        "failed_at": ended if snapshot.state == "failed" else None,
        "expired_at": ended if snapshot.state == "expired" else None,
        "cancelling_at": int(batch.cancelled) or None,
        "cancelled_at": ended if snapshot.state == "cancelled" else None,
        "request_counts": {
            "total": max(batch.total, 0),
            "completed": batch.completed,
            "failed": batch.failed,
        },
        "metadata": settings.get("metadata"),
    }
    return {key: item for key, item in fields.items() if item is not None}


def encode_json(body: Json) -> WireResponse:
    return WireResponse(200, HEADERS, ChunkedBody(encode_chunks((dump_compact(body),))))


def encode_batch(request: OpenAIBatchRequest, snapshot: BatchSnapshot) -> WireResponse:
    return encode_json(render_batch(snapshot))


def encode_list(request: OpenAIBatchRequest, page: Page[BatchSnapshot]) -> WireResponse:
    rows = [render_batch(snapshot) for snapshot in page.items]
    edges = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"]} if rows else {}
    return encode_json({"object": "list", "data": rows, **edges, "has_more": bool(page.token)})


def decode(wire: WireRequest, params: Mapping[str, str]) -> OpenAIBatchRequest:
    return OpenAIBatchRequest(wire, params.get("batch", "").removeprefix("batches/"))


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def build_endpoint(
        method: str, path: str, summary: str, perform: Any, encode: Any, *, waits: bool = False
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            path,
            summary,
            decode,
            perform,
            encode,
            encode_gemini_error,
            pure=False,
            may_wait=waits,
            scenario="batches",
        )

    return (
        build_endpoint("POST", "/batches/{batch*}/cancel", "Cancel a batch", cancel, encode_batch),
        build_endpoint(
            "POST", "/batches", "Create a batch of chats or embeddings", create, encode_batch
        ),
        build_endpoint(
            "GET", "/batches/{batch*}", "Look at a batch", get, encode_batch, waits=True
        ),
        build_endpoint(
            "GET", "/batches", "List the batches", list_batches, encode_list, waits=True
        ),
    )
