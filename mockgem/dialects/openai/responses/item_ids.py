"""The ids of items: they follow from the id of their response and from their place in it.

An item so leads to its response without an index. Evidence: sdk-openai-responses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.operations.responses import OWN_PLACE, RANDOM_LENGTH

PREFIXES = {
    "message": "msg",
    "reasoning": "rs",
    "function_call": "fc",
    "function_call_output": "fco",
    "custom_tool_call": "ctc",
    "custom_tool_call_output": "ctco",
    "web_search_call": "ws",
    "file_search_call": "fs",
    "code_interpreter_call": "ci",
    "image_generation_call": "ig",
    "compaction": "cmp",
}
FIRST_INPUT = 0x800
"""The place of the first item of an input; the places of the output begin with 1."""


def make_item_id(kind: str, holder: str, place: int) -> str:
    """Return an id such as msg_… with 48 hexadecimal digits.

    Args:
        kind: The type of the item.
        holder: The id of its response, conversation or compaction.
        place: The number of the item.
    """
    digits = holder.partition("_")[2].removesuffix(OWN_PLACE)
    return f"{PREFIXES.get(kind, 'item')}_{digits}{place:03x}"


def find_holder_ids(item_id: str) -> tuple[str, str]:
    """Return the ids of the response and of the conversation that an item may belong to."""
    digits = item_id.partition("_")[2][:RANDOM_LENGTH]
    return f"resp_{digits}{OWN_PLACE}", f"conv_{digits}"


def name_items(items: list[Any], holder: str, first: int = FIRST_INPUT) -> list[dict[str, Any]]:
    """Return items with their types, states and ids as the API shows them."""
    return [name_item(item, holder, first + place) for place, item in enumerate(items)]


def name_item(item: Mapping[str, Any], holder: str, place: int) -> dict[str, Any]:
    kind = item.get("type") or "message"
    named = {"id": item.get("id") or make_item_id(kind, holder, place), "type": kind}
    status = {} if kind in ("reasoning", "compaction") else {"status": "completed"}
    shown = {**named, **status, **item, **named}
    if kind == "message" and isinstance(item.get("content"), str):
        part = "output_text" if item.get("role") == "assistant" else "input_text"
        more: dict[str, Any] = {"annotations": [], "logprobs": []} if part == "output_text" else {}
        shown["content"] = [{"type": part, "text": item["content"], **more}]
    return shown
