"""Write a reply as the steps of an interaction: whole, and piece by piece for a stream.

Evidence: native-103-interactions-200, native-124-interactions-200, native-125-interactions-200,
recorded-interactions-thinking-stream.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from mockgem.core.content import (
    Blob,
    Candidate,
    CodeResult,
    ExecutableCode,
    Part,
    ServerToolCall,
    ServerToolResult,
    Text,
    ToolCall,
)
from mockgem.core.frozen import frozen
from mockgem.dialects.interactions.citations import cite_sources
from mockgem.operations.base64_codec import encode_base64
from mockgem.operations.deltas import split_text
from mockgem.operations.generators.seeded_random import SeededRandom

Json = dict[str, Any]


@frozen
class Step:
    """A step as a whole, its first form in a stream, and what a stream adds to it.

    A text among the additions becomes a delta for each of its pieces; only streams split it.
    """

    whole: Json
    start: Json
    additions: Sequence[Json | Text] = ()

    @property
    def deltas(self) -> Iterator[Json]:
        for one in self.additions:
            if not isinstance(one, Text):
                yield one
                continue
            for piece in one.pieces or split_text(one.text):
                yield {"text": piece, "type": "text"}


def write_steps(candidate: Candidate, thoughts: int) -> list[Step]:
    """Return the steps of a reply.

    A model that thinks begins with a thought, whose signature stands for what it thought. The
    searches of the service come before it (recorded).

    Args:
        thoughts: The number of tokens that the model thought.
    """
    summaries = [part.text for part in candidate.parts if is_thought(part)]
    rest = [part for part in candidate.parts if not is_thought(part)]
    signature = find_signature(rest)
    steps: list[Step] = []
    at = count_leading_tools(rest)
    steps += [write_tool_step(part) for part in rest[:at]]
    if summaries or thoughts or signature:
        steps.append(write_thought(summaries, signature or make_signature(thoughts, candidate)))
    return steps + list(write_rest(rest[at:], candidate))


def is_thought(part: Part) -> TypeGuard[Text]:
    return isinstance(part, Text) and part.thought


def find_signature(parts: list[Part]) -> str:
    """Return the signature of the words or of the first call; others stay with their tools."""
    for part in parts:
        if isinstance(part, (Text, ToolCall, Blob)) and part.signature:
            return part.signature
    return ""


def make_signature(thoughts: int, candidate: Candidate) -> str:
    """Return a signature for a model whose parts have none. It is longer the more it thought.

    Evidence: native-103-interactions-200.
    """
    calls = [f"{call.name} {call.args}" for call in candidate.tool_calls]
    random = SeededRandom(0, "interaction", candidate.text, *calls)
    size = 48 + min(thoughts, 400)
    return b64encode(b"\x0a\x24" + random.draw_bytes(size)).decode()


def count_leading_tools(parts: list[Part]) -> int:
    count = 0
    for part in parts:
        if not isinstance(part, (ServerToolCall, ServerToolResult)):
            break
        count += 1
    return count


def write_rest(parts: list[Part], candidate: Candidate) -> Iterator[Step]:
    """Yield the steps of other parts; successive texts and media are one output."""
    output: list[Text | Blob] = []
    for part in parts:
        if isinstance(part, (Text, Blob)):
            output.append(part)
            continue
        if output:
            yield write_output(output, None)
            output = []
        yield write_call(part) if isinstance(part, ToolCall) else write_tool_step(part)
    if output:
        yield write_output(output, candidate)


def write_thought(summaries: list[str], signature: str) -> Step:
    """Return a thought. Its summary is one text, which a stream sends in pieces (recorded).

    Evidence: recorded-interactions-incomplete, recorded-interactions-thinking-stream.
    """
    contents = [{"text": text, "type": "text"} for text in summaries]
    whole: Json = {"signature": signature}
    if contents:
        whole["summary"] = [{"text": "".join(summaries), "type": "text"}]
    deltas: list[Json] = [{"content": one, "type": "thought_summary"} for one in contents]
    deltas.append({"signature": signature, "type": "thought_signature"})
    return Step(whole | {"type": "thought"}, {"type": "thought"}, deltas)


def write_output(parts: list[Text | Blob], candidate: Candidate | None) -> Step:
    """Return the words and media of the model; citations belong to its last text."""
    contents: list[Json] = []
    deltas: list[Json | Text] = []
    citations = cite_sources(candidate.grounding) if candidate and candidate.grounding else []
    for part in parts:
        if isinstance(part, Blob):
            medium = write_medium(part)
            contents.append(medium)
            deltas.append(medium)
            continue
        cited: Json = {"annotations": citations} if citations else {}
        contents.append({**cited, "text": part.text, "type": "text"})
        deltas.append(part)
        if citations:
            deltas.append({"annotations": citations, "type": "text_annotation_delta"})
            citations = []
    start = {"type": "model_output"}
    return Step({"content": contents, "type": "model_output"}, start, deltas)


def write_medium(blob: Blob) -> Json:
    """Return an image, a sound or a film with its bytes."""
    kind = blob.mime_type.partition("/")[0]
    medium: Json = {"data": encode_base64(blob.data), "mime_type": blob.mime_type}
    if kind == "audio":
        medium |= {"mime_type": "audio/l16", "sample_rate": SAMPLE_RATE, "channels": 1}
    return medium | {"type": kind if kind in ("image", "audio", "video") else "document"}


SAMPLE_RATE = 24_000
"""Samples per second of generated speech (documented).

