"""What is wrong with an answer's JSON, in either spelling."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from mockgem.core.call import Fault
from mockgem.faults.json_events import (
    change_documents,
    find_candidates,
    find_content,
    find_tool_calls,
)

Json = Any


def edit_candidates(change: Callable[[Json], object]) -> Callable[[Any], Fault]:
    """Every choice or candidate changed in place."""

    def alter(found: Json, number: int, count: int) -> Json:
        for candidate in find_candidates(found):
            change(candidate)
        return found

    return lambda fault: change_documents(alter)


def edit_documents(change: Callable[[Json], object]) -> Callable[[Any], Fault]:
    """Every document changed in place."""

    def alter(found: Json, number: int, count: int) -> Json:
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict):
                change(one)
        return found

    return lambda fault: change_documents(alter)


def drop_parts(candidate: Json) -> None:
    content = find_content(candidate)
    for name in ("parts", "content", "tool_calls", "audio"):
        content.pop(name, None)


def clear_content(candidate: Json) -> None:
    for name in ("message", "delta", "content"):
        if name in candidate:
            candidate[name] = {}


def set_null_content(candidate: Json) -> None:
    content = find_content(candidate)
    if "parts" in content:
        candidate["content"] = None
    elif content:
        content["content"] = None


def drop_message(candidate: Json) -> None:
    for name in ("message", "delta", "content"):
        candidate.pop(name, None)


def clear_candidates(found: Json) -> None:
    for name in ("choices", "candidates"):
        if name in found:
            found[name] = []


def set_same_ids(candidate: Json) -> None:
    for call in find_tool_calls(candidate):
        call["id"] = "call_0"


def clear_ids(candidate: Json) -> None:
    """Google's own API leaves the key out; OpenAI's has it empty."""
    for call in find_tool_calls(candidate):
        if "function" in call:
            call["id"] = ""
        else:
            call.pop("id", None)


def set_index_zero(candidate: Json) -> None:
    for call in find_tool_calls(candidate):
        if "function" in call:
            call["index"] = 0


def cut_arguments(candidate: Json) -> None:
    for call in find_tool_calls(candidate):
        if "function" in call:
            text = call["function"].get("arguments") or "{}"
            call["function"]["arguments"] = text[: max(1, len(text) - 2)]


def drop_finish(candidate: Json) -> None:
    for name in ("finish_reason", "finishReason", "finishMessage"):
        candidate.pop(name, None)


def set_early_finish(candidate: Json) -> None:
    """Translating gateways put it on every chunk."""
    name = (
        "finishReason"
        if "parts" in (candidate.get("content") or {}) or "finishReason" in candidate
        else "finish_reason"
    )
    if candidate.get(name) is None:
        candidate[name] = "STOP" if name == "finishReason" else "stop"


def drop_usage(found: Json) -> None:
    for name in ("usage", "usageMetadata"):
        found.pop(name, None)


def set_zero_usage(found: Json) -> None:
    for name in ("usage", "usageMetadata"):
        if isinstance(found.get(name), dict):
            found[name] = {key: 0 for key, one in found[name].items() if isinstance(one, int)}


VECTOR_KEYS = ("data", "embeddings", "predictions")


def drop_other_vectors(found: Json) -> None:
    for name in VECTOR_KEYS:
        if isinstance(found.get(name), list):
            found[name] = found[name][:1]


def embeddings_short(fault: Any) -> Fault:
    size = fault.size or 3

    def shorten_vectors(found: Json) -> None:
        rows = [
            row for name in VECTOR_KEYS for row in (found.get(name) or ()) if isinstance(row, dict)
        ]
        for row in [
            *rows,
            *([found["embedding"]] if isinstance(found.get("embedding"), dict) else []),
        ]:
            shorten_vector(row, size)

    return edit_documents(shorten_vectors)(fault)


def edit_document_at(fault: Any, usual: int, change: Callable[[Json], object]) -> Fault:
    """One event changed; `at` counts events, or is a share of them."""

    def alter(found: Json, number: int, count: int) -> Json:
        place = fault.at
        nth = usual
        if place is not None:
            nth = {
                "share": round(place.number * count) + 1,
                "last": count,
                "event": int(place.number),
            }.get(place.unit, 1)
        if number + 1 == min(nth, count):
            change(found)
        return found

    return change_documents(alter)


def no_choices(fault: Any) -> Fault:
    return edit_document_at(fault, 2, clear_candidates)


def big_event(fault: Any) -> Fault:
    words = "mockgem " * ((fault.size or 3 * 2**20) // 8 + 1)
    text = words[: fault.size or 3 * 2**20]

    def append_text(found: Json) -> None:
        for candidate in find_candidates(found)[:1]:
            content = find_content(candidate)
            parts = content.get("parts")
            if parts and "text" in parts[0]:
                parts[0]["text"] += text
            elif parts is None:
                content["content"] = (content.get("content") or "") + text

    return edit_document_at(fault, 2, append_text)


def shorten_vector(row: Json, size: int) -> None:
    """A vector as numbers, or as base64 of float32s, which openai's SDK asks for by itself."""
    for key in ("embedding", "values"):
        if isinstance(row.get(key), list):
            row[key] = row[key][:size]
        elif isinstance(row.get(key), str):
            row[key] = b64encode(b64decode(row[key])[: 4 * size]).decode()
    for part in row.values():
        if isinstance(part, dict):
            shorten_vector(part, size)


JSON_BODY_FAULTS: dict[str, Callable[[Any], Fault]] = {
    "no_parts": edit_candidates(drop_parts),
    "no_content": edit_candidates(clear_content),
    "null_content": edit_candidates(set_null_content),
    "no_message": edit_candidates(drop_message),
    "no_candidates": edit_documents(clear_candidates),
    "duplicate_ids": edit_candidates(set_same_ids),
    "empty_ids": edit_candidates(clear_ids),
    "same_index": edit_candidates(set_index_zero),
    "bad_arguments": edit_candidates(cut_arguments),
    "no_finish": edit_candidates(drop_finish),
    "early_finish": edit_candidates(set_early_finish),
    "no_usage": edit_documents(drop_usage),
    "zero_usage": edit_documents(set_zero_usage),
    "embeddings_collapse": edit_documents(drop_other_vectors),
    "embeddings_short": embeddings_short,
    "no_choices": no_choices,
    "big_event": big_event,
}
