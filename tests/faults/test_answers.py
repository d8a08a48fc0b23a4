"""Faults of the content and of its JSON, in both spellings, whole and streamed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.faults.registry import Stage, all_faults
from tests.asking import Answer
from tests.scenarios.playing import SCHEMA, TOOL, Player, rules

ASKED = "What's the weather in Oslo?"
NATIVE_PARAMETERS = {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}}
NATIVE_TOOL = {"functionDeclarations": [{"name": "get_weather", "parameters": NATIVE_PARAMETERS}]}
NATIVE_SCHEMA = {
    "responseMimeType": "application/json",
    "responseSchema": {
        "type": "OBJECT",
        "properties": {"city": {"type": "STRING"}, "days": {"type": "INTEGER"}},
    },
}


def player(*faults: Any) -> Player:
    return Player(rules(json.dumps({"faults": list(faults)})))


def chat(*faults: Any, **more: Any) -> Answer:
    return player(*faults).chat(ASKED, **more)


def choice(*faults: Any, **more: Any) -> Any:
    return chat(*faults, **more).json["choices"][0]


def native(*faults: Any, **more: Any) -> Any:
    return (
        player(*faults)
        .native("generateContent", {"contents": [{"parts": [{"text": ASKED}]}], **more})
        .json
    )


def candidate(*faults: Any, **more: Any) -> Any:
    return native(*faults, **more)["candidates"][0]


def test_an_empty_answer_in_each_form() -> None:
    assert "content" not in choice("empty")["message"]
    assert choice("empty")["finish_reason"] == "stop"
    assert candidate("empty")["content"] == {"role": "model"}
    assert choice("no_parts")["message"] == {"role": "assistant"}
    assert candidate("no_parts")["content"] == {"role": "model"}
    assert choice("no_content")["message"] == {}
    assert candidate("no_content")["content"] == {}
    assert choice("null_content")["message"]["content"] is None
    assert candidate("null_content")["content"] is None
    assert "message" not in choice("no_message")
    assert "content" not in candidate("no_message")
    assert chat("no_candidates").json["choices"] == []
    assert native("no_candidates")["candidates"] == []


def test_thinking_that_ate_the_budget() -> None:
    one = chat("thinking_ate_budget").json
    assert one["choices"][0]["finish_reason"] == "length"
    assert "content" not in one["choices"][0]["message"]
    assert one["usage"]["completion_tokens"] == 0
    assert one["usage"]["total_tokens"] > one["usage"]["prompt_tokens"]
    assert native("thinking_ate_budget")["candidates"][0]["finishReason"] == "MAX_TOKENS"


def test_a_malformed_call() -> None:
    assert (
        choice("malformed_call", tools=[TOOL])["finish_reason"]
        == "function_call_filter: MALFORMED_FUNCTION_CALL"
    )
    assert (
        candidate("malformed_call", tools=[NATIVE_TOOL])["finishReason"]
        == "MALFORMED_FUNCTION_CALL"
    )


def test_calls_of_the_wrong_tool_with_the_wrong_arguments() -> None:
    call = choice("wrong_tool", tools=[TOOL])["message"]["tool_calls"][0]
    assert call["function"]["name"] == "getweathers"
    call = choice("wrong_arguments", tools=[TOOL])["message"]["tool_calls"][0]
    assert json.loads(call["function"]["arguments"]) == {"city_": ["Oslo"]}
    parts = candidate("wrong_tool", tools=[NATIVE_TOOL])["content"]["parts"]
    assert parts[0]["functionCall"]["name"] == "getweathers"
    assert (
        candidate("unexpected_call")["content"]["parts"][0]["functionCall"]["name"]
        == "undeclared_tool"
    )
    assert candidate("unexpected_call")["finishReason"] == "UNEXPECTED_TOOL_CALL"


def test_a_call_as_prose_and_as_broken_json() -> None:
    said = choice("call_as_text", tools=[TOOL])["message"]
    assert "tool_calls" not in said
    assert said["content"] == '<call_record tool="get_weather">{"city": "Oslo"}</call_record>'
    call = choice("bad_arguments", tools=[TOOL])["message"]["tool_calls"][0]
    with pytest.raises(ValueError, match=r"\w"):
        json.loads(call["function"]["arguments"])


def test_ids_that_are_not_unique_or_not_there() -> None:
    two = "What's the weather in Oslo and in Paris?"
    calls = player("duplicate_ids").chat(two, tools=[TOOL]).message["tool_calls"]
    assert {call["id"] for call in calls} == {"call_0"}
    calls = player("empty_ids").chat(two, tools=[TOOL]).message["tool_calls"]
    assert {call["id"] for call in calls} == {""}
    assert len(calls) == 2


def test_every_call_of_a_stream_has_index_0() -> None:
    vertex = "/v1/projects/p/locations/global/endpoints/openapi"
    answer = player("same_index").chat(
        "What's the weather in Oslo and in Paris?", tools=[TOOL], stream=True, surface=vertex
    )
    deltas = [event["choices"][0]["delta"] for event in answer.events]
    assert [call["index"] for delta in deltas for call in delta.get("tool_calls", ())] == [0, 0]


CHANGED_ANSWERS = [
    name for name, one in all_faults().items() if one.stage in (Stage.CONTENT, Stage.DOCUMENTS)
]
JSON_FAULTS = [name for name in CHANGED_ANSWERS if name.startswith("json_")]


@pytest.mark.parametrize("fault", JSON_FAULTS)
def test_json_that_is_broken_in_each_way(fault: str) -> None:
    good = json.loads(
        Player(rules("{headers: {x: y}}")).chat(ASKED, response_format=SCHEMA).message["content"]
    )
    said = chat(fault, response_format=SCHEMA).message["content"]
    also = candidate(fault, generationConfig=NATIVE_SCHEMA)["content"]["parts"][0]["text"]
    if fault in ("json_missing_field", "json_wrong_type"):
        assert json.loads(said) != good
        assert json.loads(also)
        return
    for text in (said, also):
        with pytest.raises(ValueError, match=r"\w"):
            json.loads(text)


def test_json_that_is_broken_streams_as_it_comes_whole() -> None:
    whole = chat("json_fenced", response_format=SCHEMA).message["content"]
    events = chat("json_fenced", response_format=SCHEMA, stream=True).events
    assert "".join(event["choices"][0]["delta"].get("content", "") for event in events) == whole
    assert whole.startswith("```json\n{")


def test_the_same_words_again_and_again() -> None:
    one = chat({"fault": "repeat", "text": "again ", "times": 50}).json
    assert one["choices"][0]["message"]["content"] == "again " * 50
    assert one["choices"][0]["finish_reason"] == "length"
    assert one["usage"]["completion_tokens"] > 40


def test_usage_that_is_missing_or_nought() -> None:
    assert "usage" not in chat("no_usage").json
    assert "usageMetadata" not in native("no_usage")
    assert set(chat("zero_usage").json["usage"].values()) == {0}
    assert native("zero_usage")["usageMetadata"]["totalTokenCount"] == 0


def test_finish_reasons_too_early_or_not_at_all() -> None:
    events = chat("early_finish", stream=True).events
    assert events[0]["choices"][0]["finish_reason"] == "stop"
    events = chat("no_finish", stream=True).events
    assert not any("finish_reason" in event["choices"][0] for event in events)
    assert "finishReason" not in candidate("no_finish")
    native_events = player("early_finish").native(
        "streamGenerateContent", {"contents": [{"parts": [{"text": ASKED}]}]}, query={"alt": "sse"}
    )
    first = json.loads(native_events.text.split("\r\n\r\n")[0].removeprefix("data: "))
    assert first["candidates"][0]["finishReason"] == "STOP"


def test_an_event_without_choices_and_one_that_is_huge() -> None:
    assert chat({"fault": "no_choices", "at": 2}, stream=True).events[1]["choices"] == []
    big = chat({"fault": "big_event", "at": 2, "size": 100_000}, stream=True).events
    assert len(big[1]["choices"][0]["delta"]["content"]) > 100_000


def test_the_array_form_of_streams_has_the_same_faults() -> None:
    body = {"contents": [{"parts": [{"text": ASKED}]}]}
    rows = player("no_usage").native("streamGenerateContent", body).json
    assert len(rows) > 1
    assert not any("usageMetadata" in row for row in rows)


def embeddings(*faults: Any) -> Any:
    body = json.dumps({"model": "gemini-embedding-001", "input": ["a", "b", "c"]}).encode()
    return player(*faults).send("POST", "/v1beta/openai/embeddings", body).json["data"]


def test_embeddings_that_collapse_or_are_short() -> None:
    assert len(embeddings("embeddings_collapse")) == 1
    assert [
        len(row["embedding"]) for row in embeddings({"fault": "embeddings_short", "size": 5})
    ] == [5, 5, 5]
    body = {
        "requests": [
            {"model": "models/gemini-embedding-001", "content": {"parts": [{"text": text}]}}
            for text in "ab"
        ]
    }
    found = (
        player("embeddings_collapse")
        .native("batchEmbedContents", body, "gemini-embedding-001")
        .json
    )
    assert len(found["embeddings"]) == 1


@pytest.mark.parametrize("fault", CHANGED_ANSWERS)
def test_no_fault_of_an_answer_is_a_mistake_of_ours(fault: str) -> None:
    """On errors, lists and streams of every kind, where they find nothing of what they look for."""
    one = player(fault)
    body = {"contents": [{"parts": [{"text": ASKED}]}]}
    answers = [
        one.chat(ASKED),
        one.chat(ASKED, stream=True),
        one.chat(ASKED, model="no-such-model"),
        one.native("streamGenerateContent", body),
        one.native("streamGenerateContent", body, query={"alt": "sse"}),
        one.native("countTokens", body),
        one.send("GET", "/v1beta/models", b"", {"x-goog-api-key": "k"}),
    ]
    for answer in answers:
        assert answer.body
    assert {entry.source for entry in one.world.journal.entries} <= {"engine", "scenario"}
