"""Write what the service's own tools did as output items. Evidence: sdk-openai-responses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockgem.core.content import Blob, CodeResult, Grounding, ServerToolCall
from mockgem.dialects.openai.responses.annotations import name_file
from mockgem.dialects.openai.responses.output_item import OutputItem, make_event, make_progress
from mockgem.operations.base64_codec import encode_base64

Json = dict[str, Any]


def write_web_search(
    item_id: str, call: ServerToolCall, grounding: Grounding | None, include: Sequence[str]
) -> OutputItem:
    """Return a search on the web, with its sources if the request asks for them."""
    queries = list(call.args.get("queries") or [""])
    action: Json = {"type": "search", "query": queries[0], "queries": queries}
    if "web_search_call.action.sources" in include:
        sources = grounding.sources if grounding else ()
        pages = dict.fromkeys([source.uri for source in sources if source.kind == "web"])
        action["sources"] = [{"type": "url", "url": page} for page in pages]
    head = {"id": item_id, "type": "web_search_call"}
    return OutputItem(
        {**head, "status": "completed", "action": action},
        {**head, "status": "in_progress", "action": {"type": "search", "query": ""}},
        make_progress("web_search_call", "in_progress", "searching", "completed"),
    )


def write_file_search(
    item_id: str, query: str, grounding: Grounding | None, include: Sequence[str]
) -> OutputItem:
    """Return a search in files, with what it found if the request asks for it."""
    head = {"id": item_id, "type": "file_search_call"}
    results = list_results(grounding) if "file_search_call.results" in include else None
    return OutputItem(
        {**head, "status": "completed", "queries": [query], "results": results},
        {**head, "status": "in_progress", "queries": [], "results": None},
        make_progress("file_search_call", "in_progress", "searching", "completed"),
    )


def list_results(grounding: Grounding | None) -> list[Json]:
    """Return the passages that a search found, best first; a score falls with the place."""
    sources = grounding.sources if grounding else ()
    found = [source for source in sources if source.kind == "retrievedContext"]
    return [
        {
            "file_id": name_file(source),
            "filename": source.title,
            "score": round(1 / (1 + place), 4),
            "text": source.extra.get("text", ""),
            "attributes": {},
        }
        for place, source in enumerate(found)
    ]


def write_code(
    item_id: str, source: str, result: CodeResult | None, include: Sequence[str]
) -> OutputItem:
    """Return a program that the service ran, with its output if the request asks for it."""
    container = "cntr_" + item_id.partition("_")[2]
    head = {"id": item_id, "type": "code_interpreter_call"}
    logs = [{"type": "logs", "logs": result.output}] if result else []
    outputs = logs if "code_interpreter_call.outputs" in include else None
    has_failed = result is not None and result.outcome != "OK"
    status = "failed" if has_failed else "completed"
    named: Json = {"container_id": container}
    events = [
        *make_progress("code_interpreter_call", "in_progress"),
        make_event("code_interpreter_call_code.delta", delta=source),
        make_event("code_interpreter_call_code.done", code=source),
        *make_progress("code_interpreter_call", "interpreting", "completed"),
    ]
    return OutputItem(
        {**head, "status": status, "code": source, **named, "outputs": outputs},
        {**head, "status": "in_progress", "code": "", **named, "outputs": None},
        events,
    )


def write_image(item_id: str, image: Blob) -> OutputItem:
    """Return an image that the model drew."""
    data = encode_base64(image.data)
    form = image.mime_type.partition("/")[2]
    head = {"id": item_id, "type": "image_generation_call"}
    return OutputItem(
        {**head, "status": "completed", "output_format": form, "result": data},
        {**head, "status": "in_progress", "result": None},
        make_progress("image_generation_call", "in_progress", "generating", "completed"),
    )
