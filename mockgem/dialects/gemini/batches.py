"""Batches in the native API's form: an operation for many generateContent or embedContent requests, inline or by file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, OperationContext
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import Page
from mockgem.core.world import World
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
from mockgem.dialects.gemini.errors import encode_gemini_error
from mockgem.dialects.gemini.responses import PACKAGE, Json, encode_json, encode_page, read_paging
from mockgem.operations import batches, files
from mockgem.operations.batches import Batch, BatchLineHandler
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
BATCH_STATES = {
    "validating": "PENDING",
    "in_progress": "RUNNING",
    "finalizing": "RUNNING",
    "cancelling": "RUNNING",
    "completed": "SUCCEEDED",
}


@frozen
class BatchMethod:
    """One kind of batch: the method its lines go to, and what its operation and output are called."""

    form: str
    path: str
    line_path: str
    message_type: str
    inline_key: str
    summary: str
    required_method: str


METHODS = (
    BatchMethod(
        "native-generate",
        "batchGenerateContent",
        "generateContent",
        "GenerateContentBatch",
        "inlinedResponses",
        "Create a batch of contents to generate",
        "generateContent",
    ),
    BatchMethod(
        "native-embed",
        "asyncBatchEmbedContent",
        "embedContent",
        "EmbedContentBatch",
        "inlinedEmbedContentResponses",
        "Create a batch of contents to embed",
        "embedContent",
    ),
)
METHODS_BY_FORM = {method.form: method for method in METHODS}


@frozen
class GeminiBatchRequest:
    """What is asked of which batch, and the request itself: its credential answers the batch's lines."""

    wire: WireRequest
    name: str = ""
    model: str = ""


@frozen
class BatchOperation:
    """A batch, its state, and its answers where they are shown in the operation."""

    batch: Batch
    state: str
    inline_responses: tuple[Json, ...] = ()


def make_create_handler(method: BatchMethod) -> Any:
    async def create(request: GeminiBatchRequest, occasion: OperationContext) -> BatchOperation:
        body = read_as(BODY, parse_json(request.wire.body)).get("batch", {})
        world = occasion.world
        told = {
            "model": find_model(request.model, method.required_method, world).id,
            "display_name": body.get("display_name", ""),
            "base": request.wire.path.partition("/models/")[0],
        }
        config = body.get("input_config", {})
        if file_name := config.get("file_name"):
            file = files.find(file_name.removeprefix("files/"), world)
            return load_operation(
                batches.create_from_file(method.form, file, told, occasion), world
            )
        lines = [dump_compact(one) for one in config.get("requests", {}).get("requests", ())]
        if not lines:
            raise invalid(
                "* BatchGenerateContentRequest.batch.input_config: requests is not specified\n",
                "no_requests",
            )
        return load_operation(batches.create_from_lines(method.form, lines, told, occasion), world)

    return create


async def get(request: GeminiBatchRequest, occasion: OperationContext) -> BatchOperation:
    world = occasion.world
    return load_operation(
        await batches.poll(request.name, BATCH_FORM, make_work_factory(request.wire), world), world
    )


def make_work_factory(wire: WireRequest) -> Callable[[str], BatchLineHandler]:
    """How lines are answered with a request's credential, for each form."""
    headers = {
        name: text
        for name in ("x-goog-api-key", "authorization")
        if (text := wire.headers.get(name))
    }
    query = {"key": wire.query["key"]} if "key" in wire.query else {}
    return lambda form: build_work(METHODS_BY_FORM[form], headers, query)


async def list_batches(
    request: GeminiBatchRequest, occasion: OperationContext
) -> Page[BatchOperation]:
    world = occasion.world
    page = batches.list_batches(*read_paging(request.wire.query, 50, 100), BATCH_FORM, world)
    work = make_work_factory(request.wire)
    return Page(
        [load_operation(await batches.catch_up(batch, work, world), world) for batch in page.items],
        page.token,
    )


async def cancel(request: GeminiBatchRequest, occasion: OperationContext) -> None:
    batches.cancel(request.name, BATCH_FORM, occasion.world)


async def delete(request: GeminiBatchRequest, occasion: OperationContext) -> None:
    batches.delete(request.name, BATCH_FORM, occasion.world)


def load_operation(batch: Batch, world: World) -> BatchOperation:
    state = batches.state_of(batch, world)
    if state != "completed" or not batch.inlined:
        return BatchOperation(batch, state)
    return BatchOperation(
        batch, state, tuple([json.loads(line) for line in batches.iter_lines(batch.inlined, world)])
    )


# Lines


def build_work(
    method: BatchMethod, headers: Mapping[str, str], query: Mapping[str, str]
) -> BatchLineHandler:
    async def answer_line(line: bytes, batch: Batch, world: World) -> tuple[bytes, bool]:
        asked = json.loads(line)
        told = {name: asked[name] for name in ("key", "metadata") if name in asked}
        path = f"{batch.told['base']}/models/{batch.told['model']}:{method.line_path}"
        wire = WireRequest("POST", path, query, headers, dump_compact(asked["request"]))
        status, body = await batches.dispatch_line(wire, world)
        found = {"response": body} if status == 200 else {"error": rpc_status_of(body)}
        return dump_compact(told | found if batch.file else found | told), status == 200

    return BatchLineHandler(
        check_line,
        answer_line,
        fail_on_duplicate,
        EMPTY_INPUT_PROBLEM,
        MISSING_FILE_PROBLEM,
        has_single_output=True,
    )


