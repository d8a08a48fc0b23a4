"""POST /audio/speech and /audio/transcriptions, which gateways have and Gemini's own surface has not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import Upload, fields_of
from mockgem.dialects.common.json_writer import compact
from mockgem.dialects.openai.errors import PLAIN_HEADERS, plain_error
from mockgem.operations.audio import Speak, Transcribe, Transcript, speak, transcribe

FORMATS = {"wav": "audio/wav", "pcm": "audio/pcm"}


@value
class SpeechRequest:
    """What is to be said, and as what it is sent."""

    question: Speak
    form: str


@value
class TranscriptRequest:
    """What is heard, and as what it is sent."""

    question: Transcribe
    form: str


def decode_speech(wire: WireRequest, params: Mapping[str, str]) -> SpeechRequest:
    """mp3 is what clients ask for by saying nothing; they get a WAV, and its type says so."""
    body = fields_of(wire)
    form = str(body.get("response_format", "wav"))
    if form not in FORMATS:
        raise invalid(f"Invalid value for response_format: {form!r}; mockgem speaks wav and pcm.", "response_format")
    return SpeechRequest(Speak(str(body.get("input", "")), str(body.get("voice", ""))), form)


def perform_speech(request: SpeechRequest, occasion: Any) -> Any:
    return speak(request.question, occasion)


def encode_speech(request: SpeechRequest, pcm: bytes) -> WireResponse:
    from mockgem.operations.generators.speech import wav

    data = wav(pcm) if request.form == "wav" else pcm
    return WireResponse(200, (("Content-Type", FORMATS[request.form]),), data)


def decode_transcript(wire: WireRequest, params: Mapping[str, str]) -> TranscriptRequest:
    body = fields_of(wire)
    file = body.get("file")
    if not isinstance(file, Upload):
        raise invalid("Missing required parameter: 'file', a multipart upload.", "file")
    form = str(body.get("response_format", "json"))
    if form not in ("json", "text", "verbose_json"):
        raise invalid(
            f"Invalid value for response_format: {form!r}, expected json, text or verbose_json.", "response_format"
        )
    mime_type = file.mime_type if file.mime_type.startswith("audio/") else f"audio/{file.name.rpartition('.')[2]}"
    return TranscriptRequest(Transcribe(Blob(mime_type, file.data, file.name)), form)


def perform_transcript(request: TranscriptRequest, occasion: Any) -> Any:
    return transcribe(request.question, occasion)


def encode_transcript(request: TranscriptRequest, found: Transcript) -> WireResponse:
    if request.form == "text":
        return WireResponse(200, (("Content-Type", "text/plain; charset=utf-8"),), (found.text + "\n").encode())
    body: dict[str, Any] = {"text": found.text}
    if request.form == "verbose_json":
        body = {"task": "transcribe", "language": "english", "duration": found.seconds, **body, "segments": []}
    return WireResponse(200, PLAIN_HEADERS, compact(body))


def endpoints() -> tuple[Endpoint[Any, Any], ...]:
    return (
        Endpoint(
            "POST", "/audio/speech", "Speak a text", decode_speech, perform_speech, encode_speech, plain_error, pure=False
        ),
        Endpoint(
            "POST",
            "/audio/transcriptions",
            "Write down a recording",
            decode_transcript,
            perform_transcript,
            encode_transcript,
            plain_error,
            pure=False,
        ),
    )
