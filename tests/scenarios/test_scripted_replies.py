"""Scripted replies: text, thoughts, tool calls, JSON, vectors, images, raw responses, turns."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.app.factory import create_app
from mockgem.config.settings import Settings
from tests.asking import GATEWAY, VERTEX
from tests.scenarios.playing import TOOL, Player, rules

HI = {"contents": [{"parts": [{"text": "hi"}]}]}


def saying(say: Any, **more: Any) -> Player:
    return Player(rules(json.dumps({"say": say, **more})))


@pytest.mark.parametrize("surface", ["/v1beta/openai", VERTEX, GATEWAY])
def test_a_text_is_sent_on_every_surface_whole_and_streamed(surface: str) -> None:
    player = saying("It is 4 degrees in Oslo, and it rains; take your umbrella with you today.")
    whole = player.chat("weather?", surface=surface).json
    assert whole["choices"][0]["message"]["content"].startswith("It is 4 degrees")
    assert whole["usage"]["completion_tokens"] > 10
    events = player.chat("weather?", surface=surface, stream=True).events
    said = "".join(
        (event["choices"][0]["delta"].get("content") or "") for event in events if event["choices"]
    )
    assert said == whole["choices"][0]["message"]["content"]


def test_a_text_is_sent_on_the_native_api() -> None:
    found = saying("Hello there").native("generateContent", HI).json
    assert found["candidates"][0]["content"]["parts"] == [{"text": "Hello there"}]
    rows = saying("Hello there").native("streamGenerateContent", HI).json
    parts = [part for row in rows for part in row["candidates"][0]["content"].get("parts", [])]
    assert "".join(part.get("text", "") for part in parts) == "Hello there"


def test_thoughts_come_before_the_text_if_the_request_includes_them() -> None:
    shown = HI | {"generationConfig": {"thinkingConfig": {"includeThoughts": True}}}
    player = saying({"text": "42", "thoughts": "let me think"})
    parts = player.native("generateContent", shown).json["candidates"][0]["content"]["parts"]
    assert parts == [{"text": "let me think", "thought": True}, {"text": "42"}]
    assert player.native("generateContent", HI).json["candidates"][0]["content"]["parts"] == [
        {"text": "42"}
    ]
    assert player.chat("hi").message["content"] == "42"


def test_the_first_call_is_signed_after_any_text() -> None:
    say = {"text": "one moment", "tool_calls": [{"name": "get_weather", "args": {"city": "Oslo"}}]}
    player = Player(rules(json.dumps({"say": {"turns": [say, {"text": "done"}]}})))
    talk: list[Any] = [{"role": "user", "content": "weather?"}]
    first = player.chat(talk, tools=[TOOL], model="gemini-3.6-flash").message
    talk += [
        first,
        {"role": "tool", "tool_call_id": first["tool_calls"][0]["id"], "content": "rain"},
    ]
    assert player.chat(talk, tools=[TOOL], model="gemini-3.6-flash").message["content"] == "done"


def test_tool_calls_have_signatures() -> None:
    call = {"name": "get_weather", "args": {"city": "Oslo"}}
    message = saying({"tool_calls": [call]}).chat("hi", tools=[TOOL]).message
    assert message["tool_calls"][0]["function"] == {
        "arguments": '{"city":"Oslo"}',
        "name": "get_weather",
    }
    signed = (
        saying({"tool_calls": [call]})
        .chat("hi", tools=[TOOL], model="gemini-3-flash-preview")
        .message
    )
    assert signed["tool_calls"][0]["extra_content"]["google"]["thought_signature"]
    two = (
        saying({"text": "one moment", "tool_calls": [call, call]})
        .native("generateContent", HI)
        .json
    )
    parts = two["candidates"][0]["content"]["parts"]
    assert [next(iter(part)) for part in parts] == ["text", "functionCall", "functionCall"]


def test_json_vectors_and_finish_reasons_are_sent() -> None:
    assert json.loads(saying({"json": {"a": [1, 2]}}).chat("hi").message["content"]) == {
        "a": [1, 2]
    }
    assert saying({"json": None}).chat("hi").message["content"] == "null"
    body = json.dumps({"model": "gemini-embedding-001", "input": ["a", "b"]}).encode()
    rows = (
        saying({"embedding": [0.25, -1, 0.5]})
        .send("POST", "/v1beta/openai/embeddings", body)
        .json["data"]
    )
    assert [row["embedding"] for row in rows] == [[0.25, -1, 0.5]] * 2
    assert (
        saying({"finish": "MAX_TOKENS", "text": "cut"})
        .chat("hi")
        .json["choices"][0]["finish_reason"]
        == "length"
    )
    blocked = saying({"finish": "SAFETY"}).chat("hi").json["choices"][0]
    assert blocked["finish_reason"] == "content_filter: SAFETY"
    assert "message" not in blocked
    found = saying({"block": "PROHIBITED_CONTENT"}).native("generateContent", HI).json
    assert found["promptFeedback"] == {"blockReason": "PROHIBITED_CONTENT"}
    assert "candidates" not in found


def test_a_raw_response_is_sent_as_written() -> None:
    answer = saying(
        {"raw": {"status": 418, "headers": {"x-tea": "pot"}, "body": {"short": "stout"}}}
    ).chat("hi")
    assert (answer.status, answer.header("x-tea"), answer.json) == (
        418,
        ["pot"],
        {"short": "stout"},
    )
    page = saying({"raw": {"headers": {"Content-Type": "text/html"}, "body": "<p>hi"}}).chat("hi")
    assert (page.status, page.header("content-type"), page.text) == (200, ["text/html"], "<p>hi")


def test_a_request_that_the_service_refuses_gets_no_scripted_reply() -> None:
    assert saying("hello").chat("hi", model="no-such-model").status == 404
    assert saying("hello").chat("hi", reasoning="x").status == 400


RUN = """
title: run
rules:
  - say:
      turns:
        - tool_calls: [{name: get_weather, args: {city: Oslo}}]
        - text: It rains in Oslo.
