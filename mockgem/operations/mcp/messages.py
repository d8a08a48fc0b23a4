"""Messages of the Model Context Protocol: JSON-RPC in JSON or in server-sent events.

Evidence: doc-mcp-streamable-http.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, cast

from mockgem.core.content import Tool

Json = dict[str, Any]
MAX_LEVELS = 64
"""Levels of objects and arrays in a message that is read."""


class McpError(Exception):
    """A server answered with an error, or with something else than the protocol demands."""


def encode_request(number: int, method: str, params: Json) -> bytes:
    message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
    return json.dumps(message).encode()


def encode_notification(method: str) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "method": method}).encode()


def find_response(data: bytes, number: int) -> Json | None:
    """Return the response to a request in a body, which may be a stream of events; None without."""
    for text in iter_messages(data.decode("utf-8", "replace")):
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            continue
        is_response = isinstance(message, dict) and "method" not in message
        if is_response and message.get("id") == number and has_few_levels(message):
            return cast(Json, message)
    return None


def has_few_levels(value: Any, levels: int = MAX_LEVELS) -> bool:
    """Return whether a value is not nested so deeply that reading it would fail."""
    if not isinstance(value, (dict, list)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(has_few_levels(one, levels - 1) for one in inner)


def iter_messages(body: str) -> Iterator[str]:
    """Yield the JSON texts of a body: its events, or the body itself."""
    if body.lstrip().startswith("{"):
        yield body
        return
    for block in body.replace("\r\n", "\n").split("\n\n")[:-1]:
        lines = [line[5:].removeprefix(" ") for line in block.split("\n") if line[:5] == "data:"]
        yield "\n".join(lines)


def read_result(message: Json) -> Json:
    """Return the result of a response. Raises McpError for an error."""
    error = message.get("error")
    if error is not None:
        raise McpError(str(error.get("message", "")) if isinstance(error, dict) else str(error))
    result = message.get("result")
    if not isinstance(result, dict):
        raise McpError("the response has no result")
    return result


def read_tools(result: Json) -> Iterator[Tool]:
    """Yield the tools of a list as functions. What has no name or schema is left out."""
    rows = result.get("tools")
    for row in rows if isinstance(rows, list) else ():
        schema = row.get("inputSchema") if isinstance(row, dict) else None
        if isinstance(schema, dict) and isinstance(row.get("name"), str):
            description = row.get("description")
            yield Tool(row["name"], description if isinstance(description, str) else "", schema)


def read_contents(result: Json) -> Any:
    """Return the result of a call as an interaction shows it: a text, contents or an object."""
    rows = result.get("content")
    contents = [read_content(row) for row in rows] if isinstance(rows, list) else []
    if not contents:
        structured = result.get("structuredContent")
        return structured if isinstance(structured, dict) else ""
    if len(contents) == 1 and contents[0]["type"] == "text":
        return contents[0]["text"]
    return contents


def read_content(row: Any) -> Json:
    """Return one content: a text or an image, and anything else as JSON in a text."""
    kind = row.get("type") if isinstance(row, dict) else None
    if kind == "text" and isinstance(row.get("text"), str):
        return {"text": row["text"], "type": "text"}
    data, mime_type = (row.get("data"), row.get("mimeType")) if kind == "image" else (None, None)
    if isinstance(data, str) and isinstance(mime_type, str):
        return {"data": data, "mime_type": mime_type, "type": "image"}
    return {"text": json.dumps(row, ensure_ascii=False), "type": "text"}


def read_words(result: Any) -> str:
    """Return the words of a result, which the model reads."""
    if isinstance(result, str):
        return result
    if isinstance(result, dict):
        return json.dumps(result, ensure_ascii=False)
    return "\n".join([content["text"] for content in result if content["type"] == "text"])
