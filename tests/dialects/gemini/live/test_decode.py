"""Messages of a client after the setup of a Live session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mockgem.core.content import Blob, Text
from mockgem.core.errors import ApiError
from mockgem.core.sockets import SocketMessage
from mockgem.dialects.gemini.live.decode import decode_first, decode_message, read_message
from mockgem.dialects.gemini.live.encode import render_state
from mockgem.dialects.gemini.live.setup import decode_setup
from mockgem.operations.live.messages import (
    ActivityEnd,
    ActivityStart,
    AudioInput,
    AudioStreamEnd,
    ClientContent,
    GoAway,
    InteractionStatus,
    Interrupted,
    LiveConfig,
    ResumptionUpdate,
    TextInput,
    ToolResponses,
    VideoInput,
    VoiceActivity,
)
from tests.asking import Asker

TALKS = "models/gemini-2.5-flash-native-audio-preview-12-2025"
LIVE_3 = "models/gemini-3.8-live"
ORDER = "setup must be the first message and only the first"
ARGUMENT = "Request contains an invalid argument."


def configure(model: str = TALKS) -> LiveConfig:
    return decode_setup({"model": model}, Asker().world)[0]


def decode(payload: Mapping[str, Any], model: str = TALKS) -> list[Any]:
    return decode_message(payload, configure(model))


def refuse(function: Any, *values: Any) -> str:
    with pytest.raises(ApiError) as error:
        function(*values)
    return error.value.failure.message


def test_the_first_message_alone_is_the_setup() -> None:
    assert decode_first({"setup": {"model": "m"}}) == {"model": "m"}
    for payload in ({}, {"client_content": {}}, {"setup": {}, "client_content": {}}):
        assert refuse(decode_first, payload) == ORDER
    assert refuse(decode, {"setup": {}}) == ORDER


def test_a_message_is_read_by_its_fields() -> None:
    message = SocketMessage(b'{"realtimeInput": {"text": "Hi", "audioStreamEnd": true}}')
    assert read_message(message) == {"realtime_input": {"text": "Hi", "audio_stream_end": True}}
    bad = SocketMessage(b'{"realtimeInput": {"poem": 1}}')
    assert "Unknown name" in refuse(read_message, bad)


def test_turns_are_added_to_the_history() -> None:
    turn = {"role": "user", "parts": [{"text": "Hi"}]}
    (content,) = decode({"client_content": {"turns": [turn], "turn_complete": True}})
    assert isinstance(content, ClientContent)
    assert content.is_complete
    assert [(one.role, one.parts) for one in content.turns] == [("user", (Text("Hi"),))]
    (content,) = decode({"client_content": {}})
    assert content == ClientContent((), False)


def test_a_turn_needs_parts_and_on_generation_3_a_role() -> None:
    empty = {"client_content": {"turns": [{"role": "user", "parts": []}]}}
    assert refuse(decode, empty) == ARGUMENT
    nameless = {"client_content": {"turns": [{"parts": [{"text": "Hi"}]}]}}
    assert len(decode(nameless)) == 1
    assert refuse(decode, nameless, LIVE_3) == ARGUMENT


def test_what_comes_in_real_time_keeps_its_order() -> None:
    audio = {"mime_type": "audio/pcm;rate=8000", "data": b"a"}
    picture = {"mime_type": "image/png", "data": b"p"}
    found = decode(
        {
            "realtime_input": {
                "activity_end": {},
                "audio": audio,
                "audio_stream_end": True,
                "media_chunks": [picture],
                "text": "Hi",
                "video": picture,
                "activity_start": {},
            }
        }
    )
    image = VideoInput(Blob("image/png", b"p"))
    assert found == [
        ActivityStart(), image, AudioInput(b"a", 8000), image, TextInput("Hi"), ActivityEnd(),
        AudioStreamEnd(),
    ]  # fmt: skip
    assert decode({"realtime_input": {"audio_stream_end": False}}) == []


@pytest.mark.parametrize(
    ("mime_type", "rate"),
    [
        ("", 16_000),
        ("audio/pcm", 16_000),
        ("audio/pcm;rate=8000", 8_000),
        ("audio/pcm;rate=192000", 192_000),
    ],
)
def test_audio_has_16000_samples_per_second_or_what_it_says(mime_type: str, rate: int) -> None:
    blob = {"mime_type": mime_type, "data": b"a"}
    assert decode({"realtime_input": {"audio": blob}}) == [AudioInput(b"a", rate)]


@pytest.mark.parametrize(
    "mime_type",
    ["text/plain", "video/mp4", "audio/pcm;rate=7999", "audio/pcm;rate=192001",
     "audio/pcm;rate=0008000", "audio/pcm;rate=0"],
)  # fmt: skip
def test_other_media_are_refused(mime_type: str) -> None:
    blob = {"mime_type": mime_type, "data": b"a"}
    assert refuse(decode, {"realtime_input": {"audio": blob}}) == ARGUMENT


def test_results_of_tools_say_when_the_model_speaks_about_them() -> None:
    results = [
        {"id": "1", "name": "f", "response": {"output": "r"}, "scheduling": "silent"},
        {"id": "2", "name": "g", "response": {}, "scheduling": "scheduling_unspecified"},
    ]
    (found,) = decode({"tool_response": {"function_responses": results}})
    assert isinstance(found, ToolResponses)
    assert [(one.result.id, one.result.output, one.scheduling) for one in found.responses] == [
        ("1", "r", "silent"),
        ("2", "{}", ""),
    ]


@pytest.mark.parametrize(
    ("message", "rendered"),
    [
        (Interrupted(), {"serverContent": {"interrupted": True}}),
        (ResumptionUpdate("h"), {"sessionResumptionUpdate": {"newHandle": "h", "resumable": True}}),
        (GoAway(59.5004), {"goAway": {"timeLeft": "59.5s"}}),
        (GoAway(60.0), {"goAway": {"timeLeft": "60s"}}),
        (VoiceActivity(True, 1.25),
         {"voiceActivity": {"type": "ACTIVITY_START", "audioOffset": "1.250s"}}),
        (VoiceActivity(False, 0.0),
         {"voiceActivity": {"type": "ACTIVITY_END", "audioOffset": "0.000s"}}),
        (InteractionStatus(True), {"serverContent": {"interactionStatus": "IDLE"}}),
        (InteractionStatus(False), {"serverContent": {"interactionStatus": "IN_PROGRESS"}}),
    ],
)  # fmt: skip
def test_messages_without_content(message: Any, rendered: Any) -> None:
    assert render_state(message) == rendered
