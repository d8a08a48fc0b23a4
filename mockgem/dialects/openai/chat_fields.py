"""The fields of a chat request and their conversion to mockgem's values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockgem.core.content import ThinkingConfig, Tool, ToolChoice
from mockgem.core.errors import invalid
from mockgem.dialects.common.proto_fields import (
    FieldReader,
    Violations,
    anything,
    boolean,
    double,
    either,
    int32,
    message,
    repeated,
    string,
    struct,
)
from mockgem.operations.generate_request import DEFAULT_THINKING, Sampling

PACKAGE = "google.ai.generativelanguage.v1main."
EFFORTS = ("none", "minimal", "low", "medium", "high")

IMAGE_URL = message(PACKAGE + "ImageUrl", {"url": string, "detail": string}, open_ended=True)
PART = message(
    PACKAGE + "ContentPart",
    {
        "type": string,
        "text": string,
        "image_url": either(string, IMAGE_URL),
        "input_audio": message(
            PACKAGE + "InputAudio", {"data": string, "format": string}, open_ended=True
        ),
        "file": message(
            PACKAGE + "File",
            {"file_data": string, "filename": string, "file_id": string},
            open_ended=True,
        ),
    },
    open_ended=True,
)
GOOGLE_EXTRA = message(
    PACKAGE + "GoogleExtraContent", {"thought_signature": string}, open_ended=True
)
EXTRA_CONTENT = message(PACKAGE + "ExtraContent", {"google": GOOGLE_EXTRA}, open_ended=True)


def build_message_fields(*, strict: bool) -> FieldReader:
    """Return the fields of a message. Unknown ones are ignored.

    SDKs send replies back with all their fields (refusal, annotations, audio, reasoning_content),
    and no project reports an error. But a strict surface refuses null where a message has a text.
    It accepts a message without content if that has calls: frameworks send null there.

    Evidence: report-null-fields.
    """

    def describe(name: str, fields: Mapping[str, FieldReader]) -> FieldReader:
        texts = {key for key, reader in fields.items() if reader in (string, CONTENT)}

        def refuses_null(key: str, value: Mapping[str, Any]) -> bool:
            return strict and key in texts and not (key == "content" and value.get("tool_calls"))

        return message(PACKAGE + name, fields, open_ended=True, refuses_null=refuses_null)

    function = describe("FunctionCall", {"name": string, "arguments": string})
    call = {"id": string, "type": string, "function": function, "extra_content": EXTRA_CONTENT}
    return describe(
        "ChatMessage",
        {
            "role": string,
            "content": CONTENT,
            "name": string,
            "tool_calls": repeated(describe("ToolCall", call)),
            "tool_call_id": string,
        },
    )


CONTENT = either(string, repeated(either(string, PART)))


def read_effort(value: Any, path: str, violations: Violations) -> str:
    """Read the effort of reasoning. The list of the message is of 2026-10.

    Evidence: report-invalid-effort.
    """
    word = string(value, path, violations).lower()
    if isinstance(value, str) and word not in EFFORTS:
        valid = ", ".join(sorted(EFFORTS))
        raise invalid(f"Invalid reasoning_effort: {value}.\nValid values are: {valid}", "effort")
    return word


def build_chat_fields(*, strict: bool) -> FieldReader:
    """Return the request's fields as the real service knows them.

    Evidence: openai-err-unknown-store, openai-err-unknown-freq-seed,
    openai-err-unknown-frequency_penalty, openai-err-unknown-google-toplevel,
    openai-err-unknown-reasoning, doc-openai-compat, report-null-fields.
    """
    loose = not strict
    function = message(
        PACKAGE + "FunctionDeclaration",
        {"name": string, "description": string, "parameters": struct, "strict": boolean},
        open_ended=loose,
    )
    tool = message(PACKAGE + "Tool", {"type": string, "function": function}, open_ended=loose)
    return message(
        PACKAGE + "ChatCompletionRequest",
        {
            "model": string,
            "messages": repeated(build_message_fields(strict=strict)),
            "stream": boolean,
            "stream_options": message(
                PACKAGE + "StreamOptions", {"include_usage": boolean}, open_ended=True
            ),
            "temperature": double,
            "top_p": double,
            "max_tokens": int32,
            "max_completion_tokens": int32,
            "stop": either(string, repeated(string)),
            "n": int32,
            "tools": repeated(tool),
            "tool_choice": either(string, struct),
            "parallel_tool_calls": boolean,
            "response_format": struct,
            "reasoning_effort": read_effort,
            "presence_penalty": double,
            "service_tier": string,
            "modalities": repeated(string),
            "extra_body": message(
                PACKAGE + "ExtraBody",
                {"google": build_google_fields(loose=loose)},
                open_ended=loose,
            ),
        },
        open_ended=loose,
        refuses_null=lambda name, value: strict and name == "stop",
    )


def build_google_fields(*, loose: bool) -> FieldReader:
    """Return the fields of `extra_body.google`, Gemini's own options."""
    thinking = message(
        PACKAGE + "ThinkingConfig",
        {
            "thinking_budget": either(string, int32),
            "thinking_level": string,
            "include_thoughts": boolean,
        },
        open_ended=loose,
    )
    return message(
        PACKAGE + "GoogleExtraBody",
        {
            "thinking_config": thinking,
            "cached_content": string,
            "safety_settings": anything,
            "generation_config": struct,
            "tools": anything,
            "thought_tag_marker": string,
            "stream_function_call_arguments": boolean,
        },
        open_ended=loose,
    )


