"""POST /audio/speech, /audio/transcriptions and /audio/translations: only gateways have them.

Evidence: sdk-openai.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, encode_gateway_error
from mockgem.dialects.openai.gateway_completions import STREAM_HEADERS
from mockgem.operations.audio import SpeakRequest, TranscribeRequest, Transcript, speak, transcribe
from mockgem.operations.deltas import split_text

FORMATS = {"wav": "audio/wav", "pcm": "audio/pcm"}


@frozen
class SpeechRequest:
    """A text to speak, and the format of the reply."""

    question: SpeakRequest
    response_format: str
    model: str = ""
    stream: bool = False


@frozen
class TranscriptionRequest:
    """A recording to transcribe, and the format of the reply."""

    question: TranscribeRequest
    response_format: str
    model: str = ""
    stream: bool = False


def decode_speech(wire: WireRequest, params: Mapping[str, str]) -> SpeechRequest:
    """Read a request for speech.

    Clients that name no format expect mp3. They get a WAV, and the content type says so.
    """
    body = read_form_fields(wire)
    form = str(body.get("response_format", "wav"))
    if form not in FORMATS:
        raise invalid(
            f"Invalid value for response_format: {form!r}, expected wav or pcm.",
            "response_format",
        )
    question = SpeakRequest(str(body.get("input", "")), str(body.get("voice", "")))
    stream = body.get("stream_format") == "sse"
    return SpeechRequest(question, form, str(body.get("model", "")), stream)


def handle_speech(request: SpeechRequest, context: Any) -> Any:
    return speak(request.question, context)


def encode_speech(request: SpeechRequest, pcm: bytes) -> WireResponse:
    from mockgem.operations.generators.speech import encode_wav

    data = encode_wav(pcm) if request.response_format == "wav" else pcm
    if request.stream:
        return encode_events(list_speech_events(data))
    return WireResponse(200, (("Content-Type", FORMATS[request.response_format]),), data)


SPEECH_PIECE = 24_000
"""Bytes of one event of streamed speech: half a second."""


def list_speech_events(data: bytes) -> list[dict[str, Any]]:
    """Return speech in pieces, and the tokens at the end: 25 for a second (documented).

    Evidence: doc-live-tokens.
    """
    pieces = [data[at : at + SPEECH_PIECE] for at in range(0, len(data), SPEECH_PIECE)]
    events: list[dict[str, Any]] = [
        {"type": "speech.audio.delta", "audio": b64encode(piece).decode()} for piece in pieces
    ]
    tokens = len(data) * 25 // 48_000
    usage = {"input_tokens": 0, "output_tokens": tokens, "total_tokens": tokens}
    return [*events, {"type": "speech.audio.done", "usage": usage}]


def encode_events(events: list[dict[str, Any]]) -> WireResponse:
    body = encode_chunks([b"data: %b\n\n" % dump_compact(event) for event in events])
    return WireResponse(200, STREAM_HEADERS, ChunkedBody(body))


def decode_transcription(wire: WireRequest, params: Mapping[str, str]) -> TranscriptionRequest:
    body = read_form_fields(wire)
    file = body.get("file")
    if not isinstance(file, FormFile):
        raise invalid("Missing required parameter: 'file', a multipart upload.", "file")
    form = str(body.get("response_format", "json"))
    if form not in TRANSCRIPT_FORMATS:
        known = ", ".join(TRANSCRIPT_FORMATS)
        message = f"Invalid value for response_format: {form!r}, expected one of {known}."
        raise invalid(message, "response_format")
    mime_type = (
        file.mime_type
        if file.mime_type.startswith("audio/")
        else f"audio/{file.name.rpartition('.')[2]}"
    )
    question = TranscribeRequest(Blob(mime_type, file.data, file.name))
    stream = str(body.get("stream", "")).lower() == "true"
    return TranscriptionRequest(question, form, str(body.get("model", "")), stream)


TRANSCRIPT_FORMATS = ("json", "text", "verbose_json", "srt", "vtt")


def model_of(request: SpeechRequest | TranscriptionRequest) -> str:
    return request.model


def handle_transcription(request: TranscriptionRequest, context: Any) -> Any:
    return transcribe(request.question, context)


def encode_transcription(request: TranscriptionRequest, transcript: Transcript) -> WireResponse:
    if request.stream:
        return encode_events(list_transcript_events(transcript))
    if request.response_format in ("text", "srt", "vtt"):
        text = write_subtitles(request.response_format, transcript)
        return WireResponse(200, (("Content-Type", "text/plain; charset=utf-8"),), text.encode())
    body: dict[str, Any] = {"text": transcript.text}
    if request.response_format == "verbose_json":
        body = {
            "task": "transcribe",
            "language": "english",
            "duration": transcript.seconds,
            **body,
            "segments": [],
        }
    return WireResponse(200, GATEWAY_HEADERS, dump_compact(body))


def write_subtitles(form: str, transcript: Transcript) -> str:
    """Return a transcript as plain text, or as one subtitle for its whole length."""
    if form == "text":
        return transcript.text + "\n"
    start, end = format_time(0.0, form), format_time(transcript.seconds, form)
    cue = f"{start} --> {end}\n{transcript.text}\n\n"
    return f"1\n{cue}" if form == "srt" else f"WEBVTT\n\n{cue}"


def format_time(seconds: float, form: str) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    mark = "," if form == "srt" else "."
    clock = f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}"
    return f"{clock}{mark}{rest % 1000:03}"


def list_transcript_events(transcript: Transcript) -> list[dict[str, Any]]:
    pieces = split_text(transcript.text)
    events: list[dict[str, Any]] = [
        {"type": "transcript.text.delta", "delta": piece} for piece in pieces
    ]
    return [*events, {"type": "transcript.text.done", "text": transcript.text}]


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        Endpoint(
            "POST",
            "/audio/speech",
            "Generate speech",
            decode_speech,
            handle_speech,
            encode_speech,
            encode_gateway_error,
            model_of,
            pure=False,
            scenario="audio",
            uses_quota=True,
        ),
        Endpoint(
            "POST",
            "/audio/transcriptions",
            "Transcribe a recording",
            decode_transcription,
            handle_transcription,
            encode_transcription,
            encode_gateway_error,
            model_of,
            pure=False,
            scenario="audio",
            uses_quota=True,
        ),
        Endpoint(
            "POST",
            "/audio/translations",
            "Transcribe a recording in English",
            decode_transcription,
            handle_transcription,
            encode_transcription,
            encode_gateway_error,
            model_of,
            pure=False,
            scenario="audio",
            uses_quota=True,
        ),
    )
