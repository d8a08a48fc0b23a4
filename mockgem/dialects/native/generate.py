"""POST models/{model}:generateContent, whole. Streams, and what only this API knows, are still to come."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Any

from mockgem.core.call import Endpoint, Occasion
from mockgem.core.errors import invalid
from mockgem.core.talk import Candidate, Link, Thought, Tool, ToolCall, ToolChoice, Usage
from mockgem.core.values import value
from mockgem.core.wire import WireRequest, WireResponse
from mockgem.dialects.fields import (
    anything,
    boolean,
    double,
    int32,
    message,
    repeated,
    string,
    struct,
)
from mockgem.dialects.ids import google_call_id, google_id, luck_of_call
from mockgem.dialects.native.contents import CONTENTS, SYSTEM, part_json, system_of, turns_of
from mockgem.dialects.native.errors import native_error
from mockgem.dialects.native.writing import HEADERS, PACKAGE, Json, answer, body_of
from mockgem.operations.generate import Reply, generate
from mockgem.operations.question import AUTO, NO_THOUGHT, USUAL_SAMPLING, Generate, Sampling

DECLARATION = message(
    PACKAGE + "FunctionDeclaration",
    {
        "name": string,
        "description": string,
        "parameters": struct,
        "parameters_json_schema": struct,
        "response": struct,
        "response_json_schema": struct,
        "behavior": string,
    },
)
OTHER_TOOLS = (
    *("google_search", "google_search_retrieval", "code_execution", "url_context", "google_maps", "file_search"),
    *("computer_use", "mcp_servers"),
)
TOOL = message(PACKAGE + "Tool", {"function_declarations": repeated(DECLARATION), **dict.fromkeys(OTHER_TOOLS, anything)})
CALLING = message(PACKAGE + "FunctionCallingConfig", {"mode": string, "allowed_function_names": repeated(string)})
TOOL_CONFIG = message(
    PACKAGE + "ToolConfig",
    {"function_calling_config": CALLING, "retrieval_config": anything, "include_server_side_tool_invocations": boolean},
)
THINKING = message(
    PACKAGE + "ThinkingConfig", {"include_thoughts": boolean, "thinking_budget": int32, "thinking_level": string}
)
CONFIG = message(
    PACKAGE + "GenerationConfig",
    {
        "candidate_count": int32,
        "stop_sequences": repeated(string),
        "max_output_tokens": int32,
        "temperature": double,
        "top_p": double,
        "top_k": double,
        "seed": int32,
        "presence_penalty": double,
        "frequency_penalty": double,
        "response_mime_type": string,
        "response_schema": struct,
        "response_json_schema": anything,
        "response_modalities": repeated(string),
        "thinking_config": THINKING,
        "response_logprobs": boolean,
        "logprobs": int32,
        "enable_enhanced_civic_answers": boolean,
        "speech_config": anything,
        "image_config": anything,
        "media_resolution": string,
        "response_format": anything,
    },
)
REQUEST = message(
    PACKAGE + "GenerateContentRequest",
    {
        "model": string,
        "contents": CONTENTS,
        "system_instruction": SYSTEM,
        "tools": repeated(TOOL),
        "tool_config": TOOL_CONFIG,
        "safety_settings": anything,
        "generation_config": CONFIG,
        "cached_content": string,
        "service_tier": string,
        "store": boolean,
    },
)


@value
class ContentRequest:
    """What is asked, and the request that asks it."""

    question: Generate
    wire: WireRequest


def decode(wire: WireRequest, params: Mapping[str, str]) -> ContentRequest:
    return ContentRequest(question_of(body_of(wire, REQUEST), params["model"]), wire)


def question_of(body: Mapping[str, Any], model: str) -> Generate:
    """A body that was read, as a question."""
    config = body.get("generation_config", {})
    json, schema = form_of(config)
    turns = turns_of(body.get("contents", ()))
    return Generate(
        model,
        turns,
        system_of(body.get("system_instruction", "")),
        tools_of(body),
        choice_of(body),
        json,
        schema,
        thought_of(config),
        sampling_of(config),
        body.get("cached_content", "").removeprefix("cachedContents/"),
        any(isinstance(part, Link) for turn in turns for part in turn.parts),
    )


def tools_of(body: Mapping[str, Any]) -> tuple[Tool, ...]:
    return tuple(
        [
            Tool(
                one.get("name", ""),
                one.get("description", ""),
                one.get("parameters_json_schema") or one.get("parameters") or {},
            )
            for tool in body.get("tools", ())
            for one in tool.get("function_declarations", ())
        ]
    )


def choice_of(body: Mapping[str, Any]) -> ToolChoice:
    calling = body.get("tool_config", {}).get("function_calling_config", {})
    mode = MODES.get(calling.get("mode", "AUTO").upper())
    if mode is None:
        place = "tool_config.function_calling_config.mode"
        raise invalid(f"Invalid value at '{place}' ({PACKAGE}FunctionCallingConfig.Mode), \"{calling['mode']}\"", "payload")
    names = tuple(calling.get("allowed_function_names", ()))
    return AUTO if mode == "auto" and not names else ToolChoice(mode, names)


MODES: dict[str, Any] = {"AUTO": "auto", "MODE_UNSPECIFIED": "auto", "VALIDATED": "auto", "ANY": "any", "NONE": "none"}


def form_of(config: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether JSON is asked for, and of which form."""
    mime_type = config.get("response_mime_type", "")
    schema = config.get("response_json_schema", config.get("response_schema"))
    if mime_type not in ("", "text/plain", "application/json", "text/x.enum"):
        allowed = "`text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`"
        message = f"* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are {allowed}.\n"
        raise invalid(message, "mime_type")
    if schema is not None and mime_type not in ("application/json", "text/x.enum"):
        raise invalid(
            "* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is "
            "application/json.\n",
            "schema",
        )
    return mime_type == "application/json", schema


