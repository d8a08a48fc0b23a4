"""Every field that the API's reference and the SDKs know is read, in both spellings."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.common.proto_fields import read_as, to_camel_case
from mockgem.dialects.gemini.contents import CONTENT
from mockgem.dialects.gemini.generate_fields import (
    CALLING_MODES,
    MODALITIES,
    REQUEST,
    RESOLUTIONS,
    THINKING_LEVELS,
    VERTEX_REQUEST,
)

DATA = base64.b64encode(b"x").decode()
BLOB = {"mime_type": "image/png", "data": DATA, "display_name": "a"}
FILE = {"mime_type": "image/png", "file_uri": "https://x/y", "display_name": "a"}
DECLARATION = {
    "name": "f",
    "description": "d",
    "parameters": {"type": "OBJECT"},
    "parameters_json_schema": {},
    "response": {"type": "OBJECT"},
    "response_json_schema": {},
    "behavior": "BLOCKING",
}
ABILITIES = """google_search code_execution url_context google_maps file_search
    google_search_retrieval computer_use retrieval enterprise_web_search parallel_ai_search
    exa_ai_search""".split()
VOICE = {
    "voice": "v",
    "prebuilt_voice_config": {"voice_name": "Kore"},
    "replicated_voice_config": {},
}
GENERATION_CONFIG = {
    "candidate_count": 1,
    "stop_sequences": ["a"],
    "max_output_tokens": 1,
    "temperature": 0.5,
    "top_p": 0.5,
    "top_k": 1,
    "seed": 1,
    "presence_penalty": 0.1,
    "frequency_penalty": 0.1,
    "response_mime_type": "text/plain",
    "response_schema": {"type": "STRING"},
    "response_json_schema": {},
    "response_format": {},
    "response_modalities": [name.upper() for name in MODALITIES],
    "thinking_config": {
        "include_thoughts": True,
        "thinking_budget": 1,
        "thinking_level": "LOW",
    },
    "response_logprobs": True,
    "logprobs": 1,
    "enable_enhanced_civic_answers": True,
    "enable_affective_dialog": True,
    "speech_config": {
        "voice_config": VOICE,
        "language_code": "de",
        "multi_speaker_voice_config": {
            "speaker_voice_configs": [{"speaker": "a", "voice_config": VOICE}]
        },
    },
    "image_config": {
        "aspect_ratio": "1:1",
        "image_size": "1K",
        "person_generation": "a",
        "prominent_people": "a",
        "output_mime_type": "image/png",
        "output_compression_quality": 1,
        "image_output_options": {},
    },
    "media_resolution": "MEDIA_RESOLUTION_LOW",
    "translation_config": {},
    "audio_transcription_config": {},
    "audio_timestamp": True,
    "routing_config": {},
    "model_selection_config": {},
    "model_config": {},
}
BODY: dict[str, Any] = {
    "model": "m",
    "contents": [{"role": "user", "parts": [{"text": "a"}]}],
    "system_instruction": {"parts": [{"text": "a"}]},
    "tools": [
        {"function_declarations": [DECLARATION]},
        *[{name: {}} for name in ABILITIES],
        {"mcp_servers": []},
    ],
    "tool_config": {
        "function_calling_config": {
            "mode": "ANY",
            "allowed_function_names": ["f"],
            "stream_function_call_arguments": True,
        },
        "retrieval_config": {},
        "include_server_side_tool_invocations": True,
    },
    "safety_settings": [
        {
            "category": "HARM_CATEGORY_HARASSMENT",
            "threshold": "BLOCK_NONE",
            "method": "a",
        }
    ],
    "generation_config": GENERATION_CONFIG,
    "cached_content": "cachedContents/a",
    "service_tier": "a",
    "store": True,
    "labels": {},
    "continuation_token": "a",
    "model_armor_config": {},
    "generation_output_config": {},
    "output_config": {},
}
FUNCTION_RESPONSE_PART = {
    "inline_data": BLOB,
    "file_data": FILE,
    "media_resolution": {},
    "media_processing": {},
    "video_metadata": {},
    "document_metadata": {},
    "spreadsheet_metadata": {},
    "audio_metadata": {},
}
PARTS: list[dict[str, Any]] = [
    {"text": "a", "thought": True, "thought_signature": DATA, "part_metadata": {}},
    {"inline_data": BLOB, "video_metadata": {}, "media_resolution": {}, "media_processing": {}},
    {"file_data": FILE, "audio_transcription": {}, "speech_metadata": {}},
    {
        "function_call": {
            "id": "1",
            "name": "f",
            "args": {},
            "partial_args": [],
            "will_continue": True,
        }
    },
    {
        "function_response": {
            "id": "1",
            "name": "f",
            "response": {},
            "will_continue": True,
            "scheduling": "SILENT",
            "parts": [FUNCTION_RESPONSE_PART],
        }
    },
    {"executable_code": {"id": "1", "language": "PYTHON", "code": "a"}},
    {"code_execution_result": {"id": "1", "outcome": "OUTCOME_OK", "output": "a"}},
    {"tool_call": {"id": "1", "tool_type": "a", "args": {}}},
    {"tool_response": {"id": "1", "tool_type": "a", "response": {}}},
]


def change_keys(value: Any) -> Any:
    """Return JSON with its keys in camel case."""
    if isinstance(value, dict):
        return {to_camel_case(name): change_keys(item) for name, item in value.items()}
    return [change_keys(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("reader", [REQUEST, VERTEX_REQUEST])
@pytest.mark.parametrize("body", [BODY, change_keys(BODY)])
def test_every_field_of_a_request_is_read(reader: Any, body: Any) -> None:
    read = read_as(reader, body)
    assert read.keys() == BODY.keys()
    assert read["generation_config"].keys() == GENERATION_CONFIG.keys()
    assert read["tool_config"].keys() == BODY["tool_config"].keys()
    image, speech = (read["generation_config"][name] for name in ("image_config", "speech_config"))
    assert image.keys() == GENERATION_CONFIG["image_config"].keys()
    assert speech.keys() == GENERATION_CONFIG["speech_config"].keys()
    assert read["tools"][0]["function_declarations"][0].keys() == DECLARATION.keys()
    assert len(read["tools"]) == len(ABILITIES) + 2


@pytest.mark.parametrize("content", [{"parts": PARTS}, change_keys({"parts": PARTS})])
def test_every_field_of_a_part_is_read(content: Any) -> None:
    read = read_as(CONTENT, content)["parts"]
    for part, expected in zip(read, PARTS, strict=True):
        assert part.keys() >= expected.keys()
    call = read[4]["function_response"]
    assert call["parts"][0].keys() == FUNCTION_RESPONSE_PART.keys()


def set_value(path: str, value: str) -> dict[str, Any]:
    """Return a request with one value at a path such as tool_config.mode."""
    body: Any = value
    for name in reversed(path.split(".")):
        body = {name.removesuffix("[]"): [body] if name.endswith("[]") else body}
    return dict(body)


ENUMS = {
    "tool_config.function_calling_config.mode": CALLING_MODES,
    "generation_config.thinking_config.thinking_level": THINKING_LEVELS,
    "generation_config.media_resolution": RESOLUTIONS,
    "generation_config.response_modalities[]": MODALITIES,
    "safety_settings[].threshold": (
        "harm_block_threshold_unspecified",
        "block_low_and_above",
        "block_medium_and_above",
        "block_only_high",
        "block_none",
        "off",
    ),
    "safety_settings[].category": tuple(
        f"harm_category_{name}"
        for name in """unspecified derogatory toxicity violence sexual medical dangerous harassment
        hate_speech sexually_explicit dangerous_content civic_integrity jailbreak image_hate
        image_dangerous_content image_harassment image_sexually_explicit""".split()
    ),
}


@pytest.mark.parametrize("path", ENUMS)
def test_every_word_of_an_enumeration_is_read_and_no_other(path: str) -> None:
    for word in ENUMS[path]:
        read_as(REQUEST, set_value(path, word.upper()))
    with pytest.raises(ApiError) as refused:
        read_as(REQUEST, set_value(path, "NO_SUCH_WORD"))
    assert '"NO_SUCH_WORD"' in refused.value.failure.message
