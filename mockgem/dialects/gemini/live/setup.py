"""Convert the setup of a Live session to its configuration, with the service's refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.models import Model
from mockgem.core.world import World
from mockgem.dialects.gemini.generate_request import build_question
from mockgem.operations.live.messages import Compression, LiveConfig, VoiceDetection
from mockgem.operations.live.models import LiveFamily, find_family, find_live_model
from mockgem.operations.live.question import choose_speech, prepare_question
from mockgem.operations.validation.gemini_options import check_voices

THRESHOLDS = {"start_sensitivity_high": 500, "start_sensitivity_low": 2_500}
"""The loudness of speech by sensitivity (a guess: the service uses a model)."""
SILENCES = {"end_sensitivity_high": 500, "end_sensitivity_low": 1_200}
"""Milliseconds of silence that end speech, by sensitivity (a guess)."""


def decode_setup(setup: Mapping[str, Any], world: World) -> tuple[LiveConfig, LiveFamily]:
    """Return the configuration of a session.

    Raises ApiError for a model that is not a Live model, and for what the model refuses.
    """
    name = str(setup.get("model", "")).rpartition("/")[2]
    model = find_live_model(name, world)
    family = find_family(model)
    question = build_question({**setup, "model": family.writer}, family.writer)
    speaks = choose_speech(question, model, family)
    check_voices(question)
    options = question.gemini_options
    resumption = setup.get("session_resumption")
    detection = decode_detection(setup)
    config = LiveConfig(
        model=name,
        question=prepare_question(question, family, world),
        speaks=speaks,
        voice=options.voices[0] if options.voices else "",
        transcribes_input="input_audio_transcription" in setup,
        transcribes_output="output_audio_transcription" in setup,
        detection=detection,
        background_tools=find_background_tools(setup),
        resumes=resumption is not None,
        handle=(resumption or {}).get("handle", ""),
        compression=decode_compression(setup.get("context_window_compression")),
        requires_roles=model.generation > 2,
        deferred_failure=find_deferred_failure(setup, model),
    )
    return config, family


def decode_detection(setup: Mapping[str, Any]) -> VoiceDetection:
    config = setup.get("realtime_input_config", {})
    automatic = config.get("automatic_activity_detection", {})
    usual = VoiceDetection()
    silence = SILENCES.get(automatic.get("end_of_speech_sensitivity", ""), usual.silence_ms)
    return VoiceDetection(
        not automatic.get("disabled", False),
        automatic.get("prefix_padding_ms", usual.prefix_ms),
        automatic.get("silence_duration_ms", silence),
        THRESHOLDS.get(automatic.get("start_of_speech_sensitivity", ""), usual.threshold),
        config.get("activity_handling") != "no_interruption",
        setup.get("explicit_vad_signal", False),
    )


def decode_compression(config: Mapping[str, Any] | None) -> Compression | None:
    if config is None:
        return None
    window = config.get("sliding_window", {})
    return Compression(config.get("trigger_tokens", 0), window.get("target_tokens", 0))


def find_background_tools(setup: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the functions that do not block the conversation."""
    return frozenset(
        [
            function.get("name", "")
            for tool in setup.get("tools", ())
            for function in tool.get("function_declarations", ())
            if function.get("behavior") == "non_blocking"
        ]
    )


def find_deferred_failure(setup: Mapping[str, Any], model: Model) -> str:
    """Return what ends the session at its first content: 3.8 refuses affective dialog only then.

    Evidence: report-live-affective-dialog.
    """
    config = setup.get("generation_config", {})
    if model.generation > 2 and config.get("enable_affective_dialog"):
        return "Request contains an invalid argument."
    return ""
