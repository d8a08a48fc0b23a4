"""Models, token counts, Imagen, Veo, tuned models, and unsupported features."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import VERTEX, Answer, Asker
from tests.dialects.gemini.test_generate import KEY, THREE, TWO, WEATHER, ask, question


def get(path: str, asker: Asker | None = None, **query: str) -> Answer:
    return (asker or Asker()).send("GET", path, b"", KEY, query)


def test_the_list_is_paged_as_recorded() -> None:
    asker = Asker()
    first = get("/v1beta/models", asker).json
    assert len(first["models"]) == 50
    everything = get("/v1beta/models", asker, pageSize="1000").json
    assert "nextPageToken" not in everything
    names, token = [], ""
    while True:
        page = get("/v1beta/models", asker, pageSize="7", pageToken=token).json
        names += [model["name"] for model in page["models"]]
        token = page.get("nextPageToken", "")
        if not token:
            break
        data = base64.b64decode(token)
        assert data == b"\x0a" + bytes([len(names[-1])]) + names[-1].encode()
    assert names == [model["name"] for model in everything["models"]]
    assert get("/v1beta/models", asker, pageToken="!!").status == 400
    assert get("/v1beta/models", asker, pageSize="many").status == 400


def test_a_model_has_the_recorded_fields_in_their_order() -> None:
    model = get(f"/v1beta/models/{TWO}").json
    assert list(model) == [
        *("name", "version", "displayName", "description", "inputTokenLimit", "outputTokenLimit"),
        *(
            "supportedGenerationMethods",
            "temperature",
            "topP",
            "topK",
            "maxTemperature",
            "thinking",
        ),
    ]
    assert "temperature" not in get("/v1beta/models/gemini-embedding-001").json
    assert get("/v1beta/models/nope").status == 404


def test_v1_does_not_know_the_latest() -> None:
    names = {model["name"] for model in get("/v1/models", pageSize="1000").json["models"]}
    assert "models/gemini-flash-latest" not in names
    assert get("/v1/models/gemini-pro-latest").status == 404
    assert get("/v1beta/models/gemini-pro-latest").status == 200


@pytest.mark.parametrize("model", [TWO, THREE])
@pytest.mark.parametrize("wrapped", [False, True])
def test_counts_agree_with_usage(model: str, wrapped: bool) -> None:
    data = base64.b64encode(render_picture(SeededRandom(1), 800, 800)).decode()
    body = question(
        "What is on it?", tools=[WEATHER], systemInstruction={"parts": [{"text": "Look closely."}]}
    )
    body["contents"][0]["parts"].append({"inlineData": {"mimeType": "image/png", "data": data}})
    usage = ask(body, model).json["usageMetadata"]
    asked = (
        {"generateContentRequest": {"model": f"models/{model}", **body}}
        if wrapped
        else {"contents": body["contents"]}
    )
    found = ask(asked, model, "countTokens").json
    if wrapped:
        assert found["totalTokens"] == usage["promptTokenCount"]
        assert found["promptTokensDetails"] == usage["promptTokensDetails"]
    else:
        assert found["totalTokens"] < usage["promptTokenCount"]


def test_errors_of_counts_name_the_count_request() -> None:
    assert (
        ask({}, method="countTokens").error["message"]
        == "* CountTokensRequest.contents: contents is not specified\n"
    )
    empty = ask({"contents": [{"parts": [{}]}]}, method="countTokens").error["message"]
    assert empty.startswith(
        "* CountTokensRequest.contents[0].parts[0].data: required oneof field 'data'"
    )
    assert ask(question("x"), "gemini-3.1-flash-live-preview", "countTokens").status == 404
    assert ask(question("x", tools=[WEATHER]), method="countTokens").status == 400


def test_imagen_generates_images() -> None:
    body: dict[str, Any] = {
        "instances": [{"prompt": "A robot with a skateboard"}],
        "parameters": {"sampleCount": 2, "aspectRatio": "3:4"},
    }
    predictions = ask(body, "imagen-4.0-generate-001", "predict").json["predictions"]
    assert [list(one) for one in predictions] == [["mimeType", "bytesBase64Encoded"]] * 2
    assert predictions[0] != predictions[1]
    assert base64.b64decode(predictions[0]["bytesBase64Encoded"])[:2] == b"\xff\xd8"
    body["parameters"] = {"outputOptions": {"mimeType": "image/png"}}
    four = ask(body, "imagen-4.0-generate-001", "predict").json["predictions"]
    assert len(four) == 4
    assert base64.b64decode(four[0]["bytesBase64Encoded"])[:4] == b"\x89PNG"


ONE_IMAGE = [{"prompt": "x"}]
REFUSED_IMAGES: list[tuple[Any, str]] = [
    ({}, "* PredictRequest.instances: instances is not specified\n"),
    ({"instances": [{"prompt": ""}]}, "Request contains an invalid argument."),
    (
        {"instances": ONE_IMAGE, "parameters": {"sampleCount": "many"}},
        "Invalid value at 'parameters.sampleCount': expected a whole number, got 'many'",
    ),
    (
        {"instances": ONE_IMAGE, "parameters": {"sampleCount": 99}},
        "The number value for `sampleCount` is out of bound. Please provide a value between 1 and "
        "4, inclusive.",
    ),
    (
        {"instances": ONE_IMAGE, "parameters": {"aspectRatio": "7:1"}},
        "`aspectRatio` does not support `7:1` as a valid value. Please refer to the Gemini API "
        "documentation for supported usage.",
    ),
    (
        {"instances": ONE_IMAGE, "parameters": {"outputOptions": {"mimeType": "a/b"}}},
        "Invalid mime type 'a/b': expected image/png or image/jpeg.",
    ),
    (
        {"instances": [], "colour": 1},
        'Invalid JSON payload received. Unknown name "colour": Cannot find field.',
    ),
]


@pytest.mark.parametrize(("body", "message"), REFUSED_IMAGES)
def test_imagen_refuses_some_requests(body: Any, message: str) -> None:
    answer = ask(body, "imagen-4.0-generate-001", "predict")
    assert (answer.status, answer.error["message"]) == (400, message)


def test_a_chat_model_makes_no_images() -> None:
    answer = ask({"instances": ONE_IMAGE}, TWO, "predict")
    assert answer.status == 404
    assert answer.error["message"] == (
        f"models/{TWO} is not found for API version v1beta, or is not supported for predict. Call "
        "ModelService.ListModels to see the list of available models and their supported methods."
    )


def test_filtered_images_are_absent() -> None:
    body: dict[str, Any] = {
        "instances": [{"prompt": "Violence and gore"}],
        "parameters": {"includeRaiReason": True},
    }
    (prediction,) = ask(body, "imagen-4.0-generate-001", "predict").json["predictions"]
    assert prediction["raiFilteredReason"].startswith("Unable to show generated images.")
    del body["parameters"]
    assert ask(body, "imagen-4.0-generate-001", "predict").json == {}


def test_veo_generates_a_file_after_some_polls() -> None:
    asker = Asker()
    model = "veo-3.1-lite-generate-preview"
    body = {
        "instances": [{"prompt": "Waves"}],
        "parameters": {"durationSeconds": 4, "aspectRatio": "9:16"},
    }
    name = ask(body, model, "predictLongRunning", asker).json["name"]
    assert name.startswith(f"models/{model}/operations/")
    assert get(f"/v1beta/{name}", asker).json == {"name": name}
    get(f"/v1beta/{name}", asker)
    done = get(f"/v1beta/{name}", asker).json
    assert done["done"] is True
    (sample,) = done["response"]["generateVideoResponse"]["generatedSamples"]
    uri = sample["video"]["uri"]
    path = uri.removeprefix("http://127.0.0.1:8090").partition("?")[0]
    moved = get(path, asker, alt="media")
    assert moved.status == 302
    film = get("/download" + path, asker, alt="media")
    assert film.body[4:8] == b"ftyp"
    (file,) = get("/v1beta/files", asker).json["files"]
    assert file["source"] == "GENERATED"
    assert file["downloadUri"] == uri
    assert (
        get(
            f"/v1beta/models/veo-2.0-generate-001/operations/{name.rpartition('/')[2]}", asker
        ).status
        == 404
    )
    assert get(f"/v1beta/models/{model}/operations/none", asker).status == 404


def test_tuning_has_ended() -> None:
    assert get("/v1beta/tunedModels").json == {}
    assert get("/v1beta/tunedModels/x").error["status"] == "PERMISSION_DENIED"
    body = b'{"baseModel": "models/gemini-1.5-flash-001-tuning"}'
    refused = Asker().send("POST", "/v1beta/tunedModels", body, KEY)
    assert "gemini-1.5-flash-001-tuning is not found" in refused.error["message"]
    for method, path in (
        ("PATCH", "/x"),
        ("DELETE", "/x"),
        ("POST", "/x:cancel"),
        ("POST", "/x:generateContent"),
    ):
        assert Asker().send(method, f"/v1beta/tunedModels{path}", b"{}", KEY).status == 403


RETRIED = (408, 409, 429)
"""Statuses besides 5xx after which official SDKs send a request again."""


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("GET", "/v1/agents", "agents"),
        ("DELETE", "/v1beta/agents/a1", "agents"),
        ("POST", "/v1/environments", "environments"),
        ("POST", "/v1/triggers/t1/executions", "triggers"),
        ("PATCH", "/v1/triggers/t1", "triggers"),
        ("GET", "/v1/voices/v1", "voices"),
        ("POST", "/v1/decisions", "decisions"),
        ("PATCH", "/v1/credentials/c1", "credentials"),
        ("GET", "/v1beta/interactions/live/x", "this method of interactions"),
        ("GET", "/v1/interactions/v1_abc/auth_tokens", "this method of interactions"),
    ],
)
def test_new_resources_are_refused_with_a_code_in_words(method: str, path: str, what: str) -> None:
    answer = Asker().send(method, path, b"{}", KEY)
    assert answer.status == 404
    assert set(answer.error) == {"message", "code"}
    assert answer.error["code"] == "not_found"
    assert f"does not support {what} ({method} {path})" in answer.error["message"]


@pytest.mark.parametrize(
    ("method", "path", "what"),
    [
        ("POST", "/v1beta/files:register", "registering files of Cloud Storage"),
        ("GET", "/v1beta/corpora", "corpora"),
        ("POST", "/v1/projects/p/locations/l/batchPredictionJobs", "batch prediction jobs"),
        ("GET", "/v1beta1/projects/p/locations/l/tuningJobs/1", "tuning jobs"),
        ("POST", "/v1/projects/p/locations/l/fileSearchStores", "file search stores on Vertex AI"),
    ],
)
def test_other_features_are_refused_so_that_sdks_do_not_repeat(
    method: str, path: str, what: str
) -> None:
    answer = Asker().send(method, path, b"{}", KEY)
    assert answer.status < 500
    assert answer.status not in RETRIED
    assert (answer.error["code"], answer.error["status"]) == (404, "NOT_FOUND")
    assert f"does not support {what} " in answer.error["message"]


# Vertex AI

PROJECT = VERTEX.removesuffix("/endpoints/openapi")
PUBLISHED = PROJECT + "/publishers/google"


def vertex(path: str, body: Any, asker: Asker | None = None, method: str = "POST") -> Answer:
    return (asker or Asker()).send(method, path, json.dumps(body).encode())


@pytest.mark.parametrize(
    "base",
    [
        PUBLISHED,
        "/v1beta1" + PUBLISHED.removeprefix("/v1"),
        "/v1/publishers/google",
        "/v1beta1/publishers/google",
    ],
)
def test_vertex_generates_with_its_own_keys(base: str) -> None:
    answer = vertex(f"{base}/models/{TWO}:generateContent", question("hi"))
    assert list(answer.json) == [
        "candidates",
        "usageMetadata",
        "modelVersion",
        "createTime",
        "responseId",
    ]
    assert answer.json["usageMetadata"]["trafficType"] == "ON_DEMAND"
    assert "serviceTier" not in answer.json["usageMetadata"]
    (candidate,) = answer.json["candidates"]
    assert list(candidate) == ["content", "finishReason", "avgLogprobs"]
    assert list(candidate["content"]) == ["role", "parts"]
    assert candidate["content"] == ask(question("hi")).json["candidates"][0]["content"]
    stream = vertex(f"{base}/models/{TWO}:streamGenerateContent", question("hi"))
    assert isinstance(stream.json, list)


def test_vertex_has_its_own_error_messages() -> None:
    missing = Asker().send("POST", f"{PUBLISHED}/models/{TWO}:generateContent", b"{}", {})
    assert missing.status == 401
    assert missing.error["details"][0]["metadata"]["method"].endswith("GenerateContent")
    unknown = vertex(f"{PUBLISHED}/models/nope:generateContent", question("x"))
    assert unknown.error["message"].startswith(
        "Publisher Model `projects/my-project/locations/us-central1/publishers/google/models/nope`"
    )
    express = Asker().send(
        "POST",
        "/v1/publishers/google/models/nope:generateContent",
        json.dumps(question("x")).encode(),
        KEY,
    )
    assert express.error["message"].startswith("Publisher Model `publishers/google/models/nope`")
    field = vertex(
        f"{PUBLISHED}/models/{TWO}:generateContent",
        question("x", generationConfig={"responseSchema": {"type": ""}}),
    )
    assert "(type.googleapis.com/google.cloud.aiplatform.v1.Type)" in field.error["message"]


def test_vertex_counts_and_shows_tokens() -> None:
    found = vertex(f"{PUBLISHED}/models/{TWO}:countTokens", question("two words")).json
    assert list(found) == ["totalTokens", "totalBillableCharacters", "promptTokensDetails"]
    assert found["totalBillableCharacters"] == 8
    (info,) = vertex(f"{PUBLISHED}/models/{TWO}:computeTokens", question("two words")).json[
        "tokensInfo"
    ]
    assert b"".join(base64.b64decode(token) for token in info["tokens"]) == b"two words"
    assert len(info["tokenIds"]) == len(info["tokens"])


def test_vertex_embeds_with_predict_and_embed_content() -> None:
    body = {
        "instances": [{"content": "a"}, {"content": "b"}],
        "parameters": {"outputDimensionality": 16},
    }
    predictions = vertex(f"{PUBLISHED}/models/gemini-embedding-001:predict", body).json[
        "predictions"
    ]
    assert [len(one["embeddings"]["values"]) for one in predictions] == [16, 16]
    assert predictions[0]["embeddings"]["statistics"] == {"truncated": False, "token_count": 1}
    one = vertex(
        f"{PUBLISHED}/models/gemini-embedding-2:embedContent",
        {"content": {"parts": [{"text": "a"}]}},
    ).json
    assert len(one["embedding"]["values"]) == 3072


def test_names_of_vertex_caches_begin_with_the_project() -> None:
    asker = Asker()
    place = PROJECT.removeprefix("/v1/")
    content = {"role": "user", "parts": [{"text": "word " * 2000}]}
    body = {"model": f"{place}/publishers/google/models/{TWO}", "contents": [content]}
    cache = vertex(f"{PROJECT}/cachedContents", body, asker).json
    assert cache["name"].startswith(f"{place}/cachedContents/")
    assert cache["model"] == body["model"]
    assert vertex(f"/v1/{cache['name']}", {}, asker, "GET").json == cache
    body = question("x", cachedContent=cache["name"])
    answer = vertex(f"{PUBLISHED}/models/{TWO}:generateContent", body, asker)
    assert answer.json["usageMetadata"]["cachedContentTokenCount"] == 2500


def test_vertex_videos_contain_their_bytes() -> None:
    asker = Asker()
    model = f"{PUBLISHED}/models/veo-3.1-generate-preview"
    name = vertex(f"{model}:predictLongRunning", {"instances": [{"prompt": "Waves"}]}, asker).json[
        "name"
    ]
    assert name.startswith(model.removeprefix("/v1/"))
    for _ in range(3):
        found = vertex(f"{model}:fetchPredictOperation", {"operationName": name}, asker).json
    (video,) = found["response"]["videos"]
    assert video["mimeType"] == "video/mp4"
    assert base64.b64decode(video["bytesBase64Encoded"])[4:8] == b"ftyp"


@pytest.mark.parametrize("nested", [True, False])
def test_vertex_embeds_with_the_requested_dimensions(nested: bool) -> None:
    config = {"outputDimensionality": 256}
    body = {
        "content": {"parts": [{"text": "x"}]},
        **({"embedContentConfig": config} if nested else config),
    }
    answer = vertex(f"{PUBLISHED}/models/gemini-embedding-001:embedContent", body)
    assert len(answer.json["embedding"]["values"]) == 256


def test_only_vertex_embeds_with_predict() -> None:
    body = {"instances": [{"content": "x"}]}
    path = "/models/gemini-embedding-001:predict"
    assert vertex(PUBLISHED + path, body).json["predictions"]
    assert Asker().send("POST", "/v1beta" + path, json.dumps(body).encode(), KEY).status == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1beta/files:register"),
    ],
)
def test_unsupported_features_of_vertex_are_named(method: str, path: str) -> None:
    answer = Asker().send(method, path, b"{}", KEY)
    assert (answer.status, answer.error["status"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("count", [0, 5, 99])
def test_imagen_makes_up_to_four_images(count: int) -> None:
    body = {"instances": [{"prompt": "x"}], "parameters": {"sampleCount": count}}
    answer = ask(body, "imagen-4.0-generate-001", "predict")
    assert answer.status == 400
    assert answer.error["message"] == (
        "The number value for `sampleCount` is out of bound. Please provide a value between 1 and "
        "4, inclusive."
    )


def test_each_text_of_a_batch_may_have_vectors_of_another_size() -> None:
    def embed(*sizes: int) -> Any:
        requests = [
            {"content": {"parts": [{"text": "Hello"}]}}
            | ({"outputDimensionality": size} if size else {})
            for size in sizes
        ]
        return ask({"requests": requests}, "gemini-embedding-001", "batchEmbedContents")

    rows = embed(256, 0, 768).json["embeddings"]
    assert [len(row["values"]) for row in rows] == [256, 3072, 768]
    assert rows[0] == embed(256).json["embeddings"][0]
    assert embed(256, 99_999).status == 400
