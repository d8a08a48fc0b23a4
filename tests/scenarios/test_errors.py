"""Every error of the catalogue, in the form of every surface where it was seen."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from mockgem.scenarios.errors import load_errors, surfaces_of_error
from tests.asking import GATEWAY, GEMINI, VERTEX, Answer
from tests.scenarios.playing import Player, rules

HI = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}
NATIVE_VERTEX = "/v1/projects/my-project/locations/us-central1/publishers/google"
CHATS = {"gemini-openai": GEMINI, "vertex-openai": VERTEX, "gateway": GATEWAY}
ERRORS = {name: entry for name, entry in load_errors().items() if "status" in entry}


def ask(player: Player, surface: str) -> Answer:
    if surface in CHATS:
        return player.chat("hi", surface=CHATS[surface])
    body = json.dumps(HI).encode()
    prefix, key = (
        ("/v1beta", {"x-goog-api-key": "k"})
        if surface == "gemini"
        else (NATIVE_VERTEX, {"authorization": "Bearer k"})
    )
    return player.send("POST", f"{prefix}/models/gemini-2.5-flash:generateContent", body, key)


PLACES = [
    (name, surface)
    for name in ERRORS
    for surface in surfaces_of_error(name)
    if surface in (*CHATS, "gemini", "vertex")
]  # fmt: skip


@pytest.mark.parametrize(("name", "surface"), PLACES)
def test_every_error_is_sent_on_the_surfaces_where_it_was_seen(name: str, surface: str) -> None:
    entry, answer = ERRORS[name], ask(Player(rules(f"{{fail: {name}}}")), surface)
    assert answer.status == entry["status"]
    if "body" in entry:
        assert (
            answer.json == entry["body"]
            if isinstance(entry["body"], dict)
            else answer.text == entry["body"]
        )
        return
    found = answer.json
    assert isinstance(found, list) is (surface in ("gemini-openai", "vertex-openai"))
    error = found[0]["error"] if isinstance(found, list) else found["error"]
    if surface == "gateway":
        assert error["message"].startswith(told(entry["message"]).strip() + " (request id: ")
        return
    assert (error["code"], error["status"]) == (entry["status"], entry["code"])
    assert error["message"] == told(entry["message"])
    assert [one["@type"] for one in error.get("details", [])] == [
        one["@type"] for one in entry.get("details", [])
    ]
    assert "{" not in error["message"]
    assert not answer.header("retry-after")


def told(message: str) -> str:
    words = {
        "{model}": "gemini-2.5-flash",
        "{successor}": "models/gemini-3.8-flash",
        "{delay}": "38.962214405",
    }
    for placeholder, word in words.items():
        message = message.replace(placeholder, word)
    return message


def test_every_other_entry_can_be_caused_by_a_scenario() -> None:
    for name, entry in load_errors().items():
        if "rule" in entry:
            answer = Player(rules(f"{{fail: {name}}}")).chat("hi", stream=True)
            assert answer.status == 200, name
            assert answer.header("x-mockgem-rule"), name
        else:
            assert {"status", "scenario", "usual"} & entry.keys(), name


@pytest.mark.parametrize(
    ("surface", "message"),
    [
        ("gemini-openai", "You exceeded your current quota"),
        ("vertex-openai", "Resource exhausted. Please try again later."),
    ],
)
def test_a_bare_status_means_the_error_of_the_surface(surface: str, message: str) -> None:
    answer = ask(Player(rules("{fail: 429}")), surface)
    assert answer.error["message"].startswith(message)


def test_a_retry_delay_is_in_the_body_alone() -> None:
    error = Player(rules("{fail: {error: 429, retry_delay: 3s}}")).chat("hi").error
    assert error["message"].endswith("Please retry in 3s.")
    assert error["details"][-1] == {
        "@type": "type.googleapis.com/google.rpc.RetryInfo",
        "retryDelay": "3s",
    }
    kinds = [one["@type"].rpartition(".")[2] for one in error["details"]]
    assert kinds == ["Help", "QuotaFailure", "RetryInfo"]
    dimensions = error["details"][1]["violations"][0]["quotaDimensions"]
    assert dimensions == {"location": "global", "model": "gemini-2.5-flash"}
    other = Player(rules("{fail: {error: overloaded, retry_delay: 1.5s}}")).chat("hi").error
    assert other["details"][0]["retryDelay"] == "1.5s"


@pytest.mark.parametrize(
    ("how", "name", "value"),
    [
        ("seconds", "Retry-After", "2"),
        ("ms", "retry-after-ms", "1500"),
    ],
)
def test_retry_headers_of_gateways_can_be_added(how: str, name: str, value: str) -> None:
    answer = Player(rules(f"{{fail: {{error: 429, retry_delay: 1.5s, retry_after: {how}}}}}")).chat(
        "hi"
    )
    assert answer.header(name) == [value]


def test_a_retry_date_is_in_real_time() -> None:
    answer = Player(rules("{fail: {error: 429, retry_delay: 30s, retry_after: date}}")).chat("hi")
    left = parsedate_to_datetime(answer.header("retry-after")[0]).timestamp() - time.time()
    assert 25 < left <= 31


SHAPES: dict[str, Any] = {
    "object": lambda answer: answer.json["error"]["code"] == 503,
    "array": lambda answer: answer.json[0]["error"]["code"] == 503,
    "openai": lambda answer: answer.json["error"]["type"] == "server_error",
    "text": lambda answer: answer.text == "The model is overloaded. Please try again later.",
    "html": lambda answer: (
        "503" in answer.text and answer.header("content-type") == ["text/html; charset=UTF-8"]
    ),
    "empty": lambda answer: answer.body == b"",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_errors_can_have_other_shapes(shape: str) -> None:
    answer = Player(rules(f"{{fail: {{error: 503, shape: {shape}}}}}")).chat("hi")
    assert answer.status == 503
    assert SHAPES[shape](answer)


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("text", "Bad Gateway."),
        ("empty", ""),
        ("one-api", '{"error":{"message":"Bad Gateway. (request id: '),
        ("openai", '{"error":{"message":"Bad Gateway.","type":"server_error"'),
        ("google", '{\n  "error": {\n    "code": 502,\n    "message": "Bad Gateway."'),
        ("google-array", '[\n  {\n    "error": {\n      "code": 502'),
        ("html", "<!DOCTYPE html>"),
        ("auto", "<!DOCTYPE html>"),
    ],
)
def test_an_error_that_is_a_page_can_have_another_shape(shape: str, body: str) -> None:
    answer = Player(rules(f"{{fail: {{error: 502, shape: {shape}}}}}")).chat("hi")
    assert answer.status == 502
    assert answer.text.startswith(body)
    assert answer.text or not body


def test_an_error_that_is_a_page_can_have_another_message() -> None:
    answer = Player(rules("{fail: {error: 502, message: boom}}")).chat("hi")
    assert answer.status == 502
    assert answer.json[0]["error"]["message"] == "boom"


def test_errors_can_have_other_messages_statuses_and_headers() -> None:
    answer = Player(
        rules("{fail: {error: 500, status: 529, message: too much, headers: {x-y: z}}}")
    ).chat("hi")
    assert (answer.status, answer.header("x-y")) == (529, ["z"])
    assert answer.json[0]["error"]["message"] == "too much"
    assert answer.json[0]["error"]["code"] == 529
    kept = Player(rules("{fail: {error: 500, status: 503, message: too much}}")).chat("hi")
    assert (kept.status, kept.error["status"]) == (503, "UNAVAILABLE")


def test_an_unknown_error_is_reported_to_the_client() -> None:
    answer = Player(rules("{fail: overlaoded}")).chat("hi")
    assert answer.status == 400
    assert "did you mean overloaded" in answer.error["message"]