Evidence: doc-speech-generation.
"""


def write_call(call: ToolCall) -> Step:
    """Return a call; in a stream its arguments come as JSON text, in one piece (reported).

    Evidence: report-interactions-arguments.
    """
    named: Json = {"id": call.id, "name": call.name}
    kind = {"type": "function_call"}
    text = call.raw_args or json.dumps(call.args, ensure_ascii=False, separators=(",", ":"))
    delta = {"arguments": text, "type": "arguments_delta"}
    arguments = call.raw_args or call.args
    return Step(
        {"arguments": arguments, **named, **kind}, {**named, "arguments": {}, **kind}, [delta]
    )


def write_tool_step(part: Part) -> Step:
    """Return the call or the result of one of the service's own tools."""
    match part:
        case ExecutableCode(source, call_id, signature):
            arguments = {"language": "python", "code": source}
            return make_call_step("code_execution_call", arguments, call_id, signature)
        case CodeResult(output, outcome, call_id):
            facts = {"is_error": outcome != "OK", "result": output}
            return make_result_step("code_execution_result", facts, call_id, "")
        case ServerToolCall("MCP_SERVER", args, call_id):
            return write_mcp_call(args, call_id)
        case ServerToolCall(tool, args, call_id, signature):
            kind, write = CALL_WRITERS[tool]
            return make_call_step(kind, args, call_id, signature, write)
        case ServerToolResult(tool, output, call_id, signature):
            kind, write_result = RESULT_WRITERS[tool]
            return make_result_step(kind, write_result(output), call_id, signature)
    raise AssertionError(f"a reply cannot contain {type(part).__name__}")


def make_call_step(
    kind: str, arguments: Json, call_id: str, signature: str, extra: Json | None = None
) -> Step:
    signed = {"signature": signature} if signature else {}
    given: Json = {"arguments": arguments} if arguments else {}
    named = {"id": call_id, **(extra or {})}
    start_arguments: Json = {"arguments": {}} if arguments else {}
    return Step(
        {**given, **named, **signed, "type": kind},
        {**start_arguments, **named, "type": kind},
        [{**given, **signed, "type": kind}],
    )


def write_mcp_call(facts: Json, call_id: str) -> Step:
    """Return a call of an MCP server's tool; its fields are required in each form (documented).

    Evidence: sdk-google-genai-interactions.
    """
    named = {"name": facts.get("name", ""), "server_name": facts.get("server_name", "")}
    arguments = {"arguments": facts.get("arguments", {})}
    kind = {"type": "mcp_server_tool_call"}
    return Step(
        {**arguments, "id": call_id, **named, **kind},
        {"arguments": {}, "id": call_id, **named, **kind},
        [{**arguments, **named, **kind}],
    )


def make_result_step(kind: str, facts: Json, call_id: str, signature: str) -> Step:
    signed = {"signature": signature} if signature else {}
    named = {"call_id": call_id}
    empty = "" if isinstance(facts.get("result"), str) else []
    start = {**named, **({"result": empty} if "result" in facts else {}), "type": kind}
    return Step(
        {**named, **facts, **signed, "type": kind}, start, [{**facts, **signed, "type": kind}]
    )


def write_search_result(output: Json) -> Json:
    return {"is_error": False, "result": [output] if output else []}


def write_pages(output: Json) -> Json:
    """Return the status of each page in this API's words."""
    pages = output.get("urls", [])
    return {
        "is_error": False,
        "result": [{"status": page["status"].lower(), "url": page["url"]} for page in pages],
    }


def write_list(output: Json) -> Json:
    return {"is_error": False, "result": list(output.get("result") or [])}


def write_mcp_result(output: Json) -> Json:
    named = {name: output[name] for name in ("name", "server_name") if output.get(name)}
    return {**named, "result": output.get("result", "")}


CALL_WRITERS: Mapping[str, tuple[str, Json]] = {
    "GOOGLE_SEARCH_WEB": ("google_search_call", {"search_type": "web_search"}),
    "URL_CONTEXT": ("url_context_call", {}),
    "GOOGLE_MAPS": ("google_maps_call", {}),
    "FILE_SEARCH": ("file_search_call", {}),
    "RETRIEVAL": ("retrieval_call", {}),
    "TOOL_SEARCH": ("tool_search_call", {}),
    "PROCESSING": ("processing_call", {}),
}
RESULT_WRITERS: Mapping[str, tuple[str, Callable[[Json], Json]]] = {
    "GOOGLE_SEARCH_WEB": ("google_search_result", write_search_result),
    "URL_CONTEXT": ("url_context_result", write_pages),
    "GOOGLE_MAPS": ("google_maps_result", write_list),
    "FILE_SEARCH": ("file_search_result", write_list),
    "MCP_SERVER": ("mcp_server_tool_result", write_mcp_result),
    "RETRIEVAL": ("retrieval_result", lambda output: {}),
    "TOOL_SEARCH": ("tool_search_result", write_list),
    "PROCESSING": ("processing_result", lambda output: {}),
}
