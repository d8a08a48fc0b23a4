"""Compare answers of the OpenAI-compatible surfaces with what users report of the real service."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.asking import GATEWAY, GEMINI, Answer, Asker, chat

DATA = Path(__file__).parent / "recorded" / "openai_reports.json"
ROWS = json.loads(DATA.read_text(encoding="utf-8"))
TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
    },
}
THOUGHTS = {"google": {"thinking_config": {"include_thoughts": True}}}
GEMMA = "gemma-4-31b-it"
ROME = "weather in Rome"


def post(asker: Asker, path: str, body: dict[str, Any], **headers: str) -> Answer:
    sent = {"authorization": "Bearer any-key", **headers}
    return asker.send("POST", path, json.dumps(body).encode(), sent)


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_a_request_gets_the_reported_answer(row: dict[str, Any]) -> None:
    usual = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    answer = post(Asker(), row["path"], usual | row["body"])
    assert answer.status == row["status"], answer.text
    if "message" in row:
        error = {"code": 400, "message": row["message"], "status": "INVALID_ARGUMENT"}
        assert answer.json == [{"error": error}]


def test_a_call_without_content_may_have_null_there() -> None:
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    messages = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "a", "content": "1"},
    ]
    assert chat(messages).status == 200


def test_a_lenient_server_accepts_null_and_plain_models_of_vertex() -> None:
    asker = Asker(lenient=True)
    assert asker.chat("hi", stop=None).status == 200
    path = "/v1/projects/p/locations/l/endpoints/openapi/chat/completions"
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "hi"}]}
    assert post(asker, path, body).status == 200


@pytest.mark.parametrize("model", ["gemini-2.5-flash", "gemini-3.5-flash", GEMMA])
def test_thoughts_are_closed_before_a_call(model: str) -> None:
    more = {"tools": [TOOL], "model": model, "extra_body": THOUGHTS}
    message = chat(ROME, **more).message
    assert re.fullmatch(r"<thought>[^<]+</thought>", message["content"])
    assert message["extra_content"]["google"]["thought"] is True
    deltas = [event["choices"][0]["delta"] for event in chat(ROME, stream=True, **more).events]
    call = next(delta for delta in deltas if "tool_calls" in delta)
    assert call["content"] == "</thought>"
    assert "".join(delta.get("content", "") for delta in deltas) == message["content"]


def test_gemma_4_streams_as_recorded() -> None:
    events = chat(ROME, model=GEMMA, tools=[TOOL], stream=True).events
    choices = [event["choices"][0] for event in events]
    assert choices[0]["delta"]["content"].startswith("<thought>")
    assert choices[0]["delta"]["extra_content"] == {"google": {"thought": True}}
    call = choices[-2]["delta"]["tool_calls"][0]
    assert list(call) == ["extra_content", "function", "id", "type"]
    assert re.fullmatch("[a-z0-9]{8}", call["id"])
    signature = base64.b64decode(call["extra_content"]["google"]["thought_signature"])
    assert signature[:4] == b"\x12\x26\x0a\x24"
    assert re.fullmatch(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", signature[4:])
    assert "finish_reason" not in choices[-2]
    assert choices[-1] == {"delta": {"role": "assistant"}, "finish_reason": "stop", "index": 0}


def test_gemma_4_does_not_think_at_the_level_minimal() -> None:
    answer = chat("hi", model=GEMMA, reasoning_effort="minimal")
    assert "<thought>" not in answer.message["content"]
    usage = answer.json["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"thinkingLevel": "LOW"}, "Thinking level is not supported for this model."),
        ({"thinkingBudget": 1024}, "Thinking budget is not supported for this model."),
    ],
)
def test_gemma_4_refuses_natively(config: dict[str, Any], words: str) -> None:
    body = {
        "contents": [{"parts": [{"text": "hi"}]}],
        "generationConfig": {"thinkingConfig": config},
    }
    answer = post(Asker(), f"/v1beta/models/{GEMMA}:generateContent", body)
    assert (answer.status, answer.error["message"]) == (400, words)


def test_gemma_4_shows_thoughts_natively() -> None:
    body = {"contents": [{"parts": [{"text": "hi"}]}]}
    parts = post(Asker(), f"/v1beta/models/{GEMMA}:generateContent", body).json["candidates"][0]
    assert parts["content"]["parts"][0]["thought"] is True


def test_several_candidates_are_choices() -> None:
    choices = chat("hi", n=3).json["choices"]
    assert [choice["index"] for choice in choices] == [0, 1, 2]
    config = {"generationConfig": {"candidateCount": 2}}
    body = {"contents": [{"parts": [{"text": "hi"}]}], **config}
    path = "/v1beta/models/gemini-2.5-flash:"
    assert len(post(Asker(), path + "generateContent", body).json["candidates"]) == 2
    assert post(Asker(), path + "streamGenerateContent", body).status == 400


def test_an_unknown_path_of_geminis_surface_has_an_empty_body() -> None:
    answer = post(Asker(), "/v1beta/openai/responses", {})
    assert (answer.status, answer.body) == (404, b"")
    assert answer.header("content-type") == []


def test_a_rule_can_answer_unknown_paths() -> None:
    asker = Asker()
    rules = [{"when": {"endpoint": "unknown"}, "fail": 503}]
    body = {"scenario": {"title": "x", "rules": rules}}
    sent = {"content-type": "application/json"}
    assert asker.send("PUT", "/_mockgem/scenario", json.dumps(body).encode(), sent).status == 200
    assert post(asker, GEMINI + "/responses", {}).status == 503
    assert asker.chat("hi").status == 200


REQUEST_ID = r"\(request id: \d{23}\w{8}\)"


def test_a_gateway_writes_geminis_errors_like_one_api() -> None:
    error = chat("hi", surface=GATEWAY, n=9).json["error"]
    assert list(error) == ["message", "type", "param", "code"]
    assert (error["type"], error["param"], error["code"]) == ("", "", 400)
    assert re.fullmatch(r"Invalid value of n: .* got 9 " + REQUEST_ID, error["message"])


def test_a_gateway_names_its_own_errors() -> None:
    answer = Asker().send("POST", GATEWAY + "/chat/completions", b"{}", {})
    assert answer.status == 401
    assert answer.json["error"]["type"] == "one_api_error"
    assert re.search(REQUEST_ID, answer.json["error"]["message"])
    unknown = Asker().send("GET", GATEWAY + "/nowhere")
    assert unknown.json["error"]["param"] == unknown.json["error"]["code"] == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"type": "integer", "enum": [60, 1440]}, "properties[0].value.enum[0]' (TYPE_STRING), 60"),
        ({"type": "string", "enum": ["list", ""]}, "properties[x].enum[1]: cannot be empty"),
        ({"type": "array"}, "properties[x].items: missing field."),
        ({"type": "object", "properties": {}, "required": ["y"]}, "property is not defined"),
    ],
)
def test_a_gateway_refuses_schemas_that_the_native_api_refuses(value: Any, words: str) -> None:
    parameters = {"type": "object", "properties": {"x": value}, "additionalProperties": False}
    tool = {"type": "function", "function": {"name": "f", "parameters": parameters}}
    answer = chat("hi", surface=GATEWAY, tools=[tool])
    assert answer.status == 400
    assert words in answer.error["message"]
    native = {key: parameters[key] for key in ("type", "properties")}
    declaration = {"functionDeclarations": [{"name": "f", "parameters": native}]}
    body = {"contents": [{"parts": [{"text": "hi"}]}], "tools": [declaration]}
    refused = post(Asker(), "/v1beta/models/gemini-2.5-flash:generateContent", body)
    assert (refused.status, words in refused.error["message"]) == (400, True)


def test_a_gateway_accepts_keywords_that_it_removes() -> None:
    value = {"$ref": "#/$defs/a", "const": 1}
    parameters = {"type": "object", "properties": {"x": value}, "$schema": "s", "$defs": {"a": {}}}
    tool = {"type": "function", "function": {"name": "f", "parameters": parameters}}
    assert chat("hi", surface=GATEWAY, tools=[tool]).status == 200


def test_vertex_without_credentials_refuses_its_base_url() -> None:
    path = "/v1beta1/projects/p/locations/l/endpoints/openapi"
    answer = Asker().send("GET", path, headers={})
    assert answer.status == 401
    details = answer.json["error"]["details"][0]
    assert details["reason"] == "CREDENTIALS_MISSING"
    method = "google.cloud.aiplatform.v1beta1.EndpointService.GetEndpoint"
    assert details["metadata"]["method"] == method


def test_embeddings_have_the_digits_of_doubles() -> None:
    body = {"model": "gemini-embedding-001", "input": "hi"}
    numbers = re.findall(r"0\.\d+", post(Asker(), GEMINI + "/embeddings", body).text)
    assert max(len(number) for number in numbers) > 17
    native = {"content": {"parts": [{"text": "hi"}]}}
    text = post(Asker(), "/v1beta/models/gemini-embedding-001:embedContent", native).text
    assert max(len(number) for number in re.findall(r"0\.\d+", text)) <= 12


LENIENT = [
    (GEMINI + "/embeddings", {"input": "hi"}),
    (GEMINI + "/images/generations", {"prompt": "a cat"}),
    (GEMINI + "/chat/completions", {"messages": [{"role": "user", "content": "hi"}], "seed": 1}),
    ("/v1beta/models/my-model:embedContent", {"content": {"parts": [{"text": "hi"}]}, "x": 1}),
    ("/v1beta/models/my-model:predict", {"instances": [{"prompt": "a cat"}]}),
    ("/v1beta/models/my-model:predictLongRunning", {"instances": [{"prompt": "a cat"}]}),
    ("/v1beta/models/my-model:countTokens", {"contents": [{"parts": [{"text": "hi", "y": 2}]}]}),
]


@pytest.mark.parametrize(("path", "body"), LENIENT, ids=[path for path, _ in LENIENT])
def test_a_lenient_server_accepts_unknown_models_and_fields(path: str, body: Any) -> None:
    if path.startswith(GEMINI):
        body = {"model": "my-model", **body}
    assert post(Asker(), path, body).status in (400, 404)
    answer = post(Asker(lenient=True), path, body)
    assert answer.status == 200, answer.text


def test_a_retired_model_names_its_successor() -> None:
    asker = Asker(enforce_retirements=True)
    message = asker.chat("hi", model="gemini-2.0-flash").error["message"]
    assert (
        "is no longer available. Please update your code to use models/gemini-3.8-flash" in message
    )
    assert "is not found" in asker.chat("hi", model="gemini-1.5-flash").error["message"]


@pytest.mark.parametrize("stream", [False, True])
def test_an_unexpected_call_keeps_its_finish_reason(stream: bool) -> None:
    asker = Asker(scenario="unexpected-tool-call")
    answer = asker.chat(ROME, model="gemini-3.5-flash", tools=[TOOL], stream=stream)
    choices = [event["choices"][0] for event in answer.events] if stream else answer.json["choices"]
    reason = choices[-1]["finish_reason"]
    assert reason == "function_call_filter: UNEXPECTED_TOOL_CALL"


def test_a_setting_numbers_streamed_calls() -> None:
    def indexes(**settings: Any) -> list[Any]:
        events = Asker(**settings).chat(ROME, tools=[TOOL], stream=True).events
        deltas = [event["choices"][0]["delta"] for event in events]
        return [call.get("index") for delta in deltas for call in delta.get("tool_calls", ())]

    assert indexes() == [None]
    assert indexes(tool_call_index=True) == [0]


@pytest.mark.parametrize(
    ("path", "model", "status"),
    [
        ("/v1beta/openai/chat/completions", "gemini-2.5-flash", 400),
        (
            "/v1/projects/p/locations/us-central1/endpoints/openapi/chat/completions",
            "google/gemini-2.5-flash",
            200,
        ),
        ("/v1/chat/completions", "gemini-2.5-flash", 200),
    ],
)
def test_only_gemini_refuses_a_picture_in_cloud_storage(path: str, model: str, status: int) -> None:
    picture = {"type": "image_url", "image_url": {"url": "gs://bucket/cat.png"}}
    body = {"model": model, "messages": [{"role": "user", "content": [picture]}]}
    answer = post(Asker(), path, body)
    assert answer.status == status, answer.text
    if status == 400:
        assert "Invalid or unsupported file uri: gs://bucket/cat.png" in answer.text


@pytest.mark.parametrize(
    ("voice", "status"), [("Kore", 200), ("alloy", 200), ("", 200), ("nobody", 400)]
)
def test_a_gateway_speaks_with_voices_of_gemini_and_openai(voice: str, status: int) -> None:
    body = {"model": "gemini-2.5-flash-preview-tts", "input": "Good morning", "voice": voice}
    answer = post(Asker(), "/v1/audio/speech", body)
    assert answer.status == status
    if status == 400:
        assert "Voice name nobody is not supported. Allowed voice names are:" in answer.text
