"""Every field of a Live client's messages that Google's SDKs know is read."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.gemini.live.fields import CLIENT_MESSAGE

BLOB = {"mime_type": "audio/pcm", "data": b"a"}
SENT_BLOB = {"mime_type": "audio/pcm", "data": "YQ=="}
DETECTION = {
    "disabled": True,
    "start_of_speech_sensitivity": "start_sensitivity_high",
    "end_of_speech_sensitivity": "end_sensitivity_low",
    "prefix_padding_ms": 1,
    "silence_duration_ms": 1,
}
SETUP: dict[str, Any] = {
    "model": "m",
    "generation_config": {"temperature": 0.5},
    "system_instruction": {"parts": [{"text": "a"}]},
    "tools": [{"function_declarations": [{"name": "f"}]}],
    "safety_settings": [{"category": "harm_category_harassment"}],
    "realtime_input_config": {
        "automatic_activity_detection": DETECTION,
        "activity_handling": "no_interruption",
        "turn_coverage": "turn_includes_all_input",
        "interim_transcript_timestamp_enabled": True,
    },
    "session_resumption": {"handle": "h", "transparent": True},
    "context_window_compression": {
        "trigger_tokens": 1,
        "sliding_window": {"target_tokens": 1},
    },
    "input_audio_transcription": {"a": 1},
    "output_audio_transcription": {},
    "proactivity": {"a": 1},
    "explicit_vad_signal": True,
    "history_config": {"a": 1},
    "avatar_config": {"a": 1},
}
REALTIME: dict[str, Any] = {
    "media_chunks": [BLOB],
    "audio": BLOB,
    "video": BLOB,
    "text": "a",
    "audio_stream_end": True,
    "activity_start": {},
    "activity_end": {},
}
CONTENT = {"turns": [{"role": "user", "parts": [{"text": "a"}]}], "turn_complete": True}
RESPONSE = {
    "id": "1",
    "name": "f",
    "response": {"a": 1},
    "will_continue": True,
    "scheduling": "when_idle",
    "parts": [{"video_metadata": {}}],
}


def read(message: Any) -> Any:
    return read_as(CLIENT_MESSAGE, message)


def test_every_field_is_read() -> None:
    sent = {**REALTIME, "media_chunks": [SENT_BLOB], "audio": SENT_BLOB, "video": SENT_BLOB}
    message = {
        "setup": SETUP,
        "client_content": CONTENT,
        "realtime_input": sent,
        "tool_response": {"function_responses": [RESPONSE]},
    }
    assert read(message) == {**message, "realtime_input": REALTIME}


ENUMS = {
    ("automatic_activity_detection", "start_of_speech_sensitivity"):
        "start_sensitivity_unspecified start_sensitivity_high start_sensitivity_low",
    ("automatic_activity_detection", "end_of_speech_sensitivity"):
        "end_sensitivity_unspecified end_sensitivity_high end_sensitivity_low",
    ("activity_handling",):
        "activity_handling_unspecified start_of_activity_interrupts no_interruption",
    ("turn_coverage",):
        "turn_coverage_unspecified turn_includes_only_activity turn_includes_all_input "
        "turn_includes_audio_activity_and_all_video",
}  # fmt: skip


@pytest.mark.parametrize("path", ENUMS)
def test_every_word_of_an_enumeration_is_read_by_name_and_number(path: tuple[str, ...]) -> None:
    def build(value: Any) -> Any:
        for name in reversed(path):
            value = {name: value}
        return {"setup": {"realtime_input_config": value}}

    for number, word in enumerate(ENUMS[path].split()):
        assert read(build(word.upper())) == read(build(number)) == build(word)
    with pytest.raises(ApiError) as error:
        read(build("POEM"))
    place = ".".join(["setup.realtime_input_config", *path])
    kind = "google.ai.generativelanguage.v1main.RealtimeInputConfig."
    inner = "".join(word.capitalize() for word in path[0].split("_"))
    if len(path) > 1:
        inner += "." + ("Start" if "start" in path[1] else "End") + "Sensitivity"
    assert error.value.failure.message == (
        f"Invalid value at '{place}' (type.googleapis.com/{kind}{inner}), \"POEM\""
    )
