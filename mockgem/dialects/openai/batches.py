"""Batches on Gemini's OpenAI-compatible surface. Their files go through the native API, as on the real service."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.google_frontend import JSON_TYPE, build_headers
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import anything, message, read_as, string, to_camel_case
from mockgem.dialects.openai.errors import encode_gemini_error
from mockgem.operations import batches, files
from mockgem.operations.batches import Batch, BatchLineHandler

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
DAY = 24 * 3600


@frozen
class OpenAIBatchRequest:
    """What is asked of which batch, and the request itself: its credential answers the batch's lines."""

    wire: WireRequest
    name: str = ""


@frozen
class BatchSnapshot:
    """A batch and the state it is in."""

    batch: Batch
    state: str


async def create(request: OpenAIBatchRequest, occasion: OperationContext) -> BatchSnapshot:
    """Raises ApiError where the endpoint is none, or the file is not there."""
    body = read_as(FIELDS, parse_json(request.wire.body))
    if body.get("endpoint") not in BATCH_ENDPOINTS:
        known = " or ".join(BATCH_ENDPOINTS)
        raise invalid(
            f"Invalid value for endpoint: {body.get('endpoint')!r}, expected {known}.", "endpoint"
        )
    if body.get("completion_window", "24h") != "24h":
        raise invalid(
            f"Invalid value for completion_window: {body['completion_window']!r}, expected 24h.",
            "window",
        )
    file = files.find(body.get("input_file_id", "").removeprefix("files/"), occasion.world)
    told = {
        "endpoint": body["endpoint"],
        "input_file_id": f"files/{file.name}",
        "metadata": body.get("metadata"),
        "base": request.wire.path.removesuffix("/").removesuffix("/batches"),
    }
    return take_snapshot(batches.create_from_file(BATCH_FORM, file, told, occasion), occasion.world)


async def get(request: OpenAIBatchRequest, occasion: OperationContext) -> BatchSnapshot:
    world = occasion.world
    return take_snapshot(
        await batches.poll(request.name, BATCH_FORM, make_work_factory(request.wire), world), world
    )


def make_work_factory(wire: WireRequest) -> Callable[[str], BatchLineHandler]:
    """How lines are answered with a request's credential."""
    text = wire.headers.get("authorization")
    return lambda form: build_work({"authorization": text} if text else {})


async def list_batches(
    request: OpenAIBatchRequest, occasion: OperationContext
) -> Page[BatchSnapshot]:
    query, world = request.wire.query, occasion.world
    size = query.get("limit", "20")
    if not re.fullmatch(r"\d{1,4}", size) or not 1 <= int(size) <= 100:
        raise invalid(f"Invalid value for limit: {size[:20]!r}, expected 1 to 100.", "limit")
    after = query.get("after", "").removeprefix("batches/")
    token = batches.page_token_after(after, BATCH_FORM, world) if after else ""
    page, work = (
        batches.list_batches(int(size), token, BATCH_FORM, world),
        make_work_factory(request.wire),
    )
    return Page(
        [take_snapshot(await batches.catch_up(batch, work, world), world) for batch in page.items],
        page.token,
    )


async def cancel(request: OpenAIBatchRequest, occasion: OperationContext) -> BatchSnapshot:
    return take_snapshot(batches.cancel(request.name, BATCH_FORM, occasion.world), occasion.world)


def take_snapshot(batch: Batch, world: World) -> BatchSnapshot:
    return BatchSnapshot(batch, batches.state_of(batch, world))


# Lines


def build_work(credential: Mapping[str, str]) -> BatchLineHandler:
    async def answer_line(line: bytes, batch: Batch, world: World) -> tuple[bytes, bool]:
        asked = json.loads(line)
        path = batch.told["base"] + asked["url"].removeprefix("/v1")
        body = dump_compact(
            {key: item for key, item in asked.get("body", {}).items() if key != "stream"}
        )
        status, found = await batches.dispatch_line(
            WireRequest("POST", path, headers=credential, body=body), world
        )
        return render_output_line(asked["custom_id"], status, found), status == 200

    return BatchLineHandler(
        check_line, answer_line, describe_duplicate, EMPTY_FILE_PROBLEM, MISSING_FILE_PROBLEM
    )


