"""A chat request as it is handled: the question, and how the answer is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mockgem.core.wire import WireRequest
from mockgem.dialects.fields import read_as
from mockgem.dialects.openai.messages import conversation
from mockgem.dialects.openai.reading import chat_fields, choice_of, schema_of, thought_of, tools_of
from mockgem.dialects.payload import parse
from mockgem.operations.question import Generate


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """`asked` is the model's name as it was asked for, which the answer repeats."""

    question: Generate
    asked: str
    stream: bool = False
    include_usage: bool = False
    thought_tag: str = ""


STAND_IN = "skip_thought_signature_validator"
"""The documented stand-in for a signature, for histories from elsewhere."""

Decode = Callable[[WireRequest, Mapping[str, str]], ChatRequest]


def decoder(
    *,
    strict: bool,
    refused: frozenset[str] = frozenset(),
    aliases: Mapping[str, str] | None = None,
    signs: bool = False,
) -> Decode:
    """Reads chat requests: strictly or passing over what is unknown, without the kinds of parts that are refused.

    `aliases` are a gateway's own names for models; with `signs`, calls that come back unsigned are signed for.
    """
    fields = chat_fields(strict=strict)
    names = aliases or {}

    def decode(wire: WireRequest, params: Mapping[str, str]) -> ChatRequest:
        body = read_as(fields, parse(wire.body))
        google = body.get("extra_body", {}).get("google", {})
        talk = conversation(body.get("messages", ()), refused, STAND_IN if signs else "")
        json, schema = schema_of(body)
        stop, asked = body.get("stop", ()), body.get("model", "")
        question = Generate(
            model=names.get(asked, asked),
            turns=tuple(talk.turns),
            system="\n".join(talk.system),
            tools=tools_of(body),
            choice=choice_of(body),
            json=json,
            schema=schema,
            thinking=thought_of(body, google),
            max_tokens=body.get("max_completion_tokens", body.get("max_tokens")),
            stop=(stop,) if isinstance(stop, str) else tuple(stop),
            count=body.get("n", 1),
            temperature=body.get("temperature"),
            top_p=body.get("top_p"),
            penalized=bool(body.get("presence_penalty")),
            cached_content=google.get("cached_content", ""),
        )
        usage = body.get("stream_options", {}).get("include_usage", False)
        return ChatRequest(question, asked, body.get("stream", False), usage, google.get("thought_tag_marker", ""))

    return decode
