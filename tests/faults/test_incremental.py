"""Faults hold back no more of a stream than their position needs."""

from __future__ import annotations

import asyncio
import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockgem.core.http import ConnectionDropped, Frame
from mockgem.faults.events import iter_events
from mockgem.faults.stream import MAX_WRITE_BYTES, MAX_WRITES
from tests.faults.streams import (
    DONE,
    POSITIONED,
    STREAM_FAULTS,
    Upstream,
    bytes_of,
    deliver,
    deliver_until_blocked,
    event,
    events,
    make,
    rows,
)

LATER = {"an event": 5, "a token": "8 tokens", "a byte": "400 bytes"}
"""Positions that the first three events do not reach."""


@pytest.mark.parametrize("place", LATER)
@pytest.mark.parametrize("name", POSITIONED)
async def test_what_stands_before_a_position_is_not_held_back(name: str, place: str) -> None:
    upstream = Upstream(events(3), then="block")
    delivered = await deliver_until_blocked(make(name, at=LATER[place], for_=0.1), upstream)
    assert bytes_of(delivered) == bytes_of(map(Frame, events(3)))
    assert upstream.closed


@pytest.mark.parametrize("name", POSITIONED)
async def test_the_last_event_costs_one_event(name: str) -> None:
    upstream = Upstream(events(3), then="block")
    delivered = await deliver_until_blocked(make(name, at="last", for_=0.1), upstream)
    assert bytes_of(delivered) == bytes_of(map(Frame, events(2)))


@pytest.mark.parametrize("name", POSITIONED)
async def test_a_share_needs_the_whole_of_a_stream_whose_total_is_not_known(name: str) -> None:
    upstream = Upstream(events(3), then="block")
    assert not await deliver_until_blocked(make(name, at="50%", for_=0.1), upstream)


@pytest.mark.parametrize("name", sorted({*STREAM_FAULTS} - {*POSITIONED, "merge", "refuse"}))
async def test_faults_without_a_position_hold_nothing_back(name: str) -> None:
    delivered = await deliver_until_blocked(make(name), Upstream(events(3), then="block"))
    assert len([frame for frame in delivered if frame.data]) >= 3


async def test_merge_holds_back_as_many_events_as_it_joins() -> None:
    delivered = await deliver_until_blocked(
        make("merge", times=2), Upstream(events(5), then="block")
    )
    assert [frame.data for frame in delivered] == [event(1) + event(2), event(3) + event(4)]


async def read_some(frames: Any, count: int) -> list[Frame]:
    found: list[Frame] = []
    try:
        async for frame in frames:
            found.append(frame)
            if len(found) == count:
                break
    except ConnectionDropped:
        pass
    await frames.aclose()
    return found


@pytest.mark.parametrize("name", STREAM_FAULTS)
async def test_a_stream_that_does_not_end_works_with_every_fault(name: str) -> None:
    upstream = Upstream(map(event, itertools.count(1)))
    at = 4 if name in POSITIONED else None
    times = 2 if name == "merge" else None
    found = await read_some(
        make(name, at=at, times=times, for_=0.1, size=50)(upstream.frames()), 30
    )
    assert found or name in ("refuse", "reset", "close")
    assert upstream.sent <= 70
    assert upstream.closed


async def test_merge_by_default_does_not_wait_for_the_end_of_an_endless_stream() -> None:
    upstream = Upstream(event(number, "a" * 100_000) for number in itertools.count(1))
    found = await read_some(make("merge")(upstream.frames()), 2)
    assert MAX_WRITE_BYTES <= len(found[0].data) < 2 * MAX_WRITE_BYTES


async def test_split_makes_a_bounded_number_of_writes_of_a_big_event() -> None:
    big = event(1, "a" * 3 * 2**20)
    found = await deliver(make("split", size=1), [big])
    assert bytes_of(found) == big
    assert len(found) <= MAX_WRITES


async def test_an_event_without_an_end_does_not_fill_the_memory() -> None:
    piece = b"data: " + b"a" * 2**20
    upstream = Upstream(itertools.repeat(piece))
    found = await read_some(iter_events(upstream.frames()), 1)
    assert len(found[0].data) < 40 * 2**20


@pytest.mark.parametrize("at", [1, 2, 3, "first", "last", "50%", "100%", "3 tokens", "150 bytes"])
@pytest.mark.parametrize("name", POSITIONED)
async def test_a_stream_from_memory_and_one_that_arrives_get_the_same_bytes(
    name: str, at: Any
) -> None:
    fault = make(name, at=at, for_=0.1)
    pieces = [*events(3), DONE]
    whole = await deliver(fault, pieces)
    assert await deliver(fault, pieces, in_memory=False) == whole
    assert bytes_of(whole) != bytes_of(map(Frame, pieces)) or name == "stall"


