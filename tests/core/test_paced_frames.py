"""Paced frames look like a generator, stay paced through changes, and end once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from typing import Any

import pytest

from mockgem.core.http import ChunkedBody, Frame, Frames, encode_chunks
from mockgem.core.paced_frames import PacedFrames, map_frames, pace_body
from mockgem.faults.pacing import delay_frames, delay_head, pace_tokens

CHUNKED = ChunkedBody(encode_chunks([b"one", b"two", b"three"]))


class Notes:
    """What a watcher hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def begin(self) -> None:
        self.heard.append("begin")

    def note_delivered(self, frame: Frame) -> None:
        self.heard.append(f"delivered {frame.data.decode()}")

    def note_next(self, frame: Frame) -> None:
        self.heard.append(f"next {frame.data.decode()}")

    def note_sent(self, frame: Frame) -> None:
        self.heard.append(f"sent {frame.data.decode()}")

    def note_whole(self) -> None:
        self.heard.append("whole")

    async def finish(self) -> None:
        self.heard.append("finish")


async def generate(body: ChunkedBody) -> Frames:
    for chunk in body.iter_chunks():
        yield Frame(chunk)


async def take_all(frames: Frames) -> list[tuple[bytes, float, bool]]:
    return [(frame.data, frame.delay, frame.raw) async for frame in frames]


def make_clock() -> Callable[[], float]:
    waits = iter([0.5, -1.0, 0.25])
    return lambda: next(waits)


@pytest.mark.parametrize(
    "make_fault",
    [
        lambda: delay_frames(0.5),
        lambda: delay_head(2.0),
        lambda: pace_tokens(3.0, make_clock(), len),
    ],
)
async def test_waits_are_the_same_for_paced_frames_and_for_others(make_fault: Any) -> None:
    paced = make_fault()(pace_body(CHUNKED))
    assert isinstance(paced, PacedFrames)
    assert await take_all(paced) == await take_all(make_fault()(generate(CHUNKED)))


async def test_any_body_in_memory_is_paced() -> None:
    assert await take_all(pace_body(b"whole")) == [(b"whole", 0.0, False)]
    frames = generate(CHUNKED)
    assert pace_body(frames) is frames
    assert not isinstance(map_frames(frames, lambda frame: frame), PacedFrames)


async def test_a_watcher_hears_of_all_frames_in_order() -> None:
    notes = Notes()
    await take_all(pace_body(ChunkedBody(encode_chunks([b"a", b"b"]))).watch(notes))  # type: ignore[attr-defined]
    assert notes.heard == ["begin", "next a", "sent a", "next b", "sent b", "whole", "finish"]


async def test_frames_that_are_closed_early_end_once_and_are_not_whole() -> None:
    notes, ends = Notes(), []

    async def note_end() -> None:
        ends.append("end")

    paced = pace_body(CHUNKED)
    assert isinstance(paced, PacedFrames)
    paced = paced.end_with(note_end).map(lambda frame: frame.delay_by(1)).watch(notes)
    async with aclosing(paced):
        await anext(paced)
    await paced.aclose()
    assert await anext(paced, None) is None
    assert notes.heard == ["begin", "next one", "finish"]
    assert ends == ["end"]


async def test_frames_that_nobody_takes_have_no_end() -> None:
    notes = Notes()
    paced = PacedFrames(iter(()), watcher=notes)
    await paced.aclose()
    assert notes.heard == []


async def test_an_error_that_is_thrown_ends_the_frames() -> None:
    notes = Notes()
    paced = PacedFrames(iter((Frame(b"a"), Frame(b"b"))), watcher=notes)
    await anext(paced)
    with pytest.raises(ValueError, match="thrown"):
        await paced.athrow(ValueError("thrown"))
    assert notes.heard == ["begin", "next a", "finish"]
