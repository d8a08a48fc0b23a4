"""What every fault with a position does at each position, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mockgem.core.http import Frame
from mockgem.faults.connection import GARBAGE_BYTES
from mockgem.faults.position import format_position
from mockgem.faults.registry import get_fault
from tests.faults.streams import DONE, POSITIONED, bytes_of, deliver, event, events, make

PIECES = [*events(4), DONE]
CONNECTION = ("reset", "close", "hang", "garbage", "short_body", "cut", "close_socket")
ERROR = b'data: {"error": {"code": 503}}\n\n'


def before(number: int) -> bytes:
    return b"".join(events(4)[: number - 1])


def after(number: int) -> bytes:
    return b"".join(PIECES[number:])


def replaced(number: int, new: bytes) -> bytes:
    return before(number) + new + after(number)


def truncated(number: int) -> bytes:
    line = event(number).rstrip()
    return line[: len(line) // 2]


EXPECTED: dict[str, Callable[[int], bytes]] = {
    "reset": lambda number: before(number) + b"<reset>",
    "close": lambda number: before(number) + b"<close>",
    "hang": lambda number: before(number) + b"<close>",
    "garbage": lambda number: before(number) + GARBAGE_BYTES + b"<close>",
    "short_body": lambda number: before(number) + b"<close>",
    "cut": lambda number: before(number) + b"<close>",
    "end": before,
    "error": lambda number: before(number) + ERROR,
    "stall": lambda number: replaced(number, event(number)),
    "truncate": lambda number: replaced(number, truncated(number)),
    "junk": lambda number: replaced(number, b"data: {not json\n\n" + event(number)),
    "duplicate": lambda number: replaced(number, event(number) * 2),
    "drop": lambda number: replaced(number, b""),
    "bad_utf8": lambda number: replaced(
        number, event(number).replace(b'"content":"', b'"content":"\xff\xfe')
    ),
    "comment": lambda number: replaced(number, b": keep-alive\n\n" + event(number)),
    "no_choices": lambda number: replaced(number, b'data: {"choices":[],"id":"%d"}\n\n' % number),
    "big_event": lambda number: replaced(number, event(number, "word moc")),
    "close_socket": lambda number: before(number) + b"<socket>",
    "go_away": lambda number: replaced(
        number, b'{\n  "goAway": {\n    "timeLeft": "0.5s"\n  }\n}\n' + event(number)
    ),
    "empty_messages": lambda number: replaced(number, b"{}\n" * 3 + event(number)),
    "garbage_message": lambda number: replaced(
        number, b"mockgem: this message is not JSON" + event(number)
    ),
}
"""The bytes of a stream of four events that each fault leaves, by the number of the event."""
NUMBERS = {
    1: 1, "first": 1, 2: 2, 3: 3, "50%": 3, "0%": 1, 4: 4, "last": 4, "100%": 4, 5: 4, 99: 4,
}  # fmt: skip
"""The event at which a position is, in a reply of four events that is in memory."""


def make_at(name: str, at: Any = None) -> Any:
    return make(name, at=at, for_=0.5, size=3 if name == "big_event" else None)


def test_every_fault_with_a_position_is_in_the_table() -> None:
    assert set(EXPECTED) == set(POSITIONED)


@pytest.mark.parametrize("at", NUMBERS)
@pytest.mark.parametrize("name", EXPECTED)
async def test_a_fault_acts_at_its_position_and_nowhere_else(name: str, at: Any) -> None:
    found = await deliver(make_at(name, at), PIECES)
    assert bytes_of(found) == EXPECTED[name](NUMBERS[at])
    if name == "stall":
        assert [frame.delay for frame in found] == [
            0.5 * (number == NUMBERS[at]) for number in range(1, 6)
        ]


@pytest.mark.parametrize("name", EXPECTED)
async def test_without_a_position_a_fault_acts_at_its_own(name: str) -> None:
    default = get_fault(name).at
    assert default is not None
    assert await deliver(make_at(name), PIECES) == await deliver(
        make_at(name, format_position(default)), PIECES
    )


@pytest.mark.parametrize("at", ["start", "head"])
@pytest.mark.parametrize("name", EXPECTED)
async def test_the_start_and_the_head_come_before_the_first_event(name: str, at: str) -> None:
    found = await deliver(make_at(name, at), PIECES)
    assert bytes_of(found) == EXPECTED[name](1)
    if name in CONNECTION:
        sends_head = any(not frame.raw for frame in found)
        assert sends_head is (at == "head")


@pytest.mark.parametrize("name", EXPECTED)
async def test_out_of_range_a_stream_that_arrives_breaks_at_its_end_or_stays_whole(
    name: str,
) -> None:
    """Its last event is known too late: what could not be held back has been sent."""
    found = await deliver(make_at(name, 99), PIECES, in_memory=False)
    ends = {*CONNECTION, "end", "error"}
    everything = b"".join(events(4))
    expected = {
        **{kind: everything + EXPECTED[kind](1) for kind in ends},
    }.get(name, everything + DONE)
    assert bytes_of(found) == expected


@pytest.mark.parametrize("name", EXPECTED)
async def test_an_empty_stream_is_no_error(name: str) -> None:
    found = await deliver(make_at(name, "last"), [DONE])
    if name in CONNECTION:
        assert found[-1].raw
        assert found[-1].data in (b"<close>", b"<reset>", b"<socket>")
    else:
        assert all(isinstance(frame, Frame) for frame in found)
