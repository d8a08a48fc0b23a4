"""Every field of mockgem's answers is published, or newer than the publication with evidence.

`NEWER` is exact: a field that a new release of Google's packages publishes has to leave it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest

from tests.schemas.published import Field, Message, load_gemini_message, load_vertex_message

GEMINI = "/v1beta"
VERTEX = "/v1beta1/projects/p/locations/us-central1/publishers/google"
WEATHER = {
    "name": "get_weather",
    "parametersJsonSchema": {"type": "object", "properties": {"city": {"type": "string"}}},
}
QUESTION = [{"role": "user", "parts": [{"text": "What is the weather in Rome?"}]}]
HARM = {"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}
GENERATIONS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "text": ("gemini-2.5-flash", {}),
    "thoughts": (
        "gemini-3-flash-preview",
        {"generationConfig": {"thinkingConfig": {"includeThoughts": True}}},
    ),
    "call": ("gemini-3-flash-preview", {"tools": [{"functionDeclarations": [WEATHER]}]}),
    "code": ("gemini-2.5-flash", {"tools": [{"codeExecution": {}}]}),
    "search": ("gemini-2.5-flash", {"tools": [{"googleSearch": {}}]}),
    "maps": ("gemini-2.5-flash", {"tools": [{"googleMaps": {}}]}),
    "pages": ("gemini-2.5-flash", {"tools": [{"urlContext": {}}]}),
    "log probabilities": (
        "gemini-2.0-flash",
        {"generationConfig": {"responseLogprobs": True, "logprobs": 2}},
    ),
    "safety": ("gemini-2.5-flash", {"safetySettings": [HARM]}),
    "picture": (
        "gemini-2.5-flash-image",
        {"generationConfig": {"responseModalities": ["TEXT", "IMAGE"]}},
    ),
}
NEWER: Mapping[str, Mapping[str, str]] = {
    "gemini": {"UsageMetadata.serviceTier": "native-028-generateContent-200"},
    "vertex": {},
}
"""The fields that are not published yet, with the recording that shows them."""


@pytest.mark.parametrize("surface", ["gemini", "vertex"])
def test_every_field_of_an_answer_is_published(client: httpx.Client, surface: str) -> None:
    unknown: set[str] = set()
    for message, answer in iter_answers(client, surface):
        unknown |= set(find_unknown(answer, message))
    unknown = {name.removeprefix("GoogleCloudAiplatformV1beta1") for name in unknown}
    assert unknown == set(NEWER[surface])


def iter_answers(client: httpx.Client, surface: str) -> Iterator[tuple[Message, Any]]:
    """Yield answers to questions of all kinds, to streams, counts and embeddings."""
    load = load_gemini_message if surface == "gemini" else load_vertex_message
    place = GEMINI if surface == "gemini" else VERTEX
    if surface == "vertex":
        client.headers.pop("x-goog-api-key")
        client.headers["authorization"] = "Bearer ya29.any-token"
    for model, options in GENERATIONS.values():
        body = {"contents": QUESTION, **options}
        for method in ("generateContent", "streamGenerateContent"):
            answer = post(client, f"{place}/models/{model}:{method}", body)
            for chunk in answer if isinstance(answer, list) else [answer]:
                yield load("GenerateContentResponse"), chunk
    counting = f"{place}/models/gemini-2.5-flash:countTokens"
    yield load("CountTokensResponse"), post(client, counting, {"contents": QUESTION})
    embedding = f"{place}/models/gemini-embedding-001:embedContent"
    yield load("EmbedContentResponse"), post(client, embedding, {"content": QUESTION[0]})
    long = [{"role": "user", "parts": [{"text": "A long text. " * 900}]}]
    model = (
        "models/gemini-2.5-flash" if surface == "gemini" else f"{VERTEX}/models/gemini-2.5-flash"
    )
    caches = GEMINI if surface == "gemini" else VERTEX.removesuffix("/publishers/google")
    cache = {"model": model.removeprefix("/v1beta1/"), "contents": long}
    yield load("CachedContent"), post(client, f"{caches}/cachedContents", cache)
    if surface == "gemini":
        yield from iter_resources(client)


def iter_resources(client: httpx.Client) -> Iterator[tuple[Message, Any]]:
    """Yield the models, and a file."""
    for model in client.get(f"{GEMINI}/models?pageSize=1000").json()["models"]:
        yield load_gemini_message("Model"), model
    file = {"file": {"displayName": "notes"}}
    headers = {"content-type": "multipart/related; boundary=b"}
    parts = [("application/json", json.dumps(file)), ("text/plain", "Notes.")]
    body = "".join(f"--b\r\nContent-Type: {kind}\r\n\r\n{data}\r\n" for kind, data in parts)
    path = "/upload/v1beta/files?uploadType=multipart"
    answer = client.post(path, content=body + "--b--\r\n", headers=headers)
    assert answer.status_code == 200, answer.text
    yield load_gemini_message("File"), answer.json()["file"]


def post(client: httpx.Client, path: str, body: Any) -> Any:
    answer = client.post(path, json=body)
    assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
    return answer.json()


def find_unknown(value: Any, message: Message) -> Iterator[str]:
    """Yield the fields, as MESSAGE.field, that a message does not have."""
    for name, inner in value.items():
        field = message.fields.get(name)
        if field is None:
            yield f"{message.name.rpartition('.')[2]}.{name}"
        elif field.message is not None:
            for item in unwrap(inner, field):
                yield from find_unknown(item, field.message())


def unwrap(value: Any, field: Field) -> list[Any]:
    if field.is_map:
        return list(value.values())
    return value if field.is_repeated else [value]
