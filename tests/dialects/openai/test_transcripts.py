"""Transcripts in each format of a reply."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.core.content import Blob
from mockgem.dialects.common.form_data import FormFile
from mockgem.dialects.openai.audio import list_speech_events
from mockgem.dialects.openai.transcripts import (
    TranscriptionRequest,
    encode_transcription,
    find_mime_type,
    format_time,
    read_details,
    write_body,
    write_subtitles,
)
from mockgem.operations.audio import TranscribeRequest, Transcript

SPOKEN = Transcript("Hi you. Bye!", 8.0)
QUESTION = TranscribeRequest(Blob("audio/wav", b"x"))
TOKENS = {
    "type": "tokens",
    "input_tokens": 200,
    "input_token_details": {"audio_tokens": 200, "text_tokens": 0},
    "output_tokens": 3,
    "total_tokens": 203,
}
SECONDS = {"type": "duration", "seconds": 8.0}
PLAIN = {"tokens": [], "temperature": 0.0, "avg_logprob": -0.2, "compression_ratio": 1.0,
         "no_speech_prob": 0.0}  # fmt: skip
SEGMENTS = [
    {"id": 0, "seek": 0, "start": 0.0, "end": 5.09, "text": "Hi you.", **PLAIN},
    {"id": 1, "seek": 0, "start": 5.09, "end": 8.0, "text": "Bye!", **PLAIN},
]
WORDS = [
    {"word": "Hi", "start": 0.0, "end": 1.6},
    {"word": "you.", "start": 1.6, "end": 4.8},
    {"word": "Bye!", "start": 4.8, "end": 8.0},
]
SPEAKERS = [
    {"type": "transcript.text.segment", "id": "seg_000", "start": 0.0, "end": 5.09,
     "text": "Hi you.", "speaker": "A"},
    {"type": "transcript.text.segment", "id": "seg_001", "start": 5.09, "end": 8.0,
     "text": "Bye!", "speaker": "A"},
]  # fmt: skip


def write(form: str, **more: Any) -> Any:
    return write_body(TranscriptionRequest(QUESTION, form, **more), SPOKEN)


def test_each_format_of_json() -> None:
    text = SPOKEN.text
    verbose = {"task": "transcribe", "language": "english", "duration": 8.0, "text": text}
    assert write("json") == {"text": text, "usage": TOKENS}
    assert write("verbose_json") == {**verbose, "segments": SEGMENTS, "usage": SECONDS}
    both = write("verbose_json", details=("word", "segment"))
    assert both == {**verbose, "segments": SEGMENTS, "words": WORDS, "usage": SECONDS}
    assert write("verbose_json", details=("word",)) == {
        **verbose, "words": WORDS, "usage": SECONDS,
    }  # fmt: skip
    assert write("diarized_json") == {
        "task": "transcribe", "duration": 8.0, "text": text, "segments": SPEAKERS,
        "usage": SECONDS,
    }  # fmt: skip


def test_a_translation_has_no_usage() -> None:
    assert write("json", task="translate") == {"text": SPOKEN.text}
    whole = write("verbose_json", task="translate")
    assert (whole["task"], "usage" in whole) == ("translate", False)


def test_plain_texts_and_subtitles() -> None:
    assert write_subtitles("text", SPOKEN) == "Hi you. Bye!\n"
    assert write_subtitles("srt", SPOKEN) == ("1\n00:00:00,000 --> 00:00:08,000\nHi you. Bye!\n\n")
    assert write_subtitles("vtt", SPOKEN) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:08.000\nHi you. Bye!\n\n"
    )
    for form in ("text", "srt", "vtt"):
        response = encode_transcription(TranscriptionRequest(QUESTION, form), SPOKEN)
        assert response.status == 200
        assert response.headers == (("Content-Type", "text/plain; charset=utf-8"),)
        assert response.body == write_subtitles(form, SPOKEN).encode()
    response = encode_transcription(TranscriptionRequest(QUESTION, "json"), SPOKEN)
    assert isinstance(response.body, bytes)
    assert json.loads(response.body) == write("json")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "00:00:00,000"),
        (59.9994, "00:00:59,999"),
        (59.9996, "00:01:00,000"),
        (3599.5, "00:59:59,500"),
        (3661.25, "01:01:01,250"),
    ],
)
def test_times_have_hours_and_milliseconds(seconds: float, text: str) -> None:
    assert format_time(seconds, "srt") == text
    assert format_time(seconds, "vtt") == text.replace(",", ".")


def test_a_silent_recording_has_no_words() -> None:
    silent = Transcript("", 2.0)
    request = TranscriptionRequest(QUESTION, "verbose_json", details=("word", "segment"))
    written = write_body(request, silent)
    assert (written["text"], written["words"]) == ("", [])
    assert [(one["start"], one["end"]) for one in written["segments"]] == [(0.0, 0.0)]


def test_the_type_of_a_recording_is_that_of_its_part_or_its_name() -> None:
    assert find_mime_type(FormFile("a.mp3", "audio/mpeg", b"")) == "audio/mpeg"
    assert find_mime_type(FormFile("a.b.mp3", "application/octet-stream", b"")) == "audio/mp3"
    assert find_mime_type(FormFile("a.mp3", "", b"")) == "audio/mp3"


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({}, ("segment",)),
        ({"timestamp_granularities[]": ["word", "segment"]}, ("word", "segment")),
        ({"timestamp_granularities": ["word"]}, ("word",)),
        ({"timestamp_granularities[]": "word"}, ("word",)),
        ({"timestamp_granularities[]": [], "timestamp_granularities": "word"}, ("segment",)),
    ],
)
def test_the_units_whose_times_a_client_wants(body: Any, details: Any) -> None:
    assert read_details(body) == details


@pytest.mark.parametrize(
    ("size", "pieces", "tokens"),
    [(0, [], 0), (24_000, [24_000], 12), (48_001, [24_000, 24_000, 1], 25)],
)
def test_streamed_speech_comes_in_half_seconds(size: int, pieces: list[int], tokens: int) -> None:
    *deltas, done = list_speech_events(b"\0" * size)
    assert [event["type"] for event in deltas] == ["speech.audio.delta"] * len(pieces)
    assert [len(event["audio"]) for event in deltas] == [-(-n // 3) * 4 for n in pieces]
    usage = {"input_tokens": 0, "output_tokens": tokens, "total_tokens": tokens}
    assert done == {"type": "speech.audio.done", "usage": usage}
