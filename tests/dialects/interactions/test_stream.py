"""Streams of interactions: their events, and that they add up to the whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.asking import Asker
from tests.dialects.interactions.talking import (
    ADD,
    G3,
    G25,
    create,
    get,
    join_events,
    read_events,
)

REQUESTS: list[dict[str, Any]] = [
    {},
    {"model": G25},
    {"given": "Hi", "store": False},
    {"given": "Use add to sum 7 and 11.", "tools": [ADD]},
    {"tools": [{"type": "google_search"}]},
    {"given": "What is the sum of the first 50 primes?", "tools": [{"type": "code_execution"}]},
    {"generation_config": {"thinking_summaries": "auto"}},
    {"given": "A cat", "model": "gemini-3.1-flash-image"},
    {"given": "mockgem:finish=SAFETY"},
    {"given": "Write 100 words.", "generation_config": {"max_output_tokens": 70}},
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_joined_stream_equals_the_whole(request_: dict[str, Any]) -> None:
    whole = create(Asker(), **request_).json
    streamed = create(Asker(), **request_, stream=True)
    assert streamed.header("content-type") == ["text/event-stream"]
    joined = join_events(read_events(streamed.text))
    assert drop_ids(joined) == drop_ids(whole)


def drop_ids(made: Any) -> Any:
    """Return an interaction without its ids, which differ between two requests."""
    steps = [
        {name: value for name, value in step.items() if name not in ("id", "call_id")}
        for step in made.get("steps", [])
    ]
    kept = {name: value for name, value in made.items() if name not in ("id", "errors")}
    return kept | {"steps": steps}


def test_the_events_have_the_recorded_order_and_keys() -> None:
    events = read_events(create(Asker(), "Hi", stream=True).text)
    assert [list(event) for event in events] == [
        ["interaction", "event_type"],
        ["interaction_id", "status", "event_type"],
        ["index", "step", "event_type"],
        ["index", "delta", "event_type"],
        ["index", "event_type"],
        ["index", "step", "event_type"],
        *[["index", "delta", "event_type"]] * 2,
        ["index", "event_type"],
        ["interaction", "event_type"],
    ]
    assert list(events[0]["interaction"]) == ["id", "status", "object", "model"]
    assert "steps" not in events[-1]["interaction"]


def test_a_stream_that_is_not_kept_has_an_empty_id() -> None:
    events = read_events(create(Asker(), "Hi", stream=True, store=False).text)
    assert events[0]["interaction"]["id"] == "" == events[-1]["interaction"]["id"]


def test_the_arguments_of_a_call_come_as_text() -> None:
    events = read_events(create(Asker(), "Use add to sum 7 and 11.", tools=[ADD], stream=True).text)
    start = next(one for one in events if one.get("step", {}).get("type") == "function_call")
    assert start["step"]["arguments"] == {}
    (delta,) = [
        one["delta"] for one in events if one.get("delta", {}).get("type") == "arguments_delta"
    ]
    assert delta["arguments"] == '{"x":7,"y":11}'


def test_a_blocked_reply_has_an_error_event() -> None:
    events = read_events(create(Asker(), "mockgem:finish=SAFETY", stream=True).text)
    (error,) = [one for one in events if one["event_type"] == "error"]
    assert error["error"]["code"] == "safety"
    assert events[-1]["interaction"]["status"] == "failed"


def test_a_background_stream_can_be_read_again_from_every_event() -> None:
    asker = Asker()
    first = create(asker, stream=True, background=True)
    events = read_events(first.text)
    name = events[0]["interaction"]["id"]
    ids = [event["event_id"] for event in events]
    assert len(set(ids)) == len(ids)
    assert get(asker, name, stream="true").text == first.text
    for number, event_id in enumerate(ids):
        rest = get(asker, name, stream="true", last_event_id=event_id)
        assert read_events(rest.text) == events[number + 1 :]


def test_streams_in_the_foreground_have_no_event_ids() -> None:
    assert "event_id" not in create(Asker(), model=G3, stream=True).text
