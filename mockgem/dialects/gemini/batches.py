"""Batches of Google's own API: many requests to generate or embed, inline or in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import Page
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.common.proto_fields import (
    anything,
    message,
    read_as,
    repeated,
    string,
    struct,
)
from mockgem.dialects.gemini.batch_operations import (
    METHODS,
    METHODS_BY_FORM,
    BatchMethod,
    BatchOperation,
    load_operation,
    render_batch,
)
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.responses import PACKAGE, Json, encode_json, encode_page, read_paging
from mockgem.operations import batches, files
from mockgem.operations.batches import Batch, BatchLineHandler, HandlerOf
from mockgem.operations.validation import find_model

REQUESTS = message(
    PACKAGE + "InlinedRequests",
    {
        "requests": repeated(
            message(PACKAGE + "InlinedRequest", {"request": struct, "metadata": struct})
        )
    },
)
INPUT = message(PACKAGE + "InputConfig", {"requests": REQUESTS, "file_name": string})
BATCH = message(
    PACKAGE + "GenerateContentBatch",
    {
        "display_name": string,
        "input_config": INPUT,
        "model": string,
        "name": string,
        "priority": anything,
        "webhook_config": anything,
    },
)
BODY = message(PACKAGE + "BatchGenerateContentRequest", {"batch": BATCH, "model": string})
BATCH_FORM = "native"


@frozen
class GeminiBatchRequest:
    """A request about one batch or all. Its credential is also that of the lines."""

    wire: WireRequest
    name: str = ""
    model: str = ""


def make_create_handler(method: BatchMethod) -> Any:
    async def create(request: GeminiBatchRequest, context: OperationContext) -> BatchOperation:
        body = read_as(BODY, parse_json(request.wire.body)).get("batch", {})
        world = context.world
        settings = {
            "model": find_model(request.model, method.required_method, world).id,
            "display_name": body.get("display_name", ""),
            "base": request.wire.path.partition("/models/")[0],
        }
        config = body.get("input_config", {})
        if file_name := config.get("file_name"):
            file = await files.find(file_name.removeprefix("files/"), world)
            batch = await batches.create_from_file(method.form, file, settings, context)
            await watch_batch(batch, request, context)
            return await load_operation(batch, context)
        lines = [
            dump_compact(request) for request in config.get("requests", {}).get("requests", ())
        ]
        if not lines:
            raise invalid(
                "* BatchGenerateContentRequest.batch.input_config: requests is not specified\n",
                "no_requests",
            )
        batch = await batches.create_from_lines(method.form, lines, settings, context)
        await watch_batch(batch, request, context)
        return await load_operation(batch, context)

    return create


async def watch_batch(batch: Batch, request: GeminiBatchRequest, context: OperationContext) -> None:
    """Look after a new batch for webhooks, with the credential of its request."""
    handler_of = make_handler_factory(request.wire)
    await batches.watch_until_end(batch, BATCH_FORM, handler_of, context)


async def get(request: GeminiBatchRequest, context: OperationContext) -> BatchOperation:
    handler_of = make_handler_factory(request.wire)
    batch = await batches.poll(request.name, BATCH_FORM, handler_of, context)
    return await load_operation(batch, context)


def make_handler_factory(wire: WireRequest) -> HandlerOf:
    """Return what answers the lines of each form with the credential of a request."""
    headers = {
        name: text
        for name in ("x-goog-api-key", "authorization")
        if (text := wire.headers.get(name))
    }
    query = {"key": wire.query["key"]} if "key" in wire.query else {}
    return lambda form: build_line_handler(METHODS_BY_FORM[form], headers, query)


async def list_batches(
    request: GeminiBatchRequest, context: OperationContext
) -> Page[BatchOperation]:
    world = context.world
    page = await batches.list_batches(*read_paging(request.wire.query, 50, 100), BATCH_FORM, world)
    handler_of = make_handler_factory(request.wire)
    current = [await batches.catch_up(batch, handler_of, context) for batch in page.items]
    return Page([await load_operation(batch, context) for batch in current], page.token)


async def cancel(request: GeminiBatchRequest, context: OperationContext) -> None:
    await batches.cancel(request.name, BATCH_FORM, context)


async def delete(request: GeminiBatchRequest, context: OperationContext) -> None:
    await batches.delete(request.name, BATCH_FORM, context.world)


# Lines


def build_line_handler(
    method: BatchMethod, headers: Mapping[str, str], query: Mapping[str, str]
) -> BatchLineHandler:
    """Return what answers the lines of a method with a credential."""

    def build_request(line: Json, batch: Batch) -> WireRequest:
        path = f"{batch.told['base']}/models/{batch.told['model']}:{method.line_path}"
        return WireRequest("POST", path, query, headers, dump_compact(line["request"]))

    return BatchLineHandler(
        check_line,
        build_request,
        render_output_line,
        fail_on_duplicate,
        EMPTY_INPUT_PROBLEM,
        MISSING_FILE_PROBLEM,
        has_single_output=True,
    )


def render_output_line(line: Json, status: int, body: Any, batch: Batch) -> bytes:
    """Return a line of output. The key and metadata come first in files, last in operations."""
    marks = {name: line[name] for name in ("key", "metadata") if name in line}
    result = {"response": body} if status == 200 else {"error": rpc_status_of(body)}
    return dump_compact(marks | result if batch.file else result | marks)


def check_line(line: bytes, number: int, batch: Batch) -> Json | str:
    """Return what is wrong with a line, or else its mark: the line's number."""
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return build_problem("The line is no JSON.", number)
    if not isinstance(content, dict) or not isinstance(content.get("request"), dict):
        return build_problem("The line has no request that is an object.", number)
    return str(number)