def check_line(line: bytes, number: int, batch: Batch) -> Json | str:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return build_problem("The line is no JSON.", number)
    if not isinstance(asked, dict) or not isinstance(asked.get("request"), dict):
        return build_problem("The line has no request that is an object.", number)
    return str(number)


def build_problem(words: str, line: int) -> Json:
    return {
        "message": f"Failed to parse the input{f' at line {line}' if line else ''}: {words}",
        "line": line,
    }


EMPTY_INPUT_PROBLEM = build_problem("The input has no requests.", 0)
MISSING_FILE_PROBLEM = build_problem(
    "The input file is not there any more: it was deleted or has expired.", 0
)


def fail_on_duplicate(mark: str, number: int) -> Json:
    raise AssertionError("lines are marked by their numbers")


def rpc_status_of(body: Json) -> Json:
    """A google.rpc.Status of an error as it is on the wire."""
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


# Operations


def render_operation(found: BatchOperation) -> Json:
    """Key order as recorded; numbers are strings, and the output stands in it twice."""
    batch, method = found.batch, METHODS_BY_FORM[found.batch.form]
    output = render_output(found, method)
    name, kind = f"batches/{batch.id}", f"type.googleapis.com/{PACKAGE}{method.message_type}"
    known: Json = {
        "@type": kind,
        "model": f"models/{batch.told['model']}",
        "displayName": batch.told["display_name"],
        "output": output,
        "createTime": clock.format_time(batch.created, 9),
        "endTime": clock.format_time(batch.ended, 9) if batch.ended else None,
        "updateTime": clock.format_time(batch.ended or batch.created, 9),
        "batchStats": render_stats(batch),
        "state": "BATCH_STATE_" + BATCH_STATES.get(found.state, found.state.upper()),
        "name": name,
    }
    operation: Json = {
        "name": name,
        "metadata": {key: item for key, item in known.items() if item not in (None, "")},
    }
    if batch.problems:
        operation |= {"done": True, "error": {"code": 3, "message": batch.problems[0]["message"]}}
    elif output is not None:
        operation |= {"done": True, "response": {"@type": f"{kind}Output", **output}}
    elif found.state in ("cancelled", "expired", "failed"):
        operation |= {"done": True, "error": END_ERRORS[found.state]}
    return operation


END_ERRORS = {
    "cancelled": {"code": 1, "message": "Operation was cancelled."},
    "expired": {"code": 4, "message": "The batch expired before it was completed."},
    "failed": {"code": 13, "message": "The batch failed."},
}


def render_output(found: BatchOperation, method: BatchMethod) -> Json | None:
    if found.state != "completed":
        return None
    if not (found.batch.output or found.batch.inlined):
        return {}
    if not found.batch.file:
        return {method.inline_key: {"inlinedResponses": list(found.inline_responses)}}
    return {"responsesFile": f"files/{found.batch.output}"}


def render_stats(batch: Batch) -> Json:
    if batch.total < 0:
        return {}
    waiting = batch.total - batch.completed - batch.failed
    found = {
        "requestCount": batch.total,
        "successfulRequestCount": batch.completed,
        "failedRequestCount": batch.failed,
        "pendingRequestCount": waiting,
    }
    return {name: str(number) for name, number in found.items() if number}


def encode_operation(request: GeminiBatchRequest, found: BatchOperation) -> WireResponse:
    return encode_json(render_operation(found))


def encode_list(request: GeminiBatchRequest, page: Page[BatchOperation]) -> WireResponse:
    return encode_page("operations", [render_operation(one) for one in page.items], page.token)


def encode_empty(request: GeminiBatchRequest, found: None) -> WireResponse:
    return encode_json({})


def decode(wire: WireRequest, params: Mapping[str, str]) -> GeminiBatchRequest:
    return GeminiBatchRequest(wire, params.get("batch", ""), params.get("model", ""))


def model_of(request: GeminiBatchRequest) -> str:
    return request.model


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def build_endpoint(
        method: str,
        path: str,
        summary: str,
        perform: Any,
        encode: Any,
        *,
        waits: bool = False,
        wire_name: str = "",
    ) -> Endpoint[Any, Any]:
        return Endpoint(
            method,
            path,
            summary,
            decode,
            perform,
            encode,
            encode_gemini_error,
            model_of,
            pure=False,
            may_wait=waits,
            scenario="batches",
            wire_name=wire_name,
        )

    created = [
        build_endpoint(
            "POST",
            f"/models/{{model}}:{kind.path}",
            kind.summary,
            make_create_handler(kind),
            encode_operation,
            wire_name=kind.path,
        )
        for kind in METHODS
    ]
    return (
        *created,
        build_endpoint("POST", "/batches/{batch}:cancel", "Cancel a batch", cancel, encode_empty),
        build_endpoint(
            "GET", "/batches/{batch}", "Look at a batch", get, encode_operation, waits=True
        ),
        build_endpoint(
            "GET", "/batches", "List the batches", list_batches, encode_list, waits=True
        ),
        build_endpoint("DELETE", "/batches/{batch}", "Delete a batch", delete, encode_empty),
    )
