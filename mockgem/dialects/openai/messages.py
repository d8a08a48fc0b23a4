"""Messages into turns: what was said by whom, with tool results put to their calls by id."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mockgem.core.content import Blob, Link, Part, Text, ToolCall, ToolResult, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import value
from mockgem.dialects.common.json_parser import undecodable, unpacked

DATA_URL = re.compile(r"data:([^;,]*)((?:;[^;,]*)*),(.*)\Z", re.DOTALL)
SUFFIXES = {
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "mp3": "audio/mp3",
    "wav": "audio/wav",
}

Message = Mapping[str, Any]


@value
class Manners:
    """How a surface takes messages: the parts it refuses, what it signs unsigned calls with, media from tools or not."""

    refused: frozenset[str] = frozenset()
    stand_in: str = ""
    media_anywhere: bool = False


class Conversation:
    """Grows turn by turn, by the manners of a surface."""

    def __init__(self, manners: Manners) -> None:
        self.refused = manners.refused
        self.stand_in = manners.stand_in
        self.media_anywhere = manners.media_anywhere
        self.system: list[str] = []
        self.turns: list[Turn] = []
        self.names: dict[str, str] = {}
        self.unnamed: list[str] = []
        self.linked = False

    def hear(self, message: Message) -> None:
        role = message.get("role", "")
        say = ROLES.get(role)
        if say is None:
            raise invalid(f"Invalid role: {role}. Expected system, developer, user, assistant or tool.", "role")
        say(self, message)

    def told(self, message: Message) -> None:
        self.system.append("\n".join(text.text for text in self.texts(message)))

    def asked(self, message: Message) -> None:
        self.turns.append(Turn("user", tuple(self.parts(message))))

    def answered(self, message: Message) -> None:
        calls = [call_of(call, self.stand_in) for call in message.get("tool_calls", ())]
        self.names |= {call.id: call.name for call in calls if call.id}
        self.unnamed = [call.name for call in calls if not call.id]
        texts = [text for text in self.texts(message) if text.text]
        if texts or calls:
            self.turns.append(Turn("model", (*texts, *calls)))

    def reported(self, message: Message) -> None:
        """A tool's result. Its tool's name is found by the call's id; early ids were empty, then the order tells."""
        call_id = message.get("tool_call_id", "")
        parts = self.parts(message) if self.media_anywhere else self.texts(message)
        output = "\n".join(part.text for part in parts if isinstance(part, Text))
        media = tuple(part for part in parts if not isinstance(part, Text))
        name = self.names.get(call_id) or (self.unnamed.pop(0) if not call_id and self.unnamed else "")
        together = bool(self.turns) and any(isinstance(part, ToolResult) for part in self.turns[-1].parts)
        before = self.turns.pop().parts if together else ()
        if not name:
            place = f"contents[{len(self.turns)}].parts[{len(before)}]"
            text = f"* GenerateContentRequest.{place}.function_response.name: Name cannot be empty.\n"
            raise invalid(text, "tool_call_id", id=call_id)
        self.turns.append(Turn("user", (*before, ToolResult(name, output, call_id), *media)))

    def texts(self, message: Message) -> Sequence[Text]:
        """The text of messages that may hold nothing else."""
        found = []
        for part in self.parts(message):
            if not isinstance(part, Text):
                kinds = [part.get("type") for part in message["content"] if isinstance(part, dict)]
                kind = next(kind for kind in kinds if kind != "text")
                raise invalid(f"Invalid content part type: {kind}", "part_type", type=kind)
            found.append(part)
        return found

    def parts(self, message: Message) -> list[Part]:
        content = message.get("content", [])
        if isinstance(content, str):
            return [Text(content)]
        return [self.part(part, place) for place, part in enumerate(content)]

    def part(self, part: Any, place: int) -> Part:
        if isinstance(part, str):
            return Text(part)
        kind = part.get("type") or ("text" if "text" in part else "")
        read = PARTS.get(kind)
        if read is None or kind in self.refused:
            raise invalid(f"Invalid content part type: {kind}", "part_type", type=kind)
        found = read(part, f"contents[{len(self.turns)}].parts[{place}]")
        self.linked = self.linked or isinstance(found, Link)
        return found


ROLES: dict[str, Callable[[Conversation, Message], None]] = {
    "system": Conversation.told,
    "developer": Conversation.told,
    "user": Conversation.asked,
    "assistant": Conversation.answered,
    "model": Conversation.answered,
    "tool": Conversation.reported,
}


def conversation(messages: Sequence[Message], manners: Manners) -> Conversation:
    talk = Conversation(manners)
    for message in messages:
        talk.hear(message)
    return talk


def call_of(call: Message, stand_in: str) -> ToolCall:
    function = call.get("function", {})
    extra = call.get("extra_content", {}).get("google", {})
    args = arguments(function.get("arguments", ""))
    signature = extra.get("thought_signature", "") or stand_in
    return ToolCall(function.get("name", ""), args, call.get("id", ""), signature)


def arguments(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise invalid("Request contains an invalid argument.", "arguments")
    return value


def text_part(part: Message, path: str) -> Part:
    return Text(part.get("text", ""))


def image_part(part: Message, path: str) -> Part:
    image = part.get("image_url", {})
    return medium(image if isinstance(image, str) else image.get("url", ""), "image/jpeg", path)


def audio_part(part: Message, path: str) -> Part:
    audio = part.get("input_audio", {})
    mime_type = f"audio/{audio.get('format') or 'wav'}"
    return Blob(mime_type, data_in(audio.get("data", ""), path))


def file_part(part: Message, path: str) -> Part:
    file = part.get("file", {})
    if file.get("file_id"):
        return Link("application/pdf", file["file_id"])
    data = file.get("file_data", "")
    if not data.startswith("data:"):
        data = f"data:{guessed(file.get('filename', ''), 'application/pdf')};base64,{data}"
    found = medium(data, "application/pdf", path)
    return Blob(found.mime_type, found.data, file.get("filename", "")) if isinstance(found, Blob) else found


PARTS: dict[str, Callable[[Message, str], Part]] = {
    "text": text_part,
    "input_text": text_part,
    "image_url": image_part,
    "input_audio": audio_part,
    "file": file_part,
}


def medium(url: str, usual: str, path: str) -> Blob | Link:
    """A data URL is unpacked; any other is only named."""
    if match := DATA_URL.match(url):
        mime_type, options, data = match.groups()
        if ";base64" not in options:
            raise undecodable(data, f"{path}.inline_data.data")
        return Blob(mime_type.lower() or usual, data_in(data, path))
    if re.match(r"(https?|gs)://\S+\Z|files/", url):
        return Link(guessed(url, usual), url)
    raise invalid("Request contains an invalid argument.", "url")


def data_in(text: str, path: str) -> bytes:
    """The bytes of a part. Raises ApiError where there are none."""
    if not text.strip():
        raise invalid(f"* GenerateContentRequest.{path}.inline_data.data: must not be empty.\n", "empty_part")
    return unpacked(text, f"{path}.inline_data.data")


def guessed(name: str, usual: str) -> str:
    return SUFFIXES.get(name.partition("?")[0].rpartition(".")[2].lower(), usual)
