"""POST /audio/speech and /audio/transcriptions: only gateways have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, encode_gateway_error
from mockgem.operations.audio import SpeakRequest, TranscribeRequest, Transcript, speak, transcribe

FORMATS = {"wav": "audio/wav", "pcm": "audio/pcm"}


@frozen
class SpeechRequest:
    """A text to speak, and the format of the reply."""

    question: SpeakRequest
    response_format: str
    model: str = ""


@frozen
class TranscriptionRequest:
    """A recording to transcribe, and the format of the reply."""

    question: TranscribeRequest
    response_format: str
    model: str = ""


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
    return SpeechRequest(question, form, str(body.get("model", "")))


def handle_speech(request: SpeechRequest, context: Any) -> Any:
    return speak(request.question, context)


def encode_speech(request: SpeechRequest, pcm: bytes) -> WireResponse:
    from mockgem.operations.generators.speech import encode_wav

    data = encode_wav(pcm) if request.response_format == "wav" else pcm
    return WireResponse(200, (("Content-Type", FORMATS[request.response_format]),), data)


def decode_transcription(wire: WireRequest, params: Mapping[str, str]) -> TranscriptionRequest:
    body = read_form_fields(wire)
    file = body.get("file")
    if not isinstance(file, FormFile):
        raise invalid("Missing required parameter: 'file', a multipart upload.", "file")
    form = str(body.get("response_format", "json"))
    if form not in ("json", "text", "verbose_json"):
        raise invalid(
            f"Invalid value for response_format: {form!r}, expected json, text or verbose_json.",
            "response_format",
        )
    mime_type = (
        file.mime_type
        if file.mime_type.startswith("audio/")
        else f"audio/{file.name.rpartition('.')[2]}"
    )
    question = TranscribeRequest(Blob(mime_type, file.data, file.name))
    return TranscriptionRequest(question, form, str(body.get("model", "")))


def model_of(request: SpeechRequest | TranscriptionRequest) -> str:
    return request.model


def handle_transcription(request: TranscriptionRequest, context: Any) -> Any:
    return transcribe(request.question, context)


def encode_transcription(request: TranscriptionRequest, transcript: Transcript) -> WireResponse:
    if request.response_format == "text":
        return WireResponse(
            200, (("Content-Type", "text/plain; charset=utf-8"),), (transcript.text + "\n").encode()
        )
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
    )
