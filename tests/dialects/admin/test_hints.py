"""Hints about a client: where a person would otherwise search for an hour."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.dialects.admin.hints import find_waiting_replies
from mockgem.recording.cassette_writer import save_cassette
from tests.asking import GEMINI, Asker

TOOL = {"type": "function", "function": {"name": "get_weather", "parameters": {}}}
CALL = {"id": "c1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
UNSIGNED = [
    {"role": "user", "content": "weather?"},
    {"role": "assistant", "tool_calls": [CALL]},
    {"role": "tool", "tool_call_id": "c1", "content": "sunny"},
]


NO_RESPONSES_API = (
    "Gemini's OpenAI-compatible surface has no Responses API: use chat.completions, or the "
    "gateway's base URL, /v1, which has it"
)
NO_SUCH_GENAI_PATH = (
    "there is no such path: google-genai needs the server's URL without a path after it (in "
    "tests: gemini_url, in JavaScript url)"
)
NO_SUCH_OPENAI_PATH = (
    "there is no such path: OpenAI's SDKs need a base URL that ends with /v1beta/openai/ (in "
    "tests: openai_url, in JavaScript openaiURL), not the URL of the server"
)


def path_twice(prefix: str) -> str:
    return (
        f"there is no such path: {prefix} is in it twice. The client's base URL has it already, so "
        "the path that the program adds begins after it"
    )


SIGNATURE_NEEDED = (
    "Gemini 3 needs the thought signature of its tool call back: send the model's whole message "
    "with the tool's result (OpenAI's SDKs: with extra_content), not only its text"
)
UNSCRIPTED = (
    "this world has replies, and none of them is for this request, so mockgem generated one: a "
    "reply is used up, or its conditions do not hold. For all later requests: times=None in "
    "Python, --always on the command line"
)
INDEX_NEEDED = (
    "like the real service, this stream has tool calls without an index. The OpenAI SDKs' stream "
    "helpers and @ai-sdk/openai need one: start mockgem with --tool-call-index to add it"
)
NOT_RECORDED = (
    "the cassette has no recording that fits: --record-mode new_episodes records such requests "
    "(pytest --mockgem-record-mode=new_episodes)"
)


def read_hints(asker: Asker) -> list[str]:
    """Return the hint of each entry, without the page that it names at its end."""
    entries = asker.send("GET", "/_mockgem/journal").json["entries"]
    return [entry.get("hint", "").partition("; see docs/")[0] for entry in entries]


def add_reply(asker: Asker, **when: Any) -> None:
    body = json.dumps({"rule": {"say": "Scripted", "when": {"times": 1, **when}}}).encode()
    headers = {"content-type": "application/json"}
    assert asker.send("POST", "/_mockgem/rules", body, headers).status == 200


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/v1beta/openai/responses", NO_RESPONSES_API),
        ("/v1beta/openai/v1beta/models/x:generateContent", NO_SUCH_GENAI_PATH),
        ("/v1beta/v1beta1/models/x", NO_SUCH_GENAI_PATH),
        ("/v1beta/openai/v1beta/openai/chat/completions", path_twice("/v1beta/openai")),
        ("/v1beta/openai/openai/embeddings", path_twice("/openai")),
        ("/chat/completions", NO_SUCH_OPENAI_PATH),
        ("/embeddings", NO_SUCH_OPENAI_PATH),
        ("/models", NO_SUCH_OPENAI_PATH),
        ("/something/else", ""),
    ],
)
def test_a_wrong_path_has_a_hint(path: str, hint: str) -> None:
    asker = Asker()
    asker.send("POST", path, b"{}")
    assert read_hints(asker) == [hint]


def test_a_misspelled_model_has_the_nearest_name() -> None:
    asker = Asker()
    asker.chat("Hi", model="gemini-2.5-flsh")
    asker.send("GET", "/v1beta/models/gemini-9-nothing-alike-at-all")
    assert read_hints(asker)[0] == (
        "there is no model 'gemini-2.5-flsh'; did you mean gemini-2.5-flash?"
    )


@pytest.mark.parametrize("name", ["gpt-4o", "openai/gpt-5-mini", "claude-sonnet-4", "o3"])
def test_a_model_of_another_vendor_has_a_way_out(name: str) -> None:
    asker = Asker()
    asker.chat("Hi", model=name)
    assert read_hints(asker) == [
        f"there is no model {name!r}, as at Google: let the program use a Gemini model, such as "
        "gemini-2.5-flash. --lenient (in Python lenient=True) accepts any name"
    ]


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
    assert read_hints(asker) == [SIGNATURE_NEEDED]


def test_a_generated_reply_after_scripted_ones_has_a_hint() -> None:
    asker = Asker()
    asker.chat("before")
    add_reply(asker)
    add_reply(asker, text="*weather*")
    for text in ("one", "two", "the weather"):
        asker.chat(text)
    assert read_hints(asker) == ["", "", UNSCRIPTED, ""]


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


def test_a_request_that_no_cassette_has_has_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "calls.yaml"
    save_cassette(path, [])
    asker = Asker(cassette=str(path), on_miss="fail")
    asker.chat("Hi")
    assert read_hints(asker) == [NOT_RECORDED]


@pytest.mark.parametrize(
    ("agent", "stream", "hint"),
    [
        ("OpenAI/JS 6.1", True, INDEX_NEEDED),
        ("ai-sdk/openai/2.0", True, INDEX_NEEDED),
        ("curl/8", True, ""),
        ("myopenai/1", True, ""),
        ("OpenAI/JS 6.1", False, ""),
    ],
)
def test_a_client_that_needs_an_index_of_calls_has_a_hint(
    agent: str, stream: bool, hint: str
) -> None:
    asker = Asker()
    body = {
        "model": "gemini-2.5-flash",
        "messages": [{"role": "user", "content": "What is the weather in Paris?"}],
        "tools": [TOOL],
        "tool_choice": "required",
        "stream": stream,
    }
    headers = {"authorization": "Bearer k", "user-agent": agent}
    answer = asker.send("POST", f"{GEMINI}/chat/completions", json.dumps(body).encode(), headers)
    assert "get_weather" in answer.text
    assert read_hints(asker) == [hint]


def test_replies_that_wait_in_another_world_have_a_hint() -> None:
    asker = Asker()
    body = json.dumps({"rule": {"say": "Scripted"}}).encode()
    headers = {"content-type": "application/json"}
    asker.send("POST", "/w/mine/_mockgem/rules", body, headers)
    worlds = list(asker.worlds.list_all())
    used = asker.world.journal.entries  # type: ignore[attr-defined]
    assert find_waiting_replies(used, worlds) == ""
    asker.send("GET", "/_mockgem/health")
    asker.chat("Hi", model="no-such-model")
    assert find_waiting_replies(used, worlds) == ""
    asker.chat("Hi")
    assert find_waiting_replies(used, worlds) == (
        "replies wait in the world mine, which got no request, and requests come to the default "
        "world: give the client the base URL of that world, or create the client after the URL is "
        "known"
    )
    assert find_waiting_replies(used, [asker.world]) == ""
    chat = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": "Hi"}]}
    path = f"/w/mine{GEMINI}/chat/completions"
    asker.send("POST", path, json.dumps(chat).encode(), {"authorization": "Bearer k"})
    assert find_waiting_replies(used, worlds) == ""
