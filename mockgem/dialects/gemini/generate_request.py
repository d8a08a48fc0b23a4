"""Convert a decoded request for content to a question, with the service's checks and messages.

Evidence: doc-api-reference, sdk-google-genai.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mockgem.core.content import Link, ThinkingConfig, Tool, ToolChoice, Turn
from mockgem.core.errors import invalid
from mockgem.dialects.common.openapi_schema import convert_schema
from mockgem.dialects.gemini.contents import decode_system, decode_turns
from mockgem.dialects.gemini.generate_fields import ABILITIES
from mockgem.dialects.gemini.responses import Json
from mockgem.operations.generate_request import (
    AUTO_TOOL_CHOICE,
    DEFAULT_SAMPLING,
    DEFAULT_THINKING,
    NO_GEMINI_OPTIONS,
    GeminiOptions,
    GenerateRequest,
    Sampling,
)


def check_roles(body: Mapping[str, Any]) -> None:
    """Refuse contents without a role, as Vertex AI does (reported).

    Google's own API takes them for the user's.

    Evidence: report-vertex-role.
    """
    if any(not content.get("role") for content in body.get("contents", ())):
        raise invalid("Please use a valid role: user, model.", "role")


def build_question(body: Mapping[str, Any], model: str, *, vertex: bool = False) -> GenerateRequest:
    """Convert a decoded body to a question. Raises ApiError if its parts don't fit together."""
    config = body.get("generation_config", {})
    if "safety_settings" in body:
        check_safety(body["safety_settings"])
    json, schema = parse_response_format(config)
    turns = decode_turns(body.get("contents", ()))
    return GenerateRequest(
        model,
        turns,
        decode_system(body.get("system_instruction", {})),
        parse_tools(body),
        parse_tool_choice(body),
        json,
        schema,
        parse_thought(config),
        parse_sampling(config, vertex=vertex),
        parse_cache_name(body.get("cached_content", "")),
        has_links(turns, vertex=vertex),
        parse_extras(body, config, vertex=vertex),
    )


CACHE_NAME = re.compile(r"(?:projects/[^/]+/locations/[^/]+/)?cachedContents/([\w.-]+)", re.ASCII)


def parse_cache_name(name: str) -> str:
    """Return the id of a cache. Raises ApiError (400) for a name of another kind (reported).

    Evidence: sdk-google-genai-tests.
    """
    if not name:
        return ""
    match = CACHE_NAME.fullmatch(name)
    if match is None:
        raise invalid("Request contains an invalid argument.", "cache_name")
    return match[1]


FILE_ADDRESS = re.compile(r"https?://|(?:v1(?:beta|alpha)?/)?files/", re.I)


def has_links(turns: Sequence[Turn], *, vertex: bool) -> bool:
    """Return whether a conversation links to media.

    Raises:
        ApiError: The Developer API cannot read the address, such as gs:// (reported).

    Evidence: report-foreign-file-uri.
    """
    links = [part for turn in turns for part in turn.parts if isinstance(part, Link)]
    for link in links:
        if not vertex and not FILE_ADDRESS.match(link.uri):
            raise invalid(f"Invalid or unsupported file uri: {link.uri[:200]}", "file_uri")
    return bool(links)


ALLOWED_CATEGORIES = (
    "HATE_SPEECH",
    "SEXUALLY_EXPLICIT",
    "DANGEROUS_CONTENT",
    "HARASSMENT",
    "CIVIC_INTEGRITY",
)


def check_safety(settings: Sequence[Json]) -> None:
    """Refuse categories of models before Gemini.

    The parser knows them, but a later check refuses them (reported).

    Evidence: report-safety-categories.
    """
    listed = ", ".join([f"HarmCategory.HARM_CATEGORY_{name}" for name in ALLOWED_CATEGORIES])
    violations = [
        f"* GenerateContentRequest.safety_settings[{index}]: "
        f"element predicate failed: $.category in ({listed})\n"
        for index, setting in enumerate(settings)
        if setting.get("category", "").removeprefix("harm_category_") in REFUSED_CATEGORIES
    ]
    if violations:
        raise invalid("".join(violations), "safety")


