"""What is wrong with an answer's JSON, in either spelling."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from mockgem.core.call import Fault
from mockgem.faults.json_events import calls_in, candidates_in, changed, content_in

Json = Any


def on_candidates(change: Callable[[Json], object]) -> Callable[[Any], Fault]:
    """Every choice or candidate changed in place."""

    def alter(found: Json, number: int, count: int) -> Json:
        for candidate in candidates_in(found):
            change(candidate)
        return found

    return lambda fault: changed(alter)


def on_documents(change: Callable[[Json], object]) -> Callable[[Any], Fault]:
    """Every document changed in place."""

    def alter(found: Json, number: int, count: int) -> Json:
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict):
                change(one)
        return found

    return lambda fault: changed(alter)


def without_parts(candidate: Json) -> None:
    content = content_in(candidate)
    for name in ("parts", "content", "tool_calls", "audio"):
        content.pop(name, None)


def without_content(candidate: Json) -> None:
    for name in ("message", "delta", "content"):
        if name in candidate:
            candidate[name] = {}


def with_null(candidate: Json) -> None:
    content = content_in(candidate)
    if "parts" in content:
        candidate["content"] = None
    elif content:
        content["content"] = None


def without_message(candidate: Json) -> None:
    for name in ("message", "delta", "content"):
        candidate.pop(name, None)


def without_candidates(found: Json) -> None:
    for name in ("choices", "candidates"):
        if name in found:
            found[name] = []


def same_ids(candidate: Json) -> None:
    for call in calls_in(candidate):
        call["id"] = "call_0"


def without_ids(candidate: Json) -> None:
    """Google's own API leaves the key out; OpenAI's has it empty."""
    for call in calls_in(candidate):
        if "function" in call:
            call["id"] = ""
        else:
            call.pop("id", None)


def at_index_zero(candidate: Json) -> None:
    for call in calls_in(candidate):
        if "function" in call:
            call["index"] = 0


def with_cut_arguments(candidate: Json) -> None:
    for call in calls_in(candidate):
        if "function" in call:
            text = call["function"].get("arguments") or "{}"
            call["function"]["arguments"] = text[: max(1, len(text) - 2)]


def without_finish(candidate: Json) -> None:
    for name in ("finish_reason", "finishReason", "finishMessage"):
        candidate.pop(name, None)


def with_early_finish(candidate: Json) -> None:
    """Translating gateways put it on every chunk."""
    name = "finishReason" if "parts" in (candidate.get("content") or {}) or "finishReason" in candidate else "finish_reason"
    if candidate.get(name) is None:
        candidate[name] = "STOP" if name == "finishReason" else "stop"


def without_usage(found: Json) -> None:
    for name in ("usage", "usageMetadata"):
        found.pop(name, None)


def with_zero_usage(found: Json) -> None:
    for name in ("usage", "usageMetadata"):
        if isinstance(found.get(name), dict):
            found[name] = {key: 0 for key, one in found[name].items() if isinstance(one, int)}


VECTORS = ("data", "embeddings", "predictions")


def with_one_vector(found: Json) -> None:
    for name in VECTORS:
        if isinstance(found.get(name), list):
            found[name] = found[name][:1]


def embeddings_short(fault: Any) -> Fault:
    size = fault.size or 3

    def shortened(found: Json) -> None:
        rows = [row for name in VECTORS for row in (found.get(name) or ()) if isinstance(row, dict)]
        for row in [*rows, *([found["embedding"]] if isinstance(found.get("embedding"), dict) else [])]:
            shorten(row, size)

    return on_documents(shortened)(fault)


def at_document(fault: Any, usual: int, change: Callable[[Json], object]) -> Fault:
    """One event changed; `at` counts events, or is a share of them."""

    def alter(found: Json, number: int, count: int) -> Json:
        place = fault.at
        nth = usual
        if place is not None:
            nth = {"share": round(place.number * count) + 1, "last": count, "event": int(place.number)}.get(place.unit, 1)
        if number + 1 == min(nth, count):
            change(found)
        return found

    return changed(alter)


def no_choices(fault: Any) -> Fault:
    return at_document(fault, 2, without_candidates)


def big_event(fault: Any) -> Fault:
    words = "mockgem " * ((fault.size or 3 * 2**20) // 8 + 1)
    text = words[: fault.size or 3 * 2**20]

    def grown(found: Json) -> None:
        for candidate in candidates_in(found)[:1]:
            content = content_in(candidate)
            parts = content.get("parts")
            if parts and "text" in parts[0]:
                parts[0]["text"] += text
            elif parts is None:
                content["content"] = (content.get("content") or "") + text

    return at_document(fault, 2, grown)


def shorten(row: Json, size: int) -> None:
    """A vector as numbers, or as base64 of float32s, which openai's SDK asks for by itself."""
    for key in ("embedding", "values"):
        if isinstance(row.get(key), list):
            row[key] = row[key][:size]
        elif isinstance(row.get(key), str):
            row[key] = b64encode(b64decode(row[key])[: 4 * size]).decode()
    for part in row.values():
        if isinstance(part, dict):
            shorten(part, size)


SHAPE: dict[str, Callable[[Any], Fault]] = {
    "no_parts": on_candidates(without_parts),
    "no_content": on_candidates(without_content),
    "null_content": on_candidates(with_null),
    "no_message": on_candidates(without_message),
    "no_candidates": on_documents(without_candidates),
    "duplicate_ids": on_candidates(same_ids),
    "empty_ids": on_candidates(without_ids),
    "same_index": on_candidates(at_index_zero),
    "bad_arguments": on_candidates(with_cut_arguments),
    "no_finish": on_candidates(without_finish),
    "early_finish": on_candidates(with_early_finish),
    "no_usage": on_documents(without_usage),
    "zero_usage": on_documents(with_zero_usage),
    "embeddings_collapse": on_documents(with_one_vector),
    "embeddings_short": embeddings_short,
    "no_choices": no_choices,
    "big_event": big_event,
}
