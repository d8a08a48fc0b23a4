"""The fields of a request for content, and the question they are read into.

Names, types and places are told in the real parser's words when something is wrong. The fields are those of the API's
reference and of the SDKs' requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.content import Link, Thought, Tool, ToolChoice
from mockgem.core.errors import invalid
from mockgem.dialects.common.proto_fields import (
    Read,
    anything,
    boolean,
    camel,
    double,
    enum,
    int32,
    loose,
    message,
    repeated,
    string,
    struct,
)
from mockgem.dialects.gemini.contents import CONTENT, CONTENTS, kind, system_of, turns_of
from mockgem.dialects.gemini.responses import PACKAGE, Json
from mockgem.dialects.gemini.schema import SCHEMA, VERTEX_SCHEMA, checked
from mockgem.operations.generate_request import AUTO, NO_EXTRAS, NO_THOUGHT, USUAL_SAMPLING, Extras, Generate, Sampling

ABILITIES = ("google_search", "code_execution", "url_context", "google_maps", "file_search")
OTHER_TOOLS = """google_search_retrieval computer_use mcp_servers retrieval enterprise_web_search parallel_ai_search
    exa_ai_search""".split()
MODES = ("mode_unspecified", "auto", "any", "none", "validated")
CALLING = kind(
    "FunctionCallingConfig",
    mode=enum(PACKAGE + "FunctionCallingConfig.Mode", *MODES),
    allowed_function_names=repeated(string),
    stream_function_call_arguments=boolean,
)
TOOL_CONFIG = kind(
    "ToolConfig", function_calling_config=CALLING, retrieval_config=struct, include_server_side_tool_invocations=boolean
)
LEVELS = ("thinking_level_unspecified", "minimal", "low", "medium", "high", "xhigh")
THINKING = kind(
    "ThinkingConfig",
    include_thoughts=boolean,
    thinking_budget=int32,
    thinking_level=enum(PACKAGE + "ThinkingConfig.ThinkingLevel", *LEVELS),
)
VOICE = kind(
    "VoiceConfig",
    voice=string,
    prebuilt_voice_config=kind("PrebuiltVoiceConfig", voice_name=string),
    replicated_voice_config=anything,
)
SPEECH = kind(
    "SpeechConfig",
    voice_config=VOICE,
    language_code=string,
    multi_speaker_voice_config=kind(
        "MultiSpeakerVoiceConfig",
        speaker_voice_configs=repeated(kind("SpeakerVoiceConfig", speaker=string, voice_config=VOICE)),
    ),
)
IMAGE = kind(
    "ImageConfig",
    aspect_ratio=string,
    image_size=string,
    person_generation=string,
    prominent_people=string,
    output_mime_type=string,
    output_compression_quality=int32,
    image_output_options=anything,
)
RESOLUTIONS = tuple(f"media_resolution_{one}" for one in ("unspecified", "low", "medium", "high", "ultra_high"))
CATEGORIES = ("unspecified", "derogatory", "toxicity", "violence", "sexual", "medical", "dangerous", "harassment")
MORE_CATEGORIES = ("hate_speech", "sexually_explicit", "dangerous_content", "civic_integrity", "jailbreak", "image_hate")
IMAGE_CATEGORIES = ("image_dangerous_content", "image_harassment", "image_sexually_explicit")
THRESHOLDS = ("block_low_and_above", "block_medium_and_above", "block_only_high", "block_none", "off")
SAFETY = kind(
    "SafetySetting",
    category=enum(
        PACKAGE + "HarmCategory",
        *[f"harm_category_{one}" for one in CATEGORIES + MORE_CATEGORIES + IMAGE_CATEGORIES],
    ),
    threshold=enum(PACKAGE + "SafetySetting.HarmBlockThreshold", "harm_block_threshold_unspecified", *THRESHOLDS),
    method=string,
)


def tool_kind(schema: Read) -> Read:
    """A tool whose functions are described by this kind of schema."""
    declaration = kind(
        "FunctionDeclaration",
        name=string,
        description=string,
        parameters=schema,
        parameters_json_schema=anything,
        response=schema,
        response_json_schema=anything,
        behavior=enum(PACKAGE + "FunctionDeclaration.Behavior", "unspecified", "blocking", "non_blocking"),
    )
    others = {
        name: loose(f"{PACKAGE}Tool.{camel(name)[0].upper()}{camel(name)[1:]}") for name in (*ABILITIES, *OTHER_TOOLS)
    }
    others["mcp_servers"] = anything
    return message(PACKAGE + "Tool", {"function_declarations": repeated(declaration), **others})


def config_kind(schema: Read) -> Read:
    return kind(
        "GenerationConfig",
        candidate_count=int32,
        stop_sequences=repeated(string),
        max_output_tokens=int32,
        temperature=double,
        top_p=double,
        top_k=double,
        seed=int32,
        presence_penalty=double,
        frequency_penalty=double,
        response_mime_type=string,
        response_schema=schema,
        response_json_schema=anything,
        response_format=anything,
        response_modalities=repeated(
            enum(PACKAGE + "GenerationConfig.Modality", "modality_unspecified", "text", "image", "audio", "video")
        ),
        thinking_config=THINKING,
        response_logprobs=boolean,
        logprobs=int32,
        enable_enhanced_civic_answers=boolean,
        enable_affective_dialog=boolean,
        speech_config=SPEECH,
        image_config=IMAGE,
        media_resolution=enum(PACKAGE + "GenerationConfig.MediaResolution", *RESOLUTIONS),
        translation_config=anything,
        audio_transcription_config=anything,
        audio_timestamp=boolean,
        routing_config=anything,
        model_selection_config=anything,
        model_config=anything,
    )


def fields(schema: Read) -> dict[str, Read]:
    """The fields of a request whose schemas are of this kind."""
    return {
        "model": string,
        "contents": CONTENTS,
        "system_instruction": CONTENT,
        "tools": repeated(tool_kind(schema)),
        "tool_config": TOOL_CONFIG,
        "safety_settings": repeated(SAFETY),
        "generation_config": config_kind(schema),
        "cached_content": string,
        "service_tier": string,
        "store": boolean,
        "labels": struct,
        "continuation_token": string,
        "model_armor_config": anything,
        "generation_output_config": anything,
        "output_config": anything,
    }


TOOL = tool_kind(SCHEMA)
FIELDS = fields(SCHEMA)
VERTEX_FIELDS = fields(VERTEX_SCHEMA)
REQUEST = message(PACKAGE + "GenerateContentRequest", FIELDS)
VERTEX_REQUEST = message(PACKAGE + "GenerateContentRequest", VERTEX_FIELDS)


def check_roles(body: Mapping[str, Any]) -> None:
    """Vertex AI wants each content to tell who says it (reported); Google's own API takes one without for the user's."""
    if any(not content.get("role") for content in body.get("contents", ())):
        raise invalid("Please use a valid role: user, model.", "role", role="")


def question_of(body: Mapping[str, Any], model: str) -> Generate:
    """A body that was read, as a question. Raises ApiError where its parts don't go together."""
    config = body.get("generation_config", {})
    if "safety_settings" in body:
        check_safety(body["safety_settings"])
    json, schema = form_of(config)
    turns = turns_of(body.get("contents", ()))
    return Generate(
        model,
        turns,
        system_of(body.get("system_instruction", {})),
        tools_of(body),
        choice_of(body),
        json,
        schema,
        thought_of(config),
        sampling_of(config),
        body.get("cached_content", "").removeprefix("cachedContents/").rpartition("/")[2],
        any(isinstance(part, Link) for turn in turns for part in turn.parts),
        extras_of(body, config),
    )


