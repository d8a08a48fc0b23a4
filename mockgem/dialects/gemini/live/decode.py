"""Convert a client's messages from JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mockgem.core.content import Blob, ToolResult
from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.sockets import SocketMessage
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.gemini.contents import decode_function_response, decode_turns
from mockgem.dialects.gemini.live.fields import CLIENT_MESSAGE
from mockgem.operations.live.messages import (
    ActivityEnd,
    ActivityStart,
    AudioInput,
    AudioStreamEnd,
    ClientContent,
    ClientMessage,
    LiveConfig,
    TextInput,
    ToolResponse,
    ToolResponses,
    VideoInput,
)

DEFAULT_RATE = 16_000
RATES = range(8_000, 192_001)
"""Samples per second that audio may have; the documentation names no limits."""
RATE = re.compile(r"rate=(\d+)", re.ASCII)


@frozen
class SetupMessage:
    """The first message of a session, by its fields."""

    fields: Mapping[str, Any]


def read_message(message: SocketMessage) -> Mapping[str, Any]:
    """Return a message by its fields. Raises ApiError for JSON that does not have them."""
    payload: Mapping[str, Any] = read_as(CLIENT_MESSAGE, parse_json(message.data))
    return payload


def decode_first(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the setup. Raises ApiError for another message."""
    if list(payload) != ["setup"]:
        raise invalid("setup must be the first message and only the first", "setup_order")
    setup: Mapping[str, Any] = payload["setup"]
    return setup


def decode_message(payload: Mapping[str, Any], config: LiveConfig) -> list[ClientMessage]:
    """Return what a message says after the setup. Raises ApiError."""
    if "setup" in payload:
        raise invalid("setup must be the first message and only the first", "setup_order")
    found: list[ClientMessage] = []
    if "client_content" in payload:
        found.append(decode_content(payload["client_content"], config))
    if "realtime_input" in payload:
        found += decode_realtime(payload["realtime_input"])
    if "tool_response" in payload:
        found.append(decode_tool_response(payload["tool_response"]))
    return found


def decode_content(content: Mapping[str, Any], config: LiveConfig) -> ClientContent:
    """Return turns. Raises ApiError for one without a role, which 3.8 refuses (observed).

    Evidence: report-live-roles.
    """
    turns = content.get("turns", ())
    if config.requires_roles and any(not turn.get("role") for turn in turns):
        raise invalid("Request contains an invalid argument.", "role")
    if any(not turn.get("parts") for turn in turns):
        raise invalid("Request contains an invalid argument.", "empty_part")
    return ClientContent(tuple(decode_turns(turns)), content.get("turn_complete", False))


def decode_realtime(content: Mapping[str, Any]) -> Iterator[ClientMessage]:
    if "activity_start" in content:
        yield ActivityStart()
    blobs = [*content.get("media_chunks", ())]
    blobs += [content[name] for name in ("audio", "video") if name in content]
    for blob in blobs:
        yield decode_media(blob)
    if "text" in content:
        yield TextInput(content["text"])
    if "activity_end" in content:
        yield ActivityEnd()
    if content.get("audio_stream_end"):
        yield AudioStreamEnd()


def decode_media(blob: Mapping[str, Any]) -> ClientMessage:
    """Return a piece of audio or a picture. Raises ApiError for another type."""
    mime_type, data = str(blob.get("mime_type", "")), blob.get("data", b"")
    if mime_type.startswith("audio/") or not mime_type:
        return AudioInput(data, decode_rate(mime_type))
    if mime_type.startswith("image/"):
        return VideoInput(Blob(mime_type, data))
    raise invalid("Request contains an invalid argument.", "mime_type")


def decode_rate(mime_type: str) -> int:
    """Return the samples per second of audio. Raises ApiError for a number out of range."""
    if not (match := RATE.search(mime_type)):
        return DEFAULT_RATE
    if len(match[1]) > 6 or int(match[1]) not in RATES:
        raise invalid("Request contains an invalid argument.", "rate")
    return int(match[1])


def decode_tool_response(content: Mapping[str, Any]) -> ToolResponses:
    responses = []
    for response in content.get("function_responses", ()):
        (result, *_) = decode_function_response(response, "")
        assert isinstance(result, ToolResult)
        scheduling = response.get("scheduling", "").replace("scheduling_unspecified", "")
        responses.append(ToolResponse(result, scheduling))
    return ToolResponses(tuple(responses))
