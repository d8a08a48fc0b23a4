"""The fields of a request to create an interaction, as Google's SDKs describe them.

Evidence: sdk-google-genai-interactions, doc-interactions.
"""

from __future__ import annotations

from typing import Any

from mockgem.dialects.interactions.field_readers import (
    Reader,
    any_object,
    anything,
    boolean,
    fields,
    fields_of,
    has_type,
    integer,
    join_place,
    list_of,
    number,
    object_of,
    one_of,
    one_or_list_of,
    tagged,
    text,
    text_or,
)

RESOLUTION = one_of("low", "medium", "high", "ultra_high")
MEDIA: dict[str, Reader] = {
    "data": text,
    "mime_type": text,
    "uri": text,
    "processing": anything,
}
CONTENT: dict[str, dict[str, Reader]] = {
    "text": {"text": text, "annotations": list_of(any_object)},
    "image": {**MEDIA, "resolution": RESOLUTION},
    "audio": {**MEDIA, "channels": integer, "sample_rate": integer, "rate": integer},
    "document": {**MEDIA, "resolution": RESOLUTION},
    "video": {**MEDIA, "name": text, "resolution": RESOLUTION},
}
"""Fields of content by its type."""
RESULT: dict[str, Reader] = {"call_id": text, "signature": text, "is_error": boolean}
CALL: dict[str, Reader] = {"id": text, "signature": text}
LISTED_CONTENT = list_of(tagged(CONTENT))


def function_output(value: Any, name: str, place: str) -> Any:
    """Read the result of a function: contents, or any other JSON."""
    return LISTED_CONTENT(value, name, place) if is_list_of_contents(value) else value


def is_list_of_contents(value: Any) -> bool:
    return isinstance(value, list) and all(has_type(item, CONTENT) for item in value)


FUNCTION_RESULT: dict[str, Reader] = {**RESULT, "name": text, "result": function_output}
CONTENT_OR_RESULT = tagged(
    {**CONTENT, "function_result": FUNCTION_RESULT}, {"function_result": ("call_id", "result")}
)
CONTENTS = list_of(CONTENT_OR_RESULT)
STEPS: dict[str, dict[str, Reader]] = {
    "user_input": {"content": text_or(one_or_list_of(CONTENT_OR_RESULT))},
    "model_output": {"content": CONTENTS, "error": anything},
    "thought": {"signature": text, "summary": list_of(any_object)},
    "function_call": {**CALL, "name": text, "arguments": any_object},
    "function_result": FUNCTION_RESULT,
    "code_execution_call": {**CALL, "arguments": any_object},
    "code_execution_result": {**RESULT, "result": anything},
    "url_context_call": {**CALL, "arguments": any_object},
    "url_context_result": {**RESULT, "result": anything},
    "google_search_call": {**CALL, "arguments": any_object, "search_type": text},
    "google_search_result": {**RESULT, "result": anything},
    "google_maps_call": {**CALL, "arguments": any_object},
    "google_maps_result": {**RESULT, "result": anything},
    "file_search_call": {**CALL, "arguments": any_object},
    "file_search_result": {**RESULT, "result": anything},
    "mcp_server_tool_call": {**CALL, "name": text, "server_name": text, "arguments": any_object},
    "mcp_server_tool_result": {**RESULT, "name": text, "server_name": text, "result": anything},
    "retrieval_call": {**CALL, "arguments": any_object, "retrieval_type": text},
    "retrieval_result": {**RESULT, "result": anything},
    "tool_search_call": {**CALL, "arguments": any_object},
    "tool_search_result": {**RESULT, "result": anything},
    "processing_call": CALL,
    "processing_result": RESULT,
}
"""Fields of steps by their type."""
INPUT_ITEM = tagged(
    {**CONTENT, **STEPS},
    {
        "text": ("text",),
        "function_call": ("name",),
        "function_result": ("call_id", "result"),
    },
)
CHOICE_WORDS = one_of("auto", "any", "none", "validated")
NAMED_TOOLS = fields(mode=CHOICE_WORDS, tools=list_of(text))
TOOLS: dict[str, dict[str, Reader]] = {
    "function": {
        "name": text,
        "description": text,
        "parameters": anything,
        "defer_loading": boolean,
        "short_description": text,
    },
    "code_execution": {},
    "mcp_server": {
        "name": text,
        "url": text,
        "headers": object_of(text),
        "allowed_tools": list_of(NAMED_TOOLS),
    },
    "filesystem": {},
    "google_maps": {"enable_widget": boolean, "latitude": number, "longitude": number},
    "google_search": {
        "search_types": list_of(one_of("web_search", "image_search", "enterprise_web_search"))
    },
    "bash": {},
    "computer_use": {
        "environment": one_of("browser", "mobile", "desktop"),
        "excluded_predefined_functions": list_of(text),
        "disabled_safety_policies": list_of(text),
        "enable_prompt_injection_detection": boolean,
    },
    "file_search": {
        "file_search_store_names": list_of(text),
        "metadata_filter": text,
        "top_k": integer,
    },
    "url_context": {},
}
"""Fields of tools by their type, in the order in which the API's own error lists them."""
OTHER_TOOLS: dict[str, dict[str, Reader]] = {
    "retrieval": {
        "retrieval_types": list_of(text),
        "vertex_ai_search_config": any_object,
        "rag_store_config": any_object,
        "exa_ai_search_config": any_object,
        "parallel_ai_search_config": any_object,
    },
    "tool_search": {
        "name": text,
        "description": text,
        "execution": one_of("server", "client"),
        "parameters": anything,
    },
}
ALLOWED_TOOLS = fields(allowed_tools=NAMED_TOOLS)
SPEECH = fields(voice=text, language=text, speaker=text)
SPEAKERS = fields(speakers=list_of(SPEECH))


