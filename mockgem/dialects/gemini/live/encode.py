"""Write the server's messages as JSON, with keys in the recorded order."""

from __future__ import annotations

from typing import Any, assert_never

from mockgem.core.content import ToolCall, Usage
from mockgem.core.sockets import SocketMessage
from mockgem.dialects.common.json_writer import dump_pretty
from mockgem.dialects.gemini.content_writer import render_token_details
from mockgem.operations.base64_codec import encode_base64, encode_base64_bytes
from mockgem.operations.live.messages import (
    EmptyMessage,
    GenerationComplete,
    GoAway,
    InteractionStatus,
    Interrupted,
    ModelAudio,
    ModelCode,
    ModelText,
    ResumptionUpdate,
    ServerMessage,
    SetupComplete,
    SpokenWords,
    ToolCallCancellation,
    ToolCalls,
    TurnComplete,
    VoiceActivity,
)
from mockgem.operations.live.models import LiveFamily

Json = dict[str, Any]
AUDIO_TYPE = "audio/pcm;rate=24000"
PLACEHOLDER = "mockgem-audio"


class MessageEncoder:
    """Writes the messages of one family of models: binary frames with indented JSON (recorded).

    Evidence: native-137-ws-js-should-reply-to-realtime-text-input-webs, report-live-binary-frames.
    """

    def __init__(self, family: LiveFamily) -> None:
        self.role: Json = {"role": "model"} if family.joins_transcripts else {}
        audio = self.render_audio(PLACEHOLDER, "")
        self.before_audio, self.after_audio = dump_pretty(audio).split(PLACEHOLDER.encode())

    def encode(self, message: ServerMessage) -> SocketMessage:
        if isinstance(message, ModelAudio) and not message.transcript:
            data = self.before_audio + encode_base64_bytes(message.data) + self.after_audio
        else:
            data = dump_pretty(self.render(message))
        return SocketMessage(data + b"\n")

    def render(self, message: ServerMessage) -> Json:
        match message:
            case SetupComplete():
                return {"setupComplete": {}}
            case ModelText(text, is_thought):
                part: Json = {"text": text} | ({"thought": True} if is_thought else {})
                return {"serverContent": {"modelTurn": self.render_turn(part)}}
            case ModelCode(source):
                code = {"executableCode": {"language": "PYTHON", "code": source}}
                return {"serverContent": {"modelTurn": self.render_turn(code)}}
            case ModelAudio(data, transcript):
                return self.render_audio(encode_base64(data), transcript)
            case SpokenWords(text, is_input):
                name = "inputTranscription" if is_input else "outputTranscription"
                return {"serverContent": {name: {"text": text}}}
            case ToolCalls(calls):
                return {"toolCall": {"functionCalls": [render_call(call) for call in calls]}}
            case ToolCallCancellation(ids):
                return {"toolCallCancellation": {"ids": list(ids)}}
            case _:
                return render_state(message)

    def render_turn(self, part: Json) -> Json:
        return {"parts": [part], **self.role}

    def render_audio(self, data: str, transcript: str) -> Json:
        turn = self.render_turn({"inlineData": {"mimeType": AUDIO_TYPE, "data": data}})
        words: Json = {"outputTranscription": {"text": transcript}} if transcript else {}
        return {"serverContent": {"modelTurn": turn, **words}}


def render_call(call: ToolCall) -> Json:
    """Render a call (recorded).

    Evidence: native-145-ws-dotnet-SendClientContentToolsGeminiTest.
    """
    return {"name": call.name, "args": call.args, "id": call.id}


def render_state(
    message: GenerationComplete
    | Interrupted
    | TurnComplete
    | ResumptionUpdate
    | GoAway
    | VoiceActivity
    | InteractionStatus
    | EmptyMessage,
) -> Json:
    """Render a message that has no content."""
    match message:
        case GenerationComplete():
            return {"serverContent": {"generationComplete": True}}
        case Interrupted():
            return {"serverContent": {"interrupted": True}}
        case TurnComplete(usage):
            content = {"turnComplete": True}
            return {"serverContent": content, "usageMetadata": render_usage(usage)}
        case ResumptionUpdate(handle):
            return {"sessionResumptionUpdate": {"newHandle": handle, "resumable": True}}
        case GoAway(seconds_left):
            return {"goAway": {"timeLeft": f"{round(seconds_left, 3):g}s"}}
        case VoiceActivity(is_start, offset):
            kind = "ACTIVITY_START" if is_start else "ACTIVITY_END"
            return {"voiceActivity": {"type": kind, "audioOffset": f"{offset:.3f}s"}}
        case InteractionStatus(is_idle):
            return {"serverContent": {"interactionStatus": "IDLE" if is_idle else "IN_PROGRESS"}}
        case EmptyMessage(has_content):
            return {"serverContent": {}} if has_content else {}
        case _:
            assert_never(message)


def render_usage(usage: Usage) -> Json:
    """Render the usage of a turn. Thoughts are not in the total (recorded).

    Evidence: native-148-ws-pydantic-test-text-in-audio-out-turn.
    """
    counts: Json = {"promptTokenCount": usage.prompt}
    if usage.output:
        counts["responseTokenCount"] = usage.output
    counts["totalTokenCount"] = usage.prompt + usage.output
    counts["promptTokensDetails"] = render_token_details(usage.prompt_modalities)
    if usage.output:
        counts["responseTokensDetails"] = render_token_details(usage.output_modalities)
    if usage.thoughts:
        counts["thoughtsTokenCount"] = usage.thoughts
    return counts