REFUSED_CATEGORIES = (
    "unspecified",
    "derogatory",
    "toxicity",
    "violence",
    "sexual",
    "medical",
    "dangerous",
)


def parse_tools(body: Mapping[str, Any]) -> tuple[Tool, ...]:
    return tuple(
        [
            Tool(
                function.get("name", ""),
                function.get("description", ""),
                parse_parameters(function, f"tools[{place}].function_declarations[{index}]"),
            )
            for place, tool in enumerate(body.get("tools", ()))
            for index, function in enumerate(tool.get("function_declarations", ()))
        ]
    )


def parse_parameters(declaration: Json, path: str) -> Json:
    """Return a function's parameters as JSON Schema.

    Raises:
        ApiError: The function has both forms of a schema, or the schema is not an object.
    """
    plain = declaration.get("parameters_json_schema")
    if plain is not None and "parameters" in declaration:
        raise invalid(
            "Only one of parameters and parameters_json_schema may be set in a function "
            "declaration.",
            "schema",
        )
    if plain is not None and not (
        isinstance(plain, dict) and isinstance(plain.get("properties") or {}, dict)
    ):
        raise invalid("Request contains an invalid argument.", "schema")
    return (
        plain
        if plain is not None
        else convert_schema(declaration.get("parameters", {}), f"{path}.parameters")
    )


def parse_tool_choice(body: Mapping[str, Any]) -> ToolChoice:
    """Return the tool choice. VALIDATED lets the model decide, like AUTO.

    Raises:
        ApiError: The configuration has names without mode ANY.
    """
    calling = body.get("tool_config", {}).get("function_calling_config", {})
    mode: Any = CHOICES_BY_MODE[calling.get("mode", "auto")]
    names = tuple(calling.get("allowed_function_names", ()))
    if names and calling.get("mode") not in ("any", "validated"):
        raise invalid(
            "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: "
            "allowed_function_names should only be set when mode is ANY or VALIDATED.\n",
            "allowed_names",
        )
    return AUTO_TOOL_CHOICE if mode == "auto" and not names else ToolChoice(mode, names)


CHOICES_BY_MODE = {
    "mode_unspecified": "auto",
    "auto": "auto",
    "validated": "auto",
    "any": "any",
    "none": "none",
}
TEXT_TYPE, JSON_TYPE, ENUM_TYPE = "text/plain", "application/json", "text/x.enum"
REPLY_TYPES = ("", TEXT_TYPE, JSON_TYPE, ENUM_TYPE, "application/xml", "application/yaml")


def parse_response_format(config: Mapping[str, Any]) -> tuple[bool, Any]:
    """Return whether the reply is JSON, and its schema.

    Raises:
        ApiError: The two contradict each other. A reply of the type text/x.enum is one value of an
            enum, not a list of them (reported).

    Evidence: sdk-google-genai-tests.
    """
    schema = config.get("response_json_schema", config.get("response_json_schema_ordered"))
    if "response_schema" in config:
        if schema is not None:
            raise invalid(
                "Only one of response_schema and response_json_schema may be set.", "schema"
            )
        schema = convert_schema(
            config["response_schema"], "generation_config.response_schema", require_properties=True
        )
    mime_type = config.get("response_mime_type", "")
    check_response_type(mime_type, schema)
    return mime_type == JSON_TYPE, schema


def check_response_type(mime_type: str, schema: Any) -> None:
    """Raise ApiError for a type that no reply has, or that does not suit the schema."""
    field = "* GenerateContentRequest.generation_config"
    if mime_type not in REPLY_TYPES:
        raise invalid(
            f"{field}.response_mime_type: allowed mimetypes are `text/plain`, `application/json`, "
            "`application/xml`, `application/yaml` and `text/x.enum`.\n",
            "mime_type",
        )
    if schema is not None and mime_type not in (JSON_TYPE, ENUM_TYPE):
        raise invalid(
            f"{field}.response_schema: only allowed when response_mime_type is application/json.\n",
            "schema",
        )
    if mime_type == ENUM_TYPE and isinstance(schema, dict) and not schema.get("enum"):
        raise invalid("Request contains an invalid argument.", "schema")


