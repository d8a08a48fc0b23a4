"""The fields of a request for content, with the names of the API's reference and of the SDKs."""

from __future__ import annotations

from mockgem.dialects.common.openapi_schema import SCHEMA, VERTEX_SCHEMA
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    any_object,
    anything,
    boolean,
    double,
    enum,
    int32,
    message,
    repeated,
    string,
    struct,
    to_camel_case,
)
from mockgem.dialects.gemini.contents import CONTENT, CONTENTS, gemini_message
from mockgem.dialects.gemini.responses import PACKAGE

ABILITIES = (
    "google_search",
    "code_execution",
    "url_context",
    "google_maps",
    "file_search",
    "computer_use",
)
OTHER_TOOLS = """google_search_retrieval mcp_servers retrieval enterprise_web_search
    parallel_ai_search exa_ai_search""".split()
CALLING_MODES = ("mode_unspecified", "auto", "any", "none", "validated")
FUNCTION_CALLING_CONFIG = gemini_message(
    "FunctionCallingConfig",
    mode=enum(PACKAGE + "FunctionCallingConfig.Mode", *CALLING_MODES),
    allowed_function_names=repeated(string),
    stream_function_call_arguments=boolean,
)
TOOL_CONFIG = gemini_message(
    "ToolConfig",
    function_calling_config=FUNCTION_CALLING_CONFIG,
    retrieval_config=struct,
    include_server_side_tool_invocations=boolean,
)
THINKING_LEVELS = ("thinking_level_unspecified", "minimal", "low", "medium", "high", "xhigh")
THINKING = gemini_message(
    "ThinkingConfig",
    include_thoughts=boolean,
    thinking_budget=int32,
    thinking_level=enum(PACKAGE + "ThinkingConfig.ThinkingLevel", *THINKING_LEVELS),
)
VOICE = gemini_message(
    "VoiceConfig",
    voice=string,
    prebuilt_voice_config=gemini_message("PrebuiltVoiceConfig", voice_name=string),
    replicated_voice_config=anything,
)
SPEECH = gemini_message(
    "SpeechConfig",
    voice_config=VOICE,
    language_code=string,
    multi_speaker_voice_config=gemini_message(
        "MultiSpeakerVoiceConfig",
        speaker_voice_configs=repeated(
            gemini_message("SpeakerVoiceConfig", speaker=string, voice_config=VOICE)
        ),
    ),
)
IMAGE = gemini_message(
    "ImageConfig",
    aspect_ratio=string,
    image_size=string,
    person_generation=string,
    prominent_people=string,
    output_mime_type=string,
    output_compression_quality=int32,
    image_output_options=gemini_message(
        "ImageOutputOptions", mime_type=string, compression_quality=int32
    ),
)
RESOLUTIONS = tuple(
    f"media_resolution_{level}" for level in ("unspecified", "low", "medium", "high", "ultra_high")
)
CATEGORIES = (
    "unspecified",
    "derogatory",
    "toxicity",
    "violence",
    "sexual",
    "medical",
    "dangerous",
    "harassment",
)
MORE_CATEGORIES = (
    "hate_speech",
    "sexually_explicit",
    "dangerous_content",
    "civic_integrity",
    "jailbreak",
    "image_hate",
)
IMAGE_CATEGORIES = ("image_dangerous_content", "image_harassment", "image_sexually_explicit")
THRESHOLDS = (
    "block_low_and_above",
    "block_medium_and_above",
    "block_only_high",
    "block_none",
    "off",
)
SAFETY = gemini_message(
    "SafetySetting",
    category=enum(
        PACKAGE + "HarmCategory",
        *[f"harm_category_{name}" for name in CATEGORIES + MORE_CATEGORIES + IMAGE_CATEGORIES],
    ),
    threshold=enum(
        PACKAGE + "SafetySetting.HarmBlockThreshold",
        "harm_block_threshold_unspecified",
        *THRESHOLDS,
    ),
    method=string,
)


MODALITIES = ("modality_unspecified", "text", "image", "audio", "video")
MODALITY = enum(PACKAGE + "GenerationConfig.Modality", *MODALITIES)


def build_tool_reader(schema: FieldReader) -> FieldReader:
    """Return the reader of a tool with this type of schema for its functions."""
    declaration = gemini_message(
        "FunctionDeclaration",
        name=string,
        description=string,
        parameters=schema,
        parameters_json_schema=anything,
        response=schema,
        response_json_schema=anything,
        behavior=enum(
            PACKAGE + "FunctionDeclaration.Behavior", "unspecified", "blocking", "non_blocking"
        ),
    )
    others = {
        name: any_object(f"{PACKAGE}Tool.{to_camel_case(name)[0].upper()}{to_camel_case(name)[1:]}")
        for name in (*ABILITIES, *OTHER_TOOLS)
    }
    others["mcp_servers"] = anything
    return message(PACKAGE + "Tool", {"function_declarations": repeated(declaration), **others})


def build_config_reader(schema: FieldReader) -> FieldReader:
    return gemini_message(
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
        response_json_schema_ordered=anything,
        response_format=anything,
        response_modalities=repeated(MODALITY),
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


def build_fields(schema: FieldReader) -> dict[str, FieldReader]:
    """Return the fields of a request with this type of schema."""
    return {
        "model": string,
        "contents": CONTENTS,
        "system_instruction": CONTENT,
        "tools": repeated(build_tool_reader(schema)),
        "tool_config": TOOL_CONFIG,
        "safety_settings": repeated(SAFETY),
        "generation_config": build_config_reader(schema),
        "cached_content": string,
        "service_tier": string,
        "store": boolean,
        "labels": struct,
        "continuation_token": string,
        "model_armor_config": anything,
        "generation_output_config": anything,
        "output_config": anything,
    }


TOOL = build_tool_reader(SCHEMA)
VERTEX_TOOL = build_tool_reader(VERTEX_SCHEMA)
FIELDS = build_fields(SCHEMA)
VERTEX_FIELDS = build_fields(VERTEX_SCHEMA)
REQUEST = message(PACKAGE + "GenerateContentRequest", FIELDS)
VERTEX_REQUEST = message(PACKAGE + "GenerateContentRequest", VERTEX_FIELDS)
