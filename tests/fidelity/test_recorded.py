"""Compare replies with recordings: status, keys, types, framing, and errors to the byte."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from tests.asking import GEMINI, VERTEX, Answer, Asker

RECORDED = Path(__file__).parent / "recorded"
EXCHANGES = json.loads((RECORDED / "chat.json").read_text(encoding="utf-8"))
ERRORS = json.loads((RECORDED / "errors.json").read_text(encoding="utf-8"))


def ask(exchange: dict[str, Any], **settings: Any) -> Answer:
    path = (VERTEX if exchange.get("surface") == "vertex" else GEMINI) + "/chat/completions"
    key = exchange.get("key", "good")
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return Asker(**settings).send("POST", path, json.dumps(exchange["request"]).encode(), headers)


def shape(value: Any) -> Any:
    """Return the constant part of a value: keys in order, types, and words of the API."""
    if isinstance(value, dict):
        return [
            (key, shape(item) if key not in VARYING else type(item).__name__)
            for key, item in value.items()
        ]
    if isinstance(value, list):
        return [shape(item) for item in value]
    return value if isinstance(value, (str, bool)) else type(value).__name__


VARYING = {"content", "id", "thought_signature", "created"}


def named(exchanges: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("exchange", exchanges, ids=[one["name"] for one in exchanges])


@named(EXCHANGES)
def test_an_answer_has_the_recorded_shape(exchange: dict[str, Any]) -> None:
    answer = ask(exchange)
    assert answer.status == exchange["status"]
    if "whole" in exchange:
        assert shape(answer.json) == shape(exchange["whole"])
        assert answer.text == json.dumps(answer.json, separators=(",", ":"), ensure_ascii=False)
        return
    events = answer.events
    if exchange.get("first_and_last"):
        assert len(events) > 2
        events = [events[0], events[-1]]
        assert [
            one["choices"][0]["delta"]["content"].startswith("<thought>") for one in events
        ] == [True, False]
        assert sum("</thought>" in line for line in answer.text.splitlines()) == 1
    assert shape(events) == shape(exchange["events"])


@named([one for one in EXCHANGES if "whole" not in one])
def test_a_stream_is_framed_as_recorded(exchange: dict[str, Any]) -> None:
    answer = ask(exchange)
    assert answer.header("content-type") == ["text/event-stream"]
    assert "\r" not in answer.text
    lines = [line for line in answer.text.split("\n") if line]
    assert all(line.startswith("data: ") for line in lines)
    assert answer.text.endswith("data: [DONE]\n\n")


@named(ERRORS)
def test_an_error_is_the_recorded_one_to_the_byte(exchange: dict[str, Any]) -> None:
    answer = ask(exchange, **({"api_key": ("good",)} if exchange.get("key") == "wrong" else {}))
    assert answer.status == exchange["status"]
    assert answer.text == exchange["body"]


def test_the_headers_are_those_of_a_google_front_end() -> None:
    answer = ask(EXCHANGES[0])
    assert [value for name, value in answer.response.headers if name == "Vary"] == [
        "Origin",
        "X-Origin",
        "Referer",
    ]
    assert answer.header("server") == ["scaffolding on HTTPServer2"]
    assert answer.header("x-xss-protection") == ["0"]
    assert answer.header("x-frame-options") == ["SAMEORIGIN"]
    assert answer.header("x-content-type-options") == ["nosniff"]
    assert answer.header("server-timing")[0].startswith("gfet4t7; dur=")
    assert answer.header("alt-svc") == ['h3=":443"; ma=2592000,h3-29=":443"; ma=2592000']


def varints(data: bytes) -> list[int]:
    found, number, shift = [], 0, 0
    for byte in data:
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            found.append(number)
            number, shift = 0, 0
    assert shift == 0
    return found


@pytest.mark.parametrize("recorded", ["ccAXad3iNNbiz7IPocTe0Ac", "GyWpao3jOvLaxs0Ppu2K6QU", None])
def test_an_id_decodes_to_a_time_and_three_varints(recorded: str | None) -> None:
    answer = ask(EXCHANGES[0]).json
    found = recorded or answer["id"]
    data = base64.urlsafe_b64decode(found + "=" * (-len(found) % 4))
    micros, host, number = varints(data[4:])
    assert micros < 1_000_000
    assert 4_130_000_000 <= host <= 4_270_000_000
    assert number < 2**32
    if recorded is None:
        assert int.from_bytes(data[:4], "little") == answer["created"]


def test_thinking_is_left_out_of_completion_tokens_and_in_the_total() -> None:
    usage = ask(EXCHANGES[0]).json["usage"]
    assert usage["total_tokens"] > usage["prompt_tokens"] + usage["completion_tokens"]
    off = EXCHANGES[0] | {"request": EXCHANGES[0]["request"] | {"reasoning_effort": "none"}}
    usage = ask(off).json["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]


def test_a_vertex_answer_has_its_own_keys() -> None:
    request = {
        "model": "google/gemini-3.6-flash",
        "messages": [{"role": "user", "content": "Explain to me how AI works"}],
    }
    answer = ask({"surface": "vertex", "request": request}).json
    assert list(answer) == [
        "choices",
        "created",
        "id",
        "model",
        "object",
        "system_fingerprint",
        "usage",
    ]
    assert answer["system_fingerprint"] == ""
    assert list(answer["choices"][0]) == ["finish_reason", "index", "logprobs", "message"]
    assert answer["choices"][0]["logprobs"] is None
    assert list(answer["usage"]) == [
        "completion_tokens",
        "completion_tokens_details",
        "extra_properties",
        "prompt_tokens",
        "total_tokens",
    ]
    assert answer["usage"]["extra_properties"] == {"google": {"traffic_type": "ON_DEMAND"}}
    assert answer["model"] == "google/gemini-3.6-flash"


def test_vertex_without_a_token_is_401() -> None:
    answer = ask(
        {
            "surface": "vertex",
            "key": None,
            "request": {"model": "google/gemini-2.5-flash", "messages": []},
        }
    )
    assert answer.status == 401
    assert answer.error["status"] == "UNAUTHENTICATED"
    assert answer.error["details"][0]["reason"] == "CREDENTIALS_MISSING"
    assert isinstance(answer.json, list)


def test_the_models_are_listed_in_the_recorded_form() -> None:
    answer = Asker().send("GET", GEMINI + "/models")
    first = answer.json["data"][0]
    assert answer.json["object"] == "list"
    assert list(first) == ["id", "object", "owned_by", "display_name"]
    assert first == {
        "id": "models/gemini-2.5-flash",
        "object": "model",
        "owned_by": "google",
        "display_name": "Gemini 2.5 Flash",
    }
    one = Asker().send("GET", GEMINI + "/models/gemini-2.5-flash")
    assert one.json == first
