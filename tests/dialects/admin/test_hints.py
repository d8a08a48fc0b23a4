"""Hints about a client: where a person would otherwise search for an hour."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.asking import GEMINI, Asker

TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": {}}}
CALL = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
UNSIGNED = [
    {"role": "user", "content": "weather?"},
    {"role": "assistant", "tool_calls": [CALL]},
    {"role": "tool", "tool_call_id": "c1", "content": "sunny"},
]


def read_hints(asker: Asker) -> list[str]:
    entries = asker.send("GET", "/_mockgem/journal").json["entries"]
    return [entry.get("hint", "") for entry in entries]


def add_reply(asker: Asker, **when: Any) -> None:
    body = json.dumps({"rule": {"say": "Scripted", "when": {"times": 1, **when}}}).encode()
    headers = {"content-type": "application/json"}
    assert asker.send("POST", "/_mockgem/rules", body, headers).status == 200


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/v1beta/openai/responses", "has no Responses API"),
        ("/v1beta/openai/v1beta/models/x:generateContent", "google-genai needs the server's URL"),
        ("/chat/completions", "OpenAI's SDKs need mockgem.openai_url"),
        ("/something/else", ""),
    ],
)
def test_a_wrong_path_has_a_hint(path: str, hint: str) -> None:
    asker = Asker()
    asker.send("POST", path, b"{}")
    (found,) = read_hints(asker)
    assert hint in found
    assert bool(hint) == bool(found)


def test_a_misspelled_model_has_the_nearest_name() -> None:
    asker = Asker()
    asker.chat("Hi", model="gemini-2.5-flsh")
    asker.send("GET", "/v1beta/models/gemini-9-nothing-alike-at-all")
    assert read_hints(asker)[0] == (
        "there is no model 'gemini-2.5-flsh'; did you mean gemini-2.5-flash?"
    )


def test_a_key_in_a_model_s_name_stays_out_of_the_hint() -> None:
    asker = Asker()
    asker.send(
        "POST",
        f"{GEMINI}/chat/completions",
        json.dumps({"model": "gemini-2.5-flash-key-of-mine-42", "messages": []}).encode(),
        {"authorization": "Bearer key-of-mine-42"},
    )
    assert "key-of-mine-42" not in str(read_hints(asker))


def test_a_tool_call_without_its_signature_has_a_hint() -> None:
    asker = Asker()
    answer = asker.chat(UNSIGNED, model="gemini-3-pro-preview", tools=[TOOL])
    assert answer.status == 400
    assert "thought signature" in read_hints(asker)[0]


def test_a_generated_reply_after_scripted_ones_has_a_hint() -> None:
    asker = Asker()
    asker.chat("before")
    add_reply(asker)
    add_reply(asker, text="*weather*")
    for text in ("one", "two", "the weather"):
        asker.chat(text)
    hints = read_hints(asker)
    assert [bool(hint) for hint in hints] == [False, False, True, False]
    assert "this world has replies" in hints[2]


def test_a_scenario_s_own_rules_give_no_hint() -> None:
    asker = Asker(scenario="rate-limited-then-ok")
    for _ in range(4):
        asker.chat("Hi")
    assert read_hints(asker)[-1] == ""


def test_other_calls_of_a_world_with_replies_have_no_hint() -> None:
    asker = Asker()
    add_reply(asker)
    asker.send("GET", f"{GEMINI}/models")
    assert read_hints(asker) == [""]


def test_an_error_that_somebody_wrote_has_no_hint() -> None:
    asker = Asker()
    body = json.dumps({"rule": {"fail": 404}}).encode()
    asker.send("POST", "/_mockgem/rules", body, {"content-type": "application/json"})
    asker.chat("Hi", model="gemini-2.5-flsh")
    assert read_hints(asker) == [""]
