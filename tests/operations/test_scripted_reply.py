"""Scripted replies: mockgem generates nothing for them, but still checks and counts the request."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from mockgem.operations.generators import picture, prose, reply, speech
from mockgem.operations.generators.picture import render_picture
from mockgem.operations.generators.seeded_random import SeededRandom
from tests.asking import Answer
from tests.scenarios.playing import Player, rules

TEXT_MODEL = "gemini-2.5-flash"
SIGNING_MODEL = "gemini-3-flash-preview"
IMAGE_MODEL = "gemini-2.5-flash-image"
SPEECH_MODEL = "gemini-2.5-flash-preview-tts"
PROMPT = "What is the weather in Oslo?"
WEATHER_TOOL = {
    "functionDeclarations": [
        {
            "name": "get_weather",
            "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}},
        }
    ]
}
CALL = {"name": "get_weather", "args": {"city": "Oslo"}}
COMPLETE_REPLIES: dict[str, Any] = {
    "text": "Hello there",
    "thoughts": {"thoughts": "hm", "text": "42"},
    "tool_calls": {"tool_calls": [CALL]},
    "text_and_call": {"text": "One moment", "tool_calls": [CALL]},
    "json": {"json": {"city": "Oslo"}},
    "turns": {"turns": [{"text": "one"}, {"text": "two"}]},
    "cut": {"text": "cut", "finish": "MAX_TOKENS"},
    "filtered": {"finish": "SAFETY"},
    "block": {"block": "PROHIBITED_CONTENT"},
}


class GeneratorCalled(Exception):
    """A generator ran for a reply that the scenario gives."""


@pytest.fixture
def no_generators(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **options: Any) -> Any:
        raise GeneratorCalled

    monkeypatch.setattr("mockgem.operations.generate.generate_parts", fail)
    monkeypatch.setattr(reply, "generate_json", fail)
    monkeypatch.setattr(reply, "generate_tool_calls", fail)
    monkeypatch.setattr(prose, "write_reply", fail)
    monkeypatch.setattr(picture, "draw_canvas", fail)
    monkeypatch.setattr(speech, "generate_speech", fail)


def play(say: Any, **more: Any) -> Player:
    return Player(rules(json.dumps({"say": say, **more})))


def ask(player: Player, model: str = TEXT_MODEL, **options: Any) -> Answer:
    body = {"contents": [{"role": "user", "parts": [{"text": PROMPT}]}], **options}
    return player.native("generateContent", body, model)


def play_image(folder: Path, say: str) -> Player:
    """Play a scenario whose folder holds cat.png."""
    (folder / "cat.png").write_bytes(render_picture(SeededRandom(1, "cat"), 64, 64, "cat"))
    (folder / "mine.yaml").write_text(rules(f"{{say: {say}}}"))
    player = Player(rules("{say: unused}"), scenarios=[str(folder)])
    asyncio.run(player.house.scenario_manager.choose(player.world, "mine"))
    return player


@pytest.mark.usefixtures("no_generators")
@pytest.mark.parametrize("model", [TEXT_MODEL, SIGNING_MODEL, IMAGE_MODEL, SPEECH_MODEL])
@pytest.mark.parametrize("say", COMPLETE_REPLIES.values(), ids=COMPLETE_REPLIES)
def test_a_complete_reply_is_never_generated(say: Any, model: str) -> None:
    modalities = ["AUDIO"] if model == SPEECH_MODEL else ["TEXT", "IMAGE"]
    config = {} if model in (TEXT_MODEL, SIGNING_MODEL) else {"responseModalities": modalities}
    player = play(say)
    first = ask(player, model, generationConfig=config)
    again = ask(player, model, generationConfig=config)
    assert first.status == 200, first.text
    assert first.json["usageMetadata"] == again.json["usageMetadata"]


@pytest.mark.usefixtures("no_generators")
def test_tools_and_schemas_of_the_request_generate_nothing_either() -> None:
    form = {"responseMimeType": "application/json", "responseSchema": {"type": "STRING"}}
    assert ask(play("hi"), tools=[WEATHER_TOOL]).status == 200
    assert ask(play("hi"), generationConfig=form).status == 200


@pytest.mark.usefixtures("no_generators")
def test_built_in_tools_do_not_run_and_cost_nothing() -> None:
    usage = ask(play("hi"), tools=[{"googleSearch": {}}]).json["usageMetadata"]
    assert "toolUsePromptTokenCount" not in usage


def test_a_scripted_image_replaces_the_one_that_would_be_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = play_image(tmp_path, "{image: cat.png}")

    def fail(*args: Any) -> Any:
        raise GeneratorCalled

    monkeypatch.setattr(picture, "draw_canvas", fail)
    parts = ask(player, IMAGE_MODEL).json["candidates"][0]["content"]["parts"]
    assert [next(iter(part)) for part in parts] == ["text", "inlineData"]
    config = {"responseModalities": ["IMAGE"]}
    parts = ask(player, IMAGE_MODEL, generationConfig=config).json["candidates"][0]["content"]
    assert [next(iter(part)) for part in parts["parts"]] == ["inlineData"]


def test_a_scripted_image_does_not_change_the_thoughts_beside_it(tmp_path: Path) -> None:
    model = "gemini-3-pro-image-preview"
    config = {"thinkingConfig": {"includeThoughts": True}}
    drawn = ask(play_image(tmp_path, "{finish: STOP}"), model, generationConfig=config).json
    given = ask(play_image(tmp_path, "{image: cat.png}"), model, generationConfig=config).json
    assert find_thoughts(drawn) == find_thoughts(given) != []


def find_thoughts(reply: Any) -> list[str]:
    parts = reply["candidates"][0]["content"]["parts"]
    return [part["text"] for part in parts if part.get("thought")]


@pytest.mark.usefixtures("no_generators")
@pytest.mark.parametrize(
    ("model", "config"),
    [
        (IMAGE_MODEL, {"imageConfig": {"aspectRatio": "17:9"}}),
        (IMAGE_MODEL, {"imageConfig": {"imageSize": "9K"}}),
        (TEXT_MODEL, {"temperature": 3}),
        (TEXT_MODEL, {"thinkingConfig": {"thinkingBudget": 10**6}}),
    ],
)
def test_a_request_that_the_model_refuses_is_refused(model: str, config: Any) -> None:
    answer = ask(play("hi"), model, generationConfig=config)
    assert answer.status == 400
    assert answer.error["message"] == find_refusal(config)


@pytest.mark.usefixtures("no_generators")
def test_a_fault_that_spoils_generated_content_needs_generated_content() -> None:
    spoiled = Player(rules("{faults: [json_fenced]}"))
    assert ask(spoiled).status == 500
    assert ask(play({"finish": "MAX_TOKENS"})).status == 500


@pytest.mark.usefixtures("no_generators")
def test_a_fault_spoils_a_scripted_reply_without_generating() -> None:
    answer = ask(play({"json": {"a": 1}}, faults=["json_fenced"]))
    text = answer.json["candidates"][0]["content"]["parts"][0]["text"]
    assert text.startswith("```json\n")


@pytest.mark.usefixtures("no_generators")
def test_thinking_and_prompt_tokens_are_counted_as_for_a_generated_reply() -> None:
    usage = ask(play("hi"), generationConfig={"thinkingConfig": {"thinkingBudget": 1024}}).json[
        "usageMetadata"
    ]
    assert usage["promptTokenCount"] > 0
    assert usage["thoughtsTokenCount"] > 0
    assert usage["candidatesTokenCount"] == 1


def find_refusal(config: Any) -> str:
    """Return the message for a configuration that a model refuses."""
    return next(message for word, message in REFUSALS.items() if word in str(config))


REFUSALS = {
    "aspectRatio": "Invalid aspect ratio '17:9': expected one of 1:1, 2:3, 3:2, 3:4, 4:3, 4:5, "
    "5:4, 9:16, 16:9, 21:9.",
    "imageSize": "Request contains an invalid argument.",
    "temperature": "* GenerateContentRequest.generation_config.temperature: temperature must be in "
    "the range [0.0, 2.0].\n",
    "thinkingBudget": "The thinking budget 1000000 is invalid. Please choose a value between 0 and "
    "24576.",
}
