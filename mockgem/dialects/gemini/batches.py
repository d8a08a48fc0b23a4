"""Batches in the native API's form: an operation for many generateContent or embedContent requests, inline or by file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from mockgem.core import clock
from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.core.store import Page
from mockgem.core.world import World
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.common.proto_fields import anything, message, read_as, repeated, string, struct
from mockgem.dialects.gemini.errors import native_error
from mockgem.dialects.gemini.responses import PACKAGE, Json, answer, listing, paging
from mockgem.operations import batches, files
from mockgem.operations.batches import Batch, Work
from mockgem.operations.validation import model_for

REQUESTS = message(
    PACKAGE + "InlinedRequests",
    {"requests": repeated(message(PACKAGE + "InlinedRequest", {"request": struct, "metadata": struct}))},
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
FORM = "native"
STATES = {
    "validating": "PENDING",
    "in_progress": "RUNNING",
    "finalizing": "RUNNING",
    "cancelling": "RUNNING",
    "completed": "SUCCEEDED",
}


@value
class Method:
    """One kind of batch: the method its lines go to, and what its operation and output are called."""

    form: str
    path: str
    line_path: str
    kind: str
    inlined: str
    summary: str
    needs: str


METHODS = (
    Method(
        "native-generate",
        "batchGenerateContent",
        "generateContent",
        "GenerateContentBatch",
        "inlinedResponses",
        "Create a batch of contents to generate",
        "generateContent",
    ),
    Method(
        "native-embed",
        "asyncBatchEmbedContent",
        "embedContent",
        "EmbedContentBatch",
        "inlinedEmbedContentResponses",
        "Create a batch of contents to embed",
        "embedContent",
    ),
)
BY_FORM = {method.form: method for method in METHODS}


@value
class BatchRequest:
    """What is asked of which batch, and the request itself: its credential answers the batch's lines."""

    wire: WireRequest
    name: str = ""
    model: str = ""


@value
class Shown:
    """A batch, its state, and its answers where they are shown in the operation."""

    batch: Batch
    state: str
    inlined: tuple[Json, ...] = ()


def creating(method: Method) -> Any:
    async def create(request: BatchRequest, occasion: Occasion) -> Shown:
        body = read_as(BODY, parse(request.wire.body)).get("batch", {})
        world = occasion.world
        told = {
            "model": model_for(request.model, method.needs, world).id,
            "display_name": body.get("display_name", ""),
            "base": request.wire.path.partition("/models/")[0],
        }
        config = body.get("input_config", {})
        if file_name := config.get("file_name"):
            file = files.look(file_name.removeprefix("files/"), world)
            return shown(batches.create_of_file(method.form, file, told, occasion), world)
        lines = [compact(one) for one in config.get("requests", {}).get("requests", ())]
        if not lines:
            raise invalid("* BatchGenerateContentRequest.batch.input_config: requests is not specified\n", "no_requests")
        return shown(batches.create_of_lines(method.form, lines, told, occasion), world)

    return create


async def get(request: BatchRequest, occasion: Occasion) -> Shown:
    world = occasion.world
    return shown(await batches.look(request.name, FORM, works_for(request.wire), world), world)


def works_for(wire: WireRequest) -> Callable[[str], Work]:
    """How lines are answered with a request's credential, for each form."""
    headers = {name: text for name in ("x-goog-api-key", "authorization") if (text := wire.headers.get(name))}
    query = {"key": wire.query["key"]} if "key" in wire.query else {}
    return lambda form: work_for(BY_FORM[form], headers, query)


async def list_batches(request: BatchRequest, occasion: Occasion) -> Page[Shown]:
    world = occasion.world
    page = batches.listed(*paging(request.wire.query, 50, 100), FORM, world)
    work = works_for(request.wire)
    return Page([shown(await batches.caught_up(batch, work, world), world) for batch in page.items], page.token)


async def cancel(request: BatchRequest, occasion: Occasion) -> None:
    batches.cancel(request.name, FORM, occasion.world)


async def delete(request: BatchRequest, occasion: Occasion) -> None:
    batches.delete(request.name, FORM, occasion.world)


def shown(batch: Batch, world: World) -> Shown:
    state = batches.state_of(batch, world)
    if state != "completed" or not batch.inlined:
        return Shown(batch, state)
    return Shown(batch, state, tuple([json.loads(line) for line in batches.lines_of(batch.inlined, world)]))


# Lines