"""


def test_turns_answer_a_whole_agent_run() -> None:
    player = Player(RUN)
    talk: list[Any] = [{"role": "user", "content": "weather?"}]
    first = player.chat(talk, tools=[TOOL]).message
    talk += [
        first,
        {"role": "tool", "tool_call_id": first["tool_calls"][0]["id"], "content": "rain"},
    ]
    second = player.chat(talk, tools=[TOOL]).message
    assert second["content"] == "It rains in Oslo."
    talk += [second, {"role": "user", "content": "thanks, and 2+2?"}]
    third = player.chat(talk, tools=[TOOL])
    assert third.status == 200
    assert third.message["content"] != second["content"]


PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def in_folder(folder: Path, say: str) -> Player:
    (folder / "mine.yaml").write_text(f"title: files\nrules:\n  - say: {say}\n")
    player = Player(rules("{headers: {x: y}}"))
    player.house = create_app(Settings(scenarios=(str(folder),)))
    player.door, player.worlds = player.house.handler, player.house.worlds
    asyncio.run(player.house.scenario_manager.choose(player.world, "mine"))
    return player


def test_files_in_the_scenario_folder_are_sent(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    (tmp_path / "body.json").write_text('{"from": "file"}')
    body = json.dumps(
        {"model": "gemini-2.5-flash-image", "prompt": "a cat", "response_format": "b64_json"}
    ).encode()
    found = (
        in_folder(tmp_path, "{image: cat.png}")
        .send("POST", "/v1beta/openai/images/generations", body)
        .json
    )
    assert base64.b64decode(found["data"][0]["b64_json"]) == PNG
    raw = in_folder(
        tmp_path, "{raw: {body_file: body.json, headers: {Content-Type: application/json}}}"
    ).chat("hi")
    assert raw.json == {"from": "file"}


@pytest.mark.parametrize(
    "name",
    ["../secret.txt", "/etc/passwd", "link.txt", "nothing.txt", "..", "sub/../../secret.txt"],
)
def test_files_outside_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    answer = in_folder(folder, f"{{raw: {{body_file: {name}}}}}").chat("hi")
    assert answer.status == 400
    assert "secret" not in answer.text.replace(name, "")


def test_a_scenario_without_a_file_cannot_use_files() -> None:
    assert saying({"raw": {"body_file": "x.json"}}).chat("hi").status == 400
