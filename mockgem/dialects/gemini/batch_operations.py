"""The kinds of Google's batches, and their operations."""

from __future__ import annotations

import json

from mockgem.core import clock
from mockgem.core.call import OperationContext
from mockgem.core.frozen import frozen
from mockgem.dialects.gemini.operations import render_operation
from mockgem.dialects.gemini.responses import PACKAGE, Json
from mockgem.operations import batches
from mockgem.operations.batch_lines import iter_lines
from mockgem.operations.batches import Batch

BATCH_STATES = {
    "validating": "PENDING",
    "in_progress": "RUNNING",
    "finalizing": "RUNNING",
    "cancelling": "RUNNING",
    "completed": "SUCCEEDED",
}


@frozen
class BatchMethod:
    """A kind of batch: the method of its lines, and the names in its operation and its output."""

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
class BatchOperation:
    """A batch, its state, and its answers if the operation shows them."""

    batch: Batch
    state: str
    inline_responses: tuple[Json, ...] = ()


async def load_operation(batch: Batch, context: OperationContext) -> BatchOperation:
    """Return a batch with its state, and with the answers that the operation itself shows."""
    state = batches.state_of(batch, context)
    if state != "completed" or not batch.inlined:
        return BatchOperation(batch, state)
    lines = iter_lines(batch.inlined, context.world)
    return BatchOperation(batch, state, tuple([json.loads(line) async for line in lines]))


def render_batch(operation: BatchOperation) -> Json:
    """Return a batch as an operation.

    As recorded: this order of keys, numbers as strings, and the output twice.
    """
    batch, method = operation.batch, METHODS_BY_FORM[operation.batch.form]
    output = render_output(operation, method)
    name, kind = f"batches/{batch.id}", f"type.googleapis.com/{PACKAGE}{method.message_type}"
    fields: Json = {
        "@type": kind,
        "model": f"models/{batch.told['model']}",
        "displayName": batch.told["display_name"],
        "output": output,
        "createTime": clock.format_time(batch.created, 9),
        "endTime": clock.format_time(batch.ended, 9) if batch.ended else None,
        "updateTime": clock.format_time(batch.ended or batch.created, 9),
        "batchStats": render_stats(batch),
        "state": "BATCH_STATE_" + BATCH_STATES.get(operation.state, operation.state.upper()),
        "name": name,
    }
    metadata = {key: value for key, value in fields.items() if value not in (None, "")}
    response = None if output is None else {"@type": f"{kind}Output", **output}
    error = END_ERRORS.get(operation.state)
    if batch.problems:
        error = {"code": 3, "message": batch.problems[0]["message"]}
    return render_operation(name, metadata, response, error)


END_ERRORS = {
    "cancelled": {"code": 1, "message": "Operation was cancelled."},
    "expired": {"code": 4, "message": "The batch expired before it was completed."},
    "failed": {"code": 13, "message": "The batch failed."},
}


def render_output(operation: BatchOperation, method: BatchMethod) -> Json | None:
    if operation.state != "completed":
        return None
    if not (operation.batch.output or operation.batch.inlined):
        return {}
    if not operation.batch.file:
        return {method.inline_key: {"inlinedResponses": list(operation.inline_responses)}}
    return {"responsesFile": f"files/{operation.batch.output}"}


def render_stats(batch: Batch) -> Json:
    if batch.total < 0:
        return {}
    waiting = batch.total - batch.completed - batch.failed
    counts = {
        "requestCount": batch.total,
        "successfulRequestCount": batch.completed,
        "failedRequestCount": batch.failed,
        "pendingRequestCount": waiting,
    }
    return {name: str(number) for name, number in counts.items() if number}
