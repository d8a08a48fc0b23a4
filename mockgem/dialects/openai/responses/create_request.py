"""Convert the body of a request for a response to a question.

Evidence: sdk-openai-responses, doc-openai-responses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockgem.core.content import ThinkingConfig
from mockgem.core.errors import invalid
from mockgem.core.http import WireRequest
from mockgem.dialects.common.json_parser import parse_json
from mockgem.dialects.common.proto_fields import read_as
from mockgem.dialects.openai.chat_fields import EFFORTS, parse_response_format
from mockgem.dialects.openai.gateway_models import resolve_model
from mockgem.dialects.openai.gateway_tools import check_gateway_body
from mockgem.dialects.openai.messages import ConversationBuilder
from mockgem.dialects.openai.responses.item_reader import read_items
from mockgem.dialects.openai.responses.request_fields import CREATE
from mockgem.dialects.openai.responses.tool_reader import (
    list_functions,
    read_abilities,
    read_functions,
    read_tool_choice,
)
from mockgem.operations.generate_request import (
    DEFAULT_SAMPLING,
    DEFAULT_THINKING,
    NO_GEMINI_OPTIONS,
    GeminiOptions,
    GenerateRequest,
    Sampling,
)
from mockgem.operations.responses import CreateResponse

Json = dict[str, Any]
ECHOED: Mapping[str, Any] = {
    "instructions": None,
    "max_output_tokens": None,
    "max_tool_calls": None,
    "metadata": {},
    "parallel_tool_calls": True,
    "prompt_cache_key": None,
    "safety_identifier": None,
    "service_tier": "default",
    "temperature": 1.0,
    "tool_choice": "auto",
    "tools": [],
    "top_logprobs": 0,
    "top_p": 1.0,
    "truncation": "disabled",
    "user": None,
}
"""Fields of the request that the response shows, with the values that they have by default."""


def decode_create(wire: WireRequest, params: Mapping[str, str]) -> CreateResponse:
    """Return the request in a body. Raises ApiError (400)."""
    payload = parse_json(wire.body)
    body = read_as(CREATE, payload)
    check_words(body)
    items = list_items(body.get("input", []))
    conversation = read_items(items)
    return CreateResponse(
        question=build_question(body, conversation),
        given_input=items,
        system="\n".join(conversation.system),
        previous_id=body.get("previous_response_id", ""),
        conversation=find_conversation(body),
        in_background=body.get("background", False),
        is_kept=body.get("store", True),
        drops_oldest=body.get("truncation") == "auto",
        stream=body.get("stream", False),
        settings=collect_settings(body, payload),
        include=list(body.get("include", ())),
    )


def check_words(body: Json) -> None:
    """Refuse a truncation that does not exist, and prompts that OpenAI keeps for its customers."""
    if body.get("truncation", "auto") not in ("auto", "disabled"):
        word = body["truncation"][:100]
        message = f"Invalid value for truncation: {word!r}, expected auto or disabled."
        raise invalid(message, "truncation")
    if "prompt" in body:
        raise invalid("Stored prompts are not supported for this model.", "stored_prompt")


def list_items(given: str | Sequence[Json]) -> list[Json]:
    """Return the items of an input; a text is a message of the user."""
    if isinstance(given, str):
        return [{"type": "message", "role": "user", "content": given}]
    return list(given)


def find_conversation(body: Json) -> str:
    """Return the id of a conversation, or "". Raises ApiError (400) for an object without an id."""
    given = body.get("conversation", "")
    if isinstance(given, str):
        return given
    if not given.get("id"):
        raise invalid("Missing required parameter: 'conversation.id'.", "conversation")
    return str(given["id"])


def collect_settings(body: Json, payload: Json) -> Json:
    """Return the fields that the response shows again, as the client wrote them."""
    shown = {
        name: payload.get(name, default) if name in body else default
        for name, default in ECHOED.items()
    }
    shown["model"] = body.get("model", "")
    if shown["service_tier"] == "auto":
        shown["service_tier"] = "default"
    reasoning = body.get("reasoning", {})
    shown["reasoning"] = {"effort": reasoning.get("effort"), "summary": find_summary(reasoning)}
    text = body.get("text", {})
    shown["text"] = {"format": text.get("format", {"type": "text"})}
    if "verbosity" in text:
        shown["text"]["verbosity"] = text["verbosity"]
    return shown


def find_summary(reasoning: Json) -> str | None:
    return reasoning.get("summary", reasoning.get("generate_summary"))


def build_question(body: Json, conversation: ConversationBuilder) -> GenerateRequest:
    """Return the question of a request, without what came before it."""
    tools = body.get("tools", [])
    check_gateway_body({"tools": list_functions(tools)})
    is_json, schema = read_format(body.get("text", {}).get("format", {}))
    instructions = [body["instructions"]] if body.get("instructions") else []
    return GenerateRequest(
        resolve_model(body.get("model", "")),
        tuple(conversation.turns),
        "\n".join([*instructions, *conversation.system]),
        read_functions(tools),
        read_tool_choice(body),
        is_json,
        schema,
        read_thinking(body.get("reasoning", {})),
        read_sampling(body),
        has_links=conversation.has_links,
        gemini_options=read_options(tools),
        is_stream=body.get("stream", False),
    )


def read_format(form: Json) -> tuple[bool, Any]:
    """Return whether the reply is JSON, and its schema. Chat has the schema one level deeper."""
    kind = form.get("type", "text")
    deeper = {"type": kind, "json_schema": {"schema": form.get("schema")}}
    return parse_response_format({"response_format": deeper})


def read_thinking(reasoning: Json) -> ThinkingConfig:
    """Return how much the model thinks. Raises ApiError (400) for an unknown effort."""
    effort = reasoning.get("effort", "").lower()
    has_summary = bool(find_summary(reasoning))
    if not effort and not has_summary:
        return DEFAULT_THINKING
    if effort and effort not in EFFORTS:
        valid = ", ".join(sorted(EFFORTS))
        raise invalid(f"Invalid reasoning_effort: {effort}.\nValid values are: {valid}", "effort")
    return ThinkingConfig(effort=effort, include_thoughts=has_summary)


def read_sampling(body: Json) -> Sampling:
    if {"max_output_tokens", "temperature", "top_p"}.isdisjoint(body):
        return DEFAULT_SAMPLING
    return Sampling(
        max_tokens=body.get("max_output_tokens"),
        temperature=body.get("temperature"),
        top_p=body.get("top_p"),
    )


def read_options(tools: Sequence[Json]) -> GeminiOptions:
    abilities = read_abilities(tools)
    has_images = any(tool.get("type") == "image_generation" for tool in tools)
    if not abilities and not has_images:
        return NO_GEMINI_OPTIONS
    modalities = ("TEXT", "IMAGE") if has_images else ()
    return GeminiOptions(abilities, include_tool_calls=bool(abilities), modalities=modalities)
