"""Convert contents and parts of the native API to turns and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, takewhile

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
from mockgem.core.errors import invalid
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    anything,
    base64_bytes,
    base64_text,
    boolean,
    enum,
    message,
    repeated,
    string,
    struct,
)
from mockgem.dialects.common.tool_output import unwrap_output
from mockgem.dialects.gemini.responses import PACKAGE, Json
from mockgem.operations.base64_codec import encode_base64


def gemini_message(type_name: str, /, **fields: FieldReader) -> FieldReader:
    return message(PACKAGE + type_name, fields)


BLOB = gemini_message("Blob", mime_type=string, data=base64_bytes, display_name=string)
FILE_DATA = gemini_message("FileData", mime_type=string, file_uri=string, display_name=string)
FUNCTION_CALL = gemini_message(
    "FunctionCall",
    id=string,
    name=string,
    args=struct,
    partial_args=anything,
    will_continue=boolean,
)
FUNCTION_RESPONSE_PART = gemini_message(
    "FunctionResponsePart",
    inline_data=BLOB,
    file_data=FILE_DATA,
    media_resolution=anything,
    media_processing=anything,
    video_metadata=struct,
    document_metadata=anything,
    spreadsheet_metadata=anything,
    audio_metadata=anything,
)
FUNCTION_RESPONSE = gemini_message(
    "FunctionResponse",
    id=string,
    name=string,
    response=struct,
    will_continue=boolean,
    scheduling=enum(
        PACKAGE + "FunctionResponse.Scheduling",
        "scheduling_unspecified",
        "silent",
        "when_idle",
        "interrupt",
    ),
    parts=repeated(FUNCTION_RESPONSE_PART),
)
LANGUAGE = enum(PACKAGE + "ExecutableCode.Language", "language_unspecified", "python")
OUTCOME = enum(
    PACKAGE + "CodeExecutionResult.Outcome",
    "outcome_unspecified",
    "outcome_ok",
    "outcome_failed",
    "outcome_deadline_exceeded",
)
PART_DATA: dict[str, FieldReader] = {
    "text": string,
    "inline_data": BLOB,
    "function_call": FUNCTION_CALL,
    "function_response": FUNCTION_RESPONSE,
    "file_data": FILE_DATA,
    "executable_code": gemini_message("ExecutableCode", id=string, language=LANGUAGE, code=string),
    "code_execution_result": gemini_message(
        "CodeExecutionResult", id=string, outcome=OUTCOME, output=string
    ),
    "tool_call": gemini_message("ToolCall", id=string, tool_type=string, args=struct),
    "tool_response": gemini_message("ToolResponse", id=string, tool_type=string, response=struct),
}
"""The data of a part: exactly one of these."""
PART = message(
    PACKAGE + "Part",
    {
        **PART_DATA,
        "thought": boolean,
        "thought_signature": base64_text,
        "video_metadata": struct,
        "media_resolution": anything,
        "media_processing": anything,
        "part_metadata": struct,
        "audio_transcription": anything,
        "speech_metadata": anything,
        "document_metadata": anything,
        "spreadsheet_metadata": anything,
        "audio_metadata": anything,
    },
    oneof=("data", tuple(PART_DATA)),
)
CONTENT = gemini_message("Content", role=string, parts=repeated(PART))
CONTENTS = repeated(CONTENT)


def decode_turns(contents: Sequence[Json]) -> tuple[Turn, ...]:
    """Return the turns of a conversation. Raises ApiError for an invalid role.

    SDKs send a stream back chunk by chunk, each as a separate content. So successive contents of
    one role are one turn where the model calls tools; empty texts between them are dropped.
    """
    turns = [decode_turn(content) for content in contents]
    if not any(type(part) in TOOL_PARTS for turn in turns for part in turn.parts):
        return tuple(turns)
    joined: list[Turn] = []
    for _, group in groupby(turns, key=lambda turn: turn.role):
        joined += join_turns(list(group))
    return tuple(joined)


TOOL_PARTS = (ToolCall, ToolResult)


def join_turns(turns: list[Turn]) -> list[Turn]:
    """Join successive contents of one role if the model calls tools.

    The user's contents with results are joined too, but not the user's words after them: clients
    send each result as a separate content (recorded).

    Evidence: recorded-separate-results.
    """
    role = turns[0].role
    kinds = [set(map(type, turn.parts)) for turn in turns]
    if role == "user":
        count = len(list(takewhile(lambda kind: ToolResult in kind, kinds)))
        return [*join_parts(turns[:count]), *turns[count:]]
    return join_parts(turns) if any(ToolCall in kind for kind in kinds) else turns


def join_parts(turns: list[Turn]) -> list[Turn]:
    """Return one turn with the parts of all, or none. Empty texts between the parts are dropped."""
    if not turns:
        return []
    parts = [
        part
        for turn in turns
        for part in turn.parts
        if not isinstance(part, Text) or part.text or len(turns) == 1
    ]
    return [Turn(turns[0].role, tuple(parts))]


def decode_turn(content: Json) -> Turn:
    role = content.get("role") or "user"
    if role not in ("user", "model", "function", "tool"):
        raise invalid("Please use a valid role: user, model.", "role")
    parts: list[Part] = []
    for part in content.get("parts", ()):
        parts += decode_part(part)
    return Turn("model" if role == "model" else "user", tuple(parts))


def decode_part(part: Json) -> Sequence[Part]:
    """Return the values for a part; a tool's result can contain media."""
    for name, read in PART_DECODERS.items():
        if name in part:
            return read(part[name], part.get("thought_signature", ""))
    text = part.get("text", "")
    signature = part.get("thought_signature", "")
    return (
        Text(text, part.get("thought", False), signature, is_given=not text and "text" in part),
    )


