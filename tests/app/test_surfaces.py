"""The surface of a request, and the differences between surfaces."""

from __future__ import annotations

import json

import pytest

from tests.asking import GATEWAY, MODEL, VERTEX, Asker

BODY = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": "hi"}]}).encode()
BEARER = {"authorization": "Bearer k"}


@pytest.mark.parametrize(
    "base",
    [
        "/v1beta/openai",
        "/v1/openai",
        "/v1alpha/openai",
        "/v1beta/openai/v1",
        "/v1beta",
        "/v1/projects/p/locations/global/endpoints/openapi",
        "/v1beta1/projects/p/locations/global/endpoints/openapi",
        "/v1",
    ],
)
def test_chat_works_at_every_prefix(base: str) -> None:
    model = f"google/{MODEL}" if base.endswith("/endpoints/openapi") else MODEL
    body = BODY.replace(MODEL.encode(), model.encode())
    answer = Asker().send("POST", base + "/chat/completions", body)
    assert answer.status == 200
    assert answer.json["model"] == model
    assert answer.json["id"].startswith("chatcmpl-") == (base == "/v1")


def test_under_v1_the_credential_decides() -> None:
    world = Asker()
    assert (
        world.send("GET", "/v1/models", headers=BEARER).json["data"][0]["id"] == "gemini-2.5-flash"
    )
    for headers, query in (({"x-goog-api-key": "k"}, {}), ({}, {"key": "k"})):
        native = world.send("GET", "/v1/models", headers=headers, query=query).json
        assert native["models"][0]["name"] == "models/gemini-2.5-flash"
    assert world.send("GET", "/v1/models", headers={}).status == 401


@pytest.mark.parametrize(
    "name", ["gemini-2.5-flash", "models/gemini-2.5-flash", "models%2Fgemini-2.5-flash"]
)
def test_a_model_is_found_with_and_without_its_prefix(name: str) -> None:
    path = "/v1beta/openai/models/" + name.replace("%2F", "/")
    assert Asker().send("GET", path).json["id"] == "models/gemini-2.5-flash"
    assert Asker().chat("hi", model=name.replace("%2F", "/")).json["model"] == name.replace(
        "%2F", "/"
    )


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "k"])
def test_an_invalid_authorization_header_is_refused(header: str) -> None:
    headers = {"authorization": header} if header else {}
    assert Asker().send("POST", "/v1beta/openai/chat/completions", BODY, headers).status == 400
    assert Asker().send("POST", VERTEX + "/chat/completions", BODY, headers).status == 401
    assert Asker().send("POST", GATEWAY + "/chat/completions", BODY, headers).status == 401


def test_chat_wraps_its_errors_in_an_array_and_other_methods_do_not() -> None:
    world = Asker()
    assert isinstance(world.send("POST", "/v1beta/openai/chat/completions", b"{").json, list)
    assert isinstance(world.send("GET", "/v1beta/openai/models/none").json, dict)
    assert isinstance(world.send("GET", "/v1beta/openai/models", headers={}).json, dict)


def test_a_gateway_has_errors_in_the_form_of_one_api() -> None:
    world = Asker(api_key=("k",))
    wrong = world.send("POST", GATEWAY + "/chat/completions", BODY, {"authorization": "Bearer x"})
    assert (wrong.status, wrong.error["type"]) == (401, "one_api_error")
    missing = world.send(
        "POST", GATEWAY + "/chat/completions", BODY.replace(b"flash", b"none"), BEARER
    )
    assert missing.status == 404
    assert list(missing.error) == ["message", "type", "param", "code"]
    assert missing.error["code"] == 404
    nowhere = world.send("GET", "/v1/nowhere", headers=BEARER)
    assert (nowhere.status, nowhere.error["type"]) == (404, "invalid_request_error")


def test_a_gateway_numbers_streamed_calls_and_ends_with_usage() -> None:
    tool = {
        "type": "function",
        "function": {
            "name": "weather",
            "parameters": {
                "type": "object",
                "properties": {"city": {"type": "string"}},
                "required": ["city"],
            },
        },
    }
    answer = Asker().chat(
        "Weather in Rome and Oslo?",
        surface=GATEWAY,
        tools=[tool],
        stream=True,
        stream_options={"include_usage": True},
    )
    events = answer.events
    indexes = [
        call["index"]
        for event in events
        for choice in event["choices"]
        for call in choice["delta"].get("tool_calls", ())
    ]
    assert indexes == [0, 0, 1, 1]
    assert events[-1]["choices"] == []
    assert events[-1]["usage"]["total_tokens"] > 0
    assert events[-2]["choices"][0]["finish_reason"] == "tool_calls"
    assert all("usage" not in event for event in events[:-1])


def test_vertex_ignores_unknown_fields() -> None:
    assert (
        Asker()
        .chat("hi", surface=VERTEX, model="google/gemini-2.5-flash", store=True, seed=3)
        .status
        == 200
    )
    missing = Asker().chat("hi", surface=VERTEX, model="google/none")
    assert missing.error["message"].startswith(
        "Publisher Model `projects/my-project/locations/us-central1/publishers/google/models/none` "
        "was not found"
    )


def test_a_head_request_finds_what_get_finds() -> None:
    assert Asker().send("HEAD", "/v1beta/openai/models").status == 200
