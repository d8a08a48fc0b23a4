"""Convert a client's events from JSON: one alone, or several as `{"events": […]}`.

Evidence: sdk-google-genai-live-interactions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mockgem.core.content import Blob, Part, ToolResult, Turn
from mockgem.core.frozen import frozen
from mockgem.dialects.common.json_parser import decode_base64, parse_json
from mockgem.dialects.interactions.errors import missing_field, unsupported_value, wrong_type
from mockgem.dialects.interactions.field_readers import (
    Reader,
    boolean,
    fields,
    fields_of,
    one_of,
    text,
    text_or,
)
from mockgem.dialects.interactions.request_fields import REQUEST_FIELDS, STEPS
from mockgem.dialects.interactions.step_reader import read_turns
from mockgem.operations.live.messages import (
    AudioInput,
    ClientContent,
    ClientMessage,
    ToolResponse,
    ToolResponses,
)

Json = dict[str, Any]
PCM_TYPES = ("", "audio/pcm", "audio/l16")
"""Types of audio that arrives in pieces; other audio is a file."""
DEFAULT_RATE = 16_000
RATES = range(8_000, 192_001)
RATE = re.compile(r"rate=(\d{1,6})\b", re.ASCII)
KEYS = ("arrow_down", "arrow_left", "arrow_right", "arrow_up")
LETTERS = ("key_a", "key_d", "key_e", "key_s", "key_w", "space")
CREATION = ("model", "previous_interaction_id", "store", "system_instruction", "tools")
"""Fields of a request to create an interaction that the event has, too."""
EVENTS: Mapping[str, Mapping[str, Reader]] = {
    "interaction.create": {name: REQUEST_FIELDS[name] for name in CREATION},
    "interaction.connect": {"id": text, "background": boolean},
    "interaction.complete": {},
    "interaction.cancel": {},
    "interaction.disconnect": {},
    "input": {"content": STEPS["user_input"]["content"]},
    "user_action": {
        "action": one_of("key_down", "key_up", "key_click"),
        "input": one_of(*KEYS, *LETTERS),
    },
    "world_setup": {
        "world_prompt": text_or(fields(text=text)),
        "reference_image": fields(data=text, mime_type=text, uri=text),
    },
}
"""The fields of the events by their type."""
READERS = {kind: fields_of({"event_type": text, **inner}) for kind, inner in EVENTS.items()}


@frozen
class CreateEvent:
    """Create an interaction: the fields as the client wrote them."""

    body: Json


@frozen
class ConnectEvent:
    """Continue an interaction."""

    id: str


@frozen
class InputEvent:
    """What the user says; `pictures` alone may be frames of a camera."""

    messages: tuple[ClientMessage, ...]
    pictures: tuple[Blob, ...] = ()


@frozen
class ControlEvent:
    """Another event, by its type."""

    kind: str


ClientEvent = CreateEvent | ConnectEvent | InputEvent | ControlEvent


def decode_events(data: bytes) -> tuple[ClientEvent, ...]:
    """Return the events of a message. Raises ApiError if one of them is not valid."""
    payload = parse_json(data)
    if not isinstance(payload, dict):
        raise wrong_type(payload, "message", "", "an object")
    if "events" not in payload:
        return (decode_event(payload, ""),)
    rows = fields(events=read_list)(payload, "", "")["events"]
    return tuple([decode_event(row, f"events[{number}]") for number, row in enumerate(rows)])


def read_list(value: Any, name: str, place: str) -> list[Any]:
    if isinstance(value, list):
        return value
    raise wrong_type(value, name, place, "an array")


def decode_event(value: Any, place: str) -> ClientEvent:
    if not isinstance(value, dict):
        raise wrong_type(value, place, "", "an object")
    kind = value.get("event_type")
    if kind is None:
        raise missing_field("event_type", place)
    if not isinstance(kind, str) or kind not in READERS:
        raise unsupported_value(kind, "event_type", place, tuple(READERS))
    event = READERS[kind](value, place, "")
    decode = DECODERS.get(kind)
    return ControlEvent(kind) if decode is None else decode(event, place)


def decode_create(event: Json, place: str) -> ClientEvent:
    if not event.pop("event_type") or not event.get("model"):
        raise missing_field("model", place)
    return CreateEvent(event)


def decode_connect(event: Json, place: str) -> ClientEvent:
    if not event.get("id", "").strip():
        raise missing_field("id", place)
    return ConnectEvent(event["id"])


def decode_input(event: Json, place: str) -> ClientEvent:
    """Return what the user says.

    Nothing but samples is a piece of what a microphone hears; any other content is complete.
    """
    content = event.get("content")
    if not content:
        raise missing_field("content", place)
    if isinstance(content, str):
        return InputEvent((ClientContent(read_turns(content), True),))
    if all(is_samples(item) for item in content):
        return InputEvent(tuple([decode_samples(item) for item in content]))
    turns = read_turns(content)
    return InputEvent(tuple(list_messages(turns)), find_pictures(turns))


def is_samples(item: Json) -> bool:
    kind = item.get("mime_type", "").partition(";")[0].strip().lower()
    return item["type"] == "audio" and "data" in item and kind in PCM_TYPES


def decode_samples(item: Json) -> AudioInput:
    """Return a piece of audio: 16 bits, mono. Raises ApiError for a rate out of range."""
    match = RATE.search(item.get("mime_type", ""))
    rate = item.get("sample_rate") or item.get("rate") or int(match[1] if match else DEFAULT_RATE)
    if rate not in RATES:
        raise wrong_type(rate, "sample_rate", "content", f"{RATES.start} to {RATES.stop - 1}")
    return AudioInput(decode_base64(item["data"], "audio.data"), rate)


def list_messages(turns: Sequence[Turn]) -> Iterator[ClientMessage]:
    """Yield the results of tools, and other turns as content that asks for an answer."""
    for turn in turns:
        if isinstance(turn.parts[0], ToolResult):
            yield ToolResponses(tuple(list_responses(turn.parts)))
        else:
            yield ClientContent((turn,), True)


def list_responses(parts: Sequence[Part]) -> Iterator[ToolResponse]:
    """Yield each result with the media that follow it."""
    groups: list[list[Part]] = []
    for part in parts:
        if isinstance(part, ToolResult):
            groups.append([])
        groups[-1].append(part)
    for result, *media in groups:
        assert isinstance(result, ToolResult)
        yield ToolResponse(result, "", tuple(media))


def find_pictures(turns: Sequence[Turn]) -> tuple[Blob, ...]:
    """Return the pictures of an input that has nothing else."""
    parts = [part for turn in turns for part in turn.parts]
    pictures = [part for part in parts if isinstance(part, Blob) and is_picture(part)]
    return tuple(pictures) if len(pictures) == len(parts) else ()


def is_picture(blob: Blob) -> bool:
    return blob.mime_type.startswith("image/")


DECODERS: Mapping[str, Callable[[Json, str], ClientEvent]] = {
    "interaction.create": decode_create,
    "interaction.connect": decode_connect,
    "input": decode_input,
}
