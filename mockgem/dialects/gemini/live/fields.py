"""The fields of a client's messages, with the names of the SDKs.

Evidence: sdk-google-genai.
"""

from __future__ import annotations

from mockgem.dialects.common.proto_fields import (
    any_object,
    anything,
    boolean,
    enum,
    int32,
    int64,
    repeated,
    string,
)
from mockgem.dialects.gemini.contents import BLOB, CONTENT, CONTENTS, FUNCTION_RESPONSE
from mockgem.dialects.gemini.contents import gemini_message as message
from mockgem.dialects.gemini.generate_fields import FIELDS
from mockgem.dialects.gemini.responses import PACKAGE

CONFIG = PACKAGE + "RealtimeInputConfig."
DETECTION = message(
    "RealtimeInputConfig.AutomaticActivityDetection",
    disabled=boolean,
    start_of_speech_sensitivity=enum(
        CONFIG + "AutomaticActivityDetection.StartSensitivity",
        "start_sensitivity_unspecified",
        "start_sensitivity_high",
        "start_sensitivity_low",
    ),
    end_of_speech_sensitivity=enum(
        CONFIG + "AutomaticActivityDetection.EndSensitivity",
        "end_sensitivity_unspecified",
        "end_sensitivity_high",
        "end_sensitivity_low",
    ),
    prefix_padding_ms=int32,
    silence_duration_ms=int32,
)
REALTIME_INPUT_CONFIG = message(
    "RealtimeInputConfig",
    automatic_activity_detection=DETECTION,
    activity_handling=enum(
        CONFIG + "ActivityHandling",
        "activity_handling_unspecified",
        "start_of_activity_interrupts",
        "no_interruption",
    ),
    turn_coverage=enum(
        CONFIG + "TurnCoverage",
        "turn_coverage_unspecified",
        "turn_includes_only_activity",
        "turn_includes_all_input",
        "turn_includes_audio_activity_and_all_video",
    ),
    interim_transcript_timestamp_enabled=boolean,
)
TRANSCRIPTION = any_object(PACKAGE + "AudioTranscriptionConfig")
COMPRESSION = message(
    "ContextWindowCompressionConfig",
    trigger_tokens=int64,
    sliding_window=message("ContextWindowCompressionConfig.SlidingWindow", target_tokens=int64),
)
SETUP_FIELDS = {
    "model": string,
    "generation_config": FIELDS["generation_config"],
    "system_instruction": CONTENT,
    "tools": FIELDS["tools"],
    "safety_settings": FIELDS["safety_settings"],
    "realtime_input_config": REALTIME_INPUT_CONFIG,
    "session_resumption": message("SessionResumptionConfig", handle=string, transparent=boolean),
    "context_window_compression": COMPRESSION,
    "input_audio_transcription": TRANSCRIPTION,
    "output_audio_transcription": TRANSCRIPTION,
    "proactivity": any_object(PACKAGE + "ProactivityConfig"),
    "explicit_vad_signal": boolean,
    "history_config": any_object(PACKAGE + "HistoryConfig"),
    "avatar_config": anything,
}
SETUP = message("BidiGenerateContentSetup", **SETUP_FIELDS)
CLIENT_CONTENT = message("BidiGenerateContentClientContent", turns=CONTENTS, turn_complete=boolean)
REALTIME_INPUT = message(
    "BidiGenerateContentRealtimeInput",
    media_chunks=repeated(BLOB),
    audio=BLOB,
    video=BLOB,
    text=string,
    audio_stream_end=boolean,
    activity_start=any_object(PACKAGE + "BidiGenerateContentRealtimeInput.ActivityStart"),
    activity_end=any_object(PACKAGE + "BidiGenerateContentRealtimeInput.ActivityEnd"),
)
TOOL_RESPONSE = message(
    "BidiGenerateContentToolResponse", function_responses=repeated(FUNCTION_RESPONSE)
)
CLIENT_MESSAGE = message(
    "BidiGenerateContentClientMessage",
    setup=SETUP,
    client_content=CLIENT_CONTENT,
    realtime_input=REALTIME_INPUT,
    tool_response=TOOL_RESPONSE,
)