def parse_thought(config: Mapping[str, Any]) -> ThinkingConfig:
    thinking = config.get("thinking_config")
    if not thinking:
        return DEFAULT_THINKING
    level = thinking.get("thinking_level", "").replace("thinking_level_unspecified", "")
    return ThinkingConfig(
        thinking.get("thinking_budget"), level, "", thinking.get("include_thoughts", False)
    )


SAMPLING_FIELDS = frozenset(
    """candidate_count stop_sequences max_output_tokens temperature top_p presence_penalty
    frequency_penalty""".split()
)


def parse_sampling(config: Mapping[str, Any], *, vertex: bool) -> Sampling:
    """Return the sampling. Vertex AI takes no candidates for one (reported).

    Evidence: sdk-google-genai-tests.
    """
    if SAMPLING_FIELDS.isdisjoint(config):
        return DEFAULT_SAMPLING
    return Sampling(
        max_tokens=config.get("max_output_tokens"),
        stop=tuple(config.get("stop_sequences", ())),
        count=config.get("candidate_count", 1) or (1 if vertex else 0),
        temperature=config.get("temperature"),
        top_p=config.get("top_p"),
        has_penalty=bool(config.get("presence_penalty") or config.get("frequency_penalty")),
    )


def parse_extras(
    body: Mapping[str, Any], config: Mapping[str, Any], *, vertex: bool
) -> GeminiOptions:
    """Return the options that only Google's own API has. Evidence: recorded-image-type."""
    if not config and not vertex and "tools" not in body and "tool_config" not in body:
        return NO_GEMINI_OPTIONS
    abilities = {
        name: tool[name] for tool in body.get("tools", ()) for name in ABILITIES if name in tool
    }
    if any("google_search_retrieval" in tool for tool in body.get("tools", ())):
        abilities.setdefault("google_search", {})
    shows_calls = body.get("tool_config", {}).get("include_server_side_tool_invocations", False)
    image = config.get("image_config", {})
    options = GeminiOptions(
        abilities,
        shows_calls,
        tuple([modality.upper() for modality in config.get("response_modalities", ())]),
        parse_voices(config.get("speech_config", {})),
        image.get("aspect_ratio", ""),
        image.get("image_size", ""),
        image.get("image_output_options", image).get(
            "mime_type", image.get("output_mime_type", "")
        ),
        config.get("response_mime_type") == ENUM_TYPE,
        config.get("response_logprobs", False),
        config.get("logprobs"),
        has_tool_config="tool_config" in body and "cached_content" in body,
        has_tool_calls_switch=shows_calls,
    )
    if options == NO_GEMINI_OPTIONS:
        return NO_GEMINI_OPTIONS
    return replace(options, is_vertex=True) if vertex else options


def parse_voices(speech: Json) -> tuple[str, ...]:
    """Return the voice's name, or "speaker: voice" for each of several speakers.

    Raises:
        ApiError: The request has both forms, which exclude each other (documented).

    Evidence: sdk-google-genai-tests.
    """
    if "voice_config" in speech and "multi_speaker_voice_config" in speech:
        raise invalid("Request contains an invalid argument.", "voices")
    speakers = speech.get("multi_speaker_voice_config", {}).get("speaker_voice_configs", ())
    if speakers:
        return tuple(
            [f"{speaker.get('speaker', '')}: {voice_name_of(speaker)}" for speaker in speakers]
        )
    voice = voice_name_of(speech)
    return (voice,) if voice else ()


def voice_name_of(speech: Json) -> str:
    name: str = (
        speech.get("voice_config", {}).get("prebuilt_voice_config", {}).get("voice_name", "")
    )
    return name