def check_line(line: bytes, number: int, batch: Batch) -> Json | str:
    """What OpenAI says of a bad line, or the line's id."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return build_problem(
            "invalid_json_line", "This line is not parseable as valid JSON.", number
        )
    if not isinstance(asked, dict) or not isinstance(asked.get("body"), dict):
        return build_problem("invalid_request", "This line has no body that is an object.", number)
    if not isinstance(asked.get("custom_id"), str) or not asked["custom_id"]:
        return build_problem(
            "missing_required_parameter",
            "Missing required parameter: 'custom_id'.",
            number,
            "custom_id",
        )
    if str(asked.get("method", "POST")).upper() != "POST":
        return build_problem(
            "invalid_method", "The HTTP method of a line has to be POST.", number, "method"
        )
    endpoint = batch.told["endpoint"]
    if asked.get("url") != endpoint:
        words = f"The URL provided for this request does not match the batch endpoint {endpoint}."
        return build_problem("mismatched_url", words, number, "url")
    return str(asked["custom_id"])


def describe_duplicate(custom_id: str, number: int) -> Json:
    words = f"The custom_id '{custom_id}' of this line stands in an earlier line already."
    return build_problem("duplicate_custom_id", words, number, "custom_id")


def build_problem(code: str, words: str, line: int | None, param: str | None = None) -> Json:
    return {"code": code, "line": line, "message": words, "param": param}


EMPTY_FILE_PROBLEM = build_problem("empty_file", "The input file is empty.", None)
MISSING_FILE_PROBLEM = build_problem(
    "file_not_found", "The input file is not there any more: it was deleted or has expired.", None
)


def render_output_line(custom_id: str, status: int, body: Any) -> bytes:
    """The recorded form (cookbook-01): camelCase, the time as a string, choices without numbers."""
    if isinstance(body, list):
        body = body[0]
    found = convert_completion(body) if status == 200 else body
    return dump_compact(
        {"response": {"status_code": status, "body": found}, "custom_id": custom_id}
    )


def convert_completion(body: Json) -> Json:
    if "choices" not in body:
        return body
    choices = [
        {"message": convert_keys(one.get("message", {})), "finishReason": one["finish_reason"]}
        for one in body["choices"]
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


def render_batch(found: BatchSnapshot) -> Json:
    """OpenAI's fields; what is not there is absent, as in all answers of this surface. Never recorded whole."""
    batch, told = found.batch, found.batch.told
    ended = int(batch.ended) or None
    known: Json = {
        "id": f"batches/{batch.id}",
        "object": "batch",
        "endpoint": told["endpoint"],
        "errors": {"object": "list", "data": batch.problems} if batch.problems else None,
        "input_file_id": told["input_file_id"],
        "completion_window": "24h",
        "status": found.state,
        "output_file_id": f"files/{batch.output}" if batch.output and batch.ended else None,
        "error_file_id": f"files/{batch.errors}" if batch.errors and batch.ended else None,
        "created_at": int(batch.created),
        "in_progress_at": int(batch.checked) if batch.checked and not batch.problems else None,
        "finalizing_at": int(batch.answered) or None,
        "expires_at": int(batch.created) + DAY,
        "completed_at": ended if found.state == "completed" else None,
        "failed_at": ended if found.state == "failed" else None,
        "expired_at": ended if found.state == "expired" else None,
        "cancelling_at": int(batch.cancelled) or None,
        "cancelled_at": ended if found.state == "cancelled" else None,
        "request_counts": {
            "total": max(batch.total, 0),
            "completed": batch.completed,
            "failed": batch.failed,
        },
        "metadata": told.get("metadata"),
    }
    return {key: item for key, item in known.items() if item is not None}


def encode_json(found: Json) -> WireResponse:
    return WireResponse(200, HEADERS, ChunkedBody(encode_chunks((dump_compact(found),))))


def encode_batch(request: OpenAIBatchRequest, found: BatchSnapshot) -> WireResponse:
    return encode_json(render_batch(found))


def encode_list(request: OpenAIBatchRequest, page: Page[BatchSnapshot]) -> WireResponse:
    rows = [render_batch(one) for one in page.items]
    ends = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"]} if rows else {}
    return encode_json({"object": "list", "data": rows, **ends, "has_more": bool(page.token)})


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