def decode_blob(blob: Json, signature: str) -> Sequence[Part]:
    return (
        Blob(
            blob.get("mime_type", ""),
            blob.get("data", b""),
            blob.get("display_name", ""),
            signature,
        ),
    )


def decode_file_data(file: Json, signature: str) -> Sequence[Part]:
    """Decode a link. A YouTube video needs no type (documented).

    Evidence: doc-video-understanding.
    """
    uri = file.get("file_uri", "")
    default_type = (
        "video/mp4" if re.match(r"https?://(?:www\.|m\.)?(?:youtube\.com|youtu\.be)/", uri) else ""
    )
    return (Link(file.get("mime_type", "") or default_type, uri),)


def decode_function_call(call: Json, signature: str) -> Sequence[Part]:
    return (ToolCall(call.get("name", ""), call.get("args", {}), call.get("id", ""), signature),)


def decode_function_response(result: Json, signature: str) -> Sequence[Part]:
    """Decode a tool's result. A result with only text is that text, as on other surfaces."""
    response = result.get("response", {})
    output = unwrap_output(response)
    media = [
        value
        for part in result.get("parts", ())
        for value in decode_part(part)
        if not isinstance(value, Text)
    ]
    return (ToolResult(result.get("name", ""), output, result.get("id", "")), *media)


def decode_code(code: Json, signature: str) -> Sequence[Part]:
    return (ExecutableCode(code.get("code", ""), code.get("id", ""), signature),)


def decode_code_result(result: Json, signature: str) -> Sequence[Part]:
    outcome = result.get("outcome", "outcome_ok").removeprefix("outcome_").upper()
    return (CodeResult(result.get("output", ""), outcome, result.get("id", "")),)


def decode_server_call(call: Json, signature: str) -> Sequence[Part]:
    return (
        ServerToolCall(
            call.get("tool_type", ""), call.get("args", {}), call.get("id", ""), signature
        ),
    )


def decode_server_result(result: Json, signature: str) -> Sequence[Part]:
    return (
        ServerToolResult(
            result.get("tool_type", ""), result.get("response", {}), result.get("id", ""), signature
        ),
    )


PART_DECODERS: Mapping[str, Callable[[Json, str], Sequence[Part]]] = {
    "inline_data": decode_blob,
    "file_data": decode_file_data,
    "function_call": decode_function_call,
    "function_response": decode_function_response,
    "executable_code": decode_code,
    "code_execution_result": decode_code_result,
    "tool_call": decode_server_call,
    "tool_response": decode_server_result,
}


def decode_system(system: Json) -> str:
    return "\n".join(part.get("text", "") for part in system.get("parts", ()))


def render_part(part: Part, call_id: str) -> Json:
    """Render a reply's part with keys in the recorded order. Some models give calls ids.

    Evidence: native-035-generateContent-200, native-083-streamGenerateContent-200.
    """
    rendered = render_part_data(part, call_id)
    if signature := getattr(part, "signature", ""):
        rendered["thoughtSignature"] = signature
    return rendered


def render_part_data(part: Part, call_id: str) -> Json:
    named: Json = {"id": call_id} if call_id else {}
    match part:
        case Text(text, thought):
            return {"text": text} | ({"thought": True} if thought else {})
        case ToolCall(name, args):
            return {"functionCall": {"name": name, "args": part.raw_args or args} | named}
        case Blob(mime_type, data):
            return {"inlineData": {"mimeType": mime_type, "data": encode_base64(data)}}
        case ExecutableCode(source):
            return {"executableCode": {"language": "PYTHON", "code": source} | named}
        case CodeResult(output, outcome):
            return {
                "codeExecutionResult": {"outcome": f"OUTCOME_{outcome}", "output": output} | named
            }
        case ServerToolCall(tool, args):
            return {"toolCall": {"toolType": tool} | ({"args": args} if args else {}) | named}
        case ServerToolResult(tool, output):
            return {
                "toolResponse": {"toolType": tool}
                | ({"response": output} if output else {})
                | named
            }
    raise AssertionError(f"a reply cannot contain {type(part).__name__}")
