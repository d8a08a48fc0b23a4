"""Compare the native API and Vertex AI with public reports: what is accepted, refused and named.

The file has a request and the reported status in each row, and the message where a report has it.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.asking import Answer, Asker

ROWS = json.loads((Path(__file__).parent / "reported" / "native.json").read_text(encoding="utf-8"))
DEVELOPER = "/v1beta/models/"
VERTEX = "/v1/projects/p/locations/us-central1/publishers/google/models/"
UPLOAD = "/upload/v1beta/files"
WEATHER = {
    "functionDeclarations": [
        {
            "name": "get_weather",
            "description": "Get the weather of a city",
            "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}},
        }
    ]
}


def ask(path: str, body: Any, query: dict[str, str] | None = None, asker: Any = None) -> Answer:
    headers = (
        {"authorization": "Bearer token"} if "/projects/" in path else {"x-goog-api-key": "key"}
    )
    found: Answer = (asker or Asker()).send("POST", path, json.dumps(body).encode(), headers, query)
    return found


def asking(*texts: str, **more: Any) -> Any:
    return {"contents": [{"role": "user", "parts": [{"text": text} for text in texts]}], **more}


def read_events(answer: Answer) -> list[Any]:
    return [json.loads(event[6:]) for event in answer.text.split("\r\n\r\n") if event]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_a_request_is_answered_as_reported(row: dict[str, Any]) -> None:
    answer = ask(row["path"], row["request"])
    assert answer.status == row["status"], answer.text
    if "message" in row:
        assert answer.error["message"] == row["message"]
        assert "details" not in answer.error or row["name"] == "type-list"


@pytest.mark.parametrize("path", [DEVELOPER, VERTEX])
@pytest.mark.parametrize(
    ("model", "body", "status"),
    [
        ("does-not-exist", asking("hi"), 404),
        ("gemini-2.5-flash", {"contents": []}, 400),
        ("gemini-2.5-flash", {"contents": 5}, 400),
    ],
)
def test_an_error_of_a_stream_of_events_has_the_type_of_the_stream(
    path: str, model: str, body: Any, status: int
) -> None:
    events = ask(f"{path}{model}:streamGenerateContent", body, {"alt": "sse"})
    array = ask(f"{path}{model}:streamGenerateContent", body)
    assert events.status == array.status == status
    assert events.header("content-type") == ["text/event-stream"]
    assert isinstance(events.response.body, bytes), "a length, not chunks"
    assert array.header("content-type") == ["application/json; charset=UTF-8"]
    assert [events.json] == array.json


def test_the_calls_of_vertex_end_without_a_message() -> None:
    body = asking("The weather in Oslo?", tools=[WEATHER])
    method = "gemini-2.5-flash:generateContent"
    assert ask(DEVELOPER + method, body).json["candidates"][0]["finishMessage"]
    found = ask(VERTEX + method, body).json["candidates"][0]
    assert "functionCall" in found["content"]["parts"][0]
    assert (found["finishReason"], "finishMessage" in found) == ("STOP", False)
    [*_, last] = read_events(ask(f"{VERTEX}gemini-2.5-flash:streamGenerateContent", body, SSE))
    assert "finishMessage" not in last["candidates"][0]


SSE = {"alt": "sse"}


def test_only_the_last_chunk_of_vertex_counts_tokens() -> None:
    body = asking("Tell me about the history of Rome")
    *chunks, last = read_events(ask(f"{VERTEX}gemini-2.5-flash:streamGenerateContent", body, SSE))
    assert len(chunks) > 1
    assert [chunk["usageMetadata"] for chunk in chunks] == [{"trafficType": "ON_DEMAND"}] * len(
        chunks
    )
    assert last["usageMetadata"]["totalTokenCount"] > 0
    assert last["usageMetadata"]["trafficType"] == "ON_DEMAND"


def make_png() -> str:
    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + head + pixel + chunk(b"IEND", b"")).decode()


IMAGE = {"inlineData": {"mimeType": "image/png", "data": make_png()}}
AUDIO = {"inlineData": {"mimeType": "audio/mp3", "data": base64.b64encode(b"\0" * 32_000).decode()}}


def embed(*parts: Any, path: str = DEVELOPER, model: str = "gemini-embedding-2") -> Any:
    answer = ask(f"{path}{model}:embedContent", {"content": {"role": "user", "parts": parts}})
    assert answer.status == 200, answer.text
    return answer.json


def test_embeddings_count_media_by_modality() -> None:
    usage = embed({"text": "a cat on a roof"}, IMAGE)["usageMetadata"]
    image, text = usage["promptTokenDetails"]
    assert (image["modality"], image["tokenCount"]) == ("IMAGE", 258)
    assert text["modality"] == "TEXT"
    assert usage["promptTokenCount"] == 258 + text["tokenCount"]
    assert [row["modality"] for row in embed(IMAGE)["usageMetadata"]["promptTokenDetails"]] == [
        "IMAGE"
    ]
    assert embed(AUDIO)["usageMetadata"]["promptTokenDetails"] == [
        {"modality": "AUDIO", "tokenCount": 64}
    ]


def test_text_and_media_both_influence_a_vector() -> None:
    cat, dog = {"text": "a cat"}, {"text": "a dog"}
    vectors = [embed(*parts)["embedding"]["values"] for parts in ((cat, IMAGE), (dog, IMAGE))]
    vectors += [embed(*parts)["embedding"]["values"] for parts in ((cat,), (IMAGE,), (cat, AUDIO))]
    assert len({tuple(vector) for vector in vectors}) == 5


def test_embeddings_of_vertex_have_a_usage_of_their_own() -> None:
    usage = embed({"text": "a cat"}, path=VERTEX, model="gemini-embedding-001")["usageMetadata"]
    count = usage["totalTokenCount"]
    assert usage == {
        "promptTokenCount": count,
        "totalTokenCount": count,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": count}],
    }


def test_a_batch_of_embeddings_has_a_size_for_each() -> None:
    content = {"parts": [{"text": "a cat"}]}
    requests = [
        {"model": "models/gemini-embedding-001", "content": content, "outputDimensionality": size}
        for size in (8, 16)
    ]
    answer = ask(f"{DEVELOPER}gemini-embedding-001:batchEmbedContents", {"requests": requests})
    assert [len(row["values"]) for row in answer.json["embeddings"]] == [8, 16]


def upload(asker: Asker, mime_type: str, protocol: str = "raw") -> Answer:
    headers = {
        "x-goog-api-key": "key",
        "x-goog-upload-protocol": protocol,
        "content-type": mime_type,
    }
    return asker.send("POST", UPLOAD, b"some bytes", headers)


@pytest.mark.parametrize("mime_type", ["bad/mime_type", "/", "text/", "text/a b"])
def test_an_upload_of_an_unknown_type_is_refused(mime_type: str) -> None:
    answer = upload(Asker(), mime_type)
    assert (answer.status, answer.error["message"]) == (400, f"Unsupported MIME type: {mime_type}")


@pytest.mark.parametrize(
    "mime_type", ["text/plain; charset=utf-8", "jsonl", "application/x-ndjson"]
)
def test_an_upload_of_a_known_type_is_accepted(mime_type: str) -> None:
    assert upload(Asker(), mime_type).status == 200


def test_an_unknown_protocol_of_an_upload_is_refused() -> None:
    answer = upload(Asker(), "text/plain", "carrier-pigeon")
    assert answer.status == 400
    assert "carrier-pigeon" in answer.error["message"]


def test_the_address_of_a_file_is_googles_and_names_it_everywhere() -> None:
    asker = Asker()
    file = upload(asker, "text/plain").json["file"]
    assert file["uri"] == f"https://generativelanguage.googleapis.com/v1beta/{file['name']}"
    link = {"fileData": {"fileUri": file["uri"], "mimeType": "text/plain"}}
    body = {"contents": [{"role": "user", "parts": [link, {"text": "What is it?"}]}]}
    assert ask(f"{DEVELOPER}gemini-2.5-flash:generateContent", body, asker=asker).status == 200
    missing = {"contents": [{"parts": [{"fileData": {"fileUri": file["uri"] + "x"}}]}]}
    gone = ask(f"{DEVELOPER}gemini-2.5-flash:generateContent", missing, asker=asker)
    assert gone.status == 403


def test_a_download_has_its_checksum() -> None:
    from tests.core.test_crc32c import compute_slowly

    asker = Asker()
    path = f"{DEVELOPER}veo-3.1-generate-preview"
    started = ask(f"{path}:predictLongRunning", {"instances": [{"prompt": "A cat"}]}, asker=asker)
    headers = {"x-goog-api-key": "key"}
    for _ in range(20):
        operation = asker.send("GET", f"/v1beta/{started.json['name']}", b"", headers).json
        if operation.get("done"):
            break
    uri = operation["response"]["generateVideoResponse"]["generatedSamples"][0]["video"]["uri"]
    name = uri.partition("/v1beta/")[2].partition(":")[0]
    found = asker.send("GET", f"/download/v1beta/{name}:download", b"", headers, {"alt": "media"})
    checksum = base64.b64encode(compute_slowly(found.body).to_bytes(4, "big")).decode()
    assert found.header("x-goog-hash") == [f"crc32c={checksum}"]


def test_a_cache_refuses_a_tool_configuration_beside_it() -> None:
    asker = Asker()
    cache = asking("many words " * 2000, model="models/gemini-2.5-flash")
    name = ask("/v1beta/cachedContents", cache, asker=asker).json["name"]
    config = {"functionCallingConfig": {"mode": "AUTO"}}
    body = asking("hi", cachedContent=name)
    path = f"{DEVELOPER}gemini-2.5-flash:generateContent"
    assert ask(path, body, asker=asker).status == 200
    answer = ask(path, {**body, "toolConfig": config}, asker=asker)
    assert answer.status == 400
    assert answer.error["message"].startswith("CachedContent can not be used with GenerateContent")


def test_lenient_accepts_unknown_parameters_of_a_video() -> None:
    body = {"instances": [{"prompt": "A cat"}], "parameters": {"generateAudio": True}}
    path = f"{DEVELOPER}veo-3.1-generate-preview:predictLongRunning"
    assert ask(path, body).status == 400
    assert ask(path, body, asker=Asker(lenient=True)).status == 200


def test_gemini_3_shows_its_search_before_function_calls() -> None:
    question = {"role": "user", "parts": [{"text": "The weather in Oslo?"}]}
    body = {
        "contents": [question],
        "tools": [{"googleSearch": {}}, WEATHER],
        "toolConfig": {"includeServerSideToolInvocations": True},
    }
    path = f"{DEVELOPER}gemini-3-flash-preview:generateContent"
    content = ask(path, body).json["candidates"][0]["content"]
    search, result, call = content["parts"]
    assert search["toolCall"]["toolType"] == result["toolResponse"]["toolType"]
    assert search["toolCall"]["toolType"] == "GOOGLE_SEARCH_WEB"
    assert search["toolCall"]["id"] == result["toolResponse"]["id"] != call["functionCall"]["id"]
    assert all(part["thoughtSignature"] for part in content["parts"])
    answer = {"functionResponse": {"name": "get_weather", "response": {"temperature": 7}}}
    body["contents"] += [content, {"role": "user", "parts": [answer]}]
    assert ask(path, body).status == 200


@pytest.mark.parametrize("base", [DEVELOPER, VERTEX])
@pytest.mark.parametrize(
    ("model", "mode", "first_and_last"),
    [
        ("gemini-2.5-pro", "AUTO", [True, False]),
        ("gemini-2.5-pro", "NONE", [False, False]),
        ("gemini-2.0-flash", "AUTO", [False, False]),
    ],
)
def test_gemini_2_5_signs_its_first_text_if_it_thought_and_may_call_functions(
    base: str, model: str, mode: str, first_and_last: list[bool]
) -> None:
    config = {"functionCallingConfig": {"mode": mode}}
    body = asking("Write a poem about the sea", tools=[WEATHER], toolConfig=config)
    streamed = ask(f"{base}{model}:streamGenerateContent", body, {"alt": "sse"})
    chunks = [event["candidates"][0] for event in read_events(streamed)]
    parts = [part for chunk in chunks for part in chunk["content"]["parts"]]
    assert len(parts) > 2
    assert ["thoughtSignature" in part for part in (parts[0], parts[-1])] == first_and_last
    assert not any("thoughtSignature" in part for part in parts[1:])
    (whole,) = ask(f"{base}{model}:generateContent", body).json["candidates"][0]["content"]["parts"]
    assert whole.get("thoughtSignature") == parts[0].get("thoughtSignature")
    assert whole["text"] == "".join(part["text"] for part in parts)


def test_gemini_2_5_does_not_sign_text_without_thinking() -> None:
    body = asking("Write a poem about the sea", tools=[WEATHER])
    body["generationConfig"] = {"thinkingConfig": {"thinkingBudget": 0}}
    answer = ask(f"{DEVELOPER}gemini-2.5-flash:generateContent", body)
    assert list(answer.json["candidates"][0]["content"]["parts"][0]) == ["text"]


def make_vertex_video(model: str, seconds: Any, **instance: Any) -> dict[str, Any]:
    """Start a video on Vertex AI, and return its operation after enough polls."""
    asker = Asker()
    body = {
        "instances": [{"prompt": "Waves", **instance}],
        "parameters": {"durationSeconds": seconds, "number_of_videos": 1},
    }
    started = ask(f"{VERTEX}{model}:predictLongRunning", body, asker=asker)
    assert started.status == 200
    fetch = {"operationName": started.json["name"]}
    for _ in range(3):
        operation = ask(f"{VERTEX}{model}:fetchPredictOperation", fetch, asker=asker).json
    return operation


FIRST_FRAME = {"bytesBase64Encoded": "aGk=", "mimeType": "image/png"}


@pytest.mark.parametrize(
    ("model", "seconds", "instance", "allowed", "feature"),
    [
        ("veo-3.1-generate-preview", 5, {}, "8,4,6", "text_to_video"),
        ("veo-3.1-generate-preview", 5, {"image": FIRST_FRAME}, "8,4,6", "image_to_video"),
        (
            "veo-3.1-generate-preview",
            6,
            {"referenceImages": [{"image": FIRST_FRAME, "referenceType": "asset"}]},
            "8",
            "reference_to_video",
        ),
        ("veo-3.1-generate-preview", 8, {"video": {"gcsUri": "gs://x/y"}}, "7", "video_extension"),
        ("veo-2.0-generate-001", 3, {}, "8,5,6,7", "text_to_video"),
    ],
)
def test_a_video_of_a_wrong_length_fails_on_vertex_while_it_is_made(
    model: str, seconds: int, instance: dict[str, Any], allowed: str, feature: str
) -> None:
    assert make_vertex_video(model, seconds, **instance)["error"] == {
        "code": 3,
        "message": f"Unsupported output video duration {seconds} seconds, supported durations are "
        f"[{allowed}] for feature {feature}.",
    }


@pytest.mark.parametrize(
    ("model", "seconds"), [("veo-3.1-generate-preview", "6"), ("veo-2.0-generate-001", 7)]
)
def test_a_video_of_a_right_length_is_made_on_vertex(model: str, seconds: Any) -> None:
    operation = make_vertex_video(model, seconds)
    assert "error" not in operation
    assert operation["response"]["videos"]


@pytest.mark.parametrize(
    ("path", "query", "shown"),
    [
        (DEVELOPER + "gemini-2.5-flash:streamGenerateContent", {"alt": "sse?key=k"}, "sse?key=k"),
        (DEVELOPER + "gemini-2.5-flash:generateContent", {"alt": "ZZZ"}, "ZZZ"),
        (DEVELOPER + "gemini-2.5-flash:countTokens", {"$alt": "xml;a=b"}, "xml;a=b"),
        (VERTEX + "gemini-2.5-flash:generateContent", {"alt": "xml"}, "xml"),
    ],
)
def test_an_unknown_format_of_answers_is_refused(
    path: str, query: dict[str, str], shown: str
) -> None:
    """Evidence: report-alt-values."""
    answer = ask(path, asking("hi"), query)
    assert answer.status == 400
    assert answer.error["message"] == f"Invalid value \"{shown}\" for query parameter 'alt'"
    assert answer.error["status"] == "INVALID_ARGUMENT"


@pytest.mark.parametrize("form", ["", "json", "JSON", "media", "proto", "json;enum-encoding=int"])
def test_known_formats_are_answered(form: str) -> None:
    path = DEVELOPER + "gemini-2.5-flash:generateContent"
    assert ask(path, asking("hi"), {"alt": form}).status == 200


def test_a_picture_after_a_search_is_grounded() -> None:
    """Evidence: report-image-model-search."""
    body = asking("Draw the weather in Oslo", tools=[{"googleSearch": {}}])
    answer = ask(DEVELOPER + "gemini-3-pro-image-preview:generateContent", body)
    (candidate,) = answer.json["candidates"]
    assert any("inlineData" in part for part in candidate["content"]["parts"])
    assert candidate["groundingMetadata"]["groundingChunks"]
    assert candidate["groundingMetadata"]["webSearchQueries"]


@pytest.mark.parametrize("required", [True, False])
def test_arguments_come_from_the_clause_of_their_tool(required: bool) -> None:
    """Also arguments that the schema does not require get the value that was found for them."""

    def declare(name: str, about: str, field: str) -> dict[str, Any]:
        schema = {"type": "OBJECT", "properties": {field: {"type": "STRING"}}}
        required_fields = {"required": [field]} if required else {}
        return {"name": name, "description": about, "parameters": schema | required_fields}

    tools = [
        declare("get_weather", "Weather of a city", "city"),
        declare("get_stock_price", "Price of a stock", "symbol"),
    ]
    body = asking(
        "price of GOOG? And the weather in Boston?", tools=[{"functionDeclarations": tools}]
    )
    answer = ask(DEVELOPER + "gemini-2.5-flash:generateContent", body)
    parts = answer.json["candidates"][0]["content"]["parts"]
    assert [(part["functionCall"]["name"], part["functionCall"]["args"]) for part in parts] == [
        ("get_weather", {"city": "Boston"}),
        ("get_stock_price", {"symbol": "GOOG"}),
    ]
