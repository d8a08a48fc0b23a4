"""Contents and parts in the native API's spelling, into turns and back."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.talk import Blob, Link, Part, Text, ToolCall, ToolResult, Turn
from mockgem.dialects.fields import Read, anything, boolean, either, message, repeated, string, struct
from mockgem.dialects.native.writing import PACKAGE, Json
from mockgem.dialects.payload import unpacked


def kind(type_name: str, /, **fields: Read) -> Read:
    return message(PACKAGE + type_name, fields)


BLOB = kind("Blob", mime_type=string, data=string, display_name=string)
FILE_DATA = kind("FileData", mime_type=string, file_uri=string, display_name=string)
CALL = kind("FunctionCall", id=string, name=string, args=struct, partial_args=anything, will_continue=boolean)
RESULT = kind(
    "FunctionResponse", id=string, name=string, response=struct, will_continue=boolean, scheduling=string, parts=anything
)
PART = kind(
    "Part",
    text=string,
    thought=boolean,
    thought_signature=string,
    inline_data=BLOB,
    file_data=FILE_DATA,
    function_call=CALL,
    function_response=RESULT,
    executable_code=kind("ExecutableCode", id=string, language=string, code=string),
    code_execution_result=kind("CodeExecutionResult", id=string, outcome=string, output=string),
    video_metadata=struct,
    media_resolution=anything,
    part_metadata=struct,
    tool_call=anything,
    tool_response=anything,
)
CONTENT = kind("Content", role=string, parts=repeated(PART))
CONTENTS = repeated(CONTENT)
SYSTEM = either(string, CONTENT)


def turns_of(contents: Sequence[Json]) -> tuple[Turn, ...]:
    """Raises ApiError where a role or a part can't be."""
    return tuple([turn_of(content, number) for number, content in enumerate(contents)])


def turn_of(content: Json, number: int) -> Turn:
    role = content.get("role") or "user"
    if role not in ("user", "model", "function"):
        raise invalid("Please use a valid role: user, model.", "role", role=role)
    parts = [part_of(part, f"contents[{number}].parts[{place}]") for place, part in enumerate(content.get("parts", ()))]
    return Turn("model" if role == "model" else "user", tuple(parts))


def part_of(part: Json, path: str) -> Part:
    match part:
        case {"inline_data": dict() as blob}:
            return Blob(
                blob.get("mime_type", ""),
                unpacked(blob.get("data", ""), f"{path}.inline_data.data"),
                blob.get("display_name", ""),
            )
        case {"file_data": dict() as file}:
            return Link(file.get("mime_type", ""), file.get("file_uri", ""))
        case {"function_call": dict() as call}:
            signature = part.get("thought_signature", "")
            return ToolCall(call.get("name", ""), call.get("args", {}), call.get("id", ""), signature)
        case {"function_response": dict() as result}:
            return ToolResult(result.get("name", ""), json.dumps(result.get("response", {})), result.get("id", ""))
        case {"executable_code": dict() as code}:
            return Text(code.get("code", ""))
        case {"code_execution_result": dict() as ran}:
            return Text(ran.get("output", ""))
    return Text(part.get("text", ""), part.get("thought", False), part.get("thought_signature", ""))


def system_of(system: Any) -> str:
    if isinstance(system, str):
        return system
    return "\n".join(part.get("text", "") for part in system.get("parts", ()))


def part_json(part: Part, call_id: str) -> Json:
    """A part of an answer. Calls have ids where the model gives some."""
    match part:
        case Text(text, thought, signature):
            found: Json = {"text": text} | ({"thought": True} if thought else {})
            return found | ({"thoughtSignature": signature} if signature else {})
        case ToolCall(name, args, _, signature):
            call = {"name": name, "args": args} | ({"id": call_id} if call_id else {})
            return {"functionCall": call} | ({"thoughtSignature": signature} if signature else {})
        case Blob(mime_type, data):
            return {"inlineData": {"mimeType": mime_type, "data": base64.b64encode(data).decode()}}
    raise AssertionError(f"an answer has no {type(part).__name__}")
