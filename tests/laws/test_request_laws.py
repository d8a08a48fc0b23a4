"""No request to any endpoint, however broken, is a mistake of the server's own; nor does it spoil
what comes after it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asking import GATEWAY, GEMINI, VERTEX, Answer, Asker
from tests.dialects.gemini.test_files import put
from tests.laws import calm
from tests.laws.test_answer_laws import JUNK

CALM = calm(150)
KEY = {"authorization": "Bearer k", "content-type": "application/json", "host": "127.0.0.1:1"}
V = "/v1beta"
PROJECT = VERTEX.removesuffix("/endpoints/openapi")
PUBLISHED = PROJECT + "/publishers/google"
NAMES = st.sampled_from(
    """model input dimensions encoding_format prompt n size response_format aspect_ratio extra_body
    google seconds input_file_id endpoint completion_window metadata batch inputConfig
    input_config requests request fileName file_name displayName contents parts text inlineData
    mimeType data fileData fileUri functionCall functionResponse name args response role
    systemInstruction generationConfig tools toolConfig functionDeclarations parameters ttl
    expireTime content outputDimensionality taskType file advance set custom_id url body method
    cachedContent thinkingConfig responseSchema responseMimeType candidateCount maxOutputTokens
    stopSequences type properties items enum required anyOf nullable responseModalities
    speechConfig voiceConfig prebuiltVoiceConfig voiceName multiSpeakerVoiceConfig imageConfig
    aspectRatio responseLogprobs logprobs responseJsonSchema parametersJsonSchema safetySettings
    category threshold executableCode code codeExecutionResult toolCall toolResponse googleSearch
    codeExecution urlContext googleMaps fileSearch functionCallingConfig mode allowedFunctionNames
    includeServerSideToolInvocations generateContentRequest instances parameters sampleCount
    durationSeconds outputOptions operationName thoughtSignature videoMetadata
    fileSearchStoreNames metadataFilter topK customMetadata key stringValue numericValue
    stringListValue values chunkingConfig whiteSpaceConfig maxTokensPerChunk maxOverlapTokens
    embeddingModel agent agent_config background store stream previous_interaction_id
    previous_response_id conversation items generation_config response_modalities call_id result
    arguments signature summary server_name headers allowed_tools tool_choice reasoning include
    uri subscribed_events state vector_store_ids filters""".split()
)
SHAPED = st.recursive(
    st.one_of(
        JUNK,
        st.sampled_from(
            [
                "user",
                "gemini-2.5-flash",
                "models/gemini-2.5-flash",
                "gemini-embedding-001",
                "300s",
                "files/x",
                "16:9",
                "1x1",
                "OBJECT",
                "ARRAY",
                "AUDIO",
                "IMAGE",
                "application/json",
                "text/x.enum",
                "ANY",
                "QUJD",
                "function_call",
                "function_result",
                "user_input",
                "mcp_server",
                "file_search",
                "message",
                "item_reference",
            ]
        ),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=5)),
    max_leaves=14,
)
POSTS: dict[str, dict[str, Any]] = {
    f"{GEMINI}/embeddings": {"model": "gemini-embedding-001", "input": "x"},
    f"{GATEWAY}/embeddings": {"model": "gemini-embedding-001", "input": "x"},
    f"{GEMINI}/images/generations": {"model": "gemini-2.5-flash-image", "prompt": "x"},
    f"{GEMINI}/videos": {"model": "veo-3.1-generate-preview", "prompt": "x"},
    f"{GEMINI}/batches": {"endpoint": "/v1/embeddings", "input_file_id": "files/x"},
    f"{GATEWAY}/audio/speech": {"input": "x"},
    f"{GATEWAY}/audio/transcriptions": {},
    f"{V}/cachedContents": {"model": "models/gemini-2.5-flash"},
    f"{V}/files": {"file": {}},
    f"{V}/fileSearchStores": {"displayName": "x"},
    f"{V}/fileSearchStores/x:importFile": {"fileName": "files/x"},
    f"/upload{V}/fileSearchStores/x:uploadToFileSearchStore": {"mimeType": "text/plain"},
    f"/upload{V}/files": {"file": {}},
    f"{V}/models/gemini-2.5-flash:generateContent": {"contents": [{"parts": [{"text": "x"}]}]},
    f"{V}/models/gemini-embedding-001:embedContent": {"content": {"parts": [{"text": "x"}]}},
    f"{V}/models/gemini-embedding-001:batchEmbedContents": {
        "requests": [{"content": {"parts": [{"text": "x"}]}}]
    },
    f"{V}/models/gemini-2.5-flash:batchGenerateContent": {"batch": {"displayName": "x"}},
    f"{V}/models/gemini-embedding-001:asyncBatchEmbedContent": {"batch": {"displayName": "x"}},
    f"{V}/models/gemini-3.6-flash:streamGenerateContent": {
        "contents": [{"parts": [{"text": "x"}]}]
    },
    f"{V}/models/gemini-2.0-flash:generateContent": {"contents": [{"parts": [{"text": "x"}]}]},
    f"{V}/models/gemini-2.5-flash-image:generateContent": {
        "contents": [{"parts": [{"text": "x"}]}]
    },
    f"{V}/models/gemini-2.5-flash-preview-tts:generateContent": {
        "contents": [{"parts": [{"text": "x"}]}],
        "generationConfig": {"responseModalities": ["AUDIO"]},
    },
    f"{V}/models/gemini-2.5-flash:countTokens": {"contents": [{"parts": [{"text": "x"}]}]},
    f"{V}/models/imagen-4.0-generate-001:predict": {
        "instances": [{"prompt": "x"}],
        "parameters": {"sampleCount": 1},
    },
    f"{V}/models/veo-3.1-generate-preview:predictLongRunning": {"instances": [{"prompt": "x"}]},
    f"{V}/tunedModels": {},
    f"{V}/interactions": {"model": "gemini-2.5-flash", "input": "x"},
    f"{PROJECT}/interactions": {"agent": "deep-research-preview-04-2026", "background": True},
    f"{V}/webhooks": {"name": "x", "uri": "http://127.0.0.1:9/", "subscribed_events": []},
    f"{GATEWAY}/responses": {"model": "gemini-2.5-flash", "input": "x"},
    f"{GATEWAY}/responses/compact": {"model": "gemini-2.5-flash", "input": "x"},
    f"{GATEWAY}/responses/input_tokens": {"model": "gemini-2.5-flash", "input": "x"},
    f"{GATEWAY}/conversations": {"items": []},
    f"{PUBLISHED}/models/gemini-2.5-flash:generateContent": {
        "contents": [{"parts": [{"text": "x"}]}]
    },
    f"{PUBLISHED}/models/gemini-2.5-flash:computeTokens": {
        "contents": [{"parts": [{"text": "x"}]}]
    },
    f"{PUBLISHED}/models/gemini-embedding-001:predict": {"instances": [{"content": "x"}]},
    f"{PUBLISHED}/models/veo-3.1-generate-preview:fetchPredictOperation": {"operationName": "x"},
    f"{PROJECT}/cachedContents": {"model": "models/gemini-2.5-flash"},
    "/_mockgem/clock": {"advance": 1},
    "/_mockgem/reset": {},
}
GOOD = (200, 400, 403, 404, 409, 429)


def post(path: str, body: bytes, headers: Any = None, asker: Asker | None = None) -> Answer:
    return (asker or Asker()).send("POST", path, body, headers or KEY)


@CALM
@given(st.sampled_from(sorted(POSTS)), st.dictionaries(NAMES, SHAPED, max_size=5), st.booleans())
def test_no_body_is_a_500(path: str, body: dict[str, Any], usable: bool) -> None:
    answer = post(path, json.dumps(POSTS[path] | body if usable else body).encode())
    assert answer.status in GOOD, answer.text


@pytest.mark.parametrize("path", sorted(POSTS))
@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b'"x"', b"{", b"\xff\xfe", b"[" * 50_000, b'{"a":' * 50_000, b"1e999"],
)
def test_no_bytes_are_a_500(path: str, body: bytes) -> None:
    for kind in (
        "application/json",
        "multipart/form-data; boundary=x",
        "multipart/related",
        "application/x-www-form-urlencoded",
    ):
        assert post(path, body, KEY | {"content-type": kind}).status in GOOD


CONTENT = [
    path
    for path in sorted(POSTS)
    if "ontent" in path and "models/" in path and "batch" not in path.lower()
]
CONFIGS = st.dictionaries(NAMES, SHAPED, max_size=5)


@CALM
@given(st.sampled_from(CONTENT), CONFIGS, st.dictionaries(NAMES, SHAPED, max_size=3), CONFIGS)
def test_no_configuration_or_part_or_schema_is_a_500(
    path: str, config: Any, part: Any, schema: Any
) -> None:
    told = {"contents": [{"parts": [{"text": "a"}, part]}], "generationConfig": config}
    tools = [{"functionDeclarations": [{"name": "f", "parameters": schema}], **part}]
    for body in (told, told | {"tools": tools}, POSTS[path] | {"tools": tools}):
        assert post(path, json.dumps(body).encode()).status in GOOD


@CALM
@given(
    st.text(max_size=30),
    st.text(max_size=20),
    st.sampled_from(["GET", "DELETE", "PATCH", "POST", "PUT", "HEAD"]),
)
def test_no_path_or_query_is_a_500(name: str, value: str, method: str) -> None:
    asker = Asker()
    query = dict.fromkeys(
        ("pageSize", "pageToken", "limit", "after", "alt", "key", "upload_id", "updateMask"), value
    )
    for path in (
        f"{V}/files/{name}",
        f"{V}/batches/{name}",
        f"{V}/models",
        f"{V}/models/{name}",
        f"{V}/tunedModels/{name}",
        f"{V}/cachedContents",
        f"{V}/files",
        f"/upload{V}/files",
    ):
        assert asker.send(method, path, b"{}", {"host": "127.0.0.1:1"}, query).status in (
            *GOOD,
            302,
            501,
        )
    del query["key"]
    for path in (
        f"{GEMINI}/batches",
        f"{GEMINI}/batches/{name}",
        f"{GEMINI}/videos/{name}",
        f"/_mockgem/worlds/{name}",
    ):
        assert asker.send(method, path, b"", KEY, query).status in GOOD


@CALM
@given(st.text(max_size=20), st.text(max_size=20), st.binary(max_size=50))
def test_no_upload_is_a_500(command: str, offset: str, data: bytes) -> None:
    asker = Asker()
    begun = post(f"/upload{V}/files", b"{}", KEY | {"x-goog-upload-protocol": "resumable"}, asker)
    upload = begun.header("X-GUploader-UploadID")[0]
    for told in (
        {"x-goog-upload-command": command},
        {"x-goog-upload-command": "upload", "x-goog-upload-offset": offset},
    ):
        answer = asker.send("POST", f"/upload{V}/files", data, KEY | told, {"upload_id": upload})
        assert answer.status in GOOD


LINES = st.one_of(
    st.binary(max_size=40),
    st.builds(
        lambda row: json.dumps(row).encode(),
        st.one_of(
            SHAPED,
            st.fixed_dictionaries(
                {
                    "custom_id": st.text(max_size=5),
                    "url": st.just("/v1/chat/completions"),
                    "body": SHAPED,
                }
            ),
            st.fixed_dictionaries(
                {"key": JUNK, "request": st.dictionaries(NAMES, SHAPED, max_size=4)}
            ),
        ),
    ),
)


@CALM
@given(st.lists(LINES, max_size=4), st.booleans())
def test_no_batch_is_a_500_and_every_batch_ends(lines: list[bytes], native: bool) -> None:
    asker = Asker()
    name = put(asker, b"\n".join(lines), mime_type="jsonl")["name"]
    if native:
        body: Any = {"batch": {"inputConfig": {"fileName": name}}}
        operation = post(
            f"{V}/models/gemini-2.5-flash:batchGenerateContent",
            json.dumps(body).encode(),
            None,
            asker,
        ).json
        for _ in range(4):
            answer = asker.send("GET", f"{V}/{operation['name']}", headers=KEY)
            assert answer.status == 200
        assert answer.json["done"]
        return
    body = {"input_file_id": name, "endpoint": "/v1/chat/completions", "completion_window": "24h"}
    batch = post(f"{GEMINI}/batches", json.dumps(body).encode(), None, asker).json
    for _ in range(4):
        answer = asker.send("GET", f"{GEMINI}/batches/{batch['id']}", headers=KEY)
        assert answer.status == 200
    assert answer.json["status"] in ("completed", "failed")
