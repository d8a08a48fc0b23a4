"""A chat request as it is handled: the question, and how the answer is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from mockgem.core.frozen import value
from mockgem.core.http import WireRequest
from mockgem.dialects.common.json_parser import parse
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.openai.chat_fields import (
    SAMPLING_FIELDS,
    chat_fields,
    choice_of,
    sampling_of,
    schema_of,
    thought_of,
    tools_of,
)
from mockgem.dialects.openai.messages import Manners, conversation
from mockgem.operations.generate_request import AUTO, NO_EXTRAS, NO_THOUGHT, USUAL_SAMPLING, Extras, Generate


@value
class ChatRequest:
    """`asked` is the model's name as it was asked for, which the answer repeats."""

    question: Generate
    asked: str
    stream: bool = False
    include_usage: bool = False
    thought_tag: str = ""


NOTHING: Mapping[str, Any] = MappingProxyType({})

Decode = Callable[[WireRequest, Mapping[str, str]], ChatRequest]


def pictures_of(body: Mapping[str, Any]) -> Extras:
    """Pictures without words, where nothing else is asked for (documented for Vertex AI)."""
    alone = [one.lower() for one in body["modalities"]] == ["image"]
    return Extras(modalities=("IMAGE",)) if alone else NO_EXTRAS


def decoder(
    *,
    strict: bool,
    manners: Manners = Manners(),  # noqa: B008 - it is frozen
    aliases: Mapping[str, str] | None = None,
) -> Decode:
    """Reads chat requests, strictly or passing over what is unknown. `aliases` are a gateway's own names for models."""
    fields = chat_fields(strict=strict)
    names = aliases or {}

    def decode(wire: WireRequest, params: Mapping[str, str]) -> ChatRequest:
        body = read_as(fields, parse(wire.body))
        google = body.get("extra_body", NOTHING).get("google", NOTHING)
        talk = conversation(body.get("messages", ()), manners)
        json, schema = schema_of(body) if "response_format" in body else (False, None)
        asked = body.get("model", "")
        question = Generate(
            names.get(asked, asked),
            tuple(talk.turns),
            "\n".join(talk.system),
            tools_of(body) if "tools" in body else (),
            choice_of(body) if "tool_choice" in body or "parallel_tool_calls" in body else AUTO,
            json,
            schema,
            thought_of(body, google) if google or "reasoning_effort" in body else NO_THOUGHT,
            USUAL_SAMPLING if SAMPLING_FIELDS.isdisjoint(body) else sampling_of(body),
            google.get("cached_content", ""),
            talk.linked,
            pictures_of(body) if "modalities" in body else NO_EXTRAS,
        )
        usage = body.get("stream_options", NOTHING).get("include_usage", False)
        return ChatRequest(question, asked, body.get("stream", False), usage, google.get("thought_tag_marker", ""))

    return decode
