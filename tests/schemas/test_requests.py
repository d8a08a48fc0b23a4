"""Every field of the published requests is known, and none breaks the server.

A field is unknown if the answer is the parser's "Cannot find field." or its refusal of an enum's
word. When this fails with a new release of Google's packages, the list of paths is what is new.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.schemas.published import Message, load_gemini_message, load_vertex_message
from tests.schemas.samples import iter_samples, merge

HI = {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}
LONG = {"contents": [{"role": "user", "parts": [{"text": "A long text. " * 900}]}]}
TEXT = {"content": {"parts": [{"text": "Hi"}]}}
FLASH = {"model": "models/gemini-2.5-flash"}
MODEL = "/v1beta/models/gemini-2.5-flash"
PREDICTION = {"instances": [{"prompt": "A red kite"}]}
EMBEDDING = "models/gemini-embedding-001"
REQUESTS = {
    "generateContent": ("GenerateContentRequest", f"{MODEL}:generateContent", HI),
    "streamGenerateContent": ("GenerateContentRequest", f"{MODEL}:streamGenerateContent", HI),
    "countTokens": ("CountTokensRequest", f"{MODEL}:countTokens", HI),
    "embedContent": ("EmbedContentRequest", f"/v1beta/{EMBEDDING}:embedContent", TEXT),
    "batchEmbedContents": (
        "BatchEmbedContentsRequest",
        f"/v1beta/{EMBEDDING}:batchEmbedContents",
        {"requests": [{"model": EMBEDDING, **TEXT}]},
    ),
    "cachedContents": ("CachedContent", "/v1beta/cachedContents", FLASH | LONG),
    "predict": ("PredictRequest", "/v1beta/models/imagen-4.0-generate-001:predict", PREDICTION),
    "predictLongRunning": (
        "PredictLongRunningRequest",
        "/v1beta/models/veo-3.1-generate-preview:predictLongRunning",
        PREDICTION,
    ),
    "files": ("CreateFileRequest", "/v1beta/files", {"file": {"displayName": "notes"}}),
}
PLACE = "/v1beta1/projects/p/locations/us-central1"
VERTEX_MODEL = f"{PLACE}/publishers/google/models/gemini-2.5-flash"
VERTEX_FLASH = {"model": VERTEX_MODEL.removeprefix("/v1beta1/")}
VERTEX_REQUESTS = {
    "generateContent": ("GenerateContentRequest", f"{VERTEX_MODEL}:generateContent", HI),
    "streamGenerateContent": (
        "GenerateContentRequest",
        f"{VERTEX_MODEL}:streamGenerateContent",
        HI,
    ),
    "countTokens": ("CountTokensRequest", f"{VERTEX_MODEL}:countTokens", HI),
    "computeTokens": ("ComputeTokensRequest", f"{VERTEX_MODEL}:computeTokens", HI),
    "cachedContents": ("CachedContent", f"{PLACE}/cachedContents", VERTEX_FLASH | LONG),
    "embedContent": (
        "EmbedContentRequest",
        f"{PLACE}/publishers/google/models/gemini-embedding-001:embedContent",
        TEXT,
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_every_field_of_the_gemini_api_is_known(client: httpx.Client, name: str) -> None:
    kind, path, base = REQUESTS[name]
    check_fields(client, load_gemini_message(kind), path, base, {})


@pytest.mark.parametrize("name", VERTEX_REQUESTS)
def test_every_field_of_vertex_ai_is_known(client: httpx.Client, name: str) -> None:
    kind, path, base = VERTEX_REQUESTS[name]
    headers = {"authorization": "Bearer ya29.any-token"}
    client.headers.pop("x-goog-api-key")
    check_fields(client, load_vertex_message(kind), path, base, headers)


def check_fields(
    client: httpx.Client, message: Message, path: str, base: Any, headers: dict[str, str]
) -> None:
    """Send each field once. Fails with the list of those that the server does not know."""
    problems, count = [], 0
    for field, sample in iter_samples(message):
        answer = client.post(path, json=merge(base, sample), headers=headers)
        count += 1
        if problem := find_problem(answer):
            problems.append(f"{field}: {problem}")
    print(f"{message.name}: {count} requests, {len(problems)} problems")
    assert count > 0
    assert not problems, f"{len(problems)} of {count}:\n" + "\n".join(problems)


def find_problem(answer: httpx.Response) -> str:
    """Return why an answer shows that the field is not known, or an empty string.

    501 names a feature that mockgem does not offer, and a 404 in JSON a model: the field is known.
    """
    if answer.status_code >= 500 and answer.status_code != 501:
        return f"{answer.status_code} {answer.text[:200]}"
    if answer.status_code == 404 and "json" not in answer.headers["content-type"]:
        return f"404 {answer.text[:200]}"
    unknown = ("Cannot find field.", "(type.googleapis.com/", "Starting an object on a scalar")
    if answer.status_code == 400 and any(words in answer.text for words in unknown):
        return answer.text[:200]
    return ""
