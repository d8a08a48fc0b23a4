"""The computerUse tool on the wire: a loop of actions with screenshots, as documented."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fidelity.test_native_reports import DEVELOPER, VERTEX, ask, asking, make_png, read_events

TOOL = {"computerUse": {"environment": "ENVIRONMENT_BROWSER"}}
EARLY, LATER = "gemini-2.5-computer-use-preview-10-2025", "gemini-3.5-flash"


def respond(call: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the documented response of an action: the page's URL and a screenshot."""
    shot = {"mimeType": "image/png", "data": make_png()}
    answer = {
        "name": call["name"],
        "response": {"url": "https://example.com", **more},
        "parts": [{"inlineData": shot}],
    }
    return {"functionResponse": answer | ({"id": call["id"]} if "id" in call else {})}


def follow(path: str, prompt: str, *tools: Any) -> tuple[list[dict[str, Any]], str]:
    """Return the calls of a loop and the text at its end."""
    body, calls = asking(prompt, tools=list(tools)), []
    for _ in range(10):
        answer = ask(path, body)
        assert answer.status == 200, answer.text
        content = answer.json["candidates"][0]["content"]
        found = [part["functionCall"] for part in content["parts"] if "functionCall" in part]
        if not found:
            return calls, content["parts"][0]["text"]
        calls += found
        body["contents"] += [content, {"role": "user", "parts": [respond(call) for call in found]}]
    raise AssertionError("the loop does not end")


@pytest.mark.parametrize("base", [DEVELOPER, VERTEX])
def test_a_loop_acts_and_ends_with_text(base: str) -> None:
    calls, text = follow(f"{base}{EARLY}:generateContent", "Open example.com and click", TOOL)
    assert [call["name"] for call in calls] == ["open_web_browser", "navigate", "click_at"]
    assert "https://example.com" in text


def test_a_later_model_signs_and_numbers_its_actions() -> None:
    calls, _ = follow(f"{DEVELOPER}{LATER}:generateContent", "Open example.com and click", TOOL)
    assert [call["name"] for call in calls] == ["navigate", "click"]
    assert all(call["id"] and call["args"]["intent"] for call in calls)


def test_a_function_of_the_request_comes_first_where_the_message_asks_for_it() -> None:
    weather = {
        "functionDeclarations": [
            {
                "name": "get_weather",
                "description": "Get the weather of a city",
                "parameters": {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}},
            }
        ]
    }
    prompt = "Get the weather in Rome, then open example.com"
    calls, _ = follow(f"{DEVELOPER}{EARLY}:generateContent", prompt, TOOL, weather)
    assert [call["name"] for call in calls] == ["get_weather", "open_web_browser", "navigate"]


def test_a_choice_without_calls_is_text() -> None:
    config = {"functionCallingConfig": {"mode": "NONE"}}
    body = asking("Open example.com", tools=[TOOL], toolConfig=config)
    parts = ask(f"{DEVELOPER}{EARLY}:generateContent", body).json["candidates"][0]["content"][
        "parts"
    ]
    assert "functionCall" not in str(parts)


def test_a_stream_has_the_same_action() -> None:
    body = asking("Open example.com", tools=[TOOL])
    whole = ask(f"{DEVELOPER}{EARLY}:generateContent", body).json
    events = read_events(ask(f"{DEVELOPER}{EARLY}:streamGenerateContent", body, {"alt": "sse"}))
    streamed = [
        part
        for event in events
        for part in event["candidates"][0].get("content", {}).get("parts", [])
        if "functionCall" in part
    ]
    last = whole["candidates"][0]["content"]["parts"][-1]
    assert [part["functionCall"] for part in streamed] == [last["functionCall"]]


def test_the_interactions_api_acts_with_its_own_names_of_environments() -> None:
    tool = {"type": "computer_use", "environment": "mobile"}
    body = {"model": LATER, "input": "Open the Notes app, then tap New", "tools": [tool]}
    answer = ask("/v1beta/interactions", body)
    assert answer.status == 200, answer.text
    call = answer.json["steps"][-1]
    assert (call["type"], call["name"]) == ("function_call", "open_app")
    assert call["arguments"]["app_name"] == "Notes"
