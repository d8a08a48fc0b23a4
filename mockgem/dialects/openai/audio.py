"""POST /audio/speech, which only gateways have.

Evidence: sdk-openai.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import ChunkedBody, WireRequest, WireResponse, encode_chunks
from mockgem.dialects.common.form_data import read_form_fields, read_text
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.errors import encode_gateway_error
from mockgem.dialects.openai.gateway_completions import STREAM_HEADERS
from mockgem.operations.audio import SpeakRequest, speak
from mockgem.operations.base64_codec import encode_base64

FORMATS = ("mp3", "opus", "aac", "flac", "wav", "pcm")


@frozen
class SpeechRequest:
    """A text to speak, and the format of the reply."""

    question: SpeakRequest
    response_format: str
    model: str
    stream: bool


def decode_speech(wire: WireRequest, params: Mapping[str, str]) -> SpeechRequest:
    """Read a request for speech.

    Gemini speaks PCM alone. Who asks for a compressed format, or for none, which means mp3, gets a
    WAV, and the content type says so. Raises ApiError (400) for a format that OpenAI does not have.
    """
    body = read_form_fields(wire)
    form = read_text(body, "response_format", "mp3")
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        message = f"Invalid value for response_format: {form[:100]!r}, expected one of {known}."
        raise invalid(message, "response_format")
    voice = body.get("voice") or ""
    question = SpeakRequest(read_text(body, "input"), str(voice))
    stream = body.get("stream_format") == "sse"
    return SpeechRequest(question, form, read_text(body, "model"), stream)


def handle_speech(request: SpeechRequest, context: Any) -> Any:
    return speak(request.question, context)


def encode_speech(request: SpeechRequest, pcm: bytes) -> WireResponse:
    from mockgem.operations.generators.speech import encode_wav

    is_raw = request.response_format == "pcm"
    data = pcm if is_raw else encode_wav(pcm)
    if request.stream:
        return encode_events(list_speech_events(data))
    return WireResponse(200, (("Content-Type", "audio/pcm" if is_raw else "audio/wav"),), data)


SPEECH_PIECE = 24_000
"""Bytes of one event of streamed speech: half a second."""


def list_speech_events(data: bytes) -> list[dict[str, Any]]:
    """Return speech in pieces, and the tokens at the end: 25 for a second (documented).

    Evidence: doc-live-tokens.
    """
    pieces = [data[at : at + SPEECH_PIECE] for at in range(0, len(data), SPEECH_PIECE)]
    events: list[dict[str, Any]] = [
        {"type": "speech.audio.delta", "audio": encode_base64(piece)} for piece in pieces
    ]
    tokens = len(data) * 25 // 48_000
    usage = {"input_tokens": 0, "output_tokens": tokens, "total_tokens": tokens}
    return [*events, {"type": "speech.audio.done", "usage": usage}]


def encode_events(events: list[dict[str, Any]]) -> WireResponse:
    body = encode_chunks([b"data: %b\n\n" % dump_compact(event) for event in events])
    return WireResponse(200, STREAM_HEADERS, ChunkedBody(body))


def model_of(request: SpeechRequest) -> str:
    return request.model


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
    )
