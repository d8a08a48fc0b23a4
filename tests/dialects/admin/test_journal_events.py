"""New journal entries as server-sent events: order, ends of answers, resuming, limits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from mockgem.core.http import WireRequest, WireResponse, iter_frames
from mockgem.dialects.admin import journal_events
from mockgem.dialects.admin.event_streams import EventStreams
from mockgem.dialects.admin.journal_events import EventsRequest, JournalStream
from tests.asking import GEMINI, Asker

Event = tuple[str, str, Any]


class Reader:
    """Reads events of one stream."""

    def __init__(self, stream: JournalStream) -> None:
        self.frames = stream.iter_frames()

    async def read(self) -> Event:
        """Return the name, the id and the data of the next event."""
        async with asyncio.timeout(30):
            while True:
                frame = await anext(self.frames)
                lines = [line.partition(b": ") for line in frame.data.splitlines()]
                fields = {name.decode(): text.decode() for name, _, text in lines}
                if "event" in fields:
                    return fields["event"], fields["id"], json.loads(fields["data"])


def open_stream(asker: Asker, **request: Any) -> Reader:
    return Reader(JournalStream(EventsRequest({}, **request), asker.world, EventStreams()))


async def chat(asker: Asker, text: str, **more: Any) -> WireResponse:
    body = {"model": "gemini-2.5-flash", "messages": [{"role": "user", "content": text}], **more}
    headers = {"authorization": "Bearer any-key"}
    path = f"{GEMINI}/chat/completions"
    return await asker.door(WireRequest("POST", path, {}, headers, json.dumps(body).encode()))


@pytest.fixture(autouse=True)
def rounds_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_events, "ROUND_SECONDS", 0.01)
    monkeypatch.setattr(journal_events, "LOOK_SECONDS", 0.05)


async def test_new_entries_come_in_their_order_with_a_preview() -> None:
    asker = Asker()
    await chat(asker, "before")
    reader = open_stream(asker)
    assert (await reader.read())[0] == "ready"
    for text in ("one", "two"):
        await chat(asker, text)
        name, _, entry = await reader.read()
        assert (name, entry["preview"]) == ("entry", text)
        assert "request" not in entry
    await reader.frames.aclose()
    assert not asker.world.journal.waiters


async def test_a_stream_continues_after_an_event() -> None:
    asker = Asker()
    for text in ("one", "two", "three"):
        await chat(asker, text)
    identity = asker.world.journal.identity
    reader = open_stream(asker, after=1, identity=identity)
    assert (await reader.read())[0] == "ready"
    assert [(await reader.read())[2]["preview"] for _ in range(2)] == ["two", "three"]


@pytest.mark.parametrize("request_", [{"after": 1, "identity": "another"}, {"after": 99}])
async def test_a_client_of_another_journal_begins_again(request_: dict[str, Any]) -> None:
    asker = Asker()
    await chat(asker, "one")
    reader = open_stream(asker, **request_)
    assert (await reader.read())[0] == "reset"
    assert (await reader.read())[2]["preview"] == "one"


async def test_the_end_of_an_open_answer_is_an_update() -> None:
    asker = Asker(chunk_delay=0.001)
    reader = open_stream(asker)
    await reader.read()
    response = await chat(asker, "stream", stream=True)
    _, _, entry = await reader.read()
    assert entry["outcome"] == "open"
    async for _ in iter_frames(response.body):
        pass
    name, _, entry = await reader.read()
    assert (name, entry["outcome"]) == ("update", "whole")


async def test_of_many_entries_some_are_skipped_and_counted() -> None:
    asker = Asker()
    reader = open_stream(asker)
    await reader.read()
    for number in range(journal_events.MAX_ROUND + 5):
        await chat(asker, f"{number}")
    name, _, data = await reader.read()
    assert (name, data) == ("skipped", {"count": 5})
    numbers = [(await reader.read())[2]["number"] for _ in range(journal_events.MAX_ROUND)]
    assert numbers == list(range(6, journal_events.MAX_ROUND + 6))


async def end_server(asker: Asker, streams: EventStreams) -> None:
    streams.close()


async def end_world(asker: Asker, streams: EventStreams) -> None:
    await asker.worlds.reset(asker.world)


@pytest.mark.parametrize("end", [end_server, end_world])
async def test_a_stream_ends_with_the_server_and_with_the_world(
    end: Callable[[Asker, EventStreams], Awaitable[None]],
) -> None:
    asker, streams = Asker(), EventStreams()
    stream = JournalStream(EventsRequest({}), asker.world, streams)
    reader = Reader(stream)
    await reader.read()
    await end(asker, streams)
    with pytest.raises(StopAsyncIteration):
        await reader.read()
    assert not streams.events


async def test_a_stream_that_waits_ends_at_once_with_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(journal_events, "LOOK_SECONDS", 3600)
    streams = EventStreams()
    reader = Reader(JournalStream(EventsRequest({}), Asker().world, streams))
    await reader.read()
    waiting = asyncio.ensure_future(reader.read())
    await asyncio.sleep(0.1)
    assert not waiting.done()
    streams.close()
    with pytest.raises(StopAsyncIteration):
        await waiting


async def test_a_quiet_stream_sends_a_comment_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asker = Asker()
    frames = open_stream(asker).frames
    assert (await anext(frames)).data.startswith(b"retry: 1000\nid: 0-")
    following = asyncio.ensure_future(anext(frames))
    await asyncio.sleep(0.1)
    await chat(asker, "one")
    assert b"event: entry" in (await following).data, "no comment comes before 15 seconds"
    monkeypatch.setattr(journal_events, "ALIVE_SECONDS", 0.05)
    async with asyncio.timeout(30):
        assert [(await anext(frames)).data for _ in range(2)] == [b": alive\n\n"] * 2


async def test_a_world_has_a_limited_number_of_streams() -> None:
    asker = Asker()
    path = "/_mockgem/journal/events"
    for _ in range(journal_events.MAX_STREAMS):
        asker.world.journal.waiters.add(asyncio.Event())
    response = await asker.door(WireRequest("GET", path))
    assert response.status == 429


async def test_a_stream_is_not_in_the_journal_and_keeps_no_answer_open() -> None:
    asker = Asker()
    response = await asker.door(WireRequest("GET", "/_mockgem/journal/events"))
    assert dict(response.headers)["Content-Type"] == "text/event-stream"
    await anext(response.body)  # type: ignore[arg-type]
    assert (asker.world.open_responses, asker.world.journal.count) == (0, 0)
    await response.body.aclose()  # type: ignore[union-attr]


def test_what_a_stream_sends_and_holds_at_most() -> None:
    limits = ("MAX_ROUND", "MAX_OPEN", "MAX_STREAMS", "ALIVE_SECONDS")
    assert [getattr(journal_events, name) for name in limits] == [20, 200, 20, 15.0]


@pytest.mark.parametrize(
    ("query", "headers", "request_"),
    [
        ({}, {}, EventsRequest({})),
        ({"method": "POST"}, {}, EventsRequest({"method": "POST"})),
        ({"after": "5"}, {}, EventsRequest({"after": "5"}, 5)),
        ({}, {"last-event-id": "7-ab12"}, EventsRequest({}, 7, "ab12")),
        ({"after": "5"}, {"last-event-id": "7-"}, EventsRequest({"after": "5"}, 7, "")),
        ({}, {"last-event-id": "nonsense"}, EventsRequest({})),
    ],
)
def test_a_stream_begins_where_the_client_says(
    query: dict[str, str], headers: dict[str, str], request_: EventsRequest
) -> None:
    endpoint = journal_events.build_events_endpoint(EventStreams(), "")
    wire = WireRequest("GET", "/_mockgem/journal/events", query, headers, b"")
    assert endpoint.decode(wire, {}) == request_
