"""POST /audio/transcriptions and /audio/translations: only gateways have them.

Evidence: sdk-openai.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mockgem.core.call import Endpoint
from mockgem.core.content import Blob
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest, WireResponse
from mockgem.dialects.common.form_data import FormFile, read_form_fields
from mockgem.dialects.common.json_writer import dump_compact
from mockgem.dialects.openai.audio import encode_events
from mockgem.dialects.openai.errors import GATEWAY_HEADERS, encode_gateway_error
from mockgem.operations.audio import TranscribeRequest, Transcript, transcribe
from mockgem.operations.deltas import split_text
from mockgem.operations.usage import AUDIO_TOKENS_PER_SECOND

Json = dict[str, Any]
FORMATS = ("json", "text", "verbose_json", "srt", "vtt", "diarized_json")


@frozen
class TranscriptionRequest:
    """A recording to transcribe, and the format of the reply.

    `task` is transcribe or translate; `details` are the units whose times the client wants.
    """

    question: TranscribeRequest
    response_format: str
    model: str = ""
    stream: bool = False
    task: str = "transcribe"
    details: tuple[str, ...] = ("segment",)


def decode_transcription(wire: WireRequest, params: Mapping[str, str]) -> TranscriptionRequest:
    return decode(wire, "transcribe")


def decode_translation(wire: WireRequest, params: Mapping[str, str]) -> TranscriptionRequest:
    return decode(wire, "translate")


def decode(wire: WireRequest, task: str) -> TranscriptionRequest:
    """Return the recording of a form. Raises ApiError (400) without one."""
    body = read_form_fields(wire)
    file = body.get("file")
    if not isinstance(file, FormFile):
        raise invalid("Missing required parameter: 'file', a multipart upload.", "file")
    form = str(body.get("response_format", "json"))
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        message = f"Invalid value for response_format: {form[:100]!r}, expected one of {known}."
        raise invalid(message, "response_format")
    return TranscriptionRequest(
        TranscribeRequest(Blob(find_mime_type(file), file.data, file.name)),
        form,
        str(body.get("model", "")),
        str(body.get("stream", "")).lower() == "true",
        task,
        read_details(body),
    )


def find_mime_type(file: FormFile) -> str:
    is_named = file.mime_type.startswith("audio/")
    return file.mime_type if is_named else f"audio/{file.name.rpartition('.')[2]}"


def read_details(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the units whose times the client wants. Raises ApiError (400) for unknown ones."""
    name = "timestamp_granularities"
    given = body.get(f"{name}[]", body.get(name)) or ["segment"]
    details = tuple([str(one) for one in (given if isinstance(given, list) else [given])])
    unknown = [one for one in details if one not in ("word", "segment")]
    if unknown:
        message = f"Invalid value for {name}: {unknown[0][:100]!r}, expected word or segment."
        raise invalid(message, name)
    return details


def model_of(request: TranscriptionRequest) -> str:
    return request.model


def handle_transcription(request: TranscriptionRequest, context: Any) -> Any:
    return transcribe(request.question, context)


def encode_transcription(request: TranscriptionRequest, transcript: Transcript) -> WireResponse:
    if request.stream:
        return encode_events(list_events(transcript))
    if request.response_format in ("text", "srt", "vtt"):
        text = write_subtitles(request.response_format, transcript)
        return WireResponse(200, (("Content-Type", "text/plain; charset=utf-8"),), text.encode())
    return WireResponse(200, GATEWAY_HEADERS, dump_compact(write_body(request, transcript)))


def write_body(request: TranscriptionRequest, transcript: Transcript) -> Json:
    """Return a transcript as JSON. A translation shows no usage, as in OpenAI's types."""
    is_translation = request.task == "translate"
    if request.response_format == "json":
        usage = {} if is_translation else {"usage": write_usage(transcript)}
        return {"text": transcript.text, **usage}
    head: Json = {"task": request.task}
    if request.response_format == "verbose_json":
        head["language"] = "english"
    body = {**head, "duration": transcript.seconds, "text": transcript.text}
    body |= write_details(request, transcript)
    length = {"type": "duration", "seconds": transcript.seconds}
    return body if is_translation else {**body, "usage": length}


def write_details(request: TranscriptionRequest, transcript: Transcript) -> Json:
    """Return the sentences and words with their times."""
    if request.response_format == "diarized_json":
        return {"segments": list_speakers(transcript)}
    written: Json = {}
    if "segment" in request.details:
        written["segments"] = list_segments(transcript)
    if "word" in request.details:
        pieces = iter_times(transcript.text.split(), transcript.seconds)
        written["words"] = [{"word": text, "start": a, "end": b} for text, a, b in pieces]
    return written


def list_segments(transcript: Transcript) -> list[Json]:
    """Return the sentences; what only a speech model knows has a plain value."""
    unknown = {"avg_logprob": -0.2, "compression_ratio": 1.0, "no_speech_prob": 0.0}
    return [
        {"id": place, "seek": 0, "start": start, "end": end, "text": text,
         "tokens": [], "temperature": 0.0, **unknown}
        for place, (text, start, end) in enumerate(iter_sentences(transcript))
    ]  # fmt: skip


def list_speakers(transcript: Transcript) -> list[Json]:
    """Return the sentences with who says them: one speaker says everything."""
    return [
        {"type": "transcript.text.segment", "id": f"seg_{place:03}", "start": start, "end": end,
         "text": text, "speaker": "A"}
        for place, (text, start, end) in enumerate(iter_sentences(transcript))
    ]  # fmt: skip


def iter_sentences(transcript: Transcript) -> Iterator[tuple[str, float, float]]:
    sentences = re.split(r"(?<=[.!?])\s+", transcript.text.strip())
    return iter_times(sentences, transcript.seconds)


def iter_times(texts: list[str], seconds: float) -> Iterator[tuple[str, float, float]]:
    """Yield texts with their begin and end in seconds, in proportion to their length."""
    total, place = sum(map(len, texts)) or 1, 0
    for text in texts:
        start, place = place, place + len(text)
        yield text, round(seconds * start / total, 2), round(seconds * place / total, 2)


def write_usage(transcript: Transcript) -> Json:
    audio, words = round(transcript.seconds * AUDIO_TOKENS_PER_SECOND), len(transcript.text.split())
    return {
        "type": "tokens",
        "input_tokens": audio,
        "input_token_details": {"audio_tokens": audio, "text_tokens": 0},
        "output_tokens": words,
        "total_tokens": audio + words,
    }


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


def list_events(transcript: Transcript) -> list[Json]:
    pieces = split_text(transcript.text)
    events: list[Json] = [{"type": "transcript.text.delta", "delta": piece} for piece in pieces]
    done = {"type": "transcript.text.done", "text": transcript.text}
    return [*events, {**done, "usage": write_usage(transcript)}]


def build_endpoints() -> tuple[Endpoint[Any, Any], ...]:
    def build(path: str, summary: str, decode: Any) -> Endpoint[Any, Any]:
        return Endpoint(
            "POST",
            path,
            summary,
            decode,
            handle_transcription,
            encode_transcription,
            encode_gateway_error,
            model_of,
            pure=False,
            scenario="audio",
            uses_quota=True,
        )

    translation = "Transcribe a recording in English"
    return (
        build("/audio/transcriptions", "Transcribe a recording", decode_transcription),
        build("/audio/translations", translation, decode_translation),
    )