@pytest.mark.parametrize("name", POSITIONED)
async def test_a_short_answer_in_memory_breaks_at_its_last_event(name: str) -> None:
    pieces = [*events(2), DONE]
    fault = make(name, at=9, for_=0.1)
    assert await deliver(fault, pieces) == await deliver(make(name, at=2, for_=0.1), pieces)


@pytest.mark.parametrize("name", ["cut", "reset", "close", "hang", "garbage", "short_body"])
async def test_a_short_stream_that_arrives_breaks_before_its_end_marker(name: str) -> None:
    found = await deliver(make(name, at=9, for_=0.1), [*events(2), DONE], in_memory=False)
    assert bytes_of(found).startswith(event(1) + event(2))
    assert DONE not in bytes_of(found)
    assert found[-1].data in (b"<close>", b"<reset>")


@pytest.mark.parametrize("name", ["end", "error"])
async def test_a_short_stream_that_arrives_ends_before_its_end_marker(name: str) -> None:
    found = await deliver(make(name, at=9), [*events(2), DONE], in_memory=False)
    assert bytes_of(found).startswith(event(1) + event(2))
    assert DONE not in bytes_of(found)


@pytest.mark.parametrize("name", ["duplicate", "junk", "end", "cut", "no_usage", "merge", "split"])
async def test_a_connection_that_the_upstream_drops_stays_dropped(name: str) -> None:
    upstream = Upstream(events(3), then="drop")
    source = make(name, at=9 if name in POSITIONED else None)(upstream.frames())
    found: list[Frame] = []

    async def read() -> None:
        async for frame in source:
            found.append(frame)

    with pytest.raises(ConnectionDropped):
        await read()
    assert bytes_of(found) == bytes_of(map(Frame, events(3)))


@given(
    cuts=st.lists(st.integers(0, 400), max_size=8),
    line_end=st.sampled_from([b"\n", b"\r\n"]),
)
def test_events_are_the_same_in_whatever_pieces_they_arrive(
    cuts: list[int], line_end: bytes
) -> None:
    whole = [one.replace(b"\n", line_end) for one in [*events(4), DONE]]
    data = b"".join(whole)
    edges = sorted({0, len(data), *[min(cut, len(data)) for cut in cuts]})
    pieces = [data[start:end] for start, end in itertools.pairwise(edges)]

    async def read() -> list[bytes]:
        return [frame.data async for frame in iter_events(Upstream(pieces).frames())]

    found = asyncio.run(read())
    assert b"".join(found) == data
    assert [one for one in found if one.startswith(b"data:")] == whole


async def test_the_delays_of_an_events_pieces_add_up() -> None:
    async def frames() -> Any:
        yield Frame(event(1)[:10], 0.1)
        yield Frame(event(1)[10:] + event(2)[:5], 0.2)
        yield Frame(event(2)[5:], 0.4)

    found = [frame async for frame in iter_events(frames())]
    assert [frame.data for frame in found] == [event(1), event(2)]
    assert [round(frame.delay, 3) for frame in found] == [0.3, 0.4]


ARRAY_FAULTS = ["comment", "extra_done", "duplicate", "drop", "crlf", "no_space", "no_done"]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("at", [1, 2, "last"])
@pytest.mark.parametrize("name", ARRAY_FAULTS)
async def test_an_array_stays_json(name: str, at: Any, count: int) -> None:
    found = await deliver(make(name, at=at), rows(count))
    expected = {"duplicate": count + 1, "drop": count - 1}.get(name, count)
    assert len(json.loads(bytes_of(found))) == expected


@pytest.mark.parametrize("at", [1, 2, 3])
async def test_an_error_is_the_last_row_of_an_array(at: int) -> None:
    found = await deliver(make("error", at=at, framing="element"), rows(3))
    assert [("error" in row) for row in json.loads(bytes_of(found))] == [False] * (at - 1) + [True]


async def test_junk_in_an_array_is_a_row() -> None:
    found = await deliver(make("junk", at=1), rows(2))
    assert bytes_of(found) == b"[{not json\n" + b",\r\n" + bytes_of(map(Frame, rows(2)))[1:]
    assert b"data:" not in bytes_of(found)


async def test_faults_of_events_leave_a_json_error_alone() -> None:
    body = b'[{"error": {"code": 503}}]\n'
    for name in ("comment", "extra_done"):
        assert bytes_of(await deliver(make(name), [body])) == body


async def test_a_drop_leaves_the_end_marker() -> None:
    found = await deliver(make("drop", at=2, times=10), [*events(3), DONE])
    assert bytes_of(found) == event(1) + DONE
