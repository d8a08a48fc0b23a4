"""Convert messages to turns and match tool results with their calls by id."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from mockgem.core.content import Blob, Link, Part, Text, ToolCall, ToolResult, Turn
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.dialects.common.json_parser import base64_error, decode_base64

DATA_URL = re.compile(r"data:([^;,]*)((?:;[^;,]*)*),(.*)\Z", re.DOTALL)
MIME_TYPES_BY_SUFFIX = {
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


@frozen
class MessageRules:
    """How a surface reads messages.

    Attributes:
        refused_parts: Types of parts that the surface refuses.
        stand_in_signature: The signature for calls without one.
        allows_tool_media: Whether tool results can contain media.
        allows_unknown_calls: Whether results can belong to calls of an earlier request.
        reads_cloud_storage: Whether links to Cloud Storage (gs://) are valid.
    """

    refused_parts: frozenset[str] = frozenset()
    stand_in_signature: str = ""
    allows_tool_media: bool = False
    allows_unknown_calls: bool = False
    reads_cloud_storage: bool = True


class ConversationBuilder:
    """Builds a conversation turn by turn, by the rules of a surface."""

    def __init__(self, message_rules: MessageRules) -> None:
        self.refused_parts = message_rules.refused_parts
        self.stand_in_signature = message_rules.stand_in_signature
        self.allows_tool_media = message_rules.allows_tool_media
        self.allows_unknown_calls = message_rules.allows_unknown_calls
        self.reads_cloud_storage = message_rules.reads_cloud_storage
        self.system: list[str] = []
        self.turns: list[Turn] = []
        self.results: list[Part] = []
        """The parts of a turn with results that the next message may still extend."""
        self.call_names: dict[str, str] = {}
        self.calls_without_id: list[str] = []
        self.has_links = False

    def add_message(self, message: Message) -> None:
        role = message.get("role", "")
        handle = ROLE_HANDLERS.get(role)
        if handle is None:
            raise invalid(
                f"Invalid role: {role}. Expected system, developer, user, assistant or tool.",
                "role",
            )
        handle(self, message)

    def add_text(self, role: Role, text: str) -> None:
        """Add a message that is nothing but a text, as most are."""
        if role == "model":
            self.calls_without_id = []
        if self.results:
            self.end_results()
        self.turns.append(Turn(role, (Text(text),)))

    def add_system(self, message: Message) -> None:
        self.system.append("\n".join(text.text for text in self.collect_texts(message)))

    def add_user(self, message: Message) -> None:
        content = message.get("content")
        parts = (Text(content),) if type(content) is str else tuple(self.decode_parts(message))
        self.end_results()
        self.turns.append(Turn("user", parts))

    def add_assistant(self, message: Message) -> None:
        content = message.get("content")
        if type(content) is str and content and "tool_calls" not in message:
            self.add_text("model", content)
            return
        calls = [
            decode_call(call, self.stand_in_signature) for call in message.get("tool_calls", ())
        ]
        self.call_names |= {call.id: call.name for call in calls if call.id}
        self.calls_without_id = [call.name for call in calls if not call.id]
        texts = [text for text in self.collect_texts(message) if text.text]
        if texts or calls:
            self.end_results()
            self.turns.append(Turn("model", (*texts, *calls)))

    def add_tool_result(self, message: Message) -> None:
        """Add a tool's result.

        The call's id gives the tool's name. Early models sent empty ids; then the order decides.
        """
        call_id = message.get("tool_call_id", "")
        parts = (
            self.decode_parts(message) if self.allows_tool_media else self.collect_texts(message)
        )
        output = "\n".join(part.text for part in parts if isinstance(part, Text))
        media = tuple(part for part in parts if not isinstance(part, Text))
        name = self.call_names.get(call_id) or (
            self.calls_without_id.pop(0) if not call_id and self.calls_without_id else ""
        )
        if not name and not self.allows_unknown_calls:
            place = f"contents[{len(self.turns)}].parts[{len(self.results)}]"
            text = (
                f"* GenerateContentRequest.{place}.function_response.name: Name cannot be empty.\n"
            )
            raise invalid(text, "tool_call_id")
        self.results += [ToolResult(name, output, call_id), *media]

    def end_results(self) -> None:
        """Make one turn of the results so far."""
        if self.results:
            self.turns.append(Turn("user", tuple(self.results)))
            self.results = []

    def collect_texts(self, message: Message) -> Sequence[Text]:
        """Return the text of a message that can contain only text."""
        texts = []
        for part in self.decode_parts(message):
            if not isinstance(part, Text):
                kinds = [part.get("type") for part in message["content"] if isinstance(part, dict)]
                kind = next(kind for kind in kinds if kind != "text")
                raise invalid(f"Invalid content part type: {kind}", "part_type")
            texts.append(part)
        return texts

    def decode_parts(self, message: Message) -> list[Part]:
        content = message.get("content", [])
        if isinstance(content, str):
            return [Text(content)]
        return [self.decode_part(part, place) for place, part in enumerate(content)]

    def decode_part(self, part: Any, place: int) -> Part:
        if isinstance(part, str):
            return Text(part)
        kind = part.get("type") or ("text" if "text" in part else "")
        read = PART_DECODERS.get(kind)
        if read is None or kind in self.refused_parts:
            raise invalid(f"Invalid content part type: {kind}", "part_type")
        turn = len(self.turns) + bool(self.results)
        decoded = read(part, f"contents[{turn}].parts[{place}]")
        if isinstance(decoded, Link):
            self.add_link(decoded)
        return decoded

    def add_link(self, link: Link) -> None:
        """Note that the conversation has a link.

        Raises:
            ApiError: The surface cannot read Cloud Storage (reported).

        Evidence: report-foreign-file-uri.
        """
        if not self.reads_cloud_storage and link.uri.startswith("gs://"):
            raise invalid(f"Invalid or unsupported file uri: {link.uri[:200]}", "file_uri")
        self.has_links = True


ROLE_HANDLERS: dict[str, Callable[[ConversationBuilder, Message], None]] = {
    "system": ConversationBuilder.add_system,
    "developer": ConversationBuilder.add_system,
    "user": ConversationBuilder.add_user,
    "assistant": ConversationBuilder.add_assistant,
    "model": ConversationBuilder.add_assistant,
    "tool": ConversationBuilder.add_tool_result,
}


Role = Literal["user", "model"]
PLAIN_ROLES: dict[str, Role] = {"user": "user", "assistant": "model", "model": "model"}
ROLE_AND_CONTENT = 2
"""The fields of a message that is nothing but a text."""


def build_conversation(
    messages: Sequence[Message], message_rules: MessageRules
) -> ConversationBuilder:
    conversation = ConversationBuilder(message_rules)
    for message in messages:
        text, role = message.get("content"), PLAIN_ROLES.get(message.get("role", ""))
        if type(text) is str and text and role and len(message) == ROLE_AND_CONTENT:
            conversation.add_text(role, text)
        else:
            conversation.add_message(message)
    conversation.end_results()
    return conversation


def decode_call(call: Message, stand_in: str) -> ToolCall:
    function = call.get("function", {})
    extra = call.get("extra_content", {}).get("google", {})
    args = parse_arguments(function.get("arguments", ""))
    signature = extra.get("thought_signature", "") or stand_in
    return ToolCall(function.get("name", ""), args, call.get("id", ""), signature)


def parse_arguments(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise invalid("Request contains an invalid argument.", "arguments")
    return value


def decode_text(part: Message, path: str) -> Part:
    return Text(part.get("text", ""))


def decode_image(part: Message, path: str) -> Part:
    image = part.get("image_url", {})
    return decode_media_url(
        image if isinstance(image, str) else image.get("url", ""), "image/jpeg", path
    )


def decode_audio(part: Message, path: str) -> Part:
    audio = part.get("input_audio", {})
    mime_type = f"audio/{audio.get('format') or 'wav'}"
    return Blob(mime_type, decode_data(audio.get("data", ""), path))


def decode_file(part: Message, path: str) -> Part:
    file = part.get("file", {})
    if file.get("file_id"):
        return Link("application/pdf", name_file(file["file_id"]))
    data = file.get("file_data", "")
    if not data.startswith("data:"):
        data = f"data:{guess_mime_type(file.get('filename', ''), 'application/pdf')};base64,{data}"
    media = decode_media_url(data, "application/pdf", path)
    return (
        Blob(media.mime_type, media.data, file.get("filename", ""))
        if isinstance(media, Blob)
        else media
    )


def name_file(file_id: str) -> str:
    """Return Google's name of a file, also for an id as gateways write it."""
    return f"files/{file_id[5:]}" if file_id.startswith("file-") else file_id


PART_DECODERS: dict[str, Callable[[Message, str], Part]] = {
    "text": decode_text,
    "input_text": decode_text,
    "image_url": decode_image,
    "input_audio": decode_audio,
    "file": decode_file,
}


def decode_media_url(url: str, default_type: str, path: str) -> Blob | Link:
    """Decode a data URL; any other URL becomes a link."""
    if match := DATA_URL.match(url):
        mime_type, options, data = match.groups()
        if ";base64" not in options:
            raise base64_error(data, f"{path}.inline_data.data")
        return Blob(mime_type.lower() or default_type, decode_data(data, path))
    if re.match(r"(https?|gs)://\S+\Z|files/", url):
        return Link(guess_mime_type(url, default_type), url)
    raise invalid("Request contains an invalid argument.", "url")


def decode_data(text: str, path: str) -> bytes:
    """Return the bytes of a part. Raises ApiError if it has no data."""
    if not text.strip():
        raise invalid(
            f"* GenerateContentRequest.{path}.inline_data.data: must not be empty.\n", "empty_part"
        )
    return decode_base64(text, f"{path}.inline_data.data")


def guess_mime_type(name: str, default_type: str) -> str:
    return MIME_TYPES_BY_SUFFIX.get(name.partition("?")[0].rpartition(".")[2].lower(), default_type)
