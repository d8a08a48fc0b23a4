"""What the Interactions API refuses, and in which words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.interactions.talking import G3, KEY, PATH, create, get, text_of

SUPPORTED = (
    "'function', 'code_execution', 'mcp_server', 'filesystem', 'google_maps', 'google_search', "
    "'bash', 'computer_use', 'file_search', 'url_context'"
)


def test_an_unknown_tool_is_refused_in_the_documented_words() -> None:
    refused = create(Asker(), tools=[{"type": "invalid_tool_type_xyz"}])
    message = (
        "The value 'invalid_tool_type_xyz' is not supported for 'type' at 'tools[0]'. "
        f"Supported values: {SUPPORTED}."
    )
    assert refused.status == 400
    assert refused.json == {"error": {"message": message, "code": "invalid_request"}}
    assert list(refused.error) == ["message", "code"]


@pytest.mark.parametrize(
    ("more", "status", "code", "words"),
    [
        ({"frobnicate": 1}, 400, "parameter_unknown", "'frobnicate'"),
        ({"generation_config": {"top_k": 3}}, 400, "parameter_unknown", "'generation_config'"),
        ({"generation_config": {"thinking_level": "max"}}, 400, "invalid_request", "'xhigh'"),
        ({"generation_config": {"temperature": "hot"}}, 400, "invalid_request", "a number"),
        ({"generation_config": []}, 400, "invalid_request", "an object"),
        ({"stream": "yes"}, 400, "invalid_request", "a boolean"),
        ({"tools": {}}, 400, "invalid_request", "an array"),
        ({"tools": [{}]}, 400, "invalid_request", "'type' at 'tools[0]'"),
        ({"tools": [{"type": "function", "name": "a", "parameters": 1}]}, 400,
         "invalid_request", "'parameters'"),
        ({"input": None}, 400, "invalid_request", "'input'"),
        ({"input": 3}, 400, "invalid_request", "'input'"),
        ({"input": [{"type": "poem"}]}, 400, "invalid_request", "'input[0]'"),
        ({"input": [{"type": "text"}]}, 400, "invalid_request", "'text'"),
        ({"input": [{"type": "image", "data": "%%%"}]}, 400, "invalid_request", "Base64"),
        ({"input": []}, 400, "invalid_request", "contents"),
        ({"model": "nope"}, 404, "model_not_found", "models/nope is not found"),
        ({"model": None}, 400, "invalid_request", "'model'"),
        ({"background": True, "store": False}, 400, "invalid_request", "'store'"),
        ({"agent": "deep-research-preview-04-2026"}, 400, "invalid_request", "'background'"),
        ({"agent": "nobody", "background": True}, 404, "not_found", "'nobody'"),
        ({"agent": "deep-research-preview-04-2026", "background": True,
          "agent_config": {"type": "dynamic", "max_total_tokens": "many"}}, 400,
         "invalid_request", "'max_total_tokens' at 'agent_config'"),
        ({"input": [{"type": "function_result", "call_id": "a",
                     "result": [{"type": "text", "text": 5}]}]}, 400,
         "invalid_request", "'input[0].result[0]'"),
        ({"response_format": {"type": "image", "aspect_ratio": "7:3"}}, 400,
         "invalid_request", "'16:9'"),
    ],
)  # fmt: skip
def test_bad_requests_are_refused_with_a_code_and_a_reason(
    more: dict[str, Any], status: int, code: str, words: str
) -> None:
    refused = create(Asker(), **more)
    assert (refused.status, refused.error["code"]) == (status, code)
    assert words in refused.error["message"]


@pytest.mark.parametrize("schema", [{"type": ["string", "null"]}, {"type": "object"}])
def test_a_format_of_another_type_is_a_schema(schema: Any) -> None:
    assert json.loads(text_of(create(Asker(), response_format=schema).json)) is not None


def test_lenient_accepts_unknown_parameters() -> None:
    assert create(Asker(lenient=True), frobnicate=1).status == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    refused = Asker().send("POST", PATH, body, KEY)
    assert refused.status == 400
    assert refused.error["code"] == "invalid_request"


def test_the_legacy_schema_is_refused_in_the_reported_words() -> None:
    legacy = create(Asker(), [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}])
    body = json.dumps({"model": G3, "input": "Hi"}).encode()
    older = Asker().send("POST", PATH, body, KEY | {"api-revision": "2025-12-01"})
    for refused in (legacy, older):
        assert refused.status == 400
        assert refused.error["code"] == "invalid_request"
        assert "'steps' schema" in refused.error["message"]
    newer = Asker().send("POST", PATH, body, KEY | {"api-revision": "2026-05-20"})
    assert newer.status == 200


def test_credentials_are_refused_in_this_apis_envelope() -> None:
    body = json.dumps({"model": G3, "input": "Hi"}).encode()
    asker = Asker(api_key=("good",))
    missing = asker.send("POST", PATH, body, {})
    wrong = asker.send("POST", PATH, body, {"x-goog-api-key": "bad"})
    several = asker.send(
        "POST", PATH, body, {"x-goog-api-key": "good", "authorization": "Bearer t"}
    )
    assert [(one.status, one.error["code"]) for one in (missing, wrong, several)] == [
        (401, "authentication"),
        (401, "authentication"),
        (400, "invalid_request"),
    ]


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
@pytest.mark.parametrize("name", ["v1_unknown", "x" * 3000, "%00", "..", "v1_é"])
def test_unknown_interactions_are_not_found(method: str, name: str) -> None:
    path = f"{PATH}/{name}" + ("/cancel" if method == "POST" else "")
    refused = Asker().send(method, path, headers=KEY)
    assert refused.status == 404
    assert refused.error["code"] == "not_found"


def test_bad_queries_are_refused() -> None:
    asker = Asker()
    name = create(asker).json["id"]
    assert get(asker, name, stream="maybe").error["code"] == "invalid_request"
    assert get(asker, name, last_event_id="x").error == {
        "message": "'last_event_id' requires 'stream' to be true.",
        "code": "invalid_request",
    }
    assert get(asker, name, stream="true", last_event_id="x" * 300).error == {
        "message": f"Event '{'x' * 100}' was not found in interaction {name}.",
        "code": "invalid_request",
    }
    assert get(asker, name, stream="maybe").error == {
        "message": "Invalid value for 'stream': expected a boolean, got string.",
        "code": "invalid_request",
    }


def test_a_model_and_an_agent_exclude_each_other() -> None:
    body = {"model": "gemini-2.5-flash", "agent": "a", "input": "Hi"}
    answer = Asker().send("POST", PATH, json.dumps(body).encode(), KEY)
    assert answer.error == {
        "message": "Only one of 'model' and 'agent' may be set.",
        "code": "invalid_request",
    }