USED_CATEGORIES = (
    "HATE_SPEECH",
    "SEXUALLY_EXPLICIT",
    "DANGEROUS_CONTENT",
    "HARASSMENT",
    "CIVIC_INTEGRITY",
)


def check_safety(settings: Sequence[Json]) -> None:
    """Categories of the models before Gemini are known to the parser and refused behind it (reported)."""
    listed = ", ".join([f"HarmCategory.HARM_CATEGORY_{name}" for name in USED_CATEGORIES])
    wrong = [
        f"* GenerateContentRequest.safety_settings[{place}]: element predicate failed: $.category in ({listed})\n"
        for place, one in enumerate(settings)
        if one.get("category", "").removeprefix("harm_category_") in OLD_CATEGORIES
    ]
    if wrong:
        raise invalid("".join(wrong), "safety")


OLD_CATEGORIES = ("unspecified", "derogatory", "toxicity", "violence", "sexual", "medical", "dangerous")


def tools_of(body: Mapping[str, Any]) -> tuple[Tool, ...]:
    return tuple(
        [
            Tool(
                one.get("name", ""),
                one.get("description", ""),
                parameters_of(one, f"tools[{place}].function_declarations[{n}]"),
            )
            for place, tool in enumerate(body.get("tools", ()))
            for n, one in enumerate(tool.get("function_declarations", ()))
        ]
    )


def parameters_of(declaration: Json, path: str) -> Json:
    """As JSON Schema. Raises ApiError where there are two or what is there is no object."""
    plain = declaration.get("parameters_json_schema")
    if plain is not None and "parameters" in declaration:
        raise invalid("Only one of parameters and parameters_json_schema may be set in a function declaration.", "schema")
    if plain is not None and not (isinstance(plain, dict) and isinstance(plain.get("properties") or {}, dict)):
        raise invalid("Request contains an invalid argument.", "schema")
    return plain if plain is not None else checked(declaration.get("parameters", {}), f"{path}.parameters")