def work_for(method: Method, headers: Mapping[str, str], query: Mapping[str, str]) -> Work:
    async def answered(line: bytes, batch: Batch, world: World) -> tuple[bytes, bool]:
        asked = json.loads(line)
        told = {name: asked[name] for name in ("key", "metadata") if name in asked}
        path = f"{batch.told['base']}/models/{batch.told['model']}:{method.line_path}"
        wire = WireRequest("POST", path, query, headers, compact(asked["request"]))
        status, body = await batches.dispatched(wire, world)
        found = {"response": body} if status == 200 else {"error": status_of(body)}
        return compact(told | found if batch.file else found | told), status == 200

    return Work(problem_in, answered, never, EMPTY, GONE, one_file=True)


def problem_in(line: bytes, number: int, batch: Batch) -> Json | str:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return problem("The line is no JSON.", number)
    if not isinstance(asked, dict) or not isinstance(asked.get("request"), dict):
        return problem("The line has no request that is an object.", number)
    return str(number)


def problem(words: str, line: int) -> Json:
    return {"message": f"Failed to parse the input{f' at line {line}' if line else ''}: {words}", "line": line}


EMPTY = problem("The input has no requests.", 0)
GONE = problem("The input file is not there any more: it was deleted or has expired.", 0)


def never(mark: str, number: int) -> Json:
    raise AssertionError("lines are marked by their numbers")


def status_of(body: Json) -> Json:
    """A google.rpc.Status of an error as it is on the wire."""
    error = body["error"]
    return {"code": NUMBERS.get(error["status"], 13), "message": error["message"]}


NUMBERS = {
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


def operation_json(found: Shown) -> Json:
    """Key order as recorded; numbers are strings, and the output stands in it twice."""
    batch, method = found.batch, BY_FORM[found.batch.form]
    output = output_json(found, method)
    name, kind = f"batches/{batch.id}", f"type.googleapis.com/{PACKAGE}{method.kind}"
    known: Json = {
        "@type": kind,
        "model": f"models/{batch.told['model']}",
        "displayName": batch.told["display_name"],
        "output": output,
        "createTime": clock.spelled(batch.created, 9),
        "endTime": clock.spelled(batch.ended, 9) if batch.ended else None,
        "updateTime": clock.spelled(batch.ended or batch.created, 9),
        "batchStats": stats_json(batch),
        "state": "BATCH_STATE_" + STATES.get(found.state, found.state.upper()),
        "name": name,
    }
    operation: Json = {"name": name, "metadata": {key: item for key, item in known.items() if item not in (None, "")}}
    if batch.problems:
        operation |= {"done": True, "error": {"code": 3, "message": batch.problems[0]["message"]}}
    elif output is not None:
        operation |= {"done": True, "response": {"@type": f"{kind}Output", **output}}
    elif found.state in ("cancelled", "expired", "failed"):
        operation |= {"done": True, "error": ENDS[found.state]}
    return operation


ENDS = {
    "cancelled": {"code": 1, "message": "Operation was cancelled."},
    "expired": {"code": 4, "message": "The batch expired before it was completed."},
    "failed": {"code": 13, "message": "The batch failed."},
}


def output_json(found: Shown, method: Method) -> Json | None:
    if found.state != "completed":
        return None
    if not (found.batch.output or found.batch.inlined):
        return {}
    if not found.batch.file:
        return {method.inlined: {"inlinedResponses": list(found.inlined)}}
    return {"responsesFile": f"files/{found.batch.output}"}


def stats_json(batch: Batch) -> Json:
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


def encode_one(request: BatchRequest, found: Shown) -> WireResponse:
    return answer(operation_json(found))


def encode_list(request: BatchRequest, page: Page[Shown]) -> WireResponse:
    return listing("operations", [operation_json(one) for one in page.items], page.token)


def encode_nothing(request: BatchRequest, found: None) -> WireResponse:
    return answer({})


def decode(wire: WireRequest, params: Mapping[str, str]) -> BatchRequest:
    return BatchRequest(wire, params.get("batch", ""), params.get("model", ""))


def name_of(request: BatchRequest) -> str:
    return request.model


def endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def one(method: str, path: str, summary: str, perform: Any, encode: Any, *, waits: bool = False) -> Endpoint[Any, Any]:
        return Endpoint(method, path, summary, decode, perform, encode, native_error, name_of, pure=False, waits=waits)

    created = [one("POST", f"/models/{{model}}:{kind.path}", kind.summary, creating(kind), encode_one) for kind in METHODS]
    return (
        *created,
        one("POST", "/batches/{batch}:cancel", "Cancel a batch", cancel, encode_nothing),
        one("GET", "/batches/{batch}", "Look at a batch", get, encode_one, waits=True),
        one("GET", "/batches", "List the batches", list_batches, encode_list, waits=True),
        one("DELETE", "/batches/{batch}", "Delete a batch", delete, encode_nothing),
    )
