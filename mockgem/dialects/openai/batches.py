"""Batches on Gemini's OpenAI-compatible surface. Their files go through the native API, as on the real service."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import Pieces, WireRequest, WireResponse, chunked
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.google_frontend import JSON, headers
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.common.proto_fields import anything, camel, message, read_as, string
from mockgem.dialects.openai.errors import gemini_object
from mockgem.operations import batches, files
from mockgem.operations.batches import Batch, Work

Json = dict[str, Any]
FORM = "openai"
ENDPOINTS = ("/v1/chat/completions", "/v1/embeddings")
PACKAGE = "google.ai.generativelanguage.v1main."
FIELDS = message(
    PACKAGE + "CreateBatchRequest",
    {"input_file_id": string, "endpoint": string, "completion_window": string, "metadata": anything},
    open_ended=True,
)
HEADERS = headers(JSON, 200)
DAY = 24 * 3600


@value
class BatchRequest:
    """What is asked of which batch, and the request itself: its credential answers the batch's lines."""

    wire: WireRequest
    name: str = ""


@value
class Shown:
    """A batch and the state it is in."""

    batch: Batch
    state: str


async def create(request: BatchRequest, occasion: Occasion) -> Shown:
    """Raises ApiError where the endpoint is none, or the file is not there."""
    body = read_as(FIELDS, parse(request.wire.body))
    if body.get("endpoint") not in ENDPOINTS:
        known = " or ".join(ENDPOINTS)
        raise invalid(f"Invalid value for endpoint: {body.get('endpoint')!r}, expected {known}.", "endpoint")
    if body.get("completion_window", "24h") != "24h":
        raise invalid(f"Invalid value for completion_window: {body['completion_window']!r}, expected 24h.", "window")
    file = files.look(body.get("input_file_id", "").removeprefix("files/"), occasion.world)
    told = {
        "endpoint": body["endpoint"],
        "input_file_id": f"files/{file.name}",
        "metadata": body.get("metadata"),
        "base": request.wire.path.removesuffix("/").removesuffix("/batches"),
    }
    return shown(batches.create_of_file(FORM, file, told, occasion), occasion.world)


async def retrieve(request: BatchRequest, occasion: Occasion) -> Shown:
    world = occasion.world
    return shown(await batches.look(request.name, FORM, works_for(request.wire), world), world)


def works_for(wire: WireRequest) -> Callable[[str], Work]:
    """How lines are answered with a request's credential."""
    text = wire.headers.get("authorization")
    return lambda form: work_for({"authorization": text} if text else {})


async def list_batches(request: BatchRequest, occasion: Occasion) -> Page[Shown]:
    query, world = request.wire.query, occasion.world
    size = query.get("limit", "20")
    if not re.fullmatch(r"\d{1,4}", size) or not 1 <= int(size) <= 100:
        raise invalid(f"Invalid value for limit: {size[:20]!r}, expected 1 to 100.", "limit")
    after = query.get("after", "").removeprefix("batches/")
    token = batches.token_behind(after, FORM, world) if after else ""
    page, work = batches.listed(int(size), token, FORM, world), works_for(request.wire)
    return Page([shown(await batches.caught_up(batch, work, world), world) for batch in page.items], page.token)


async def cancel(request: BatchRequest, occasion: Occasion) -> Shown:
    return shown(batches.cancel(request.name, FORM, occasion.world), occasion.world)


def shown(batch: Batch, world: World) -> Shown:
    return Shown(batch, batches.state_of(batch, world))


# Lines


def work_for(credential: Mapping[str, str]) -> Work:
    async def answer(line: bytes, batch: Batch, world: World) -> tuple[bytes, bool]:
        asked = json.loads(line)
        path = batch.told["base"] + asked["url"].removeprefix("/v1")
        body = compact({key: item for key, item in asked.get("body", {}).items() if key != "stream"})
        status, found = await batches.dispatched(WireRequest("POST", path, headers=credential, body=body), world)
        return output_line(asked["custom_id"], status, found), status == 200

    return Work(problem_in, answer, duplicate, EMPTY, GONE)


