"""Convert the input of an interaction to turns: a text, contents or steps.

Evidence: doc-interactions, recorded-interactions-rig.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.content import (
    Blob,
    CodeResult,
    ExecutableCode,
    Link,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
    ToolResult,
    Turn,
)
from mockgem.dialects.common.json_parser import decode_base64
from mockgem.dialects.common.tool_output import unwrap_output
from mockgem.dialects.interactions.request_fields import CONTENT, is_list_of_contents

Json = dict[str, Any]
SERVER_TOOLS = {
    "google_search": "GOOGLE_SEARCH_WEB",
    "url_context": "URL_CONTEXT",
    "google_maps": "GOOGLE_MAPS",
    "file_search": "FILE_SEARCH",
    "retrieval": "RETRIEVAL",
    "tool_search": "TOOL_SEARCH",
    "processing": "PROCESSING",
}
"""The service's tools by the beginning of their steps' types."""
DEFAULT_TYPES = {
    "image": "image/png",
    "audio": "audio/wav",
    "video": "video/mp4",
    "document": "application/pdf",
}


def read_turns(given: Any) -> tuple[Turn, ...]:
    """Return the turns of an input.

    Contents without steps are one turn of the user. Successive steps of the model are one turn, and
    so are successive results of functions.
    """
    if isinstance(given, str):
        return (Turn("user", (make_text(given),)),)
    groups: list[tuple[str, list[Part]]] = []
    for kind, parts in iter_steps(given or ()):
        if groups and groups[-1][0] == kind and kind in JOINED_KINDS:
            groups[-1][1].extend(parts)
        elif parts:
            groups.append((kind, list(parts)))
    return tuple(
        [Turn("model" if kind == "model" else "user", tuple(parts)) for kind, parts in groups]
    )


JOINED_KINDS = ("content", "model", "result")


def make_text(text: str) -> Text:
    return Text(text, is_given=not text)


def iter_steps(items: Sequence[Json]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Yield the kind and the parts of each item: content, input, result or model.

    The signature of a thought belongs to the next part that can have one.
    """
    signature = ""
    for item in items:
        kind = item["type"]
        if kind == "thought":
            signature = item.get("signature", "")
        elif kind in CONTENT:
            yield "content", tuple(read_content(item))
        elif kind == "user_input":
            parts = read_contents(item.get("content", ()))
            yield "result" if has_only_results(parts) else "input", parts
        elif kind == "function_result":
            yield "result", tuple(read_function_result(item))
        else:
            yield "model", sign_first(read_model_step(kind, item), signature)
            signature = ""


def has_only_results(parts: Sequence[Part]) -> bool:
    return bool(parts) and all(isinstance(part, ToolResult) for part in parts)


SIGNED_PARTS = (Text, ToolCall, ExecutableCode, ServerToolCall)


def sign_first(parts: tuple[Part, ...], signature: str) -> tuple[Part, ...]:
    if signature and parts and isinstance(parts[0], SIGNED_PARTS):
        first = parts[0]
        return (replace(first, signature=first.signature or signature), *parts[1:])
    return parts


def read_model_step(kind: str, step: Json) -> tuple[Part, ...]:
    if kind == "model_output":
        return read_contents(step.get("content", ()))
    return (STEP_READERS.get(kind, read_server_step)(step),)


def read_contents(contents: Any) -> tuple[Part, ...]:
    if isinstance(contents, str):
        return (make_text(contents),)
    return tuple([part for content in contents for part in read_content(content)])


def read_content(content: Json) -> Iterator[Part]:
    kind = content["type"]
    if kind == "text":
        yield make_text(content.get("text", ""))
    elif kind == "function_result":
        yield from read_function_result(content)
    else:
        yield read_media(kind, content)


def read_media(kind: str, content: Json) -> Part:
    """Return media: their bytes, or the link to them."""
    mime_type = content.get("mime_type", "")
    if "data" in content:
        data = decode_base64(content["data"], f"{kind}.data")
        return Blob(mime_type or DEFAULT_TYPES[kind], data)
    return Link(mime_type or DEFAULT_TYPES[kind], content.get("uri", ""))


def read_function_result(step: Json) -> Iterator[Part]:
    """Yield a result, and the media in it. A result with only one text is that text."""
    result = step["result"]
    media: list[Part] = []
    if is_list_of_contents(result):
        parts = [part for item in result for part in read_content(item)]
        texts = [part.text for part in parts if isinstance(part, Text)]
        media = [part for part in parts if not isinstance(part, Text)]
        output = "\n".join(texts)
    elif isinstance(result, str):
        output = result
    else:
        output = unwrap_output(result)
    yield ToolResult(step.get("name", ""), output, step["call_id"])
    yield from media


def read_function_call(step: Json) -> Part:
    return ToolCall(
        step["name"], step.get("arguments", {}), step.get("id", ""), step.get("signature", "")
    )


def read_code(step: Json) -> Part:
    return ExecutableCode(
        str(step.get("arguments", {}).get("code", "")),
        step.get("id", ""),
        step.get("signature", ""),
    )


def read_code_result(step: Json) -> Part:
    result = step.get("result", "")
    output = result if isinstance(result, str) else json.dumps(result)
    return CodeResult(output, "FAILED" if step.get("is_error") else "OK", step.get("call_id", ""))


MCP_CALL = ("name", "server_name", "arguments")
MCP_RESULT = ("name", "server_name", "result")


def read_mcp_call(step: Json) -> Part:
    facts: Json = {name: step[name] for name in MCP_CALL if name in step}
    return ServerToolCall("MCP_SERVER", facts, step.get("id", ""), step.get("signature", ""))


def read_mcp_result(step: Json) -> Part:
    facts: Json = {name: step[name] for name in MCP_RESULT if name in step}
    return ServerToolResult("MCP_SERVER", facts, step.get("call_id", ""), step.get("signature", ""))


def read_server_step(step: Json) -> Part:
    """Return the call or the result of one of the service's own tools."""
    kind = step["type"]
    tool = SERVER_TOOLS[kind.removesuffix("_call").removesuffix("_result")]
    signature = step.get("signature", "")
    if kind.endswith("_call"):
        return ServerToolCall(tool, step.get("arguments", {}), step.get("id", ""), signature)
    output = {"result": step.get("result")}
    return ServerToolResult(tool, output, step.get("call_id", ""), signature)


STEP_READERS: Mapping[str, Callable[[Json], Part]] = {
    "function_call": read_function_call,
    "code_execution_call": read_code,
    "code_execution_result": read_code_result,
    "mcp_server_tool_call": read_mcp_call,
    "mcp_server_tool_result": read_mcp_result,
}
