"""Faults and rules act on Responses as they do on chat, whole and streamed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.faults.json_events import text_of_document
from tests.asking import Answer
from tests.dialects.openai.responses.talking import ADD, read_events, text_of
from tests.scenarios.playing import Player, rules

ASKED = "Use add to sum 7 and 11."


def respond(rule: dict[str, Any], given: str = "Why is the sky blue?", **more: Any) -> Answer:
    body = {"model": "gemini-2.5-flash", "input": given, **more}
    return Player(rules(json.dumps(rule))).send("POST", "/v1/responses", json.dumps(body).encode())


def test_a_rule_for_chat_answers_a_response() -> None:
    rule = {"when": {"endpoint": "generate"}, "say": "Ahoy!"}
    assert text_of(respond(rule).json) == "Ahoy!"
    pieces = {"say": {"chunks": ["Ahoy", ", ", "Ada!"]}}
    events = read_events(respond(pieces, stream=True).text)
    deltas = [event["delta"] for event in events if event["type"].endswith("text.delta")]
    assert deltas == ["Ahoy", ", ", "Ada!"]


def test_a_failure_has_the_gateways_envelope() -> None:
    refused = respond({"fail": 429})
    assert refused.status == 429
    assert refused.error["code"] == 429


def test_the_text_of_a_stream_is_counted_once() -> None:
    rule = {"say": "Ahoy there, Ada!"}
    events = read_events(respond(rule, stream=True).text)
    assert "".join(map(text_of_document, events)) == "Ahoy there, Ada!"
    assert text_of_document(respond(rule).json) == "Ahoy there, Ada!"


@pytest.mark.parametrize("stream", [False, True])
def test_usage_is_left_out_or_zero(stream: bool) -> None:
    for fault, expected in (("no_usage", None), ("zero_usage", 0)):
        answer = respond({"faults": [fault]}, stream=stream)
        made = read_events(answer.text)[-1]["response"] if stream else answer.json
        assert made.get("usage", {}).get("total_tokens") == expected


@pytest.mark.parametrize("stream", [False, True])
def test_the_end_has_no_status(stream: bool) -> None:
    answer = respond({"faults": ["no_finish"]}, stream=stream)
    made = read_events(answer.text)[-1]["response"] if stream else answer.json
    assert "status" not in made


@pytest.mark.parametrize(("fault", "expected"), [("duplicate_ids", "call_0"), ("empty_ids", "")])
def test_ids_of_calls_are_changed(fault: str, expected: str) -> None:
    whole = respond({"faults": [fault]}, ASKED, tools=[ADD]).json
    assert [item["call_id"] for item in whole["output"]] == [expected]
    events = read_events(respond({"faults": [fault]}, ASKED, tools=[ADD], stream=True).text)
    items = [event["item"] for event in events if "item" in event]
    assert {item["call_id"] for item in items} == {expected}


def test_arguments_are_cut() -> None:
    whole = respond({"faults": ["bad_arguments"]}, ASKED, tools=[ADD]).json
    with pytest.raises(ValueError):
        json.loads(whole["output"][0]["arguments"])
    events = read_events(
        respond({"faults": ["bad_arguments"]}, ASKED, tools=[ADD], stream=True).text
    )
    deltas = [event["delta"] for event in events if event["type"].endswith("arguments.delta")]
    assert "".join(deltas) == whole["output"][0]["arguments"]


@pytest.mark.parametrize("fault", ["no_parts", "no_content", "null_content"])
def test_the_words_are_missing(fault: str) -> None:
    made = respond({"faults": [fault]}).json
    contents = [item["content"] for item in made.get("output", ())]
    assert not any(contents)


def test_a_stream_can_be_cut_and_have_large_events() -> None:
    cut = respond({"faults": [{"fault": "big_event", "size": 5000}]}, stream=True).text
    events = read_events(cut)
    assert len(events[1]["obfuscation"]) == 5000
    early = read_events(respond({"faults": ["early_finish"]}, stream=True).text)
    assert early[0]["response"]["status"] == "completed"
