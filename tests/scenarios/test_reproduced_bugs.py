"""Reported bugs on demand: raw arguments, exact chunks, any reason and status, paths and bodies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.scenarios.injections import load_injections
from mockgem.scenarios.loader import BadScenario, parse_scenario
from tests.asking import GATEWAY, GEMINI, MODEL, Answer, Asker

CHAT = f"{GEMINI}/chat/completions"
NATIVE = f"/v1beta/models/{MODEL}:generateContent"
NATIVE_STREAM = f"/v1beta/models/{MODEL}:streamGenerateContent"


def chat(text: str = "Hello", **more: Any) -> dict[str, Any]:
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], **more}


def native(text: str = "Hello") -> dict[str, Any]:
    return {"contents": [{"parts": [{"text": text}]}]}


def asker_with(*rules: dict[str, Any]) -> Asker:
    asker = Asker()
    put_rules(asker, *rules)
    return asker


def post(asker: Asker, path: str, body: Any, query: dict[str, str] | None = None) -> Answer:
    """Send a request with the credential of its surface."""
    key = {"x-goog-api-key": "k"} if "/models/" in path else {"authorization": "Bearer k"}
    headers = {"content-type": "application/json", **key}
    return asker.send("POST", path, json.dumps(body).encode(), headers, query or {})


def put_rules(asker: Asker, *rules: dict[str, Any]) -> None:
    for number, rule in enumerate(rules):
        body = json.dumps({"name": f"rule-{number}", **rule}).encode()
        answer = asker.send(
            "POST", "/_mockgem/scenario/rules", body, {"content-type": "application/json"}
        )
        assert answer.status == 200, answer.text


def test_arguments_that_are_not_one_object_are_sent_as_written() -> None:
    raw = '{"a":1}{"a":2}'
    asker = asker_with({"say": {"tool_calls": [{"name": "f", "args": raw}]}})
    for prefix in (GEMINI, GATEWAY):
        message = post(asker, f"{prefix}/chat/completions", chat()).message
        assert message["tool_calls"][0]["function"]["arguments"] == raw
    parts = post(asker, NATIVE, native()).json["candidates"][0]["content"]["parts"]
    assert parts[0]["functionCall"] == {"name": "f", "args": raw}


def test_a_stream_has_exactly_the_chunks_of_the_rule() -> None:
    chunks = ["<", "thought>x", "</thought> y"]
    asker = asker_with({"say": {"chunks": chunks}})
    for prefix in (GEMINI, GATEWAY):
        events = post(asker, f"{prefix}/chat/completions", chat(stream=True)).events
        deltas = [event["choices"][0]["delta"].get("content") for event in events]
        assert [delta for delta in deltas if delta] == chunks
    stream = post(asker, NATIVE_STREAM, native(), {"alt": "sse"})
    events = [json.loads(line[6:]) for line in stream.text.splitlines() if line[:6] == "data: "]
    texts = [event["candidates"][0]["content"]["parts"][0]["text"] for event in events]
    assert texts == chunks
    assert post(asker, CHAT, chat()).message["content"] == "".join(chunks)


@pytest.mark.parametrize("reason", ["IMAGE_RECITATION", "TOO_MANY_TOOL_CALLS", "NOT_KNOWN_YET"])
def test_any_word_is_a_finish_reason(reason: str) -> None:
    asker = asker_with({"say": {"text": "x", "finish": reason}})
    assert post(asker, NATIVE, native()).json["candidates"][0]["finishReason"] == reason
    choice = post(asker, CHAT, chat()).json["choices"][0]
    assert choice["finish_reason"] == f"content_filter: {reason}"


def test_any_word_is_a_block_reason() -> None:
    asker = asker_with({"say": {"block": "NOT_KNOWN_YET"}})
    assert post(asker, NATIVE, native()).json["promptFeedback"]["blockReason"] == "NOT_KNOWN_YET"


def test_later_calls_without_a_header_continue_the_first_one() -> None:
    calls = [{"name": name, "args": {"n": name}} for name in ("one", "two")]
    rule = {"say": {"tool_calls": calls}, "faults": ["calls_without_header"]}
    events = post(asker_with(rule), f"{GATEWAY}/chat/completions", chat(stream=True)).events
    pieces = [
        call for event in events for call in event["choices"][0]["delta"].get("tool_calls", ())
    ]
    assert {piece["index"] for piece in pieces} == {0}
    assert [piece["function"].get("name") for piece in pieces if piece.get("id")] == ["one"]
    joined = "".join(piece["function"].get("arguments", "") for piece in pieces)
    assert joined.replace(" ", "") == '{"n":"one"}{"n":"two"}'


@pytest.mark.parametrize(
    ("condition", "matching", "other"),
    [
        ({"$.stop": None}, chat(stop=None), chat()),
        ({"$.stop": {"exists": False}}, chat(), chat(stop=None)),
        ({"stop": {"exists": True}}, chat(stop="x"), chat()),
        ({"temperature": 1}, chat(temperature=1.0), chat(temperature=0.5)),
        ({"temperature": [0, 1]}, chat(temperature=0), chat(temperature=0.5)),
        ({"stream": True}, chat(stream=True), chat(stream=False)),
        ({"messages[0].content": "H*o"}, chat("Hello"), chat("Help")),
        ({"messages[*].role": "system"}, chat() | {
            "messages": [{"role": "system", "content": "x"}, {"role": "user", "content": "y"}]
        }, chat()),
        ({"stop": None, "temperature": 1}, chat(stop=None, temperature=1), chat(stop=None)),
    ],
)  # fmt: skip
def test_a_rule_reads_the_request_body_by_path(
    condition: dict[str, Any], matching: dict[str, Any], other: dict[str, Any]
) -> None:
    asker = asker_with({"when": {"body": condition}, "fail": 503})
    assert post(asker, CHAT, matching).status == 503
    assert post(asker, CHAT, other).status == 200


def test_tool_names_in_a_body_match_patterns_in_either_spelling() -> None:
    asker = asker_with(
        {"when": {"body": {"tools[*].function_declarations[*].name": "look*"}}, "fail": 503}
    )
    tools = [{"functionDeclarations": [{"name": "other"}, {"name": "lookup"}]}]
    assert post(asker, NATIVE, native() | {"tools": tools}).status == 503
    assert post(asker, NATIVE, native()).status == 200


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"$": 1}, "is not valid: use a path into the JSON body"),
        ({"a..b": 1}, "is not valid: use a path into the JSON body"),
        ({"a": {"exist": True}}, "write a text or pattern, a number"),
        ({"a": {"exists": "yes"}}, "write a text or pattern, a number"),
        ({"a": [[1]]}, "write a text or pattern, a number"),
    ],
)
def test_a_wrong_body_condition_is_refused(body: dict[str, Any], words: str) -> None:
    with pytest.raises(BadScenario, match=words):
        parse_scenario(json.dumps({"title": "x", "rules": [{"when": {"body": body}, "fail": 503}]}))


def test_a_text_matches_in_any_case_if_the_rule_says_so() -> None:
    asker = asker_with({"when": {"text": "*ROME*", "ignore_case": True}, "fail": 503})
    assert post(asker, CHAT, chat("weather in Rome")).status == 503
    assert post(asker, CHAT, chat("weather in Oslo")).status == 200
    assert (
        post(asker_with({"when": {"text": "*ROME*"}, "fail": 503}), CHAT, chat("Rome")).status
        == 200
    )


def test_rules_that_name_a_path_answer_where_the_api_has_none() -> None:
    path = f"{GEMINI}/responses"
    asker = asker_with(
        {"fail": 503},
        {"when": {"path": "*/responses", "method": "POST"}, "say": {"raw": {"body": {"id": 1}}}},
    )
    assert post(asker, path, {}).json == {"id": 1}
    assert asker.send("GET", path).status == 404
    assert post(asker, f"{GEMINI}/others", {}).status == 404
    assert post(asker, CHAT, chat()).status == 503


@pytest.mark.parametrize(
    ("status", "words"), [(418, "I'm a Teapot."), (409, ""), (599, "HTTP status 599.")]
)
def test_every_status_can_fail(status: int, words: str) -> None:
    answer = post(asker_with({"fail": status}), NATIVE, native())
    assert answer.status == answer.json["error"]["code"] == status
    assert words.lower() in answer.json["error"]["message"].lower()


def test_error_shapes_have_names() -> None:
    def fail(shape: str) -> Any:
        return post(
            asker_with({"fail": {"error": 503, "message": "no", "shape": shape}}), CHAT, chat()
        )

    plain = {"error": {"code": 503, "message": "no", "status": "UNAVAILABLE"}}
    assert fail("google").json == fail("vertex").json == plain
    assert fail("google-array").json == [plain]
    assert fail("openai").json["error"]["type"] == "server_error"
    gateway = fail("one-api").json["error"]
    assert gateway["message"].startswith("no (request id: 2026")
    assert {**gateway, "message": ""} == {"message": "", "type": "", "param": "", "code": 503}
    assert fail("empty").body == b""
    assert fail("html").text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("name", load_injections())
def test_an_injection_is_a_reply_as_written(name: str) -> None:
    asker = asker_with({"say": {"injection": name}})
    assert post(asker, CHAT, chat()).message["content"] == load_injections()[name].text


def test_an_unknown_injection_names_the_nearest() -> None:
    with pytest.raises(BadScenario, match="did you mean reply-html-script"):
        parse_scenario('{"title": "x", "rules": [{"say": {"injection": "reply-html-scirpt"}}]}')
