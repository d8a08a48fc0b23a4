"""Frames in memory leave at their times, whole, in order, and as fast as their client reads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from mockgem.core.http import Frame
from mockgem.core.paced_frames import PacedFrames
from mockgem.server.paced_delivery import MAX_AT_ONCE, ClientLeft, PacedDelivery
from mockgem.server.ticker import Ticker
from tests.core.test_paced_frames import Notes


class Client:
    """A connection that keeps what is written, with its times, and pauses after each `pause`."""

    def __init__(self, pause_every: int = 0) -> None:
        self.pause_every = pause_every
        self.written: list[tuple[float, bytes]] = []
        self.drains = 0
        self.is_closed = False
        self.is_answering = False
        self.writing_paused = False
        self.transport = self.protocol = self.writer = self

    def is_closing(self) -> bool:
        return self.is_closed

    def write(self, data: bytes) -> None:
        self.written.append((asyncio.get_running_loop().time(), data))
        self.writing_paused = bool(self.pause_every) and len(self.written) % self.pause_every == 0

    async def drain(self) -> None:
        self.drains += 1
        await asyncio.sleep(0)
        self.writing_paused = False

    @property
    def data(self) -> bytes:
        return b"".join([data for _, data in self.written])


def begin(
    client: Client, frames: Sequence[Frame], *, coded: bool = True, ticker: Ticker | None = None
) -> tuple[PacedDelivery, Notes]:
    notes = Notes()
    paced = PacedFrames(iter(frames), watcher=notes)
    request: Any = SimpleNamespace(protocol=client, writer=client)
    delivery = PacedDelivery(request, paced, b"HEAD ", ticker or Ticker(), coded=coded)
    return delivery, notes


async def test_frames_leave_in_chunked_coding_with_head_and_end() -> None:
    client = Client()
    delivery, notes = begin(client, [Frame(b"one"), Frame(b""), Frame(b"RAW", raw=True)])
    assert await delivery.run() == 3
    assert client.data == b"HEAD 3\r\none\r\nRAW0\r\n\r\n"
    assert notes.heard == [
        *("begin", "delivered one", "delivered ", "delivered RAW", "whole", "finish")
    ]


async def test_a_body_that_ends_with_the_connection_has_no_coding() -> None:
    client = Client()
    delivery, _ = begin(client, [Frame(b"one"), Frame(b"two")], coded=False)
    assert await delivery.run() == 6
    assert client.data == b"HEAD onetwo"


async def test_a_response_without_frames_is_its_head() -> None:
    client = Client()
    delivery, notes = begin(client, [])
    assert await delivery.run() == 0
    assert (client.data, notes.heard) == (b"HEAD 0\r\n\r\n", ["begin", "whole", "finish"])


async def test_the_end_is_noted_before_the_client_gets_it() -> None:
    client = Client()
    delivery, notes = begin(client, [Frame(b"x")])
    seen: list[bytes] = []
    finish = notes.finish

    async def note() -> None:
        seen.append(client.data)
        await finish()

    notes.finish = note  # type: ignore[method-assign]
    await delivery.run()
    assert seen == [b"HEAD 1\r\nx\r\n"]


async def test_waits_add_up_from_one_start_and_no_frame_is_early() -> None:
    client, loop = Client(), asyncio.get_running_loop()
    delivery, _ = begin(client, [Frame(b"x", 0.03), Frame(b"y"), Frame(b"z", 0.02)])
    start = loop.time()
    await delivery.run()
    times = [at - start for at, _ in client.written]
    assert times[0] >= 0.03
    assert times[2] >= 0.05


@pytest.mark.parametrize("pause_every", [1, 2, 7])
async def test_a_client_that_reads_slowly_gets_everything_once(pause_every: int) -> None:
    client = Client(pause_every)
    frames = [Frame(b"%d," % n, 0.001 * (n % 3 == 1)) for n in range(50)]
    delivery, _ = begin(client, frames, coded=False)
    assert await delivery.run() == len(client.data) - len(b"HEAD ")
    assert client.data == b"HEAD " + b"".join([frame.data for frame in frames])
    assert client.drains >= 50 // pause_every


async def test_many_frames_without_a_wait_let_other_connections_have_their_turn() -> None:
    client, turns = Client(), 0
    delivery, _ = begin(client, [Frame(b"x")] * (3 * MAX_AT_ONCE))
    running = asyncio.create_task(delivery.run())
    while not running.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns >= 4


async def test_a_client_that_leaves_ends_the_delivery() -> None:
    client, ticker = Client(), Ticker()
    delivery, notes = begin(client, [Frame(b"x", 0.01), Frame(b"y", 0.01)], ticker=ticker)
    running = asyncio.create_task(delivery.run())
    await asyncio.sleep(0)
    client.is_closed = True
    with pytest.raises(ClientLeft):
        await running
    assert (client.written, notes.heard) == ([], ["begin"])


async def test_a_delivery_that_is_cancelled_leaves_no_timer_that_sends() -> None:
    client, ticker = Client(), Ticker()
    delivery, _ = begin(client, [Frame(b"x", 3600)], ticker=ticker)
    running = asyncio.create_task(delivery.run())
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert list(ticker.waiting.values()) == [[]]


async def test_an_error_in_the_frames_ends_the_delivery_with_it() -> None:
    def fail() -> Any:
        yield Frame(b"x", 0.001)
        raise ValueError("no")

    client = Client()
    request: Any = SimpleNamespace(protocol=client, writer=client)
    delivery = PacedDelivery(request, PacedFrames(fail()), b"", Ticker(), coded=True)
    with pytest.raises(ValueError, match="no"):
        await delivery.run()
