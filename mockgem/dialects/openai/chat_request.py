"""Decode a chat request: the question, and the form of the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from mockgem.core.errors import invalid
from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.openai.chat_fields import (
    SAMPLING_FIELDS,
    build_chat_fields,
    parse_response_format,
    parse_sampling,
    parse_thought,
    parse_tool_choice,
    parse_tools,
)
from mockgem.dialects.openai.messages import MessageRules, build_conversation
from mockgem.operations.generate_request import (
    AUTO_TOOL_CHOICE,
    DEFAULT_SAMPLING,
    DEFAULT_THINKING,
    NO_GEMINI_OPTIONS,
    GeminiOptions,
    GenerateRequest,
)


@frozen
class ChatRequest:
    """A chat request. `requested_model` is the name as the client wrote it; replies repeat it."""

    question: GenerateRequest
    requested_model: str
    stream: bool = False
    include_usage: bool = False
    thought_tag: str = ""


def check_vertex_body(body: Mapping[str, Any]) -> None:
    """Refuse a model without its publisher (google/gemini-…), and several candidates.

    Evidence: report-vertex-model-form, openai-err-vertex-n.
    """
    name, count = body.get("model", ""), body.get("n", 1)
    if 1 < count <= MAX_CANDIDATES:
        raise invalid("Only one candidate can be specified in the current model", "n_one", n=count)
    publisher, _, model = name.partition("/")
    if not publisher or not model or "/" in model or publisher == "models":
        message = (
            f"Malformed publisher model (`model`: '{name}') for the 'openapi' request endpoint ID; "
            "expected '<publisher>/<model>'."
        )
        raise invalid(message, "model_form")


MAX_CANDIDATES = 8
EMPTY_OBJECT: Mapping[str, Any] = MappingProxyType({})

RequestDecoder = Callable[[WireRequest, Mapping[str, str]], ChatRequest]


def parse_modalities(body: Mapping[str, Any]) -> GeminiOptions:
    """Return the modalities of the reply.

    A request for images alone gets images without text (documented for Vertex AI).

    Evidence: doc-vertex-openai.
    """
    only_images = [modality.lower() for modality in body["modalities"]] == ["image"]
    return GeminiOptions(modalities=("IMAGE",)) if only_images else NO_GEMINI_OPTIONS


def accept_body(body: Mapping[str, Any]) -> None:
    """Refuse nothing."""


def build_decoder(
    *,
    strict: bool,
    message_rules: MessageRules = MessageRules(),  # noqa: B008 - it is frozen
    aliases: Mapping[str, str] | None = None,
    check: Callable[[Mapping[str, Any]], None] = accept_body,
) -> RequestDecoder:
    """Return a decoder of chat requests.

    Args:
        strict: Refuse unknown fields instead of ignoring them.
        message_rules: How the surface reads messages.
        aliases: A gateway's own names of models.
        check: Raises ApiError for a body that the surface does not read.
    """
    fields = build_chat_fields(strict=strict)
    names = aliases or {}

    def decode(wire: WireRequest, params: Mapping[str, str]) -> ChatRequest:
        body = read_as(fields, parse_json(wire.body))
        google = body.get("extra_body", EMPTY_OBJECT).get("google", EMPTY_OBJECT)
        check(body)
        requested_model = body.get("model", "")
        model = names.get(requested_model, requested_model)
        usage = body.get("stream_options", EMPTY_OBJECT).get("include_usage", False)
        return ChatRequest(
            build_question(body, google, model, message_rules),
            requested_model,
            body.get("stream", False),
            usage,
            google.get("thought_tag_marker", ""),
        )

    return decode


def parse_gemini_options(body: Mapping[str, Any], google: Mapping[str, Any]) -> GeminiOptions:
    """Return the options that only Gemini has: modalities, and a file search in `extra_body`."""
    options = parse_modalities(body) if "modalities" in body else NO_GEMINI_OPTIONS
    if "tools" not in google:
        return options
    listed = google["tools"] if isinstance(google["tools"], list) else [google["tools"]]
    for tool in [tool for tool in listed if isinstance(tool, dict)]:
        settings = tool.get("file_search", tool.get("fileSearch"))
        if settings is not None:
            options = replace(options, builtin_tools={"file_search": settings})
    return options


def build_question(
    body: Mapping[str, Any], google: Mapping[str, Any], model: str, rules: MessageRules
) -> GenerateRequest:
    """Convert a decoded body to a question. Absent fields share the default values."""
    conversation = build_conversation(body.get("messages", ()), rules)
    json, schema = parse_response_format(body) if "response_format" in body else (False, None)
    has_choice = "tool_choice" in body or "parallel_tool_calls" in body
    has_thought = google or "reasoning_effort" in body
    return GenerateRequest(
        model,
        tuple(conversation.turns),
        "\n".join(conversation.system),
        parse_tools(body) if "tools" in body else (),
        parse_tool_choice(body) if has_choice else AUTO_TOOL_CHOICE,
        json,
        schema,
        parse_thought(body, google) if has_thought else DEFAULT_THINKING,
        DEFAULT_SAMPLING if SAMPLING_FIELDS.isdisjoint(body) else parse_sampling(body),
        google.get("cached_content", ""),
        conversation.has_links,
        parse_gemini_options(body, google),
        body.get("stream", False),
    )