def tool_choice(value: object, name: str, place: str) -> object:
    """Read a word, or the tools that are allowed."""
    return (CHOICE_WORDS if isinstance(value, str) else ALLOWED_TOOLS)(value, name, place)


def speech_config(value: object, name: str, place: str) -> object:
    """Read one voice, several, or an object with the speakers."""
    has_speakers = isinstance(value, dict) and "speakers" in value
    return (SPEAKERS if has_speakers else one_or_list_of(SPEECH))(value, name, place)


GENERATION_CONFIG = fields(
    temperature=number,
    top_p=number,
    seed=integer,
    stop_sequences=list_of(text),
    max_output_tokens=integer,
    thinking_level=one_of("minimal", "low", "medium", "high", "xhigh"),
    thinking_summaries=one_of("auto", "none"),
    tool_choice=tool_choice,
    speech_config=speech_config,
    image_config=fields(aspect_ratio=text, image_size=text),
    video_config=any_object,
    transcription_config=any_object,
)
RATIOS = one_of(
    *("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"),
    *("1:8", "8:1", "1:4", "4:1"),
)
DELIVERY = one_of("inline", "uri")
RESPONSE_FORMATS: dict[str, dict[str, Reader]] = {
    "text": {"mime_type": one_of("application/json", "text/plain"), "schema": any_object},
    "audio": {
        "mime_type": one_of(
            "audio/mp3", "audio/ogg_opus", "audio/l16", "audio/wav", "audio/alaw", "audio/mulaw"
        ),
        "sample_rate": integer,
        "bit_rate": integer,
        "delivery": DELIVERY,
    },
    "image": {
        "mime_type": one_of("image/jpeg"),
        "aspect_ratio": RATIOS,
        "image_size": one_of("512", "1K", "2K", "4K"),
        "delivery": DELIVERY,
    },
    "video": {
        "aspect_ratio": one_of("16:9", "9:16"),
        "resolution": one_of("360p", "720p", "1080p", "4k"),
        "duration": text,
        "delivery": DELIVERY,
        "gcs_uri": text,
    },
}
"""Fields of response formats by their type. An object of another type is a JSON Schema."""
TYPED_FORMAT = tagged(RESPONSE_FORMATS)


def response_format(value: object, name: str, place: str) -> object:
    """Read a response format, or a JSON Schema in its place, as in older requests."""
    is_typed = has_type(value, RESPONSE_FORMATS)
    return (TYPED_FORMAT if is_typed else any_object)(value, name, place)


AGENT_CONFIGS: dict[str, dict[str, Reader]] = {
    "deep-research": {
        "thinking_summaries": one_of("auto", "none"),
        "visualization": one_of("off", "auto"),
        "collaborative_planning": boolean,
        "enable_bigquery_tool": boolean,
    },
    "antigravity": {"max_total_tokens": integer, "model": text},
    "code-mender": {
        "find_request": any_object,
        "fix_request": any_object,
        "model": text,
        "session_config": any_object,
        "session_id": text,
    },
}
TYPED_AGENT_CONFIG = tagged(AGENT_CONFIGS)
DYNAMIC_FIELDS: dict[str, Reader] = {
    "max_total_tokens": integer,
    "thinking_summaries": one_of("auto", "none"),
}
"""The fields of a dynamic configuration that mockgem uses."""


def agent_config(value: Any, name: str, place: str) -> Any:
    """Read the configuration of an agent; one of the type `dynamic` has any other fields."""
    if not has_type(value, ("dynamic",)):
        return TYPED_AGENT_CONFIG(value, name, place)
    inner = join_place(place, name)
    known = {key: value[key] for key in DYNAMIC_FIELDS if value.get(key) is not None}
    return {**value, **{key: DYNAMIC_FIELDS[key](one, key, inner) for key, one in known.items()}}


REQUEST_FIELDS: dict[str, Reader] = {
    "model": text,
    "agent": text,
    "agent_config": agent_config,
    "input": text_or(one_or_list_of(INPUT_ITEM)),
    "system_instruction": text,
    "tools": list_of(tagged({**TOOLS, **OTHER_TOOLS}, listed=TOOLS)),
    "generation_config": GENERATION_CONFIG,
    "response_format": one_or_list_of(response_format),
    "response_mime_type": text,
    "response_modalities": list_of(one_of("text", "image", "audio", "video", "document")),
    "previous_interaction_id": text,
    "stream": boolean,
    "store": boolean,
    "background": boolean,
    "service_tier": one_of("flex", "standard", "priority", "deferred"),
    "safety_settings": list_of(
        fields(
            type=text,
            threshold=one_of(
                *("block_low_and_above", "block_medium_and_above", "block_only_high"),
                *("block_none", "off"),
            ),
            method=one_of("severity", "probability"),
        )
    ),
    "labels": any_object,
    "cached_content": text,
    "continuation_token": text,
    "environment": anything,
    "webhook_config": any_object,
}
REQUEST = fields_of(REQUEST_FIELDS)
