"""The exact bytes and waits that each fault of a stream makes, at its default and elsewhere."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockgem.core.http import ConnectionDropped, Frame, Frames
from mockgem.faults import stream
from mockgem.faults.events import EventBuffer, is_one_event, is_row, iter_events
from mockgem.faults.frames import estimate_tokens
from mockgem.faults.pacing import delay_frames, delay_head, limit_bandwidth, pace_tokens
from mockgem.faults.position import Position, format_position, parse_position
from mockgem.faults.registry import get_fault
from tests.faults.streams import DONE, event, events, make, rows

Sent = list[tuple[bytes, float]]


async def send(frames: list[Frame], *, drop: bool = False) -> Frames:
    for frame in frames:
        yield frame
    if drop:
        raise ConnectionDropped


def collect(frames: Frames) -> list[Frame]:
    async def gather() -> list[Frame]:
        return [frame async for frame in frames]

    return asyncio.run(gather())


def apply(name: str, body: list[bytes], **options: Any) -> list[bytes]:
    fault = make(name, **options)
    return [frame.data for frame in collect(fault(send([Frame(data) for data in body])))]


E1, E2, E3, E4 = events(4)
WHOLE = [E1, E2, E3, E4, DONE]
R1, R2, R3, END = rows(3)
ROWS = [R1, R2, R3, END]
HALF_OF_E4 = E4.rstrip()[: len(E4.rstrip()) // 2]


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("end", {}, [E1, E2]),
        ("end", {"at": 1}, [b""]),
        ("end", {"at": 2}, [E1]),
        ("end", {"at": "last"}, [E1, E2, E3]),
        ("end", {"at": "75%"}, [E1, E2, E3]),
        ("end", {"at": "5 bytes"}, [E1[:5]]),
        ("end", {"at": f"{len(E1)} bytes"}, [E1]),
        ("end", {"at": f"{len(E1) + 1} bytes"}, [E1, E2[:1]]),
        ("end", {"at": 9}, [E1, E2, E3, E4]),
        ("truncate", {}, [E1, E2, E3, HALF_OF_E4, DONE]),
        ("truncate", {"at": 4}, [E1, E2, E3, HALF_OF_E4, DONE]),
        ("error", {}, [E1, E2, b'data: {"error": {"code": 503}}\n\n']),
        ("error", {"at": 1, "framing": "array"}, [b'data: [{"error": {"code": 503}}]\n\n']),
        (
            "error",
            {"at": 2, "framing": "event"},
            [E1, b'event: error\ndata: {"error": {"code": 503}}\n\n'],
        ),
        ("error", {"at": 2, "framing": "raw"}, [E1, b'{"error": {"code": 503}}\n']),
        ("junk", {}, [E1, b"data: {not json\n\n", E2, E3, E4, DONE]),
        ("junk", {"at": 4, "text": ""}, [E1, E2, E3, b"data: \n\n", E4, DONE]),
        ("duplicate", {}, [E1, E2, E2, E3, E4, DONE]),
        ("duplicate", {"at": 1, "times": 2}, [E1, E1, E1, E2, E3, E4, DONE]),
        ("drop", {}, [E1, E3, E4, DONE]),
        ("drop", {"at": 3, "times": 5}, [E1, E2, DONE]),
        ("drop", {"at": "last"}, [E1, E2, E3, DONE]),
        ("merge", {}, [b"".join(WHOLE)]),
        ("merge", {"times": 2}, [E1 + E2, E3 + E4, DONE]),
        ("comment", {}, [E1, b": keep-alive\n\n", E2, E3, E4, DONE]),
        ("comment", {"at": 1, "times": 2, "text": "a"}, [b": a\n\n", b": a\n\n", *WHOLE]),
        ("no_done", {}, WHOLE[:-1]),
        ("extra_done", {}, [*WHOLE, DONE]),
        ("bom", {}, [b"\xef\xbb\xbf" + E1, *WHOLE[1:]]),
        ("crlf", {}, [data.replace(b"\n", b"\r\n") for data in WHOLE]),
        ("no_space", {}, [data.replace(b"data: ", b"data:") for data in WHOLE]),
    ],
)
def test_the_bytes_of_a_fault(name: str, options: dict[str, Any], expected: list[bytes]) -> None:
    assert apply(name, WHOLE, **options) == expected


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("error", {"at": 1, "framing": "element"}, [b'[{"error": {"code": 503}}\n]']),
        ("error", {"at": 2, "framing": "element"}, [R1, b',\r\n{"error": {"code": 503}}\n]']),
        ("junk", {"at": 1}, [b"[{not json\n", b",\r\n" + R1[1:], R2, R3, END]),
        ("junk", {"at": 2}, [R1, b",\r\n{not json\n", R2, R3, END]),
        ("duplicate", {"at": 1}, [R1, b",\r\n" + R1[1:], R2, R3, END]),
        ("duplicate", {}, [R1, R2, R2, R3, END]),
        ("drop", {"at": 1}, [b"[" + R2[3:], R3, END]),
        ("drop", {"at": 1, "times": 9}, [b"[]"]),
        ("drop", {}, [R1, R3, END]),
        ("comment", {}, ROWS),
        ("extra_done", {}, ROWS),
        ("no_done", {}, ROWS),
    ],
)
def test_the_bytes_of_a_fault_in_an_array(
    name: str, options: dict[str, Any], expected: list[bytes]
) -> None:
    assert apply(name, ROWS, **options) == expected


def test_bytes_that_are_not_utf_8_are_in_a_text() -> None:
    at = E2.index(b'"word') + 1
    broken = E2[:at] + b"\xff\xfe" + E2[at:]
    assert apply("bad_utf8", WHOLE) == [E1, broken, E3, E4, DONE]
    assert apply("bad_utf8", [b"abcdef"], at=1) == [b"abc\xff\xfedef"]
    spaced = b'data: {"text":"a"}\n\n'
    assert apply("bad_utf8", [spaced], at=1) == [b'data: {"text":"\xff\xfea"}\n\n']


def test_a_short_event_is_truncated_after_eight_bytes() -> None:
    assert apply("truncate", [b"data: abcdefgh\n\n", DONE]) == [b"data: ab", DONE]
    assert apply("truncate", [b"data: a\r\n\r\n", DONE]) == [b"data: a", DONE]


def test_a_stall_is_a_wait_before_an_event() -> None:
    frames = [Frame(data, 0.5) for data in WHOLE]
    waits = [frame.delay for frame in collect(make("stall", for_=7.0)(send(frames)))]
    assert waits == [0.5, 0.5, 7.5, 0.5, 0.5]
    waits = [frame.delay for frame in collect(make("stall", at=1, for_=2.0)(send(frames)))]
    assert waits == [2.5, 0.5, 0.5, 0.5, 0.5]
    assert get_fault("stall").seconds == 60.0


def test_joined_writes_take_as_long_as_their_parts() -> None:
    frames = [Frame(data, 0.25) for data in WHOLE]
    assert [one.delay for one in collect(make("merge")(send(frames)))] == [1.25]
    delays = [one.delay for one in collect(make("duplicate", at=1)(send(frames)))]
    assert delays == [0.25, 0.0, 0.25, 0.25, 0.25, 0.25]


def test_joined_writes_have_at_most_1_mib_and_end_with_the_connection() -> None:
    assert stream.MAX_WRITE_BYTES == 2**20
    half = b"data: " + b"x" * (2**19 - 8) + b"\n\n"
    assert [len(data) for data in apply("merge", [half] * 5)] == [2**20, 2**20, 2**19]
    short = half[:-3] + b"\n\n"
    assert [len(data) for data in apply("merge", [short] * 4)] == [3 * 2**19 - 3, 2**19 - 1]

    async def gather() -> list[bytes]:
        merged = make("merge")(send([Frame(E1), Frame(E2)], drop=True))
        sent = [(await anext(merged)).data]
        with pytest.raises(ConnectionDropped):
            await anext(merged)
        return sent

    assert asyncio.run(gather()) == [E1 + E2]


def test_split_writes() -> None:
    frames = [Frame(b"abcde", 0.5), Frame(b"", 1.0, raw=True), Frame(b"f")]
    sent = [(frame.data, frame.delay) for frame in collect(make("split", size=2)(send(frames)))]
    assert sent == [(b"ab", 0.5), (b"cd", 0.0), (b"e", 0.0), (b"", 1.0), (b"f", 0.0)]
    assert apply("split", [b"abc"]) == [b"a", b"b", b"c"]
    assert stream.MAX_WRITES == 10_000
    assert len(apply("split", [b"x" * 10_000])) == 10_000
    assert len(apply("split", [b"x" * 10_001])) == 5_001


APPLIES_TO = {
    "split": "responses",
    "bad_utf8": "responses",
    "no_done": "OpenAI streams",
    **dict.fromkeys(("no_space", "bom", "comment", "extra_done"), "event streams"),
}


@pytest.mark.parametrize(
    ("name", "keys", "harmless"),
    [
        ("end", ("at",), False),
        ("stall", ("at", "for"), True),
        ("truncate", ("at",), False),
        ("error", ("at", "error", "framing"), False),
        ("junk", ("at", "text"), False),
        ("duplicate", ("at", "times"), False),
        ("drop", ("at", "times"), False),
        ("merge", ("times",), True),
        ("split", ("size",), True),
        ("bad_utf8", ("at",), False),
        ("comment", ("at", "times", "text"), True),
        ("no_done", (), True),
        ("extra_done", (), True),
        ("crlf", (), True),
        ("no_space", (), True),
        ("bom", (), True),
        ("not_streamed", (), False),
    ],
)
def test_the_declaration_of_a_fault(name: str, keys: tuple[str, ...], harmless: bool) -> None:
    declared = get_fault(name)
    assert (declared.keys, declared.harmless) == (keys, harmless)
    assert declared.applies_to == APPLIES_TO.get(name, "streams")
    assert (declared.headers, declared.max_seconds) == ((), None)


# Positions and events


@pytest.mark.parametrize(
    ("text", "position"),
    [
        (3, Position("event", 3)),
        ("1", Position("event", 1)),
        ("50%", Position("share", 0.5)),
        ("0%", Position("share", 0)),
        ("100 %", Position("share", 1)),
        ("120 bytes", Position("byte", 120)),
        ("0 bytes", Position("byte", 0)),
        ("1 byte", Position("byte", 1)),
        ("20 tokens", Position("token", 20)),
        ("Start", Position("start")),
        (" head ", Position("head")),
        ("first", Position("event", 1)),
        ("last", Position("last")),
        (Position("last"), Position("last")),
    ],
)
def test_a_position_is_read(text: Any, position: Position) -> None:
    assert parse_position(text) == position


@pytest.mark.parametrize("text", [0, "0", "0.5", True, "-1", "x", "3 words", "", "1234567890"])
def test_a_position_that_is_not_valid(text: Any) -> None:
    with pytest.raises(ValueError) as refused:
        parse_position(text)
    assert str(refused.value) == (
        f"{text!r} is not a valid position: use 3 (an event, counted from 1), 50%, 120 bytes, 20 "
        "tokens, start, head, first or last"
    )


def test_a_share_is_at_most_everything() -> None:
    with pytest.raises(ValueError) as refused:
        parse_position("101%")
    assert str(refused.value) == "'101%' is not a valid position: a share is at most 100%"


def test_a_position_is_written_as_it_is_read() -> None:
    for text in (3, "50%", "12.5%", "120 bytes", "20 tokens", "start", "head", "last"):
        assert format_position(parse_position(text)) == text


def test_events_are_found_in_whatever_pieces_they_arrive() -> None:
    body = b"".join(WHOLE).replace(b"\n\n", b"\r\n\r\n", 1)
    first = E1.replace(b"\n\n", b"\r\n\r\n")
    for size in (1, 2, 3, 7, 50, 1000):
        pieces = [Frame(body[at : at + size], 1.0) for at in range(0, len(body), size)]
        found = collect(iter_events(send(pieces)))
        assert [frame.data for frame in found] == [first, E2, E3, E4, DONE]
        assert sum(frame.delay for frame in found) == pytest.approx(len(pieces), abs=len(WHOLE))


def test_what_arrived_of_an_event_is_sent_before_the_connection_is_dropped() -> None:
    async def gather() -> Frame:
        found = iter_events(send([Frame(b"data: a", 1.0)], drop=True))
        first = await anext(found)
        with pytest.raises(ConnectionDropped):
            await anext(found)
        return first

    assert asyncio.run(gather()) == Frame(b"data: a", 1.0)
    assert collect(iter_events(send([Frame(b"data: a", 1.0)]))) == [Frame(b"data: a", 1.0)]


def test_an_event_without_an_end_is_sent_at_the_end() -> None:
    buffer = EventBuffer()
    assert buffer.add(Frame(b"data: a", 1.0)) == []
    assert buffer.add(Frame(b"b", 2.0)) == []
    assert buffer.flush() == [Frame(b"data: ab", 3.0)]
    assert buffer.flush() == []
    assert buffer.add(Frame(b"data: a\n\ndata: b", 1.0)) == [Frame(b"data: a\n\n", 1.0)]
    assert buffer.add(Frame(b"", 5.0, raw=True)) == [
        Frame(b"data: b", 0.0),
        Frame(b"", 5.0, raw=True),
    ]


def test_what_one_event_is() -> None:
    assert is_one_event(b"data: a\n\n")
    assert is_one_event(b"data: a\r\n\r\n")
    for data in (b"data: a", b"data: a\n\ndata: b\n\n", b"a\n\nb\n\r\n", b"a\n\r\nb\n\n"):
        assert not is_one_event(data)
    assert is_row(R1)
    assert is_row(R2)
    assert not is_row(END)
    assert not is_row(b'[{"whole": 1}]')


def test_tokens_of_an_event() -> None:
    assert estimate_tokens(DONE) == 0.0
    assert estimate_tokens(event(1, "12345678")) == 2 * estimate_tokens(event(1, "1234")) > 0


# Waits


def pace(fault: Any, frames: list[Frame]) -> Sent:
    return [(frame.data, frame.delay) for frame in collect(fault(send(frames)))]


def test_waits_before_the_head_and_each_frame() -> None:
    frames = [Frame(b"a", 0.5), Frame(b"b")]
    assert pace(delay_frames(2), frames) == [(b"a", 2.5), (b"b", 2.0)]
    assert pace(delay_head(2), frames) == [(b"", 2), (b"a", 0.5), (b"b", 0.0)]
    assert collect(delay_head(2)(send(frames)))[0] == Frame(b"", 2, raw=True)


def test_waits_between_events_are_not_negative_and_leave_others_alone() -> None:
    waits = iter([1.0, -3.0, 5.0])
    frames = [Frame(b"aa", 0.5), Frame(b"", 9.0), Frame(b"b"), Frame(b"raw", raw=True), Frame(b"c")]
    fault = pace_tokens(10.0, lambda: next(waits), lambda data: len(data) / 10)
    assert pace(fault, frames) == [
        (b"aa", pytest.approx(10.7)),
        (b"", 9.0),
        (b"b", pytest.approx(1.1)),
        (b"raw", 0.0),
        (b"c", pytest.approx(0.1)),
    ]


def test_bandwidth_sends_pieces_of_a_tenth_of_a_second() -> None:
    frames = [Frame(b"x" * 25, 1.0), Frame(b"", 3.0)]
    assert pace(limit_bandwidth(100), frames) == [
        (b"x" * 10, pytest.approx(1.1)),
        (b"x" * 10, pytest.approx(0.1)),
        (b"x" * 5, pytest.approx(0.05)),
        (b"", 3.0),
    ]
    assert pace(limit_bandwidth(2), [Frame(b"ab")]) == [(b"a", 0.5), (b"b", 0.5)]
    assert pace(limit_bandwidth(1e300), [Frame(b"ab")]) == [(b"ab", pytest.approx(2e-12))]