def build_problem(problem: str, line: int) -> Json:
    return {
        "message": f"Failed to parse the input{f' at line {line}' if line else ''}: {problem}",
        "line": line,
    }


EMPTY_INPUT_PROBLEM = build_problem("The input has no requests.", 0)
MISSING_FILE_PROBLEM = build_problem(
    "The input file is not there any more: it was deleted or has expired.", 0
)


def fail_on_duplicate(mark: str, number: int) -> Json:
    raise AssertionError("the marks of lines are their numbers")


def rpc_status_of(body: Json) -> Json:
    """Return the google.rpc.Status of an error response."""
    error = body["error"]
    return {"code": RPC_CODES.get(error["status"], 13), "message": error["message"]}


RPC_CODES = {
    "CANCELLED": 1,
    "INVALID_ARGUMENT": 3,
    "DEADLINE_EXCEEDED": 4,
    "NOT_FOUND": 5,
    "ALREADY_EXISTS": 6,
    "PERMISSION_DENIED": 7,
    "RESOURCE_EXHAUSTED": 8,
    "FAILED_PRECONDITION": 9,
    "UNIMPLEMENTED": 12,
    "UNAVAILABLE": 14,
    "UNAUTHENTICATED": 16,
}


def encode_operation(request: GeminiBatchRequest, operation: BatchOperation) -> WireResponse:
    return encode_json(render_batch(operation))


def encode_list(request: GeminiBatchRequest, page: Page[BatchOperation]) -> WireResponse:
    return encode_page(
        "operations", [render_batch(operation) for operation in page.items], page.token
    )


def encode_empty(request: GeminiBatchRequest, result: None) -> WireResponse:
    return encode_json({})


def decode(wire: WireRequest, params: Mapping[str, str]) -> GeminiBatchRequest:
    return GeminiBatchRequest(wire, params.get("batch", ""), params.get("model", ""))


def model_of(request: GeminiBatchRequest) -> str:
    return request.model


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    """Return the endpoints of batches, and of each method that creates one."""

    def build_endpoint(
        method: str, path: str, summary: str, perform: Any, encode: Any, **options: Any
    ) -> Endpoint[Any, Any]:
        common = (encode_gemini_error, model_of)
        options = {"pure": False, "scenario": "batches", **options}
        return Endpoint(method, path, summary, decode, perform, encode, *common, **options)

    created = [
        build_endpoint(
            *("POST", f"/models/{{model}}:{kind.path}", kind.summary),
            *(make_create_handler(kind), encode_operation),
            wire_name=kind.path,
        )
        for kind in METHODS
    ]
    return (
        *created,
        build_endpoint("POST", "/batches/{batch}:cancel", "Cancel a batch", cancel, encode_empty),
        build_endpoint(
            "GET", "/batches/{batch}", "Look at a batch", get, encode_operation, may_wait=True
        ),
        build_endpoint(
            "GET", "/batches", "List the batches", list_batches, encode_list, may_wait=True
        ),
        build_endpoint("DELETE", "/batches/{batch}", "Delete a batch", delete, encode_empty),
    )
