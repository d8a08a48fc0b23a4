"""Speech out and in: pieces that add up, and loudness in samples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.operations.live.messages import AudioInput, VoiceDetection
from mockgem.operations.live.speech import CHUNK_BYTES, speak, split_fragments
from mockgem.operations.live.transcript import transcribe, write_fragments
from mockgem.operations.live.voice_activity import (
    Event,
    SpeechEnd,
    SpeechStart,
    VoiceDetector,
    measure_peak,
)
from tests.live_client import make_silence, make_tone


@given(st.text(max_size=300))
def test_the_words_of_the_pieces_add_up_to_the_text(text: str) -> None:
    said = "".join([piece.text for piece in speak(text, 0, "Kore")])
    assert said == text.rstrip() or said.strip() == text.strip()
    assert "".join(split_fragments(text)) == text.rstrip() or not text.strip()


def test_audio_is_as_long_as_its_text_and_comes_in_fifths_of_a_second() -> None:
    short = [len(piece.data) for piece in speak("Hello there.", 0, "")]
    long = [len(piece.data) for piece in speak("Hello there. " * 10, 0, "")]
    assert sum(long) == 10 * sum(short)
    assert max(long) == CHUNK_BYTES


def test_another_voice_or_seed_sounds_different() -> None:
    sounds = {
        b"".join([piece.data for piece in speak("Hello, how are you?", seed, voice)])
        for seed, voice in ((0, "Kore"), (0, "Puck"), (1, "Kore"), (2, "Puck"))
    }
    assert len(sounds) > 1


def hear(pcm: bytes, rate: int = 16_000, **options: int) -> list[Event]:
    return list(VoiceDetector(VoiceDetection(**options)).feed(AudioInput(pcm, rate)))


@pytest.mark.parametrize("rate", [8_000, 16_000, 24_000, 48_000])
def test_speech_begins_and_ends_in_seconds_of_the_audio(rate: int) -> None:
    pcm = make_silence(0.4, rate) + make_tone(0.6, rate) + make_silence(1.0, rate)
    begin, end = hear(pcm, rate)
    assert begin == SpeechStart(0.4)
    assert isinstance(end, SpeechEnd)
    assert end.offset == pytest.approx(1.0)
    assert len(end.data) == len(make_tone(0.6, rate))


def test_a_short_pause_does_not_end_speech() -> None:
    word = make_tone(0.3) + make_silence(0.5)
    assert [type(one) for one in hear(word * 3 + make_silence(0.5))] == [SpeechStart, SpeechEnd]
    assert len(hear(word * 3 + make_silence(0.5), silence_ms=400)) == 6


def test_a_click_is_no_speech_where_a_prefix_is_asked_for() -> None:
    click = make_tone(0.02) + make_silence(1.0)
    assert len(hear(click)) == 2
    assert hear(click, prefix_ms=100) == []


def test_quiet_sounds_are_silence() -> None:
    assert hear(make_tone(1.0, loudness=500) + make_silence(1.0)) == []
    assert hear(make_tone(1.0, loudness=500) + make_silence(1.0), threshold=300) != []


@pytest.mark.parametrize(
    ("frame", "peak"), [(b"", 0), (b"\x01", 0), (b"\x00\x80", 32_768), (b"\xff\x7f", 32_767)]
)
def test_the_peak_of_any_bytes(frame: bytes, peak: int) -> None:
    assert measure_peak(frame) == peak


def test_the_same_audio_is_the_same_words() -> None:
    assert transcribe(b"ab" * 500, 16_000, 0) == transcribe(b"ab" * 500, 16_000, 0)
    assert transcribe(b"ab" * 500, 16_000, 0) != transcribe(b"cd" * 500, 16_000, 0)
    assert write_fragments("Hello, my name") == [" Hello,", " my", " name"]