def choice_of(body: Mapping[str, Any]) -> ToolChoice:
    """VALIDATED leaves it to the model, as AUTO does. Raises ApiError where names are given without ANY."""
    calling = body.get("tool_config", {}).get("function_calling_config", {})
    mode: Any = CHOICES[calling.get("mode", "auto")]
    names = tuple(calling.get("allowed_function_names", ()))
    if names and calling.get("mode") not in ("any", "validated"):
        raise invalid(
            "* GenerateContentRequest.tool_config.function_calling_config.allowed_function_names: "
            "allowed_function_names should only be set when mode is ANY or VALIDATED.\n",
            "allowed_names",
        )
    return AUTO if mode == "auto" and not names else ToolChoice(mode, names)


CHOICES = {"mode_unspecified": "auto", "auto": "auto", "validated": "auto", "any": "any", "none": "none"}
PLAIN, JSON, ENUM = "text/plain", "application/json", "text/x.enum"


def form_of(config: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether JSON is asked for, and of which form."""
    mime_type = config.get("response_mime_type", "")
    plain = config.get("response_json_schema")
    if plain is not None and "response_schema" in config:
        raise invalid("Only one of response_schema and response_json_schema may be set.", "schema")
    schema = plain
    if "response_schema" in config:
        schema = checked(config["response_schema"], "generation_config.response_schema", filled=True)
    if mime_type not in ("", PLAIN, JSON, ENUM, "application/xml", "application/yaml"):
        allowed = "`text/plain`, `application/json`, `application/xml`, `application/yaml` and `text/x.enum`"
        words = f"* GenerateContentRequest.generation_config.response_mime_type: allowed mimetypes are {allowed}.\n"
        raise invalid(words, "mime_type")
    if schema is not None and mime_type not in (JSON, ENUM):
        raise invalid(
            "* GenerateContentRequest.generation_config.response_schema: only allowed when response_mime_type is "
            "application/json.\n",
            "schema",
        )
    return mime_type == JSON, schema


def thought_of(config: Mapping[str, Any]) -> Thought:
    thinking = config.get("thinking_config")
    if not thinking:
        return NO_THOUGHT
    level = thinking.get("thinking_level", "").replace("thinking_level_unspecified", "")
    return Thought(thinking.get("thinking_budget"), level, "", thinking.get("include_thoughts", False))


SAMPLING = frozenset(
    """candidate_count stop_sequences max_output_tokens temperature top_p presence_penalty frequency_penalty""".split()
)


def sampling_of(config: Mapping[str, Any]) -> Sampling:
    if SAMPLING.isdisjoint(config):
        return USUAL_SAMPLING
    return Sampling(
        max_tokens=config.get("max_output_tokens"),
        stop=tuple(config.get("stop_sequences", ())),
        count=config.get("candidate_count", 1),
        temperature=config.get("temperature"),
        top_p=config.get("top_p"),
        penalized=bool(config.get("presence_penalty") or config.get("frequency_penalty")),
    )


def extras_of(body: Mapping[str, Any], config: Mapping[str, Any]) -> Extras:
    abilities = {name: tool[name] for tool in body.get("tools", ()) for name in ABILITIES if name in tool}
    if any("google_search_retrieval" in tool for tool in body.get("tools", ())):
        abilities.setdefault("google_search", {})
    found = Extras(
        abilities,
        body.get("tool_config", {}).get("include_server_side_tool_invocations", False),
        tuple([one.upper() for one in config.get("response_modalities", ())]),
        voices_of(config.get("speech_config", {})),
        config.get("image_config", {}).get("aspect_ratio", ""),
        config.get("image_config", {}).get("image_size", ""),
        config.get("response_mime_type") == ENUM,
        config.get("response_logprobs", False),
        config.get("logprobs", 0),
    )
    return NO_EXTRAS if found == NO_EXTRAS else found


def voices_of(speech: Json) -> tuple[str, ...]:
    """The voice's name; where there are several speakers, each with the voice behind a colon."""
    speakers = speech.get("multi_speaker_voice_config", {}).get("speaker_voice_configs", ())
    if speakers:
        return tuple([f"{one.get('speaker', '')}: {voice_of(one)}" for one in speakers])
    voice = voice_of(speech)
    return (voice,) if voice else ()


def voice_of(speech: Json) -> str:
    name: str = speech.get("voice_config", {}).get("prebuilt_voice_config", {}).get("voice_name", "")
    return name
