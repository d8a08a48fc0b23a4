"""Talks with the Interactions API of a world, and puts streams together again."""

from __future__ import annotations

import json
from typing import Any

from tests.asking import Answer, Asker

PATH = "/v1beta/interactions"
KEY = {"x-goog-api-key": "any-key"}
G3 = "gemini-3-flash-preview"
G25 = "gemini-2.5-flash"
ADD: dict[str, Any] = {
    "type": "function",
    "name": "add",
    "description": "Add two numbers",
    "parameters": {
        "type": "object",
        "properties": {"x": {"type": "number"}, "y": {"type": "number"}},
        "required": ["x", "y"],
    },
}


def create(asker: Asker, given: Any = "Why is the sky blue?", **more: Any) -> Answer:
    body = {"model": G3, "input": given} | more
    if "agent" in more:
        del body["model"]
    return asker.send("POST", PATH, json.dumps(body).encode(), KEY)


def get(asker: Asker, name: str, **query: str) -> Answer:
    return asker.send("GET", f"{PATH}/{name}", headers=KEY, query=query)


def cancel(asker: Asker, name: str) -> Answer:
    return asker.send("POST", f"{PATH}/{name}/cancel", headers=KEY)


def delete(asker: Asker, name: str) -> Answer:
    return asker.send("DELETE", f"{PATH}/{name}", headers=KEY)


def read_events(text: str) -> list[Any]:
    """Return the events of a stream, whose names are those in the data; the last is the end."""
    blocks = text.split("\n\n")
    assert blocks[-2:] == ["event: done\ndata: [DONE]", ""]
    events = []
    for block in blocks[:-2]:
        name, data = block.split("\n")
        event = json.loads(data.removeprefix("data: "))
        assert name == f"event: {event['event_type']}"
        events.append(event)
    return events


def join_events(events: list[Any]) -> Any:
    """Return the interaction that a stream describes, with its steps."""
    joined = dict(events[-1]["interaction"])
    steps: list[Any] = []
    for event in events:
        match event["event_type"]:
            case "step.start":
                steps.append(dict(event["step"]))
            case "step.delta":
                add_delta(steps[event["index"]], event["delta"])
    for step in steps:
        if isinstance(step.get("arguments"), str):
            step["arguments"] = json.loads(step["arguments"])
    if steps:
        joined["steps"] = steps
    return joined


def add_delta(step: Any, delta: Any) -> None:
    match delta["type"]:
        case "text":
            contents = step.setdefault("content", [{"type": "text", "text": ""}])
            contents[-1]["text"] += delta["text"]
        case "text_annotation_delta":
            step["content"][-1]["annotations"] = delta["annotations"]
        case "thought_summary":
            summary = step.setdefault("summary", [{"type": "text", "text": ""}])
            summary[0]["text"] += delta["content"]["text"]
        case "thought_signature":
            step["signature"] = delta["signature"]
        case "arguments_delta":
            before = step["arguments"]
            step["arguments"] = (before if isinstance(before, str) else "") + delta["arguments"]
        case "image" | "audio":
            step.setdefault("content", []).append(delta)
        case _:
            step.update(delta)


def text_of(interaction: Any) -> str:
    contents = [
        content
        for step in interaction["steps"]
        if step["type"] == "model_output"
        for content in step["content"]
    ]
    return "".join(content.get("text", "") for content in contents)


def kinds_of(interaction: Any) -> list[str]:
    return [step["type"] for step in interaction["steps"]]


def find_call(interaction: Any) -> Any:
    return next(step for step in interaction["steps"] if step["type"] == "function_call")
