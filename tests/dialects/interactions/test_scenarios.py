"""Scenarios on the Interactions API: replies, errors, faults, quotas, and the journal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockgem.faults.registry import all_faults
from tests.asking import Asker
from tests.dialects.interactions.talking import (
    ADD,
    create,
    find_call,
    get,
    read_events,
    text_of,
)


def play(asker: Asker, *rules: Any, **more: Any) -> None:
    """Play a scenario with these rules."""
    scenario = {"title": "A test", "rules": list(rules)}
    body = json.dumps({"scenario": scenario, **more}).encode()
    answer = asker.send("PUT", "/_mockgem/scenario", body, {"content-type": "application/json"})
    assert answer.status == 200, answer.text


def test_a_rule_says_the_reply_and_it_is_kept() -> None:
    asker = Asker()
    play(asker, {"when": {"surface": "interactions", "text": "*weather*"}, "say": "Sunny."})
    made = create(asker, "The weather?").json
    assert text_of(made) == "Sunny."
    assert get(asker, made["id"]).json == made
    assert text_of(create(asker, "Something else").json) != "Sunny."


def test_a_rule_calls_a_tool() -> None:
    asker = Asker()
    say = {"tool_calls": [{"name": "add", "args": {"x": 1, "y": 2}}]}
    play(asker, {"when": {"endpoint": "createInteraction"}, "say": say})
    made = create(asker, "Anything", tools=[ADD]).json
    assert made["status"] == "requires_action"
    assert find_call(made)["arguments"] == {"x": 1, "y": 2}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        ("overloaded", 503, "service_unavailable"),
        (429, 429, "rate_limit_exceeded"),
        ("internal-error", 500, "api_error"),
        ("deadline-exceeded", 504, "deadline_exceeded"),
        ("model-not-found", 404, "model_not_found"),
        (402, 402, "payment_required"),
        (416, 416, "out_of_range"),
        (418, 418, "invalid_request"),
    ],
)
def test_failures_have_this_apis_codes(error: Any, status: int, code: str) -> None:
    asker = Asker()
    play(asker, {"fail": {"error": error}})
    refused = create(asker)
    assert (refused.status, refused.error["code"]) == (status, code)
    assert list(refused.error) == ["message", "code"]


def test_an_error_in_a_stream_is_an_event() -> None:
    asker = Asker()
    fault = {"fault": "error", "at": 3, "error": "overloaded"}
    play(asker, {"faults": [fault]})
    blocks = create(asker, stream=True).text.split("\n\n")
    name, data = blocks[-2].split("\n")
    error = json.loads(data.removeprefix("data: "))
    assert name == "event: error"
    assert error["event_type"] == "error"
    assert error["error"]["code"] == "service_unavailable"


KINDS = ("streams", "answers", "replies")
STREAM_FAULTS = [name for name, one in all_faults().items() if one.applies_to in KINDS]


@pytest.mark.parametrize("name", STREAM_FAULTS)
@pytest.mark.parametrize("stream", [False, True])
def test_faults_never_break_the_server(name: str, stream: bool) -> None:
    asker = Asker()
    play(asker, {"faults": [{"fault": name}]}, time_scale=0.01)
    answer = create(asker, "Use add to sum 7 and 11.", tools=[ADD], stream=stream)
    assert answer.status == 200


@pytest.mark.parametrize(
    "name", ["empty", "wrong_tool", "wrong_arguments", "no_usage", "zero_usage", "no_finish"]
)
def test_faults_of_the_reply_change_it(name: str) -> None:
    asker = Asker()
    plain = create(asker, "Use add to sum 7 and 11.", tools=[ADD]).json
    play(asker, {"faults": [{"fault": name}]})
    changed = create(asker, "Use add to sum 7 and 11.", tools=[ADD]).json
    assert changed.keys() != plain.keys() or {
        key for key in changed if changed[key] != plain[key]
    } > {"id"}


def test_quotas_count_interactions() -> None:
    asker = Asker()
    play(asker, {"quota": {"rpm": 1}})
    assert create(asker).status == 200
    refused = create(asker)
    assert (refused.status, refused.error["code"]) == (429, "rate_limit_exceeded")


def test_the_journal_names_the_surface_and_the_model() -> None:
    asker = Asker()
    create(asker, "Hi", stream=True)
    (entry,) = asker.send("GET", "/_mockgem/journal").json["entries"]
    assert (entry["surface"], entry["model"]) == ("interactions", "gemini-3-flash-preview")
    assert entry["outcome"] == "whole"


def test_a_background_interaction_takes_as_long_as_the_settings_say() -> None:
    lifecycles = {"interaction": [{"state": "in_progress", "polls": 5}, {"state": "failed"}]}
    asker = Asker(lifecycles=lifecycles)
    name = create(asker, background=True).json["id"]
    states = [get(asker, name).json["status"] for _ in range(5)]
    assert states == ["in_progress"] * 4 + ["failed"]


def test_events_of_a_dropped_stream_stop() -> None:
    asker = Asker()
    play(asker, {"faults": [{"fault": "end", "at": 4}]})
    text = create(asker, stream=True).text
    assert "[DONE]" not in text
    assert len(text.split("\n\n")) == 4


def test_a_whole_stream_is_read_after_a_retry() -> None:
    asker = Asker()
    play(asker, {"when": {"calls": 1}, "fail": {"error": "overloaded"}})
    assert create(asker, stream=True).status == 503
    assert read_events(create(asker, stream=True).text)
