"""A voice assistant with the Live API. google-genai reads address and key from the environment."""

from dataclasses import dataclass, field

from google import genai
from google.genai import types

MODEL = "gemini-3.8-live"
CONFIG = {
    "response_modalities": ["AUDIO"],
    "input_audio_transcription": {},
    "output_audio_transcription": {},
    "tools": [{"function_declarations": [{"name": "set_light", "parameters": {"type": "OBJECT"}}]}],
}


@dataclass
class Turn:
    """What the model said in one turn, and what it heard."""

    audio: bytes = b""
    text: str = ""
    heard: str = ""
    calls: list[str] = field(default_factory=list)


async def talk(pcm: bytes, tools) -> Turn:
    """Send one utterance (16-bit PCM, 16 kHz) and return the model's turn. `tools` are functions by
    name."""
    turn = Turn()
    client = genai.Client()
    async with client.aio.live.connect(model=MODEL, config=CONFIG) as session:
        await session.send_realtime_input(activity_start=types.ActivityStart())
        await session.send_realtime_input(
            audio=types.Blob(data=pcm, mime_type="audio/pcm;rate=16000")
        )
        await session.send_realtime_input(activity_end=types.ActivityEnd())
        async for message in session.receive():
            if message.tool_call:
                await answer_calls(session, message.tool_call.function_calls, tools, turn)
            if message.server_content:
                read_content(message.server_content, turn)
    return turn


async def answer_calls(session, calls, tools, turn: Turn) -> None:
    responses = []
    for call in calls:
        turn.calls.append(call.name)
        result = {"result": tools[call.name](**call.args)}
        responses.append(types.FunctionResponse(id=call.id, name=call.name, response=result))
    await session.send_tool_response(function_responses=responses)


def read_content(content, turn: Turn) -> None:
    for part in (content.model_turn and content.model_turn.parts) or ():
        if part.inline_data:
            turn.audio += part.inline_data.data
    if content.output_transcription:
        turn.text += content.output_transcription.text
    if content.input_transcription:
        turn.heard += content.input_transcription.text