def thought_of(config: Mapping[str, Any]) -> Thought:
    thinking = config.get("thinking_config")
    if not thinking:
        return NO_THOUGHT
    level = thinking.get("thinking_level", "").lower().removeprefix("thinking_level_")
    return Thought(thinking.get("thinking_budget"), level, "", thinking.get("include_thoughts", False))


SAMPLING = {"candidate_count", "stop_sequences", "max_output_tokens", "temperature", "top_p", "presence_penalty"}


def sampling_of(config: Mapping[str, Any]) -> Sampling:
    if SAMPLING.isdisjoint(config) and "frequency_penalty" not in config:
        return USUAL_SAMPLING
    return Sampling(
        max_tokens=config.get("max_output_tokens"),
        stop=tuple(config.get("stop_sequences", ())),
        count=config.get("candidate_count", 1),
        temperature=config.get("temperature"),
        top_p=config.get("top_p"),
        penalized=bool(config.get("presence_penalty") or config.get("frequency_penalty")),
    )


def perform(request: ContentRequest, occasion: Occasion) -> Awaitable[Reply]:
    return generate(request.question, occasion)


def encode(request: ContentRequest, reply: Reply) -> WireResponse:
    """The tier is told in a header too (recorded: 026)."""
    return answer(response_json(reply), (*HEADERS, ("X-Gemini-Service-Tier", "standard")))


def response_json(reply: Reply) -> Json:
    """Key order as recorded (batches_200)."""
    draft = reply.draft
    numbers = iter(range(draft.calls))
    candidates = []
    for place, candidate in enumerate(draft.candidates):
        candidates.append(candidate_json(candidate, place, [call_id(part, reply, numbers) for part in candidate.parts]))
    return {
        "candidates": candidates,
        "usageMetadata": usage_json(draft.usage),
        "modelVersion": draft.model.resolves_to or draft.model.id,
        "responseId": google_id(reply.luck, reply.created),
    }


def call_id(part: object, reply: Reply, numbers: Any) -> str:
    """Only models from 3 on name their calls."""
    if not isinstance(part, ToolCall):
        return ""
    number = next(numbers)
    model = reply.draft.model
    return google_call_id(luck_of_call(reply.luck, number), model.family) if model.generation > 2 else ""


def candidate_json(candidate: Candidate, place: int, ids: list[str]) -> Json:
    parts = [part_json(part, name) for part, name in zip(candidate.parts, ids, strict=True)]
    content: Json = ({"parts": parts} if parts else {}) | {"role": "model"}
    return {"content": content, "finishReason": candidate.finish.value, "index": place}


def usage_json(usage: Usage) -> Json:
    text = [{"modality": "TEXT", "tokenCount": usage.prompt}]
    found: Json = {"promptTokenCount": usage.prompt}
    if usage.output:
        found["candidatesTokenCount"] = usage.output
    found["totalTokenCount"] = usage.total
    if usage.cached:
        found["cachedContentTokenCount"] = usage.cached
    found["promptTokensDetails"] = text
    if usage.cached:
        found["cacheTokensDetails"] = [{"modality": "TEXT", "tokenCount": usage.cached}]
    if usage.thoughts:
        found["thoughtsTokenCount"] = usage.thoughts
    return found | {"serviceTier": "standard"}


def name_of(request: ContentRequest) -> str:
    return request.question.model


def endpoint() -> Endpoint[ContentRequest, Reply]:
    path = "/models/{model}:generateContent"
    return Endpoint("POST", path, "Generate content, whole", decode, perform, encode, native_error, name_of)
