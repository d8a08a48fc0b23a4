"""Talks with the Responses API of a gateway, and puts streams together again."""

from __future__ import annotations

import json
from typing import Any

from tests.asking import Answer, Asker

PATH = "/v1/responses"
MODEL = "gemini-2.5-flash"
G3 = "gemini-3-flash-preview"
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


def post(asker: Asker, path: str, **body: Any) -> Answer:
    return asker.send("POST", "/v1" + path, json.dumps(body).encode())


def create(asker: Asker, given: Any = "Why is the sky blue?", **more: Any) -> Answer:
    return post(asker, "/responses", **({"model": MODEL, "input": given} | more))


def get(asker: Asker, name: str, **query: str) -> Answer:
    return asker.send("GET", f"{PATH}/{name}", query=query)


def read_events(text: str) -> list[Any]:
    """Return the events of a stream, whose names and numbers must be right."""
    blocks = text.split("\n\n")
    assert blocks[-1] == ""
    events = []
    for block in blocks[:-1]:
        name, data = block.split("\n")
        event = json.loads(data.removeprefix("data: "))
        assert name == f"event: {event['type']}"
        events.append(event)
    first = events[0]["sequence_number"]
    numbers = [event["sequence_number"] for event in events]
    assert numbers == list(range(first, first + len(events)))
    return events


def join_events(events: list[Any]) -> Any:
    """Return the response that a stream describes, with items made of their deltas alone."""
    items: list[Any] = []
    for event in events:
        kind = event["type"].removeprefix("response.")
        if kind == "output_item.added":
            items.append(json.loads(json.dumps(event["item"])))
        elif kind == "output_item.done":
            assert event["item"]["id"] == items[event["output_index"]]["id"]
            fill_rest(items[event["output_index"]], event["item"])
        elif "output_index" in event:
            add_event(items[event["output_index"]], kind, event)
    return {**events[-1]["response"], "output": items}


def add_event(item: Any, kind: str, event: Any) -> None:
    assert event["item_id"] == item["id"]
    match kind:
        case "content_part.added":
            item["content"].append(dict(event["part"]))
        case "output_text.delta":
            item["content"][event["content_index"]]["text"] += event["delta"]
        case "output_text.annotation.added":
            part = item["content"][event["content_index"]]
            part["annotations"] = [*part["annotations"], event["annotation"]]
        case "reasoning_summary_part.added":
            item["summary"].append(dict(event["part"]))
        case "reasoning_summary_text.delta":
            item["summary"][event["summary_index"]]["text"] += event["delta"]
        case "function_call_arguments.delta":
            item["arguments"] += event["delta"]
        case "custom_tool_call_input.delta":
            item["input"] += event["delta"]
        case "code_interpreter_call_code.delta":
            item["code"] += event["delta"]


DELTAS = ("content", "summary", "arguments", "input", "code")
"""What deltas alone say."""


def fill_rest(item: Any, done: Any) -> None:
    item.update({name: value for name, value in done.items() if name not in DELTAS})


def text_of(response: Any) -> str:
    return "".join(
        part["text"]
        for item in response["output"]
        if item["type"] == "message"
        for part in item["content"]
    )


def kinds_of(response: Any) -> list[str]:
    return [item["type"] for item in response["output"]]
