"""Faults of an answer's JSON, in the spelling of OpenAI and in that of Google's own API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from mockgem.core.call import Fault
from mockgem.core.http import Frame
from mockgem.faults.frames import change_events, replace_event
from mockgem.faults.json_events import (
    encode_document,
    find_candidates,
    find_content,
    find_tool_calls,
    is_response_event,
    iter_items,
    parse_document,
)
from mockgem.faults.position import SECOND
from mockgem.faults.registry import FaultOptions, Stage, fault, position_of

Json = Any
json_fault = partial(fault, stage=Stage.DOCUMENTS)


def edit_candidates(edit: Callable[[Json], object]) -> Fault:
    """Return the fault that edits every choice or candidate in place."""

    def edit_all(document: Json) -> None:
        for candidate in find_candidates(document):
            edit(candidate)

    return change_events(partial(edit_event, edit=edit_all))


def edit_documents(edit: Callable[[Json], object]) -> Fault:
    """Return the fault that edits every document in place."""

    def edit_all(document: Json) -> None:
        for one in document if isinstance(document, list) else [document]:
            if isinstance(one, dict):
                edit(one)

    return change_events(partial(edit_event, edit=edit_all))


def edit_event(data: bytes, edit: Callable[[Json], object]) -> bytes:
    """Return an event or an answer with its JSON edited; what holds no JSON stays as it is."""
    document = parse_document(data)
    if document is None:
        return data
    edit(document)
    return encode_document(data, document)


def edit_event_at(options: FaultOptions, edit: Callable[[Json], object]) -> Fault:
    """Return the fault that edits the document of one event, by default of the second."""

    def change(frame: Frame) -> list[Frame]:
        return [replace(frame, data=edit_event(frame.data, edit))]

    return replace_event(position_of(options), change)


@json_fault(
    "no_choices",
    keys=("at",),
    at=SECOND,
    applies_to="streams",
    help="Send an event without choices or candidates.",
)
def no_choices(options: FaultOptions) -> Fault:
    return edit_event_at(options, clear_candidates)


def clear_candidates(document: Json) -> None:
    for holder in (document, document.get("response") or {}):
        for name in ("choices", "candidates", "steps", "output"):
            if name in holder:
                holder[name] = []


DEFAULT_EVENT_BYTES = 3 * 2**20


@json_fault(
    "big_event",
    keys=("at", "size"),
    at=SECOND,
    applies_to="streams",
    help="Add a number of bytes to the text of an event; by default 3 MiB.",
    harmless=True,
    max_size=16 * 2**20,
)
def big_event(options: FaultOptions) -> Fault:
    size = options.size or DEFAULT_EVENT_BYTES
    text = ("mockgem " * (size // 8 + 1))[:size]

    def append_text(document: Json) -> None:
        if isinstance(document, dict) and is_response_event(document):
            document["obfuscation"] = text
        for candidate in find_candidates(document)[:1]:
            content = find_content(candidate)
            parts = content.get("parts")
            if parts and "text" in parts[0]:
                parts[0]["text"] += text
            elif parts is None:
                content["content"] = (content.get("content") or "") + text

    return edit_event_at(options, append_text)


@json_fault(
    "early_finish",
    applies_to="streams",
    help="Send the finish reason with the first event already.",
    harmless=True,
    finishes_early=True,
)
def early_finish(options: FaultOptions) -> Fault:
    return edit_candidates(set_early_finish)


def set_early_finish(candidate: Json) -> None:
    """Set a finish reason on every event, as gateways do that translate streams."""
    if is_response_event(candidate):
        if isinstance(candidate.get("response"), dict):
            candidate["response"]["status"] = "completed"
        return
    is_native = "parts" in (candidate.get("content") or {}) or "finishReason" in candidate
    name = "finishReason" if is_native else "finish_reason"
    if candidate.get(name) is None:
        candidate[name] = "STOP" if is_native else "stop"


@json_fault("no_finish", applies_to="answers", help="Leave every finish reason out.")
def no_finish(options: FaultOptions) -> Fault:
    return edit_candidates(drop_finish)


def drop_finish(candidate: Json) -> None:
    for name in ("finish_reason", "finishReason", "finishMessage"):
        candidate.pop(name, None)
    for ending in (candidate, candidate.get("interaction") or candidate.get("response") or {}):
        if ending.get("status") != "in_progress":
            ending.pop("status", None)


@json_fault("no_parts", applies_to="answers", help="Send a message without parts or content.")
def no_parts(options: FaultOptions) -> Fault:
    return edit_candidates(drop_parts)


def drop_parts(candidate: Json) -> None:
    content = find_content(candidate)
    for name in ("parts", "content", "tool_calls", "audio"):
        content.pop(name, None)
    for holder in (candidate, candidate.get("response") or {}):
        for name in ("steps", "output"):
            holder.pop(name, None)


@json_fault("no_content", applies_to="answers", help="Send a candidate with an empty content.")
def no_content(options: FaultOptions) -> Fault:
    return edit_candidates(clear_content)


def clear_content(candidate: Json) -> None:
    for name in ("message", "delta", "content"):
        if name in candidate:
            candidate[name] = {}
    for item in iter_items(candidate):
        if "content" in item:
            item["content"] = []


@json_fault("null_content", applies_to="answers", help="Send null as the content.")
def null_content(options: FaultOptions) -> Fault:
    return edit_candidates(set_null_content)


def set_null_content(candidate: Json) -> None:
    content = find_content(candidate)
    if "parts" in content:
        candidate["content"] = None
    elif content:
        content["content"] = None
    if is_response_event(candidate) and "delta" in candidate:
        candidate["delta"] = None
    for item in iter_items(candidate):
        if "content" in item:
            item["content"] = None


@json_fault(
    "no_message",
    applies_to="answers",
    help="Send a choice without message, a candidate without content.",
)
def no_message(options: FaultOptions) -> Fault:
    return edit_candidates(drop_message)


def drop_message(candidate: Json) -> None:
    for name in ("message", "delta", "content"):
        candidate.pop(name, None)


@json_fault(
    "no_candidates", applies_to="answers", help="Send an empty list of choices or candidates."
)
def no_candidates(options: FaultOptions) -> Fault:
    return edit_documents(clear_candidates)


@json_fault("duplicate_ids", applies_to="answers", help="Give all tool calls the same id.")
def duplicate_ids(options: FaultOptions) -> Fault:
    return edit_candidates(set_same_ids)


def set_same_ids(candidate: Json) -> None:
    for call in find_tool_calls(candidate):
        call["call_id" if "call_id" in call else "id"] = "call_0"


@json_fault("empty_ids", applies_to="answers", help="Send tool calls without an id.")
def empty_ids(options: FaultOptions) -> Fault:
    return edit_candidates(clear_ids)


def clear_ids(candidate: Json) -> None:
    """Empty the ids: Google's own API leaves the key out, OpenAI's sends an empty string."""
    for call in find_tool_calls(candidate):
        if "function" in call:
            call["id"] = ""
        elif "call_id" in call:
            call["call_id"] = ""
        else:
            call.pop("id", None)


@json_fault("same_index", applies_to="streams", help="Give all tool calls of a stream the index 0.")
def same_index(options: FaultOptions) -> Fault:
    return edit_candidates(set_index_zero)


def set_index_zero(candidate: Json) -> None:
    for call in find_tool_calls(candidate):
        if "function" in call:
            call["index"] = 0


@json_fault(
    "calls_without_header",
    applies_to="OpenAI streams",
    help="Send the arguments of all tool calls after the first one on its index, without their id "
    "and name.",
)
def calls_without_header(options: FaultOptions) -> Fault:
    return edit_candidates(HeaderDropper().drop_headers)


class HeaderDropper:
    """Drops the headers of all tool calls of a stream except the first one."""

    def __init__(self) -> None:
        self.has_header = False

    def drop_headers(self, candidate: Json) -> None:
        """Reduce later calls to their arguments, as a continuation of the first call."""
        for call in find_tool_calls(candidate):
            if "function" not in call:
                continue
            if self.has_header:
                arguments = call["function"].get("arguments", "")
                call.clear()
                call.update({"function": {"arguments": arguments}})
            call["index"] = 0
            self.has_header = True


@json_fault(
    "bad_arguments",
    applies_to="answers",
    help="Cut the JSON of tool calls' arguments, where it is text.",
)
def bad_arguments(options: FaultOptions) -> Fault:
    return edit_candidates(cut_arguments)


def cut_arguments(candidate: Json) -> None:
    for call in find_tool_calls(candidate):
        if "function" in call:
            call["function"]["arguments"] = cut_end(call["function"].get("arguments") or "{}")
    delta = candidate.get("delta")
    if isinstance(delta, dict) and delta.get("type") == "arguments_delta":
        delta["arguments"] = cut_end(delta["arguments"])
    for item in iter_items(candidate):
        if item.get("arguments"):
            item["arguments"] = cut_end(item["arguments"])
    if str(candidate.get("type", "")).startswith("response.function_call_arguments."):
        for name in ("delta", "arguments"):
            if isinstance(candidate.get(name), str):
                candidate[name] = cut_end(candidate[name])


def cut_end(text: str) -> str:
    return text[: max(1, len(text) - 2)]


@json_fault("no_usage", applies_to="answers", help="Leave the usage out.")
def no_usage(options: FaultOptions) -> Fault:
    return edit_documents(drop_usage)


def drop_usage(document: Json) -> None:
    for holder in find_usage_holders(document):
        for name in ("usage", "usageMetadata"):
            holder.pop(name, None)


def find_usage_holders(document: Json) -> list[Json]:
    """Return the objects that may hold a usage: events of other APIs than chat hold it deeper."""
    inner = document.get("interaction") or document.get("response")
    return [document, inner] if isinstance(inner, dict) else [document]


@json_fault("zero_usage", applies_to="answers", help="Send a usage of zeros.")
def zero_usage(options: FaultOptions) -> Fault:
    return edit_documents(set_zero_usage)


def set_zero_usage(document: Json) -> None:
    for holder in find_usage_holders(document):
        for name in ("usage", "usageMetadata"):
            if isinstance(holder.get(name), dict):
                holder[name] = {
                    key: 0 for key, count in holder[name].items() if isinstance(count, int)
                }
