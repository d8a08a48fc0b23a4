"""Convert the items of an input to the messages of chat, whose reader makes turns of them.

The same conversation so is the same question in both APIs. Evidence: sdk-openai-responses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mockgem.core.errors import invalid
from mockgem.dialects.common.json_parser import decode_base64
from mockgem.dialects.openai.messages import (
    ConversationBuilder,
    MessageRules,
    build_conversation,
)

Json = dict[str, Any]
STAND_IN_SIGNATURE = "skip_thought_signature_validator"
"""The documented placeholder for the signature of a call. Evidence: doc-thought-signatures."""
RULES = MessageRules(
    stand_in_signature=STAND_IN_SIGNATURE, allows_tool_media=True, allows_unknown_calls=True
)
SKIPPED = (
    *("reasoning", "web_search_call", "file_search_call", "code_interpreter_call"),
    *("image_generation_call", "item_reference"),
)
"""Items that tell Gemini nothing: its own thoughts, and what the service's tools did."""


def read_items(items: Sequence[Json]) -> ConversationBuilder:
    """Return the conversation of some items. Raises ApiError (400) for what Gemini can't read."""
    return build_conversation(list(to_messages(items)), RULES)


def to_messages(items: Sequence[Json]) -> Iterator[Json]:
    """Yield the messages of items. Calls belong to the message of the model before them."""
    pending: Json | None = None
    signature = ""
    for item in items:
        kind = kind_of(item)
        if kind in CALL_READERS:
            pending = pending or {"role": "assistant", "content": []}
            call = CALL_READERS[kind](item)
            if signature:
                call["extra_content"] = {"google": {"thought_signature": signature}}
            pending.setdefault("tool_calls", []).append(call)
            signature = ""
            continue
        if kind == "reasoning":
            signature = item.get("encrypted_content", "")
        if kind in SKIPPED:
            continue
        if pending is not None:
            yield pending
            pending = None
        message = MESSAGE_READERS.get(kind, refuse_item)(item)
        if message["role"] == "assistant":
            pending = message
        else:
            yield message
    if pending is not None:
        yield pending


def kind_of(item: Json) -> str:
    """Return the type of an item; one with a role and without a type is a message."""
    return item.get("type") or ("message" if "role" in item else "item_reference")


def refuse_item(item: Json) -> Json:
    kind = kind_of(item)
    raise invalid(f"Invalid input item type: {kind[:100]}", "item_type", type=kind)


def read_message(item: Json) -> Json:
    content = item.get("content", "")
    parts = content if isinstance(content, str) else [read_part(part) for part in content]
    role = item.get("role", "user")
    if role == "assistant" and isinstance(parts, str):
        parts = [{"type": "text", "text": parts}]
    return {"role": role, "content": parts}


def read_part(part: Json | str) -> Json | str:
    """Return a part of a message as chat writes it."""
    if isinstance(part, str):
        return part
    kind = part.get("type", "input_text")
    read = PART_READERS.get(kind)
    return part if read is None else read(part)


def read_image(part: Json) -> Json:
    url = part.get("image_url", "")
    if not url and part.get("file_id"):
        return read_file(part)
    return {"type": "image_url", "image_url": url}


def read_file(part: Json) -> Json:
    """Return a file: its data, its id, or a URL, which takes the place of the id."""
    file = {name: part[name] for name in ("file_data", "filename", "file_id") if name in part}
    if part.get("file_url"):
        file["file_id"] = part["file_url"]
    return {"type": "file", "file": file}


def read_refusal(part: Json) -> Json:
    return {"type": "text", "text": part.get("refusal", "")}


def read_text(part: Json) -> Json:
    return {"type": "text", "text": part.get("text", "")}


PART_READERS: Mapping[str, Callable[[Json], Json]] = {
    "input_text": read_text,
    "output_text": read_text,
    "text": read_text,
    "summary_text": read_text,
    "refusal": read_refusal,
    "input_image": read_image,
    "input_file": read_file,
}


def read_function_call(item: Json) -> Json:
    function = {"name": item.get("name", ""), "arguments": item.get("arguments", "")}
    return {"id": item.get("call_id", ""), "type": "function", "function": function}


def read_custom_call(item: Json) -> Json:
    """Return the call of a tool with free input, which Gemini knows as a function of a text."""
    arguments = json.dumps({"input": item.get("input", "")}, ensure_ascii=False)
    function = {"name": item.get("name", ""), "arguments": arguments}
    return {"id": item.get("call_id", ""), "type": "function", "function": function}


CALL_READERS: Mapping[str, Callable[[Json], Json]] = {
    "function_call": read_function_call,
    "custom_tool_call": read_custom_call,
}


def read_output(item: Json) -> Json:
    output = item.get("output", "")
    parts = output if isinstance(output, str) else [read_part(part) for part in output]
    return {"role": "tool", "tool_call_id": item.get("call_id", ""), "content": parts}


def read_compaction(item: Json) -> Json:
    """Return what a compaction keeps of a conversation. Raises ApiError (400) for another text."""
    summary = decode_base64(item.get("encrypted_content", ""), "input.encrypted_content")
    part = {"type": "text", "text": summary.decode(errors="replace")}
    return {"role": "assistant", "content": [part]}


MESSAGE_READERS: Mapping[str, Callable[[Json], Json]] = {
    "compaction": read_compaction,
    "message": read_message,
    "function_call_output": read_output,
    "custom_tool_call_output": read_output,
}
