"""Convert the body of a request to a question.

Evidence: doc-interactions, sdk-google-genai-interactions.
"""

from __future__ import annotations

from typing import Any

from mockgem.core.content import Link, ThinkingConfig, Tool, ToolChoice, Turn
from mockgem.core.errors import ApiError, Code, Failure, invalid
from mockgem.core.http import WireRequest
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.interactions.errors import missing_field, wrong_type
from mockgem.dialects.interactions.field_readers import has_type
from mockgem.dialects.interactions.request_fields import REQUEST, RESPONSE_FORMATS
from mockgem.dialects.interactions.step_reader import read_turns
from mockgem.operations.generate_request import (
    AUTO_TOOL_CHOICE,
    DEFAULT_SAMPLING,
    DEFAULT_THINKING,
    NO_GEMINI_OPTIONS,
    GeminiOptions,
    GenerateRequest,
    Sampling,
)
from mockgem.operations.interactions import CreateInteraction
from mockgem.operations.mcp.client import McpServer
from mockgem.operations.webhooks.records import find_host

Json = dict[str, Any]
FIRST_REVISION = "2026-05-20"
"""The date of the first revision with steps; the older one was shut down in June 2026."""
LEGACY_MESSAGE = (
    "The legacy Interactions API schema is no longer supported. Please upgrade your client SDK to "
    "Python >= 2.0.0 or JavaScript/TypeScript >= 2.0.0 to adopt the new 'steps' schema. For "
    "details and migration examples, see: "
    "https://ai.google.dev/gemini-api/docs/interactions-breaking-changes-may-2026"
)
BUILTIN_TOOLS = (
    "google_search",
    "code_execution",
    "url_context",
    "google_maps",
    "file_search",
    "computer_use",
)
KEPT_SETTINGS = ("labels", "service_tier", "webhook_config")
"""Fields of a request that the interaction shows again."""


def decode_request(wire: WireRequest) -> CreateInteraction:
    """Return the request in a body. Raises ApiError (400)."""
    payload = parse_json(wire.body)
    check_revision(wire, payload)
    body: Json = REQUEST(payload, "", "")
    agent = body.get("agent", "")
    if not agent and not body.get("model"):
        raise missing_field("model", "")
    if agent and "model" in body:
        raise invalid("Only one of 'model' and 'agent' may be set.", "model_and_agent")
    return CreateInteraction(
        question=build_question(body),
        given_input=payload.get("input"),
        servers=parse_servers(body.get("tools", ())),
        agent=agent,
        previous_id=body.get("previous_interaction_id", ""),
        in_background=body.get("background", False),
        is_kept=body.get("store", True),
        stream=body.get("stream", False),
        max_total_tokens=body.get("agent_config", {}).get("max_total_tokens", 0),
        settings={name: body[name] for name in KEPT_SETTINGS if name in body},
        body={name: value for name, value in body.items() if name != "input"},
    )


def check_revision(wire: WireRequest, payload: Any) -> None:
    """Refuse requests of the schema without steps, in the service's words (reported).

    Evidence: report-interactions-legacy-schema.
    """
    revision = wire.headers.get("api-revision", FIRST_REVISION)
    given = payload.get("input") if isinstance(payload, dict) else None
    has_roles = isinstance(given, list) and any(
        isinstance(item, dict) and "role" in item and "type" not in item for item in given
    )
    if has_roles or revision < FIRST_REVISION:
        failure = Failure(Code.INVALID_ARGUMENT, LEGACY_MESSAGE, reason="legacy_interactions")
        raise ApiError(failure)


def build_question(body: Json) -> GenerateRequest:
    """Return the question of a request, without what came before it."""
    config = body.get("generation_config", {})
    formats = body.get("response_format", [])
    turns = read_turns(body.get("input", ()))
    is_json, schema = parse_text_format(formats, body.get("response_mime_type", ""))
    return GenerateRequest(
        body.get("model") or body["agent"],
        turns,
        body.get("system_instruction", ""),
        parse_tools(body.get("tools", ())),
        parse_tool_choice(config.get("tool_choice", "auto")),
        is_json,
        schema,
        parse_thinking(config, body.get("agent_config", {})),
        parse_sampling(config),
        body.get("cached_content", "").removeprefix("cachedContents/"),
        has_links(turns),
        parse_options(body, config, formats),
        body.get("stream", False),
    )


def has_links(turns: tuple[Turn, ...]) -> bool:
    return any(isinstance(part, Link) for turn in turns for part in turn.parts)


