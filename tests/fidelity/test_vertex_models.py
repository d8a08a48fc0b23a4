"""Vertex AI's models, caches and sampling where they differ from the Gemini API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.asking import Answer, Asker
from tests.fidelity.test_native_reports import VERTEX, WEATHER, ask, asking, read_events

PROJECT = "/v1/projects/p/locations/us-central1/"
TOKEN = {"authorization": "Bearer token"}
GOOGLE_KEY = {"x-goog-api-key": "key"}
PDF = {"fileData": {"fileUri": "gs://bucket/a.pdf", "mimeType": "application/pdf"}}
FLASH = "projects/p/locations/us-central1/publishers/google/models/gemini-2.5-flash"


def send(method: str, path: str, query: Any = None, headers: Any = TOKEN) -> Answer:
    return Asker().send(method, path, b"", headers, query)


@pytest.mark.parametrize("headers", [TOKEN, GOOGLE_KEY])
@pytest.mark.parametrize("version", ["v1", "v1beta1"])
def test_a_published_model_has_the_recorded_keys(version: str, headers: dict[str, str]) -> None:
    path = f"/{version}/publishers/google/models"
    assert send("GET", f"{path}/gemini-2.5-flash", headers=headers).json == {
        "name": "publishers/google/models/gemini-2.5-flash",
        "versionId": "default",
        "supportedActions": {"openGenerationAiStudio": {"references": {}}},
        "launchStage": "GA",
    }
    assert send("GET", f"{path}/gemini-embedding-001", headers=headers).json == {
        "name": "publishers/google/models/gemini-embedding-001",
        "versionId": "default",
        "openSourceCategory": "PROPRIETARY",
        "launchStage": "GA",
    }
    preview = send("GET", f"{path}/gemini-3-flash-preview", headers=headers).json
    assert preview["launchStage"] == "PUBLIC_PREVIEW"
    assert send("GET", f"{path}/unknown", headers=headers).status == 404


def test_pages_of_published_models_have_each_model_once() -> None:
    path, names, token = "/v1beta1/publishers/google/models", [], ""
    while True:
        page = send("GET", path, {"pageSize": "7", "pageToken": token}).json
        names += [model["name"] for model in page["publisherModels"]]
        token = page.get("nextPageToken", "")
        if not token:
            break
        assert len(page["publisherModels"]) == 7
    assert len(set(names)) == len(names) > 20
    assert "publishers/google/models/gemini-2.5-flash" in names


def test_a_projects_registry_is_empty() -> None:
    assert send("GET", PROJECT + "models").json == {}
    for method in ("GET", "PATCH", "DELETE"):
        answer = send(method, PROJECT + "models/2171259487439028224")
        assert (answer.status, answer.error["status"]) == (404, "NOT_FOUND")
    assert send("GET", PROJECT + "models/gemini-2.5-flash").status == 400


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_missing_cache_is_not_found_on_vertex_and_forbidden_on_gemini(method: str) -> None:
    vertex = send(method, PROJECT + "cachedContents/7352260532100923392")
    assert (vertex.status, vertex.error["status"]) == (404, "NOT_FOUND")
    assert vertex.error["message"] == (
        "Not found: cached content metadata for 7352260532100923392."
    )
    gemini = send(method, "/v1beta/cachedContents/7352260532100923392", headers=GOOGLE_KEY)
    assert (gemini.status, gemini.error["status"]) == (403, "PERMISSION_DENIED")


def test_a_generation_with_a_missing_cache_is_not_found_on_vertex() -> None:
    name = "projects/p/locations/us-central1/cachedContents/735"
    answer = ask(f"{VERTEX}gemini-2.5-flash:generateContent", asking("hi", cachedContent=name))
    assert answer.status == 404
    assert answer.error["message"] == "Not found: cached content metadata for 735."


def test_a_cache_of_cloud_storage_has_no_smallest_size() -> None:
    body = {"model": FLASH, "contents": [{"role": "user", "parts": [PDF]}]}
    cache = ask(PROJECT + "cachedContents", body)
    assert cache.status == 200, cache.text
    assert cache.json["usageMetadata"]["totalTokenCount"] > 0
    body["contents"] = [{"role": "user", "parts": [{"text": "too short"}]}]
    assert "too small" in ask(PROJECT + "cachedContents", body).error["message"]


def test_a_cache_with_a_file_of_the_gemini_api_is_an_internal_error_on_vertex() -> None:
    uri = "https://generativelanguage.googleapis.com/v1beta/files/v200dhvn15h7"
    part = {"fileData": {"fileUri": uri, "mimeType": "application/pdf"}}
    body = {"model": FLASH, "contents": [{"role": "user", "parts": [part]}]}
    answer = ask(PROJECT + "cachedContents", body)
    assert (answer.status, answer.error["status"]) == (500, "INTERNAL")


def test_a_cache_names_an_unknown_model_before_its_contents() -> None:
    body = {"model": "publishers/google/models/gemini-2.5-flash"}
    body |= {"contents": [{"role": "user", "parts": [PDF]}]}
    assert ask("/v1beta/cachedContents", body).status == 404


def test_no_candidates_are_one_candidate_on_vertex() -> None:
    body = asking("hi", generationConfig={"candidateCount": 0})
    answer = ask(f"{VERTEX}gemini-2.5-flash:generateContent", body)
    assert len(answer.json["candidates"]) == 1
    assert ask("/v1beta/models/gemini-2.5-flash:generateContent", body).status == 400


KEYS = json.loads((Path(__file__).parent / "recorded" / "vertex_fields.json").read_text("utf-8"))


@pytest.mark.parametrize("row", KEYS, ids=[f"{row['model']}-{row['case']}" for row in KEYS])
def test_each_family_has_the_recorded_fields(row: dict[str, Any]) -> None:
    """The keys of the candidate and of the usage, in order, in whole replies and in streams."""
    body = asking("What is the weather in Rome?" if row["case"] != "text" else "Tell me a story")
    if row["case"] != "text":
        body["tools"] = [WEATHER]
    if row["case"] == "result":
        call = {"functionCall": {"name": "get_weather", "args": {"city": "Rome"}}}
        result = {"functionResponse": {"name": "get_weather", "response": {"sky": "clear"}}}
        signed = {**call, "thoughtSignature": "skip_thought_signature_validator"}
        body["contents"] += [
            {"role": "model", "parts": [signed]},
            {"role": "user", "parts": [result]},
        ]
    whole = ask(f"{VERTEX}{row['model']}:generateContent", body).json
    streamed = ask(f"{VERTEX}{row['model']}:streamGenerateContent", body, {"alt": "sse"})
    last = read_events(streamed)[-1]
    assert list(whole["candidates"][0]) == row["whole"]
    if row["last_event"]:  # no stream of Gemini 3 is recorded
        assert list(last["candidates"][0]) == row["last_event"]
    assert list(whole["usageMetadata"]) == list(last["usageMetadata"]) == row["usage"]
    assert list(whole) == row["top"]


def test_vectors_of_predict_have_the_recorded_keys() -> None:
    body = {"instances": [{"content": "Ruby is a language"}, {"content": "x y"}]}
    answer = ask(f"{VERTEX}gemini-embedding-001:predict", body).json
    assert list(answer) == ["predictions", "metadata"]
    assert answer["metadata"] == {"billableCharacterCount": 17}
    assert list(answer["predictions"][0]["embeddings"]) == ["statistics", "values"]


def test_a_cache_of_vertex_without_a_title_has_none() -> None:
    body = {"model": FLASH, "contents": [{"role": "user", "parts": [PDF]}]}
    assert "displayName" not in ask(PROJECT + "cachedContents", body).json
    assert ask(PROJECT + "cachedContents", body | {"displayName": "a"}).json["displayName"] == "a"
