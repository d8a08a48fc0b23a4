"""What the setup of a Live session chooses."""

from __future__ import annotations

from typing import Any

import pytest

from mockgem.core.errors import ApiError
from mockgem.dialects.gemini.live.setup import decode_setup
from mockgem.operations.live.messages import Compression, LiveConfig, VoiceDetection
from tests.asking import Asker

TALKS = "gemini-2.5-flash-native-audio-preview-12-2025"
LIVE_3 = "gemini-3.8-live"


def decode(model: str = TALKS, **setup: Any) -> LiveConfig:
    return decode_setup({"model": f"models/{model}", **setup}, Asker().world)[0]


def test_a_plain_setup_has_the_usual_values() -> None:
    config = decode()
    assert config.model == TALKS
    assert (config.speaks, config.voice, config.handle) == (True, "", "")
    assert config.detection == VoiceDetection()
    assert not config.transcribes_input
    assert not config.transcribes_output
    assert not config.resumes
    assert config.compression is None
    assert config.background_tools == frozenset()
    assert config.deferred_failure == ""
    assert config.question.thinking.include_thoughts, "this model shows its thoughts"


def test_transcripts_and_resumption_are_on_when_they_are_named() -> None:
    config = decode(input_audio_transcription={}, session_resumption={"handle": "h"})
    assert (config.transcribes_input, config.transcribes_output) == (True, False)
    assert (config.resumes, config.handle) == (True, "h")
    assert decode(session_resumption={}).resumes
    assert decode(output_audio_transcription={}).transcribes_output


def test_a_model_that_may_not_think_or_has_tools_shows_no_thoughts() -> None:
    def shows(config: Any, **more: Any) -> bool:
        question = decode(generation_config={"thinking_config": config}, **more).question
        return question.thinking.include_thoughts

    tools = [{"function_declarations": [{"name": "f"}]}]
    assert shows({"thinking_budget": -1})
    assert shows({"thinking_budget": 100})
    assert not shows({"thinking_budget": 0})
    assert not shows({}, tools=tools)
    assert not decode(LIVE_3).question.thinking.include_thoughts


@pytest.mark.parametrize(
    ("given", "compression"),
    [
        ({}, Compression(0, 0)),
        ({"trigger_tokens": 100}, Compression(100, 0)),
        ({"sliding_window": {"target_tokens": 5}}, Compression(0, 5)),
    ],
)
def test_a_compression_has_a_limit_and_a_target(given: Any, compression: Compression) -> None:
    assert decode(context_window_compression=given).compression == compression


def test_functions_that_do_not_block_run_in_the_background() -> None:
    functions = [
        {"name": "a", "behavior": "non_blocking"},
        {"name": "b", "behavior": "blocking"},
        {"name": "c"},
    ]
    tools = [{}, {"function_declarations": functions}]
    assert decode(tools=tools).background_tools == {"a"}


@pytest.mark.parametrize(
    ("automatic", "more", "detection"),
    [
        ({"disabled": True}, {}, VoiceDetection(False)),
        ({"prefix_padding_ms": 5}, {}, VoiceDetection(prefix_ms=5)),
        ({"silence_duration_ms": 5}, {}, VoiceDetection(silence_ms=5)),
        ({"end_of_speech_sensitivity": "end_sensitivity_low"}, {},
         VoiceDetection(silence_ms=1200)),
        ({"end_of_speech_sensitivity": "end_sensitivity_high"}, {},
         VoiceDetection(silence_ms=500)),
        ({"end_of_speech_sensitivity": "end_sensitivity_low", "silence_duration_ms": 5}, {},
         VoiceDetection(silence_ms=5)),
        ({"start_of_speech_sensitivity": "start_sensitivity_high"}, {},
         VoiceDetection(threshold=500)),
        ({"start_of_speech_sensitivity": "start_sensitivity_low"}, {},
         VoiceDetection(threshold=2500)),
        ({}, {"activity_handling": "no_interruption"}, VoiceDetection(interrupts=False)),
    ],
)  # fmt: skip
def test_how_speech_is_found(automatic: Any, more: Any, detection: VoiceDetection) -> None:
    given = {"automatic_activity_detection": automatic, **more}
    assert decode(realtime_input_config=given).detection == detection


def test_a_client_may_want_to_hear_of_activity() -> None:
    assert decode(explicit_vad_signal=True).detection == VoiceDetection(reports_activity=True)


def test_the_first_voice_speaks() -> None:
    speech = {"voice_config": {"prebuilt_voice_config": {"voice_name": "Kore"}}}
    assert decode(generation_config={"speech_config": speech}).voice == "Kore"


def test_models_that_only_speak_refuse_texts() -> None:
    assert decode(generation_config={"response_modalities": ["audio"]}).speaks
    with pytest.raises(ApiError) as error:
        decode(generation_config={"response_modalities": ["text", "audio"]})
    assert error.value.failure.message == (
        "The requested combination of response modalities (AUDIO, TEXT) is not supported by the "
        f"model. models/{TALKS} accepts the following combination of response modalities:\n"
        "* AUDIO\n"
    )


def test_only_generation_3_refuses_affective_dialog_and_needs_roles() -> None:
    dialog = {"enable_affective_dialog": True}
    late = decode(LIVE_3, generation_config=dialog)
    assert late.deferred_failure == "Request contains an invalid argument."
    assert decode(LIVE_3).deferred_failure == ""
    early = decode(generation_config=dialog)
    assert early.deferred_failure == ""
    assert (early.requires_roles, late.requires_roles) == (False, True)