def parse_text_format(formats: list[Json], mime_type: str) -> tuple[bool, Any]:
    """Return whether the reply is JSON, and its schema. A format without a known type is one."""
    for one in formats:
        if not has_type(one, RESPONSE_FORMATS):
            return True, one
        if one["type"] == "text" and ("schema" in one or one.get("mime_type") == JSON):
            return True, one.get("schema")
    return mime_type == JSON, None


JSON = "application/json"


def parse_tools(tools: Any) -> tuple[Tool, ...]:
    """Return the functions among the tools.

    Raises ApiError if a schema is not an object.
    """
    functions = []
    for number, tool in enumerate(tools):
        if tool["type"] != "function":
            continue
        parameters = tool.get("parameters") or {}
        if not isinstance(parameters, dict):
            raise wrong_type(parameters, "parameters", f"tools[{number}]", "an object")
        functions.append(Tool(tool.get("name", ""), tool.get("description", ""), parameters))
    return tuple(functions)


def parse_servers(tools: Any) -> tuple[McpServer, ...]:
    """Return the MCP servers among the tools. One without a name has that of its host (a guess)."""
    return tuple([parse_server(tool) for tool in tools if tool["type"] == "mcp_server"])


def parse_server(tool: Json) -> McpServer:
    url = tool.get("url", "")
    allowed = tool.get("allowed_tools", [])
    names = [name for one in allowed if one.get("mode") != "none" for name in one.get("tools", ())]
    is_limited = any("tools" in one or one.get("mode") == "none" for one in allowed)
    return McpServer(
        tool.get("name") or find_host(url),
        url,
        tool.get("headers", {}),
        tuple(names) if is_limited else None,
        any(one.get("mode") == "any" for one in allowed),
    )


def parse_tool_choice(choice: str | Json) -> ToolChoice:
    """Return the tool choice. `validated` lets the model decide, like `auto`."""
    allowed = {} if isinstance(choice, str) else choice.get("allowed_tools", {})
    word = choice if isinstance(choice, str) else allowed.get("mode", "auto")
    mode: Any = "auto" if word == "validated" else word
    names = tuple(allowed.get("tools", ()))
    return AUTO_TOOL_CHOICE if mode == "auto" and not names else ToolChoice(mode, names)


def parse_thinking(config: Json, agent_config: Json) -> ThinkingConfig:
    """Return how the model thinks. Every model takes a level, also those that think by tokens.

    Evidence: native-103-interactions-200.
    """
    summaries = config.get("thinking_summaries", agent_config.get("thinking_summaries", "none"))
    level = config.get("thinking_level", "")
    if summaries == "none" and not level:
        return DEFAULT_THINKING
    return ThinkingConfig(None, "", level, summaries == "auto")


def parse_sampling(config: Json) -> Sampling:
    if {"max_output_tokens", "stop_sequences", "temperature", "top_p"}.isdisjoint(config):
        return DEFAULT_SAMPLING
    return Sampling(
        max_tokens=config.get("max_output_tokens"),
        stop=tuple(config.get("stop_sequences", ())),
        temperature=config.get("temperature"),
        top_p=config.get("top_p"),
    )


def parse_options(body: Json, config: Json, formats: list[Json]) -> GeminiOptions:
    tools = body.get("tools", ())
    abilities = {tool["type"]: strip_type(tool) for tool in tools if tool["type"] in BUILTIN_TOOLS}
    images = [one for one in formats if one.get("type") == "image"] or [
        config.get("image_config", {})
    ]
    options = GeminiOptions(
        abilities,
        include_tool_calls=bool(abilities),
        modalities=parse_modalities(body, formats),
        voices=parse_voices(config.get("speech_config", [])),
        aspect_ratio=images[0].get("aspect_ratio", ""),
        image_size=images[0].get("image_size", ""),
        image_type=images[0].get("mime_type", ""),
    )
    return NO_GEMINI_OPTIONS if options == NO_GEMINI_OPTIONS else options


def strip_type(tool: Json) -> Json:
    return {name: value for name, value in tool.items() if name != "type"}


def parse_modalities(body: Json, formats: list[Json]) -> tuple[str, ...]:
    """Return the modalities of the reply: those of the formats, or the older field's."""
    named = [one["type"] for one in formats if has_type(one, RESPONSE_FORMATS)]
    words = body.get("response_modalities") or ([] if named == ["text"] else named)
    return tuple([word.upper() for word in words])


def parse_voices(speech: list[Json] | Json) -> tuple[str, ...]:
    """Return the voice's name, or "speaker: voice" for each of several speakers."""
    rows: Any = speech.get("speakers", []) if isinstance(speech, dict) else speech
    return tuple(
        [
            f"{row['speaker']}: {row.get('voice', '')}" if "speaker" in row else row["voice"]
            for row in rows
            if "speaker" in row or "voice" in row
        ]
    )