SAMPLING_FIELDS = frozenset(
    ("max_tokens", "max_completion_tokens", "stop", "n", "temperature", "top_p", "presence_penalty")
)


def parse_sampling(body: Mapping[str, Any]) -> Sampling:
    stop = body.get("stop", ())
    return Sampling(
        max_tokens=body.get("max_completion_tokens", body.get("max_tokens")),
        stop=(stop,) if isinstance(stop, str) else tuple(stop),
        count=body.get("n", 1),
        temperature=body.get("temperature"),
        top_p=body.get("top_p"),
        has_penalty=bool(body.get("presence_penalty")),
    )


def parse_thought(body: Mapping[str, Any], google: Mapping[str, Any]) -> ThinkingConfig:
    """Return how much to think, from the effort or from Gemini's configuration.

    The documented samples give the budget as a word ("low"), so a word counts as an effort.

    Raises:
        ApiError: The request has both.

    Evidence: doc-openai-compat.
    """
    config, effort = google.get("thinking_config", {}), body.get("reasoning_effort", "")
    if not config and not effort:
        return DEFAULT_THINKING
    if effort and config:
        message = (
            "Expected one of either `reasoning_effort` or custom `thinking_config`; found both."
        )
        raise invalid(message, "thinking_twice")
    budget = config.get("thinking_budget")
    if isinstance(budget, str):
        if re.fullmatch(r"-?[0-9]{1,9}", budget):
            budget = int(budget)
        elif budget.lower() in EFFORTS:
            effort, budget = budget.lower(), None
        else:
            place = "extra_body.google.thinking_config.thinking_budget"
            raise invalid(f"Invalid value at '{place}' (TYPE_INT32), \"{budget}\"", "payload")
    include = config.get("include_thoughts", False)
    return ThinkingConfig(
        budget=budget,
        level=config.get("thinking_level", "").lower(),
        effort=effort,
        include_thoughts=include,
    )


def parse_tools(body: Mapping[str, Any]) -> tuple[Tool, ...]:
    tools = []
    for tool in body.get("tools", ()):
        if tool.get("type", "function") != "function":
            raise invalid(
                f"Invalid tool type: {tool['type']}. Only function tools are supported.",
                "tool_type",
            )
        function = tool.get("function", {})
        parameters = function.get("parameters", {})
        if not isinstance(parameters.get("properties", {}), dict):
            raise invalid("Request contains an invalid argument.", "schema")
        tools.append(Tool(function.get("name", ""), function.get("description", ""), parameters))
    return tuple(tools)


def parse_tool_choice(body: Mapping[str, Any]) -> ToolChoice:
    choice, parallel = body.get("tool_choice", "auto"), body.get("parallel_tool_calls", True)
    match choice:
        case "auto":
            return ToolChoice("auto", (), parallel)
        case "none":
            return ToolChoice("none", (), parallel)
        case "required" | "any":
            return ToolChoice("any", (), parallel)
        case {"function": {"name": str(name)}}:
            return ToolChoice("any", (name,), parallel)
        case {"allowed_tools": {"tools": list(tools)} as allowed}:
            names = tuple(
                name
                for tool in tools
                if isinstance(tool, dict)
                for name in [tool_name_of(tool)]
                if name
            )
            return ToolChoice(
                "any" if allowed.get("mode") == "required" else "auto", names, parallel
            )
        case _:
            raise invalid(
                "Invalid value for tool_choice: expected none, auto, required or a function.",
                "tool_choice",
            )


def tool_name_of(tool: Mapping[str, Any]) -> str:
    function = tool.get("function")
    return str(function.get("name", "")) if isinstance(function, dict) else ""


def parse_response_format(body: Mapping[str, Any]) -> tuple[bool, Any]:
    """Return whether the reply is JSON, and its schema (None: any object)."""
    form = body["response_format"]
    match form.get("type", "text"):
        case "text":
            return False, None
        case "json_object":
            return True, None
        case "json_schema":
            inner = form.get("json_schema")
            schema = inner.get("schema") if isinstance(inner, dict) else None
            if schema is not None and not isinstance(schema, dict):
                raise invalid("Request contains an invalid argument.", "schema")
            return True, schema
        case other:
            known = "text, json_object or json_schema"
            raise invalid(
                f"Invalid value for response_format.type: {other!r}, expected {known}.",
                "response_format",
            )