def problem_in(line: bytes, number: int, batch: Batch) -> Json | str:
    """What OpenAI says of a bad line, or the line's id."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return problem("invalid_json_line", "This line is not parseable as valid JSON.", number)
    if not isinstance(asked, dict) or not isinstance(asked.get("body"), dict):
        return problem("invalid_request", "This line has no body that is an object.", number)
    if not isinstance(asked.get("custom_id"), str) or not asked["custom_id"]:
        return problem("missing_required_parameter", "Missing required parameter: 'custom_id'.", number, "custom_id")
    if str(asked.get("method", "POST")).upper() != "POST":
        return problem("invalid_method", "The HTTP method of a line has to be POST.", number, "method")
    endpoint = batch.told["endpoint"]
    if asked.get("url") != endpoint:
        words = f"The URL provided for this request does not match the batch endpoint {endpoint}."
        return problem("mismatched_url", words, number, "url")
    return str(asked["custom_id"])


def duplicate(custom_id: str, number: int) -> Json:
    words = f"The custom_id '{custom_id}' of this line stands in an earlier line already."
    return problem("duplicate_custom_id", words, number, "custom_id")


def problem(code: str, words: str, line: int | None, param: str | None = None) -> Json:
    return {"code": code, "line": line, "message": words, "param": param}


EMPTY = problem("empty_file", "The input file is empty.", None)
GONE = problem("file_not_found", "The input file is not there any more: it was deleted or has expired.", None)


def output_line(custom_id: str, status: int, body: Any) -> bytes:
    """The recorded form (cookbook-01): camelCase, the time as a string, choices without numbers."""
    if isinstance(body, list):
        body = body[0]
    found = respelled(body) if status == 200 else body
    return compact({"response": {"status_code": status, "body": found}, "custom_id": custom_id})


def respelled(body: Json) -> Json:
    if "choices" not in body:
        return body
    choices = [
        {"message": camelled(one.get("message", {})), "finishReason": one["finish_reason"]} for one in body["choices"]
    ]
    usage = camelled(body["usage"])
    return {
        "id": body["id"],
        "usage": usage,
        "object": body["object"],
        "choices": choices,
        "created": str(body["created"]),
        "model": body["model"],
    }


def camelled(value: Any) -> Any:
    if isinstance(value, dict):
        return {camel(key): camelled(item) for key, item in value.items()}
    return [camelled(item) for item in value] if isinstance(value, list) else value


# Answers


def batch_json(found: Shown) -> Json:
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
        "request_counts": {"total": max(batch.total, 0), "completed": batch.completed, "failed": batch.failed},
        "metadata": told.get("metadata"),
    }
    return {key: item for key, item in known.items() if item is not None}


def answer(found: Json) -> WireResponse:
    return WireResponse(200, HEADERS, Pieces(chunked((compact(found),))))


def encode_one(request: BatchRequest, found: Shown) -> WireResponse:
    return answer(batch_json(found))


def encode_list(request: BatchRequest, page: Page[Shown]) -> WireResponse:
    rows = [batch_json(one) for one in page.items]
    ends = {"first_id": rows[0]["id"], "last_id": rows[-1]["id"]} if rows else {}
    return answer({"object": "list", "data": rows, **ends, "has_more": bool(page.token)})


def decode(wire: WireRequest, params: Mapping[str, str]) -> BatchRequest:
    return BatchRequest(wire, params.get("batch", "").removeprefix("batches/"))


def endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def one(method: str, path: str, summary: str, perform: Any, encode: Any, *, waits: bool = False) -> Endpoint[Any, Any]:
        return Endpoint(method, path, summary, decode, perform, encode, gemini_object, pure=False, waits=waits)

    return (
        one("POST", "/batches/{batch*}/cancel", "Cancel a batch", cancel, encode_one),
        one("POST", "/batches", "Create a batch of chats or embeddings", create, encode_one),
        one("GET", "/batches/{batch*}", "Look at a batch", retrieve, encode_one, waits=True),
        one("GET", "/batches", "List the batches", list_batches, encode_list, waits=True),
    )
