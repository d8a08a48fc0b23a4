"""Two ends in memory behave like a TCP connection."""

from __future__ import annotations

import asyncio
import socket

import pytest

from mockgem.server.memory.connection import HIGH_WATER, LOW_WATER, MemoryConnection


class Noting(asyncio.Protocol):
    def __init__(self) -> None:
        self.said: list[str] = []
        self.came = b""

    def data_received(self, data: bytes) -> None:
        self.came += data

    def eof_received(self) -> bool:
        self.said.append("end")
        return "half" in self.said

    def connection_lost(self, error: Exception | None) -> None:
        self.said.append(f"lost {type(error).__name__}")

    def pause_writing(self) -> None:
        self.said.append("pause")

    def resume_writing(self) -> None:
        self.said.append("resume")


def joined() -> tuple[MemoryConnection, MemoryConnection, Noting, Noting]:
    loop, here, there = asyncio.get_running_loop(), Noting(), Noting()
    near, far = MemoryConnection(loop, here), MemoryConnection(loop, there)
    near.other, far.other = far, near
    return near, far, here, there


async def rounds() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_is_written_comes_before_the_end() -> None:
    near, far, here, there = joined()
    near.write(b"a")
    near.write(bytearray(b"b"))
    near.close()
    near.write(b"never")
    await rounds()
    assert there.came == b"ab"
    assert there.said == ["end", "lost NoneType"]
    assert here.said == ["lost NoneType"]
    assert near.is_closing()
    assert far.is_closing()


async def test_a_half_closed_connection_goes_on_the_other_way() -> None:
    near, far, here, there = joined()
    there.said.append("half")
    near.write_eof()
    await rounds()
    far.write(b"still here")
    far.close()
    await rounds()
    assert here.came == b"still here"
    assert here.said == ["end", "lost NoneType"]


async def test_a_reset_is_a_reset() -> None:
    near, _far, here, there = joined()
    near.abort()
    await rounds()
    assert there.said == ["lost ConnectionResetError"]
    assert here.said == ["lost NoneType"]


async def test_writing_to_one_who_has_gone() -> None:
    near, far, here, _there = joined()
    here.said.append("half")
    far.close()
    await rounds()
    near.write(b"anybody?")
    await rounds()
    assert here.said[-1] == "lost ConnectionResetError"


async def test_a_reader_that_pauses_makes_the_writer_wait() -> None:
    near, far, here, there = joined()
    far.pause_reading()
    sent = 0
    while "pause" not in here.said:
        near.write(b"x" * 1000)
        sent += 1000
        await rounds()
    assert HIGH_WATER < sent <= HIGH_WATER + 1000
    near.write_eof()
    await rounds()
    assert (there.came, there.said) == (b"", [])
    far.resume_reading()
    await rounds()
    assert len(there.came) == sent
    assert near.get_write_buffer_size() <= LOW_WATER
    assert here.said == ["pause", "resume", "end", "lost NoneType"]
    assert there.said == ["end", "lost NoneType"]


async def test_an_end_whose_loop_has_gone() -> None:
    near, far, here, _there = joined()
    far.loop = asyncio.new_event_loop()
    far.loop.close()
    near.write(b"x")
    await rounds()
    assert here.said == ["lost ConnectionResetError"]


@pytest.mark.parametrize("again", ["resume", "pause"])
async def test_pausing_in_the_middle_of_what_was_held(again: str) -> None:
    near, far, _here, there = joined()
    far.pause_reading()
    for piece in (b"1", b"2", b"3"):
        near.write(piece)
    await rounds()
    if again == "pause":
        there.data_received = lambda data: (Noting.data_received(there, data), far.pause_reading())[
            0
        ]  # type: ignore[method-assign,func-returns-value]
    far.resume_reading()
    near.write(b"4")
    await rounds()
    assert there.came == (b"1" if again == "pause" else b"1234")


async def test_writing_pauses_over_one_limit_and_continues_at_the_other() -> None:
    near, far, here, _there = joined()
    far.auto_acknowledge = False
    near.write(b"x" * HIGH_WATER)
    assert (here.said, near.get_write_buffer_size()) == ([], HIGH_WATER)
    near.write(b"")
    near.write(b"y")
    near.write(b"z")
    assert here.said == ["pause"]
    near.acknowledge(HIGH_WATER + 1 - LOW_WATER)
    assert (here.said, near.get_write_buffer_size()) == (["pause"], LOW_WATER + 1)
    near.acknowledge(1)
    assert here.said == ["pause", "resume"]
    near.acknowledge(LOW_WATER)
    assert (here.said, near.get_write_buffer_size()) == (["pause", "resume"], 0)
    await rounds()


async def test_writing_continues_where_it_does_on_a_socket() -> None:
    here, there = socket.socketpair()
    _, writer = await asyncio.open_connection(sock=here)
    low, high = writer.transport.get_write_buffer_limits()
    writer.close()
    await writer.wait_closed()
    there.close()
    near, far, noting, _there = joined()
    far.auto_acknowledge = False
    near.write(bytes(high))
    assert noting.said == []
    near.write(b"x")
    near.acknowledge(high - low)
    assert noting.said == ["pause"]
    near.acknowledge(1)
    assert noting.said == ["pause", "resume"]


async def test_a_closed_end_does_not_continue_to_write() -> None:
    near, far, here, _there = joined()
    far.auto_acknowledge = False
    near.write(b"x" * (HIGH_WATER + 1))
    near.close()
    near.acknowledge(HIGH_WATER + 1)
    await rounds()
    assert here.said == ["pause", "lost NoneType"]
