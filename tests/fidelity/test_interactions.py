"""Compare interactions with recordings: keys in order, types, words of the API and events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.interactions.talking import create, read_events

RECORDED = json.loads(
    (Path(__file__).parent / "recorded" / "interactions.json").read_text(encoding="utf-8")
)
FREE = (
    "interaction_id",
    "text",
    "content",
    "queries",
    "signature",
    "id",
    "call_id",
    "created",
    "updated",
    "search_suggestions",
    "url",
)
SORTED_BY_TOOL = "keys sorted by the tool that recorded it"


def shape(value: Any, *, ordered: bool) -> Any:
    """Return the constant part of a value: keys, types, and words of the API."""
    if isinstance(value, dict):
        pairs = [
            (name, type(item).__name__ if name in FREE else shape(item, ordered=ordered))
            for name, item in value.items()
        ]
        return pairs if ordered else sorted(pairs)
    if isinstance(value, list):
        return [shape(item, ordered=ordered) for item in value]
    return value if isinstance(value, (str, bool)) else type(value).__name__


@pytest.mark.parametrize("recorded", RECORDED["whole"], ids=lambda one: one["name"])
def test_a_whole_interaction_has_the_recorded_shape(recorded: dict[str, Any]) -> None:
    made = create(Asker(), **recorded["request"])
    ordered = recorded.get("note") != SORTED_BY_TOOL
    assert made.header("content-type") == ["application/json"]
    assert made.text == json.dumps(made.json, separators=(",", ":"), ensure_ascii=False)
    assert shape(made.json, ordered=ordered) == shape(recorded["response"], ordered=ordered)


@pytest.mark.parametrize("recorded", RECORDED["streamed"], ids=lambda one: one["name"])
def test_a_stream_has_the_recorded_events(recorded: dict[str, Any]) -> None:
    made = create(Asker(), **recorded["request"], stream=True)
    assert made.header("content-type") == ["text/event-stream"]
    events = read_events(made.text)
    assert drop_repeats(events) == drop_repeats(recorded["events"])


def drop_repeats(events: list[Any]) -> list[Any]:
    """Return the shapes of events; deltas of one kind in a row count once."""
    shapes = [shape(event, ordered=True) for event in events]
    return [one for number, one in enumerate(shapes) if one != shapes[number - 1]]


@pytest.mark.parametrize("recorded", RECORDED["errors"], ids=lambda one: one["name"])
def test_an_error_is_the_recorded_one(recorded: dict[str, Any]) -> None:
    refused = create(Asker(), **recorded["request"])
    assert refused.status == recorded["status"]
    assert refused.json == recorded["response"]
