"""The requests that `make growth` measures: one row for each endpoint that takes a body."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Any

from growth_fields import TEXTS, Build, Field, iter_fields
from growth_media import MEDIA
from growth_schemas import CHATS, NATIVE_CHATS, SCHEMAS

from mockgem.core.frozen import frozen
from mockgem.core.http import WireRequest
from mockgem.dialects.common.proto_fields import FieldReader, message, string
from mockgem.dialects.gemini import batches as native_batches
from mockgem.dialects.gemini import caches, embed, predict, tokens, uploads
from mockgem.dialects.gemini.generate_fields import REQUEST, VERTEX_REQUEST
from mockgem.dialects.openai import batches, images
from mockgem.dialects.openai.chat_fields import build_chat_fields
from mockgem.dialects.openai.embeddings import build_fields as build_embedding_fields

MODEL = "gemini-2.5-flash"
NATIVE = "/v1beta/models/gemini-2.5-flash"
VERTEX = "/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-flash"
CONTENTS = [{"role": "user", "parts": [{"text": "How is the weather in Paris?"}]}]
DEFAULTS: dict[str, Any] = {
    "ChatCompletionRequest": {
        "model": MODEL, "messages": [{"role": "user", "content": "How is the weather in Paris?"}]
    },
    "ChatMessage": {"role": "user", "content": "Hello"},
    "ContentPart": {"type": "text", "text": "Hello"},
    "ToolCall": {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}},
    "Tool": {},
    "FunctionDeclaration": {"name": "look_up", "description": "Look it up"},
    "EmbeddingsRequest": {"model": "gemini-embedding-001", "input": "Hello"},
    "ImagesRequest": {"model": "gemini-2.5-flash-image", "prompt": "A boat"},
    "GenerateContentRequest": {"contents": CONTENTS},
    "CountTokensRequest": {"contents": CONTENTS},
    "Content": {"role": "user", "parts": [{"text": "Hello"}]},
    "Part": {"text": "Hello"},
    "Blob": {"mime_type": "image/png", "data": ""},
    "FunctionCall": {"name": "f", "args": {}},
    "FunctionResponse": {"name": "f", "response": {}},
    "GenerationConfig": {"response_mime_type": "application/json"},
    "EmbedContentRequest": {"model": "models/gemini-embedding-001", "content": CONTENTS[0]},
    "CachedContent": {"model": "models/" + MODEL, "contents": CONTENTS * 3000},
    "PredictRequest": {"instances": [{"prompt": "A boat"}]},
    "GenerateContentBatch": {"display_name": "b"},
    "InlinedRequest": {"request": {"contents": CONTENTS}},
    "Schema": {"type": "string"},
}  # fmt: skip
"""What makes a message of a type valid."""


@frozen
class Target:
    """An endpoint, the type of its body, and more bodies that grow.

    `function` is a tool's name for the field that holds its schema, in the form of this dialect.
    """

    path: str
    reader: FieldReader
    more: Mapping[str, Build] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"

    def iter_fields(self) -> Iterator[Field]:
        yield from iter_fields(self.reader, DEFAULTS, SCHEMAS)
        yield from [Field("(whole)", name, build) for name, build in self.more.items()]

    def make_request(self, body: bytes) -> WireRequest:
        headers = {"authorization": "Bearer k", "content-type": "application/json", **self.headers}
        if "/openai/" not in self.path and self.path.startswith(("/v1beta", "/upload")):
            headers["x-goog-api-key"] = headers.pop("authorization")[7:]
        return WireRequest(self.method, self.path, {}, headers, body)


def with_chat(**more: Any) -> Callable[[Build], Build]:
    return lambda build: lambda size: {"model": MODEL, "messages": build(size), **more}


def ask_for_schema(build: Build) -> Build:
    """Return what builds a chat whose answer has a schema."""
    chat = DEFAULTS["ChatCompletionRequest"]

    def make(size: int) -> Any:
        form = {"type": "json_schema", "json_schema": {"name": "a", "schema": build(size)}}
        return {**chat, "response_format": form}

    return make


def call_with_schema(build: Build) -> Build:
    """Return what builds a chat with a tool whose parameters have a schema."""
    chat = DEFAULTS["ChatCompletionRequest"]
    return lambda size: {
        **chat, "tool_choice": "required",
        "tools": [{"type": "function", "function": {"name": "look_up", "parameters": build(size)}}],
    }  # fmt: skip


def offer_tools(size: int) -> Any:
    """Return a chat with many tools."""
    count = max(size // 110, 1)
    tools = [
        {"type": "function", "function": {"name": f"look_up_{n}", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}
        for n in range(count)
    ]  # fmt: skip
    return {**DEFAULTS["ChatCompletionRequest"], "tools": tools}


def fill_schema(text: str) -> Build:
    """Return what builds a chat with a long text and an answer of 20 fields."""
    properties = {
        f"field_{n}": {"type": kind}
        for n, kind in enumerate(["string", "integer", "boolean", "number"] * 5)
    }
    properties |= {
        "name": {"type": "string"},
        "city": {"type": "string", "enum": ["Paris", "Rome"]},
    }
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    form = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}

    def make(size: int) -> Any:
        messages = [{"role": "user", "content": TEXTS[text](size)}]
        return {"model": MODEL, "messages": messages, "response_format": form}

    return make


def send_media(name: str) -> Build:
    """Return what builds a native request with a medium."""
    mime_type, build = MEDIA[name]
    return lambda size: {
        "contents": [{"role": "user", "parts": [{"text": "Describe it"}, {"inlineData": {"mimeType": mime_type, "data": build(size)}}]}]
    }  # fmt: skip


CHAT_BODIES: dict[str, Build] = {
    **{name: with_chat()(build) for name, build in CHATS.items()},
    **{f"stream, {name}": with_chat(stream=True)(build) for name, build in CHATS.items()},
    **{f"answer: {name}": ask_for_schema(build) for name, build in SCHEMAS.items()},
    **{f"tool: {name}": call_with_schema(build) for name, build in SCHEMAS.items()},
    **{f"schema and {name}": fill_schema(name) for name in TEXTS},
    "tools": offer_tools,
    "long answer": lambda size: {
        "model": MODEL, "messages": [{"role": "user", "content": f"Write {size // 6} words about the sea."}]
    },
    "long stream": lambda size: {
        "model": MODEL, "stream": True,
        "messages": [{"role": "user", "content": f"Write {size // 6} words about the sea."}],
    },
}  # fmt: skip
NATIVE_BODIES: dict[str, Build] = {
    **{
        name: (lambda size, build=build: {"contents": build(size)})
        for name, build in NATIVE_CHATS.items()
    },
    **{f"media: {name}": send_media(name) for name in MEDIA},
}


def interact(build: Build) -> Build:
    """Return what builds a request for an interaction with this input."""
    return lambda size: {"model": MODEL, "input": build(size), "store": False}


def repeat_steps(*steps: Any) -> Build:
    size_of_one = len(json.dumps(steps))
    return lambda size: [*steps] * max(size // size_of_one, 1)


ASKED = {"type": "user_input", "content": [{"type": "text", "text": "How is the weather?"}]}
REPLIED = {"type": "model_output", "content": [{"type": "text", "text": "Fine."}]}
CALLED = {"type": "function_call", "id": "c", "name": "look_up", "arguments": {"city": "Rome"}}
RESULT = {"type": "function_result", "call_id": "c", "name": "look_up", "result": "Fine."}
INTERACTIONS: dict[str, Build] = {
    **{f"text: {name}": interact(build) for name, build in TEXTS.items()},
    "contents": interact(repeat_steps({"type": "text", "text": "Hello"})),
    "steps": interact(repeat_steps(ASKED, REPLIED)),
    "calls and results": interact(repeat_steps(ASKED, CALLED, RESULT, REPLIED)),
    **{
        f"schema: {name}": lambda size, build=build: {
            "model": MODEL, "input": "Hello", "store": False,
            "response_format": {"type": "text", "schema": build(size)},
        }
        for name, build in SCHEMAS.items()
    },
    **{
        f"tool: {name}": lambda size, build=build: {
            "model": MODEL, "input": "Hello", "store": False,
            "tools": [{"type": "function", "name": "look_up", "parameters": build(size)}],
        }
        for name, build in SCHEMAS.items()
    },
    "unknown names": lambda size: {f"n{number}": 1 for number in range(size // 12)},
    "stream": lambda size: {"stream": True, **interact(TEXTS["words"])(size)},
}  # fmt: skip
SPEECH = message(
    "SpeechRequest", {"model": string, "input": string, "voice": string, "response_format": string}
)
VIDEO = message(
    "VideoRequest", {"model": string, "prompt": string, "seconds": string, "size": string}
)
DEFAULTS["VideoRequest"] = {"model": "veo-3.1-generate-preview", "prompt": "A boat"}
DEFAULTS["SpeechRequest"] = {
    "model": "gemini-2.5-flash-preview-tts",
    "input": "Hello",
    "voice": "alloy",
}
NOTHING = message("Nothing", {})
EMBEDDING = "/v1beta/models/gemini-embedding-001"
TARGETS: dict[str, Target] = {
    "chat": Target("/v1beta/openai/chat/completions", build_chat_fields(strict=True), CHAT_BODIES),
    "chat of a gateway": Target(
        "/v1/chat/completions", build_chat_fields(strict=False), CHAT_BODIES
    ),
    "embeddings": Target("/v1beta/openai/embeddings", build_embedding_fields(strict=True)),
    "embeddings of a gateway": Target("/v1/embeddings", build_embedding_fields(strict=False)),
    "images": Target("/v1beta/openai/images/generations", images.FIELDS),
    "videos": Target("/v1beta/openai/videos", VIDEO),
    "speech": Target("/v1/audio/speech", SPEECH),
    "batches": Target("/v1beta/openai/batches", batches.FIELDS),
    "generateContent": Target(f"{NATIVE}:generateContent", REQUEST, NATIVE_BODIES),
    "streamGenerateContent": Target(f"{NATIVE}:streamGenerateContent", NOTHING, NATIVE_BODIES),
    "generateContent on Vertex AI": Target(
        f"{VERTEX}:generateContent", VERTEX_REQUEST, NATIVE_BODIES
    ),
    "countTokens": Target(f"{NATIVE}:countTokens", tokens.BODY, NATIVE_BODIES),
    "computeTokens": Target(f"{VERTEX}:computeTokens", tokens.VERTEX_BODY),
    "embedContent": Target(f"{EMBEDDING}:embedContent", embed.EMBED_REQUEST),
    "batchEmbedContents": Target(f"{EMBEDDING}:batchEmbedContents", embed.BATCH_EMBED_REQUEST),
    "predict": Target("/v1beta/models/imagen-4.0-generate-001:predict", predict.BODY),
    "predictLongRunning": Target(
        "/v1beta/models/veo-3.1-generate-preview:predictLongRunning", predict.BODY
    ),
    "batchGenerateContent": Target(f"{NATIVE}:batchGenerateContent", native_batches.BODY),
    "cachedContents": Target("/v1beta/cachedContents", caches.CACHE),
    "files": Target("/v1beta/files", uploads.BODY),
    "interactions": Target("/v1beta/interactions", NOTHING, INTERACTIONS),
}


def encode_body(value: Any, number: int) -> bytes:
    """Return a body that no request had before: spaces at its end make it another one."""
    return json.dumps(value, ensure_ascii=False).encode() + b" " * number
